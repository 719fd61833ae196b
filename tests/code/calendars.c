/* The working calendar. The exceptions are those of 2021 in mainland China (notice 国办发明电〔2020〕27号); a year
 * of 250 working days follows from them. */
#include "base/date.h"
#include "gov_check.h"

#include "govcore/code.h"

#include <string.h>

static gov_error err = GOV_ERROR_INIT;

static const char *const off_2021[] = {
    "2021-01-01", "2021-01-02", "2021-01-03", "2021-02-11", "2021-02-12", "2021-02-13", "2021-02-14",
    "2021-02-15", "2021-02-16", "2021-02-17", "2021-04-03", "2021-04-04", "2021-04-05", "2021-05-01",
    "2021-05-02", "2021-05-03", "2021-05-04", "2021-05-05", "2021-06-12", "2021-06-13", "2021-06-14",
    "2021-09-19", "2021-09-20", "2021-09-21", "2021-10-01", "2021-10-02", "2021-10-03", "2021-10-04",
    "2021-10-05", "2021-10-06", "2021-10-07"};
static const char *const worked_2021[] = {"2021-02-07", "2021-02-20", "2021-04-25", "2021-05-08",
                                          "2021-09-18", "2021-09-26", "2021-10-09"};
#define OFF (sizeof(off_2021) / sizeof(off_2021[0]))
#define WORKED (sizeof(worked_2021) / sizeof(worked_2021[0]))

static int32_t day(const char *text)
{
    int32_t days = INT32_MIN;
    ck_ok(gov_date_parse(text, -1, &days, &err));
    return days;
}

static int64_t moment(const char *text)
{
    int64_t micros = INT64_MIN;
    ck_ok(gov_time_parse(text, -1, &micros, &err));
    return micros;
}

static gov_calendar *calendar_2021(const char *hours, const char *urgent_hours)
{
    int32_t days[OFF + WORKED];
    uint8_t working[OFF + WORKED];
    gov_calendar *calendar = NULL;
    gov_calendar_options options = GOV_CALENDAR_OPTIONS_INIT;
    for (size_t i = 0; i < OFF + WORKED; i++) {
        working[i] = i < WORKED;
        days[i] = day(i < WORKED ? worked_2021[i] : off_2021[i - WORKED]);
    }
    options.hours = hours;
    options.urgent_hours = urgent_hours;
    ck_ok(gov_calendar_new(days, working, OFF + WORKED, &options, &calendar, &err));
    return calendar;
}

START_TEST(the_year_2021_has_250_working_days)
{
    gov_calendar *c = calendar_2021(NULL, NULL);
    ck_assert_int_eq(gov_calendar_days_between(c, day("2020-12-31"), day("2021-12-31")), 250);
    ck_assert_int_eq(gov_calendar_days_between(c, day("2021-12-31"), day("2020-12-31")), -250);
    ck_assert_int_eq(gov_calendar_is_working(c, day("2021-10-09")), 1);
    ck_assert_int_eq(gov_calendar_is_working(c, day("2021-10-07")), 0);
    ck_assert_int_eq(gov_calendar_is_working(c, day("2021-10-10")), 0);
    ck_assert_int_eq(gov_calendar_is_working(c, INT32_MAX), 0);
    ck_assert_int_eq(gov_calendar_days_between(c, GOV_DATE_MAX, INT32_MAX), 0);
    gov_calendar_free(c);
}
END_TEST

START_TEST(working_days_are_added_over_holidays_and_shifted_days)
{
    gov_calendar *c = calendar_2021(NULL, NULL);
    int32_t d = 0;
    ck_ok(gov_calendar_add_days(c, day("2021-09-30"), 1, &d, &err));
    ck_assert_int_eq(d, day("2021-10-08"));
    ck_ok(gov_calendar_add_days(c, day("2021-09-30"), 2, &d, &err));
    ck_assert_int_eq(d, day("2021-10-09"));
    ck_ok(gov_calendar_add_days(c, day("2021-09-30"), 3, &d, &err));
    ck_assert_int_eq(d, day("2021-10-11"));
    ck_ok(gov_calendar_add_days(c, day("2021-10-11"), -3, &d, &err));
    ck_assert_int_eq(d, day("2021-09-30"));
    ck_ok(gov_calendar_add_days(c, day("2021-10-03"), -1, &d, &err));
    ck_assert_int_eq(d, day("2021-09-30"));
    ck_ok(gov_calendar_add_days(c, day("2021-10-03"), 0, &d, &err));
    ck_assert_int_eq(d, day("2021-10-03"));
    ck_fails(gov_calendar_add_days(c, day("9999-12-31"), 1, &d, &err), GOV_E_RANGE);
    ck_fails(gov_calendar_add_days(c, day("0001-01-01"), -1, &d, &err), GOV_E_RANGE);
    ck_fails(gov_calendar_add_days(c, 0, INT64_MAX, &d, &err), GOV_E_RANGE);
    ck_fails(gov_calendar_add_days(c, 0, INT64_MIN, &d, &err), GOV_E_RANGE);
    ck_fails(gov_calendar_add_days(NULL, 0, 1, &d, &err), GOV_E_ARGUMENT);
    gov_calendar_free(c);
}
END_TEST

