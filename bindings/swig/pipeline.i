// pipeline.i - a model or the analyser over a store.
%{
#include "govcore/pipeline.h"

static gov_pipeline_options pipeline_options(int read_only, const char *as_of, const char *grid, gov_run *run)
{
    gov_pipeline_options options = GOV_PIPELINE_OPTIONS_INIT;
    options.read_only = read_only;
    options.as_of = as_of;
    options.grid = grid;
    options.run = run;
    return options;
}
%}

%inline %{
static gov_table *pipeline_score(gov_store *store, gov_need_model *model, const char *as_of, const char *grid,
                                 int read_only, int threads, const char *preset, const char *params, int depth,
                                 gov_run *run, gov_error *err)
{
    gov_pipeline_options options = pipeline_options(read_only, as_of, grid, run);
    gov_need_options scoring = need_options(threads, NULL, preset, params, depth, 0, NULL, NULL);
    gov_table *out = NULL;
    gov_pipeline_score(store, model, &options, &scoring, &out, err);
    return out;
}

static gov_table *pipeline_trend(gov_store *store, int frequency, int gaps, const char *level, const char *first,
                                 const char *as_of, const char *grid, int read_only, int threads, double alpha,
                                 gov_run *run, gov_error *err)
{
    gov_pipeline_options options = pipeline_options(read_only, as_of, grid, run);
    gov_pipeline_panel panel = GOV_PIPELINE_PANEL_INIT;
    gov_trend_options analysis = GOV_TREND_OPTIONS_INIT;
    gov_table *out = NULL;
    panel.frequency = (gov_frequency)frequency;
    panel.gaps = (gov_gaps)gaps;
    panel.level = level;
    panel.first = first;
    analysis.threads = threads;
    analysis.alpha = alpha;
    gov_pipeline_trend(store, &panel, &options, &analysis, &out, err);
    return out;
}
%}
