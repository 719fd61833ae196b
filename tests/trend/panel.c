/* Panels: the calendar, the gap policy, labels, and findings that do not depend on rows' order or threads. */
#include "govcore/trend.h"
#include "base/date.h"
#include "gov_check.h"
#include "table_check.h"
#include "trend/panel.h"
#include "trend/period.h"

#include <stdio.h>
#include <string.h>

static gov_error err = GOV_ERROR_INIT;
static const char *const KEYS[] = {"grid", "kind"};

typedef struct row {
    const char *grid; /* NULL: missing */
    int64_t kind;
    const char *time;
    double value; /* NaN: missing */
} row;

static gov_table *table_of(const row *rows, int64_t count)
{
    gov_table_builder *b = NULL;
    gov_table *t = NULL;
    ck_ok(gov_table_builder_new(&b, &err));
    ck_ok(gov_table_builder_add(b, "grid", GOV_TYPE_UTF8, NULL, &err));
    ck_ok(gov_table_builder_add(b, "kind", GOV_TYPE_INT64, NULL, &err));
    ck_ok(gov_table_builder_add(b, "time", GOV_TYPE_UTF8, NULL, &err));
    ck_ok(gov_table_builder_add(b, "n", GOV_TYPE_FLOAT64, NULL, &err));
    for (int64_t i = 0; i < count; i++) {
        if (rows[i].grid == NULL)
            ck_ok(gov_table_builder_null(b, 0, &err));
        else
            ck_ok(gov_table_builder_text(b, 0, rows[i].grid, -1, &err));
        ck_ok(gov_table_builder_int64(b, 1, rows[i].kind, &err));
        ck_ok(gov_table_builder_text(b, 2, rows[i].time, -1, &err));
        if (isnan(rows[i].value))
            ck_ok(gov_table_builder_null(b, 3, &err));
        else
            ck_ok(gov_table_builder_double(b, 3, rows[i].value, &err));
    }
    ck_ok(gov_table_builder_finish(b, &t, &err));
    gov_table_builder_free(b);
    return t;
}

static gov_panel_options options_of(gov_frequency frequency, gov_gaps gaps, const char *value)
{
    gov_panel_options o = GOV_PANEL_OPTIONS_INIT;
    o.series = KEYS;
    o.series_count = 2;
    o.time = "time";
    o.value = value;
    o.frequency = frequency;
    o.gaps = gaps;
    return o;
}

static void check_name(const gov_panel *p, int64_t period, const char *expected)
{
    char name[16] = "";
    ck_assert_int_eq(gov_panel_period_name(p, period, name, sizeof(name)), (int)strlen(expected));
    ck_assert_str_eq(name, expected);
}

static const row ROWS[] = {
    {"b", 1, "2020-12-30", 2},  {"a", 10, "2021-01-02", 1}, {"a", 2, "2020-12-28 23:59", 3},
    {"a", 10, "2021-01-05", 4}, {"b", 1, "2020-12-31", 5},  {NULL, 1, "2021-01-12", 1},
};
enum { ROW_COUNT = 6 };

/* 2020 has a week 53; 1 to 3 January 2021 lie in it (ISO 8601). */
START_TEST(weeks_run_through_week_53)
{
    gov_table *t = table_of(ROWS, ROW_COUNT);
    gov_panel_options o = options_of(GOV_FREQUENCY_WEEK, GOV_GAPS_ZERO, "n");
    gov_panel *p = NULL;
    double y[3];
    ck_ok(gov_panel_new(t, &o, &p, &err));
    ck_assert_int_eq(gov_panel_series(p), 4);
    ck_assert_int_eq(gov_panel_periods(p), 3);
    ck_assert_int_eq(gov_panel_cell_bytes(p), 1);
    check_name(p, 0, "2020-W53");
    check_name(p, 2, "2021-W02");
    ck_assert_int_eq(gov_panel_day(p, 1), gov_date_of(2021, 1, 4));
    ck_ok(gov_panel_copy(p, 1, y, NULL, &err)); /* a, 10: labels are text, "10" stands before "2" */
    ck_assert_double_eq(y[0], 1);
    ck_assert_double_eq(y[1], 4);
    ck_assert_double_eq(y[2], 0);
    ck_ok(gov_panel_copy(p, 3, y, NULL, &err)); /* b, 1 */
    ck_assert_double_eq(y[0], 7);
    gov_panel_free(p);
    gov_table_free(t);
}
END_TEST

