/* The audit of a cover and the contiguity of its areas, on small layers whose answer can be seen by eye. */
#include "geo/layer.h"
#include "gov_check.h"
#include "table_check.h"

#include <string.h>

static gov_error err = GOV_ERROR_INIT;

static gov_layer *layer_of(const char *const *texts, int64_t count)
{
    gov_layer_builder b = {.areas = 0};
    gov_layer *layer = NULL;
    for (int64_t i = 0; i < count; i++)
        ck_ok(gov_wkt_area(texts[i], (int64_t)strlen(texts[i]), &b, &err));
    ck_ok(gov_layer_finish(&b, &layer, &err));
    return layer;
}

static gov_cover_options planar(void)
{
    gov_cover_options o = GOV_COVER_OPTIONS_INIT;
    o.planar = 1;
    return o;
}

static gov_table *audit(const char *const *texts, int64_t count)
{
    gov_layer *layer = layer_of(texts, count);
    gov_cover_options o = planar();
    gov_table *t = NULL;
    ck_ok(gov_layer_audit(layer, &o, &t, &err));
    gov_layer_free(layer);
    return t;
}

static double number(const gov_table *t, int64_t row, const char *name)
{
    int64_t column = 0;
    double value = 0;
    uint8_t valid = 0;
    ck_ok(gov_table_find(t, name, &column, &err));
    ck_ok(gov_table_copy_doubles(t, column, row, 1, &value, &valid, &err));
    return valid ? value : -1.0;
}

static void check_fault(const gov_table *t, int64_t row, const char *fault, const char *areas, double size,
                        int sliver, const char *wkt)
{
    ck_text_in(t, row, "fault", fault);
    ck_text_in(t, row, "areas", areas);
    ck_text_in(t, row, "wkt", wkt);
    ck_assert(number(t, row, "square_metres") == size);
    ck_assert(number(t, row, "sliver") == sliver);
}

START_TEST(a_clean_cover_has_no_fault)
{
    /* The second area's border has a corner that its neighbours lack; the third is a hole filled. */
    static const char *const texts[] = {"POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 2 1, 2 2, 1 2, 1 1))",
                                        "POLYGON ((4 0, 8 0, 8 4, 4 4, 4 1, 4 0))",
                                        "POLYGON ((1 1, 2 1, 2 2, 1 2, 1 1))", "POLYGON EMPTY"};
    gov_table *t = audit(texts, 4);
    ck_assert_int_eq(gov_table_rows(t), 0);
    ck_assert_int_eq(gov_table_columns(t), 9);
    gov_table_free(t);
    t = audit(texts, 0);
    ck_assert_int_eq(gov_table_rows(t), 0);
    gov_table_free(t);
}
END_TEST

START_TEST(gaps_are_enclosed_ground_without_an_area)
{
    static const char *const texts[] = {"POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 3 1, 3 3, 1 3, 1 1))",
                                        "POLYGON ((4 0, 8 0, 8 4, 4 4, 4.5 2, 4 0))"};
    gov_table *t = audit(texts, 2);
    ck_assert_int_eq(gov_table_rows(t), 2);
    check_fault(t, 0, "gap", "0", 4.0, 0, "POLYGON ((1 1, 3 1, 3 3, 1 3, 1 1))");
    check_fault(t, 1, "gap", "0 1", 1.0, 0, "POLYGON ((4 0, 4.5 2, 4 4, 4 0))");
    ck_assert(number(t, 0, "area") == 0.0 && number(t, 0, "other") == -1.0);
    ck_assert(number(t, 1, "area") == 0.0 && number(t, 1, "other") == 1.0);
    ck_assert(number(t, 1, "x") == 4.0 && number(t, 1, "y") == 0.0);
    gov_table_free(t);
}
END_TEST

START_TEST(a_gap_about_an_island_has_a_hole)
{
    static const char *const texts[] = {"POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 8 1, 8 8, 1 8, 1 1))",
                                        "POLYGON ((3 3, 5 3, 5 5, 3 5, 3 3))"};
    gov_table *t = audit(texts, 2);
    ck_assert_int_eq(gov_table_rows(t), 1);
    check_fault(t, 0, "gap", "0 1", 45.0, 0,
                "POLYGON ((1 1, 8 1, 8 8, 1 8, 1 1), (3 3, 3 5, 5 5, 5 3, 3 3))");
    gov_table_free(t);
}
END_TEST

