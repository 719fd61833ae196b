/* Observations: the last reading and windows by their definitions, and that nothing recorded is altered. */
#include "base/date.h"
#include "fixture.h"
#include "store/sqlite.h"

#include <math.h>

static char path[128];

/* Two series of one person, one of another, and one of a thing; readings of one moment by two sources. */
static gov_store *fill(void)
{
    gov_store *store = open_new();
    snprintf(path, sizeof(path), "/tmp/govcore-store-%ld.gov", (long)getpid());
    add_grids(store);
    import_all(store, "person", TABLE("id,grid", "p1,310104003001", "p2,310104004001"), NULL);
    import_all(store, "thing", TABLE("id,grid", "w1,310104003001"), NULL);
    import_all(store, "observation",
               TABLE("subject_kind,subject,variable,time,source,value,text",
                     "person,p1,water,2024-05-01T08:00:00,meter,1.5,",
                     "person,p1,water,2024-05-01T09:00:00,meter,2.5,",
                     "person,p1,water,2024-05-01T09:00:00.5,meter,4,",
                     "person,p1,water,2024-05-03T09:00:00,meter,0.25,",
                     "person,p1,visit,2024-05-02,officer,,不在家",
                     "person,p2,water,2024-05-02T10:00:00,meter,7,",
                     "person,p2,water,2024-05-02T10:00:00,officer,8,",
                     "thing,w1,water,2024-04-30T23:59:59.9,meter,9,"),
               NULL);
    return store;
}

static gov_reading last(gov_store *store, const char *kind, const char *subject, const char *at)
{
    gov_reading_options o = GOV_READING_OPTIONS_INIT;
    gov_reading r = GOV_READING_INIT;
    o.at = at;
    ck_ok(gov_store_last_reading(store, kind, subject, "water", &o, &r, &err));
    return r;
}

static int64_t micros(const char *time)
{
    int64_t value = 0;
    ck_ok(gov_time_parse(time, -1, &value, &err));
    return value;
}

START_TEST(the_last_reading_is_the_one_before_the_moment)
{
    gov_store *store = fill();
    static const struct {
        const char *at, *time;
        double value;
    } cases[] = {{NULL, "2024-05-03T09:00:00", 0.25},
                 {"2024-05-03", "2024-05-03T09:00:00", 0.25},
                 {"2024-05-02", "2024-05-01T09:00:00.5", 4},
                 {"2024-05-01T09:00:00.5", "2024-05-01T09:00:00", 2.5},
                 {"2024-05-01T09:00:00.500001", "2024-05-01T09:00:00.5", 4},
                 {"2024-05-01T09:00:00", "2024-05-01T08:00:00", 1.5},
                 {"2024-05-01T08:00:00.000001", "2024-05-01T08:00:00", 1.5}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        gov_reading r = last(store, "person", "p1", cases[i].at);
        ck_assert(r.found && r.has_value);
        ck_assert_double_eq(r.value, cases[i].value);
        ck_assert_int_eq(r.time, micros(cases[i].time));
    }
    ck_assert(!last(store, "person", "p1", "2024-05-01T08:00:00").found);
    ck_assert(!last(store, "person", "p9", NULL).found);
    ck_assert(!last(store, "place", "p1", NULL).found);
    gov_store_close(store);
}
END_TEST

START_TEST(of_one_moment_the_reading_of_the_source_that_goes_before_counts)
{
    gov_store *store = fill();
    ck_assert_double_eq(last(store, "person", "p2", NULL).value, 8); /* recorded later */
    ck_ok(gov_store_rank_source(store, "meter", "observation", NULL, 1, NULL, &err));
    ck_assert_double_eq(last(store, "person", "p2", NULL).value, 7);
    gov_reading_options o = GOV_READING_OPTIONS_INIT;
    gov_reading r = GOV_READING_INIT;
    o.source = "officer";
    ck_ok(gov_store_last_reading(store, "person", "p2", "water", &o, &r, &err));
    ck_assert_double_eq(r.value, 8);
    gov_window w = GOV_WINDOW_INIT;
    o.source = NULL;
    ck_ok(gov_store_window(store, "person", "p2", "water", GOV_LONGEST_WINDOW, &o, &w, &err));
    ck_assert_int_eq(w.count, 1);
    ck_assert_double_eq(w.sum, 7);
    gov_store_close(store);
}
END_TEST

