/* csv_read.c - a CSV file becomes a table.
 *
 * The narrowest type of a column is known only at its end, so a column without a stated type is first kept as
 * text, with the kinds that all of its values share, and converted at the end, one column at a time. Guessing
 * from the first rows would be cheaper, and wrong for the rows behind. */
#include "table/csv_cell.h"

#include "base/run.h"
#include "base/struct.h"

#include <string.h>

enum { ROWS_PER_POLL = 4096 };

typedef struct csv_column {
    char *name;
    int stated;     /* the caller gave its type */
    int any;        /* a value is present */
    unsigned kinds; /* that all values so far have */
    gov_growing data;
} csv_column;

typedef struct csv_table {
    gov_csv_reader *reader;
    csv_column *columns;
    int64_t count;
    int64_t rows;
} csv_table;

static gov_place place_of(const csv_table *t, const gov_csv_field *field, const char *name)
{
    gov_place place = GOV_NOWHERE;
    place.file = gov_csv_name(t->reader);
    place.name = name;
    place.line = field->line;
    place.column = field->column;
    return place;
}

static gov_status check_name(const csv_table *t, const gov_csv_field *field, gov_error *err)
{
    gov_place place = place_of(t, field, NULL);
    if (field->size == 0)
        return gov_fail_at(err, GOV_E_FORMAT, &place, "column %lld of the header has no name",
                           (long long)t->count + 1);
    for (int64_t i = 0; i < t->count; i++) {
        place.name = t->columns[i].name;
        if ((int64_t)strlen(place.name) == field->size &&
            memcmp(place.name, field->text, (size_t)field->size) == 0)
            return gov_fail_at(err, GOV_E_DUPLICATE, &place, "two columns have this name");
    }
    return GOV_OK;
}

static gov_status read_header(csv_table *t, gov_error *err)
{
    const gov_csv_field *fields = NULL;
    int64_t count = 0;
    GOV_TRY(gov_csv_next(t->reader, &fields, &count, err));
    if (count == 0) {
        gov_place place = GOV_NOWHERE;
        place.file = gov_csv_name(t->reader);
        return gov_fail_at(err, GOV_E_FORMAT, &place, "the file is empty, it has no header");
    }
    t->columns = gov_alloc_zero(count, sizeof(*t->columns));
    if (t->columns == NULL)
        return gov_fail_memory(err);
    for (; t->count < count; t->count++) {
        GOV_TRY(check_name(t, &fields[t->count], err));
        csv_column *column = &t->columns[t->count];
        column->name = gov_copy_text(fields[t->count].text, fields[t->count].size);
        if (column->name == NULL)
            return gov_fail_memory(err);
        column->kinds = GOV_CSV_ANY;
        gov_status status = gov_growing_init(&column->data, GOV_TYPE_UTF8, NULL, err);
        if (status != GOV_OK) {
            gov_free(column->name);
            return status;
        }
    }
    return GOV_OK;
}

static csv_column *find_column(const csv_table *t, const char *name, int64_t size)
{
    for (int64_t i = 0; i < t->count; i++) {
        if ((int64_t)strlen(t->columns[i].name) == size &&
            memcmp(t->columns[i].name, name, (size_t)size) == 0)
            return &t->columns[i];
    }
    return NULL;
}

static int type_named(const char *name, int64_t size, gov_type *type)
{
    for (int i = GOV_TYPE_NULL; i <= GOV_TYPE_TIMESTAMP; i++) {
        const char *known = gov_type_name((gov_type)i);
        if ((int64_t)strlen(known) == size && memcmp(known, name, (size_t)size) == 0) {
            *type = (gov_type)i;
            return 1;
        }
    }
    return 0;
}

/* One "name:type"; the name may hold colons, the type does not. */
static gov_status state_type(csv_table *t, const char *item, int64_t size, gov_error *err)
{
    int64_t colon = size - 1;
    while (colon >= 0 && item[colon] != ':')
        colon--;
    gov_place place = GOV_NOWHERE;
    place.name = item;
    place.name_size = colon < 0 ? size : colon;
    gov_type type = GOV_TYPE_NULL;
    if (colon < 0 || !type_named(item + colon + 1, size - colon - 1, &type))
        return gov_fail_at(
            err, GOV_E_ARGUMENT, &place,
            "expected types as \"code:utf8,cases:int64,day:date\" with the names of gov_type_name");
    csv_column *column = find_column(t, item, colon);
    place.file = gov_csv_name(t->reader);
    if (column == NULL)
        return gov_fail_at(err, GOV_E_UNKNOWN_NAME, &place,
                           "a type is stated for this column, but the file does not have it");
    gov_growing_clear(&column->data);
    column->stated = 1;
    return gov_growing_init(&column->data, type, NULL, err);
}

static gov_status state_types(csv_table *t, const char *types, gov_error *err)
{
    while (types != NULL && *types != '\0') {
        size_t size = strcspn(types, ",");
        GOV_TRY(state_type(t, types, (int64_t)size, err));
        types += size + (types[size] == ',');
    }
    return GOV_OK;
}

static gov_status take_cell(csv_table *t, csv_column *column, const gov_csv_field *field, gov_error *err)
{
    if (!column->stated && (field->size > 0 || field->quoted)) {
        column->any = 1;
        column->kinds = column->kinds == 0 ? 0 : column->kinds & gov_csv_kinds(field->text, field->size);
    }
    gov_place place = place_of(t, field, column->name);
    place.row = t->rows;
    return gov_csv_cell(&column->data, field, &place, err);
}

