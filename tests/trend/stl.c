/* STL against the Fortran of its authors (stl.inc); the fast path against the reference path; MSTL by its parts. */
#include "govcore/trend/seasonal.h"
#include "gov_check.h"
#include "stat/random.h"
#include "trend/stl.h"

#include <string.h>

#include "trend/stl.inc"

enum { N = 348 };

static gov_error err = GOV_ERROR_INIT;
static double trend[4 * N];
static double seasonal[4 * N];
static double remainder_[4 * N];
static double weights[4 * N];
static const gov_stl_parts PARTS = {sizeof(gov_stl_parts), trend, seasonal, remainder_, weights};

static gov_stl_options netlib(void)
{
    gov_stl_options o = GOV_STL_OPTIONS_INIT;
    o.period = 12;
    o.seasonal = 35;
    o.trend = 19;
    o.low_pass = 13;
    o.seasonal_jump = 4;
    o.trend_jump = 2;
    o.low_pass_jump = 2;
    return o;
}

/* 1e-9 of the value, or of one hundredth of the range of the data for a season near 0. */
static void same(const double *got, const double *expected, double scale)
{
    for (int i = 0; i < N; i++)
        ck_assert_msg(fabs(got[i] - expected[i]) <= 1e-9 * fmax(fabs(expected[i]), scale),
                      "at %d: %.17g, not %.17g", i, got[i], expected[i]);
}

START_TEST(the_results_are_those_of_the_fortran)
{
    gov_stl_options o = netlib();
    o.inner = 1;
    o.outer = 2;
    ck_ok(gov_stl(CO2, NULL, N, &o, &PARTS, &err));
    same(seasonal, BASELINE_SEASON, 0.1);
    same(trend, BASELINE_TREND, 0);
    same(weights, BASELINE_WEIGHTS, 0.1);
    o = netlib();
    o.inner = 2;
    ck_ok(gov_stl(CO2, NULL, N, &o, &PARTS, &err));
    same(seasonal, STLEZ_SEASON, 0.1);
    same(trend, STLEZ_TREND, 0);
}
END_TEST

/* stlez stops its robust passes by itself, here after two. */
START_TEST(the_robust_results_are_those_of_the_fortran)
{
    gov_stl_options o = netlib();
    o.robust = 1;
    o.inner = 1;
    o.outer = 2;
    ck_ok(gov_stl(CO2, NULL, N, &o, &PARTS, &err));
    same(seasonal, STLEZ_ROBUST_SEASON, 0.1);
    same(trend, STLEZ_ROBUST_TREND, 0);
    same(weights, STLEZ_ROBUST_WEIGHTS, 0.1);
    for (int i = 0; i < N; i++)
        ck_near(remainder_[i], CO2[i] - trend[i] - seasonal[i], 0);
}
END_TEST

static void paths_agree(int64_t n, const gov_stl_options *o)
{
    static double y[1095];
    static double fast[3][1095];
    static double slow[3][1095];
    gov_random random = gov_random_start(11, (uint64_t)n);
    for (int64_t i = 0; i < n; i++)
        y[i] = 20 * gov_random_uniform(&random) + 5 * sin((double)i);
    gov_stl_plan a;
    gov_stl_plan b;
    ck_ok(gov_stl_plan_new(n, o, 0, &a, &err));
    ck_ok(gov_stl_plan_new(n, o, 1, &b, &err));
    double *scratch = gov_alloc(gov_stl_scratch(&a), sizeof(double));
    gov_stl_run(&a, y, NULL, fast[0], fast[1], fast[2], scratch);
    gov_stl_run(&b, y, NULL, slow[0], slow[1], slow[2], scratch);
    for (int part = 0; part < 3; part++)
        for (int64_t i = 0; i < n; i++)
            ck_assert_msg(fabs(fast[part][i] - slow[part][i]) <= 1e-11,
                          "n %lld part %d at %lld: %.17g, not %.17g", (long long)n, part, (long long)i,
                          fast[part][i], slow[part][i]);
    gov_free(scratch);
    gov_stl_plan_free(&a);
    gov_stl_plan_free(&b);
}

