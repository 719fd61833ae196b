/* Around a point: against every distance computed one by one. */
#include "fixture.h"
#include "govcore/geo.h"

enum { THINGS = 3000 };

static double lons[THINGS], lats[THINGS];

static double random01(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (double)(*state >> 11) / 9007199254740992.0;
}

/* Over 0.1 by 0.1 degrees around a centre; one in ten without a place. */
static gov_store *scattered(double lon, double lat)
{
    gov_store *store = open_new();
    gov_table_builder *b = NULL;
    gov_table *t = NULL;
    uint64_t state = 1;
    char id[16];
    uint8_t valid[THINGS];
    add_grids(store);
    ck_ok(gov_table_builder_new(&b, &err));
    ck_ok(gov_table_builder_add(b, "id", GOV_TYPE_UTF8, NULL, &err));
    ck_ok(gov_table_builder_add(b, "grid", GOV_TYPE_UTF8, NULL, &err));
    ck_ok(gov_table_builder_add(b, "type", GOV_TYPE_UTF8, NULL, &err));
    for (int i = 0; i < THINGS; i++) {
        snprintf(id, sizeof(id), "T%04d", i);
        ck_ok(gov_table_builder_text(b, 0, id, -1, &err));
        ck_ok(gov_table_builder_text(b, 1, i % 2 ? "310104003001" : "310104004001", -1, &err));
        ck_ok(gov_table_builder_text(b, 2, i % 3 ? "camera" : "hydrant", -1, &err));
        lons[i] = lon - 0.05 + 0.1 * random01(&state);
        lats[i] = lat - 0.05 + 0.1 * random01(&state);
        valid[i] = i % 10 != 0;
    }
    ck_ok(gov_table_builder_array(b, "lon", GOV_TYPE_FLOAT64, lons, valid, THINGS, &err));
    ck_ok(gov_table_builder_array(b, "lat", GOV_TYPE_FLOAT64, lats, valid, THINGS, &err));
    ck_ok(gov_table_builder_finish(b, &t, &err));
    gov_table_builder_free(b);
    import_all(store, "thing", t, NULL);
    return store;
}

static int64_t count_within(double lon, double lat, double radius)
{
    int64_t n = 0;
    for (int i = 0; i < THINGS; i++) {
        double metres = 0;
        ck_ok(gov_geo_great_circle(lon, lat, lons[i], lats[i], &metres, &err));
        n += i % 10 != 0 && metres <= radius;
    }
    return n;
}

START_TEST(every_record_inside_the_circle_and_no_other)
{
    gov_store *store = scattered(121.44, 31.19);
    uint64_t state = 7;
    for (int q = 0; q < 40; q++) {
        double lon = 121.39 + 0.1 * random01(&state), lat = 31.14 + 0.1 * random01(&state);
        double radius = q % 2 ? 300 : 3000;
        gov_table *t = NULL;
        ck_ok(gov_store_near(store, "thing", lon, lat, radius, NULL, &t, &err));
        ck_assert_int_eq(gov_table_rows(t), count_within(lon, lat, radius));
        double before = 0, metres = 0;
        int64_t column = 0;
        ck_ok(gov_table_find(t, "distance", &column, &err));
        for (int64_t i = 0; i < gov_table_rows(t); i++) {
            ck_ok(gov_table_copy_doubles(t, column, i, 1, &metres, NULL, &err));
            ck_assert(metres >= before && metres <= radius);
            before = metres;
        }
        gov_table_free(t);
    }
    gov_store_close(store);
}
END_TEST

enum { CAMERAS = 29000, LOOKUPS = 2000 };

/* As many cameras as one district has, over its 12 by 14 kilometres; by the haversine over all of them one by one. */
static int64_t add_cameras(gov_store *store, double *lon, double *lat)
{
    gov_table_builder *b = NULL;
    gov_table *t = NULL;
    uint64_t state = 5;
    char id[16];
    ck_ok(gov_table_builder_new(&b, &err));
    ck_ok(gov_table_builder_add(b, "id", GOV_TYPE_UTF8, NULL, &err));
    ck_ok(gov_table_builder_add(b, "grid", GOV_TYPE_UTF8, NULL, &err));
    for (int i = 0; i < CAMERAS; i++) {
        snprintf(id, sizeof(id), "C%05d", i);
        ck_ok(gov_table_builder_text(b, 0, id, -1, &err));
        ck_ok(gov_table_builder_text(b, 1, "310104003001", -1, &err));
        lon[i] = 121.38 + 0.12 * random01(&state);
        lat[i] = 31.1 + 0.13 * random01(&state);
    }
    ck_ok(gov_table_builder_array(b, "lon", GOV_TYPE_FLOAT64, lon, NULL, CAMERAS, &err));
    ck_ok(gov_table_builder_array(b, "lat", GOV_TYPE_FLOAT64, lat, NULL, CAMERAS, &err));
    ck_ok(gov_table_builder_finish(b, &t, &err));
    gov_table_builder_free(b);
    return import_all(store, "thing", t, NULL).added;
}