START_TEST(series_are_sorted_and_a_missing_label_is_a_series)
{
    gov_table *t = table_of(ROWS, ROW_COUNT);
    gov_panel_options o = options_of(GOV_FREQUENCY_MONTH, GOV_GAPS_ZERO, NULL);
    gov_panel *p = NULL;
    const char *text;
    int64_t size;
    ck_ok(gov_panel_new(t, &o, &p, &err));
    const gov_table *labels = gov_panel_labels(p);
    ck_assert_int_eq(gov_table_rows(labels), 4);
    ck_ok(gov_table_text(labels, 0, 0, &text, &size, &err));
    ck_assert_ptr_null(text);
    ck_ok(gov_table_text(labels, 1, 1, &text, &size, &err));
    ck_assert_int_eq(memcmp(text, "10", 2), 0);
    check_name(p, 0, "2020-12");
    gov_panel_free(p);
    gov_table_free(t);
}
END_TEST

START_TEST(a_period_without_a_row_is_what_the_caller_says)
{
    gov_table *t = table_of(ROWS, ROW_COUNT);
    gov_panel_options o = options_of(GOV_FREQUENCY_DAY, GOV_GAPS_MISSING, "n");
    gov_panel *p = NULL;
    double y[16];
    uint8_t valid[16];
    ck_ok(gov_panel_new(t, &o, &p, &err));
    ck_assert_int_eq(gov_panel_periods(p), 16);
    ck_fails(gov_panel_copy(p, 3, y, NULL, &err), GOV_E_MISSING);
    ck_ok(gov_panel_copy(p, 3, y, valid, &err));
    ck_assert_int_eq(valid[0] + valid[1], 0);
    ck_assert_int_eq(valid[2] + valid[3], 2);
    gov_panel_free(p);
    o.gaps = (gov_gaps)0;
    ck_fails(gov_panel_new(t, &o, &p, &err), GOV_E_ARGUMENT);
    ck_assert_str_eq(err.name, "gaps");
    gov_table_free(t);
}
END_TEST

START_TEST(a_cell_with_a_missing_value_is_missing_whatever_the_policy)
{
    const row rows[] = {{"a", 1, "2021-01-01", NAN}, {"a", 1, "2021-01-01", 3}, {"a", 1, "2021-01-02", 3}};
    gov_table *t = table_of(rows, 3);
    gov_panel_options o = options_of(GOV_FREQUENCY_DAY, GOV_GAPS_ZERO, "n");
    gov_panel *p = NULL;
    double y[2];
    uint8_t valid[2];
    ck_ok(gov_panel_new(t, &o, &p, &err));
    ck_ok(gov_panel_copy(p, 0, y, valid, &err));
    ck_assert_int_eq(valid[0], 0);
    ck_assert_int_eq(valid[1], 1);
    gov_panel_free(p);
    gov_table_free(t);
}
END_TEST

START_TEST(a_window_pads_and_cuts)
{
    gov_table *t = table_of(ROWS, ROW_COUNT);
    gov_panel_options o = options_of(GOV_FREQUENCY_DAY, GOV_GAPS_ZERO, "n");
    gov_panel *p = NULL;
    o.first = "2020-12-31";
    o.last = "2021-01-03";
    ck_ok(gov_panel_new(t, &o, &p, &err));
    ck_assert_int_eq(gov_panel_series(p), 2); /* (a, 10) and (b, 1): the others have no row in the window */
    ck_assert_int_eq(gov_panel_periods(p), 4);
    gov_panel_free(p);
    o.last = "2020-12-30";
    ck_fails(gov_panel_new(t, &o, &p, &err), GOV_E_ARGUMENT);
    o.last = "2020-12-32";
    ck_fails(gov_panel_new(t, &o, &p, &err), GOV_E_RANGE);
    ck_assert_str_eq(err.name, "last");
    gov_table_free(t);
}
END_TEST

