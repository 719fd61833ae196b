/* sums.c - from masks of indicators to exact sums of weights, and from these to shares and tiers.
 *
 * A score is an integer over the denominator, and a tier one comparison with ceil(at × denominator). Where the
 * denominator fits into 31 bits (it nearly always does) and nothing is halved or renormalised, a sum is a few
 * look-ups in tables of all sets of indicators; otherwise each dimension is summed in 64 bits. Adding
 * `weight & -byte` for 22 indicators and three sums took four times as long as the look-ups. */
#include "need/score.h"

#include "base/clones.h"

#include <string.h>

typedef const uint32_t *restrict masks;

/* --- Tables --------------------------------------------------------------------------------------------------- */

gov_need_sets *gov_need_sets_new(gov_arena *arena, const int64_t *values, int64_t count, int joined)
{
    gov_need_sets *t = gov_arena_alloc(arena, 1, sizeof(*t));
    if (t == NULL)
        return NULL;
    for (int64_t first = 0; first < count; first += GOV_NEED_SET_BITS) {
        uint32_t *of = t->of[t->parts++];
        for (int64_t j = first; j < count && j < first + GOV_NEED_SET_BITS; j++) {
            uint32_t value = (uint32_t)values[j];
            int64_t half = INT64_C(1) << (j - first); /* the sets without j come first */
            for (int64_t set = 0; set < half; set++)
                of[half + set] = joined ? of[set] | value : of[set] + value;
        }
    }
    return t;
}

static void fill_chunk(gov_need_chunk *c, const gov_need_weights *w, int64_t first, int64_t count)
{
    c->shift = (int)first;
    c->mask = (1u << count) - 1;
    for (int64_t j = 0; j < count; j++) {
        int64_t half = INT64_C(1) << j;
        for (int64_t set = 0; set < half; set++)
            c->sums[half + set] = c->sums[set] + w->indicators[first + j];
    }
    for (int64_t set = 0; set <= c->mask; set++)
        c->shares[set] = (double)c->sums[set] / (double)w->denominator;
}

static gov_status make_chunks(gov_need_scorer *s, gov_error *err)
{
    const gov_need_model *m = s->worker.env->model;
    s->chunks =
        gov_arena_alloc(&s->worker.arena, m->dimension_count + GOV_NEED_PLANE_BYTES, sizeof(*s->chunks));
    if (s->chunks == NULL)
        return gov_fail_memory(err);
    for (int64_t d = 0; d < m->dimension_count; d++) {
        const gov_need_dimension *x = &m->dimensions[d];
        for (int64_t first = x->first; first < x->first + x->count; first += 8) {
            int64_t left = x->first + x->count - first;
            gov_need_chunk *c = &s->chunks[s->chunk_count++];
            c->dimension = d;
            c->alone = x->count <= 8;
            fill_chunk(c, s->worker.env->weights, first, left < 8 ? left : 8);
        }
    }
    return GOV_OK;
}

gov_status gov_need_sums_open(gov_need_scorer *s, gov_error *err)
{
    const gov_need_env *env = s->worker.env;
    int failed = 0;
    s->narrow = env->weights->denominator <= INT32_MAX && !s->depth && s->policies.renormalise == 0;
    for (int k = 0; k < 3 && s->narrow; k++)
        failed |=
            (s->narrow_sums[k] = gov_arena_alloc(&s->worker.arena, env->batch, sizeof(int32_t))) == NULL;
    if (s->narrow)
        failed |= (s->weights = gov_need_sets_new(&s->worker.arena, env->weights->indicators,
                                                  env->model->indicator_count, 0)) == NULL;
    return failed ? gov_fail_memory(err) : make_chunks(s, err);
}

/* --- Loops ---------------------------------------------------------------------------------------------------- */