START_TEST(overlaps_name_all_areas_that_share_the_ground)
{
    static const char *const texts[] = {"POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0))",
                                        "POLYGON ((2 2, 6 2, 6 6, 2 6, 2 2))",
                                        "POLYGON ((3 3, 9 3, 9 9, 3 9, 3 3))"};
    gov_table *t = audit(texts, 3);
    ck_assert_int_eq(gov_table_rows(t), 3);
    check_fault(t, 0, "overlap", "0 1", 3.0, 0, "POLYGON ((2 2, 4 2, 4 3, 3 3, 3 4, 2 4, 2 2))");
    check_fault(t, 1, "overlap", "0 1 2", 1.0, 0, "POLYGON ((3 3, 4 3, 4 4, 3 4, 3 3))");
    ck_text_in(t, 2, "areas", "1 2");
    ck_assert(number(t, 2, "square_metres") == 8.0);
    gov_table_free(t);
    /* The same area twice. */
    static const char *const twice[] = {"POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0))",
                                        "POLYGON ((4 4, 0 4, 0 0, 4 0, 4 4))"};
    t = audit(twice, 2);
    ck_assert_int_eq(gov_table_rows(t), 1);
    check_fault(t, 0, "overlap", "0 1", 16.0, 0, "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0))");
    gov_table_free(t);
}
END_TEST

/* A strip of 4 by 0.01: 4 pi 0.04 / 8.02^2 = 0.008. */
START_TEST(thin_faults_are_slivers)
{
    static const char *const texts[] = {"POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0))",
                                        "POLYGON ((0 3.99, 4 3.99, 4 8, 0 8, 0 3.99))"};
    gov_table *t = audit(texts, 2);
    ck_assert_int_eq(gov_table_rows(t), 1);
    ck_text_in(t, 0, "fault", "overlap");
    ck_assert_double_eq_tol(number(t, 0, "square_metres"), 0.04, 1e-9);
    ck_assert(number(t, 0, "sliver") == 1.0);
    gov_table_free(t);
}
END_TEST

START_TEST(borders_that_cross_themselves_are_named_with_the_point)
{
    static const char *const texts[] = {"POLYGON ((0 0, 4 4, 4 0, 0 4, 0 0))",
                                        "POLYGON ((10 0, 14 0, 14 4, 14 2, 10 2, 10 0))"};
    gov_table *t = audit(texts, 2);
    ck_assert_int_eq(gov_table_rows(t), 2);
    ck_text_in(t, 0, "fault", "self_intersection");
    ck_text_in(t, 0, "wkt", "POINT (2 2)");
    ck_text_in(t, 1, "areas", "1");
    ck_text_in(t, 1, "wkt", "POINT (14 2)"); /* a spike: the border runs along itself */
    ck_assert(number(t, 0, "square_metres") == -1.0);
    gov_table_free(t);
}
END_TEST

/* A degree of longitude at 60 N is half of one at the equator: 55 597.54 m with R1. */
START_TEST(degrees_become_metres_at_their_latitude)
{
    static const char *const texts[] = {
        "POLYGON ((10 60, 10.001 60, 10.001 60.001, 10 60.001, 10 60))",
        "POLYGON ((10.001 60, 10.002 60, 10.002 60.001, 10.001 60.001, 10.001 60))",
        "POLYGON ((10 60, 10.001 60, 10.001 60.001, 10 60.001, 10 60))"};
    gov_layer *layer = layer_of(texts, 3);
    gov_table *t = NULL;
    ck_ok(gov_layer_audit(layer, NULL, &t, &err));
    ck_assert_int_eq(gov_table_rows(t), 1);
    ck_assert_double_eq_tol(number(t, 0, "square_metres"), 55.59754 * 111.19508, 0.2);
    gov_table_free(t);
    ck_ok(gov_layer_neighbours(layer, NULL, &t, &err));
    ck_assert_double_eq_tol(number(t, 0, "border_metres"), 111.19508, 1e-4);
    gov_table_free(t);
    gov_layer_free(layer);
}
END_TEST

