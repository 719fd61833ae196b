/* Forecasts and changes of a panel: what each series gives by itself, for any number of threads. */
#include "govcore/trend/outlook.h"
#include "gov_check.h"
#include "stat/random.h"

#include <string.h>

enum { SERIES = 40, PERIODS = 60, HORIZON = 3 };

static gov_error err = GOV_ERROR_INIT;
static double y[SERIES * PERIODS];
static uint8_t valid[SERIES * PERIODS];

/* Level shifts in the middle of every third series; series 5 has nothing, series 7 one gap. */
static gov_panel *panel_new(void)
{
    gov_random random = gov_random_start(4, 0);
    memset(valid, 1, sizeof(valid));
    for (int s = 0; s < SERIES; s++)
        for (int t = 0; t < PERIODS; t++)
            y[s * PERIODS + t] =
                s == 5 ? 0 : (double)(2 + gov_random_below(&random, 4) + (s % 3 == 0 && t >= 30 ? 9 : 0) + s);
    valid[7 * PERIODS + 10] = 0;
    gov_panel *panel = NULL;
    ck_ok(gov_panel_of_array(y, valid, SERIES, PERIODS, 18809, GOV_FREQUENCY_DAY, &panel,
                             &err)); /* 2021-07-01 */
    return panel;
}

static double number(const gov_table *t, const char *name, int64_t row)
{
    int64_t column;
    double value;
    ck_ok(gov_table_find(t, name, &column, &err));
    ck_ok(gov_table_copy_doubles(t, column, row, 1, &value, NULL, &err));
    return value;
}

static const char *text(const gov_table *t, const char *name, int64_t row)
{
    static char copy[600];
    int64_t column;
    int64_t size;
    const char *value = NULL;
    ck_ok(gov_table_find(t, name, &column, &err));
    ck_ok(gov_table_text(t, row, column, &value, &size, &err));
    if (value == NULL)
        return NULL;
    memcpy(copy, value, (size_t)size);
    copy[size] = 0;
    return copy;
}

START_TEST(forecasts_are_those_of_each_series)
{
    static const double levels[] = {0.8, 0.95};
    gov_panel *panel = panel_new();
    gov_forecast_options o = GOV_FORECAST_OPTIONS_INIT;
    o.horizon = HORIZON;
    o.levels = levels;
    o.level_count = 2;
    o.threshold = 12;
    for (int32_t threads = 1; threads <= 3; threads += 2) {
        gov_table *t = NULL;
        ck_ok(gov_panel_forecast(panel, &o, threads, NULL, &t, &err));
        ck_assert_int_eq(gov_table_rows(t), SERIES * HORIZON);
        for (int s = 0; s < SERIES; s++) {
            double mean[HORIZON];
            double lower[2 * HORIZON];
            double upper[2 * HORIZON];
            double exceed[HORIZON];
            gov_forecast f = GOV_FORECAST_INIT;
            f.mean = mean;
            f.lower = lower;
            f.upper = upper;
            f.exceed = exceed;
            if (s == 5) {
                ck_assert(text(t, "refused", s * HORIZON) != NULL && text(t, "method", s * HORIZON) == NULL);
                continue;
            }
            ck_ok(gov_forecast_series(y + s * PERIODS, s == 7 ? valid + s * PERIODS : NULL, PERIODS, &o, &f,
                                      &err));
            for (int h = 0; h < HORIZON; h++) {
                ck_near(number(t, "mean", s * HORIZON + h), mean[h], 0);
                ck_near(number(t, "exceed", s * HORIZON + h), exceed[h], 0);
                ck_near(number(t, "lower_80", s * HORIZON + h), lower[h], 0);
                ck_near(number(t, "upper_95", s * HORIZON + h), upper[HORIZON + h], 0);
            }
            ck_assert(text(t, "refused", s * HORIZON) == NULL);
        }
        ck_assert_str_eq(text(t, "period", 2), "2021-09-01");
        ck_assert_str_eq(text(t, "method", 0), "count");
        gov_table_free(t);
    }
    gov_panel_free(panel);
}
END_TEST

