/* follow.c - where the records of a split grid are.
 *
 * A record that has a place is where it lies. Others cannot be told apart: they are shared out in whole numbers by the
 * largest remainder (Hamilton 1792; ties go to the lesser code), which keeps the sum and is off by less than one record
 * a part. A grid that gave away a part of itself keeps its records: which of them went, no share can say. */
#include "store/follow.h"
#include "store/place.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void gov_followed_clear(gov_followed *f)
{
    gov_figures_clear(&f->counts);
    gov_figures_clear(&f->shared);
}

/* --- By shares -------------------------------------------------------------------------------------------- */

static gov_status value_of(gov_figures *figures, const char *code, double *out, gov_error *err)
{
    gov_figure *figure = NULL;
    GOV_TRY(gov_figures_at(figures, code, -1, &figure, err));
    *out = figure->value;
    return GOV_OK;
}

static gov_status move(gov_figures *figures, const char *code, double value, gov_error *err)
{
    gov_figure *figure = NULL;
    GOV_TRY(gov_figures_at(figures, code, -1, &figure, err));
    figure->moved += value;
    return GOV_OK;
}

/* Whole numbers next to whole × share that add up to whole; `rest` is scratch. */
static void largest_remainder(const gov_descent *parts, int64_t count, double whole, double *out,
                              double *rest)
{
    double left = whole;
    for (int64_t i = 0; i < count; i++) {
        out[i] = floor(whole * parts[i].share + 1e-9);
        rest[i] = whole * parts[i].share - out[i];
        left -= out[i];
    }
    for (; left > 0.5; left--) {
        int64_t most = 0;
        for (int64_t i = 1; i < count; i++)
            if (rest[i] > rest[most] + 1e-9)
                most = i;
        out[most]++;
        rest[most] = -1;
    }
}

static gov_status give_parts(gov_followed *f, const gov_descent *parts, int64_t count, double whole,
                             double *numbers, gov_error *err)
{
    largest_remainder(parts, count, whole, numbers, numbers + count);
    for (int64_t i = 0; i < count; i++) {
        GOV_TRY(move(&f->counts, parts[i].to, numbers[i], err));
        GOV_TRY(move(&f->shared, parts[i].to, numbers[i], err));
    }
    return GOV_OK;
}

/* The descents of one grid on one date. What became one other goes there with what is known of it. */
static gov_status follow_grid(gov_followed *f, const gov_descent *parts, int64_t count, gov_error *err)
{
    double shares = 0, whole = 0, guessed = 0;
    for (int64_t i = 0; i < count; i++)
        shares += parts[i].share;
    if (fabs(shares - 1) > 1e-9)
        return GOV_OK;
    GOV_TRY(value_of(&f->counts, parts[0].from, &whole, err));
    GOV_TRY(value_of(&f->shared, parts[0].from, &guessed, err));
    GOV_TRY(move(&f->counts, parts[0].from, -whole, err));
    GOV_TRY(move(&f->shared, parts[0].from, -guessed, err));
    if (count == 1) {
        GOV_TRY(move(&f->counts, parts[0].to, whole, err));
        return move(&f->shared, parts[0].to, guessed, err);
    }
    double *numbers = gov_alloc(2 * count, sizeof(*numbers));
    if (numbers == NULL)
        return gov_fail_memory(err);
    gov_status status = give_parts(f, parts, count, whole, numbers, err);
    gov_free(numbers);
    return status;
}

gov_status gov_follow_lineage(const gov_lineage *l, const char *day, gov_followed *f, gov_error *err)
{
    for (int64_t i = 0, date, end; i < l->count && strcmp(l->list[i].date, day) <= 0; i = date) {
        for (date = i; date < l->count && strcmp(l->list[date].date, l->list[i].date) == 0; date = end) {
            for (end = date + 1; end < l->count && strcmp(l->list[end].date, l->list[i].date) == 0 &&
                                 strcmp(l->list[end].from, l->list[date].from) == 0;)
                end++;
            GOV_TRY(follow_grid(f, l->list + date, end - date, err));
        }
        GOV_TRY(gov_figures_settle(&f->counts, l->list + i, date - i, err));
        GOV_TRY(gov_figures_settle(&f->shared, l->list + i, date - i, err));
    }
    return GOV_OK;
}

/* --- By place --------------------------------------------------------------------------------------------- */

typedef struct search {
    gov_store *store;
    const gov_tree *tree;
    const char *day;
    const gov_descent **by_from; /* in the order of from, then date */
    int64_t count;
    int64_t *reached;  /* by node: the number of the grid that it was last reached from */
    int64_t grid;      /* that number */
    char code[256];    /* of the grid whose records are at hand */
    const char *level; /* of what it became */
    gov_placer *placer;
    const char *placer_level;
    gov_followed *followed;
    double *own;
} search;

