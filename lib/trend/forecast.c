/* One door to all forecasting methods: chooses, runs, and forms intervals and exceedance from what the method gives,
 * a normal distribution (mean, variance) or a negative binomial one (mean, size). */
#include "trend/forecast.h"
#include "base/alloc.h"
#include "base/struct.h"
#include "govcore/trend/forecast.h"
#include "stat/distribution.h"
#include "trend/series.h"

#include <math.h>

typedef struct task {
    const double *y;
    const uint8_t *valid;
    int64_t n;
    gov_forecast_options o;
    int counts;
    int64_t present;
    double mean_of_all;
    double *mean;   /* horizon values */
    double *spread; /* variance, or size of the negative binomial */
    int negative_binomial;
    const char *reason;
    const char *reason_zh;
} task;

gov_status gov_complete(const double *y, const uint8_t *valid, int64_t n, gov_error *err)
{
    GOV_TRY(gov_series_check(y, valid, n, err));
    for (int64_t t = 0; valid != NULL && t < n; t++)
        if (!valid[t])
            return gov_fail_at(err, GOV_E_MISSING, GOV_AT_ROW(t, "y"),
                               "value %lld is missing; smoothing needs every period: fill the gap, or use "
                               "GOV_FORECAST_COUNT for counts",
                               (long long)t);
    if (n > 0 && gov_all_equal(y, n))
        return gov_fail(err, GOV_E_NO_DATA, "all %lld values are equal, so their spread is not known",
                        (long long)n);
    return GOV_OK;
}

static gov_status check_options(const gov_forecast_options *o, gov_error *err)
{
    if ((int)o->method < GOV_FORECAST_AUTO || o->method > GOV_FORECAST_TSB)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("method"),
                           "method must be one of gov_forecast_method");
    if (o->horizon < 1 || o->period < 0 || o->period == 1 || o->level_count < 0)
        return gov_fail(err, GOV_E_ARGUMENT, "horizon must be at least 1, period 0 or at least 2");
    if (o->level_count > 0 && o->levels == NULL)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("levels"), "levels must be given");
    for (int64_t k = 0; k < o->level_count; k++)
        if (!(o->levels[k] > 0 && o->levels[k] < 1))
            return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_ROW(k, "levels"),
                               "a level must lie between 0 and 1");
    if (!isfinite(o->threshold) || o->counts < 0 || o->counts > 2)
        return gov_fail(err, GOV_E_ARGUMENT, "threshold must be a finite number, counts be 0, 1 or 2");
    return GOV_OK;
}

static void look(task *k)
{
    int whole = 1;
    double sum = 0;
    for (int64_t t = 0; t < k->n; t++) {
        if (k->valid != NULL && !k->valid[t])
            continue;
        whole = whole && k->y[t] >= 0 && k->y[t] == floor(k->y[t]);
        sum += k->y[t];
        k->present++;
    }
    k->counts = k->o.counts == 1 || (k->o.counts == 0 && whole);
    k->mean_of_all = k->present > 0 ? sum / (double)k->present : 0;
}

static void choose(task *k)
{
    if (k->o.method != GOV_FORECAST_AUTO) {
        k->reason = "asked for";
        k->reason_zh = "按指定方法";
    } else if (k->counts && k->mean_of_all < 10) {
        k->o.method = GOV_FORECAST_COUNT;
        k->reason = "counts with a mean below 10: a normal interval would not hold";
        k->reason_zh = "均值低于10的计数：正态区间不适用";
    } else if (k->counts && k->present < k->n) {
        k->o.method = GOV_FORECAST_COUNT;
        k->reason = "counts with missing periods, which smoothing cannot take";
        k->reason_zh = "计数有缺测时段，平滑法不适用";
    } else if (k->o.period > 0 && k->n >= 2 * k->o.period && k->n >= k->o.period + 10) {
        k->o.method = GOV_FORECAST_ETS;
        k->reason = "values large enough for a normal interval, at least two cycles: ETS with or without a "
                    "season, the "
                    "kind of the least AICc";
        k->reason_zh = "数值足够大且至少两个周期：指数平滑（可含季节），按AICc选型";
    } else {
        k->o.method = GOV_FORECAST_ETS;
        k->o.period = 0;
        k->reason =
            "values large enough for a normal interval, no two cycles: ETS without a season, the kind of the "
            "least AICc";
        k->reason_zh = "数值足够大但不足两个周期：无季节指数平滑，按AICc选型";
    }
}

