/* csv_write.c - a table as CSV: what gov_table_parse_csv reads back as equal values. */
#include "base/file.h"
#include "table/cell_format.h"

#include <string.h>

/* An empty text is quoted, so that it is not read as missing. */
static void append_text(gov_buffer *out, const char *text, int64_t size)
{
    int plain = size > 0;
    for (int64_t i = 0; i < size && plain; i++)
        plain = text[i] != '"' && text[i] != ',' && text[i] != '\n' && text[i] != '\r';
    if (plain) {
        gov_buffer_bytes(out, text, size);
        return;
    }
    gov_buffer_char(out, '"');
    for (int64_t i = 0; i < size; i++) {
        if (text[i] == '"')
            gov_buffer_char(out, '"');
        gov_buffer_char(out, text[i]);
    }
    gov_buffer_char(out, '"');
}

/* A whole number in a column of floats ends in ".0", so that the column is read as floats again and 17 digits
 * are not taken for a code. */
static void mark_float(gov_buffer *out, int64_t start)
{
    for (int64_t i = start; i < out->size; i++) {
        if ((out->data[i] < '0' || out->data[i] > '9') && out->data[i] != '-')
            return;
    }
    gov_buffer_text(out, ".0");
}

static gov_status append_cell(const gov_column_view *view, int64_t row, gov_buffer *out, gov_error *err)
{
    if (!gov_view_present(view, row))
        return GOV_OK;
    if (view->type == GOV_TYPE_UTF8) {
        int64_t size;
        const char *text = gov_view_text(view, row, &size);
        append_text(out, text, size);
        return GOV_OK;
    }
    int64_t start = out->size;
    GOV_TRY(gov_cell_format(view, row, out, err));
    if (!out->broken && (view->type == GOV_TYPE_FLOAT64 || view->type == GOV_TYPE_FLOAT32))
        mark_float(out, start);
    return GOV_OK;
}

static gov_status append_rows(const gov_table *table, const gov_column_view *views, gov_buffer *out,
                              gov_error *err)
{
    for (int64_t c = 0; c < table->count; c++) {
        append_text(out, views[c].name, (int64_t)strlen(views[c].name));
        gov_buffer_char(out, c + 1 < table->count ? ',' : '\n');
    }
    for (int64_t row = 0; row < table->rows && table->count > 0; row++) {
        for (int64_t c = 0; c < table->count; c++) {
            GOV_TRY(append_cell(&views[c], row, out, err));
            gov_buffer_char(out, c + 1 < table->count ? ',' : '\n');
        }
        if (out->broken)
            return gov_fail_memory(err);
    }
    return GOV_OK;
}

gov_status gov_table_format_csv(const gov_table *table, gov_text **out, gov_error *err)
{
    gov_column_view *views;
    gov_buffer buffer = GOV_BUFFER_INIT;
    if (table == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "table and out must be given");
    GOV_TRY(gov_table_views(table, &views, err));
    gov_status status = append_rows(table, views, &buffer, err);
    gov_free(views);
    if (status != GOV_OK) {
        gov_buffer_clear(&buffer);
        return status;
    }
    return gov_buffer_finish(&buffer, out, err);
}

gov_status gov_table_write_csv(const gov_table *table, const char *path, gov_error *err)
{
    gov_text *text = NULL;
    if (path == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "path must be given");
    GOV_TRY(gov_table_format_csv(table, &text, err));
    gov_status status = gov_file_write(path, gov_text_data(text), gov_text_size(text), err);
    gov_text_free(text);
    return status;
}
