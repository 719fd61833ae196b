/* scorer.c - from the states of indicators to integer sums, masks and tiers.
 *
 * For every indicator the rules give columns of bytes (deprived, known). They are gathered into one mask of 32
 * bits a row, eight indicators to a byte, so that 64 rows are handled at a time. All further logic is on masks:
 * what counts in full, what counts one half, what may count besides. A sum of weights is then a few look-ups in
 * tables of 256 sums. Adding `weight & -byte` for 22 indicators and three sums took four times as long.
 *
 * The score is an integer over the denominator, and a tier one comparison with ceil(at × denominator). */
#include "need/score.h"

#include "need/clones.h"

#include <string.h>

enum { DEPRIVED, UNKNOWN, PARTLY, PARTLY_UNKNOWN, ABSENT };

typedef const uint8_t *restrict bytes;
typedef const uint32_t *restrict masks;

/* --- Gathering ---------------------------------------------------------------------------------------------- */

GOV_NEED_CLONES static void gather(uint8_t *restrict plane, bytes on, uint8_t bit, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        plane[i] = (uint8_t)(plane[i] | (bit & (uint8_t)-on[i]));
}

GOV_NEED_CLONES static void gather_unless(uint8_t *restrict plane, bytes on, uint8_t bit, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        plane[i] = (uint8_t)(plane[i] | (bit & (uint8_t)(on[i] - 1)));
}

/* Known and not so: an indicator that does not apply. */
GOV_NEED_CLONES static void gather_false(uint8_t *restrict plane, bytes on, bytes known, uint8_t bit,
                                         int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        plane[i] = (uint8_t)(plane[i] | (bit & (uint8_t) - (known[i] ^ on[i])));
}

GOV_NEED_CLONES static void join(bytes a, bytes b, bytes c, bytes d, uint32_t *restrict mask, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        mask[i] = (uint32_t)a[i] | (uint32_t)b[i] << 8 | (uint32_t)c[i] << 16 | (uint32_t)d[i] << 24;
}

static void gather_indicator(gov_need_scorer *s, int64_t j, int64_t n)
{
    const gov_need_indicator *x = &s->worker.env->model->indicators[j];
    const gov_need_vector *v = s->worker.nodes;
    int64_t byte = j / 8;
    uint8_t bit = (uint8_t)(1u << j % 8);
    gather(s->planes[DEPRIVED][byte], v[x->deprived].bits, bit, n);
    gather_unless(s->planes[UNKNOWN][byte], v[x->deprived].known, bit, n);
    if (x->partly >= 0) {
        gather(s->planes[PARTLY][byte], v[x->partly].bits, bit, n);
        gather_unless(s->planes[PARTLY_UNKNOWN][byte], v[x->partly].known, bit, n);
    }
    if (x->applies >= 0)
        gather_false(s->planes[ABSENT][byte], v[x->applies].bits, v[x->applies].known, bit, n);
}

static void gather_all(gov_need_scorer *s, int64_t n)
{
    const gov_need_env *env = s->worker.env;
    uint32_t *const into[] = {s->rows.deprived, s->unknown, s->rows.partly, s->partly_unknown,
                              s->rows.absent};
    for (int p = 0; p < GOV_NEED_PLANES; p++) {
        for (int k = 0; k < GOV_NEED_PLANE_BYTES; k++)
            memset(s->planes[p][k], 0, (size_t)n);
    }
    for (int64_t j = 0; j < env->model->indicator_count; j++) {
        if (env->weights->indicators[j] > 0)
            gather_indicator(s, j, n);
    }
    for (int p = 0; p < GOV_NEED_PLANES; p++)
        join(s->planes[p][0], s->planes[p][1], s->planes[p][2], s->planes[p][3], into[p], n);
}

/* --- What counts ---------------------------------------------------------------------------------------------- */

/* The indicators by what an unknown one counts as. */
typedef struct policies {
    uint32_t bounds; /* and refuse */
    uint32_t deprived;
    uint32_t not_deprived;
    uint32_t renormalise;
    uint32_t refuse;
} policies;

