/* Two times: what holds on a day, and what was known at a moment. */
#include "fixture.h"

#include <time.h>

static const char *members_on(gov_store *store, const char *day)
{
    return sql_at(store, "SELECT id, members FROM household ORDER BY id", day);
}

static gov_store *one_household(void)
{
    gov_store *store = open_new();
    add_grids(store);
    import_all(store, "household", TABLE("id,grid,members", "h1,310104003001,3"), "2020-01-01");
    return store;
}

START_TEST(a_change_from_a_day_keeps_what_was_before_it)
{
    gov_store *store = one_household();
    gov_import_result r =
        import_all(store, "household", TABLE("id,grid,members", "h1,310104003001,4"), "2022-01-01");
    ck_assert_int_eq(r.changed, 1);
    ck_assert_str_eq(members_on(store, "2019-12-31"), "id,members\n");
    ck_assert_str_eq(members_on(store, "2020-01-01"), "id,members\nh1,3\n");
    ck_assert_str_eq(members_on(store, "2021-12-31"), "id,members\nh1,3\n");
    ck_assert_str_eq(members_on(store, "2022-01-01"), "id,members\nh1,4\n");
    r = import_all(store, "household", TABLE("id,grid,members", "h1,310104003001,5"), "2021-01-01");
    ck_assert_str_eq(members_on(store, "2020-06-01"), "id,members\nh1,3\n");
    ck_assert_str_eq(members_on(store, "2021-06-01"), "id,members\nh1,5\n");
    ck_assert_str_eq(members_on(store, "2022-06-01"), "id,members\nh1,4\n");
    gov_store_close(store);
}
END_TEST

START_TEST(a_row_without_a_day_corrects_the_latest_version)
{
    gov_store *store = one_household();
    import_all(store, "household", TABLE("id,grid,members", "h1,310104003001,7"), NULL);
    ck_assert_str_eq(members_on(store, "2020-01-01"), "id,members\nh1,7\n");
    ck_assert_str_eq(members_on(store, "2019-12-31"), "id,members\n");
    gov_store_close(store);
}
END_TEST

START_TEST(columns_that_are_absent_keep_and_empty_cells_clear)
{
    gov_store *store = open_new();
    add_grids(store);
    import_all(store, "household", TABLE("id,grid,members,address", "h1,310104003001,3,某路 1 号"), NULL);
    import_all(store, "household", TABLE("id,grid,members", "h1,310104003001,4"), NULL);
    ck_assert_str_eq(sql_at(store, "SELECT members, address FROM household", NULL),
                     "members,address\n4,某路 1 号\n");
    import_all(store, "household", TABLE("id,grid,members", "h1,310104003001,"), NULL);
    ck_assert_str_eq(sql_at(store, "SELECT members IS NULL AS m, address FROM household", NULL),
                     "m,address\n1,某路 1 号\n");
    gov_store_close(store);
}
END_TEST

START_TEST(a_record_ends_on_the_day_that_the_file_says)
{
    gov_store *store = one_household();
    import_all(store, "household",
               TABLE("id,grid,members,valid_from,valid_to", "h1,310104003001,3,2020-01-01,2023-05-01"), NULL);
    ck_assert_str_eq(members_on(store, "2023-04-30"), "id,members\nh1,3\n");
    ck_assert_str_eq(members_on(store, "2023-05-01"), "id,members\n");
    imported bad = import_with(store, "household",
                               TABLE("id,grid,valid_from,valid_to", "h2,310104003001,2020-01-01,2020-01-01"),
                               (gov_import_options)GOV_IMPORT_OPTIONS_INIT);
    ck_assert_int_eq(bad.result.rejected, 1);
    ck_assert_str_eq(text_at(bad.report, 0, "column"), "valid_to");
    gov_table_free(bad.report);
    gov_store_close(store);
}
END_TEST

/* The moment between two imports is taken from the history itself, so the test does not wait for a clock. */
START_TEST(what_was_known_before_a_correction_can_be_asked_for)
{
    gov_store *store = one_household();
    gov_table *t = NULL;
    struct timespec pause = {0, 2000000};
    nanosleep(&pause, NULL);
    import_all(store, "household", TABLE("id,grid,members", "h1,310104003001,9"), "2020-01-01");
    ck_ok(gov_store_history(store, "household", "h1", &t, &err));
    ck_assert_int_eq(gov_table_rows(t), 2);
    ck_assert_str_eq(text_at(t, 0, "act_actor"), "li");
    ck_assert_str_eq(text_at(t, 0, "act_source"), "table");
    ck_assert_int_eq(int_at(t, 0, "recorded_to"), int_at(t, 1, "recorded_from"));
    ck_assert_int_eq(int_at(t, 1, "recorded_to"), -1);
    char moment[33];
    gov_time_format(int_at(t, 0, "recorded_from"), moment, sizeof(moment));
    gov_table_free(t);
    gov_query_options o = GOV_QUERY_OPTIONS_INIT;
    o.as_of = "2020-06-01";
    ck_ok(gov_store_query(store, "household", &o, &t, &err));
    ck_assert_int_eq(int_at(t, 0, "members"), 9);
    gov_table_free(t);
    o.recorded = moment;
    ck_ok(gov_store_query(store, "household", &o, &t, &err));
    ck_assert_int_eq(int_at(t, 0, "members"), 3);
    gov_table_free(t);
    o.recorded = "1999-01-01T00:00:00";
    ck_ok(gov_store_query(store, "household", &o, &t, &err));
    ck_assert_int_eq(gov_table_rows(t), 0);
    gov_table_free(t);
    gov_store_close(store);
}
END_TEST

GOV_TESTS("store/history", a_change_from_a_day_keeps_what_was_before_it,
          a_row_without_a_day_corrects_the_latest_version, columns_that_are_absent_keep_and_empty_cells_clear,
          a_record_ends_on_the_day_that_the_file_says, what_was_known_before_a_correction_can_be_asked_for)
