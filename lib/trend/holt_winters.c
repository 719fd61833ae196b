/* Holt-Winters with the recursions, start values and prediction variances of R's stats::HoltWinters.
 *
 * R minimises the sum of squares from (0.3, 0.1, 0.1) by L-BFGS-B and stops early; the simplex method from the same
 * place goes to the minimum. One evaluation is one pass over the series. */
#include "govcore/trend/forecast.h"
#include "base/alloc.h"
#include "base/struct.h"
#include "stat/minimise.h"
#include "trend/forecast.h"

#include <math.h>
#include <string.h>

typedef struct fit {
    const double *y;
    int64_t n;
    int64_t period; /* 1 without a season */
    int64_t first;  /* the first period that is forecast */
    gov_season season;
    int trended;
    double given[3]; /* alpha, beta, gamma; 0: free */
    double start_level;
    double start_trend;
    const double *start_season;
    double *work; /* period values, then the season as it moves */
    double level;
    double trend;
} fit;

/* One pass; the sum of squared errors. errors: n - first values or NULL. */
static double pass(fit *f, double alpha, double beta, double gamma, double *errors)
{
    double level = f->start_level;
    double trend = f->start_trend;
    double sse = 0;
    int64_t place = 0;
    memcpy(f->work, f->start_season, (size_t)f->period * sizeof(double));
    for (int64_t t = f->first; t < f->n; t++) {
        double season = f->work[place];
        double flat = level + trend;
        double expected = f->season == GOV_SEASON_MULTIPLICATIVE ? flat * season : flat + season;
        double error = f->y[t] - expected;
        double before = level;
        sse += error * error;
        if (errors != NULL)
            errors[t - f->first] = error;
        level = f->season == GOV_SEASON_MULTIPLICATIVE ? alpha * (f->y[t] / season) + (1 - alpha) * flat
                                                       : alpha * (f->y[t] - season) + (1 - alpha) * flat;
        if (f->trended)
            trend = beta * (level - before) + (1 - beta) * trend;
        if (f->season == GOV_SEASON_MULTIPLICATIVE)
            f->work[place] = gamma * (f->y[t] / level) + (1 - gamma) * season;
        else if (f->season == GOV_SEASON_ADDITIVE)
            f->work[place] = gamma * (f->y[t] - level) + (1 - gamma) * season;
        place = place + 1 == f->period ? 0 : place + 1;
    }
    f->level = level;
    f->trend = trend;
    return sse;
}

/* Weights in the order alpha, beta, gamma from those that are free. */
static void merge(const fit *f, const double *free, double all[3])
{
    int used[3] = {1, f->trended, f->season != GOV_SEASON_NONE};
    int k = 0;
    for (int i = 0; i < 3; i++)
        all[i] = !used[i] ? 0 : f->given[i] > 0 ? f->given[i] : free[k++];
}

static double objective(const double *free, void *context)
{
    double w[3];
    merge(context, free, w);
    return pass(context, w[0], w[1], w[2], NULL);
}

static void choose(fit *f, double w[3])
{
    static const double starts[3] = {0.3, 0.1, 0.1};
    static const double lower[3] = {0, 0, 0};
    static const double upper[3] = {1, 1, 1};
    static const double step[3] = {0.2, 0.2, 0.2};
    int used[3] = {1, f->trended, f->season != GOV_SEASON_NONE};
    double x[3];
    int k = 0;
    for (int i = 0; i < 3; i++)
        if (used[i] && f->given[i] == 0)
            x[k++] = starts[i];
    if (k > 0)
        gov_minimise(objective, f, k, x, step, lower, upper, 1e-10);
    merge(f, x, w);
}

/* Classical decomposition of the first two cycles: centred moving average, its line, and the mean deviations. */
static void start_by_decomposition(fit *f, double *season)
{
    int64_t m = f->period;
    int64_t half = m / 2;
    int64_t count = 2 * m - 2 * half;
    double sum_t = 0;
    double sum_tt = 0;
    double sum_a = 0;
    double sum_ta = 0;
    for (int64_t j = 0; j < m; j++)
        season[j] = 0;
    for (int64_t i = 0; i < count; i++) {
        int64_t t = half + i;
        double average = 0;
        for (int64_t k = t - half; k <= t + half; k++)
            average += f->y[k] * (m % 2 == 0 && (k == t - half || k == t + half) ? 0.5 : 1);
        average /= (double)m;
        double x = (double)(i + 1);
        sum_t += x;
        sum_tt += x * x;
        sum_a += average;
        sum_ta += x * average;
        /* for an odd cycle one place is seen twice: the mean of both */
        double deviation = f->season == GOV_SEASON_MULTIPLICATIVE ? f->y[t] / average : f->y[t] - average;
        int twice = count > m && (t % m == half % m);
        season[t % m] += twice ? deviation / 2 : deviation;
    }
    double c = (double)count;
    f->start_trend = (c * sum_ta - sum_t * sum_a) / (c * sum_tt - sum_t * sum_t);
    f->start_level = (sum_a - f->start_trend * sum_t) / c;
    double mean = 0;
    for (int64_t j = 0; j < m; j++)
        mean += season[j] / (double)m;
    for (int64_t j = 0; j < m; j++)
        season[j] = f->season == GOV_SEASON_MULTIPLICATIVE ? season[j] / mean : season[j] - mean;
    f->first = m;
}

