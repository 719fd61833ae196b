/* properties.c - columns that appear as features are read.
 *
 * Every value is kept as text with the kinds that all of its column share; the type is decided at the end, as in
 * a CSV file. A column that is first seen in a later feature is missing before it. */
#include "geo/properties.h"

#include "base/utf8.h"
#include "table/growing.h"

#include <math.h>
#include <string.h>

enum { INTEGER = 1, NUMBER = 2, BOOLEAN = 4, ALL_KINDS = 7 };

struct gov_property {
    char *name;
    unsigned kinds;
    gov_growing texts;
};

static gov_status new_column(gov_properties *p, const char *name, int64_t size, gov_property **out,
                             gov_error *err)
{
    void *columns = p->columns;
    gov_status status = gov_grow(&columns, &p->capacity, p->count + 1, sizeof(*p->columns), err);
    p->columns = columns;
    if (status != GOV_OK)
        return status;
    gov_property *column = &p->columns[p->count];
    *column = (gov_property){.kinds = ALL_KINDS};
    GOV_TRY(gov_growing_init(&column->texts, GOV_TYPE_UTF8, NULL, err));
    column->name = gov_copy_text(name, size);
    if (column->name == NULL)
        return gov_fail_memory(err);
    p->count++;
    *out = column;
    return GOV_OK;
}

/* The column of that name, with missing values up to the present row. */
static gov_status column_named(gov_properties *p, const char *name, int64_t size, gov_property **out,
                               gov_error *err)
{
    gov_property *column = NULL;
    for (int64_t i = 0; i < p->count && column == NULL; i++) {
        if ((int64_t)strlen(p->columns[i].name) == size &&
            memcmp(p->columns[i].name, name, (size_t)size) == 0)
            column = &p->columns[i];
    }
    if (column == NULL)
        GOV_TRY(new_column(p, name, size, &column, err));
    while (column->texts.length < p->rows)
        GOV_TRY(gov_growing_null(&column->texts, err));
    *out = column;
    return GOV_OK;
}

static unsigned kinds_of_number(double value)
{
    return value == floor(value) && fabs(value) <= 9007199254740992.0 ? INTEGER | NUMBER : NUMBER;
}

/* Takes one value of any kind into the column. */
static gov_status take_value(gov_json *j, gov_property *column, gov_buffer *scratch, gov_error *err)
{
    const char *start = "";
    int64_t size = 0;
    double number = 0.0;
    char kind = gov_json_kind(j);
    if (kind == '"') {
        GOV_TRY(gov_json_string(j, scratch, err));
        column->kinds = 0;
        return gov_growing_text(&column->texts, scratch->data, scratch->size, err);
    }
    GOV_TRY(gov_json_skip(j, &start, &size, err));
    if (kind == 'n')
        return gov_growing_null(&column->texts, err);
    if (kind == 't' || kind == 'f')
        column->kinds &= BOOLEAN;
    else if (kind == '{' || kind == '[' || !gov_parse_double(start, size, &number))
        column->kinds = 0;
    else
        column->kinds &= kinds_of_number(number);
    return gov_growing_text(&column->texts, start, size, err);
}

static gov_status take_members(gov_properties *p, gov_json j, gov_buffer *key, gov_buffer *scratch,
                               gov_error *err)
{
    int more = 1;
    if (gov_json_kind(&j) == 'n')
        return GOV_OK;
    GOV_TRY(gov_json_open(&j, '{', err));
    for (;;) {
        gov_property *column;
        GOV_TRY(gov_json_key(&j, key, &more, err));
        if (!more)
            return GOV_OK;
        GOV_TRY(column_named(p, key->data == NULL ? "" : key->data, key->size, &column, err));
        if (column->texts.length > p->rows)
            return gov_json_fail(&j, GOV_E_DUPLICATE, "the feature has this property twice", err);
        GOV_TRY(take_value(&j, column, scratch, err));
    }
}