#define SCORES(TYPE, SHARE, RANK)                                                                       \
    GOV_CLONES static void SHARE(const TYPE *restrict num, double den, double *restrict out, int64_t n) \
    {                                                                                                   \
        for (int64_t i = 0; i < n; i++)                                                                 \
            out[i] = (double)num[i] / den;                                                              \
    }                                                                                                   \
    GOV_CLONES static void RANK(const TYPE *restrict score, TYPE threshold, int8_t *restrict tier,      \
                                int64_t n)                                                              \
    {                                                                                                   \
        for (int64_t i = 0; i < n; i++)                                                                 \
            tier[i] = (int8_t)(tier[i] + (score[i] >= threshold));                                      \
    }

SCORES(int32_t, share_narrow, rank_narrow)
SCORES(int64_t, share_wide, rank_wide)

/* Sums of the indicators of each mask, of up to 22 and of up to 32. */
GOV_SCALAR static void look_up_two(const uint32_t *restrict low, const uint32_t *restrict high, masks mask,
                                   int32_t *restrict out, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        out[i] = (int32_t)(low[mask[i] & (GOV_NEED_SETS - 1)] +
                           high[mask[i] >> GOV_NEED_SET_BITS & (GOV_NEED_SETS - 1)]);
}

GOV_SCALAR static void look_up_third(const uint32_t *restrict third, masks mask, int32_t *restrict out,
                                     int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        out[i] += (int32_t)third[mask[i] >> 2 * GOV_NEED_SET_BITS];
}

static void look_up(const gov_need_sets *t, const uint32_t *mask, int32_t *out, int64_t n)
{
    look_up_two(t->of[0], t->of[1], mask, out, n);
    if (t->parts > 2)
        look_up_third(t->of[2], mask, out, n);
}

GOV_CLONES static void add_narrow(int32_t *restrict sum, const int32_t *restrict more, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        sum[i] += more[i];
}

GOV_CLONES static void subtract_from(int32_t whole, int32_t *restrict part, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        part[i] = whole - part[i];
}

GOV_CLONES static void widen(const int32_t *restrict from, int64_t *restrict to, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        to[i] = from[i];
}

GOV_CLONES static void any_bit(masks mask, uint8_t *restrict open, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        open[i] = mask[i] != 0;
}

GOV_SCALAR static void share_of_chunk(const gov_need_chunk *c, masks mask, double *restrict share, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        share[i] = c->shares[mask[i] >> c->shift & c->mask];
}

GOV_SCALAR static void add_chunk(const gov_need_chunk *c, masks mask, int64_t *restrict sum, int64_t parts,
                                 int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        sum[i] += c->sums[mask[i] >> c->shift & c->mask] / parts;
}

GOV_CLONES static void add(int64_t *restrict sum, const int64_t *restrict more, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        sum[i] += more[i];
}

/* --- 32 bits -------------------------------------------------------------------------------------------------- */

/* A dimension is one look-up; only one of more than eight indicators is summed first. */
static void share_dimensions(gov_need_scorer *s, int64_t n)
{
    double den = (double)s->worker.env->weights->denominator;
    for (int64_t k = 0; k < s->chunk_count; k++) {
        const gov_need_chunk *c = &s->chunks[k];
        double *share = s->rows.dimensions[c->dimension];
        if (share == NULL)
            continue;
        if (c->alone) {
            share_of_chunk(c, s->whole, share, n);
            continue;
        }
        if (k == 0 || c[-1].dimension != c->dimension)
            memset(s->sum, 0, (size_t)n * sizeof(*s->sum));
        add_chunk(c, s->whole, s->sum, 1, n);
        if (k + 1 == s->chunk_count || c[1].dimension != c->dimension)
            share_wide(s->sum, den, share, n);
    }
}

