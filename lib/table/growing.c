/* growing.c - growing columns. Room is made before anything is written, so a failed append changes nothing. */
#include "table/growing.h"

#include <string.h>

gov_status gov_growing_init(gov_growing *column, gov_type type, const char *unit_zone, gov_error *err)
{
    gov_column *pattern; /* of no rows: checks the type, the unit and the zone */
    GOV_TRY(gov_column_new(type, 0, &pattern, err));
    gov_status status = unit_zone == NULL ? GOV_OK : gov_column_set_zone(pattern, unit_zone, err);
    if (status == GOV_OK) {
        *column = (gov_growing){.type = type, .unit = pattern->unit, .timezone = pattern->timezone};
        pattern->timezone = NULL;
    }
    gov_column_free(pattern);
    return status;
}

void gov_growing_clear(gov_growing *column)
{
    gov_free(column->timezone);
    gov_free(column->validity);
    gov_free(column->values);
    gov_free(column->offsets);
    *column = (gov_growing){.type = GOV_TYPE_NULL};
}

/* Room in the bitmap for the rows so far and `more`; made with ones when the first value is missing. */
static gov_status reserve_validity(gov_growing *column, int64_t more, gov_error *err)
{
    void *bits = column->validity;
    int64_t before = column->validity_bytes;
    GOV_TRY(gov_grow(&bits, &column->validity_bytes, gov_bits_bytes(column->length + more), 1, err));
    column->validity = bits;
    if (column->validity_bytes > before)
        memset(column->validity + before, 0xFF, (size_t)(column->validity_bytes - before));
    return GOV_OK;
}

static gov_status reserve_texts(gov_growing *column, int64_t more, int64_t more_bytes, gov_error *err)
{
    void *offsets = column->offsets;
    void *bytes = column->values;
    gov_status status =
        gov_grow(&offsets, &column->offsets_capacity, column->length + more + 1, sizeof(int64_t), err);
    column->offsets = offsets;
    if (status == GOV_OK)
        status = gov_grow(&bytes, &column->values_capacity, column->text_bytes + more_bytes, 1, err);
    column->values = bytes;
    if (status == GOV_OK && column->length == 0)
        column->offsets[0] = 0;
    return status;
}

gov_status gov_growing_reserve(gov_growing *column, int64_t more, int64_t more_bytes, gov_error *err)
{
    if (column->validity != NULL)
        GOV_TRY(reserve_validity(column, more, err));
    if (column->type == GOV_TYPE_NULL)
        return GOV_OK;
    if (column->type == GOV_TYPE_UTF8)
        return reserve_texts(column, more, more_bytes, err);
    int is_bool = column->type == GOV_TYPE_BOOL;
    void *values = column->values;
    int64_t needed = is_bool ? gov_bits_bytes(column->length + more) : column->length + more;
    gov_status status =
        gov_grow(&values, &column->values_capacity, needed, is_bool ? 1 : gov_type_width(column->type), err);
    column->values = values;
    return status;
}

gov_status gov_growing_null(gov_growing *column, gov_error *err)
{
    GOV_TRY(gov_growing_reserve(column, 1, 0, err));
    if (column->type != GOV_TYPE_NULL) {
        GOV_TRY(reserve_validity(column, 1, err));
        gov_bit_clear(column->validity, column->length);
    }
    size_t width = gov_type_width(column->type);
    if (column->type == GOV_TYPE_UTF8)
        column->offsets[column->length + 1] = column->text_bytes;
    else if (column->type == GOV_TYPE_BOOL)
        gov_bit_clear(column->values, column->length);
    else if (width > 0)
        memset((char *)column->values + (size_t)column->length * width, 0, width);
    column->length++;
    column->null_count++;
    return GOV_OK;
}

