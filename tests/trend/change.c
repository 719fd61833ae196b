/* Change points against R changepoint 2.2, trend and ruptures (places that they print), against dynamic programming
 * over all segmentations, and BOCPD against R's ocp and tests/oracle/bocpd.py. */
#include "govcore/trend/change.h"
#include "gov_check.h"
#include "stat/random.h"

#include <string.h>

static gov_error err = GOV_ERROR_INIT;

/* R datasets::Nile, 1871-1970, and datasets::discoveries, 1860-1959. */
static const double NILE[100] = {
    1120, 1160, 963,  1210, 1160, 1160, 813,  1230, 1370, 1140, 995,  935,  1110, 994, 1020, 960,  1180,
    799,  958,  1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774,  840,  874, 694,  940,  833,
    701,  916,  692,  1020, 1050, 969,  831,  726,  456,  824,  702,  1120, 1100, 832, 764,  821,  768,
    845,  864,  862,  698,  845,  744,  796,  1040, 759,  781,  865,  845,  944,  984, 897,  822,  1010,
    771,  676,  649,  846,  812,  742,  801,  1040, 860,  874,  848,  890,  744,  749, 838,  1050, 918,
    986,  797,  923,  975,  815,  1020, 906,  901,  1170, 912,  746,  919,  718,  714, 740};
static const double DISCOVERIES[100] = {
    5, 3, 0, 2, 0, 3, 2, 3, 6, 1, 2, 1, 2, 1, 3, 3, 3, 5, 2, 4, 4, 0, 2, 3, 7, 12, 3, 10, 9, 2, 3, 7, 7, 2,
    3, 3, 6, 2, 4, 3, 5, 2, 2, 4, 0, 4, 2, 5, 2, 3, 3, 6, 5, 8, 3, 6, 6, 0, 5, 2,  2, 2,  6, 3, 4, 4, 2, 2,
    4, 7, 5, 3, 3, 0, 2, 2, 2, 1, 3, 4, 2, 2, 1, 1, 1, 2, 1, 4, 4, 3, 2, 1, 4, 1,  1, 1,  0, 0, 2, 0};

static int64_t changes[1000];
static gov_change_result result = GOV_CHANGE_RESULT_INIT;

static void places(int64_t count, const int64_t *expected)
{
    ck_assert_int_eq(result.count, count);
    for (int64_t k = 0; k < count; k++)
        ck_assert_int_eq(changes[k], expected[k]);
}

static gov_change_options options_of(gov_change_cost cost, gov_change_penalty penalty, double value)
{
    gov_change_options o = GOV_CHANGE_OPTIONS_INIT;
    o.cost = cost;
    o.penalty = penalty;
    o.penalty_value = value;
    return o;
}

/* changepoint 2.2.4: cpt.mean(Nile / sd(Nile)), cpt.meanvar(discoveries, test.stat = "Poisson"). */
START_TEST(places_are_those_of_changepoint)
{
    const int64_t nile[] = {28};
    const int64_t discoveries[] = {24, 29, 73};
    gov_change_options o = options_of(GOV_COST_MEAN, GOV_PENALTY_MBIC, 0);
    o.sd = 169.22750052; /* sd(Nile) */
    ck_ok(gov_pelt(NILE, NULL, 100, &o, changes, &result, &err));
    places(1, nile);
    ck_near(result.penalty, 13.815510558, 1e-10);
    o.penalty = GOV_PENALTY_BIC;
    ck_ok(gov_pelt(NILE, NULL, 100, &o, changes, &result, &err));
    places(1, nile);
    ck_near(result.penalty, 9.21034037198, 1e-10);
    o.penalty = GOV_PENALTY_AIC;
    ck_ok(gov_pelt(NILE, NULL, 100, &o, changes, &result, &err));
    places(1, nile);
    ck_near(result.penalty, 4, 0);
    ck_ok(gov_binary_segmentation(NILE, NULL, 100, &o, changes, &result, &err));
    places(1, nile);
    ck_ok(gov_pelt(DISCOVERIES, NULL, 100, NULL, changes, &result, &err));
    places(3, discoveries);
    ck_ok(gov_binary_segmentation(DISCOVERIES, NULL, 100, NULL, changes, &result, &err));
    places(1, discoveries + 2);
}
END_TEST

