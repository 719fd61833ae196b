/* text_column.h - tables made from one text column, row by row. */
#ifndef GOVCORE_CODE_TEXT_COLUMN_H
#define GOVCORE_CODE_TEXT_COLUMN_H

#include "table/column.h"

/* The view of a column of texts (or of no known type, all missing): GOV_E_UNKNOWN_NAME, GOV_E_TYPE. */
gov_status gov_code_column(const gov_table *table, const char *name, gov_column_view *view, gov_error *err);

/* Writes the text that takes the place of `text` to `out` (out_size bytes, a zero byte included) if it fits, and
 * its bytes without the zero byte to *length. */
typedef gov_status (*gov_text_mapping)(const void *context, const char *text, int64_t size, char *out,
                                       int64_t out_size, int64_t *length, gov_error *err);

/* A table of the one column `name` with every text mapped; missing stays missing. A failure carries the row and
 * the column's name. */
gov_status gov_text_column_map(const gov_table *table, const char *name, gov_text_mapping map,
                               const void *context, gov_table **out, gov_error *err);

#endif
