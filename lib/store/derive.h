/* derive.h - what became of the grids between two trees. */
#ifndef GOVCORE_STORE_DERIVE_H
#define GOVCORE_STORE_DERIVE_H

#include "store/tree.h"

/* One part of one grid that is gone, or a new grid without an origin (from -1). */
typedef struct gov_derived {
    int64_t from, to; /* indices into the trees; to -1: not decided */
    double share;
    char evidence[96];
} gov_derived;

typedef struct gov_derivation {
    const gov_tree *before, *after;
    gov_derived *list;
    int64_t count, capacity;
} gov_derivation;

gov_status gov_derive(const gov_tree *before, const gov_tree *after, gov_derivation *out, gov_error *err);
/* became, absorbed, split, or "" if it is not decided; "new" for a new grid. */
const char *gov_derived_change(const gov_derivation *d, int64_t i);
void gov_derivation_clear(gov_derivation *d);

#endif
