/* Import from GeoJSON files: what becomes a column, and the place of every fault. */
#include "base/buffer.h"
#include "base/file.h"
#include "fixture.h"

static const char *file_of(const char *text)
{
    static char path[128];
    snprintf(path, sizeof(path), "/tmp/govcore-store-%ld.geojson", (long)getpid());
    ck_ok(gov_file_write(path, text, (int64_t)strlen(text), &err));
    return path;
}

static imported import_text(gov_store *store, const char *kind, const char *text, gov_import_options o)
{
    imported done = {GOV_OK, GOV_IMPORT_RESULT_INIT, NULL};
    done.status = gov_store_import_geojson(store, kind, file_of(text), &o, &done.result, &done.report, &err);
    return done;
}

static imported import_plain(gov_store *store, const char *kind, const char *text)
{
    return import_text(store, kind, text, (gov_import_options)GOV_IMPORT_OPTIONS_INIT);
}

static void import_good(gov_store *store, const char *kind, const char *text, int64_t rows)
{
    imported done = import_plain(store, kind, text);
    ck_assert_msg(done.status == GOV_OK, "%s", err.message);
    ck_assert_msg(done.result.added == rows && done.result.rejected == 0, "%s", csv_of(done.report));
    gov_table_free(done.report);
}

#define FEATURE(properties, geometry) \
    "{\"type\":\"Feature\",\"properties\":" properties ",\"geometry\":" geometry "}"
#define COLLECTION(features) "{\"type\":\"FeatureCollection\",\"features\":[" features "]}"
#define GRID(code, geometry) FEATURE("{\"code\":\"" code "\",\"name\":\"n\",\"level\":\"street\"}", geometry)
#define POINT(position) "{\"type\":\"Point\",\"coordinates\":" position "}"

/* The polygon with a hole and the multipolygon of RFC 7946, appendix A.3 and A.6. */
START_TEST(polygons_with_holes_become_boundaries)
{
    gov_store *store = open_new();
    static const char first[] = GRID("1", "{\"type\":\"Polygon\",\"coordinates\":["
                                          "[[100.0,0.0],[101.0,0.0],[101.0,1.0],[100.0,1.0],[100.0,0.0]],"
                                          "[[100.8,0.8],[100.8,0.2],[100.2,0.2],[100.2,0.8],[100.8,0.8]]]}");
    static const char second[] =
        GRID("2", "{\"type\":\"MultiPolygon\",\"coordinates\":["
                  "[[[102.0,2.0],[103.0,2.0],[103.0,3.0],[102.0,3.0],[102.0,2.0]]],"
                  "[[[100.0,0.0],[101.0,0.0],[101.0,1.0],[100.0,1.0],[100.0,0.0]],"
                  "[[100.2,0.2],[100.2,0.8],[100.8,0.8],[100.8,0.2],[100.2,0.2]]]]}");
    char text[2048];
    snprintf(text, sizeof(text), COLLECTION("%s,%s"), first, second);
    import_good(store, "grid", text, 2);
    ck_assert_str_eq(sql_at(store, "SELECT code, boundary FROM grid ORDER BY 1", NULL),
                     "code,boundary\n"
                     "1,POLYGON ((100 0, 101 0, 101 1, 100 1, 100 0), "
                     "(100.8 0.8, 100.8 0.2, 100.2 0.2, 100.2 0.8, 100.8 0.8))\n"
                     "2,MULTIPOLYGON (((102 2, 103 2, 103 3, 102 3, 102 2)), "
                     "((100 0, 101 0, 101 1, 100 1, 100 0), "
                     "(100.2 0.2, 100.2 0.8, 100.8 0.8, 100.8 0.2, 100.2 0.2)))\n");
    gov_store_close(store);
}
END_TEST

