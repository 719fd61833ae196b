/* publish.c - small cells and their complements.
 *
 * Areas and categories are the two sides of a graph, hidden cells its edges. A hidden cell follows from the totals
 * exactly when its edge is a bridge (Gusfield 1988, "A graph theoretic approach to statistical data security"): when
 * without it no other path joins its area to its category. So cells are hidden, the smallest first, until no line has
 * a single or a small sum of hidden cells and no edge is a bridge. Which further cells to hide at the least cost is a
 * hard problem; taking the smallest is the usual heuristic. O(hidden²) per round. */
#include "govcore/store.h"

#include "base/alloc.h"
#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN, SMALL, COMPLEMENT };

typedef struct cell {
    int64_t area, category, count;
    int hidden;
} cell;

typedef struct names {
    const char **list;
    int64_t count;
} names;

typedef struct table {
    gov_arena arena;
    const gov_table *in;
    int64_t columns[3]; /* area, category, count */
    cell *cells;
    int64_t count, threshold;
    names sides[2];
    unsigned char *lost[2]; /* lines that cannot be protected */
    int64_t *reached;       /* of areas, then categories: the walk's mark */
} table;

/* --- Reading ---------------------------------------------------------------------------------------------- */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static gov_status read_side(table *t, int side, gov_error *err)
{
    names *n = &t->sides[side];
    n->list = gov_arena_alloc(&t->arena, t->count + 1, sizeof(char *));
    if (n->list == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < t->count; i++) {
        const char *text = NULL;
        int64_t size = 0;
        GOV_TRY(gov_table_text(t->in, i, t->columns[side], &text, &size, err));
        if (text == NULL)
            return gov_fail_at(err, GOV_E_MISSING, GOV_AT_ROW(i, gov_table_name(t->in, t->columns[side])),
                               "every cell needs its area and category");
        n->list[i] = gov_arena_text(&t->arena, text, size);
        if (n->list[i] == NULL)
            return gov_fail_memory(err);
    }
    qsort(n->list, (size_t)t->count, sizeof(char *), by_text);
    for (int64_t i = 0; i < t->count; i++)
        if (i == 0 || strcmp(n->list[i], n->list[n->count - 1]) != 0)
            n->list[n->count++] = n->list[i];
    return GOV_OK;
}

static gov_status find_name(const table *t, int side, int64_t row, int64_t *out, gov_error *err)
{
    const char *text = NULL;
    int64_t size = 0, low = 0, high = t->sides[side].count;
    GOV_TRY(gov_table_text(t->in, row, t->columns[side], &text, &size, err));
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        const char *there = t->sides[side].list[middle];
        int order = strncmp(there, text, (size_t)size);
        order = order == 0 && there[size] != '\0' ? 1 : order;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *out = low;
    return GOV_OK;
}

static gov_status read_cells(table *t, gov_error *err)
{
    uint8_t there = 0;
    for (int64_t i = 0; i < t->count; i++) {
        cell *c = &t->cells[i];
        GOV_TRY(find_name(t, 0, i, &c->area, err));
        GOV_TRY(find_name(t, 1, i, &c->category, err));
        GOV_TRY(gov_table_copy_int64s(t->in, t->columns[2], i, 1, &c->count, &there, err));
        if (!there)
            return gov_fail_at(err, GOV_E_MISSING, GOV_AT_ROW(i, "count"), "a count is missing");
        if (c->count < 0)
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(i, "count"), "a count is not negative");
        c->hidden = c->count > 0 && c->count < t->threshold ? SMALL : SHOWN;
    }
    return GOV_OK;
}

static int by_place(const void *a, const void *b)
{
    const cell *x = *(cell *const *)a, *y = *(cell *const *)b;
    if (x->area != y->area)
        return x->area < y->area ? -1 : 1;
    return (x->category > y->category) - (x->category < y->category);
}

static gov_status check_twice(const table *t, gov_error *err)
{
    cell **order = gov_alloc(t->count, sizeof(*order));
    int64_t twice = -1;
    if (order == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < t->count; i++)
        order[i] = &t->cells[i];
    qsort(order, (size_t)t->count, sizeof(*order), by_place);
    for (int64_t i = 1; i < t->count; i++)
        if (by_place(&order[i - 1], &order[i]) == 0)
            twice = order[i] - t->cells;
    gov_free(order);
    return twice < 0
               ? GOV_OK
               : gov_fail_at(err, GOV_E_DUPLICATE, GOV_AT_ROW(twice, "area"), "the cell is given twice");
}

