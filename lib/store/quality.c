/* quality.c - how good the data of a kind are, field by field and source by source.
 *
 * The importer keeps wrong values out, but what a field allows may change after, and rows that are sound by themselves may
 * contradict what another source said of the same record. One SELECT a field, over the versions that the views would
 * show. */
#include "store/conflict.h"

#include <string.h>

static void add_rows(const gov_store *store, const gov_kind *kind, const gov_moment *m, gov_buffer *sql)
{
    gov_view_moment(m, sql);
    if (store->scope != NULL) {
        gov_buffer_text(sql, " AND ");
        gov_scope_condition(&store->kinds, kind, "k", 1, "SELECT code FROM temp.scope", sql);
    }
}

static void add_code_set(const gov_kind_field *field, gov_buffer *sql)
{
    const char *item = field->code_set;
    gov_buffer_format(sql, "sum(k.%s IN (NULL", field->column);
    while (*item != '\0') {
        gov_buffer_text(sql, ", '");
        for (size_t i = 0; i < strcspn(item, "=;"); i++)
            gov_buffer_text(sql, item[i] == '\'' ? "''" : (const char[]){item[i], '\0'});
        gov_buffer_char(sql, '\'');
        item += strcspn(item, ";");
        item += *item == ';';
    }
    gov_buffer_text(sql, ") IS 1)");
}

/* How many of the values that are there are what the field allows now. */
static void add_valid(const gov_kind_field *field, gov_buffer *sql)
{
    if (field->code_set != NULL && field->type == GOV_TYPE_UTF8) {
        add_code_set(field, sql);
    } else if (field->form != NULL && field->type == GOV_TYPE_UTF8) {
        gov_buffer_format(sql, "count(gov_valid('%s', k.%s))", field->form, field->column);
    } else if (field->has_low || field->has_high) {
        gov_buffer_format(sql, "sum(k.%s IS NOT NULL", field->column);
        if (field->has_low)
            gov_buffer_format(sql, " AND k.%s >= %.17g", field->column, field->low);
        if (field->has_high)
            gov_buffer_format(sql, " AND k.%s <= %.17g", field->column, field->high);
        gov_buffer_char(sql, ')');
    } else {
        gov_buffer_format(sql, "count(k.%s)", field->column);
    }
}

/* Records whose value another record has too, whatever its source. */
static void add_duplicates(const gov_store *store, const gov_kind *kind, const gov_kind_field *field,
                           const gov_moment *m, gov_buffer *sql)
{
    if (field->scheme == NULL || strcmp(field->scheme, "household_no") == 0) {
        gov_buffer_text(sql, "NULL");
        return;
    }
    gov_buffer_format(
        sql, "sum(k.%s IS NOT NULL AND k.%s IN (SELECT k.%s FROM main.\"" GOV_KIND_TABLE "%s\" k WHERE ",
        field->column, field->column, field->column, kind->name);
    add_rows(store, kind, m, sql);
    gov_buffer_format(sql, " GROUP BY 1 HAVING count(*) > 1))");
}

/* Records in which a rule between this field and another is broken; null if there is no such rule. */
static void add_contradictions(const gov_kind *kind, int64_t field, gov_buffer *sql)
{
    const char *id = kind->fields[field].column;
    int rules = 0;
    for (int64_t i = 0; i < kind->rule_count; i++) {
        const gov_rule *rule = &kind->rules[i];
        const char *other = kind->fields[rule->field].column;
        if (rule->other != field)
            continue;
        gov_buffer_text(sql, rules++ == 0 ? "sum((0" : "");
        if (rule->type == GOV_RULE_BIRTH_OF)
            gov_buffer_format(sql, " OR substr(k.%s, 7, 8) <> replace(k.%s, '-', '')", id, other);
        else
            gov_buffer_format(sql, " OR (k.%s IN ('1', '2') AND substr(k.%s, 17, 1) %% 2 <> k.%s %% 2)",
                              other, id, other);
    }
    gov_buffer_text(sql, rules > 0 ? ") IS 1)" : "NULL");
}

static void add_field(const gov_store *store, const gov_kind *kind, int64_t i, const gov_moment *m,
                      gov_buffer *sql)
{
    const gov_kind_field *field = &kind->fields[i];
    gov_buffer_format(
        sql,
        "SELECT %lld AS n, '%s' AS field, coalesce(a.source, '') AS source, count(*) AS records,"
        " count(k.%s) AS present, ",
        (long long)field->number, field->name, field->column);
    add_valid(field, sql);
    gov_buffer_text(sql, " AS valid, ");
    add_duplicates(store, kind, field, m, sql);
    gov_buffer_text(sql, " AS duplicates, ");
    add_contradictions(kind, i, sql);
    gov_buffer_text(sql, " AS contradictions, ");
    if (kind->sources)
        gov_buffer_format(sql, "sum(k.key IN (SELECT key FROM temp.conflict WHERE field = '%s'))",
                          field->name);
    else
        gov_buffer_text(sql, "NULL");
    gov_buffer_format(sql,
                      " AS conflicts, min(a.at) AS oldest, max(a.at) AS newest FROM main.\"" GOV_KIND_TABLE
                      "%s\" k JOIN main.change c ON c.seq = k.added JOIN main.act a ON a.id = "
                      "coalesce(k._act, c.act) WHERE ",
                      kind->name);
    add_rows(store, kind, m, sql);
    gov_buffer_text(sql, " GROUP BY a.source");
}

static gov_status fill(gov_stmt *stmt, gov_table **out, gov_error *err)
{
    static const gov_type types[] = {GOV_TYPE_UTF8,      GOV_TYPE_UTF8,     GOV_TYPE_INT64, GOV_TYPE_INT64,
                                     GOV_TYPE_INT64,     GOV_TYPE_INT64,    GOV_TYPE_INT64, GOV_TYPE_INT64,
                                     GOV_TYPE_TIMESTAMP, GOV_TYPE_TIMESTAMP};
    gov_shape shape;
    GOV_TRY(gov_shape_new(10, &shape, err));
    memcpy(shape.types, types, sizeof(types));
    gov_status status = gov_shape_all(&shape, stmt, NULL, out, err);
    gov_shape_free(&shape);
    return status;
}

static gov_status prepare(gov_store *store, const gov_kind *kind, const gov_moment *m, gov_stmt **out,
                          gov_error *err)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    gov_buffer_text(&sql, "SELECT field, source, records, present, valid, duplicates, contradictions, "
                          "conflicts, oldest, newest FROM (");
    for (int64_t i = 0; i < kind->count; i++) {
        gov_buffer_text(&sql, i > 0 ? " UNION ALL " : "");
        add_field(store, kind, i, m, &sql);
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
    gov_db_poll(store->db, o.run);
    gov_status status = kind->sources ? gov_conflicts_fill(store, kind, &moment, NULL, 0, err) : GOV_OK;
    if (status == GOV_OK)
        status = prepare(store, kind, &moment, &stmt, err);
    if (status == GOV_OK)
        status = fill(stmt, &table, err);
    gov_db_poll(store->db, NULL);
    gov_stmt_free(stmt);
    gov_conflicts_drop(store);
    if (status == GOV_OK)
        *out = table;
    return status;
}
