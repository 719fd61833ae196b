/* The grid of a record by where it lies or what its code begins with. */
#include "fixture.h"

/* Two streets side by side, 310104003 from 121.0 to 121.1 and 310104004 from there to 121.2, each 31.0 to 31.1 high; the
 * first has a hole, and two communities that are halves of it. */
#define BOX(w, s, e, n) "((" #w " " #s ", " #e " " #s ", " #e " " #n ", " #w " " #n ", " #w " " #s ")"

static void bound(gov_store *store, const char *code, const char *level, const char *parent, const char *wkt,
                  const char *as_of)
{
    gov_table_builder *b = NULL;
    gov_table *made = NULL;
    const char *const names[] = {"code", "name", "level", "parent", "boundary"};
    const char *const cells[] = {code, "n", level, parent, wkt};
    ck_ok(gov_table_builder_new(&b, &err));
    for (int i = 0; i < 5; i++)
        ck_ok(gov_table_builder_texts(b, names[i], &cells[i], 1, &err));
    ck_ok(gov_table_builder_finish(b, &made, &err));
    gov_table_builder_free(b);
    import_all(store, "grid", made, as_of);
}

static gov_store *streets(void)
{
    gov_store *store = open_new();
    add_grids(store);
    bound(store, "310104003", "street", "310104",
          "POLYGON " BOX(121, 31, 121.1,
                         31.1) ", (121.04 31.04, 121.06 31.04, 121.06 31.06, 121.04 31.06, 121.04 31.04))",
          NULL);
    bound(store, "310104004", "street", "310104", "POLYGON " BOX(121.1, 31, 121.2, 31.1) ")", NULL);
    bound(store, "310104003001", "community", "310104003", "POLYGON " BOX(121, 31, 121.05, 31.1) ")", NULL);
    bound(store, "310104003002", "community", "310104003", "POLYGON " BOX(121.05, 31, 121.1, 31.1) ")", NULL);
    return store;
}

static imported place(gov_store *store, gov_table *table, const char *level)
{
    gov_import_options o = GOV_IMPORT_OPTIONS_INIT;
    o.place_level = level;
    return import_with(store, "thing", table, o);
}

START_TEST(a_point_is_in_one_grid_or_in_none_and_the_report_says_so)
{
    gov_store *store = streets();
    imported done = place(store,
                          TABLE("id,lon,lat", "inside,121.02,31.02", "border,121.1,31.05",
                                "hole,121.05,31.05", "rim,121.04,31.05", "outside,122,31", "corner,121,31"),
                          "street");
    ck_assert_msg(done.status == GOV_OK, "%s %s", err.name, err.message);
    ck_assert_int_eq(done.result.added, 6);
    ck_assert_int_eq(done.result.placed, 4);
    ck_assert_int_eq(done.result.unplaced, 2);
    ck_assert_int_eq(done.result.rejected, 0);
    ck_assert_int_eq(done.result.issues, 2);
    ck_assert_str_eq(sql_at(store, "SELECT id, grid FROM thing ORDER BY id", NULL),
                     "id,grid\nborder,310104003\ncorner,310104003\nhole,\ninside,310104003\noutside,\n"
                     "rim,310104003\n");
    ck_assert_int_eq(int_at(done.report, 0, "row"), 2);
    ck_assert_int_eq(int_at(done.report, 1, "row"), 4);
    ck_assert_str_eq(text_at(done.report, 0, "code"), "GOV_E_REFERENCE");
    ck_assert_str_eq(text_at(done.report, 1, "value"), "122, 31");
    gov_table_free(done.report);
    done = place(store, TABLE("id,lon,lat", "inside,121.02,31.02", "hole,121.05,31.05"), "street");
    ck_assert_int_eq(done.result.unchanged, 2);
    gov_table_free(done.report);
    gov_store_close(store);
}
END_TEST

