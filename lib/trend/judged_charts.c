/* Charts of measurements, change points as data come, and seasons over a panel. */
#include "base/struct.h"
#include "trend/judged.h"
#include "trend/panel.h"
#include "trend/period.h"

#include <math.h>
#include <stdio.h>

static const char *const SIDES[] = {"", "above", "below"};
static const char *const RUNS[] = {"", "run"};

/* Where a chart writes on a line: the statistic, the lower limit, the sides and the runs. */
static gov_chart chart_on(gov_line *line)
{
    gov_chart chart = GOV_CHART_INIT;
    chart.statistic = line->number[0];
    chart.lower = line->number[1];
    chart.upper = line->alarms.upper;
    chart.alarm = line->word[0];
    chart.run = line->word[1];
    return chart;
}

/* The rest of the line, from what the chart has written. */
static void close_chart(gov_line *line, const gov_chart *chart)
{
    for (int64_t t = 0; t < line->n; t++) {
        double up = chart->statistic[t] - chart->centre;
        double limit = up < 0 ? chart->centre - chart->lower[t] : chart->upper[t] - chart->centre;
        line->alarms.reason[t] = line->valid[t] ? GOV_REASON_NONE : GOV_REASON_MISSING;
        line->alarms.expected[t] = chart->centre;
        line->alarms.score[t] = limit > 0 ? up / limit : 0;
        line->alarms.alarm[t] = line->word[0][t] != 0;
        if (!line->valid[t])
            line->number[0][t] = line->number[1][t] = NAN;
    }
}

static gov_status by_ewma(const void *options, gov_line *line, gov_error *err)
{
    gov_chart chart = chart_on(line);
    GOV_TRY(gov_ewma(line->y, line->valid, line->n, options, &chart, err));
    close_chart(line, &chart);
    return GOV_OK;
}

gov_status gov_panel_ewma(const gov_panel *panel, const gov_ewma_options *detector,
                          const gov_judged_options *options, gov_table **out, gov_error *err)
{
    static const gov_detector ewma = {
        .numbers = {"statistic", "lower"}, .words = {{"side", SIDES, 3}}, .judge = by_ewma};
    return gov_panel_judge(panel, NULL, &ewma, detector, options, out, err);
}

typedef struct shewhart_kind {
    gov_shewhart_kind kind;
    int64_t baseline;
} shewhart_kind;

static gov_status by_shewhart(const void *options, gov_line *line, gov_error *err)
{
    const shewhart_kind *o = options;
    gov_chart chart = chart_on(line);
    GOV_TRY(gov_shewhart(line->y, line->valid, line->n, o->kind, NULL, o->baseline, &chart, err));
    close_chart(line, &chart);
    return GOV_OK;
}

gov_status gov_panel_shewhart(const gov_panel *panel, gov_shewhart_kind kind, int64_t baseline,
                              const gov_judged_options *options, gov_table **out, gov_error *err)
{
    static const gov_detector shewhart = {.numbers = {"statistic", "lower"},
                                          .words = {{"side", SIDES, 3}, {"run", RUNS, 2}},
                                          .judge = by_shewhart};
    return gov_panel_judge(panel, NULL, &shewhart, &(shewhart_kind){kind, baseline}, options, out, err);
}

static gov_status by_bocpd(const void *options, gov_line *line, gov_error *err)
{
    int64_t *run = gov_alloc(line->n, sizeof(*run));
    if (run == NULL)
        return gov_fail_memory(err);
    gov_status status =
        gov_bocpd(line->y, line->valid, line->n, options, run, line->number[1], line->number[2], err);
    for (int64_t t = 0; status == GOV_OK && t < line->n; t++) {
        line->alarms.reason[t] = line->valid[t] ? GOV_REASON_NONE : GOV_REASON_MISSING;
        line->alarms.alarm[t] = t > 0 && run[t] != run[t - 1] + 1;
        line->alarms.expected[t] = line->alarms.upper[t] = line->alarms.score[t] = NAN;
        line->number[0][t] = (double)run[t];
    }
    gov_free(run);
    return status;
}

gov_status gov_panel_bocpd(const gov_panel *panel, const gov_bocpd_options *detector,
                           const gov_judged_options *options, gov_table **out, gov_error *err)
{
    static const gov_detector bocpd = {.numbers = {"run", "first", "mean_run"}, .judge = by_bocpd};
    return gov_panel_judge(panel, NULL, &bocpd, detector, options, out, err);
}

static void give_gaps(gov_line *line)
{
    for (int64_t t = 0; t < line->n; t++)
        line->alarms.reason[t] = line->valid[t] ? GOV_REASON_NONE : GOV_REASON_MISSING;
}

static gov_status by_stl(const void *options, gov_line *line, gov_error *err)
{
    gov_stl_parts parts = GOV_STL_PARTS_INIT;
    parts.trend = line->number[0];
    parts.seasonal = line->number[1];
    parts.remainder = line->number[2];
    give_gaps(line);
    return gov_stl(line->y, line->valid, line->n, options, &parts, err);
}

gov_status gov_panel_stl(const gov_panel *panel, const gov_stl_options *detector,
                         const gov_judged_options *options, gov_table **out, gov_error *err)
{
    static const gov_detector stl = {
        .numbers = {"trend", "seasonal", "remainder"}, .plain = 1, .judge = by_stl};
    gov_stl_options o;
    if (panel == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "a panel is needed");
    GOV_TRY(gov_struct_read(&o, sizeof(o), detector, err));
    o.struct_size = sizeof(o);
    o.period = o.period == 0 ? gov_season_of(panel->frequency) : o.period;
    o.threads = 0;
    return gov_panel_judge(panel, NULL, &stl, &o, options, out, err);
}

typedef struct seasons {
    const int64_t *periods;
    const int64_t *windows;
    int64_t count;
    int64_t iterate;
    const gov_stl_options *stl;
} seasons;

static gov_status by_mstl(const void *options, gov_line *line, gov_error *err)
{
    const seasons *o = options;
    gov_stl_parts parts = GOV_STL_PARTS_INIT;
    parts.trend = line->number[0];
    parts.seasonal = line->number[1];
    parts.remainder = line->number[2];
    give_gaps(line);
    return gov_mstl(line->y, line->valid, line->n, o->periods, o->windows, o->count, o->iterate, o->stl,
                    line->number[3], &parts, err);
}

gov_status gov_panel_mstl(const gov_panel *panel, const int64_t *periods, const int64_t *windows,
                          int64_t count, int64_t iterate, const gov_stl_options *detector,
                          const gov_judged_options *options, gov_table **out, gov_error *err)
{
    enum { WIDTH = 32 };
    char names[GOV_PANEL_MSTL_MOST][WIDTH];
    gov_detector mstl = {.numbers = {"trend", "seasonal", "remainder"}, .plain = 1, .judge = by_mstl};
    if (periods == NULL || count < 1 || count > GOV_PANEL_MSTL_MOST)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("periods"), "1 to %d periods are needed",
                           (int)GOV_PANEL_MSTL_MOST);
    for (int64_t k = 0; k < count; k++) {
        snprintf(names[k], WIDTH, "seasonal_%lld", (long long)periods[k]);
        mstl.numbers[3 + k] = names[k];
    }
    seasons o = {periods, windows, count, iterate, detector};
    return gov_panel_judge(panel, NULL, &mstl, &o, options, out, err);
}
