// table.i - tables: reading, building, CSV, JSON and the Arrow C stream.
%ignore gov_column_view;
%ignore gov_csv_options;
%ignore ArrowSchema;
%ignore ArrowArray;
%ignore ArrowArrayStream;
GOV_HANDLE(gov_table, NativeTable, gov_table_free)
GOV_HANDLE(gov_table_builder, NativeTableBuilder, gov_table_builder_free)
GOV_HEADER("govcore/table.h")

const char *gov_type_name(gov_type type);

%{
static size_t type_size(gov_type type)
{
    switch (type) {
    case GOV_TYPE_BOOL:
    case GOV_TYPE_INT8:
    case GOV_TYPE_UINT8:
        return 1;
    case GOV_TYPE_INT16:
    case GOV_TYPE_UINT16:
        return 2;
    case GOV_TYPE_INT32:
    case GOV_TYPE_UINT32:
    case GOV_TYPE_FLOAT32:
    case GOV_TYPE_DATE:
        return 4;
    case GOV_TYPE_INT64:
    case GOV_TYPE_UINT64:
    case GOV_TYPE_FLOAT64:
    case GOV_TYPE_TIMESTAMP:
        return 8;
    default:
        return 0;
    }
}

static int bit(const uint8_t *bits, int64_t i)
{
    return bits == NULL || (bits[i >> 3] >> (i & 7) & 1);
}

// The binding's own refusals, for what only a mistake in the facade can bring about.
static void refuse(gov_error *err, const char *message)
{
    err->code = GOV_E_ARGUMENT;
    snprintf(err->message, sizeof(err->message), "%s", message);
}

static gov_status view_rows(gov_table *table, int64_t column, int64_t first, int64_t count, gov_column_view *view,
                            gov_error *err)
{
    gov_status status = gov_table_view(table, column, view, err);
    if (status == GOV_OK && (first < 0 || count < 0 || first > view->length - count)) {
        refuse(err, "the rows asked for are not all in the table");
        status = err->code;
    }
    return status;
}
%}

