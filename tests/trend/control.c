/* Control charts against R surveillance 1.20.3 (control.inc), Montgomery, the NIST handbook, and published run lengths. */
#include "govcore/trend/control.h"
#include "gov_check.h"
#include "stat/distribution.h"
#include "stat/random.h"

#include <string.h>

#include "trend/control.inc"

enum { N = 120, AGONA_N = 104 };

static gov_error err = GOV_ERROR_INIT;
static double statistic[N];
static double upper[N];
static double expected[N];
static uint8_t alarm[N];
static uint8_t reason[N];
static gov_alarms alarms = {sizeof(gov_alarms), alarm, reason, expected, upper, NULL};

static void near_all(const double *got, const double *wanted, int n, double relative, double absolute)
{
    for (int i = 0; i < n; i++)
        ck_assert_msg(fabs(got[i] - wanted[i]) <= relative * fabs(wanted[i]) + absolute,
                      "at %d: %.17g, not %.17g", i, got[i], wanted[i]);
}

START_TEST(rossi_sums_are_those_of_surveillance)
{
    gov_cusum_options o = GOV_CUSUM_OPTIONS_INIT;
    o.transform = GOV_CUSUM_ROSSI;
    o.mean = AGONA_MEAN;
    ck_ok(gov_cusum(AGONA, NULL, AGONA_N, &o, &alarms, statistic, &err));
    near_all(statistic, AGONA_ROSSI, AGONA_N, 1e-9, 1e-12);
    for (int i = 0; i < AGONA_N; i++)
        ck_assert_int_eq(alarm[i], AGONA_ALARM[i]);
    ck_near(upper[0], 9, 0); /* R's bound is 9.34396327610041 */
}
END_TEST

/* Whatever the transformation, an alarm is y > upper. */
START_TEST(the_bound_is_the_largest_count_without_alarm)
{
    for (int transform = GOV_CUSUM_STANDARD; transform <= GOV_CUSUM_NONE; transform++)
        for (int reset = 0; reset < 2; reset++) {
            gov_cusum_options o = GOV_CUSUM_OPTIONS_INIT;
            o.transform = (gov_cusum_transform)transform;
            o.mean = AGONA_MEAN;
            o.reset = reset;
            ck_ok(gov_cusum(AGONA, NULL, AGONA_N, &o, &alarms, statistic, &err));
            for (int i = 0; i < AGONA_N; i++) {
                ck_assert_int_eq(alarm[i], AGONA[i] > upper[i]);
                ck_assert_int_eq(alarm[i], statistic[i] >= 2.26);
            }
        }
    const double *expectations[] = {MU, NULL};
    for (int k = 0; k < 4; k++) {
        gov_glr_options o = GOV_GLR_OPTIONS_INIT;
        o.expected = expectations[k % 2];
        o.mean = 6;
        o.theta = k < 2 ? 0 : 0.5;
        o.threshold = 2;
        ck_ok(gov_glr(X_POISSON, NULL, N, &o, &alarms, statistic, &err));
        for (int i = 0; i < N; i++)
            ck_assert_int_eq(alarm[i], X_POISSON[i] > upper[i]);
    }
}
END_TEST

START_TEST(poisson_ratios_are_those_of_surveillance)
{
    gov_glr_options o = GOV_GLR_OPTIONS_INIT;
    o.expected = MU;
    ck_ok(gov_glr(X_POISSON, NULL, N, &o, NULL, statistic, &err));
    near_all(statistic, GLR_POISSON, N, 1e-9, 1e-12);
    o.theta = 0.4;
    ck_ok(gov_glr(X_POISSON, NULL, N, &o, NULL, statistic, &err));
    near_all(statistic, LR_POISSON, N, 1e-9, 1e-12);
}
END_TEST

