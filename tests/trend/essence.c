/* ESSENCE against CDC's Rnssp. */
#include "govcore/trend.h"
#include "gov_check.h"
#include "trend/essence_cases.h"
#include "trend/surveillance_cases.h"

#include <string.h>

enum { N = 60 };

static gov_error err = GOV_ERROR_INIT;
static double expected[N];
static double upper[N];
static double p[N];
static double statistic[N];
static double r_squared[N];
static uint8_t alarm[N];
static uint8_t reason[N];
static uint8_t level[N];
static uint8_t used[N];

static void judge_days(const double *y, const uint8_t *valid, gov_essence_method method)
{
    gov_alarms a = GOV_ALARMS_INIT;
    gov_essence_days d = GOV_ESSENCE_DAYS_INIT;
    gov_essence_options o = GOV_ESSENCE_OPTIONS_INIT;
    a.expected = expected;
    a.upper = upper;
    a.alarm = alarm;
    a.reason = reason;
    d.p = p;
    d.statistic = statistic;
    d.r_squared = r_squared;
    d.level = level;
    d.used = used;
    o.method = method;
    ck_ok(gov_essence(y, valid, N, &o, &a, &d, &err));
}

static void check(const double *values, const double *printed, double tolerance)
{
    for (int64_t t = 0; t < N; t++) {
        ck_assert_int_eq(reason[t] != GOV_REASON_NONE, isnan(printed[t]));
        if (!isnan(printed[t]))
            ck_assert_msg(fabs(values[t] - printed[t]) <= tolerance * (1 + fabs(printed[t])),
                          "day %lld: %.17g, expected %.17g", (long long)t, values[t], printed[t]);
    }
}

START_TEST(ewma_equals_rnssp)
{
    judge_days(salmonella_agona, NULL, GOV_ESSENCE_EWMA);
    check(expected, ewma_expected, 1e-13);
    check(statistic, ewma_statistic, 1e-12);
    check(p, ewma_p, 1e-12);
}
END_TEST

START_TEST(regression_equals_rnssp)
{
    judge_days(weekly_pattern, NULL, GOV_ESSENCE_REGRESSION);
    check(expected, regression_expected, 1e-12);
    check(statistic, regression_statistic, 1e-11);
    check(p, regression_p, 1e-11);
    check(r_squared, regression_r_squared, 1e-12);
}
END_TEST

START_TEST(the_switch_takes_the_regression_where_it_explains_the_baseline)
{
    int smoothed = 0;
    judge_days(weekly_pattern, NULL, GOV_ESSENCE_SWITCH);
    for (int64_t t = 0; t < N; t++)
        if (!isnan(regression_r_squared[t]))
            ck_assert_int_eq(used[t], GOV_ESSENCE_REGRESSION);
    judge_days(salmonella_agona, NULL, GOV_ESSENCE_SWITCH);
    for (int64_t t = 0; t < N; t++) {
        if (reason[t] != GOV_REASON_NONE)
            continue;
        ck_assert_int_eq(used[t], r_squared[t] >= 0.6 ? GOV_ESSENCE_REGRESSION : GOV_ESSENCE_EWMA);
        smoothed += used[t] == GOV_ESSENCE_EWMA;
    }
    ck_assert_int_gt(smoothed, 0);
}
END_TEST

START_TEST(the_upper_bound_is_where_the_alarm_begins)
{
    double y[N];
    const gov_essence_method methods[] = {GOV_ESSENCE_EWMA, GOV_ESSENCE_REGRESSION};
    for (int m = 0; m < 2; m++) {
        judge_days(weekly_pattern, NULL, methods[m]);
        memcpy(y, weekly_pattern, sizeof(y));
        double bound = upper[N - 1];
        y[N - 1] = bound * (1 + 1e-9);
        judge_days(y, NULL, methods[m]);
        ck_assert_int_eq(level[N - 1], GOV_ESSENCE_ALERT);
        y[N - 1] = bound * (1 - 1e-9);
        judge_days(y, NULL, methods[m]);
        ck_assert_int_eq(level[N - 1], GOV_ESSENCE_WARNING);
        ck_assert_int_eq(alarm[N - 1], 0);
    }
}
END_TEST

START_TEST(one_count_after_many_zeros_does_not_alarm_and_several_do)
{
    double y[N] = {0};
    y[N - 1] = 1;
    judge_days(y, NULL, GOV_ESSENCE_SWITCH);
    ck_assert_int_eq(reason[N - 1], GOV_REASON_NONE);
    ck_assert_int_eq(alarm[N - 1], 0);
    y[N - 1] = 5;
    judge_days(y, NULL, GOV_ESSENCE_SWITCH);
    ck_assert_int_eq(alarm[N - 1], 1);
}
END_TEST

