/* explain.c - one household gathered as for scoring, explained by the model, and every value followed back to its record. */
#include "pipeline/explain.h"

#include <math.h>
#include <string.h>

/* --- Grounds ------------------------------------------------------------------------------------------- */

static void add_name(gov_grounds *g, gov_trace t)
{
    for (int i = 0; i < g->name_count; i++)
        if (g->names[i].size == t.size && memcmp(g->names[i].source, t.source, (size_t)t.size) == 0)
            return;
    if (g->name_count < GOV_MOST_NAMES)
        g->names[g->name_count++] = t;
}

static void add_trace(gov_grounds *g, gov_trace t)
{
    if (t.day != GOV_NO_DAY) {
        g->oldest = g->oldest == GOV_NO_DAY || t.day < g->oldest ? t.day : g->oldest;
        g->newest = t.day > g->newest ? t.day : g->newest;
    }
    if (t.source != NULL)
        add_name(g, t);
}

void gov_grounds_join(gov_grounds *g, const gov_grounds *other)
{
    const gov_trace ends[2] = {{other->oldest, NULL, 0}, {other->newest, NULL, 0}};
    for (int i = 0; i < 2; i++)
        add_trace(g, ends[i]);
    for (int i = 0; i < other->name_count; i++)
        add_name(g, other->names[i]);
}

void gov_grounds_write(const gov_grounds *g, gov_buffer *out)
{
    for (int i = 0; i < g->name_count; i++) {
        gov_buffer_text(out, i > 0 ? "; " : "");
        gov_buffer_bytes(out, g->names[i].source, g->names[i].size);
    }
}

void gov_from_write(const gov_need_source *s, gov_buffer *out)
{
    if (s->observation != NULL) {
        gov_buffer_format(out, "observation %s: %s", s->observation, gov_need_take_name(s->take));
        if (s->months > 0)
            gov_buffer_format(out, ", %lld months", (long long)s->months);
    } else if (s->relation != NULL) {
        gov_buffer_format(out, "relation %s", s->relation);
        if (s->field != NULL)
            gov_buffer_format(out, ", %s.%s", s->kind, s->field);
    } else {
        gov_buffer_format(out, "%s.%s", s->kind, s->field);
    }
}

static int64_t subjects_of(const gov_household_case *c, int64_t source)
{
    return c->plan->features->rules->inputs[source].member ? c->batch->member_rows : 1;
}

static int64_t count_unknown(const gov_household_case *c, int64_t source)
{
    int64_t unknown = 0;
    for (int64_t row = 0; row < subjects_of(c, source); row++)
        unknown += isnan(c->batch->sources[source][gov_feature_source_row(c->plan, c->batch, source, row)]);
    return unknown;
}

static void write_source_name(const gov_household_case *c, int64_t source, const char *language,
                              gov_buffer *out)
{
    const gov_need_input *input = &c->plan->features->rules->inputs[source];
    const char *name = language != NULL ? gov_need_label_text(input->name, language) : "";
    gov_buffer_text(out, name[0] != '\0' ? name : input->id);
}

/* Members that nobody recorded are what is missing first. */
void gov_missing_write(const gov_household_case *c, int64_t input, const char *language, gov_buffer *out)
{
    const gov_need_model *rules = c->plan->features->rules;
    const uint8_t *reads = c->plan->reads[input];
    int64_t before = out->size;
    if (reads == NULL) {
        gov_buffer_format(out, "household.%s", c->plan->model->inputs[input].id);
        return;
    }
    if (rules->member_key != NULL && c->batch->member_rows == 0)
        gov_buffer_text(out, language != NULL && strcmp(language, "zh") == 0 ? "家庭成员" : "members");
    for (int64_t s = 0; s < rules->input_count; s++) {
        int64_t unknown = reads[s] ? count_unknown(c, s) : 0;
        if (unknown == 0)
            continue;
        gov_buffer_text(out, out->size > before ? "; " : "");
        write_source_name(c, s, language, out);
        if (rules->inputs[s].member)
            gov_buffer_format(out, " %lld/%lld", (long long)unknown, (long long)subjects_of(c, s));
    }
}

