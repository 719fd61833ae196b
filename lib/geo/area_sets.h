/* area_sets.h - sets of areas, each kept once and named by a number, so that two sets are equal if their numbers are.
 * Set 0 is empty. */
#ifndef GOVCORE_GEO_AREA_SETS_H
#define GOVCORE_GEO_AREA_SETS_H

#include "base/alloc.h"

typedef struct gov_area_sets {
    int64_t count;
    int64_t *start; /* of set i in `items`; one more than there are sets */
    int64_t *items; /* areas in rising order */
    int64_t starts_capacity;
    int64_t items_capacity;
    int64_t *slots; /* open addressing: number of the set plus 1, or 0 */
    int64_t slot_count;
    int64_t *scratch;
    int64_t scratch_capacity;
} gov_area_sets;

gov_status gov_area_sets_init(gov_area_sets *sets, gov_error *err);
void gov_area_sets_clear(gov_area_sets *sets);

/* The set of one area, and the areas that are in exactly one of two sets. */
gov_status gov_area_sets_one(gov_area_sets *sets, int64_t area, int64_t *out, gov_error *err);
gov_status gov_area_sets_xor(gov_area_sets *sets, int64_t a, int64_t b, int64_t *out, gov_error *err);

static inline int64_t gov_area_set_size(const gov_area_sets *sets, int64_t set)
{
    return sets->start[set + 1] - sets->start[set];
}

/* Whether two sets have an area in common; *area is the least. */
int gov_area_sets_meet(const gov_area_sets *sets, int64_t a, int64_t b, int64_t *area);

#endif