/* Members in another order, a byte order mark, white space, escapes, a third ordinate, foreign members. */
START_TEST(form_makes_no_difference)
{
    const char *const texts[] = {
        COLLECTION(
            FEATURE("{\"id\":\"c1\",\"grid\":\"310104003001\",\"type\":\"camera\"}", POINT("[121.45,31.2]"))),
        "\xEF\xBB\xBF { \"features\" : [ {\"geometry\":{\"coordinates\":[ 1.2145e2 , 31.20, 4.5 ],"
        "\"type\":\"Point\"},\r\n\t\"properties\":{\"type\":\"cam\\u0065ra\",\"grid\":\"310104003001\","
        "\"id\":\"c1\"},\"type\":\"Feature\"} ] ,\n\"bbox\":[1,2,3,4],\"note\":{\"a\":[{}]},"
        "\"type\":\"FeatureCollection\"}\n",
        FEATURE("{\"grid\":\"310104003001\",\"type\":\"camera\",\"id\":\"c1\"}", POINT("[121.45,31.2]")),
        "{\"type\":\"Feature\",\"id\":\"c1\",\"geometry\":" POINT(
            "[121.45,31.2]") ",\"properties\":{\"grid\":310104003001,\"type\":\"camera\"}}",
    };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        gov_store *store = open_new();
        add_grids(store);
        import_good(store, "thing", texts[i], 1);
        ck_assert_str_eq(sql_at(store, "SELECT id, grid, type, lon, lat FROM thing", NULL),
                         "id,grid,type,lon,lat\nc1,310104003001,camera,121.45,31.2\n");
        gov_store_close(store);
    }
}
END_TEST

START_TEST(objects_are_joined_by_dots_and_names_that_clash_are_told_apart)
{
    gov_store *store = open_new();
    gov_import_options o = GOV_IMPORT_OPTIONS_INIT;
    add_grids(store);
    o.unknown_columns = GOV_UNKNOWN_DECLARE;
    const char *text = "{\"type\":\"Feature\",\"id\":7,\"geometry\":" POINT(
        "[121.45,31.2]") ",\"properties\":{\"grid\":\"310104003001\",\"id\":\"x\",\"lon\":\"far\"}}";
    imported done = import_text(store, "thing", text, o);
    ck_fails(done.status, GOV_E_FORMAT); /* a field's name has no dot */
    ck_assert_str_eq(err.name, "properties.id");
    o.unknown_columns = GOV_UNKNOWN_REFUSE;
    text = FEATURE("{\"id\":\"t1\",\"in\":{\"grid\":{\"code\":\"310104003001\"}}}", POINT("[121.45,31.2]"));
    done = import_text(store, "thing", text, o);
    ck_fails(done.status, GOV_E_UNKNOWN_NAME);
    ck_assert_str_eq(err.name, "in.grid.code");
    char map[160];
    snprintf(map, sizeof(map), "/tmp/govcore-store-%ld.yaml", (long)getpid());
    const char *yaml = "govcore_mapping: 1\ncolumns:\n  grid: in.grid.code\n";
    ck_ok(gov_file_write(map, yaml, (int64_t)strlen(yaml), &err));
    o.mapping = map;
    done = import_text(store, "thing", text, o);
    ck_assert_msg(done.status == GOV_OK, "%s %s", err.name, err.message);
    ck_assert_int_eq(done.result.added, 1);
    ck_assert_str_eq(sql_at(store, "SELECT id, grid, lon FROM thing", NULL),
                     "id,grid,lon\nt1,310104003001,121.45\n");
    gov_table_free(done.report);
    gov_store_close(store);
}
END_TEST

START_TEST(a_bad_feature_is_named_by_its_number_and_the_rest_goes_in)
{
    gov_store *store = open_new();
    char text[4096];
    snprintf(text, sizeof(text),
             "{\"type\":\"FeatureCollection\",\"features\":[\n%s,\n%s,\n%s,\n%s,\n%s,\n%s,\n%s,\n%s\n]}",
             GRID("1", "null"), GRID("2", "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[0,0]]]}"),
             GRID("3", "{\"type\":\"LineString\",\"coordinates\":[[0,0],[1,0]]}"),
             FEATURE("{\"code\":\"4\",\"code\":\"5\"}", "null"), "{\"type\":\"Feature\",\"properties\":null}",
             "7", GRID("8", "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,91],[0,0]]]}"),
             FEATURE("{\"code\":\"9\",\"level\":\"street\"}", "null"));
    imported done = import_plain(store, "grid", text);
    ck_assert_msg(done.status == GOV_OK, "%s", err.message);
    ck_assert_int_eq(done.result.rows, 8);
    ck_assert_int_eq(done.result.added, 1);
    ck_assert_int_eq(done.result.rejected, 7);
    const char *const codes[] = {"GOV_E_FORMAT", "GOV_E_UNSUPPORTED", "GOV_E_DUPLICATE", "GOV_E_FORMAT",
                                 "GOV_E_FORMAT", "GOV_E_RANGE",       "GOV_E_MISSING"};
    ck_assert_int_eq(gov_table_rows(done.report), 7);
    for (int i = 0; i < 7; i++) {
        ck_assert_int_eq(int_at(done.report, i, "row"), i + 1);
        ck_assert_int_eq(int_at(done.report, i, "line"), i + 3);
        ck_assert_str_eq(text_at(done.report, i, "code"), codes[i]);
    }
    ck_assert_ptr_nonnull(strstr(text_at(done.report, 0, "reason_en"), "at least 4 points (character "));
    gov_table_free(done.report);
    gov_store_close(store);
}
END_TEST

