/* Points in areas: exact at every boundary, and the bulk assignment is the plain test of every area in turn. */
#include "geo/layer.h"
#include "gov_check.h"

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

static gov_side side(const gov_layer *layer, int64_t area, double x, double y)
{
    gov_side out = GOV_SIDE_OUTSIDE;
    ck_ok(gov_layer_side(layer, area, x, y, &out, &err));
    return out;
}

START_TEST(corners_edges_and_holes_belong_to_the_boundary)
{
    static const char *const texts[] = {"POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 2 1, 2 2, 1 2, 1 1))"};
    gov_layer *l = layer_of(texts, 1);
    static const double corners[][2] = {{0, 0}, {4, 0}, {4, 4}, {0, 4}, {1, 1},   {2, 2},
                                        {2, 0}, {0, 3}, {4, 1}, {3, 4}, {1, 1.5}, {1.5, 2}};
    for (size_t i = 0; i < sizeof(corners) / sizeof(corners[0]); i++)
        ck_assert_int_eq(side(l, 0, corners[i][0], corners[i][1]), GOV_SIDE_BOUNDARY);
    ck_assert_int_eq(side(l, 0, 0.5, 1.0), GOV_SIDE_INSIDE);
    ck_assert_int_eq(side(l, 0, 3.0, 2.0), GOV_SIDE_INSIDE);
    ck_assert_int_eq(side(l, 0, 1.5, 1.5), GOV_SIDE_OUTSIDE);
    ck_assert_int_eq(side(l, 0, -1.0, 1.0), GOV_SIDE_OUTSIDE);
    ck_assert_int_eq(side(l, 0, 5.0, 4.0), GOV_SIDE_OUTSIDE);
    ck_assert_int_eq(side(l, 0, (double)NAN, 1.0), GOV_SIDE_OUTSIDE);
    gov_side out;
    ck_fails(gov_layer_side(l, 1, 0, 0, &out, &err), GOV_E_RANGE);
    ck_fails(gov_layer_side(NULL, 0, 0, 0, &out, &err), GOV_E_ARGUMENT);
    gov_layer_free(l);
}
END_TEST

/* The example of Kettner et al. (2008), "Classroom examples of robustness problems in geometric computations",
 * doi:10.1016/j.comgeo.2007.06.003: p = (0.5 + i u, 0.5 + j u), u = 2^-53, against the line through (12, 12) and
 * (24, 24). The turn is the sign of j - i, which rounding loses. */
START_TEST(turns_are_exact_where_rounding_loses_them)
{
    const double b[2] = {12.0, 12.0};
    const double c[2] = {24.0, 24.0};
    const double u = 0x1p-53;
    for (int i = 0; i < 256; i++) {
        for (int j = 0; j < 256; j++) {
            const double p[2] = {0.5 + i * u, 0.5 + j * u};
            int expected = (p[1] > p[0]) - (p[1] < p[0]);
            ck_assert_int_eq(gov_orient(b, c, p), expected);
            ck_assert_int_eq(gov_orient(p, b, c), expected);
            ck_assert_int_eq(gov_orient(c, b, p), -expected);
        }
    }
}
END_TEST

/* A slanted border: each point lies in exactly one of the two areas, or on the border of both. */
START_TEST(neighbours_agree_about_their_border)
{
    static const char *const texts[] = {"POLYGON ((0 0, 1 0, 0.1 0.9, 0 0.9, 0 0))",
                                        "POLYGON ((1 0, 2 0, 2 0.9, 0.1 0.9, 1 0))"};
    gov_layer *l = layer_of(texts, 2);
    const double ulp = 0x1p-53;
    for (int i = 0; i < 300; i++) {
        double x = 0.5 + (i - 150) * ulp;
        for (int j = 0; j < 60; j++) {
            double y = 0.5 + (j - 30) * ulp;
            gov_side a = side(l, 0, x, y);
            gov_side b = side(l, 1, x, y);
            ck_assert(a == GOV_SIDE_BOUNDARY ? b == GOV_SIDE_BOUNDARY
                                             : (a == GOV_SIDE_INSIDE) != (b == GOV_SIDE_INSIDE));
        }
    }
    gov_layer_free(l);
}
END_TEST

