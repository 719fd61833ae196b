/* count.c - records by grid, with all grids below. */
#include "store/follow.h"

#include <string.h>

typedef struct counts {
    gov_tree tree;
    gov_followed gone; /* by codes that the tree of that day does not have */
    double *own, *total, *shared;
    double elsewhere; /* records of grids that the tree of that day does not have */
} counts;

/* The grid of each record in another tree: the object of its relation of that predicate; of several the least code. */
static gov_status select_related(gov_store *store, const gov_kind *kind, const gov_query_options *o,
                                 gov_buffer *sql, gov_error *err)
{
    if (kind->key_count != 1)
        return gov_fail_at(err, GOV_E_UNSUPPORTED, GOV_AT_NAME(kind->name),
                           "records of this kind have no key of one field that a relation could name");
    gov_buffer_text(sql, "SELECT t.grid, count(*) FROM (SELECT *");
    GOV_TRY(gov_query_from(store, kind, o, sql, err));
    gov_buffer_format(sql,
                      ") k LEFT JOIN (SELECT subject, min(object) AS grid FROM temp.relation"
                      " WHERE subject_kind = '%s' AND object_kind = 'grid' AND predicate = ",
                      kind->name);
    gov_sql_text(sql, o->tree);
    gov_buffer_format(sql, " GROUP BY subject) t ON t.subject = k.\"%s\"", kind->fields[kind->key[0]].name);
    return GOV_OK;
}

/* The text that gives the grid of each record of `kind`: its own field, or that of the record it belongs to. */
static gov_status select_grids(gov_store *store, const gov_kind *kind, const gov_query_options *o,
                               gov_buffer *sql, gov_error *err)
{
    const char *arrow = kind->scope != NULL ? strchr(kind->scope, '>') : NULL;
    if (o->tree != NULL)
        return select_related(store, kind, o, sql, err);
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
        gov_figure *figure = NULL;
        if (node >= 0)
            c->own[node] += n;
        else
            GOV_TRY(gov_figures_at(&c->gone.counts, grid != NULL ? grid : "", grid != NULL ? -1 : 0, &figure,
                                   err));
        if (figure != NULL)
            figure->value += n;
    }
    return status;
}

/* Whether each record says itself where it is, as things are known now. */
static int has_points(const gov_kind *kind, const gov_query_options *o)
{
    return o->tree == NULL && o->recorded == NULL && gov_kind_is_located(kind) &&
           strpbrk(kind->scope, ">/,") == NULL;
}

static gov_status settle(counts *c, gov_error *err)
{
    for (int64_t i = 0; i < c->gone.counts.count; i++) {
        const gov_figure *gone = &c->gone.counts.list[i];
        gov_figure *shared = NULL;
        int64_t node = gov_tree_find(&c->tree, gone->code);
        GOV_TRY(gov_figures_at(&c->gone.shared, gone->code, -1, &shared, err));
        if (node >= 0) {
            c->own[node] += gone->value;
            c->shared[node] += shared->value;
        } else {
            c->elsewhere += gone->value;
        }
    }
    return GOV_OK;
}

/* Records that still carry the code of a grid that is gone are counted where it went. */
static gov_status follow(gov_store *store, const gov_kind *kind, const gov_query_options *o, counts *c,
                         const char *day, gov_error *err)
{
    gov_lineage lineage;
    if (c->gone.counts.count == 0)
        return GOV_OK;
    GOV_TRY(gov_lineage_load(store, &lineage, err));
    gov_status status = GOV_OK;
    if (lineage.count > 0 && has_points(kind, o))
        status = gov_follow_points(store, kind, o, &c->tree, &lineage, day, &c->gone, c->own, err);
    if (status == GOV_OK)
        status = gov_follow_lineage(&lineage, day, &c->gone, err);
    gov_lineage_clear(&lineage);
    return status == GOV_OK ? settle(c, err) : status;
}

static gov_status gather(gov_store *store, const gov_kind *kind, const gov_query_options *o, const char *day,
                         counts *c, gov_error *err)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    gov_stmt *stmt = NULL;
    GOV_TRY(gov_tree_load(store, &c->tree, err));
    c->own = gov_alloc_zero(c->tree.count, sizeof(double));
    c->total = gov_alloc_zero(c->tree.count, sizeof(double));
    c->shared = gov_alloc_zero(c->tree.count, sizeof(double));
    if (c->own == NULL || c->total == NULL || c->shared == NULL)
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
    if (status == GOV_OK)
        status = follow(store, kind, o, c, day, err);
    if (c->tree.count > 0)
        memcpy(c->total, c->own, (size_t)c->tree.count * sizeof(double));
    gov_tree_sum_up(&c->tree, c->total);
    gov_tree_sum_up(&c->tree, c->shared);
    return status;
}

gov_status gov_store_count(gov_store *store, const char *kind_name, const char *level,
                           const gov_query_options *options, gov_table **out, gov_error *err)
{
    gov_query_options o;
    gov_moment moment;
    const gov_kind *kind = NULL;
    counts c = {.tree = {.arena = GOV_ARENA_INIT}};
    if (store == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store and out must be given");
    GOV_TRY(gov_query_check(options, &o, err));
    GOV_TRY(gov_kinds_need(&store->kinds, kind_name, &kind, err));
    GOV_TRY(gov_moment_of(store, o.as_of, o.recorded, &moment, err));
    GOV_TRY(gov_views_make(store, &moment, err));
    gov_db_poll(store->db, o.run);
    gov_status status = gather(store, kind, &o, moment.day, &c, err);
    gov_db_poll(store->db, NULL);
    if (status == GOV_OK)
        status =
            gov_tree_table(&c.tree, c.own, c.total, c.shared, c.elsewhere, level, GOV_TYPE_INT64, out, err);
    gov_tree_clear(&c.tree);
    gov_followed_clear(&c.gone);
    gov_free(c.own);
    gov_free(c.total);
    gov_free(c.shared);
    return status;
}