static void check_fault(const char *text, gov_status code, int64_t line, int64_t column)
{
    gov_store *store = open_new();
    imported done = import_plain(store, "grid", text);
    ck_fails(done.status, code);
    ck_assert_msg(err.line == line && err.column == column, "%s: %lld:%lld (%s)", text, (long long)err.line,
                  (long long)err.column, err.message);
    ck_assert_ptr_nonnull(strstr(err.file, ".geojson"));
    gov_store_close(store);
}

START_TEST(what_is_not_geojson_is_an_error_with_its_place)
{
    check_fault("", GOV_E_FORMAT, 1, 1);
    check_fault("[]", GOV_E_FORMAT, 1, 1);
    check_fault("{\"type\":\"FeatureCollection\",\n\"features\":[\n{}\n{}]}", GOV_E_FORMAT, 4, 1);
    check_fault("{\"type\":\"FeatureCollection\",\n\"features\":[{},]}", GOV_E_FORMAT, 2, 16);
    check_fault("{\"type\":\"FeatureCollection\",\"features\":[]} x", GOV_E_FORMAT, 1, 44);
    check_fault("{\"type\":\"FeatureCollection\",\n\"名称\" 1}", GOV_E_FORMAT, 2, 6);
    check_fault("{\"type\":\"FeatureCollection\",\"features\":[{\"a\":\"\n\"}]}", GOV_E_FORMAT, 1, 47);
    check_fault("{\"type\":\"FeatureCollection\",\"features\":[{\"a\":tru}]}", GOV_E_FORMAT, 1, 46);
    check_fault("{\"type\":\"FeatureCollection\",\"features\":[{\"a\":[1}]}", GOV_E_FORMAT, 1, 48);
    check_fault("{\"type\":\"FeatureCollection\",\"features\":[{\"a\":[1", GOV_E_FORMAT, 1, 48);
    check_fault("{\"type\":\"FeatureCollection\",\"features\":[],\"features\":[]}", GOV_E_DUPLICATE, 1, 54);
    check_fault("{\"type\":\"Feature\",\"features\":[]}", GOV_E_FORMAT, 1, 33);
    check_fault("{\"features\":[{}],\"type\":5}", GOV_E_FORMAT, 1, 25);
    check_fault("{\"type\":\"FeatureCollection\"}", GOV_E_FORMAT, 1, 29);
    check_fault("{\"type\":\"Topology\"}", GOV_E_FORMAT, 1, 20);
    check_fault("{\"type\":\"FeatureCollection\",\"features\":[{\"a\":\"\xFF\"}]}", GOV_E_ENCODING, 1, 47);
}
END_TEST

/* Chaoyang, WGS 84 (116.327847, 39.990205): GCJ-02 (116.333990895128, 39.991519388614), as computed by the formula of
 * the open implementations. */
