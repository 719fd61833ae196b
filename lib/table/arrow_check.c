/* arrow_check.c - what a schema says, and whether an array fits it.
 *
 * Source: the Arrow columnar format 1.5 and the Arrow C data interface (arrow.apache.org/docs/format). */
#include "table/arrow.h"

#include "base/utf8.h"

#include <string.h>

typedef struct format_facts {
    const char *format;
    gov_type type;
    gov_arrow_layout layout;
} format_facts;

static const format_facts formats[] = {
    {"n", GOV_TYPE_NULL, GOV_ARROW_NULL},     {"b", GOV_TYPE_BOOL, GOV_ARROW_BITS},
    {"c", GOV_TYPE_INT8, GOV_ARROW_FIXED},    {"s", GOV_TYPE_INT16, GOV_ARROW_FIXED},
    {"i", GOV_TYPE_INT32, GOV_ARROW_FIXED},   {"l", GOV_TYPE_INT64, GOV_ARROW_FIXED},
    {"C", GOV_TYPE_UINT8, GOV_ARROW_FIXED},   {"S", GOV_TYPE_UINT16, GOV_ARROW_FIXED},
    {"I", GOV_TYPE_UINT32, GOV_ARROW_FIXED},  {"L", GOV_TYPE_UINT64, GOV_ARROW_FIXED},
    {"f", GOV_TYPE_FLOAT32, GOV_ARROW_FIXED}, {"g", GOV_TYPE_FLOAT64, GOV_ARROW_FIXED},
    {"u", GOV_TYPE_UTF8, GOV_ARROW_TEXT32},   {"U", GOV_TYPE_UTF8, GOV_ARROW_TEXT64},
    {"vu", GOV_TYPE_UTF8, GOV_ARROW_VIEWS},   {"tdD", GOV_TYPE_DATE, GOV_ARROW_FIXED},
};

static gov_status read_format(const char *format, const char *name, gov_arrow_type *out, gov_error *err)
{
    if (format == NULL)
        return gov_fail_at(err, GOV_E_CORRUPT, GOV_AT_NAME(name), "the Arrow field has no format");
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        if (strcmp(format, formats[i].format) == 0) {
            *out = (gov_arrow_type){formats[i].type, formats[i].layout, NULL};
            return GOV_OK;
        }
    }
    if (strncmp(format, "ts", 2) == 0 && format[2] != '\0' && strchr("smun", format[2]) != NULL &&
        format[3] == ':') {
        *out = (gov_arrow_type){GOV_TYPE_TIMESTAMP, GOV_ARROW_FIXED, format + 2};
        return GOV_OK;
    }
    return gov_fail_at(
        err, GOV_E_UNSUPPORTED, GOV_AT_NAME(name),
        "the Arrow type \"%s\" is not supported; cast the column to a number, bool, text, date "
        "or timestamp first",
        format);
}

gov_status gov_arrow_field_read(const struct ArrowSchema *schema, gov_arrow_field *field, gov_error *err)
{
    if (schema == NULL)
        return gov_fail(err, GOV_E_CORRUPT, "the Arrow schema has a child that is NULL");
    gov_arrow_field f = {.name = schema->name == NULL ? "" : schema->name};
    if (gov_utf8_invalid_at(f.name, (int64_t)strlen(f.name)) >= 0)
        return gov_fail(err, GOV_E_ENCODING, "the name of an Arrow field is not valid UTF-8");
    GOV_TRY(read_format(schema->format, f.name, &f.value, err));
    if (schema->n_children != 0)
        return gov_fail_at(err, GOV_E_CORRUPT, GOV_AT_NAME(f.name),
                           "the Arrow field has children, its type \"%s\" has none", schema->format);
    if (schema->dictionary != NULL) {
        f.encoded = 1;
        f.index = f.value.type;
        if (f.index < GOV_TYPE_INT8 || f.index > GOV_TYPE_UINT64)
            return gov_fail_at(err, GOV_E_CORRUPT, GOV_AT_NAME(f.name),
                               "the indices of an Arrow dictionary must be integers, not %s",
                               gov_type_name(f.index));
        GOV_TRY(read_format(schema->dictionary->format, f.name, &f.value, err));
        if (schema->dictionary->dictionary != NULL)
            return gov_fail_at(err, GOV_E_UNSUPPORTED, GOV_AT_NAME(f.name),
                               "an Arrow dictionary of dictionaries is not supported");
    }
    *field = f;
    return GOV_OK;
}