/* ruptures 1.1: Pelt and Binseg with model "l2", min_size 2; and its costs of the two segments of the Nile. */
START_TEST(places_are_those_of_ruptures)
{
    const int64_t pelt[] = {28, 41, 45, 47};
    const int64_t binseg[] = {10, 19, 28};
    gov_change_options o = options_of(GOV_COST_MEAN, GOV_PENALTY_VALUE, 85054.7025);
    o.sd = 1;
    o.min_segment = 2;
    ck_ok(gov_pelt(NILE, NULL, 100, &o, changes, &result, &err));
    places(4, pelt);
    o.penalty_value = 261127.5868;
    ck_ok(gov_pelt(NILE, NULL, 100, &o, changes, &result, &err));
    places(1, pelt);
    ck_near(result.cost, 492047.25 + 1105409.9444444445, 1e-12);
    o.penalty_value = 0;
    o.max_changes = 3;
    ck_ok(gov_binary_segmentation(NILE, NULL, 100, &o, changes, &result, &err));
    places(3, binseg);
}
END_TEST

/* The cost of values first..last-1, from its definition. */
static double plain_cost(gov_change_cost cost, const double *y, int first, int last, double centre)
{
    double n = last - first;
    double sum = 0;
    double squares = 0;
    for (int i = first; i < last; i++)
        sum += y[i];
    for (int i = first; i < last; i++)
        squares += (y[i] - (cost == GOV_COST_VARIANCE ? centre : sum / n)) *
                   (y[i] - (cost == GOV_COST_VARIANCE ? centre : sum / n));
    if (cost == GOV_COST_POISSON)
        return sum > 0 ? -2 * sum * log(sum / n) : 0;
    if (cost == GOV_COST_MEAN)
        return squares;
    return n * (log(2 * 3.14159265358979323846) + log(fmax(squares / n, 1e-11)) + 1);
}

static double plain_optimum(gov_change_cost cost, const double *y, int n, double penalty, int mbic, int least)
{
    double best[121];
    double centre = 0;
    for (int i = 0; i < n; i++)
        centre += y[i] / n;
    best[0] = -penalty;
    for (int t = 1; t <= n; t++) {
        best[t] = INFINITY;
        for (int s = 0; s <= t - least; s++)
            best[t] = fmin(best[t],
                           best[s] + plain_cost(cost, y, s, t, centre) + penalty + (mbic ? log(t - s) : 0));
    }
    return best[n];
}

START_TEST(pelt_finds_the_optimum_of_all_segmentations)
{
    for (int round = 0; round < 300; round++) {
        gov_random random = gov_random_start(5, (uint64_t)round);
        double y[120];
        int n = 8 + (int)gov_random_below(&random, 112);
        double level = 3;
        for (int i = 0; i < n; i++) {
            if (gov_random_below(&random, 25) == 0)
                level = 1 + 9 * gov_random_uniform(&random);
            y[i] = floor(level * 2 * gov_random_uniform(&random));
            if (round % 2)
                y[i] += gov_random_uniform(&random);
        }
        for (int cost = GOV_COST_POISSON; cost <= GOV_COST_MEAN_VARIANCE; cost++)
            for (int penalty = GOV_PENALTY_MBIC; penalty <= GOV_PENALTY_HANNAN_QUINN; penalty++) {
                gov_change_options o = options_of((gov_change_cost)cost, (gov_change_penalty)penalty, 0);
                o.exact = 1;
                o.sd = 1;
                o.min_segment = 2 + round % 3;
                ck_ok(gov_pelt(y, NULL, n, &o, changes, &result, &err));
                double best = plain_optimum((gov_change_cost)cost, y, n, result.penalty,
                                            penalty == GOV_PENALTY_MBIC, (int)o.min_segment);
                ck_near(result.cost + (double)result.count * result.penalty, best, 1e-9);
                int64_t before = 0;
                for (int64_t k = 0; k <= result.count; k++) {
                    int64_t at = k < result.count ? changes[k] : n;
                    ck_assert(at - before >= o.min_segment);
                    before = at;
                }
            }
    }
}
END_TEST

