/* conflict.c - the disagreements of a day, from the claims that hold on it.
 *
 * The same order as in claim.c, by the same expression of ranks, for all records at once: a window over (record, field)
 * gives each claim its place, and what has a rival with another value is listed. */
#include "store/conflict.h"
#include "store/authority.h"

#include <string.h>

/* Which of several reasons put a claim before or behind another. */
#define BY(rank, day, before, later) \
    "CASE WHEN " rank before "THEN 'rank' WHEN " day later "THEN 'day' ELSE 'act' END"

static void add_claims(const gov_store *store, const gov_kind *kind, const gov_moment *m, const char *grids,
                       gov_buffer *sql)
{
    const gov_kind *claim = gov_kinds_find(&store->kinds, "claim");
    gov_buffer_text(
        sql, "WITH c AS MATERIALIZED (SELECT k.subject_kind AS kind, k.subject AS key, k.source, k.said,"
             " k.valid_from, a.id AS act, a.at FROM main." GOV_KIND_TABLE
             "claim k JOIN main.change h ON h.seq = k.added JOIN main.act a ON a.id = coalesce(k._act, h.act)"
             " WHERE ");
    gov_view_moment(m, sql);
    if (kind != NULL) {
        gov_buffer_text(sql, " AND k.subject_kind = ");
        gov_sql_text(sql, kind->name);
    }
    const char *const bounds[] = {store->scope != NULL ? "SELECT code FROM temp.scope" : NULL, grids};
    for (int i = 0; i < 2; i++) {
        if (bounds[i] == NULL)
            continue;
        gov_buffer_text(sql, " AND ");
        gov_scope_condition(&store->kinds, claim, "k", 1, bounds[i], sql);
    }
    gov_buffer_text(sql, "), v AS MATERIALIZED (SELECT c.*, j.key AS field, j.value AS value, ");
    gov_authority_rank("c.source", "c.kind", "j.key", m, sql);
    gov_buffer_text(sql, " AS rank FROM c, json_each(c.said) j)");
}

static void add_places(gov_buffer *sql)
{
    gov_buffer_text(sql, ", p AS (SELECT *, row_number() OVER w AS place, first_value(value) OVER w AS best,"
                         " first_value(rank) OVER w AS best_rank, first_value(valid_from) OVER w AS "
                         "best_from FROM v WINDOW w AS"
                         " (PARTITION BY kind, key, field ORDER BY rank, valid_from DESC, act DESC, source)),"
                         " r AS (SELECT *, min(CASE WHEN value <> best THEN place END) OVER (PARTITION BY "
                         "kind, key, field) AS rival"
                         " FROM p),"
                         " s AS (SELECT *, max(CASE WHEN place = rival THEN rank END) OVER g AS rival_rank,"
                         " max(CASE WHEN place = rival THEN valid_from END) OVER g AS rival_from FROM r "
                         "WHERE rival IS NOT NULL"
                         " WINDOW g AS (PARTITION BY kind, key, field)),"
                         " t AS (SELECT *, value = best AS chosen, CASE WHEN value <> best THEN ");
    gov_buffer_text(sql, BY("rank", "valid_from", " > best_rank ", " < best_from "));
    gov_buffer_text(sql, " WHEN place > 1 THEN 'agrees' ELSE ");
    gov_buffer_text(sql, BY("rank", "valid_from", " < rival_rank ", " > rival_from "));
    gov_buffer_text(sql, " END AS why FROM s)");
}