static int64_t deadline(const gov_calendar *c, const char *start, double amount, gov_limit_unit unit)
{
    int64_t end = INT64_MIN;
    ck_ok(gov_calendar_deadline(c, moment(start), amount, unit, &end, &err));
    return end;
}

START_TEST(working_hours_run_only_in_working_time)
{
    gov_calendar *c = calendar_2021("08:30-12:00,13:00-17:30", NULL);
    ck_assert_int_eq(gov_calendar_day_length(c), INT64_C(8) * 3600 * 1000000);
    ck_assert_int_eq(deadline(c, "2021-09-29T09:00", 2, GOV_LIMIT_WORKING_HOUR), moment("2021-09-29T11:00"));
    ck_assert_int_eq(deadline(c, "2021-09-29T11:00", 2, GOV_LIMIT_WORKING_HOUR), moment("2021-09-29T14:00"));
    ck_assert_int_eq(deadline(c, "2021-09-29T11:00", 1, GOV_LIMIT_WORKING_HOUR), moment("2021-09-29T12:00"));
    ck_assert_int_eq(deadline(c, "2021-09-29T12:30", 1, GOV_LIMIT_WORKING_HOUR), moment("2021-09-29T14:00"));
    ck_assert_int_eq(deadline(c, "2021-09-30T15:30", 5, GOV_LIMIT_WORKING_HOUR), moment("2021-10-08T11:30"));
    ck_assert_int_eq(deadline(c, "2021-10-02T03:00", 8, GOV_LIMIT_WORKING_HOUR), moment("2021-10-08T17:30"));
    ck_assert_int_eq(deadline(c, "2021-10-08T16:00", 1.5, GOV_LIMIT_WORKING_HOUR),
                     moment("2021-10-08T17:30"));
    ck_assert_int_eq(deadline(c, "2021-10-02T03:00", 0, GOV_LIMIT_WORKING_HOUR), moment("2021-10-02T03:00"));
    ck_assert_int_eq(deadline(c, "2021-10-02T03:00", 1e-12, GOV_LIMIT_WORKING_HOUR),
                     moment("2021-10-02T03:00"));
    gov_calendar_free(c);
}
END_TEST

START_TEST(the_units_of_a_limit_differ)
{
    gov_calendar *c = calendar_2021("08:30-12:00,13:00-17:30", NULL);
    const char *start = "2021-09-30T16:30";
    ck_assert_int_eq(deadline(c, start, 2, GOV_LIMIT_URGENT_HOUR), moment("2021-09-30T18:30"));
    ck_assert_int_eq(deadline(c, start, 2, GOV_LIMIT_CLOCK_HOUR), moment("2021-09-30T18:30"));
    ck_assert_int_eq(deadline(c, start, 2, GOV_LIMIT_WORKING_HOUR), moment("2021-10-08T09:30"));
    ck_assert_int_eq(deadline(c, start, 2, GOV_LIMIT_WORKING_DAY), moment("2021-10-09T17:30"));
    gov_calendar_free(c);
    c = calendar_2021(NULL, "06:00-22:00");
    ck_assert_int_eq(deadline(c, "2021-10-02T21:00", 2, GOV_LIMIT_URGENT_HOUR), moment("2021-10-03T07:00"));
    ck_assert_int_eq(deadline(c, "2021-10-02T23:00", 16, GOV_LIMIT_URGENT_HOUR), moment("2021-10-03T22:00"));
    gov_calendar_free(c);
}
END_TEST