static gov_status read_table(table *t, gov_error *err)
{
    static const char *const columns[] = {"area", "category", "count"};
    for (int i = 0; i < 3; i++)
        GOV_TRY(gov_table_find(t->in, columns[i], &t->columns[i], err));
    t->count = gov_table_rows(t->in);
    t->cells = gov_arena_alloc(&t->arena, t->count + 1, sizeof(cell));
    if (t->cells == NULL)
        return gov_fail_memory(err);
    GOV_TRY(read_side(t, 0, err));
    GOV_TRY(read_side(t, 1, err));
    GOV_TRY(read_cells(t, err));
    GOV_TRY(check_twice(t, err));
    for (int s = 0; s < 2; s++)
        t->lost[s] = gov_arena_alloc(&t->arena, t->sides[s].count + 1, 1);
    t->reached = gov_arena_alloc(&t->arena, t->sides[0].count + t->sides[1].count + 1, sizeof(int64_t));
    return t->lost[0] && t->lost[1] && t->reached ? GOV_OK : gov_fail_memory(err);
}

/* --- Lines ------------------------------------------------------------------------------------------------ */

static int64_t line_of(const cell *c, int side)
{
    return side == 0 ? c->area : c->category;
}

/* The smallest shown cell of a line; a cell of zero only if there is no other. -1: none. */
static int64_t smallest_shown(const table *t, int side, int64_t line)
{
    int64_t best = -1;
    for (int64_t i = 0; i < t->count; i++) {
        const cell *c = &t->cells[i];
        if (c->hidden != SHOWN || line_of(c, side) != line)
            continue;
        int better = best < 0 || (c->count > 0 && t->cells[best].count == 0) ||
                     (c->count < t->cells[best].count && (c->count > 0 || t->cells[best].count == 0));
        best = better ? i : best;
    }
    return best;
}

/* Hides one more cell in every line that needs it; returns how many were hidden. */
static int64_t protect_lines(table *t, int side, const int64_t *hidden, const int64_t *sums)
{
    int64_t more = 0;
    for (int64_t line = 0; line < t->sides[side].count; line++) {
        if (hidden[line] == 0 || (hidden[line] >= 2 && sums[line] >= t->threshold) || t->lost[side][line])
            continue;
        int64_t i = smallest_shown(t, side, line);
        t->lost[side][line] = i < 0;
        if (i >= 0)
            t->cells[i].hidden = COMPLEMENT;
        more += i >= 0;
    }
    return more;
}

static gov_status protect_side(table *t, int side, int64_t *more, gov_error *err)
{
    int64_t *hidden = gov_alloc_zero(2 * t->sides[side].count, sizeof(*hidden));
    if (hidden == NULL)
        return gov_fail_memory(err);
    int64_t *sums = hidden + t->sides[side].count;
    for (int64_t i = 0; i < t->count; i++)
        if (t->cells[i].hidden != SHOWN) {
            hidden[line_of(&t->cells[i], side)]++;
            sums[line_of(&t->cells[i], side)] += t->cells[i].count;
        }
    *more += protect_lines(t, side, hidden, sums);
    gov_free(hidden);
    return GOV_OK;
}

/* --- Bridges ---------------------------------------------------------------------------------------------- */

/* A total that is not published binds nothing: such lines are as one point, at which paths may begin and end. Lines of
 * both sides are so only while the total of all is not published; with those of one side it follows from the other. */
static int join_lost(table *t, int64_t mark)
{
    int64_t n = t->sides[0].count, all = n + t->sides[1].count, marked = 0, others = 0;
    for (int64_t i = 0; i < all; i++)
        if (i < n ? t->lost[0][i] : t->lost[1][i - n]) {
            marked += t->reached[i] == mark;
            others += t->reached[i] != mark;
        }
    if (marked == 0 || others == 0)
        return 0;
    for (int64_t i = 0; i < all; i++)
        if (i < n ? t->lost[0][i] : t->lost[1][i - n])
            t->reached[i] = mark;
    return 1;
}

/* Marks what the hidden cells but `without` join to its area. */
static void walk_from(table *t, int64_t without, int64_t mark)
{
    int64_t *areas = t->reached, *categories = t->reached + t->sides[0].count;
    areas[t->cells[without].area] = mark;
    for (int moved = 1; moved;) {
        moved = join_lost(t, mark);
        for (int64_t i = 0; i < t->count; i++) {
            const cell *c = &t->cells[i];
            if (c->hidden == SHOWN || i == without ||
                (areas[c->area] == mark) == (categories[c->category] == mark))
                continue;
            areas[c->area] = categories[c->category] = mark;
            moved = 1;
        }
    }
}

