/* False discovery rates: the fifteen p-values of Benjamini & Hochberg (1995, section 4.1), adjusted by R 4.2's
 * p.adjust. */
#include "govcore/trend/fdr.h"
#include "gov_check.h"

static gov_error err = GOV_ERROR_INIT;

static const double P[15] = {1e-4,   4e-4,  0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                             0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759,  1};
static const double BH[15] = {0.0015,          0.003,           0.0095,          0.035625,        0.0603,
                              0.0638571428571, 0.0638571428571, 0.0645,          0.0765,          0.486,
                              0.5811818181818, 0.714875,        0.7532307692308, 0.8132142857143, 1};
static const double BY[15] = {0.00497734348984,
                              0.00995468697969,
                              0.03152317543568,
                              0.11821190788378,
                              0.20008920829171,
                              0.21189262285334,
                              0.21189262285334,
                              0.21402577006327,
                              0.25384451798202,
                              1,
                              1,
                              1,
                              1,
                              1,
                              1};

START_TEST(adjusted_values_are_those_of_p_adjust)
{
    double q[15];
    ck_ok(gov_trend_bh(P, NULL, 15, NULL, q, &err));
    for (int i = 0; i < 15; i++)
        ck_near(q[i], BH[i], 1e-12);
    gov_trend_bh_options by = GOV_TREND_BH_OPTIONS_INIT;
    by.method = GOV_TREND_FDR_BY;
    ck_ok(gov_trend_bh(P, NULL, 15, &by, q, &err));
    for (int i = 0; i < 15; i++)
        ck_near(q[i], BY[i], 1e-12);
}
END_TEST

START_TEST(order_does_not_matter_and_missing_tests_are_not_counted)
{
    double p[31];
    uint8_t valid[31];
    for (int i = 0; i < 31; i++) {
        valid[i] = (uint8_t)(i % 2);
        p[i] = i % 2 ? P[14 - i / 2] : NAN;
    }
    ck_ok(gov_trend_bh(p, valid, 31, NULL, p, &err));
    for (int i = 0; i < 31; i++) {
        if (i % 2)
            ck_near(p[i], BH[14 - i / 2], 1e-12);
        else
            ck_assert(isnan(p[i]));
    }
}
END_TEST

START_TEST(bad_input_is_refused_with_its_row)
{
    double p[3] = {0.5, 1.01, 0.2};
    double q[3] = {7, 7, 7};
    ck_fails(gov_trend_bh(p, NULL, 3, NULL, q, &err), GOV_E_RANGE);
    ck_assert_int_eq(err.row, 1);
    p[1] = NAN;
    ck_fails(gov_trend_bh(p, NULL, 3, NULL, q, &err), GOV_E_RANGE);
    ck_fails(gov_trend_bh(NULL, NULL, 3, NULL, q, &err), GOV_E_ARGUMENT);
    ck_fails(gov_trend_bh(p, NULL, -1, NULL, q, &err), GOV_E_ARGUMENT);
    gov_trend_bh_options other = GOV_TREND_BH_OPTIONS_INIT;
    other.method = (gov_trend_fdr_method)7;
    ck_fails(gov_trend_bh(p, NULL, 1, &other, q, &err), GOV_E_ARGUMENT);
    ck_near(q[0], 7, 0);
    ck_ok(gov_trend_bh(NULL, NULL, 0, NULL, NULL, &err));
}
END_TEST

START_TEST(a_failed_allocation_leaves_nothing)
{
    double q[15] = {7};
    ck_every_allocation(gov_trend_bh(P, NULL, 15, NULL, q, &err), ck_near(q[0], 7, 0), (void)0);
}
END_TEST

GOV_TESTS("trend/fdr", adjusted_values_are_those_of_p_adjust,
          order_does_not_matter_and_missing_tests_are_not_counted, bad_input_is_refused_with_its_row,
          a_failed_allocation_leaves_nothing)