static double haversine(double lon1, double lat1, double lon2, double lat2)
{
    const double degree = 3.14159265358979323846 / 180;
    double up = sin((lat2 - lat1) * degree / 2), over = sin((lon2 - lon1) * degree / 2);
    double square = up * up + cos(lat1 * degree) * cos(lat2 * degree) * over * over;
    return 2 * 6371008.8 * asin(sqrt(square));
}

START_TEST(two_thousand_lookups_among_29000_cameras_find_what_lies_within_300_m)
{
    static double lon[CAMERAS], lat[CAMERAS];
    gov_store *store = open_new();
    uint64_t state = 9;
    int64_t all = 0;
    add_grids(store);
    ck_assert_int_eq(add_cameras(store, lon, lat), CAMERAS);
    for (int q = 0; q < LOOKUPS; q++) {
        double x = 121.37 + 0.14 * random01(&state), y = 31.09 + 0.15 * random01(&state);
        int64_t expected = 0;
        gov_table *t = NULL;
        for (int i = 0; i < CAMERAS; i++)
            expected += haversine(x, y, lon[i], lat[i]) <= 300;
        ck_ok(gov_store_near(store, "thing", x, y, 300, NULL, &t, &err));
        ck_assert_int_eq(gov_table_rows(t), expected);
        all += expected;
        gov_table_free(t);
    }
    ck_assert_int_gt(all, LOOKUPS);
    gov_store_close(store);
}
END_TEST

START_TEST(where_grid_limit_and_scope_hold_here_too)
{
    gov_store *store = scattered(121.44, 31.19);
    gov_query_options o = GOV_QUERY_OPTIONS_INIT;
    gov_table *t = NULL;
    o.where = "type = 'camera'";
    o.grid = "310104003";
    o.limit = 5;
    ck_ok(gov_store_near(store, "thing", 121.44, 31.19, 0, &o, &t, &err));
    ck_assert_int_eq(gov_table_rows(t), 5);
    for (int64_t i = 0; i < 5; i++) {
        ck_assert_str_eq(text_at(t, i, "type"), "camera");
        ck_assert_str_eq(text_at(t, i, "grid"), "310104003001");
    }
    gov_table_free(t);
    o = (gov_query_options)GOV_QUERY_OPTIONS_INIT;
    o.limit = THINGS * 2;
    ck_ok(gov_store_near(store, "thing", 0, 0, 0, &o, &t, &err));
    ck_assert_int_eq(gov_table_rows(t), THINGS * 9 / 10);
    gov_table_free(t);
    ck_fails(gov_store_near(store, "thing", 181, 0, 1, NULL, &t, &err), GOV_E_RANGE);
    ck_fails(gov_store_near(store, "thing", 0, 0, 0, NULL, &t, &err), GOV_E_ARGUMENT);
    ck_fails(gov_store_near(store, "person", 0, 0, 1, NULL, &t, &err), GOV_E_UNSUPPORTED);
    gov_store_close(store);
}
END_TEST

START_TEST(the_date_line_and_the_poles_lose_nothing)
{
    const double centres[][2] = {{180, 10}, {-180, -40}, {10, 90}, {100, -90}};
    for (size_t c = 0; c < 4; c++) {
        gov_store *store = open_new();
        gov_table *t = NULL;
        add_grids(store);
        import_all(store, "thing",
                   TABLE("id,grid,lon,lat", "a,310104003001,179.99,10", "b,310104003001,-179.99,10",
                         "c,310104003001,179.99,-40", "d,310104003001,-179.99,-40",
                         "e,310104003001,-170,89.99", "f,310104003001,10,89.99", "g,310104003001,-80,-89.99",
                         "h,310104003001,100,-89.99"),
                   NULL);
        ck_ok(gov_store_near(store, "thing", centres[c][0], centres[c][1], 5000, NULL, &t, &err));
        ck_assert_int_eq(gov_table_rows(t), 2);
        gov_table_free(t);
        gov_store_close(store);
    }
}
END_TEST

START_TEST(each_allocation_of_near_may_fail)
{
    gov_store *store = scattered(121.44, 31.19);
    gov_table *t = NULL;
    ck_every_allocation(gov_store_near(store, "thing", 121.44, 31.19, 300, NULL, &t, &err),
                        ck_assert_ptr_null(t), gov_table_free(t);
                        t = NULL);
    gov_store_close(store);
}
END_TEST

GOV_TESTS("store/near", every_record_inside_the_circle_and_no_other,
          two_thousand_lookups_among_29000_cameras_find_what_lies_within_300_m,
          where_grid_limit_and_scope_hold_here_too, the_date_line_and_the_poles_lose_nothing,
          each_allocation_of_near_may_fail)
