/* trend.c - the events of a store through the analyser and back. */
#include "base/digest.h"
#include "base/buffer.h"
#include "base/struct.h"
#include "govcore/pipeline.h"
#include "pipeline/day.h"
#include "pipeline/grids.h"
#include "table/frame.h"

#include <stdio.h>
#include <string.h>

/* Events up to the last whole period: class, time, grid. */
static gov_status query_events(gov_store *store, const gov_pipeline_options *options, int32_t last,
                               gov_table **out, gov_error *err)
{
    static const char *const names[] = {"grid", "class", "time"};
    char end[11];
    gov_date_format(last + 1, end, sizeof(end));
    const char *const values[] = {end};
    gov_query_options query = GOV_QUERY_OPTIONS_INIT;
    query.as_of = options->as_of;
    query.grid = options->grid;
    query.run = options->run;
    query.where = "time < ?1";
    query.values = values;
    query.value_count = 1;
    query.columns = names;
    query.column_count = 3;
    return gov_store_query(store, "event", &query, out, err);
}

static gov_status query_grids(gov_store *store, const char *as_of, gov_table **out, gov_error *err)
{
    static const char *const names[] = {"code", "parent", "level"};
    gov_query_options query = GOV_QUERY_OPTIONS_INIT;
    query.as_of = as_of;
    query.columns = names;
    query.column_count = 3;
    return gov_store_query(store, "grid", &query, out, err);
}

/* The grid to count an event of grid `code` under: its area, or the grid itself if no grid of the level is above it,
 * so that no event is lost. -1 for a code that is not a grid. */
static int64_t place_of(const gov_grids *tree, const char *code, int64_t size)
{
    int64_t row = gov_grids_find(tree, code, size);
    int64_t area = row < 0 ? -1 : gov_grids_area(tree, row);
    return area < 0 ? row : area;
}

/* The events with the grid of the level that was asked for in the place of their own. */
static gov_status lift_events(const gov_table *events, const gov_table *grids, const gov_grids *tree,
                              gov_table **out, gov_error *err)
{
    gov_column_view grid = GOV_COLUMN_VIEW_INIT;
    gov_frame frame = GOV_FRAME_INIT(gov_table_rows(events));
    GOV_TRY(gov_table_view(events, 0, &grid, err));
    int64_t *rows = gov_alloc(grid.length, sizeof(*rows));
    gov_status status = rows == NULL ? gov_fail_memory(err) : GOV_OK;
    for (int64_t i = 0; status == GOV_OK && i < grid.length; i++) {
        int64_t size;
        const char *code = gov_view_text(&grid, i, &size);
        rows[i] = place_of(tree, code, size);
    }
    if (status == GOV_OK)
        status = gov_frame_take(&frame, grids, 0, "grid", rows, err);
    if (status == GOV_OK)
        status = gov_frame_pass(&frame, events, 1, NULL, err);
    if (status == GOV_OK)
        status = gov_frame_pass(&frame, events, 2, NULL, err);
    if (status == GOV_OK)
        status = gov_frame_finish(&frame, out, err);
    gov_frame_clear(&frame);
    gov_free(rows);
    return status;
}

static gov_status lay_out(const gov_table *events, const gov_pipeline_panel *how, int32_t last, gov_run *run,
                          gov_panel **out, gov_error *err)
{
    static const char *const series[] = {"grid", "class"};
    char end[11];
    gov_date_format(last, end, sizeof(end));
    gov_panel_options o = GOV_PANEL_OPTIONS_INIT;
    o.series = series;
    o.series_count = 2;
    o.time = "time";
    o.frequency = how->frequency;
    o.gaps = how->gaps;
    o.first = how->first;
    o.last = end;
    o.run = run;
    if (gov_table_rows(events) == 0)
        return gov_fail(err, GOV_E_NO_DATA, "there is no event up to %s", end);
    return gov_panel_new(events, &o, out, err);
}

/* What made the findings: two runs with the same settings have the same fingerprint. */
static gov_status fingerprint(const gov_pipeline_panel *how, const gov_trend_options *t,
                              char out[GOV_DIGEST_TEXT], gov_error *err)
{
    gov_buffer text = GOV_BUFFER_INIT;
    gov_text *settings = NULL;
    gov_buffer_format(&text, "govcore %s frequency %d gaps %d level %s first %s alpha ", gov_version(),
                      (int)how->frequency, (int)how->gaps, how->level == NULL ? "" : how->level,
                      how->first == NULL ? "" : how->first);
    gov_buffer_double(&text, t->alpha);
    gov_buffer_char(&text, ' ');
    gov_buffer_double(&text, t->min_sigma);
    gov_buffer_char(&text, ' ');
    gov_buffer_double(&text, t->ears_alpha);
    gov_buffer_char(&text, ' ');
    gov_buffer_double(&text, t->farrington_alpha);
    gov_buffer_format(&text, " trend %d season %lld alarm %d", (int)t->trend_method, (long long)t->season,
                      (int)t->alarm_method);
    GOV_TRY(gov_buffer_finish(&text, &settings, err));
    gov_digest_of(gov_text_data(settings), gov_text_size(settings), out);
    gov_text_free(settings);
    return GOV_OK;
}

static gov_status pass_as(gov_frame *frame, const gov_table *table, const char *name, const char *as,
                          gov_error *err)
{
    int64_t column;
    GOV_TRY(gov_table_find(table, name, &column, err));
    return gov_frame_pass(frame, table, column, as, err);
}