/* 1e-6: R stops its iteration at a change of theta below that. */
START_TEST(negative_binomial_ratios_are_those_of_surveillance)
{
    gov_glr_options o = GOV_GLR_OPTIONS_INIT;
    o.expected = MU;
    o.alpha = 0.2;
    ck_ok(gov_glr(X_NB, NULL, N, &o, &alarms, statistic, &err));
    near_all(statistic, GLR_NB, N, 1e-6, 1e-6);
    for (int i = 0; i < N; i++)
        ck_assert_int_eq(alarm[i], GLR_NB_ALARM[i]);
    o.theta = 1.2;
    ck_ok(gov_glr(X_NB, NULL, N, &o, &alarms, statistic, &err));
    for (int i = 0; i < N; i++)
        ck_near(upper[i], ceil(CASES_LR_NB[i]) - 1, 0);
}
END_TEST

/* One expectation for all periods has a closed form, several need an iteration. */
START_TEST(the_two_ways_to_the_same_ratio_agree)
{
    double level[N];
    double other[N];
    for (int i = 0; i < N; i++)
        level[i] = 6;
    for (int decrease = 0; decrease < 2; decrease++) {
        gov_glr_options o = GOV_GLR_OPTIONS_INIT;
        o.alpha = 0.3;
        o.window = 20;
        o.decrease = decrease;
        o.mean = 6;
        ck_ok(gov_glr(X_NB, NULL, N, &o, NULL, statistic, &err));
        o.expected = level;
        ck_ok(gov_glr(X_NB, NULL, N, &o, NULL, other, &err));
        near_all(other, statistic, N, 1e-9, 1e-12);
    }
}
END_TEST

START_TEST(outbreak_p_is_that_of_surveillance)
{
    ck_ok(gov_outbreak_p(OUTBREAK, NULL, 17, 0, &alarms, statistic, &err));
    near_all(statistic, OUTBREAK_P, 17, 1e-12, 0);
    for (int i = 0; i < 17; i++)
        ck_assert_int_eq(alarm[i], OUTBREAK_P[i] > 100);
}
END_TEST

/* Montgomery, table 16-8 (tabular CUSUM, target 99, K 1, H 10). */
START_TEST(the_tabular_cusum_is_that_of_montgomery)
{
    static const double y[20] = {102,   94.8, 98.3,  98.4, 102, 98.5, 99,    97.7,  100,  98.1,
                                 101.3, 98.7, 101.1, 98.4, 97,  96.7, 100.3, 101.4, 97.2, 101};
    static const double high[20] = {2, 0, 0, 0, 2, 0.5, 0, 0, 0, 0, 1.3, 0, 1.1, 0, 0, 0, 0.3, 1.7, 0, 1};
    static const double low[20] = {0, 3.2, 2.9, 2.5, 0, 0, 0, 0.3, 0, 0, 0, 0, 0, 0, 1, 2.3, 0, 0, 0.8, 0};
    gov_tabular_options o = GOV_TABULAR_OPTIONS_INIT;
    double up[20];
    double down[20];
    o.target = 99;
    o.sd = 1;
    o.k = 1;
    o.h = 10;
    ck_ok(gov_cusum_tabular(y, NULL, 20, &o, up, down, alarm, &err));
    near_all(up, high, 20, 1e-12, 1e-12);
    near_all(down, low, 20, 1e-12, 1e-12);
    o.h = 3;
    ck_ok(gov_cusum_tabular(y, NULL, 20, &o, NULL, NULL, alarm, &err));
    ck_assert_int_eq(alarm[1], 2);
    ck_assert_int_eq(alarm[2], 0);
}
END_TEST

