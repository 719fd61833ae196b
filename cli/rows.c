/* rows.c - reading cells of a table by column name. */
#include "rows.h"
#include "cli.h"

#include <string.h>

static int find_view(const gov_table *table, const char *column, gov_column_view *view)
{
    int64_t at;
    return gov_table_find(table, column, &at, NULL) == GOV_OK &&
           gov_table_view(table, at, view, NULL) == GOV_OK;
}

static void copy_cell(const cli_cell *cell, char *out, size_t size)
{
    size_t bytes = (size_t)cell->size < size - 1 ? (size_t)cell->size : size - 1;
    memcpy(out, cell->data, bytes);
    out[bytes] = '\0';
}

int cli_has_column(const gov_table *table, const char *column)
{
    int64_t at;
    return gov_table_find(table, column, &at, NULL) == GOV_OK;
}

int cli_text_at(const gov_table *table, int64_t row, const char *column, char *out, size_t size)
{
    gov_column_view view = GOV_COLUMN_VIEW_INIT;
    cli_cell cell;
    out[0] = '\0';
    if (!find_view(table, column, &view))
        return 0;
    cli_cell_read(&view, row, &cell);
    if (!cell.missing)
        copy_cell(&cell, out, size);
    return !cell.missing;
}

int cli_number_at(const gov_table *table, int64_t row, const char *column, double *out)
{
    int64_t at;
    uint8_t valid = 0;
    return gov_table_find(table, column, &at, NULL) == GOV_OK &&
           gov_table_copy_doubles(table, at, row, 1, out, &valid, NULL) == GOV_OK && valid;
}

int64_t cli_find_row(const gov_table *table, const char *column, const char *value)
{
    gov_column_view view = GOV_COLUMN_VIEW_INIT;
    if (!find_view(table, column, &view))
        return -1;
    for (int64_t i = 0; i < view.length; i++) {
        cli_cell cell;
        cli_cell_read(&view, i, &cell);
        if (!cell.missing && (size_t)cell.size == strlen(value) &&
            memcmp(cell.data, value, (size_t)cell.size) == 0)
            return i;
    }
    return -1;
}