static void start_values(fit *f, double *season)
{
    season[0] = 0;
    f->start_trend = 0;
    if (f->season != GOV_SEASON_NONE) {
        start_by_decomposition(f, season);
        if (!f->trended)
            f->start_trend = 0;
    } else {
        f->first = f->trended ? 2 : 1;
        f->start_level = f->y[f->first - 1];
        f->start_trend = f->trended ? f->y[1] - f->y[0] : 0;
    }
    f->start_season = season;
}

/* Of y[n+h-1] given the weights: variance of one error times 1 + the sum of squared effects of the errors between. */
static void variances(const fit *f, const double w[3], double variance, int64_t horizon, double *out)
{
    double sum = 1;
    for (int64_t h = 0; h < horizon; h++) {
        out[h] = f->season == GOV_SEASON_MULTIPLICATIVE ? 0 : variance * sum;
        int64_t j = h + 1;
        double effect = w[0] * (1 + (double)j * w[1]);
        if (f->season == GOV_SEASON_ADDITIVE && j % f->period == 0)
            effect += w[2] * (1 - w[0]);
        sum += effect * effect;
    }
}

static gov_status check(const double *y, const uint8_t *valid, int64_t n, const gov_holt_winters_options *o,
                        int64_t horizon, gov_error *err)
{
    if (o->season != GOV_SEASON_NONE && o->season != GOV_SEASON_ADDITIVE &&
        o->season != GOV_SEASON_MULTIPLICATIVE)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("season"), "season must be one of gov_season");
    if (o->season != GOV_SEASON_NONE && o->period < 2)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("period"),
                           "a season needs a period of at least 2");
    const double weights[] = {o->alpha, o->beta, o->gamma};
    for (int i = 0; i < 3; i++)
        if (!(weights[i] >= 0 && weights[i] <= 1))
            return gov_fail(err, GOV_E_ARGUMENT, "alpha, beta and gamma must lie in 0 to 1");
    if (horizon < 0)
        return gov_fail(err, GOV_E_ARGUMENT, "horizon must not be negative");
    GOV_TRY(gov_complete(y, valid, n, err));
    int64_t needed = o->season != GOV_SEASON_NONE ? 2 * o->period + 3 : o->no_trend ? 3 : 4;
    if (n < needed)
        return gov_fail(err, GOV_E_NO_DATA, "%lld values are needed, there are %lld", (long long)needed,
                        (long long)n);
    for (int64_t t = 0; o->season == GOV_SEASON_MULTIPLICATIVE && t < n; t++)
        if (!(y[t] > 0))
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(t, "y"),
                               "a multiplicative season needs values above 0, not %g", y[t]);
    return GOV_OK;
}

gov_status gov_holt_winters(const double *y, const uint8_t *valid, int64_t n,
                            const gov_holt_winters_options *options, int64_t horizon,
                            gov_holt_winters_result *result, double *seasonal, double *mean, double *variance,
                            gov_error *err)
{
    gov_holt_winters_options o;
    GOV_TRY(gov_struct_read(&o, sizeof(o), options, err));
    GOV_TRY(gov_struct_check(result, err));
    GOV_TRY(check(y, valid, n, &o, horizon, err));
    fit f = {.y = y, .n = n, .season = o.season, .trended = !o.no_trend, .given = {o.alpha, o.beta, o.gamma}};
    f.period = o.season != GOV_SEASON_NONE ? o.period : 1;
    double *work = gov_alloc(2 * f.period + n, sizeof(double));
    if (work == NULL)
        return gov_fail_memory(err);
    f.work = work + f.period;
    double *errors = f.work + f.period;
    double w[3];
    start_values(&f, work);
    choose(&f, w);
    double sse = pass(&f, w[0], w[1], w[2], errors);
    int64_t count = n - f.first;
    double error_mean = 0;
    double spread = 0;
    for (int64_t i = 0; i < count; i++)
        error_mean += errors[i] / (double)count;
    for (int64_t i = 0; i < count; i++)
        spread += (errors[i] - error_mean) * (errors[i] - error_mean) / (double)(count - 1);
    for (int64_t j = 0; j < f.period; j++) { /* the next period's season first */
        double season = f.work[(count + j) % f.period];
        if (seasonal != NULL && o.season != GOV_SEASON_NONE)
            seasonal[j] = season;
        for (int64_t h = j; mean != NULL && h < horizon; h += f.period) {
            double flat = f.level + (double)(h + 1) * f.trend;
            mean[h] = o.season == GOV_SEASON_MULTIPLICATIVE ? flat * season : flat + season;
        }
    }
    if (variance != NULL)
        variances(&f, w, spread, horizon, variance);
    gov_holt_winters_result r = {0, w[0], w[1], w[2], f.level, f.trend, sse, spread, count};
    gov_struct_fill(result, &r, sizeof(r));
    gov_free(work);
    return GOV_OK;
}
