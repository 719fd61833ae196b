/* Farrington against R's surveillance. */
#include "govcore/trend.h"
#include "gov_check.h"
#include "trend/surveillance_cases.h"

#include <string.h>

#define COUNT(a) ((int64_t)(sizeof(a) / sizeof((a)[0])))
enum { N = 312, FIRST = 281, FIRST_1996 = 269 };

static gov_error err = GOV_ERROR_INIT;
static double expected[N];
static double upper[N];
static double score[N];
static double p[N];
static double phi[N];
static double slope[N];
static uint8_t alarm[N];
static uint8_t reason[N];
static uint8_t trend[N];
static int64_t down[N];

static gov_alarms alarms(void)
{
    gov_alarms a = GOV_ALARMS_INIT;
    a.expected = expected;
    a.upper = upper;
    a.score = score;
    a.alarm = alarm;
    a.reason = reason;
    return a;
}

static gov_farrington_fits fits(void)
{
    gov_farrington_fits f = GOV_FARRINGTON_FITS_INIT;
    f.p = p;
    f.phi = phi;
    f.slope = slope;
    f.trend = trend;
    f.downweighted = down;
    return f;
}

static void judge(const gov_farrington_options *o)
{
    gov_alarms a = alarms();
    gov_farrington_fits f = fits();
    ck_ok(gov_farrington(salmonella_agona, NULL, NULL, N, o, &a, &f, &err));
}

/* NaN in `printed` stands for NA: no trend was kept. */
static void check(const double *values, const double *printed, int64_t count, int64_t first)
{
    for (int64_t i = 0; i < count; i++)
        if (isnan(printed[i]))
            ck_assert_double_eq(values[first + i], 0);
        else
            ck_near(values[first + i], printed[i], 1e-12);
}

static gov_farrington_options control_1(void)
{
    gov_farrington_options o = GOV_FARRINGTON_OPTIONS_INIT;
    o.b = 4;
    o.no_periods = 1;
    o.weights_threshold = 1;
    o.past_excluded = 3;
    o.trend_level = 0.05;
    o.alpha = 0.1;
    return o;
}

static gov_farrington_options control_2(gov_farrington_threshold threshold)
{
    gov_farrington_options o = GOV_FARRINGTON_OPTIONS_INIT;
    o.b = 4;
    o.alpha = 0.1;
    o.threshold = threshold;
    return o;
}

START_TEST(flexible_without_seasons_equals_surveillance)
{
    gov_farrington_options o = control_1();
    judge(&o);
    check(upper, flexible_1_upper, COUNT(flexible_1_upper), FIRST);
    check(expected, flexible_1_expected, COUNT(flexible_1_upper), FIRST);
    check(p, flexible_1_p, COUNT(flexible_1_upper), FIRST);
    check(phi, flexible_1_phi, COUNT(flexible_1_upper), FIRST);
    check(slope, flexible_1_slope, COUNT(flexible_1_upper), FIRST);
    check(score, flexible_1_score, COUNT(flexible_1_upper), FIRST);
    for (int64_t t = FIRST; t < N; t++) {
        ck_assert_int_eq(alarm[t], salmonella_agona[t] > upper[t]);
        ck_assert_int_eq(trend[t], slope[t] != 0);
    }
}
END_TEST

START_TEST(flexible_with_ten_seasons_equals_surveillance)
{
    gov_farrington_options o = control_2(GOV_THRESHOLD_DELTA);
    judge(&o);
    check(upper, flexible_2_upper, COUNT(flexible_2_upper), FIRST);
    check(expected, flexible_2_expected, COUNT(flexible_2_upper), FIRST);
    check(p, flexible_2_p, COUNT(flexible_2_upper), FIRST);
    check(phi, flexible_2_phi, COUNT(flexible_2_upper), FIRST);
    check(slope, flexible_2_slope, COUNT(flexible_2_upper), FIRST);
    check(score, flexible_2_score, COUNT(flexible_2_upper), FIRST);
}
END_TEST