START_TEST(a_grid_that_is_named_is_kept_and_named_if_it_disagrees)
{
    gov_store *store = streets();
    imported done = place(store,
                          TABLE("id,grid,lon,lat", "same,310104003,121.02,31.02",
                                "below,310104003001,121.02,31.02", "above,310104,121.02,31.02",
                                "other,310104004,121.02,31.02", "cousin,310104004001,121.02,31.02",
                                "none,,121.15,31.02", "unknown,999,121.02,31.02", "nowhere,,,"),
                          "street");
    ck_assert_int_eq(done.result.added, 6);
    ck_assert_int_eq(done.result.rejected, 2);
    ck_assert_int_eq(done.result.misplaced, 2);
    ck_assert_int_eq(done.result.placed, 1);
    ck_assert_str_eq(sql_at(store, "SELECT id, grid FROM thing ORDER BY id", NULL),
                     "id,grid\nabove,310104\nbelow,310104003001\ncousin,310104004001\nnone,310104004\n"
                     "other,310104004\nsame,310104003\n");
    const char *const codes[] = {"GOV_E_CONFLICT", "GOV_E_CONFLICT", "GOV_E_REFERENCE", "GOV_E_MISSING"};
    for (int i = 0; i < 4; i++)
        ck_assert_str_eq(text_at(done.report, i, "code"), codes[i]);
    ck_assert_str_eq(text_at(done.report, 0, "value"), "310104004");
    ck_assert_str_eq(text_at(done.report, 0, "expected"), "310104003");
    gov_table_free(done.report);
    gov_store_close(store);
}
END_TEST

/* On 2020-07-01 the border between the streets moves from 121.1 to 121.15. */
START_TEST(the_boundary_of_the_day_decides)
{
    gov_store *store = streets();
    bound(store, "310104003", "street", "310104", "POLYGON " BOX(121, 31, 121.15, 31.1) ")", "2020-07-01");
    bound(store, "310104004", "street", "310104", "POLYGON " BOX(121.15, 31, 121.2, 31.1) ")", "2020-07-01");
    imported done = place(store,
                          TABLE("id,lon,lat,valid_from", "before,121.12,31.05,2020-06-30",
                                "on,121.12,31.05,2020-07-01", "after,121.12,31.05,2024-01-01",
                                "always,121.12,31.05,", "long ago,121.12,31.05,1900-01-01"),
                          "street");
    ck_assert_int_eq(done.result.placed, 5);
    ck_assert_str_eq(sql_at(store, "SELECT id, grid FROM thing ORDER BY id", NULL),
                     "id,grid\nafter,310104003\nalways,310104003\nbefore,310104004\nlong ago,310104004\n"
                     "on,310104003\n");
    gov_table_free(done.report);
    gov_store_close(store);
}
END_TEST

START_TEST(more_epochs_than_are_kept_give_the_same)
{
    gov_store *store = streets();
    char day[24], line[160];
    for (int year = 2001; year <= 2012; year++) {
        char wkt[256];
        snprintf(day, sizeof(day), "%d-01-01", year);
        snprintf(wkt, sizeof(wkt), "POLYGON ((121 31, 121.%02d 31, 121.%02d 31.1, 121 31.1, 121 31))",
                 year - 1990, year - 1990);
        bound(store, "310104003", "street", "310104", wkt, day);
    }
    for (int round = 0; round < 3; round++)
        for (int year = 2001; year <= 2012; year++) {
            char id[40];
            snprintf(id, sizeof(id), "r%dy%d", round, year);
            snprintf(line, sizeof(line), "%s,121.%02d5,31.05,%d-06-01", id, year - 1990, year);
            const char *const lines[] = {"id,lon,lat,valid_from", line};
            imported done = place(store, table_of(lines, 2), "street");
            /* half a hundredth beyond the border of that year: the other street up to 121.2 */
            ck_assert_int_eq(done.result.placed, year - 1990 < 20);
            gov_table_free(done.report);
        }
    ck_assert_int_eq(number_at(store, "SELECT count(*) FROM thing WHERE grid = '310104003'", "2024-01-01"),
                     0);
    gov_store_close(store);
}
END_TEST