START_TEST(a_window_holds_its_beginning_and_not_its_end)
{
    gov_store *store = fill();
    gov_reading_options o = GOV_READING_OPTIONS_INIT;
    gov_window w = GOV_WINDOW_INIT;
    o.at = "2024-05-01T09:00:00.5";
    ck_ok(gov_store_window(store, "person", "p1", "water", 3600, &o, &w, &err));
    ck_assert_int_eq(w.count, 1); /* [08:00:00.5, 09:00:00.5) */
    ck_assert_double_eq(w.last, 2.5);
    o.at = "2024-05-01T09:00:00";
    ck_ok(gov_store_window(store, "person", "p1", "water", 3600, &o, &w, &err));
    ck_assert_int_eq(w.count, 1); /* [08:00, 09:00) */
    ck_assert_double_eq(w.last, 1.5);
    o.at = "2024-05-01";
    ck_ok(gov_store_window(store, "person", "p1", "water", 86400, &o, &w, &err));
    ck_assert_int_eq(w.count, 3);
    ck_assert_double_eq(w.sum, 8);
    ck_assert_double_eq_tol(w.mean, 8.0 / 3, 1e-15);
    ck_assert_double_eq(w.min, 1.5);
    ck_assert_double_eq(w.max, 4);
    ck_assert_double_eq(w.last, 4);
    ck_assert_int_eq(w.last_time, micros("2024-05-01T09:00:00.5"));
    ck_assert_int_eq(w.begin, micros("2024-05-01T00:00:00"));
    ck_assert_int_eq(w.end, micros("2024-05-02T00:00:00"));
    ck_ok(gov_store_window(store, "person", "p1", "visit", 864000, &o, &w, &err));
    ck_assert_int_eq(w.count, 0);
    gov_store_close(store);
}
END_TEST

START_TEST(many_series_are_asked_at_once)
{
    gov_store *store = fill();
    gov_table *out = NULL;
    gov_reading_options o = GOV_READING_OPTIONS_INIT;
    o.at = "2024-05-31";
    ck_ok(gov_store_last_readings(store, NULL, &o, &out, &err));
    ck_assert_int_eq(gov_table_rows(out), 4);
    static const char *const rows[][4] = {{"p1", "visit", "不在家", "officer"},
                                          {"p1", "water", "", "meter"},
                                          {"p2", "water", "", "officer"},
                                          {"w1", "water", "", "meter"}};
    for (int i = 0; i < 4; i++) {
        ck_assert_str_eq(text_at(out, i, "subject"), rows[i][0]);
        ck_assert_str_eq(text_at(out, i, "variable"), rows[i][1]);
        ck_assert_str_eq(text_at(out, i, "text"), rows[i][2]);
        ck_assert_str_eq(text_at(out, i, "source"), rows[i][3]);
    }
    gov_table_free(out);
    gov_table *asked = TABLE("subject,variable,at", "p2,water,2024-05-02", "p9,water,", "p1,,2024-05-01",
                             "p2,water,2024-05-01");
    ck_ok(gov_store_windows(store, asked, 86400, &o, &out, &err));
    ck_assert_int_eq(gov_table_rows(out), 5);
    static const int64_t counts[] = {1, 0, 0, 3, 0};
    for (int i = 0; i < 5; i++)
        ck_assert_int_eq(int_at(out, i, "count"), counts[i]);
    ck_assert_str_eq(text_at(out, 3, "subject"), "p1");
    gov_table_free(asked);
    gov_table_free(out);
    asked = TABLE("subject,who", "p1,x");
    ck_fails(gov_store_windows(store, asked, 60, NULL, &out, &err), GOV_E_UNKNOWN_NAME);
    gov_table_free(asked);
    asked = TABLE("subject,at", "p1,soon");
    ck_fails(gov_store_last_readings(store, asked, NULL, &out, &err), GOV_E_FORMAT);
    ck_assert_str_eq(err.name, "at");
    gov_table_free(asked);
    ck_fails(gov_store_windows(store, NULL, 0, NULL, &out, &err), GOV_E_ARGUMENT);
    gov_store_close(store);
}
END_TEST

