/* gaps.c - M0, M1 and M2 from gaps: how far below its line each deprived household stands.
 *
 * Gaps are doubles, so these sums are not the integers of the other measures: they are taken row by row in the
 * order of the table, compensated, by one thread, and so depend on nothing but the table. */
#include "need/measure.h"
#include "need/rows.h"

#include "base/sum.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { POWERS = 3 };

typedef struct gaps {
    gov_need_count *count;
    const gov_table *table;
    int64_t rows;
    double *weights;
    uint8_t *whole;  /* rows without a missing gap */
    int64_t *scores; /* numerators */
    double *depth;   /* Σ w(j) g(j)^power, POWERS a row */
    int64_t *pairs;  /* stratum and unit of each row, sorted by it in `order` */
    int64_t *order;
} gaps;

/* --- Rows --------------------------------------------------------------------------------------------------- */

static gov_status read_gap(gaps *g, int64_t j, int64_t row, double gap, int known, gov_error *err)
{
    double share = (double)g->count->weights[j] / (double)g->count->denominator;
    if (!known) {
        g->whole[row] = 0;
        return GOV_OK;
    }
    if (!(gap >= 0 && gap <= 1))
        return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(row, g->count->indicators[j]),
                           "a gap lies between 0 (not deprived) and 1");
    if (gap > 0) {
        g->scores[row] += g->count->weights[j];
        for (int p = 0; p < POWERS; p++)
            g->depth[POWERS * row + p] += share * pow(gap, p);
    }
    return GOV_OK;
}

static gov_status read_column(gaps *g, int64_t j, gov_error *err)
{
    enum { BATCH = 512 };
    gov_column_view view = GOV_COLUMN_VIEW_INIT;
    double values[BATCH];
    uint8_t known[BATCH];
    GOV_TRY(gov_table_need(g->table, g->count->indicators[j], &view, err));
    for (int64_t first = 0; first < g->rows; first += BATCH) {
        int64_t n = g->rows - first < BATCH ? g->rows - first : BATCH;
        GOV_TRY(gov_column_numbers(&view, first, n, values, known, err));
        for (int64_t i = 0; i < n; i++)
            GOV_TRY(read_gap(g, j, first + i, values[i], known[i], err));
    }
    return GOV_OK;
}

static gov_status read_rows(gaps *g, const char *weight, gov_error *err)
{
    gov_column_view view = GOV_COLUMN_VIEW_INIT;
    if (weight != NULL)
        GOV_TRY(gov_table_need(g->table, weight, &view, err));
    for (int64_t i = 0; i < g->rows; i++) {
        gov_need_cell cell;
        g->weights[i] = 1;
        g->whole[i] = 1;
        if (weight != NULL)
            GOV_TRY(gov_column_numbers(&view, i, 1, &g->weights[i], NULL, err));
        GOV_TRY(gov_need_count_row(g->count, i, g->weights[i], weight, &cell, err));
        int64_t unit = g->count->has_units ? cell.key.unit : i;
        g->pairs[i] = (int64_t)cell.key.stratum << 40 | unit;
    }
    for (int64_t j = 0; j < g->count->indicator_count; j++)
        GOV_TRY(read_column(g, j, err));
    return GOV_OK;
}

/* --- The design --------------------------------------------------------------------------------------------- */

/* Row numbers sorted by stratum and unit. */
typedef struct placed {
    int64_t pair;
    int64_t row;
} placed;