START_TEST(cells_are_as_narrow_as_the_counts)
{
    const struct {
        double most;
        int bytes;
    } cases[] = {{255, 1}, {256, 2}, {65536, 4}, {4294967296.0, 8}, {0.5, 8}, {-1, 8}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        double y[] = {0, cases[i].most, 3};
        double back[3];
        gov_panel *p = NULL;
        ck_ok(gov_panel_of_array(y, NULL, 1, 3, 0, GOV_FREQUENCY_DAY, &p, &err));
        ck_assert_int_eq(gov_panel_cell_bytes(p), cases[i].bytes);
        ck_ok(gov_panel_copy(p, 0, back, NULL, &err));
        ck_assert_int_eq(memcmp(y, back, sizeof(y)), 0);
        gov_panel_free(p);
    }
}
END_TEST

/* Spring Festival 2021: 11 to 17 February were off, Sunday 7 and Saturday 20 February were worked (State Council notice
 * of 2020-11-25). */
START_TEST(working_days_follow_holidays_and_shifted_days)
{
    const int32_t feb_11 = gov_date_of(2021, 2, 11);
    int32_t off[9];
    uint8_t flags[9];
    for (int i = 0; i < 7; i++) {
        off[i] = feb_11 + i;
        flags[i] = 0;
    }
    off[7] = feb_11 - 4; /* Sunday 7 February */
    off[8] = feb_11 + 9; /* Saturday 20 February */
    flags[7] = flags[8] = 1;
    const row rows[] = {{"a", 1, "2021-02-07", 1},
                        {"a", 1, "2021-02-10", 2},
                        {"a", 1, "2021-02-12", 3},
                        {"a", 1, "2021-02-18", 4},
                        {"a", 1, "2021-02-21", 5}};
    gov_table *t = table_of(rows, 5);
    gov_panel_options o = options_of(GOV_FREQUENCY_WORKING_DAY, GOV_GAPS_ZERO, "n");
    gov_panel *p = NULL;
    gov_calendar *calendar = NULL;
    double y[9];
    ck_ok(gov_calendar_new(off, flags, 9, NULL, &calendar, &err));
    ck_fails(gov_panel_new(t, &o, &p, &err), GOV_E_ARGUMENT);
    ck_assert_str_eq(err.name, "calendar");
    o.calendar = calendar;
    ck_ok(gov_panel_new(t, &o, &p, &err));
    gov_calendar_free(calendar);
    const char *const names[] = {"2021-02-07", "2021-02-08", "2021-02-09", "2021-02-10",
                                 "2021-02-18", "2021-02-19", "2021-02-20", "2021-02-22"};
    const double expected[] = {1, 0, 0, 2, 3 + 4, 0, 0, 5};
    ck_assert_int_eq(gov_panel_periods(p), 8);
    ck_ok(gov_panel_copy(p, 0, y, NULL, &err));
    for (int i = 0; i < 8; i++) {
        check_name(p, i, names[i]);
        ck_assert_double_eq(y[i], expected[i]);
    }
    ck_assert_int_eq(gov_panel_day(p, 8), gov_date_of(2021, 2, 23));
    gov_panel_free(p);
    gov_table_free(t);
}
END_TEST

