/* Dates: the calendar against fixed points of ISO 8601 and of common almanacs. */
#include "base/date.h"
#include "gov_check.h"

#include <string.h>

static gov_error err = GOV_ERROR_INIT;

static int32_t day(const char *text)
{
    int32_t days = INT32_MIN;
    ck_ok(gov_date_parse(text, -1, &days, &err));
    return days;
}

START_TEST(both_forms_give_the_same_day)
{
    ck_assert_int_eq(day("1970-01-01"), 0);
    ck_assert_int_eq(day("19700102"), 1);
    ck_assert_int_eq(day("2000-03-01"), 11017);
    ck_assert_int_eq(day("0001-01-01"), GOV_DATE_MIN);
    ck_assert_int_eq(day("9999-12-31"), GOV_DATE_MAX);
}
END_TEST

START_TEST(every_day_of_the_calendar_round_trips)
{
    char text[11];
    int32_t wrong = 0;
    for (int32_t d = GOV_DATE_MIN; d <= GOV_DATE_MAX; d++) {
        gov_civil c = gov_date_civil(d);
        wrong += gov_date_of(c.year, c.month, c.day) != d || c.day > gov_days_in_month(c.year, c.month);
    }
    ck_assert_int_eq(wrong, 0);
    ck_assert_int_eq(gov_date_format(11016, text, sizeof(text)), 10);
    ck_assert_str_eq(text, "2000-02-29");
}
END_TEST

START_TEST(days_that_do_not_exist_are_refused)
{
    int32_t d = 42;
    ck_fails(gov_date_parse("2021-02-29", -1, &d, &err), GOV_E_RANGE);
    ck_assert_str_eq(err.message, "2021-02-29 is not a day of the calendar");
    ck_fails(gov_date_parse("1900-02-29", -1, &d, &err), GOV_E_RANGE);
    ck_fails(gov_date_parse("2021-13-01", -1, &d, &err), GOV_E_RANGE);
    ck_fails(gov_date_parse("0000-01-01", -1, &d, &err), GOV_E_RANGE);
    ck_fails(gov_date_parse("2021/07/01", -1, &d, &err), GOV_E_FORMAT);
    ck_fails(gov_date_parse("", -1, &d, &err), GOV_E_FORMAT);
    ck_assert_int_eq(d, 42);
}
END_TEST

/* ISO 8601: 1 January 2021 lies in week 53 of 2020; 31 December 2024 in week 1 of 2025. */
START_TEST(iso_weeks_at_the_turn_of_the_year)
{
    int32_t year;
    int32_t week;
    gov_date_iso_week(day("2021-01-01"), &year, &week);
    ck_assert_int_eq(year * 100 + week, 202053);
    gov_date_iso_week(day("2024-12-31"), &year, &week);
    ck_assert_int_eq(year * 100 + week, 202501);
    gov_date_iso_week(day("2026-11-21"), &year, &week);
    ck_assert_int_eq(year * 100 + week, 202647);
    ck_assert_int_eq(gov_date_weekday(day("2026-11-21")), 6);
}
END_TEST

START_TEST(months_and_ages_at_the_end_of_a_month)
{
    ck_assert_int_eq(gov_date_add_months(day("2021-01-31"), 1), day("2021-02-28"));
    ck_assert_int_eq(gov_date_add_months(day("2024-02-29"), -12), day("2023-02-28"));
    ck_assert_int_eq(gov_months_between(day("2021-01-31"), day("2021-02-28")), 1);
    ck_assert_int_eq(gov_months_between(day("2021-01-15"), day("2021-03-14")), 1);
    ck_assert_int_eq(gov_months_between(day("2021-03-14"), day("2021-01-15")), -1);
    ck_assert_int_eq(gov_age_years(day("2004-02-29"), day("2022-02-28")), 17);
    ck_assert_int_eq(gov_age_years(day("2004-02-29"), day("2022-03-01")), 18);
}
END_TEST

START_TEST(times_with_offsets_are_moved_to_utc)
{
    int64_t a = 0;
    int64_t b = 0;
    char text[33];
    ck_ok(gov_time_parse("2021-07-01T08:30:15.25+08:00", -1, &a, &err));
    ck_ok(gov_time_parse("2021-07-01 00:30:15.25Z", -1, &b, &err));
    ck_assert_int_eq(a, b);
    gov_time_format(a, text, sizeof(text));
    ck_assert_str_eq(text, "2021-07-01T00:30:15.250000");
    ck_fails(gov_time_parse("2021-07-01T24:00", -1, &a, &err), GOV_E_RANGE);
    ck_fails(gov_time_parse("2021-07-01T08", -1, &a, &err), GOV_E_FORMAT);
}
END_TEST

GOV_TESTS("base/dates", both_forms_give_the_same_day, every_day_of_the_calendar_round_trips,
          days_that_do_not_exist_are_refused, iso_weeks_at_the_turn_of_the_year,
          months_and_ages_at_the_end_of_a_month, times_with_offsets_are_moved_to_utc)
