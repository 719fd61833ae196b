/* Layers from WKT and GeoJSON: what is read, what comes back, and every fault with its place. */
#include "gov_check.h"
#include "table_check.h"
#include "govcore/geo.h"

#include <stdio.h>
#include <string.h>

static gov_error err = GOV_ERROR_INIT;

static gov_status layer_of(const char *const *texts, int64_t count, gov_layer **out)
{
    gov_table_builder *b = NULL;
    gov_table *t = NULL;
    gov_status status = gov_table_builder_new(&b, &err);
    if (status == GOV_OK)
        status = gov_table_builder_texts(b, "shape", texts, count, &err);
    if (status == GOV_OK)
        status = gov_table_builder_finish(b, &t, &err);
    if (status == GOV_OK)
        status = gov_layer_of_table(t, 0, out, &err);
    gov_table_builder_free(b);
    gov_table_free(t);
    return status;
}

static void check_wkt(const gov_layer *layer, int64_t area, const char *expected)
{
    gov_text *text = NULL;
    ck_ok(gov_layer_wkt(layer, area, &text, &err));
    ck_assert_str_eq(gov_text_data(text), expected);
    gov_text_free(text);
}

static const char square[] = "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0))";
static const char holed[] = "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 2 1, 2 2, 1 1))";
static const char two[] =
    "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 6.5 5, 6 6, 5 5), (5.5 5.2, 6 5.2, 6 5.5, 5.5 5.2)))";

START_TEST(wkt_reads_and_writes)
{
    static const char *const texts[] = {
        square,
        holed,
        two,
        NULL,
        "polygon empty",
        "MULTIPOLYGON EMPTY",
        " SRID=4490;Polygon Z((0 0 7,1 0 7,1 1 7,0 0 7))\n",
        "MULTIPOLYGON(EMPTY,((0 0,1 0,1 1,0 0)))",
        "{\"coordinates\":[[[0,0],[1,0],[1,1,9],[0,0]]],\"type\":\"Polygon\"}"};
    gov_layer *layer = NULL;
    ck_ok(layer_of(texts, 9, &layer));
    ck_assert_int_eq(gov_layer_count(layer), 9);
    check_wkt(layer, 0, square);
    check_wkt(layer, 1, holed);
    check_wkt(layer, 2, two);
    for (int i = 3; i < 6; i++)
        check_wkt(layer, i, "POLYGON EMPTY");
    for (int i = 6; i < 9; i++)
        check_wkt(layer, i, "POLYGON ((0 0, 1 0, 1 1, 0 0))");
    double box[4] = {9, 9, 9, 9};
    ck_ok(gov_layer_bounds(layer, 2, box, &err));
    ck_assert(box[0] == 0.0 && box[1] == 0.0 && box[2] == 6.5 && box[3] == 6.0);
    ck_fails(gov_layer_bounds(layer, 3, box, &err), GOV_E_NO_DATA);
    ck_fails(gov_layer_bounds(layer, 9, box, &err), GOV_E_RANGE);
    gov_layer *same = gov_layer_retain(layer);
    gov_layer_free(layer);
    check_wkt(same, 0, square);
    gov_layer_free(same);
    gov_layer_free(NULL);
    ck_assert_int_eq(gov_alloc_live(), 0);
}
END_TEST

static void bad_wkt(const char *text, gov_status code, int64_t column)
{
    const char *const texts[] = {square, text};
    gov_layer *layer = NULL;
    ck_fails(layer_of(texts, 2, &layer), code);
    ck_assert_ptr_null(layer);
    ck_assert_int_eq(err.row, 1);
    ck_assert_str_eq(err.name, "shape");
    ck_assert_int_eq(err.column, column);
    ck_assert_int_eq(gov_alloc_live(), 0);
}

START_TEST(faults_of_wkt_are_named_with_row_and_column)
{
    bad_wkt("", GOV_E_FORMAT, 1);
    bad_wkt("POINT (1 2)", GOV_E_UNSUPPORTED, 1);
    bad_wkt("POLYGONE ((0 0, 1 0, 1 1, 0 0))", GOV_E_UNSUPPORTED, 1);
    bad_wkt("POLYGON ((0 0, 1 0, 0 0))", GOV_E_FORMAT, 10);
    bad_wkt("POLYGON ((0 0, 1 0, 1 1, 0 1))", GOV_E_FORMAT, 10);
    bad_wkt("POLYGON ((0 0, 1 x, 1 1, 0 0))", GOV_E_FORMAT, 18);
    bad_wkt("POLYGON ((0 0, 1 nan, 1 1, 0 0))", GOV_E_FORMAT, 18);
    bad_wkt("POLYGON ((0 0, 1 1e999, 1 1, 0 0))", GOV_E_FORMAT, 18);
    bad_wkt("POLYGON ((0 0, 1 0, 1 1, 0 0)", GOV_E_FORMAT, 30);
    bad_wkt("POLYGON ((0 0, 1 0, 1 1, 0 0)) x", GOV_E_FORMAT, 32);
    bad_wkt("POLYGON 0 0", GOV_E_FORMAT, 9);
    bad_wkt("{\"type\":\"Polygon\"}", GOV_E_FORMAT, 1);
    bad_wkt("{\"type\":\"Point\",\"coordinates\":[1,2]}", GOV_E_UNSUPPORTED, 1);
    bad_wkt("{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1]]]}", GOV_E_FORMAT, 53);
    bad_wkt("{\"type\":\"Polygon\",\"coordinates\":[[[0],[1,0],[1,1],[0,0]]]}", GOV_E_FORMAT, 38);
}
END_TEST