START_TEST(time_that_has_elapsed_is_counted_in_the_unit)
{
    gov_calendar *c = calendar_2021("08:30-12:00,13:00-17:30", NULL);
    const int64_t hour = INT64_C(3600) * 1000000;
    int64_t t = 0;
    ck_ok(gov_calendar_elapsed(c, moment("2021-09-30T16:30"), moment("2021-10-08T09:30"),
                               GOV_LIMIT_WORKING_HOUR, &t, &err));
    ck_assert_int_eq(t, 2 * hour);
    ck_ok(gov_calendar_elapsed(c, moment("2021-10-08T09:30"), moment("2021-09-30T16:30"),
                               GOV_LIMIT_WORKING_DAY, &t, &err));
    ck_assert_int_eq(t, -2 * hour);
    ck_ok(gov_calendar_elapsed(c, moment("2021-10-01T00:00"), moment("2021-10-08T00:00"),
                               GOV_LIMIT_URGENT_HOUR, &t, &err));
    ck_assert_int_eq(t, 7 * 24 * hour);
    ck_ok(gov_calendar_elapsed(c, moment("2021-10-01T00:00"), moment("2021-10-08T00:00"),
                               GOV_LIMIT_CLOCK_HOUR, &t, &err));
    ck_assert_int_eq(t, 7 * 24 * hour);
    ck_ok(gov_calendar_elapsed(c, moment("2021-10-01T00:00"), moment("2021-10-08T00:00"),
                               GOV_LIMIT_WORKING_HOUR, &t, &err));
    ck_assert_int_eq(t, 0);
    ck_fails(gov_calendar_elapsed(c, INT64_MAX, 0, GOV_LIMIT_WORKING_HOUR, &t, &err), GOV_E_RANGE);
    ck_fails(gov_calendar_elapsed(c, 0, INT64_MIN, GOV_LIMIT_WORKING_HOUR, &t, &err), GOV_E_RANGE);
    ck_fails(gov_calendar_elapsed(c, 0, 0, (gov_limit_unit)0, &t, &err), GOV_E_ARGUMENT);
    ck_fails(gov_calendar_elapsed(NULL, 0, 0, GOV_LIMIT_WORKING_HOUR, &t, &err), GOV_E_ARGUMENT);
    gov_calendar_free(c);
}
END_TEST

START_TEST(limits_that_make_no_sense_are_refused)
{
    gov_calendar *c = calendar_2021(NULL, NULL);
    int64_t end = 42;
    ck_fails(gov_calendar_deadline(c, 0, -1, GOV_LIMIT_WORKING_HOUR, &end, &err), GOV_E_RANGE);
    ck_fails(gov_calendar_deadline(c, 0, NAN, GOV_LIMIT_WORKING_HOUR, &end, &err), GOV_E_RANGE);
    ck_fails(gov_calendar_deadline(c, 0, 1.5, GOV_LIMIT_WORKING_DAY, &end, &err), GOV_E_RANGE);
    ck_fails(gov_calendar_deadline(c, 0, INFINITY, GOV_LIMIT_CLOCK_HOUR, &end, &err), GOV_E_RANGE);
    ck_fails(gov_calendar_deadline(c, 0, 7e7, GOV_LIMIT_WORKING_HOUR, &end, &err), GOV_E_RANGE);
    ck_fails(gov_calendar_deadline(c, 0, 8.7e7, GOV_LIMIT_CLOCK_HOUR, &end, &err), GOV_E_RANGE);
    ck_fails(gov_calendar_deadline(c, 0, 8.7e7, GOV_LIMIT_URGENT_HOUR, &end, &err), GOV_E_RANGE);
    ck_fails(gov_calendar_deadline(c, INT64_MAX, 1, GOV_LIMIT_CLOCK_HOUR, &end, &err), GOV_E_RANGE);
    ck_fails(gov_calendar_deadline(c, 0, 1, (gov_limit_unit)9, &end, &err), GOV_E_ARGUMENT);
    ck_fails(gov_calendar_deadline(NULL, 0, 1, GOV_LIMIT_CLOCK_HOUR, &end, &err), GOV_E_ARGUMENT);
    ck_assert_int_eq(end, 42);
    gov_calendar_free(c);
}
END_TEST