/* A rule that reads no value of a record, such as count(true), rests on who belongs to the household. */
static void add_memberships(gov_grounds *g, const gov_household_case *c)
{
    if (g->newest != GOV_NO_DAY)
        return;
    for (int64_t row = 0; row < c->batch->member_rows; row++)
        add_trace(g, c->traces->memberships[c->batch->member_rows_of[row]]);
}

static gov_grounds ground(const gov_household_case *c, int64_t input)
{
    gov_grounds g = {.oldest = GOV_NO_DAY, .newest = GOV_NO_DAY};
    const gov_need_model *rules = c->plan->features->rules;
    if (c->plan->model->inputs[input].member)
        return g;
    if (c->batch->origins[input][0] == GOV_FEATURE_RECORDED)
        add_trace(&g, c->traces->household);
    for (int64_t s = 0; c->batch->origins[input][0] == GOV_FEATURE_DERIVED && s < rules->input_count; s++)
        for (int64_t row = 0; c->plan->reads[input][s] && row < subjects_of(c, s); row++)
            add_trace(&g, gov_trace_of(c->plan, c->batch, c->traces, s, row));
    if (c->batch->origins[input][0] == GOV_FEATURE_DERIVED)
        add_memberships(&g, c);
    return g;
}

gov_field_class gov_input_class(const gov_household_case *c, int64_t input)
{
    const gov_feature_plan *p = c->plan;
    if (!p->model->inputs[input].member)
        return (gov_field_class)p->classes[input];
    return p->terms[input] < 0 ? GOV_FIELDS_PUBLIC : (gov_field_class)p->source_classes[p->terms[input]];
}

/* --- The case ------------------------------------------------------------------------------------------ */

static gov_status read_indicator(gov_household_case *c, int64_t j, gov_arena *arena, gov_error *err)
{
    const gov_need_model *m = c->plan->model;
    const int32_t nodes[] = {m->indicators[j].deprived, m->indicators[j].partly, m->indicators[j].applies};
    c->reads[j] = gov_arena_alloc(arena, m->input_count, 1);
    if (c->reads[j] == NULL)
        return gov_fail_memory(err);
    for (int i = 0; i < 3; i++)
        if (nodes[i] >= 0)
            GOV_TRY(gov_need_mark_read(m, nodes[i], c->reads[j], err));
    for (int64_t i = 0; i < m->input_count; i++)
        if (c->reads[j][i] && gov_input_class(c, i) > c->classes[j])
            c->classes[j] = (uint8_t)gov_input_class(c, i);
    return GOV_OK;
}

static gov_status open_case(gov_household_case *c, gov_arena *arena, gov_error *err)
{
    const gov_need_model *m = c->plan->model;
    c->grounds = gov_arena_alloc(arena, m->input_count, sizeof(*c->grounds));
    c->reads = gov_arena_alloc(arena, m->indicator_count, sizeof(*c->reads));
    c->classes = gov_arena_alloc(arena, m->indicator_count, 1);
    if (c->grounds == NULL || c->reads == NULL || c->classes == NULL)
        return gov_fail_memory(err);
    c->shown = gov_shown_class(c->plan);
    for (int64_t i = 0; i < m->input_count; i++)
        c->grounds[i] = ground(c, i);
    for (int64_t j = 0; j < m->indicator_count; j++)
        GOV_TRY(read_indicator(c, j, arena, err));
    return GOV_OK;
}

static gov_status read_services(gov_household_case *c, const gov_table *scores, gov_error *err)
{
    int64_t column, mask = 0;
    uint8_t valid = 0;
    GOV_TRY(gov_table_find(scores, "service_mask", &column, err));
    GOV_TRY(gov_table_copy_int64s(scores, column, 0, 1, &mask, &valid, err));
    c->services = (uint32_t)mask;
    return GOV_OK;
}

