/* Interrupted time series against R 4.2.2's glm and MASS::glm.nb: the seat belt law. */
#include "govcore/trend.h"
#include "gov_check.h"
#include "trend/seatbelts.h"

#include <string.h>

enum { N = 192, LAW = 169 };

static gov_error err = GOV_ERROR_INIT;

static gov_its_options options_of(gov_its_family family)
{
    gov_its_options o = GOV_ITS_OPTIONS_INIT;
    o.family = family;
    o.change = LAW;
    o.period = 12;
    o.harmonics = 2;
    return o;
}

/* glm(y ~ tt + a + ts + s1 + c1 + s2 + c2, quasipoisson, glm.control(epsilon = 1e-15)) with tt = t - 169,
 * a = t >= 169, ts = tt a; 184 degrees of freedom. */
START_TEST(quasi_poisson_with_harmonics_equals_glm)
{
    const double t_quantile = 1.97294054239; /* qt(0.975, 184) */
    gov_its_options o = options_of(GOV_ITS_QUASI_POISSON);
    gov_its_result r = GOV_ITS_RESULT_INIT;
    ck_ok(gov_its(drivers_killed, NULL, NULL, N, &o, &r, NULL, NULL, &err));
    ck_near(log(r.level_ratio), -0.2099279757973469551, 1e-9);
    ck_near(log(r.level_high) - log(r.level_ratio), t_quantile * 0.0671735276178220958, 1e-8);
    ck_near(log(r.level_low) - log(r.level_ratio), -t_quantile * 0.0671735276178220958, 1e-8);
    ck_near(r.level_p, 2.065355357479521e-03, 1e-8);
    ck_near(log(r.slope_before), -0.0009593383918841275, 1e-8);
    ck_near(log(r.slope_ratio), 0.0067437662585733207, 1e-8);
    ck_near(r.slope_p, 1.589274145186040e-01, 1e-8);
    ck_near(r.dispersion, 2.259076438591099, 1e-12); /* sum((y - mu)^2 / mu) / 184 */
    ck_assert_double_eq(r.observed, 2306);
    ck_near(r.expected, 2632.604033686859, 1e-9);
    ck_near(log(r.expected_high / r.expected), t_quantile * 0.02322949257692604, 1e-8);
    ck_near(r.autocorrelation, 0.348250992846287, 1e-8);
    ck_assert_int_eq(r.n_before, LAW);
}
END_TEST

START_TEST(an_offset_makes_it_rates_and_equals_glm)
{
    gov_its_options o = options_of(GOV_ITS_QUASI_POISSON);
    gov_its_result r = GOV_ITS_RESULT_INIT;
    o.harmonics = 0;
    ck_ok(gov_its(drivers_killed, NULL, kilometres, N, &o, &r, NULL, NULL, &err));
    ck_near(log(r.level_ratio), -0.316771310207253187, 1e-8);
    ck_near(r.level_p, 8.506994453475062e-03, 1e-8);
    ck_near(log(r.slope_ratio), 0.013794875653263525, 1e-8);
    ck_near(r.dispersion, 7.165981149992366, 1e-8);
}
END_TEST

/* glm.nb stops where theta moves by less than its tolerance: 1e-6. */
START_TEST(negative_binomial_equals_glm_nb)
{
    gov_its_options o = options_of(GOV_ITS_NEGATIVE_BINOMIAL);
    gov_its_result r = GOV_ITS_RESULT_INIT;
    ck_ok(gov_its(drivers_killed, NULL, NULL, N, &o, &r, NULL, NULL, &err));
    ck_near(r.theta, 105.5072669314653, 1e-6);
    ck_near(log(r.level_ratio), -0.2055073659132859720, 1e-6);
    ck_near(r.level_p, 8.857900487192526e-04, 1e-6);
    ck_near(log(r.slope_ratio), 0.0061031779537371678, 1e-6);
}
END_TEST

