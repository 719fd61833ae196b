/* Trends of a store: events count for the grid above them, unfinished periods are left out, findings are recorded. */
#include "base/buffer.h"
#include "fixture.h"
#include "pipeline/day.h"
#include "table_check.h"

static const char grids[] = "code,name,level,parent\n"
                            "310104,徐汇区,county,\n"
                            "310104003,天平路街道,street,310104\n"
                            "310104003001,上海新村居委会,committee,310104003\n"
                            "310104003002,德昌居委会,committee,310104003\n";

/* Week w of eight (from Monday 2023-01-02 on) has w events, alternating between the two committees. */
static gov_text *events_csv(void)
{
    gov_text *text = NULL;
    gov_buffer csv = GOV_BUFFER_INIT;
    int id = 0;
    gov_buffer_text(&csv, "id,class,time,grid\n");
    for (int week = 1; week <= 8; week++) {
        for (int i = 0; i < week; i++) {
            char day[11];
            gov_date_format(gov_date_of(2023, 1, 2) + 7 * (week - 1) + i % 7, day, sizeof(day));
            gov_buffer_format(&csv, "E%03d,theft,%sT08:00:00,31010400300%d\n", ++id, day, 1 + i % 2);
        }
    }
    ck_ok(gov_buffer_finish(&csv, &text, &err));
    return text;
}

static fixture set_up(void)
{
    fixture f = fixture_new();
    gov_text *csv = events_csv();
    fixture_import(&f, "grid", grids);
    fixture_import(&f, "event", gov_text_data(csv));
    gov_text_free(csv);
    return f;
}

static gov_pipeline_panel weekly(const char *level)
{
    gov_pipeline_panel panel = GOV_PIPELINE_PANEL_INIT;
    panel.frequency = GOV_FREQUENCY_WEEK;
    panel.gaps = GOV_GAPS_ZERO;
    panel.level = level;
    return panel;
}

/* 1, 2, ..., 8 rises in every pair: S = 28, slope 1 a week. The ninth week has begun but is not over. */
START_TEST(events_of_committees_make_the_series_of_their_street)
{
    fixture f = set_up();
    gov_table *findings = NULL;
    gov_table *kept = NULL;
    gov_pipeline_panel panel = weekly("street");
    gov_pipeline_options options = GOV_PIPELINE_OPTIONS_INIT;
    options.as_of = "2023-03-01";
    ck_ok(gov_pipeline_trend(f.store, &panel, &options, NULL, &findings, &err));
    ck_assert_int_eq(gov_table_rows(findings), 1);
    ck_assert(number(findings, 0, "n") == 8);
    ck_assert(number(findings, 0, "s") == 28);
    ck_assert(number(findings, 0, "slope") == 1);
    ck_assert(number(findings, 0, "observed") == 8);
    gov_table_free(findings);
    ck_ok(gov_store_query(f.store, "finding", NULL, &kept, &err));
    ck_assert_int_eq(gov_table_rows(kept), 1);
    ck_assert(number(kept, 0, "slope") == 1);
    ck_text_in(kept, 0, "method", "mann-kendall original, sen, ears");
    gov_table_free(kept);
    fixture_free(&f);
}
END_TEST

/* The detector is that of the row; another setting is another fingerprint. */
START_TEST(findings_are_kept_with_the_methods_and_settings_that_made_them)
{
    static const gov_trend_options settings[] = {
        {.struct_size = sizeof(gov_trend_options)},
        {.struct_size = sizeof(gov_trend_options), .alarm_method = GOV_ALARM_ESSENCE},
        {.struct_size = sizeof(gov_trend_options), .trend_method = GOV_MK_HAMED_RAO},
        {.struct_size = sizeof(gov_trend_options), .alarm_method = GOV_ALARM_AUTO},
        {.struct_size = sizeof(gov_trend_options), .farrington_alpha = 0.01},
    };
    enum { SETTINGS = sizeof(settings) / sizeof(settings[0]) };
    char prints[SETTINGS][40];
    fixture f = set_up();
    gov_pipeline_panel panel = weekly("street");
    gov_pipeline_options options = GOV_PIPELINE_OPTIONS_INIT;
    options.as_of = "2023-03-01";
    for (int i = 0; i < SETTINGS; i++) {
        gov_table *findings = NULL;
        gov_table *kept = NULL;
        const char *print;
        int64_t column, size;
        ck_ok(gov_pipeline_trend(f.store, &panel, &options, &settings[i], &findings, &err));
        gov_query_options last = GOV_QUERY_OPTIONS_INIT;
        last.where = i == 1   ? "method = 'mann-kendall original, sen, essence'"
                     : i == 2 ? "method = 'mann-kendall hamed_rao, sen, ears'"
                              : "method = 'mann-kendall original, sen, ears'";
        ck_ok(gov_store_query(f.store, "finding", &last, &kept, &err));
        ck_assert_int_eq(gov_table_rows(kept), 1);
        ck_ok(gov_table_find(kept, "fingerprint", &column, &err));
        ck_ok(gov_table_text(kept, 0, column, &print, &size, &err));
        snprintf(prints[i], sizeof(prints[i]), "%.*s", (int)size, print);
        for (int j = 0; j < i; j++)
            ck_assert_str_ne(prints[i], prints[j]);
        gov_table_free(kept);
        gov_table_free(findings);
    }
    fixture_free(&f);
}
END_TEST