START_TEST(changes_are_those_of_each_series)
{
    gov_panel *panel = panel_new();
    for (int32_t threads = 1; threads <= 3; threads += 2) {
        gov_table *t = NULL;
        int64_t row = 0;
        ck_ok(gov_panel_changes(panel, NULL, threads, NULL, &t, &err));
        for (int s = 0; s < SERIES; s++) {
            int64_t changes[PERIODS];
            gov_change_result r = GOV_CHANGE_RESULT_INIT;
            ck_ok(gov_pelt(y + s * PERIODS, valid + s * PERIODS, PERIODS, NULL, changes, &r, &err));
            for (int64_t k = 0; k < r.count; k++, row++) {
                char name[16];
                gov_panel_period_name(panel, changes[k], name, sizeof(name));
                ck_assert_str_eq(text(t, "period", row), name);
                if (s == 0 && k == 0)
                    ck_assert(number(t, "after", row) - number(t, "before", row) > 5);
            }
        }
        ck_assert_int_eq(gov_table_rows(t), row);
        ck_assert(row > 0);
        gov_table_free(t);
    }
    gov_panel_free(panel);
}
END_TEST

/* The rows of one series of a table of changes, from *row on. */
static void same_changes(const gov_table *t, const gov_panel *panel, const int64_t *changes, int64_t count,
                         int64_t *row)
{
    for (int64_t k = 0; k < count; k++, ++*row) {
        char name[16];
        gov_panel_period_name(panel, changes[k], name, sizeof(name));
        ck_assert_str_eq(text(t, "period", *row), name);
        ck_assert(text(t, "refused", *row) == NULL);
    }
}

static int missing(const gov_table *t, const char *name, int64_t row)
{
    int64_t column;
    double value;
    uint8_t there = 1;
    ck_ok(gov_table_find(t, name, &column, &err));
    ck_ok(gov_table_copy_doubles(t, column, row, 1, &value, &there, &err));
    return !there;
}

START_TEST(binary_segmentation_is_that_of_each_series)
{
    gov_panel *panel = panel_new();
    gov_change_options o = GOV_CHANGE_OPTIONS_INIT;
    o.method = GOV_CHANGE_BINARY_SEGMENTATION;
    o.penalty = GOV_PENALTY_AIC;
    o.max_changes = 2;
    for (int32_t threads = 1; threads <= 3; threads += 2) {
        gov_table *t = NULL;
        int64_t row = 0;
        ck_ok(gov_panel_changes(panel, &o, threads, NULL, &t, &err));
        for (int s = 0; s < SERIES; s++) {
            int64_t changes[PERIODS];
            gov_change_result r = GOV_CHANGE_RESULT_INIT;
            ck_ok(gov_binary_segmentation(y + s * PERIODS, valid + s * PERIODS, PERIODS, &o, changes, &r,
                                          &err));
            same_changes(t, panel, changes, r.count, &row);
        }
        ck_assert_int_eq(gov_table_rows(t), row);
        ck_assert(row > SERIES / 3 && missing(t, "statistic", 0) && missing(t, "p", 0));
        gov_table_free(t);
    }
    gov_panel_free(panel);
}
END_TEST

START_TEST(pettitts_test_is_that_of_each_series)
{
    gov_panel *panel = panel_new();
    gov_change_options o = GOV_CHANGE_OPTIONS_INIT;
    o.method = GOV_CHANGE_PETTITT;
    for (int32_t threads = 1; threads <= 3; threads += 2) {
        gov_table *t = NULL;
        int64_t row = 0;
        ck_ok(gov_panel_changes(panel, &o, threads, NULL, &t, &err));
        ck_assert_int_eq(gov_table_rows(t), SERIES);
        for (int s = 0; s < SERIES; s++) {
            gov_pettitt_result r = GOV_PETTITT_RESULT_INIT;
            gov_status status = gov_pettitt(y + s * PERIODS, valid + s * PERIODS, PERIODS, &r, &err);
            ck_assert_int_eq(status, s == 5 ? GOV_E_NO_DATA : GOV_OK);
            if (s == 5) {
                ck_assert_str_eq(text(t, "refused", row), err.message);
                ck_assert(missing(t, "p", row) && missing(t, "after", row));
                row++;
                continue;
            }
            ck_near(number(t, "statistic", row), r.statistic, 0);
            ck_near(number(t, "p", row), r.p, 0);
            double step = number(t, "after", row) - number(t, "before", row);
            if (s % 3 == 0)
                ck_assert(step > 5 && r.change == 30);
            same_changes(t, panel, &r.change, 1, &row);
        }
        gov_table_free(t);
    }
    gov_panel_free(panel);
}
END_TEST