static gov_status corrupt(const char *name, const char *what, gov_error *err)
{
    return gov_fail_at(err, GOV_E_CORRUPT, GOV_AT_NAME(name), "the Arrow array %s", what);
}

static gov_status check_counts(const struct ArrowArray *a, const char *name, int has_dictionary,
                               gov_error *err)
{
    /* Beyond this no buffer can exist, and below it offset + length and 16-byte views cannot overflow. */
    const int64_t longest = INT64_MAX / 64;
    if (a->release == NULL)
        return corrupt(name, "was released already", err);
    if (a->length < 0 || a->offset < 0 || a->length > longest || a->offset > longest)
        return corrupt(name, "has a negative or impossible length or offset", err);
    if (a->null_count < -1 || a->null_count > a->length)
        return corrupt(name, "has an impossible count of nulls", err);
    if (a->n_children != 0)
        return corrupt(name, "has children, its type has none", err);
    if (has_dictionary != (a->dictionary != NULL))
        return corrupt(name, has_dictionary ? "lacks its dictionary" : "has a dictionary that its type lacks",
                       err);
    return GOV_OK;
}

static gov_status check_buffers(const struct ArrowArray *a, gov_arrow_layout layout, const char *name,
                                gov_error *err)
{
    static const int64_t wanted[] = {0, 2, 2, 3, 3, 3};
    if (layout == GOV_ARROW_VIEWS ? a->n_buffers < 3 : a->n_buffers != wanted[layout])
        return corrupt(name, "has a wrong number of buffers", err);
    if (a->n_buffers > 0 && a->buffers == NULL)
        return corrupt(name, "has no list of buffers", err);
    if (layout == GOV_ARROW_NULL || a->length == 0)
        return GOV_OK;
    if (a->buffers[0] == NULL && a->null_count > 0)
        return corrupt(name, "counts nulls but has no validity bitmap", err);
    if (a->buffers[1] == NULL)
        return corrupt(name, "has values but no buffer of them", err);
    return GOV_OK;
}

static int64_t offset_at(gov_arrow_layout layout, const void *offsets, int64_t i)
{
    if (layout == GOV_ARROW_TEXT64) {
        int64_t wide;
        memcpy(&wide, (const char *)offsets + i * 8, sizeof(wide));
        return wide;
    }
    int32_t narrow;
    memcpy(&narrow, (const char *)offsets + i * 4, sizeof(narrow));
    return narrow;
}

static gov_status check_offsets(const gov_arrow_stretch *s, gov_arrow_layout layout, const char *name,
                                gov_error *err)
{
    const void *offsets = s->array->buffers[1];
    int64_t previous = offset_at(layout, offsets, s->offset);
    if (previous < 0)
        return corrupt(name, "has a negative text offset", err);
    for (int64_t i = 1; i <= s->length; i++) {
        int64_t next = offset_at(layout, offsets, s->offset + i);
        if (next < previous)
            return corrupt(name, "has text offsets that go backwards", err);
        previous = next;
    }
    if (previous > 0 && s->array->buffers[2] == NULL)
        return corrupt(name, "has text offsets but no bytes", err);
    return GOV_OK;
}

/* A view: length, then up to 12 bytes; or length, 4 bytes of prefix, number of the block, offset in it. */
typedef struct text_view {
    int32_t length;
    char prefix[4];
    int32_t block;
    int32_t offset;
} text_view;

static text_view view_at(const gov_arrow_stretch *s, int64_t i)
{
    text_view view;
    memcpy(&view, (const char *)s->array->buffers[1] + (s->offset + i) * 16, sizeof(view));
    return view;
}

static int view_fits(const struct ArrowArray *a, text_view view)
{
    int64_t blocks = a->n_buffers - 3;
    if (view.length < 0)
        return 0;
    if (view.length <= 12)
        return 1;
    if (view.block < 0 || view.block >= blocks || view.offset < 0 || a->buffers[a->n_buffers - 1] == NULL)
        return 0;
    int64_t size;
    memcpy(&size, (const char *)a->buffers[a->n_buffers - 1] + (int64_t)view.block * 8, sizeof(size));
    return a->buffers[2 + view.block] != NULL && (int64_t)view.offset + view.length <= size;
}

static int is_present(const gov_arrow_stretch *s, int64_t i)
{
    return s->validity == NULL || gov_bit(s->validity, s->offset + i);
}

