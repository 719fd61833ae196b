/* column.c - columns: owners, buffers, slices. */
#include "table/column.h"

#include <string.h>

void gov_shared_init(gov_shared *shared, void (*destroy)(gov_shared *self))
{
    atomic_init(&shared->owners, 1);
    shared->destroy = destroy;
}

void gov_shared_retain(gov_shared *shared)
{
    if (shared != NULL)
        atomic_fetch_add_explicit(&shared->owners, 1, memory_order_relaxed);
}

/* Release and acquire, so that whatever another owner did with the thing happened before its end. */
void gov_shared_release(gov_shared *shared)
{
    if (shared != NULL && atomic_fetch_sub_explicit(&shared->owners, 1, memory_order_acq_rel) == 1)
        shared->destroy(shared);
}

typedef struct type_facts {
    const char *name;
    size_t width;
} type_facts;

static const type_facts facts[] = {
    [GOV_TYPE_NULL] = {"null", 0},           [GOV_TYPE_BOOL] = {"bool", 0},
    [GOV_TYPE_INT8] = {"int8", 1},           [GOV_TYPE_INT16] = {"int16", 2},
    [GOV_TYPE_INT32] = {"int32", 4},         [GOV_TYPE_INT64] = {"int64", 8},
    [GOV_TYPE_UINT8] = {"uint8", 1},         [GOV_TYPE_UINT16] = {"uint16", 2},
    [GOV_TYPE_UINT32] = {"uint32", 4},       [GOV_TYPE_UINT64] = {"uint64", 8},
    [GOV_TYPE_FLOAT32] = {"float32", 4},     [GOV_TYPE_FLOAT64] = {"float64", 8},
    [GOV_TYPE_UTF8] = {"utf8", 1},           [GOV_TYPE_DATE] = {"date", 4},
    [GOV_TYPE_TIMESTAMP] = {"timestamp", 8},
};

static int is_type(gov_type type)
{
    return (size_t)type < sizeof(facts) / sizeof(facts[0]);
}

const char *gov_type_name(gov_type type)
{
    return is_type(type) ? facts[type].name : "unknown";
}

size_t gov_type_width(gov_type type)
{
    return is_type(type) ? facts[type].width : 0;
}

static void destroy_column(gov_shared *self)
{
    gov_column *column = (gov_column *)self;
    gov_free(column->timezone);
    gov_free(column->own_validity);
    gov_free(column->own_values);
    gov_free(column->own_offsets);
    gov_shared_release(column->keeper);
    gov_free(column);
}

void gov_column_free(gov_column *column)
{
    if (column != NULL)
        gov_shared_release(&column->shared);
}

static gov_column *bare_column(gov_type type, int64_t length)
{
    gov_column *column = gov_alloc_zero(1, sizeof(*column));
    if (column == NULL)
        return NULL;
    gov_shared_init(&column->shared, destroy_column);
    column->type = type;
    column->length = length;
    return column;
}

/* The buffers of a new column; 0 if there is no memory. */
static int make_buffers(gov_column *column)
{
    int64_t length = column->length;
    if (column->type == GOV_TYPE_UTF8) {
        column->offsets = column->own_offsets = gov_alloc_zero(length + 1, sizeof(int64_t));
        return column->offsets != NULL;
    }
    if (column->type == GOV_TYPE_NULL) {
        column->null_count = length;
        column->validity = column->own_validity = gov_alloc_zero(gov_bits_bytes(length), 1);
        return column->validity != NULL;
    }
    int64_t bytes = column->type == GOV_TYPE_BOOL ? gov_bits_bytes(length) : length;
    size_t width = column->type == GOV_TYPE_BOOL ? 1 : gov_type_width(column->type);
    column->values = column->own_values = gov_alloc_zero(bytes, width);
    return column->values != NULL;
}

gov_status gov_column_new(gov_type type, int64_t length, gov_column **out, gov_error *err)
{
    if (!is_type(type))
        return gov_fail(err, GOV_E_ARGUMENT, "%d is not a type of a column", (int)type);
    gov_column *column = bare_column(type, length);
    if (column == NULL)
        return gov_fail_memory(err);
    gov_status status = make_buffers(column) ? GOV_OK : gov_fail_memory(err);
    if (status == GOV_OK && type == GOV_TYPE_TIMESTAMP)
        status = gov_column_set_zone(column, NULL, err);
    if (status == GOV_OK)
        *out = column;
    else
        gov_column_free(column);
    return status;
}

gov_status gov_column_make_validity(gov_column *column, gov_error *err)
{
    if (column->own_validity != NULL)
        return GOV_OK;
    int64_t bytes = gov_bits_bytes(column->length);
    column->own_validity = gov_alloc(bytes, 1);
    if (column->own_validity == NULL)
        return gov_fail_memory(err);
    gov_bits_fill(column->own_validity, 0, bytes * 8, 1);
    column->validity = column->own_validity;
    return GOV_OK;
}

gov_status gov_column_text_bytes(gov_column *column, int64_t bytes, gov_error *err)
{
    column->own_values = gov_alloc(bytes, 1);
    if (column->own_values == NULL)
        return gov_fail_memory(err);
    column->values = column->own_values;
    return GOV_OK;
}

void gov_column_count_nulls(gov_column *column)
{
    if (column->validity == NULL) {
        column->null_count = 0;
        return;
    }
    column->null_count = column->length - gov_bits_count(column->validity, column->offset, column->length);
    if (column->null_count == 0 && column->type != GOV_TYPE_NULL) {
        gov_free(column->own_validity);
        column->own_validity = NULL;
        column->validity = NULL;
    }
}

gov_status gov_column_set_zone(gov_column *column, const char *unit_zone, gov_error *err)
{
    const char *text = unit_zone == NULL ? "u:" : unit_zone;
    if (column->type != GOV_TYPE_TIMESTAMP)
        return gov_fail(err, GOV_E_ARGUMENT, "only a timestamp has a unit and a zone");
    if (text[0] == '\0' || strchr("smun", text[0]) == NULL || text[1] != ':')
        return gov_fail(err, GOV_E_FORMAT,
                        "expected a unit and a zone as \"u:Asia/Shanghai\", the unit one of s, m, u, n");
    char *zone = gov_copy_text(text + 2, -1);
    if (zone == NULL)
        return gov_fail_memory(err);
    gov_free(column->timezone);
    column->timezone = zone;
    column->unit = text[0];
    return GOV_OK;
}

gov_status gov_column_borrow(const gov_column_view *view, gov_shared *keeper, gov_column **out,
                             gov_error *err)
{
    gov_column *column = bare_column(view->type, view->length);
    char *zone = column != NULL && view->timezone != NULL ? gov_copy_text(view->timezone, -1) : NULL;
    if (column == NULL || (view->timezone != NULL && zone == NULL)) {
        gov_column_free(column);
        return gov_fail_memory(err);
    }
    column->unit = view->unit;
    column->timezone = zone;
    column->offset = view->offset;
    column->validity = view->validity;
    column->values = view->values;
    column->offsets = view->offsets;
    gov_shared_retain(keeper);
    column->keeper = keeper;
    gov_column_count_nulls(column);
    *out = column;
    return GOV_OK;
}

gov_status gov_column_slice(gov_column *column, int64_t first, int64_t count, gov_column **out,
                            gov_error *err)
{
    gov_column_view stretch = {.type = column->type,
                               .length = count,
                               .offset = column->offset + first,
                               .validity = column->validity,
                               .values = column->values,
                               .offsets = column->offsets,
                               .timezone = column->timezone,
                               .unit = column->unit};
    return gov_column_borrow(&stretch, &column->shared, out, err);
}
