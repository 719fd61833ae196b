/* scorer.c - from the states of indicators to integer sums, masks and tiers.
 *
 * For every indicator the rules give two columns of bytes, deprived and known. Everything here is sums of
 * `weight & -byte` and masks of shifted bytes over them; the score is an integer over the denominator and a
 * tier is one comparison of integers with ceil(at × denominator). */
#include "need/score.h"

#include <string.h>

typedef const uint8_t *restrict bytes;

/* --- Loops over one indicator ---------------------------------------------------------------------------- */

static void add_weight(int64_t *restrict sum, bytes on, int64_t weight, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        sum[i] += weight & -(int64_t)on[i];
}

static void add_weight_unknown(int64_t *restrict sum, bytes known, int64_t weight, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        sum[i] += weight & ((int64_t)known[i] - 1);
}

/* What is deprived, or is not known and so might be. */
static void add_weight_unless(int64_t *restrict sum, bytes on, bytes known, int64_t weight, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        sum[i] += weight & -(int64_t)(on[i] | (known[i] ^ 1));
}

static void add_bits(uint32_t *restrict mask, bytes on, uint32_t bits, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        mask[i] |= bits & -(uint32_t)on[i];
}

static void add_unknown(uint32_t *restrict mask, bytes known, uint32_t bits, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        mask[i] |= bits & (known[i] - 1u);
}

/* Known and not so: an indicator that does not apply. */
static void add_false(uint32_t *restrict mask, bytes on, bytes known, uint32_t bits, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        mask[i] |= bits & -(uint32_t)(known[i] ^ on[i]);
}

/* --- States of one indicator ------------------------------------------------------------------------------ */

static void refuse_unknown(uint8_t *restrict status, bytes known, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        status[i] |= (uint8_t)((known[i] ^ 1) * GOV_NEED_REFUSED);
}

/* Adds what an unknown state counts as, besides the known ones. */
static void add_missing(gov_need_scorer *s, const gov_need_indicator *x, int64_t *low, int64_t *high,
                        bytes on, bytes known, int64_t weight, int64_t n)
{
    switch (x->on_missing) {
    case GOV_NEED_NOT_DEPRIVED:
        add_weight(high, on, weight, n);
        break;
    case GOV_NEED_DEPRIVED:
        add_weight_unknown(low, known, weight, n);
        add_weight_unless(high, on, known, weight, n);
        break;
    case GOV_NEED_RENORMALISE:
        add_weight_unknown(s->dropped, known, weight, n);
        add_weight(high, on, weight, n);
        break;
    case GOV_NEED_REFUSE:
        refuse_unknown(s->rows.status, known, n);
        add_weight_unless(high, on, known, weight, n);
        break;
    default:
        add_weight_unless(high, on, known, weight, n);
    }
}

/* The bit of the partly mask: partly, and not (known to be) deprived. */
static void mark_partly(uint32_t *restrict mask, bytes deprived, bytes partly, uint32_t bit, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        mask[i] |= bit & -(uint32_t)(partly[i] & (deprived[i] ^ 1));
}

/* Depth: one half for partly. A row is open where it is known not to be deprived but not whether it is partly
 * so; what an open row counts as follows on_missing, as for the whole. */
static void add_halves(gov_need_scorer *s, int64_t j, int64_t *restrict low, int64_t *restrict high,
                       int64_t n)
{
    const gov_need_indicator *x = &s->worker.env->model->indicators[j];
    const gov_need_vector *d = &s->worker.nodes[x->deprived];
    const gov_need_vector *p = &s->worker.nodes[x->partly];
    int64_t weight = s->worker.env->weights->indicators[j];
    int64_t half = weight / 2;
    int bounds = x->on_missing == GOV_NEED_BOUNDS || x->on_missing == GOV_NEED_REFUSE;
    for (int64_t i = 0; i < n; i++) {
        int not_deprived = d->known[i] & (d->bits[i] ^ 1);
        int open = not_deprived & (p->known[i] ^ 1);
        int partly = p->bits[i] & (d->bits[i] ^ 1);
        int counted = bounds || x->on_missing == GOV_NEED_NOT_DEPRIVED ? partly : partly & not_deprived;
        if (x->on_missing == GOV_NEED_DEPRIVED)
            counted |= open;
        low[i] += counted ? half : 0;
        high[i] += (bounds ? not_deprived & (partly | open) : counted) ? half : 0;
        s->dropped[i] += open && x->on_missing == GOV_NEED_RENORMALISE ? weight : 0;
        s->rows.missing[i] |= (uint32_t)open << j;
        s->rows.known[i] -= open ? weight : 0;
        if (open && x->on_missing == GOV_NEED_REFUSE)
            s->rows.status[i] |= GOV_NEED_REFUSED;
    }
}

