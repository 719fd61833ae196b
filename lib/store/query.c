/* query.c - one kind, with predicates, whole or in batches.
 *
 * A reader has a connection of its own: its answer is that of one moment whatever is written meanwhile, and it does
 * not need the store that it came from. */
#include "store/query.h"
#include "base/run.h"
#include "base/struct.h"

#include <stdio.h>
#include <string.h>

struct gov_reader {
    gov_store *store;
    gov_stmt *stmt;
    gov_shape shape;
    gov_run *run;
    int64_t rows;
    int done;
    gov_status failed;
};

gov_status gov_query_check(const gov_query_options *options, gov_query_options *out, gov_error *err)
{
    GOV_TRY(gov_struct_read(out, sizeof(*out), options, err));
    if (out->limit < 0 || out->value_count < 0 || out->column_count < 0 ||
        (out->value_count > 0 && out->values == NULL) || (out->column_count > 0 && out->columns == NULL))
        return gov_fail(err, GOV_E_ARGUMENT,
                        "options.limit and the counts must not be negative nor without their array");
    return GOV_OK;
}

void gov_query_subtree(const char *grid, gov_buffer *sql)
{
    gov_buffer_text(sql, "WITH RECURSIVE below (code) AS (SELECT code FROM temp.grid WHERE code = ");
    gov_sql_text(sql, grid);
    gov_buffer_text(
        sql,
        " UNION SELECT g.code FROM below b JOIN temp.grid g ON g.parent = b.code) SELECT code FROM below");
}

gov_status gov_query_need_grid(gov_store *store, const char *grid, gov_error *err)
{
    gov_stmt *stmt = NULL;
    int row = 0;
    GOV_TRY(gov_db_prepare(store->db, "SELECT 1 FROM temp.grid WHERE code = ?1", &stmt, err));
    gov_stmt_text(stmt, 1, grid, -1);
    gov_status status = gov_stmt_step(stmt, &row, err);
    gov_stmt_free(stmt);
    if (status == GOV_OK && !row)
        return gov_fail_at(err, GOV_E_REFERENCE, GOV_AT_NAME(grid),
                           "no grid of this code holds on that day in the scope");
    return status;
}

gov_status gov_query_from(gov_store *store, const gov_kind *kind, const gov_query_options *o, gov_buffer *sql,
                          gov_error *err)
{
    gov_buffer_format(sql, " FROM temp.\"%s\" WHERE 1", kind->name);
    if (o->grid != NULL) {
        gov_buffer grids = GOV_BUFFER_INIT;
        GOV_TRY(gov_query_need_grid(store, o->grid, err));
        gov_query_subtree(o->grid, &grids);
        gov_buffer_char(&grids, '\0');
        gov_buffer_text(sql, " AND ");
        if (!grids.broken)
            gov_scope_condition(&store->kinds, kind, NULL, 0, grids.data, sql);
        sql->broken |= grids.broken;
        gov_buffer_clear(&grids);
    }
    /* The line's end closes a comment that the expression may end with. */
    if (o->where != NULL) {
        gov_buffer_text(sql, " AND (");
        gov_buffer_text(sql, o->where);
        gov_buffer_text(sql, "\n)");
    }
    return GOV_OK;
}

static gov_status bind_values(gov_stmt *stmt, const gov_query_options *o, gov_error *err)
{
    if (gov_stmt_parameters(stmt) > o->value_count)
        return gov_fail(err, GOV_E_ARGUMENT, "the SQL has %d parameters, values has %lld",
                        gov_stmt_parameters(stmt), (long long)o->value_count);
    for (int i = 0; i < gov_stmt_parameters(stmt); i++)
        gov_stmt_text_copy(stmt, i + 1, o->values[i]);
    return GOV_OK;
}

