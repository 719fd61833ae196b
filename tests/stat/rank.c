/* Ranks and Kendall's counts against the definition, pair by pair. */
#include "stat/rank.h"
#include "gov_check.h"
#include "stat/select.h"

static gov_error err = GOV_ERROR_INIT;

enum { MOST = 80 };

/* A fixed sequence of small whole numbers with many ties (Lehmer's generator). */
static void fill(double *y, int64_t n, uint64_t seed, int64_t kinds)
{
    uint64_t state = seed;
    for (int64_t i = 0; i < n; i++) {
        state = state * 48271 % 2147483647;
        y[i] = (double)((int64_t)(state % (uint64_t)kinds) - kinds / 2);
    }
}

static int sign(double x)
{
    return (x > 0) - (x < 0);
}

static int64_t pairs_by_definition(const double *x, const double *y, int64_t n)
{
    int64_t sum = 0;
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = i + 1; j < n; j++)
            sum += sign(x[j] - x[i]) * sign(y[j] - y[i]);
    return sum;
}

START_TEST(kendall_counts_equal_their_definition)
{
    double x[MOST];
    double y[MOST];
    double copy[MOST];
    double scratch[MOST];
    for (int64_t n = 1; n <= MOST; n++) {
        for (int64_t kinds = 1; kinds < 60; kinds += 7) {
            int64_t pairs = 0;
            fill(x, n, (uint64_t)(n * 100 + kinds), kinds);
            fill(y, n, (uint64_t)(n * 177 + kinds), kinds);
            ck_ok(gov_kendall_pairs(x, y, n, &pairs, &err));
            ck_assert_int_eq(pairs, pairs_by_definition(x, y, n));
            for (int64_t i = 0; i < n; i++) {
                copy[i] = y[i];
                x[i] = (double)i;
            }
            ck_assert_int_eq(gov_kendall_s(copy, n, scratch), pairs_by_definition(x, y, n));
            for (int64_t i = 1; i < n; i++)
                ck_assert(copy[i - 1] <= copy[i]);
        }
    }
}
END_TEST

START_TEST(equal_values_share_their_mean_rank)
{
    const double y[] = {3, 1, 3, 2, 3, 1};
    const double expected[] = {5, 1.5, 5, 3, 5, 1.5};
    double ranks[6];
    ck_ok(gov_rank_mid(y, 6, ranks, &err));
    for (int i = 0; i < 6; i++)
        ck_assert_double_eq(ranks[i], expected[i]);
    ck_every_allocation(gov_rank_mid(y, 6, ranks, &err), (void)0, (void)0);
}
END_TEST

START_TEST(selection_gives_what_sorting_gives)
{
    enum { N = 5000 };
    static double y[N];
    static double sorted[N];
    static double scratch[N];
    for (int64_t kinds = 1; kinds < 1000000; kinds = kinds * 9 + 2) {
        fill(sorted, N, 7 + (uint64_t)kinds, kinds);
        gov_sort_doubles(sorted, N, scratch);
        for (int64_t k = 0; k < N; k += 501) {
            fill(y, N, 7 + (uint64_t)kinds, kinds);
            ck_assert_double_eq(gov_select(y, 0, N, k), sorted[k]);
            for (int64_t i = 0; i < N; i++)
                ck_assert(i < k ? y[i] <= y[k] : y[i] >= y[k]);
        }
        ck_assert_double_eq(gov_median(y, N), (sorted[N / 2 - 1] + sorted[N / 2]) / 2);
        ck_assert_double_eq(gov_select(y, 0, N, 0), sorted[0]);
    }
}
END_TEST

GOV_TESTS("stat/rank", kendall_counts_equal_their_definition, equal_values_share_their_mean_rank,
          selection_gives_what_sorting_gives)
