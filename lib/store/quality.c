/* quality.c - how good the data of a kind are, field by field and source by source.
 *
 * The importer keeps invalid values out, so what is left to see is what is missing, what is there twice, what
 * contradicts itself, and how old it is. One SELECT a field, over the versions that the views would show. */
#include "store/query.h"

#include <string.h>

static void add_rows(const gov_store *store, const gov_kind *kind, const gov_moment *m, gov_buffer *sql)
{
    gov_buffer_format(sql,
                      " FROM main.\"" GOV_KIND_TABLE "%s\" k JOIN main.change c ON c.seq = k.added"
                      " JOIN main.act a ON a.id = c.act WHERE ",
                      kind->name);
    gov_view_moment(m, sql);
    if (store->scope != NULL) {
        gov_buffer_text(sql, " AND ");
        gov_scope_condition(&store->kinds, kind, "k", 1, "SELECT code FROM temp.scope", sql);
    }
    gov_buffer_text(sql, " GROUP BY a.source");
}

static void add_field(const gov_store *store, const gov_kind *kind, const gov_kind_field *field,
                      const gov_moment *m, gov_buffer *sql)
{
    int unique = field->scheme != NULL && strcmp(field->scheme, "household_no") != 0;
    gov_buffer_format(
        sql,
        "SELECT %lld AS n, '%s' AS field, coalesce(a.source, '') AS source, count(*) AS records,"
        " count(k.%s) AS present, ",
        (long long)field->number, field->name, field->column);
    if (unique)
        gov_buffer_format(sql, "count(k.%s) - count(DISTINCT k.%s)", field->column, field->column);
    else
        gov_buffer_text(sql, "NULL");
    gov_buffer_text(sql, " AS duplicates, ");
    if (field->form != NULL && strcmp(field->form, "citizen_id") == 0 &&
        gov_kind_find_field(kind, "birth_date", 10) >= 0)
        gov_buffer_format(sql,
                          "sum(k.%s IS NOT NULL AND k.birth_date IS NOT NULL AND"
                          " substr(k.%s, 7, 8) <> replace(k.birth_date, '-', ''))",
                          field->column, field->column);
    else
        gov_buffer_text(sql, "NULL");
    gov_buffer_text(sql, " AS contradictions, min(a.at) AS oldest, max(a.at) AS newest");
    add_rows(store, kind, m, sql);
}

static gov_status fill(gov_stmt *stmt, gov_table **out, gov_error *err)
{
    static const gov_type types[] = {GOV_TYPE_UTF8,  GOV_TYPE_UTF8,  GOV_TYPE_INT64,     GOV_TYPE_INT64,
                                     GOV_TYPE_INT64, GOV_TYPE_INT64, GOV_TYPE_TIMESTAMP, GOV_TYPE_TIMESTAMP};
    gov_shape shape;
    GOV_TRY(gov_shape_new(8, &shape, err));
    memcpy(shape.types, types, sizeof(types));
    gov_status status = gov_shape_all(&shape, stmt, NULL, out, err);
    gov_shape_free(&shape);
    return status;
}

static gov_status prepare(gov_store *store, const gov_kind *kind, const gov_moment *m, gov_stmt **out,
                          gov_error *err)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    gov_buffer_text(
        &sql, "SELECT field, source, records, present, duplicates, contradictions, oldest, newest FROM (");
    for (int64_t i = 0; i < kind->count; i++) {
        gov_buffer_text(&sql, i > 0 ? " UNION ALL " : "");
        add_field(store, kind, &kind->fields[i], m, &sql);
    }
    gov_buffer_text(&sql, ") ORDER BY n, source");
    gov_buffer_char(&sql, '\0');
    gov_status status = sql.broken ? gov_fail_memory(err) : gov_db_prepare(store->db, sql.data, out, err);
    gov_buffer_clear(&sql);
    return status;
}

gov_status gov_store_quality(gov_store *store, const char *kind_name, const gov_query_options *options,
                             gov_table **out, gov_error *err)
{
    gov_query_options o;
    gov_moment moment;
    const gov_kind *kind = NULL;
    gov_stmt *stmt = NULL;
    gov_table *table = NULL;
    if (store == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store and out must be given");
    GOV_TRY(gov_query_check(options, &o, err));
    GOV_TRY(gov_kinds_need(&store->kinds, kind_name, &kind, err));
    GOV_TRY(gov_moment_of(store, o.as_of, o.recorded, &moment, err));
    GOV_TRY(gov_views_make(store, &moment, err));
    GOV_TRY(prepare(store, kind, &moment, &stmt, err));
    gov_db_poll(store->db, o.run);
    gov_status status = fill(stmt, &table, err);
    gov_db_poll(store->db, NULL);
    gov_stmt_free(stmt);
    if (status == GOV_OK)
        *out = table;
    return status;
}
