/* Mann-Kendall and Sen against numbers that other packages print. */
#include "govcore/trend.h"
#include "gov_check.h"
#include "trend/mk_cases.h"

#include <math.h>
#include <string.h>

#define COUNT(a) ((int64_t)(sizeof(a) / sizeof((a)[0])))

static gov_error err = GOV_ERROR_INIT;

/* pymannkendall prints 1 - cdf, which cannot go below the last digit of 1. */
static void check_case(const gov_mk_result *r, const mk_case *c)
{
    ck_assert_msg(r->trend == c->trend, "%s: trend %d, expected %d", c->name, r->trend, c->trend);
    ck_assert_msg(fabs(r->p - c->p) <= 1e-12 * c->p + 4e-16, "%s: p %.17g, expected %.17g", c->name, r->p,
                  c->p);
    ck_near(r->z, c->z, 1e-12);
    ck_near(r->tau, c->tau, 1e-12);
    ck_near(r->s, c->s, 1e-12);
    ck_near(r->var_s, c->var_s, 1e-12);
    ck_near(r->slope, c->slope, 1e-12);
    ck_near(r->intercept, c->intercept, 1e-12);
    ck_assert_int_eq(r->h, c->p < 0.05);
}

static void check_series(const double *y, int64_t n, const mk_case *cases, int64_t count)
{
    for (int64_t i = 0; i < count; i++) {
        gov_mk_options o = GOV_MK_OPTIONS_INIT;
        gov_mk_result r = GOV_MK_RESULT_INIT;
        o.method = cases[i].method;
        o.lag = cases[i].lag;
        ck_ok(gov_mann_kendall(y, NULL, n, &o, &r, &err));
        check_case(&r, &cases[i]);
    }
}

START_TEST(every_test_of_one_series_prints_what_pymannkendall_prints)
{
    check_series(shampoo, COUNT(shampoo), shampoo_cases, COUNT(shampoo_cases));
    check_series(airpassengers, COUNT(airpassengers), airpassengers_cases, COUNT(airpassengers_cases));
}
END_TEST

START_TEST(tests_over_columns_print_what_pymannkendall_prints)
{
    double y[COUNT(arbitrary_2d)];
    uint8_t valid[COUNT(arbitrary_2d)];
    int64_t rows = COUNT(arbitrary_2d) / 2;
    gov_mk_result r = GOV_MK_RESULT_INIT;
    for (int64_t i = 0; i < 2 * rows; i++) {
        valid[i] = (uint8_t)!isnan(arbitrary_2d[i]);
        y[i] = valid[i] ? arbitrary_2d[i] : 0;
    }
    ck_ok(gov_mann_kendall_regional(y, valid, rows, 2, NULL, &r, &err));
    check_case(&r, &arbitrary_2d_cases[0]);
    ck_ok(gov_mann_kendall_correlated(y, valid, rows, 2, NULL, &r, &err));
    check_case(&r, &arbitrary_2d_cases[1]);
    ck_ok(gov_mann_kendall_partial(y, valid, rows, NULL, &r, &err));
    check_case(&r, &arbitrary_2d_cases[2]);
}
END_TEST

/* Sen (1968) section 6 by R trend 1.1.6, sens.slope(shampoo-like input) is checked on the whole in the reference
 * run; here the data set of Sen's definition, all slopes by hand: (2-1)/1, (4-1)/2, (4-2)/1, (3-1)/3, (3-2)/2,
 * (3-4)/1 = 1, 1.5, 2, 0.667, 0.5, -1. */
START_TEST(slope_is_the_median_of_all_slopes)
{
    const double y[] = {1, 2, 4, 3};
    gov_sen_result r = GOV_SEN_RESULT_INIT;
    ck_ok(gov_sen_slope(y, NULL, 4, NULL, &r, &err));
    ck_near(r.slope, (2.0 / 3 + 1) / 2, 1e-15);
    ck_near(r.intercept, 2.5 - 1.5 * r.slope, 1e-15);
    ck_assert_int_eq(r.pairs, 6);
    ck_assert_double_eq(r.slope_low, -1);
    ck_assert_double_eq(r.slope_high, 2);
}
END_TEST

