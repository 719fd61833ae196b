/* derive.c - the features of all households by the kernels of models: batches of rows, one column a node. */
#include "need/features.h"

#include "base/run.h"
#include "need/env.h"
#include "need/eval.h"
#include "table/frame.h"

#include <math.h>
#include <string.h>

typedef struct target {
    const gov_need_term *term;
    double *numbers;
    int8_t *codes; /* of a code: gov_frame_labels makes the column at the end */
    int32_t *days;
    uint8_t *bits;
    uint8_t *valid;
} target;

typedef struct derivation {
    gov_need_env env;
    gov_need_worker worker;
    gov_frame frame;
    gov_arena arena;
    target *targets;
    int32_t *roots;
    int64_t count;
    gov_run *run;
} derivation;

/* No member is recorded, so nobody knows how many there are: no aggregate has a value. */
static void hide_unpeopled(gov_need_env *env)
{
    const gov_need_nodes *nodes = &env->model->nodes;
    if (env->model->member_key == NULL)
        return;
    const double *heads = env->aggregates[env->model->head_count].values;
    for (int64_t row = 0; row < env->rows; row++) {
        if (heads[row] > 0)
            continue;
        for (int64_t i = 0; i < nodes->count; i++)
            if (gov_need_op_is_aggregate(nodes->list[i].op))
                env->aggregates[i].known[row] = 0;
    }
}

static gov_status add_target(derivation *d, target *t, gov_error *err)
{
    int type = d->env.model->nodes.list[t->term->node].type;
    if (type == GOV_NEED_T_NUMBER)
        return gov_frame_doubles(&d->frame, t->term->id, &t->numbers, err);
    if (type == GOV_NEED_T_BOOL)
        return gov_frame_add(&d->frame, t->term->id, GOV_TYPE_BOOL, (void **)&t->bits, &t->valid, err);
    if (type == GOV_NEED_T_DATE)
        return gov_frame_add(&d->frame, t->term->id, GOV_TYPE_DATE, (void **)&t->days, &t->valid, err);
    t->codes = gov_arena_alloc(&d->arena, d->env.rows, 1);
    return t->codes == NULL ? gov_fail_memory(err) : GOV_OK;
}

/* Numbers, bits and days of a batch into their columns. */
static void store_values(const target *t, const gov_need_vector *v, int64_t first, int64_t count)
{
    for (int64_t i = 0; i < count; i++) {
        int64_t row = first + i;
        if (t->numbers != NULL)
            t->numbers[row] = v->known[i] ? v->numbers[i] : (double)NAN;
        else if (t->codes != NULL)
            t->codes[row] = (int8_t)(v->known[i] ? (int)v->numbers[i] : -1);
        else if (!v->known[i])
            gov_bit_clear(t->valid, row);
        else if (t->days != NULL)
            t->days[row] = (int32_t)v->numbers[i];
        else if (v->bits[i])
            gov_bit_set(t->bits, row);
    }
}

static gov_status run_batches(derivation *d, gov_error *err)
{
    for (int64_t first = 0; first < d->env.rows; first += d->env.batch) {
        int64_t left = d->env.rows - first;
        int64_t count = left < d->env.batch ? left : d->env.batch;
        GOV_TRY(gov_run_poll(d->run, first, d->env.rows, err));
        GOV_TRY(gov_need_worker_run(&d->worker, first, count, err));
        for (int64_t i = 0; i < d->count; i++)
            store_values(&d->targets[i], &d->worker.nodes[d->roots[i]], first, count);
    }
    return GOV_OK;
}

static gov_status add_codes(derivation *d, const target *t, gov_error *err)
{
    const char *labels[GOV_NEED_MOST_CODES];
    const gov_need_model *m = d->env.model;
    const gov_need_input *input = &m->inputs[m->nodes.list[t->term->node].domain];
    for (int64_t i = 0; i < input->code_count; i++)
        labels[i] = input->codes[i].value;
    return gov_frame_labels(&d->frame, t->term->id, t->codes, labels, input->code_count, err);
}

static gov_status choose_targets(derivation *d, gov_error *err)
{
    const gov_need_model *m = d->env.model;
    d->targets = gov_arena_alloc(&d->arena, m->term_count, sizeof(*d->targets));
    d->roots = gov_arena_alloc(&d->arena, m->term_count, sizeof(*d->roots));
    if (d->targets == NULL || d->roots == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < m->term_count; i++) {
        if (m->terms[i].member)
            continue;
        d->targets[d->count].term = &m->terms[i];
        d->roots[d->count] = m->terms[i].node;
        GOV_TRY(add_target(d, &d->targets[d->count], err));
        d->count++;
    }
    return GOV_OK;
}

static gov_status pass_key(derivation *d, const gov_table *households, gov_error *err)
{
    int64_t column;
    const char *key = d->env.model->member_key;
    if (key == NULL)
        return GOV_OK;
    GOV_TRY(gov_table_find(households, key, &column, err));
    return gov_frame_pass(&d->frame, households, column, NULL, err);
}

static gov_status derive(derivation *d, const gov_table *households, gov_table **out, gov_error *err)
{
    hide_unpeopled(&d->env);
    GOV_TRY(pass_key(d, households, err));
    GOV_TRY(choose_targets(d, err));
    GOV_TRY(gov_need_worker_open(&d->env, d->roots, d->count, 0, 0, &d->worker, err));
    gov_status status = run_batches(d, err);
    gov_need_worker_close(&d->worker);
    for (int64_t i = 0; status == GOV_OK && i < d->count; i++)
        if (d->targets[i].codes != NULL)
            status = add_codes(d, &d->targets[i], err);
    return status == GOV_OK ? gov_frame_finish(&d->frame, out, err) : status;
}

gov_status gov_need_features_derive(const gov_need_features *features, const gov_table *households,
                                    const struct gov_need_options *options, gov_table **out, gov_error *err)
{
    gov_need_options o = GOV_NEED_OPTIONS_INIT;
    if (features == NULL || households == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "features, households and out must be given");
    GOV_TRY(gov_need_options_read(options, &o, err));
    o.preset = NULL;
    derivation d = {.frame = GOV_FRAME_INIT(gov_table_rows(households)), .run = o.run};
    GOV_TRY(gov_need_env_open(features->rules, households, &o, &d.env, err));
    gov_status status = derive(&d, households, out, err);
    gov_frame_clear(&d.frame);
    gov_arena_clear(&d.arena);
    gov_need_env_close(&d.env);
    return status;
}
