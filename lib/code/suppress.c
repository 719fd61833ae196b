/* suppress.c - small counts and what would reveal them.
 *
 * The published table is a matrix with a last row and a last column of totals, which are cells like the others. If
 * (r,c), (r,d), (s,c), (s,d) are all hidden and none of them is 0, then one may be added to (r,c) and (s,d) and
 * taken from (r,d) and (s,c), or the other way round, and every row and column still adds up (a total enters its
 * equations with the other sign, and so moves with its cell): none of the four can be computed. Such a rectangle always
 * exists for a cell that is not 0, because its row total, column total and the grand total are not 0 either.
 * Longer cycles could hide a little less (the general problem is NP-hard); rectangles can be found by looking at every
 * cell once and be explained to the officer who asks why a large count is hidden. */
#include "code/classes.h"
#include "code/text_column.h"
#include "code/verdict.h"

#include "base/run.h"
#include "table/frame.h"

#include <string.h>

#define DEFAULT_THRESHOLD 5
#define LARGEST_COUNT (INT64_C(1) << 62)

enum { SHOWN = 0, SMALL = 1, COMPLEMENT = 2 };

/* The cells of the whole table, totals last: cell (r, c) is [r * columns + c]. */
typedef struct matrix {
    int64_t rows;
    int64_t columns;
    int64_t *counts;
    int8_t *hidden;
} matrix;

/* A key column: which key each row of the input has, and where each key stands first. */
typedef struct keys {
    gov_column_view view;
    int64_t count;
    int64_t *of_row;
    int64_t *first_row;
} keys;

static gov_status check_present(const gov_column_view *view, gov_error *err)
{
    for (int64_t i = 0; i < view->length; i++) {
        if (view->type == GOV_TYPE_NULL || !gov_view_present(view, i))
            return gov_fail_at(err, GOV_E_MISSING, GOV_AT_ROW(i, view->name), "the key of a cell is missing");
    }
    return GOV_OK;
}

/* `name` NULL: one key for all rows. */
static gov_status read_keys(const gov_table *table, const char *name, keys *k, gov_error *err)
{
    int64_t rows = gov_table_rows(table);
    k->of_row = gov_alloc_zero(rows, sizeof(*k->of_row));
    k->first_row = gov_alloc_zero(rows, sizeof(*k->first_row));
    if (k->of_row == NULL || k->first_row == NULL)
        return gov_fail_memory(err);
    k->count = rows > 0;
    if (name == NULL)
        return GOV_OK;
    GOV_TRY(gov_code_column(table, name, &k->view, err));
    GOV_TRY(check_present(&k->view, err));
    GOV_TRY(gov_classes_refine(&k->view, k->of_row, &k->count, err));
    int64_t seen = 0;
    for (int64_t i = 0; i < rows; i++) {
        if (k->of_row[i] == seen)
            k->first_row[seen++] = i;
    }
    return GOV_OK;
}

static void clear_keys(keys *k)
{
    gov_free(k->of_row);
    gov_free(k->first_row);
}

static gov_status new_matrix(const keys *row, const keys *column, matrix *m, gov_error *err)
{
    int64_t cells;
    m->rows = row->count + 1;
    m->columns = column->count + 1;
    if (__builtin_mul_overflow(m->rows, m->columns, &cells))
        return gov_fail_memory(err);
    m->counts = gov_alloc(cells, sizeof(*m->counts));
    m->hidden = gov_alloc_zero(cells, sizeof(*m->hidden));
    if (m->counts == NULL || m->hidden == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < cells; i++)
        m->counts[i] = -1; /* not yet given */
    return GOV_OK;
}