static int by_from(const void *a, const void *b)
{
    const gov_descent *x = *(const gov_descent *const *)a, *y = *(const gov_descent *const *)b;
    int order = strcmp(x->from, y->from);
    return order != 0 ? order : strcmp(x->date, y->date);
}

static gov_status sort_descents(search *s, const gov_lineage *lineage, gov_error *err)
{
    s->count = lineage->count;
    s->by_from = gov_alloc(lineage->count, sizeof(*s->by_from));
    s->reached = gov_alloc_zero(s->tree->count, sizeof(*s->reached));
    if (s->by_from == NULL || s->reached == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < lineage->count; i++)
        s->by_from[i] = &lineage->list[i];
    qsort(s->by_from, (size_t)s->count, sizeof(*s->by_from), by_from);
    return GOV_OK;
}

static int64_t first_from(const search *s, const char *code)
{
    int64_t low = 0, high = s->count;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (strcmp(s->by_from[middle]->from, code) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Marks the grids of the day that came of `code` by changes after `since`; each step is later, so the walk ends. */
static void reach(search *s, const char *code, const char *since)
{
    int64_t node = gov_tree_find(s->tree, code);
    if (node >= 0) {
        s->reached[node] = s->grid;
        s->level = s->tree->nodes[node].level;
        return;
    }
    for (int64_t i = first_from(s, code); i < s->count && strcmp(s->by_from[i]->from, code) == 0; i++)
        if (strcmp(s->by_from[i]->date, since) > 0 && strcmp(s->by_from[i]->date, s->day) <= 0)
            reach(s, s->by_from[i]->to, s->by_from[i]->date);
}

static gov_status begin_grid(search *s, const char *code, gov_error *err)
{
    if (s->grid > 0 && strcmp(code, s->code) == 0)
        return GOV_OK;
    size_t size = strlen(code);
    memcpy(s->code, code, size < sizeof(s->code) ? size + 1 : 0);
    s->grid++;
    s->level = NULL;
    if (size >= sizeof(s->code))
        return GOV_OK;
    reach(s, s->code, "");
    if (s->level == NULL || (s->placer_level != NULL && strcmp(s->level, s->placer_level) == 0))
        return GOV_OK;
    gov_placer_free(s->placer);
    s->placer = NULL;
    s->placer_level = s->level;
    return gov_placer_new(s->store, s->level, NULL, &s->placer, err);
}

static gov_status place_record(search *s, const gov_stmt *stmt, gov_error *err)
{
    const char *in = NULL;
    gov_cell lon, lat;
    gov_figure *figure = NULL;
    GOV_TRY(begin_grid(s, gov_stmt_get_text(stmt, 0), err));
    if (s->level == NULL)
        return GOV_OK;
    gov_stmt_get(stmt, 1, &lon);
    gov_stmt_get(stmt, 2, &lat);
    GOV_TRY(gov_placer_at(s->placer, s->day, lon.real, lat.real, &in, err));
    int64_t node = in != NULL ? gov_tree_find(s->tree, in) : -1;
    if (node < 0 || s->reached[node] != s->grid)
        return GOV_OK;
    GOV_TRY(gov_figures_at(&s->followed->counts, s->code, -1, &figure, err));
    figure->value--;
    s->own[node]++;
    return GOV_OK;
}

static gov_status place_records(search *s, const gov_kind *kind, const gov_query_options *o, gov_error *err)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    gov_stmt *stmt = NULL;
    int row = 0;
    gov_buffer_format(&sql, "SELECT \"%s\", lon, lat", kind->scope);
    gov_status status = gov_query_from(s->store, kind, o, &sql, err);
    gov_buffer_format(
        &sql,
        " AND lon IS NOT NULL AND lat IS NOT NULL AND \"%s\" NOT IN (SELECT code FROM temp.grid)"
        " ORDER BY 1",
        kind->scope);
    if (status == GOV_OK)
        status = gov_query_prepare(s->store, &sql, o, &stmt, err);
    else
        gov_buffer_clear(&sql);
    while (status == GOV_OK && (status = gov_stmt_step(stmt, &row, err)) == GOV_OK && row)
        status = place_record(s, stmt, err);
    gov_stmt_free(stmt);
    return status;
}

gov_status gov_follow_points(gov_store *store, const gov_kind *kind, const gov_query_options *o,
                             const gov_tree *tree, const gov_lineage *lineage, const char *day,
                             gov_followed *followed, double *own, gov_error *err)
{
    search s = {.store = store, .tree = tree, .day = day, .followed = followed, .own = own};
    gov_status status = sort_descents(&s, lineage, err);
    if (status == GOV_OK)
        status = place_records(&s, kind, o, err);
    gov_placer_free(s.placer);
    gov_free(s.by_from);
    gov_free(s.reached);
    return status;
}
