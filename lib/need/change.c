/* change.c - two measurements: what changed, how surely, and by how many or by how much. */
#include "govcore/need.h"
#include "need/rows.h"

#include "stat/distribution.h"
#include "table/column.h"

#include <math.h>
#include <string.h>

static int same_text(const gov_column_view *a, int64_t i, const gov_column_view *b, int64_t j)
{
    int64_t n = 0;
    int64_t m = 0;
    const char *x = gov_view_text(a, i, &n);
    const char *y = gov_view_text(b, j, &m);
    return (x == NULL) == (y == NULL) && n == m && (n == 0 || memcmp(x, y, (size_t)n) == 0);
}

/* One of the tables of a measurement; rows are told apart by group, k and (without one in the summary) indicator. */
typedef struct side {
    const gov_table *table;
    gov_column_view group;
    gov_column_view k;
    gov_column_view indicator;
} side;

static gov_status open_side(const gov_table *table, int has_indicators, side *s, gov_error *err)
{
    s->table = table;
    s->group = s->k = s->indicator = (gov_column_view)GOV_COLUMN_VIEW_INIT;
    GOV_TRY(gov_table_need(table, "group", &s->group, err));
    GOV_TRY(gov_table_need(table, "k", &s->k, err));
    return has_indicators ? gov_table_need(table, "indicator", &s->indicator, err) : GOV_OK;
}

/* The row of `in` that is row `row` of another; -1: none. Tables of one model and the same groups have it at the same
 * place: the search begins there. */
static int64_t find_row(const side *in, const side *of, int64_t row)
{
    int64_t n = gov_table_rows(in->table);
    for (int64_t step = 0; step < n; step++) {
        int64_t i = (row + step) % n;
        if (same_text(&in->group, i, &of->group, row) && same_text(&in->k, i, &of->k, row) &&
            (of->indicator.name == NULL || same_text(&in->indicator, i, &of->indicator, row)))
            return i;
    }
    return -1;
}

static gov_status number_at(const gov_table *t, const char *name, const char *suffix, int64_t row,
                            double *out, gov_error *err)
{
    char column[24] = "";
    int64_t at = 0;
    uint8_t valid = 0;
    strncat(column, name, 16);
    strncat(column, suffix, 6);
    GOV_TRY(gov_table_find(t, column, &at, err));
    GOV_TRY(gov_table_copy_doubles(t, at, row, 1, out, &valid, err));
    *out = valid ? *out : NAN;
    return GOV_OK;
}

/* A figure at both times. */
typedef struct pair {
    double from;
    double to;
    double from_se;
    double to_se;
} pair;

static gov_status read_pair(const side *from, int64_t i, const side *to, int64_t j, const char *figure,
                            pair *p, gov_error *err)
{
    GOV_TRY(number_at(from->table, figure, "", i, &p->from, err));
    GOV_TRY(number_at(to->table, figure, "", j, &p->to, err));
    GOV_TRY(number_at(from->table, figure, "_se", i, &p->from_se, err));
    return number_at(to->table, figure, "_se", j, &p->to_se, err);
}

static void put_text_of(gov_need_sheet *s, const gov_column_view *view, int64_t row)
{
    char text[256];
    int64_t size = 0;
    const char *cell = gov_view_text(view, row, &size);
    size = size < (int64_t)sizeof(text) - 1 ? size : (int64_t)sizeof(text) - 1;
    if (cell != NULL)
        memcpy(text, cell, (size_t)size);
    text[size] = '\0';
    gov_need_put_text(s, cell == NULL ? NULL : text);
}

static void put_change(gov_need_sheet *s, const char *figure, const pair *p, double years)
{
    double change = p->to - p->from;
    double error = sqrt(p->from_se * p->from_se + p->to_se * p->to_se);
    gov_need_put_text(s, figure);
    gov_need_put_number(s, p->from);
    gov_need_put_number(s, p->to);
    gov_need_put_number(s, change);
    gov_need_put_number(s, p->from > 0 ? change / p->from : NAN);
    gov_need_put_number(s, p->from > 0 && p->to > 0 ? pow(p->to / p->from, 1 / years) - 1 : NAN);
    gov_need_put_number(s, error);
    gov_need_put_number(s, error > 0 ? 2 * gov_normal_tail(fabs(change) / error) : NAN);
}