static policies policies_of(const gov_need_env *env)
{
    policies p = {0, 0, 0, 0, 0};
    for (int64_t j = 0; j < env->model->indicator_count; j++) {
        uint32_t bit = env->weights->indicators[j] > 0 ? 1u << j : 0;
        int on_missing = (int)env->model->indicators[j].on_missing;
        p.bounds |= on_missing == GOV_NEED_BOUNDS || on_missing == GOV_NEED_REFUSE ? bit : 0;
        p.deprived |= on_missing == GOV_NEED_DEPRIVED ? bit : 0;
        p.not_deprived |= on_missing == GOV_NEED_NOT_DEPRIVED ? bit : 0;
        p.renormalise |= on_missing == GOV_NEED_RENORMALISE ? bit : 0;
        p.refuse |= on_missing == GOV_NEED_REFUSE ? bit : 0;
    }
    return p;
}

/* In full: what is deprived, what is unknown and taken to be; and besides, what is unknown and may be. */
GOV_NEED_CLONES static void count_whole(masks deprived, masks unknown, uint32_t taken, uint32_t open,
                                        uint32_t *restrict whole, uint32_t *restrict more, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        whole[i] = deprived[i] | (unknown[i] & taken);
        more[i] = unknown[i] & open;
    }
}

/* Depth: one half for partly. Known not to be deprived but not whether partly so is unknown too; what it counts
 * as follows the same policies. `more` is what the high score has besides the low one, or (where the unknown may
 * be whole) instead of it. */
static void count_halves(gov_need_scorer *s, policies p, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        uint32_t not_deprived = ~(s->rows.deprived[i] | s->unknown[i]);
        uint32_t open = not_deprived & s->partly_unknown[i];
        uint32_t partly = s->rows.partly[i];
        uint32_t counted =
            (partly & (p.bounds | p.not_deprived)) | (partly & not_deprived) | (open & p.deprived);
        s->half[i] = counted;
        s->half_more[i] = (counted & ~(s->unknown[i] & p.bounds)) | (open & p.bounds);
        s->unknown[i] |= open;
    }
}

static void mark_partly(masks deprived, uint32_t *restrict partly, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        partly[i] &= ~deprived[i];
}

/* --- Sums ----------------------------------------------------------------------------------------------------- */

GOV_NEED_CLONES static void look_up(const gov_need_byte_sums *t, masks mask, int64_t *restrict out, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        uint32_t m = mask[i];
        out[i] =
            t->sums[0][m & 255] + t->sums[1][m >> 8 & 255] + t->sums[2][m >> 16 & 255] + t->sums[3][m >> 24];
    }
}

/* Disjoint sets of services, as sums of powers of two, may meet in two bytes: they are joined, not added. */
GOV_NEED_CLONES static void join_services(const gov_need_byte_sums *t, masks mask, uint32_t *restrict out,
                                          int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        uint32_t m = mask[i];
        out[i] |= (uint32_t)(t->sums[0][m & 255] | t->sums[1][m >> 8 & 255] | t->sums[2][m >> 16 & 255] |
                             t->sums[3][m >> 24]);
    }
}

GOV_NEED_CLONES static void add_chunk(const gov_need_chunk *c, masks mask, int64_t *restrict sum,
                                      int64_t parts, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        sum[i] += c->sums[mask[i] >> c->shift & c->mask] / parts;
}

GOV_NEED_CLONES static void share_of_chunk(const gov_need_chunk *c, masks mask, double *restrict share,
                                           int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        share[i] = c->shares[mask[i] >> c->shift & c->mask];
}

GOV_NEED_CLONES static void add(int64_t *restrict sum, const int64_t *restrict more, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        sum[i] += more[i];
}

/* Without halves and renormalisation: the low score is the sum of what counts in full, the high score has what
 * may count besides, and a dimension is a look-up or two. */