START_TEST(bad_times_and_names_are_refused_with_their_row)
{
    const row rows[] = {{"a", 1, "2021-01-01", 1}, {"a", 1, "2021-02-30", 1}};
    gov_table *t = table_of(rows, 2);
    gov_panel_options o = options_of(GOV_FREQUENCY_DAY, GOV_GAPS_ZERO, "n");
    gov_panel *p = NULL;
    ck_fails(gov_panel_new(t, &o, &p, &err), GOV_E_RANGE);
    ck_assert_int_eq(err.row, 1);
    ck_assert_str_eq(err.name, "time");
    o.value = "nobody";
    ck_fails(gov_panel_new(t, &o, &p, &err), GOV_E_RANGE);
    o.time = "nobody";
    ck_fails(gov_panel_new(t, &o, &p, &err), GOV_E_UNKNOWN_NAME);
    ck_assert_str_eq(err.name, "nobody");
    o.time = "n";
    ck_fails(gov_panel_new(t, &o, &p, &err), GOV_E_TYPE);
    ck_assert_ptr_null(p);
    gov_table_free(t);
}
END_TEST

START_TEST(weeks_and_months_can_be_written_out)
{
    int64_t a = 0;
    int64_t b = 0;
    ck_ok(gov_period_parse(GOV_FREQUENCY_WEEK, "2020-W53", 8, &a, &err));
    ck_ok(gov_period_parse(GOV_FREQUENCY_WEEK, "2021-01-03", 10, &b, &err));
    ck_assert_int_eq(a, b);
    ck_fails(gov_period_parse(GOV_FREQUENCY_WEEK, "2021-W53", 8, &a, &err), GOV_E_RANGE);
    ck_fails(gov_period_parse(GOV_FREQUENCY_MONTH, "2021-W02", 8, &a, &err), GOV_E_FORMAT);
    ck_ok(gov_period_parse(GOV_FREQUENCY_MONTH, "2021-07", 7, &a, &err));
    ck_assert_int_eq(gov_period_day(GOV_FREQUENCY_MONTH, a), gov_date_of(2021, 7, 1));
    ck_fails(gov_period_parse(GOV_FREQUENCY_MONTH, "2021-13", 7, &a, &err), GOV_E_FORMAT);
    ck_fails(gov_period_parse(GOV_FREQUENCY_DAY, "2021-07", 7, &a, &err), GOV_E_FORMAT);
    ck_ok(gov_period_parse(GOV_FREQUENCY_WEEK, "1969-12-29", 10, &a, &err));
    ck_assert_int_eq(a, 0);
    ck_assert_int_eq(gov_period_of(GOV_FREQUENCY_WEEK, -4), -1);
}
END_TEST

/* 16:30 UTC on 31 December is half past midnight on 1 January in Shanghai. */
START_TEST(a_timestamp_is_taken_to_its_local_day)
{
    const int64_t when[] = {(int64_t)18627 * 86400 + 16 * 3600 + 1800};
    const char *const zones[] = {"s:", "s:Asia/Shanghai", "s:+08:00", "s:-05:00"};
    const char *const days[] = {"2020-12-31", "2021-01-01", "2021-01-01", "2020-12-31"};
    for (int i = 0; i < 4; i++) {
        gov_table_builder *b = NULL;
        gov_table *t = NULL;
        gov_panel *p = NULL;
        gov_panel_options o = GOV_PANEL_OPTIONS_INIT;
        ck_ok(gov_table_builder_new(&b, &err));
        ck_ok(gov_table_builder_add(b, "time", GOV_TYPE_TIMESTAMP, zones[i], &err));
        ck_ok(gov_table_builder_int64(b, 0, when[0], &err));
        ck_ok(gov_table_builder_finish(b, &t, &err));
        o.time = "time";
        o.frequency = GOV_FREQUENCY_DAY;
        o.gaps = GOV_GAPS_ZERO;
        ck_ok(gov_panel_new(t, &o, &p, &err));
        check_name(p, 0, days[i]);
        gov_panel_free(p);
        gov_table_free(t);
        gov_table_builder_free(b);
    }
}
END_TEST

/* --- Findings ------------------------------------------------------------------------------------------------ */

enum { SERIES = 150, PERIODS = 40 };

