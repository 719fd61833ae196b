/* rows.h - small tables written row by row: descriptions, explanations, measures.
 *
 * Values are put one after another, column by column and row by row; once a put has failed the others do
 * nothing and gov_need_rows_finish reports it. */
#ifndef GOVCORE_NEED_ROWS_H
#define GOVCORE_NEED_ROWS_H

#include "govcore/table.h"

typedef struct gov_need_sheet {
    gov_table_builder *builder;
    int64_t columns;
    int64_t at; /* the next column */
    gov_status status;
    gov_error *err;
} gov_need_sheet;

/* `columns` is "name:type,..." with the types int, num, bool, date and text. */
void gov_need_sheet_open(gov_need_sheet *sheet, const char *columns, gov_error *err);
void gov_need_put_int(gov_need_sheet *sheet, int64_t value);
void gov_need_put_number(gov_need_sheet *sheet, double value); /* NaN and infinity are missing */
void gov_need_put_bool(gov_need_sheet *sheet, int value);
void gov_need_put_text(gov_need_sheet *sheet, const char *text); /* NULL is missing */
void gov_need_put_missing(gov_need_sheet *sheet);
/* "90/1000" */
void gov_need_put_fraction(gov_need_sheet *sheet, int64_t num, int64_t den);
/* Makes the table; the sheet is closed whatever the outcome. */
gov_status gov_need_sheet_close(gov_need_sheet *sheet, gov_table **out);

#endif
