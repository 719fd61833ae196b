// trend_judged.i - every period of every series of a panel, judged; parts of a rise; who reports.
%{
#include "govcore/trend/judged.h"

static gov_judged_options judged_options(int threads, int64_t last, gov_run *run)
{
    gov_judged_options options = GOV_JUDGED_OPTIONS_INIT;
    options.threads = threads;
    options.last = last;
    options.run = run;
    return options;
}
%}
GOV_NULLABLE(gov_panel *population, NativePanel)

%inline %{
static gov_table *panel_ears(gov_panel *panel, int method, int64_t baseline, double min_sigma, double alpha,
                             int threads, int64_t last, gov_run *run, gov_error *err)
{
    gov_ears_options detector = ears_options(method, baseline, min_sigma, alpha);
    gov_judged_options options = judged_options(threads, last, run);
    gov_table *out = NULL;
    gov_panel_ears(panel, &detector, &options, &out, err);
    return out;
}

// counts, levels: see farrington_options; population may be absent.
static gov_table *panel_farrington(gov_panel *panel, gov_panel *population, int version, int threshold, int power,
                                   in_int64s counts, in_doubles levels, int without_trend, int without_weights,
                                   int threads, int64_t last, gov_run *run, gov_error *err)
{
    gov_farrington_options detector =
        farrington_options(version, threshold, power, counts, levels, without_trend, without_weights, err);
    gov_judged_options options = judged_options(threads, last, run);
    gov_table *out = NULL;
    if (err->code == GOV_OK)
        gov_panel_farrington(panel, population, &detector, &options, &out, err);
    return out;
}

static gov_table *panel_essence(gov_panel *panel, int method, int64_t baseline, int64_t guard, double w1, double w2,
                                int threads, int64_t last, gov_run *run, gov_error *err)
{
    gov_essence_options detector = essence_options(method, baseline, guard, w1, w2);
    gov_judged_options options = judged_options(threads, last, run);
    gov_table *out = NULL;
    gov_panel_essence(panel, &detector, &options, &out, err);
    return out;
}

static gov_table *panel_cusum(gov_panel *panel, int transform, double k, double h, double alpha, double mean,
                              int64_t baseline, int reset, int threads, int64_t last, gov_run *run, gov_error *err)
{
    gov_cusum_options detector = cusum_options(transform, k, h, alpha, mean, baseline, reset);
    gov_judged_options options = judged_options(threads, last, run);
    gov_table *out = NULL;
    gov_panel_cusum(panel, &detector, &options, &out, err);
    return out;
}

static gov_table *panel_glr(gov_panel *panel, int decrease, double mean, int64_t baseline, double alpha, double theta,
                            double threshold, int64_t window, int threads, int64_t last, gov_run *run, gov_error *err)
{
    gov_glr_options detector = glr_options(decrease, mean, baseline, alpha, theta, threshold, window);
    gov_judged_options options = judged_options(threads, last, run);
    gov_table *out = NULL;
    gov_panel_glr(panel, &detector, &options, &out, err);
    return out;
}

static gov_table *panel_outbreak_p(gov_panel *panel, double threshold, int threads, int64_t last, gov_run *run,
                                   gov_error *err)
{
    gov_judged_options options = judged_options(threads, last, run);
    gov_table *out = NULL;
    gov_panel_outbreak_p(panel, threshold, &options, &out, err);
    return out;
}

static gov_table *panel_ewma(gov_panel *panel, int asymptotic, double target, double sd, double lambda, double width,
                             int threads, int64_t last, gov_run *run, gov_error *err)
{
    gov_ewma_options detector = ewma_options(asymptotic, target, sd, lambda, width);
    gov_judged_options options = judged_options(threads, last, run);
    gov_table *out = NULL;
    gov_panel_ewma(panel, &detector, &options, &out, err);
    return out;
}

static gov_table *panel_shewhart(gov_panel *panel, int kind, int64_t baseline, int threads, int64_t last, gov_run *run,
                                 gov_error *err)
{
    gov_judged_options options = judged_options(threads, last, run);
    gov_table *out = NULL;
    gov_panel_shewhart(panel, (gov_shewhart_kind)kind, baseline, &options, &out, err);
    return out;
}

static gov_table *panel_bocpd(gov_panel *panel, int model, double expected_run, double alpha, double beta,
                              double kappa, double mu, int threads, int64_t last, gov_run *run, gov_error *err)
{
    gov_bocpd_options detector = bocpd_options(model, expected_run, alpha, beta, kappa, mu);
    gov_judged_options options = judged_options(threads, last, run);
    gov_table *out = NULL;
    gov_panel_bocpd(panel, &detector, &options, &out, err);
    return out;
}

static gov_table *panel_stl(gov_panel *panel, int robust, int periodic, int64_t period, in_int64s windows, int gaps,
                            int threads, int64_t last, gov_run *run, gov_error *err)
{
    in_int64s none = {NULL, 0};
    gov_stl_options detector = stl_options(robust, periodic, period, windows, none, none, 0, 0, gaps);
    gov_judged_options options = judged_options(threads, last, run);
    gov_table *out = NULL;
    gov_panel_stl(panel, &detector, &options, &out, err);
    return out;
}

static gov_table *panel_mstl(gov_panel *panel, in_int64s periods, in_int64s windows, int64_t iterate, int robust, int gaps,
                             int threads, int64_t last, gov_run *run, gov_error *err)
{
    in_int64s none = {NULL, 0};
    gov_stl_options detector = stl_options(robust, 0, 0, none, none, none, 0, 0, gaps);
    gov_judged_options options = judged_options(threads, last, run);
    gov_table *out = NULL;
    if (windows.data != NULL && windows.n != periods.n)
        refuse(err, "windows must be one for each period");
    else
        gov_panel_mstl(panel, periods.data, windows.data, periods.n, iterate, &detector, &options, &out, err);
    return out;
}

// `panel` is one that was rolled up along `areas`.
static gov_table *panel_contributions(gov_panel *panel, const char *label, gov_table *areas, const char *code,
                                      const char *parent, in_int64s counts, in_doubles levels, gov_run *run,
                                      gov_error *err)
{
    gov_trend_options options = trend_options(counts, levels, run, err);
    gov_table *out = NULL;
    if (err->code == GOV_OK)
        gov_trend_contributions(panel, label, areas, code, parent, &options, &out, err);
    return out;
}

static gov_table *trend_reports(gov_table *table, in_texts series, const char *time, const char *reporter,
                                const char *matter, int frequency, const char *first, const char *last,
                                gov_calendar *calendar, gov_run *run, gov_error *err)
{
    gov_panel_options options = panel_options(series, time, NULL, frequency, GOV_GAPS_ZERO, first, last, calendar, run);
    gov_table *out = NULL;
    gov_trend_reports(table, &options, reporter, matter, &out, err);
    return out;
}
%}