static gov_status put_row(gov_need_sheet *s, const side *from, int64_t i, const side *to, int64_t j,
                          double years, gov_error *err)
{
    static const char *const figures[] = {"H", "A", "M0"};
    pair p[3];
    for (int f = 0; f < 3; f++)
        GOV_TRY(read_pair(from, i, to, j, figures[f], &p[f], err));
    for (int f = 0; f < 3; f++) {
        put_text_of(s, &from->group, i);
        put_text_of(s, &from->k, i);
        put_change(s, figures[f], &p[f], years);
        double incidence = (p[0].to - p[0].from) * (p[1].to + p[1].from) / 2;
        double intensity = (p[1].to - p[1].from) * (p[0].to + p[0].from) / 2;
        gov_need_put_number(s, f == 2 ? incidence : NAN);
        gov_need_put_number(s, f == 2 ? intensity : NAN);
    }
    return GOV_OK;
}

static gov_status put_indicator_row(gov_need_sheet *s, const side *from, int64_t i, const side *to, int64_t j,
                                    double years, gov_error *err)
{
    static const char *const figures[] = {"uncensored", "censored", "contribution"};
    for (int f = 0; f < 3; f++) {
        pair p;
        GOV_TRY(read_pair(from, i, to, j, figures[f], &p, err));
        put_text_of(s, &from->group, i);
        put_text_of(s, &from->k, i);
        put_text_of(s, &from->indicator, i);
        put_change(s, figures[f], &p, years);
    }
    return GOV_OK;
}

typedef gov_status (*row_writer)(gov_need_sheet *s, const side *from, int64_t i, const side *to, int64_t j,
                                 double years, gov_error *err);

/* `put` for every row that both tables have. */
static gov_status compare(const gov_table *from, const gov_table *to, int has_indicators, double years,
                          const char *columns, row_writer put, gov_table **out, gov_error *err)
{
    side a;
    side b;
    gov_need_sheet s;
    if (!(years > 0) || !isfinite(years))
        return gov_fail(err, GOV_E_RANGE, "years must be above 0");
    GOV_TRY(open_side(from, has_indicators, &a, err));
    GOV_TRY(open_side(to, has_indicators, &b, err));
    gov_need_sheet_open(&s, columns, err);
    for (int64_t i = 0; i < gov_table_rows(from) && s.status == GOV_OK; i++) {
        int64_t j = find_row(&b, &a, i);
        gov_status status = j < 0 ? GOV_OK : put(&s, &a, i, &b, j, years, err);
        if (status != GOV_OK)
            s.status = status;
    }
    return gov_need_sheet_close(&s, out);
}

gov_status gov_need_measures_change(const gov_need_measures *from, const gov_need_measures *to, double years,
                                    gov_table **out, gov_error *err)
{
    if (from == NULL || to == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "from, to and out must be given");
    return compare(gov_need_measures_summary(from), gov_need_measures_summary(to), 0, years,
                   "group:text,k:text,figure:text,from:num,to:num,absolute:num,relative:num,annual:num,"
                   "absolute_se:num,p:num,by_incidence:num,by_intensity:num",
                   put_row, out, err);
}

gov_status gov_need_measures_change_indicators(const gov_need_measures *from, const gov_need_measures *to,
                                               double years, gov_table **out, gov_error *err)
{
    if (from == NULL || to == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "from, to and out must be given");
    return compare(gov_need_measures_indicators(from), gov_need_measures_indicators(to), 1, years,
                   "group:text,k:text,indicator:text,figure:text,from:num,to:num,absolute:num,relative:num,"
                   "annual:num,absolute_se:num,p:num",
                   put_indicator_row, out, err);
}