%inline %{
static int64_t table_rows(gov_table *table)
{
    return gov_table_rows(table);
}

static int64_t table_columns(gov_table *table)
{
    return gov_table_columns(table);
}

static const char *table_name(gov_table *table, int64_t column)
{
    return gov_table_name(table, column);
}

static gov_type table_type(gov_table *table, int64_t column)
{
    return gov_table_type(table, column);
}

static int64_t table_find(gov_table *table, const char *name, gov_error *err)
{
    int64_t column = -1;
    gov_table_find(table, name, &column, err);
    return column;
}

static int64_t table_null_count(gov_table *table, int64_t column, gov_error *err)
{
    gov_column_view view = GOV_COLUMN_VIEW_INIT;
    gov_table_view(table, column, &view, err);
    return view.null_count;
}

// Of a timestamp: 's', 'm', 'u' or 'n' as a number, and the zone ("" for none).
static int table_unit(gov_table *table, int64_t column, gov_error *err)
{
    gov_column_view view = GOV_COLUMN_VIEW_INIT;
    gov_table_view(table, column, &view, err);
    return view.unit;
}

static const char *table_timezone(gov_table *table, int64_t column, gov_error *err)
{
    gov_column_view view = GOV_COLUMN_VIEW_INIT;
    gov_table_view(table, column, &view, err);
    return view.timezone != NULL ? view.timezone : "";
}

static gov_table *table_slice(gov_table *table, int64_t first, int64_t count, gov_error *err)
{
    gov_table *out = NULL;
    gov_table_slice(table, first, count, &out, err);
    return out;
}

static gov_table *table_select(gov_table *table, in_texts names, gov_error *err)
{
    gov_table *out = NULL;
    gov_table_select(table, names.data, names.n, &out, err);
    return out;
}

static void table_copy_doubles(gov_table *table, int64_t column, int64_t first, out_doubles values, out_bytes valid,
                               gov_error *err)
{
    gov_table_copy_doubles(table, column, first, values.n, values.data, valid.data, err);
}

static void table_copy_int64s(gov_table *table, int64_t column, int64_t first, out_int64s values, out_bytes valid,
                              gov_error *err)
{
    gov_table_copy_int64s(table, column, first, values.n, values.data, valid.data, err);
}

// One byte a row, 1 = present.
static void table_copy_valid(gov_table *table, int64_t column, int64_t first, out_bytes valid, gov_error *err)
{
    gov_column_view view = GOV_COLUMN_VIEW_INIT;
    if (view_rows(table, column, first, valid.n, &view, err) != GOV_OK)
        return;
    for (int64_t i = 0; i < valid.n; i++)
        valid.data[i] = view.type != GOV_TYPE_NULL && bit(view.validity, view.offset + first + i);
}

// The values of `count` rows in the column's own type, in the machine's byte order; booleans one byte each.
static void table_copy_raw(gov_table *table, int64_t column, int64_t first, int64_t count, out_bytes values,
                           gov_error *err)
{
    gov_column_view view = GOV_COLUMN_VIEW_INIT;
    if (view_rows(table, column, first, count, &view, err) != GOV_OK)
        return;
    size_t size = type_size(view.type);
    int64_t start = view.offset + first;
    if (values.n != count * (int64_t)size)
        refuse(err, "the array for the values has the wrong size");
    else if (view.type == GOV_TYPE_BOOL)
        for (int64_t i = 0; i < count; i++)
            values.data[i] = (uint8_t)bit((const uint8_t *)view.values, start + i);
    else if (values.n > 0)
        memcpy(values.data, (const uint8_t *)view.values + (size_t)start * size, (size_t)values.n);
}

// Bytes that the texts of `count` rows take.
static int64_t table_text_size(gov_table *table, int64_t column, int64_t first, int64_t count, gov_error *err)
{
    gov_column_view view = GOV_COLUMN_VIEW_INIT;
    if (view_rows(table, column, first, count, &view, err) != GOV_OK || view.offsets == NULL)
        return 0;
    return view.offsets[view.offset + first + count] - view.offsets[view.offset + first];
}

// The texts one after another, and where each begins (offsets.n is the number of rows plus one).
static void table_copy_texts(gov_table *table, int64_t column, int64_t first, out_bytes text, out_int64s offsets,
                             gov_error *err)
{
    gov_column_view view = GOV_COLUMN_VIEW_INIT;
    if (view_rows(table, column, first, offsets.n - 1, &view, err) != GOV_OK)
        return;
    if (view.type != GOV_TYPE_UTF8 || view.offsets == NULL) {
        memset(offsets.data, 0, (size_t)offsets.n * sizeof(int64_t));
        return;
    }
    const int64_t *from = view.offsets + view.offset + first;
    for (int64_t i = 0; i < offsets.n; i++)
        offsets.data[i] = from[i] - from[0];
    if (text.n > 0 && text.n == offsets.data[offsets.n - 1])
        memcpy(text.data, (const uint8_t *)view.values + from[0], (size_t)text.n);
}

static gov_table_builder *builder_new(gov_error *err)
{
    gov_table_builder *builder = NULL;
    gov_table_builder_new(&builder, err);
    return builder;
}

// `values` as in table_copy_raw; `valid` one byte a row or absent.
static void builder_raw(gov_table_builder *builder, const char *name, gov_type type, in_bytes values,
                        in_bytes valid, gov_error *err)
{
    size_t size = type_size(type);
    int64_t count = size > 0 ? values.n / (int64_t)size : 0;
    if (size == 0 || values.n % (int64_t)size != 0 || (valid.data != NULL && valid.n != count))
        refuse(err, "the arrays for a column do not fit its type or each other");
    else
        gov_table_builder_array(builder, name, type, values.data, valid.data, count, err);
}

static void builder_doubles(gov_table_builder *builder, const char *name, in_doubles values, in_bytes valid,
                            gov_error *err)
{
    if (valid.data != NULL && valid.n != values.n)
        refuse(err, "values and validity must be of one length");
    else
        gov_table_builder_array(builder, name, GOV_TYPE_FLOAT64, values.data, valid.data, values.n, err);
}

static void builder_int64s(gov_table_builder *builder, const char *name, in_int64s values, in_bytes valid,
                           gov_error *err)
{
    if (valid.data != NULL && valid.n != values.n)
        refuse(err, "values and validity must be of one length");
    else
        gov_table_builder_array(builder, name, GOV_TYPE_INT64, values.data, valid.data, values.n, err);
}

// A new column, the `column`-th, of the type, filled with values that the type allows (dates as days,
// timestamps as units).
static void builder_timed(gov_table_builder *builder, int64_t column, const char *name, gov_type type,
                          const char *unit_zone, in_int64s values, in_bytes valid, gov_error *err)
{
    gov_status status = gov_table_builder_add(builder, name, type, unit_zone, err);
    for (int64_t i = 0; status == GOV_OK && i < values.n; i++)
        status = valid.data == NULL || valid.data[i]
                     ? gov_table_builder_int64(builder, column, values.data[i], err)
                     : gov_table_builder_null(builder, column, err);
}

// Packed texts as in table_copy_texts.
static void builder_texts(gov_table_builder *builder, int64_t column, const char *name, in_bytes text,
                          in_int64s offsets, in_bytes valid, gov_error *err)
{
    gov_status status = gov_table_builder_add(builder, name, GOV_TYPE_UTF8, NULL, err);
    const char *data = text.data != NULL ? (const char *)text.data : "";
    for (int64_t i = 0; status == GOV_OK && i + 1 < offsets.n; i++)
        status = valid.data == NULL || valid.data[i]
                     ? gov_table_builder_text(builder, column, data + offsets.data[i],
                                              offsets.data[i + 1] - offsets.data[i], err)
                     : gov_table_builder_null(builder, column, err);
}

static void builder_nulls(gov_table_builder *builder, int64_t column, const char *name, int64_t count,
                          gov_error *err)
{
    gov_status status = gov_table_builder_add(builder, name, GOV_TYPE_NULL, NULL, err);
    for (int64_t i = 0; status == GOV_OK && i < count; i++)
        status = gov_table_builder_null(builder, column, err);
}

static gov_table *builder_finish(gov_table_builder *builder, gov_error *err)
{
    gov_table *out = NULL;
    gov_table_builder_finish(builder, &out, err);
    return out;
}

static gov_table *table_read_csv(const char *path, const char *encoding, int delimiter, const char *types,
                                 gov_run *run, gov_error *err)
{
    gov_csv_options options = GOV_CSV_OPTIONS_INIT;
    gov_table *out = NULL;
    options.encoding = encoding;
    options.delimiter = (char)delimiter;
    options.types = types;
    options.run = run;
    gov_table_read_csv(path, &options, &out, err);
    return out;
}

static gov_table *table_parse_csv(in_bytes text, const char *name, const char *encoding, int delimiter,
                                  const char *types, gov_error *err)
{
    gov_csv_options options = GOV_CSV_OPTIONS_INIT;
    gov_table *out = NULL;
    options.encoding = encoding;
    options.delimiter = (char)delimiter;
    options.types = types;
    gov_table_parse_csv(text.data != NULL ? (const char *)text.data : "", text.n, name, &options, &out, err);
    return out;
}

static void table_write_csv(gov_table *table, const char *path, gov_error *err)
{
    gov_table_write_csv(table, path, err);
}

static gov_text *table_format_csv(gov_table *table, gov_error *err)
{
    gov_text *out = NULL;
    gov_table_format_csv(table, &out, err);
    return out;
}

static gov_text *table_format_json(gov_table *table, gov_error *err)
{
    gov_text *out = NULL;
    gov_table_format_json(table, &out, err);
    return out;
}

// Moves the stream, whatever the outcome.
static gov_table *table_import_arrow(struct ArrowArrayStream *stream, gov_run *run, gov_error *err)
{
    gov_table *out = NULL;
    gov_table_import_arrow(stream, run, &out, err);
    return out;
}

// Fills a stream that the consumer releases.
static void table_export_arrow(gov_table *table, int64_t batch_rows, struct ArrowArrayStream *stream,
                               gov_error *err)
{
    gov_table_export_arrow(table, batch_rows, stream, err);
}
%}