/* NIST/SEMATECH handbook 6.3.2.4: lambda 0.3, EWMA(0) 50, s 2.0539. */
START_TEST(the_ewma_is_that_of_the_nist_handbook)
{
    static const double y[20] = {52,   47,   53,   49.3, 50.1, 47,   51,   50.1, 51.2, 50.5,
                                 49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1};
    static const double z[20] = {50.6,        49.52,       50.564,      50.1848,     50.15936,
                                 49.211552,   49.7480864,  49.85366048, 50.25756234, 50.33029364,
                                 50.11120554, 49.35784388, 49.52049072, 50.0543435,  49.37804045,
                                 49.92462832, 50.72723982, 51.22906787, 51.94034751, 51.98824326};
    double lower[20];
    gov_chart chart = GOV_CHART_INIT;
    chart.statistic = statistic;
    chart.lower = lower;
    chart.upper = upper;
    chart.alarm = alarm;
    gov_ewma_options o = GOV_EWMA_OPTIONS_INIT;
    o.target = 50;
    o.sd = 2.0539;
    o.lambda = 0.3;
    o.asymptotic = 1;
    ck_ok(gov_ewma(y, NULL, 20, &o, &chart, &err));
    near_all(statistic, z, 20, 1e-9, 0);
    ck_near(lower[7], 47.4115682619, 1e-11);
    ck_near(upper[7], 52.5884317381, 1e-11);
    o.asymptotic = 0;
    ck_ok(gov_ewma(y, NULL, 20, &o, &chart, &err));
    ck_near(upper[0], 50 + 3 * 0.3 * 2.0539, 1e-12); /* one value: sd of lambda y */
    uint8_t valid[20];
    memset(valid, 1, sizeof(valid));
    valid[1] = 0;
    ck_ok(gov_ewma(y, valid, 20, &o, &chart, &err));
    ck_near(statistic[1], statistic[0], 0);
    ck_near(upper[1], upper[0], 0);
}
END_TEST

/* Two groups with ranges 2 and 4: mean range 3, d2(3) 1.693 in every printed table. */
START_TEST(shewhart_limits_follow_their_formulas)
{
    static const double groups[6] = {9, 10, 11, 8, 10, 12};
    gov_chart chart = GOV_CHART_INIT;
    double lower[30];
    chart.statistic = statistic;
    chart.lower = lower;
    chart.upper = upper;
    chart.alarm = alarm;
    chart.run = reason;
    ck_ok(gov_shewhart_xbar(groups, 2, 3, 0, &chart, &err));
    ck_near(chart.centre, 10, 1e-15);
    ck_near(chart.sd, 3 / 1.693, 1e-15);
    ck_near(upper[0], 10 + 3 * 3 / 1.693 / sqrt(3), 1e-14);
    static const double counts[10] = {4, 4, 4, 4, 4, 4, 4, 4, 30, 5};
    static const double sizes[10] = {50, 50, 50, 50, 50, 50, 50, 50, 50, 200};
    ck_ok(gov_shewhart(counts, NULL, 10, GOV_SHEWHART_C, NULL, 8, &chart, &err));
    ck_near(upper[3], 4 + 3 * 2, 1e-15);
    ck_near(lower[3], 0, 0);
    ck_assert_int_eq(alarm[8], 1);
    ck_ok(gov_shewhart(counts, NULL, 10, GOV_SHEWHART_P, sizes, 8, &chart, &err));
    ck_near(upper[0], 0.08 + 3 * sqrt(0.08 * 0.92 / 50), 1e-14);
    ck_assert_int_eq(alarm[8], 1);
    ck_ok(gov_shewhart(counts, NULL, 10, GOV_SHEWHART_U, sizes, 8, &chart, &err));
    ck_near(lower[9], 0.08 - 3 * sqrt(0.08 / 200), 1e-14);
    ck_assert_int_eq(alarm[9], 0);
    static const double single[10] = {1, 2, 1, 2, 3, 3, 3, 3, 3, 3};
    ck_ok(gov_shewhart(single, NULL, 10, GOV_SHEWHART_I, NULL, 4, &chart, &err));
    ck_near(chart.sd, 1 / 1.128, 1e-15);
    ck_near(chart.centre, 1.5, 0);
    static const double level[12] = {0, 9, 5, 5, 5, 5, 5, 5, 5, 5, 1, 5};
    ck_ok(gov_shewhart(level, NULL, 12, GOV_SHEWHART_C, NULL, 2, &chart, &err)); /* centre 4.5 */
    ck_assert_int_eq(reason[6], 0);
    ck_assert_int_eq(reason[7], 1); /* from the value 9 on the seventh above */
    ck_assert_int_eq(reason[9], 1);
    ck_assert_int_eq(reason[10], 0);
}
END_TEST