START_TEST(the_fast_path_agrees_with_the_reference_path)
{
    static const int64_t lengths[] = {4, 5, 14, 15, 36, 97, 365, 1095};
    for (int l = 0; l < 8; l++)
        for (int64_t period = 2; period <= lengths[l] / 2 && period < 60; period += 5)
            for (int shape = 0; shape < 6; shape++) {
                gov_stl_options o = GOV_STL_OPTIONS_INIT;
                o.period = period;
                o.seasonal = shape == 1 ? 3 : 7;
                o.trend = shape == 2 ? 101 : 0;
                o.periodic = shape == 3;
                o.seasonal_degree = shape == 4 ? GOV_STL_CONSTANT : GOV_STL_DEFAULT;
                o.trend_jump = shape == 5 ? GOV_STL_JUMP_TENTH : 1;
                o.low_pass_jump = shape == 5 ? 3 : 1;
                o.outer = shape == 4;
                paths_agree(lengths[l], &o);
            }
}
END_TEST

START_TEST(a_periodic_season_is_the_same_in_every_cycle)
{
    gov_stl_options o = GOV_STL_OPTIONS_INIT;
    o.period = 12;
    o.periodic = 1;
    ck_ok(gov_stl(CO2, NULL, N, &o, &PARTS, &err));
    for (int i = 12; i < N; i++)
        ck_near(seasonal[i], seasonal[i - 12], 0);
}
END_TEST

/* A line plus a season of period 4 is what STL with linear fits takes apart exactly. */
START_TEST(a_line_with_a_season_is_taken_apart_exactly)
{
    static const double season[] = {3, -1, -4, 2};
    double y[40];
    for (int i = 0; i < 40; i++)
        y[i] = 10 + 0.5 * i + season[i % 4];
    gov_stl_options o = GOV_STL_OPTIONS_INIT;
    o.period = 4;
    ck_ok(gov_stl(y, NULL, 40, &o, &PARTS, &err));
    for (int i = 0; i < 40; i++) {
        ck_near(trend[i], 10 + 0.5 * i, 1e-10);
        ck_near(seasonal[i], season[i % 4], 1e-10);
        ck_assert(fabs(remainder_[i]) < 1e-10);
    }
    for (int i = 0; i < 40; i++)
        y[i] = 6;
    o.robust = 1;
    ck_ok(gov_stl(y, NULL, 40, &o, &PARTS, &err));
    for (int i = 0; i < 40; i++) {
        ck_near(trend[i], 6, 1e-14);
        ck_assert(seasonal[i] == seasonal[i] && fabs(seasonal[i]) < 1e-13);
    }
}
END_TEST

START_TEST(many_series_give_what_each_gives_for_any_threads)
{
    static double y[4 * N];
    static uint8_t valid[4 * N];
    uint8_t status[4];
    memset(valid, 1, sizeof(valid));
    for (int s = 0; s < 4; s++)
        for (int i = 0; i < N; i++)
            y[s * N + i] = CO2[i] * (1 + s);
    valid[N + 5] = 0;
    y[2 * N + 7] = NAN;
    gov_stl_options o = netlib();
    o.inner = 2;
    for (int threads = 1; threads <= 3; threads++) {
        o.threads = threads;
        memset(trend, 0, sizeof(trend));
        ck_ok(gov_stl_many(y, valid, 4, N, &o, &PARTS, status, &err));
        ck_assert_int_eq(status[0], GOV_OK);
        ck_assert_int_eq(status[1], GOV_E_MISSING);
        ck_assert_int_eq(status[2], GOV_E_RANGE);
        ck_assert_int_eq(status[3], GOV_OK);
        same(trend, STLEZ_TREND, 0);
        ck_near(trend[N], 0, 0);
        ck_near(trend[3 * N + 100], 4 * trend[100], 1e-14);
    }
    ck_fails(gov_stl_many(y, valid, 4, N, &o, &PARTS, NULL, &err), GOV_E_MISSING);
    ck_assert_int_eq(err.row, 5);
}
END_TEST