static void add_columns(const gov_store *store, int shown, gov_buffer *sql)
{
    int key_shown = !shown || store->fields >= GOV_FIELDS_INTERNAL;
    gov_buffer_format(sql, " SELECT t.kind, %s AS key, t.field, t.source, ", key_shown ? "t.key" : "NULL");
    if (shown)
        gov_buffer_format(
            sql,
            "CASE WHEN f.class <= %d THEN t.value WHEN f.form IS NOT NULL AND f.type IN ('utf8', 'date')"
            " THEN gov_mask(f.form, t.value) END",
            (int)store->fields);
    else
        gov_buffer_text(sql, "t.value");
    gov_buffer_text(
        sql, " AS value, nullif(t.valid_from, '" GOV_ALWAYS_FROM "') AS valid_from, t.at AS recorded,"
             " nullif(t.rank, 9223372036854775807) AS rank, t.chosen, t.why,"
             " CASE t.why WHEN 'agrees' THEN '与采用值相同'"
             " WHEN 'rank' THEN iif(t.chosen, '来源次序在前', '来源次序在后')"
             " WHEN 'day' THEN iif(t.chosen, '起效日较晚', '起效日较早')"
             " ELSE iif(t.chosen, '记录较晚', '记录较早') END AS reason_zh,"
             " CASE t.why WHEN 'agrees' THEN 'it is the value that was chosen'"
             " WHEN 'rank' THEN iif(t.chosen, 'its source goes before', 'its source comes after')"
             " WHEN 'day' THEN iif(t.chosen, 'it holds from a later day', 'it holds from an earlier day')"
             " ELSE iif(t.chosen, 'it was recorded later', 'it was recorded earlier') END AS reason_en,"
             " f.number, t.place FROM t JOIN main.field f ON f.kind = t.kind AND f.name = t.field");
}

gov_status gov_conflicts_fill(gov_store *store, const gov_kind *kind, const gov_moment *moment,
                              const char *grids, int shown, gov_error *err)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    gov_buffer_text(&sql, "DROP TABLE IF EXISTS temp.conflict; CREATE TEMP TABLE conflict AS ");
    add_claims(store, kind, moment, grids, &sql);
    add_places(&sql);
    add_columns(store, shown, &sql);
    gov_buffer_char(&sql, '\0');
    gov_status status = sql.broken ? gov_fail_memory(err) : gov_db_run(store->db, sql.data, err);
    gov_buffer_clear(&sql);
    return status;
}

void gov_conflicts_drop(gov_store *store)
{
    gov_db_run(store->db, "DROP TABLE IF EXISTS temp.conflict", NULL);
}

/* --- As a table -------------------------------------------------------------------------------------------- */

static gov_status fill(gov_stmt *stmt, gov_run *run, gov_table **out, gov_error *err)
{
    static const gov_type types[] = {GOV_TYPE_UTF8, GOV_TYPE_UTF8, GOV_TYPE_UTF8,      GOV_TYPE_UTF8,
                                     GOV_TYPE_UTF8, GOV_TYPE_DATE, GOV_TYPE_TIMESTAMP, GOV_TYPE_INT64,
                                     GOV_TYPE_BOOL, GOV_TYPE_UTF8, GOV_TYPE_UTF8,      GOV_TYPE_UTF8};
    gov_shape shape;
    GOV_TRY(gov_shape_new(12, &shape, err));
    memcpy(shape.types, types, sizeof(types));
    gov_status status = gov_shape_all(&shape, stmt, run, out, err);
    gov_shape_free(&shape);
    return status;
}

static gov_status select_conflicts(gov_store *store, const gov_query_options *o, gov_table **out,
                                   gov_error *err)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    gov_stmt *stmt = NULL;
    gov_buffer_text(
        &sql, "SELECT kind, key, field, source, value, valid_from, recorded, rank, chosen, why, reason_zh,"
              " reason_en FROM temp.conflict WHERE 1");
    if (o->where != NULL)
        gov_buffer_format(&sql, " AND (%s\n)", o->where);
    gov_buffer_text(&sql, " ORDER BY kind, key, number, place");
    if (o->limit > 0)
        gov_buffer_format(&sql, " LIMIT %lld", (long long)o->limit);
    GOV_TRY(gov_query_prepare(store, &sql, o, &stmt, err));
    gov_status status = fill(stmt, o->run, out, err);
    gov_stmt_free(stmt);
    return status;
}

