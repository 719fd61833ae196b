/* What else the analyzer says of a series, which parts drive a rise, and who reports. */
#include "govcore/trend.h"
#include "gov_check.h"
#include "table_check.h"

#include <string.h>

static gov_error err = GOV_ERROR_INIT;

enum { MONDAY = 18449 /* 2020-07-06 */ };

static int32_t day(const gov_table *t, const char *name, int64_t row)
{
    int64_t column;
    int64_t value = 0;
    uint8_t there = 0;
    ck_ok(gov_table_find(t, name, &column, &err));
    ck_ok(gov_table_copy_int64s(t, column, row, 1, &value, &there, &err));
    return there ? (int32_t)value : -1;
}

static gov_table *analyze(const double *y, const uint8_t *valid, int64_t series, int64_t periods,
                          gov_frequency frequency, gov_trend_options *o)
{
    gov_panel *panel = NULL;
    gov_table *t = NULL;
    o->wide = 1;
    ck_ok(gov_panel_of_array(y, valid, series, periods, MONDAY, frequency, &panel, &err));
    ck_ok(gov_trend_analyze(panel, o, &t, &err));
    gov_panel_free(panel);
    return t;
}

/* Ten cases where 2 were expected. Garwood (1936): a count of 10 has the exact 95 % interval 4.795389 to 18.390356. */
START_TEST(excess_and_ratio_of_a_count)
{
    const double y[] = {1, 2, 3, 2, 1, 2, 3, 10};
    gov_trend_options o = GOV_TREND_OPTIONS_INIT;
    gov_table *t = analyze(y, NULL, 1, 8, GOV_FREQUENCY_WEEK, &o);
    double sd = sqrt(4.0 / 6);
    ck_near(ck_number_of(t, "excess", 0), 8, 1e-15);
    ck_near(ck_number_of(t, "ratio", 0), 5, 1e-15);
    ck_near(ck_number_of(t, "ratio_low", 0), 4.795389 / 2, 1e-6);
    ck_near(ck_number_of(t, "ratio_high", 0), 18.390356 / 2, 1e-6);
    ck_near(ck_number_of(t, "alarm_p", 0), erfc(8 / sd / sqrt(2)) / 2, 1e-9);
    ck_near(ck_number_of(t, "recurrence", 0) * ck_number_of(t, "alarm_p", 0), 1, 1e-12);
    ck_near(ck_number_of(t, "alarm_q", 0), ck_number_of(t, "alarm_p", 0), 1e-12);
    ck_near(ck_number_of(t, "raised", 0), 1, 0);
    ck_assert_int_eq(day(t, "baseline_first", 0), MONDAY);
    ck_assert_int_eq(day(t, "baseline_last", 0), MONDAY + 7 * 7 - 1);
    ck_assert(isnan(ck_number_of(t, "downweighted", 0)) && isnan(ck_number_of(t, "year_before", 0)));
    ck_assert_ptr_nonnull(strstr(ck_text_of(t, "text_en", 0), "5.0 times the expected (2.4 to 9.2)"));
    ck_assert_ptr_nonnull(strstr(ck_text_of(t, "text_zh", 0), "为预期的 5.0 倍（2.4 至 9.2）"));
    gov_table_free(t);
    o.minimum_count = 11;
    t = analyze(y, NULL, 1, 8, GOV_FREQUENCY_WEEK, &o);
    ck_near(ck_number_of(t, "raised", 0), 0, 0);
    ck_near(ck_number_of(t, "alarm", 0), 1, 0);
    gov_table_free(t);
}
END_TEST