static gov_status fill_cells(const gov_table *table, const char *name, const keys *row, const keys *column,
                             matrix *m, gov_error *err)
{
    gov_column_view view = GOV_COLUMN_VIEW_INIT;
    GOV_TRY(gov_table_need(table, name, &view, err));
    for (int64_t i = 0; i < view.length; i++) {
        int64_t count;
        int64_t *cell = &m->counts[row->of_row[i] * m->columns + column->of_row[i]];
        GOV_TRY(gov_column_int64s(&view, i, 1, &count, NULL, err));
        if (count < 0 || count > LARGEST_COUNT)
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(i, name), "a count must be 0 to 2^62");
        if (*cell >= 0)
            return gov_fail_at(err, GOV_E_DUPLICATE, GOV_AT_ROW(i, name), "the cell stands twice");
        *cell = count;
    }
    return GOV_OK;
}

static gov_status add_to(int64_t *total, int64_t count, gov_error *err)
{
    if (*total > LARGEST_COUNT - count)
        return gov_fail(err, GOV_E_RANGE, "a total is over 2^62");
    *total += count;
    return GOV_OK;
}

static gov_status fill_totals(matrix *m, gov_error *err)
{
    int64_t *totals = m->counts + (m->rows - 1) * m->columns;
    for (int64_t c = 0; c < m->columns; c++)
        totals[c] = 0;
    for (int64_t r = 0; r < m->rows - 1; r++) {
        int64_t *row = m->counts + r * m->columns;
        int64_t *row_total = &row[m->columns - 1];
        *row_total = 0;
        for (int64_t c = 0; c < m->columns - 1; c++) {
            row[c] = row[c] < 0 ? 0 : row[c];
            GOV_TRY(add_to(row_total, row[c], err));
            GOV_TRY(add_to(&totals[c], row[c], err));
        }
        GOV_TRY(add_to(&totals[m->columns - 1], *row_total, err));
    }
    return GOV_OK;
}

/* What hiding a cell costs: its count; nothing if it is hidden already. */
static int64_t cost_of(const matrix *m, int64_t cell)
{
    return m->hidden[cell] != SHOWN ? 0 : m->counts[cell];
}

static void hide(matrix *m, int64_t cell)
{
    if (m->hidden[cell] == SHOWN)
        m->hidden[cell] = COMPLEMENT;
}

/* Makes the small cell (r, c) a corner of the hidden rectangle that costs least; of equals the first. Costs are sums
 * of three counts up to 2^62 and therefore unsigned. */
static void protect(matrix *m, int64_t r, int64_t c)
{
    uint64_t least = UINT64_MAX;
    int64_t best_row = m->rows - 1;
    int64_t best_column = m->columns - 1;
    for (int64_t s = 0; s < m->rows && least > 0; s++) {
        int64_t below = s * m->columns + c;
        if (s == r || m->counts[below] == 0)
            continue;
        for (int64_t d = 0; d < m->columns; d++) {
            int64_t beside = r * m->columns + d;
            int64_t across = s * m->columns + d;
            if (d == c || m->counts[beside] == 0 || m->counts[across] == 0)
                continue;
            uint64_t cost =
                (uint64_t)cost_of(m, below) + (uint64_t)cost_of(m, beside) + (uint64_t)cost_of(m, across);
            if (cost < least) {
                least = cost;
                best_row = s;
                best_column = d;
            }
        }
    }
    hide(m, best_row * m->columns + c);
    hide(m, r * m->columns + best_column);
    hide(m, best_row * m->columns + best_column);
}

static gov_status suppress(matrix *m, int64_t threshold, gov_run *run, gov_error *err)
{
    for (int64_t i = 0; i < m->rows * m->columns; i++)
        m->hidden[i] = m->counts[i] > 0 && m->counts[i] < threshold ? SMALL : SHOWN;
    for (int64_t r = 0; r < m->rows; r++) {
        GOV_TRY(gov_run_poll(run, r, m->rows, err));
        for (int64_t c = 0; c < m->columns; c++) {
            if (m->hidden[r * m->columns + c] == SMALL)
                protect(m, r, c);
        }
    }
    return GOV_OK;
}

/* The key of each cell, from the row of the input where it stands first; missing for a total (row -1). */
static gov_status add_key(gov_frame *frame, const gov_table *table, const char *name, const char *column,
                          const int64_t *rows, gov_error *err)
{
    int64_t index;
    GOV_TRY(gov_table_find(table, column, &index, err));
    return gov_frame_take(frame, table, index, name, rows, err);
}