START_TEST(gcj02_by_option_mapping_or_crs_is_kept_as_cgcs2000)
{
    static const char plain[] =
        FEATURE("{\"id\":\"t\",\"grid\":\"310104003001\"}", POINT("[116.333990895128,39.991519388614]"));
    char text[512], map[160];
    snprintf(map, sizeof(map), "/tmp/govcore-store-%ld.yaml", (long)getpid());
    const char *yaml = "govcore_mapping: 1\ndatum: gcj02\ncolumns: {}\n";
    ck_ok(gov_file_write(map, yaml, (int64_t)strlen(yaml), &err));
    for (int by = 0; by < 3; by++) {
        gov_store *store = open_new();
        gov_import_options o = GOV_IMPORT_OPTIONS_INIT;
        double place[2];
        gov_table *t = NULL;
        add_grids(store);
        snprintf(text, sizeof(text),
                 by == 2 ? "{\"type\":\"FeatureCollection\",\"features\":[%s],"
                           "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"GCJ-02\"}}}"
                         : "%s",
                 plain);
        o.datum = by == 0 ? "gcj02" : NULL;
        o.mapping = by == 1 ? map : NULL;
        imported done = import_text(store, "thing", text, o);
        ck_assert_msg(done.status == GOV_OK, "%s %s", err.name, err.message);
        gov_table_free(done.report);
        ck_ok(gov_store_sql(store, "SELECT lon, lat FROM thing", NULL, &t, &err));
        for (int i = 0; i < 2; i++)
            ck_ok(gov_table_copy_doubles(t, i, 0, 1, &place[i], NULL, &err));
        ck_assert_double_eq_tol(place[0], 116.327847, 1e-9);
        ck_assert_double_eq_tol(place[1], 39.990205, 1e-9);
        gov_table_free(t);
        gov_store_close(store);
    }
}
END_TEST

START_TEST(a_boundary_moves_with_its_datum)
{
    gov_store *store = open_new();
    gov_import_options o = GOV_IMPORT_OPTIONS_INIT;
    double lon = 0;
    o.datum = "gcj02";
    imported done = import_text(
        store, "grid",
        GRID("1", "{\"type\":\"Polygon\",\"coordinates\":[[[116.333990895128,39.991519388614],[116.5,40],"
                  "[116.4,40.1],[116.333990895128,39.991519388614]]]}"),
        o);
    ck_assert_int_eq(done.result.added, 1);
    ck_assert_int_eq(
        sscanf(sql_at(store, "SELECT boundary FROM grid", NULL), "boundary\nPOLYGON ((%lf", &lon), 1);
    ck_assert_double_eq_tol(lon, 116.327847, 1e-9);
    gov_table_free(done.report);
    o.datum = "bd09";
    done = import_text(store, "grid", GRID("1", "null"), o);
    ck_fails(done.status, GOV_E_UNKNOWN_NAME);
    gov_store_close(store);
}
END_TEST

START_TEST(an_unknown_coordinate_system_is_refused_unless_a_datum_is_stated)
{
    static const char *const names[] = {"urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4490",
                                        "EPSG:4326", "EPSG:4549", "urn:ogc:def:crs:EPSG::32651"};
    for (int i = 0; i < 5; i++) {
        gov_store *store = open_new();
        char text[512];
        snprintf(
            text, sizeof(text),
            "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"%s\"}},"
            "\"features\":[%s]}",
            names[i], GRID("1", "null"));
        imported done = import_plain(store, "grid", text);
        if (i >= 3) {
            ck_fails(done.status, GOV_E_UNSUPPORTED);
            ck_assert_str_eq(err.name, names[i]);
            gov_import_options o = GOV_IMPORT_OPTIONS_INIT;
            o.datum = "cgcs2000";
            done = import_text(store, "grid", text, o);
        }
        ck_assert_int_eq(done.status, GOV_OK);
        ck_assert_int_eq(done.result.added, 1);
        gov_table_free(done.report);
        gov_store_close(store);
    }
}
END_TEST

/* 3000 features, so that they lie across the pieces that the file is read in; the same things by CSV. */
static void write_both(gov_text **json, gov_text **csv)
{
    gov_buffer j = GOV_BUFFER_INIT, c = GOV_BUFFER_INIT;
    gov_buffer_text(&j, "{\"type\":\"FeatureCollection\",\"name\":\"things\",\"features\":[");
    gov_buffer_text(&c, "id,grid,type,lon,lat\n");
    for (int i = 0; i < 3000; i++) {
        const char *grid = i % 7 == 0 ? "nowhere" : "310104003001";
        gov_buffer_format(
            &j,
            "%s\n{\"type\":\"Feature\",\"properties\":{\"id\":\"t%d\",\"grid\":\"%s\",\"type\":"
            "\"摄像机\\\"%d\\\\\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[121.%d,31.%d]}}",
            i > 0 ? "," : "", i, grid, i, i, i);
        gov_buffer_format(&c, "t%d,%s,\"摄像机\"\"%d\\\",121.%d,31.%d\n", i, grid, i, i, i);
    }
    gov_buffer_text(&j, "]}");
    ck_ok(gov_buffer_finish(&j, json, &err));
    ck_ok(gov_buffer_finish(&c, csv, &err));
}

