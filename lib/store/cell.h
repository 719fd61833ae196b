/* cell.h - one cell of an input table as a value of a field, or the reason why not. */
#ifndef GOVCORE_STORE_CELL_H
#define GOVCORE_STORE_CELL_H

#include "govcore/table.h"
#include "store/kinds.h"

/* Why a cell is refused. Faults of one cause read alike: a detail of the row is in `expected`, or in brackets at the end
 * of the reason. `zh` and `en` are static or point into `sentence`, so a fault is not copied. */
typedef struct gov_cell_fault {
    gov_status code; /* GOV_OK: no fault */
    const char *zh, *en;
    char sentence[2][160];
    char expected[160];
} gov_cell_fault;

/* Room for texts that are not in the table: a date in its one form, a number as text. */
typedef struct gov_cell_scratch {
    char text[64];
} gov_cell_scratch;

/* Reads row `row` of `view` as a value of `field`: text without the white space around it, then by the field's type,
 * code set (a value or its label), form and bounds. Missing or blank gives a null cell; a required field refuses it.
 * Text in *out is borrowed from the table, the scratch or the field. */
void gov_cell_read(const gov_column_view *view, int64_t row, const gov_kind_field *field,
                   gov_cell_scratch *scratch, gov_cell *out, gov_cell_fault *fault);
/* The cell as it stands in the input, for the report; returns its length, -1 if it is missing. */
int64_t gov_cell_show(const gov_column_view *view, int64_t row, char *out, int64_t size);

/* For SQL: "1" if the text has the form, null if not. A form that is only a mask (name, phone) holds of any text. */
int64_t gov_cell_valid(const char *form, const char *text, int64_t length, char *out, int64_t size);

#endif