static int by_pair(const void *a, const void *b)
{
    const placed *x = a;
    const placed *y = b;
    if (x->pair != y->pair)
        return x->pair < y->pair ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static gov_status sort_rows(gaps *g, gov_error *err)
{
    placed *list = gov_alloc(g->rows, sizeof(*list));
    if (list == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < g->rows; i++)
        list[i] = (placed){g->pairs[i], i};
    if (g->rows > 0)
        qsort(list, (size_t)g->rows, sizeof(*list), by_pair);
    for (int64_t i = 0; i < g->rows; i++)
        g->order[i] = list[i].row;
    gov_free(list);
    return GOV_OK;
}

/* One estimate: Σ w y / Σ w over the whole rows of a group (-2: all) and its standard error. */
typedef struct estimate {
    double value;
    double error;
} estimate;

static int is_inside(const gaps *g, int64_t row, int32_t group)
{
    return g->whole[row] && (group == -2 || g->count->groups.ids[row] == group);
}

static double depth_of(const gaps *g, int64_t row, gov_rational k, int power)
{
    int poor = g->scores[row] >= gov_rational_ceil_over(k, g->count->denominator);
    return poor ? g->depth[POWERS * row + power] : 0;
}

static double mean_of(const gaps *g, int32_t group, gov_rational k, int power, double *total)
{
    gov_sum sum = {0, 0};
    gov_sum weight = {0, 0};
    for (int64_t i = 0; i < g->rows; i++) {
        if (!is_inside(g, i, group))
            continue;
        gov_sum_add(&sum, g->weights[i] * depth_of(g, i, k, power));
        gov_sum_add(&weight, g->weights[i]);
    }
    *total = gov_sum_value(weight);
    return *total > 0 ? gov_sum_value(sum) / *total : NAN;
}

/* Squares of units about their stratum's mean, and what strata of one unit leave. */
typedef struct spread {
    double variance;
    double sum; /* of the stratum at hand */
    double squares;
    double n;
    double lonely; /* Σ z² of units that are alone */
    double lonely_sum;
    double lonely_count;
    double all; /* Σ z of all units */
    double units;
} spread;

static void close_unit(spread *s, double z)
{
    s->sum += z;
    s->squares += z * z;
    s->n += 1;
    s->all += z;
    s->units += 1;
}

static void close_stratum(spread *s)
{
    if (s->n > 1) {
        s->variance += s->n / (s->n - 1) * fmax(s->squares - s->sum * s->sum / s->n, 0);
    } else {
        s->lonely += s->squares;
        s->lonely_sum += s->sum;
        s->lonely_count += 1;
    }
    s->sum = s->squares = s->n = 0;
}

static double error_of(const spread *s, int single)
{
    if (s->lonely_count > 0 && single == GOV_NEED_SINGLE_FAIL)
        return NAN;
    double mean = s->all / s->units;
    double about_mean = s->lonely - 2 * mean * s->lonely_sum + s->lonely_count * mean * mean;
    return sqrt(s->variance + (single == GOV_NEED_SINGLE_CENTRE ? about_mean : 0));
}

static estimate ask(const gaps *g, int32_t group, gov_rational k, int power)
{
    double total = 0;
    estimate e = {mean_of(g, group, k, power, &total), NAN};
    spread s = {0};
    double unit = 0;
    for (int64_t i = 0; i < g->rows; i++) {
        int64_t row = g->order[i];
        int64_t pair = g->pairs[row];
        int last = i + 1 == g->rows;
        int64_t next = last ? 0 : g->pairs[g->order[i + 1]];
        if (is_inside(g, row, group))
            unit += g->weights[row] * (depth_of(g, row, k, power) - e.value) / total;
        if (last || next != pair) {
            close_unit(&s, unit);
            unit = 0;
        }
        if (last || next >> 40 != pair >> 40)
            close_stratum(&s);
    }
    if (total > 0)
        e.error = error_of(&s, g->count->single);
    return e;
}

static void put_group(gov_need_sheet *s, const gaps *g, int32_t group)
{
    for (int64_t k = 0; k < g->count->cutoff_count; k++) {
        gov_need_put_text(s, group < 0 ? NULL : g->count->groups.names[group]);
        gov_need_put_fraction(s, g->count->cutoffs[k].num, g->count->cutoffs[k].den);
        for (int p = 0; p < POWERS; p++) {
            estimate e = ask(g, group, g->count->cutoffs[k], p);
            gov_need_put_number(s, e.value);
            gov_need_put_number(s, e.error);
        }
    }
}

/* --- The call ----------------------------------------------------------------------------------------------- */

static gov_status measure(gaps *g, const char *weight, gov_table **out, gov_error *err)
{
    gov_need_sheet s;
    g->weights = gov_alloc(g->rows, sizeof(double));
    g->whole = gov_alloc(g->rows, 1);
    g->scores = gov_alloc_zero(g->rows, sizeof(int64_t));
    g->depth = gov_alloc_zero(POWERS * g->rows, sizeof(double));
    g->pairs = gov_alloc(g->rows, sizeof(int64_t));
    g->order = gov_alloc(g->rows, sizeof(int64_t));
    if (g->weights == NULL || g->whole == NULL || g->scores == NULL || g->depth == NULL || g->pairs == NULL ||
        g->order == NULL)
        return gov_fail_memory(err);
    GOV_TRY(read_rows(g, weight, err));
    GOV_TRY(sort_rows(g, err));
    gov_need_sheet_open(&s, "group:text,k:text,M0:num,M0_se:num,M1:num,M1_se:num,M2:num,M2_se:num", err);
    put_group(&s, g, -2);
    for (int64_t i = 0; g->count->by_group && i < g->count->groups.count; i++)
        put_group(&s, g, (int32_t)i);
    return gov_need_sheet_close(&s, out);
}

static gov_status open_and_measure(gaps *g, const char *weights, const gov_need_measure_options *o,
                                   gov_table **out, gov_error *err)
{
    GOV_TRY(gov_need_count_columns(g->count, g->table, weights, o, err));
    GOV_TRY(gov_need_count_open(g->count, g->table, o, "1/3", err));
    return measure(g, o == NULL ? NULL : o->weight, out, err);
}

gov_status gov_need_gaps(const gov_table *table, const char *weights, const gov_need_measure_options *options,
                         gov_table **out, gov_error *err)
{
    if (table == NULL || weights == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "gaps, weights and out must be given");
    gaps g = {.table = table, .rows = gov_table_rows(table)};
    g.count = gov_alloc_zero(1, sizeof(*g.count));
    if (g.count == NULL)
        return gov_fail_memory(err);
    gov_status status = open_and_measure(&g, weights, options, out, err);
    gov_need_count_close(g.count);
    gov_free(g.count);
    gov_free(g.weights);
    gov_free(g.whole);
    gov_free(g.scores);
    gov_free(g.depth);
    gov_free(g.pairs);
    gov_free(g.order);
    return status;
}