static gov_status take_row(csv_table *t, const gov_csv_field *fields, int64_t count, gov_error *err)
{
    if (count == 1 && t->count > 1 && fields[0].size == 0 && !fields[0].quoted)
        return GOV_OK; /* an empty line */
    if (count != t->count) {
        gov_place place = place_of(t, &fields[count > t->count ? t->count : count - 1], NULL);
        place.row = t->rows;
        return gov_fail_at(err, GOV_E_FORMAT, &place, "the row has %lld fields, the header has %lld",
                           (long long)count, (long long)t->count);
    }
    for (int64_t i = 0; i < count; i++)
        GOV_TRY(take_cell(t, &t->columns[i], &fields[i], err));
    t->rows++;
    return GOV_OK;
}

static gov_status read_rows(csv_table *t, gov_run *run, gov_error *err)
{
    for (int64_t records = 0;; records++) {
        const gov_csv_field *fields = NULL;
        int64_t count = 0;
        if (records % ROWS_PER_POLL == 0) {
            int64_t done;
            int64_t total;
            gov_csv_progress(t->reader, &done, &total);
            GOV_TRY(gov_run_poll(run, done, total, err));
        }
        GOV_TRY(gov_csv_next(t->reader, &fields, &count, err));
        if (count == 0)
            return GOV_OK;
        GOV_TRY(take_row(t, fields, count, err));
    }
}

static gov_status convert_values(const gov_growing *texts, gov_growing *to, gov_error *err)
{
    gov_place nowhere = GOV_NOWHERE;
    for (int64_t i = 0; i < texts->length; i++) {
        int64_t size = texts->offsets[i + 1] - texts->offsets[i];
        gov_csv_field field = {.size =
                                   size}; /* a text that has a kind is never empty: an empty one is missing */
        field.text = size == 0 ? "" : (const char *)texts->values + texts->offsets[i];
        GOV_TRY(gov_csv_cell(to, &field, &nowhere, err));
    }
    return GOV_OK;
}

static gov_status convert_column(csv_column *column, gov_error *err)
{
    gov_type type = column->any ? gov_csv_narrowest(column->kinds) : GOV_TYPE_NULL;
    if (column->stated || type == GOV_TYPE_UTF8)
        return GOV_OK;
    gov_growing converted;
    GOV_TRY(gov_growing_init(&converted, type, NULL, err));
    gov_status status = convert_values(&column->data, &converted, err);
    if (status != GOV_OK) {
        gov_growing_clear(&converted);
        return status;
    }
    gov_growing_clear(&column->data);
    column->data = converted;
    return GOV_OK;
}

static gov_status make_fields(csv_table *t, gov_named_column *fields, gov_error *err)
{
    for (int64_t i = 0; i < t->count; i++) {
        GOV_TRY(convert_column(&t->columns[i], err));
        GOV_TRY(gov_growing_shell(&t->columns[i].data, &fields[i].column, err));
        gov_growing_move(&t->columns[i].data, fields[i].column);
        fields[i].name = t->columns[i].name;
        t->columns[i].name = NULL;
    }
    return GOV_OK;
}

static gov_status make_table(csv_table *t, gov_table **out, gov_error *err)
{
    gov_named_column *fields = gov_alloc_zero(t->count, sizeof(*fields));
    if (fields == NULL)
        return gov_fail_memory(err);
    gov_status status = make_fields(t, fields, err);
    if (status != GOV_OK) {
        gov_fields_free(fields, t->count);
        return status;
    }
    return gov_table_of(fields, t->count, t->rows, out, err);
}

/* Reads all of `reader` and closes it. */
static gov_status read_table(gov_csv_reader *reader, const gov_csv_options *options, gov_table **out,
                             gov_error *err)
{
    gov_csv_options o;
    csv_table t = {.reader = reader};
    gov_table *table = NULL;
    gov_status status = gov_struct_read(&o, sizeof(o), options, err);
    if (status == GOV_OK)
        status = read_header(&t, err);
    if (status == GOV_OK)
        status = state_types(&t, o.types, err);
    if (status == GOV_OK)
        status = read_rows(&t, o.run, err);
    if (status == GOV_OK)
        status = make_table(&t, &table, err);
    for (int64_t i = 0; i < t.count; i++) {
        gov_free(t.columns[i].name);
        gov_growing_clear(&t.columns[i].data);
    }
    gov_free(t.columns);
    gov_csv_close(reader);
    if (status == GOV_OK)
        *out = table;
    return status;
}

gov_status gov_table_read_csv(const char *path, const gov_csv_options *options, gov_table **out,
                              gov_error *err)
{
    gov_csv_reader *reader = NULL;
    if (path == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "path and out must be given");
    GOV_TRY(gov_csv_open(path, options, &reader, err));
    return read_table(reader, options, out, err);
}

gov_status gov_table_parse_csv(const char *text, int64_t size, const char *name,
                               const gov_csv_options *options, gov_table **out, gov_error *err)
{
    gov_csv_reader *reader = NULL;
    if (text == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "text and out must be given");
    GOV_TRY(gov_csv_open_text(text, size < 0 ? (int64_t)strlen(text) : size, name, options, &reader, err));
    return read_table(reader, options, out, err);
}
