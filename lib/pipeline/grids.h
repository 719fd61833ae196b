/* grids.h - the grid of a level above another grid. */
#ifndef GOVCORE_PIPELINE_GRIDS_H
#define GOVCORE_PIPELINE_GRIDS_H

#include "govcore/store.h"
#include "table/column.h"

typedef struct gov_grids gov_grids;

/* The grids of a store that hold on `as_of`. */
gov_status gov_grids_load(gov_store *store, const char *as_of, gov_grids **out, gov_error *err);
void gov_grids_free(gov_grids *grids);

/* The row (in gov_grids_table) of the grid of `level` that is `code` or lies above it; the grid itself if `level` is
 * NULL or there is none of that level above it; -1 if the code is not a grid. */
int64_t gov_grids_above(const gov_grids *grids, const char *code, int64_t size, const char *level);
const gov_table *gov_grids_table(const gov_grids *grids);

#endif