static gov_panel *many(void)
{
    static double y[SERIES * PERIODS];
    gov_panel *p = NULL;
    uint64_t state = 1;
    for (int64_t i = 0; i < SERIES * PERIODS; i++) {
        state = state * 48271 % 2147483647;
        y[i] = (double)(state % 5) + (i / PERIODS % 3 == 0 ? (double)(i % PERIODS) / 4 : 0);
        if (i / PERIODS == 7)
            y[i] = 2;
    }
    ck_ok(gov_panel_of_array(y, NULL, SERIES, PERIODS, 18628, GOV_FREQUENCY_WEEK, &p, &err));
    return p;
}

static int64_t column_of(const gov_table *t, const char *name)
{
    int64_t column = -1;
    ck_ok(gov_table_find(t, name, &column, &err));
    return column;
}

START_TEST(findings_are_those_of_the_single_series_calls)
{
    gov_panel *p = many();
    gov_table *t = NULL;
    double values[SERIES];
    uint8_t valid[SERIES];
    ck_ok(gov_trend_analyze(p, NULL, &t, &err));
    ck_assert_int_eq(gov_table_rows(t), SERIES);
    ck_ok(gov_table_copy_doubles(t, column_of(t, "p"), 0, SERIES, values, valid, &err));
    for (int64_t s = 0; s < SERIES; s++) {
        double y[PERIODS];
        gov_mk_result r = GOV_MK_RESULT_INIT;
        ck_ok(gov_panel_copy(p, s, y, NULL, &err));
        if (s == 7) {
            ck_assert_int_eq(valid[s], 0);
            ck_text_in(t, s, "status", "constant");
            ck_text_in(
                t, s, "text_en",
                "All 40 values are equal, a trend cannot be tested. Last period 2, within the bound 3.55.");
            continue;
        }
        ck_ok(gov_mann_kendall(y, NULL, PERIODS, NULL, &r, &err));
        ck_assert_double_eq(values[s], r.p);
        ck_text_in(t, s, "trend", r.trend > 0 ? "increasing" : r.trend < 0 ? "decreasing" : "no trend");
    }
    ck_text_in(t, 0, "period", "2021-W39"); /* the first week is 2020-W53 */
    gov_table_free(t);
    gov_panel_free(p);
}
END_TEST

START_TEST(findings_are_the_same_for_any_number_of_threads)
{
    gov_panel *p = many();
    for (int i = 0; i < 3; i++) {
        gov_trend_options o = GOV_TREND_OPTIONS_INIT;
        gov_table *t = NULL;
        o.threads = 1 + 2 * i;
        ck_ok(gov_trend_analyze(p, &o, &t, &err));
        for (int64_t c = 0; c < gov_table_columns(t); c++) {
            double values[SERIES];
            uint8_t valid[SERIES];
            static double first[32][SERIES];
            if (gov_table_type(t, c) == GOV_TYPE_UTF8)
                continue;
            ck_ok(gov_table_copy_doubles(t, c, 0, SERIES, values, valid, &err));
            if (i == 0)
                memcpy(first[c], values, sizeof(values));
            ck_assert_int_eq(memcmp(first[c], values, sizeof(values)), 0);
        }
        gov_table_free(t);
    }
    gov_panel_free(p);
}
END_TEST

static gov_panel *one_series(int64_t periods, gov_frequency frequency)
{
    static double y[1200];
    gov_panel *p = NULL;
    uint64_t state = 3;
    for (int64_t t = 0; t < periods; t++) {
        state = state * 48271 % 2147483647;
        y[t] = 3 + (double)(state % 7);
    }
    ck_ok(gov_panel_of_array(y, NULL, 1, periods, 16804 /* 2016-01-04 */, frequency, &p, &err));
    return p;
}

static gov_table *findings_by(gov_alarm_method method, int64_t periods, gov_frequency frequency)
{
    gov_trend_options o = GOV_TREND_OPTIONS_INIT;
    gov_panel *p = one_series(periods, frequency);
    gov_table *t = NULL;
    o.alarm_method = method;
    ck_ok(gov_trend_analyze(p, &o, &t, &err));
    gov_panel_free(p);
    return t;
}

