/* trace.c - the versions behind one household's values. Only an explanation asks for them: a record's history is read one
 * record at a time. */
#include "pipeline/trace.h"

#include "base/date.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const gov_trace nowhere = {GOV_NO_DAY, NULL, 0};

typedef struct versions {
    gov_column_view from, to, recorded, ended, source;
} versions;

static gov_status view_versions(const gov_table *table, versions *v, gov_error *err)
{
    const struct {
        const char *name;
        gov_column_view *view;
    } columns[] = {{"valid_from", &v->from},
                   {"valid_to", &v->to},
                   {"recorded_from", &v->recorded},
                   {"recorded_to", &v->ended},
                   {"act_source", &v->source}};
    for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
        *columns[i].view = (gov_column_view)GOV_COLUMN_VIEW_INIT;
        GOV_TRY(gov_table_need(table, columns[i].name, columns[i].view, err));
    }
    return GOV_OK;
}

static int32_t day_at(const gov_column_view *view, int64_t row, int32_t otherwise)
{
    if (view->type == GOV_TYPE_NULL || !gov_view_present(view, row))
        return otherwise;
    if (view->type == GOV_TYPE_DATE)
        return ((const int32_t *)view->values)[view->offset + row];
    int64_t micros = ((const int64_t *)view->values)[view->offset + row];
    return (int32_t)((micros - (micros < 0 ? GOV_DAY_MICROS - 1 : 0)) / GOV_DAY_MICROS);
}

/* The version that holds on the day as it is known now. One that holds since ever is as old as its record. */
static gov_status trace_version(const gov_table *history, int32_t day, gov_arena *arena, gov_trace *out,
                                gov_error *err)
{
    versions v;
    GOV_TRY(view_versions(history, &v, err));
    for (int64_t i = 0; i < v.from.length; i++) {
        int current = day_at(&v.ended, i, INT32_MAX) == INT32_MAX;
        if (!current || day_at(&v.from, i, INT32_MIN) > day || day_at(&v.to, i, INT32_MAX) <= day)
            continue;
        int64_t size;
        const char *source = gov_view_text(&v.source, i, &size);
        out->day = day_at(&v.from, i, day_at(&v.recorded, i, GOV_NO_DAY));
        out->source = source != NULL ? gov_arena_text(arena, source, size) : NULL;
        out->size = size;
        if (source != NULL && out->source == NULL)
            return gov_fail_memory(err);
    }
    return GOV_OK;
}

static gov_status trace_record(const gov_feature_plan *plan, const char *kind, const char *key,
                               gov_arena *arena, gov_trace *out, gov_error *err)
{
    gov_table *history = NULL;
    *out = nowhere;
    GOV_TRY(gov_store_history(plan->store, kind, key, &history, err));
    gov_status status = trace_version(history, plan->day, arena, out, err);
    gov_table_free(history);
    return status;
}

/* The key of a row: the texts of its first columns, joined by |. */
static gov_status key_of(const gov_table *table, int64_t row, int columns, gov_arena *arena, const char **out,
                         gov_error *err)
{
    gov_buffer key = GOV_BUFFER_INIT;
    gov_text *text = NULL;
    for (int i = 0; i < columns; i++) {
        const char *part = NULL;
        int64_t size = 0;
        gov_status status = gov_table_text(table, row, i, &part, &size, err);
        if (status != GOV_OK) {
            gov_buffer_clear(&key);
            return status;
        }
        if (i > 0)
            gov_buffer_char(&key, '|');
        gov_buffer_bytes(&key, part, size);
    }
    GOV_TRY(gov_buffer_finish(&key, &text, err));
    *out = gov_arena_text(arena, gov_text_data(text), gov_text_size(text));
    gov_text_free(text);
    return *out == NULL ? gov_fail_memory(err) : GOV_OK;
}

static gov_status trace_rows(const gov_feature_plan *plan, const char *kind, const gov_table *table,
                             int columns, gov_arena *arena, gov_trace **out, gov_error *err)
{
    int64_t rows = gov_table_rows(table);
    *out = gov_arena_alloc(arena, rows + 1, sizeof(**out));
    if (*out == NULL)
        return gov_fail_memory(err);
    for (int64_t row = 0; row < rows; row++) {
        const char *key = NULL;
        GOV_TRY(key_of(table, row, columns, arena, &key, err));
        GOV_TRY(trace_record(plan, kind, key, arena, &(*out)[row], err));
    }
    return GOV_OK;
}

/* --- Relations ----------------------------------------------------------------------------------------- */

