/* trend/forecast.h - what to expect next, and how likely it is that a threshold is reached.
 *
 *     double mean[7], exceed[7], lower[14], upper[14];
 *     const double levels[] = {0.8, 0.95};
 *     gov_forecast f = GOV_FORECAST_INIT;
 *     f.mean = mean;  f.exceed = exceed;  f.lower = lower;  f.upper = upper;
 *     gov_forecast_options o = GOV_FORECAST_OPTIONS_INIT;
 *     o.horizon = 7;  o.period = 7;  o.levels = levels;  o.level_count = 2;  o.threshold = 5;
 *     if (gov_forecast_series(y, NULL, N, &o, &f, &err)) ...   f.method, f.reason say what was chosen and why
 *
 * Threads: no state.   Ownership: the caller's arrays are filled; texts are static. */
#ifndef GOVCORE_TREND_FORECAST_H
#define GOVCORE_TREND_FORECAST_H

#include "govcore/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum gov_forecast_method {
    GOV_FORECAST_AUTO = 0,         /* see gov_forecast_series */
    GOV_FORECAST_COUNT = 1,        /* gamma-Poisson, discounted: negative binomial predictions */
    GOV_FORECAST_SES = 2,          /* simple exponential smoothing */
    GOV_FORECAST_HOLT = 3,         /* with a linear trend */
    GOV_FORECAST_HOLT_WINTERS = 4, /* with an additive season */
    GOV_FORECAST_HOLT_WINTERS_MULTIPLICATIVE = 5,
    GOV_FORECAST_ETS = 6, /* innovations state space model, kind chosen by AICc */
    GOV_FORECAST_CROSTON =
        7,                /* intermittent demand: point forecasts of Croston and its corrections; intervals */
    GOV_FORECAST_SBA = 8, /* and exceedance are those of GOV_FORECAST_COUNT, as these methods have no */
    GOV_FORECAST_TSB = 9  /* stochastic model of their own */
} gov_forecast_method;

/* Where a forecast goes: arrays of the caller or NULL. lower, upper: level_count x horizon values, one level after
 * another, the central interval of that level. exceed: P(Y >= threshold) of each period. */
typedef struct gov_forecast {
    uint32_t struct_size;
    gov_forecast_method method; /* result: the one that was used */
    const char *reason;         /* result: why, in English; static */
    const char *reason_zh;
    double *mean;
    double *lower;
    double *upper;
    double *exceed;
} gov_forecast;

#define GOV_FORECAST_INIT                                                                     \
    {                                                                                         \
        (uint32_t)sizeof(gov_forecast), GOV_FORECAST_AUTO, NULL, NULL, NULL, NULL, NULL, NULL \
    }

typedef struct gov_forecast_options {
    uint32_t struct_size;
    gov_forecast_method method;
    int64_t horizon;      /* periods ahead; default 1 */
    int64_t period;       /* of the season; default 0: none */
    const double *levels; /* level_count values in (0, 1) */
    int64_t level_count;
    double threshold; /* for `exceed` */
    int32_t
        counts; /* 1: y are counts; 2: they are not; default: whole and not negative are taken for counts */
} gov_forecast_options;

#define GOV_FORECAST_OPTIONS_INIT                                                        \
    {                                                                                    \
        (uint32_t)sizeof(gov_forecast_options), GOV_FORECAST_AUTO, 0, 0, NULL, 0, 0.0, 0 \
    }

/* Forecasts one series. GOV_FORECAST_AUTO: counts with a mean below 10 or with missing periods take COUNT; else ETS,
 * with a season if there are at least two cycles. A period that is longer than half the series is not used by AUTO and
 * COUNT. Intervals of SES to ETS are normal; for counts their bounds and means are cut at 0.
 *
 * Errors: GOV_E_NO_DATA too few values (COUNT 3; SES 3, HOLT 4, HOLT_WINTERS two cycles and 3; ETS 10; CROSTON, SBA
 * and TSB two cases); GOV_E_MISSING a missing period, err->row, with SES to ETS; GOV_E_RANGE a value that is not
 * finite, COUNT to TSB: or negative, MULTIPLICATIVE: or not above 0; GOV_E_ARGUMENT an option. Since 0.1. */
GOV_API gov_status gov_forecast_series(const double *y, const uint8_t *valid, int64_t n,
                                       const gov_forecast_options *options, gov_forecast *forecast,
                                       gov_error *err);

/* --- Holt-Winters, as R's stats::HoltWinters ------------------------------------------------------------------- */

typedef enum gov_season {
    GOV_SEASON_NONE = 0,
    GOV_SEASON_ADDITIVE = 1,
    GOV_SEASON_MULTIPLICATIVE = 2
} gov_season;