static void sum_plain(gov_need_scorer *s, int64_t n)
{
    double den = (double)s->worker.env->weights->denominator;
    look_up(s->weights, s->whole, s->rows.low, n);
    look_up(s->weights, s->whole_more, s->rows.high, n);
    add(s->rows.high, s->rows.low, n);
    for (int64_t k = 0; k < s->chunk_count; k++) {
        const gov_need_chunk *c = &s->chunks[k];
        int alone = (k == 0 || c[-1].dimension != c->dimension) &&
                    (k + 1 == s->chunk_count || c[1].dimension != c->dimension);
        if (alone) {
            share_of_chunk(c, s->whole, s->rows.dimensions[c->dimension], n);
            continue;
        }
        if (k == 0 || c[-1].dimension != c->dimension)
            memset(s->sum, 0, (size_t)n * sizeof(*s->sum));
        add_chunk(c, s->whole, s->sum, 1, n);
        for (int64_t i = 0; i < n; i++)
            s->rows.dimensions[c->dimension][i] = (double)s->sum[i] / den;
    }
}

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

/* One dimension with halves or renormalisation. */
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
        for (int64_t i = 0; i < n && loose != 0; i++)
            s->dropped[i] += c->sums[(s->unknown[i] & loose) >> c->shift & c->mask];
    }
    if (loose != 0)
        renormalise(s->sum, s->sum_more, s->dropped, env->weights->dimensions[d], n);
    add(s->rows.low, s->sum, n);
    add(s->rows.high, s->sum_more, n);
    for (int64_t i = 0; i < n; i++)
        s->rows.dimensions[d][i] = (double)s->sum[i] / (double)env->weights->denominator;
}

static void sum_up(gov_need_scorer *s, policies p, int64_t n)
{
    gov_need_rows *r = &s->rows;
    int64_t den = s->worker.env->weights->denominator;
    count_whole(r->deprived, s->unknown, p.deprived, p.bounds, s->whole, s->whole_more, n);
    mark_partly(r->deprived, r->partly, n);
    if (s->depth)
        count_halves(s, p, n);
    memcpy(r->missing, s->unknown, (size_t)n * sizeof(*r->missing));
    look_up(s->weights, r->missing, r->known, n);
    for (int64_t i = 0; i < n; i++)
        r->known[i] = den - r->known[i];
    if (!s->depth && p.renormalise == 0) {
        sum_plain(s, n);
        return;
    }
    memset(r->low, 0, (size_t)n * sizeof(*r->low));
    memset(r->high, 0, (size_t)n * sizeof(*r->high));
    for (int64_t d = 0; d < s->worker.env->model->dimension_count; d++)
        sum_dimension(s, d, p.renormalise, n);
}

/* --- Tiers ------------------------------------------------------------------------------------------------------ */

GOV_NEED_CLONES static void rank(const int64_t *restrict score, int64_t threshold, int8_t *restrict tier,
                                 int64_t n)
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

GOV_NEED_CLONES static void close_rows(const int64_t *restrict low, const int64_t *restrict high,
                                       masks missing, uint32_t refuse, int8_t *restrict tier,
                                       int8_t *restrict tier_high, uint8_t *restrict status, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        uint8_t refused = (missing[i] & refuse) != 0;
        uint8_t open = (uint8_t)((low[i] != high[i]) | (tier[i] != tier_high[i]));
        status[i] = (uint8_t)(refused * GOV_NEED_REFUSED + (1 - refused) * open * GOV_NEED_BOUNDED);
        tier[i] = (int8_t)(tier[i] | -refused); /* -1 */
        tier_high[i] = (int8_t)(tier_high[i] | -refused);
    }
}

/* Kernels check the inputs that they read; this checks the others. The planes are free until they are gathered. */
static gov_status check_unread(gov_need_scorer *s, int64_t first, int64_t n, gov_error *err)
{
    for (int64_t i = 0; i < s->unread_count; i++)
        GOV_TRY(gov_need_env_load(s->worker.env, s->unread[i], first, n, s->worker.scratch, s->planes[0][0],
                                  err));
    return GOV_OK;
}