START_TEST(count_thresholds_are_whole_numbers_and_equal_surveillance)
{
    gov_farrington_options o = control_2(GOV_THRESHOLD_NB_PLUGIN);
    judge(&o);
    check(upper, flexible_2_nb_upper, COUNT(flexible_2_nb_upper), FIRST);
    check(p, flexible_2_nb_p, COUNT(flexible_2_nb_upper), FIRST);
    check(score, flexible_2_nb_score, COUNT(flexible_2_nb_upper), FIRST);
    o = control_2(GOV_THRESHOLD_MUAN);
    judge(&o);
    check(upper, flexible_2_muan_upper, COUNT(flexible_2_muan_upper), FIRST);
    check(p, flexible_2_muan_p, COUNT(flexible_2_muan_upper), FIRST);
    check(score, flexible_2_muan_score, COUNT(flexible_2_muan_upper), FIRST);
}
END_TEST

START_TEST(the_method_of_1996_equals_surveillance)
{
    gov_farrington_options o = GOV_FARRINGTON_OPTIONS_INIT;
    o.version = GOV_FARRINGTON_1996;
    o.b = 4;
    o.alpha = 0.01;
    judge(&o);
    for (int64_t i = 0; i < COUNT(farrington_1996_upper); i++) {
        int64_t t = FIRST_1996 + i;
        ck_assert_int_eq(reason[t] == GOV_REASON_FEW_CASES, farrington_1996_upper[i] == 0);
        ck_near(upper[t], farrington_1996_upper[i], 1e-12);
    }
}
END_TEST

START_TEST(windows_by_date_equal_surveillance)
{
    gov_farrington_options o = control_2(GOV_THRESHOLD_DELTA);
    o.frequency = GOV_FREQUENCY_WEEK;
    o.start = 7305; /* 1990-01-01, a Monday */
    judge(&o);
    check(upper, flexible_by_date_upper, COUNT(flexible_by_date_upper), 289);
}
END_TEST

START_TEST(a_period_without_its_years_says_so)
{
    gov_farrington_options o = control_1();
    judge(&o);
    for (int64_t t = 0; t < 4 * 52 + 3; t++)
        ck_assert_int_eq(reason[t], GOV_REASON_SHORT_HISTORY);
    ck_assert_int_ne(reason[4 * 52 + 3], GOV_REASON_SHORT_HISTORY);
    o.from = 300;
    o.to = 302;
    judge(&o);
    ck_assert_int_eq(reason[299], GOV_REASON_NOT_ASKED);
    ck_assert_int_eq(reason[302], GOV_REASON_NOT_ASKED);
    ck_assert(upper[301] > 0);
}
END_TEST

START_TEST(few_cases_are_not_judged_and_zeros_do_not_alarm)
{
    static double zeros[N];
    gov_farrington_options o = control_1();
    gov_alarms a = alarms();
    gov_farrington_fits f = fits();
    ck_ok(gov_farrington(zeros, NULL, NULL, N, &o, &a, &f, &err));
    ck_assert_int_eq(reason[N - 1], GOV_REASON_FEW_CASES);
    o.limit_cases = -1;
    ck_ok(gov_farrington(zeros, NULL, NULL, N, &o, &a, &f, &err));
    ck_assert_int_eq(reason[N - 1], GOV_REASON_NONE);
    ck_assert_int_eq(alarm[N - 1], 0);
    ck_assert(isfinite(upper[N - 1]));
}
END_TEST

START_TEST(missing_references_are_left_out_and_a_missing_week_is_not_judged)
{
    static uint8_t valid[N];
    gov_farrington_options o = control_1();
    gov_alarms a = alarms();
    memset(valid, 1, sizeof(valid));
    valid[N - 1] = 0;
    valid[N - 2 - 52] = 0;
    ck_ok(gov_farrington(salmonella_agona, valid, NULL, N, &o, &a, NULL, &err));
    ck_assert_int_eq(reason[N - 1], GOV_REASON_MISSING);
    ck_assert_int_eq(reason[N - 2], GOV_REASON_NONE);
    memset(valid, 0, N - 20);
    ck_ok(gov_farrington(salmonella_agona, valid, NULL, N, &o, &a, NULL, &err));
    ck_assert_int_eq(reason[N - 2], GOV_REASON_BASELINE_GAPS);
}
END_TEST

