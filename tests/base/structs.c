/* Structs that grow: an older caller's struct is shorter, a newer caller's is longer. */
#include "base/struct.h"
#include "gov_check.h"

static gov_error err = GOV_ERROR_INIT;

typedef struct options {
    uint32_t struct_size;
    int32_t threads;
    double level;
} options;

START_TEST(what_the_caller_does_not_know_is_zero)
{
    options all = {7, 7, 7.0};
    options older = {8, 3, 0.5};
    ck_ok(gov_struct_read(&all, sizeof(all), &older, &err));
    ck_assert(all.threads == 3 && all.level == 0.0);
    struct {
        options known;
        double later;
    } newer = {{24, 2, 0.5}, 9.0};
    ck_ok(gov_struct_read(&all, sizeof(all), &newer, &err));
    ck_assert(all.threads == 2 && all.level == 0.5);
    ck_ok(gov_struct_read(&all, sizeof(all), NULL, &err));
    ck_assert(all.struct_size == 0 && all.threads == 0 && all.level == 0.0);
    options unset = {0, 1, 1.0};
    ck_fails(gov_struct_read(&all, sizeof(all), &unset, &err), GOV_E_ARGUMENT);
}
END_TEST

START_TEST(results_are_filled_as_far_as_the_caller_knows_them)
{
    const options result = {sizeof(options), 5, 0.25};
    options older = {8, 0, 9.0};
    ck_ok(gov_struct_check(&older, &err));
    gov_struct_fill(&older, &result, sizeof(result));
    ck_assert(older.struct_size == 8 && older.threads == 5 && older.level == 9.0);
    options unset = {0, 0, 0.0};
    ck_fails(gov_struct_check(&unset, &err), GOV_E_ARGUMENT);
    ck_ok(gov_struct_check(NULL, &err));
    gov_struct_fill(NULL, &result, sizeof(result));
}
END_TEST

GOV_TESTS("base/structs", what_the_caller_does_not_know_is_zero,
          results_are_filled_as_far_as_the_caller_knows_them)