START_TEST(missing_days_are_left_out)
{
    uint8_t valid[N];
    memset(valid, 1, sizeof(valid));
    valid[40] = 0;
    judge_days(weekly_pattern, valid, GOV_ESSENCE_SWITCH);
    ck_assert_int_eq(reason[40], GOV_REASON_MISSING);
    ck_assert_int_eq(reason[50], GOV_REASON_NONE);
    memset(valid, 0, 50);
    judge_days(weekly_pattern, valid, GOV_ESSENCE_SWITCH);
    ck_assert_int_eq(reason[55], GOV_REASON_BASELINE_GAPS);
}
END_TEST

START_TEST(bad_options_are_refused_and_no_allocation_failure_leaks)
{
    gov_alarms a = GOV_ALARMS_INIT;
    gov_essence_options o = GOV_ESSENCE_OPTIONS_INIT;
    gov_table *t = NULL;
    o.baseline = 10;
    ck_fails(gov_essence(weekly_pattern, NULL, N, &o, &a, NULL, &err), GOV_E_ARGUMENT);
    o.baseline = 0;
    o.w1 = 1;
    ck_fails(gov_essence(weekly_pattern, NULL, N, &o, &a, NULL, &err), GOV_E_ARGUMENT);
    ck_assert_str_eq(err.name, "w1");
    ck_ok(gov_essence(NULL, NULL, 0, NULL, &a, NULL, &err));
    ck_every_allocation(gov_essence_table(weekly_pattern, NULL, N, NULL, &t, &err), ck_assert_ptr_null(t),
                        (gov_table_free(t), t = NULL));
}
END_TEST

/* --- Evaluation ------------------------------------------------------------------------------------------------ */

START_TEST(quality_counts_periods_and_outbreaks)
{
    const uint8_t truth[] = {0, 1, 1, 1, 0, 0, 1, 1, 0, 1, 0};
    const uint8_t alarms[] = {1, 0, 1, 1, 0, 0, 0, 0, 0, 1, 1};
    const uint8_t judged[] = {0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    gov_alarm_quality q = GOV_ALARM_QUALITY_INIT;
    ck_ok(gov_alarm_evaluate(alarms, judged, truth, 11, &q, &err));
    ck_assert_int_eq(q.true_positive, 3);
    ck_assert_int_eq(q.false_negative, 3);
    ck_assert_int_eq(q.false_positive, 1);
    ck_assert_int_eq(q.true_negative, 3);
    ck_assert_int_eq(q.not_judged, 1);
    ck_assert_int_eq(q.outbreaks, 3);
    ck_assert_int_eq(q.detected, 2);
    ck_assert_double_eq(q.sensitivity, 0.5);
    ck_assert_double_eq(q.specificity, 0.75);
    ck_assert_double_eq(q.precision, 0.75);
    ck_assert_double_eq(q.detection, 2.0 / 3);
    ck_assert_double_eq(q.delay, 0.5);
    ck_assert_double_eq(q.false_alarm_interval, 4);
}
END_TEST

START_TEST(rates_without_a_denominator_are_not_numbers)
{
    const uint8_t none[] = {0, 0};
    const uint8_t bad[] = {0, 2};
    gov_alarm_quality q = GOV_ALARM_QUALITY_INIT;
    ck_ok(gov_alarm_evaluate(none, NULL, none, 2, &q, &err));
    ck_assert(isnan(q.sensitivity) && isnan(q.delay) && isnan(q.precision));
    ck_assert_double_eq(q.specificity, 1);
    ck_fails(gov_alarm_evaluate(none, NULL, bad, 2, &q, &err), GOV_E_RANGE);
    ck_assert_int_eq(err.row, 1);
    ck_fails(gov_alarm_evaluate(NULL, NULL, none, 2, &q, &err), GOV_E_ARGUMENT);
}
END_TEST

GOV_TESTS("trend/essence", ewma_equals_rnssp, regression_equals_rnssp,
          the_switch_takes_the_regression_where_it_explains_the_baseline,
          the_upper_bound_is_where_the_alarm_begins, one_count_after_many_zeros_does_not_alarm_and_several_do,
          missing_days_are_left_out, bad_options_are_refused_and_no_allocation_failure_leaks,
          quality_counts_periods_and_outbreaks, rates_without_a_denominator_are_not_numbers)