typedef struct gov_holt_winters_options {
    uint32_t struct_size;
    gov_season season;
    int32_t no_trend; /* not 0: no trend */
    int64_t period;   /* with a season, >= 2 */
    double alpha;     /* in (0, 1]; 0: all that are 0 are chosen together by least squares */
    double beta;      /* to fix one at (almost) no learning give a tiny value */
    double gamma;
} gov_holt_winters_options;

#define GOV_HOLT_WINTERS_OPTIONS_INIT                                                    \
    {                                                                                    \
        (uint32_t)sizeof(gov_holt_winters_options), GOV_SEASON_NONE, 0, 0, 0.0, 0.0, 0.0 \
    }

typedef struct gov_holt_winters_result {
    uint32_t struct_size;
    double alpha;
    double beta;
    double gamma;
    double level;    /* after the last period */
    double trend;    /* per period */
    double sse;      /* of one-step errors after the start values */
    double variance; /* of these errors, about their mean */
    int64_t errors;  /* how many */
} gov_holt_winters_result;

#define GOV_HOLT_WINTERS_RESULT_INIT                                                    \
    {                                                                                   \
        (uint32_t)sizeof(gov_holt_winters_result), 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0 \
    }

/* Fits and forecasts. Start values: without a season from the first values (trend: first two); with one, from the
 * classical decomposition of the first two cycles. seasonal: period values, the season of the first forecast first;
 * mean, variance: horizon values; all may be NULL. variance is that of R's predict(); for the multiplicative season it
 * is not available and 0. Errors as for gov_forecast_series.
 * Source: Holt (1957); Winters (1960), doi:10.1287/mnsc.6.3.324. Since 0.1. */
GOV_API gov_status gov_holt_winters(const double *y, const uint8_t *valid, int64_t n,
                                    const gov_holt_winters_options *options, int64_t horizon,
                                    gov_holt_winters_result *result, double *seasonal, double *mean,
                                    double *variance, gov_error *err);

/* --- ETS -------------------------------------------------------------------------------------------------------
 * y = w(x) + e (additive error) or w(x) (1 + e) (multiplicative), in the notation of Hyndman et al. (2008). */
typedef enum gov_ets_trend { GOV_ETS_NONE = 0, GOV_ETS_ADDITIVE = 1, GOV_ETS_DAMPED = 2 } gov_ets_trend;

typedef struct gov_ets_options {
    uint32_t struct_size;
    int32_t multiplicative_error; /* with GOV_SEASON_MULTIPLICATIVE: must be set; ADDITIVE: must not */
    gov_ets_trend trend;
    gov_season season;
    int64_t period;
    double alpha; /* 0 < gamma <= 1 - alpha, 0 < beta <= alpha < 1, 0.8 <= phi <= 0.98; 0: estimated */
    double beta;
    double gamma;
    double phi;
    const double *
        initial; /* level, trend (if any), then the season of the first period, the second, ... `period` of */
                 /* them; NULL: estimated (level and trend by likelihood, the season by decomposition) */
} gov_ets_options;

#define GOV_ETS_OPTIONS_INIT                                                                             \
    {                                                                                                    \
        (uint32_t)sizeof(gov_ets_options), 0, GOV_ETS_NONE, GOV_SEASON_NONE, 0, 0.0, 0.0, 0.0, 0.0, NULL \
    }

typedef struct gov_ets_result {
    uint32_t struct_size;
    int64_t parameters; /* estimated or given: smoothing, initial states, variance */
    double alpha;
    double beta;
    double gamma;
    double phi;
    double level; /* before the first period */
    double trend;
    double log_likelihood; /* up to a constant, as R's forecast::ets */
    double aic;
    double aicc;
    double bic;
    double sigma2; /* sum of squared (relative) errors / (n - parameters + 1) */
    double mse;    /* mean squared one-step error */
} gov_ets_result;

#define GOV_ETS_RESULT_INIT                                                                             \
    {                                                                                                   \
        (uint32_t)sizeof(gov_ets_result), 0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0 \
    }

/* Fits (what is not given) by maximum likelihood and forecasts. mean, variance: horizon values or NULL, exact under the
 * model with normal errors. Errors: GOV_E_NO_DATA below parameters + 4 values; GOV_E_RANGE a value that is not above 0
 * with a multiplicative error; GOV_E_MISSING; GOV_E_ARGUMENT.
 * Source: Hyndman, Koehler, Ord & Snyder (2008), Forecasting with Exponential Smoothing. Since 0.1. */
GOV_API gov_status gov_ets(const double *y, const uint8_t *valid, int64_t n, const gov_ets_options *options,
                           int64_t horizon, gov_ets_result *result, double *mean, double *variance,
                           gov_error *err);

/* --- Intermittent demand ----------------------------------------------------------------------------------------- */

typedef enum gov_croston_kind {
    GOV_CROSTON = 0,     /* size / interval */
    GOV_CROSTON_SBA = 1, /* times 1 - w / 2 (Syntetos & Boylan 2005) */
    GOV_CROSTON_SBJ = 2, /* times 1 - w / (2 - w) (Shale, Boylan & Johnston 2006) */
    GOV_CROSTON_TSB =
        3 /* size times the probability of a case, which falls while none comes (Teunter et al. 2011) */
} gov_croston_kind;

