/* counterfactual.c - the fewest mutable indicators whose improvement lowers the tier, exactly.
 *
 * Without floors the heaviest contributions first would do. A floor is a rule over indicators, so sets are
 * tried by size, and within a size with the heaviest indicators first: the first set that lowers the tier is a
 * smallest one. The sizes that even the heaviest indicators cannot reach by their sum are passed over. A
 * household has a handful of deprived indicators; with all 32 the search is bounded by MOST_SETS. */
#include "need/explain.h"

#include "need/kernels.h"

#include <string.h>

enum { MOST_SETS = 4 * 1024 * 1024 };

typedef struct search {
    gov_need_case *c;
    uint8_t *cone; /* nodes of floors that stand on an indicator: they are computed anew for each set */
    int count;     /* of candidates, heaviest contribution first */
    int64_t candidates[GOV_NEED_MOST_INDICATORS];
} search;

/* Computes the floors anew with the indicators as they are now, and the tier of a score under them. */
static int8_t tier_of(const search *s, int64_t score)
{
    const gov_need_case *c = s->c;
    const gov_need_model *m = c->env->model;
    const gov_need_vector *v = c->scorer.worker.nodes;
    int8_t tier = 0;
    for (int64_t i = 0; i < m->nodes.count; i++) {
        const gov_need_node *n = &m->nodes.list[i];
        if (!s->cone[i])
            continue;
        int32_t b = n->b < 0 ? n->a : n->b;
        int of_bits = m->nodes.list[n->op == GOV_NEED_OP_IF ? b : n->a].type == GOV_NEED_T_BOOL;
        gov_need_kernel(n->op, of_bits, &v[n->a], &v[b], &v[n->c < 0 ? n->a : n->c], &v[i], 1);
    }
    for (int64_t t = 0; t < m->tier_count; t++)
        tier = (int8_t)(tier + (score >= c->scorer.thresholds[t]));
    for (int64_t f = 0; f < m->floor_count; f++) {
        if (v[m->floors[f].when].bits[0] && m->floors[f].tier > tier)
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

static int64_t score_after(const search *s, const int *chosen, int size)
{
    int64_t score = s->c->score;
    for (int i = 0; i < size; i++)
        score -= s->c->contributions[s->candidates[chosen[i]]];
    return score;
}

static int8_t tier_after(const search *s, const int *chosen, int size)
{
    for (int i = 0; i < size; i++)
        set_state(s->c, s->candidates[chosen[i]], 0);
    int8_t tier = tier_of(s, score_after(s, chosen, size));
    for (int i = 0; i < size; i++)
        set_state(s->c, s->candidates[chosen[i]],
                  s->c->states[s->candidates[chosen[i]]] == GOV_NEED_IS_DEPRIVED);
    return tier;
}

/* The next choice of `size` out of `count` in lexicographic order; 0 after the last. */
static int next_choice(int *chosen, int size, int count)
{
    int i = size - 1;
    while (i >= 0 && chosen[i] == count - size + i)
        i--;
    if (i < 0)
        return 0;
    chosen[i]++;
    for (int k = i + 1; k < size; k++)
        chosen[k] = chosen[k - 1] + 1;
    return 1;
}

static int try_size(const search *s, int size, int64_t *sets, gov_need_changes *out)
{
    int chosen[GOV_NEED_MOST_INDICATORS];
    for (int i = 0; i < size; i++)
        chosen[i] = i;
    if (score_after(s, chosen, size) >= s->c->scorer.thresholds[s->c->tier - 1])
        return 0; /* not even the heaviest */
    do {
        int8_t tier = tier_after(s, chosen, size);
        if (tier < s->c->tier) {
            out->tier = tier;
            for (int i = 0; i < size; i++)
                out->set |= 1u << s->candidates[chosen[i]];
            return 1;
        }
    } while (++*sets < MOST_SETS && next_choice(chosen, size, s->count));
    return 0;
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

gov_status gov_need_counterfactual(gov_need_case *c, gov_need_changes *out, gov_error *err)
{
    search s = {.c = c};
    int64_t sets = 0;
    memset(out, 0, sizeof(*out));
    if (c->tier < 0)
        return GOV_OK;
    s.cone = gov_arena_alloc(&c->scorer.worker.arena, c->env->model->nodes.count, 1);
    if (s.cone == NULL)
        return gov_fail_memory(err);
    mark_cone(c, s.cone);
    find_candidates(&s);
    for (int size = 1; c->tier > 0 && size <= s.count && out->set == 0 && sets < MOST_SETS; size++) {
        if (try_size(&s, size, &sets, out))
            break;
    }
    find_flips(&s, out);
    tier_of(&s, c->score); /* the floors' nodes as they were */
    return GOV_OK;
}
