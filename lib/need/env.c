/* env.c - binding: all that can be refused before the first row is read is refused here. */
#include "need/env.h"

#include "base/date.h"
#include "base/utf8.h"
#include "need/members.h"

#include <math.h>
#include <string.h>

enum { USUAL_BATCH = 2048, LARGEST_BATCH = 65536 };

gov_status gov_need_options_read(const gov_need_options *options, gov_need_options *out, gov_error *err)
{
    gov_need_options o = GOV_NEED_OPTIONS_INIT;
    if (options != NULL) {
        if (options->struct_size != sizeof(o))
            return gov_fail(err, GOV_E_ARGUMENT, "options.struct_size is not that of GOV_NEED_OPTIONS_INIT");
        o = *options;
    }
    if (o.threads < 0 || o.batch_rows < 0 || o.batch_rows > LARGEST_BATCH)
        return gov_fail(err, GOV_E_ARGUMENT,
                        "threads and batch_rows must not be negative, batch_rows at most %d", LARGEST_BATCH);
    if (o.batch_rows == 0)
        o.batch_rows = USUAL_BATCH;
    o.batch_rows = (o.batch_rows + 63) / 64 * 64; /* threads write bits of their own bytes only */
    *out = o;
    return GOV_OK;
}

/* --- Columns ------------------------------------------------------------------------------------------- */

static int fits(const gov_need_input *input, gov_type type)
{
    int is_integer = type >= GOV_TYPE_INT8 && type <= GOV_TYPE_UINT64;
    int is_float = type == GOV_TYPE_FLOAT32 || type == GOV_TYPE_FLOAT64;
    switch (input->kind) {
    case GOV_NEED_FLOAT:
        return is_integer || is_float;
    case GOV_NEED_INT:
        return is_integer;
    case GOV_NEED_BOOL:
        return is_integer || type == GOV_TYPE_BOOL;
    case GOV_NEED_DATE:
        return type == GOV_TYPE_DATE;
    default:
        return is_integer || type == GOV_TYPE_UTF8;
    }
}

static gov_status bind_input(const gov_need_input *input, const gov_table *table, gov_column_view *view,
                             gov_error *err)
{
    static const char *const kinds[] = {"a number", "a whole number", "true or false (or 0 and 1)", "a date",
                                        "a code (whole number or text)"};
    *view = (gov_column_view)GOV_COLUMN_VIEW_INIT;
    if (input->optional && gov_table_find(table, input->column, &(int64_t){0}, NULL) != GOV_OK)
        return GOV_OK;
    GOV_TRY(gov_table_need(table, input->column, view, err));
    if (view->type != GOV_TYPE_NULL && !fits(input, view->type))
        return gov_fail_at(err, GOV_E_TYPE, GOV_AT_NAME(input->column),
                           "the column is of type %s, the model needs %s", gov_type_name(view->type),
                           kinds[input->kind]);
    return GOV_OK;
}

static gov_status bind_inputs(gov_need_env *env, const gov_table *households, const gov_table *members,
                              gov_error *err)
{
    const gov_need_model *m = env->model;
    if (m->member_key != NULL && members == NULL)
        return gov_fail_at(err, GOV_E_MISSING, GOV_AT_NAME("members"),
                           "the model '%s' needs a table of members (members)", m->id);
    for (int64_t i = 0; i < m->input_count; i++)
        GOV_TRY(bind_input(&m->inputs[i], m->inputs[i].member ? members : households, &env->views[i], err));
    return GOV_OK;
}

/* --- Parameters and the day ---------------------------------------------------------------------------- */

static gov_status give_param(gov_need_env *env, const char *text, int64_t size, gov_error *err)
{
    const char *equals = memchr(text, '=', (size_t)size);
    int64_t name = equals == NULL ? size : equals - text;
    for (int64_t i = 0; equals != NULL && i < env->model->param_count; i++) {
        const char *id = env->model->params[i].id;
        if ((int64_t)strlen(id) != name || memcmp(id, text, (size_t)name) != 0)
            continue;
        if (!gov_parse_double(equals + 1, size - name - 1, &env->given[i]))
            return gov_fail_at(err, GOV_E_FORMAT, GOV_AT_NAME(id), "params: a number must follow '%s='", id);
        return GOV_OK;
    }
    gov_place place = {.name = text, .name_size = name, .row = -1};
    return gov_fail_at(err, equals == NULL ? GOV_E_FORMAT : GOV_E_UNKNOWN_NAME, &place,
                       "params: '%.*s' is not a parameter of the model with a value, such as B=1510",
                       (int)name, text);
}

static gov_status give_params(gov_need_env *env, const char *params, gov_error *err)
{
    while (params != NULL && *params != '\0') {
        int64_t size = (int64_t)strcspn(params, ",");
        GOV_TRY(give_param(env, params, size, err));
        params += size + (params[size] == ',');
    }
    return GOV_OK;
}