/* Poisson levels 3 and 12 with a step after 30 of 60 months; the value twelve months back. */
START_TEST(since_when_the_level_is_what_it_is)
{
    double y[60];
    for (int t = 0; t < 60; t++)
        y[t] = t < 30 ? 2 + t % 3 : 11 + t % 3;
    gov_trend_options o = GOV_TREND_OPTIONS_INIT;
    o.threshold = 10;
    o.horizon = 2;
    gov_table *t = analyze(y, NULL, 1, 60, GOV_FREQUENCY_MONTH, &o);
    ck_assert_int_eq(day(t, "break_day", 0), 19358); /* 2023-01-01 */
    ck_near(ck_number_of(t, "break_before", 0), 3, 1e-12);
    ck_near(ck_number_of(t, "break_after", 0), 12, 1e-12);
    ck_near(ck_number_of(t, "year_before", 0), y[47], 0);
    ck_near(ck_number_of(t, "year_change", 0), y[59] / y[47] - 1, 1e-12);
    ck_near(ck_number_of(t, "silent", 0), 0, 0);
    ck_assert(ck_number_of(t, "exceed", 0) > 0.5 && ck_number_of(t, "exceed", 0) < 1);
    ck_assert_ptr_nonnull(
        strstr(ck_text_of(t, "text_en", 0), "Since 2023-01 the mean has gone from 3 to 12."));
    gov_table_free(t);
}
END_TEST

START_TEST(a_year_earlier_by_each_calendar)
{
    static double y[800];
    for (int t = 0; t < 800; t++)
        y[t] = t % 97 + 1;
    static const struct {
        gov_frequency frequency;
        int64_t periods;
        int64_t earlier;                        /* periods back */
    } cases[] = {{GOV_FREQUENCY_DAY, 800, 365}, /* 2022-09-13 */
                 {GOV_FREQUENCY_DAY, 400, 365},
                 {GOV_FREQUENCY_WEEK, 150, 52},
                 {GOV_FREQUENCY_MONTH, 40, 12},
                 {GOV_FREQUENCY_MONTH, 12, -1}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        gov_trend_options o = GOV_TREND_OPTIONS_INIT;
        int64_t n = cases[i].periods;
        gov_table *t = analyze(y, NULL, 1, n, cases[i].frequency, &o);
        double before = ck_number_of(t, "year_before", 0);
        if (cases[i].earlier < 0)
            ck_assert(isnan(before));
        else
            ck_near(before, y[n - 1 - cases[i].earlier], 0);
        gov_table_free(t);
    }
}
END_TEST

/* q over four series, of which one has no p; the alarm columns of a series that was not judged are missing. */
START_TEST(rates_are_over_all_series)
{
    enum { N = 40 };
    double y[4 * N];
    uint8_t valid[4 * N];
    memset(valid, 1, sizeof(valid));
    for (int t = 0; t < N; t++) {
        y[t] = 5 + t % 4;
        y[N + t] = 5 + (t * 7) % 5 + (t == N - 1 ? 12 : 0);
        y[2 * N + t] = 3 + t % 2 + t / 8;
        y[3 * N + t] = 1;
        valid[3 * N + t] = t < N - 2;
    }
    for (int method = 0; method < 2; method++) {
        gov_trend_options o = GOV_TREND_OPTIONS_INIT;
        o.fdr_method = (gov_trend_fdr_method)method;
        gov_table *t = analyze(y, valid, 4, N, GOV_FREQUENCY_DAY, &o);
        double all = method == 0 ? 1 : 1 + 1 / 2.0 + 1 / 3.0;
        double p[3];
        double least = 1;
        for (int s = 0; s < 3; s++) {
            p[s] = ck_number_of(t, "alarm_p", s);
            least = fmin(least, p[s]);
        }
        ck_assert(p[1] == least);
        ck_near(ck_number_of(t, "alarm_q", 1), fmin(1, least * 3 * all), 1e-12);
        ck_assert(isnan(ck_number_of(t, "alarm_q", 3)) && isnan(ck_number_of(t, "raised", 3)) &&
                  isnan(ck_number_of(t, "q", 3)));
        ck_assert_int_eq(day(t, "baseline_first", 3), -1);
        ck_near(ck_number_of(t, "silent", 3), 2, 0);
        ck_assert_ptr_nonnull(strstr(ck_text_of(t, "text_zh", 3), "最近 2 期尚无数据"));
        gov_table_free(t);
    }
}
END_TEST

