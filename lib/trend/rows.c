/* rows.c - one row a period.
 *
 * A panel that grows by a period a day is kept by periods: appending is a new row, a correction is a new row in the
 * place of an old one, and what all series ask of one past period lies side by side. The methods want series; they are
 * given blocks of 64, for which a row is one cache line of bytes. */
#include "trend/rows.h"

#include <string.h>

gov_status gov_row_alloc(gov_row *row, int64_t count, int32_t bytes, int gaps, gov_error *err)
{
    gov_row made = {row->day, bytes, count, gov_alloc_zero(count, (size_t)bytes), NULL};
    if (gaps)
        made.missing = gov_alloc_zero(count / 8 + 1, 1);
    if (made.cells == NULL || (gaps && made.missing == NULL)) {
        gov_row_clear(&made);
        return gov_fail_memory(err);
    }
    *row = made;
    return GOV_OK;
}

void gov_row_clear(gov_row *row)
{
    gov_free(row->cells);
    gov_free(row->missing);
    row->cells = NULL;
    row->missing = NULL;
}

void gov_row_write(gov_row *row, int64_t series, double value, int present)
{
    gov_cell_put(row->cells, row->bytes, series, present ? value : 0);
    if (row->missing == NULL)
        return;
    uint8_t bit = (uint8_t)(1 << series % 8);
    row->missing[series / 8] =
        (uint8_t)(present ? row->missing[series / 8] & ~bit : row->missing[series / 8] | bit);
}

void gov_rows_read(const gov_rows *rows, int64_t t, int64_t first, int64_t count, double *y, uint8_t *present)
{
    const gov_row *row = &rows->items[t];
    int64_t kept = row->count - first < count ? row->count - first : count;
    kept = kept < 0 ? 0 : kept;
    gov_cells_get(row->cells, row->bytes, first, kept, y);
    memset(present, 1, (size_t)kept);
    for (int64_t i = 0; row->missing != NULL && i < kept; i++)
        present[i] = (row->missing[(first + i) / 8] >> (first + i) % 8 & 1) == 0;
    for (int64_t i = kept; i < count; i++) {
        y[i] = 0;
        present[i] = rows->gaps == GOV_GAPS_ZERO;
    }
}

void gov_rows_window(const gov_rows *rows, int64_t from, int64_t to, int64_t first, int64_t count, double *y,
                     uint8_t *present)
{
    double values[GOV_ROWS_BLOCK];
    uint8_t there[GOV_ROWS_BLOCK];
    int64_t length = to - from;
    for (int64_t t = from; t < to; t++) {
        gov_rows_read(rows, t, first, count, values, there);
        for (int64_t k = 0; k < count; k++) {
            y[k * length + t - from] = values[k];
            present[k * length + t - from] = there[k];
        }
    }
}

/* --- Merging ----------------------------------------------------------------------------------------------------- */

typedef struct merge {
    const gov_rows *rows;
    int64_t at;
    const gov_panel *panel;
    const int64_t *map;
    int64_t series;
    gov_row *out;
    gov_cell_range *ranges; /* one a period */
    double *y;              /* one series of the panel */
    uint8_t *present;
} merge;

static int is_old(const merge *m, int64_t j)
{
    return m->at + j < m->rows->count;
}

static gov_status measure(const merge *m, gov_error *err)
{
    for (int64_t j = 0; j < m->panel->periods; j++) {
        m->ranges[j] = GOV_CELL_RANGE_INIT;
        m->ranges[j].gaps = m->rows->gaps == GOV_GAPS_MISSING &&
                            (is_old(m, j) ? m->rows->items[m->at + j].count : m->panel->series) < m->series;
    }
    for (int64_t p = 0; p < m->panel->series; p++) {
        gov_cells_read(m->panel, p, m->y, m->present);
        for (int64_t j = 0; j < m->panel->periods; j++) {
            if (m->present[j] && m->y[j] < 0)
                return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(p, "value"), "a count must not be below 0");
            gov_cells_measure(&m->ranges[j], &m->y[j], &m->present[j], 1);
        }
    }
    return GOV_OK;
}

static void copy_old(const merge *m, int64_t j)
{
    double values[GOV_ROWS_BLOCK];
    uint8_t there[GOV_ROWS_BLOCK];
    for (int64_t first = 0; first < m->series; first += GOV_ROWS_BLOCK) {
        int64_t count = m->series - first < GOV_ROWS_BLOCK ? m->series - first : GOV_ROWS_BLOCK;
        gov_rows_read(m->rows, m->at + j, first, count, values, there);
        for (int64_t k = 0; k < count; k++)
            gov_row_write(&m->out[j], first + k, values[k], there[k]);
    }
}

/* What the panel says nothing about: for an old period as it was, for a new one what `gaps` says. */
static gov_status begin_row(const merge *m, int64_t j, gov_error *err)
{
    int32_t bytes = gov_cell_bytes_for(&m->ranges[j]);
    int gaps = m->ranges[j].gaps;
    const gov_row *old = is_old(m, j) ? &m->rows->items[m->at + j] : NULL;
    if (old != NULL && old->bytes > bytes)
        bytes = old->bytes;
    gaps = gaps || (old != NULL && old->missing != NULL);
    m->out[j].day = gov_panel_day(m->panel, j);
    GOV_TRY(gov_row_alloc(&m->out[j], m->series, bytes, gaps, err));
    if (old != NULL)
        copy_old(m, j);
    else if (m->rows->gaps == GOV_GAPS_MISSING && gaps)
        memset(m->out[j].missing, 0xff, (size_t)(m->series / 8 + 1));
    return GOV_OK;
}

static void write_series(const merge *m, int64_t p, uint8_t *changed)
{
    int64_t s = m->map[p];
    gov_cells_read(m->panel, p, m->y, m->present);
    for (int64_t j = 0; j < m->panel->periods; j++) {
        if (is_old(m, j)) {
            double before;
            uint8_t was;
            gov_rows_read(m->rows, m->at + j, s, 1, &before, &was);
            changed[s] |= was != m->present[j] || (was && before != m->y[j]);
        }
        gov_row_write(&m->out[j], s, m->y[j], m->present[j]);
    }
}

static gov_status merge_all(const merge *m, uint8_t *changed, gov_error *err)
{
    GOV_TRY(measure(m, err));
    for (int64_t j = 0; j < m->panel->periods; j++)
        GOV_TRY(begin_row(m, j, err));
    for (int64_t p = 0; p < m->panel->series; p++)
        write_series(m, p, changed);
    return GOV_OK;
}

gov_status gov_rows_merge(const gov_rows *rows, int64_t at, const gov_panel *panel, const int64_t *map,
                          int64_t series, gov_row *out, uint8_t *changed, gov_error *err)
{
    merge m = {rows, at, panel, map, series, out, NULL, NULL, NULL};
    gov_status status = GOV_OK;
    for (int64_t j = 0; j < panel->periods; j++)
        out[j] = (gov_row){0, 0, 0, NULL, NULL};
    m.ranges = gov_alloc(panel->periods, sizeof(gov_cell_range));
    m.y = gov_alloc(panel->periods, sizeof(double));
    m.present = gov_alloc(panel->periods, 1);
    if (m.ranges == NULL || m.y == NULL || m.present == NULL)
        status = gov_fail_memory(err);
    if (status == GOV_OK)
        status = merge_all(&m, changed, err);
    for (int64_t j = 0; status != GOV_OK && j < panel->periods; j++)
        gov_row_clear(&out[j]);
    gov_free(m.ranges);
    gov_free(m.y);
    gov_free(m.present);
    return status;
}
