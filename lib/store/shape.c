/* shape.c - rows of a statement into the columns of a table. */
#include "base/date.h"
#include "base/run.h"
#include "store/query.h"

gov_status gov_shape_new(int count, gov_shape *out, gov_error *err)
{
    gov_shape shape = {NULL, gov_alloc_zero(count, sizeof(gov_type)), count};
    if (shape.types == NULL)
        return gov_fail_memory(err);
    gov_status status = gov_table_builder_new(&shape.builder, err);
    if (status != GOV_OK) {
        gov_free(shape.types);
        return status;
    }
    *out = shape;
    return GOV_OK;
}

void gov_shape_free(gov_shape *shape)
{
    gov_table_builder_free(shape->builder);
    gov_free(shape->types);
}

gov_status gov_shape_begin(gov_shape *shape, const gov_stmt *stmt, gov_error *err)
{
    for (int i = 0; i < shape->count; i++) {
        const char *unit = shape->types[i] == GOV_TYPE_TIMESTAMP ? "u:" : NULL;
        GOV_TRY(gov_table_builder_add(shape->builder, gov_stmt_name(stmt, i), shape->types[i], unit, err));
    }
    return GOV_OK;
}

static gov_status add_time(gov_shape *shape, int column, const gov_cell *cell, gov_error *err)
{
    int32_t days = 0;
    int64_t micros = 0;
    if (shape->types[column] == GOV_TYPE_DATE) {
        GOV_TRY(gov_date_parse(cell->text, cell->size, &days, err));
        return gov_table_builder_int64(shape->builder, column, days, err);
    }
    GOV_TRY(gov_time_parse(cell->text, cell->size, &micros, err));
    return gov_table_builder_int64(shape->builder, column, micros, err);
}

static gov_status add_cell(gov_shape *shape, int column, const gov_cell *cell, gov_error *err)
{
    double number = cell->type == GOV_CELL_INT ? (double)cell->integer : cell->real;
    if (cell->type == GOV_CELL_NULL)
        return gov_table_builder_null(shape->builder, column, err);
    switch (shape->types[column]) {
    case GOV_TYPE_INT64:
        return gov_table_builder_int64(shape->builder, column, cell->integer, err);
    case GOV_TYPE_BOOL:
        return gov_table_builder_bool(shape->builder, column, cell->integer != 0, err);
    case GOV_TYPE_FLOAT64:
        return gov_table_builder_double(shape->builder, column, number, err);
    case GOV_TYPE_DATE:
    case GOV_TYPE_TIMESTAMP:
        return add_time(shape, column, cell, err);
    default:
        return gov_table_builder_text(shape->builder, column, cell->text, cell->size, err);
    }
}

/* A text column shows whatever SQLite holds as SQLite would print it. */
gov_status gov_shape_row(gov_shape *shape, const gov_stmt *stmt, gov_error *err)
{
    gov_cell cell;
    for (int i = 0; i < shape->count; i++) {
        gov_stmt_get(stmt, i, &cell);
        if (shape->types[i] == GOV_TYPE_UTF8 && (cell.type == GOV_CELL_INT || cell.type == GOV_CELL_REAL))
            cell = gov_stmt_as_text(stmt, i);
        GOV_TRY(add_cell(shape, i, &cell, err));
    }
    return GOV_OK;
}

gov_status gov_shape_all(gov_shape *shape, gov_stmt *stmt, gov_run *run, gov_table **out, gov_error *err)
{
    int row = 1;
    GOV_TRY(gov_shape_begin(shape, stmt, err));
    for (int64_t n = 0; row; n++) {
        if (n % 4096 == 0)
            GOV_TRY(gov_run_poll(run, n, -1, err));
        GOV_TRY(gov_stmt_step(stmt, &row, err));
        if (row)
            GOV_TRY(gov_shape_row(shape, stmt, err));
    }
    return gov_table_builder_finish(shape->builder, out, err);
}
