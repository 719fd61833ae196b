/* The generator against the known answers of its authors, and its ranges. */
#include "stat/random.h"
#include "gov_check.h"

/* Random123 1.14, tests/kat_vectors: philox4x32 10. */
START_TEST(philox_gives_the_authors_answers)
{
    static const uint32_t cases[3][10] = {{0, 0, 0, 0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8},
                                          {0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff,
                                           0xffffffff, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd},
                                          {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822,
                                           0x299f31d0, 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}};
    for (int i = 0; i < 3; i++) {
        uint32_t out[4];
        gov_philox(cases[i], cases[i] + 4, out);
        for (int j = 0; j < 4; j++)
            ck_assert_uint_eq(out[j], cases[i][6 + j]);
    }
}
END_TEST

START_TEST(a_stream_depends_on_seed_and_stream_only)
{
    gov_random a = gov_random_start(7, 3);
    gov_random b = gov_random_start(7, 3);
    gov_random other = gov_random_start(7, 4);
    int same = 0;
    for (int i = 0; i < 1000; i++) {
        uint64_t bits = gov_random_bits(&a);
        ck_assert_uint_eq(bits, gov_random_bits(&b));
        same += bits == gov_random_bits(&other);
    }
    ck_assert_int_eq(same, 0);
}
END_TEST

/* Chi-squared with 9 degrees of freedom stays below its 1 - 1e-9 quantile, 60.66 (scipy 1.17.1 chi2.isf). */
START_TEST(draws_are_uniform_and_in_range)
{
    gov_random random = gov_random_start(20261121, 0);
    int64_t count[10] = {0};
    double sum = 0;
    for (int i = 0; i < 100000; i++) {
        double u = gov_random_uniform(&random);
        ck_assert(u > 0 && u < 1);
        sum += u;
        int64_t k = gov_random_below(&random, 10);
        ck_assert(k >= 0 && k < 10);
        count[k]++;
    }
    ck_assert(fabs(sum / 100000 - 0.5) < 6 * sqrt(1.0 / 12 / 100000));
    double chi2 = 0;
    for (int k = 0; k < 10; k++)
        chi2 += ((double)count[k] - 10000) * ((double)count[k] - 10000) / 10000;
    ck_assert(chi2 < 60.66);
    ck_assert_int_eq(gov_random_below(&random, 1), 0);
    ck_assert(gov_random_below(&random, INT64_MAX) >= 0);
}
END_TEST

/* The 24 orders of four items are about equally frequent. */
START_TEST(shuffles_reach_every_order)
{
    gov_random random = gov_random_start(1, 1);
    int64_t seen[256] = {0};
    for (int i = 0; i < 24000; i++) {
        int64_t index[4] = {0, 1, 2, 3};
        gov_random_shuffle(&random, index, 4);
        seen[index[0] + 4 * index[1] + 16 * index[2] + 64 * index[3]]++;
    }
    int orders = 0;
    for (int i = 0; i < 256; i++) {
        orders += seen[i] > 0;
        ck_assert(seen[i] == 0 || (seen[i] > 800 && seen[i] < 1200));
    }
    ck_assert_int_eq(orders, 24);
}
END_TEST

/* Mean and variance of a gamma are its shape; five standard errors of each (kurtosis 6 / shape). */
START_TEST(gammas_and_normals_have_their_moments)
{
    enum { DRAWS = 200000 };
    static const double shapes[] = {0.3, 1, 4.5, 60};
    gov_random random = gov_random_start(11, 0);
    for (int i = 0; i < 4; i++) {
        double a = shapes[i];
        double sum = 0;
        double squares = 0;
        for (int n = 0; n < DRAWS; n++) {
            double x = gov_random_gamma(&random, a);
            ck_assert(x >= 0);
            sum += x;
            squares += (x - a) * (x - a);
        }
        ck_assert_double_eq_tol(sum / DRAWS, a, 5 * sqrt(a / DRAWS));
        ck_assert_double_eq_tol(squares / DRAWS, a, 5 * sqrt((2 + 6 / a) * a * a / DRAWS));
    }
    double sum = 0;
    double squares = 0;
    for (int n = 0; n < DRAWS; n++) {
        double z = gov_random_normal(&random);
        sum += z;
        squares += z * z;
    }
    ck_assert_double_eq_tol(sum / DRAWS, 0, 5 / sqrt(DRAWS));
    ck_assert_double_eq_tol(squares / DRAWS, 1, 5 * sqrt(2.0 / DRAWS));
}
END_TEST

GOV_TESTS("stat/random", philox_gives_the_authors_answers, a_stream_depends_on_seed_and_stream_only,
          draws_are_uniform_and_in_range, shuffles_reach_every_order, gammas_and_normals_have_their_moments)
