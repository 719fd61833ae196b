/* members.c - a hash join of members to households, then one pass over the members in their order.
 *
 * The pass is in row order in one thread, so that a sum of doubles is the same whatever the threads; the rules
 * inside the aggregates run in batches like all others. */
#include "need/members.h"

#include "base/run.h"
#include "need/eval.h"

#include <math.h>
#include <string.h>

typedef struct join {
    gov_column_view homes;
    gov_column_view members;
    int64_t *slots; /* open addressing: a household's row + 1, 0 = free */
    uint64_t mask;
    int64_t *home; /* the household's row of each member, -1: none */
} join;

static int is_text(const gov_column_view *view)
{
    return view->type == GOV_TYPE_UTF8;
}

/* One key as bytes: of the text, or of the number. */
static const void *key_bytes(const gov_column_view *view, int64_t row, int64_t *number, int64_t *size)
{
    if (is_text(view))
        return gov_view_text(view, row, size);
    uint8_t valid;
    *size = (int64_t)sizeof(*number);
    return gov_column_int64s(view, row, 1, number, &valid, NULL) == GOV_OK && valid ? number : NULL;
}

/* The slot of a key: where it is, or where it would be. */
static int64_t *find_slot(join *j, const void *key, int64_t size)
{
    uint64_t at = gov_hash64(key, size, 0);
    for (;; at++) {
        int64_t *slot = &j->slots[at & j->mask];
        int64_t number = 0;
        int64_t other_size = 0;
        if (*slot == 0)
            return slot;
        const void *other = key_bytes(&j->homes, *slot - 1, &number, &other_size);
        if (other_size == size && memcmp(other, key, (size_t)size) == 0)
            return slot;
    }
}

static gov_status add_homes(join *j, const char *name, gov_error *err)
{
    uint64_t slots = 16;
    while (slots < 2 * (uint64_t)j->homes.length)
        slots *= 2;
    j->mask = slots - 1;
    j->slots = gov_alloc_zero((int64_t)slots, sizeof(*j->slots));
    if (j->slots == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < j->homes.length; i++) {
        int64_t number = 0;
        int64_t size = 0;
        const void *key = key_bytes(&j->homes, i, &number, &size);
        if (key == NULL)
            return gov_fail_at(err, GOV_E_MISSING, GOV_AT_ROW(i, name), "the household has no key");
        int64_t *slot = find_slot(j, key, size);
        if (*slot != 0)
            return gov_fail_at(err, GOV_E_DUPLICATE, GOV_AT_ROW(i, name),
                               "the household's key is that of row %lld too", (long long)(*slot - 1));
        *slot = i + 1;
    }
    return GOV_OK;
}

static gov_status find_homes(join *j, gov_error *err)
{
    j->home = gov_alloc(j->members.length, sizeof(*j->home));
    if (j->home == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < j->members.length; i++) {
        int64_t number = 0;
        int64_t size = 0;
        const void *key = key_bytes(&j->members, i, &number, &size);
        j->home[i] = key == NULL ? -1 : *find_slot(j, key, size) - 1;
    }
    return GOV_OK;
}

static int can_be_key(gov_type type)
{
    return (type >= GOV_TYPE_INT8 && type <= GOV_TYPE_UINT32) || type == GOV_TYPE_UTF8;
}

static gov_status open_join(join *j, const gov_need_env *env, const gov_table *households,
                            const gov_table *members, gov_error *err)
{
    const char *name = env->model->member_key;
    GOV_TRY(gov_table_need(households, name, &j->homes, err));
    GOV_TRY(gov_table_need(members, name, &j->members, err));
    if (!can_be_key(j->homes.type) || !can_be_key(j->members.type) ||
        is_text(&j->homes) != is_text(&j->members))
        return gov_fail_at(err, GOV_E_TYPE, GOV_AT_NAME(name),
                           "the key must be whole numbers in both tables or text in both, here are %s and %s",
                           gov_type_name(j->homes.type), gov_type_name(j->members.type));
    GOV_TRY(add_homes(j, name, err));
    return find_homes(j, err);
}

/* --- Reduction ----------------------------------------------------------------------------------------- */

static gov_status new_column(int64_t rows, double start, gov_need_column *column, gov_error *err)
{
    column->values = gov_alloc(rows, sizeof(double));
    column->known = gov_alloc(rows, 1);
    if (column->values == NULL || column->known == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < rows; i++)
        column->values[i] = start;
    memset(column->known, 1, (size_t)rows);
    return GOV_OK;
}

/* NAN stands for "no member yet" in min and max. */
static double start_of(int op)
{
    return op == GOV_NEED_OP_ALL ? 1 : op == GOV_NEED_OP_LEAST || op == GOV_NEED_OP_GREATEST ? NAN : 0;
}

static double reduced(int op, double so_far, double value)
{
    switch (op) {
    case GOV_NEED_OP_ANY:
    case GOV_NEED_OP_GREATEST:
        return so_far >= value ? so_far : value;
    case GOV_NEED_OP_ALL:
    case GOV_NEED_OP_LEAST:
        return so_far <= value ? so_far : value;
    default:
        return so_far + value;
    }
}