START_TEST(without_a_level_every_grid_is_its_own_series)
{
    fixture f = set_up();
    gov_table *findings = NULL;
    gov_pipeline_panel panel = weekly(NULL);
    gov_pipeline_options options = GOV_PIPELINE_OPTIONS_INIT;
    options.as_of = "2023-03-01";
    options.read_only = 1;
    ck_ok(gov_pipeline_trend(f.store, &panel, &options, NULL, &findings, &err));
    ck_assert_int_eq(gov_table_rows(findings), 2);
    ck_assert_int_eq(fixture_count(&f, "finding"), 0);
    gov_table_free(findings);
    fixture_free(&f);
}
END_TEST

START_TEST(the_panel_is_the_one_that_is_analysed)
{
    fixture f = set_up();
    gov_panel *counts = NULL;
    gov_table *findings = NULL;
    gov_table *alone = NULL;
    gov_pipeline_panel panel = weekly("street");
    gov_pipeline_options options = GOV_PIPELINE_OPTIONS_INIT;
    options.as_of = "2023-03-01";
    options.read_only = 1;
    ck_ok(gov_pipeline_counts(f.store, &panel, &options, &counts, &err));
    ck_ok(gov_pipeline_trend(f.store, &panel, &options, NULL, &findings, &err));
    ck_ok(gov_trend_analyze(counts, NULL, &alone, &err));
    ck_assert_int_eq(gov_table_rows(alone), gov_table_rows(findings));
    for (int64_t c = 0; c < gov_table_columns(alone); c++)
        ck_assert_str_eq(gov_table_name(alone, c), gov_table_name(findings, c));
    int64_t column;
    double a;
    double b;
    ck_ok(gov_table_find(alone, "observed", &column, &err));
    ck_ok(gov_table_copy_doubles(alone, column, 0, 1, &a, NULL, &err));
    ck_ok(gov_table_copy_doubles(findings, column, 0, 1, &b, NULL, &err));
    ck_assert(a == b);
    ck_fails(gov_pipeline_counts(NULL, &panel, &options, &counts, &err), GOV_E_ARGUMENT);
    gov_table_free(alone);
    gov_table_free(findings);
    gov_panel_free(counts);
    fixture_free(&f);
}
END_TEST

START_TEST(what_cannot_be_answered_says_why)
{
    fixture f = set_up();
    gov_table *findings = NULL;
    gov_pipeline_panel unstated = GOV_PIPELINE_PANEL_INIT;
    gov_pipeline_panel panel = weekly("street");
    gov_pipeline_options options = GOV_PIPELINE_OPTIONS_INIT;
    options.as_of = "2023-03-01";
    ck_fails(gov_pipeline_trend(f.store, &unstated, &options, NULL, &findings, &err), GOV_E_ARGUMENT);
    options.as_of = "2022-12-31";
    ck_fails(gov_pipeline_trend(f.store, &panel, &options, NULL, &findings, &err), GOV_E_NO_DATA);
    ck_assert_str_eq(err.message, "there is no event up to 2022-12-25");
    options.as_of = NULL;
    ck_fails(gov_pipeline_trend(f.store, &panel, &options, NULL, &findings, &err), GOV_E_MISSING);
    ck_assert_ptr_null(findings);
    ck_assert_int_eq(fixture_count(&f, "finding"), 0);
    fixture_free(&f);
}
END_TEST

START_TEST(only_whole_periods_count)
{
    int32_t sunday = gov_date_of(2023, 3, 5);
    ck_assert_int_eq(gov_last_whole_period(GOV_FREQUENCY_WEEK, sunday), sunday);
    ck_assert_int_eq(gov_last_whole_period(GOV_FREQUENCY_WEEK, sunday + 6), sunday);
    ck_assert_int_eq(gov_last_whole_period(GOV_FREQUENCY_WEEK, sunday - 1), sunday - 7);
    ck_assert_int_eq(gov_last_whole_period(GOV_FREQUENCY_DAY, sunday), sunday);
    ck_assert_int_eq(gov_last_whole_period(GOV_FREQUENCY_MONTH, sunday), gov_date_of(2023, 2, 28));
    ck_assert_int_eq(gov_last_whole_period(GOV_FREQUENCY_MONTH, gov_date_of(2024, 2, 29)),
                     gov_date_of(2024, 2, 29));
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    fixture f = set_up();
    gov_table *findings = NULL;
    gov_pipeline_panel panel = weekly("street");
    gov_pipeline_options options = GOV_PIPELINE_OPTIONS_INIT;
    options.as_of = "2023-03-01";
    options.read_only = 1;
    ck_every_allocation(gov_pipeline_trend(f.store, &panel, &options, NULL, &findings, &err),
                        ck_assert_ptr_null(findings), (gov_table_free(findings), findings = NULL));
    gov_panel *counts = NULL;
    ck_every_allocation(gov_pipeline_counts(f.store, &panel, &options, &counts, &err),
                        ck_assert_ptr_null(counts), (gov_panel_free(counts), counts = NULL));
    fixture_free(&f);
}
END_TEST

GOV_TESTS("pipeline/trend", events_of_committees_make_the_series_of_their_street,
          findings_are_kept_with_the_methods_and_settings_that_made_them,
          without_a_level_every_grid_is_its_own_series, the_panel_is_the_one_that_is_analysed,
          what_cannot_be_answered_says_why, only_whole_periods_count, every_allocation_may_fail)
