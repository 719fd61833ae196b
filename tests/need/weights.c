/* Weights: published AHP, CRITIC, entropy and deviation cases; stability and allocation against brute force. */
#include "need_fixture.h"

static void check_weights(const double *got, const double *expected, int n, double tolerance)
{
    for (int i = 0; i < n; i++)
        ck_assert_double_eq_tol(got[i], expected[i], tolerance);
}

/* Wang (2011) as in the tests of quatrope/scikit-criteria; the ratio is above 0.1 with any table. */
START_TEST(ahp_of_wang)
{
    static const double a[] = {
        1, 4,       3, 1, 3, 4,       1.0 / 4, 1, 7, 3, 0.2, 1, 1.0 / 3, 1.0 / 7, 1, 0.2, 0.2,     1.0 / 6,
        1, 1.0 / 3, 5, 1, 1, 1.0 / 3, 1.0 / 3, 5, 5, 1, 1,   3, 0.25,    1,       6, 3,   1.0 / 3, 1};
    static const double expected[] = {0.3208, 0.1395, 0.0348, 0.1285, 0.2374, 0.1391};
    double w[6];
    gov_need_consistency c;
    ck_ok(gov_need_ahp(a, 6, NULL, w, &c, &err));
    check_weights(w, expected, 6, 5e-5);
    ck_assert_double_eq_tol(c.lambda_max, 7.419870101921265, 1e-9);
    ck_assert_double_gt(c.ratio, 0.1);
}
END_TEST

/* lambda 3.053622, CI 0.026811; CR 0.05156 with RI 0.52 and 0.04623 with 0.58. */
START_TEST(ahp_names_its_random_index)
{
    static const double a[] = {1, 3, 3, 1.0 / 3, 1, 2, 1.0 / 3, 0.5, 1};
    double w[3];
    gov_need_consistency c;
    ck_ok(gov_need_ahp(a, 3, "saaty1980", w, &c, &err));
    ck_assert_double_eq_tol(c.lambda_max, 3.053622, 5e-7);
    ck_assert_double_eq_tol(c.index, 0.026811, 5e-7);
    ck_assert_double_eq_tol(c.ratio, 0.04623, 5e-6);
    ck_ok(gov_need_ahp(a, 3, "saaty2007", w, &c, &err));
    ck_assert_double_eq_tol(c.ratio, 0.05156, 5e-6);
    ck_fails(gov_need_ahp(a, 3, "other", w, &c, &err), GOV_E_UNKNOWN_NAME);
    static const double lopsided[] = {1, 3, 3, 1};
    ck_fails(gov_need_ahp(lopsided, 2, NULL, w, NULL, &err), GOV_E_RANGE);
    ck_fails(gov_need_ahp(a, 0, NULL, w, NULL, &err), GOV_E_RANGE);
    ck_fails(gov_need_ahp(NULL, 3, NULL, w, NULL, &err), GOV_E_ARGUMENT);
    double one = 0;
    ck_ok(gov_need_ahp(a, 1, NULL, &one, &c, &err));
    ck_assert(one == 1 && c.ratio == 0);
}
END_TEST

/* Diakoulaki et al. (1995) and Tus & Adali (2019). */
START_TEST(critic_of_two_papers)
{
    static const double a[] = {61,  1.08, 4.33, 20.7, 0.26, 4.34, 16.3, 1.98, 2.53, 9.0,   3.29, 1.65,
                               5.4, 2.77, 2.33, 4.0,  4.12, 1.21, -6.1, 3.52, 2.1,  -34.6, 3.31, 0.98};
    static const double b[] = {5000, 3, 3, 4,   3, 2, 680, 5, 3, 2,   2, 1, 2000, 3, 2,
                               3,    4, 3, 600, 4, 3, 1,   2, 2, 800, 2, 4, 3,    3, 4};
    static const double of_a[] = {0.20222554, 0.48090173, 0.31687273};
    static const double of_b[] = {0.157, 0.249, 0.168, 0.121, 0.154, 0.151};
    double w[6];
    ck_ok(gov_need_advise(a, 8, 3, GOV_NEED_CRITIC, NULL, w, &err));
    check_weights(w, of_a, 3, 1e-6);
    ck_ok(gov_need_advise(b, 5, 6, GOV_NEED_CRITIC, NULL, w, &err));
    check_weights(w, of_b, 6, 5e-4);
}
END_TEST

