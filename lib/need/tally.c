/* tally.c - open addressing over an array of cells. */
#include "need/tally.h"

#include "base/alloc.h"
#include "base/digest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int64_t *find_slot(const gov_need_tally *t, const gov_need_key *key)
{
    uint64_t at = gov_hash64(key, (int64_t)sizeof(*key), 0);
    for (;; at++) {
        int64_t *slot = &t->slots[at & (uint64_t)(t->slot_count - 1)];
        if (*slot == 0 || memcmp(&t->cells[*slot - 1].key, key, sizeof(*key)) == 0)
            return slot;
    }
}

static gov_status widen(gov_need_tally *t, gov_error *err)
{
    int64_t larger = t->slot_count == 0 ? 64 : t->slot_count * 2;
    int64_t *slots = gov_alloc_zero(larger, sizeof(*slots));
    if (slots == NULL)
        return gov_fail_memory(err);
    gov_free(t->slots);
    t->slots = slots;
    t->slot_count = larger;
    for (int64_t i = 0; i < t->count; i++)
        *find_slot(t, &t->cells[i].key) = i + 1;
    return GOV_OK;
}

gov_status gov_need_tally_add(gov_need_tally *t, const gov_need_cell *cell, gov_error *err)
{
    if (2 * (t->count + 1) > t->slot_count)
        GOV_TRY(widen(t, err));
    int64_t *slot = find_slot(t, &cell->key);
    if (*slot == 0) {
        void *cells = t->cells;
        gov_status status = gov_grow(&cells, &t->capacity, t->count + 1, sizeof(*cell), err);
        t->cells = cells;
        GOV_TRY(status);
        t->cells[t->count++] = *cell;
        *slot = t->count;
        return GOV_OK;
    }
    gov_need_cell *sum = &t->cells[*slot - 1];
    sum->rows += cell->rows;
    if (__builtin_add_overflow(sum->weight, cell->weight, &sum->weight) ||
        __builtin_add_overflow(sum->square, cell->square, &sum->square))
        return gov_fail(err, GOV_E_LIMIT, "the sum of the weights is too large");
    return GOV_OK;
}

gov_status gov_need_tally_merge(gov_need_tally *into, const gov_need_tally *from, gov_error *err)
{
    for (int64_t i = 0; i < from->count; i++)
        GOV_TRY(gov_need_tally_add(into, &from->cells[i], err));
    return GOV_OK;
}

/* Below 0, 0 or above 0 by stratum, unit, then pattern. */
static int compare_rest(const gov_need_key *x, const gov_need_key *y)
{
    if (x->stratum != y->stratum)
        return x->stratum < y->stratum ? -1 : 1;
    if (x->unit != y->unit)
        return x->unit < y->unit ? -1 : 1;
    if (x->mask != y->mask)
        return x->mask < y->mask ? -1 : 1;
    return x->missing < y->missing ? -1 : x->missing > y->missing;
}

static int by_group(const void *a, const void *b)
{
    const gov_need_key *x = &((const gov_need_cell *)a)->key;
    const gov_need_key *y = &((const gov_need_cell *)b)->key;
    return x->group != y->group ? (x->group < y->group ? -1 : 1) : compare_rest(x, y);
}

static int by_unit(const void *a, const void *b)
{
    const gov_need_key *x = &((const gov_need_cell *)a)->key;
    const gov_need_key *y = &((const gov_need_cell *)b)->key;
    int order = compare_rest(x, y);
    return order != 0 ? order : x->group < y->group ? -1 : x->group > y->group;
}

void gov_need_tally_sort(gov_need_tally *t, int order)
{
    if (t->count > 0)
        qsort(t->cells, (size_t)t->count, sizeof(*t->cells), order == GOV_NEED_BY_UNIT ? by_unit : by_group);
    gov_free(t->slots);
    t->slots = NULL;
    t->slot_count = 0;
}

void gov_need_tally_clear(gov_need_tally *t)
{
    gov_free(t->cells);
    gov_free(t->slots);
    *t = (gov_need_tally){0};
}

int gov_need_weigh(double weight, gov_need_cell *cell)
{
    if (!(weight >= 0 && weight < 0x1p40))
        return 0;
    cell->rows = 1;
    cell->weight = (gov_wide)rint(weight / GOV_NEED_WEIGHT_UNIT);
    /* (2^40 w)² may need 160 bits: half of the unit is taken off each factor first. */
    gov_wide half = cell->weight >> 20;
    gov_wide rest = cell->weight & ((1 << 20) - 1);
    cell->square = half * half + ((half * rest) >> 19) + ((rest * rest) >> 40);
    return 1;
}