START_TEST(auto_takes_the_detector_that_the_history_allows_and_says_so)
{
    const struct {
        int64_t periods;
        gov_frequency frequency;
        const char *method;
    } cases[] = {{300, GOV_FREQUENCY_WEEK, "farrington"}, {52, GOV_FREQUENCY_WEEK, "ears"},
                 {1095, GOV_FREQUENCY_DAY, "essence"},    {10, GOV_FREQUENCY_DAY, "ears"},
                 {60, GOV_FREQUENCY_MONTH, "farrington"}, {30, GOV_FREQUENCY_MONTH, "ears"}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        gov_table *t = findings_by(GOV_ALARM_AUTO, cases[i].periods, cases[i].frequency);
        ck_text_in(t, 0, "alarm_method", cases[i].method);
        ck_text_in(t, 0, "alarm_status", "ok");
        gov_table_free(t);
    }
    gov_table *t = findings_by(GOV_ALARM_AUTO, 52, GOV_FREQUENCY_WEEK);
    const char *text;
    int64_t size;
    ck_ok(gov_table_text(t, 0, column_of(t, "text_en"), &text, &size, &err));
    const char *why = " 51 periods of history, Farrington needs 162: EARS used.";
    int64_t length = (int64_t)strlen(why);
    ck_assert(size > length && memcmp(text + size - length, why, (size_t)length) == 0);
    gov_table_free(t);
}
END_TEST

START_TEST(the_last_period_is_judged_as_by_the_detector_alone)
{
    double y[1095];
    double upper[1095];
    double bound;
    gov_alarms a = GOV_ALARMS_INIT;
    gov_farrington_options o = GOV_FARRINGTON_OPTIONS_INIT;
    a.upper = upper;
    gov_panel *p = one_series(1095, GOV_FREQUENCY_DAY);
    ck_ok(gov_panel_copy(p, 0, y, NULL, &err));
    gov_panel_free(p);
    ck_ok(gov_essence(y, NULL, 1095, NULL, &a, NULL, &err));
    gov_table *t = findings_by(GOV_ALARM_ESSENCE, 1095, GOV_FREQUENCY_DAY);
    ck_ok(gov_table_copy_doubles(t, column_of(t, "upper"), 0, 1, &bound, NULL, &err));
    ck_assert_double_eq(bound, upper[1094]);
    gov_table_free(t);
    o.frequency = GOV_FREQUENCY_WEEK;
    o.start = 16804;
    ck_ok(gov_farrington(y, NULL, NULL, 300, &o, &a, NULL, &err));
    t = findings_by(GOV_ALARM_FARRINGTON, 300, GOV_FREQUENCY_WEEK);
    ck_ok(gov_table_copy_doubles(t, column_of(t, "upper"), 0, 1, &bound, NULL, &err));
    ck_assert_double_eq(bound, upper[299]);
    gov_table_free(t);
    t = findings_by(GOV_ALARM_FARRINGTON, 40, GOV_FREQUENCY_WEEK);
    ck_text_in(t, 0, "alarm_status", "short_history");
    gov_table_free(t);
}
END_TEST

START_TEST(seasonal_trends_are_found_and_a_short_season_is_a_reason)
{
    gov_trend_options o = GOV_TREND_OPTIONS_INIT;
    gov_mk_options mk = GOV_MK_OPTIONS_INIT;
    gov_mk_result r = GOV_MK_RESULT_INIT;
    gov_table *t = NULL;
    double y[60];
    double p_value;
    gov_panel *p = one_series(60, GOV_FREQUENCY_MONTH);
    o.trend_method = mk.method = GOV_MK_SEASONAL;
    ck_ok(gov_trend_analyze(p, &o, &t, &err));
    ck_ok(gov_panel_copy(p, 0, y, NULL, &err));
    ck_ok(gov_mann_kendall(y, NULL, 60, &mk, &r, &err));
    ck_ok(gov_table_copy_doubles(t, column_of(t, "p"), 0, 1, &p_value, NULL, &err));
    ck_assert_double_eq(p_value, r.p);
    gov_table_free(t);
    o.season = 60;
    ck_ok(gov_trend_analyze(p, &o, &t, &err));
    ck_text_in(t, 0, "status", "short_history");
    gov_table_free(t);
    o.alarm_method = (gov_alarm_method)9;
    ck_fails(gov_trend_analyze(p, &o, &t, &err), GOV_E_ARGUMENT);
    gov_panel_free(p);
}
END_TEST