/* Two seasons that each average to 0 over their cycle, and a line. */
START_TEST(two_seasons_are_told_apart)
{
    static double y[1095];
    static double seasons[2 * 1095];
    static double level[1095];
    gov_stl_parts parts = GOV_STL_PARTS_INIT;
    parts.trend = level;
    for (int i = 0; i < 1095; i++)
        y[i] = 100 + 0.01 * i + (i % 7 < 5 ? 2 : -5) + 10 * sin(6.283185307179586 * i / 91);
    const int64_t periods[] = {7, 91};
    ck_ok(gov_mstl(y, NULL, 1095, periods, NULL, 2, 0, NULL, seasons, &parts, &err));
    for (int i = 0; i < 1095; i++) {
        ck_assert(fabs(seasons[i] - (i % 7 < 5 ? 2 : -5)) < 0.05);
        ck_assert(fabs(seasons[1095 + i] - 10 * sin(6.283185307179586 * i / 91)) < 0.05);
        ck_near(level[i], 100 + 0.01 * i, 1e-3);
    }
    /* one period is STL with the window given */
    gov_stl_options o = GOV_STL_OPTIONS_INIT;
    o.period = 7;
    o.seasonal = 11;
    static double expected[1095];
    gov_stl_parts one = GOV_STL_PARTS_INIT;
    one.trend = expected;
    ck_ok(gov_stl(y, NULL, 1095, &o, &one, &err));
    ck_ok(gov_mstl(y, NULL, 1095, periods, NULL, 1, 1, NULL, seasons, &parts, &err));
    for (int i = 0; i < 1095; i++)
        ck_near(level[i], expected[i], 0);
}
END_TEST

START_TEST(bad_input_is_refused_with_a_reason)
{
    gov_stl_options o = GOV_STL_OPTIONS_INIT;
    trend[0] = -7;
    ck_fails(gov_stl(CO2, NULL, N, NULL, &PARTS, &err), GOV_E_ARGUMENT);
    ck_assert_str_eq(err.name, "period");
    o.period = 12;
    ck_fails(gov_stl(CO2, NULL, 23, &o, &PARTS, &err), GOV_E_NO_DATA);
    ck_assert_str_eq(err.message, "STL needs two cycles of 12 periods, there are 23 periods");
    ck_fails(gov_stl(CO2, NULL, 0, &o, &PARTS, &err), GOV_E_NO_DATA);
    ck_fails(gov_stl(NULL, NULL, 5, &o, &PARTS, &err), GOV_E_ARGUMENT);
    ck_fails(gov_stl(CO2, NULL, N, &o, NULL, &err), GOV_E_ARGUMENT);
    uint8_t valid[N];
    memset(valid, 1, sizeof(valid));
    valid[17] = 0;
    ck_fails(gov_stl(CO2, valid, N, &o, &PARTS, &err), GOV_E_MISSING);
    ck_assert_int_eq(err.row, 17);
    o.seasonal = 8;
    ck_fails(gov_stl(CO2, NULL, N, &o, &PARTS, &err), GOV_E_ARGUMENT);
    ck_assert_str_eq(err.name, "seasonal");
    o.seasonal = 7;
    o.trend_jump = -2;
    ck_fails(gov_stl(CO2, NULL, N, &o, &PARTS, &err), GOV_E_ARGUMENT);
    o.trend_jump = 0;
    o.low_pass_degree = (gov_stl_degree)9;
    ck_fails(gov_stl(CO2, NULL, N, &o, &PARTS, &err), GOV_E_ARGUMENT);
    double season[N];
    const int64_t falling[] = {12, 7};
    const int64_t wide[] = {12, 180};
    const int64_t even[] = {7, 8};
    ck_fails(gov_mstl(CO2, NULL, N, falling, NULL, 2, 0, NULL, season, &PARTS, &err), GOV_E_ARGUMENT);
    ck_fails(gov_mstl(CO2, NULL, N, wide, NULL, 2, 0, NULL, season, &PARTS, &err), GOV_E_NO_DATA);
    ck_fails(gov_mstl(CO2, NULL, N, even, even, 2, 0, NULL, season, &PARTS, &err), GOV_E_ARGUMENT);
    ck_fails(gov_mstl(CO2, NULL, N, even, NULL, 0, 0, NULL, season, &PARTS, &err), GOV_E_ARGUMENT);
    ck_near(trend[0], -7, 0);
}
END_TEST