static gov_status trace_relation(const gov_feature_plan *plan, const char *subject_kind, const char *subject,
                                 const char *predicate, gov_arena *arena, gov_trace *out, gov_error *err)
{
    static const char *const columns[] = {"subject_kind", "subject", "predicate", "object_kind", "object"};
    const char *values[] = {subject_kind, subject, predicate};
    gov_query_options query = GOV_QUERY_OPTIONS_INIT;
    gov_table *found = NULL;
    const char *key = NULL;
    *out = nowhere;
    query.as_of = plan->options.as_of;
    query.where = "subject_kind = ?1 AND subject = ?2 AND predicate = ?3";
    query.values = values;
    query.value_count = 3;
    query.columns = columns;
    query.column_count = 5;
    query.limit = 1;
    GOV_TRY(gov_store_query(plan->store, "relation", &query, &found, err));
    gov_status status = GOV_OK;
    if (gov_table_rows(found) > 0) {
        status = key_of(found, 0, 5, arena, &key, err);
        if (status == GOV_OK)
            status = trace_record(plan, "relation", key, arena, out, err);
    }
    gov_table_free(found);
    return status;
}

static gov_status trace_related(const gov_feature_plan *plan, const gov_feature_batch *batch, int64_t source,
                                gov_traces *t, gov_error *err)
{
    int member = plan->features->rules->inputs[source].member;
    const gov_table *subjects = member ? batch->persons : batch->households;
    int64_t rows = gov_table_rows(subjects);
    t->related[source] = gov_arena_alloc(&t->arena, rows + 1, sizeof(gov_trace));
    if (t->related[source] == NULL)
        return gov_fail_memory(err);
    for (int64_t row = 0; row < rows; row++) {
        const char *id = NULL;
        GOV_TRY(key_of(subjects, row, 1, &t->arena, &id, err));
        GOV_TRY(trace_relation(plan, member ? "person" : "household", id,
                               plan->features->sources[source].relation, &t->arena, &t->related[source][row],
                               err));
    }
    return GOV_OK;
}

/* --- All ----------------------------------------------------------------------------------------------- */

static gov_status open_traces(const gov_feature_plan *plan, const gov_feature_batch *batch, gov_traces *t,
                              gov_error *err)
{
    const char *id = NULL;
    int64_t sources = plan->features->rules->input_count;
    GOV_TRY(key_of(batch->households, 0, 1, &t->arena, &id, err));
    GOV_TRY(trace_record(plan, "household", id, &t->arena, &t->household, err));
    GOV_TRY(trace_rows(plan, "person", batch->persons, 1, &t->arena, &t->persons, err));
    GOV_TRY(trace_rows(plan, "membership", batch->memberships, 2, &t->arena, &t->memberships, err));
    t->related = gov_arena_alloc(&t->arena, sources, sizeof(*t->related));
    if (t->related == NULL)
        return gov_fail_memory(err);
    for (int64_t s = 0; s < sources; s++)
        if (plan->wanted[s] && plan->features->sources[s].relation != NULL)
            GOV_TRY(trace_related(plan, batch, s, t, err));
    return GOV_OK;
}

gov_status gov_traces_open(const gov_feature_plan *plan, const gov_feature_batch *batch, gov_traces *out,
                           gov_error *err)
{
    gov_traces traces = {.household = nowhere};
    gov_status status = open_traces(plan, batch, &traces, err);
    if (status == GOV_OK)
        *out = traces;
    else
        gov_traces_close(&traces);
    return status;
}

void gov_traces_close(gov_traces *traces)
{
    gov_arena_clear(&traces->arena);
}

static gov_trace trace_reading(const gov_readings *r, int64_t row)
{
    gov_trace t = {gov_readings_day(r, row), NULL, 0};
    t.source = gov_view_text(&r->source, row, &t.size);
    return t;
}

gov_trace gov_trace_of(const gov_feature_plan *plan, const gov_feature_batch *batch, const gov_traces *traces,
                       int64_t source, int64_t row)
{
    const gov_need_source *s = &plan->features->sources[source];
    int member = plan->features->rules->inputs[source].member;
    int64_t at = gov_feature_source_row(plan, batch, source, row);
    if (isnan(batch->sources[source][at]))
        return nowhere;
    if (s->observation != NULL)
        return trace_reading(&batch->readings[member], batch->taken[source][at].row);
    if (s->relation != NULL)
        return traces->related[source][at];
    if (!member)
        return traces->household;
    return gov_feature_by_person(plan, source) ? traces->persons[at] : traces->memberships[at];
}