/* Readings drawn by a plain generator; every answer by looking at all of them. */
START_TEST(answers_are_those_of_looking_at_every_reading)
{
    enum { N = 400 };
    static int64_t times[N];
    static double values[N];
    static char lines[N + 1][96];
    const char *list[N + 1] = {lines[0]};
    uint32_t seed = 7;
    gov_store *store = open_new();
    add_grids(store);
    import_all(store, "person", TABLE("id,grid", "p1,310104003001"), NULL);
    snprintf(lines[0], sizeof(lines[0]), "subject_kind,subject,variable,time,source,value");
    for (int i = 0; i < N; i++) {
        char text[33];
        seed = seed * 1664525u + 1013904223u;
        times[i] =
            micros("2024-01-01T00:00:00") + (int64_t)(seed >> 12) * 100000 + i; /* within 29 hours, tenths */
        values[i] = (double)(seed >> 20) / 16;
        gov_time_format(times[i], text, sizeof(text));
        snprintf(lines[i + 1], sizeof(lines[0]), "person,p1,v,%s,s,%.10g", text, values[i]);
        list[i + 1] = lines[i + 1];
    }
    import_all(store, "observation", table_of(list, N + 1), NULL);
    for (int k = 0; k < 200; k++) {
        char at[33];
        gov_reading_options o = GOV_READING_OPTIONS_INIT;
        gov_window w = GOV_WINDOW_INIT;
        seed = seed * 1664525u + 1013904223u;
        int64_t end = k % 3 == 0 ? times[k] : micros("2024-01-01T00:00:00") + (int64_t)(seed >> 12) * 100000;
        int64_t seconds = 1 + (seed >> 16) % 20000, count = 0, last_time = -1;
        double sum = 0;
        for (int i = 0; i < N; i++)
            if (times[i] >= end - seconds * 1000000 && times[i] < end) {
                count++;
                sum += values[i];
                last_time = times[i] > last_time ? times[i] : last_time;
            }
        gov_time_format(end, at, sizeof(at));
        o.at = at;
        ck_ok(gov_store_window(store, "person", "p1", "v", seconds, &o, &w, &err));
        ck_assert_int_eq(w.count, count);
        ck_assert(count == 0 || (w.last_time == last_time && w.sum == sum)); /* sixteenths add exactly */
    }
    gov_store_close(store);
}
END_TEST

