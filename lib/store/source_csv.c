/* source_csv.c - importing a CSV file: one row a record. */
#include "store/batches.h"
#include "table/csv_reader.h"

#include <stdio.h>
#include <string.h>

typedef struct csv_source {
    gov_batches base;
    const gov_csv_options *options;
    gov_csv_reader *reader;
} csv_source;

static void refuse_unreadable(csv_source *s, gov_status code, const gov_error *why)
{
    const gov_csv_fault *fault = gov_csv_last_fault(s->reader);
    gov_batches_refuse_for(&s->base, code, why, fault != NULL ? fault->zh : gov_status_text(code, "zh"),
                           fault != NULL ? fault->en : gov_status_text(code, "en"));
}

static void refuse_width(gov_batches *b, int64_t line, int64_t fields, int64_t columns)
{
    gov_batches_refuse(b, GOV_E_FORMAT, line);
    snprintf(b->fault.sentence[0], sizeof(b->fault.sentence[0]),
             "列数与表头不同（本行 %lld 列，表头 %lld 列）", (long long)fields, (long long)columns);
    snprintf(b->fault.sentence[1], sizeof(b->fault.sentence[1]),
             "not as many fields as the header (the row has %lld, the header %lld)", (long long)fields,
             (long long)columns);
}

static gov_status add_record(gov_batches *b, const gov_csv_field *fields, int64_t count, gov_error *err)
{
    for (int64_t i = 0; i < count; i++) {
        if (fields[i].size == 0 && !fields[i].quoted)
            GOV_TRY(gov_table_builder_null(b->builder, i, err));
        else
            GOV_TRY(gov_table_builder_text(b->builder, i, fields[i].text, fields[i].size, err));
    }
    gov_batches_row(b, fields[0].line);
    return GOV_OK;
}

/* An empty line is passed over, unless the file has one column. */
static gov_status read_record(gov_batches *b, int *more, gov_error *err)
{
    csv_source *s = (csv_source *)b;
    const gov_csv_field *fields = NULL;
    int64_t count = 0, columns = gov_table_columns(b->header);
    gov_error why = GOV_ERROR_INIT;
    gov_status status = gov_csv_next(s->reader, &fields, &count, &why);
    *more = 1;
    if (gov_batches_can_go_on(status))
        refuse_unreadable(s, status, &why);
    else if (status != GOV_OK)
        return gov_csv_next(s->reader, &fields, &count, err);
    else if (count == 0)
        *more = 0;
    else if (count == columns)
        return add_record(b, fields, count, err);
    else if (count != 1 || fields[0].size > 0)
        refuse_width(b, fields[0].line, count, columns);
    return GOV_OK;
}

static gov_status read_header(csv_source *s, gov_error *err)
{
    gov_batches *b = &s->base;
    const gov_csv_field *fields = NULL;
    int64_t count = 0;
    GOV_TRY(gov_csv_next(s->reader, &fields, &count, err));
    gov_place place = {.file = b->path, .name_size = -1, .row = -1, .line = 1};
    if (count == 0)
        return gov_fail_at(err, GOV_E_FORMAT, &place, "the file has no header");
    if (b->header != NULL)
        return GOV_OK;
    for (int64_t i = 0; i < count; i++) {
        char name[128] = "";
        memcpy(name, fields[i].text, (size_t)(fields[i].size < 127 ? fields[i].size : 127));
        place.column = fields[i].column;
        place.name = name;
        gov_status status = gov_table_builder_add(b->builder, name, GOV_TYPE_UTF8, NULL, err);
        if (status == GOV_E_DUPLICATE)
            return gov_fail_at(err, status, &place, "the header names two columns alike");
        GOV_TRY(status);
    }
    return gov_table_builder_finish(b->builder, &b->header, err);
}

static gov_status open_file(csv_source *s, gov_error *err)
{
    GOV_TRY(gov_csv_open(s->base.path, s->options, &s->reader, err));
    GOV_TRY(read_header(s, err));
    s->base.base.header = s->base.header;
    s->base.base.header_line = 1;
    return GOV_OK;
}

static gov_status rewind_file(gov_source *source, gov_error *err)
{
    csv_source *s = (csv_source *)source;
    gov_csv_close(s->reader);
    s->reader = NULL;
    s->base.fault.code = GOV_OK;
    return open_file(s, err);
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
    s->options = &csv;
    gov_status status = gov_batches_init(&s->base, path, read_record, rewind_file, err);
    if (status == GOV_OK)
        status = open_file(s, err);
    if (status == GOV_OK)
        status = gov_import_run(store, kind, &s->base.base, &o, result, report, err);
    status = gov_store_name_file(status, path, err);
    gov_csv_close(s->reader);
    gov_batches_clear(&s->base);
    gov_free(s);
    return status;
}
