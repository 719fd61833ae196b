/* PELT: dynamic programming over the last change, with candidates dropped that can never be best again.
 *
 * F(t) = min over s of F(s) + C(s, t) + penalty. If F(s) + C(s, t) >= F(t), then t is a better last change than s for
 * every later end T, since splitting a segment never raises its cost: C(s, t) + C(t, T) <= C(s, T). As t can only
 * stand in for s when the new segment t..T has min_segment values, s stays until then.
 *
 * MBIC adds log(length), and splitting a segment into a and b values may then raise its cost by log(ab / (a + b)), at
 * most log(n / 4): with `exact` a candidate goes only when it is worse by more than that. Without it the candidate goes
 * at once, as in R's changepoint, whose answers are then reproduced, the few that are not the optimum included. */
#include "trend/change_cost.h"
#include "base/struct.h"

#include <math.h>

typedef struct candidates {
    int64_t *at;
    int64_t *until; /* not to be used for ends from here on */
    double *value;  /* F(s) + C(s, t) of the present t */
    int64_t count;
} candidates;

static void drop_expired(candidates *c, int64_t t)
{
    int64_t kept = 0;
    for (int64_t k = 0; k < c->count; k++) {
        if (c->until[k] <= t)
            continue;
        c->at[kept] = c->at[k];
        c->until[kept++] = c->until[k];
    }
    c->count = kept;
}

/* The best last change for a segment that ends at t; fills the values of the candidates. */
static int64_t best_change(const gov_segments *s, candidates *c, const double *best, int64_t t)
{
    int64_t chosen = 0;
    double least = INFINITY;
    for (int64_t k = 0; k < c->count; k++) {
        c->value[k] = best[c->at[k]] + gov_segment_cost(s, c->at[k], t);
        if (c->value[k] < least) {
            least = c->value[k];
            chosen = k;
        }
    }
    return chosen;
}

static void search(const gov_segments *s, candidates *c, double *best, int64_t *last)
{
    double slack = s->log_length && s->exact ? fmax(0, log((double)s->n / 4)) : 0;
    best[0] = -s->penalty;
    for (int64_t t = 1; t < s->min_segment; t++)
        best[t] = INFINITY;
    for (int64_t t = s->min_segment; t <= s->n; t++) {
        int64_t start = t - s->min_segment;
        if (best[start] < INFINITY) {
            c->at[c->count] = start;
            c->until[c->count++] = INT64_MAX;
        }
        int64_t chosen = best_change(s, c, best, t);
        last[t] = c->at[chosen];
        best[t] = c->value[chosen] + s->penalty;
        for (int64_t k = 0; k < c->count; k++)
            if (c->value[k] > best[t] + slack && c->until[k] == INT64_MAX)
                c->until[k] = t + s->min_segment;
        drop_expired(c, t + 1);
    }
}

gov_status gov_pelt(const double *y, const uint8_t *valid, int64_t n, const gov_change_options *options,
                    int64_t *changes, gov_change_result *result, gov_error *err)
{
    if (changes == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "changes must have room for n values");
    gov_segments s;
    GOV_TRY(gov_struct_check(result, err));
    GOV_TRY(gov_segments_new(y, valid, n, options, &s, err));
    gov_status status = GOV_OK;
    double *work = gov_alloc(2 * (s.n + 1), sizeof(double));
    int64_t *places = gov_alloc(4 * (s.n + 1), sizeof(int64_t));
    if (work == NULL || places == NULL) {
        status = gov_fail_memory(err);
    } else {
        int64_t *last = places + s.n + 1;
        candidates c = {last + s.n + 1, last + 2 * (s.n + 1), work + s.n + 1, 0};
        search(&s, &c, work, last);
        int64_t count = 0;
        for (int64_t t = last[s.n]; t > 0; t = last[t])
            count++;
        int64_t k = count;
        for (int64_t t = last[s.n]; t > 0; t = last[t])
            places[--k] = t;
        gov_segments_report(&s, places, count, changes, result);
    }
    gov_free(work);
    gov_free(places);
    gov_segments_free(&s);
    return status;
}
