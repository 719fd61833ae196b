/* ETS: the recursions and likelihood of Hyndman et al. (2008, chapters 3 to 6), kinds with analytic variances only:
 * additive error with an additive or no season (class 1), multiplicative error with a multiplicative or no season
 * (classes 2 and 3).
 *
 * The book gives the class 3 variance by Kronecker products of (2 m)² matrices. A period ahead only needs its own
 * season, and level and trend times that season is a vector of two that moves by z -> (A + B e)(1 + g e) z, with
 * g = gamma when the season is met and 0 else; so first and second moments of two numbers are enough.
 *
 * What is estimated: smoothing weights, phi, level and trend by the simplex method on the likelihood; the first
 * season by classical decomposition. R's ets also moves the season in its search of 17 variables for monthly data;
 * its likelihood is then a little higher. */
#include "base/alloc.h"
#include "base/struct.h"
#include "govcore/trend/forecast.h"
#include "stat/minimise.h"
#include "trend/forecast.h"

#include <math.h>
#include <string.h>

typedef struct weights {
    double alpha;
    double beta;
    double gamma;
    double phi;
    double level;
    double trend;
} weights;

typedef struct ets_fit {
    const double *y;
    int64_t n;
    int64_t period; /* 1 without a season */
    int relative;   /* multiplicative error */
    gov_ets_trend kind;
    gov_season season;
    weights w;      /* given or start values */
    int free[6];    /* which of them are free */
    double *start;  /* period values: the season of the first periods */
    double *moving; /* the season as it moves */
    double level;   /* after the pass */
    double trend;
    double squares;   /* of the (relative) errors */
    double raw;       /* of the errors */
    double log_scale; /* sum of log |expected| if relative */
} ets_fit;

/* One pass; 0 if an expectation leaves the domain. */
static int pass(ets_fit *f, const weights *w)
{
    double level = w->level;
    double trend = f->kind == GOV_ETS_NONE ? 0 : w->trend;
    double phi = w->phi;
    int64_t place = 0;
    f->squares = f->raw = f->log_scale = 0;
    memcpy(f->moving, f->start, (size_t)f->period * sizeof(double));
    for (int64_t t = 0; t < f->n; t++) {
        double season = f->moving[place];
        double flat = level + phi * trend;
        int times = f->season == GOV_SEASON_MULTIPLICATIVE;
        double expected = times ? flat * season : flat + season;
        if (f->relative && !(expected > 0 && flat > 0))
            return 0;
        double error = f->y[t] - expected;
        f->raw += error * error;
        f->squares += f->relative ? (error / expected) * (error / expected) : error * error;
        f->log_scale += f->relative ? log(expected) : 0;
        double deseasoned = times ? f->y[t] / season : f->y[t] - season;
        level = flat + w->alpha * (deseasoned - flat);
        trend = phi * trend + w->beta * (deseasoned - flat);
        if (f->season != GOV_SEASON_NONE)
            f->moving[place] = season + w->gamma * ((times ? f->y[t] / flat : f->y[t] - flat) - season);
        place = place + 1 == f->period ? 0 : place + 1;
    }
    f->level = level;
    f->trend = f->kind == GOV_ETS_NONE ? 0 : trend;
    return isfinite(f->squares);
}

static double deviance(const ets_fit *f)
{
    return (double)f->n * log(f->squares) + 2 * f->log_scale;
}

static weights spread(const ets_fit *f, const double *x)
{
    double all[6] = {f->w.alpha, f->w.beta, f->w.gamma, f->w.phi, f->w.level, f->w.trend};
    for (int i = 0, k = 0; i < 6; i++)
        if (f->free[i])
            all[i] = x[k++];
    return (weights){all[0], all[1], all[2], all[3], all[4], all[5]};
}

static double objective(const double *x, void *context)
{
    ets_fit *f = context;
    weights w = spread(f, x);
    if ((f->kind != GOV_ETS_NONE && w.beta > w.alpha) ||
        (f->season != GOV_SEASON_NONE && w.gamma > 1 - w.alpha))
        return INFINITY;
    if (!pass(f, &w))
        return INFINITY;
    return deviance(f);
}

/* Mean deviations from the centred moving average over all cycles, scaled to sum to 0 (or to the period). counts:
 * period values of scratch. */