START_TEST(missing_periods_are_left_out_and_places_are_periods)
{
    double y[200];
    uint8_t valid[200];
    for (int i = 0; i < 200; i++) {
        valid[i] = (uint8_t)(i % 2);
        y[i] = i % 2 ? DISCOVERIES[i / 2] : NAN;
    }
    const int64_t expected[] = {49, 59, 147};
    ck_ok(gov_pelt(y, valid, 200, NULL, changes, &result, &err));
    places(3, expected);
    gov_pettitt_result p = GOV_PETTITT_RESULT_INIT;
    for (int i = 0; i < 200; i++)
        y[i] = i % 2 ? NILE[i / 2] : NAN;
    ck_ok(gov_pettitt(y, valid, 200, &p, &err));
    ck_assert_int_eq(p.change, 57);
}
END_TEST

START_TEST(huge_counts_and_level_series_are_taken)
{
    double y[60];
    for (int i = 0; i < 60; i++)
        y[i] = i < 20 ? 4e12 : 4.1e12;
    const int64_t at[] = {20};
    ck_ok(gov_pelt(y, NULL, 60, NULL, changes, &result, &err));
    places(1, at);
    for (int i = 0; i < 60; i++)
        y[i] = 0;
    ck_ok(gov_pelt(y, NULL, 60, NULL, changes, &result, &err));
    places(0, at);
    gov_change_options o = options_of(GOV_COST_MEAN_VARIANCE, GOV_PENALTY_MBIC, 0);
    ck_ok(gov_pelt(y, NULL, 60, &o, changes, &result, &err));
    places(0, at);
    o.cost = GOV_COST_MEAN;
    ck_fails(gov_pelt(y, NULL, 60, &o, changes, &result, &err), GOV_E_NO_DATA);
}
END_TEST

/* R trend 1.1.4: pettitt.test(Nile). */
START_TEST(pettitt_is_that_of_r)
{
    gov_pettitt_result p = GOV_PETTITT_RESULT_INIT;
    ck_ok(gov_pettitt(NILE, NULL, 100, &p, &err));
    ck_near(p.statistic, 1617, 0);
    ck_near(p.p, 3.59102217693629e-07, 1e-13);
    ck_assert_int_eq(p.change, 28);
    ck_assert_int_eq(p.direction, -1);
    ck_assert_int_eq(p.n, 100);
}
END_TEST

/* bocpd of Nile less the mean of its first 20 years, in their standard deviations; hazard 1/100, Student t prior alpha = beta = kappa = 1, mu = 0: every ninth value. */
START_TEST(run_lengths_are_those_of_r)
{
    static const double first[12] = {0.99,
                                     0.00670012135968,
                                     0.00708089469683,
                                     0.00608139990728,
                                     0.00285648742937,
                                     0.031773967835,
                                     0.00250219167003,
                                     0.00618029497524,
                                     0.00248800059788,
                                     0.00214872234203,
                                     0.0129539202827,
                                     0.00235893879757};
    static const int64_t run[12] = {1, 10, 19, 28, 9, 18, 27, 36, 45, 54, 63, 72};
    double y[100];
    double mean = 0;
    double square = 0;
    for (int i = 0; i < 20; i++)
        mean += NILE[i] / 20;
    for (int i = 0; i < 20; i++)
        square += (NILE[i] - mean) * (NILE[i] - mean) / 20;
    for (int i = 0; i < 100; i++)
        y[i] = (NILE[i] - mean) / sqrt(square);
    int64_t runs[100];
    double began[100];
    gov_bocpd_options o = GOV_BOCPD_OPTIONS_INIT;
    o.model = GOV_BOCPD_NORMAL;
    ck_ok(gov_bocpd(y, NULL, 100, &o, runs, began, NULL, &err));
    for (int k = 0; k < 12; k++) {
        ck_assert_int_eq(runs[9 * k], run[k]);
        ck_near(began[9 * k], first[k], 1e-9);
    }
}
END_TEST