static const char collection[] =
    "{\"type\": \"FeatureCollection\", \"name\": \"x\", \"features\": [\n"
    "  {\"properties\": {\"code\": \"007\", \"people\": 12, \"share\": 1, \"open\": true, \"tags\": [1, "
    "{\"a\": 2}]},\n"
    "   \"geometry\": {\"type\": \"Polygon\", \"coordinates\": [[[0, 0], [2, 0], [2, 2], [0, 0]]]},\n"
    "   \"type\": \"Feature\", \"id\": 5},\n"
    "  {\"type\": \"Feature\", \"geometry\": null, \"properties\": null},\n"
    "  {\"type\": \"Feature\", \"properties\": {\"share\": 0.5, \"people\": null, \"name\": \"徐\\u6c47\"},\n"
    "   \"geometry\": {\"coordinates\": [[[[0, 0], [1, 0], [1, 1], [0, 0]]], [[[3, 3], [4, 3], [4, 4], [3, "
    "3]]]],\n"
    "                \"type\": \"MultiPolygon\"}}\n"
    "]}\n";

static gov_status read_collection(gov_layer **layer, gov_table **properties)
{
    return gov_layer_parse_geojson(collection, -1, "g.json", layer, properties, &err);
}

START_TEST(features_become_areas_and_a_table)
{
    static const struct {
        const char *name;
        gov_type type;
    } columns[] = {{"id", GOV_TYPE_INT64},      {"code", GOV_TYPE_UTF8}, {"people", GOV_TYPE_INT64},
                   {"share", GOV_TYPE_FLOAT64}, {"open", GOV_TYPE_BOOL}, {"tags", GOV_TYPE_UTF8},
                   {"name", GOV_TYPE_UTF8}};
    gov_layer *layer = NULL;
    gov_table *t = NULL;
    ck_ok(read_collection(&layer, &t));
    check_wkt(layer, 0, "POLYGON ((0 0, 2 0, 2 2, 0 0))");
    check_wkt(layer, 1, "POLYGON EMPTY");
    check_wkt(layer, 2, "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((3 3, 4 3, 4 4, 3 3)))");
    ck_assert_int_eq(gov_table_rows(t), 3);
    ck_assert_int_eq(gov_table_columns(t), 7);
    for (int i = 0; i < 7; i++) {
        ck_assert_str_eq(gov_table_name(t, i), columns[i].name);
        ck_assert_int_eq(gov_table_type(t, i), columns[i].type);
    }
    ck_text_in(t, 0, "code", "007");
    ck_text_in(t, 1, "code", NULL);
    ck_text_in(t, 0, "tags", "[1, {\"a\": 2}]");
    ck_text_in(t, 2, "name", "徐汇");
    double share[3];
    uint8_t valid[3];
    ck_ok(gov_table_copy_doubles(t, 3, 0, 3, share, valid, &err));
    ck_assert(share[0] == 1.0 && share[2] == 0.5 && !valid[1]);
    gov_table_free(t);
    gov_layer_free(layer);
    layer = NULL;
    t = NULL;
    ck_every_allocation(read_collection(&layer, &t), ck_assert(layer == NULL && t == NULL),
                        (gov_layer_free(layer), gov_table_free(t), layer = NULL, t = NULL));
}
END_TEST

START_TEST(a_lone_feature_or_geometry_is_a_layer_of_one)
{
    gov_layer *layer = NULL;
    gov_table *t = NULL;
    ck_ok(gov_layer_parse_geojson(
        "\xEF\xBB\xBF{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,0]]]}", -1, NULL, &layer,
        &t, &err));
    ck_assert_int_eq(gov_table_columns(t), 0);
    ck_assert_int_eq(gov_table_rows(t), 1);
    check_wkt(layer, 0, "POLYGON ((0 0, 1 0, 1 1, 0 0))");
    gov_table_free(t);
    gov_layer_free(layer);
    ck_ok(gov_layer_parse_geojson("{\"type\":\"FeatureCollection\",\"features\":[]}", -1, NULL, &layer, NULL,
                                  &err));
    ck_assert_int_eq(gov_layer_count(layer), 0);
    int64_t area = 7;
    double zero = 0.0;
    ck_ok(gov_layer_assign(layer, &zero, &zero, NULL, 1, NULL, &area, &err));
    ck_assert_int_eq(area, -1);
    gov_layer_free(layer);
}
END_TEST

