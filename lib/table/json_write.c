/* json_write.c - a table as JSON (RFC 8259): an array of one object a row. */
#include "table/cell_format.h"

#include <math.h>
#include <string.h>

static gov_status refuse_not_finite(const gov_column_view *view, int64_t row, gov_error *err)
{
    double value = 0;
    if (view->type != GOV_TYPE_FLOAT32 && view->type != GOV_TYPE_FLOAT64)
        return GOV_OK;
    GOV_TRY(gov_column_doubles(view, row, 1, &value, NULL, err));
    if (isfinite(value))
        return GOV_OK;
    return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(row, view->name),
                       "JSON has no number for NaN and infinity");
}

static gov_status append_cell(const gov_column_view *view, int64_t row, gov_buffer *out, gov_error *err)
{
    if (!gov_view_present(view, row)) {
        gov_buffer_text(out, "null");
        return GOV_OK;
    }
    if (view->type == GOV_TYPE_UTF8) {
        int64_t size;
        const char *text = gov_view_text(view, row, &size);
        gov_buffer_json(out, text, size);
        return GOV_OK;
    }
    int in_quotes = view->type == GOV_TYPE_DATE || view->type == GOV_TYPE_TIMESTAMP;
    GOV_TRY(refuse_not_finite(view, row, err));
    if (in_quotes)
        gov_buffer_char(out, '"');
    GOV_TRY(gov_cell_format(view, row, out, err));
    if (in_quotes)
        gov_buffer_char(out, '"');
    return GOV_OK;
}

static gov_status append_row(const gov_table *table, const gov_column_view *views, int64_t row,
                             gov_buffer *out, gov_error *err)
{
    gov_buffer_char(out, '{');
    for (int64_t c = 0; c < table->count; c++) {
        if (c > 0)
            gov_buffer_char(out, ',');
        gov_buffer_json(out, views[c].name, (int64_t)strlen(views[c].name));
        gov_buffer_char(out, ':');
        GOV_TRY(append_cell(&views[c], row, out, err));
    }
    gov_buffer_char(out, '}');
    return out->broken ? gov_fail_memory(err) : GOV_OK;
}

gov_status gov_table_format_json(const gov_table *table, gov_text **out, gov_error *err)
{
    gov_column_view *views;
    gov_buffer buffer = GOV_BUFFER_INIT;
    if (table == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "table and out must be given");
    GOV_TRY(gov_table_views(table, &views, err));
    gov_status status = GOV_OK;
    gov_buffer_char(&buffer, '[');
    for (int64_t row = 0; row < table->rows && status == GOV_OK; row++) {
        gov_buffer_text(&buffer, row > 0 ? ",\n" : "\n");
        status = append_row(table, views, row, &buffer, err);
    }
    gov_buffer_text(&buffer, table->rows > 0 ? "\n]\n" : "]\n");
    gov_free(views);
    if (status != GOV_OK) {
        gov_buffer_clear(&buffer);
        return status;
    }
    return gov_buffer_finish(&buffer, out, err);
}
