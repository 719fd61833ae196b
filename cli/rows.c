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

/* The cell as text: a text whole (the cells of the printer are cut for the eye), any other type as it is printed. Borrowed
 * from the table or from `cell`; NULL if missing. */
static const char *text_of(const gov_column_view *view, int64_t row, cli_cell *cell, int64_t *size)
{
    cli_cell_read(view, row, cell);
    if (cell->missing)
        return NULL;
    if (view->type == GOV_TYPE_UTF8) {
        const int64_t *at = view->offsets + view->offset + row;
        *size = at[1] - at[0];
        return (const char *)view->values + at[0];
    }
    *size = cell->size;
    return cell->data;
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
    int64_t bytes = 0;
    const char *text = text_of(&view, row, &cell, &bytes);
    if (text == NULL)
        return 0;
    snprintf(out, size, "%.*s", (int)(bytes < (int64_t)size ? bytes : (int64_t)size), text);
    return 1;
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
        int64_t size = 0;
        const char *text = text_of(&view, i, &cell, &size);
        if (text != NULL && (size_t)size == strlen(value) && memcmp(text, value, (size_t)size) == 0)
            return i;
    }
    return -1;
}
