/* counterfactual.c - the fewest mutable indicators whose improvement lowers the tier, exactly.
 *
 * Without floors the heaviest contributions first are a smallest set. A floor is a rule over indicators, so those
 * that a floor of this tier or a higher one names are decided one by one, improved or kept, and the others taken
 * heaviest first. The floors are computed with what is undecided as unknown: by Kleene's logic a floor that holds
 * then holds however the rest is decided, and the branch ends; floors that cannot hold any more leave only the
 * sum of weights. Branches that cannot become smaller than the smallest set so far end too.
 *
 * With f named indicators among the deprived ones at most 2^(f + 1) - 1 places are looked at: 2^23 (seconds) if
 * the floors should name all of 22, a handful for the floors that models have. It never gives up; a run may
 * cancel it. Trying all sets by size, as is often done, takes hours where 22 must change at once. */
#include "need/explain.h"

#include "base/run.h"
#include "need/kernels.h"

#include <string.h>

enum { UNDECIDED, IMPROVED, KEPT };
enum { PLACES_A_POLL = 4096 };

typedef struct search {
    gov_need_case *c;
    gov_run *run;
    uint8_t *cone; /* nodes of floors that stand on an indicator: they are computed anew for each set */
    int count;     /* of candidates, heaviest contribution first */
    int64_t candidates[GOV_NEED_MOST_INDICATORS];
    uint8_t named[GOV_NEED_MOST_INDICATORS];  /* whether a floor that matters names it; these lists: one a */
    uint8_t states[GOV_NEED_MOST_INDICATORS]; /* candidate */
    int best;                                 /* the size of the smallest set so far */
    uint32_t best_set;
    int64_t places;
} search;

/* Computes the floors anew with the indicators as they are now. */
static void compute_floors(const search *s)
{
    const gov_need_case *c = s->c;
    const gov_need_model *m = c->env->model;
    const gov_need_vector *v = c->scorer.worker.nodes;
    for (int64_t i = 0; i < m->nodes.count; i++) {
        const gov_need_node *n = &m->nodes.list[i];
        if (!s->cone[i])
            continue;
        int32_t b = n->b < 0 ? n->a : n->b;
        int of_bits = m->nodes.list[n->op == GOV_NEED_OP_IF ? b : n->a].type == GOV_NEED_T_BOOL;
        gov_need_kernel(n->op, of_bits, &v[n->a], &v[b], &v[n->c < 0 ? n->a : n->c], &v[i], 1);
    }
}

/* The tier of a score under the floors that are known to hold. */
static int8_t tier_of(const search *s, int64_t score)
{
    const gov_need_case *c = s->c;
    const gov_need_model *m = c->env->model;
    int8_t tier = 0;
    compute_floors(s);
    for (int64_t t = 0; t < m->tier_count; t++)
        tier = (int8_t)(tier + (score >= c->scorer.thresholds[t]));
    for (int64_t f = 0; f < m->floor_count; f++) {
        if (c->scorer.worker.nodes[m->floors[f].when].bits[0] && m->floors[f].tier > tier)
            tier = (int8_t)m->floors[f].tier;
    }
    return tier;
}

/* Marks the nodes that some floor uses and that depend on an indicator, but are not one. */
static void mark_cone(const gov_need_case *c, uint8_t *cone)
{
    enum { NEEDED = 1, STANDS = 2, INDICATOR = 4 };
    const gov_need_model *m = c->env->model;
    for (int64_t f = 0; f < m->floor_count; f++)
        cone[m->floors[f].when] |= NEEDED;
    for (int64_t j = 0; j < m->indicator_count; j++)
        cone[m->indicators[j].deprived] |= INDICATOR | STANDS;
    for (int64_t i = m->nodes.count - 1; i >= 0; i--) {
        const gov_need_node *n = &m->nodes.list[i];
        const int32_t list[] = {n->a, n->b, n->c};
        int count = gov_need_op_is_aggregate(n->op) ? 0 : gov_need_op_arguments(n->op);
        for (int k = 0; k < count && (cone[i] & NEEDED) && !(cone[i] & INDICATOR); k++)
            cone[list[k]] |= NEEDED;
    }
    for (int64_t i = 0; i < m->nodes.count; i++) {
        const gov_need_node *n = &m->nodes.list[i];
        const int32_t list[] = {n->a, n->b, n->c};
        int count = gov_need_op_is_aggregate(n->op) ? 0 : gov_need_op_arguments(n->op);
        for (int k = 0; k < count; k++)
            cone[i] |= cone[list[k]] & STANDS;
    }
    for (int64_t i = 0; i < m->nodes.count; i++)
        cone[i] = (cone[i] & (NEEDED | STANDS | INDICATOR)) == (NEEDED | STANDS);
}

