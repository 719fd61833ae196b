/* eval.c - planning which nodes to compute into which columns, and running the plan.
 *
 * The nodes stand in an order in which arguments come first, so a plan is the list of the needed ones in that
 * order. A column is handed on when the last node that reads it has run: the plan for 22 rules then needs a
 * few columns of doubles, which stay in the cache. */
#include "need/eval.h"

#include "need/kernels.h"
#include "need/within.h"

#include <math.h>
#include <string.h>

static const int32_t *arguments_of(const gov_need_node *node, int32_t list[3])
{
    list[0] = node->a;
    list[1] = node->b;
    list[2] = node->c;
    return list;
}

/* Whether a node has one value for all rows. */
static int is_fixed(const gov_need_env *env, const gov_need_node *node)
{
    return (node->varies & ~(env->has_day ? GOV_NEED_BY_DAY : 0)) == 0;
}

/* Whether a node is an input whose column can be compared as it came in: numbers and dates without values that
 * stand for missing. */
static int is_plain_input(const gov_need_env *env, int32_t n)
{
    const gov_need_node *node = &env->model->nodes.list[n];
    if (node->op != GOV_NEED_OP_INPUT)
        return 0;
    const gov_need_input *input = &env->model->inputs[node->a];
    return input->kind != GOV_NEED_ENUM && input->missing_count == 0 &&
           env->views[node->a].type != GOV_TYPE_NULL;
}

/* Whether a node compares such an input with a number that is the same for all rows. */
static int is_direct(const gov_need_env *env, const gov_need_node *node)
{
    if (node->op != GOV_NEED_OP_LESS && node->op != GOV_NEED_OP_LESS_EQUAL && node->op != GOV_NEED_OP_EQUAL)
        return 0;
    const gov_need_node *list = env->model->nodes.list;
    if (list[node->a].type == GOV_NEED_T_BOOL)
        return 0;
    return (is_plain_input(env, node->a) && is_fixed(env, &list[node->b])) ||
           (is_plain_input(env, node->b) && is_fixed(env, &list[node->a]));
}

/* Marks the nodes that the marked ones need; arguments stand before their readers, so one pass backwards is
 * enough. The argument of an aggregate belongs to the members' plan, and a direct comparison reads its input's
 * column itself. */
static void mark_needed(const gov_need_worker *w, uint8_t *needed)
{
    const gov_need_model *m = w->env->model;
    int32_t list[3];
    for (int64_t i = m->nodes.count - 1; i >= 0; i--) {
        const gov_need_node *node = &m->nodes.list[i];
        if (!needed[i] || gov_need_op_is_aggregate(node->op))
            continue;
        arguments_of(node, list);
        for (int k = 0; k < gov_need_op_arguments(node->op); k++) {
            if (!w->direct[i] || is_fixed(w->env, &m->nodes.list[list[k]]))
                needed[list[k]] = 1;
        }
    }
}

static gov_status new_vector(gov_need_worker *w, int is_bits, gov_need_vector *out, gov_error *err)
{
    int64_t batch = w->env->batch;
    out->known = gov_arena_alloc(&w->arena, batch, 1);
    if (is_bits)
        out->bits = gov_arena_alloc(&w->arena, batch, 1);
    else
        out->numbers = gov_arena_alloc(&w->arena, batch, sizeof(double));
    if (out->known == NULL || (is_bits ? (void *)out->bits : (void *)out->numbers) == NULL)
        return gov_fail_memory(err);
    return GOV_OK;
}

/* Columns that are free again, one stack for bools and one for numbers. */
typedef struct spare {
    gov_need_vector *list[2];
    int64_t count[2];
} spare;

static gov_status take_vector(gov_need_worker *w, spare *s, int is_bits, gov_need_vector *out, gov_error *err)
{
    if (s->count[is_bits] > 0) {
        *out = s->list[is_bits][--s->count[is_bits]];
        return GOV_OK;
    }
    return new_vector(w, is_bits, out, err);
}

static int is_bits(const gov_need_node *node)
{
    return node->type == GOV_NEED_T_BOOL;
}

/* last[i]: the last node of the plan that reads node i. */
static void find_last_readers(const gov_need_worker *w, int64_t *last)
{
    int32_t list[3];
    for (int64_t i = 0; i < w->count; i++) {
        const gov_need_node *node = &w->env->model->nodes.list[w->order[i]];
        arguments_of(node, list);
        for (int k = 0; k < gov_need_op_arguments(node->op) && !gov_need_op_is_aggregate(node->op); k++)
            last[list[k]] = w->order[i];
    }
}

static gov_status place_nodes(gov_need_worker *w, const int64_t *last, const uint8_t *keep, spare *s,
                              gov_error *err)
{
    int32_t list[3];
    for (int64_t i = 0; i < w->count; i++) {
        int32_t n = w->order[i];
        const gov_need_node *node = &w->env->model->nodes.list[n];
        GOV_TRY(take_vector(w, s, is_bits(node), &w->nodes[n], err));
        arguments_of(node, list);
        for (int k = 0; k < gov_need_op_arguments(node->op) && !gov_need_op_is_aggregate(node->op); k++) {
            const gov_need_node *argument = &w->env->model->nodes.list[list[k]];
            int bits = is_bits(argument);
            if (w->nodes[list[k]].known == NULL)
                continue; /* the input of a direct comparison */
            int again = k > 0 && (list[k] == list[0] || (k == 2 && list[k] == list[1]));
            if (last[list[k]] == n && !keep[list[k]] && !is_fixed(w->env, argument) && !again)
                s->list[bits][s->count[bits]++] = w->nodes[list[k]];
        }
    }
    return GOV_OK;
}

