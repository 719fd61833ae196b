/* The audit of the boundaries of a level, by code, with the records that lie in none of them. */
#include "fixture.h"

static void bound(gov_store *store, const char *code, const char *level, const char *wkt)
{
    gov_table_builder *b = NULL;
    gov_table *t = NULL;
    const char *const names[] = {"code", "name", "level", "boundary"};
    const char *const cells[] = {code, code, level, wkt};
    ck_ok(gov_table_builder_new(&b, &err));
    for (int i = 0; i < 4; i++)
        ck_ok(gov_table_builder_texts(b, names[i], &cells[i], 1, &err));
    ck_ok(gov_table_builder_finish(b, &t, &err));
    gov_table_builder_free(b);
    import_all(store, "grid", t, NULL);
}

/* On the equator's first degrees: W and E leave a gap of 1 by 1 between them (closed by N and S), N and O overlap, B
 * crosses itself. */
static gov_store *spoiled(void)
{
    gov_store *store = open_new();
    bound(store, "W", "cell", "POLYGON ((0 0, 1 0, 1 3, 0 3, 0 0))");
    bound(store, "E", "cell", "POLYGON ((2 0, 3 0, 3 3, 2 3, 2 0))");
    bound(store, "S", "cell", "POLYGON ((1 0, 2 0, 2 1, 1 1, 1 0))");
    bound(store, "N", "cell", "POLYGON ((1 2, 2 2, 2 3, 1 3, 1 2))");
    bound(store, "O", "cell", "POLYGON ((1 2.5, 2 2.5, 2 3, 1 3, 1 2.5))");
    bound(store, "B", "cell", "POLYGON ((10 0, 11 1, 11 0, 10 1, 10 0))");
    bound(store, "D", "district", "POLYGON ((0 0, 12 0, 12 3, 0 3, 0 0))");
    import_all(
        store, "thing",
        TABLE("id,grid,lon,lat", "in,W,0.5,0.5", "edge,W,1,1.5", "gap,W,1.5,1.5", "far,W,20,20", "none,W,,"),
        NULL);
    return store;
}

START_TEST(every_fault_has_its_grids_and_its_ground)
{
    gov_store *store = spoiled();
    gov_table *t = NULL;
    ck_ok(gov_store_cover(store, "cell", "thing", NULL, &t, &err));
    ck_assert_int_eq(gov_table_rows(t), 5);
    const char *const faults[] = {"self_intersection", "overlap", "gap", "orphan", "orphan"},
                      *const grids[] = {"B", "N O", "E N S W", "", ""},
                      *const records[] = {"", "", "", "far", "gap"};
    for (int i = 0; i < 5; i++) {
        ck_assert_str_eq(text_at(t, i, "fault"), faults[i]);
        ck_assert_str_eq(text_at(t, i, "grids"), grids[i]);
        ck_assert_str_eq(text_at(t, i, "record"), records[i]);
    }
    ck_assert_str_eq(text_at(t, 0, "wkt"), "POINT (10.5 0.5)");
    ck_assert_str_eq(text_at(t, 1, "grid"), "N");
    ck_assert_str_eq(text_at(t, 1, "other"), "O");
    ck_assert_str_eq(text_at(t, 3, "wkt"), "POINT (20 20)");
    gov_table_free(t);
    ck_ok(gov_store_cover(store, "district", NULL, NULL, &t, &err));
    ck_assert_int_eq(gov_table_rows(t), 0);
    gov_table_free(t);
    gov_store_close(store);
}
END_TEST

/* One degree of the equator on the sphere of 6 371 008.8 m is 111 195.08 m. */
START_TEST(neighbours_are_named_with_their_border)
{
    gov_store *store = spoiled();
    gov_table *t = NULL;
    double metres = 0;
    ck_ok(gov_store_neighbours(store, "cell", NULL, &t, &err));
    ck_assert_str_eq(text_at(t, 0, "grid"), "E");
    ck_assert_str_eq(text_at(t, 0, "neighbour"), "N");
    int64_t found = 0;
    for (int64_t i = 0; i < gov_table_rows(t); i++)
        if (strcmp(text_at(t, i, "grid"), "S") == 0 && strcmp(text_at(t, i, "neighbour"), "W") == 0) {
            found++;
            ck_ok(gov_table_copy_doubles(t, 2, i, 1, &metres, NULL, &err));
            ck_near(metres, 111195.08, 1e-6);
        }
    ck_assert_int_eq(found, 1);
    gov_table_free(t);
    gov_store_close(store);
}
END_TEST

START_TEST(bad_questions_are_refused)
{
    gov_store *store = spoiled();
    gov_table *t = NULL;
    gov_query_options o = GOV_QUERY_OPTIONS_INIT;
    ck_fails(gov_store_cover(store, NULL, NULL, NULL, &t, &err), GOV_E_ARGUMENT);
    ck_fails(gov_store_cover(NULL, "cell", NULL, NULL, &t, &err), GOV_E_ARGUMENT);
    ck_fails(gov_store_cover(store, "cell", NULL, NULL, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_store_neighbours(store, NULL, NULL, &t, &err), GOV_E_ARGUMENT);
    ck_fails(gov_store_neighbours(store, "cell", NULL, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_store_cover(store, "cell", "person", NULL, &t, &err), GOV_E_UNSUPPORTED);
    ck_fails(gov_store_cover(store, "cell", "frob", NULL, &t, &err), GOV_E_UNKNOWN_NAME);
    o.where = "colour = 1";
    ck_fails(gov_store_cover(store, "cell", "thing", &o, &t, &err), GOV_E_FORMAT);
    gov_store_close(store);
}
END_TEST

START_TEST(each_allocation_may_fail)
{
    gov_store *store = spoiled();
    gov_table *t = NULL;
    ck_every_allocation(gov_store_cover(store, "cell", "thing", NULL, &t, &err), ck_assert_ptr_null(t),
                        gov_table_free(t);
                        t = NULL);
    ck_every_allocation(gov_store_neighbours(store, "cell", NULL, &t, &err), ck_assert_ptr_null(t),
                        gov_table_free(t);
                        t = NULL);
    gov_store_close(store);
}
END_TEST

GOV_TESTS("store/cover", every_fault_has_its_grids_and_its_ground, neighbours_are_named_with_their_border,
          bad_questions_are_refused, each_allocation_may_fail)
