/* trend/outlook.h - forecasts and change points of all series of a panel at once.
 *
 *     gov_forecast_options o = GOV_FORECAST_OPTIONS_INIT;  o.horizon = 4;  o.threshold = 5;
 *     gov_table *table = NULL;
 *     if (gov_panel_forecast(panel, &o, 2, NULL, &table, &err)) ...
 *
 * A series that the method refuses (too few values, a gap that it cannot take) does not fail the call: its row says
 * why. The table is the same for any number of threads.
 *
 * Threads: a panel may be shared; one call uses `threads`.   Ownership: *out is yours. */
#ifndef GOVCORE_TREND_OUTLOOK_H
#define GOVCORE_TREND_OUTLOOK_H

#include "govcore/trend/change.h"
#include "govcore/trend/forecast.h"
#include "govcore/trend/panel.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One row a series and coming period, series by series:
 *   the label columns of the panel
 *   period  utf8 its name     day  date its first day     step  int64 from 1
 *   mean    float64           exceed  float64 P(Y >= threshold)
 *   lower_80, upper_80 ...    float64, a pair for each of the levels, named by its per cent
 *   method  utf8 count, ses, holt, holt_winters, holt_winters_multiplicative, ets, croston, sba, tsb
 *   why, why_zh  utf8 why this method        refused  utf8 why there is no forecast; the numbers are then missing
 * options: as for gov_forecast_series; threads < 1 is 1; run may be NULL. Errors: GOV_E_ARGUMENT an option;
 * GOV_E_MEMORY; GOV_E_CANCELLED. Since 0.1. */
GOV_API gov_status gov_panel_forecast(const gov_panel *panel, const gov_forecast_options *options,
                                      int32_t threads, gov_run *run, gov_table **out, gov_error *err);

/* By options->method: PELT, binary segmentation or Pettitt's test. One row a change, series by series; none for a series
 * without a change, one for a series that is refused. Pettitt's test has one row for every series: its most likely
 * place, whatever its p.
 *   the label columns of the panel
 *   period  utf8 the first period of the new segment      day  date its first day
 *   before, after  float64 means of the present values of the segments that meet here
 *   statistic, p  float64 those of Pettitt's test; missing with the other methods
 *   refused utf8 why the series was not judged; the other columns are then missing
 * options, threads, run, errors: as above and for gov_pelt; GOV_E_ARGUMENT with err->name a method that there is not.
 * Since 0.1. */
GOV_API gov_status gov_panel_changes(const gov_panel *panel, const gov_change_options *options,
                                     int32_t threads, gov_run *run, gov_table **out, gov_error *err);

#ifdef __cplusplus
}
#endif

#endif
