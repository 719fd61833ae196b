/* source_csv.c - importing a CSV file in batches, so that memory does not grow with the file.
 *
 * A batch ends before a record that cannot be read; that record is told to the importer when the next batch is asked
 * for, so that the report is in the order of the file. */
#include "store/import.h"
#include "table/csv_reader.h"

#include <stdio.h>
#include <string.h>

#define BATCH_ROWS 4096

typedef struct csv_source {
    gov_source base;
    const char *path;
    const gov_csv_options *options;
    gov_csv_reader *reader;
    gov_table_builder *builder;
    gov_table *header, *batch;
    int64_t lines[BATCH_ROWS];
    int64_t rows;
    gov_cell_fault fault; /* to be told; code GOV_OK: none */
    int64_t fault_line;
} csv_source;

static int64_t line_of(const gov_source *source, int64_t row_of_batch)
{
    return ((const csv_source *)source)->lines[row_of_batch];
}

static void note_fault(csv_source *s, gov_status code, int64_t line)
{
    s->fault.code = code;
    s->fault.zh = s->fault.sentence[0];
    s->fault.en = s->fault.sentence[1];
    s->fault.expected[0] = '\0';
    s->fault_line = line;
}

static void note_unreadable(csv_source *s, gov_status code, const gov_error *why)
{
    note_fault(s, code, why->line);
    const gov_csv_fault *fault = gov_csv_last_fault(s->reader);
    snprintf(s->fault.sentence[0], sizeof(s->fault.sentence[0]), "%.120s（第 %lld 个字符）",
             fault != NULL ? fault->zh : gov_status_text(code, "zh"), (long long)why->column);
    snprintf(s->fault.sentence[1], sizeof(s->fault.sentence[1]), "%.120s (character %lld)",
             fault != NULL ? fault->en : gov_status_text(code, "en"), (long long)why->column);
}

static void note_width(csv_source *s, int64_t line, int64_t fields, int64_t columns)
{
    note_fault(s, GOV_E_FORMAT, line);
    snprintf(s->fault.sentence[0], sizeof(s->fault.sentence[0]),
             "列数与表头不同（本行 %lld 列，表头 %lld 列）", (long long)fields, (long long)columns);
    snprintf(s->fault.sentence[1], sizeof(s->fault.sentence[1]),
             "not as many fields as the header (the row has %lld, the header %lld)", (long long)fields,
             (long long)columns);
}

static gov_status add_columns(csv_source *s, gov_error *err)
{
    for (int64_t i = 0; i < gov_table_columns(s->header); i++)
        GOV_TRY(gov_table_builder_add(s->builder, gov_table_name(s->header, i), GOV_TYPE_UTF8, NULL, err));
    return GOV_OK;
}

static gov_status add_record(csv_source *s, const gov_csv_field *fields, int64_t count, gov_error *err)
{
    for (int64_t i = 0; i < count; i++) {
        if (fields[i].size == 0 && !fields[i].quoted)
            GOV_TRY(gov_table_builder_null(s->builder, i, err));
        else
            GOV_TRY(gov_table_builder_text(s->builder, i, fields[i].text, fields[i].size, err));
    }
    s->lines[s->rows++] = fields[0].line;
    return GOV_OK;
}

static int can_go_on(gov_status status)
{
    return status == GOV_E_FORMAT || status == GOV_E_ENCODING || status == GOV_E_LIMIT;
}

/* One record further: *more is 0 at the end of the batch. */
static gov_status read_record(csv_source *s, int *more, gov_error *err)
{
    const gov_csv_field *fields = NULL;
    int64_t count = 0, columns = gov_table_columns(s->header);
    gov_error why = GOV_ERROR_INIT;
    gov_status status = gov_csv_next(s->reader, &fields, &count, &why);
    if (can_go_on(status))
        note_unreadable(s, status, &why);
    else if (status != GOV_OK)
        return gov_csv_next(s->reader, &fields, &count, err);
    else if (count == 1 && columns > 1 && fields[0].size == 0)
        return GOV_OK;
    else if (count > 0 && count != columns)
        note_width(s, fields[0].line, count, columns);
    *more = s->fault.code == GOV_OK && count > 0;
    return *more ? add_record(s, fields, count, err) : GOV_OK;
}