/* Farrington says what it compared with: 5 years of weeks, 3 to each side, the last 26 left out. */
START_TEST(baseline_of_farrington)
{
    enum { N = 5 * 53 + 10 };
    double y[N];
    for (int t = 0; t < N; t++)
        y[t] = 6 + (t * 5) % 7 + (t == 100 ? 90 : 0);
    gov_trend_options o = GOV_TREND_OPTIONS_INIT;
    o.alarm_method = GOV_ALARM_FARRINGTON;
    gov_table *t = analyze(y, NULL, 1, N, GOV_FREQUENCY_WEEK, &o);
    int32_t last = MONDAY + 7 * (N - 1);
    ck_assert_int_eq(day(t, "baseline_last", 0), last - 7 * 26 - 1);
    int32_t first = day(t, "baseline_first", 0);
    ck_assert(abs(last - first - (5 * 365 + 1 + 21)) <=
              3); /* five years and three weeks before, to half a week */
    ck_assert(ck_number_of(t, "downweighted", 0) >= 1);
    gov_table_free(t);
}
END_TEST

START_TEST(wrong_options_are_named)
{
    const double y[] = {1, 2, 3, 2, 1, 2, 3, 10};
    gov_panel *panel = NULL;
    gov_table *t = NULL;
    ck_ok(gov_panel_of_array(y, NULL, 1, 8, MONDAY, GOV_FREQUENCY_DAY, &panel, &err));
    gov_trend_options o = GOV_TREND_OPTIONS_INIT;
    o.fdr_q = 2;
    ck_fails(gov_trend_analyze(panel, &o, &t, &err), GOV_E_ARGUMENT);
    ck_assert_str_eq(err.name, "fdr_q");
    o.fdr_q = 0;
    o.fdr_method = (gov_trend_fdr_method)5;
    ck_fails(gov_trend_analyze(panel, &o, &t, &err), GOV_E_ARGUMENT);
    o.fdr_method = GOV_TREND_FDR_BH;
    o.horizon = -1;
    ck_fails(gov_trend_analyze(panel, &o, &t, &err), GOV_E_ARGUMENT);
    gov_panel_free(panel);
}
END_TEST

/* --- Parts of an area ------------------------------------------------------------------------------------------- */

static const char *const CODES[] = {"d", "s1", "s2", "c1", "c2"};
static const char *const PARENTS[] = {NULL, "d", "d", "s1", "s1"};

static gov_table *two_texts(const char *a, const char *const *as, const char *b, const char *const *bs,
                            int64_t rows)
{
    gov_table_builder *builder = NULL;
    gov_table *t = NULL;
    ck_ok(gov_table_builder_new(&builder, &err));
    ck_ok(gov_table_builder_texts(builder, a, as, rows, &err));
    ck_ok(gov_table_builder_texts(builder, b, bs, rows, &err));
    ck_ok(gov_table_builder_finish(builder, &t, &err));
    gov_table_builder_free(builder);
    return t;
}

/* Eight days: c1 has 1 a day and 9 on the last, c2 2 a day, s1 itself 1 a day, s2 3 a day. */
static gov_panel *district(void)
{
    static const char *const grids[] = {"c1", "c2", "s1", "s2"};
    static const int counts[] = {1, 2, 1, 3};
    static char days[8][11];
    const char *grid[200];
    const char *when[200];
    int64_t rows = 0;
    for (int t = 0; t < 8; t++) {
        gov_date_format(MONDAY + t, days[t], sizeof(days[t]));
        for (int g = 0; g < 4; g++)
            for (int k = 0; k < (g == 0 && t == 7 ? 9 : counts[g]); k++) {
                grid[rows] = grids[g];
                when[rows++] = days[t];
            }
    }
    static const char *const keys[] = {"grid"};
    gov_table *events = two_texts("grid", grid, "day", when, rows);
    gov_table *areas = two_texts("code", CODES, "parent", PARENTS, 5);
    gov_panel_options o = GOV_PANEL_OPTIONS_INIT;
    gov_panel *leaves = NULL;
    gov_panel *up = NULL;
    o.series = keys;
    o.series_count = 1;
    o.time = "day";
    o.frequency = GOV_FREQUENCY_DAY;
    o.gaps = GOV_GAPS_ZERO;
    ck_ok(gov_panel_new(events, &o, &leaves, &err));
    ck_ok(gov_panel_roll_up(leaves, "grid", areas, "code", "parent", &up, &err));
    gov_panel_free(leaves);
    gov_table_free(events);
    gov_table_free(areas);
    return up;
}