static void sum_narrow(gov_need_scorer *s, int64_t n)
{
    const gov_need_env *env = s->worker.env;
    gov_need_rows *r = &s->rows;
    double den = (double)env->weights->denominator;
    int32_t *low = s->narrow_sums[0];
    int32_t *high = s->narrow_sums[1];
    int32_t *known = s->narrow_sums[2];
    look_up(s->weights, s->whole, low, n);
    look_up(s->weights, s->whole_more, high, n);
    add_narrow(high, low, n);
    any_bit(s->whole_more, s->open, n);
    widen(low, r->low, n);
    for (int64_t t = 0; t < env->model->tier_count; t++) {
        rank_narrow(low, (int32_t)s->thresholds[t], r->tier, n);
        rank_narrow(high, (int32_t)s->thresholds[t], r->tier_high, n);
    }
    if (r->score != NULL)
        share_narrow(low, den, r->score, n);
    if (r->score_high != NULL)
        share_narrow(high, den, r->score_high, n);
    if (r->coverage != NULL) {
        look_up(s->weights, r->missing, known, n);
        subtract_from((int32_t)env->weights->denominator, known, n);
        share_narrow(known, den, r->coverage, n);
    }
    if (r->dimensions != NULL)
        share_dimensions(s, n);
}

/* --- 64 bits, halves, renormalisation ------------------------------------------------------------------------- */

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

static void sum_dimension(gov_need_scorer *s, int64_t d, uint32_t loose, int64_t n)
{
    const gov_need_env *env = s->worker.env;
    size_t size = (size_t)n * sizeof(int64_t);
    memset(s->sum, 0, size);
    memset(s->sum_more, 0, size);
    memset(s->dropped, 0, size);
    for (int64_t k = 0; k < s->chunk_count; k++) {
        const gov_need_chunk *c = &s->chunks[k];
        if (c->dimension != d)
            continue;
        add_chunk(c, s->whole, s->sum, 1, n);
        add_chunk(c, s->whole, s->sum_more, 1, n);
        add_chunk(c, s->whole_more, s->sum_more, 1, n);
        if (s->depth) {
            add_chunk(c, s->half, s->sum, 2, n);
            add_chunk(c, s->half_more, s->sum_more, 2, n);
        }
        for (int64_t i = 0; i < n; i++) {
            s->known[i] -= c->sums[s->rows.missing[i] >> c->shift & c->mask];
            s->dropped[i] += c->sums[(s->rows.missing[i] & loose) >> c->shift & c->mask];
        }
    }
    if (loose != 0)
        renormalise(s->sum, s->sum_more, s->dropped, env->weights->dimensions[d], n);
    add(s->rows.low, s->sum, n);
    add(s->high, s->sum_more, n);
    if (s->rows.dimensions != NULL && s->rows.dimensions[d] != NULL)
        share_wide(s->sum, (double)env->weights->denominator, s->rows.dimensions[d], n);
}

static void sum_wide(gov_need_scorer *s, int64_t n)
{
    const gov_need_env *env = s->worker.env;
    gov_need_rows *r = &s->rows;
    double den = (double)env->weights->denominator;
    for (int64_t i = 0; i < n; i++) {
        r->low[i] = s->high[i] = 0;
        s->known[i] = env->weights->denominator;
    }
    for (int64_t d = 0; d < env->model->dimension_count; d++)
        sum_dimension(s, d, s->policies.renormalise, n);
    for (int64_t i = 0; i < n; i++)
        s->open[i] = r->low[i] != s->high[i];
    for (int64_t t = 0; t < env->model->tier_count; t++) {
        rank_wide(r->low, s->thresholds[t], r->tier, n);
        rank_wide(s->high, s->thresholds[t], r->tier_high, n);
    }
    if (r->score != NULL)
        share_wide(r->low, den, r->score, n);
    if (r->score_high != NULL)
        share_wide(s->high, den, r->score_high, n);
    if (r->coverage != NULL)
        share_wide(s->known, den, r->coverage, n);
}

void gov_need_sums(gov_need_scorer *s, int64_t n)
{
    memset(s->rows.tier, 0, (size_t)n);
    memset(s->rows.tier_high, 0, (size_t)n);
    (s->narrow ? sum_narrow : sum_wide)(s, n);
}