/* A line with a season is what LOESS of degree 1 reproduces, with or without its values in the gaps; robust weights of
 * remainders that are nothing but rounding are of any size. */
START_TEST(a_gap_is_gone_through_by_what_stands_beside_it)
{
    enum { LENGTH = 140, CYCLE = 7 };
    static const double week[CYCLE] = {3, -1, -2, 0, 1, 2, -3};
    double y[LENGTH];
    uint8_t valid[LENGTH];
    for (int t = 0; t < LENGTH; t++) {
        y[t] = 20 + 0.3 * t + week[t % CYCLE];
        valid[t] = !(t == 0 || (t > 40 && t < 46) || t == 90 || t == 97);
        if (!valid[t])
            y[t] = NAN;
    }
    static double line[LENGTH];
    static double season[2 * LENGTH];
    static double rest[LENGTH];
    static double weight[LENGTH];
    gov_stl_parts parts = {(uint32_t)sizeof(parts), line, season, rest, weight};
    gov_stl_options o = GOV_STL_OPTIONS_INIT;
    o.period = CYCLE;
    ck_fails(gov_stl(y, valid, LENGTH, &o, &parts, &err), GOV_E_MISSING);
    o.gaps = GOV_STL_GAPS_LEAVE_OUT;
    const int64_t periods[] = {CYCLE, 20};
    for (int form = 0; form < 3; form++) {
        o.robust = form == 1;
        if (form < 2)
            ck_ok(gov_stl(y, valid, LENGTH, &o, &parts, &err));
        else
            ck_ok(gov_mstl(y, valid, LENGTH, periods, NULL, 2, 0, &o, season, &parts, &err));
        for (int t = 0; t < LENGTH; t++) {
            double total = season[t] + (form == 2 ? season[LENGTH + t] : 0);
            double expected = 20 + 0.3 * t + week[t % CYCLE];
            ck_assert_msg(form == 1 || fabs(line[t] + total - expected) < 1e-9,
                          "form %d, %d: %.9g, expected %.9g", form, t, line[t] + total, expected);
            ck_assert_int_eq(isnan(rest[t]), !valid[t]);
            ck_assert(form == 1 && valid[t] ? weight[t] >= 0 : weight[t] == valid[t]);
        }
        parts.seasonal = form == 1 ? NULL : season;
    }
    for (int t = 5; t < LENGTH; t += CYCLE)
        valid[t] = 0; /* every Saturday */
    parts.seasonal = season;
    ck_fails(gov_stl(y, valid, LENGTH, &o, &parts, &err), GOV_E_MISSING);
    ck_assert_ptr_nonnull(strstr(err.message, "of one season"));
    o.gaps = (gov_stl_gaps)4;
    ck_fails(gov_stl(y, valid, LENGTH, &o, &parts, &err), GOV_E_ARGUMENT);
    ck_assert_str_eq(err.name, "gaps");
}
END_TEST

START_TEST(a_failed_allocation_leaves_nothing)
{
    gov_stl_options o = netlib();
    o.inner = 1;
    trend[0] = -7;
    ck_every_allocation(gov_stl(CO2, NULL, N, &o, &PARTS, &err), ck_near(trend[0], -7, 0), (void)0);
    static double seasons[2 * N];
    const int64_t periods[] = {6, 12};
    trend[0] = -7;
    ck_every_allocation(gov_mstl(CO2, NULL, N, periods, NULL, 2, 1, NULL, seasons, &PARTS, &err),
                        ck_near(trend[0], -7, 0), (void)0);
}
END_TEST

GOV_TESTS("trend/stl", the_results_are_those_of_the_fortran, the_robust_results_are_those_of_the_fortran,
          the_fast_path_agrees_with_the_reference_path, a_periodic_season_is_the_same_in_every_cycle,
          a_line_with_a_season_is_taken_apart_exactly, many_series_give_what_each_gives_for_any_threads,
          two_seasons_are_told_apart, bad_input_is_refused_with_a_reason,
          a_gap_is_gone_through_by_what_stands_beside_it, a_failed_allocation_leaves_nothing)