START_TEST(excesses_of_the_parts_sum_to_the_areas)
{
    gov_panel *panel = district();
    gov_table *areas = two_texts("code", CODES, "parent", PARENTS, 5);
    gov_table *t = NULL;
    gov_trend_options o = GOV_TREND_OPTIONS_INIT;
    o.min_sigma = 1;
    ck_ok(gov_trend_contributions(panel, "grid", areas, "code", "parent", &o, &t, &err));
    /* d expects 7 and has 15: s1 4 of 7, s2 3 of 7, itself nothing; s1 expects 4 and has 12: c1 1, c2 2, itself 1. */
    static const struct {
        const char *grid;
        const char *child;
        double observed;
        double expected;
        int drives;
    } rows[] = {{"d", "s1", 12, 4, 1}, {"d", "s2", 3, 3, 0},  {"d", "", 0, 0, 0},
                {"s1", "c1", 9, 1, 1}, {"s1", "c2", 2, 2, 0}, {"s1", "", 1, 1, 0}};
    ck_assert_int_eq(gov_table_rows(t), 6);
    for (int i = 0; i < 6; i++) {
        ck_assert_str_eq(ck_text_of(t, "grid", i), rows[i].grid);
        ck_assert_str_eq(ck_text_of(t, "child", i), rows[i].child);
        ck_near(ck_number_of(t, "observed", i), rows[i].observed, 0);
        ck_near(ck_number_of(t, "expected", i), rows[i].expected, 1e-12);
        ck_near(ck_number_of(t, "excess", i), rows[i].observed - ck_number_of(t, "expected", i), 1e-12);
        ck_near(ck_number_of(t, "share", i), ck_number_of(t, "excess", i) / 8, 1e-12);
        ck_near(ck_number_of(t, "drives", i), rows[i].drives, 0);
        ck_near(ck_number_of(t, "alarm", i), 1, 0);
    }
    gov_table_free(t);
    t = NULL;
    ck_fails(gov_trend_contributions(panel, "street", areas, "code", "parent", NULL, &t, &err),
             GOV_E_UNKNOWN_NAME);
    ck_fails(gov_trend_contributions(panel, "grid", areas, "code", "none", NULL, &t, &err),
             GOV_E_UNKNOWN_NAME);
    ck_fails(gov_trend_contributions(NULL, "grid", areas, "code", "parent", NULL, &t, &err), GOV_E_ARGUMENT);
    gov_table_free(areas);
    areas = two_texts("code", CODES, "parent", PARENTS, 4);
    ck_fails(gov_trend_contributions(panel, "grid", areas, "code", "parent", NULL, &t, &err),
             GOV_E_REFERENCE);
    ck_assert_str_eq(err.name, "c2");
    gov_table_free(areas);
    gov_panel_free(panel);
}
END_TEST

/* --- Reports ----------------------------------------------------------------------------------------------------- */

/* Street a: Li three times (twice about the lift), Wang once about the lift, one unnamed; street b: Zhao once. */
static gov_table *calls(void)
{
    static const char *const columns[] = {"street", "day", "caller", "matter"};
    static const char *const cells[][6] = {
        {"a", "a", "a", "a", "a", "b"},
        {"2021-07-01", "2021-07-02", "2021-08-01", "2021-07-03", "2021-07-04", "2021-07-05"},
        {"Li", "Li", "Li", "Wang", NULL, "Zhao"},
        {"lift", "lift", "noise", "lift", "noise", NULL}};
    gov_table_builder *builder = NULL;
    gov_table *t = NULL;
    ck_ok(gov_table_builder_new(&builder, &err));
    for (int c = 0; c < 4; c++)
        ck_ok(gov_table_builder_texts(builder, columns[c], cells[c], 6, &err));
    ck_ok(gov_table_builder_finish(builder, &t, &err));
    gov_table_builder_free(builder);
    return t;
}