START_TEST(the_counterfactual_is_the_fit_before_and_goes_on_after)
{
    static double fitted[N];
    static double without[N];
    gov_its_options o = options_of(GOV_ITS_QUASI_POISSON);
    gov_its_result r = GOV_ITS_RESULT_INIT;
    double sum = 0;
    ck_ok(gov_its(drivers_killed, NULL, NULL, N, &o, &r, fitted, without, &err));
    for (int t = 0; t < LAW; t++)
        ck_assert_double_eq(fitted[t], without[t]);
    for (int t = LAW; t < N; t++)
        sum += without[t];
    ck_near(sum, r.expected, 1e-13);
    ck_near(fitted[LAW] / without[LAW], r.level_ratio, 1e-12);
}
END_TEST

START_TEST(a_known_change_is_found_and_missing_months_do_not_matter)
{
    double y[100];
    uint8_t valid[100];
    gov_its_options o = GOV_ITS_OPTIONS_INIT;
    gov_its_result r = GOV_ITS_RESULT_INIT;
    o.change = 60;
    memset(valid, 1, sizeof(valid));
    for (int t = 0; t < 100; t++)
        y[t] = 50 * pow(1.01, t) * (t >= 60 ? 0.8 * pow(0.99, t - 60) : 1);
    valid[3] = valid[70] = 0;
    y[3] = y[70] = -5;
    ck_ok(gov_its(y, valid, NULL, 100, &o, &r, NULL, NULL, &err));
    ck_near(r.level_ratio, 0.8, 1e-10);
    ck_near(r.slope_before, 1.01, 1e-10);
    ck_near(r.slope_ratio, 0.99, 1e-10);
    ck_assert_int_eq(r.n, 98);
    o.level_only = 1;
    ck_ok(gov_its(y, valid, NULL, 100, &o, &r, NULL, NULL, &err));
    ck_assert_double_eq(r.slope_ratio, 1);
}
END_TEST

START_TEST(too_little_data_and_bad_options_are_refused)
{
    const double y[] = {1, 2, 3, 4, 5, 6};
    const double negative[] = {1, 2, 3, -4, 5, 6};
    const uint8_t none_after[] = {1, 1, 1, 1, 0, 0};
    gov_its_options o = GOV_ITS_OPTIONS_INIT;
    gov_its_result r = GOV_ITS_RESULT_INIT;
    ck_fails(gov_its(y, NULL, NULL, 6, &o, &r, NULL, NULL, &err), GOV_E_ARGUMENT);
    ck_assert_str_eq(err.name, "change");
    o.change = 4;
    ck_fails(gov_its(y, none_after, NULL, 6, &o, &r, NULL, NULL, &err), GOV_E_NO_DATA);
    ck_fails(gov_its(negative, NULL, NULL, 6, &o, &r, NULL, NULL, &err), GOV_E_RANGE);
    ck_assert_int_eq(err.row, 3);
    o.harmonics = 2;
    ck_fails(gov_its(y, NULL, NULL, 6, &o, &r, NULL, NULL, &err), GOV_E_ARGUMENT);
    ck_assert_str_eq(err.name, "period");
    o.period = 5;
    ck_fails(gov_its(y, NULL, NULL, 6, &o, &r, NULL, NULL, &err), GOV_E_NO_DATA);
    ck_assert_int_eq(r.n, 0);
}
END_TEST

START_TEST(no_allocation_failure_leaks_or_writes)
{
    gov_its_options o = options_of(GOV_ITS_NEGATIVE_BINOMIAL);
    gov_its_result r = GOV_ITS_RESULT_INIT;
    ck_every_allocation(gov_its(drivers_killed, NULL, NULL, N, &o, &r, NULL, NULL, &err),
                        ck_assert_int_eq(r.n, 0), (void)0);
}
END_TEST

GOV_TESTS("trend/intervention", quasi_poisson_with_harmonics_equals_glm,
          an_offset_makes_it_rates_and_equals_glm, negative_binomial_equals_glm_nb,
          the_counterfactual_is_the_fit_before_and_goes_on_after,
          a_known_change_is_found_and_missing_months_do_not_matter,
          too_little_data_and_bad_options_are_refused, no_allocation_failure_leaks_or_writes)