/* Sets the state of an indicator as the floors see it. */
static void set_state(const gov_need_case *c, int64_t j, uint8_t deprived)
{
    c->scorer.worker.nodes[c->env->model->indicators[j].deprived].bits[0] = deprived;
}

/* Mutable indicators that add to the score or hold a floor, the heaviest first. */
static void find_candidates(search *s)
{
    const gov_need_case *c = s->c;
    const gov_need_model *m = c->env->model;
    for (int64_t j = 0; j < m->indicator_count; j++) {
        int known = c->states[j] == GOV_NEED_IS_DEPRIVED ||
                    (c->states[j] == GOV_NEED_IS_PARTLY && c->contributions[j] > 0);
        if (!known || c->env->weights->indicators[j] == 0 || !m->indicators[j].is_mutable)
            continue;
        int at = s->count++;
        while (at > 0 && c->contributions[s->candidates[at - 1]] < c->contributions[j]) {
            s->candidates[at] = s->candidates[at - 1];
            at--;
        }
        s->candidates[at] = j;
    }
}

/* Which candidates the floors that could hold the tier read. */
static gov_status find_named(search *s, gov_error *err)
{
    const gov_need_case *c = s->c;
    const gov_need_model *m = c->env->model;
    uint8_t *needed = gov_arena_alloc(&s->c->scorer.worker.arena, m->nodes.count, 1);
    if (needed == NULL)
        return gov_fail_memory(err);
    for (int64_t f = 0; f < m->floor_count; f++)
        needed[m->floors[f].when] |= m->floors[f].tier >= c->tier;
    for (int64_t i = m->nodes.count - 1; i >= 0; i--) {
        const gov_need_node *n = &m->nodes.list[i];
        const int32_t list[] = {n->a, n->b, n->c};
        int count = gov_need_op_is_aggregate(n->op) ? 0 : gov_need_op_arguments(n->op);
        for (int k = 0; k < count && needed[i] && s->cone[i]; k++)
            needed[list[k]] = 1;
    }
    for (int k = 0; k < s->count; k++)
        s->named[k] = needed[m->indicators[s->candidates[k]].deprived];
    return GOV_OK;
}

/* Shows the floors what is decided. Indicators of one rule are one node: it is improved if one of them is. */
static void show(const search *s, int k)
{
    const gov_need_case *c = s->c;
    const gov_need_model *m = c->env->model;
    int32_t node = m->indicators[s->candidates[k]].deprived;
    uint8_t bit = 1;
    uint8_t known = 1;
    for (int i = 0; i < s->count; i++) {
        if (m->indicators[s->candidates[i]].deprived != node)
            continue;
        bit &= c->states[s->candidates[i]] == GOV_NEED_IS_DEPRIVED && s->states[i] != IMPROVED;
        known &= s->states[i] != UNDECIDED;
    }
    c->scorer.worker.nodes[node].known[0] = known | !bit;
    c->scorer.worker.nodes[node].bits[0] = bit & known;
}

/* 1: a floor holds the tier however the rest is decided; 0: none can; -1: that is open. */
static int floors_hold(const search *s)
{
    const gov_need_case *c = s->c;
    const gov_need_model *m = c->env->model;
    int open = 0;
    compute_floors(s);
    for (int64_t f = 0; f < m->floor_count; f++) {
        const gov_need_vector *when = &c->scorer.worker.nodes[m->floors[f].when];
        if (m->floors[f].tier < c->tier)
            continue;
        if (when->bits[0])
            return 1;
        open |= !when->known[0];
    }
    return open ? -1 : 0;
}