static uint64_t state = 7;

static double uniform(void)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(state >> 11) * 0x1p-53;
}

/* A star of n corners about (x, y): simple, not convex. */
static void add_star(gov_layer_builder *b, double x, double y, double size, int n)
{
    double first[2] = {0.0, 0.0};
    ck_ok(gov_layer_begin_area(b, &err));
    ck_ok(gov_layer_begin_ring(b, 1, &err));
    for (int i = 0; i < n; i++) {
        double angle = 6.283185307179586 * i / n;
        double radius = size * (0.2 + 0.8 * uniform());
        double corner[2] = {x + radius * cos(angle), y + radius * sin(angle)};
        if (i == 0)
            memcpy(first, corner, sizeof(first));
        ck_ok(gov_layer_add_point(b, corner[0], corner[1], &err));
    }
    ck_ok(gov_layer_add_point(b, first[0], first[1], &err));
}

static int64_t first_area(const gov_layer *l, double x, double y)
{
    for (int64_t a = 0; a < l->count; a++) {
        if (side(l, a, x, y) != GOV_SIDE_OUTSIDE)
            return a;
    }
    return -1;
}

/* Overlapping stars of very different sizes; points at random, on corners and close to corners. */
START_TEST(bulk_assignment_is_the_plain_test_of_each_area)
{
    enum { AREAS = 120, POINTS = 40000 };
    gov_layer_builder b = {.areas = 0};
    gov_layer *l = NULL;
    for (int i = 0; i < AREAS; i++)
        add_star(&b, 121.0 + uniform(), 31.0 + uniform(), i % 10 == 0 ? 0.4 : 0.04, 3 + i % 40);
    ck_ok(gov_layer_finish(&b, &l, &err));
    double *x = malloc(POINTS * sizeof(double));
    double *y = malloc(POINTS * sizeof(double));
    uint8_t *valid = malloc(POINTS);
    int64_t *one = malloc(POINTS * sizeof(int64_t));
    int64_t *many = malloc(POINTS * sizeof(int64_t));
    int64_t corners = l->ring_start[l->area_start[AREAS]];
    for (int i = 0; i < POINTS; i++) {
        const double *corner = l->xy + 2 * (int64_t)(uniform() * (double)corners);
        double step = i % 3 == 0 ? 0.0 : 1e-13 * (uniform() - 0.5);
        x[i] = i % 2 ? 120.8 + 1.4 * uniform() : corner[0] + step;
        y[i] = i % 2 ? 30.8 + 1.4 * uniform() : corner[1] - step;
        valid[i] = i % 101 != 5;
    }
    x[1] = (double)NAN;
    y[3] = (double)INFINITY;
    gov_assign_options o = GOV_ASSIGN_OPTIONS_INIT;
    ck_ok(gov_layer_assign(l, x, y, valid, POINTS, NULL, one, &err));
    o.threads = 3;
    ck_ok(gov_layer_assign(l, x, y, valid, POINTS, &o, many, &err));
    ck_assert_int_eq(memcmp(one, many, POINTS * sizeof(int64_t)), 0);
    for (int i = 0; i < POINTS; i++)
        ck_assert_int_eq(one[i], valid[i] ? first_area(l, x[i], y[i]) : -1);
    gov_run *run = NULL;
    ck_ok(gov_run_new(&run, &err));
    gov_run_cancel(run);
    o.run = run;
    ck_fails(gov_layer_assign(l, x, y, NULL, POINTS, &o, many, &err), GOV_E_CANCELLED);
    ck_fails(gov_layer_assign(l, NULL, y, NULL, POINTS, NULL, many, &err), GOV_E_ARGUMENT);
    gov_assign_options unset = {0};
    ck_fails(gov_layer_assign(l, x, y, NULL, POINTS, &unset, many, &err), GOV_E_ARGUMENT);
    ck_every_allocation(gov_layer_assign(l, x, y, NULL, 100, NULL, many, &err), (void)0, (void)0);
    gov_run_free(run);
    free(x);
    free(y);
    free(valid);
    free(one);
    free(many);
    gov_layer_free(l);
    ck_assert_int_eq(gov_alloc_live(), 0);
}
END_TEST

