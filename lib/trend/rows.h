/* rows.h - a panel kept period by period: a new period is a new row, each in cells as narrow as its own counts allow. */
#ifndef GOVCORE_TREND_ROWS_H
#define GOVCORE_TREND_ROWS_H

#include "trend/panel.h"

typedef struct gov_row {
    int32_t day;   /* the first of the period */
    int32_t bytes; /* a cell: 1, 2, 4 (whole numbers) or 8 */
    int64_t count; /* series that it has; those after are what `gaps` says */
    void *cells;
    uint8_t *missing; /* bits, 1 = missing; NULL: none */
} gov_row;

typedef struct gov_rows {
    gov_row *items;
    int64_t count;
    gov_gaps gaps;
} gov_rows;

/* Room for `count` zeros of row->day; `gaps`: with a bitmap, of which all bits are 0. */
gov_status gov_row_alloc(gov_row *row, int64_t count, int32_t bytes, int gaps, gov_error *err);
void gov_row_clear(gov_row *row);
void gov_row_write(gov_row *row, int64_t series, double value, int present);

/* Series [first, first + count) of row t; present gets 1 or 0; a missing cell reads 0. */
void gov_rows_read(const gov_rows *rows, int64_t t, int64_t first, int64_t count, double *y,
                   uint8_t *present);

enum { GOV_ROWS_BLOCK = 64 };

/* Rows [from, to) of up to GOV_ROWS_BLOCK series, series by series: y[k * (to - from) + t - from]. */
void gov_rows_window(const gov_rows *rows, int64_t from, int64_t to, int64_t first, int64_t count, double *y,
                     uint8_t *present);

/* Makes the rows [at, at + panel->periods) anew from the rows that are there and a panel, whose series p is series
 * map[p] of `series`. changed (one byte a series) gets 1 where an existing row is not what it was.
 * GOV_E_RANGE, err->row the panel's series: a value below 0. `out` has panel->periods items, on success yours. */
gov_status gov_rows_merge(const gov_rows *rows, int64_t at, const gov_panel *panel, const int64_t *map,
                          int64_t series, gov_row *out, uint8_t *changed, gov_error *err);

#endif
