/* unmet.c - who is in need, entitled by the model, and not recorded as receiving: household by household, and counted by
 * grid with small numbers hidden. */
#include "pipeline/show.h"

#include "govcore/pipeline.h"
#include "table/frame.h"

#include <stdlib.h>
#include <string.h>

/* --- The list ------------------------------------------------------------------------------------------ */

static gov_status rows_in_need(const gov_table *unmet, gov_arena *arena, int64_t **kept, int64_t **households,
                               int64_t *count, gov_error *err)
{
    gov_column_view tier = GOV_COLUMN_VIEW_INIT, row = GOV_COLUMN_VIEW_INIT;
    int64_t rows = gov_table_rows(unmet);
    GOV_TRY(gov_table_need(unmet, "tier", &tier, err));
    GOV_TRY(gov_table_need(unmet, "row", &row, err));
    *kept = gov_arena_alloc(arena, rows + 1, sizeof(**kept));
    *households = gov_arena_alloc(arena, rows + 1, sizeof(**households));
    if (*kept == NULL || *households == NULL)
        return gov_fail_memory(err);
    *count = 0;
    for (int64_t i = 0; i < rows; i++) {
        int64_t size;
        const char *text = gov_view_text(&tier, i, &size);
        if (text == NULL || (size == 4 && memcmp(text, "none", 4) == 0))
            continue;
        (*kept)[*count] = i;
        (*households)[(*count)++] = ((const int64_t *)row.values)[row.offset + i];
    }
    return GOV_OK;
}

static gov_status take_named(gov_frame *frame, const gov_table *from, const char *name, const int64_t *rows,
                             gov_error *err)
{
    int64_t column;
    GOV_TRY(gov_table_find(from, name, &column, err));
    return gov_frame_take(frame, from, column, NULL, rows, err);
}

static gov_status list_batch(const gov_feature_batch *batch, const gov_table *unmet, gov_table **out,
                             gov_error *err)
{
    gov_arena arena = GOV_ARENA_INIT;
    int64_t *kept = NULL, *households = NULL, count = 0;
    gov_status status = rows_in_need(unmet, &arena, &kept, &households, &count, err);
    gov_frame frame = GOV_FRAME_INIT(count);
    if (status == GOV_OK)
        status = take_named(&frame, batch->table, "household", households, err);
    if (status == GOV_OK)
        status = take_named(&frame, batch->table, "grid", households, err);
    if (status == GOV_OK)
        status = take_named(&frame, unmet, "tier", kept, err);
    if (status == GOV_OK)
        status = take_named(&frame, unmet, "service", kept, err);
    if (status == GOV_OK)
        status = take_named(&frame, unmet, "received", kept, err);
    if (status == GOV_OK)
        status = gov_frame_finish(&frame, out, err);
    gov_frame_clear(&frame);
    gov_arena_clear(&arena);
    return status;
}

static gov_status unmet_batch(void *context, const gov_feature_plan *plan, gov_feature_batch *batch,
                              gov_table **out, gov_error *err)
{
    gov_need_options how = *(const gov_need_options *)context;
    gov_table *unmet = NULL;
    how.members = batch->members;
    GOV_TRY(gov_need_unmet(plan->model, batch->table, &how, &unmet, err));
    gov_status status = list_batch(batch, unmet, out, err);
    gov_table_free(unmet);
    return status;
}

/* The list in clear. */
static gov_status list_all(const gov_feature_plan *plan, const gov_need_options *scoring, gov_table **out,
                           gov_error *err)
{
    gov_need_options how = GOV_NEED_OPTIONS_INIT;
    if (scoring != NULL)
        how = *scoring;
    how.as_of = plan->options.as_of;
    how.run = plan->options.run;
    return gov_feature_walk(plan, unmet_batch, &how, out, err);
}

