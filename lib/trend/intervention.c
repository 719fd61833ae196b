/* intervention.c - segmented regression and what would have been without the change.
 *
 * Time is counted from the change, so that the level's coefficient is the jump at the change itself and the columns
 * stay far from collinear. The interval of the expected sum is the delta method on its logarithm. */
#include "govcore/trend/intervention.h"
#include "base/alloc.h"
#include "stat/distribution.h"
#include "stat/glm.h"
#include "trend/series.h"

#include <math.h>

enum { INTERCEPT, SLOPE, LEVEL, FIRST_FREE };

typedef struct its {
    const double *y;
    const uint8_t *valid;
    const double *population;
    int64_t n;
    gov_its_options o;
    gov_glm_data data; /* the present periods */
    double *x;
    double *values;
    double *offsets;
    int64_t *at; /* period of each row */
} its;

static int present_at(const its *s, int64_t t)
{
    return s->valid == NULL || s->valid[t] != 0;
}

/* One row of the design; without `changed` the intervention never was. */
static void write_terms(const its *s, int64_t t, int changed, double *row)
{
    const double full_turn = 6.283185307179586;
    double from_change = (double)(t - s->o.change);
    int after = changed && t >= s->o.change;
    int64_t k = FIRST_FREE;
    row[INTERCEPT] = 1;
    row[SLOPE] = from_change;
    row[LEVEL] = after;
    if (!s->o.level_only)
        row[k++] = after ? from_change : 0;
    for (int32_t h = 1; h <= s->o.harmonics; h++) {
        int64_t turns = (int64_t)h * t % s->o.period;
        row[k++] = sin(full_turn * (double)turns / (double)s->o.period);
        row[k++] = cos(full_turn * (double)turns / (double)s->o.period);
    }
}

static double log_mean(const its *s, const gov_glm *g, int64_t t, int changed, double *row)
{
    double eta = s->population == NULL ? 0 : log(s->population[t]);
    write_terms(s, t, changed, row);
    for (int64_t j = 0; j < s->data.terms; j++)
        eta += row[j] * g->beta[j];
    return eta;
}

/* --- Input ----------------------------------------------------------------------------------------------------- */

static gov_status settle(const gov_its_options *options, int64_t n, gov_its_options *out, gov_error *err)
{
    static const gov_its_options none = GOV_ITS_OPTIONS_INIT;
    gov_its_options o = options == NULL ? none : *options;
    GOV_TRY(gov_option_share("alpha", o.alpha, 0.05, &o.alpha, err));
    if ((int)o.family < 0 || o.family > GOV_ITS_NEGATIVE_BINOMIAL)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("family"), "quasi-Poisson or negative binomial");
    if (o.change < 1 || o.change >= n)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("change"),
                           "the change must lie inside the %lld periods, not at %lld", (long long)n,
                           (long long)o.change);
    if (o.harmonics < 0 || o.harmonics > 25)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("harmonics"), "0 to 25 pairs of harmonics");
    if (o.harmonics > 0 && o.period < 2 * o.harmonics + 1)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("period"),
                           "%d pairs of harmonics need a cycle of at least %d periods", o.harmonics,
                           2 * o.harmonics + 1);
    *out = o;
    return GOV_OK;
}

static gov_status check_values(const its *s, gov_error *err)
{
    GOV_TRY(gov_series_check(s->y, s->valid, s->n, err));
    for (int64_t t = 0; t < s->n; t++) {
        if (present_at(s, t) && s->y[t] < 0)
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(t, "y"), "a count must not be below 0");
        if (s->population != NULL && !(s->population[t] > 0 && isfinite(s->population[t])))
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(t, "population"), "a population must be above 0");
    }
    return GOV_OK;
}

static gov_status count_sides(const its *s, gov_its_result *r, gov_error *err)
{
    for (int64_t t = 0; t < s->n; t++)
        *(t < s->o.change ? &r->n_before : &r->n_after) += present_at(s, t);
    r->n = r->n_before + r->n_after;
    int64_t after = s->o.level_only ? 1 : 2;
    if (r->n_before < 2 || r->n_after < after)
        return gov_fail(err, GOV_E_NO_DATA,
                        "2 values before and %lld after the change are needed, there are %lld and %lld",
                        (long long)after, (long long)r->n_before, (long long)r->n_after);
    return GOV_OK;
}

static void its_clear(its *s)
{
    gov_free(s->x);
    gov_free(s->values);
    gov_free(s->offsets);
    gov_free(s->at);
}

static gov_status collect(its *s, int64_t rows, gov_error *err)
{
    int64_t terms = FIRST_FREE + !s->o.level_only + 2 * s->o.harmonics;
    s->x = gov_alloc(rows * terms, sizeof(double));
    s->values = gov_alloc(rows, sizeof(double));
    s->offsets = gov_alloc(rows, sizeof(double));
    s->at = gov_alloc(rows, sizeof(int64_t));
    if (s->x == NULL || s->values == NULL || s->offsets == NULL || s->at == NULL)
        return gov_fail_memory(err);
    int64_t i = 0;
    for (int64_t t = 0; t < s->n; t++) {
        if (!present_at(s, t))
            continue;
        write_terms(s, t, 1, s->x + i * terms);
        s->values[i] = s->y[t];
        s->offsets[i] = s->population == NULL ? 0 : log(s->population[t]);
        s->at[i++] = t;
    }
    s->data = (gov_glm_data){rows, terms, s->x, s->values, s->population == NULL ? NULL : s->offsets};
    return GOV_OK;
}

