// trend_control.i - control charts and their run lengths.
%{
#include "govcore/trend/control.h"

// Where a detector writes, all arrays as long as the series.
static gov_status alarms_into(int64_t n, out_bytes alarm, out_bytes reason, out_doubles expected, out_doubles upper,
                              out_doubles score, out_doubles statistic, gov_alarms *alarms, gov_error *err)
{
    *alarms = (gov_alarms)GOV_ALARMS_INIT;
    alarms->alarm = alarm.data;
    alarms->reason = reason.data;
    alarms->expected = expected.data;
    alarms->upper = upper.data;
    alarms->score = score.data;
    if (alarm.n != n || reason.n != n || expected.n != n || upper.n != n || score.n != n || statistic.n != n)
        refuse(err, "the results must be as long as the series");
    return err->code;
}

static gov_status chart_into(int64_t n, out_doubles statistic, out_doubles lower, out_doubles upper,
                             out_bytes alarm, gov_chart *chart, gov_error *err)
{
    *chart = (gov_chart)GOV_CHART_INIT;
    chart->statistic = statistic.data;
    chart->lower = lower.data;
    chart->upper = upper.data;
    chart->alarm = alarm.data;
    if (statistic.n != n || lower.n != n || upper.n != n || alarm.n != n)
        refuse(err, "the results must be as long as the series");
    return err->code;
}
%}
GOV_HEADER("govcore/trend/control.h")

