/* gov_check.h - what every C test uses on top of Check.
 *
 * One program a file: GOV_TESTS("need/score", {...}) lists the tests and defines main. A test's name is the
 * claim that it makes. Tests include the library's internal headers and link its test build. */
#ifndef GOV_CHECK_H
#define GOV_CHECK_H

#include "base/alloc.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>

/* Calls that must succeed, and calls that must fail with a code; both show the error's message. `err` must be
 * a gov_error in scope. */
#define ck_ok(call)                                                                                          \
    do {                                                                                                     \
        gov_status ck_status_ = (call);                                                                      \
        ck_assert_msg(ck_status_ == GOV_OK, "%s: %s (%s)", #call, gov_status_name(ck_status_), err.message); \
    } while (0)
#define ck_fails(call, expected)                                                            \
    do {                                                                                    \
        gov_status ck_status_ = (call);                                                     \
        ck_assert_msg(ck_status_ == (expected), "%s: expected %s, got %s (%s)", #call,      \
                      gov_status_name(expected), gov_status_name(ck_status_), err.message); \
    } while (0)

/* |actual - expected| <= relative × |expected| (and exactly equal for 0 and infinities). */
#define ck_near(actual, expected, relative)                                            \
    do {                                                                               \
        double ck_a_ = (actual), ck_e_ = (expected);                                   \
        ck_assert_msg(ck_a_ == ck_e_ || fabs(ck_a_ - ck_e_) <= (relative)*fabs(ck_e_), \
                      "%s: %.17g, expected %.17g", #actual, ck_a_, ck_e_);             \
    } while (0)

/* Runs `call` (an expression of type gov_status that may use its own outputs) with its 1st, 2nd, ...
 * allocation failing, until it succeeds; each failure must be GOV_E_MEMORY and leave no block behind. `check`
 * runs after every failure, to see that outputs are untouched; `undo` frees what the last, successful call
 * made. */
#define ck_every_allocation(call, check, undo)                                                              \
    do {                                                                                                    \
        for (int64_t ck_n_ = 1;; ck_n_++) {                                                                 \
            int64_t ck_before_ = gov_alloc_live();                                                          \
            gov_alloc_fail_at(ck_n_);                                                                       \
            gov_status ck_status_ = (call);                                                                 \
            int ck_failed_ = gov_alloc_did_fail();                                                          \
            gov_alloc_fail_at(0);                                                                           \
            if (!ck_failed_) {                                                                              \
                ck_assert_int_eq(ck_status_, GOV_OK);                                                       \
                undo;                                                                                       \
                ck_assert_int_eq(gov_alloc_live(), ck_before_);                                             \
                break;                                                                                      \
            }                                                                                               \
            ck_assert_msg(ck_status_ == GOV_E_MEMORY, "%s: allocation %lld failed, status %s", #call,       \
                          (long long)ck_n_, gov_status_name(ck_status_));                                   \
            ck_assert_msg(gov_alloc_live() == ck_before_, "%s: allocation %lld failed, %lld blocks leaked", \
                          #call, (long long)ck_n_, (long long)(gov_alloc_live() - ck_before_));             \
            check;                                                                                          \
        }                                                                                                   \
    } while (0)

/* The program: its name "room/file" and the tests (defined with START_TEST) in order. */
#define GOV_TESTS(program, ...)                                     \
    int main(void)                                                  \
    {                                                               \
        Suite *suite = suite_create(program);                       \
        TCase *tests = tcase_create(program);                       \
        const TTest *const list[] = {__VA_ARGS__};                  \
        tcase_set_timeout(tests, 600);                              \
        for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++) \
            tcase_add_test(tests, list[i]);                         \
        suite_add_tcase(suite, tests);                              \
        SRunner *runner = srunner_create(suite);                    \
        srunner_set_fork_status(runner, CK_NOFORK);                 \
        srunner_run_all(runner, CK_NORMAL);                         \
        int failed = srunner_ntests_failed(runner);                 \
        srunner_free(runner);                                       \
        return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;           \
    }

#endif