static void add_indicator(gov_need_scorer *s, int64_t j, int64_t *low, int64_t *high, int64_t n)
{
    const gov_need_model *m = s->worker.env->model;
    const gov_need_indicator *x = &m->indicators[j];
    const gov_need_vector *v = &s->worker.nodes[x->deprived];
    int64_t weight = s->worker.env->weights->indicators[j];
    uint32_t bit = 1u << j;
    gov_need_rows *r = &s->rows;
    add_weight(low, v->bits, weight, n);
    add_missing(s, x, low, high, v->bits, v->known, weight, n);
    add_weight(r->known, v->known, weight, n);
    add_bits(r->deprived, v->bits, bit, n);
    add_unknown(r->missing, v->known, bit, n);
    if (x->services != 0)
        add_bits(r->services, v->bits, x->services, n);
    if (x->applies >= 0) {
        const gov_need_vector *applies = &s->worker.nodes[x->applies];
        add_false(r->absent, applies->bits, applies->known, bit, n);
    }
    if (x->partly >= 0)
        mark_partly(r->partly, v->bits, s->worker.nodes[x->partly].bits, bit, n);
    if (x->partly >= 0 && s->depth)
        add_halves(s, j, low, high, n);
    if (x->services_partly != 0 && x->partly >= 0) {
        for (int64_t i = 0; i < n; i++)
            r->services[i] |= x->services_partly & -((r->partly[i] >> j) & 1u);
    }
}

/* --- Dimensions and tiers ----------------------------------------------------------------------------------- */

/* Gives the weight of what was dropped to the rest of the dimension. With nothing left the dimension is wholly
 * unknown: 0 to its weight. The denominator was chosen so that the divisions leave no rest. */
static void renormalise(int64_t *restrict low, int64_t *restrict high, const int64_t *restrict dropped,
                        int64_t whole, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        int64_t rest = whole - dropped[i];
        if (dropped[i] == 0)
            continue;
        if (rest == 0) {
            high[i] = whole;
            continue;
        }
        int64_t common = gov_gcd(whole, rest);
        low[i] = low[i] / (rest / common) * (whole / common);
        high[i] = high[i] / (rest / common) * (whole / common);
    }
}

static int renormalises(const gov_need_model *m, const gov_need_dimension *d)
{
    int any = 0;
    for (int64_t j = d->first; j < d->first + d->count; j++)
        any |= m->indicators[j].on_missing == GOV_NEED_RENORMALISE;
    return any;
}

static void add_dimension(gov_need_scorer *s, int64_t which, int64_t n)
{
    const gov_need_env *env = s->worker.env;
    const gov_need_dimension *d = &env->model->dimensions[which];
    int64_t *low = s->rows.dimensions[which];
    int64_t *high = s->dimension_high;
    int loose = renormalises(env->model, d);
    memset(low, 0, (size_t)n * sizeof(*low));
    memset(high, 0, (size_t)n * sizeof(*high));
    if (loose)
        memset(s->dropped, 0, (size_t)n * sizeof(*s->dropped));
    for (int64_t j = d->first; j < d->first + d->count; j++) {
        if (env->weights->indicators[j] > 0)
            add_indicator(s, j, low, high, n);
    }
    if (loose)
        renormalise(low, high, s->dropped, env->weights->dimensions[which], n);
    for (int64_t i = 0; i < n; i++) {
        s->rows.low[i] += low[i];
        s->rows.high[i] += high[i];
    }
}

static void rank(const int64_t *restrict score, int64_t threshold, int8_t *restrict tier, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        tier[i] = (int8_t)(tier[i] + (score[i] >= threshold));
}

/* A floor that holds lifts the tier; one that may hold lifts the high tier. */
static void lift(const gov_need_vector *when, int8_t floor, gov_need_rows *r, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        if (when->bits[i] && r->tier[i] < floor)
            r->tier[i] = floor;
        if ((when->bits[i] | (when->known[i] ^ 1)) && r->tier_high[i] < floor)
            r->tier_high[i] = floor;
    }
}

static void close_rows(gov_need_rows *r, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        int refused = r->status[i] != 0;
        int open = r->low[i] != r->high[i] || r->tier[i] != r->tier_high[i];
        r->status[i] = (uint8_t)(refused ? GOV_NEED_REFUSED : open ? GOV_NEED_BOUNDED : GOV_NEED_SCORED);
        if (refused)
            r->tier[i] = r->tier_high[i] = -1;
    }
}