/* With a population that doubles when the counts double, the rates are flat and the expectation doubles too. */
START_TEST(a_population_makes_it_rates)
{
    static double y[N];
    static double population[N];
    gov_farrington_options o = control_1();
    gov_alarms a = alarms();
    for (int64_t t = 0; t < N; t++) {
        population[t] = t < 300 ? 1000 : 2000;
        y[t] = population[t] / 100;
    }
    ck_ok(gov_farrington(y, NULL, population, N, &o, &a, NULL, &err));
    ck_near(expected[299], 10, 1e-9);
    ck_near(expected[300], 20, 1e-9);
    population[5] = 0;
    ck_fails(gov_farrington(y, NULL, population, N, &o, &a, NULL, &err), GOV_E_RANGE);
    ck_assert_int_eq(err.row, 5);
}
END_TEST

START_TEST(bad_options_are_named)
{
    gov_alarms a = alarms();
    const struct {
        const char *name;
        int64_t b, w, no_periods, freq;
        double alpha, level;
    } cases[] = {{"b", -1, 0, 0, 0, 0, 0},   {"w", 0, 26, 0, 0, 0, 0},    {"no_periods", 0, 0, 61, 0, 0, 0},
                 {"freq", 0, 0, 0, 1, 0, 0}, {"alpha", 0, 0, 0, 0, 1, 0}, {"trend_level", 0, 0, 0, 0, 0, 2}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        gov_farrington_options o = GOV_FARRINGTON_OPTIONS_INIT;
        o.b = cases[i].b;
        o.w = cases[i].w;
        o.no_periods = cases[i].no_periods;
        o.freq = cases[i].freq;
        o.alpha = cases[i].alpha;
        o.trend_level = cases[i].level;
        ck_fails(gov_farrington(salmonella_agona, NULL, NULL, N, &o, &a, NULL, &err), GOV_E_ARGUMENT);
        ck_assert_str_eq(err.name, cases[i].name);
    }
    const double negative[] = {1, -2};
    ck_fails(gov_farrington(negative, NULL, NULL, 2, NULL, &a, NULL, &err), GOV_E_RANGE);
    ck_ok(gov_farrington(NULL, NULL, NULL, 0, NULL, &a, NULL, &err));
}
END_TEST

START_TEST(no_allocation_failure_leaks_or_writes)
{
    gov_table *t = NULL;
    gov_farrington_options o = control_2(GOV_THRESHOLD_DELTA);
    o.from = 300;
    ck_every_allocation(gov_farrington_table(salmonella_agona, NULL, NULL, N, &o, &t, &err),
                        ck_assert_ptr_null(t), (gov_table_free(t), t = NULL));
    ck_ok(gov_farrington_table(salmonella_agona, NULL, NULL, N, &o, &t, &err));
    ck_assert_int_eq(gov_table_rows(t), N);
    ck_assert_int_eq(gov_table_columns(t), 8);
    gov_table_free(t);
}
END_TEST

GOV_TESTS("trend/farrington", flexible_without_seasons_equals_surveillance,
          flexible_with_ten_seasons_equals_surveillance,
          count_thresholds_are_whole_numbers_and_equal_surveillance, the_method_of_1996_equals_surveillance,
          windows_by_date_equal_surveillance, a_period_without_its_years_says_so,
          few_cases_are_not_judged_and_zeros_do_not_alarm,
          missing_references_are_left_out_and_a_missing_week_is_not_judged, a_population_makes_it_rates,
          bad_options_are_named, no_allocation_failure_leaks_or_writes)
