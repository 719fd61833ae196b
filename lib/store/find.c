/* find.c - one record: by any of its identifiers, and all it ever was. */
#include "base/buffer.h"
#include "store/query.h"
#include "store/subject.h"

#include <string.h>

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

gov_status gov_store_find(gov_store *store, const char *scheme, const char *value,
                          const gov_query_options *options, gov_table **out, gov_error *err)
{
    gov_query_options o;
    gov_moment moment;
    gov_buffer sql = GOV_BUFFER_INIT;
    gov_table *table = NULL;
    if (store == NULL || scheme == NULL || value == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store, scheme, value and out must be given");
    GOV_TRY(gov_query_check(options, &o, err));
    GOV_TRY(gov_moment_of(store, o.as_of, o.recorded, &moment, err));
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

/* All versions of `kind` about the record ?1 of kind `of`, as the actor may see them; 0 if there can be none. */
static int select_history(const gov_store *store, const gov_kind *kind, const gov_kind *of, gov_buffer *sql)
{
    gov_buffer_text(sql, "SELECT ");
    gov_view_fields(store, kind, sql);
    gov_buffer_format(sql,
                      "nullif(k.valid_from, '" GOV_ALWAYS_FROM "') AS valid_from,"
                      " nullif(k.valid_to, '" GOV_ALWAYS_TO
                      "') AS valid_to, a.at AS recorded_from, e.at AS recorded_to,"
                      " a.id AS act, a.actor AS act_actor, a.source AS act_source, a.reason AS act_reason "
                      "FROM main.\"" GOV_KIND_TABLE
                      "%s\" k JOIN main.change c ON c.seq = k.added JOIN main.act a ON a.id = c.act"
                      " LEFT JOIN main.change d ON d.seq = k.ended LEFT JOIN main.act e ON e.id = d.act"
                      " WHERE k.salt IS NOT NULL AND ",
                      kind->name);
    if (gov_subject_condition(kind, of, sql) == 0)
        return 0;
    if (store->scope != NULL) {
        gov_buffer_text(sql, " AND ");
        gov_scope_condition(&store->kinds, kind, "k", 1, "SELECT code FROM temp.scope", sql);
    }
    gov_buffer_text(sql, " ORDER BY k.added");
    return 1;
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
    shape.types[kind->count + 4] = GOV_TYPE_INT64;
    gov_status status = gov_shape_all(&shape, stmt, NULL, out, err);
    gov_shape_free(&shape);
    return status;
}

/* *out stays NULL if records of `kind` cannot be about one of `of`. */
static gov_status history_of(gov_store *store, const gov_kind *kind, const gov_kind *of, const char *key,
                             gov_table **out, gov_error *err)
{
    gov_stmt *stmt = NULL;
    gov_buffer sql = GOV_BUFFER_INIT;
    if (!select_history(store, kind, of, &sql)) {
        gov_status made = sql.broken ? gov_fail_memory(err) : GOV_OK;
        gov_buffer_clear(&sql);
        return made;
    }
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

static gov_status start_history(gov_store *store, const char *kind_name, const gov_kind **kind,
                                gov_error *err)
{
    gov_moment moment;
    GOV_TRY(gov_kinds_need(&store->kinds, kind_name, kind, err));
    GOV_TRY(gov_moment_of(store, NULL, NULL, &moment, err));
    return gov_views_make(store, &moment, err);
}

gov_status gov_store_history(gov_store *store, const char *kind_name, const char *key, gov_table **out,
                             gov_error *err)
{
    const gov_kind *kind = NULL;
    gov_table *table = NULL;
    if (store == NULL || key == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store, key and out must be given");
    GOV_TRY(start_history(store, kind_name, &kind, err));
    GOV_TRY(history_of(store, kind, kind, key, &table, err));
    *out = table;
    return GOV_OK;
}

/* --- Everything about one record -------------------------------------------------------------------------- */

static gov_status add_kind(gov_store *store, const gov_kind *kind, const gov_kind *of, const char *key,
                           gov_buffer *json, gov_error *err)
{
    gov_table *table = NULL;
    gov_text *rows = NULL;
    GOV_TRY(history_of(store, kind, of, key, &table, err));
    if (table == NULL || gov_table_rows(table) == 0) {
        gov_table_free(table);
        return GOV_OK;
    }
    gov_status status = gov_table_format_json(table, &rows, err);
    gov_table_free(table);
    if (status != GOV_OK)
        return status;
    gov_buffer_text(json, ",\n");
    gov_buffer_json(json, kind->name, (int64_t)strlen(kind->name));
    gov_buffer_text(json, ": ");
    gov_buffer_bytes(json, gov_text_data(rows), gov_text_size(rows));
    gov_text_free(rows);
    return GOV_OK;
}

gov_status gov_store_export(gov_store *store, const char *kind_name, const char *key, gov_text **out,
                            gov_error *err)
{
    const gov_kind *of = NULL;
    gov_buffer json = GOV_BUFFER_INIT;
    if (store == NULL || key == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store, key and out must be given");
    GOV_TRY(start_history(store, kind_name, &of, err));
    gov_buffer_text(&json, "{\"key\": ");
    gov_buffer_json(&json, key, (int64_t)strlen(key));
    gov_status status = GOV_OK;
    for (int64_t i = 0; i < store->kinds.count && status == GOV_OK; i++)
        status = add_kind(store, &store->kinds.list[i], of, key, &json, err);
    gov_buffer_text(&json, "}\n");
    if (status != GOV_OK) {
        gov_buffer_clear(&json);
        return status;
    }
    return gov_buffer_finish(&json, out, err);
}
