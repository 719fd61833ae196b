/* count.c - records by grid, with all grids below. */
#include "store/query.h"
#include "store/tree.h"

#include <string.h>

typedef struct counts {
    gov_tree tree;
    double *own, *total;
    double elsewhere; /* records of grids that the tree of that day does not have */
} counts;

/* The text that gives the grid of each record of `kind`: its own field, or that of the record it belongs to. */
static gov_status select_grids(gov_store *store, const gov_kind *kind, const gov_query_options *o,
                               gov_buffer *sql, gov_error *err)
{
    const char *arrow = kind->scope != NULL ? strchr(kind->scope, '>') : NULL;
    if (kind->scope == NULL || strchr(kind->scope, '/') != NULL)
        return gov_fail_at(err, GOV_E_UNSUPPORTED, GOV_AT_NAME(kind->name),
                           "records of this kind have no grid");
    if (arrow == NULL) {
        gov_buffer_format(sql, "SELECT \"%s\" AS grid, count(*)", kind->scope);
        return gov_query_from(store, kind, o, sql, err);
    }
    int size = (int)strcspn(arrow + 1, ",");
    gov_buffer_format(
        sql,
        "SELECT (SELECT h.grid FROM temp.\"%.*s\" h WHERE h.id = r.\"%.*s\") AS grid, count(*) FROM"
        " (SELECT *",
        size, arrow + 1, (int)(arrow - kind->scope), kind->scope);
    GOV_TRY(gov_query_from(store, kind, o, sql, err));
    gov_buffer_text(sql, ") r");
    return GOV_OK;
}

static gov_status add_up(counts *c, gov_stmt *stmt, gov_error *err)
{
    int row = 0;
    gov_status status;
    while ((status = gov_stmt_step(stmt, &row, err)) == GOV_OK && row) {
        const char *grid = gov_stmt_get_text(stmt, 0);
        int64_t node = grid != NULL ? gov_tree_find(&c->tree, grid) : -1;
        double n = (double)gov_stmt_get_int(stmt, 1);
        if (node >= 0)
            c->own[node] += n;
        else
            c->elsewhere += n;
    }
    return status;
}

static gov_status gather(gov_store *store, const gov_kind *kind, const gov_query_options *o, counts *c,
                         gov_error *err)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    gov_stmt *stmt = NULL;
    GOV_TRY(gov_tree_load(store, &c->tree, err));
    c->own = gov_alloc_zero(c->tree.count, sizeof(double));
    c->total = gov_alloc_zero(c->tree.count, sizeof(double));
    if (c->own == NULL || c->total == NULL)
        return gov_fail_memory(err);
    gov_status status = select_grids(store, kind, o, &sql, err);
    gov_buffer_text(&sql, " GROUP BY 1");
    if (status != GOV_OK) {
        gov_buffer_clear(&sql);
        return status;
    }
    GOV_TRY(gov_query_prepare(store, &sql, o, &stmt, err));
    status = add_up(c, stmt, err);
    gov_stmt_free(stmt);
    if (c->tree.count > 0)
        memcpy(c->total, c->own, (size_t)c->tree.count * sizeof(double));
    gov_tree_sum_up(&c->tree, c->total);
    return status;
}

/* --- As a table ------------------------------------------------------------------------------------------- */

static gov_status add_row(gov_table_builder *b, const gov_grid_node *node, double own, double total,
                          gov_error *err)
{
    const char *texts[] = {node->code, node->name, node->level, node->kind, node->parent_code};
    for (int i = 0; i < 5; i++)
        GOV_TRY(texts[i] != NULL ? gov_table_builder_text(b, i, texts[i], -1, err)
                                 : gov_table_builder_null(b, i, err));
    GOV_TRY(gov_table_builder_int64(b, 5, (int64_t)own, err));
    return gov_table_builder_int64(b, 6, (int64_t)total, err);
}

static gov_status fill(const counts *c, const char *level, gov_table_builder *b, gov_error *err)
{
    static const char *const names[] = {"code", "name", "level", "kind", "parent", "own", "total"};
    for (int i = 0; i < 7; i++)
        GOV_TRY(gov_table_builder_add(b, names[i], i < 5 ? GOV_TYPE_UTF8 : GOV_TYPE_INT64, NULL, err));
    for (int64_t i = 0; i < c->tree.count; i++) {
        const gov_grid_node *node = &c->tree.nodes[i];
        if (level == NULL || (node->level != NULL && strcmp(node->level, level) == 0))
            GOV_TRY(add_row(b, node, c->own[i], c->total[i], err));
    }
    gov_grid_node nowhere = {NULL, NULL, NULL, NULL, NULL, -1, 0};
    return c->elsewhere > 0 ? add_row(b, &nowhere, c->elsewhere, c->elsewhere, err) : GOV_OK;
}

static gov_status to_table(const counts *c, const char *level, gov_table **out, gov_error *err)
{
    gov_table_builder *builder = NULL;
    GOV_TRY(gov_table_builder_new(&builder, err));
    gov_status status = fill(c, level, builder, err);
    if (status == GOV_OK)
        status = gov_table_builder_finish(builder, out, err);
    gov_table_builder_free(builder);
    return status;
}

gov_status gov_store_count(gov_store *store, const char *kind_name, const char *level,
                           const gov_query_options *options, gov_table **out, gov_error *err)
{
    gov_query_options o;
    gov_moment moment;
    const gov_kind *kind = NULL;
    counts c = {.tree = {GOV_ARENA_INIT, NULL, 0, NULL}};
    if (store == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store and out must be given");
    GOV_TRY(gov_query_check(options, &o, err));
    GOV_TRY(gov_kinds_need(&store->kinds, kind_name, &kind, err));
    GOV_TRY(gov_moment_of(store, o.as_of, o.recorded, &moment, err));
    GOV_TRY(gov_views_make(store, &moment, err));
    gov_db_poll(store->db, o.run);
    gov_status status = gather(store, kind, &o, &c, err);
    gov_db_poll(store->db, NULL);
    if (status == GOV_OK)
        status = to_table(&c, level, out, err);
    gov_tree_clear(&c.tree);
    gov_free(c.own);
    gov_free(c.total);
    return status;
}
