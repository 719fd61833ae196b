// trend.i - trend tests and slopes of one series, false discovery rates, panels and their findings.
%{
#include "govcore/trend/fdr.h"
%}
GOV_VALUE(gov_mk_result, NativeMannKendall)
GOV_VALUE(gov_sen_result, NativeSenSlope)
GOV_HANDLE(gov_panel, NativePanel, gov_panel_free)
GOV_HEADER("govcore/trend/reason.h")
GOV_HEADER("govcore/trend/monotonic.h")
GOV_HEADER("govcore/trend/panel.h")
GOV_HEADER("govcore/trend/fdr.h")
GOV_NULLABLE(gov_calendar *calendar, NativeCalendar)

const char *gov_reason_text(gov_reason reason, const char *language);

%{
static gov_status one_length(in_doubles y, in_bytes valid, gov_error *err)
{
    if (valid.data != NULL && valid.n != y.n)
        refuse(err, "values and validity must be of one length");
    return err->code;
}

static gov_panel_options panel_options(in_texts series, const char *time, const char *value, int frequency, int gaps,
                                       const char *first, const char *last, const gov_calendar *calendar,
                                       gov_run *run)
{
    gov_panel_options options = GOV_PANEL_OPTIONS_INIT;
    options.series = series.data;
    options.series_count = series.n;
    options.time = time;
    options.value = value;
    options.frequency = (gov_frequency)frequency;
    options.gaps = (gov_gaps)gaps;
    options.first = first;
    options.last = last;
    options.calendar = calendar;
    options.run = run;
    return options;
}

static gov_mk_options mk_options(int method, int without_slope, double alpha, int64_t lag, int64_t period)
{
    gov_mk_options options = GOV_MK_OPTIONS_INIT;
    options.method = (gov_mk_method)method;
    options.without_slope = without_slope;
    options.alpha = alpha;
    options.lag = lag;
    options.period = period;
    return options;
}
%}

%inline %{
static void trend_mann_kendall(in_doubles y, in_bytes valid, int method, int without_slope, double alpha,
                               int64_t lag, int64_t period, gov_mk_result *result, gov_error *err)
{
    gov_mk_options options = mk_options(method, without_slope, alpha, lag, period);
    gov_mk_result filled = GOV_MK_RESULT_INIT;
    if (one_length(y, valid, err) == GOV_OK &&
        gov_mann_kendall(y.data, valid.data, y.n, &options, &filled, err) == GOV_OK)
        *result = filled;
}

// `kind`: 0 regional, 1 correlated, 2 partial. y row by row, `columns` values a row.
static void trend_mann_kendall_matrix(in_doubles y, in_bytes valid, int64_t columns, int kind, double alpha,
                                      gov_mk_result *result, gov_error *err)
{
    gov_mk_options options = mk_options(0, 0, alpha, 0, 0);
    gov_mk_result filled = GOV_MK_RESULT_INIT;
    if (one_length(y, valid, err) != GOV_OK)
        return;
    if (columns < 1 || y.n % columns != 0) {
        refuse(err, "the values do not fill whole rows");
        return;
    }
    int64_t rows = y.n / columns;
    gov_status status =
        kind == 0   ? gov_mann_kendall_regional(y.data, valid.data, rows, columns, &options, &filled, err)
        : kind == 1 ? gov_mann_kendall_correlated(y.data, valid.data, rows, columns, &options, &filled, err)
                    : gov_mann_kendall_partial(y.data, valid.data, rows, &options, &filled, err);
    if (status == GOV_OK)
        *result = filled;
}

// `period` 0: not seasonal.
static void trend_sen_slope(in_doubles y, in_bytes valid, int64_t period, double alpha, gov_sen_result *result,
                            gov_error *err)
{
    gov_sen_options options = GOV_SEN_OPTIONS_INIT;
    gov_sen_result filled = GOV_SEN_RESULT_INIT;
    options.alpha = alpha;
    if (one_length(y, valid, err) != GOV_OK)
        return;
    gov_status status =
        period == 0 ? gov_sen_slope(y.data, valid.data, y.n, &options, &filled, err)
                    : gov_seasonal_sen_slope(y.data, valid.data, y.n, period, &options, &filled, err);
    if (status == GOV_OK)
        *result = filled;
}

static void trend_bh(in_doubles p, in_bytes valid, int method, out_doubles q, gov_error *err)
{
    gov_trend_bh_options options = GOV_TREND_BH_OPTIONS_INIT;
    options.method = (gov_trend_fdr_method)method;
    if (q.n != p.n)
        refuse(err, "p and q must be of one length");
    else if (one_length(p, valid, err) == GOV_OK)
        gov_trend_bh(p.data, valid.data, p.n, &options, q.data, err);
}

static gov_panel *panel_new(gov_table *table, in_texts series, const char *time, const char *value, int frequency,
                            int gaps, const char *first, const char *last, gov_calendar *calendar, gov_run *run,
                            gov_error *err)
{
    gov_panel_options options = panel_options(series, time, value, frequency, gaps, first, last, calendar, run);
    gov_panel *out = NULL;
    gov_panel_new(table, &options, &out, err);
    return out;
}

// y and valid hold one series after another, each `periods` long.
static gov_panel *panel_of_array(in_doubles y, in_bytes valid, int64_t periods, int first, int frequency,
                                 gov_error *err)
{
    gov_panel *out = NULL;
    if (periods < 1 || y.n % periods != 0)
        refuse(err, "the values do not fill whole series");
    else if (one_length(y, valid, err) == GOV_OK)
        gov_panel_of_array(y.data, valid.data, y.n / periods, periods, first, (gov_frequency)frequency, &out, err);
    return out;
}

// Every area of `areas` with the sum of the series in it and below it; `label` is the panel's column of areas.
static gov_panel *panel_roll_up(gov_panel *panel, const char *label, gov_table *areas, const char *code,
                                const char *parent, gov_error *err)
{
    gov_panel *out = NULL;
    gov_panel_roll_up(panel, label, areas, code, parent, &out, err);
    return out;
}

static int64_t panel_series(gov_panel *panel)
{
    return gov_panel_series(panel);
}

static int64_t panel_periods(gov_panel *panel)
{
    return gov_panel_periods(panel);
}

static int panel_day(gov_panel *panel, int64_t period)
{
    return gov_panel_day(panel, period);
}

static int64_t panel_period_name(gov_panel *panel, int64_t period, out_bytes out)
{
    return gov_panel_period_name(panel, period, (char *)out.data, (size_t)out.n);
}

static gov_table *panel_labels(gov_panel *panel)
{
    return gov_table_retain(gov_panel_labels(panel));
}

static void panel_copy(gov_panel *panel, int64_t series, out_doubles y, out_bytes valid, gov_error *err)
{
    int64_t periods = gov_panel_periods(panel);
    if (y.n != periods || valid.n != periods)
        refuse(err, "the arrays must have one item a period");
    else
        gov_panel_copy(panel, series, y.data, valid.data, err);
}

// counts, levels: see trend_options.
static gov_table *panel_analyze(gov_panel *panel, in_int64s counts, in_doubles levels, gov_run *run, gov_error *err)
{
    gov_trend_options options = trend_options(counts, levels, run, err);
    gov_table *out = NULL;
    if (err->code == GOV_OK)
        gov_trend_analyze(panel, &options, &out, err);
    return out;
}
%}