static void decompose(ets_fit *f, double *counts)
{
    int64_t m = f->period;
    int64_t half = m / 2;
    int times = f->season == GOV_SEASON_MULTIPLICATIVE;
    for (int64_t j = 0; j < m; j++)
        f->start[j] = counts[j] = 0;
    for (int64_t t = half; t < f->n - half; t++) {
        double average = 0;
        for (int64_t k = t - half; k <= t + half; k++)
            average += f->y[k] * (m % 2 == 0 && (k == t - half || k == t + half) ? 0.5 : 1) / (double)m;
        f->start[t % m] += times ? f->y[t] / average : f->y[t] - average;
        counts[t % m] += 1;
    }
    double mean = 0;
    for (int64_t j = 0; j < m; j++) {
        f->start[j] /= counts[j];
        mean += f->start[j] / (double)m;
    }
    for (int64_t j = 0; j < m; j++)
        f->start[j] = times ? f->start[j] / mean : f->start[j] - mean;
}

/* Level and trend before the first period: the line through the first ten values (two cycles) without the season. */
static void start_line(ets_fit *f)
{
    int64_t count = f->period > 5 ? 2 * f->period : 10;
    count = count < f->n ? count : f->n;
    double sum_t = 0;
    double sum_tt = 0;
    double sum_y = 0;
    double sum_ty = 0;
    for (int64_t t = 0; t < count; t++) {
        double season = f->start[t % f->period];
        double y = f->season == GOV_SEASON_MULTIPLICATIVE ? f->y[t] / season : f->y[t] - season;
        double x = (double)(t + 1);
        sum_t += x;
        sum_tt += x * x;
        sum_y += y;
        sum_ty += x * y;
    }
    double c = (double)count;
    double slope = f->kind == GOV_ETS_NONE ? 0 : (c * sum_ty - sum_t * sum_y) / (c * sum_tt - sum_t * sum_t);
    f->w.level = (sum_y - slope * sum_t) / c;
    f->w.trend = slope;
}

static double typical_step(const ets_fit *f)
{
    double sum = 0;
    for (int64_t t = 1; t < f->n; t++)
        sum += fabs(f->y[t] - f->y[t - 1]);
    return sum > 0 ? sum / (double)(f->n - 1) : 1;
}

static void estimate(ets_fit *f)
{
    double step = typical_step(f);
    double wide = 1e6 * (step + fabs(f->w.level));
    const double starts[6] = {
        f->season == GOV_SEASON_NONE ? 0.5 : 0.3, 0.1, 0.1, 0.95, f->w.level, f->w.trend};
    const double steps[6] = {0.2, 0.05, 0.1, 0.02, step, step / 10};
    const double lows[6] = {1e-4, 1e-4, 1e-4, 0.8, -wide, -wide};
    const double highs[6] = {0.9999, 0.9999, 0.9999, 0.98, wide, wide};
    double x[6];
    double by[6];
    double lower[6];
    double upper[6];
    int k = 0;
    for (int i = 0; i < 6; i++) {
        if (!f->free[i])
            continue;
        x[k] = starts[i];
        by[k] = steps[i];
        lower[k] = lows[i];
        upper[k++] = highs[i];
    }
    if (k == 0)
        return;
    gov_minimise(objective, f, k, x, by, lower, upper, 1e-12);
    f->w = spread(f, x);
}

static void additive_variances(const ets_fit *f, double sigma2, int64_t horizon, double *out)
{
    double sum = 1;
    double damp = 0; /* phi + phi² + ... + phi^j */
    for (int64_t h = 0; h < horizon; h++) {
        out[h] = sigma2 * sum;
        damp = f->w.phi * (1 + damp);
        double effect = f->w.alpha + (f->kind != GOV_ETS_NONE ? f->w.beta * damp : 0);
        if (f->season == GOV_SEASON_ADDITIVE && (h + 1) % f->period == 0)
            effect += f->w.gamma;
        sum += effect * effect;
    }
}

/* out = a b c' for 2 × 2 matrices, added with a factor. */
static void add_product(const double a[4], const double b[4], const double c[4], double factor, double out[4])
{
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++)
            for (int k = 0; k < 2; k++)
                for (int l = 0; l < 2; l++)
                    out[2 * i + j] += factor * a[2 * i + k] * b[2 * k + l] * c[2 * j + l];
}