/* The smallest shown cell that joins what was reached to what was not. */
static int64_t smallest_joining(const table *t, int64_t mark)
{
    const int64_t *areas = t->reached, *categories = t->reached + t->sides[0].count;
    int64_t best = -1;
    for (int64_t i = 0; i < t->count; i++) {
        const cell *c = &t->cells[i];
        if (c->hidden == SHOWN && (areas[c->area] == mark) != (categories[c->category] == mark) &&
            (best < 0 || c->count < t->cells[best].count))
            best = i;
    }
    return best;
}

static int64_t break_bridges(table *t)
{
    int64_t more = 0;
    for (int64_t i = 0; i < t->count; i++) {
        const cell *c = &t->cells[i];
        if (c->hidden == SHOWN)
            continue;
        memset(t->reached, 0, (size_t)(t->sides[0].count + t->sides[1].count) * sizeof(int64_t));
        walk_from(t, i, 1);
        if (t->reached[t->sides[0].count + c->category] == 1)
            continue;
        int64_t other = smallest_joining(t, 1);
        if (other >= 0)
            t->cells[other].hidden = COMPLEMENT;
        else
            t->lost[0][c->area] = t->lost[1][c->category] = 1;
        more++;
    }
    return more;
}

static gov_status protect(table *t, gov_error *err)
{
    for (int64_t more = 1; more > 0;) {
        more = 0;
        if (t->sides[1].count > 1)
            GOV_TRY(protect_side(t, 0, &more, err));
        GOV_TRY(protect_side(t, 1, &more, err));
        if (t->sides[1].count > 1)
            more += break_bridges(t);
    }
    return GOV_OK;
}

/* --- Out -------------------------------------------------------------------------------------------------- */

static int any_lost(const table *t, int side)
{
    return memchr(t->lost[side], 1, (size_t)t->sides[side].count) != NULL;
}

static gov_status add_row(const table *t, int64_t i, gov_table_builder *b, gov_error *err)
{
    static const char *const words[] = {NULL, "small", "complement"};
    const cell *c = &t->cells[i];
    GOV_TRY(gov_table_builder_text(b, 0, t->sides[0].list[c->area], -1, err));
    GOV_TRY(gov_table_builder_text(b, 1, t->sides[1].list[c->category], -1, err));
    if (c->hidden == SHOWN) {
        GOV_TRY(gov_table_builder_int64(b, 2, c->count, err));
        GOV_TRY(gov_table_builder_null(b, 3, err));
    } else {
        GOV_TRY(gov_table_builder_null(b, 2, err));
        GOV_TRY(gov_table_builder_text(b, 3, words[c->hidden], -1, err));
    }
    GOV_TRY(gov_table_builder_bool(b, 4, !t->lost[0][c->area], err));
    GOV_TRY(gov_table_builder_bool(b, 5, !t->lost[1][c->category], err));
    return gov_table_builder_bool(b, 6, !(any_lost(t, 0) && any_lost(t, 1)), err);
}

static gov_status write_table(const table *t, gov_table **out, gov_error *err)
{
    static const char *const columns[] = {"area",       "category",       "published", "hidden",
                                          "area_total", "category_total", "all_total"};
    static const gov_type types[] = {GOV_TYPE_UTF8, GOV_TYPE_UTF8, GOV_TYPE_INT64, GOV_TYPE_UTF8,
                                     GOV_TYPE_BOOL, GOV_TYPE_BOOL, GOV_TYPE_BOOL};
    gov_table_builder *b = NULL;
    GOV_TRY(gov_table_builder_new(&b, err));
    gov_status status = GOV_OK;
    for (int i = 0; i < 7 && status == GOV_OK; i++)
        status = gov_table_builder_add(b, columns[i], types[i], NULL, err);
    for (int64_t i = 0; i < t->count && status == GOV_OK; i++)
        status = add_row(t, i, b, err);
    if (status == GOV_OK)
        status = gov_table_builder_finish(b, out, err);
    gov_table_builder_free(b);
    return status;
}

gov_status gov_publish_counts(const gov_table *counts, int64_t threshold, gov_table **out, gov_error *err)
{
    table t = {.arena = GOV_ARENA_INIT, .in = counts, .threshold = threshold == 0 ? 5 : threshold};
    if (counts == NULL || out == NULL || threshold < 0)
        return gov_fail(err, GOV_E_ARGUMENT,
                        "counts and out must be given, the threshold must not be negative");
    gov_status status = read_table(&t, err);
    if (status == GOV_OK)
        status = protect(&t, err);
    if (status == GOV_OK)
        status = write_table(&t, out, err);
    gov_arena_clear(&t.arena);
    return status;
}