/* "mann-kendall original, sen, ears": the detector is told by each row, as it may have been chosen for it. */
static gov_status add_methods(gov_frame *frame, const gov_table *findings, gov_mk_method trend,
                              gov_error *err)
{
    int64_t column;
    gov_column_view used = GOV_COLUMN_VIEW_INIT;
    GOV_TRY(gov_table_find(findings, "alarm_method", &column, err));
    GOV_TRY(gov_table_view(findings, column, &used, err));
    char(*texts)[80] = gov_alloc(frame->rows, sizeof(*texts));
    const char **list = gov_alloc(frame->rows, sizeof(*list));
    for (int64_t i = 0; texts != NULL && list != NULL && i < frame->rows; i++) {
        int64_t size = 0;
        const char *alarm = gov_view_text(&used, i, &size);
        snprintf(texts[i], sizeof(texts[i]), "mann-kendall %s, sen, %.*s", gov_mk_method_name(trend),
                 (int)size, alarm);
        list[i] = texts[i];
    }
    gov_status status = texts == NULL || list == NULL ? gov_fail_memory(err)
                                                      : gov_frame_texts(frame, "method", list, NULL, err);
    gov_free(list);
    gov_free(texts);
    return status;
}

/* The columns of kind finding. `same` holds a zero for every row: one text for all. */
static gov_status records(const gov_table *findings, int32_t day, gov_mk_method trend, const char *print,
                          const int8_t *same, gov_table **out, gov_error *err)
{
    static const char *const pairs[][2] = {
        {"grid", "grid"},         {"class", "series"}, {"trend", "direction"}, {"observed", "observed"},
        {"expected", "expected"}, {"z", "statistic"},  {"slope", "slope"},     {"p", "p"},
        {"text_zh", "detail"}};
    int32_t *days = NULL;
    gov_frame frame = GOV_FRAME_INIT(gov_table_rows(findings));
    gov_status status;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
        GOV_TRY_OUT(pass_as(&frame, findings, pairs[i][0], pairs[i][1], err));
    GOV_TRY_OUT(add_methods(&frame, findings, trend, err));
    GOV_TRY_OUT(gov_frame_labels(&frame, "fingerprint", same, &print, 1, err));
    GOV_TRY_OUT(gov_frame_add(&frame, "as_of", GOV_TYPE_DATE, (void **)&days, NULL, err));
    for (int64_t i = 0; i < frame.rows; i++)
        days[i] = day;
    status = gov_frame_finish(&frame, out, err);
out:
    gov_frame_clear(&frame);
    return status;
}

static gov_status write_findings(gov_store *store, const gov_table *findings, int32_t day,
                                 const gov_trend_options *how, const char *print, gov_error *err)
{
    gov_table *rows = NULL;
    gov_import_options import = GOV_IMPORT_OPTIONS_INIT;
    gov_import_result result = GOV_IMPORT_RESULT_INIT;
    import.strict = 1;
    import.source = "pipeline/trend";
    import.run = how->run;
    int8_t *same = gov_alloc_zero(gov_table_rows(findings), 1);
    if (same == NULL)
        return gov_fail_memory(err);
    gov_status status = records(findings, day, how->trend_method, print, same, &rows, err);
    if (status == GOV_OK)
        status = gov_store_import_table(store, "finding", rows, &import, &result, NULL, err);
    gov_table_free(rows);
    gov_free(same);
    return status;
}

static gov_status panel_of_store(gov_store *store, const gov_pipeline_panel *how,
                                 const gov_pipeline_options *options, int32_t last, gov_panel **out,
                                 gov_error *err)
{
    gov_grids *tree = NULL;
    gov_table *grids = NULL;
    gov_table *events = NULL;
    gov_table *lifted = NULL;
    gov_status status;
    GOV_TRY_OUT(query_grids(store, options->as_of, &grids, err));
    GOV_TRY_OUT(gov_grids_new(grids, how->level, &tree, err));
    GOV_TRY_OUT(query_events(store, options, last, &events, err));
    GOV_TRY_OUT(lift_events(events, grids, tree, &lifted, err));
    status = lay_out(lifted, how, last, options->run, out, err);
out:
    gov_table_free(lifted);
    gov_table_free(events);
    gov_grids_free(tree);
    gov_table_free(grids);
    return status;
}

gov_status gov_pipeline_counts(gov_store *store, const gov_pipeline_panel *panel,
                               const gov_pipeline_options *options, gov_panel **out, gov_error *err)
{
    int32_t day;
    if (store == NULL || panel == NULL || options == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store, panel, options and out must be given");
    GOV_TRY(gov_pipeline_day(options->as_of, &day, err));
    return panel_of_store(store, panel, options, gov_last_whole_period(panel->frequency, day), out, err);
}

gov_status gov_pipeline_trend(gov_store *store, const gov_pipeline_panel *panel,
                              const gov_pipeline_options *options, const gov_trend_options *analysis,
                              gov_table **out, gov_error *err)
{
    if (store == NULL || panel == NULL || options == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store, panel, options and out must be given");
    int32_t day;
    char print[GOV_DIGEST_TEXT];
    GOV_TRY(gov_pipeline_day(options->as_of, &day, err));
    gov_trend_options how = GOV_TREND_OPTIONS_INIT;
    if (analysis != NULL)
        GOV_TRY(gov_struct_read(&how, sizeof(how), analysis, err));
    how.run = options->run;
    GOV_TRY(fingerprint(panel, &how, print, err));
    gov_panel *counts = NULL;
    gov_table *findings = NULL;
    gov_status status;
    int32_t last = gov_last_whole_period(panel->frequency, day);
    GOV_TRY_OUT(panel_of_store(store, panel, options, last, &counts, err));
    GOV_TRY_OUT(gov_trend_analyze(counts, &how, &findings, err));
    if (!options->read_only)
        GOV_TRY_OUT(write_findings(store, findings, day, &how, print, err));
    *out = findings;
    findings = NULL;
out:
    gov_table_free(findings);
    gov_panel_free(counts);
    return status;
}
