/* scorer.c - a batch of rows: rules, masks, what an unknown indicator counts as, sums, floors, status. */
#include "need/score.h"

#include "base/clones.h"

#include <string.h>

typedef const uint8_t *restrict bytes;
typedef const uint32_t *restrict masks;

/* --- What counts ---------------------------------------------------------------------------------------------- */

static gov_need_policies policies_of(const gov_need_env *env)
{
    gov_need_policies p = {0, 0, 0, 0, 0};
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

/* In full: what is deprived, what is missing and taken to be; and besides, what is missing and may be. */
GOV_CLONES static void count_whole(masks deprived, masks missing, uint32_t taken, uint32_t open,
                                   uint32_t *restrict whole, uint32_t *restrict more, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        whole[i] = deprived[i] | (missing[i] & taken);
        more[i] = missing[i] & open;
    }
}

/* Depth: one half for partly. Known not to be deprived but not whether partly so is unknown too; what it counts
 * as follows the same policies. `more` is what the high score has besides the low one, or (where the unknown may
 * be whole) instead of it. */
static void count_halves(gov_need_scorer *s, int64_t n)
{
    const gov_need_policies *p = &s->policies;
    for (int64_t i = 0; i < n; i++) {
        uint32_t not_deprived = ~(s->rows.deprived[i] | s->rows.missing[i]);
        uint32_t open = not_deprived & s->partly_unknown[i];
        uint32_t partly = s->rows.partly[i];
        uint32_t counted =
            (partly & (p->bounds | p->not_deprived)) | (partly & not_deprived) | (open & p->deprived);
        s->half[i] = counted;
        s->half_more[i] = (counted & ~(s->rows.missing[i] & p->bounds)) | (open & p->bounds);
        s->rows.missing[i] |= open;
    }
}

/* Mostly every unknown indicator is bounded, and the masks are what counts. */
static void count_masks(gov_need_scorer *s, int64_t n)
{
    const gov_need_policies *p = &s->policies;
    gov_need_rows *r = &s->rows;
    s->whole = r->deprived;
    s->whole_more = r->missing;
    if (s->depth || (p->deprived | p->not_deprived | p->renormalise) != 0) {
        count_whole(r->deprived, r->missing, p->deprived, p->bounds, s->whole_list, s->whole_more_list, n);
        s->whole = s->whole_list;
        s->whole_more = s->whole_more_list;
    }
    if (s->depth)
        count_halves(s, n);
}

GOV_CLONES static void mark_partly(masks deprived, uint32_t *restrict partly, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        partly[i] &= ~deprived[i];
}

/* --- Services, floors, status --------------------------------------------------------------------------------- */

GOV_SCALAR static void join_services(const gov_need_sets *t, masks mask, uint32_t *restrict out, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        uint32_t m = mask[i];
        out[i] |= t->of[0][m & (GOV_NEED_SETS - 1)] | t->of[1][m >> GOV_NEED_SET_BITS & (GOV_NEED_SETS - 1)] |
                  t->of[2][m >> 2 * GOV_NEED_SET_BITS];
    }
}

static void find_services(gov_need_scorer *s, int64_t n)
{
    memset(s->rows.services, 0, (size_t)n * sizeof(*s->rows.services));
    if (s->worker.env->model->service_count == 0)
        return;
    join_services(s->services, s->rows.deprived, s->rows.services, n);
    join_services(s->services_partly, s->rows.partly, s->rows.services, n);
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

GOV_CLONES static void state(bytes open, const int8_t *restrict tier, const int8_t *restrict tier_high,
                             uint8_t *restrict status, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        status[i] = (uint8_t)((open[i] | (tier[i] != tier_high[i])) * GOV_NEED_BOUNDED);
}

static void refuse(gov_need_rows *r, uint32_t needed, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        if ((r->missing[i] & needed) == 0)
            continue;
        r->status[i] = GOV_NEED_REFUSED;
        r->tier[i] = r->tier_high[i] = -1;
    }
}

/* --- A batch -------------------------------------------------------------------------------------------------- */

