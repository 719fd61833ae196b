/* read.c - cells of a column as doubles, 64-bit integers and texts.
 *
 * All checks come first, so that a failing call writes nothing; then the values are converted in one tight loop
 * for each type and the missing places set to 0. In the common case (no missing value, a type that always
 * fits) only that loop runs. */
#include "table/column.h"

#include <math.h>
#include <string.h>

#define EXACT_INTEGER (INT64_C(1) << 53)

#define CONVERT(TYPE, TARGET)                                                 \
    do {                                                                      \
        const TYPE *from = (const TYPE *)view->values + view->offset + first; \
        for (int64_t i = 0; i < count; i++)                                   \
            values[i] = (TARGET)from[i];                                      \
    } while (0)

/* The cases of a switch over view->type for bool and the integers. */
#define CONVERT_INTEGERS(TARGET)                                         \
    case GOV_TYPE_BOOL:                                                  \
        for (int64_t i = 0; i < count; i++)                              \
            values[i] = gov_bit(view->values, view->offset + first + i); \
        break;                                                           \
    case GOV_TYPE_INT8:                                                  \
        CONVERT(int8_t, TARGET);                                         \
        break;                                                           \
    case GOV_TYPE_INT16:                                                 \
        CONVERT(int16_t, TARGET);                                        \
        break;                                                           \
    case GOV_TYPE_INT32:                                                 \
        CONVERT(int32_t, TARGET);                                        \
        break;                                                           \
    case GOV_TYPE_INT64:                                                 \
        CONVERT(int64_t, TARGET);                                        \
        break;                                                           \
    case GOV_TYPE_UINT8:                                                 \
        CONVERT(uint8_t, TARGET);                                        \
        break;                                                           \
    case GOV_TYPE_UINT16:                                                \
        CONVERT(uint16_t, TARGET);                                       \
        break;                                                           \
    case GOV_TYPE_UINT32:                                                \
        CONVERT(uint32_t, TARGET);                                       \
        break;                                                           \
    case GOV_TYPE_UINT64:                                                \
        CONVERT(uint64_t, TARGET);                                       \
        break

static gov_status fail_type(const gov_column_view *view, const char *wanted, gov_error *err)
{
    return gov_fail_at(err, GOV_E_TYPE, GOV_AT_NAME(view->name), "the column is of type %s, expected %s",
                       gov_type_name(view->type), wanted);
}

static int is_number(gov_type type)
{
    return type >= GOV_TYPE_NULL && type <= GOV_TYPE_FLOAT64;
}

static int is_integer(gov_type type)
{
    return (type >= GOV_TYPE_NULL && type <= GOV_TYPE_UINT64) || type == GOV_TYPE_DATE ||
           type == GOV_TYPE_TIMESTAMP;
}

static gov_status refuse_missing(const gov_column_view *view, int64_t first, int64_t count, gov_error *err)
{
    if (view->null_count == 0)
        return GOV_OK;
    for (int64_t i = first; i < first + count; i++) {
        if (!gov_view_present(view, i))
            return gov_fail_at(err, GOV_E_MISSING, GOV_AT_ROW(i, view->name), "the value is missing");
    }
    return GOV_OK;
}

static void convert_doubles(const gov_column_view *view, int64_t first, int64_t count, double *values)
{
    switch (view->type) {
        CONVERT_INTEGERS(double);
    case GOV_TYPE_FLOAT32:
        CONVERT(float, double);
        break;
    case GOV_TYPE_FLOAT64:
        CONVERT(double, double);
        break;
    default:
        memset(values, 0, (size_t)count * sizeof(*values));
    }
}

/* A date is stored as 32 bits, a timestamp as 64. */
static void convert_int64s(const gov_column_view *view, int64_t first, int64_t count, int64_t *values)
{
    switch (view->type) {
        CONVERT_INTEGERS(int64_t);
    case GOV_TYPE_DATE:
        CONVERT(int32_t, int64_t);
        break;
    case GOV_TYPE_TIMESTAMP:
        CONVERT(int64_t, int64_t);
        break;
    default:
        memset(values, 0, (size_t)count * sizeof(*values));
    }
}

static gov_status refuse_inexact(const gov_column_view *view, int64_t first, int64_t count, gov_error *err)
{
    if (view->type != GOV_TYPE_INT64 && view->type != GOV_TYPE_UINT64)
        return GOV_OK;
    const int64_t *from = (const int64_t *)view->values + view->offset;
    for (int64_t i = first; i < first + count; i++) {
        int too_large =
            from[i] > EXACT_INTEGER || from[i] < (view->type == GOV_TYPE_INT64 ? -EXACT_INTEGER : 0);
        if (too_large && gov_view_present(view, i))
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(i, view->name),
                               "a float64 does not hold integers beyond 2^53 exactly");
    }
    return GOV_OK;
}

