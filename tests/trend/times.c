/* The frequency that times keep, by the calendars of 2021 (1 January is a Friday) and 2024 (a leap year). */
#include "govcore/trend.h"
#include "gov_check.h"

static gov_error err = GOV_ERROR_INIT;

static gov_table *times_of(const char *const *texts, int64_t count)
{
    gov_table_builder *b = NULL;
    gov_table *t = NULL;
    ck_ok(gov_table_builder_new(&b, &err));
    ck_ok(gov_table_builder_add(b, "when", GOV_TYPE_UTF8, NULL, &err));
    for (int64_t i = 0; i < count; i++)
        ck_ok(texts[i] == NULL ? gov_table_builder_null(b, 0, &err)
                               : gov_table_builder_text(b, 0, texts[i], -1, &err));
    ck_ok(gov_table_builder_finish(b, &t, &err));
    gov_table_builder_free(b);
    return t;
}

static void check_frequency(const char *const *texts, int64_t count, gov_frequency expected)
{
    gov_table *t = times_of(texts, count);
    gov_frequency found = (gov_frequency)0;
    ck_ok(gov_frequency_of_times(t, "when", &found, &err));
    ck_assert_int_eq(found, expected);
    gov_table_free(t);
}

static void check_refused(const char *const *texts, int64_t count, gov_status code, int64_t row)
{
    gov_table *t = times_of(texts, count);
    gov_frequency found = GOV_FREQUENCY_MONTH;
    ck_assert_int_eq(gov_frequency_of_times(t, "when", &found, &err), code);
    ck_assert_str_eq(err.name, "when");
    ck_assert_int_eq(err.row, row);
    ck_assert_int_eq(found, GOV_FREQUENCY_MONTH);
    gov_table_free(t);
}

START_TEST(text_that_is_no_day_says_its_frequency)
{
    check_frequency((const char *const[]){"2021-W26"}, 1, GOV_FREQUENCY_WEEK);
    check_frequency((const char *const[]){"2021-07"}, 1, GOV_FREQUENCY_MONTH);
}
END_TEST

START_TEST(days_keep_what_they_have_in_common)
{
    /* Mondays of 2021; the first, and the last, of months; 1 February and 1 March 2021 are both Mondays. */
    check_frequency((const char *const[]){"2021-01-04", "2021-01-11", "2021-03-22", "2021-01-04"}, 4,
                    GOV_FREQUENCY_WEEK);
    check_frequency((const char *const[]){"2021-01-01", "2021-02-01", "2021-03-01"}, 3, GOV_FREQUENCY_MONTH);
    check_frequency((const char *const[]){"2024-01-31", "2024-02-29", "2024-04-30"}, 3, GOV_FREQUENCY_MONTH);
    check_frequency((const char *const[]){"2021-02-01", "2021-03-01"}, 2, GOV_FREQUENCY_MONTH);
    check_frequency((const char *const[]){"2021-01-04", "2021-01-11", "2021-01-12"}, 3, GOV_FREQUENCY_DAY);
    check_frequency((const char *const[]){"2021-01-04 08:30", "2021-01-11T23:59"}, 2, GOV_FREQUENCY_WEEK);
}
END_TEST

START_TEST(too_little_is_not_guessed_from)
{
    check_refused((const char *const[]){"2021-01-04", "2021-01-04"}, 2, GOV_E_NO_DATA, -1);
    check_refused(NULL, 0, GOV_E_NO_DATA, -1);
    check_refused((const char *const[]){"2021-01-04", NULL}, 2, GOV_E_MISSING, 1);
    check_refused((const char *const[]){"2021-01-04", "4.1.2021"}, 2, GOV_E_FORMAT, 1);
}
END_TEST

START_TEST(no_allocation_failure_leaks_or_writes)
{
    gov_table *t = times_of((const char *const[]){"2021-01-04", "2021-01-11"}, 2);
    gov_frequency found = (gov_frequency)0;
    ck_every_allocation(gov_frequency_of_times(t, "when", &found, &err), ck_assert_int_eq(found, 0),
                        found = (gov_frequency)0);
    ck_ok(gov_frequency_of_times(t, "when", &found, &err));
    ck_assert_int_eq(found, GOV_FREQUENCY_WEEK);
    gov_table_free(t);
}
END_TEST

GOV_TESTS("trend/times", text_that_is_no_day_says_its_frequency, days_keep_what_they_have_in_common,
          too_little_is_not_guessed_from, no_allocation_failure_leaks_or_writes)