START_TEST(a_large_file_gives_what_the_same_csv_gives_and_again_nothing)
{
    gov_store *store = open_new();
    gov_text *json = NULL, *csv = NULL;
    gov_import_options dry = GOV_IMPORT_OPTIONS_INIT;
    add_grids(store);
    write_both(&json, &csv);
    dry.dry_run = 1;
    imported tried = import_text(store, "thing", gov_text_data(json), dry);
    imported done = import_plain(store, "thing", gov_text_data(json));
    ck_assert_int_eq(done.status, GOV_OK);
    ck_assert_int_eq(done.result.added, 3000 - 429);
    ck_assert_int_eq(done.result.rejected, 429);
    ck_assert_int_eq(int_at(done.report, 1, "row"), 7);
    ck_assert_int_eq(int_at(done.report, 1, "line"), 9);
    ck_assert_str_eq(tried.result.digest, done.result.digest);
    gov_table_free(tried.report);
    gov_table_free(done.report);
    done = import_plain(store, "thing", gov_text_data(json));
    ck_assert_int_eq(done.result.unchanged, 3000 - 429);
    gov_table_free(done.report);
    ck_ok(gov_file_write(file_of(""), gov_text_data(csv), gov_text_size(csv), &err));
    done.report = NULL;
    ck_ok(gov_store_import_csv(store, "thing", file_of(gov_text_data(csv)), NULL, &done.result, NULL, &err));
    ck_assert_int_eq(done.result.unchanged, 3000 - 429);
    ck_assert_int_eq(done.result.rejected, 429);
    gov_text_free(json);
    gov_text_free(csv);
    gov_store_close(store);
}
END_TEST

START_TEST(parents_may_come_later_and_nothing_is_nothing)
{
    gov_store *store = open_new();
    import_good(store, "grid", COLLECTION(""), 0);
    import_good(store, "grid",
                COLLECTION(FEATURE("{\"code\":\"2\",\"name\":\"b\",\"level\":\"street\",\"parent\":\"1\"}",
                                   "null") "," GRID("1", "null")),
                2);
    ck_fails(gov_store_import_geojson(store, "grid", "/nonexistent.geojson", NULL, NULL, NULL, &err),
             GOV_E_IO);
    ck_fails(gov_store_import_geojson(store, "grid", NULL, NULL, NULL, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_store_import_geojson(NULL, "grid", "x", NULL, NULL, NULL, &err), GOV_E_ARGUMENT);
    gov_store_close(store);
}
END_TEST

START_TEST(each_allocation_may_fail)
{
    gov_store *store = open_new();
    gov_import_options o = GOV_IMPORT_OPTIONS_INIT;
    gov_table *report = NULL;
    o.dry_run = 1;
    o.datum = "gcj02";
    const char *path =
        file_of("{\"type\":\"FeatureCollection\",\"crs\":{\"properties\":{\"name\":\"x\"}},\"features\":"
                "[" GRID("1", "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,0]]]}") "," GRID(
                    "2", POINT("[1,2]")) "," GRID("3", "[]") "]}");
    ck_every_allocation(gov_store_import_geojson(store, "grid", path, &o, NULL, &report, &err),
                        ck_assert_ptr_null(report), gov_table_free(report);
                        report = NULL);
    gov_store_close(store);
}
END_TEST

GOV_TESTS("store/import_geojson", polygons_with_holes_become_boundaries, form_makes_no_difference,
          objects_are_joined_by_dots_and_names_that_clash_are_told_apart,
          a_bad_feature_is_named_by_its_number_and_the_rest_goes_in,
          what_is_not_geojson_is_an_error_with_its_place, gcj02_by_option_mapping_or_crs_is_kept_as_cgcs2000,
          a_boundary_moves_with_its_datum, an_unknown_coordinate_system_is_refused_unless_a_datum_is_stated,
          a_large_file_gives_what_the_same_csv_gives_and_again_nothing,
          parents_may_come_later_and_nothing_is_nothing, each_allocation_may_fail)
