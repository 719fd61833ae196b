/* grids.c - the rows sorted by code, parents found by bisection, the area of each grid climbed to once.
 *
 * Trees are a handful of levels deep and a store has far fewer grids than records, so sorting them and a bisection
 * for each record, O((grids + records) log grids), costs less than building a hash table. */
#include "pipeline/grids.h"
#include "base/alloc.h"
#include "base/error.h"

#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 64 }; /* levels of a tree; more means a ring of parents */

typedef struct grid {
    const char *code;
    int64_t size;
    int64_t row;
} grid;

struct gov_grids {
    const gov_table *table;
    grid *sorted;   /* by code */
    int64_t *areas; /* by row */
    int64_t count;
    int64_t level, parent; /* columns */
};

static int compare(const void *a, const void *b)
{
    const grid *first = a, *second = b;
    int64_t least = first->size < second->size ? first->size : second->size;
    int order = least > 0 ? memcmp(first->code, second->code, (size_t)least) : 0;
    return order != 0 ? order : (first->size > second->size) - (first->size < second->size);
}

int64_t gov_grids_find(const gov_grids *g, const char *code, int64_t size)
{
    grid key = {code, size, 0};
    const grid *found =
        code != NULL ? bsearch(&key, g->sorted, (size_t)g->count, sizeof(key), compare) : NULL;
    return found != NULL ? found->row : -1;
}

int64_t gov_grids_area(const gov_grids *g, int64_t row)
{
    return g->areas[row];
}

static gov_status read_codes(gov_grids *g, gov_error *err)
{
    int64_t code;
    GOV_TRY(gov_table_find(g->table, "code", &code, err));
    GOV_TRY(gov_table_find(g->table, "level", &g->level, err));
    GOV_TRY(gov_table_find(g->table, "parent", &g->parent, err));
    for (int64_t i = 0; i < g->count; i++) {
        g->sorted[i].row = i;
        GOV_TRY(gov_table_text(g->table, i, code, &g->sorted[i].code, &g->sorted[i].size, err));
    }
    qsort(g->sorted, (size_t)g->count, sizeof(*g->sorted), compare);
    return GOV_OK;
}

static gov_status climb(const gov_grids *g, int64_t from, const char *level, int64_t *area, gov_error *err)
{
    const char *text;
    int64_t size;
    *area = -1;
    for (int64_t row = from, depth = 0; row >= 0; depth++) {
        if (depth == DEEPEST)
            return gov_fail_at(err, GOV_E_CONFLICT, GOV_AT_ROW(from, "parent"), "a grid is its own ancestor");
        GOV_TRY(gov_table_text(g->table, row, g->level, &text, &size, err));
        if (text != NULL && (size_t)size == strlen(level) && memcmp(text, level, (size_t)size) == 0) {
            *area = row;
            return GOV_OK;
        }
        GOV_TRY(gov_table_text(g->table, row, g->parent, &text, &size, err));
        row = gov_grids_find(g, text, size);
    }
    return GOV_OK;
}

static gov_status build(gov_grids *g, const char *level, gov_error *err)
{
    g->sorted = gov_alloc(g->count, sizeof(*g->sorted));
    g->areas = gov_alloc(g->count, sizeof(*g->areas));
    if (g->sorted == NULL || g->areas == NULL)
        return gov_fail_memory(err);
    GOV_TRY(read_codes(g, err));
    for (int64_t i = 0; i < g->count; i++) {
        g->areas[i] = -1;
        if (level != NULL)
            GOV_TRY(climb(g, i, level, &g->areas[i], err));
    }
    return GOV_OK;
}

void gov_grids_free(gov_grids *g)
{
    if (g == NULL)
        return;
    gov_free(g->sorted);
    gov_free(g->areas);
    gov_free(g);
}

gov_status gov_grids_new(const gov_table *table, const char *level, gov_grids **out, gov_error *err)
{
    gov_grids *g = gov_alloc_zero(1, sizeof(*g));
    if (g == NULL)
        return gov_fail_memory(err);
    g->table = table;
    g->count = gov_table_rows(table);
    gov_status status = build(g, level, err);
    if (status != GOV_OK) {
        gov_grids_free(g);
        return status;
    }
    *out = g;
    return GOV_OK;
}