static gov_status check_views(const gov_arrow_stretch *s, const char *name, gov_error *err)
{
    for (int64_t i = 0; i < s->length; i++) {
        if (is_present(s, i) && !view_fits(s->array, view_at(s, i)))
            return corrupt(name, "has a text view that points outside its blocks", err);
    }
    return GOV_OK;
}

static gov_status check_plain(const struct ArrowArray *array, gov_arrow_layout layout, const char *name,
                              int has_dictionary, int64_t first, int64_t length, gov_arrow_stretch *out,
                              gov_error *err)
{
    GOV_TRY(check_counts(array, name, has_dictionary, err));
    GOV_TRY(check_buffers(array, layout, name, err));
    if (first > array->length || length > array->length - first)
        return corrupt(name, "is shorter than its batch", err);
    gov_arrow_stretch s = {array, array->offset + first, length, NULL};
    if (layout != GOV_ARROW_NULL)
        s.validity = array->buffers[0];
    if (length > 0 && (layout == GOV_ARROW_TEXT32 || layout == GOV_ARROW_TEXT64))
        GOV_TRY(check_offsets(&s, layout, name, err));
    if (length > 0 && layout == GOV_ARROW_VIEWS)
        GOV_TRY(check_views(&s, name, err));
    *out = s;
    return GOV_OK;
}

gov_status gov_arrow_check(const gov_arrow_field *field, const struct ArrowArray *array, int64_t first,
                           int64_t length, gov_arrow_stretch *out, gov_error *err)
{
    if (array == NULL)
        return corrupt(field->name, "is NULL", err);
    gov_arrow_layout layout = field->encoded ? GOV_ARROW_FIXED : field->value.layout;
    GOV_TRY(check_plain(array, layout, field->name, field->encoded, first, length, out, err));
    if (!field->encoded)
        return GOV_OK;
    gov_arrow_stretch dictionary;
    return check_plain(array->dictionary, field->value.layout, field->name, 0, 0, array->dictionary->length,
                       &dictionary, err);
}

const char *gov_arrow_text(const gov_arrow_type *type, const gov_arrow_stretch *s, int64_t i, int64_t *size)
{
    const struct ArrowArray *a = s->array;
    if (type->layout == GOV_ARROW_VIEWS) {
        text_view view = view_at(s, i);
        *size = view.length;
        return view.length <= 12 ? (const char *)a->buffers[1] + (s->offset + i) * 16 + 4
                                 : (const char *)a->buffers[2 + view.block] + view.offset;
    }
    int64_t start = offset_at(type->layout, a->buffers[1], s->offset + i);
    *size = offset_at(type->layout, a->buffers[1], s->offset + i + 1) - start;
    return *size == 0 ? "" : (const char *)a->buffers[2] + start;
}

/* Whether the bytes of all rows together are UTF-8 and no row begins within a character: one pass over the
 * bytes, which is the common case. The bytes of missing rows may be anything, so a failure proves nothing. */
static int all_utf8(const gov_arrow_type *type, const gov_arrow_stretch *s)
{
    int64_t size;
    const char *bytes = s->array->buffers[2];
    int64_t first = offset_at(type->layout, s->array->buffers[1], s->offset);
    int64_t last = offset_at(type->layout, s->array->buffers[1], s->offset + s->length);
    if (first == last)
        return 1;
    if (gov_utf8_invalid_at(bytes + first, last - first) >= 0)
        return 0;
    for (int64_t i = 0; i < s->length; i++) {
        const char *text = gov_arrow_text(type, s, i, &size);
        if (size > 0 && ((unsigned char)text[0] & 0xC0u) == 0x80u)
            return 0;
    }
    return 1;
}

gov_status gov_arrow_check_utf8(const gov_arrow_field *field, const gov_arrow_stretch *s, int64_t row,
                                gov_error *err)
{
    const gov_arrow_type *type = &field->value;
    if (s->length == 0 || (type->layout != GOV_ARROW_VIEWS && all_utf8(type, s)))
        return GOV_OK;
    for (int64_t i = 0; i < s->length; i++) {
        int64_t size;
        if (!is_present(s, i))
            continue;
        const char *text = gov_arrow_text(type, s, i, &size);
        if (gov_utf8_invalid_at(text, size) >= 0)
            return gov_fail_at(err, GOV_E_ENCODING, GOV_AT_ROW(row + i, field->name),
                               "byte %lld of the text is not valid UTF-8",
                               (long long)gov_utf8_invalid_at(text, size));
    }
    return GOV_OK;
}