/* --- The call ------------------------------------------------------------------------------------------ */

typedef struct work {
    gov_feature_plan plan;
    gov_feature_batch batch;
    gov_traces traces;
    gov_need_explanation *need;
    gov_table *scores, *joined;
    gov_arena arena;
} work;

static gov_status find_household(work *w, const char *id, gov_need_options *how, gov_error *err)
{
    GOV_TRY(gov_feature_batch_open(&w->plan, "", &w->batch, err));
    if (w->batch.rows == 0)
        return gov_fail_at(err, GOV_E_REFERENCE, GOV_AT_NAME(id),
                           "no household of this id is in the scope on that day");
    how->members = w->batch.members;
    GOV_TRY(gov_need_score(w->plan.model, w->batch.table, how, &w->scores, err));
    GOV_TRY(gov_scores_join(w->batch.table, w->scores, &w->joined, err));
    GOV_TRY(gov_need_explain(w->plan.model, w->batch.table, 0, how, &w->need, err));
    return gov_traces_open(&w->plan, &w->batch, &w->traces, err);
}

static gov_status explain(work *w, const char *id, gov_need_options *how, gov_household_explanation *e,
                          gov_error *err)
{
    GOV_TRY(find_household(w, id, how, err));
    gov_household_case c = {.plan = &w->plan, .batch = &w->batch, .need = w->need, .traces = &w->traces};
    GOV_TRY(open_case(&c, &w->arena, err));
    GOV_TRY(read_services(&c, w->scores, err));
    GOV_TRY(gov_explain_tables(&c, w->joined, e->tables, err));
    GOV_TRY(gov_explain_text(&c, e->tables, "zh", &e->zh, err));
    return gov_explain_text(&c, e->tables, "en", &e->en, err);
}

static void close_work(work *w)
{
    gov_need_explanation_free(w->need);
    gov_table_free(w->joined);
    gov_table_free(w->scores);
    gov_traces_close(&w->traces);
    gov_feature_batch_close(&w->batch);
    gov_arena_clear(&w->arena);
    gov_feature_plan_close(&w->plan);
}

gov_status gov_pipeline_explain(gov_store *store, const gov_need_model *model, const char *id,
                                const gov_pipeline_options *options, const gov_need_options *scoring,
                                gov_household_explanation **out, gov_error *err)
{
    if (store == NULL || model == NULL || id == NULL || options == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store, model, id, options and out must be given");
    gov_pipeline_options one = *options;
    gov_need_options how = GOV_NEED_OPTIONS_INIT;
    work w = {.arena = GOV_ARENA_INIT};
    one.household = id;
    if (scoring != NULL)
        how = *scoring;
    GOV_TRY(gov_feature_plan_open(store, model, &one, &w.plan, err));
    how.as_of = one.as_of;
    how.run = one.run;
    gov_household_explanation *e = gov_alloc_zero(1, sizeof(*e));
    gov_status status = e == NULL ? gov_fail_memory(err) : explain(&w, id, &how, e, err);
    close_work(&w);
    if (status == GOV_OK)
        *out = e;
    else
        gov_household_explanation_free(e);
    return status;
}

void gov_household_explanation_free(gov_household_explanation *e)
{
    if (e == NULL)
        return;
    for (int i = 0; i < GOV_EXPLAINED_PARTS; i++)
        gov_table_free(e->tables[i]);
    gov_text_free(e->zh);
    gov_text_free(e->en);
    gov_free(e);
}

const gov_table *gov_household_explanation_table(const gov_household_explanation *e, gov_explained part)
{
    return (unsigned)part < GOV_EXPLAINED_PARTS ? e->tables[part] : NULL;
}

const char *gov_household_explanation_text(const gov_household_explanation *e, const char *language)
{
    return gov_text_data(language != NULL && strcmp(language, "zh") == 0 ? e->zh : e->en);
}
