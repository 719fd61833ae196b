/* rows.h - reading cells of a table by column name, for commands that look into results. */
#ifndef CLI_ROWS_H
#define CLI_ROWS_H

#include "govcore.h"

/* A zero-ended copy of a cell as text, whatever its type, cut to `size` bytes; 0 and "" if it is missing or there is
 * no such column. */
int cli_text_at(const gov_table *table, int64_t row, const char *column, char *out, size_t size);
/* The number in a cell; 0 if it is missing, no number, or there is no such column. */
int cli_number_at(const gov_table *table, int64_t row, const char *column, double *out);
int cli_has_column(const gov_table *table, const char *column);
/* The first row whose cell reads as `value`, or -1. */
int64_t cli_find_row(const gov_table *table, const char *column, const char *value);

#endif