gov_status gov_growing_value(gov_growing *column, const void *value, gov_error *err)
{
    GOV_TRY(gov_growing_reserve(column, 1, 0, err));
    size_t width = gov_type_width(column->type);
    if (column->type == GOV_TYPE_BOOL)
        gov_bits_fill(column->values, column->length, 1, *(const int *)value != 0);
    else
        memcpy((char *)column->values + (size_t)column->length * width, value, width);
    column->length++;
    return GOV_OK;
}

gov_status gov_growing_text(gov_growing *column, const char *text, int64_t size, gov_error *err)
{
    GOV_TRY(gov_growing_reserve(column, 1, size, err));
    if (size > 0)
        memcpy((char *)column->values + column->text_bytes, text, (size_t)size);
    column->text_bytes += size;
    column->offsets[column->length + 1] = column->text_bytes;
    column->length++;
    return GOV_OK;
}

gov_status gov_growing_append(gov_growing *column, const void *values, const uint8_t *validity,
                              int64_t offset, int64_t count, gov_error *err)
{
    int64_t missing = validity == NULL ? 0 : count - gov_bits_count(validity, offset, count);
    GOV_TRY(gov_growing_reserve(column, count, 0, err));
    if (missing > 0) {
        GOV_TRY(reserve_validity(column, count, err));
        gov_bits_copy(column->validity, column->length, validity, offset, count);
    }
    size_t width = gov_type_width(column->type);
    if (column->type == GOV_TYPE_BOOL)
        gov_bits_copy(column->values, column->length, values, offset, count);
    else if (count > 0)
        memcpy((char *)column->values + (size_t)column->length * width,
               (const char *)values + (size_t)offset * width, (size_t)count * width);
    column->length += count;
    column->null_count += missing;
    return GOV_OK;
}

/* Gives back what was allocated beyond need. */
static gov_status fit(void **block, int64_t *capacity, int64_t count, size_t size, gov_error *err)
{
    if (*capacity <= count + count / 8)
        return GOV_OK;
    void *smaller = gov_resize(*block, count, size);
    if (smaller == NULL)
        return gov_fail_memory(err);
    *block = smaller;
    *capacity = count;
    return GOV_OK;
}

static gov_status fit_values(gov_growing *column, gov_error *err)
{
    int64_t count = column->type == GOV_TYPE_UTF8   ? column->text_bytes
                    : column->type == GOV_TYPE_BOOL ? gov_bits_bytes(column->length)
                                                    : column->length;
    size_t width = column->type == GOV_TYPE_BOOL ? 1 : gov_type_width(column->type);
    return fit(&column->values, &column->values_capacity, count, width, err);
}

gov_status gov_growing_shell(gov_growing *growing, gov_column **out, gov_error *err)
{
    gov_column *column;
    int64_t rows = growing->type == GOV_TYPE_NULL ? growing->length : 0;
    if (growing->values != NULL)
        GOV_TRY(fit_values(growing, err));
    GOV_TRY(gov_column_new(growing->type, rows, &column, err));
    column->length = growing->length;
    *out = column;
    return GOV_OK;
}

static void move_values(gov_growing *growing, gov_column *column)
{
    gov_free(column->own_values);
    column->values = column->own_values = growing->values;
    growing->values = NULL;
    if (growing->type == GOV_TYPE_UTF8) {
        gov_free(column->own_offsets);
        column->offsets = column->own_offsets = growing->offsets;
        growing->offsets = NULL;
    }
}

void gov_growing_move(gov_growing *growing, gov_column *column)
{
    if (growing->timezone != NULL) {
        gov_free(column->timezone);
        column->timezone = growing->timezone;
        column->unit = growing->unit;
        growing->timezone = NULL;
    }
    if (growing->length > 0 && growing->type != GOV_TYPE_NULL) {
        move_values(growing, column);
        column->null_count = growing->null_count;
    }
    if (growing->null_count > 0 && growing->validity != NULL) {
        column->validity = column->own_validity = growing->validity;
        growing->validity = NULL;
    }
    gov_growing_clear(growing);
}
