/* view.c - the views are text made from the descriptors, with the moment and the masks as literals: SQLite then plans
 * a query on a view as one on the table, indices and all. They are made again only when the moment moves. */
#include "store/view.h"
#include "base/date.h"

#include <string.h>

/* --- Moments ---------------------------------------------------------------------------------------------- */

static gov_status seq_of(gov_store *store, const char *recorded, int64_t *seq, gov_error *err)
{
    gov_stmt *stmt = NULL;
    int row = 0;
    GOV_TRY(gov_db_prepare(store->db,
                           "SELECT coalesce(max(c.seq), 0) FROM main.change c WHERE c.act ="
                           " (SELECT max(id) FROM main.act WHERE at <= ?1)",
                           &stmt, err));
    gov_stmt_text(stmt, 1, recorded, -1);
    gov_status status = gov_stmt_step(stmt, &row, err);
    if (status == GOV_OK)
        *seq = gov_stmt_get_int(stmt, 0);
    gov_stmt_free(stmt);
    return status;
}

gov_status gov_moment_of(gov_store *store, const char *as_of, const char *recorded, gov_moment *out,
                         gov_error *err)
{
    gov_moment moment = {"", GOV_NOW};
    int64_t micros = 0;
    char text[33];
    GOV_TRY(gov_store_day(as_of, moment.day, err));
    if (recorded != NULL) {
        GOV_TRY(gov_time_parse(recorded, -1, &micros, err));
        gov_time_format(micros, text, sizeof(text));
        GOV_TRY(seq_of(store, text, &moment.seq, err));
    }
    *out = moment;
    return GOV_OK;
}

/* One without salt was erased. */
void gov_view_known(const gov_moment *m, gov_buffer *sql)
{
    if (m->seq == GOV_NOW)
        gov_buffer_text(sql, "ended IS NULL AND salt IS NOT NULL");
    else
        gov_buffer_format(sql, "added <= %lld AND (ended IS NULL OR ended > %lld) AND salt IS NOT NULL",
                          (long long)m->seq, (long long)m->seq);
}

void gov_view_moment(const gov_moment *m, gov_buffer *sql)
{
    gov_view_known(m, sql);
    gov_buffer_format(sql, " AND valid_from <= '%s' AND valid_to > '%s'", m->day, m->day);
}

/* --- Scope ------------------------------------------------------------------------------------------------ */

static void column_of(const gov_kind *kind, const char *name, int64_t size, const char *alias, int raw,
                      gov_buffer *sql)
{
    int64_t i = gov_kind_find_field(kind, name, size);
    if (alias != NULL)
        gov_buffer_format(sql, "%s.", alias);
    if (raw && i >= 0)
        gov_buffer_text(sql, kind->fields[i].column);
    else
        gov_buffer_format(sql, "\"%.*s\"", (int)size, name);
}

static const char *view_key(const gov_kind *kind)
{
    return kind->fields[kind->key[0]].name;
}

static int placed_directly(const gov_kind *kind)
{
    return kind->scope != NULL && strpbrk(kind->scope, ">/,") == NULL;
}

/* 'field>kind': the key of a record of another kind, which must be in its place. */
static void through_kind(const gov_kinds *kinds, const gov_kind *kind, const char *part, int64_t size,
                         int64_t arrow, const char *alias, int raw, const char *grids, gov_buffer *sql)
{
    char name[64] = "";
    if (size - arrow - 1 < (int64_t)sizeof(name))
        memcpy(name, part + arrow + 1, (size_t)(size - arrow - 1));
    const gov_kind *other = gov_kinds_find(kinds, name);
    if (other == NULL || !placed_directly(other)) {
        gov_buffer_text(sql, "0");
        return;
    }
    column_of(kind, part, arrow, alias, raw, sql);
    gov_buffer_format(sql, " IN (SELECT \"%s\" FROM temp.\"%s\" WHERE ", view_key(other), other->name);
    gov_scope_condition(kinds, other, NULL, 0, grids, sql);
    gov_buffer_char(sql, ')');
}

/* 'a/b': field a names the kind, field b the key. */
static void through_any(const gov_kinds *kinds, const gov_kind *kind, const char *part, int64_t size,
                        int64_t slash, const char *alias, int raw, const char *grids, gov_buffer *sql)
{
    gov_buffer_text(sql, "CASE ");
    column_of(kind, part, slash, alias, raw, sql);
    for (int64_t i = 0; i < kinds->count; i++) {
        const gov_kind *other = &kinds->list[i];
        if (!placed_directly(other) || other->key_count != 1)
            continue;
        gov_buffer_format(sql, " WHEN '%s' THEN ", other->name);
        column_of(kind, part + slash + 1, size - slash - 1, alias, raw, sql);
        gov_buffer_format(sql, " IN (SELECT \"%s\" FROM temp.\"%s\" WHERE ", view_key(other), other->name);
        gov_scope_condition(kinds, other, NULL, 0, grids, sql);
        gov_buffer_char(sql, ')');
    }
    gov_buffer_text(sql, " ELSE 0 END");
}

void gov_scope_condition(const gov_kinds *kinds, const gov_kind *kind, const char *alias, int raw,
                         const char *grids, gov_buffer *sql)
{
    if (kind->scope == NULL) {
        gov_buffer_char(sql, '1');
        return;
    }
    const char *part = kind->scope;
    while (*part != '\0') {
        int64_t size = (int64_t)strcspn(part, ","), arrow = (int64_t)strcspn(part, ">,"),
                slash = (int64_t)strcspn(part, "/,");
        if (arrow < size) {
            through_kind(kinds, kind, part, size, arrow, alias, raw, grids, sql);
        } else if (slash < size) {
            through_any(kinds, kind, part, size, slash, alias, raw, grids, sql);
        } else {
            column_of(kind, part, size, alias, raw, sql);
            gov_buffer_format(sql, " IN (%s)", grids);
        }
        part += size;
        if (*part == ',') {
            gov_buffer_text(sql, " AND ");
            part++;
        }
    }
}