START_TEST(bad_options_and_short_series)
{
    gov_panel *panel = panel_new();
    gov_panel *one = NULL;
    gov_table *t = NULL;
    gov_forecast_options o = GOV_FORECAST_OPTIONS_INIT;
    gov_change_options c = GOV_CHANGE_OPTIONS_INIT;
    ck_fails(gov_panel_forecast(NULL, NULL, 1, NULL, &t, &err), GOV_E_ARGUMENT);
    ck_fails(gov_panel_changes(panel, NULL, 1, NULL, NULL, &err), GOV_E_ARGUMENT);
    o.period = 1;
    ck_fails(gov_panel_forecast(panel, &o, 1, NULL, &t, &err), GOV_E_ARGUMENT);
    c.min_segment = -1;
    ck_fails(gov_panel_changes(panel, &c, 1, NULL, &t, &err), GOV_E_ARGUMENT);
    c.min_segment = 0;
    c.method = (gov_change_method)3;
    ck_fails(gov_panel_changes(panel, &c, 1, NULL, &t, &err), GOV_E_ARGUMENT);
    ck_assert_str_eq(err.name, "method");
    gov_run *run = NULL;
    ck_ok(gov_run_new(&run, &err));
    gov_run_cancel(run);
    ck_fails(gov_panel_changes(panel, NULL, 1, run, &t, &err), GOV_E_CANCELLED);
    ck_fails(gov_panel_forecast(panel, NULL, 1, run, &t, &err), GOV_E_CANCELLED);
    gov_run_free(run);
    ck_assert_ptr_null(t);
    ck_ok(gov_panel_of_array(y, NULL, 1, 1, 18809, GOV_FREQUENCY_WEEK, &one, &err));
    ck_ok(gov_panel_changes(one, NULL, 1, NULL, &t, &err));
    ck_assert_int_eq(gov_table_rows(t), 1);
    ck_assert_str_eq(text(t, "refused", 0), "two segments of 2 values are needed, there are 1 values");
    gov_table_free(t);
    gov_panel_free(one);
    gov_panel_free(panel);
}
END_TEST

START_TEST(a_failed_allocation_leaves_nothing)
{
    gov_panel *panel = NULL;
    gov_table *t = NULL;
    static const double levels[] = {0.9};
    double few[24];
    for (int i = 0; i < 24; i++)
        few[i] = i < 12 ? 0 : 1 + i % 4;
    gov_forecast_options o = GOV_FORECAST_OPTIONS_INIT;
    o.levels = levels;
    o.level_count = 1;
    ck_ok(gov_panel_of_array(few, NULL, 2, 12, 18809, GOV_FREQUENCY_MONTH, &panel, &err));
    ck_every_allocation(gov_panel_forecast(panel, &o, 1, NULL, &t, &err), ck_assert_ptr_null(t),
                        gov_table_free(t));
    t = NULL;
    ck_every_allocation(gov_panel_changes(panel, NULL, 1, NULL, &t, &err), ck_assert_ptr_null(t),
                        gov_table_free(t));
    gov_change_options c = GOV_CHANGE_OPTIONS_INIT;
    for (int method = GOV_CHANGE_BINARY_SEGMENTATION; method <= GOV_CHANGE_PETTITT; method++) {
        t = NULL;
        c.method = (gov_change_method)method;
        ck_every_allocation(gov_panel_changes(panel, &c, 1, NULL, &t, &err), ck_assert_ptr_null(t),
                            gov_table_free(t));
    }
    gov_panel_free(panel);
}
END_TEST

GOV_TESTS("trend/outlook", forecasts_are_those_of_each_series, changes_are_those_of_each_series,
          binary_segmentation_is_that_of_each_series, pettitts_test_is_that_of_each_series,
          bad_options_and_short_series, a_failed_allocation_leaves_nothing)
