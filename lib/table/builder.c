/* builder.c - tables row by row: one checked value after another. */
#include "table/builder.h"

#include "base/utf8.h"

#include <float.h>
#include <math.h>
#include <string.h>

gov_status gov_table_builder_new(gov_table_builder **out, gov_error *err)
{
    if (out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "out must be given");
    gov_table_builder *builder = gov_alloc_zero(1, sizeof(*builder));
    if (builder == NULL)
        return gov_fail_memory(err);
    *out = builder;
    return GOV_OK;
}

static void empty_builder(gov_table_builder *builder)
{
    for (int64_t i = 0; i < builder->count; i++) {
        gov_free(builder->columns[i].name);
        gov_growing_clear(&builder->columns[i].data);
    }
    gov_free(builder->columns);
    *builder = (gov_table_builder){NULL, 0, 0};
}

void gov_table_builder_free(gov_table_builder *builder)
{
    if (builder == NULL)
        return;
    empty_builder(builder);
    gov_free(builder);
}

static gov_status check_name(const gov_table_builder *builder, const char *name, gov_error *err)
{
    if (builder == NULL || name == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "builder and name must be given");
    if (gov_utf8_invalid_at(name, (int64_t)strlen(name)) >= 0)
        return gov_fail(err, GOV_E_ENCODING, "the column's name is not valid UTF-8");
    for (int64_t i = 0; i < builder->count; i++) {
        if (strcmp(builder->columns[i].name, name) == 0)
            return gov_fail_at(err, GOV_E_DUPLICATE, GOV_AT_NAME(name), "two columns have this name");
    }
    return GOV_OK;
}

gov_status gov_builder_take(gov_table_builder *builder, const char *name, gov_growing *data, gov_error *err)
{
    gov_status status = check_name(builder, name, err);
    char *copy = status == GOV_OK ? gov_copy_text(name, -1) : NULL;
    if (status == GOV_OK && copy == NULL)
        status = gov_fail_memory(err);
    if (status == GOV_OK) {
        void *columns = builder->columns;
        status = gov_grow(&columns, &builder->capacity, builder->count + 1, sizeof(*builder->columns), err);
        builder->columns = columns;
    }
    if (status != GOV_OK) {
        gov_free(copy);
        gov_growing_clear(data);
        return status;
    }
    builder->columns[builder->count++] = (gov_builder_column){copy, *data};
    return GOV_OK;
}

gov_status gov_table_builder_add(gov_table_builder *builder, const char *name, gov_type type,
                                 const char *unit_zone, gov_error *err)
{
    gov_growing data;
    GOV_TRY(gov_growing_init(&data, type, unit_zone, err));
    return gov_builder_take(builder, name, &data, err);
}

static gov_status column_at(gov_table_builder *builder, int64_t column, gov_builder_column **out,
                            gov_error *err)
{
    if (builder == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "builder must be given");
    if (column < 0 || column >= builder->count)
        return gov_fail(err, GOV_E_RANGE, "the builder has %lld columns, there is no column %lld",
                        (long long)builder->count, (long long)column);
    *out = &builder->columns[column];
    return GOV_OK;
}

static gov_status fail_kind(const gov_builder_column *column, const char *kind, gov_error *err)
{
    return gov_fail_at(err, GOV_E_TYPE, GOV_AT_ROW(column->data.length, column->name),
                       "the column is of type %s and does not take %s", gov_type_name(column->data.type),
                       kind);
}

static gov_status fail_fit(const gov_builder_column *column, const char *what, gov_error *err)
{
    return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(column->data.length, column->name), "%s does not fit %s",
                       what, gov_type_name(column->data.type));
}

gov_status gov_table_builder_null(gov_table_builder *builder, int64_t column, gov_error *err)
{
    gov_builder_column *c = NULL;
    GOV_TRY(column_at(builder, column, &c, err));
    return gov_growing_null(&c->data, err);
}

gov_status gov_table_builder_bool(gov_table_builder *builder, int64_t column, int value, gov_error *err)
{
    gov_builder_column *c = NULL;
    GOV_TRY(column_at(builder, column, &c, err));
    if (c->data.type != GOV_TYPE_BOOL)
        return fail_kind(c, "a boolean", err);
    return gov_growing_value(&c->data, &value, err);
}

/* Writes `value` as the integer type, if it fits it, to `bytes`; 0 if it does not. */
static int fit_integer(gov_type type, int64_t value, void *bytes)
{
    static const struct {
        int64_t least;
        int64_t most;
    } ranges[] = {
        [GOV_TYPE_INT8] = {INT8_MIN, INT8_MAX},    [GOV_TYPE_INT16] = {INT16_MIN, INT16_MAX},
        [GOV_TYPE_INT32] = {INT32_MIN, INT32_MAX}, [GOV_TYPE_INT64] = {INT64_MIN, INT64_MAX},
        [GOV_TYPE_UINT8] = {0, UINT8_MAX},         [GOV_TYPE_UINT16] = {0, UINT16_MAX},
        [GOV_TYPE_UINT32] = {0, UINT32_MAX},       [GOV_TYPE_UINT64] = {0, INT64_MAX},
        [GOV_TYPE_DATE] = {INT32_MIN, INT32_MAX},  [GOV_TYPE_TIMESTAMP] = {INT64_MIN, INT64_MAX},
    };
    if (value < ranges[type].least || value > ranges[type].most)
        return 0;
    uint8_t narrow1 = (uint8_t)value;
    uint16_t narrow2 = (uint16_t)value;
    uint32_t narrow4 = (uint32_t)value;
    size_t width = gov_type_width(type);
    const void *narrow = width == 1 ? (void *)&narrow1 : width == 2 ? (void *)&narrow2 : (void *)&narrow4;
    memcpy(bytes, width == 8 ? (void *)&value : narrow, width);
    return 1;
}

