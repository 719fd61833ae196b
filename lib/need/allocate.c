/* allocate.c - scarce units among areas, the largest unmet share first.
 *
 * Each unit goes to the area whose unmet share is the largest at that moment. The shares fall with every unit, so
 * the greedy choice is lexicographically optimal (Ibaraki & Katoh 1988, ch. 5). A heap finds the area: O(log n) a
 * unit; shares are compared by cross products in 128 bits, never as doubles. */
#include "base/alloc.h"
#include "govcore/need.h"
#include "need/tally.h"

#include <string.h>

typedef struct heap {
    const int64_t *demand;
    int64_t *given;
    int64_t *areas; /* the one at 0 has the largest unmet share */
    int64_t count;
} heap;

/* Whether area a comes before b: a larger unmet share; of equal ones that of the smaller demand, whose share one
 * unit lowers the most; then the earlier place. */
static int before(const heap *h, int64_t a, int64_t b)
{
    gov_wide left = (gov_wide)(h->demand[a] - h->given[a]) * h->demand[b];
    gov_wide right = (gov_wide)(h->demand[b] - h->given[b]) * h->demand[a];
    if (left != right)
        return left > right;
    return h->demand[a] != h->demand[b] ? h->demand[a] < h->demand[b] : a < b;
}

static void sift_down(heap *h, int64_t at)
{
    for (;;) {
        int64_t best = at;
        for (int64_t child = 2 * at + 1; child <= 2 * at + 2 && child < h->count; child++) {
            if (before(h, h->areas[child], h->areas[best]))
                best = child;
        }
        if (best == at)
            return;
        int64_t moved = h->areas[at];
        h->areas[at] = h->areas[best];
        h->areas[best] = moved;
        at = best;
    }
}

gov_status gov_need_allocate(const int64_t *demand, int64_t areas, int64_t budget, int64_t *given,
                             gov_error *err)
{
    if (areas < 0 || (areas > 0 && (demand == NULL || given == NULL)))
        return gov_fail(err, GOV_E_ARGUMENT, "demand and given must be given");
    if (budget < 0)
        return gov_fail(err, GOV_E_RANGE, "the budget must not be negative");
    for (int64_t i = 0; i < areas; i++) {
        if (demand[i] < 0)
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(i, "demand"), "a demand must not be negative");
    }
    heap h = {.demand = demand};
    h.areas = gov_alloc(areas, sizeof(int64_t));
    h.given = gov_alloc_zero(areas, sizeof(int64_t));
    if (h.areas == NULL || h.given == NULL) {
        gov_free(h.areas);
        gov_free(h.given);
        return gov_fail_memory(err);
    }
    for (int64_t i = 0; i < areas; i++) {
        if (demand[i] > 0)
            h.areas[h.count++] = i;
    }
    for (int64_t i = h.count / 2 - 1; i >= 0; i--)
        sift_down(&h, i);
    for (; budget > 0 && h.count > 0; budget--) {
        int64_t area = h.areas[0];
        if (++h.given[area] == demand[area])
            h.areas[0] = h.areas[--h.count];
        sift_down(&h, 0);
    }
    if (areas > 0)
        memcpy(given, h.given, (size_t)areas * sizeof(*given));
    gov_free(h.areas);
    gov_free(h.given);
    return GOV_OK;
}
