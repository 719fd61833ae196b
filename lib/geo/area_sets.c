/* area_sets.c - a pool of sorted lists with a hash table over them. */
#include "geo/area_sets.h"

#include "base/digest.h"

#include <string.h>

static int64_t slot_of(const gov_area_sets *s, const int64_t *items, int64_t count)
{
    uint64_t hash = gov_hash64(items, count * (int64_t)sizeof(*items), 0);
    int64_t slot = (int64_t)(hash & (uint64_t)(s->slot_count - 1));
    for (;; slot = (slot + 1) & (s->slot_count - 1)) {
        int64_t set = s->slots[slot] - 1;
        if (set < 0)
            return slot;
        if (gov_area_set_size(s, set) == count &&
            memcmp(s->items + s->start[set], items, (size_t)count * sizeof(*items)) == 0)
            return slot;
    }
}

/* Twice the slots, once they are half full. */
static gov_status make_slots(gov_area_sets *s, gov_error *err)
{
    if (s->slot_count > 2 * s->count)
        return GOV_OK;
    int64_t *slots = gov_alloc_zero(s->slot_count * 2, sizeof(*slots));
    if (slots == NULL)
        return gov_fail_memory(err);
    gov_free(s->slots);
    s->slots = slots;
    s->slot_count *= 2;
    for (int64_t i = 0; i < s->count; i++)
        s->slots[slot_of(s, s->items + s->start[i], gov_area_set_size(s, i))] = i + 1;
    return GOV_OK;
}

/* The number of the set in `scratch`, which is added if it is new. */
static gov_status intern(gov_area_sets *s, int64_t count, int64_t *out, gov_error *err)
{
    GOV_TRY(make_slots(s, err));
    int64_t slot = slot_of(s, s->scratch, count);
    if (s->slots[slot] == 0) {
        void *items = s->items;
        void *starts = s->start;
        int64_t end = s->start[s->count];
        gov_status status = gov_grow(&items, &s->items_capacity, end + count, sizeof(*s->items), err);
        s->items = items;
        if (status == GOV_OK)
            status = gov_grow(&starts, &s->starts_capacity, s->count + 2, sizeof(*s->start), err);
        s->start = starts;
        if (status != GOV_OK)
            return status;
        if (count > 0)
            memcpy(s->items + end, s->scratch, (size_t)count * sizeof(*s->items));
        s->start[++s->count] = end + count;
        s->slots[slot] = s->count;
    }
    *out = s->slots[slot] - 1;
    return GOV_OK;
}

static gov_status make_scratch(gov_area_sets *s, int64_t count, gov_error *err)
{
    void *scratch = s->scratch;
    gov_status status = gov_grow(&scratch, &s->scratch_capacity, count, sizeof(*s->scratch), err);
    s->scratch = scratch;
    return status;
}

gov_status gov_area_sets_init(gov_area_sets *s, gov_error *err)
{
    enum { FIRST_SLOTS = 64 };
    int64_t empty;
    *s = (gov_area_sets){.slot_count = FIRST_SLOTS};
    s->slots = gov_alloc_zero(FIRST_SLOTS, sizeof(*s->slots));
    s->start = gov_alloc_zero(2, sizeof(*s->start));
    s->items = gov_alloc_zero(1, sizeof(*s->items));
    s->starts_capacity = 2;
    s->items_capacity = 1;
    gov_status status = s->slots == NULL || s->start == NULL || s->items == NULL ? gov_fail_memory(err)
                                                                                 : make_scratch(s, 1, err);
    if (status == GOV_OK)
        status = intern(s, 0, &empty, err);
    if (status != GOV_OK)
        gov_area_sets_clear(s);
    return status;
}

void gov_area_sets_clear(gov_area_sets *s)
{
    gov_free(s->start);
    gov_free(s->items);
    gov_free(s->slots);
    gov_free(s->scratch);
    *s = (gov_area_sets){.count = 0};
}

gov_status gov_area_sets_one(gov_area_sets *s, int64_t area, int64_t *out, gov_error *err)
{
    s->scratch[0] = area;
    return intern(s, 1, out, err);
}

gov_status gov_area_sets_xor(gov_area_sets *s, int64_t a, int64_t b, int64_t *out, gov_error *err)
{
    GOV_TRY(make_scratch(s, gov_area_set_size(s, a) + gov_area_set_size(s, b), err));
    const int64_t *p = s->items + s->start[a];
    const int64_t *p_end = s->items + s->start[a + 1];
    const int64_t *q = s->items + s->start[b];
    const int64_t *q_end = s->items + s->start[b + 1];
    int64_t count = 0;
    while (p < p_end || q < q_end) {
        if (q == q_end || (p < p_end && *p < *q))
            s->scratch[count++] = *p++;
        else if (p == p_end || *q < *p)
            s->scratch[count++] = *q++;
        else
            p++, q++;
    }
    return intern(s, count, out, err);
}

int gov_area_sets_meet(const gov_area_sets *s, int64_t a, int64_t b, int64_t *area)
{
    int64_t p = s->start[a];
    int64_t q = s->start[b];
    while (p < s->start[a + 1] && q < s->start[b + 1]) {
        if (s->items[p] == s->items[q]) {
            *area = s->items[p];
            return 1;
        }
        if (s->items[p] < s->items[q])
            p++;
        else
            q++;
    }
    return 0;
}
