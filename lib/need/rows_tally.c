/* rows_tally.c - masks by a scorer a thread, counted in a tally of its own. Tallies are of integers, so merging them in
 * any order is exact. */
#include "need/rows_tally.h"

#include "base/parallel.h"

int8_t gov_need_floor_of(const gov_need_scorer *s, int64_t i, int high)
{
    const gov_need_model *m = s->worker.env->model;
    int64_t floor = 0;
    for (int64_t f = 0; f < m->floor_count; f++) {
        const gov_need_vector *when = &s->worker.nodes[m->floors[f].when];
        int holds = when->bits[i] || (high && !when->known[i]);
        floor = holds && m->floors[f].tier > floor ? m->floors[f].tier : floor;
    }
    return (int8_t)floor;
}

gov_status gov_need_weights_find(const gov_table *table, const char *column, gov_column_view *view,
                                 gov_error *err)
{
    *view = (gov_column_view)GOV_COLUMN_VIEW_INIT;
    return column == NULL ? GOV_OK : gov_table_need(table, column, view, err);
}

gov_status gov_need_weights_read(const gov_column_view *view, int64_t first, int64_t count, double *weights,
                                 uint8_t *valid, gov_error *err)
{
    if (view->name == NULL) {
        for (int64_t i = 0; i < count; i++)
            weights[i] = 1;
        return GOV_OK;
    }
    GOV_TRY(gov_column_numbers(view, first, count, weights, valid, err));
    for (int64_t i = 0; i < count; i++) {
        if (!valid[i])
            return gov_fail_at(err, GOV_E_MISSING, GOV_AT_ROW(first + i, view->name),
                               "the weight is missing");
    }
    return GOV_OK;
}

typedef struct counting {
    const gov_need_env *env;
    gov_need_fill fill;
    const void *context;
    gov_column_view weight;
    gov_need_scorer *scorers; /* these lists: one a thread */
    gov_need_tally *tallies;
    double *weights;
    uint8_t *valid;
} counting;

static gov_status count_batch(void *context, int worker, int64_t first, int64_t last, gov_error *err)
{
    counting *c = context;
    gov_need_scorer *s = &c->scorers[worker];
    double *weights = c->weights + worker * c->env->batch;
    GOV_TRY(gov_need_scorer_masks(s, first, last - first, err));
    GOV_TRY(gov_need_weights_read(&c->weight, first, last - first, weights, c->valid + worker * c->env->batch,
                                  err));
    for (int64_t i = 0; i < last - first; i++) {
        gov_need_cell cell;
        GOV_TRY(c->fill(c->context, s, first + i, i, weights[i], &cell, err));
        if (cell.rows > 0)
            GOV_TRY(gov_need_tally_add(&c->tallies[worker], &cell, err));
    }
    return GOV_OK;
}

static gov_status count_rows(counting *c, const gov_need_options *o, gov_need_tally *tally, gov_error *err)
{
    int threads = o->threads < 1 ? 1 : o->threads;
    int opened = 0;
    gov_status status = GOV_OK;
    c->scorers = gov_alloc_zero(threads, sizeof(*c->scorers));
    c->tallies = gov_alloc_zero(threads, sizeof(*c->tallies));
    c->weights = gov_alloc(threads * c->env->batch, sizeof(*c->weights));
    c->valid = gov_alloc(threads * c->env->batch, 1);
    if (c->scorers == NULL || c->tallies == NULL || c->weights == NULL || c->valid == NULL)
        status = gov_fail_memory(err);
    for (; status == GOV_OK && opened < threads; opened += status == GOV_OK)
        status = gov_need_scorer_open(c->env, 0, 0, &c->scorers[opened], err);
    if (status == GOV_OK)
        status = gov_parallel(threads, c->env->rows, c->env->batch, count_batch, c, o->run, err);
    for (int i = 0; i < opened; i++) {
        if (status == GOV_OK)
            status = gov_need_tally_merge(tally, &c->tallies[i], err);
        gov_need_scorer_close(&c->scorers[i]);
        gov_need_tally_clear(&c->tallies[i]);
    }
    gov_free(c->scorers);
    gov_free(c->tallies);
    gov_free(c->weights);
    gov_free(c->valid);
    return status;
}

gov_status gov_need_tally_rows(const gov_need_env *env, const gov_table *households,
                               const gov_need_options *options, const char *weight, gov_need_fill fill,
                               const void *context, gov_need_tally *tally, gov_error *err)
{
    counting c = {.env = env, .fill = fill, .context = context};
    GOV_TRY(gov_need_weights_find(households, weight, &c.weight, err));
    return count_rows(&c, options, tally, err);
}