/* The forecast of every coming period: a mean, and no more. size_weight, interval_weight: in (0, 1], 0 is 0.1 (TSB: the
 * second is that of the probability). Start: the first case's size, its distance from the beginning (TSB: one over
 * it). fitted: n one-step forecasts or NULL; NaN up to the first. Missing periods count as time without news.
 * Errors: GOV_E_NO_DATA with fewer than 2 cases; GOV_E_RANGE; GOV_E_ARGUMENT. Source: Croston (1972). Since 0.1. */
GOV_API gov_status gov_croston(const double *y, const uint8_t *valid, int64_t n, gov_croston_kind kind,
                               double size_weight, double interval_weight, double *forecast, double *fitted,
                               gov_error *err);

/* --- Counts -------------------------------------------------------------------------------------------------------- */

typedef struct gov_count_options {
    uint32_t struct_size;
    int64_t period; /* of a multiplicative season, >= 2; 0: none */
    double
        discount; /* in (0, 1]: what a period's information keeps of its weight after one more period; 0: chosen by */
                  /* likelihood from 0.5 to 1 */
} gov_count_options;

#define GOV_COUNT_OPTIONS_INIT                      \
    {                                               \
        (uint32_t)sizeof(gov_count_options), 0, 0.0 \
    }

typedef struct gov_count_result {
    uint32_t struct_size;
    double discount;
    double log_likelihood; /* of the one-step predictions after the first case */
} gov_count_result;

#define GOV_COUNT_RESULT_INIT                        \
    {                                                \
        (uint32_t)sizeof(gov_count_result), 0.0, 0.0 \
    }

/* The rate is gamma distributed; each count adds to its shape and each period to its rate, both first multiplied by the
 * discount, so that the past fades. The prediction of each coming period is negative binomial: mean[h] and size[h]
 * (horizon values or NULL; variance = mean + mean²/size), from which P(Y >= k) follows directly. Further periods are
 * discounted once more each: the mean stays, the spread grows.
 * The season: mean of each place in the cycle over the mean of all, both with one mean added, so that an empty place
 * is not 0. Errors: GOV_E_NO_DATA with fewer than 3 present values or no case at all; GOV_E_RANGE a value that is not a
 * whole count; GOV_E_ARGUMENT. Source: Harvey & Fernandes (1989), doi:10.1080/07350015.1989.10509750. Since 0.1. */
GOV_API gov_status gov_count_forecast(const double *y, const uint8_t *valid, int64_t n,
                                      const gov_count_options *options, int64_t horizon,
                                      gov_count_result *result, double *mean, double *size, gov_error *err);

/* P(Y >= k) and the smallest y with P(Y <= y) >= p for a negative binomial of this mean and size (INFINITY: Poisson).
 * NaN for arguments outside the domain. */
GOV_API double gov_count_exceed(double k, double mean, double size);
GOV_API double gov_count_quantile(double p, double mean, double size);

/* --- How good were the forecasts ------------------------------------------------------------------------------- */

/* Mean absolute error of the forecasts over that of the naive forecast y[t - period] within the training series (period
 * 1: the last value). Missing pairs are left out. GOV_E_NO_DATA if there is no pair or the naive error is 0.
 * Source: Hyndman & Koehler (2006), doi:10.1016/j.ijforecast.2006.03.001. */
GOV_API gov_status gov_mase(const double *training, const uint8_t *training_valid, int64_t n, int64_t period,
                            const double *observed, const double *forecast, int64_t count, double *mase,
                            gov_error *err);
/* Weighted interval score of one forecast: (|y - median| / 2 + sum over intervals of (1 - level) / 2 x interval score) /
 * (count + 1/2), the interval score being upper - lower + 2 / (1 - level) x (distance outside).
 * Source: Bracher et al. (2021), doi:10.1371/journal.pcbi.1008618. */
GOV_API gov_status gov_wis(double observed, double median, const double *levels, const double *lower,
                           const double *upper, int64_t count, double *wis, gov_error *err);
/* Continuous ranked probability score of a count forecast (size INFINITY: Poisson) and of a normal one, in units of y.
 * NaN for arguments outside the domain. Source: Gneiting & Raftery (2007), doi:10.1198/016214506000001437. */
GOV_API double gov_crps_count(double observed, double mean, double size);
GOV_API double gov_crps_normal(double observed, double mean, double sd);
/* The share of values inside their intervals, ends included. GOV_E_NO_DATA if count is 0. */
GOV_API gov_status gov_coverage(const double *observed, const double *lower, const double *upper,
                                int64_t count, double *share, gov_error *err);

#ifdef __cplusplus
}
#endif

#endif