/* How many of the undecided it takes to bring the score below the tier, heaviest first; they are added to *set. */
static int fewest_more(const search *s, int64_t score, uint32_t *set)
{
    int64_t threshold = s->c->scorer.thresholds[s->c->tier - 1];
    int more = 0;
    for (int k = 0; k < s->count && score >= threshold; k++) {
        if (s->states[k] != UNDECIDED)
            continue;
        score -= s->c->contributions[s->candidates[k]];
        *set |= 1u << s->candidates[k];
        more++;
    }
    return score >= threshold ? GOV_NEED_MOST_INDICATORS + 1 : more;
}

/* Decides the named candidates from `next` on; `set` is what is improved so far. */
static gov_status decide(search *s, int next, uint32_t set, int size, int64_t score, gov_error *err)
{
    uint32_t all = set;
    if (s->places++ % PLACES_A_POLL == 0)
        GOV_TRY(gov_run_poll(s->run, 0, 1, err));
    int hold = floors_hold(s);
    if (hold == 1 || size + fewest_more(s, score, &all) >= s->best)
        return GOV_OK;
    while (next < s->count && !s->named[next])
        next++;
    if (hold == 0 ||
        next == s->count) { /* what is open still is so by missing data: it is not known to hold */
        s->best = size + fewest_more(s, score, &all);
        s->best_set = all;
        return GOV_OK;
    }
    int64_t j = s->candidates[next];
    s->states[next] = IMPROVED;
    show(s, next);
    gov_status status = decide(s, next + 1, set | 1u << j, size + 1, score - s->c->contributions[j], err);
    s->states[next] = KEPT;
    show(s, next);
    if (status == GOV_OK)
        status = decide(s, next + 1, set, size, score, err);
    s->states[next] = UNDECIDED;
    show(s, next);
    return status;
}

static gov_status find_smallest(search *s, gov_need_changes *out, gov_error *err)
{
    const gov_need_case *c = s->c;
    int64_t score = c->score;
    GOV_TRY(find_named(s, err));
    s->best = GOV_NEED_MOST_INDICATORS + 1;
    for (int k = 0; k < s->count; k++)
        show(s, k);
    gov_status status = decide(s, 0, 0, 0, score, err);
    for (int k = 0; k < s->count; k++) {
        int64_t j = s->candidates[k];
        int improved = (int)(s->best_set >> j & 1u);
        s->states[k] = improved ? IMPROVED : KEPT;
        score -= improved ? c->contributions[j] : 0;
    }
    for (int k = 0; k < s->count; k++)
        show(s, k);
    out->set = s->best_set;
    out->tier = tier_of(s, score);
    for (int k = 0; k < s->count; k++)
        s->states[k] = KEPT;
    for (int k = 0; k < s->count; k++)
        show(s, k);
    return status;
}

/* Indicators whose state, taken to be wrong, would alone give another tier. */
static void find_flips(const search *s, gov_need_changes *out)
{
    const gov_need_case *c = s->c;
    for (int64_t j = 0; j < c->env->model->indicator_count; j++) {
        if (c->env->weights->indicators[j] == 0 || c->states[j] == GOV_NEED_IS_MISSING ||
            c->states[j] == GOV_NEED_IS_ABSENT)
            continue;
        int was = c->states[j] == GOV_NEED_IS_DEPRIVED;
        set_state(c, j, (uint8_t)!was);
        int64_t score = c->score - c->contributions[j] + (was ? 0 : c->full[j]);
        int8_t tier = tier_of(s, score);
        set_state(c, j, (uint8_t)was);
        if (tier != c->tier) {
            out->flips |= 1u << j;
            out->flip_tiers[j] = tier;
        }
    }
}

gov_status gov_need_counterfactual(gov_need_case *c, gov_run *run, gov_need_changes *out, gov_error *err)
{
    search s = {.c = c, .run = run};
    memset(out, 0, sizeof(*out));
    if (c->tier < 0)
        return GOV_OK;
    s.cone = gov_arena_alloc(&c->scorer.worker.arena, c->env->model->nodes.count, 1);
    if (s.cone == NULL)
        return gov_fail_memory(err);
    mark_cone(c, s.cone);
    find_candidates(&s);
    if (c->tier > 0)
        GOV_TRY(find_smallest(&s, out, err));
    find_flips(&s, out);
    tier_of(&s, c->score); /* the floors' nodes as they were */
    return GOV_OK;
}
