/* Detectors for counts over a panel: what each does with one series. */
#include "base/struct.h"
#include "trend/farrington.h"
#include "trend/judged.h"
#include "trend/panel.h"

#include <math.h>

static gov_status by_ears(const void *options, gov_line *line, gov_error *err)
{
    return gov_ears(line->y, line->valid, line->n, options, &line->alarms, err);
}

gov_status gov_panel_ears(const gov_panel *panel, const gov_ears_options *detector,
                          const gov_judged_options *options, gov_table **out, gov_error *err)
{
    static const gov_detector ears = {.judge = by_ears};
    return gov_panel_judge(panel, NULL, &ears, detector, options, out, err);
}

/* The range of periods is the line's. Where nothing was fitted phi is 0. */
static gov_status by_farrington(const void *options, gov_line *line, gov_error *err)
{
    gov_farrington_options o = *(const gov_farrington_options *)options;
    gov_farrington_fits fits = GOV_FARRINGTON_FITS_INIT;
    fits.p = line->number[0];
    fits.phi = line->number[1];
    fits.slope = line->number[2];
    o.from = line->from;
    o.to = line->n;
    GOV_TRY(gov_farrington(line->y, line->valid, line->population, line->n, &o, &line->alarms, &fits, err));
    for (int64_t t = 0; t < line->n; t++)
        if (!(fits.phi[t] > 0))
            fits.p[t] = fits.phi[t] = fits.slope[t] = NAN;
    return GOV_OK;
}

gov_status gov_panel_farrington(const gov_panel *panel, const gov_panel *population,
                                const gov_farrington_options *detector, const gov_judged_options *options,
                                gov_table **out, gov_error *err)
{
    static const gov_detector farrington = {.numbers = {"p", "phi", "slope"}, .judge = by_farrington};
    gov_farrington_options o;
    if (panel == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "a panel is needed");
    GOV_TRY(gov_struct_read(&o, sizeof(o), detector, err));
    gov_farrington_fit_calendar(&o, panel->frequency, gov_panel_day(panel, 0));
    return gov_panel_judge(panel, population, &farrington, &o, options, out, err);
}

static gov_status by_essence(const void *options, gov_line *line, gov_error *err)
{
    gov_essence_options o = *(const gov_essence_options *)options;
    gov_essence_days days = GOV_ESSENCE_DAYS_INIT;
    days.p = line->number[0];
    days.statistic = line->number[1];
    days.r_squared = line->number[2];
    days.level = line->word[0];
    days.used = line->word[1];
    o.from = line->from;
    GOV_TRY(gov_essence(line->y, line->valid, line->n, &o, &line->alarms, &days, err));
    for (int64_t t = 0; t < line->n; t++)
        if (days.level[t] == GOV_ESSENCE_NOT_JUDGED)
            days.p[t] = days.statistic[t] = days.r_squared[t] = NAN;
    return GOV_OK;
}

gov_status gov_panel_essence(const gov_panel *panel, const gov_essence_options *detector,
                             const gov_judged_options *options, gov_table **out, gov_error *err)
{
    static const char *const levels[] = {"", "normal", "warning", "alert"};
    static const char *const methods[] = {"", "regression", "ewma"};
    static const gov_detector essence = {.numbers = {"p", "statistic", "r_squared"},
                                         .words = {{"level", levels, 4}, {"used", methods, 3}},
                                         .judge = by_essence};
    gov_essence_options o;
    GOV_TRY(gov_struct_read(&o, sizeof(o), detector, err));
    o.struct_size = sizeof(o);
    return gov_panel_judge(panel, NULL, &essence, &o, options, out, err);
}

/* Charts say where they stood in every period; where they judged nothing the statistic is not news. */
static gov_status statistic_of_judged(gov_status status, gov_line *line)
{
    for (int64_t t = 0; status == GOV_OK && t < line->n; t++)
        if (line->alarms.reason[t] != GOV_REASON_NONE)
            line->number[0][t] = NAN;
    return status;
}

static gov_status by_cusum(const void *options, gov_line *line, gov_error *err)
{
    return statistic_of_judged(
        gov_cusum(line->y, line->valid, line->n, options, &line->alarms, line->number[0], err), line);
}

gov_status gov_panel_cusum(const gov_panel *panel, const gov_cusum_options *detector,
                           const gov_judged_options *options, gov_table **out, gov_error *err)
{
    static const gov_detector cusum = {.numbers = {"statistic"}, .judge = by_cusum};
    gov_cusum_options o;
    GOV_TRY(gov_struct_read(&o, sizeof(o), detector, err));
    o.struct_size = sizeof(o);
    o.expected = NULL;
    return gov_panel_judge(panel, NULL, &cusum, &o, options, out, err);
}

static gov_status by_glr(const void *options, gov_line *line, gov_error *err)
{
    return statistic_of_judged(
        gov_glr(line->y, line->valid, line->n, options, &line->alarms, line->number[0], err), line);
}

gov_status gov_panel_glr(const gov_panel *panel, const gov_glr_options *detector,
                         const gov_judged_options *options, gov_table **out, gov_error *err)
{
    static const gov_detector glr = {.numbers = {"statistic"}, .judge = by_glr};
    gov_glr_options o;
    GOV_TRY(gov_struct_read(&o, sizeof(o), detector, err));
    o.struct_size = sizeof(o);
    o.expected = NULL;
    return gov_panel_judge(panel, NULL, &glr, &o, options, out, err);
}

static gov_status by_outbreak_p(const void *options, gov_line *line, gov_error *err)
{
    GOV_TRY(statistic_of_judged(gov_outbreak_p(line->y, line->valid, line->n, *(const double *)options,
                                               &line->alarms, line->number[0], err),
                                line));
    for (int64_t t = 0; t < line->n; t++)
        line->alarms.expected[t] = line->alarms.upper[t] = NAN;
    return GOV_OK;
}

gov_status gov_panel_outbreak_p(const gov_panel *panel, double threshold, const gov_judged_options *options,
                                gov_table **out, gov_error *err)
{
    static const gov_detector outbreak_p = {.numbers = {"statistic"}, .judge = by_outbreak_p};
    return gov_panel_judge(panel, NULL, &outbreak_p, &threshold, options, out, err);
}