static const char *const STREET[] = {"street"};

static gov_panel_options by_street(void)
{
    gov_panel_options o = GOV_PANEL_OPTIONS_INIT;
    o.series = STREET;
    o.series_count = 1;
    o.time = "day";
    o.frequency = GOV_FREQUENCY_MONTH;
    return o;
}

START_TEST(one_person_many_times_and_many_about_one_matter)
{
    gov_table *table = calls();
    gov_table *t = NULL;
    gov_panel_options o = by_street();
    ck_ok(gov_trend_reports(table, &o, "caller", "matter", &t, &err));
    static const struct {
        const char *name;
        double a;
        double b;
    } columns[] = {
        {"reports", 5, 1},     {"unnamed", 1, 0}, {"reporters", 2, 1},          {"repeat_share", 0.75, 0},
        {"most_by_one", 3, 1}, {"matters", 2, 0}, {"shared_share", 3.0 / 5, 0}, {"most_on_one", 2, 0}};
    ck_assert_int_eq(gov_table_rows(t), 2);
    ck_assert_str_eq(ck_text_of(t, "street", 1), "b");
    for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
        ck_near(ck_number_of(t, columns[i].name, 0), columns[i].a, 1e-12);
        ck_near(ck_number_of(t, columns[i].name, 1), columns[i].b, 1e-12);
    }
    gov_table_free(t);
    t = NULL;
    o.first = o.last = "2021-07-31";
    ck_ok(gov_trend_reports(table, &o, "caller", NULL, &t, &err));
    ck_near(ck_number_of(t, "repeat_share", 0), 2.0 / 3, 1e-12);
    ck_assert_int_eq(gov_table_columns(t), 6);
    gov_table_free(t);
    t = NULL;
    ck_fails(gov_trend_reports(table, &o, "nobody", NULL, &t, &err), GOV_E_UNKNOWN_NAME);
    ck_fails(gov_trend_reports(table, &o, NULL, NULL, &t, &err), GOV_E_ARGUMENT);
    gov_table_free(table);
}
END_TEST

START_TEST(a_failed_allocation_leaves_nothing)
{
    gov_panel *panel = district();
    gov_table *areas = two_texts("code", CODES, "parent", PARENTS, 5);
    gov_table *table = calls();
    gov_table *t = NULL;
    gov_panel_options p = by_street();
    gov_trend_options o = GOV_TREND_OPTIONS_INIT;
    o.wide = 1;
    o.threshold = 3;
#define EVERY(call) ck_every_allocation(call, ck_assert_ptr_null(t), (gov_table_free(t), t = NULL))
    EVERY(gov_trend_analyze(panel, &o, &t, &err));
    o.alarm_method = GOV_ALARM_FARRINGTON;
    EVERY(gov_trend_analyze(panel, &o, &t, &err));
    o.alarm_method = GOV_ALARM_EARS;
    EVERY(gov_trend_contributions(panel, "grid", areas, "code", "parent", &o, &t, &err));
    EVERY(gov_trend_reports(table, &p, "caller", "matter", &t, &err));
    gov_table_free(table);
    gov_table_free(areas);
    gov_panel_free(panel);
}
END_TEST

GOV_TESTS("trend/wide", excess_and_ratio_of_a_count, since_when_the_level_is_what_it_is,
          a_year_earlier_by_each_calendar, rates_are_over_all_series, baseline_of_farrington,
          wrong_options_are_named, excesses_of_the_parts_sum_to_the_areas,
          one_person_many_times_and_many_about_one_matter, a_failed_allocation_leaves_nothing)
