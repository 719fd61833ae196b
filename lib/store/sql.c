/* sql.c - SELECT statements from outside.
 *
 * SQLite's columns have no type of their own, so the statement runs twice over one snapshot: once to see what types
 * its values have, once to fill a table. Memory stays that of the result; guessing from the first rows would be wrong
 * for every column whose first values are missing. */
#include "base/run.h"
#include "store/query.h"

static gov_type wider(gov_type known, gov_cell_type seen)
{
    if (seen == GOV_CELL_NULL)
        return known;
    if (seen == GOV_CELL_INT)
        return known == GOV_TYPE_NULL ? GOV_TYPE_INT64 : known;
    if (seen == GOV_CELL_REAL)
        return known == GOV_TYPE_UTF8 ? GOV_TYPE_UTF8 : GOV_TYPE_FLOAT64;
    return GOV_TYPE_UTF8;
}

static gov_status learn(gov_shape *shape, gov_stmt *stmt, gov_run *run, gov_error *err)
{
    gov_cell cell;
    int row = 1;
    for (int64_t n = 0; row; n++) {
        if (n % 4096 == 0)
            GOV_TRY(gov_run_poll(run, n, -1, err));
        GOV_TRY(gov_stmt_step(stmt, &row, err));
        for (int i = 0; row && i < shape->count; i++) {
            gov_stmt_get(stmt, i, &cell);
            if (cell.type == GOV_CELL_BLOB)
                return gov_fail_at(err, GOV_E_UNSUPPORTED, GOV_AT_NAME(gov_stmt_name(stmt, i)),
                                   "a column of bytes has no place in a table");
            shape->types[i] = wider(shape->types[i], cell.type);
        }
    }
    gov_stmt_reset(stmt);
    return GOV_OK;
}

static gov_status fill(gov_stmt *stmt, gov_run *run, gov_table **out, gov_error *err)
{
    gov_shape shape;
    GOV_TRY(gov_shape_new(gov_stmt_columns(stmt), &shape, err));
    gov_status status = learn(&shape, stmt, run, err);
    for (int i = 0; i < shape.count; i++)
        shape.types[i] = shape.types[i] == GOV_TYPE_NULL ? GOV_TYPE_UTF8 : shape.types[i];
    if (status == GOV_OK)
        status = gov_shape_all(&shape, stmt, run, out, err);
    gov_shape_free(&shape);
    return status;
}

static gov_status run_sql(gov_store *store, const char *sql, const gov_query_options *o, gov_table **out,
                          gov_error *err)
{
    gov_buffer text = GOV_BUFFER_INIT;
    gov_stmt *stmt = NULL;
    gov_buffer_text(&text, sql);
    GOV_TRY(gov_query_prepare(store, &text, o, &stmt, err));
    gov_db_poll(store->db, o->run);
    gov_status status = gov_db_run(store->db, "BEGIN", err);
    if (status == GOV_OK) {
        status = fill(stmt, o->run, out, err);
        gov_stmt_reset(stmt);
        gov_db_run(store->db, "COMMIT", NULL);
    }
    gov_db_poll(store->db, NULL);
    gov_stmt_free(stmt);
    return status;
}

gov_status gov_store_sql(gov_store *store, const char *sql, const gov_query_options *options, gov_table **out,
                         gov_error *err)
{
    gov_query_options o;
    gov_moment moment;
    gov_table *table = NULL;
    if (store == NULL || sql == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store, sql and out must be given");
    GOV_TRY(gov_query_check(options, &o, err));
    GOV_TRY(gov_moment_of(store, o.as_of, o.recorded, &moment, err));
    GOV_TRY(gov_views_make(store, &moment, err));
    GOV_TRY(run_sql(store, sql, &o, &table, err));
    *out = table;
    return GOV_OK;
}