static gov_status read_batch(csv_source *s, gov_error *err)
{
    int more = 1;
    s->rows = 0;
    GOV_TRY(add_columns(s, err));
    while (more && s->rows < BATCH_ROWS)
        GOV_TRY(read_record(s, &more, err));
    gov_table_free(s->batch);
    s->batch = NULL;
    return gov_table_builder_finish(s->builder, &s->batch, err);
}

/* An empty batch is the end of the file, unless a record that cannot be read stands there. */
static gov_status next(gov_source *source, const gov_table **batch, gov_error *err)
{
    csv_source *s = (csv_source *)source;
    do {
        if (s->fault.code != GOV_OK)
            GOV_TRY(source->unreadable(source->importer, s->fault_line, &s->fault, err));
        s->fault.code = GOV_OK;
        GOV_TRY(read_batch(s, err));
    } while (s->rows == 0 && s->fault.code != GOV_OK);
    *batch = s->batch;
    return GOV_OK;
}

static gov_status read_header(csv_source *s, gov_error *err)
{
    const gov_csv_field *fields = NULL;
    int64_t count = 0;
    GOV_TRY(gov_csv_next(s->reader, &fields, &count, err));
    gov_place place = {.file = s->path, .name_size = -1, .row = -1, .line = 1};
    if (count == 0)
        return gov_fail_at(err, GOV_E_FORMAT, &place, "the file has no header");
    if (s->header != NULL)
        return GOV_OK;
    for (int64_t i = 0; i < count; i++) {
        char name[128] = "";
        memcpy(name, fields[i].text, (size_t)(fields[i].size < 127 ? fields[i].size : 127));
        place.column = fields[i].column;
        place.name = name;
        gov_status status = gov_table_builder_add(s->builder, name, GOV_TYPE_UTF8, NULL, err);
        if (status == GOV_E_DUPLICATE)
            return gov_fail_at(err, status, &place, "the header names two columns alike");
        GOV_TRY(status);
    }
    return gov_table_builder_finish(s->builder, &s->header, err);
}

static gov_status open_file(csv_source *s, gov_error *err)
{
    GOV_TRY(gov_csv_open(s->path, s->options, &s->reader, err));
    GOV_TRY(read_header(s, err));
    s->base.header = s->header;
    return GOV_OK;
}

static gov_status rewind_file(gov_source *source, gov_error *err)
{
    csv_source *s = (csv_source *)source;
    gov_csv_close(s->reader);
    s->reader = NULL;
    s->fault.code = GOV_OK;
    return open_file(s, err);
}

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

gov_status gov_store_import_csv(gov_store *store, const char *kind, const char *path,
                                const gov_import_options *options, gov_import_result *result,
                                gov_table **report, gov_error *err)
{
    gov_import_options o;
    if (path == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "path must be given");
    GOV_TRY(gov_import_check(store, options, &o, result, err));
    gov_csv_options csv = GOV_CSV_OPTIONS_INIT;
    csv.encoding = o.encoding;
    csv.delimiter = o.delimiter;
    csv_source *s = gov_alloc_zero(1, sizeof(*s));
    if (s == NULL)
        return gov_fail_memory(err);
    s->base = (gov_source){.name = file_name(path),
                           .header_line = 1,
                           .next = next,
                           .rewind = rewind_file,
                           .line = line_of,
                           .total = -1};
    s->path = path;
    s->options = &csv;
    gov_status status = gov_table_builder_new(&s->builder, err);
    if (status == GOV_OK)
        status = open_file(s, err);
    if (status == GOV_OK)
        status = gov_import_run(store, kind, &s->base, &o, result, report, err);
    status = gov_store_name_file(status, path, err);
    gov_csv_close(s->reader);
    gov_table_builder_free(s->builder);
    gov_table_free(s->header);
    gov_table_free(s->batch);
    gov_free(s);
    return status;
}
