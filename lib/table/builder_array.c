/* builder_array.c - tables from whole arrays: one copy of each, checked before it is kept. */
#include "table/builder.h"

#include "base/utf8.h"

#include <math.h>
#include <string.h>

static gov_status check_not_nan(const gov_growing *data, const char *name, const uint8_t *valid,
                                gov_error *err)
{
    const double *doubles = data->values;
    const float *floats = data->values;
    int narrow = data->type == GOV_TYPE_FLOAT32;
    if (!narrow && data->type != GOV_TYPE_FLOAT64)
        return GOV_OK;
    for (int64_t i = 0; i < data->length; i++) {
        if ((narrow ? isnan(floats[i]) : isnan(doubles[i])) && (valid == NULL || valid[i]))
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(i, name),
                               "the value is NaN; mark it as missing instead");
    }
    return GOV_OK;
}

static void copy_bools(uint8_t *bits, const uint8_t *bytes, int64_t count)
{
    for (int64_t i = 0; i < count; i++)
        gov_bits_fill(bits, i, 1, bytes[i] != 0);
}

/* The validity bytes as bits; values at missing places become 0, so that equal tables have equal bytes. */
static gov_status copy_validity(gov_growing *data, const uint8_t *valid, gov_error *err)
{
    data->validity_bytes = gov_bits_bytes(data->length);
    data->validity = gov_alloc_zero(data->validity_bytes, 1);
    if (data->validity == NULL)
        return gov_fail_memory(err);
    size_t width = gov_type_width(data->type);
    for (int64_t i = 0; i < data->length; i++) {
        if (valid[i]) {
            gov_bit_set(data->validity, i);
            continue;
        }
        data->null_count++;
        if (data->type == GOV_TYPE_BOOL)
            gov_bit_clear(data->values, i);
        else
            memset((char *)data->values + (size_t)i * width, 0, width);
    }
    return GOV_OK;
}

static gov_status fill_array(gov_growing *data, const char *name, const void *values, const uint8_t *valid,
                             int64_t count, gov_error *err)
{
    if (data->type == GOV_TYPE_NULL) {
        data->length = data->null_count = count;
        return GOV_OK;
    }
    GOV_TRY(gov_growing_reserve(data, count, 0, err));
    data->length = count;
    if (data->type == GOV_TYPE_BOOL)
        copy_bools(data->values, values, count);
    else if (count > 0)
        memcpy(data->values, values, (size_t)count * gov_type_width(data->type));
    GOV_TRY(check_not_nan(data, name, valid, err));
    return valid == NULL ? GOV_OK : copy_validity(data, valid, err);
}

gov_status gov_table_builder_array(gov_table_builder *builder, const char *name, gov_type type,
                                   const void *values, const uint8_t *valid, int64_t count, gov_error *err)
{
    if (builder == NULL || name == NULL || count < 0 ||
        (values == NULL && count > 0 && type != GOV_TYPE_NULL))
        return gov_fail(err, GOV_E_ARGUMENT, "builder, name and values must be given, count not negative");
    if (type == GOV_TYPE_UTF8)
        return gov_fail_at(err, GOV_E_TYPE, GOV_AT_NAME(name), "texts are given by gov_table_builder_texts");
    gov_growing data;
    GOV_TRY(gov_growing_init(&data, type, NULL, err));
    gov_status status = fill_array(&data, name, values, valid, count, err);
    if (status != GOV_OK) {
        gov_growing_clear(&data);
        return status;
    }
    return gov_builder_take(builder, name, &data, err);
}

static gov_status append_text(gov_growing *data, const char *name, const char *text, gov_error *err)
{
    if (text == NULL)
        return gov_growing_null(data, err);
    int64_t size = (int64_t)strlen(text);
    int64_t bad = gov_utf8_invalid_at(text, size);
    if (bad >= 0)
        return gov_fail_at(err, GOV_E_ENCODING, GOV_AT_ROW(data->length, name),
                           "byte %lld of the text is not valid UTF-8", (long long)bad);
    return gov_growing_text(data, text, size, err);
}

gov_status gov_table_builder_texts(gov_table_builder *builder, const char *name, const char *const *texts,
                                   int64_t count, gov_error *err)
{
    if (builder == NULL || name == NULL || count < 0 || (texts == NULL && count > 0))
        return gov_fail(err, GOV_E_ARGUMENT, "builder, name and texts must be given, count not negative");
    gov_growing data;
    GOV_TRY(gov_growing_init(&data, GOV_TYPE_UTF8, NULL, err));
    for (int64_t i = 0; i < count; i++) {
        gov_status status = append_text(&data, name, texts[i], err);
        if (status != GOV_OK) {
            gov_growing_clear(&data);
            return status;
        }
    }
    return gov_builder_take(builder, name, &data, err);
}
