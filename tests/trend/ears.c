/* EARS against R's surveillance. */
#include "govcore/trend.h"
#include "gov_check.h"
#include "trend/surveillance_cases.h"

#include <string.h>

#define COUNT(a) ((int64_t)(sizeof(a) / sizeof((a)[0])))
enum { N = 312 };

static gov_error err = GOV_ERROR_INIT;
static double expected[N];
static double upper[N];
static double score[N];
static uint8_t alarm[N];
static uint8_t reason[N];

static gov_alarms arrays(void)
{
    gov_alarms a = GOV_ALARMS_INIT;
    a.expected = expected;
    a.upper = upper;
    a.score = score;
    a.alarm = alarm;
    a.reason = reason;
    return a;
}

static void check_bounds(gov_ears_method method, const double *bounds, int64_t count, int64_t first)
{
    gov_alarms a = arrays();
    gov_ears_options o = GOV_EARS_OPTIONS_INIT;
    o.method = method;
    o.baseline = 28;
    o.min_sigma = 0.5;
    ck_ok(gov_ears(salmonella_agona, NULL, N, &o, &a, &err));
    for (int64_t t = 0; t < first; t++)
        ck_assert_int_eq(reason[t], GOV_REASON_SHORT_HISTORY);
    for (int64_t i = 0; i < count; i++) {
        ck_assert_int_eq(reason[first + i], GOV_REASON_NONE);
        ck_near(upper[first + i], bounds[i], 1e-12);
        ck_assert_int_eq(alarm[first + i], salmonella_agona[first + i] > bounds[i]);
    }
}

START_TEST(bounds_equal_those_of_surveillance)
{
    check_bounds(GOV_EARS_C1, ears_c1_upper, COUNT(ears_c1_upper), 28);
    check_bounds(GOV_EARS_C2, ears_c2_upper, COUNT(ears_c2_upper), 30);
    check_bounds(GOV_EARS_C3, ears_c3_upper, COUNT(ears_c3_upper), 32);
}
END_TEST

START_TEST(one_count_after_a_hundred_zeros_needs_a_floor_to_be_judged)
{
    double y[101] = {0};
    gov_alarms a = arrays();
    gov_ears_options o = GOV_EARS_OPTIONS_INIT;
    y[100] = 1;
    ck_ok(gov_ears(y, NULL, 101, &o, &a, &err));
    ck_assert_int_eq(reason[100], GOV_REASON_CONSTANT);
    ck_assert_int_eq(alarm[100], 0);
    ck_assert_double_eq(upper[100], 0);
    o.min_sigma = 0.5;
    ck_ok(gov_ears(y, NULL, 101, &o, &a, &err));
    ck_assert_int_eq(reason[100], GOV_REASON_NONE);
    ck_assert_int_eq(alarm[100], 0);
    ck_near(upper[100], 0.5 * 3.090232306167813, 1e-12);
    y[100] = 2;
    ck_ok(gov_ears(y, NULL, 101, &o, &a, &err));
    ck_assert_int_eq(alarm[100], 1);
}
END_TEST

START_TEST(gaps_are_reasons_and_never_zeros)
{
    const double y[] = {1, 2, 3, 2, 1, 2, 3, 9, 9, 9, 9, 2, 2};
    uint8_t valid[] = {1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1};
    gov_alarms a = arrays();
    ck_ok(gov_ears(y, valid, 13, NULL, &a, &err));
    ck_assert_int_eq(reason[7], GOV_REASON_MISSING);
    ck_assert_int_eq(reason[11], GOV_REASON_BASELINE_GAPS);
    valid[10] = 1;
    ck_ok(gov_ears(y, valid, 13, NULL, &a, &err));
    ck_assert_int_eq(reason[10], GOV_REASON_NONE);
    ck_near(expected[10], 2, 1e-15);
    ck_assert_int_eq(alarm[10], 1);
}
END_TEST

START_TEST(a_period_is_judged_by_what_lies_before_it_alone)
{
    gov_alarms a = arrays();
    static double before[N];
    ck_ok(gov_ears(salmonella_agona, NULL, N, NULL, &a, &err));
    memcpy(before, upper, sizeof(before));
    for (int64_t n = 0; n < N; n += 37) {
        ck_ok(gov_ears(salmonella_agona, NULL, n, NULL, &a, &err));
        ck_assert_int_eq(memcmp(before, upper, (size_t)n * sizeof(double)), 0);
    }
}
END_TEST

START_TEST(the_table_has_no_number_where_there_is_a_reason)
{
    gov_table *t = NULL;
    double values[10];
    uint8_t valid[10];
    const char *text;
    int64_t size;
    ck_ok(gov_ears_table(salmonella_agona, NULL, 10, NULL, &t, &err));
    ck_assert_int_eq(gov_table_rows(t), 10);
    ck_ok(gov_table_copy_doubles(t, 1, 0, 10, values, valid, &err));
    ck_assert_int_eq(valid[6], 0);
    ck_assert_int_eq(valid[7], 1);
    ck_ok(gov_table_text(t, 6, 4, &text, &size, &err));
    ck_assert_int_eq(size, (int64_t)strlen("too little history"));
    ck_ok(gov_table_text(t, 7, 4, &text, &size, &err));
    ck_assert_ptr_null(text);
    gov_table_free(t);
    t = NULL;
    ck_every_allocation(gov_ears_table(salmonella_agona, NULL, 10, NULL, &t, &err), ck_assert_ptr_null(t),
                        gov_table_free(t));
}
END_TEST

START_TEST(options_out_of_range_are_refused)
{
    gov_alarms a = arrays();
    gov_ears_options o = GOV_EARS_OPTIONS_INIT;
    const double bad[] = {1, INFINITY};
    o.baseline = 2;
    ck_fails(gov_ears(salmonella_agona, NULL, N, &o, &a, &err), GOV_E_ARGUMENT);
    o.baseline = 0;
    o.min_sigma = -1;
    ck_fails(gov_ears(salmonella_agona, NULL, N, &o, &a, &err), GOV_E_ARGUMENT);
    o.min_sigma = 0;
    o.alpha = 2;
    ck_fails(gov_ears(salmonella_agona, NULL, N, &o, &a, &err), GOV_E_ARGUMENT);
    ck_fails(gov_ears(bad, NULL, 2, NULL, &a, &err), GOV_E_RANGE);
    ck_assert_int_eq(err.row, 1);
    ck_fails(gov_ears(bad, NULL, -1, NULL, &a, &err), GOV_E_ARGUMENT);
    ck_ok(gov_ears(NULL, NULL, 0, NULL, &a, &err));
}
END_TEST

GOV_TESTS("trend/ears", bounds_equal_those_of_surveillance,
          one_count_after_a_hundred_zeros_needs_a_floor_to_be_judged, gaps_are_reasons_and_never_zeros,
          a_period_is_judged_by_what_lies_before_it_alone, the_table_has_no_number_where_there_is_a_reason,
          options_out_of_range_are_refused)