static gov_status run_buffer(gov_db *db, gov_buffer *sql, gov_error *err)
{
    gov_buffer_char(sql, '\0');
    gov_status status = sql->broken ? gov_fail_memory(err) : gov_db_run(db, sql->data, err);
    gov_buffer_clear(sql);
    return status;
}

/* The subtree grows along parents, and into what is no more: grids whose last parent was in it, and grids that went whole
 * into one of it. Records that still stand in such a grid belong to the subtree until they are moved. */
static void select_subtree(const gov_store *store, const gov_moment *m, gov_buffer *sql)
{
    gov_buffer_text(sql, "WITH RECURSIVE below (code) AS (SELECT key FROM main." GOV_KIND_TABLE
                         "grid WHERE key = ");
    gov_sql_text(sql, store->scope);
    gov_buffer_text(sql, " AND ");
    gov_view_moment(m, sql);
    gov_buffer_text(sql, " UNION SELECT g.key FROM below b JOIN main." GOV_KIND_TABLE
                         "grid g ON g.parent = b.code WHERE ");
    gov_view_known(m, sql);
    gov_buffer_format(
        sql,
        " AND (valid_to > '%s' AND valid_from <= '%s' OR NOT EXISTS (SELECT 1 FROM main." GOV_KIND_TABLE
        "grid WHERE key = g.key AND (valid_to > g.valid_to OR valid_to > '%s' AND valid_from <= '%s') AND ",
        m->day, m->day, m->day, m->day);
    gov_view_known(m, sql);
    gov_buffer_text(sql, ")) UNION SELECT l.from_grid FROM below b JOIN main." GOV_KIND_TABLE
                         "lineage l ON l.to_grid = b.code WHERE ");
    gov_view_known(m, sql);
    gov_buffer_text(sql, " AND l.share > 0.999999999 AND NOT EXISTS (SELECT 1 FROM main." GOV_KIND_TABLE
                         "grid WHERE key = l.from_grid AND ");
    gov_view_moment(m, sql);
    gov_buffer_format(sql, ") AND l.on_date <= '%s') SELECT code FROM below", m->day);
}

gov_status gov_scope_fill(gov_store *store, const gov_moment *moment, gov_error *err)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    int64_t count = 0;
    GOV_TRY(gov_db_run(store->db,
                       "CREATE TEMP TABLE IF NOT EXISTS scope (code TEXT PRIMARY KEY) WITHOUT ROWID;"
                       "DELETE FROM temp.scope",
                       err));
    if (store->scope == NULL)
        return GOV_OK;
    gov_buffer_text(&sql, "INSERT INTO temp.scope ");
    select_subtree(store, moment, &sql);
    GOV_TRY(run_buffer(store->db, &sql, err));
    GOV_TRY(gov_db_integer(store->db, "SELECT count(*) FROM temp.scope", 0, &count, err));
    if (count == 0)
        return gov_fail_at(err, GOV_E_REFERENCE, GOV_AT_NAME(store->scope),
                           "the scope's grid is not in the store");
    return GOV_OK;
}

/* --- Views ------------------------------------------------------------------------------------------------ */

static void add_field(const gov_store *store, const gov_kind_field *field, gov_buffer *sql)
{
    if (field->field_class <= store->fields)
        gov_buffer_format(sql, "k.%s", field->column);
    else if (field->form != NULL && (field->type == GOV_TYPE_UTF8 || field->type == GOV_TYPE_DATE))
        gov_buffer_format(sql, "gov_mask('%s', k.%s)", field->form, field->column);
    else
        gov_buffer_text(sql, "NULL");
    gov_buffer_text(sql, " AS ");
    gov_sql_name(sql, field->name);
    gov_buffer_text(sql, ", ");
}

void gov_view_fields(const gov_store *store, const gov_kind *kind, gov_buffer *sql)
{
    for (int64_t i = 0; i < kind->count; i++)
        add_field(store, &kind->fields[i], sql);
}

static gov_status make_view(gov_store *store, const gov_kind *kind, const gov_moment *m, gov_error *err)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    gov_buffer_format(&sql, "DROP VIEW IF EXISTS temp.\"%s\"; CREATE TEMP VIEW \"%s\" AS SELECT ", kind->name,
                      kind->name);
    gov_view_fields(store, kind, &sql);
    gov_buffer_format(&sql,
                      "nullif(valid_from, '" GOV_ALWAYS_FROM "') AS valid_from,"
                      " nullif(valid_to, '" GOV_ALWAYS_TO "') AS valid_to FROM main.\"" GOV_KIND_TABLE
                      "%s\" k WHERE ",
                      kind->name);
    gov_view_moment(m, &sql);
    if (store->scope != NULL) {
        gov_buffer_text(&sql, " AND ");
        gov_scope_condition(&store->kinds, kind, "k", 1, "SELECT code FROM temp.scope", &sql);
    }
    return run_buffer(store->db, &sql, err);
}

gov_status gov_views_make(gov_store *store, const gov_moment *m, gov_error *err)
{
    if (strcmp(store->views.day, m->day) == 0 && store->views.seq == m->seq)
        return GOV_OK;
    store->views.day[0] = '\0';
    GOV_TRY(gov_scope_fill(store, m, err));
    for (int64_t i = 0; i < store->kinds.count; i++)
        GOV_TRY(make_view(store, &store->kinds.list[i], m, err));
    store->views = *m;
    return GOV_OK;
}