/* --- Running ------------------------------------------------------------------------------------------- */

static void to_bits(const double *numbers, const uint8_t *known, uint8_t *bits, int64_t count)
{
    for (int64_t i = 0; i < count; i++)
        bits[i] = (uint8_t)(known[i] & (numbers[i] > 0));
}

/* A comparison of an input's own column. Where a value is out of the input's range (or NaN) the slow way says
 * which, or takes it as missing. */
static gov_status run_direct(gov_need_worker *w, const gov_need_node *node, gov_need_vector *out,
                             int64_t first, int64_t count, gov_error *err)
{
    const gov_need_env *env = w->env;
    int input_first = is_plain_input(env, node->a);
    const gov_need_node *input = &env->model->nodes.list[input_first ? node->a : node->b];
    const gov_need_vector *fixed = &w->nodes[input_first ? node->b : node->a];
    const gov_need_range allowed = {env->model->inputs[input->a].low, env->model->inputs[input->a].high};
    gov_need_range wanted = gov_need_exactly(fixed->numbers[0]);
    if (node->op != GOV_NEED_OP_EQUAL)
        wanted = (input_first ? gov_need_below : gov_need_above)(fixed->numbers[0],
                                                                 node->op == GOV_NEED_OP_LESS_EQUAL);
    if (!gov_need_within(&env->views[input->a], first, count, wanted, allowed, out->bits, out->known)) {
        GOV_TRY(gov_need_env_load(env, input->a, first, count, w->scratch, out->known, err));
        for (int64_t i = 0; i < count; i++)
            out->bits[i] =
                (uint8_t)(out->known[i] & (w->scratch[i] >= wanted.low) & (w->scratch[i] <= wanted.high));
    }
    if (!fixed->known[0]) {
        memset(out->known, 0, (size_t)count);
        memset(out->bits, 0, (size_t)count);
    }
    return GOV_OK;
}

/* Inputs and computed columns arrive as doubles; a bool goes through `scratch` if it must. */
static gov_status load_input(gov_need_worker *w, const gov_need_node *node, gov_need_vector *out,
                             double *scratch, int64_t first, int64_t count, gov_error *err)
{
    double *numbers = is_bits(node) ? scratch : out->numbers;
    const gov_need_range yes = {1, 1};
    const gov_need_range allowed = {0, 1};
    if (is_bits(node) && w->env->model->inputs[node->a].missing_count == 0 &&
        w->env->views[node->a].type != GOV_TYPE_NULL &&
        gov_need_within(&w->env->views[node->a], first, count, yes, allowed, out->bits, out->known))
        return GOV_OK;
    GOV_TRY(gov_need_env_load(w->env, node->a, first, count, numbers, out->known, err));
    if (is_bits(node))
        to_bits(numbers, out->known, out->bits, count);
    return GOV_OK;
}

static void load_column(const gov_need_column *column, const gov_need_node *node, gov_need_vector *out,
                        int64_t first, int64_t count)
{
    memcpy(out->known, column->known + first, (size_t)count);
    if (is_bits(node))
        to_bits(column->values + first, out->known, out->bits, count);
    else
        memcpy(out->numbers, column->values + first, (size_t)count * sizeof(double));
}

/* The day of each row. */
static gov_status load_days(const gov_need_worker *w, gov_need_vector *out, int64_t first, int64_t count,
                            gov_error *err)
{
    const gov_need_env *env = w->env;
    if (w->over_members) {
        memcpy(out->numbers, env->member_days.values + first, (size_t)count * sizeof(double));
        memcpy(out->known, env->member_days.known + first, (size_t)count);
        return GOV_OK;
    }
    return gov_need_env_load(env, env->model->as_of, first, count, out->numbers, out->known, err);
}

/* A parameter by the row's own day; without a value on it, it is missing. */
static gov_status load_params(const gov_need_worker *w, int64_t param, gov_need_vector *out, int64_t first,
                              int64_t count, gov_error *err)
{
    GOV_TRY(load_days(w, out, first, count, err));
    for (int64_t i = 0; i < count; i++) {
        double value = out->known[i] ? gov_need_env_param(w->env, param, (int32_t)out->numbers[i]) : NAN;
        out->known[i] = (uint8_t)!isnan(value);
        out->numbers[i] = isnan(value) ? 0 : value;
    }
    return GOV_OK;
}

static void fill(gov_need_vector *out, const gov_need_node *node, double value, int64_t count)
{
    memset(out->known, 1, (size_t)count);
    for (int64_t i = 0; i < count; i++) {
        if (is_bits(node))
            out->bits[i] = value > 0;
        else
            out->numbers[i] = value;
    }
}