START_TEST(no_allocation_failure_leaks_or_writes)
{
    gov_table *t = table_of(ROWS, ROW_COUNT);
    gov_panel_options o = options_of(GOV_FREQUENCY_DAY, GOV_GAPS_MISSING, "n");
    gov_panel *p = NULL;
    gov_table *found = NULL;
    ck_every_allocation(gov_panel_new(t, &o, &p, &err), ck_assert_ptr_null(p), (gov_panel_free(p), p = NULL));
    const double y[] = {1, 2, 3, 4, 5, 7, 1, 1, 1, 1};
    ck_every_allocation(gov_panel_of_array(y, NULL, 2, 5, 0, GOV_FREQUENCY_DAY, &p, &err),
                        ck_assert_ptr_null(p), (gov_panel_free(p), p = NULL));
    ck_ok(gov_panel_of_array(y, NULL, 2, 5, 0, GOV_FREQUENCY_DAY, &p, &err));
    ck_every_allocation(gov_trend_analyze(p, NULL, &found, &err), ck_assert_ptr_null(found),
                        (gov_table_free(found), found = NULL));
    gov_trend_options long_history = GOV_TREND_OPTIONS_INIT;
    long_history.alarm_method = GOV_ALARM_ESSENCE;
    ck_every_allocation(gov_trend_analyze(p, &long_history, &found, &err), ck_assert_ptr_null(found),
                        gov_table_free(found));
    gov_panel_free(p);
    gov_table_free(t);
}
END_TEST

START_TEST(a_cancelled_run_stops)
{
    gov_table *t = table_of(ROWS, ROW_COUNT);
    gov_panel_options o = options_of(GOV_FREQUENCY_DAY, GOV_GAPS_ZERO, "n");
    gov_panel *p = NULL;
    gov_table *found = NULL;
    gov_trend_options a = GOV_TREND_OPTIONS_INIT;
    ck_ok(gov_panel_new(t, &o, &p, &err));
    ck_ok(gov_run_new(&a.run, &err));
    gov_run_cancel(a.run);
    ck_fails(gov_trend_analyze(p, &a, &found, &err), GOV_E_CANCELLED);
    gov_panel_free(p);
    o.run = a.run;
    ck_fails(gov_panel_new(t, &o, &p, &err), GOV_E_CANCELLED);
    gov_run_free(a.run);
    gov_table_free(t);
}
END_TEST

GOV_TESTS("trend/panel", weeks_run_through_week_53, series_are_sorted_and_a_missing_label_is_a_series,
          a_period_without_a_row_is_what_the_caller_says,
          a_cell_with_a_missing_value_is_missing_whatever_the_policy, a_window_pads_and_cuts,
          cells_are_as_narrow_as_the_counts, working_days_follow_holidays_and_shifted_days,
          bad_times_and_names_are_refused_with_their_row, weeks_and_months_can_be_written_out,
          a_timestamp_is_taken_to_its_local_day, findings_are_those_of_the_single_series_calls,
          findings_are_the_same_for_any_number_of_threads,
          auto_takes_the_detector_that_the_history_allows_and_says_so,
          the_last_period_is_judged_as_by_the_detector_alone,
          seasonal_trends_are_found_and_a_short_season_is_a_reason, no_allocation_failure_leaks_or_writes,
          a_cancelled_run_stops)
