/* trend/judged.h - every period of every series of a panel, judged by one detector: a panel in, a long table out.
 *
 *     gov_judged_options o = GOV_JUDGED_OPTIONS_INIT;  o.threads = 4;  o.last = 28;
 *     gov_table *table = NULL;
 *     if (gov_panel_ears(panel, NULL, &o, &table, &err)) ...
 *
 * One row a series and period, series by series, with the numbers that the detector gives for that series alone:
 *   the label columns of the panel
 *   period  utf8 its name     day  date its first day      observed  float64, missing where the panel is
 *   expected, upper, score  float64     alarm  bool         as in gov_alarms; missing where not judged
 *   and the columns named with each function
 *   status  utf8  ok; short_history, constant, missing, baseline_gaps, few_cases, no_fit, not_asked: a gov_reason;
 *                 no_data, missing, range: the detector refuses the whole series
 *   reason  utf8  the same in words; missing where status is ok
 * A series that is refused does not fail the call. The table is the same for any number of threads. A label column
 * that has the name of another column is GOV_E_DUPLICATE with err->name.
 *
 * Threads: a panel may be shared; one call uses options->threads.   Ownership: *out is yours. */
#ifndef GOVCORE_TREND_JUDGED_H
#define GOVCORE_TREND_JUDGED_H

#include "govcore/trend/alarms.h"
#include "govcore/trend/change.h"
#include "govcore/trend/control.h"
#include "govcore/trend/panel.h"
#include "govcore/trend/seasonal.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct gov_judged_options {
    uint32_t struct_size;
    int32_t threads; /* default 1 */
    int64_t last;    /* only the last so many periods become rows, judged by all before them; default: all */
    gov_run *run;    /* may be NULL */
} gov_judged_options;

#define GOV_JUDGED_OPTIONS_INIT                          \
    {                                                    \
        (uint32_t)sizeof(gov_judged_options), 0, 0, NULL \
    }

/* The detectors' own options may be NULL where the detector has defaults. Errors: GOV_E_ARGUMENT an option;
 * GOV_E_DUPLICATE; GOV_E_MEMORY; GOV_E_CANCELLED. Since 0.1. */
GOV_API gov_status gov_panel_ears(const gov_panel *panel, const gov_ears_options *detector,
                                  const gov_judged_options *options, gov_table **out, gov_error *err);

/* More columns: p, phi, slope float64. What detector leaves at 0 fits the panel's calendar: windows by date (working
 * days: 250 a year) and, for days, working days and months, about the same share of a year as Noufaily's for weeks (w
 * 21, 15, 1; past_excluded 182, 125, 6; no_periods 10, 10, 4). from and to are not read. population: a panel of the
 * same series and periods, all above 0, or NULL; GOV_E_ARGUMENT if it is another; a missing population makes that
 * period missing. */
GOV_API gov_status gov_panel_farrington(const gov_panel *panel, const gov_panel *population,
                                        const gov_farrington_options *detector,
                                        const gov_judged_options *options, gov_table **out, gov_error *err);

/* More columns: p, statistic, r_squared float64, level utf8 (normal, warning, alert), used utf8 (regression, ewma).
 * detector->from is not read. */
GOV_API gov_status gov_panel_essence(const gov_panel *panel, const gov_essence_options *detector,
                                     const gov_judged_options *options, gov_table **out, gov_error *err);

/* More columns: statistic float64. detector->expected is not read: give mean or baseline. */
GOV_API gov_status gov_panel_cusum(const gov_panel *panel, const gov_cusum_options *detector,
                                   const gov_judged_options *options, gov_table **out, gov_error *err);
GOV_API gov_status gov_panel_glr(const gov_panel *panel, const gov_glr_options *detector,
                                 const gov_judged_options *options, gov_table **out, gov_error *err);

/* More columns: statistic float64; expected and upper are missing, score is statistic / threshold. */
GOV_API gov_status gov_panel_outbreak_p(const gov_panel *panel, double threshold,
                                        const gov_judged_options *options, gov_table **out, gov_error *err);

/* More columns: statistic, lower float64, side utf8 (above, below). expected is the centre line, alarm says that the
 * statistic is outside its limits, score how far it is up (or down, below 0) the way from the centre to its limit. */
GOV_API gov_status gov_panel_ewma(const gov_panel *panel, const gov_ewma_options *detector,
                                  const gov_judged_options *options, gov_table **out, gov_error *err);

/* The same, and run utf8 "run" where this point and at least the six before it lie on one side. kind: C or I, the kinds
 * that need no sizes. baseline: the first so many periods give the centre; 0: all. */
GOV_API gov_status gov_panel_shewhart(const gov_panel *panel, gov_shewhart_kind kind, int64_t baseline,
                                      const gov_judged_options *options, gov_table **out, gov_error *err);

/* More columns: run (periods since the most probable begin of the present segment), first, mean_run float64, as
 * gov_bocpd gives them. alarm says that the most probable begin has moved to a later period: run is not one more than
 * in the period before. expected, upper and score are missing. */
GOV_API gov_status gov_panel_bocpd(const gov_panel *panel, const gov_bocpd_options *detector,
                                   const gov_judged_options *options, gov_table **out, gov_error *err);

/* No judgement but the parts of each series: observed, then trend, seasonal, remainder float64, and status and reason, where
 * a gap is `missing` and has no remainder. What detector leaves at 0 fits the panel's calendar: period 7 days, 5 working
 * days, 52 weeks or 12 months. detector->threads and run are not read. */
GOV_API gov_status gov_panel_stl(const gov_panel *panel, const gov_stl_options *detector,
                                 const gov_judged_options *options, gov_table **out, gov_error *err);

enum { GOV_PANEL_MSTL_MOST = 4 }; /* seasons at once */

/* The same with several seasons: seasonal is their sum, and each has a column of its own after remainder, named by its
 * period: seasonal_7, seasonal_365. periods, windows, count, iterate, detector: as for gov_mstl; two cycles of the
 * longest period are needed, else each series is `no_data`. GOV_E_ARGUMENT with err->name no periods or more than
 * GOV_PANEL_MSTL_MOST. Since 0.1. */
GOV_API gov_status gov_panel_mstl(const gov_panel *panel, const int64_t *periods, const int64_t *windows,
                                  int64_t count, int64_t iterate, const gov_stl_options *detector,
                                  const gov_judged_options *options, gov_table **out, gov_error *err);

#ifdef __cplusplus
}
#endif

#endif
