/* cell_format.h - cells as text, the same in CSV and JSON. */
#ifndef GOVCORE_TABLE_CELL_FORMAT_H
#define GOVCORE_TABLE_CELL_FORMAT_H

#include "base/buffer.h"
#include "table/column.h"

/* Appends a present value of any type but UTF8: integers in decimal, floats so that they read back equal ("nan",
 * "inf", "-inf"), true and false, 2021-07-01, 2021-07-01T08:30:15.250 (with Z behind it if the column has a time
 * zone, since it counts in UTC then). GOV_E_RANGE, with row and name, for a day outside the years 1 to 9999. */
gov_status gov_cell_format(const gov_column_view *view, int64_t row, gov_buffer *out, gov_error *err);

/* The views of all columns of a table, freed with gov_free. */
gov_status gov_table_views(const gov_table *table, gov_column_view **out, gov_error *err);

#endif