START_TEST(hours_are_refused_where_they_are_wrong)
{
    static const struct {
        const char *hours;
        gov_status status;
        int64_t column;
    } cases[] = {{"", GOV_E_FORMAT, 1},
                 {"9:00-17:00", GOV_E_FORMAT, 1},
                 {"09:00-17:00,", GOV_E_FORMAT, 13},
                 {"09:00-12:00;13:00-17:00", GOV_E_FORMAT, 12},
                 {"09:00-12:00,1x:00-17:00", GOV_E_FORMAT, 13},
                 {"09:00 12:00", GOV_E_FORMAT, 1},
                 {"09:00-24:01", GOV_E_RANGE, 1},
                 {"09:60-17:00", GOV_E_RANGE, 1},
                 {"17:00-09:00", GOV_E_RANGE, 1},
                 {"09:00-12:00,11:59-17:00", GOV_E_RANGE, 13}};
    gov_calendar_options options = GOV_CALENDAR_OPTIONS_INIT;
    gov_calendar *c = NULL;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        options.hours = cases[i].hours;
        ck_fails(gov_calendar_new(NULL, NULL, 0, &options, &c, &err), cases[i].status);
        ck_assert_int_eq(err.column, cases[i].column);
        ck_assert_str_eq(err.name, "hours");
    }
    options.hours = "00:00-01:00,02:00-03:00,04:00-05:00,06:00-07:00,08:00-09:00,10:00-11:00,12:00-13:00,"
                    "14:00-15:00,16:00-17:00,18:00-19:00,20:00-21:00,22:00-23:00,23:30-24:00";
    ck_fails(gov_calendar_new(NULL, NULL, 0, &options, &c, &err), GOV_E_LIMIT);
    options.hours = NULL;
    options.week = 128;
    ck_fails(gov_calendar_new(NULL, NULL, 0, &options, &c, &err), GOV_E_ARGUMENT);
    ck_fails(gov_calendar_new(NULL, NULL, 1, NULL, &c, &err), GOV_E_ARGUMENT);
    ck_assert_ptr_null(c);
    gov_calendar_free(NULL);
}
END_TEST

START_TEST(a_day_given_both_ways_is_a_contradiction)
{
    const int32_t days[] = {10, 20, 10, 10};
    const uint8_t same[] = {1, 0, 1, 1};
    const uint8_t both[] = {1, 0, 1, 0};
    const int32_t outside[] = {GOV_DATE_MAX + 1};
    gov_calendar *c = NULL;
    ck_fails(gov_calendar_new(days, both, 4, NULL, &c, &err), GOV_E_DUPLICATE);
    ck_assert_int_eq(err.row, 3);
    ck_fails(gov_calendar_new(outside, same, 1, NULL, &c, &err), GOV_E_RANGE);
    ck_assert_ptr_null(c);
    ck_ok(gov_calendar_new(days, same, 4, NULL, &c, &err));
    ck_assert_int_eq(gov_calendar_is_working(c, 10), 1); /* 1970-01-11, a Sunday */
    ck_assert_int_eq(gov_calendar_days_between(c, 8, 10), 1);
    gov_calendar_free(c);
}
END_TEST

static gov_table *exceptions_table(gov_type type)
{
    gov_table_builder *builder = NULL;
    gov_table *table = NULL;
    const int32_t days[] = {day("2021-10-01"), day("2021-10-09")};
    const uint8_t working[] = {0, 1};
    ck_ok(gov_table_builder_new(&builder, &err));
    ck_ok(gov_table_builder_array(builder, "day", type, days, NULL, 2, &err));
    ck_ok(gov_table_builder_array(builder, "working", GOV_TYPE_BOOL, working, NULL, 2, &err));
    ck_ok(gov_table_builder_finish(builder, &table, &err));
    gov_table_builder_free(builder);
    return table;
}

START_TEST(exceptions_may_come_from_a_table)
{
    gov_table *table = exceptions_table(GOV_TYPE_DATE);
    gov_calendar *c = NULL;
    ck_ok(gov_calendar_from_table(table, NULL, &c, &err));
    ck_assert_int_eq(gov_calendar_is_working(c, day("2021-10-01")), 0);
    ck_assert_int_eq(gov_calendar_is_working(c, day("2021-10-09")), 1);
    gov_calendar_free(c);
    c = NULL;
    ck_every_allocation(gov_calendar_from_table(table, NULL, &c, &err), ck_assert_ptr_null(c),
                        (gov_calendar_free(c), c = NULL));
    gov_table_free(table);
    table = exceptions_table(GOV_TYPE_INT32);
    ck_fails(gov_calendar_from_table(table, NULL, &c, &err), GOV_E_TYPE);
    ck_fails(gov_calendar_from_table(NULL, NULL, &c, &err), GOV_E_ARGUMENT);
    gov_table_free(table);
}
END_TEST

GOV_TESTS("code/calendars", the_year_2021_has_250_working_days,
          working_days_are_added_over_holidays_and_shifted_days, working_hours_run_only_in_working_time,
          the_units_of_a_limit_differ, time_that_has_elapsed_is_counted_in_the_unit,
          limits_that_make_no_sense_are_refused, hours_are_refused_where_they_are_wrong,
          a_day_given_both_ways_is_a_contradiction, exceptions_may_come_from_a_table)
