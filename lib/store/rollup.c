/* rollup.c - any figure by grid, on the tree of any day.
 *
 * Each figure belongs to the tree of the day on which it was taken. The days are walked in order: at each date of the
 * lineage the figures of earlier days are carried over it, and the figures of later days are not there yet. */
#include "base/date.h"
#include "base/run.h"
#include "store/figures.h"
#include "store/query.h"
#include "store/tree.h"

#include <stdlib.h>
#include <string.h>

typedef struct input {
    char day[11];
    int64_t row;
} input;

typedef struct rollup {
    const gov_table *table;
    int64_t grid_column, value_column, day_column;
    input *inputs;
    int64_t count;
    char target[11];
    gov_lineage lineage;
    gov_figures figures;
    gov_tree tree;
    double *own, *total;
    double elsewhere;
} rollup;

static int by_day(const void *a, const void *b)
{
    const input *x = a, *y = b;
    int order = strcmp(x->day, y->day);
    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

static gov_status read_days(rollup *r, const char *taken, gov_error *err)
{
    r->inputs = gov_alloc(r->count, sizeof(*r->inputs));
    if (r->inputs == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < r->count; i++) {
        int64_t day = 0;
        uint8_t there = 0;
        r->inputs[i].row = i;
        memcpy(r->inputs[i].day, taken, 11);
        if (r->day_column < 0)
            continue;
        GOV_TRY(gov_table_copy_int64s(r->table, r->day_column, i, 1, &day, &there, err));
        if (there)
            gov_date_format((int32_t)day, r->inputs[i].day, sizeof(r->inputs[i].day));
    }
    qsort(r->inputs, (size_t)r->count, sizeof(*r->inputs), by_day);
    return GOV_OK;
}

static gov_status add_figure(rollup *r, int64_t row, gov_error *err)
{
    const char *code = NULL;
    int64_t size = 0;
    double value = 0;
    uint8_t there = 0;
    gov_figure *figure = NULL;
    GOV_TRY(gov_table_text(r->table, row, r->grid_column, &code, &size, err));
    GOV_TRY(gov_table_copy_doubles(r->table, r->value_column, row, 1, &value, &there, err));
    if (!there)
        return GOV_OK;
    GOV_TRY(gov_figures_at(&r->figures, code != NULL ? code : "", size, &figure, err));
    figure->value += value;
    return GOV_OK;
}

static int64_t end_of_date(const gov_lineage *l, int64_t first)
{
    int64_t end = first + 1;
    while (end < l->count && strcmp(l->list[end].date, l->list[first].date) == 0)
        end++;
    return end;
}

/* Figures of days before the target: forward over every date after their day, up to the target's. */
static gov_status walk_forward(rollup *r, gov_error *err)
{
    int64_t at = 0;
    for (int64_t i = 0, end; i < r->lineage.count; i = end) {
        end = end_of_date(&r->lineage, i);
        if (strcmp(r->lineage.list[i].date, r->target) > 0)
            break;
        for (; at < r->count && strcmp(r->inputs[at].day, r->lineage.list[i].date) < 0; at++)
            GOV_TRY(add_figure(r, r->inputs[at].row, err));
        GOV_TRY(gov_figures_forward(&r->figures, r->lineage.list + i, end - i, err));
    }
    for (; at < r->count && strcmp(r->inputs[at].day, r->target) <= 0; at++)
        GOV_TRY(add_figure(r, r->inputs[at].row, err));
    return GOV_OK;
}

static int64_t start_of_date(const gov_lineage *l, int64_t last)
{
    while (last > 0 && strcmp(l->list[last - 1].date, l->list[last].date) == 0)
        last--;
    return last;
}

/* Figures of days after the target: backward, and then added to those that came forward. */
static gov_status walk_backward(rollup *r, gov_error *err)
{
    gov_figures forward = r->figures;
    int64_t at = r->count - 1;
    r->figures = (gov_figures){.arena = GOV_ARENA_INIT};
    gov_status status = GOV_OK;
    for (int64_t i = r->lineage.count - 1, start; i >= 0 && status == GOV_OK; i = start - 1) {
        start = start_of_date(&r->lineage, i);
        if (strcmp(r->lineage.list[i].date, r->target) <= 0)
            break;
        for (; at >= 0 && status == GOV_OK && strcmp(r->inputs[at].day, r->lineage.list[i].date) >= 0; at--)
            status = add_figure(r, r->inputs[at].row, err);
        if (status == GOV_OK)
            status = gov_figures_backward(&r->figures, r->lineage.list + start, i + 1 - start, err);
    }
    for (; at >= 0 && status == GOV_OK && strcmp(r->inputs[at].day, r->target) > 0; at--)
        status = add_figure(r, r->inputs[at].row, err);
    for (int64_t i = 0; i < forward.count && status == GOV_OK; i++) {
        gov_figure *figure = NULL;
        status = gov_figures_at(&r->figures, forward.list[i].code, (int64_t)strlen(forward.list[i].code),
                                &figure, err);
        if (status == GOV_OK)
            figure->value += forward.list[i].value;
    }
    gov_figures_clear(&forward);
    return status;
}

static gov_status place(rollup *r, gov_error *err)
{
    r->own = gov_alloc_zero(r->tree.count, sizeof(double));
    r->total = gov_alloc_zero(r->tree.count, sizeof(double));
    if (r->own == NULL || r->total == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < r->figures.count; i++) {
        int64_t node = gov_tree_find(&r->tree, r->figures.list[i].code);
        if (node >= 0)
            r->own[node] += r->figures.list[i].value;
        else
            r->elsewhere += r->figures.list[i].value;
    }
    if (r->tree.count > 0)
        memcpy(r->total, r->own, (size_t)r->tree.count * sizeof(double));
    gov_tree_sum_up(&r->tree, r->total);
    return GOV_OK;
}

static gov_status work(rollup *r, gov_store *store, const char *taken, const gov_query_options *o,
                       const char *level, gov_table **out, gov_error *err)
{
    GOV_TRY(read_days(r, taken, err));
    GOV_TRY(gov_lineage_load(store, &r->lineage, err));
    GOV_TRY(gov_tree_load(store, &r->tree, err));
    GOV_TRY(gov_run_poll(o->run, 0, r->count, err));
    GOV_TRY(walk_forward(r, err));
    GOV_TRY(walk_backward(r, err));
    GOV_TRY(place(r, err));
    GOV_TRY(gov_run_poll(o->run, r->count, r->count, err));
    return gov_tree_table(&r->tree, r->own, r->total, NULL, r->elsewhere, level, GOV_TYPE_FLOAT64, out, err);
}

static gov_status find_columns(rollup *r, gov_error *err)
{
    GOV_TRY(gov_table_find(r->table, "grid", &r->grid_column, err));
    GOV_TRY(gov_table_find(r->table, "value", &r->value_column, err));
    if (gov_table_type(r->table, r->grid_column) != GOV_TYPE_UTF8)
        return gov_fail_at(err, GOV_E_TYPE, GOV_AT_NAME("grid"), "the column must be text");
    r->day_column = -1;
    if (gov_table_find(r->table, "day", &r->day_column, NULL) != GOV_OK)
        return GOV_OK;
    if (gov_table_type(r->table, r->day_column) != GOV_TYPE_DATE)
        return gov_fail_at(err, GOV_E_TYPE, GOV_AT_NAME("day"), "the column must be of dates");
    return GOV_OK;
}

gov_status gov_store_rollup(gov_store *store, const gov_table *figures, const char *taken_on,
                            const char *level, const gov_query_options *options, gov_table **out,
                            gov_error *err)
{
    gov_query_options o;
    gov_moment moment;
    char taken[11];
    if (store == NULL || figures == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store, figures and out must be given");
    rollup r = {.table = figures, .count = gov_table_rows(figures)};
    gov_table *table = NULL;
    GOV_TRY(gov_query_check(options, &o, err));
    GOV_TRY(find_columns(&r, err));
    GOV_TRY(gov_moment_of(store, o.as_of, o.recorded, &moment, err));
    GOV_TRY(gov_store_day(taken_on != NULL ? taken_on : moment.day, taken, err));
    GOV_TRY(gov_views_make(store, &moment, err));
    memcpy(r.target, moment.day, sizeof(r.target));
    gov_status status = work(&r, store, taken, &o, level, &table, err);
    gov_free(r.inputs);
    gov_lineage_clear(&r.lineage);
    gov_figures_clear(&r.figures);
    gov_tree_clear(&r.tree);
    gov_free(r.own);
    gov_free(r.total);
    if (status == GOV_OK)
        *out = table;
    return status;
}
