/* areas.h - records of one grid told by a grid above it: households of a committee by their street. */
#ifndef GOVCORE_PIPELINE_AREAS_H
#define GOVCORE_PIPELINE_AREAS_H

#include "govcore/table.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The table `records` with one more column, `name`: the code of the nearest grid of `level` that is the record's
 * grid (column `grid`) or above it; missing if there is none, or if the record has no grid. The other columns are
 * shared, not copied. `grids` holds code, level and parent, as a query of the kind grid gives them.
 * Errors: GOV_E_UNKNOWN_NAME a column; GOV_E_TYPE one that is not text; GOV_E_REFERENCE a record whose grid is
 * not among the grids (err->row, err->name); GOV_E_CONFLICT a grid that is its own ancestor.
 * Threads: no state.   Ownership: *out is yours. */
GOV_API gov_status gov_areas_join(const gov_table *records, const char *grid, const gov_table *grids,
                                  const char *level, const char *name, gov_table **out, gov_error *err);

#ifdef __cplusplus
}
#endif

#endif