static void check_pair(const gov_table *t, int64_t row, int area, int neighbour, double metres)
{
    ck_assert(number(t, row, "area") == area && number(t, row, "neighbour") == neighbour);
    ck_assert(number(t, row, "border_metres") == metres);
}

/* A chessboard of four squares with one edge cut at another place on each side, and an area far away. */
START_TEST(neighbours_share_an_edge_or_a_corner)
{
    static const char *const texts[] = {
        "POLYGON ((0 0, 2 0, 2 0.5, 2 2, 0 2, 0 0))", "POLYGON ((2 0, 4 0, 4 2, 2 2, 2 1, 2 0))",
        "POLYGON ((0 2, 2 2, 2 4, 0 4, 0 2))", "POLYGON ((2 2, 4 2, 4 4, 2 4, 2 2))",
        "POLYGON ((9 9, 10 9, 10 10, 9 9))"};
    gov_layer *layer = layer_of(texts, 5);
    gov_cover_options o = planar();
    gov_table *t = NULL;
    ck_ok(gov_layer_neighbours(layer, &o, &t, &err));
    ck_assert_int_eq(gov_table_rows(t), 12);
    check_pair(t, 0, 0, 1, 2.0);
    check_pair(t, 1, 0, 2, 2.0);
    check_pair(t, 2, 0, 3, 0.0);
    check_pair(t, 3, 1, 0, 2.0);
    check_pair(t, 4, 1, 2, 0.0);
    check_pair(t, 11, 3, 2, 2.0);
    gov_table_free(t);
    t = NULL;
    ck_every_allocation(gov_layer_neighbours(layer, &o, &t, &err), ck_assert_ptr_null(t),
                        (gov_table_free(t), t = NULL));
    gov_run *run = NULL;
    ck_ok(gov_run_new(&run, &err));
    gov_run_cancel(run);
    o.run = run;
    ck_fails(gov_layer_neighbours(layer, &o, &t, &err), GOV_E_CANCELLED);
    ck_fails(gov_layer_audit(layer, &o, &t, &err), GOV_E_CANCELLED);
    gov_run_free(run);
    ck_fails(gov_layer_neighbours(NULL, NULL, &t, &err), GOV_E_ARGUMENT);
    gov_cover_options unset = {0};
    ck_fails(gov_layer_neighbours(layer, &unset, &t, &err), GOV_E_ARGUMENT);
    ck_fails(gov_layer_audit(layer, &unset, &t, &err), GOV_E_ARGUMENT);
    ck_fails(gov_layer_audit(layer, NULL, NULL, &err), GOV_E_ARGUMENT);
    gov_layer_free(layer);
}
END_TEST

START_TEST(every_allocation_of_an_audit_may_fail)
{
    static const char *const texts[] = {"POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 8 1, 8 8, 1 8, 1 1))",
                                        "POLYGON ((3 3, 5 3, 5 5, 3 5, 3 3))",
                                        "POLYGON ((4 4, 12 4, 4 12, 12 12, 4 4))"};
    gov_layer *layer = layer_of(texts, 3);
    gov_table *t = NULL;
    ck_every_allocation(gov_layer_audit(layer, NULL, &t, &err), ck_assert_ptr_null(t),
                        (gov_table_free(t), t = NULL));
    gov_layer_free(layer);
    ck_assert_int_eq(gov_alloc_live(), 0);
}
END_TEST

GOV_TESTS("geo/cover", a_clean_cover_has_no_fault, gaps_are_enclosed_ground_without_an_area,
          a_gap_about_an_island_has_a_hole, overlaps_name_all_areas_that_share_the_ground,
          thin_faults_are_slivers, borders_that_cross_themselves_are_named_with_the_point,
          degrees_become_metres_at_their_latitude, neighbours_share_an_edge_or_a_corner,
          every_allocation_of_an_audit_may_fail)
