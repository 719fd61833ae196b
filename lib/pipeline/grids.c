/* grids.c - climbing the tree: the rows sorted by code, parents found by bisection.
 *
 * Trees are a handful of levels deep and a store has far fewer grids than events, so n log n to sort and a few
 * bisections an event cost less than building a hash table. */
#include "pipeline/grids.h"

#include <string.h>

enum { DEEPEST = 64 }; /* a guard against a ring of parents */

struct gov_grids {
    gov_table *table;
    gov_column_view code;
    gov_column_view parent;
    gov_column_view level;
};

/* Queries come in the order of the key, which for grids is the code: bisection needs no sort of its own. */
static int64_t find(const gov_grids *g, const char *code, int64_t size)
{
    int64_t low = 0;
    int64_t high = g->code.length;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        int64_t n;
        const char *t = gov_view_text(&g->code, middle, &n);
        int order = memcmp(t, code, (size_t)(n < size ? n : size));
        if (order == 0)
            order = (n > size) - (n < size);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

static int is_level(const gov_grids *g, int64_t row, const char *level)
{
    int64_t n;
    const char *t = gov_view_text(&g->level, row, &n);
    return t != NULL && n == (int64_t)strlen(level) && memcmp(t, level, (size_t)n) == 0;
}

int64_t gov_grids_above(const gov_grids *g, const char *code, int64_t size, const char *level)
{
    int64_t own = find(g, code, size);
    int64_t row = own;
    for (int steps = 0; level != NULL && row >= 0 && steps < DEEPEST; steps++) {
        if (is_level(g, row, level))
            return row;
        int64_t n;
        const char *parent = gov_view_text(&g->parent, row, &n);
        row = parent == NULL ? -1 : find(g, parent, n);
    }
    return own;
}

const gov_table *gov_grids_table(const gov_grids *g)
{
    return g->table;
}

void gov_grids_free(gov_grids *g)
{
    if (g == NULL)
        return;
    gov_table_free(g->table);
    gov_free(g);
}

static gov_status load(gov_store *store, const char *as_of, gov_grids *g, gov_error *err)
{
    static const char *const names[] = {"code", "parent", "level"};
    gov_query_options query = GOV_QUERY_OPTIONS_INIT;
    query.as_of = as_of;
    query.columns = names;
    query.column_count = 3;
    GOV_TRY(gov_store_query(store, "grid", &query, &g->table, err));
    GOV_TRY(gov_table_view(g->table, 0, &g->code, err));
    GOV_TRY(gov_table_view(g->table, 1, &g->parent, err));
    return gov_table_view(g->table, 2, &g->level, err);
}

gov_status gov_grids_load(gov_store *store, const char *as_of, gov_grids **out, gov_error *err)
{
    gov_grids *g = gov_alloc_zero(1, sizeof(*g));
    if (g == NULL)
        return gov_fail_memory(err);
    g->code = g->parent = g->level = (gov_column_view)GOV_COLUMN_VIEW_INIT;
    gov_status status = load(store, as_of, g, err);
    if (status != GOV_OK) {
        gov_grids_free(g);
        return status;
    }
    *out = g;
    return GOV_OK;
}
