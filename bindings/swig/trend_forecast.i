// trend_forecast.i - what to expect next, and how good the forecasts were.
%{
#include "govcore/trend/forecast.h"
%}
%ignore gov_forecast::mean;
%ignore gov_forecast::lower;
%ignore gov_forecast::upper;
%ignore gov_forecast::exceed;
GOV_VALUE(gov_forecast, NativeForecast)
GOV_VALUE(gov_holt_winters_result, NativeHoltWinters)
GOV_VALUE(gov_ets_result, NativeEts)
GOV_VALUE(gov_count_result, NativeCountForecast)
GOV_HEADER("govcore/trend/forecast.h")

%inline %{
// Fills mean and exceed (horizon values each), lower and upper (levels.n x horizon), and the method with its reason.
static void trend_forecast(in_doubles y, in_bytes valid, int method, int64_t period, in_doubles levels,
                           double threshold, int counts, out_doubles mean, out_doubles lower, out_doubles upper,
                           out_doubles exceed, gov_forecast *result, gov_error *err)
{
    gov_forecast_options options = GOV_FORECAST_OPTIONS_INIT;
    gov_forecast forecast = GOV_FORECAST_INIT;
    options.method = (gov_forecast_method)method;
    options.horizon = mean.n;
    options.period = period;
    options.levels = levels.data;
    options.level_count = levels.n;
    options.threshold = threshold;
    options.counts = counts;
    forecast.mean = mean.data;
    forecast.lower = lower.data;
    forecast.upper = upper.data;
    forecast.exceed = exceed.data;
    if (mean.n < 1 || exceed.n != mean.n || lower.n != levels.n * mean.n || upper.n != lower.n)
        refuse(err, "the arrays must fit the horizon, which is at least 1, and the levels");
    else if (one_length(y, valid, err) == GOV_OK &&
             gov_forecast_series(y.data, valid.data, y.n, &options, &forecast, err) == GOV_OK) {
        result->method = forecast.method;
        result->reason = forecast.reason;
        result->reason_zh = forecast.reason_zh;
    }
}

// `seasonal` has `period` values (none without a season), mean and variance one a coming period.
static void trend_holt_winters(in_doubles y, in_bytes valid, int season, int no_trend, int64_t period, double alpha,
                               double beta, double gamma, gov_holt_winters_result *result, out_doubles seasonal,
                               out_doubles mean, out_doubles variance, gov_error *err)
{
    gov_holt_winters_options options = GOV_HOLT_WINTERS_OPTIONS_INIT;
    gov_holt_winters_result filled = GOV_HOLT_WINTERS_RESULT_INIT;
    options.season = (gov_season)season;
    options.no_trend = no_trend;
    options.period = period;
    options.alpha = alpha;
    options.beta = beta;
    options.gamma = gamma;
    if (variance.n != mean.n || seasonal.n != (season == GOV_SEASON_NONE ? 0 : period))
        refuse(err, "mean and variance must fit the horizon, and the season its period");
    else if (one_length(y, valid, err) == GOV_OK &&
             gov_holt_winters(y.data, valid.data, y.n, &options, mean.n, &filled,
                              season == GOV_SEASON_NONE ? NULL : seasonal.data, mean.data, variance.data,
                              err) == GOV_OK)
        *result = filled;
}

// `weights` holds alpha, beta, gamma, phi, 0 to be estimated; `initial` may be absent.
static void trend_ets(in_doubles y, in_bytes valid, int multiplicative_error, int trend, int season, int64_t period,
                      in_doubles weights, in_doubles initial, gov_ets_result *result, out_doubles mean,
                      out_doubles variance, gov_error *err)
{
    gov_ets_options options = GOV_ETS_OPTIONS_INIT;
    gov_ets_result filled = GOV_ETS_RESULT_INIT;
    options.multiplicative_error = multiplicative_error;
    options.trend = (gov_ets_trend)trend;
    options.season = (gov_season)season;
    options.period = period;
    options.initial = initial.data;
    if (weights.n == 4) {
        options.alpha = weights.data[0];
        options.beta = weights.data[1];
        options.gamma = weights.data[2];
        options.phi = weights.data[3];
    }
    int64_t states = 1 + (trend != GOV_ETS_NONE) + (season == GOV_SEASON_NONE ? 0 : period);
    if (variance.n != mean.n || weights.n != 4 || (initial.data != NULL && initial.n != states))
        refuse(err, "four weights, and one initial value for each state are needed; mean and variance fit the horizon");
    else if (one_length(y, valid, err) == GOV_OK &&
             gov_ets(y.data, valid.data, y.n, &options, mean.n, &filled, mean.data, variance.data, err) == GOV_OK)
        *result = filled;
}

static void trend_count_forecast(in_doubles y, in_bytes valid, int64_t period, double discount,
                                 gov_count_result *result, out_doubles mean, out_doubles size, gov_error *err)
{
    gov_count_options options = GOV_COUNT_OPTIONS_INIT;
    gov_count_result filled = GOV_COUNT_RESULT_INIT;
    options.period = period;
    options.discount = discount;
    if (size.n != mean.n)
        refuse(err, "mean and size must fit the horizon");
    else if (one_length(y, valid, err) == GOV_OK &&
             gov_count_forecast(y.data, valid.data, y.n, &options, mean.n, &filled, mean.data, size.data, err) ==
                 GOV_OK)
        *result = filled;
}

static double trend_croston(in_doubles y, in_bytes valid, int kind, double size_weight, double interval_weight,
                            gov_error *err)
{
    double forecast = 0.0;
    if (one_length(y, valid, err) == GOV_OK)
        gov_croston(y.data, valid.data, y.n, (gov_croston_kind)kind, size_weight, interval_weight, &forecast, NULL,
                    err);
    return forecast;
}

static double trend_mase(in_doubles training, in_bytes valid, int64_t period, in_doubles observed,
                         in_doubles forecast, gov_error *err)
{
    double mase = 0.0;
    if (observed.n != forecast.n)
        refuse(err, "observed and forecast must be of one length");
    else if (one_length(training, valid, err) == GOV_OK)
        gov_mase(training.data, valid.data, training.n, period, observed.data, forecast.data, observed.n, &mase, err);
    return mase;
}

static double trend_wis(double observed, double median, in_doubles levels, in_doubles lower, in_doubles upper,
                        gov_error *err)
{
    double wis = 0.0;
    if (lower.n != levels.n || upper.n != levels.n)
        refuse(err, "each level has a lower and an upper bound");
    else
        gov_wis(observed, median, levels.data, lower.data, upper.data, levels.n, &wis, err);
    return wis;
}

static double trend_coverage(in_doubles observed, in_doubles lower, in_doubles upper, gov_error *err)
{
    double share = 0.0;
    if (lower.n != observed.n || upper.n != observed.n)
        refuse(err, "each value has a lower and an upper bound");
    else
        gov_coverage(observed.data, lower.data, upper.data, observed.n, &share, err);
    return share;
}
%}

double gov_crps_count(double observed, double mean, double size);
double gov_crps_normal(double observed, double mean, double sd);
double gov_count_exceed(double k, double mean, double size);
double gov_count_quantile(double p, double mean, double size);