static gov_status run_node(gov_need_worker *w, int32_t n, int64_t first, int64_t count, gov_error *err)
{
    const gov_need_env *env = w->env;
    const gov_need_node *node = &env->model->nodes.list[n];
    gov_need_vector *out = &w->nodes[n];
    if (w->direct[n])
        return run_direct(w, node, out, first, count, err);
    switch (node->op) {
    case GOV_NEED_OP_CONSTANT:
        fill(out, node, node->value, count);
        return GOV_OK;
    case GOV_NEED_OP_INPUT:
        return load_input(w, node, out, w->scratch, first, count, err);
    case GOV_NEED_OP_PARAM:
        if (!env->has_day && gov_need_env_by_day(env, node->a))
            return load_params(w, node->a, out, first, count, err);
        fill(out, node, env->params[node->a], count);
        return GOV_OK;
    case GOV_NEED_OP_AS_OF:
        if (!env->has_day)
            return load_days(w, out, first, count, err);
        fill(out, node, env->day, count);
        return GOV_OK;
    default:
        break;
    }
    if (gov_need_op_is_aggregate(node->op)) {
        load_column(&env->aggregates[n], node, out, first, count);
        return GOV_OK;
    }
    int32_t a = node->a;
    int32_t b = node->b < 0 ? a : node->b;
    int32_t c = node->c < 0 ? a : node->c;
    gov_need_kernel(node->op, is_bits(&env->model->nodes.list[node->op == GOV_NEED_OP_IF ? b : a]),
                    &w->nodes[a], &w->nodes[b], &w->nodes[c], out, count);
    return GOV_OK;
}

/* Nodes with one value for all rows are computed once, for a whole batch of rows. */
static gov_status run_fixed(gov_need_worker *w, const uint8_t *needed, gov_error *err)
{
    const gov_need_nodes *nodes = &w->env->model->nodes;
    for (int64_t i = 0; i < nodes->count; i++) {
        if (!needed[i] || !is_fixed(w->env, &nodes->list[i]))
            continue;
        GOV_TRY(new_vector(w, is_bits(&nodes->list[i]), &w->nodes[i], err));
        GOV_TRY(run_node(w, (int32_t)i, 0, w->env->batch, err));
    }
    return GOV_OK;
}

static gov_status plan(gov_need_worker *w, const int32_t *roots, int64_t count, int keep_all, gov_error *err)
{
    int64_t nodes = w->env->model->nodes.count;
    uint8_t *needed = gov_arena_alloc(&w->arena, nodes, 1);
    uint8_t *keep = gov_arena_alloc(&w->arena, nodes, 1);
    int64_t *last = gov_arena_alloc(&w->arena, nodes, sizeof(*last));
    spare s = {{gov_arena_alloc(&w->arena, nodes, sizeof(gov_need_vector)),
                gov_arena_alloc(&w->arena, nodes, sizeof(gov_need_vector))},
               {0, 0}};
    w->order = gov_arena_alloc(&w->arena, nodes, sizeof(*w->order));
    w->nodes = gov_arena_alloc(&w->arena, nodes, sizeof(*w->nodes));
    w->direct = gov_arena_alloc(&w->arena, nodes, 1);
    w->scratch = gov_arena_alloc(&w->arena, w->env->batch, sizeof(*w->scratch));
    if (needed == NULL || keep == NULL || last == NULL || s.list[0] == NULL || s.list[1] == NULL ||
        w->order == NULL || w->nodes == NULL || w->direct == NULL || w->scratch == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < count; i++) {
        if (roots[i] >= 0)
            needed[roots[i]] = keep[roots[i]] = 1;
    }
    for (int64_t i = 0; i < nodes && !keep_all; i++)
        w->direct[i] = (uint8_t)is_direct(w->env, &w->env->model->nodes.list[i]);
    mark_needed(w, needed);
    if (keep_all)
        memset(keep, 1, (size_t)nodes);
    for (int64_t i = 0; i < nodes; i++) {
        if (needed[i] && !is_fixed(w->env, &w->env->model->nodes.list[i]))
            w->order[w->count++] = (int32_t)i;
    }
    find_last_readers(w, last);
    GOV_TRY(run_fixed(w, needed, err));
    return place_nodes(w, last, keep, &s, err);
}

gov_status gov_need_worker_open(const gov_need_env *env, const int32_t *roots, int64_t count,
                                int over_members, int keep_all, gov_need_worker *worker, gov_error *err)
{
    gov_need_worker w = {.env = env, .over_members = over_members};
    gov_status status = plan(&w, roots, count, keep_all, err);
    if (status == GOV_OK)
        *worker = w;
    else
        gov_need_worker_close(&w);
    return status;
}

void gov_need_worker_close(gov_need_worker *worker)
{
    gov_arena_clear(&worker->arena);
}

gov_status gov_need_worker_run(gov_need_worker *w, int64_t first, int64_t count, gov_error *err)
{
    for (int64_t i = 0; i < w->count; i++)
        GOV_TRY(run_node(w, w->order[i], first, count, err));
    return GOV_OK;
}