gov_status gov_need_scorer_run(gov_need_scorer *s, int64_t first, int64_t n, gov_error *err)
{
    const gov_need_model *m = s->worker.env->model;
    gov_need_rows *r = &s->rows;
    GOV_TRY(check_unread(s, first, n, err));
    GOV_TRY(gov_need_worker_run(&s->worker, first, n, err));
    policies p = policies_of(s->worker.env);
    gather_all(s, n);
    sum_up(s, p, n);
    memset(r->services, 0, (size_t)n * sizeof(*r->services));
    if (m->service_count > 0) {
        join_services(s->services, r->deprived, r->services, n);
        join_services(s->services_partly, r->partly, r->services, n);
    }
    memset(r->tier, 0, (size_t)n);
    memset(r->tier_high, 0, (size_t)n);
    for (int64_t t = 0; t < m->tier_count; t++) {
        rank(r->low, s->thresholds[t], r->tier, n);
        rank(r->high, s->thresholds[t], r->tier_high, n);
    }
    for (int64_t f = 0; f < m->floor_count; f++)
        lift(&s->worker.nodes[m->floors[f].when], (int8_t)m->floors[f].tier, r, n);
    close_rows(r->low, r->high, r->missing, p.refuse, r->tier, r->tier_high, r->status, n);
    return GOV_OK;
}

/* --- Life --------------------------------------------------------------------------------------------------------- */

/* Fills a table of bytes from one number an indicator. */
static void fill_sums(gov_need_byte_sums *t, const int64_t *values, int64_t count, int joined)
{
    for (int64_t j = 0; j < count; j++) {
        for (int set = 0; set < 256; set++) {
            int64_t *sum = &t->sums[j / 8][set];
            if (set >> j % 8 & 1)
                *sum = joined ? *sum | values[j] : *sum + values[j];
        }
    }
}

static gov_status make_sums(gov_need_scorer *s, gov_error *err)
{
    const gov_need_model *m = s->worker.env->model;
    int64_t services[GOV_NEED_MOST_INDICATORS];
    int64_t partly[GOV_NEED_MOST_INDICATORS];
    gov_need_byte_sums *tables = gov_arena_alloc(&s->worker.arena, 3, sizeof(*tables));
    if (tables == NULL)
        return gov_fail_memory(err);
    for (int64_t j = 0; j < m->indicator_count; j++) {
        services[j] = m->indicators[j].services;
        partly[j] = m->indicators[j].services_partly;
    }
    s->weights = &tables[0];
    s->services = &tables[1];
    s->services_partly = &tables[2];
    fill_sums(s->weights, s->worker.env->weights->indicators, m->indicator_count, 0);
    fill_sums(s->services, services, m->indicator_count, 1);
    fill_sums(s->services_partly, partly, m->indicator_count, 1);
    return GOV_OK;
}

static void fill_chunk(gov_need_chunk *c, const gov_need_weights *w, int64_t dimension, int64_t first,
                       int64_t count)
{
    c->dimension = dimension;
    c->shift = (int)first;
    c->mask = (1u << count) - 1;
    for (int64_t set = 0; set < (INT64_C(1) << count); set++) {
        for (int64_t j = 0; j < count; j++)
            c->sums[set] += set >> j & 1 ? w->indicators[first + j] : 0;
        c->shares[set] = (double)c->sums[set] / (double)w->denominator;
    }
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
            fill_chunk(&s->chunks[s->chunk_count++], s->worker.env->weights, d, first, left < 8 ? left : 8);
        }
    }
    return GOV_OK;
}

