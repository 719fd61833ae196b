/* feature_gather.c - one batch of households, their members, relations and observations, by one query a kind.
 *
 * Queries give rows in the order of their keys, so that a subject is found by bisection and the readings of a series lie
 * together. */
#include "pipeline/features.h"

#include "base/date.h"

#include <math.h>
#include <string.h>

typedef struct gather {
    const gov_feature_plan *plan;
    gov_feature_batch *batch;
    const char *first, *last; /* ids of the batch's households */
} gather;

static const gov_need_input *input_of(const gather *g, int64_t source)
{
    return &g->plan->features->rules->inputs[source];
}

static const gov_need_source *source_of(const gather *g, int64_t source)
{
    return &g->plan->features->sources[source];
}

static int64_t source_count(const gather *g)
{
    return g->plan->features->rules->input_count;
}

int gov_feature_by_person(const gov_feature_plan *plan, int64_t source)
{
    const gov_need_source *s = &plan->features->sources[source];
    return plan->features->rules->inputs[source].member &&
           !(s->relation == NULL && s->kind != NULL && strcmp(s->kind, "membership") == 0);
}

int64_t gov_feature_source_row(const gov_feature_plan *plan, const gov_feature_batch *batch, int64_t source,
                               int64_t row)
{
    if (!plan->features->rules->inputs[source].member)
        return row;
    return gov_feature_by_person(plan, source) ? batch->person_rows_of[row] : batch->member_rows_of[row];
}