static double length_of(gov_count_family family, double mean, double spread, double slope, double offset,
                        double h, int64_t states, int wants_exact)
{
    gov_run_length_options o = GOV_RUN_LENGTH_OPTIONS_INIT;
    double length = 0;
    int32_t exact = -1;
    o.family = family;
    o.mean = mean;
    o.spread = spread;
    o.slope = slope;
    o.offset = offset;
    o.h = h;
    o.states = states;
    ck_ok(gov_cusum_run_length(&o, &length, &exact, &err));
    ck_assert_int_eq(exact, wants_exact);
    return length;
}

/* surveillance 1.20.3: arlCusum(), find.kh(5, 500 ...), LRCUSUM.runlength with g = 5. */
START_TEST(run_lengths_of_counts_are_those_of_surveillance)
{
    ck_near(length_of(GOV_FAMILY_POISSON, 2.4, 0, 1, -3, 10, 0, 1), 548.362265529, 1e-11);
    ck_near(length_of(GOV_FAMILY_POISSON, 5, 0, 1, -6.1, 11.1, 0, 1), 486.3530144155293, 1e-12);
    double share = log((1 + 0.5 * 10) / (1 + 0.5 * 10 * 2));
    ck_near(length_of(GOV_FAMILY_NB, 10, 0.5, log(2) + share, share / 0.5, 5, 5, 0), 519.600057841, 1e-11);
    gov_run_length_options o = GOV_RUN_LENGTH_OPTIONS_INIT;
    double length = 0;
    o.mean = 2.4;
    o.offset = -3;
    o.h = 10;
    o.start = 5;
    ck_ok(gov_cusum_run_length(&o, &length, NULL, &err));
    ck_near(length, 513.671872452, 1e-11);
}
END_TEST

/* The mean of simulated runs has a standard error of about 1.6 %. A chart of one step: alarm when y >= 3, so
 * 1 / P(y >= 3). */
START_TEST(run_lengths_are_those_of_simulated_charts)
{
    double offset = 5 * (1 - exp(0.4));
    double length = length_of(GOV_FAMILY_POISSON, 5, 0, 0.4, offset, 3, 0, 0);
    double periods = 0;
    for (int run = 0; run < 4000; run++) {
        gov_random random = gov_random_start(3, (uint64_t)run);
        for (double sum = 0; sum < 3; periods++)
            sum = fmax(0, sum + 0.4 * gov_poisson_quantile(gov_random_uniform(&random), 5) + offset);
    }
    ck_near(length, periods / 4000, 0.06);
    ck_near(length_of(GOV_FAMILY_POISSON, 5, 0, 0.4, offset, 3, 1000, 0), length, 0.02);
    double tail = 1 - exp(-1) * (1 + 1 + 0.5);
    ck_near(length_of(GOV_FAMILY_POISSON, 1, 0, 1, -2, 1, 0, 1), 1 / tail, 1e-13);
    ck_assert(isinf(length_of(GOV_FAMILY_POISSON, 1e-9, 0, 1, -60, 50, 0, 1)));
}
END_TEST

/* Montgomery, table 9.3: the two-sided chart with k = 1/2 has 168 and 465 in control for h = 4 and 5, so each side
 * twice that; 38.0 (h 5) after a shift of half a standard deviation, one side alone. Lucas & Saccucci (1990), table 3:
 * 500 for (0.1, 2.814), (0.25, 2.998), (1, 3.09); 10.3 for (0.1, 2.814) after a shift of one. */
