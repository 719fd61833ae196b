/* score.c - the households of a store through a need model and back.
 *
 * All households are one table: a model's tests, bounds and kernels see them as they see a file. What is written is
 * one import, so that a failure or a cancel leaves the store as it was. */
#include "base/arena.h"
#include "govcore/pipeline.h"
#include "pipeline/day.h"
#include "table/frame.h"

#include <string.h>

/* Names for a query: those of the model's household inputs that the store has, after id and grid. */
typedef struct columns {
    const char **names;
    int64_t count;
} columns;

/* The row of `text`, or -1. */
static int64_t find_text(const gov_column_view *view, const char *text, int64_t size)
{
    for (int64_t i = 0; i < view->length; i++) {
        int64_t n;
        const char *t = gov_view_text(view, i, &n);
        if (t != NULL && n == size && memcmp(t, text, (size_t)n) == 0)
            return i;
    }
    return -1;
}

/* A field above the actor's class would come masked, as if nobody knew it, and the scores would be wrong in silence. */
static gov_status check_class(const gov_store *store, const gov_column_view *classes, int64_t field,
                              const char *name, gov_error *err)
{
    static const char *const above[] = {"internal", "personal", "sensitive"};
    int64_t size;
    const char *text = gov_view_text(classes, field, &size);
    for (int i = (int)gov_store_field_class(store) - 1; i < 3; i++) {
        if (size == (int64_t)strlen(above[i]) && memcmp(text, above[i], (size_t)size) == 0)
            return gov_fail_at(err, GOV_E_SCOPE, GOV_AT_NAME(name),
                               "the model reads this field of class %s, which is above the actor's",
                               above[i]);
    }
    return GOV_OK;
}

static gov_status add_column(columns *c, gov_arena *arena, const char *name, int64_t size, gov_error *err)
{
    c->names[c->count] = gov_arena_text(arena, name, size);
    if (c->names[c->count] == NULL)
        return gov_fail_memory(err);
    c->count++;
    return GOV_OK;
}

static gov_status choose_columns(const gov_store *store, const gov_table *inputs, const gov_table *fields,
                                 gov_arena *arena, columns *c, gov_error *err)
{
    gov_column_view id = GOV_COLUMN_VIEW_INIT;
    gov_column_view of = GOV_COLUMN_VIEW_INIT;
    gov_column_view optional = GOV_COLUMN_VIEW_INIT;
    gov_column_view known = GOV_COLUMN_VIEW_INIT;
    gov_column_view classes = GOV_COLUMN_VIEW_INIT;
    GOV_TRY(gov_table_need(inputs, "id", &id, err));
    GOV_TRY(gov_table_need(inputs, "of", &of, err));
    GOV_TRY(gov_table_need(inputs, "optional", &optional, err));
    GOV_TRY(gov_table_need(fields, "name", &known, err));
    GOV_TRY(gov_table_need(fields, "class", &classes, err));
    c->names = gov_arena_alloc(arena, id.length + 2, sizeof(*c->names));
    if (c->names == NULL)
        return gov_fail_memory(err);
    GOV_TRY(add_column(c, arena, "id", -1, err));
    GOV_TRY(add_column(c, arena, "grid", -1, err));
    for (int64_t i = 0; i < id.length; i++) {
        int64_t size;
        int64_t of_size;
        const char *name = gov_view_text(&id, i, &size);
        const char *owner = gov_view_text(&of, i, &of_size);
        int wanted = of_size == 9 && memcmp(owner, "household", 9) == 0;
        if (!wanted || (size == 2 && memcmp(name, "id", 2) == 0) ||
            (size == 4 && memcmp(name, "grid", 4) == 0))
            continue;
        int64_t field = find_text(&known, name, size);
        if (field >= 0) {
            GOV_TRY(add_column(c, arena, name, size, err));
            GOV_TRY(check_class(store, &classes, field, c->names[c->count - 1], err));
        } else if (!gov_bit(optional.values, optional.offset + i)) {
            gov_place place = GOV_NOWHERE;
            place.name = name;
            place.name_size = size;
            return gov_fail_at(err, GOV_E_MISSING, &place,
                               "the model needs this input, and households in the store have no such field");
        }
    }
    return GOV_OK;
}

static gov_status query_households(gov_store *store, const gov_need_model *model,
                                   const gov_pipeline_options *options, gov_table **out, gov_error *err)
{
    gov_table *inputs = NULL;
    gov_table *fields = NULL;
    gov_arena arena = GOV_ARENA_INIT;
    columns c = {NULL, 0};
    gov_status status;
    GOV_TRY_OUT(gov_need_model_table(model, GOV_NEED_INPUTS, NULL, &inputs, err));
    GOV_TRY_OUT(gov_store_fields(store, "household", &fields, err));
    GOV_TRY_OUT(choose_columns(store, inputs, fields, &arena, &c, err));
    gov_query_options query = GOV_QUERY_OPTIONS_INIT;
    query.as_of = options->as_of;
    query.grid = options->grid;
    query.run = options->run;
    query.where = "view IS NULL OR view = 'assistance'";
    query.columns = c.names;
    query.column_count = c.count;
    status = gov_store_query(store, "household", &query, out, err);
out:
    gov_arena_clear(&arena);
    gov_table_free(fields);
    gov_table_free(inputs);
    return status;
}