/* The row of `text` in a column in the order of bytes, or -1. */
static int64_t find_text(const gov_column_view *view, const char *text, int64_t size)
{
    int64_t low = 0, high = view->length;
    while (low < high) {
        int64_t middle = low + (high - low) / 2, n;
        const char *t = gov_view_text(view, middle, &n);
        int64_t least = n < size ? n : size;
        int order = least > 0 ? memcmp(t, text, (size_t)least) : 0;
        if (order == 0)
            order = (n > size) - (n < size);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

static int same_text(const gov_column_view *view, int64_t a, int64_t b)
{
    int64_t m, n;
    const char *x = gov_view_text(view, a, &m), *y = gov_view_text(view, b, &n);
    return m == n && x != NULL && y != NULL && memcmp(x, y, (size_t)m) == 0;
}

/* --- Questions ----------------------------------------------------------------------------------------- */

/* A predicate with its values: ?1 and ?2 are the first and the last household. */
typedef struct question {
    gov_buffer where;
    const char **values;
    int64_t count;
} question;

static gov_status begin(const gather *g, question *q, gov_error *err)
{
    *q = (question){.where = GOV_BUFFER_INIT};
    q->values = gov_arena_alloc(&g->batch->arena, source_count(g) + 8, sizeof(*q->values));
    if (q->values == NULL)
        return gov_fail_memory(err);
    q->values[q->count++] = g->first;
    q->values[q->count++] = g->last;
    return GOV_OK;
}

static void add_value(question *q, const char *value)
{
    q->values[q->count++] = value;
    gov_buffer_format(&q->where, "?%lld", (long long)q->count);
}

static gov_status ask(const gather *g, const char *kind, question *q, const char *const *columns,
                      int64_t column_count, gov_table **out, gov_error *err)
{
    gov_query_options query = GOV_QUERY_OPTIONS_INIT;
    gov_text *where = NULL;
    GOV_TRY(gov_buffer_finish(&q->where, &where, err));
    query.as_of = g->plan->options.as_of;
    query.where = gov_text_data(where);
    query.values = q->values;
    query.value_count = q->count;
    query.columns = columns;
    query.column_count = column_count;
    query.run = g->plan->options.run;
    gov_status status = gov_store_query(g->plan->store, kind, &query, out, err);
    gov_text_free(where);
    return status;
}

static const char persons_of_batch[] =
    "(SELECT person FROM membership WHERE household >= ?1 AND household <= ?2)";

/* Whose relations or observations: of the households, or of their members. */
static void add_subjects(question *q, int of)
{
    gov_buffer_text(&q->where, of == GOV_HOUSEHOLD
                                   ? "subject_kind = 'household' AND subject >= ?1 AND subject <= ?2"
                                   : "subject_kind = 'person' AND subject IN ");
    if (of == GOV_MEMBER)
        gov_buffer_text(&q->where, persons_of_batch);
}

/* --- Members ------------------------------------------------------------------------------------------- */

/* Columns of a kind: those that must be there, then the fields of wanted sources. */
static gov_status list_columns(const gather *g, const char *kind, const char *const *must, int64_t must_count,
                               const char ***out, int64_t *count, gov_error *err)
{
    const char **names = gov_arena_alloc(&g->batch->arena, must_count + source_count(g), sizeof(*names));
    if (names == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < must_count; i++)
        names[i] = must[i];
    *count = must_count;
    for (int64_t i = 0; i < source_count(g); i++) {
        const gov_need_source *s = source_of(g, i);
        int is_field = s->kind != NULL && s->relation == NULL && strcmp(s->kind, kind) == 0;
        int there = !g->plan->wanted[i] || !is_field;
        for (int64_t j = 0; j < *count && !there; j++)
            there = strcmp(names[j], s->field) == 0;
        if (!there)
            names[(*count)++] = s->field;
    }
    *out = names;
    return GOV_OK;
}

static gov_status ask_memberships(gather *g, gov_error *err)
{
    static const char *const must[] = {"household", "person"};
    const char **columns = NULL;
    int64_t count = 0;
    question q;
    int registered = strcmp(g->plan->options.view, "registered") == 0;
    GOV_TRY(list_columns(g, "membership", must, 2, &columns, &count, err));
    GOV_TRY(begin(g, &q, err));
    gov_buffer_format(&q.where, "household >= ?1 AND household <= ?2 AND coalesce(%s, 1) = 1",
                      registered ? "registered" : "living");
    return ask(g, "membership", &q, columns, count, &g->batch->memberships, err);
}

static gov_status ask_persons(gather *g, gov_error *err)
{
    static const char *const must[] = {"id", "birth_date"};
    const char **columns = NULL;
    int64_t count = 0;
    question q;
    GOV_TRY(list_columns(g, "person", must, 2, &columns, &count, err));
    GOV_TRY(begin(g, &q, err));
    gov_buffer_text(&q.where, "id IN ");
    gov_buffer_text(&q.where, persons_of_batch);
    return ask(g, "person", &q, columns, count, &g->batch->persons, err);
}

/* A membership counts if the person is there on the day and was born by then. */
static gov_status count_members(gather *g, gov_error *err)
{
    gov_feature_batch *b = g->batch;
    gov_column_view person = GOV_COLUMN_VIEW_INIT, id = GOV_COLUMN_VIEW_INIT, birth = GOV_COLUMN_VIEW_INIT;
    GOV_TRY(gov_table_need(b->memberships, "person", &person, err));
    GOV_TRY(gov_table_need(b->persons, "id", &id, err));
    GOV_TRY(gov_table_need(b->persons, "birth_date", &birth, err));
    b->member_rows_of = gov_arena_alloc(&b->arena, person.length, sizeof(int64_t));
    b->person_rows_of = gov_arena_alloc(&b->arena, person.length, sizeof(int64_t));
    if (b->member_rows_of == NULL || b->person_rows_of == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < person.length; i++) {
        int64_t size;
        const char *text = gov_view_text(&person, i, &size);
        int64_t row = find_text(&id, text, size);
        int unborn = row >= 0 && birth.type == GOV_TYPE_DATE && gov_view_present(&birth, row) &&
                     ((const int32_t *)birth.values)[birth.offset + row] > g->plan->day;
        if (row < 0 || unborn)
            continue;
        b->member_rows_of[b->member_rows] = i;
        b->person_rows_of[b->member_rows++] = row;
    }
    return GOV_OK;
}

/* --- Values -------------------------------------------------------------------------------------------- */

static int64_t rows_of(const gather *g, int64_t source)
{
    if (!input_of(g, source)->member)
        return g->batch->rows;
    return gov_table_rows(gov_feature_by_person(g->plan, source) ? g->batch->persons : g->batch->memberships);
}

static gov_status make_values(gather *g, gov_error *err)
{
    gov_feature_batch *b = g->batch;
    b->sources = gov_arena_alloc(&b->arena, source_count(g), sizeof(*b->sources));
    b->taken = gov_arena_alloc(&b->arena, source_count(g), sizeof(*b->taken));
    if (b->sources == NULL || b->taken == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < source_count(g); i++) {
        int64_t rows = rows_of(g, i);
        if (!g->plan->wanted[i])
            continue;
        b->sources[i] = gov_arena_alloc(&b->arena, rows + 1, sizeof(double));
        b->taken[i] = gov_arena_alloc(&b->arena, rows + 1, sizeof(gov_taken));
        if (b->sources[i] == NULL || b->taken[i] == NULL)
            return gov_fail_memory(err);
        for (int64_t row = 0; row < rows; row++) {
            b->sources[i][row] = (double)NAN;
            b->taken[i][row] = (gov_taken){(double)NAN, -1, 0};
        }
    }
    return GOV_OK;
}

static gov_status read_field(gather *g, int64_t i, gov_error *err)
{
    const gov_need_source *s = source_of(g, i);
    gov_feature_batch *b = g->batch;
    gov_column_view view = GOV_COLUMN_VIEW_INIT;
    const gov_table *table = !input_of(g, i)->member             ? b->households
                             : gov_feature_by_person(g->plan, i) ? b->persons
                                                                 : b->memberships;
    GOV_TRY(gov_table_need(table, s->field, &view, err));
    for (int64_t row = 0; row < view.length; row++)
        b->sources[i][row] = gov_feature_value(input_of(g, i), &view, row);
    return GOV_OK;
}

static gov_status subjects(const gather *g, int of, gov_column_view *out, gov_error *err)
{
    *out = (gov_column_view)GOV_COLUMN_VIEW_INIT;
    return gov_table_need(of == GOV_HOUSEHOLD ? g->batch->households : g->batch->persons, "id", out, err);
}

/* --- Observations -------------------------------------------------------------------------------------- */

static int takes_series(const gather *g, int of, int64_t source)
{
    return g->plan->wanted[source] && input_of(g, source)->member == of &&
           source_of(g, source)->observation != NULL;
}

static void ask_series(const gather *g, int of, question *q)
{
    int any = 0;
    add_subjects(q, of);
    gov_buffer_text(&q->where, " AND time < ");
    add_value(q, g->plan->day_after);
    gov_buffer_text(&q->where, " AND variable IN (");
    for (int64_t i = 0; i < source_count(g); i++) {
        if (!takes_series(g, of, i))
            continue;
        gov_buffer_text(&q->where, any++ > 0 ? ", " : "");
        add_value(q, source_of(g, i)->observation);
    }
    gov_buffer_char(&q->where, ')');
}

/* Gives the readings [first, end) of one series of one subject to all sources that take from it. */
static void take_series(gather *g, int of, int64_t subject, int64_t first, int64_t end)
{
    const gov_readings *r = &g->batch->readings[of];
    int64_t size;
    const char *variable = gov_view_text(&r->variable, first, &size);
    for (int64_t i = 0; i < source_count(g); i++) {
        const gov_need_source *s = source_of(g, i);
        if (!takes_series(g, of, i) || (int64_t)strlen(s->observation) != size ||
            memcmp(s->observation, variable, (size_t)size) != 0)
            continue;
        gov_taken taken = gov_readings_take(r, first, end, input_of(g, i), s, g->plan->day);
        g->batch->taken[i][subject] = taken;
        g->batch->sources[i][subject] = taken.value;
    }
}

static gov_status read_series(gather *g, int of, gov_error *err)
{
    static const char *const columns[] = {"subject", "variable", "time", "source", "value", "text"};
    gov_feature_batch *b = g->batch;
    gov_column_view ids;
    question q;
    int any = 0;
    for (int64_t i = 0; i < source_count(g); i++)
        any |= takes_series(g, of, i);
    if (!any)
        return GOV_OK;
    GOV_TRY(begin(g, &q, err));
    ask_series(g, of, &q);
    GOV_TRY(ask(g, "observation", &q, columns, 6, &b->observed[of], err));
    GOV_TRY(gov_readings_view(b->observed[of], &b->readings[of], err));
    GOV_TRY(subjects(g, of, &ids, err));
    const gov_readings *r = &b->readings[of];
    for (int64_t first = 0, end; first < r->subject.length; first = end) {
        end = first + 1;
        while (end < r->subject.length && same_text(&r->subject, first, end) &&
               same_text(&r->variable, first, end))
            end++;
        int64_t size;
        const char *text = gov_view_text(&r->subject, first, &size);
        int64_t subject = find_text(&ids, text, size);
        if (subject >= 0)
            take_series(g, of, subject, first, end);
    }
    return GOV_OK;
}

/* --- Relations ----------------------------------------------------------------------------------------- */

static gov_status ask_relations(gather *g, int64_t source, gov_table **out, gov_error *err)
{
    static const char *const columns[] = {"subject", "object"};
    const gov_need_source *s = source_of(g, source);
    question q;
    GOV_TRY(begin(g, &q, err));
    add_subjects(&q, input_of(g, source)->member);
    gov_buffer_text(&q.where, " AND predicate = ");
    add_value(&q, s->relation);
    if (s->field != NULL) {
        gov_buffer_text(&q.where, " AND object_kind = ");
        add_value(&q, s->kind);
    } else { /* a person who is no longer there cares for nobody */
        gov_buffer_text(&q.where, " AND (object_kind <> 'person' OR object IN (SELECT id FROM person))");
    }
    return ask(g, "relation", &q, columns, 2, out, err);
}

/* The records that the relations lead to, in the order of their ids. */
static gov_status ask_objects(gather *g, int64_t source, gov_table **out, gov_error *err)
{
    const gov_need_source *s = source_of(g, source);
    const char *columns[] = {"id", s->field};
    question q;
    GOV_TRY(begin(g, &q, err));
    gov_buffer_text(&q.where, "id IN (SELECT object FROM relation WHERE ");
    add_subjects(&q, input_of(g, source)->member);
    gov_buffer_text(&q.where, " AND predicate = ");
    add_value(&q, s->relation);
    gov_buffer_text(&q.where, " AND object_kind = ");
    add_value(&q, s->kind);
    gov_buffer_char(&q.where, ')');
    return ask(g, s->kind, &q, columns, 2, out, err);
}

/* The values that one subject is led to: one, or several that agree; else nobody knows which holds. */
static void meet(double *value, int64_t seen, double next)
{
    if (seen == 0)
        *value = next;
    else if (!(*value <= next && *value >= next))
        *value = (double)NAN;
}

static gov_status follow(gather *g, int64_t source, const gov_table *relations, const gov_table *objects,
                         gov_error *err)
{
    gov_column_view ids, subject = GOV_COLUMN_VIEW_INIT, object = GOV_COLUMN_VIEW_INIT,
                         key = GOV_COLUMN_VIEW_INIT, field = GOV_COLUMN_VIEW_INIT;
    GOV_TRY(subjects(g, input_of(g, source)->member, &ids, err));
    GOV_TRY(gov_table_need(relations, "subject", &subject, err));
    GOV_TRY(gov_table_need(relations, "object", &object, err));
    if (objects != NULL) {
        GOV_TRY(gov_table_view(objects, 0, &key, err));
        GOV_TRY(gov_table_view(objects, 1, &field, err));
    }
    for (int64_t i = 0; i < subject.length; i++) {
        int64_t size;
        const char *text = gov_view_text(&subject, i, &size);
        int64_t row = find_text(&ids, text, size);
        text = gov_view_text(&object, i, &size);
        int64_t found = objects != NULL ? find_text(&key, text, size) : -1;
        if (row < 0 || (objects != NULL && found < 0))
            continue;
        double next = objects == NULL ? 1 : gov_feature_value(input_of(g, source), &field, found);
        gov_taken *taken = &g->batch->taken[source][row];
        meet(&g->batch->sources[source][row], taken->count++, next);
    }
    return GOV_OK;
}

static gov_status read_relation(gather *g, int64_t source, gov_error *err)
{
    gov_table *relations = NULL, *objects = NULL;
    gov_status status = ask_relations(g, source, &relations, err);
    if (status == GOV_OK && source_of(g, source)->field != NULL)
        status = ask_objects(g, source, &objects, err);
    if (status == GOV_OK)
        status = follow(g, source, relations, objects, err);
    gov_table_free(relations);
    gov_table_free(objects);
    return status;
}

/* --- All ----------------------------------------------------------------------------------------------- */

static gov_status id_at(const gather *g, int64_t row, const char **out, gov_error *err)
{
    int64_t size;
    gov_column_view ids;
    GOV_TRY(subjects(g, GOV_HOUSEHOLD, &ids, err));
    const char *text = gov_view_text(&ids, row, &size);
    *out = gov_arena_text(&g->batch->arena, text, size);
    return *out == NULL ? gov_fail_memory(err) : GOV_OK;
}

gov_status gov_feature_gather(const gov_feature_plan *plan, gov_feature_batch *batch, gov_error *err)
{
    gather g = {plan, batch, "", ""};
    if (batch->rows > 0) {
        GOV_TRY(id_at(&g, 0, &g.first, err));
        GOV_TRY(id_at(&g, batch->rows - 1, &g.last, err));
    }
    GOV_TRY(ask_memberships(&g, err));
    GOV_TRY(ask_persons(&g, err));
    GOV_TRY(count_members(&g, err));
    GOV_TRY(make_values(&g, err));
    for (int64_t i = 0; i < source_count(&g); i++) {
        const gov_need_source *s = source_of(&g, i);
        if (plan->wanted[i] && s->relation != NULL)
            GOV_TRY(read_relation(&g, i, err));
        else if (plan->wanted[i] && s->observation == NULL)
            GOV_TRY(read_field(&g, i, err));
    }
    GOV_TRY(read_series(&g, GOV_HOUSEHOLD, err));
    return read_series(&g, GOV_MEMBER, err);
}