static gov_status by_counts(task *k, gov_error *err)
{
    gov_count_options o = GOV_COUNT_OPTIONS_INIT;
    o.period = k->o.period > 0 && k->n >= 2 * k->o.period ? k->o.period : 0;
    k->negative_binomial = 1;
    return gov_count_forecast(k->y, k->valid, k->n, &o, k->o.horizon, NULL, k->mean, k->spread, err);
}

static gov_status by_holt_winters(task *k, gov_error *err)
{
    gov_holt_winters_options o = GOV_HOLT_WINTERS_OPTIONS_INIT;
    o.no_trend = k->o.method == GOV_FORECAST_SES;
    if (k->o.method == GOV_FORECAST_HOLT_WINTERS)
        o.season = GOV_SEASON_ADDITIVE;
    if (k->o.method == GOV_FORECAST_HOLT_WINTERS_MULTIPLICATIVE)
        o.season = GOV_SEASON_MULTIPLICATIVE;
    o.period = k->o.period;
    return gov_holt_winters(k->y, k->valid, k->n, &o, k->o.horizon, NULL, NULL, k->mean, k->spread, err);
}

/* The kind with the least AICc among those that can be fitted. */
static gov_status by_ets(task *k, gov_error *err)
{
    gov_ets_options best = GOV_ETS_OPTIONS_INIT;
    double least = INFINITY;
    gov_status status = GOV_OK;
    GOV_TRY(gov_complete(k->y, k->valid, k->n, err));
    for (int season = GOV_SEASON_NONE; season <= GOV_SEASON_MULTIPLICATIVE; season++)
        for (int trend = GOV_ETS_NONE; trend <= GOV_ETS_DAMPED; trend++) {
            gov_ets_options o = GOV_ETS_OPTIONS_INIT;
            gov_ets_result r = GOV_ETS_RESULT_INIT;
            o.season = (gov_season)season;
            o.trend = (gov_ets_trend)trend;
            o.multiplicative_error = season == GOV_SEASON_MULTIPLICATIVE;
            o.period = k->o.period;
            if (season != GOV_SEASON_NONE && k->o.period == 0)
                continue;
            status = gov_ets(k->y, NULL, k->n, &o, 0, &r, NULL, NULL, err);
            if (status == GOV_E_MEMORY)
                return status;
            if (status != GOV_OK || !(r.aicc < least))
                continue;
            least = r.aicc;
            best = o;
        }
    if (isinf(least))
        return gov_fail(err, GOV_E_NO_DATA,
                        "ETS needs at least 10 values that are not all alike, there are %lld",
                        (long long)k->n);
    return gov_ets(k->y, NULL, k->n, &best, k->o.horizon, NULL, k->mean, k->spread, err);
}

static gov_status by_croston(task *k, gov_error *err)
{
    double point = 0;
    gov_croston_kind kind = k->o.method == GOV_FORECAST_CROSTON ? GOV_CROSTON
                            : k->o.method == GOV_FORECAST_SBA   ? GOV_CROSTON_SBA
                                                                : GOV_CROSTON_TSB;
    GOV_TRY(gov_croston(k->y, k->valid, k->n, kind, 0, 0, &point, NULL, err));
    for (int64_t h = 0; h < k->o.horizon; h++)
        k->mean[h] = point;
    return GOV_OK;
}

static double quantile_at(const task *k, const double *mean, int64_t h, double p)
{
    if (k->negative_binomial)
        return gov_nb_quantile(p, mean[h], k->spread[h]);
    double value = mean[h] + gov_normal_quantile(p) * sqrt(k->spread[h]);
    return k->counts ? fmax(value, 0) : value;
}