gov_status gov_table_builder_int64(gov_table_builder *builder, int64_t column, int64_t value, gov_error *err)
{
    gov_builder_column *c = NULL;
    GOV_TRY(column_at(builder, column, &c, err));
    gov_type type = c->data.type;
    if (type == GOV_TYPE_FLOAT32 || type == GOV_TYPE_FLOAT64) {
        int64_t exact = INT64_C(1) << (type == GOV_TYPE_FLOAT32 ? FLT_MANT_DIG : DBL_MANT_DIG);
        if (value > exact || value < -exact)
            return fail_fit(c, "the integer", err);
        return gov_table_builder_double(builder, column, (double)value, err);
    }
    if (type == GOV_TYPE_NULL || type == GOV_TYPE_BOOL || type == GOV_TYPE_UTF8)
        return fail_kind(c, "an integer", err);
    int64_t bytes;
    if (!fit_integer(type, value, &bytes))
        return fail_fit(c, "the integer", err);
    return gov_growing_value(&c->data, &bytes, err);
}

gov_status gov_table_builder_double(gov_table_builder *builder, int64_t column, double value, gov_error *err)
{
    gov_builder_column *c = NULL;
    GOV_TRY(column_at(builder, column, &c, err));
    if (c->data.type != GOV_TYPE_FLOAT32 && c->data.type != GOV_TYPE_FLOAT64)
        return fail_kind(c, "a floating-point number", err);
    if (isnan(value))
        return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(c->data.length, c->name),
                           "the value is NaN; append a missing value instead");
    if (c->data.type == GOV_TYPE_FLOAT64)
        return gov_growing_value(&c->data, &value, err);
    if (isfinite(value) && fabs(value) > (double)FLT_MAX)
        return fail_fit(c, "the number", err);
    float narrow = (float)value;
    return gov_growing_value(&c->data, &narrow, err);
}

gov_status gov_table_builder_text(gov_table_builder *builder, int64_t column, const char *text, int64_t size,
                                  gov_error *err)
{
    gov_builder_column *c = NULL;
    GOV_TRY(column_at(builder, column, &c, err));
    if (text == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "text must be given; append a missing value by null");
    if (c->data.type != GOV_TYPE_UTF8)
        return fail_kind(c, "text", err);
    if (size < 0)
        size = (int64_t)strlen(text);
    if (gov_utf8_invalid_at(text, size) >= 0)
        return gov_fail_at(err, GOV_E_ENCODING, GOV_AT_ROW(c->data.length, c->name),
                           "byte %lld of the text is not valid UTF-8",
                           (long long)gov_utf8_invalid_at(text, size));
    return gov_growing_text(&c->data, text, size, err);
}

static gov_status check_lengths(const gov_table_builder *builder, gov_error *err)
{
    for (int64_t i = 1; i < builder->count; i++) {
        if (builder->columns[i].data.length != builder->columns[0].data.length)
            return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME(builder->columns[i].name),
                               "the column has %lld rows, the first column has %lld",
                               (long long)builder->columns[i].data.length,
                               (long long)builder->columns[0].data.length);
    }
    return GOV_OK;
}

static gov_status make_shells(gov_table_builder *builder, gov_named_column *fields, gov_error *err)
{
    for (int64_t i = 0; i < builder->count; i++) {
        fields[i].name = gov_copy_text(builder->columns[i].name, -1);
        if (fields[i].name == NULL)
            return gov_fail_memory(err);
        GOV_TRY(gov_growing_shell(&builder->columns[i].data, &fields[i].column, err));
    }
    return GOV_OK;
}

/* The table is made with empty columns first; then the values move, which cannot fail. */
gov_status gov_table_builder_finish(gov_table_builder *builder, gov_table **out, gov_error *err)
{
    if (builder == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "builder and out must be given");
    GOV_TRY(check_lengths(builder, err));
    gov_named_column *fields = gov_alloc_zero(builder->count, sizeof(*fields));
    gov_status status = fields == NULL ? gov_fail_memory(err) : make_shells(builder, fields, err);
    if (status != GOV_OK) {
        gov_fields_free(fields, builder->count);
        return status;
    }
    int64_t rows = builder->count == 0 ? 0 : builder->columns[0].data.length;
    gov_table *table;
    GOV_TRY(gov_table_of(fields, builder->count, rows, &table, err));
    for (int64_t i = 0; i < builder->count; i++)
        gov_growing_move(&builder->columns[i].data, table->fields[i].column);
    empty_builder(builder);
    *out = table;
    return GOV_OK;
}