double gov_need_env_param(const gov_need_env *env, int64_t which, int32_t day)
{
    const gov_need_param *param = &env->model->params[which];
    if (!isnan(env->given[which]))
        return env->given[which];
    for (int64_t i = 0; i < param->count; i++) {
        if (param->values[i].from <= day && day <= param->values[i].to)
            return param->values[i].value;
    }
    return NAN;
}

int gov_need_env_by_day(const gov_need_env *env, int64_t param)
{
    return isnan(env->given[param]) && gov_need_param_by_day(&env->model->params[param]);
}

/* Whether a node needs to know the day. */
static int needs_day(const gov_need_env *env, const gov_need_node *node)
{
    return node->op == GOV_NEED_OP_AS_OF ||
           (node->op == GOV_NEED_OP_PARAM && gov_need_env_by_day(env, node->a));
}

/* The parameters that have one value for all rows. */
static gov_status set_params(gov_need_env *env, gov_error *err)
{
    char text[11] = "";
    gov_date_format(env->day, text, sizeof(text));
    for (int64_t i = 0; i < env->model->nodes.count; i++) {
        const gov_need_node *node = &env->model->nodes.list[i];
        if (node->op != GOV_NEED_OP_PARAM || (!env->has_day && needs_day(env, node)))
            continue;
        double value = gov_need_env_param(env, node->a, env->day);
        if (isnan(value))
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_NAME(env->model->params[node->a].id),
                               "the parameter has no value on %s; give one (params)", text);
        env->params[node->a] = value;
    }
    return GOV_OK;
}

static gov_status set_day(gov_need_env *env, const char *as_of, gov_error *err)
{
    const gov_need_model *m = env->model;
    int needed = 0;
    for (int64_t i = 0; i < m->nodes.count; i++)
        needed |= needs_day(env, &m->nodes.list[i]);
    if (as_of != NULL) {
        GOV_TRY(gov_date_parse(as_of, -1, &env->day, err));
        if (env->day < m->first_day || env->day > m->last_day)
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_NAME("as_of"), "the model '%s' is not in force on %s",
                               m->id, as_of);
    } else if (needed) {
        if (m->as_of >= 0 && env->views[m->as_of].type != GOV_TYPE_NULL)
            return set_params(env, err);
        return gov_fail_at(err, GOV_E_MISSING, GOV_AT_NAME("as_of"),
                           "the model '%s' depends on the day: say which (as_of)", m->id);
    }
    env->has_day = 1;
    return set_params(env, err);
}

/* --- Life ---------------------------------------------------------------------------------------------- */

/* The lists of the environment, cut from one block. */
static gov_status make_lists(gov_need_env *env, gov_error *err)
{
    const gov_need_model *m = env->model;
    int64_t views = m->input_count * (int64_t)sizeof(*env->views);
    int64_t aggregates = m->nodes.count * (int64_t)sizeof(*env->aggregates);
    int64_t params = (m->param_count + 1) * (int64_t)sizeof(double);
    char *block = gov_alloc_zero(views + aggregates + 2 * params, 1);
    if (block == NULL)
        return gov_fail_memory(err);
    env->memory = block;
    env->views = (void *)block;
    env->aggregates = (void *)(block + views);
    env->params = (void *)(block + views + aggregates);
    env->given = (void *)(block + views + aggregates + params);
    for (int64_t i = 0; i < m->param_count; i++)
        env->given[i] = NAN;
    return GOV_OK;
}

static gov_status open_env(gov_need_env *env, const gov_table *households, const gov_need_options *options,
                           gov_error *err)
{
    gov_need_options o;
    GOV_TRY(gov_need_options_read(options, &o, err));
    env->batch = o.batch_rows;
    env->nan_is_missing = o.nan_is_missing;
    GOV_TRY(gov_need_weights_of(env->model, o.preset, &env->weights, err));
    GOV_TRY(make_lists(env, err));
    GOV_TRY(bind_inputs(env, households, o.members, err));
    GOV_TRY(give_params(env, o.params, err));
    GOV_TRY(set_day(env, o.as_of, err));
    return gov_need_members(env, households, &o, err);
}

gov_status gov_need_env_open(const gov_need_model *model, const gov_table *households,
                             const gov_need_options *options, gov_need_env *out, gov_error *err)
{
    gov_need_env env = {.model = model, .rows = gov_table_rows(households)};
    gov_status status = open_env(&env, households, options, err);
    if (status == GOV_OK)
        *out = env;
    else
        gov_need_env_close(&env);
    return status;
}

void gov_need_env_close(gov_need_env *env)
{
    for (int64_t i = 0; env->aggregates != NULL && i < env->model->nodes.count; i++) {
        gov_free(env->aggregates[i].values);
        gov_free(env->aggregates[i].known);
    }
    gov_free(env->member_days.values);
    gov_free(env->member_days.known);
    gov_free(env->memory);
    *env = (gov_need_env){0};
}
