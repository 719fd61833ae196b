/* arrow.h - a table as an Arrow IPC stream, the bytes that pyarrow, polars, DuckDB and R read. */
#ifndef CLI_ARROW_H
#define CLI_ARROW_H

#include "govcore.h"

#include <stdio.h>

/* Writes the whole stream: schema, one record batch, end. Columns keep their types; text is large_utf8. */
gov_status cli_write_arrow(const gov_table *table, FILE *out, gov_error *err);

#endif