/* Mean and variance of period h (from 1) of a multiplicative error. */
static void relative_moments(const ets_fit *f, double sigma2, double season, int64_t h, double *mean,
                             double *variance)
{
    double phi = f->kind == GOV_ETS_NONE ? 0 : f->w.phi;
    double beta = f->kind == GOV_ETS_NONE ? 0 : f->w.beta;
    double gamma = f->season == GOV_SEASON_NONE ? 0 : f->w.gamma;
    const double a[4] = {1, phi, 0, phi};
    const double b[4] = {f->w.alpha, f->w.alpha * phi, beta, beta * phi};
    double z[2] = {f->level * season, f->trend * season};
    double second[4] = {z[0] * z[0], z[0] * z[1], z[1] * z[0], z[1] * z[1]};
    for (int64_t i = 1; i < h; i++) {
        double g = (h - i) % f->period == 0 ? gamma : 0;
        double c[4];
        double d[4];
        double next[4] = {0, 0, 0, 0};
        for (int k = 0; k < 4; k++) {
            c[k] = b[k] + g * a[k];
            d[k] = g * b[k];
        }
        add_product(a, second, a, 1, next);
        add_product(c, second, c, sigma2, next);
        add_product(a, second, d, sigma2, next);
        add_product(d, second, a, sigma2, next);
        add_product(d, second, d, 3 * sigma2 * sigma2, next);
        memcpy(second, next, sizeof(second));
        double first = (a[0] + sigma2 * d[0]) * z[0] + (a[1] + sigma2 * d[1]) * z[1];
        z[1] = (a[2] + sigma2 * d[2]) * z[0] + (a[3] + sigma2 * d[3]) * z[1];
        z[0] = first;
    }
    *mean = z[0] + phi * z[1];
    double square = second[0] + 2 * phi * second[1] + phi * phi * second[3];
    *variance = (1 + sigma2) * square - *mean * *mean;
}

static void predict(const ets_fit *f, double sigma2, int64_t horizon, double *mean, double *variance)
{
    double damp = 0;
    if (variance != NULL && !f->relative)
        additive_variances(f, sigma2, horizon, variance);
    for (int64_t h = 0; h < horizon; h++) {
        double season = f->moving[(f->n + h) % f->period];
        damp = f->w.phi * (1 + damp);
        double m = f->level + damp * f->trend + season;
        double v = 0;
        if (f->relative)
            relative_moments(f, sigma2, f->season == GOV_SEASON_NONE ? 1 : season, h + 1, &m, &v);
        if (mean != NULL)
            mean[h] = m;
        if (variance != NULL && f->relative)
            variance[h] = v;
    }
}

static gov_status check_kind(const gov_ets_options *o, gov_error *err)
{
    if ((int)o->trend < GOV_ETS_NONE || o->trend > GOV_ETS_DAMPED || (int)o->season < GOV_SEASON_NONE ||
        o->season > GOV_SEASON_MULTIPLICATIVE)
        return gov_fail(err, GOV_E_ARGUMENT, "trend and season must be one of gov_ets_trend and gov_season");
    if (o->season != GOV_SEASON_NONE && o->period < 2)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("period"),
                           "a season needs a period of at least 2");
    if (o->season != GOV_SEASON_NONE &&
        (o->season == GOV_SEASON_MULTIPLICATIVE) != (o->multiplicative_error != 0))
        return gov_fail(
            err, GOV_E_UNSUPPORTED,
            "a multiplicative season goes with a multiplicative error, an additive one with an additive");
    if (!(o->alpha >= 0 && o->alpha < 1 && o->beta >= 0 && o->beta < 1 && o->gamma >= 0 && o->gamma < 1 &&
          o->phi >= 0 && o->phi <= 1))
        return gov_fail(err, GOV_E_ARGUMENT, "alpha, beta and gamma must lie below 1, phi must not be above");
    return GOV_OK;
}

static int64_t parameter_count(const gov_ets_options *o)
{
    int64_t count = 3; /* alpha, level, variance */
    count += o->trend == GOV_ETS_NONE ? 0 : o->trend == GOV_ETS_ADDITIVE ? 2 : 3;
    return count + (o->season == GOV_SEASON_NONE ? 0 : o->period);
}