START_TEST(gaps_keep_their_distance_in_time)
{
    const double y[] = {0, 1, -99, -99, 4, 5};
    const uint8_t valid[] = {1, 1, 0, 0, 1, 1};
    gov_sen_result r = GOV_SEN_RESULT_INIT;
    gov_mk_result mk = GOV_MK_RESULT_INIT;
    ck_ok(gov_sen_slope(y, valid, 6, NULL, &r, &err));
    ck_assert_double_eq(r.slope, 1);
    ck_assert_double_eq(r.intercept, 0);
    ck_assert_int_eq(r.n, 4);
    ck_ok(gov_mann_kendall(y, valid, 6, NULL, &mk, &err));
    ck_assert_double_eq(mk.s, 6);
    ck_assert_int_eq(mk.n, 4);
}
END_TEST

/* 2 (1 - Phi(|z|)) rounds to 0 beyond 8.3; the complementary error function does not. */
START_TEST(small_p_values_do_not_vanish)
{
    gov_mk_result r = GOV_MK_RESULT_INIT;
    ck_ok(gov_mann_kendall(airpassengers, NULL, COUNT(airpassengers), NULL, &r, &err));
    ck_assert(r.p > 0 && r.p < 1e-45);
}
END_TEST

/* An alternating series has autocorrelations whose sum outweighs 1: no variance. */
START_TEST(variance_that_is_not_one_is_flagged_and_left_uncorrected)
{
    double y[40];
    gov_mk_options o = GOV_MK_OPTIONS_INIT;
    gov_mk_result r = GOV_MK_RESULT_INIT;
    gov_mk_result plain = GOV_MK_RESULT_INIT;
    for (int i = 0; i < 40; i++)
        y[i] = (i % 2 == 0 ? 10 : -10) + 0.01 * (i * i % 7);
    o.method = GOV_MK_YUE_WANG;
    o.lag = 1;
    ck_ok(gov_mann_kendall(y, NULL, 40, &o, &r, &err));
    ck_ok(gov_mann_kendall(y, NULL, 40, NULL, &plain, &err));
    ck_assert_int_eq(r.factor_refused, 1);
    ck_assert_double_eq(r.var_s, plain.var_s);
    ck_assert(isfinite(r.z));
}
END_TEST

START_TEST(too_little_data_is_a_status_that_says_how_much_is_needed)
{
    const double flat[] = {3, 3, 3, 3, 3};
    const double bad[] = {1, 2, NAN, 4};
    const uint8_t none[] = {0, 0, 0, 0, 0};
    gov_mk_result r = GOV_MK_RESULT_INIT;
    gov_mk_options o = GOV_MK_OPTIONS_INIT;
    gov_sen_result sen = GOV_SEN_RESULT_INIT;
    r.p = 42;
    ck_fails(gov_mann_kendall(flat, NULL, 0, NULL, &r, &err), GOV_E_NO_DATA);
    ck_fails(gov_mann_kendall(shampoo, NULL, 2, NULL, &r, &err), GOV_E_NO_DATA);
    ck_assert_str_eq(err.message, "the Mann-Kendall test needs 3 values, the series has 2");
    ck_fails(gov_mann_kendall(flat, none, 5, NULL, &r, &err), GOV_E_NO_DATA);
    for (int m = GOV_MK_ORIGINAL; m <= GOV_MK_CORRELATED_SEASONAL; m++) {
        o.method = (gov_mk_method)m;
        o.period = 2;
        ck_fails(gov_mann_kendall(flat, NULL, 5, &o, &r, &err), GOV_E_NO_DATA);
        ck_fails(gov_mann_kendall(bad, NULL, 4, &o, &r, &err), GOV_E_RANGE);
        ck_assert_int_eq(err.row, 2);
    }
    ck_fails(gov_mann_kendall_regional(flat, NULL, 5, 1, NULL, &r, &err), GOV_E_NO_DATA);
    ck_fails(gov_mann_kendall_partial(flat, NULL, 2, NULL, &r, &err), GOV_E_NO_DATA);
    ck_fails(gov_sen_slope(flat, NULL, 1, NULL, &sen, &err), GOV_E_NO_DATA);
    ck_fails(gov_seasonal_sen_slope(flat, NULL, 5, 5, NULL, &sen, &err), GOV_E_NO_DATA);
    ck_assert_double_eq(r.p, 42);
}
END_TEST

