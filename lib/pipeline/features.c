/* features.c - a batch of households from the store to the inputs of a model: what is gathered, what the rules make of
 * it, and what was recorded of the household itself, which goes first. */
#include "pipeline/features.h"

#include "base/run.h"
#include "table/stack.h"

#include <math.h>
#include <string.h>

/* --- Households ---------------------------------------------------------------------------------------- */

static int has_name(const char *const *names, int64_t count, const char *name)
{
    for (int64_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return 1;
    return 0;
}

static gov_status household_columns(const gov_feature_plan *p, gov_feature_batch *b, const char ***out,
                                    int64_t *count, gov_error *err)
{
    const gov_need_model *rules = p->features->rules;
    const char **names =
        gov_arena_alloc(&b->arena, 2 + p->model->input_count + rules->input_count, sizeof(*names));
    if (names == NULL)
        return gov_fail_memory(err);
    names[0] = "id";
    names[1] = "grid";
    *count = 2;
    for (int64_t i = 0; i < p->model->input_count; i++)
        if (p->recorded[i] && !has_name(names, *count, p->model->inputs[i].id))
            names[(*count)++] = p->model->inputs[i].id;
    for (int64_t s = 0; s < rules->input_count; s++) {
        const gov_need_source *from = &p->features->sources[s];
        if (p->wanted[s] && !rules->inputs[s].member && from->field != NULL && from->relation == NULL &&
            !has_name(names, *count, from->field))
            names[(*count)++] = from->field;
    }
    *out = names;
    return GOV_OK;
}

static gov_status query_households(const gov_feature_plan *p, const char *last, gov_feature_batch *b,
                                   gov_error *err)
{
    const char *values[] = {p->options.household != NULL ? p->options.household : last, p->options.view};
    gov_query_options query = GOV_QUERY_OPTIONS_INIT;
    const char **columns = NULL;
    GOV_TRY(household_columns(p, b, &columns, &query.column_count, err));
    query.columns = columns;
    query.as_of = p->options.as_of;
    query.grid = p->options.grid;
    query.run = p->options.run;
    query.where = p->options.household != NULL ? "id = ?1" : "id > ?1 AND (view IS NULL OR view = ?2)";
    query.values = values;
    query.value_count = 2;
    query.limit = p->options.batch_rows;
    GOV_TRY(gov_store_query(p->store, "household", &query, &b->households, err));
    b->rows = gov_table_rows(b->households);
    return GOV_OK;
}

/* --- Rules --------------------------------------------------------------------------------------------- */

static gov_status add_source(const gov_feature_plan *p, const gov_feature_batch *b, int64_t s,
                             const int64_t *rows, double *unknown, gov_frame *frame, gov_error *err)
{
    const gov_need_input *input = &p->features->rules->inputs[s];
    const double *values = b->sources[s];
    if (values == NULL) {
        values = unknown;
        rows = NULL;
    }
    return gov_feature_column(frame, input, input->column, values, rows, err);
}

/* The tables that the rules read. What is not wanted is there too, as unknown. */
static gov_status source_table(const gov_feature_plan *p, gov_feature_batch *b, int member, gov_frame *frame,
                               gov_error *err)
{
    const gov_need_model *rules = p->features->rules;
    double *unknown = gov_arena_alloc(&b->arena, frame->rows + 1, sizeof(*unknown));
    if (unknown == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < frame->rows; i++)
        unknown[i] = (double)NAN;
    for (int64_t s = 0; s < rules->input_count; s++) {
        const int64_t *rows = !member                       ? NULL
                              : gov_feature_by_person(p, s) ? b->person_rows_of
                                                            : b->member_rows_of;
        if (rules->inputs[s].member == member)
            GOV_TRY(add_source(p, b, s, rows, unknown, frame, err));
    }
    return GOV_OK;
}

static gov_status make_members(const gov_feature_plan *p, gov_feature_batch *b, const char *key,
                               gov_table **out, gov_error *err)
{
    gov_frame frame = GOV_FRAME_INIT(b->member_rows);
    gov_status status = gov_frame_take(&frame, b->memberships, 0, key, b->member_rows_of, err);
    if (status == GOV_OK)
        status = source_table(p, b, GOV_MEMBER, &frame, err);
    if (status == GOV_OK)
        status = gov_frame_finish(&frame, out, err);
    gov_frame_clear(&frame);
    return status;
}

static gov_status make_households(const gov_feature_plan *p, gov_feature_batch *b, const char *key,
                                  gov_table **out, gov_error *err)
{
    gov_frame frame = GOV_FRAME_INIT(b->rows);
    gov_status status = gov_frame_pass(&frame, b->households, 0, key, err);
    if (status == GOV_OK)
        status = source_table(p, b, GOV_HOUSEHOLD, &frame, err);
    if (status == GOV_OK)
        status = gov_frame_finish(&frame, out, err);
    gov_frame_clear(&frame);
    return status;
}

static gov_status derive(const gov_feature_plan *p, gov_feature_batch *b, gov_table **out, gov_error *err)
{
    const char *key = p->features->rules->member_key;
    gov_need_options options = GOV_NEED_OPTIONS_INIT;
    gov_table *households = NULL, *members = NULL;
    gov_status status = make_households(p, b, key != NULL ? key : "household", &households, err);
    if (status == GOV_OK && key != NULL)
        status = make_members(p, b, key, &members, err);
    options.as_of = p->options.as_of;
    options.members = members;
    if (status == GOV_OK)
        status = gov_need_features_derive(p->features, households, &options, out, err);
    gov_table_free(members);
    gov_table_free(households);
    return status;
}

/* --- Inputs -------------------------------------------------------------------------------------------- */

static void take_column(const gov_need_input *input, const gov_column_view *view, gov_feature_origin origin,
                        double *values, uint8_t *origins)
{
    for (int64_t row = 0; row < view->length; row++) {
        double value = gov_feature_value(input, view, row);
        if (isnan(value) || origins[row] == GOV_FEATURE_RECORDED)
            continue;
        int is_number = input->kind == GOV_NEED_FLOAT || input->kind == GOV_NEED_INT;
        int outside = is_number && !(value >= input->low && value <= input->high);
        origins[row] = (uint8_t)(outside ? GOV_FEATURE_OUT_OF_RANGE : origin);
        values[row] = outside ? (double)NAN : value;
    }
}

static gov_status fill_input(const gov_feature_plan *p, gov_feature_batch *b, const gov_table *derived,
                             int64_t i, gov_error *err)
{
    const gov_need_input *input = &p->model->inputs[i];
    b->values[i] = gov_arena_alloc(&b->arena, b->rows + 1, sizeof(double));
    b->origins[i] = gov_arena_alloc(&b->arena, b->rows + 1, 1);
    if (b->values[i] == NULL || b->origins[i] == NULL)
        return gov_fail_memory(err);
    for (int64_t row = 0; row < b->rows; row++)
        b->values[i][row] = (double)NAN;
    gov_column_view view = GOV_COLUMN_VIEW_INIT;
    if (p->recorded[i]) {
        GOV_TRY(gov_table_need(b->households, input->id, &view, err));
        take_column(input, &view, GOV_FEATURE_RECORDED, b->values[i], b->origins[i]);
    }
    view = (gov_column_view)GOV_COLUMN_VIEW_INIT;
    if (derived != NULL && p->terms[i] >= 0) {
        GOV_TRY(gov_table_need(derived, input->id, &view, err));
        take_column(input, &view, GOV_FEATURE_DERIVED, b->values[i], b->origins[i]);
    }
    return GOV_OK;
}

static gov_status fill_inputs(const gov_feature_plan *p, gov_feature_batch *b, gov_error *err)
{
    gov_table *derived = NULL;
    b->values = gov_arena_alloc(&b->arena, p->model->input_count, sizeof(*b->values));
    b->origins = gov_arena_alloc(&b->arena, p->model->input_count, sizeof(*b->origins));
    if (b->values == NULL || b->origins == NULL)
        return gov_fail_memory(err);
    gov_status status = p->derives ? derive(p, b, &derived, err) : GOV_OK;
    for (int64_t i = 0; i < p->model->input_count && status == GOV_OK; i++)
        if (!p->model->inputs[i].member)
            status = fill_input(p, b, derived, i, err);
    gov_table_free(derived);
    return status;
}

static int has_column(const gov_need_model *m, const char *name)
{
    for (int64_t i = 0; i < m->input_count; i++)
        if (!m->inputs[i].member && strcmp(m->inputs[i].column, name) == 0)
            return 1;
    return 0;
}

static gov_status fill_table(const gov_feature_plan *p, gov_feature_batch *b, gov_frame *frame,
                             gov_error *err)
{
    const gov_need_model *m = p->model;
    GOV_TRY(gov_frame_pass(frame, b->households, 0, "household", err));
    GOV_TRY(gov_frame_pass(frame, b->households, 1, "grid", err));
    if (m->member_key != NULL && strcmp(m->member_key, "household") != 0 && !has_column(m, m->member_key))
        GOV_TRY(gov_frame_pass(frame, b->households, 0, m->member_key, err));
    for (int64_t i = 0; i < m->input_count; i++) {
        const gov_need_input *input = &m->inputs[i];
        int there = strcmp(input->column, "household") == 0 || strcmp(input->column, "grid") == 0;
        if (!input->member && !there)
            GOV_TRY(gov_feature_column(frame, input, input->column, b->values[i], NULL, err));
    }
    return GOV_OK;
}

static gov_status make_table(const gov_feature_plan *p, gov_feature_batch *b, gov_error *err)
{
    gov_frame frame = GOV_FRAME_INIT(b->rows);
    gov_status status = fill_table(p, b, &frame, err);
    if (status == GOV_OK)
        status = gov_frame_finish(&frame, &b->table, err);
    gov_frame_clear(&frame);
    if (status == GOV_OK && p->model->member_key != NULL)
        status = make_members(p, b, p->model->member_key, &b->members, err);
    return status;
}

/* --- Batches ------------------------------------------------------------------------------------------- */

static gov_status fill_batch(const gov_feature_plan *plan, const char *last, gov_feature_batch *b,
                             gov_error *err)
{
    GOV_TRY(query_households(plan, last, b, err));
    GOV_TRY(gov_feature_gather(plan, b, err));
    GOV_TRY(fill_inputs(plan, b, err));
    return make_table(plan, b, err);
}

gov_status gov_feature_batch_open(const gov_feature_plan *plan, const char *last, gov_feature_batch *out,
                                  gov_error *err)
{
    gov_feature_batch b = {.rows = 0};
    gov_status status = fill_batch(plan, last, &b, err);
    if (status == GOV_OK)
        *out = b;
    else
        gov_feature_batch_close(&b);
    return status;
}

void gov_feature_batch_close(gov_feature_batch *b)
{
    gov_table_free(b->households);
    gov_table_free(b->memberships);
    gov_table_free(b->persons);
    gov_table_free(b->observed[0]);
    gov_table_free(b->observed[1]);
    gov_table_free(b->table);
    gov_table_free(b->members);
    gov_arena_clear(&b->arena);
}

/* The id of the batch's last household. */
static gov_status remember(const gov_feature_batch *b, char **last, gov_error *err)
{
    const char *text = NULL;
    int64_t size = 0;
    GOV_TRY(gov_table_text(b->households, b->rows - 1, 0, &text, &size, err));
    char *copy = gov_copy_text(text, size);
    if (copy == NULL)
        return gov_fail_memory(err);
    gov_free(*last);
    *last = copy;
    return GOV_OK;
}

/* One batch: *rows households. */
static gov_status walk_on(const gov_feature_plan *plan, int64_t done, char **last, gov_feature_step step,
                          void *context, gov_stack *stack, int64_t *rows, gov_error *err)
{
    gov_feature_batch b = {.rows = 0};
    gov_table *result = NULL;
    GOV_TRY(gov_run_poll(plan->options.run, done, -1, err));
    GOV_TRY(gov_feature_batch_open(plan, *last, &b, err));
    gov_status status = GOV_OK;
    if (b.rows > 0 || done == 0)
        status = step(context, plan, &b, &result, err);
    if (status == GOV_OK && result != NULL)
        status = gov_stack_add(stack, result, err);
    if (status == GOV_OK && b.rows > 0)
        status = remember(&b, last, err);
    *rows = b.rows;
    gov_table_free(result);
    gov_feature_batch_close(&b);
    return status;
}

gov_status gov_feature_walk(const gov_feature_plan *plan, gov_feature_step step, void *context,
                            gov_table **out, gov_error *err)
{
    gov_stack stack = GOV_STACK_INIT;
    char *last = gov_copy_text("", 0);
    gov_status status = last == NULL ? gov_fail_memory(err) : GOV_OK;
    int64_t done = 0, rows = 0;
    do {
        if (status == GOV_OK)
            status = walk_on(plan, done, &last, step, context, &stack, &rows, err);
        done += rows;
    } while (status == GOV_OK && rows == plan->options.batch_rows && plan->options.household == NULL);
    gov_free(last);
    if (status == GOV_OK)
        status = gov_stack_finish(&stack, out, err);
    gov_stack_clear(&stack);
    return status;
}

/* --- Public -------------------------------------------------------------------------------------------- */

static gov_status give_table(void *context, const gov_feature_plan *plan, gov_feature_batch *batch,
                             gov_table **out, gov_error *err)
{
    (void)context, (void)plan, (void)err;
    *out = gov_table_retain(batch->table);
    return GOV_OK;
}

gov_status gov_pipeline_features(gov_store *store, const gov_need_model *model,
                                 const gov_pipeline_options *options, gov_table **out, gov_error *err)
{
    gov_feature_plan plan;
    if (store == NULL || model == NULL || options == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store, model, options and out must be given");
    GOV_TRY(gov_feature_plan_open(store, model, options, &plan, err));
    gov_status status = gov_feature_walk(&plan, give_table, NULL, out, err);
    gov_feature_plan_close(&plan);
    return status;
}