static gov_status check(const double *y, const uint8_t *valid, int64_t n, const gov_ets_options *o,
                        int64_t horizon, gov_error *err)
{
    GOV_TRY(check_kind(o, err));
    if (horizon < 0)
        return gov_fail(err, GOV_E_ARGUMENT, "horizon must not be negative");
    GOV_TRY(gov_complete(y, valid, n, err));
    int64_t needed = parameter_count(o) + 4;
    if (o->season != GOV_SEASON_NONE && needed < 2 * o->period)
        needed = 2 * o->period;
    if (n < needed)
        return gov_fail(err, GOV_E_NO_DATA, "this kind of ETS needs %lld values, there are %lld",
                        (long long)needed, (long long)n);
    for (int64_t t = 0; o->multiplicative_error && t < n; t++)
        if (!(y[t] > 0))
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(t, "y"),
                               "a multiplicative error needs values above 0, not %g", y[t]);
    return GOV_OK;
}

static void set_up(ets_fit *f, const gov_ets_options *o, double *scratch)
{
    int trended = o->trend != GOV_ETS_NONE;
    int seasoned = o->season != GOV_SEASON_NONE;
    f->w = (weights){o->alpha, o->beta, o->gamma, o->trend == GOV_ETS_DAMPED ? o->phi : trended, 0, 0};
    f->start[0] = 0;
    if (o->initial != NULL) {
        f->w.level = o->initial[0];
        f->w.trend = trended ? o->initial[1] : 0;
        if (seasoned)
            memcpy(f->start, o->initial + 1 + trended, (size_t)f->period * sizeof(double));
    } else {
        if (seasoned)
            decompose(f, scratch);
        start_line(f);
    }
    const int is_free[6] = {o->alpha == 0,
                            trended && o->beta == 0,
                            seasoned && o->gamma == 0,
                            o->trend == GOV_ETS_DAMPED && o->phi == 0,
                            o->initial == NULL,
                            trended && o->initial == NULL};
    memcpy(f->free, is_free, sizeof(f->free));
}

static void report(const ets_fit *f, int64_t parameters, gov_ets_result *result)
{
    double n = (double)f->n;
    double k = (double)parameters;
    double d = deviance(f);
    double aic = d + 2 * k;
    gov_ets_result r = {.parameters = parameters,
                        .alpha = f->w.alpha,
                        .beta = f->w.beta,
                        .gamma = f->w.gamma,
                        .phi = f->w.phi,
                        .level = f->w.level,
                        .trend = f->w.trend,
                        .log_likelihood = -d / 2,
                        .aic = aic,
                        .aicc = aic + 2 * k * (k + 1) / (n - k - 1),
                        .bic = d + log(n) * k,
                        .sigma2 = f->squares / (n - k + 1),
                        .mse = f->raw / n};
    gov_struct_fill(result, &r, sizeof(r));
}

gov_status gov_ets(const double *y, const uint8_t *valid, int64_t n, const gov_ets_options *options,
                   int64_t horizon, gov_ets_result *result, double *mean, double *variance, gov_error *err)
{
    gov_ets_options o;
    GOV_TRY(gov_struct_read(&o, sizeof(o), options, err));
    GOV_TRY(gov_struct_check(result, err));
    GOV_TRY(check(y, valid, n, &o, horizon, err));
    ets_fit f = {.y = y, .n = n, .relative = o.multiplicative_error, .kind = o.trend, .season = o.season};
    f.period = o.season != GOV_SEASON_NONE ? o.period : 1;
    double *work = gov_alloc(3 * f.period, sizeof(double));
    if (work == NULL)
        return gov_fail_memory(err);
    f.start = work;
    f.moving = work + f.period;
    set_up(&f, &o, f.moving + f.period);
    estimate(&f);
    gov_status status = GOV_OK;
    if (!pass(&f, &f.w)) {
        status = gov_fail(err, GOV_E_NO_DATA,
                          "the model does not fit: its expectations leave the positive numbers");
    } else {
        int64_t parameters = parameter_count(&o);
        double sigma2 = f.squares / (double)(n - parameters + 1);
        predict(&f, sigma2, horizon, mean, variance);
        report(&f, parameters, result);
    }
    gov_free(work);
    return status;
}