static gov_status fill_for(gov_store *store, const gov_kind *kind, const gov_query_options *o, gov_error *err)
{
    gov_moment moment;
    gov_buffer grids = GOV_BUFFER_INIT;
    GOV_TRY(gov_moment_of(store, o->as_of, o->recorded, &moment, err));
    GOV_TRY(gov_views_make(store, &moment, err));
    if (o->grid == NULL)
        return gov_conflicts_fill(store, kind, &moment, NULL, 1, err);
    GOV_TRY(gov_query_need_grid(store, o->grid, err));
    gov_query_subtree(o->grid, &grids);
    gov_buffer_char(&grids, '\0');
    gov_status status =
        grids.broken ? gov_fail_memory(err) : gov_conflicts_fill(store, kind, &moment, grids.data, 1, err);
    gov_buffer_clear(&grids);
    return status;
}

gov_status gov_store_conflicts(gov_store *store, const char *kind_name, const gov_query_options *options,
                               gov_table **out, gov_error *err)
{
    gov_query_options o;
    const gov_kind *kind = NULL;
    gov_table *table = NULL;
    if (store == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store and out must be given");
    GOV_TRY(gov_query_check(options, &o, err));
    if (kind_name != NULL)
        GOV_TRY(gov_kinds_need(&store->kinds, kind_name, &kind, err));
    gov_db_poll(store->db, o.run);
    gov_status status = fill_for(store, kind, &o, err);
    if (status == GOV_OK)
        status = select_conflicts(store, &o, &table, err);
    gov_db_poll(store->db, NULL);
    gov_conflicts_drop(store);
    if (status == GOV_OK)
        *out = table;
    return status;
}

/* --- Stating the order ------------------------------------------------------------------------------------- */

static gov_status check_names(gov_store *store, const char *kind_name, const char *field, gov_error *err)
{
    const gov_kind *kind = NULL;
    if (kind_name == NULL)
        return field == NULL ? GOV_OK : gov_fail(err, GOV_E_ARGUMENT, "a field is ranked for a kind");
    GOV_TRY(gov_kinds_need(&store->kinds, kind_name, &kind, err));
    if (field != NULL && gov_kind_find_field(kind, field, (int64_t)strlen(field)) < 0)
        return gov_fail_at(err, GOV_E_UNKNOWN_NAME, GOV_AT_NAME(field), "the kind %s has no such field",
                           kind_name);
    return GOV_OK;
}

static gov_status rank_row(const char *source, const char *kind, const char *field, int64_t rank,
                           const char *basis, gov_table **out, gov_error *err)
{
    const char *const names[] = {"source", "kind", "field", "basis"};
    const char *const texts[] = {source, kind != NULL ? kind : GOV_ALL, field != NULL ? field : GOV_ALL,
                                 basis};
    const uint8_t given = rank > 0;
    gov_table_builder *builder = NULL;
    gov_status status = gov_table_builder_new(&builder, err);
    for (int i = 0; i < 4 && status == GOV_OK; i++)
        if (i < 3 || basis != NULL)
            status = gov_table_builder_texts(builder, names[i], &texts[i], 1, err);
    if (status == GOV_OK)
        status = gov_table_builder_array(builder, "rank", GOV_TYPE_INT64, &rank, &given, 1, err);
    if (status == GOV_OK)
        status = gov_table_builder_finish(builder, out, err);
    gov_table_builder_free(builder);
    return status;
}

gov_status gov_store_rank_source(gov_store *store, const char *source, const char *kind, const char *field,
                                 int64_t rank, const char *basis, gov_error *err)
{
    gov_table *row = NULL;
    if (store == NULL || source == NULL || source[0] == '\0' || rank < 0)
        return gov_fail(err, GOV_E_ARGUMENT,
                        "store and source must be given, and a rank of 1 or more (0: none)");
    GOV_TRY(check_names(store, kind, field, err));
    GOV_TRY(rank_row(source, kind, field, rank, basis, &row, err));
    gov_status status = gov_store_import_table(store, "authority", row, NULL, NULL, NULL, err);
    gov_table_free(row);
    return status;
}