START_TEST(run_lengths_of_normal_charts_are_the_published_ones)
{
    ck_near(length_of(GOV_FAMILY_NORMAL, 0, 1, 1, -0.5, 4, 0, 0) / 2, 168, 0.005);
    ck_near(length_of(GOV_FAMILY_NORMAL, 0, 1, 1, -0.5, 5, 0, 0) / 2, 465, 0.002);
    ck_near(length_of(GOV_FAMILY_NORMAL, 0.5, 1, 1, -0.5, 5, 0, 0), 38.0, 0.002);
    ck_near(length_of(GOV_FAMILY_NORMAL, 1, 2, 1, -2, 10, 0, 0),
            length_of(GOV_FAMILY_NORMAL, 0, 1, 1, -0.5, 5, 0, 0), 1e-12);
    double length = 0;
    ck_ok(gov_ewma_run_length(0.1, 2.814, 0, &length, &err));
    ck_near(length, 500, 0.002);
    ck_ok(gov_ewma_run_length(0.1, 2.814, 1, &length, &err));
    ck_near(length, 10.3, 0.005);
    ck_ok(gov_ewma_run_length(0.25, 2.998, 0, &length, &err));
    ck_near(length, 500, 0.002);
    ck_ok(gov_ewma_run_length(1, 3, 0, &length, &err));
    ck_near(length, 1 / erfc(3 / sqrt(2)), 1e-9); /* a Shewhart chart: 370.4 */
}
END_TEST

START_TEST(baseline_missing_and_reset)
{
    double y[8] = {4, NAN, 4, 4, 20, NAN, 4, 4};
    uint8_t valid[8] = {1, 0, 1, 1, 1, 0, 1, 1};
    gov_cusum_options o = GOV_CUSUM_OPTIONS_INIT;
    o.baseline = 4;
    ck_ok(gov_cusum(y, valid, 8, &o, &alarms, statistic, &err));
    ck_assert_int_eq(reason[3], GOV_REASON_NOT_ASKED);
    ck_assert_int_eq(reason[5], GOV_REASON_MISSING);
    ck_near(expected[4], 4, 0);
    ck_near(statistic[4], 8 - 1.04, 1e-14);
    ck_near(statistic[5], statistic[4], 0);
    ck_assert_int_eq(alarm[4], 1);
    ck_assert_int_eq(alarm[6], 1);
    o.reset = 1;
    ck_ok(gov_cusum(y, valid, 8, &o, &alarms, statistic, &err));
    ck_assert_int_eq(alarm[6], 0);
}
END_TEST