/* Elsayed et al. (2017) and a small case, as in the tests of pymcdm and scikit-criteria; Jahan et al. (2013). */
START_TEST(entropy_and_deviations_as_published)
{
    static const double a[] = {
        7,  312, 1891, 6613,  163,   72, 88, 728, 941804, 1078,   10, 252, 2594, 3466, 117471,
        10, 145, 980,  2371,  86329, 65, 54, 350, 501,    29897,  29, 48,  380,  912,  34051,
        7,  476, 3300, 78470, 2212,  70, 87, 650, 733,    819000, 4,  86,  591,  3015, 103,
        12, 79,  579,  3240,  96098, 21, 45, 261, 1253,   453,    1,  72,  530,  4333, 0.1048};
    static const double of_a[] = {0.104991, 0.069124, 0.071373, 0.449937, 0.304575};
    static const double small[] = {1, 2, 4, 16};
    static const double of_small[] = {0.358889, 0.641111};
    static const double deviations[] = {0.176471, 0.82353};
    static const double jahan[] = {0,    0,   0,   0.39, 0.3,  0.77, 0.17, 0.36, 0.8, 0.35, 0.29,
                                   0.93, 0.3, 0.4, 0.94, 0.84, 0.71, 1,    1,    1,   0.99};
    static const double of_jahan[] = {0.35, 0.31, 0.34};
    double w[5];
    ck_ok(gov_need_advise(a, 12, 5, GOV_NEED_ENTROPY, NULL, w, &err));
    check_weights(w, of_a, 5, 5e-7);
    ck_ok(gov_need_advise(small, 2, 2, GOV_NEED_ENTROPY, NULL, w, &err));
    check_weights(w, of_small, 2, 1e-5);
    ck_ok(gov_need_advise(small, 2, 2, GOV_NEED_DEVIATION, NULL, w, &err));
    check_weights(w, deviations, 2, 1e-5);
    ck_ok(gov_need_advise(jahan, 7, 3, GOV_NEED_DEVIATION, NULL, w, &err));
    check_weights(w, of_jahan, 3, 5e-3);
}
END_TEST

/* Two columns that say the same and one that is independent of them: the correlations are (1 1 0; 1 1 0; 0 0 1), so
 * the first component is the pair, half each. A column that does not vary weighs nothing. */
START_TEST(the_first_component_is_the_common_one)
{
    static const double a[] = {1, 2, 5, 3, 1, 2, -5, 3, -1, -2, 5, 3, -1, -2, -5, 3};
    static const double expected[] = {0.5, 0.5, 0, 0};
    static const double same[] = {1, 1, 1, 1};
    double w[4] = {9, 9, 9, 9};
    ck_ok(gov_need_advise(a, 4, 4, GOV_NEED_PCA, NULL, w, &err));
    check_weights(w, expected, 4, 1e-12);
    ck_fails(gov_need_advise(same, 2, 2, GOV_NEED_CRITIC, NULL, w, &err), GOV_E_NO_DATA);
    ck_fails(gov_need_advise(same, 1, 4, GOV_NEED_CRITIC, NULL, w, &err), GOV_E_NO_DATA);
    ck_fails(gov_need_advise(a, 4, 4, GOV_NEED_ENTROPY, NULL, w, &err), GOV_E_RANGE);
    ck_assert_int_eq(err.row, 1);
    ck_assert_double_eq_tol(w[0], 0.5, 1e-12);
}
END_TEST