static gov_status refuse_beyond_int64(const gov_column_view *view, int64_t first, int64_t count,
                                      gov_error *err)
{
    const int64_t *from = (const int64_t *)view->values + view->offset;
    for (int64_t i = first; i < first + count && view->type == GOV_TYPE_UINT64; i++) {
        if (from[i] < 0 && gov_view_present(view, i))
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(i, view->name),
                               "the value is larger than an int64 can hold");
    }
    return GOV_OK;
}

gov_status gov_column_doubles(const gov_column_view *view, int64_t first, int64_t count, double *values,
                              uint8_t *valid, gov_error *err)
{
    if (!is_number(view->type))
        return fail_type(view, "a number or bool", err);
    if (count == 0)
        return GOV_OK;
    if (valid == NULL)
        GOV_TRY(refuse_missing(view, first, count, err));
    GOV_TRY(refuse_inexact(view, first, count, err));
    convert_doubles(view, first, count, values);
    if (valid == NULL || gov_bits_unpack(view->validity, view->offset + first, count, valid) == 0)
        return GOV_OK;
    for (int64_t i = 0; i < count; i++)
        values[i] = valid[i] ? values[i] : 0.0;
    return GOV_OK;
}

static gov_status refuse_nan(const gov_column_view *view, int64_t first, int64_t count, gov_error *err)
{
    if (view->type != GOV_TYPE_FLOAT32 && view->type != GOV_TYPE_FLOAT64)
        return GOV_OK;
    const float *floats = view->values;
    const double *doubles = view->values;
    for (int64_t i = first; i < first + count; i++) {
        int64_t at = view->offset + i;
        int nan = view->type == GOV_TYPE_FLOAT32 ? isnan(floats[at]) : isnan(doubles[at]);
        if (nan && gov_view_present(view, i))
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(i, view->name),
                               "the value is NaN; a value that is not known must be missing (null)");
    }
    return GOV_OK;
}

gov_status gov_column_numbers(const gov_column_view *view, int64_t first, int64_t count, double *values,
                              uint8_t *valid, gov_error *err)
{
    GOV_TRY(refuse_nan(view, first, count, err));
    return gov_column_doubles(view, first, count, values, valid, err);
}

gov_status gov_column_int64s(const gov_column_view *view, int64_t first, int64_t count, int64_t *values,
                             uint8_t *valid, gov_error *err)
{
    if (!is_integer(view->type))
        return fail_type(view, "an integer, bool, date or timestamp", err);
    if (count == 0)
        return GOV_OK;
    if (valid == NULL)
        GOV_TRY(refuse_missing(view, first, count, err));
    GOV_TRY(refuse_beyond_int64(view, first, count, err));
    convert_int64s(view, first, count, values);
    if (valid == NULL || gov_bits_unpack(view->validity, view->offset + first, count, valid) == 0)
        return GOV_OK;
    for (int64_t i = 0; i < count; i++)
        values[i] = valid[i] ? values[i] : 0;
    return GOV_OK;
}

/* The view of a column after checking that the stretch lies in it. */
static gov_status view_stretch(const gov_table *table, int64_t column, int64_t first, int64_t count,
                               const void *values, gov_column_view *view, gov_error *err)
{
    if (values == NULL && count != 0)
        return gov_fail(err, GOV_E_ARGUMENT, "values must be given");
    GOV_TRY(gov_table_view(table, column, view, err));
    if (first < 0 || count < 0 || first > view->length || count > view->length - first)
        return gov_fail_at(err, GOV_E_RANGE, GOV_AT_NAME(view->name),
                           "the column has %lld rows; %lld rows from row %lld on are not in it",
                           (long long)view->length, (long long)count, (long long)first);
    return GOV_OK;
}

gov_status gov_table_copy_doubles(const gov_table *table, int64_t column, int64_t first, int64_t count,
                                  double *values, uint8_t *valid, gov_error *err)
{
    gov_column_view view = GOV_COLUMN_VIEW_INIT;
    GOV_TRY(view_stretch(table, column, first, count, values, &view, err));
    return gov_column_doubles(&view, first, count, values, valid, err);
}

gov_status gov_table_copy_int64s(const gov_table *table, int64_t column, int64_t first, int64_t count,
                                 int64_t *values, uint8_t *valid, gov_error *err)
{
    gov_column_view view = GOV_COLUMN_VIEW_INIT;
    GOV_TRY(view_stretch(table, column, first, count, values, &view, err));
    return gov_column_int64s(&view, first, count, values, valid, err);
}

gov_status gov_table_text(const gov_table *table, int64_t row, int64_t column, const char **text,
                          int64_t *size, gov_error *err)
{
    gov_column_view view = GOV_COLUMN_VIEW_INIT;
    if (text == NULL || size == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "text and size must be given");
    GOV_TRY(view_stretch(table, column, row, 1, text, &view, err));
    if (view.type != GOV_TYPE_UTF8 && view.type != GOV_TYPE_NULL)
        return fail_type(&view, "utf8", err);
    *text = gov_view_text(&view, row, size);
    return GOV_OK;
}