gov_status gov_properties_add(gov_properties *p, const gov_json *id, const gov_json *members, gov_error *err)
{
    gov_buffer key = GOV_BUFFER_INIT;
    gov_buffer scratch = GOV_BUFFER_INIT;
    gov_status status = GOV_OK;
    if (id != NULL) {
        gov_json j = *id;
        gov_property *column = NULL;
        status = column_named(p, "id", 2, &column, err);
        if (status == GOV_OK)
            status = take_value(&j, column, &scratch, err);
    }
    if (status == GOV_OK && members != NULL)
        status = take_members(p, *members, &key, &scratch, err);
    gov_buffer_clear(&key);
    gov_buffer_clear(&scratch);
    p->rows++;
    return status;
}

static gov_status convert_value(const gov_growing *texts, int64_t i, gov_growing *to, gov_error *err)
{
    const char *text = (const char *)texts->values + texts->offsets[i];
    double number = 0.0;
    int flag = text[0] == 't';
    if (to->type == GOV_TYPE_BOOL)
        return gov_growing_value(to, &flag, err);
    gov_parse_double(text, texts->offsets[i + 1] - texts->offsets[i], &number);
    int64_t integer = (int64_t)number;
    return gov_growing_value(to, to->type == GOV_TYPE_INT64 ? (const void *)&integer : &number, err);
}

static gov_status convert_column(gov_property *column, gov_error *err)
{
    gov_type type = column->texts.null_count == column->texts.length ? GOV_TYPE_NULL
                    : column->kinds & INTEGER                        ? GOV_TYPE_INT64
                    : column->kinds & NUMBER                         ? GOV_TYPE_FLOAT64
                    : column->kinds & BOOLEAN                        ? GOV_TYPE_BOOL
                                                                     : GOV_TYPE_UTF8;
    gov_growing converted;
    if (type == GOV_TYPE_UTF8)
        return GOV_OK;
    GOV_TRY(gov_growing_init(&converted, type, NULL, err));
    gov_status status = GOV_OK;
    for (int64_t i = 0; i < column->texts.length && status == GOV_OK; i++) {
        int present = column->texts.validity == NULL || gov_bit(column->texts.validity, i);
        status =
            present ? convert_value(&column->texts, i, &converted, err) : gov_growing_null(&converted, err);
    }
    if (status != GOV_OK) {
        gov_growing_clear(&converted);
        return status;
    }
    gov_growing_clear(&column->texts);
    column->texts = converted;
    return GOV_OK;
}

static gov_status make_columns(gov_properties *p, gov_named_column *columns, gov_error *err)
{
    for (int64_t i = 0; i < p->count; i++) {
        gov_property *column = &p->columns[i];
        while (column->texts.length < p->rows)
            GOV_TRY(gov_growing_null(&column->texts, err));
        GOV_TRY(convert_column(column, err));
        columns[i].name = gov_copy_text(column->name, -1);
        if (columns[i].name == NULL)
            return gov_fail_memory(err);
        GOV_TRY(gov_growing_shell(&column->texts, &columns[i].column, err));
        gov_growing_move(&column->texts, columns[i].column);
    }
    return GOV_OK;
}

gov_status gov_properties_finish(gov_properties *p, gov_table **out, gov_error *err)
{
    gov_named_column *columns = gov_alloc_zero(p->count, sizeof(*columns));
    if (columns == NULL)
        return gov_fail_memory(err);
    gov_status status = make_columns(p, columns, err);
    if (status != GOV_OK) {
        gov_fields_free(columns, p->count);
        return status;
    }
    return gov_table_of(columns, p->count, p->rows, out, err);
}

void gov_properties_clear(gov_properties *p)
{
    for (int64_t i = 0; i < p->count; i++) {
        gov_free(p->columns[i].name);
        gov_growing_clear(&p->columns[i].texts);
    }
    gov_free(p->columns);
    *p = (gov_properties){.count = 0};
}
