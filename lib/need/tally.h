/* tally.h - households counted by pattern of deprivations: all that the measures need, in exact integers.
 *
 * A cell is one pattern in one group (and stratum and sampling unit). Its rows and weights are integers, so
 * cells can be filled in any order, by any number of threads, and merged, with one result. A weight is taken
 * as a multiple of 2^-40; the sum of squares, which only standard errors need, of 2^-40 too. */
#ifndef GOVCORE_NEED_TALLY_H
#define GOVCORE_NEED_TALLY_H

#include "base/error.h"

__extension__ typedef __int128 gov_wide;

#define GOV_NEED_WEIGHT_UNIT 0x1p-40

typedef struct gov_need_key {
    int32_t group;
    int32_t stratum;
    int32_t unit;     /* the sampling unit; 0 where none is declared */
    uint32_t mask;    /* deprived indicators */
    uint32_t missing; /* unknown ones */
} gov_need_key;

typedef struct gov_need_cell {
    gov_need_key key;
    int64_t rows;
    gov_wide weight;
    gov_wide square;
    int64_t score;    /* while measuring: the weight of what counts as deprived, */
    uint32_t counted; /* and its mask */
} gov_need_cell;

typedef struct gov_need_tally {
    int64_t count;
    int64_t capacity;
    gov_need_cell *cells;
    int64_t slot_count; /* a power of two */
    int64_t *slots;     /* a cell's index + 1; 0: free */
} gov_need_tally;

/* Adds rows of one key with their weights. `weight` and `square` in units of 2^-40. */
gov_status gov_need_tally_add(gov_need_tally *tally, const gov_need_cell *cell, gov_error *err);
gov_status gov_need_tally_merge(gov_need_tally *into, const gov_need_tally *from, gov_error *err);
/* Puts the cells in order, by group first or by stratum and unit first; nothing may be added afterwards. */
enum { GOV_NEED_BY_GROUP = 0, GOV_NEED_BY_UNIT = 1 };
void gov_need_tally_sort(gov_need_tally *tally, int order);
void gov_need_tally_clear(gov_need_tally *tally);
/* One household: its weight (not negative, below 2^40) as a cell's. 0 if it is outside. */
int gov_need_weigh(double weight, gov_need_cell *cell);

#endif