gov_status gov_pipeline_unmet(gov_store *store, const gov_need_model *model,
                              const gov_pipeline_options *options, const gov_need_options *scoring,
                              gov_table **out, gov_error *err)
{
    gov_feature_plan plan;
    gov_table *list = NULL;
    if (store == NULL || model == NULL || options == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store, model, options and out must be given");
    GOV_TRY(gov_feature_plan_open(store, model, options, &plan, err));
    gov_status status = GOV_OK;
    if (gov_shown_class(&plan) < GOV_FIELDS_PERSONAL)
        status = gov_fail_at(err, GOV_E_SCOPE, GOV_AT_NAME("show"),
                             "a list of households in need is personal; count them by grid instead");
    if (status == GOV_OK)
        status = list_all(&plan, scoring, &list, err);
    if (status == GOV_OK)
        status = gov_scores_show(&plan, list, out, err);
    gov_table_free(list);
    gov_feature_plan_close(&plan);
    return status;
}

/* --- By grid ------------------------------------------------------------------------------------------- */

typedef struct cell {
    const char *area;
    int64_t size;
    int service;
    int64_t count;
} cell;

static int compare(const void *a, const void *b)
{
    const cell *x = a, *y = b;
    int64_t least = x->size < y->size ? x->size : y->size;
    int order = least > 0 ? memcmp(x->area, y->area, (size_t)least) : 0;
    if (order == 0)
        order = (x->size > y->size) - (x->size < y->size);
    return order != 0 ? order : x->service - y->service;
}

static int service_of(const gov_need_model *m, const char *text, int64_t size)
{
    for (int64_t s = 0; s < m->service_count; s++)
        if ((int64_t)strlen(m->services[s].id) == size && memcmp(m->services[s].id, text, (size_t)size) == 0)
            return (int)s;
    return -1;
}

/* One cell a row, then rows of one grid and service together. */
static gov_status count_cells(const gov_table *list, const char *column, const gov_need_model *m, cell *cells,
                              int64_t *count, gov_error *err)
{
    gov_column_view area = GOV_COLUMN_VIEW_INIT, service = GOV_COLUMN_VIEW_INIT;
    GOV_TRY(gov_table_need(list, column, &area, err));
    GOV_TRY(gov_table_need(list, "service", &service, err));
    int64_t n = 0, last = 0;
    for (int64_t i = 0; i < gov_table_rows(list); i++) {
        int64_t size;
        const char *text = gov_view_text(&service, i, &size);
        cells[n] = (cell){.service = service_of(m, text, size), .count = 1};
        cells[n].area = gov_view_text(&area, i, &cells[n].size);
        n += cells[n].area != NULL;
    }
    qsort(cells, (size_t)n, sizeof(*cells), compare);
    for (int64_t i = 1; i < n; i++) {
        if (compare(&cells[last], &cells[i]) == 0)
            cells[last].count++;
        else
            cells[++last] = cells[i];
    }
    *count = n == 0 ? 0 : last + 1;
    return GOV_OK;
}

static gov_status table_of_cells(const gov_need_model *m, const cell *cells, int64_t count, gov_table **out,
                                 gov_error *err)
{
    gov_table_builder *b = NULL;
    GOV_TRY(gov_table_builder_new(&b, err));
    gov_status status = gov_table_builder_add(b, "area", GOV_TYPE_UTF8, NULL, err);
    if (status == GOV_OK)
        status = gov_table_builder_add(b, "category", GOV_TYPE_UTF8, NULL, err);
    if (status == GOV_OK)
        status = gov_table_builder_add(b, "count", GOV_TYPE_INT64, NULL, err);
    for (int64_t i = 0; i < count && status == GOV_OK; i++) {
        status = gov_table_builder_text(b, 0, cells[i].area, cells[i].size, err);
        if (status == GOV_OK)
            status = gov_table_builder_text(b, 1, m->services[cells[i].service].id, -1, err);
        if (status == GOV_OK)
            status = gov_table_builder_int64(b, 2, cells[i].count, err);
    }
    if (status == GOV_OK)
        status = gov_table_builder_finish(b, out, err);
    gov_table_builder_free(b);
    return status;
}

/* --- Names beside the numbers -------------------------------------------------------------------------- */

static gov_status add_names(gov_frame *frame, const gov_need_model *m, const cell *cells, gov_error *err)
{
    const char *zh[GOV_NEED_MOST_SERVICES], *en[GOV_NEED_MOST_SERVICES], *ids[GOV_NEED_MOST_SERVICES];
    int8_t *codes = gov_alloc(frame->rows, 1);
    if (codes == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < frame->rows; i++)
        codes[i] = (int8_t)cells[i].service;
    for (int64_t s = 0; s < m->service_count; s++) {
        ids[s] = m->services[s].id;
        zh[s] = m->services[s].name.zh;
        en[s] = m->services[s].name.en;
    }
    gov_status status = gov_frame_labels(frame, "service", codes, ids, m->service_count, err);
    if (status == GOV_OK)
        status = gov_frame_labels(frame, "name_zh", codes, zh, m->service_count, err);
    if (status == GOV_OK)
        status = gov_frame_labels(frame, "name_en", codes, en, m->service_count, err);
    gov_free(codes);
    return status;
}

/* Rows of `grids`, which come in the order of their codes. */
static gov_status add_grid_names(gov_frame *frame, const gov_table *grids, const cell *cells, gov_error *err)
{
    gov_column_view code = GOV_COLUMN_VIEW_INIT;
    int64_t column, at = 0;
    GOV_TRY(gov_table_need(grids, "code", &code, err));
    GOV_TRY(gov_table_find(grids, "name", &column, err));
    int64_t *rows = gov_alloc(frame->rows, sizeof(*rows));
    if (rows == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < frame->rows; i++) {
        cell here = {.size = 0};
        rows[i] = -1;
        for (; at < code.length; at++) {
            here.area = gov_view_text(&code, at, &here.size);
            here.service = cells[i].service;
            int order = compare(&here, &cells[i]);
            rows[i] = order == 0 ? at : -1;
            if (order >= 0)
                break;
        }
    }
    gov_status status = gov_frame_take(frame, grids, column, NULL, rows, err);
    gov_free(rows);
    return status;
}

static gov_status pass_as(gov_frame *frame, const gov_table *from, const char *name, const char *as,
                          gov_error *err)
{
    int64_t column;
    GOV_TRY(gov_table_find(from, name, &column, err));
    return gov_frame_pass(frame, from, column, as, err);
}

static gov_status publish(const gov_need_model *m, const gov_table *grids, const cell *cells, int64_t count,
                          int64_t threshold, gov_table **out, gov_error *err)
{
    gov_table *counts = NULL, *published = NULL;
    gov_frame frame = GOV_FRAME_INIT(count);
    gov_status status;
    GOV_TRY_OUT(table_of_cells(m, cells, count, &counts, err));
    GOV_TRY_OUT(gov_publish_counts(counts, threshold, &published, err));
    GOV_TRY_OUT(pass_as(&frame, published, "area", "grid", err));
    GOV_TRY_OUT(add_grid_names(&frame, grids, cells, err));
    GOV_TRY_OUT(add_names(&frame, m, cells, err));
    GOV_TRY_OUT(pass_as(&frame, published, "published", "households", err));
    GOV_TRY_OUT(pass_as(&frame, published, "hidden", NULL, err));
    GOV_TRY_OUT(pass_as(&frame, published, "area_total", "grid_total", err));
    GOV_TRY_OUT(pass_as(&frame, published, "category_total", "service_total", err));
    status = gov_frame_finish(&frame, out, err);
out:
    gov_frame_clear(&frame);
    gov_table_free(published);
    gov_table_free(counts);
    return status;
}

static gov_status by_grid(const gov_feature_plan *plan, const gov_table *list, const char *level,
                          int64_t threshold, gov_table **out, gov_error *err)
{
    gov_query_options query = GOV_QUERY_OPTIONS_INIT;
    gov_table *grids = NULL, *lifted = NULL;
    cell *cells = gov_alloc(gov_table_rows(list), sizeof(*cells));
    int64_t count = 0;
    query.as_of = plan->options.as_of;
    gov_status status = cells == NULL ? gov_fail_memory(err) : GOV_OK;
    if (status == GOV_OK)
        status = gov_store_query(plan->store, "grid", &query, &grids, err);
    if (status == GOV_OK && level != NULL)
        status = gov_areas_join(list, "grid", grids, level, "area", &lifted, err);
    if (status == GOV_OK)
        status = count_cells(level != NULL ? lifted : list, level != NULL ? "area" : "grid", plan->model,
                             cells, &count, err);
    if (status == GOV_OK)
        status = publish(plan->model, grids, cells, count, threshold, out, err);
    gov_table_free(lifted);
    gov_table_free(grids);
    gov_free(cells);
    return status;
}

gov_status gov_pipeline_unmet_by_grid(gov_store *store, const gov_need_model *model, const char *level,
                                      int64_t threshold, const gov_pipeline_options *options,
                                      const gov_need_options *scoring, gov_table **out, gov_error *err)
{
    gov_feature_plan plan;
    gov_table *list = NULL;
    if (store == NULL || model == NULL || options == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store, model, options and out must be given");
    GOV_TRY(gov_feature_plan_open(store, model, options, &plan, err));
    gov_status status = list_all(&plan, scoring, &list, err);
    if (status == GOV_OK)
        status = by_grid(&plan, list, level, threshold, out, err);
    gov_table_free(list);
    gov_feature_plan_close(&plan);
    return status;
}