/* tests/oracle/bocpd.py: period, probability that it begins a segment, mean run length. */
START_TEST(poisson_runs_are_those_of_the_definition)
{
    static const double expected[12][3] = {
        {0, 0.975, 0.975},
        {9, 0.0214696695606828, 8.93658733987931},
        {18, 0.0152801659320872, 16.3770404315315},
        {27, 0.010551902146117, 4.05338931997084},
        {36, 0.0147922667239158, 10.6725082928119},
        {45, 0.0173970873594189, 13.2608350092658},
        {54, 0.0181246560832822, 20.0508804015569},
        {63, 0.0159835588777625, 27.6947750741892},
        {72, 0.0160064332243952, 34.843640758751},
        {81, 0.0167512817384521, 26.8341976856054},
        {90, 0.0149780306365232, 21.251948827304},
        {99, 0.0140731504466137, 17.57710677445},
    };
    double first[100];
    double mean[100];
    gov_bocpd_options o = GOV_BOCPD_OPTIONS_INIT;
    o.expected_run = 40;
    o.alpha = 2;
    o.beta = 0.5;
    ck_ok(gov_bocpd(DISCOVERIES, NULL, 100, &o, NULL, first, mean, &err));
    for (int k = 0; k < 12; k++) {
        ck_near(first[(int)expected[k][0]], expected[k][1], 1e-11);
        ck_near(mean[(int)expected[k][0]], expected[k][2], 1e-11);
    }
}
END_TEST

START_TEST(a_missing_period_lets_the_run_grow)
{
    double y[3] = {4, NAN, 4};
    uint8_t valid[3] = {1, 0, 1};
    double first[4];
    double mean[4];
    ck_ok(gov_bocpd(y, valid, 3, NULL, NULL, first, mean, &err));
    ck_near(first[1], 0.01 * 0.99, 1e-14); /* ended after the first period, then grew by one */
    ck_near(mean[1], 0.99 * 0.99 * 2 + 0.01 * 0.99, 1e-14); /* grew twice, or once */
    double outlier[4] = {3, 2, 1e9, 3};
    ck_ok(gov_bocpd(outlier, NULL, 4, NULL, NULL, first, mean, &err));
    ck_assert(isfinite(mean[2]) && isfinite(first[2]));
}
END_TEST