/* distribution: the means that go with spread; they differ from the point forecasts of Croston's methods. */
static void give(const task *k, const double *distribution, gov_forecast *f)
{
    int64_t horizon = k->o.horizon;
    for (int64_t h = 0; h < horizon; h++) {
        for (int64_t l = 0; l < k->o.level_count; l++) {
            double tail = (1 - k->o.levels[l]) / 2;
            if (f->lower != NULL)
                f->lower[l * horizon + h] = quantile_at(k, distribution, h, tail);
            if (f->upper != NULL)
                f->upper[l * horizon + h] = quantile_at(k, distribution, h, 1 - tail);
        }
        if (f->exceed != NULL && k->negative_binomial)
            f->exceed[h] = gov_count_exceed(k->o.threshold, distribution[h], k->spread[h]);
        else if (f->exceed != NULL && k->spread[h] == 0)
            f->exceed[h] = distribution[h] >= k->o.threshold;
        else if (f->exceed != NULL)
            f->exceed[h] = gov_normal_tail((k->o.threshold - (k->counts ? 0.5 : 0) - distribution[h]) /
                                           sqrt(k->spread[h]));
        if (f->mean != NULL)
            f->mean[h] = k->counts ? fmax(k->mean[h], 0) : k->mean[h];
    }
    f->method = k->o.method;
    f->reason = k->reason;
    f->reason_zh = k->reason_zh;
}

static gov_status run(task *k, double *distribution, const gov_forecast *f, gov_error *err)
{
    int wants_spread = (k->o.level_count > 0 && (f->lower != NULL || f->upper != NULL)) || f->exceed != NULL;
    switch (k->o.method) {
    case GOV_FORECAST_COUNT:
        GOV_TRY(by_counts(k, err));
        break;
    case GOV_FORECAST_HOLT_WINTERS_MULTIPLICATIVE:
        if (wants_spread)
            return gov_fail(err, GOV_E_UNSUPPORTED,
                            "the multiplicative Holt-Winters method has no intervals; GOV_FORECAST_ETS has");
        GOV_TRY(by_holt_winters(k, err));
        break;
    case GOV_FORECAST_SES:
    case GOV_FORECAST_HOLT:
    case GOV_FORECAST_HOLT_WINTERS:
        GOV_TRY(by_holt_winters(k, err));
        break;
    case GOV_FORECAST_ETS:
        GOV_TRY(by_ets(k, err));
        break;
    case GOV_FORECAST_CROSTON:
    case GOV_FORECAST_SBA:
    case GOV_FORECAST_TSB: {
        double *point = k->mean;
        k->mean = distribution;
        GOV_TRY(by_counts(k, err));
        k->mean = point;
        return by_croston(k, err);
    }
    case GOV_FORECAST_AUTO:
        return GOV_FAIL_INTERNAL(err);
    }
    for (int64_t h = 0; h < k->o.horizon; h++)
        distribution[h] = k->mean[h];
    return GOV_OK;
}

gov_status gov_forecast_series(const double *y, const uint8_t *valid, int64_t n,
                               const gov_forecast_options *options, gov_forecast *forecast, gov_error *err)
{
    task k = {.y = y, .valid = valid, .n = n};
    GOV_TRY(gov_struct_read(&k.o, sizeof(k.o), options, err));
    GOV_TRY(gov_struct_check(forecast, err));
    k.o.horizon = k.o.horizon == 0 ? 1 : k.o.horizon;
    if (forecast == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "forecast must be given");
    GOV_TRY(check_options(&k.o, err));
    GOV_TRY(gov_series_check(y, valid, n, err));
    look(&k);
    choose(&k);
    double *work = gov_alloc_zero(3 * k.o.horizon, sizeof(double));
    if (work == NULL)
        return gov_fail_memory(err);
    double *distribution = work;
    k.mean = work + k.o.horizon;
    k.spread = k.mean + k.o.horizon;
    gov_status status = run(&k, distribution, forecast, err);
    if (status == GOV_OK)
        give(&k, distribution, forecast);
    gov_free(work);
    return status;
}
