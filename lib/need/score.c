/* score.c - scoring a table: batches in parallel, each thread with a scorer of its own, into one frame. */
#include "need/score.h"

#include "base/parallel.h"
#include "need/clones.h"
#include "table/frame.h"

#include <stdio.h>
#include <string.h>

typedef struct output {
    const gov_need_env *env;
    gov_need_scorer *scorers; /* one a thread */
    int64_t *score_num;
    double *score;
    double *score_high;
    double *coverage;
    uint32_t *masks[4]; /* deprived, partly, missing, not applicable */
    uint32_t *services;
    double **dimensions;
    uint8_t *valid[3]; /* of score_num, score, score_high; NULL if the model never refuses */
    int8_t *tier;
    int8_t *tier_high;
    uint8_t *status;
} output;

GOV_NEED_CLONES static void divide(const int64_t *restrict num, double den, double *restrict out, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        out[i] = (double)num[i] / den;
}

static void clear_refused(const output *o, const gov_need_rows *r, int64_t first, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        if (r->status[i] != GOV_NEED_REFUSED)
            continue;
        for (int k = 0; k < 3; k++)
            gov_bit_clear(o->valid[k], first + i);
        o->score_num[first + i] = 0;
        o->score[first + i] = o->score_high[first + i] = 0;
        for (int64_t d = 0; d < o->env->model->dimension_count; d++)
            o->dimensions[d][first + i] = 0;
    }
}

/* Lets the scorer write into the result's columns from row `first` on. */
static void aim(output *o, gov_need_rows *rows, int64_t first)
{
    rows->low = o->score_num + first;
    rows->deprived = o->masks[0] + first;
    rows->partly = o->masks[1] + first;
    rows->missing = o->masks[2] + first;
    rows->absent = o->masks[3] + first;
    rows->services = o->services + first;
    rows->tier = o->tier + first;
    rows->tier_high = o->tier_high + first;
    rows->status = o->status + first;
    for (int64_t d = 0; d < o->env->model->dimension_count; d++)
        rows->dimensions[d] = o->dimensions[d] + first;
}

static gov_status score_batch(void *context, int worker, int64_t first, int64_t last, gov_error *err)
{
    output *o = context;
    gov_need_scorer *s = &o->scorers[worker];
    const gov_need_rows *r = &s->rows;
    double den = (double)o->env->weights->denominator;
    int64_t n = last - first;
    aim(o, &s->rows, first);
    GOV_TRY(gov_need_scorer_run(s, first, n, err));
    divide(r->low, den, o->score + first, n);
    divide(r->high, den, o->score_high + first, n);
    divide(r->known, den, o->coverage + first, n);
    if (o->valid[0] != NULL)
        clear_refused(o, r, first, n);
    return GOV_OK;
}

/* --- The frame -------------------------------------------------------------------------------------------- */

static gov_status pass_ids(gov_frame *f, const gov_need_model *m, const gov_table *households, gov_error *err)
{
    for (int64_t i = 0; i < m->id_count; i++) {
        int64_t column = 0;
        if (gov_table_find(households, m->ids[i], &column, NULL) == GOV_OK)
            GOV_TRY(gov_frame_pass(f, households, column, NULL, err));
    }
    return GOV_OK;
}

static int may_refuse(const gov_need_env *env)
{
    int any = 0;
    for (int64_t j = 0; j < env->model->indicator_count; j++)
        any |= env->weights->indicators[j] > 0 && env->model->indicators[j].on_missing == GOV_NEED_REFUSE;
    return any;
}

static gov_status add_numbers(gov_frame *f, output *o, gov_error *err)
{
    void *block = NULL;
    uint8_t **valid[3] = {NULL, NULL, NULL};
    for (int k = 0; k < 3 && may_refuse(o->env); k++)
        valid[k] = &o->valid[k];
    GOV_TRY(gov_frame_add(f, "score_num", GOV_TYPE_INT64, &block, valid[0], err));
    o->score_num = block;
    GOV_TRY(gov_frame_add(f, "score", GOV_TYPE_FLOAT64, &block, valid[1], err));
    o->score = block;
    GOV_TRY(gov_frame_add(f, "score_high", GOV_TYPE_FLOAT64, &block, valid[2], err));
    o->score_high = block;
    return gov_frame_doubles(f, "coverage", &o->coverage, err);
}

static gov_status add_masks(gov_frame *f, output *o, gov_error *err)
{
    static const char *const names[] = {"deprived_mask", "partly_mask", "missing_mask", "na_mask"};
    void *block = NULL;
    for (int k = 0; k < 4; k++) {
        GOV_TRY(gov_frame_add(f, names[k], GOV_TYPE_UINT32, &block, NULL, err));
        o->masks[k] = block;
    }
    return GOV_OK;
}

static gov_status add_dimensions(gov_frame *f, output *o, gov_error *err)
{
    const gov_need_model *m = o->env->model;
    char name[80];
    void *block = NULL;
    for (int64_t d = 0; d < m->dimension_count; d++) {
        snprintf(name, sizeof(name), "dim_%s", m->dimensions[d].id);
        GOV_TRY(gov_frame_doubles(f, name, &o->dimensions[d], err));
    }
    GOV_TRY(gov_frame_add(f, "service_mask", GOV_TYPE_UINT32, &block, NULL, err));
    o->services = block;
    return GOV_OK;
}