START_TEST(bad_input_is_refused_with_a_reason)
{
    double y[4] = {1, 2, -3, 2};
    double zero[4] = {0, 0, 0, 0};
    double length = -7;
    gov_chart chart = GOV_CHART_INIT;
    gov_cusum_options c = GOV_CUSUM_OPTIONS_INIT;
    ck_fails(gov_cusum(y, NULL, 2, &c, &alarms, NULL, &err), GOV_E_ARGUMENT);
    c.baseline = 2;
    ck_fails(gov_cusum(y, NULL, 4, &c, &alarms, NULL, &err), GOV_E_RANGE);
    ck_assert_int_eq(err.row, 2);
    ck_fails(gov_cusum(zero, NULL, 4, &c, &alarms, NULL, &err), GOV_E_NO_DATA);
    c.expected = zero;
    ck_fails(gov_cusum(y, NULL, 2, &c, &alarms, NULL, &err), GOV_E_RANGE);
    c.h = -1;
    ck_fails(gov_cusum(y, NULL, 2, &c, &alarms, NULL, &err), GOV_E_ARGUMENT);
    c.h = 0;
    c.transform = (gov_cusum_transform)9;
    ck_fails(gov_cusum(y, NULL, 2, &c, &alarms, NULL, &err), GOV_E_ARGUMENT);
    gov_glr_options g = GOV_GLR_OPTIONS_INIT;
    ck_fails(gov_glr(y, NULL, 2, &g, &alarms, NULL, &err), GOV_E_ARGUMENT);
    g.mean = 2;
    y[1] = 1.5;
    ck_fails(gov_glr(y, NULL, 2, &g, &alarms, NULL, &err), GOV_E_RANGE);
    y[1] = INFINITY;
    ck_fails(gov_glr(y, NULL, 2, &g, &alarms, NULL, &err), GOV_E_RANGE);
    g.theta = -1;
    ck_fails(gov_glr(y, NULL, 1, &g, &alarms, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_outbreak_p(y, NULL, 1, -1, &alarms, NULL, &err), GOV_E_ARGUMENT);
    ck_ok(gov_outbreak_p(NULL, NULL, 0, 0, NULL, NULL, &err));
    ck_fails(gov_ewma(zero, NULL, 4, NULL, &chart, &err), GOV_E_NO_DATA);
    ck_fails(gov_ewma(zero, NULL, 0, NULL, &chart, &err), GOV_E_NO_DATA);
    ck_fails(gov_ewma(y, NULL, 1, NULL, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_cusum_tabular(zero, NULL, 1, NULL, NULL, NULL, NULL, &err), GOV_E_NO_DATA);
    ck_fails(gov_shewhart(zero, NULL, 4, GOV_SHEWHART_P, NULL, 0, &chart, &err), GOV_E_ARGUMENT);
    ck_fails(gov_shewhart(zero, NULL, 4, GOV_SHEWHART_P, zero, 0, &chart, &err), GOV_E_RANGE);
    ck_fails(gov_shewhart_xbar(zero, 2, 2, 0, &chart, &err), GOV_E_NO_DATA);
    ck_fails(gov_shewhart_xbar(zero, 1, 30, 0, &chart, &err), GOV_E_ARGUMENT);
    gov_run_length_options r = GOV_RUN_LENGTH_OPTIONS_INIT;
    ck_fails(gov_cusum_run_length(&r, &length, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_cusum_run_length(NULL, &length, NULL, &err), GOV_E_ARGUMENT);
    r.mean = 1;
    r.h = 2;
    r.states = 1;
    ck_fails(gov_cusum_run_length(&r, &length, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_ewma_run_length(0, 3, 0, &length, &err), GOV_E_ARGUMENT);
    ck_near(length, -7, 0);
}
END_TEST

START_TEST(a_failed_allocation_leaves_nothing)
{
    gov_run_length_options r = GOV_RUN_LENGTH_OPTIONS_INIT;
    double length = -7;
    r.mean = 1;
    r.h = 2;
    r.offset = -1;
    ck_every_allocation(gov_cusum_run_length(&r, &length, NULL, &err), ck_near(length, -7, 0), (void)0);
    r.family = GOV_FAMILY_NORMAL;
    ck_every_allocation(gov_cusum_run_length(&r, &length, NULL, &err), (void)0, (void)0);
    ck_every_allocation(gov_ewma_run_length(0.2, 3, 0, &length, &err), (void)0, (void)0);
    ck_every_allocation(gov_outbreak_p(OUTBREAK, NULL, 17, 0, NULL, statistic, &err), (void)0, (void)0);
}
END_TEST

GOV_TESTS("trend/control", rossi_sums_are_those_of_surveillance, the_bound_is_the_largest_count_without_alarm,
          poisson_ratios_are_those_of_surveillance, negative_binomial_ratios_are_those_of_surveillance,
          the_two_ways_to_the_same_ratio_agree, outbreak_p_is_that_of_surveillance,
          the_tabular_cusum_is_that_of_montgomery, the_ewma_is_that_of_the_nist_handbook,
          shewhart_limits_follow_their_formulas, run_lengths_of_counts_are_those_of_surveillance,
          run_lengths_are_those_of_simulated_charts, run_lengths_of_normal_charts_are_the_published_ones,
          baseline_missing_and_reset, bad_input_is_refused_with_a_reason, a_failed_allocation_leaves_nothing)
