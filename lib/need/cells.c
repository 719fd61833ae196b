/* cells.c - counted patterns as a table, so that any engine can carry and concatenate them.
 *
 * A merge is then nothing but putting tables one below the other: equal cells are added when the count is
 * finished. Sums of 128 bits travel as two integers, high × 2^62 + low. */
#include "need/measure.h"
#include "need/rows.h"

#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

static void put_label(gov_need_sheet *s, const gov_need_labels *labels, int32_t id)
{
    int64_t number = 0;
    const char *name = id < 0 ? NULL : labels->names[id];
    if (name == NULL)
        gov_need_put_missing(s);
    else if (labels->are_numbers && gov_parse_int64(name, (int64_t)strlen(name), &number))
        gov_need_put_int(s, number);
    else
        gov_need_put_text(s, name);
}

static void put_wide(gov_need_sheet *s, gov_wide value)
{
    gov_need_put_int(s, (int64_t)(value >> 62));
    gov_need_put_int(s, (int64_t)(value & (((gov_wide)1 << 62) - 1)));
}

static const char *type_of(const gov_need_labels *labels)
{
    return labels->are_numbers ? "int" : "text";
}

gov_status gov_need_count_cells(const gov_need_count *c, gov_table **out, gov_error *err)
{
    char columns[300];
    gov_need_sheet s;
    snprintf(columns, sizeof(columns),
             "group:%s,stratum:%s,unit:%s,deprived_mask:int,missing_mask:int,rows:int,weight_high:int,weight_"
             "low:int,"
             "square_high:int,square_low:int",
             type_of(&c->groups), type_of(&c->strata), type_of(&c->units));
    gov_need_sheet_open(&s, columns, err);
    for (int64_t i = 0; i < c->tally.count; i++) {
        const gov_need_cell *cell = &c->tally.cells[i];
        put_label(&s, &c->groups, cell->key.group);
        put_label(&s, &c->strata, cell->key.stratum);
        put_label(&s, &c->units, cell->key.unit);
        gov_need_put_int(&s, cell->key.mask);
        gov_need_put_int(&s, cell->key.missing);
        gov_need_put_int(&s, cell->rows);
        put_wide(&s, cell->weight);
        put_wide(&s, cell->square);
    }
    return gov_need_sheet_close(&s, out);
}

enum { MASK, MISSING, ROWS, WEIGHT_HIGH, WEIGHT_LOW, SQUARE_HIGH, SQUARE_LOW, FIELDS };

/* One cell from the fields of a row; 0 if they cannot be those of a cell. */
static int read_cell(const int64_t *f, gov_need_cell *cell)
{
    const int64_t most = INT64_C(1) << 62;
    if (f[MASK] < 0 || f[MASK] > UINT32_MAX || f[MISSING] < 0 || f[MISSING] > UINT32_MAX || f[ROWS] < 0)
        return 0;
    for (int k = WEIGHT_HIGH; k < FIELDS; k++) {
        if (f[k] < 0 || f[k] >= most)
            return 0;
    }
    cell->key.mask = (uint32_t)f[MASK];
    cell->key.missing = (uint32_t)f[MISSING];
    cell->rows = f[ROWS];
    cell->weight = ((gov_wide)f[WEIGHT_HIGH] << 62) + f[WEIGHT_LOW];
    cell->square = ((gov_wide)f[SQUARE_HIGH] << 62) + f[SQUARE_LOW];
    return 1;
}

gov_status gov_need_count_add_cells(gov_need_count *c, const gov_table *cells, gov_error *err)
{
    static const char *const names[] = {"deprived_mask", "missing_mask", "rows",      "weight_high",
                                        "weight_low",    "square_high",  "square_low"};
    gov_column_view views[FIELDS];
    for (int k = 0; k < FIELDS; k++) {
        views[k] = (gov_column_view)GOV_COLUMN_VIEW_INIT;
        GOV_TRY(gov_table_need(cells, names[k], &views[k], err));
    }
    for (int64_t i = 0; i < gov_table_rows(cells); i++) {
        int64_t fields[FIELDS];
        gov_need_cell cell;
        GOV_TRY(gov_need_count_row(c, i, 0, names[0], &cell, err));
        for (int k = 0; k < FIELDS; k++)
            GOV_TRY(gov_column_int64s(&views[k], i, 1, &fields[k], NULL, err));
        if (!read_cell(fields, &cell))
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(i, "parts"),
                               "this is not a row of gov_need_measure_part");
        GOV_TRY(gov_need_tally_add(&c->tally, &cell, err));
    }
    return GOV_OK;
}