/* Codes of tiers and status: their labels, or (codes = 1) themselves. A refused row has no tier. */
static gov_status add_codes(gov_frame *f, const char *name, const int8_t *codes, const char *const *labels,
                            int64_t count, int as_codes, int may_be_missing, gov_error *err)
{
    if (!as_codes)
        return gov_frame_labels(f, name, codes, labels, count, err);
    void *block = NULL;
    uint8_t *valid = NULL;
    if (!may_be_missing) {
        GOV_TRY(gov_frame_add(f, name, GOV_TYPE_UINT8, &block, NULL, err));
        if (f->rows > 0)
            memcpy(block, codes, (size_t)f->rows);
        return GOV_OK;
    }
    GOV_TRY(gov_frame_add(f, name, GOV_TYPE_UINT8, &block, &valid, err));
    uint8_t *values = block;
    for (int64_t i = 0; i < f->rows; i++) {
        values[i] = codes[i] < 0 ? 0 : (uint8_t)codes[i];
        if (codes[i] < 0)
            gov_bit_clear(valid, i);
    }
    gov_column_count_nulls(f->fields[f->count - 1].column);
    return GOV_OK;
}

/* Moves the last columns of the frame (tier, tier_high, status, which are known only after scoring) to where
 * the header promises them: before the masks. */
static void move_codes(gov_frame *f, int64_t to)
{
    gov_named_column codes[3];
    memcpy(codes, f->fields + f->count - 3, sizeof(codes));
    memmove(f->fields + to + 3, f->fields + to, (size_t)(f->count - 3 - to) * sizeof(gov_named_column));
    memcpy(f->fields + to, codes, sizeof(codes));
}

static gov_status close_frame(gov_frame *f, const output *o, int64_t codes_at, int as_codes, gov_table **out,
                              gov_error *err)
{
    static const char *const statuses[] = {"scored", "bounded", "refused"};
    const char *tiers[GOV_NEED_MOST_TIERS + 1];
    const gov_need_model *m = o->env->model;
    int missing = o->valid[0] != NULL;
    for (int64_t t = 0; t <= m->tier_count; t++)
        tiers[t] = gov_need_tier_id(m, t);
    GOV_TRY(add_codes(f, "tier", o->tier, tiers, m->tier_count + 1, as_codes, missing, err));
    GOV_TRY(add_codes(f, "tier_high", o->tier_high, tiers, m->tier_count + 1, as_codes, missing, err));
    GOV_TRY(add_codes(f, "status", (const int8_t *)o->status, statuses, 3, as_codes, 0, err));
    move_codes(f, codes_at);
    for (int64_t i = 0; i < f->count && o->valid[0] != NULL; i++) {
        if (f->fields[i].column->own_validity != NULL)
            gov_column_count_nulls(f->fields[i].column);
    }
    return gov_frame_finish(f, out, err);
}

/* --- The call --------------------------------------------------------------------------------------------- */

static gov_status open_scorers(output *o, int threads, int depth, int *opened, gov_error *err)
{
    o->scorers = gov_alloc_zero(threads, sizeof(*o->scorers));
    if (o->scorers == NULL)
        return gov_fail_memory(err);
    for (int i = 0; i < threads; i++) {
        GOV_TRY(gov_need_scorer_open(o->env, depth, 0, &o->scorers[i], err));
        ++*opened;
    }
    return GOV_OK;
}

static gov_status make_codes(output *o, int64_t rows, gov_error *err)
{
    o->tier = gov_alloc(rows, 1);
    o->tier_high = gov_alloc(rows, 1);
    o->status = gov_alloc(rows, 1);
    o->dimensions = gov_alloc(o->env->model->dimension_count, sizeof(double *));
    if (o->tier == NULL || o->tier_high == NULL || o->status == NULL || o->dimensions == NULL)
        return gov_fail_memory(err);
    return GOV_OK;
}

static gov_status score_all(output *o, const gov_table *households, const gov_need_options *options,
                            gov_table **out, gov_error *err)
{
    gov_frame f = GOV_FRAME_INIT(o->env->rows);
    gov_status status = GOV_OK;
    int opened = 0;
    int64_t batches = o->env->rows / o->env->batch + 1;
    int threads = options->threads < 1 ? 1 : options->threads < batches ? options->threads : (int)batches;
    GOV_TRY_OUT(make_codes(o, o->env->rows, err));
    GOV_TRY_OUT(pass_ids(&f, o->env->model, households, err));
    GOV_TRY_OUT(add_numbers(&f, o, err));
    int64_t codes_at = f.count;
    GOV_TRY_OUT(add_masks(&f, o, err));
    GOV_TRY_OUT(add_dimensions(&f, o, err));
    GOV_TRY_OUT(open_scorers(o, threads, options->depth, &opened, err));
    GOV_TRY_OUT(gov_parallel(threads, o->env->rows, o->env->batch, score_batch, o, options->run, err));
    status = close_frame(&f, o, codes_at, options->codes, out, err);
out:
    for (int i = 0; i < opened; i++)
        gov_need_scorer_close(&o->scorers[i]);
    gov_free(o->scorers);
    gov_free(o->tier);
    gov_free(o->tier_high);
    gov_free(o->status);
    gov_free(o->dimensions);
    gov_frame_clear(&f);
    return status;
}

gov_status gov_need_score(const gov_need_model *model, const gov_table *households,
                          const gov_need_options *options, gov_table **out, gov_error *err)
{
    gov_need_env env;
    gov_need_options o;
    if (model == NULL || households == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "model, households and out must be given");
    GOV_TRY(gov_need_options_read(options, &o, err));
    GOV_TRY(gov_need_env_open(model, households, &o, &env, err));
    output result = {.env = &env};
    gov_status status = score_all(&result, households, &o, out, err);
    gov_need_env_close(&env);
    return status;
}
