/* rows_tally.h - the households of a table, scored and counted in cells, by any number of threads. */
#ifndef GOVCORE_NEED_ROWS_TALLY_H
#define GOVCORE_NEED_ROWS_TALLY_H

#include "need/score.h"
#include "need/tally.h"

/* The cell of one row, of whose batch the masks are known (not the scores): item `i` of the scorer's batch, row `row`
 * of the table. A cell with rows 0 is left out. */
typedef gov_status (*gov_need_fill)(const void *context, const gov_need_scorer *scorer, int64_t row,
                                    int64_t i, double weight, gov_need_cell *cell, gov_error *err);

/* Adds the rows of the table that `env` is bound to; `weight` is a column, NULL: 1 a household. */
gov_status gov_need_tally_rows(const gov_need_env *env, const gov_table *households,
                               const gov_need_options *options, const char *weight, gov_need_fill fill,
                               const void *context, gov_need_tally *tally, gov_error *err);

/* The rank of the tier that the floors of item `i` give at least: those that hold, or (high) that may hold. */
int8_t gov_need_floor_of(const gov_need_scorer *scorer, int64_t i, int high);

/* The column of weights (without a name if `column` is NULL), and its rows [first, first + count). */
gov_status gov_need_weights_find(const gov_table *table, const char *column, gov_column_view *view,
                                 gov_error *err);
gov_status gov_need_weights_read(const gov_column_view *view, int64_t first, int64_t count, double *weights,
                                 uint8_t *valid, gov_error *err);

#endif