static gov_status add_counts(gov_frame *frame, const matrix *m, int64_t width, int8_t *why, gov_error *err)
{
    void *block;
    uint8_t *known;
    GOV_TRY(gov_frame_add(frame, "count", GOV_TYPE_INT64, &block, &known, err));
    int64_t *counts = block;
    for (int64_t i = 0; i < frame->rows; i++) {
        int64_t cell = i / width * m->columns + i % width;
        why[i] = (int8_t)(m->hidden[cell] - 1);
        if (m->hidden[cell] == SHOWN)
            counts[i] = m->counts[cell];
        else
            gov_bit_clear(known, i);
    }
    return GOV_OK;
}

static gov_status report(const gov_table *table, const char *row, const char *column, const keys *row_keys,
                         const keys *column_keys, const matrix *m, gov_table **out, gov_error *err)
{
    static const char *const reasons[] = {"small", "complement"};
    int64_t width = column == NULL ? m->columns - 1 : m->columns; /* one column is its own total */
    gov_frame frame = GOV_FRAME_INIT(m->rows * width);
    gov_status status = GOV_OK;
    int64_t *rows = gov_alloc(frame.rows, sizeof(*rows));
    int8_t *why = gov_alloc(frame.rows, sizeof(*why));
    if (rows == NULL || why == NULL) {
        status = gov_fail_memory(err);
        goto out;
    }
    for (int64_t i = 0; i < frame.rows; i++)
        rows[i] = i / width < row_keys->count ? row_keys->first_row[i / width] : -1;
    GOV_TRY_OUT(add_key(&frame, table, "row", row, rows, err));
    for (int64_t i = 0; i < frame.rows; i++)
        rows[i] = i % width < column_keys->count ? column_keys->first_row[i % width] : -1;
    if (column != NULL)
        GOV_TRY_OUT(add_key(&frame, table, "column", column, rows, err));
    GOV_TRY_OUT(add_counts(&frame, m, width, why, err));
    GOV_TRY_OUT(gov_frame_labels(&frame, "why", why, reasons, 2, err));
    GOV_TRY_OUT(gov_frame_finish(&frame, out, err));
out:
    gov_frame_clear(&frame);
    gov_free(rows);
    gov_free(why);
    return status;
}

gov_status gov_suppress(const gov_table *table, const char *row, const char *column, const char *count,
                        const gov_suppress_options *options, gov_table **out, gov_error *err)
{
    gov_suppress_options o;
    keys row_keys = {.view = GOV_COLUMN_VIEW_INIT};
    keys column_keys = {.view = GOV_COLUMN_VIEW_INIT};
    matrix m = {0, 0, NULL, NULL};
    gov_status status = GOV_OK;
    if (table == NULL || row == NULL || count == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "table, row, count and out must be given");
    GOV_TRY(gov_struct_read(&o, sizeof(o), options, err));
    if (o.threshold == 0)
        o.threshold = DEFAULT_THRESHOLD;
    if (o.threshold < 2)
        return gov_fail(err, GOV_E_ARGUMENT, "the threshold must be 2 or more");
    GOV_TRY_OUT(read_keys(table, row, &row_keys, err));
    GOV_TRY_OUT(read_keys(table, column, &column_keys, err));
    GOV_TRY_OUT(new_matrix(&row_keys, &column_keys, &m, err));
    GOV_TRY_OUT(fill_cells(table, count, &row_keys, &column_keys, &m, err));
    GOV_TRY_OUT(fill_totals(&m, err));
    GOV_TRY_OUT(suppress(&m, o.threshold, o.run, err));
    GOV_TRY_OUT(report(table, row, column, &row_keys, &column_keys, &m, out, err));
out:
    clear_keys(&row_keys);
    clear_keys(&column_keys);
    gov_free(m.counts);
    gov_free(m.hidden);
    return status;
}