/* Kernels check the inputs that they read; this checks the others. The planes are free until they are gathered. */
static gov_status check_unread(gov_need_scorer *s, int64_t first, int64_t n, gov_error *err)
{
    for (int64_t i = 0; i < s->unread_count; i++)
        GOV_TRY(gov_need_env_load(s->worker.env, s->unread[i], first, n, s->worker.scratch, s->planes[0][0],
                                  err));
    return GOV_OK;
}

gov_status gov_need_scorer_masks(gov_need_scorer *s, int64_t first, int64_t n, gov_error *err)
{
    GOV_TRY(check_unread(s, first, n, err));
    GOV_TRY(gov_need_worker_run(&s->worker, first, n, err));
    gov_need_gather(s, n);
    mark_partly(s->rows.deprived, s->rows.partly, n);
    return GOV_OK;
}

gov_status gov_need_scorer_run(gov_need_scorer *s, int64_t first, int64_t n, gov_error *err)
{
    const gov_need_model *m = s->worker.env->model;
    gov_need_rows *r = &s->rows;
    GOV_TRY(gov_need_scorer_masks(s, first, n, err));
    count_masks(s, n);
    gov_need_sums(s, n);
    if (r->services != NULL)
        find_services(s, n);
    for (int64_t f = 0; f < m->floor_count; f++)
        lift(&s->worker.nodes[m->floors[f].when], (int8_t)m->floors[f].tier, r, n);
    state(s->open, r->tier, r->tier_high, r->status, n);
    if (s->policies.refuse != 0)
        refuse(r, s->policies.refuse, n);
    return GOV_OK;
}

int64_t gov_need_scorer_high(const gov_need_scorer *s, int64_t row)
{
    return s->narrow ? s->narrow_sums[1][row] : s->high[row];
}

/* --- Life --------------------------------------------------------------------------------------------------------- */

static gov_status make_services(gov_need_scorer *s, gov_error *err)
{
    const gov_need_model *m = s->worker.env->model;
    int64_t services[GOV_NEED_MOST_INDICATORS];
    int64_t partly[GOV_NEED_MOST_INDICATORS];
    for (int64_t j = 0; j < m->indicator_count; j++) {
        services[j] = m->indicators[j].services;
        partly[j] = m->indicators[j].services_partly;
    }
    if (m->service_count == 0)
        return GOV_OK;
    s->services = gov_need_sets_new(&s->worker.arena, services, m->indicator_count, 1);
    s->services_partly = gov_need_sets_new(&s->worker.arena, partly, m->indicator_count, 1);
    return s->services == NULL || s->services_partly == NULL ? gov_fail_memory(err) : GOV_OK;
}

static gov_status make_rows(gov_need_scorer *s, gov_error *err)
{
    gov_arena *arena = &s->worker.arena;
    int64_t batch = s->worker.env->batch;
    int64_t **wide[] = {&s->rows.low, &s->high, &s->known, &s->sum, &s->sum_more, &s->dropped};
    uint32_t **mask[] = {&s->rows.deprived, &s->rows.partly,    &s->rows.missing, &s->rows.absent,
                         &s->rows.services, &s->partly_unknown, &s->whole_list,   &s->whole_more_list,
                         &s->half,          &s->half_more};
    uint8_t **byte[] = {&s->rows.status, &s->open};
    int8_t **rank[] = {&s->rows.tier, &s->rows.tier_high};
    int failed = 0;
    for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
        failed |= (*wide[i] = gov_arena_alloc(arena, batch, sizeof(int64_t))) == NULL;
    for (size_t i = 0; i < sizeof(mask) / sizeof(mask[0]); i++)
        failed |= (*mask[i] = gov_arena_alloc(arena, batch, sizeof(uint32_t))) == NULL;
    for (size_t i = 0; i < 2; i++)
        failed |= (*byte[i] = gov_arena_alloc(arena, batch, 1)) == NULL ||
                  (*rank[i] = gov_arena_alloc(arena, batch, 1)) == NULL;
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
    s->policies = policies_of(env);
    for (int64_t t = 0; t < env->model->tier_count; t++)
        s->thresholds[t] = gov_rational_ceil_over(env->model->tiers[t].at, env->weights->denominator);
    GOV_TRY(gov_need_gather_open(s, err));
    GOV_TRY(gov_need_sums_open(s, err));
    GOV_TRY(make_services(s, err));
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
