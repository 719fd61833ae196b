/* Ranks of slopes against sorting all of them. */
#include "trend/slopes.h"
#include "gov_check.h"
#include "stat/rank.h"

static gov_error err = GOV_ERROR_INIT;

enum { MOST = 600, PAIRS = MOST * (MOST - 1) / 2, SEASONS = 3 };
static double y[MOST];
static double at[MOST];
static double all[PAIRS];
static double scratch[PAIRS];

/* Whole numbers from 0 to kinds - 1 with a trend, some periods left out; scale 0.1 makes them decimals. */
static void fill(const int64_t *first, int64_t seasons, uint64_t seed, int64_t kinds, double trend,
                 double scale)
{
    uint64_t state = seed;
    for (int64_t s = 0; s < seasons; s++) {
        double time = 0;
        for (int64_t i = first[s]; i < first[s + 1]; i++) {
            state = state * 48271 % 2147483647;
            y[i] = scale * ((double)(state % (uint64_t)kinds) + floor(trend * time));
            state = state * 48271 % 2147483647;
            time += 1 + (state % 8 == 0);
            at[i] = time;
        }
    }
}

static int64_t sort_all(const int64_t *first, int64_t seasons)
{
    int64_t pairs = 0;
    for (int64_t s = 0; s < seasons; s++)
        for (int64_t i = first[s]; i < first[s + 1]; i++)
            for (int64_t j = i + 1; j < first[s + 1]; j++)
                all[pairs++] = (y[j] - y[i]) / (at[j] - at[i]);
    gov_sort_doubles(all, pairs, scratch);
    return pairs;
}

static void check(const int64_t *first, int64_t seasons)
{
    int64_t pairs = sort_all(first, seasons);
    const gov_slope_data data = {y, at, first, seasons, pairs};
    const int64_t ranks[] = {0, pairs / 7, pairs / 2 - 1, pairs / 2, pairs / 2 + 1, pairs - 2, pairs - 1};
    double out[7];
    ck_ok(gov_slopes_select(&data, ranks, 7, out, &err));
    for (int k = 0; k < 7; k++)
        ck_assert_msg(out[k] == all[ranks[k]], "rank %lld: %.17g, expected %.17g", (long long)ranks[k],
                      out[k], all[ranks[k]]);
}

START_TEST(every_rank_is_that_of_the_sorted_slopes)
{
    const int64_t kinds[] = {1, 2, 5, 40, 1000, 2000000000};
    const double trends[] = {0, 0.05, -3};
    uint64_t seed = 1;
    for (int64_t n = 5; n <= MOST; n += 295)
        for (int k = 0; k < 6; k++)
            for (int t = 0; t < 3; t++) {
                const int64_t one[] = {0, n};
                const int64_t three[] = {0, n / 2, n / 2 + n / 3, n};
                fill(one, 1, ++seed, kinds[k], trends[t], 1);
                check(one, 1);
                fill(one, 1, ++seed, kinds[k], trends[t], 0.1);
                check(one, 1);
                fill(three, n < 12 ? 0 : SEASONS, ++seed, kinds[k], trends[t], 1);
                if (n >= 12)
                    check(three, SEASONS);
            }
}
END_TEST

START_TEST(no_allocation_failure_leaks)
{
    const int64_t first[] = {0, 200};
    const int64_t ranks[] = {5000, 15000};
    double out[2];
    fill(first, 1, 9, 30, 0.1, 1);
    const gov_slope_data data = {y, at, first, 1, 200 * 199 / 2};
    ck_every_allocation(gov_slopes_select(&data, ranks, 2, out, &err), (void)0, (void)0);
}
END_TEST

GOV_TESTS("trend/slopes", every_rank_is_that_of_the_sorted_slopes, no_allocation_failure_leaks)
