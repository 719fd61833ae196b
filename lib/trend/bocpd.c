/* Bayesian online change points: the posterior of the run length, moved on one period at a time.
 *
 * After a value each run either grows (1 - H times its prediction of the value) or ends (H); the sum of what ends is
 * the weight of run length 0. Runs are told by their beginning, newest first, so that growing moves nothing but the
 * index. Predictions are kept as logarithms relative to the largest, so that a far outlier does not make all of
 * them 0. O(n × runs kept). */
#include "govcore/trend/change.h"
#include "base/struct.h"
#include "stat/special.h"
#include "trend/series.h"

#include <math.h>
#include <string.h>

#define NEGLIGIBLE 1e-15
#define PI 3.14159265358979323846

/* One run length and what its segment has taught. */
typedef struct belief {
    int64_t run;
    double weight;
    double alpha;
    double beta;
    double kappa;
    double mu;
} belief;

/* Negative binomial with size alpha and mean alpha / beta. */
static double log_poisson(const belief *b, double y)
{
    return gov_log_gamma(b->alpha + y) - gov_log_gamma(b->alpha) - gov_log_gamma(y + 1) -
           b->alpha * log1p(1 / b->beta) - y * log1p(b->beta);
}

/* Student t with 2 alpha degrees of freedom around mu. */
static double log_normal(const belief *b, double y)
{
    double df = 2 * b->alpha;
    double square = b->beta * (b->kappa + 1) / (b->alpha * b->kappa);
    double z = y - b->mu;
    return gov_log_gamma((df + 1) / 2) - gov_log_gamma(df / 2) - 0.5 * log(df * PI * square) -
           (df + 1) / 2 * log1p(z * z / (df * square));
}

static void learn(belief *b, gov_bocpd_model model, double y)
{
    if (model == GOV_BOCPD_POISSON) {
        b->alpha += y;
        b->beta += 1;
        return;
    }
    double z = y - b->mu;
    b->beta += b->kappa * z * z / (2 * (b->kappa + 1));
    b->mu += z / (b->kappa + 1);
    b->kappa += 1;
    b->alpha += 0.5;
}

/* Multiplies each weight by the prediction of y, up to a common factor, and learns. scratch: count values. */
static void predict(belief *beliefs, int64_t count, gov_bocpd_model model, double y, double *scratch)
{
    double most = -INFINITY;
    for (int64_t k = 0; k < count; k++) {
        scratch[k] = model == GOV_BOCPD_POISSON ? log_poisson(&beliefs[k], y) : log_normal(&beliefs[k], y);
        if (beliefs[k].weight > 0 && scratch[k] > most)
            most = scratch[k];
    }
    for (int64_t k = 0; k < count; k++) {
        beliefs[k].weight *= exp(scratch[k] - most);
        learn(&beliefs[k], model, y);
    }
}

/* All runs grow by one; a run of 0 joins at the end; the negligible go. Returns how many are left. */
static int64_t grow(belief *beliefs, int64_t count, const belief *prior, double hazard)
{
    double total = 0;
    for (int64_t k = 0; k < count; k++)
        total += beliefs[k].weight;
    int64_t kept = 0;
    for (int64_t k = 0; k < count; k++) {
        belief b = beliefs[k];
        b.weight *= (1 - hazard) / total;
        b.run++;
        if (b.weight >= NEGLIGIBLE)
            beliefs[kept++] = b;
    }
    beliefs[kept] = *prior;
    beliefs[kept].weight = hazard;
    return kept + 1;
}

static gov_status check_options(const gov_bocpd_options *given, gov_bocpd_options *o, gov_error *err)
{
    GOV_TRY(gov_struct_read(o, sizeof(*o), given, err));
    o->expected_run = o->expected_run == 0 ? 100 : o->expected_run;
    o->alpha = o->alpha == 0 ? 1 : o->alpha;
    o->beta = o->beta == 0 ? 1 : o->beta;
    o->kappa = o->kappa == 0 ? 1 : o->kappa;
    if (o->model != GOV_BOCPD_POISSON && o->model != GOV_BOCPD_NORMAL)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("model"), "model must be one of gov_bocpd_model");
    if (!(o->expected_run > 1) || isinf(o->expected_run))
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("expected_run"), "expected_run must be above 1");
    if (!(o->alpha > 0 && o->beta > 0 && o->kappa > 0) || !isfinite(o->alpha + o->beta + o->kappa + o->mu))
        return gov_fail(err, GOV_E_ARGUMENT, "alpha, beta and kappa must be above 0");
    return GOV_OK;
}

static gov_status check_counts(const double *y, const uint8_t *valid, int64_t n, gov_error *err)
{
    for (int64_t t = 0; t < n; t++)
        if ((valid == NULL || valid[t]) && (y[t] < 0 || y[t] != floor(y[t])))
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(t, "y"),
                               "a count must be whole and not negative, it is %g", y[t]);
    return GOV_OK;
}

static void tell(const belief *beliefs, int64_t count, int64_t t, int64_t *run, double *first,
                 double *mean_run)
{
    const belief *best = beliefs;
    double began = 0;
    double mean = 0;
    for (int64_t k = 0; k < count; k++) {
        best = beliefs[k].weight > best->weight ? &beliefs[k] : best;
        began += beliefs[k].run == 1 ? beliefs[k].weight : 0;
        mean += beliefs[k].weight * (double)beliefs[k].run;
    }
    if (run != NULL)
        run[t] = best->run;
    if (first != NULL)
        first[t] = began;
    if (mean_run != NULL)
        mean_run[t] = mean;
}

gov_status gov_bocpd(const double *y, const uint8_t *valid, int64_t n, const gov_bocpd_options *options,
                     int64_t *run, double *first, double *mean_run, gov_error *err)
{
    gov_bocpd_options o;
    GOV_TRY(check_options(options, &o, err));
    GOV_TRY(gov_series_check(y, valid, n, err));
    if (o.model == GOV_BOCPD_POISSON)
        GOV_TRY(check_counts(y, valid, n, err));
    belief *beliefs = gov_alloc(n + 2, sizeof(*beliefs));
    double *scratch = gov_alloc(n + 2, sizeof(*scratch));
    if (beliefs == NULL || scratch == NULL) {
        gov_free(beliefs);
        gov_free(scratch);
        return gov_fail_memory(err);
    }
    belief prior = {0, 1, o.alpha, o.beta, o.kappa, o.mu};
    beliefs[0] = prior;
    int64_t count = 1;
    for (int64_t t = 0; t < n; t++) {
        if (valid == NULL || valid[t])
            predict(beliefs, count, o.model, y[t], scratch);
        count = grow(beliefs, count, &prior, 1 / o.expected_run);
        tell(beliefs, count, t, run, first, mean_run);
    }
    gov_free(beliefs);
    gov_free(scratch);
    return GOV_OK;
}