static void bad_geojson(const char *text, gov_status code, int64_t line, int64_t column)
{
    gov_layer *layer = NULL;
    gov_table *t = NULL;
    ck_fails(gov_layer_parse_geojson(text, -1, "g.json", &layer, &t, &err), code);
    ck_assert_ptr_null(layer);
    ck_assert_ptr_null(t);
    ck_assert_str_eq(err.file, "g.json");
    ck_assert_int_eq(err.line, line);
    ck_assert_int_eq(err.column, column);
    ck_assert_int_eq(gov_alloc_live(), 0);
}

START_TEST(faults_of_geojson_are_named_with_line_and_column)
{
    bad_geojson("", GOV_E_FORMAT, 1, 1);
    bad_geojson("{\"type\":\"FeatureCollection\",\n\"features\":[\n{\"type\":\"Feature\"}]}", GOV_E_FORMAT, 3,
                1);
    bad_geojson("{\"type\":\"FeatureCollection\",\n\"features\":[7]}", GOV_E_FORMAT, 2, 13);
    bad_geojson("{\"type\":\"FeatureCollection\",\"features\":[]} x", GOV_E_FORMAT, 1, 44);
    bad_geojson("{\"type\":\"LineString\",\"coordinates\":[[0,0],[1,1]]}", GOV_E_UNSUPPORTED, 1, 1);
    bad_geojson("{\"type\":\"Feature\",\"geometry\":null,\"properties\":{\"a\":1,\n\"a\":2}}",
                GOV_E_DUPLICATE, 2, 5);
    bad_geojson(
        "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\n\"coordinates\":[[[0,0],[1,\"x\"]]]}}",
        GOV_E_FORMAT, 2, 26);
    gov_layer *layer = NULL;
    ck_fails(gov_layer_read_geojson("/nonexistent.json", &layer, NULL, &err), GOV_E_IO);
    ck_fails(gov_layer_read_geojson(NULL, &layer, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_layer_parse_geojson("{}", 2, NULL, NULL, NULL, &err), GOV_E_ARGUMENT);
}
END_TEST

static gov_status layer_of_three(gov_layer **out)
{
    static const char *const texts[] = {square, holed, two};
    return layer_of(texts, 3, out);
}

START_TEST(every_allocation_may_fail)
{
    gov_layer *layer = NULL;
    gov_text *text = NULL;
    ck_every_allocation(layer_of_three(&layer), ck_assert_ptr_null(layer),
                        (gov_layer_free(layer), layer = NULL));
    ck_ok(layer_of_three(&layer));
    char path[] = "/tmp/gov-geo-XXXXXX";
    gov_layer *read = NULL;
    gov_table *t = NULL;
    FILE *file = fdopen(mkstemp(path), "w");
    fputs(collection, file);
    fclose(file);
    ck_every_allocation(gov_layer_read_geojson(path, &read, &t, &err), ck_assert_ptr_null(read),
                        (gov_layer_free(read), gov_table_free(t), read = NULL, t = NULL));
    remove(path);
    ck_every_allocation(gov_layer_wkt(layer, 2, &text, &err), ck_assert_ptr_null(text),
                        (gov_text_free(text), text = NULL));
    gov_layer_free(layer);
}
END_TEST

START_TEST(only_text_columns_are_shapes)
{
    static const double numbers[] = {1.0};
    gov_table_builder *b = NULL;
    gov_table *t = NULL;
    gov_layer *layer = NULL;
    ck_ok(gov_table_builder_new(&b, &err));
    ck_ok(gov_table_builder_array(b, "n", GOV_TYPE_FLOAT64, numbers, NULL, 1, &err));
    ck_ok(gov_table_builder_array(b, "none", GOV_TYPE_NULL, NULL, NULL, 1, &err));
    ck_ok(gov_table_builder_finish(b, &t, &err));
    gov_table_builder_free(b);
    ck_fails(gov_layer_of_table(t, 0, &layer, &err), GOV_E_TYPE);
    ck_fails(gov_layer_of_table(t, 2, &layer, &err), GOV_E_RANGE);
    ck_ok(gov_layer_of_table(t, 1, &layer, &err));
    check_wkt(layer, 0, "POLYGON EMPTY");
    gov_layer_free(layer);
    gov_table_free(t);
}
END_TEST

GOV_TESTS("geo/layers", wkt_reads_and_writes, faults_of_wkt_are_named_with_row_and_column,
          features_become_areas_and_a_table, a_lone_feature_or_geometry_is_a_layer_of_one,
          faults_of_geojson_are_named_with_line_and_column, every_allocation_may_fail,
          only_text_columns_are_shapes)