START_TEST(flat_and_tiny_areas_do_not_disturb)
{
    static const char *const texts[] = {"POLYGON ((1 1, 2 1, 3 1, 1 1))",
                                        "POLYGON ((1 1, 1 2, 1 3, 1 1))",
                                        "POLYGON ((5 5, 5 5, 5 5, 5 5))",
                                        "POLYGON ((0 0, 1e-300 0, 0 1e-300, 0 0))",
                                        "POLYGON ((-1e300 -1e300, 1e300 -1e300, 0 1e300, -1e300 -1e300))",
                                        "POLYGON EMPTY"};
    for (int n = 1; n <= 6; n++) {
        gov_layer *l = layer_of(texts, n);
        double x[] = {1.5, 1.0, 5.0, 0.0, -2.0};
        double y[] = {1.0, 2.5, 5.0, 0.0, 7.0};
        int64_t area[5];
        ck_ok(gov_layer_assign(l, x, y, NULL, 5, NULL, area, &err));
        for (int i = 0; i < 5; i++)
            ck_assert_int_eq(area[i], first_area(l, x[i], y[i]));
        ck_assert_int_eq(area[0], 0);
        gov_layer_free(l);
    }
}
END_TEST

static gov_table *points_table(void)
{
    static const double x[] = {1.0, 9.0, 0.0, 3.0};
    static const int32_t y[] = {1, 1, 0, 3};
    static const uint8_t valid[] = {1, 1, 0, 1};
    gov_table_builder *b = NULL;
    gov_table *t = NULL;
    ck_ok(gov_table_builder_new(&b, &err));
    ck_ok(gov_table_builder_array(b, "lon", GOV_TYPE_FLOAT64, x, valid, 4, &err));
    ck_ok(gov_table_builder_array(b, "lat", GOV_TYPE_INT32, y, NULL, 4, &err));
    ck_ok(gov_table_builder_finish(b, &t, &err));
    gov_table_builder_free(b);
    return t;
}

START_TEST(a_table_of_points_gets_a_column_of_areas)
{
    static const char *const texts[] = {"POLYGON ((8 0, 10 0, 10 2, 8 2, 8 0))",
                                        "POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0))"};
    gov_layer *l = layer_of(texts, 2);
    gov_table *t = points_table();
    gov_table *r = NULL;
    ck_ok(gov_layer_assign_table(l, t, "lon", "lat", NULL, &r, &err));
    int64_t area[4];
    uint8_t valid[4];
    ck_assert_str_eq(gov_table_name(r, 0), "area");
    ck_ok(gov_table_copy_int64s(r, 0, 0, 4, area, valid, &err));
    ck_assert(area[0] == 1 && area[1] == 0 && valid[0] && valid[1] && !valid[2] && !valid[3]);
    gov_table_free(r);
    r = NULL;
    ck_fails(gov_layer_assign_table(l, t, "lon", "x", NULL, &r, &err), GOV_E_UNKNOWN_NAME);
    ck_every_allocation(gov_layer_assign_table(l, t, "lon", "lat", NULL, &r, &err), ck_assert_ptr_null(r),
                        (gov_table_free(r), r = NULL));
    gov_table_free(t);
    gov_layer_free(l);
}
END_TEST

GOV_TESTS("geo/points", corners_edges_and_holes_belong_to_the_boundary,
          turns_are_exact_where_rounding_loses_them, neighbours_agree_about_their_border,
          bulk_assignment_is_the_plain_test_of_each_area, flat_and_tiny_areas_do_not_disturb,
          a_table_of_points_gets_a_column_of_areas)