START_TEST(bad_input_is_refused_with_a_reason)
{
    double y[8] = {1, 2, 3, -4, 5, 6, 7, 8};
    changes[0] = -7;
    gov_change_options o = GOV_CHANGE_OPTIONS_INIT;
    ck_fails(gov_pelt(y, NULL, 8, NULL, changes, &result, &err), GOV_E_RANGE);
    ck_assert_int_eq(err.row, 3);
    o.cost = GOV_COST_MEAN_VARIANCE;
    y[4] = INFINITY;
    ck_fails(gov_pelt(y, NULL, 8, &o, changes, &result, &err), GOV_E_RANGE);
    ck_fails(gov_pelt(y, NULL, 3, &o, changes, &result, &err), GOV_E_NO_DATA);
    ck_assert_str_eq(err.message, "two segments of 2 values are needed, there are 3 values");
    ck_fails(gov_pelt(y, NULL, 0, &o, changes, &result, &err), GOV_E_NO_DATA);
    ck_fails(gov_pelt(y, NULL, 3, &o, NULL, &result, &err), GOV_E_ARGUMENT);
    ck_fails(gov_binary_segmentation(y, NULL, 3, &o, NULL, &result, &err), GOV_E_ARGUMENT);
    ck_fails(gov_binary_segmentation(y, NULL, -1, &o, changes, &result, &err), GOV_E_ARGUMENT);
    o.cost = (gov_change_cost)9;
    ck_fails(gov_pelt(y, NULL, 3, &o, changes, &result, &err), GOV_E_ARGUMENT);
    o.cost = GOV_COST_MEAN;
    o.sd = -1;
    ck_fails(gov_pelt(y, NULL, 3, &o, changes, &result, &err), GOV_E_ARGUMENT);
    o.sd = 1;
    o.penalty = (gov_change_penalty)9;
    ck_fails(gov_pelt(y, NULL, 3, &o, changes, &result, &err), GOV_E_ARGUMENT);
    o.penalty = GOV_PENALTY_VALUE;
    o.penalty_value = NAN;
    ck_fails(gov_pelt(y, NULL, 3, &o, changes, &result, &err), GOV_E_ARGUMENT);
    o.penalty_value = 1;
    o.min_segment = -1;
    ck_fails(gov_pelt(y, NULL, 3, &o, changes, &result, &err), GOV_E_ARGUMENT);
    ck_assert_int_eq(changes[0], -7);
    gov_pettitt_result p = GOV_PETTITT_RESULT_INIT;
    ck_fails(gov_pettitt(y, NULL, 2, &p, &err), GOV_E_NO_DATA);
    ck_fails(gov_pettitt(y, NULL, 8, &p, &err), GOV_E_RANGE);
    ck_fails(gov_pettitt(y, NULL, 3, NULL, &err), GOV_E_ARGUMENT);
    gov_bocpd_options b = GOV_BOCPD_OPTIONS_INIT;
    gov_change_options unset = {0};
    int64_t run[8];
    ck_fails(gov_pelt(y, NULL, 3, &unset, changes, &result, &err), GOV_E_ARGUMENT);
    ck_fails(gov_bocpd(y, NULL, 4, &b, run, NULL, NULL, &err), GOV_E_RANGE);
    ck_assert_int_eq(err.row, 3);
    b.expected_run = 1;
    ck_fails(gov_bocpd(y, NULL, 3, &b, run, NULL, NULL, &err), GOV_E_ARGUMENT);
    b.expected_run = 10;
    b.alpha = -1;
    ck_fails(gov_bocpd(y, NULL, 3, &b, run, NULL, NULL, &err), GOV_E_ARGUMENT);
    ck_ok(gov_bocpd(NULL, NULL, 0, NULL, run, NULL, NULL, &err));
}
END_TEST

START_TEST(a_failed_allocation_leaves_nothing)
{
    int64_t run[100];
    changes[0] = -7;
    ck_every_allocation(gov_pelt(DISCOVERIES, NULL, 100, NULL, changes, &result, &err),
                        ck_assert_int_eq(changes[0], -7), (void)0);
    changes[0] = -7;
    ck_every_allocation(gov_binary_segmentation(DISCOVERIES, NULL, 100, NULL, changes, &result, &err),
                        ck_assert_int_eq(changes[0], -7), (void)0);
    gov_pettitt_result p = GOV_PETTITT_RESULT_INIT;
    ck_every_allocation(gov_pettitt(NILE, NULL, 100, &p, &err), ck_assert_int_eq(p.n, 0), (void)0);
    ck_every_allocation(gov_bocpd(DISCOVERIES, NULL, 100, NULL, run, NULL, NULL, &err), (void)0, (void)0);
}
END_TEST

GOV_TESTS("trend/change", places_are_those_of_changepoint, places_are_those_of_ruptures,
          pelt_finds_the_optimum_of_all_segmentations, missing_periods_are_left_out_and_places_are_periods,
          huge_counts_and_level_series_are_taken, pettitt_is_that_of_r, run_lengths_are_those_of_r,
          poisson_runs_are_those_of_the_definition, a_missing_period_lets_the_run_grow,
          bad_input_is_refused_with_a_reason, a_failed_allocation_leaves_nothing)
