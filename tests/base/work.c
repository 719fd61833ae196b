/* Work: blocks are the same for any number of threads, the first failure in order is reported, a cancelled run stops;
 * sums keep small terms; digests are XXH3's. */
#include "base/digest.h"
#include "base/parallel.h"
#include "base/run.h"
#include "base/sum.h"
#include "gov_check.h"

#include <string.h>

static gov_error err = GOV_ERROR_INIT;

enum { ITEMS = 10007 };

typedef struct squares {
    int64_t out[ITEMS];
    int64_t fail_from;
    gov_run *cancel;
} squares;

static gov_status square(void *context, int worker, int64_t first, int64_t last, gov_error *e)
{
    squares *s = context;
    (void)worker;
    for (int64_t i = first; i < last; i++) {
        if (i >= s->fail_from)
            return gov_fail_at(e, GOV_E_RANGE, GOV_AT_ROW(i, "x"), "item %lld", (long long)i);
        s->out[i] = i * i;
    }
    if (s->cancel != NULL && first > ITEMS / 2)
        gov_run_cancel(s->cancel);
    return GOV_OK;
}

START_TEST(every_item_is_done_once_whatever_the_threads)
{
    static squares s;
    for (int threads = 0; threads <= 5; threads++) {
        memset(&s, 0, sizeof(s));
        s.fail_from = ITEMS;
        ck_ok(gov_parallel(threads, ITEMS, 100, square, &s, NULL, &err));
        for (int64_t i = 0; i < ITEMS; i++)
            ck_assert_int_eq(s.out[i], i * i);
    }
    ck_ok(gov_parallel(4, 0, 100, square, &s, NULL, &err));
}
END_TEST

START_TEST(the_first_failure_in_order_is_reported)
{
    static squares s;
    s.fail_from = 3210;
    for (int threads = 1; threads <= 4; threads++) {
        for (int again = 0; again < 20; again++) {
            ck_fails(gov_parallel(threads, ITEMS, 10, square, &s, NULL, &err), GOV_E_RANGE);
            ck_assert_int_eq(err.row, 3210);
            ck_assert_str_eq(err.message, "item 3210");
        }
    }
}
END_TEST

START_TEST(a_cancelled_run_stops_and_stays_cancelled)
{
    static squares s;
    gov_run *run = NULL;
    int64_t done = -1;
    int64_t total = 0;
    ck_ok(gov_run_new(&run, &err));
    gov_run_progress(run, &done, &total);
    ck_assert_int_eq(done, 0);
    ck_assert_int_eq(total, -1);
    s = (squares){.fail_from = ITEMS};
    ck_ok(gov_parallel(2, ITEMS, 100, square, &s, run, &err));
    gov_run_progress(run, &done, &total);
    ck_assert_int_eq(done, ITEMS);
    ck_assert_int_eq(total, ITEMS);
    s.cancel = run;
    ck_fails(gov_parallel(1, ITEMS, 100, square, &s, run, &err), GOV_E_CANCELLED);
    ck_assert_int_eq(s.out[ITEMS - 1], (int64_t)(ITEMS - 1) * (ITEMS - 1)); /* of the first pass */
    ck_assert(gov_run_cancelled(run));
    ck_fails(gov_run_poll(run, 0, 1, &err), GOV_E_CANCELLED);
    ck_ok(gov_run_poll(NULL, 0, 1, &err));
    gov_run_free(run);
    gov_run_free(NULL);
}
END_TEST

/* Neumaier (1974): 1 + 1e100 + 1 - 1e100 is 2; a plain or Kahan sum gives 0. */
START_TEST(small_terms_survive_large_ones)
{
    const double terms[] = {1, 1e100, 1, -1e100};
    ck_assert(gov_sum_of(terms, 4) == 2);
    static double tenths[1000000];
    for (int64_t i = 0; i < 1000000; i++)
        tenths[i] = 0.1;
    ck_assert(gov_sum_of(tenths, 1000000) == 100000.0);
    ck_assert(gov_sum_of(tenths, 0) == 0);
}
END_TEST

/* XXH128 and XXH3_64bits of the empty input with seed 0, from xxHash's own sanity tests. */
START_TEST(digests_are_those_of_xxh3)
{
    char text[GOV_DIGEST_TEXT];
    char parts[GOV_DIGEST_TEXT];
    gov_digest_of("", 0, text);
    ck_assert_str_eq(text, "99aa06d3014798d86001c324468d497f");
    ck_assert_uint_eq(gov_hash64("", 0, 0), 0x2D06800538D394C2u);
    gov_digest *d = NULL;
    ck_ok(gov_digest_new(&d, &err));
    gov_digest_add(d, "grid", 4);
    gov_digest_add(d, "", 0);
    gov_digest_add(d, "code", 4);
    gov_digest_text(d, parts);
    gov_digest_free(d);
    gov_digest_of("gridcode", 8, text);
    ck_assert_str_eq(parts, text);
}
END_TEST

GOV_TESTS("base/work", every_item_is_done_once_whatever_the_threads, the_first_failure_in_order_is_reported,
          a_cancelled_run_stops_and_stays_cancelled, small_terms_survive_large_ones,
          digests_are_those_of_xxh3)
