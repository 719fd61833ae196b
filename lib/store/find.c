/* find.c - one record: by any of its identifiers, and all it ever was. */
#include "store/query.h"

static gov_status run_texts(gov_store *store, gov_buffer *sql, const char *const *values, int64_t count,
                            gov_table **out, gov_error *err)
{
    gov_query_options o = GOV_QUERY_OPTIONS_INIT;
    gov_stmt *stmt = NULL;
    gov_shape shape;
    o.values = values;
    o.value_count = count;
    GOV_TRY(gov_query_prepare(store, sql, &o, &stmt, err));
    gov_status status = gov_shape_new(gov_stmt_columns(stmt), &shape, err);
    if (status == GOV_OK) {
        for (int i = 0; i < shape.count; i++)
            shape.types[i] = GOV_TYPE_UTF8;
        status = gov_shape_all(&shape, stmt, NULL, out, err);
        gov_shape_free(&shape);
    }
    gov_stmt_free(stmt);
    return status;
}

gov_status gov_store_find(gov_store *store, const char *scheme, const char *value, gov_table **out,
                          gov_error *err)
{
    gov_moment moment;
    gov_buffer sql = GOV_BUFFER_INIT;
    gov_table *table = NULL;
    if (store == NULL || scheme == NULL || value == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store, scheme, value and out must be given");
    GOV_TRY(gov_moment_of(store, NULL, NULL, &moment, err));
    GOV_TRY(gov_views_make(store, &moment, err));
    gov_buffer_text(
        &sql,
        "SELECT subject_kind AS kind, subject AS key FROM temp.identifier WHERE scheme = ?1 AND value = ?2");
    for (int64_t i = 0; i < store->kinds.count; i++) {
        const gov_kind *kind = &store->kinds.list[i];
        for (int64_t f = 0; f < kind->count; f++)
            if (kind->fields[f].scheme != NULL && kind->key_count == 1)
                gov_buffer_format(
                    &sql, " UNION SELECT '%s', \"%s\" FROM temp.\"%s\" WHERE '%s' = ?1 AND \"%s\" = ?2",
                    kind->name, kind->fields[kind->key[0]].name, kind->name, kind->fields[f].scheme,
                    kind->fields[f].name);
    }
    gov_buffer_text(&sql, " ORDER BY 1, 2");
    const char *values[] = {scheme, value};
    GOV_TRY(run_texts(store, &sql, values, 2, &table, err));
    *out = table;
    return GOV_OK;
}

/* --- History ---------------------------------------------------------------------------------------------- */

static void select_history(const gov_store *store, const gov_kind *kind, gov_buffer *sql)
{
    gov_buffer_text(sql, "SELECT ");
    gov_view_fields(store, kind, sql);
    gov_buffer_format(
        sql,
        "nullif(k.valid_from, '" GOV_ALWAYS_FROM "') AS valid_from,"
        " nullif(k.valid_to, '" GOV_ALWAYS_TO "') AS valid_to, a.at AS recorded_from, e.at AS recorded_to,"
        " a.actor AS actor, a.source AS source, a.reason AS reason FROM main.\"" GOV_KIND_TABLE "%s\" k"
        " JOIN main.change c ON c.seq = k.added JOIN main.act a ON a.id = c.act"
        " LEFT JOIN main.change d ON d.seq = k.ended LEFT JOIN main.act e ON e.id = d.act"
        " WHERE k.key = ?1",
        kind->name);
    if (store->scope != NULL) {
        gov_buffer_text(sql, " AND ");
        gov_scope_condition(&store->kinds, kind, "k", 1, "SELECT code FROM temp.scope", sql);
    }
    gov_buffer_text(sql, " ORDER BY k.added");
}

static gov_status read_history(gov_store *store, const gov_kind *kind, gov_stmt *stmt, gov_table **out,
                               gov_error *err)
{
    gov_shape shape;
    GOV_TRY(gov_shape_new(gov_stmt_columns(stmt), &shape, err));
    for (int i = 0; i < shape.count; i++)
        shape.types[i] = i < kind->count ? gov_query_type(store, &kind->fields[i]) : GOV_TYPE_UTF8;
    shape.types[kind->count] = shape.types[kind->count + 1] = GOV_TYPE_DATE;
    shape.types[kind->count + 2] = shape.types[kind->count + 3] = GOV_TYPE_TIMESTAMP;
    gov_status status = gov_shape_all(&shape, stmt, NULL, out, err);
    gov_shape_free(&shape);
    return status;
}

gov_status gov_store_history(gov_store *store, const char *kind_name, const char *key, gov_table **out,
                             gov_error *err)
{
    gov_moment moment;
    const gov_kind *kind = NULL;
    gov_stmt *stmt = NULL;
    gov_buffer sql = GOV_BUFFER_INIT;
    if (store == NULL || key == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store, key and out must be given");
    GOV_TRY(gov_kinds_need(&store->kinds, kind_name, &kind, err));
    GOV_TRY(gov_moment_of(store, NULL, NULL, &moment, err));
    GOV_TRY(gov_views_make(store, &moment, err));
    select_history(store, kind, &sql);
    gov_buffer_char(&sql, '\0');
    gov_status status = sql.broken ? gov_fail_memory(err) : gov_db_prepare(store->db, sql.data, &stmt, err);
    gov_buffer_clear(&sql);
    if (status == GOV_OK) {
        gov_stmt_text(stmt, 1, key, -1);
        status = read_history(store, kind, stmt, out, err);
    }
    gov_stmt_free(stmt);
    return status;
}