/* Weights 5, 3, 2 over 10 and delta 1/5: the range of each pattern's score by hand, on a fine grid of weights. */
START_TEST(stability_is_that_of_all_weights_in_the_box)
{
    gov_need_model *model = parse_model(
        "govcore_model: 1\nid: s\nversion: 1\ninputs: {a: {type: bool}, b: {type: bool}, c: {type: bool}}\n"
        "dimensions: [{id: d, weight: 1, indicators: [{id: ia, weight: 5/10, deprived: a},\n"
        "  {id: ib, weight: 3/10, deprived: b}, {id: ic, weight: 2/10, deprived: c}]}]\n"
        "tiers: [{id: high, at: 55/100}, {id: low, at: 1/3}]\n");
    gov_table *t = parse_table("a,b,c\n0,0,0\n0,0,1\n0,1,0\n0,1,1\n1,0,0\n1,0,1\n1,1,0\n1,1,1\n");
    gov_table *s = NULL;
    int households[3] = {0};
    int stable[3] = {0};
    int rise[3] = {0};
    int fall[3] = {0};
    for (int p = 0; p < 8; p++) {
        int in[] = {p >> 2 & 1, p >> 1 & 1, p & 1};
        int least = 3;
        int most = 0;
        /* thousandths: wa in 400..600, wb in 240..360, wc = 1000 - wa - wb in 160..240 */
        for (int wa = 400; wa <= 600; wa++) {
            for (int wb = 240; wb <= 360; wb++) {
                int wc = 1000 - wa - wb;
                int score = in[0] * wa + in[1] * wb + in[2] * wc;
                int rank = (score >= 550) + (3 * score >= 1000);
                if (wc < 160 || wc > 240)
                    continue;
                least = rank < least ? rank : least;
                most = rank > most ? rank : most;
            }
        }
        int own = in[0] * 500 + in[1] * 300 + in[2] * 200;
        int rank = (own >= 550) + (3 * own >= 1000);
        households[rank]++;
        stable[rank] += least == rank && most == rank;
        rise[rank] += most > rank;
        fall[rank] += least < rank;
    }
    ck_ok(gov_need_stability(model, t, NULL, "1/5", &s, &err));
    for (int r = 0; r < 3; r++) {
        ck_assert_int_eq(int_at(s, "households", r), households[r]);
        ck_assert_int_eq(int_at(s, "stable", r), stable[r]);
        ck_assert_int_eq(int_at(s, "may_rise", r), rise[r]);
        ck_assert_int_eq(int_at(s, "may_fall", r), fall[r]);
    }
    gov_table_free(s);
    s = NULL;
    ck_fails(gov_need_stability(model, t, NULL, "0.2", &s, &err), GOV_E_FORMAT);
    ck_every_allocation(gov_need_stability(model, t, NULL, "1/5", &s, &err), ck_assert_ptr_null(s),
                        gov_table_free(s));
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

/* Sorts the unmet shares of three areas from the largest down, over their common denominator. */
static void unmet(const int64_t *demand, const int64_t *given, int64_t *out)
{
    int64_t product = demand[0] * demand[1] * demand[2];
    for (int i = 0; i < 3; i++)
        out[i] = (demand[i] - given[i]) * (product / demand[i]);
    for (int i = 0; i < 3; i++)
        for (int j = i + 1; j < 3; j++)
            if (out[j] > out[i]) {
                int64_t swap = out[i];
                out[i] = out[j];
                out[j] = swap;
            }
}

START_TEST(no_other_allocation_leaves_smaller_unmet_shares)
{
    static const int64_t demands[][3] = {{5, 3, 7}, {1, 1, 1}, {10, 2, 4}, {6, 6, 9}};
    for (int d = 0; d < 4; d++) {
        const int64_t *demand = demands[d];
        for (int64_t budget = 0; budget <= demand[0] + demand[1] + demand[2] + 1; budget++) {
            int64_t given[3];
            int64_t best[3];
            int64_t other[3];
            ck_ok(gov_need_allocate(demand, 3, budget, given, &err));
            int64_t total = demand[0] + demand[1] + demand[2];
            ck_assert_int_eq(given[0] + given[1] + given[2], budget < total ? budget : total);
            unmet(demand, given, best);
            for (int64_t a = 0; a <= demand[0]; a++)
                for (int64_t b = 0; b <= demand[1] && a + b <= budget; b++) {
                    int64_t c = budget - a - b < demand[2] ? budget - a - b : demand[2];
                    int64_t x[] = {a, b, c};
                    unmet(demand, x, other);
                    int k = 0;
                    while (k < 2 && other[k] == best[k])
                        k++;
                    ck_assert_int_ge(other[k], best[k]);
                }
        }
    }
}
END_TEST

START_TEST(allocation_refuses_and_survives)
{
    static const int64_t demand[] = {3, -1};
    static const int64_t fine[] = {3, 0};
    int64_t given[2] = {7, 7};
    ck_fails(gov_need_allocate(demand, 2, 1, given, &err), GOV_E_RANGE);
    ck_assert_int_eq(err.row, 1);
    ck_fails(gov_need_allocate(fine, 2, -1, given, &err), GOV_E_RANGE);
    ck_assert_int_eq(given[0], 7);
    ck_ok(gov_need_allocate(NULL, 0, 5, NULL, &err));
    ck_every_allocation(gov_need_allocate(fine, 2, 1, given, &err), ck_assert_int_eq(given[0], 7), (void)0);
    static const double a[] = {1, 2, 4, 16};
    double w[2];
    ck_every_allocation(gov_need_advise(a, 2, 2, GOV_NEED_PCA, NULL, w, &err), (void)0, (void)0);
}
END_TEST

GOV_TESTS("need/weights", ahp_of_wang, ahp_names_its_random_index, critic_of_two_papers,
          entropy_and_deviations_as_published, the_first_component_is_the_common_one,
          stability_is_that_of_all_weights_in_the_box, no_other_allocation_leaves_smaller_unmet_shares,
          allocation_refuses_and_survives)
