/* lineage.h - what grids became, as arrays in the order of the dates. */
#ifndef GOVCORE_STORE_LINEAGE_H
#define GOVCORE_STORE_LINEAGE_H

#include "store/view.h"

typedef struct gov_descent {
    const char *from, *to, *date; /* "2021-07-01" */
    double share;
    int to_lived; /* `to` was there the day before: it received, it did not come of `from` */
} gov_descent;

typedef struct gov_lineage {
    gov_arena arena;
    gov_descent *list; /* by date, then from, then to */
    int64_t count;
} gov_lineage;

/* Reads temp.lineage. A missing share is 1 divided by the number of parts. */
gov_status gov_lineage_load(gov_store *store, gov_lineage *out, gov_error *err);
void gov_lineage_clear(gov_lineage *lineage);

#endif
