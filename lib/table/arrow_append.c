/* arrow_append.c - rows of an Arrow array, whatever its layout, appended to a column of ours. */
#include "table/arrow.h"

#include <string.h>

static int is_present(const gov_arrow_stretch *s, int64_t i)
{
    return s->validity == NULL || gov_bit(s->validity, s->offset + i);
}

static gov_status append_texts(const gov_arrow_field *field, const gov_arrow_stretch *s, gov_growing *column,
                               gov_error *err)
{
    GOV_TRY(gov_arrow_check_utf8(field, s, column->length, err));
    for (int64_t i = 0; i < s->length; i++) {
        int64_t size;
        if (!is_present(s, i)) {
            GOV_TRY(gov_growing_null(column, err));
            continue;
        }
        const char *text = gov_arrow_text(&field->value, s, i, &size);
        GOV_TRY(gov_growing_text(column, text, size, err));
    }
    return GOV_OK;
}

static gov_status append_plain(const gov_arrow_field *field, const gov_arrow_stretch *s, gov_growing *column,
                               gov_error *err)
{
    if (s->length == 0)
        return GOV_OK; /* then there may be no buffers */
    switch (field->value.layout) {
    case GOV_ARROW_NULL:
        column->length += s->length;
        column->null_count += s->length;
        return GOV_OK;
    case GOV_ARROW_BITS:
    case GOV_ARROW_FIXED:
        return gov_growing_append(column, s->array->buffers[1], s->validity, s->offset, s->length, err);
    default:
        return append_texts(field, s, column, err);
    }
}

/* The index of row i; -1 if it lies outside [0, length). */
static int64_t index_at(gov_type type, const gov_arrow_stretch *s, int64_t i, int64_t length)
{
    size_t width = gov_type_width(type);
    const char *at = (const char *)s->array->buffers[1] + (size_t)(s->offset + i) * width;
    uint64_t wide = 0;
    for (size_t byte = width; byte-- > 0;)
        wide = wide << 8 | (unsigned char)at[byte];
    uint64_t sign = UINT64_C(1) << (8 * width - 1);
    int is_signed = type <= GOV_TYPE_INT64;
    if ((is_signed && (wide & sign) != 0) || wide >= (uint64_t)length)
        return -1;
    return (int64_t)wide;
}

/* Appends row i of the decoded dictionary. */
static gov_status append_entry(const gov_growing *entries, int64_t i, gov_growing *column, gov_error *err)
{
    if (entries->type == GOV_TYPE_NULL || (entries->validity != NULL && !gov_bit(entries->validity, i)))
        return gov_growing_null(column, err);
    if (entries->type == GOV_TYPE_UTF8) {
        int64_t size = entries->offsets[i + 1] - entries->offsets[i];
        const char *text = size == 0 ? "" : (const char *)entries->values + entries->offsets[i];
        return gov_growing_text(column, text, size, err);
    }
    if (entries->type == GOV_TYPE_BOOL) {
        int bit = gov_bit(entries->values, i);
        return gov_growing_value(column, &bit, err);
    }
    return gov_growing_value(column,
                             (const char *)entries->values + (size_t)i * gov_type_width(entries->type), err);
}

static gov_status append_by_index(const gov_arrow_field *field, const gov_arrow_stretch *s,
                                  const gov_growing *entries, gov_growing *column, gov_error *err)
{
    for (int64_t i = 0; i < s->length; i++) {
        if (!is_present(s, i)) {
            GOV_TRY(gov_growing_null(column, err));
            continue;
        }
        int64_t index = index_at(field->index, s, i, entries->length);
        if (index < 0)
            return gov_fail_at(err, GOV_E_CORRUPT, GOV_AT_ROW(column->length, field->name),
                               "the index lies outside the Arrow dictionary of %lld values",
                               (long long)entries->length);
        GOV_TRY(append_entry(entries, index, column, err));
    }
    return GOV_OK;
}

/* The dictionary is decoded once, into a column of its own, so that text in it is checked once. */
static gov_status append_encoded(const gov_arrow_field *field, const gov_arrow_stretch *s,
                                 gov_growing *column, gov_error *err)
{
    const struct ArrowArray *dictionary = s->array->dictionary;
    gov_arrow_stretch all = {dictionary, dictionary->offset, dictionary->length,
                             field->value.layout == GOV_ARROW_NULL ? NULL : dictionary->buffers[0]};
    gov_growing entries;
    GOV_TRY(gov_growing_init(&entries, field->value.type, field->value.unit_zone, err));
    gov_status status = append_plain(field, &all, &entries, err);
    if (status == GOV_OK)
        status = append_by_index(field, s, &entries, column, err);
    gov_growing_clear(&entries);
    return status;
}

gov_status gov_arrow_append(const gov_arrow_field *field, const gov_arrow_stretch *stretch,
                            gov_growing *column, gov_error *err)
{
    return field->encoded ? append_encoded(field, stretch, column, err)
                          : append_plain(field, stretch, column, err);
}