gov_status gov_need_scorer_run(gov_need_scorer *s, int64_t first, int64_t n, gov_error *err)
{
    const gov_need_model *m = s->worker.env->model;
    gov_need_rows *r = &s->rows;
    GOV_TRY(gov_need_worker_run(&s->worker, first, n, err));
    memset(r->low, 0, (size_t)n * sizeof(*r->low));
    memset(r->high, 0, (size_t)n * sizeof(*r->high));
    memset(r->known, 0, (size_t)n * sizeof(*r->known));
    memset(r->deprived, 0, (size_t)n * sizeof(*r->deprived));
    memset(r->partly, 0, (size_t)n * sizeof(*r->partly));
    memset(r->missing, 0, (size_t)n * sizeof(*r->missing));
    memset(r->absent, 0, (size_t)n * sizeof(*r->absent));
    memset(r->services, 0, (size_t)n * sizeof(*r->services));
    memset(r->tier, 0, (size_t)n);
    memset(r->tier_high, 0, (size_t)n);
    memset(r->status, 0, (size_t)n);
    for (int64_t d = 0; d < m->dimension_count; d++)
        add_dimension(s, d, n);
    for (int64_t t = 0; t < m->tier_count; t++) {
        rank(r->low, s->thresholds[t], r->tier, n);
        rank(r->high, s->thresholds[t], r->tier_high, n);
    }
    for (int64_t f = 0; f < m->floor_count; f++)
        lift(&s->worker.nodes[m->floors[f].when], (int8_t)m->floors[f].tier, r, n);
    close_rows(r, n);
    return GOV_OK;
}

/* --- Life ------------------------------------------------------------------------------------------------- */

static gov_status make_rows(gov_need_scorer *s, gov_error *err)
{
    gov_arena *arena = &s->worker.arena;
    int64_t batch = s->worker.env->batch;
    int64_t dimensions = s->worker.env->model->dimension_count;
    int64_t **wide[] = {&s->rows.low, &s->rows.high, &s->rows.known, &s->dimension_high, &s->dropped};
    uint32_t **masks[] = {&s->rows.deprived, &s->rows.partly, &s->rows.missing, &s->rows.absent,
                          &s->rows.services};
    int failed = 0;
    for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
        failed |= (*wide[i] = gov_arena_alloc(arena, batch, sizeof(int64_t))) == NULL;
    for (size_t i = 0; i < sizeof(masks) / sizeof(masks[0]); i++)
        failed |= (*masks[i] = gov_arena_alloc(arena, batch, sizeof(uint32_t))) == NULL;
    failed |= (s->rows.tier = gov_arena_alloc(arena, batch, 1)) == NULL;
    failed |= (s->rows.tier_high = gov_arena_alloc(arena, batch, 1)) == NULL;
    failed |= (s->rows.status = gov_arena_alloc(arena, batch, 1)) == NULL;
    s->rows.dimensions = gov_arena_alloc(arena, dimensions, sizeof(int64_t *));
    failed |= s->rows.dimensions == NULL;
    for (int64_t d = 0; d < dimensions && !failed; d++)
        failed |= (s->rows.dimensions[d] = gov_arena_alloc(arena, batch, sizeof(int64_t))) == NULL;
    return failed ? gov_fail_memory(err) : GOV_OK;
}

gov_status gov_need_scorer_open(const gov_need_env *env, int depth, int keep_all, gov_need_scorer *out,
                                gov_error *err)
{
    const gov_need_model *m = env->model;
    int32_t roots[3 * GOV_NEED_MOST_INDICATORS];
    int64_t count = 0;
    for (int64_t j = 0; j < m->indicator_count; j++) {
        const gov_need_indicator *x = &m->indicators[j];
        if (env->weights->indicators[j] == 0)
            continue;
        roots[count++] = x->deprived;
        roots[count++] = x->partly;
        roots[count++] = x->applies;
    }
    int32_t *all = gov_alloc(count + m->floor_count, sizeof(*all));
    if (all == NULL)
        return gov_fail_memory(err);
    memcpy(all, roots, (size_t)count * sizeof(*all));
    for (int64_t f = 0; f < m->floor_count; f++)
        all[count++] = m->floors[f].when;
    gov_need_scorer s = {.depth = depth != 0};
    gov_status status = gov_need_worker_open(env, all, count, 0, keep_all, &s.worker, err);
    gov_free(all);
    GOV_TRY(status);
    for (int64_t t = 0; t < m->tier_count; t++)
        s.thresholds[t] = gov_rational_ceil_over(m->tiers[t].at, env->weights->denominator);
    status = make_rows(&s, err);
    if (status == GOV_OK)
        *out = s;
    else
        gov_need_worker_close(&s.worker);
    return status;
}

void gov_need_scorer_close(gov_need_scorer *s)
{
    gov_need_worker_close(&s->worker);
}
