/* of_table.c - a layer from a column of texts, each WKT or a GeoJSON geometry. */
#include "base/json.h"
#include "geo/layer.h"
#include "table/column.h"

static gov_status add_text(const char *text, int64_t size, gov_layer_builder *b, gov_error *err)
{
    gov_json j = gov_json_of(text, size, NULL);
    if (gov_json_kind(&j) != '{')
        return gov_wkt_area(text, size, b, err);
    GOV_TRY(gov_geojson_area(&j, b, err));
    return gov_json_end(&j, err);
}

static gov_status add_row(const gov_column_view *view, int64_t row, gov_layer_builder *b, gov_error *err)
{
    gov_error why = GOV_ERROR_INIT;
    int64_t size;
    const char *text = gov_view_text(view, row, &size);
    if (text == NULL)
        return gov_layer_begin_area(b, err);
    gov_status status = add_text(text, size, b, &why);
    if (status == GOV_OK)
        return GOV_OK;
    gov_place place = {
        .name = view->name, .name_size = -1, .row = row, .line = why.line, .column = why.column};
    return gov_fail_at(err, status, &place, "%s", why.message);
}

gov_status gov_layer_of_table(const gov_table *table, int64_t column, gov_layer **out, gov_error *err)
{
    gov_column_view view = GOV_COLUMN_VIEW_INIT;
    gov_layer_builder b = {.areas = 0};
    if (out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "out must be given");
    GOV_TRY(gov_table_view(table, column, &view, err));
    if (view.type != GOV_TYPE_UTF8 && view.type != GOV_TYPE_NULL)
        return gov_fail_at(err, GOV_E_TYPE, GOV_AT_NAME(view.name), "the column is of type %s, expected utf8",
                           gov_type_name(view.type));
    for (int64_t row = 0; row < view.length; row++) {
        gov_status status = add_row(&view, row, &b, err);
        if (status != GOV_OK) {
            gov_layer_builder_clear(&b);
            return status;
        }
    }
    return gov_layer_finish(&b, out, err);
}
