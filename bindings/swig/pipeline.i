// pipeline.i - a model or the analyser over a store.
%{
#include "govcore/pipeline.h"
#include "govcore/pipeline/report.h"

static gov_pipeline_panel pipeline_panel(int frequency, int gaps, const char *level, const char *first)
{
    gov_pipeline_panel panel = GOV_PIPELINE_PANEL_INIT;
    panel.frequency = (gov_frequency)frequency;
    panel.gaps = (gov_gaps)gaps;
    panel.level = level;
    panel.first = first;
    return panel;
}

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

// A part of the page that is not given.
GOV_NULLABLE(gov_need_model *shown_model, NativeNeedModel)
GOV_NULLABLE(gov_need_measures *by_area, NativeMeasures)
GOV_NULLABLE(gov_need_measures *by_grid, NativeMeasures)
GOV_NULLABLE(gov_panel *shown_panel, NativePanel)
GOV_NULLABLE(gov_table *grids, NativeTable)
GOV_NULLABLE(gov_table *scores, NativeTable)
GOV_NULLABLE(gov_table *findings, NativeTable)
GOV_NULLABLE(gov_table *series, NativeTable)
GOV_NULLABLE(gov_table *sources, NativeTable)
GOV_NULLABLE(gov_table *facts, NativeTable)

%inline %{
// `texts`: title_zh, title_en, synthetic_zh, synthetic_en, as_of, level, k, series_title_zh, series_title_en, lang.
static gov_text *report_html(in_texts texts, int fewest, gov_need_model *shown_model, gov_table *grids,
                             gov_table *scores, gov_need_measures *by_area, gov_need_measures *by_grid,
                             gov_panel *shown_panel, gov_table *findings, gov_table *series, gov_table *sources,
                             gov_table *facts, gov_error *err)
{
    gov_report_input input = GOV_REPORT_INPUT_INIT;
    gov_text *out = NULL;
    if (texts.n != 10) {
        refuse(err, "the page has ten texts");
        return NULL;
    }
    input.fewest = fewest;
    input.title_zh = texts.data[0];
    input.title_en = texts.data[1];
    input.synthetic_zh = texts.data[2];
    input.synthetic_en = texts.data[3];
    input.as_of = texts.data[4];
    input.level = texts.data[5];
    input.k = texts.data[6];
    input.series_title_zh = texts.data[7];
    input.series_title_en = texts.data[8];
    input.lang = texts.data[9];
    input.model = shown_model;
    input.grids = grids;
    input.scores = scores;
    input.by_area = by_area;
    input.by_grid = by_grid;
    input.panel = shown_panel;
    input.findings = findings;
    input.series = series;
    input.sources = sources;
    input.facts = facts;
    gov_report_html(&input, &out, err);
    return out;
}

static gov_table *pipeline_trend(gov_store *store, int frequency, int gaps, const char *level, const char *first,
                                 const char *as_of, const char *grid, int read_only, int threads, double alpha,
                                 gov_run *run, gov_error *err)
{
    gov_pipeline_options options = pipeline_options(read_only, as_of, grid, run);
    gov_pipeline_panel panel = pipeline_panel(frequency, gaps, level, first);
    gov_trend_options analysis = GOV_TREND_OPTIONS_INIT;
    gov_table *out = NULL;
    analysis.threads = threads;
    analysis.alpha = alpha;
    gov_pipeline_trend(store, &panel, &options, &analysis, &out, err);
    return out;
}

static gov_panel *pipeline_counts(gov_store *store, int frequency, int gaps, const char *level, const char *first,
                                  const char *as_of, const char *grid, gov_run *run, gov_error *err)
{
    gov_pipeline_options options = pipeline_options(1, as_of, grid, run);
    gov_pipeline_panel panel = pipeline_panel(frequency, gaps, level, first);
    gov_panel *out = NULL;
    gov_pipeline_counts(store, &panel, &options, &out, err);
    return out;
}
%}
