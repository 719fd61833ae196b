/* panel.h - the panel's inside, for the files that fill it and read it. */
#ifndef GOVCORE_TREND_LIB_PANEL_H
#define GOVCORE_TREND_LIB_PANEL_H

#include "base/alloc.h"
#include "govcore/trend/panel.h"

struct gov_panel {
    int64_t series;
    int64_t periods;
    int64_t first; /* the first period, as counted by period.h */
    gov_frequency frequency;
    int32_t cell_bytes;
    int32_t *days;    /* working days: the day of each period, and the one after the last; else NULL */
    void *cells;      /* series-major: cell s * periods + t */
    uint8_t *missing; /* bits in the same order, 1 = missing; NULL: none */
    gov_table *labels;
};

/* What all the cells of a panel have in common decides how they are kept. */
typedef struct gov_cell_range {
    double most;
    int whole; /* all are whole numbers from 0 to 2^32 - 1 */
    int gaps;  /* some are missing */
} gov_cell_range;

#define GOV_CELL_RANGE_INIT ((gov_cell_range){0, 1, 0})

/* Widens the range by one series. */
void gov_cells_measure(gov_cell_range *range, const double *y, const uint8_t *present, int64_t periods);
/* The narrowest cell that holds the range: 1, 2, 4 or 8 bytes; and cells of so many bytes, written and read. */
int32_t gov_cell_bytes_for(const gov_cell_range *range);
void gov_cell_put(void *cells, int32_t bytes, int64_t at, double value);
void gov_cells_get(const void *cells, int32_t bytes, int64_t first, int64_t count, double *y);
/* Allocates the cells for `range` (panel->series and ->periods are set). */
gov_status gov_cells_alloc(gov_panel *panel, const gov_cell_range *range, gov_error *err);
void gov_cells_write(gov_panel *panel, int64_t series, const double *y, const uint8_t *present);
/* Reads one series; present gets 1 or 0. Returns the number of missing cells. */
int64_t gov_cells_read(const gov_panel *panel, int64_t series, double *y, uint8_t *present);

#endif