static gov_status make_rows(gov_need_scorer *s, gov_error *err)
{
    gov_arena *arena = &s->worker.arena;
    int64_t batch = s->worker.env->batch;
    int64_t dimensions = s->worker.env->model->dimension_count;
    int64_t **wide[] = {&s->rows.low, &s->rows.high, &s->rows.known, &s->sum, &s->sum_more, &s->dropped};
    uint32_t **mask[] = {&s->rows.deprived, &s->rows.partly, &s->rows.missing,   &s->rows.absent,
                         &s->rows.services, &s->unknown,     &s->partly_unknown, &s->whole,
                         &s->whole_more,    &s->half,        &s->half_more};
    int failed = 0;
    for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
        failed |= (*wide[i] = gov_arena_alloc(arena, batch, sizeof(int64_t))) == NULL;
    for (size_t i = 0; i < sizeof(mask) / sizeof(mask[0]); i++)
        failed |= (*mask[i] = gov_arena_alloc(arena, batch, sizeof(uint32_t))) == NULL;
    for (int i = 0; i < GOV_NEED_PLANES * GOV_NEED_PLANE_BYTES; i++)
        failed |= (s->planes[i / GOV_NEED_PLANE_BYTES][i % GOV_NEED_PLANE_BYTES] =
                       gov_arena_alloc(arena, batch, 1)) == NULL;
    failed |= (s->rows.tier = gov_arena_alloc(arena, batch, 1)) == NULL;
    failed |= (s->rows.tier_high = gov_arena_alloc(arena, batch, 1)) == NULL;
    failed |= (s->rows.status = gov_arena_alloc(arena, batch, 1)) == NULL;
    s->rows.dimensions = gov_arena_alloc(arena, dimensions, sizeof(double *));
    failed |= s->rows.dimensions == NULL;
    for (int64_t d = 0; d < dimensions && !failed; d++)
        failed |= (s->rows.dimensions[d] = gov_arena_alloc(arena, batch, sizeof(double))) == NULL;
    return failed ? gov_fail_memory(err) : GOV_OK;
}

static int is_read(const gov_need_model *m, int64_t input)
{
    for (int64_t i = 0; i < m->nodes.count; i++) {
        if (m->nodes.list[i].op == GOV_NEED_OP_INPUT && m->nodes.list[i].a == input)
            return 1;
    }
    return 0;
}

static gov_status list_unread(gov_need_scorer *s, gov_error *err)
{
    const gov_need_model *m = s->worker.env->model;
    s->unread = gov_arena_alloc(&s->worker.arena, m->input_count, sizeof(*s->unread));
    if (s->unread == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < m->input_count; i++) {
        if (!m->inputs[i].member && s->worker.env->views[i].type != GOV_TYPE_NULL && !is_read(m, i))
            s->unread[s->unread_count++] = i;
    }
    return GOV_OK;
}

static gov_status make_parts(gov_need_scorer *s, gov_error *err)
{
    const gov_need_env *env = s->worker.env;
    for (int64_t t = 0; t < env->model->tier_count; t++)
        s->thresholds[t] = gov_rational_ceil_over(env->model->tiers[t].at, env->weights->denominator);
    GOV_TRY(make_sums(s, err));
    GOV_TRY(make_chunks(s, err));
    GOV_TRY(list_unread(s, err));
    return make_rows(s, err);
}

gov_status gov_need_scorer_open(const gov_need_env *env, int depth, int keep_all, gov_need_scorer *out,
                                gov_error *err)
{
    const gov_need_model *m = env->model;
    int64_t count = 0;
    int32_t *roots = gov_alloc(3 * m->indicator_count + m->floor_count, sizeof(*roots));
    if (roots == NULL)
        return gov_fail_memory(err);
    for (int64_t j = 0; j < m->indicator_count; j++) {
        if (env->weights->indicators[j] == 0)
            continue;
        roots[count++] = m->indicators[j].deprived;
        roots[count++] = m->indicators[j].partly;
        roots[count++] = m->indicators[j].applies;
    }
    for (int64_t f = 0; f < m->floor_count; f++)
        roots[count++] = m->floors[f].when;
    gov_need_scorer s = {.depth = depth != 0};
    gov_status status = gov_need_worker_open(env, roots, count, 0, keep_all, &s.worker, err);
    gov_free(roots);
    GOV_TRY(status);
    status = make_parts(&s, err);
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
