/* feature_plan.c - where each input of a model comes from, decided before the first household is read: a field of the
 * household of the same name, a rule of the features file, or both; then what is recorded goes before what is derived.
 * Only what some input rests on is read. */
#include "pipeline/features.h"

#include "base/struct.h"
#include "pipeline/day.h"

#include <string.h>

typedef struct fields {
    gov_table *table;
    gov_column_view kind, name, class;
} fields;

static int says(const gov_column_view *view, int64_t row, const char *text)
{
    int64_t size;
    const char *t = gov_view_text(view, row, &size);
    return t != NULL && size == (int64_t)strlen(text) && memcmp(t, text, (size_t)size) == 0;
}

static int64_t find_field(const fields *f, const char *kind, const char *name)
{
    for (int64_t i = 0; i < f->kind.length; i++)
        if (says(&f->kind, i, kind) && says(&f->name, i, name))
            return i;
    return -1;
}

static uint8_t class_of(const fields *f, int64_t field)
{
    static const char *const names[] = {"public", "internal", "personal"};
    for (int i = 0; i < 3; i++)
        if (says(&f->class, field, names[i]))
            return (uint8_t)(GOV_FIELDS_PUBLIC + i);
    return GOV_FIELDS_SENSITIVE;
}

/* A field above the actor's class would come masked, as if nobody knew it, and the scores would be wrong in silence. */
static gov_status check_class(const gov_feature_plan *p, uint8_t class, const char *name, gov_error *err)
{
    static const char *const names[] = {"", "public", "internal", "personal", "sensitive"};
    if (class <= (uint8_t)gov_store_field_class(p->store))
        return GOV_OK;
    return gov_fail_at(err, GOV_E_SCOPE, GOV_AT_NAME(name),
                       "the model reads this field of class %s, which is above the actor's", names[class]);
}

/* --- Sources ------------------------------------------------------------------------------------------- */

static gov_status plan_source(gov_feature_plan *p, const fields *f, int64_t i, gov_error *err)
{
    const gov_need_source *s = &p->features->sources[i];
    const gov_need_input *input = &p->features->rules->inputs[i];
    const char *kind = s->observation != NULL ? "observation" : s->field != NULL ? s->kind : "relation";
    const char *name = s->observation != NULL ? "value" : s->field != NULL ? s->field : "predicate";
    int64_t field = find_field(f, kind, name);
    if (field < 0 && input->optional) {
        p->wanted[i] = 0;
        return GOV_OK;
    }
    if (field < 0)
        return gov_fail_at(err, GOV_E_MISSING, GOV_AT_NAME(input->id),
                           "the features file takes this from %s.%s, which the store does not have", kind,
                           name);
    p->source_classes[i] = class_of(f, field);
    return check_class(p, p->source_classes[i], input->id, err);
}

static gov_status plan_sources(gov_feature_plan *p, const fields *f, gov_error *err)
{
    const gov_need_model *rules = p->features->rules;
    for (int64_t i = 0; i < p->model->input_count; i++) {
        for (int64_t s = 0; p->reads[i] != NULL && s < rules->input_count; s++)
            p->wanted[s] |= p->reads[i][s];
    }
    for (int64_t s = 0; s < rules->input_count; s++)
        if (p->wanted[s])
            GOV_TRY(plan_source(p, f, s, err));
    for (int64_t i = 0; i < p->model->input_count; i++) {
        for (int64_t s = 0; p->reads[i] != NULL && s < rules->input_count; s++)
            if (p->reads[i][s] && p->source_classes[s] > p->classes[i])
                p->classes[i] = p->source_classes[s];
    }
    return GOV_OK;
}

/* --- Inputs -------------------------------------------------------------------------------------------- */

static int64_t find_term(const gov_need_model *rules, const char *id)
{
    for (int64_t i = 0; i < rules->term_count; i++)
        if (!rules->terms[i].member && strcmp(rules->terms[i].id, id) == 0)
            return i;
    return -1;
}

static gov_status read_by(gov_feature_plan *p, int64_t i, gov_error *err)
{
    const gov_need_model *rules = p->features->rules;
    p->reads[i] = gov_arena_alloc(&p->arena, rules->input_count, 1);
    if (p->reads[i] == NULL)
        return gov_fail_memory(err);
    p->derives = 1;
    return gov_need_mark_read(rules, rules->terms[p->terms[i]].node, p->reads[i], err);
}

static gov_status plan_input(gov_feature_plan *p, const fields *f, int64_t i, gov_error *err)
{
    const gov_need_input *input = &p->model->inputs[i];
    int64_t field = find_field(f, "household", input->id);
    p->terms[i] = find_term(p->features->rules, input->id);
    p->recorded[i] = field >= 0;
    if (field >= 0) {
        p->classes[i] = class_of(f, field);
        GOV_TRY(check_class(p, p->classes[i], input->id, err));
    }
    if (p->terms[i] >= 0)
        return read_by(p, i, err);
    if (field < 0 && !input->optional)
        return gov_fail_at(err, GOV_E_MISSING, GOV_AT_NAME(input->id),
                           "the model needs this input: households in the store have no such field, and the "
                           "features file '%s' does not derive it",
                           p->features->rules->id);
    return GOV_OK;
}

