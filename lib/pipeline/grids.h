/* grids.h - the grid of a level above another grid. */
#ifndef GOVCORE_PIPELINE_GRIDS_H
#define GOVCORE_PIPELINE_GRIDS_H

#include "govcore/table.h"

typedef struct gov_grids gov_grids;

/* The tree in `table` (code, level, parent, as a query of the kind grid gives them), with the area of each grid: the
 * nearest grid of `level` that is the grid or lies above it. No grid has an area if `level` is NULL. The table is kept,
 * not copied, and must live as long.
 * Errors: GOV_E_UNKNOWN_NAME, GOV_E_TYPE a column; GOV_E_CONFLICT a grid that is its own ancestor. */
gov_status gov_grids_new(const gov_table *table, const char *level, gov_grids **out, gov_error *err);
void gov_grids_free(gov_grids *grids);

/* The row of a grid in the table, -1 if there is none of that code; the row of a grid's area, -1 if it has none. */
int64_t gov_grids_find(const gov_grids *grids, const char *code, int64_t size);
int64_t gov_grids_area(const gov_grids *grids, int64_t row);

#endif
