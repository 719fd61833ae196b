/* table.c - tables: a list of named columns of one length, shared by counting owners. */
#include "table/column.h"

#include <string.h>

void gov_fields_free(gov_named_column *fields, int64_t count)
{
    for (int64_t i = 0; i < count && fields != NULL; i++) {
        gov_free(fields[i].name);
        gov_column_free(fields[i].column);
    }
    gov_free(fields);
}

static void destroy_table(gov_shared *self)
{
    gov_table *table = (gov_table *)self;
    gov_fields_free(table->fields, table->count);
    gov_free(table);
}

static int64_t index_of(const gov_named_column *fields, int64_t count, const char *name)
{
    for (int64_t i = 0; i < count; i++) {
        if (strcmp(fields[i].name, name) == 0)
            return i;
    }
    return -1;
}

static gov_status check_fields(const gov_named_column *fields, int64_t count, int64_t rows, gov_error *err)
{
    for (int64_t i = 0; i < count; i++) {
        if (fields[i].column->length != rows)
            return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME(fields[i].name),
                               "the column has %lld rows, the others have %lld",
                               (long long)fields[i].column->length, (long long)rows);
        if (index_of(fields, i, fields[i].name) >= 0)
            return gov_fail_at(err, GOV_E_DUPLICATE, GOV_AT_NAME(fields[i].name),
                               "two columns have this name");
    }
    return GOV_OK;
}

gov_status gov_table_of(gov_named_column *fields, int64_t count, int64_t rows, gov_table **out,
                        gov_error *err)
{
    gov_status status = check_fields(fields, count, rows, err);
    gov_table *table = status == GOV_OK ? gov_alloc_zero(1, sizeof(*table)) : NULL;
    if (table == NULL) {
        gov_fields_free(fields, count);
        return status == GOV_OK ? gov_fail_memory(err) : status;
    }
    gov_shared_init(&table->shared, destroy_table);
    table->rows = rows;
    table->count = count;
    table->fields = fields;
    *out = table;
    return GOV_OK;
}

/* The count of owners is not part of the table's value: a const table can be retained. */
gov_table *gov_table_retain(const gov_table *table)
{
    gov_table *same = (gov_table *)(uintptr_t)table;
    if (same != NULL)
        gov_shared_retain(&same->shared);
    return same;
}

void gov_table_free(gov_table *table)
{
    if (table != NULL)
        gov_shared_release(&table->shared);
}

int64_t gov_table_rows(const gov_table *table)
{
    return table == NULL ? 0 : table->rows;
}

int64_t gov_table_columns(const gov_table *table)
{
    return table == NULL ? 0 : table->count;
}

static int is_column(const gov_table *table, int64_t column)
{
    return table != NULL && column >= 0 && column < table->count;
}

const char *gov_table_name(const gov_table *table, int64_t column)
{
    return is_column(table, column) ? table->fields[column].name : NULL;
}

gov_type gov_table_type(const gov_table *table, int64_t column)
{
    return is_column(table, column) ? table->fields[column].column->type : GOV_TYPE_NULL;
}

gov_status gov_table_find(const gov_table *table, const char *name, int64_t *column, gov_error *err)
{
    if (table == NULL || name == NULL || column == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "table, name and column must be given");
    int64_t i = index_of(table->fields, table->count, name);
    if (i < 0)
        return gov_fail_at(err, GOV_E_UNKNOWN_NAME, GOV_AT_NAME(name), "the table has no such column");
    *column = i;
    return GOV_OK;
}

gov_status gov_table_view(const gov_table *table, int64_t column, gov_column_view *view, gov_error *err)
{
    if (table == NULL || view == NULL || view->struct_size < sizeof(gov_column_view))
        return gov_fail(err, GOV_E_ARGUMENT,
                        "table must be given, and a view that starts as GOV_COLUMN_VIEW_INIT");
    if (!is_column(table, column))
        return gov_fail(err, GOV_E_RANGE, "the table has %lld columns, there is no column %lld",
                        (long long)table->count, (long long)column);
    const gov_column *c = table->fields[column].column;
    view->type = c->type;
    view->length = c->length;
    view->offset = c->offset;
    view->null_count = c->null_count;
    view->validity = c->validity;
    view->values = c->values;
    view->offsets = c->offsets;
    view->name = table->fields[column].name;
    view->timezone = c->timezone;
    view->unit = c->unit;
    return GOV_OK;
}

gov_status gov_table_need(const gov_table *table, const char *name, gov_column_view *view, gov_error *err)
{
    int64_t column;
    GOV_TRY(gov_table_find(table, name, &column, err));
    return gov_table_view(table, column, view, err);
}

static gov_status copy_slice(const gov_named_column *from, int64_t first, int64_t count, gov_named_column *to,
                             gov_error *err)
{
    to->name = gov_copy_text(from->name, -1);
    if (to->name == NULL)
        return gov_fail_memory(err);
    return gov_column_slice(from->column, first, count, &to->column, err);
}

gov_status gov_table_slice(const gov_table *table, int64_t first, int64_t count, gov_table **out,
                           gov_error *err)
{
    if (table == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "table and out must be given");
    if (first < 0 || count < 0 || first > table->rows || count > table->rows - first)
        return gov_fail(err, GOV_E_RANGE, "the table has %lld rows; %lld rows from row %lld on are not in it",
                        (long long)table->rows, (long long)count, (long long)first);
    gov_named_column *fields = gov_alloc_zero(table->count, sizeof(*fields));
    if (fields == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < table->count; i++) {
        gov_status status = copy_slice(&table->fields[i], first, count, &fields[i], err);
        if (status != GOV_OK) {
            gov_fields_free(fields, table->count);
            return status;
        }
    }
    return gov_table_of(fields, table->count, count, out, err);
}

static gov_status copy_named(const gov_table *table, const char *name, gov_named_column *to, gov_error *err)
{
    int64_t column;
    GOV_TRY(gov_table_find(table, name, &column, err));
    to->name = gov_copy_text(name, -1);
    if (to->name == NULL)
        return gov_fail_memory(err);
    to->column = table->fields[column].column;
    gov_shared_retain(&to->column->shared);
    return GOV_OK;
}

gov_status gov_table_select(const gov_table *table, const char *const *names, int64_t count, gov_table **out,
                            gov_error *err)
{
    if (table == NULL || out == NULL || count < 0 || (names == NULL && count > 0))
        return gov_fail(err, GOV_E_ARGUMENT, "table, names and out must be given");
    gov_named_column *fields = gov_alloc_zero(count, sizeof(*fields));
    if (fields == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < count; i++) {
        gov_status status = copy_named(table, names[i], &fields[i], err);
        if (status != GOV_OK) {
            gov_fields_free(fields, count);
            return status;
        }
    }
    return gov_table_of(fields, count, table->rows, out, err);
}