gov_status gov_query_prepare(gov_store *store, gov_buffer *sql, const gov_query_options *o, gov_stmt **out,
                             gov_error *err)
{
    gov_stmt *stmt = NULL;
    gov_buffer_char(sql, '\0');
    gov_db_guard(store->db, GOV_KIND_TABLE);
    gov_status status = sql->broken ? gov_fail_memory(err) : gov_db_prepare(store->db, sql->data, &stmt, err);
    gov_db_guard(store->db, NULL);
    gov_buffer_clear(sql);
    if (status != GOV_OK && err != NULL)
        err->column = 0; /* a place in a statement that the caller has not seen */
    if (status == GOV_OK)
        status = bind_values(stmt, o, err);
    if (status != GOV_OK) {
        gov_stmt_free(stmt);
        return status;
    }
    *out = stmt;
    return GOV_OK;
}

/* --- The columns of a kind -------------------------------------------------------------------------------- */

gov_type gov_query_type(const gov_store *store, const gov_kind_field *field)
{
    int masked = field->field_class > store->fields && field->form != NULL;
    return masked && field->type == GOV_TYPE_DATE ? GOV_TYPE_UTF8 : field->type;
}

static gov_status add_column(const gov_store *store, const gov_kind *kind, const char *name, int column,
                             gov_shape *shape, gov_buffer *sql, gov_error *err)
{
    int64_t field = gov_kind_find_field(kind, name, (int64_t)strlen(name));
    gov_type type = GOV_TYPE_DATE;
    if (field >= 0)
        type = gov_query_type(store, &kind->fields[field]);
    else if (strcmp(name, "valid_from") != 0 && strcmp(name, "valid_to") != 0)
        return gov_fail_at(err, GOV_E_UNKNOWN_NAME, GOV_AT_NAME(name), "the kind %s has no such field",
                           kind->name);
    gov_buffer_text(sql, column == 0 ? "SELECT " : ", ");
    gov_sql_name(sql, name);
    shape->types[column] = type;
    return GOV_OK;
}

static const char *column_at(const gov_kind *kind, const gov_query_options *o, int64_t i)
{
    if (o->column_count > 0)
        return o->columns[i];
    return i < kind->count ? kind->fields[i].name : i == kind->count ? "valid_from" : "valid_to";
}

static gov_status prepare_columns(gov_reader *reader, const gov_kind *kind, const gov_query_options *o,
                                  gov_buffer *sql, gov_error *err)
{
    int64_t count = o->column_count > 0 ? o->column_count : kind->count + 2;
    GOV_TRY(gov_shape_new((int)count, &reader->shape, err));
    for (int64_t i = 0; i < count; i++)
        GOV_TRY(add_column(reader->store, kind, column_at(kind, o, i), (int)i, &reader->shape, sql, err));
    return GOV_OK;
}

static gov_status build(gov_reader *reader, const gov_kind *kind, const gov_query_options *o, gov_buffer *sql,
                        gov_error *err)
{
    GOV_TRY(prepare_columns(reader, kind, o, sql, err));
    GOV_TRY(gov_query_from(reader->store, kind, o, sql, err));
    for (int i = 0; i < kind->key_count; i++) {
        gov_buffer_text(sql, i == 0 ? " ORDER BY " : ", ");
        gov_sql_name(sql, kind->fields[kind->key[i]].name);
    }
    if (o->limit > 0)
        gov_buffer_format(sql, " LIMIT %lld", (long long)o->limit);
    return GOV_OK;
}

static gov_status start(gov_reader *reader, const char *kind_name, const gov_query_options *o, gov_error *err)
{
    const gov_kind *kind = NULL;
    gov_moment moment;
    gov_buffer sql = GOV_BUFFER_INIT;
    GOV_TRY(gov_kinds_need(&reader->store->kinds, kind_name, &kind, err));
    GOV_TRY(gov_moment_of(reader->store, o->as_of, o->recorded, &moment, err));
    GOV_TRY(gov_views_make(reader->store, &moment, err));
    gov_status status = build(reader, kind, o, &sql, err);
    if (status != GOV_OK) {
        gov_buffer_clear(&sql);
        return status;
    }
    reader->run = o->run;
    return gov_query_prepare(reader->store, &sql, o, &reader->stmt, err);
}

