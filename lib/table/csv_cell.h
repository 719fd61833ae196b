/* csv_cell.h - one field of a CSV file as a value of a column. */
#ifndef GOVCORE_TABLE_CSV_CELL_H
#define GOVCORE_TABLE_CSV_CELL_H

#include "table/csv_reader.h"
#include "table/growing.h"

/* The types that a text may have, as bits. */
typedef enum gov_csv_kind {
    GOV_CSV_INT64 = 1,
    GOV_CSV_FLOAT64 = 2,
    GOV_CSV_BOOL = 4,
    GOV_CSV_DATE = 8,
    GOV_CSV_ANY = 15
} gov_csv_kind;

/* Which of the kinds the text of a field has; 0: it is only text. */
unsigned gov_csv_kinds(const char *text, int64_t size);
/* The narrowest type of a column all of whose values have these kinds. */
gov_type gov_csv_narrowest(unsigned kinds);

/* Appends a field. An empty unquoted one is missing. GOV_E_TYPE or GOV_E_RANGE, at `place`, if it is not of the
 * column's type. */
gov_status gov_csv_cell(gov_growing *column, const gov_csv_field *field, const gov_place *place,
                        gov_error *err);

#endif