static void reduce(int op, const gov_need_vector *x, int of_bits, const int64_t *home, int64_t count,
                   gov_need_column *out)
{
    for (int64_t i = 0; i < count; i++) {
        int64_t h = home[i];
        if (h < 0)
            continue;
        if (x->known[i])
            out->values[h] = reduced(op, out->values[h], of_bits ? x->bits[i] : x->numbers[i]);
        else
            out->known[h] = 0;
    }
}

/* A true decides `any` and a false decides `all`, whatever is missing; a number must be there and finite. */
static void close_column(int op, gov_need_column *column, int64_t rows)
{
    for (int64_t i = 0; i < rows; i++) {
        double v = column->values[i];
        if (op == GOV_NEED_OP_ANY)
            column->known[i] |= v > 0;
        else if (op == GOV_NEED_OP_ALL)
            column->known[i] |= v < 1;
        else if (!isfinite(v))
            column->known[i] = 0;
        if (!column->known[i])
            column->values[i] = 0;
    }
}

static gov_status member_days(gov_need_env *env, const int64_t *home, gov_error *err)
{
    gov_need_column days = {NULL, NULL};
    gov_status status = new_column(env->rows, 0, &days, err);
    if (status == GOV_OK)
        status = gov_need_env_load(env, env->model->as_of, 0, env->rows, days.values, days.known, err);
    if (status == GOV_OK)
        status = new_column(env->member_rows, 0, &env->member_days, err);
    for (int64_t i = 0; status == GOV_OK && i < env->member_rows; i++) {
        env->member_days.known[i] = home[i] >= 0 && days.known[home[i]];
        env->member_days.values[i] = home[i] >= 0 ? days.values[home[i]] : 0;
    }
    gov_free(days.values);
    gov_free(days.known);
    return status;
}

static gov_status run_batches(gov_need_env *env, gov_need_worker *w, const int64_t *home, gov_run *run,
                              gov_error *err)
{
    const gov_need_nodes *nodes = &env->model->nodes;
    for (int64_t first = 0; first < env->member_rows; first += env->batch) {
        int64_t left = env->member_rows - first;
        int64_t count = left < env->batch ? left : env->batch;
        GOV_TRY(gov_run_poll(run, first, env->member_rows, err));
        GOV_TRY(gov_need_worker_run(w, first, count, err));
        for (int64_t i = 0; i < nodes->count; i++) {
            const gov_need_node *node = &nodes->list[i];
            if (gov_need_op_is_aggregate(node->op))
                reduce(node->op, &w->nodes[node->a], nodes->list[node->a].type == GOV_NEED_T_BOOL,
                       home + first, count, &env->aggregates[i]);
        }
    }
    return GOV_OK;
}

static gov_status aggregate(gov_need_env *env, const int32_t *roots, int64_t count, const int64_t *home,
                            gov_run *run, gov_error *err)
{
    const gov_need_nodes *nodes = &env->model->nodes;
    gov_need_worker w;
    GOV_TRY(gov_need_worker_open(env, roots, count, 1, 0, &w, err));
    gov_status status = run_batches(env, &w, home, run, err);
    gov_need_worker_close(&w);
    for (int64_t i = 0; status == GOV_OK && i < nodes->count; i++) {
        if (gov_need_op_is_aggregate(nodes->list[i].op))
            close_column(nodes->list[i].op, &env->aggregates[i], env->rows);
    }
    return status;
}

static gov_status compute(gov_need_env *env, join *j, const gov_table *households,
                          const gov_need_options *options, int32_t *roots, gov_error *err)
{
    const gov_need_nodes *nodes = &env->model->nodes;
    int64_t count = 0;
    GOV_TRY(open_join(j, env, households, options->members, err));
    if (!env->has_day)
        GOV_TRY(member_days(env, j->home, err));
    for (int64_t i = 0; i < nodes->count; i++) {
        const gov_need_node *node = &nodes->list[i];
        if (!gov_need_op_is_aggregate(node->op))
            continue;
        roots[count++] = node->a;
        GOV_TRY(new_column(env->rows, start_of(node->op), &env->aggregates[i], err));
    }
    return aggregate(env, roots, count, j->home, options->run, err);
}

gov_status gov_need_members(gov_need_env *env, const gov_table *households, const gov_need_options *options,
                            gov_error *err)
{
    int any = 0;
    for (int64_t i = 0; i < env->model->nodes.count; i++)
        any |= gov_need_op_is_aggregate(env->model->nodes.list[i].op);
    if (!any)
        return GOV_OK;
    env->member_rows = gov_table_rows(options->members);
    int32_t *roots = gov_alloc(env->model->nodes.count, sizeof(*roots));
    if (roots == NULL)
        return gov_fail_memory(err);
    join j = {.homes = GOV_COLUMN_VIEW_INIT, .members = GOV_COLUMN_VIEW_INIT};
    gov_status status = compute(env, &j, households, options, roots, err);
    gov_free(j.slots);
    gov_free(j.home);
    gov_free(roots);
    return status;
}
