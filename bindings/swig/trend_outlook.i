// trend_outlook.i - forecasts and change points of all series of a panel at once.
%{
#include "govcore/trend/outlook.h"
%}

%inline %{
static gov_table *panel_forecast(gov_panel *panel, int method, int64_t horizon, int64_t period, in_doubles levels,
                                 double threshold, int counts, int threads, gov_run *run, gov_error *err)
{
    gov_forecast_options options = GOV_FORECAST_OPTIONS_INIT;
    gov_table *out = NULL;
    options.method = (gov_forecast_method)method;
    options.horizon = horizon;
    options.period = period;
    options.levels = levels.data;
    options.level_count = levels.n;
    options.threshold = threshold;
    options.counts = counts;
    gov_panel_forecast(panel, &options, threads, run, &out, err);
    return out;
}

static gov_table *panel_changes(gov_panel *panel, int method, int cost, int penalty, double penalty_value,
                                int64_t min_segment, int threads, gov_run *run, gov_error *err)
{
    gov_change_options options = GOV_CHANGE_OPTIONS_INIT;
    gov_table *out = NULL;
    options.method = (gov_change_method)method;
    options.cost = (gov_change_cost)cost;
    options.penalty = (gov_change_penalty)penalty;
    options.penalty_value = penalty_value;
    options.min_segment = min_segment;
    gov_panel_changes(panel, &options, threads, run, &out, err);
    return out;
}
%}