START_TEST(a_reading_is_added_and_never_altered)
{
    gov_store *store = fill();
    imported done = import_with(store, "observation",
                                TABLE("subject_kind,subject,variable,time,source,value",
                                      "person,p1,water,2024-05-01T08:00:00,meter,1.5",
                                      "person,p1,water,2024-05-01T09:00:00,meter,99",
                                      "person,p|1,water,2024-05-01T09:00:00,meter,1"),
                                (gov_import_options)GOV_IMPORT_OPTIONS_INIT);
    ck_assert_int_eq(done.result.unchanged, 1);
    ck_assert_int_eq(done.result.rejected, 2);
    ck_assert_str_eq(text_at(done.report, 0, "code"), "GOV_E_CONFLICT");
    ck_assert_str_eq(text_at(done.report, 1, "code"), "GOV_E_FORMAT");
    gov_table_free(done.report);
    gov_verify_result r = GOV_VERIFY_RESULT_INIT;
    int64_t erased = 0;
    gov_store_close(store);
    gov_db *db = NULL;
    ck_ok(gov_db_open(path, GOV_DB_WRITE, &db, &err));
    ck_fails(gov_db_run(db, "UPDATE rows_of_observation SET value = 0", &err), GOV_E_STORE);
    ck_fails(gov_db_run(db, "UPDATE rows_of_observation SET time = '2020-01-01' WHERE version = 1", &err),
             GOV_E_STORE);
    ck_fails(gov_db_run(db, "DELETE FROM rows_of_observation WHERE version = 1", &err), GOV_E_STORE);
    gov_db_close(db);
    ck_ok(gov_store_open(path, NULL, &store, &err));
    ck_ok(gov_store_forget(store, "person", "p1", NULL, &erased, &err));
    ck_assert_int_eq(erased, 6);
    ck_assert(!last(store, "person", "p1", NULL).found);
    ck_ok(gov_store_verify(store, NULL, &r, &err));
    gov_store_close(store);
}
END_TEST

START_TEST(readings_keep_to_scope_class_and_moment)
{
    gov_store *all = fill();
    gov_store *some = open_as(path, "wang", "310104003", GOV_FIELDS_PERSONAL);
    gov_store *clerk = open_as(path, "zhao", "310104003", GOV_FIELDS_INTERNAL);
    gov_table *out = NULL;
    ck_assert(!last(some, "person", "p2", NULL).found);
    ck_assert_double_eq(last(some, "person", "p1", NULL).value, 0.25);
    ck_ok(gov_store_last_readings(some, NULL, NULL, &out, &err));
    ck_assert_int_eq(gov_table_rows(out), 3);
    gov_table_free(out);
    gov_reading masked = last(clerk, "person", "p1", NULL);
    ck_assert(masked.found && !masked.has_value);
    gov_reading_options o = GOV_READING_OPTIONS_INIT;
    gov_reading r = GOV_READING_INIT;
    o.recorded = "2001-01-01T00:00:00";
    ck_ok(gov_store_last_reading(all, "person", "p1", "water", &o, &r, &err));
    ck_assert(!r.found);
    gov_store_close(clerk);
    gov_store_close(some);
    gov_store_close(all);
}
END_TEST

START_TEST(each_allocation_of_a_reading_may_fail)
{
    gov_store *store = fill();
    gov_table *out = NULL, *asked = TABLE("subject,variable", "p1,", "p2,water");
    gov_reading r = GOV_READING_INIT;
    gov_window w = GOV_WINDOW_INIT;
    ck_every_allocation(gov_store_last_readings(store, asked, NULL, &out, &err), ck_assert_ptr_null(out),
                        gov_table_free(out);
                        out = NULL);
    ck_every_allocation(gov_store_windows(store, asked, 60, NULL, &out, &err), ck_assert_ptr_null(out),
                        gov_table_free(out);
                        out = NULL);
    ck_every_allocation(gov_store_last_reading(store, "person", "p1", "water", NULL, &r, &err),
                        ck_assert_int_eq(r.found, 0), r.found = 0);
    ck_every_allocation(gov_store_window(store, "person", "p1", "water", 60, NULL, &w, &err),
                        ck_assert_int_eq(w.end, 0), w.end = 0);
    gov_table_free(asked);
    gov_store_close(store);
}
END_TEST

GOV_TESTS("store/reading", the_last_reading_is_the_one_before_the_moment,
          of_one_moment_the_reading_of_the_source_that_goes_before_counts,
          a_window_holds_its_beginning_and_not_its_end, many_series_are_asked_at_once,
          answers_are_those_of_looking_at_every_reading, a_reading_is_added_and_never_altered,
          readings_keep_to_scope_class_and_moment, each_allocation_of_a_reading_may_fail)