/* A member's input of the model is a source of the features file by the same name. */
static gov_status plan_member_input(gov_feature_plan *p, int64_t i, gov_error *err)
{
    const gov_need_input *input = &p->model->inputs[i];
    const gov_need_model *rules = p->features->rules;
    p->terms[i] = -1;
    for (int64_t s = 0; s < rules->input_count; s++) {
        if (!rules->inputs[s].member || strcmp(rules->inputs[s].id, input->id) != 0)
            continue;
        p->wanted[s] = 1;
        p->terms[i] = s;
        return GOV_OK;
    }
    if (!input->optional)
        return gov_fail_at(
            err, GOV_E_MISSING, GOV_AT_NAME(input->id),
            "the model needs this of every member, and the features file '%s' has no source for it",
            rules->id);
    return GOV_OK;
}

static gov_status make_lists(gov_feature_plan *p, gov_error *err)
{
    int64_t inputs = p->model->input_count, sources = p->features->rules->input_count;
    p->wanted = gov_arena_alloc(&p->arena, sources, 1);
    p->source_classes = gov_arena_alloc(&p->arena, sources, 1);
    p->terms = gov_arena_alloc(&p->arena, inputs, sizeof(*p->terms));
    p->recorded = gov_arena_alloc(&p->arena, inputs, 1);
    p->classes = gov_arena_alloc(&p->arena, inputs, 1);
    p->reads = gov_arena_alloc(&p->arena, inputs, sizeof(*p->reads));
    int made = p->wanted != NULL && p->source_classes != NULL && p->terms != NULL && p->recorded != NULL &&
               p->classes != NULL && p->reads != NULL;
    return made ? GOV_OK : gov_fail_memory(err);
}

static gov_status plan_all(gov_feature_plan *p, const fields *f, gov_error *err)
{
    GOV_TRY(make_lists(p, err));
    for (int64_t i = 0; i < p->model->input_count; i++) {
        if (p->model->inputs[i].member)
            GOV_TRY(plan_member_input(p, i, err));
        else
            GOV_TRY(plan_input(p, f, i, err));
    }
    return plan_sources(p, f, err);
}

/* --- Life ---------------------------------------------------------------------------------------------- */

static gov_status read_options(gov_feature_plan *p, const gov_pipeline_options *options, gov_error *err)
{
    static const char *const views[] = {"assistance", "dwelling", "registered"};
    GOV_TRY(gov_struct_read(&p->options, sizeof(p->options), options, err));
    GOV_TRY(gov_pipeline_day(p->options.as_of, &p->day, err));
    gov_date_format(p->day + 1, p->day_after, sizeof(p->day_after));
    if (p->options.view == NULL)
        p->options.view = views[0];
    int known = 0;
    for (int i = 0; i < 3; i++)
        known |= strcmp(p->options.view, views[i]) == 0;
    if (!known)
        return gov_fail_at(err, GOV_E_UNKNOWN_NAME, GOV_AT_NAME(p->options.view),
                           "a view of households is assistance, dwelling or registered");
    if (p->options.batch_rows < 0)
        return gov_fail(err, GOV_E_ARGUMENT, "options.batch_rows must not be negative");
    if (p->options.batch_rows == 0)
        p->options.batch_rows = 4096;
    p->features = p->options.features;
    if (p->features != NULL)
        return GOV_OK;
    GOV_TRY(gov_need_features_builtin("gbt31000", &p->own, err));
    p->features = p->own;
    return GOV_OK;
}

static gov_status open_plan(gov_feature_plan *p, const gov_pipeline_options *options, gov_error *err)
{
    fields f = {.kind = GOV_COLUMN_VIEW_INIT, .name = GOV_COLUMN_VIEW_INIT, .class = GOV_COLUMN_VIEW_INIT};
    gov_status status;
    GOV_TRY(read_options(p, options, err));
    GOV_TRY_OUT(gov_store_fields(p->store, NULL, &f.table, err));
    GOV_TRY_OUT(gov_table_need(f.table, "kind", &f.kind, err));
    GOV_TRY_OUT(gov_table_need(f.table, "name", &f.name, err));
    GOV_TRY_OUT(gov_table_need(f.table, "class", &f.class, err));
    status = plan_all(p, &f, err);
out:
    gov_table_free(f.table);
    return status;
}

gov_status gov_feature_plan_open(gov_store *store, const gov_need_model *model,
                                 const gov_pipeline_options *options, gov_feature_plan *out, gov_error *err)
{
    gov_feature_plan plan = {.store = store, .model = model, .options = GOV_PIPELINE_OPTIONS_INIT};
    gov_status status = open_plan(&plan, options, err);
    if (status == GOV_OK)
        *out = plan;
    else
        gov_feature_plan_close(&plan);
    return status;
}

void gov_feature_plan_close(gov_feature_plan *plan)
{
    gov_arena_clear(&plan->arena);
    gov_need_features_free(plan->own);
}