%inline %{
static void trend_cusum(in_doubles y, in_bytes valid, int transform, double k, double h, double alpha,
                        in_doubles expectations, double mean, int64_t baseline, int reset, out_bytes alarm,
                        out_bytes reason, out_doubles expected, out_doubles upper, out_doubles score,
                        out_doubles statistic, gov_error *err)
{
    gov_cusum_options options = cusum_options(transform, k, h, alpha, mean, baseline, reset);
    gov_alarms alarms;
    options.expected = expectations.data;
    if (one_length(y, valid, err) != GOV_OK ||
        alarms_into(y.n, alarm, reason, expected, upper, score, statistic, &alarms, err) != GOV_OK)
        return;
    if (expectations.data != NULL && expectations.n != y.n)
        refuse(err, "values and expectations must be of one length");
    else
        gov_cusum(y.data, valid.data, y.n, &options, &alarms, statistic.data, err);
}

static void trend_glr(in_doubles y, in_bytes valid, int decrease, in_doubles expectations, double mean,
                      int64_t baseline, double alpha, double theta, double threshold, int64_t window, out_bytes alarm, out_bytes reason,
                      out_doubles expected, out_doubles upper, out_doubles score, out_doubles statistic,
                      gov_error *err)
{
    gov_glr_options options = glr_options(decrease, mean, baseline, alpha, theta, threshold, window);
    gov_alarms alarms;
    options.expected = expectations.data;
    if (one_length(y, valid, err) != GOV_OK ||
        alarms_into(y.n, alarm, reason, expected, upper, score, statistic, &alarms, err) != GOV_OK)
        return;
    if (expectations.data != NULL && expectations.n != y.n)
        refuse(err, "values and expectations must be of one length");
    else
        gov_glr(y.data, valid.data, y.n, &options, &alarms, statistic.data, err);
}

static void trend_outbreak_p(in_doubles y, in_bytes valid, double threshold, out_bytes alarm, out_bytes reason,
                             out_doubles expected, out_doubles upper, out_doubles score, out_doubles statistic,
                             gov_error *err)
{
    gov_alarms alarms;
    if (one_length(y, valid, err) == GOV_OK &&
        alarms_into(y.n, alarm, reason, expected, upper, score, statistic, &alarms, err) == GOV_OK)
        gov_outbreak_p(y.data, valid.data, y.n, threshold, &alarms, statistic.data, err);
}

// Returns the standard deviation that was used; the centre goes to centre[0].
static double trend_ewma(in_doubles y, in_bytes valid, int asymptotic, double target, double sd, double lambda,
                         double width, out_doubles statistic, out_doubles lower, out_doubles upper,
                         out_bytes alarm, out_doubles centre, gov_error *err)
{
    gov_ewma_options options = ewma_options(asymptotic, target, sd, lambda, width);
    gov_chart chart;
    if (one_length(y, valid, err) != GOV_OK ||
        chart_into(y.n, statistic, lower, upper, alarm, &chart, err) != GOV_OK)
        return 0.0;
    if (gov_ewma(y.data, valid.data, y.n, &options, &chart, err) == GOV_OK && centre.n > 0)
        centre.data[0] = chart.centre;
    return chart.sd;
}

static double trend_shewhart(in_doubles y, in_bytes valid, int kind, in_doubles size, int64_t baseline,
                             out_doubles statistic, out_doubles lower, out_doubles upper, out_bytes alarm,
                             out_doubles centre, gov_error *err)
{
    gov_chart chart;
    if (one_length(y, valid, err) != GOV_OK ||
        chart_into(y.n, statistic, lower, upper, alarm, &chart, err) != GOV_OK)
        return 0.0;
    if (size.data != NULL && size.n != y.n) {
        refuse(err, "values and sizes must be of one length");
        return 0.0;
    }
    if (gov_shewhart(y.data, valid.data, y.n, (gov_shewhart_kind)kind, size.data, baseline, &chart, err) ==
            GOV_OK &&
        centre.n > 0)
        centre.data[0] = chart.centre;
    return chart.sd;
}

// Two-sided, in standard deviations: high and low are filled.
static void trend_cusum_tabular(in_doubles y, in_bytes valid, double target, double sd, double k, double h,
                                out_doubles high, out_doubles low, out_bytes alarm, gov_error *err)
{
    gov_tabular_options options = GOV_TABULAR_OPTIONS_INIT;
    options.target = target;
    options.sd = sd;
    options.k = k;
    options.h = h;
    if (high.n != y.n || low.n != y.n || alarm.n != y.n)
        refuse(err, "the results must be as long as the series");
    else if (one_length(y, valid, err) == GOV_OK)
        gov_cusum_tabular(y.data, valid.data, y.n, &options, high.data, low.data, alarm.data, err);
}

// y holds groups of `size` values; the results have one value a group. Returns the standard deviation of one value.
static double trend_shewhart_xbar(in_doubles y, int64_t size, int64_t baseline, out_doubles statistic,
                                  out_doubles lower, out_doubles upper, out_bytes alarm, out_doubles centre,
                                  gov_error *err)
{
    gov_chart chart;
    if (size < 1 || y.n % size != 0) {
        refuse(err, "the values do not fill whole groups");
        return 0.0;
    }
    if (chart_into(y.n / size, statistic, lower, upper, alarm, &chart, err) != GOV_OK)
        return 0.0;
    if (gov_shewhart_xbar(y.data, y.n / size, size, baseline, &chart, err) == GOV_OK && centre.n > 0)
        centre.data[0] = chart.centre;
    return chart.sd;
}

static double trend_cusum_run_length(int family, double mean, double spread, double slope, double offset, double h,
                                     double start, int64_t states, gov_error *err)
{
    gov_run_length_options options = GOV_RUN_LENGTH_OPTIONS_INIT;
    double length = 0.0;
    options.family = (gov_count_family)family;
    options.mean = mean;
    options.spread = spread;
    options.slope = slope;
    options.offset = offset;
    options.h = h;
    options.start = start;
    options.states = states;
    gov_cusum_run_length(&options, &length, NULL, err);
    return length;
}

static double trend_ewma_run_length(double lambda, double width, double shift, gov_error *err)
{
    double length = 0.0;
    gov_ewma_run_length(lambda, width, shift, &length, err);
    return length;
}
%}