START_TEST(the_longest_code_that_a_field_begins_with_is_the_grid)
{
    gov_store *store = open_new();
    gov_import_options o = GOV_IMPORT_OPTIONS_INIT;
    add_grids(store);
    o.place_code = "id";
    imported done = import_with(
        store, "thing", TABLE("id,type", "310104003001-7,a", "310104003999,a", "31010499,a", "4401,a"), o);
    ck_assert_int_eq(done.result.placed, 3);
    ck_assert_int_eq(done.result.unplaced, 1);
    ck_assert_str_eq(
        sql_at(store, "SELECT id, grid FROM thing ORDER BY id", NULL),
        "id,grid\n310104003001-7,310104003001\n310104003999,310104003\n31010499,310104\n4401,\n");
    gov_table_free(done.report);
    o.place_code = "live_division";
    o.place_kind = "street";
    done = import_with(store, "person", TABLE("id,live_division", "p,310104003001", "q,310104"), o);
    ck_assert_int_eq(done.result.placed, 1);
    ck_assert_str_eq(sql_at(store, "SELECT id, grid FROM person ORDER BY id", NULL),
                     "id,grid\np,310104003\nq,\n");
    gov_table_free(done.report);
    gov_store_close(store);
}
END_TEST

START_TEST(what_cannot_be_placed_is_refused_by_name)
{
    gov_store *store = streets();
    gov_import_options o = GOV_IMPORT_OPTIONS_INIT;
    o.place_level = "street";
    ck_fails(import_with(store, "person", TABLE("id", "p"), o).status, GOV_E_UNSUPPORTED);
    ck_fails(import_with(store, "grid", TABLE("code", "p"), o).status, GOV_E_UNSUPPORTED);
    o.place_code = "lon";
    ck_fails(import_with(store, "thing", TABLE("id", "p"), o).status, GOV_E_UNKNOWN_NAME);
    o.place_code = "nothing";
    ck_fails(import_with(store, "thing", TABLE("id", "p"), o).status, GOV_E_UNKNOWN_NAME);
    ck_assert_str_eq(err.name, "nothing");
    gov_store_close(store);
}
END_TEST

START_TEST(a_dry_run_places_alike_and_the_unplaced_are_counted)
{
    gov_store *store = streets();
    gov_import_options o = GOV_IMPORT_OPTIONS_INIT;
    gov_table *counts = NULL;
    o.place_level = "street";
    o.dry_run = 1;
    imported dry = import_with(store, "thing", TABLE("id,lon,lat", "a,121.02,31.02", "b,122,31"), o);
    o.dry_run = 0;
    imported done = import_with(store, "thing", TABLE("id,lon,lat", "a,121.02,31.02", "b,122,31"), o);
    ck_assert_str_eq(dry.result.digest, done.result.digest);
    ck_assert_int_eq(dry.result.unplaced, 1);
    ck_ok(gov_store_count(store, "thing", "district", NULL, &counts, &err));
    ck_assert_int_eq(gov_table_rows(counts), 2);
    ck_assert_int_eq(int_at(counts, 0, "total"), 1);
    ck_assert_int_eq(int_at(counts, 1, "total"), 1);
    gov_table_free(counts);
    gov_table_free(dry.report);
    gov_table_free(done.report);
    gov_store_close(store);
}
END_TEST

START_TEST(each_allocation_may_fail)
{
    gov_store *store = streets();
    gov_import_options o = GOV_IMPORT_OPTIONS_INIT;
    gov_import_result result = GOV_IMPORT_RESULT_INIT;
    gov_table *report = NULL, *t = TABLE("id,grid,lon,lat", "a,,121.02,31.02", "b,,122,31",
                                         "c,310104004,121.02,31.02", "310104x,,,");
    o.place_level = "street";
    o.place_code = "id";
    o.dry_run = 1;
    ck_every_allocation(gov_store_import_table(store, "thing", t, &o, &result, &report, &err),
                        ck_assert_ptr_null(report), gov_table_free(report);
                        report = NULL);
    gov_table_free(t);
    gov_store_close(store);
}
END_TEST

GOV_TESTS("store/place", a_point_is_in_one_grid_or_in_none_and_the_report_says_so,
          a_grid_that_is_named_is_kept_and_named_if_it_disagrees, the_boundary_of_the_day_decides,
          more_epochs_than_are_kept_give_the_same, the_longest_code_that_a_field_begins_with_is_the_grid,
          what_cannot_be_placed_is_refused_by_name, a_dry_run_places_alike_and_the_unplaced_are_counted,
          each_allocation_may_fail)