/* --- Results --------------------------------------------------------------------------------------------------- */

static double scale_of(const its *s, const gov_glm *g)
{
    return s->o.family == GOV_ITS_QUASI_POISSON ? g->dispersion : 1;
}

/* The quantile of the interval and the two-sided p of a statistic. */
static double reach(const its *s, const gov_glm *g)
{
    return s->o.family == GOV_ITS_QUASI_POISSON ? gov_t_isf(s->o.alpha / 2, g->df)
                                                : gov_normal_isf(s->o.alpha / 2);
}

static double two_sided(const its *s, const gov_glm *g, double statistic)
{
    return 2 * (s->o.family == GOV_ITS_QUASI_POISSON ? gov_t_tail(fabs(statistic), g->df)
                                                     : gov_normal_tail(fabs(statistic)));
}

static void write_ratio(const its *s, const gov_glm *g, int64_t term, double *ratio, double *low,
                        double *high, double *p)
{
    double beta = g->beta[term];
    double se = sqrt(scale_of(s, g) * g->covariance[term * s->data.terms + term]);
    *ratio = exp(beta);
    *low = exp(beta - reach(s, g) * se);
    *high = exp(beta + reach(s, g) * se);
    *p = two_sided(s, g, beta / se);
}

/* Observed and expected sums after the change, and the interval of the latter. */
static void write_sums(const its *s, const gov_glm *g, gov_its_result *r)
{
    double row[GOV_GLM_MOST_TERMS];
    double gradient[GOV_GLM_MOST_TERMS] = {0};
    double variance = 0;
    int64_t p = s->data.terms;
    for (int64_t i = 0; i < s->data.rows; i++) {
        if (s->at[i] < s->o.change)
            continue;
        double mu = exp(log_mean(s, g, s->at[i], 0, row));
        r->observed += s->values[i];
        r->expected += mu;
        for (int64_t j = 0; j < p; j++)
            gradient[j] += mu * row[j];
    }
    for (int64_t j = 0; j < p; j++)
        for (int64_t k = 0; k < p; k++)
            variance += gradient[j] * gradient[k] * g->covariance[j * p + k];
    double se = sqrt(scale_of(s, g) * variance) / r->expected;
    r->expected_low = r->expected * exp(-reach(s, g) * se);
    r->expected_high = r->expected * exp(reach(s, g) * se);
}

static double residual_autocorrelation(const its *s, const gov_glm *g)
{
    double mean = 0;
    double squares = 0;
    double products = 0;
    double *r = g->work;
    for (int64_t i = 0; i < s->data.rows; i++) {
        r[i] = (s->values[i] - g->mu[i]) / sqrt(g->mu[i] + g->mu[i] * g->mu[i] / g->theta);
        mean += r[i] / (double)s->data.rows;
    }
    for (int64_t i = 0; i < s->data.rows; i++) {
        squares += (r[i] - mean) * (r[i] - mean);
        products += i > 0 ? (r[i] - mean) * (r[i - 1] - mean) : 0;
    }
    return squares > 0 ? products / squares : 0;
}

static void write_result(const its *s, const gov_glm *g, gov_its_result *r)
{
    write_ratio(s, g, LEVEL, &r->level_ratio, &r->level_low, &r->level_high, &r->level_p);
    r->slope_before = exp(g->beta[SLOPE]);
    r->slope_ratio = r->slope_low = r->slope_high = r->slope_p = 1;
    if (!s->o.level_only)
        write_ratio(s, g, FIRST_FREE, &r->slope_ratio, &r->slope_low, &r->slope_high, &r->slope_p);
    write_sums(s, g, r);
    r->dispersion = g->dispersion;
    r->theta = g->theta;
    r->autocorrelation = residual_autocorrelation(s, g);
}

static void write_lines(const its *s, const gov_glm *g, double *fitted, double *counterfactual)
{
    double row[GOV_GLM_MOST_TERMS];
    for (int64_t t = 0; t < s->n; t++) {
        if (fitted != NULL)
            fitted[t] = exp(log_mean(s, g, t, 1, row));
        if (counterfactual != NULL)
            counterfactual[t] = exp(log_mean(s, g, t, 0, row));
    }
}

static gov_status fit(const its *s, gov_glm *g, gov_error *err)
{
    return s->o.family == GOV_ITS_QUASI_POISSON ? gov_glm_fit(&s->data, INFINITY, g, err)
                                                : gov_glm_fit_nb(&s->data, g, err);
}

gov_status gov_its(const double *y, const uint8_t *valid, const double *population, int64_t n,
                   const gov_its_options *options, gov_its_result *result, double *fitted,
                   double *counterfactual, gov_error *err)
{
    its s = {.y = y, .valid = valid, .population = population, .n = n};
    gov_its_result r = GOV_ITS_RESULT_INIT;
    gov_glm g = {.beta = NULL};
    gov_status status;
    if (result == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "result must not be NULL");
    GOV_TRY(check_values(&s, err));
    GOV_TRY(settle(options, n, &s.o, err));
    GOV_TRY(count_sides(&s, &r, err));
    GOV_TRY_OUT(collect(&s, r.n, err));
    GOV_TRY_OUT(gov_glm_new(&s.data, &g, err));
    GOV_TRY_OUT(fit(&s, &g, err));
    write_result(&s, &g, &r);
    write_lines(&s, &g, fitted, counterfactual);
    *result = r;
out:
    gov_glm_free(&g);
    its_clear(&s);
    return status;
}