static gov_status pass_all(gov_frame *frame, const gov_table *table, gov_error *err)
{
    for (int64_t i = 0; i < gov_table_columns(table); i++) {
        const char *name = gov_table_name(table, i);
        if (strcmp(name, "id") != 0 && strcmp(name, "grid") != 0 && strcmp(name, "household") != 0)
            GOV_TRY(gov_frame_pass(frame, table, i, NULL, err));
    }
    return GOV_OK;
}

static gov_status join(const gov_table *households, const gov_table *scores, gov_table **out, gov_error *err)
{
    gov_frame frame = GOV_FRAME_INIT(gov_table_rows(households));
    gov_status status;
    GOV_TRY_OUT(gov_frame_pass(&frame, households, 0, "household", err));
    GOV_TRY_OUT(gov_frame_pass(&frame, households, 1, "grid", err));
    GOV_TRY_OUT(pass_all(&frame, scores, err));
    status = gov_frame_finish(&frame, out, err);
out:
    gov_frame_clear(&frame);
    return status;
}

/* A uint32 mask as the int64 that the store keeps. */
static gov_status add_mask(gov_frame *frame, const gov_table *scores, const char *name, gov_error *err)
{
    gov_column_view view = GOV_COLUMN_VIEW_INIT;
    int64_t *values = NULL;
    uint8_t *valid = NULL;
    GOV_TRY(gov_table_need(scores, name, &view, err));
    GOV_TRY(gov_frame_add(frame, name, GOV_TYPE_INT64, (void **)&values, &valid, err));
    for (int64_t i = 0; i < view.length; i++) {
        if (gov_view_present(&view, i))
            values[i] = ((const uint32_t *)view.values)[view.offset + i];
        else
            gov_bit_clear(valid, i);
    }
    return GOV_OK;
}

static gov_status pass_named(gov_frame *frame, const gov_table *table, const char *name, gov_error *err)
{
    int64_t column;
    GOV_TRY(gov_table_find(table, name, &column, err));
    return gov_frame_pass(frame, table, column, NULL, err);
}

static gov_status add_day(gov_frame *frame, int32_t day, gov_error *err)
{
    int32_t *days = NULL;
    GOV_TRY(gov_frame_add(frame, "as_of", GOV_TYPE_DATE, (void **)&days, NULL, err));
    for (int64_t i = 0; i < frame->rows; i++)
        days[i] = day;
    return GOV_OK;
}

/* The columns of kind score. `same` holds a zero for every row: one text for all. */
static gov_status records(const gov_need_model *model, const gov_table *scores, int32_t day,
                          const int8_t *same, gov_table **out, gov_error *err)
{
    static const char *const as_they_are[] = {"household", "score",     "score_high", "coverage",
                                              "tier",      "tier_high", "status"};
    const char *id = gov_need_model_id(model);
    const char *fingerprint = gov_need_model_fingerprint(model);
    gov_frame frame = GOV_FRAME_INIT(gov_table_rows(scores));
    gov_status status;
    for (size_t i = 0; i < sizeof(as_they_are) / sizeof(as_they_are[0]); i++)
        GOV_TRY_OUT(pass_named(&frame, scores, as_they_are[i], err));
    GOV_TRY_OUT(gov_frame_labels(&frame, "model", same, &id, 1, err));
    GOV_TRY_OUT(gov_frame_labels(&frame, "fingerprint", same, &fingerprint, 1, err));
    GOV_TRY_OUT(add_day(&frame, day, err));
    GOV_TRY_OUT(add_mask(&frame, scores, "deprived_mask", err));
    GOV_TRY_OUT(add_mask(&frame, scores, "missing_mask", err));
    status = gov_frame_finish(&frame, out, err);
out:
    gov_frame_clear(&frame);
    return status;
}

static gov_status write_scores(gov_store *store, const gov_need_model *model, const gov_table *scores,
                               int32_t day, const gov_pipeline_options *options, gov_error *err)
{
    gov_table *rows = NULL;
    gov_import_options import = GOV_IMPORT_OPTIONS_INIT;
    gov_import_result result = GOV_IMPORT_RESULT_INIT;
    import.strict = 1;
    import.source = "pipeline/score";
    import.run = options->run;
    int8_t *same = gov_alloc_zero(gov_table_rows(scores), 1);
    if (same == NULL)
        return gov_fail_memory(err);
    gov_status status = records(model, scores, day, same, &rows, err);
    if (status == GOV_OK)
        status = gov_store_import_table(store, "score", rows, &import, &result, NULL, err);
    gov_table_free(rows);
    gov_free(same);
    return status;
}

gov_status gov_pipeline_score(gov_store *store, const gov_need_model *model,
                              const gov_pipeline_options *options, const gov_need_options *scoring,
                              gov_table **out, gov_error *err)
{
    if (store == NULL || model == NULL || options == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store, model, options and out must be given");
    int32_t day;
    GOV_TRY(gov_pipeline_day(options->as_of, &day, err));
    gov_need_options how = GOV_NEED_OPTIONS_INIT;
    if (scoring != NULL)
        how = *scoring;
    how.as_of = options->as_of;
    how.run = options->run;
    gov_table *households = NULL;
    gov_table *scores = NULL;
    gov_table *joined = NULL;
    gov_status status;
    GOV_TRY_OUT(query_households(store, model, options, &households, err));
    GOV_TRY_OUT(gov_need_score(model, households, &how, &scores, err));
    GOV_TRY_OUT(join(households, scores, &joined, err));
    if (!options->read_only)
        GOV_TRY_OUT(write_scores(store, model, joined, day, options, err));
    *out = joined;
    joined = NULL;
out:
    gov_table_free(joined);
    gov_table_free(scores);
    gov_table_free(households);
    return status;
}
