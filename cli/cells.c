/* cells.c - a table for the eye: columns aligned, numbers to the right, East Asian text in its true width.
 *
 * Two passes: the widths of all cells, then the lines. Long cells are cut at CUT columns and end in "…";
 * other formats carry the whole text. */
#include "cli.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { CUT = 48 };

static int bit(const uint8_t *bits, int64_t at)
{
    return bits[at >> 3] >> (at & 7) & 1;
}

static void put_text(cli_cell *cell, const char *text, int64_t size)
{
    int most = (int)sizeof(cell->data) - 4;
    int bytes = size > most ? most : (int)size;
    int fits = cli_fit(text, bytes, CUT);
    if (fits < size)
        fits = cli_fit(text, bytes, CUT - 1);
    memcpy(cell->data, text, (size_t)fits);
    for (int i = 0; i < fits; i++)
        if ((unsigned char)cell->data[i] < ' ')
            cell->data[i] = ' ';
    cell->size = fits;
    if (fits < size) {
        memcpy(cell->data + fits, "…", 3);
        cell->size += 3;
    }
}

static void put_moment(cli_cell *cell, int64_t value, char unit)
{
    int64_t parts = unit == 's' ? 1 : unit == 'm' ? 1000 : unit == 'u' ? 1000000 : 1000000000;
    int64_t seconds = value / parts - (value % parts < 0);
    int64_t days = seconds / 86400 - (seconds % 86400 < 0);
    int rest = (int)(seconds - days * 86400);
    char date[16] = "?";
    gov_date_format((int32_t)days, date, sizeof(date));
    cell->size = snprintf(cell->data, sizeof(cell->data), "%s %02d:%02d:%02d", date, rest / 3600,
                          rest / 60 % 60, rest % 60);
}

static void put_integer(const gov_column_view *c, int64_t at, cli_cell *cell)
{
    int64_t value = 0;
    switch (c->type) {
    case GOV_TYPE_INT8:
        value = ((const int8_t *)c->values)[at];
        break;
    case GOV_TYPE_INT16:
        value = ((const int16_t *)c->values)[at];
        break;
    case GOV_TYPE_INT32:
        value = ((const int32_t *)c->values)[at];
        break;
    case GOV_TYPE_UINT8:
        value = ((const uint8_t *)c->values)[at];
        break;
    case GOV_TYPE_UINT16:
        value = ((const uint16_t *)c->values)[at];
        break;
    case GOV_TYPE_UINT32:
        value = ((const uint32_t *)c->values)[at];
        break;
    case GOV_TYPE_UINT64:
        cell->size = snprintf(cell->data, sizeof(cell->data), "%" PRIu64, ((const uint64_t *)c->values)[at]);
        return;
    default:
        value = ((const int64_t *)c->values)[at];
        break;
    }
    cell->size = snprintf(cell->data, sizeof(cell->data), "%" PRId64, value);
}

static void put_value(const gov_column_view *c, int64_t at, cli_cell *cell)
{
    char date[16];
    switch (c->type) {
    case GOV_TYPE_BOOL:
        put_text(cell, bit(c->values, at) ? "true" : "false", bit(c->values, at) ? 4 : 5);
        return;
    case GOV_TYPE_FLOAT32:
    case GOV_TYPE_FLOAT64:
        cell->size = snprintf(cell->data, sizeof(cell->data), "%.6g",
                              c->type == GOV_TYPE_FLOAT32 ? (double)((const float *)c->values)[at]
                                                          : ((const double *)c->values)[at]);
        return;
    case GOV_TYPE_UTF8:
        put_text(cell, (const char *)c->values + c->offsets[at], c->offsets[at + 1] - c->offsets[at]);
        return;
    case GOV_TYPE_DATE:
        cell->size = gov_date_format(((const int32_t *)c->values)[at], date, sizeof(date));
        memcpy(cell->data, date, (size_t)cell->size);
        return;
    case GOV_TYPE_TIMESTAMP:
        put_moment(cell, ((const int64_t *)c->values)[at], c->unit);
        return;
    default:
        put_integer(c, at, cell);
        return;
    }
}

void cli_cell_read(const gov_column_view *column, int64_t row, cli_cell *cell)
{
    int64_t at = column->offset + row;
    cell->missing = column->type == GOV_TYPE_NULL || (column->validity != NULL && !bit(column->validity, at));
    cell->size = 0;
    if (!cell->missing)
        put_value(column, at, cell);
    cell->width = cli_width(cell->data, cell->size);
}

static int to_the_right(gov_type type)
{
    return (type >= GOV_TYPE_INT8 && type <= GOV_TYPE_FLOAT64) || type == GOV_TYPE_NULL;
}

static void print_cell(FILE *out, const char *text, int size, int width, int room, int right, int last)
{
    int space = room - width;
    if (right)
        fprintf(out, "%*s", space, "");
    fwrite(text, 1, (size_t)size, out);
    if (!right && !last)
        fprintf(out, "%*s", space, "");
    fputs(last ? "\n" : "  ", out);
}

static void print_lines(const gov_column_view *columns, const int *room, int64_t count, int64_t rows,
                        FILE *out)
{
    for (int64_t j = 0; j < count; j++) {
        int size = (int)strlen(columns[j].name);
        print_cell(out, columns[j].name, size, cli_width(columns[j].name, size), room[j],
                   to_the_right(columns[j].type), j == count - 1);
    }
    for (int64_t j = 0; j < count; j++) {
        for (int k = 0; k < room[j]; k++)
            fputs("─", out);
        fputs(j == count - 1 ? "\n" : "  ", out);
    }
    for (int64_t i = 0; i < rows; i++)
        for (int64_t j = 0; j < count; j++) {
            cli_cell cell;
            cli_cell_read(&columns[j], i, &cell);
            if (cell.missing)
                print_cell(out, "·", 2, 1, room[j], to_the_right(columns[j].type), j == count - 1);
            else
                print_cell(out, cell.data, cell.size, cell.width, room[j], to_the_right(columns[j].type),
                           j == count - 1);
        }
}

static void measure(const gov_column_view *columns, int64_t count, int64_t rows, int *room)
{
    for (int64_t j = 0; j < count; j++) {
        room[j] = cli_width(columns[j].name, (int)strlen(columns[j].name));
        for (int64_t i = 0; i < rows; i++) {
            cli_cell cell;
            cli_cell_read(&columns[j], i, &cell);
            int width = cell.missing ? 1 : cell.width;
            room[j] = width > room[j] ? width : room[j];
        }
    }
}

gov_status cli_print_table(const gov_table *table, FILE *out, gov_error *err)
{
    int64_t count = gov_table_columns(table);
    gov_column_view *columns = malloc((size_t)(count + 1) * sizeof(*columns));
    int *room = malloc((size_t)(count + 1) * sizeof(*room));
    gov_status status = columns != NULL && room != NULL ? GOV_OK : GOV_E_MEMORY;
    for (int64_t j = 0; j < count && status == GOV_OK; j++) {
        columns[j] = (gov_column_view)GOV_COLUMN_VIEW_INIT;
        status = gov_table_view(table, j, &columns[j], err);
    }
    if (status == GOV_OK && count > 0) {
        measure(columns, count, gov_table_rows(table), room);
        print_lines(columns, room, count, gov_table_rows(table), out);
    }
    free(room);
    free(columns);
    return status;
}