START_TEST(a_covariate_ordered_like_the_series_leaves_nothing)
{
    const double y[] = {1, 1, 2, 2, 3, 3, 4, 4, 5, 5};
    gov_mk_result r = GOV_MK_RESULT_INIT;
    ck_fails(gov_mann_kendall_partial(y, NULL, 5, NULL, &r, &err), GOV_E_NO_DATA);
}
END_TEST

START_TEST(options_out_of_range_are_refused)
{
    gov_mk_result r = GOV_MK_RESULT_INIT;
    gov_mk_options o = GOV_MK_OPTIONS_INIT;
    gov_sen_result sen = GOV_SEN_RESULT_INIT;
    o.alpha = 1.5;
    ck_fails(gov_mann_kendall(shampoo, NULL, 36, &o, &r, &err), GOV_E_ARGUMENT);
    ck_assert_str_eq(err.name, "alpha");
    o.alpha = 0;
    o.lag = -1;
    ck_fails(gov_mann_kendall(shampoo, NULL, 36, &o, &r, &err), GOV_E_ARGUMENT);
    o.lag = 0;
    o.period = 1;
    ck_fails(gov_mann_kendall(shampoo, NULL, 36, &o, &r, &err), GOV_E_ARGUMENT);
    ck_fails(gov_mann_kendall(NULL, NULL, 36, NULL, &r, &err), GOV_E_ARGUMENT);
    ck_fails(gov_mann_kendall(shampoo, NULL, 36, NULL, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_seasonal_sen_slope(shampoo, NULL, 36, 1, NULL, &sen, &err), GOV_E_ARGUMENT);
    ck_fails(gov_mann_kendall_regional(shampoo, NULL, 36, 0, NULL, &r, &err), GOV_E_ARGUMENT);
}
END_TEST

START_TEST(no_allocation_failure_leaks_or_writes)
{
    gov_mk_result r = GOV_MK_RESULT_INIT;
    gov_sen_result sen = GOV_SEN_RESULT_INIT;
    for (int m = GOV_MK_ORIGINAL; m <= GOV_MK_CORRELATED_SEASONAL; m++) {
        gov_mk_options o = GOV_MK_OPTIONS_INIT;
        o.method = (gov_mk_method)m;
        r.n = -5;
        ck_every_allocation(gov_mann_kendall(shampoo, NULL, 36, &o, &r, &err), ck_assert_int_eq(r.n, -5),
                            (void)0);
    }
    r.n = -5;
    ck_every_allocation(gov_mann_kendall_regional(shampoo, NULL, 12, 3, NULL, &r, &err),
                        ck_assert_int_eq(r.n, -5), (void)0);
    r.n = -5;
    ck_every_allocation(gov_mann_kendall_correlated(shampoo, NULL, 12, 3, NULL, &r, &err),
                        ck_assert_int_eq(r.n, -5), (void)0);
    r.n = -5;
    ck_every_allocation(gov_mann_kendall_partial(shampoo, NULL, 18, NULL, &r, &err),
                        ck_assert_int_eq(r.n, -5), (void)0);
    ck_every_allocation(gov_sen_slope(shampoo, NULL, 36, NULL, &sen, &err), ck_assert_int_eq(sen.n, 0),
                        (void)0);
}
END_TEST

GOV_TESTS("trend/mann_kendall", every_test_of_one_series_prints_what_pymannkendall_prints,
          tests_over_columns_print_what_pymannkendall_prints, slope_is_the_median_of_all_slopes,
          gaps_keep_their_distance_in_time, small_p_values_do_not_vanish,
          variance_that_is_not_one_is_flagged_and_left_uncorrected,
          too_little_data_is_a_status_that_says_how_much_is_needed,
          a_covariate_ordered_like_the_series_leaves_nothing, options_out_of_range_are_refused,
          no_allocation_failure_leaks_or_writes)