/* --- Public ----------------------------------------------------------------------------------------------- */

void gov_reader_free(gov_reader *reader)
{
    if (reader == NULL)
        return;
    gov_stmt_free(reader->stmt);
    gov_shape_free(&reader->shape);
    gov_store_close(reader->store);
    gov_free(reader);
}

/* The snapshot is taken by the first read after BEGIN. */
static gov_status begin(gov_store *store, gov_error *err)
{
    int64_t seq = 0;
    GOV_TRY(gov_db_run(store->db, "BEGIN", err));
    return gov_db_integer(store->db, "SELECT max(seq) FROM main.change", 0, &seq, err);
}

static gov_status reader_new(gov_store *store, const char *kind, const gov_query_options *o, gov_reader **out,
                             gov_error *err)
{
    gov_store_options same = {(uint32_t)sizeof(same), 0, 1, store->fields, store->actor, store->scope};
    gov_reader *reader = gov_alloc_zero(1, sizeof(*reader));
    if (reader == NULL)
        return gov_fail_memory(err);
    gov_status status = gov_store_open(store->path, &same, &reader->store, err);
    if (status == GOV_OK)
        status = begin(reader->store, err);
    if (status == GOV_OK)
        status = start(reader, kind, o, err);
    if (status != GOV_OK) {
        gov_reader_free(reader);
        return status;
    }
    *out = reader;
    return GOV_OK;
}

gov_status gov_store_read(gov_store *store, const char *kind, const gov_query_options *options,
                          gov_reader **out, gov_error *err)
{
    gov_query_options o;
    if (store == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store and out must be given");
    GOV_TRY(gov_query_check(options, &o, err));
    return reader_new(store, kind, &o, out, err);
}

static gov_status fill(gov_reader *reader, int64_t rows, gov_error *err)
{
    int row = 1;
    for (int64_t n = 0; n < rows && !reader->done; n++) {
        if (reader->rows % 4096 == 0)
            GOV_TRY(gov_run_poll(reader->run, reader->rows, -1, err));
        GOV_TRY(gov_stmt_step(reader->stmt, &row, err));
        reader->done = !row;
        if (row)
            GOV_TRY(gov_shape_row(&reader->shape, reader->stmt, err));
        reader->rows += row;
    }
    return GOV_OK;
}

gov_status gov_reader_next(gov_reader *reader, int64_t rows, gov_table **out, gov_error *err)
{
    if (reader == NULL || out == NULL || rows < 1)
        return gov_fail(err, GOV_E_ARGUMENT, "reader and out must be given, rows must be at least 1");
    if (reader->failed != GOV_OK)
        return gov_fail(err, reader->failed, "the reader has failed before and can only be freed");
    gov_table *table = NULL;
    gov_status status = gov_shape_begin(&reader->shape, reader->stmt, err);
    if (status == GOV_OK)
        status = fill(reader, rows, err);
    if (status == GOV_OK)
        status = gov_table_builder_finish(reader->shape.builder, &table, err);
    reader->failed = status;
    if (status == GOV_OK)
        *out = table;
    return status;
}

gov_status gov_store_query(gov_store *store, const char *kind, const gov_query_options *options,
                           gov_table **out, gov_error *err)
{
    gov_query_options o;
    gov_reader reader = {.store = store};
    gov_table *table = NULL;
    if (store == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store and out must be given");
    GOV_TRY(gov_query_check(options, &o, err));
    gov_status status = start(&reader, kind, &o, err);
    gov_db_poll(store->db, o.run);
    if (status == GOV_OK)
        status = gov_shape_all(&reader.shape, reader.stmt, o.run, &table, err);
    gov_db_poll(store->db, NULL);
    gov_stmt_free(reader.stmt);
    gov_shape_free(&reader.shape);
    if (status == GOV_OK)
        *out = table;
    return status;
}
