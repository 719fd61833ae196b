/* Import: what goes in, what is refused and why, and that nothing is half done. */
#include "fixture.h"

#define OPTIONS ((gov_import_options)GOV_IMPORT_OPTIONS_INIT)

static void check_issue(const gov_table *report, int64_t i, int64_t row, const char *column, const char *code)
{
    ck_assert_int_eq(int_at(report, i, "row"), row);
    ck_assert_str_eq(text_at(report, i, "column"), column);
    ck_assert_str_eq(text_at(report, i, "code"), code);
    ck_assert_str_ne(text_at(report, i, "reason_zh"), "");
    ck_assert_str_ne(text_at(report, i, "reason_en"), "");
}

START_TEST(grids_come_back_as_a_tree)
{
    gov_store *store = open_new();
    add_grids(store);
    ck_assert_str_eq(
        sql_at(store, "SELECT code, parent FROM grid ORDER BY code", NULL),
        "code,parent\n310104,\n310104003,310104\n310104003001,310104003\n310104003002,310104003\n"
        "310104004,310104\n310104004001,310104004\n");
    gov_query_options o = GOV_QUERY_OPTIONS_INIT;
    gov_table *t = NULL;
    o.grid = "310104003";
    ck_ok(gov_store_query(store, "grid", &o, &t, &err));
    ck_assert_int_eq(gov_table_rows(t), 3);
    ck_assert_str_eq(text_at(t, 0, "name"), "天平路街道");
    gov_table_free(t);
    gov_store_close(store);
}
END_TEST

START_TEST(the_same_rows_again_change_nothing)
{
    gov_store *store = open_new();
    gov_verify_result before = GOV_VERIFY_RESULT_INIT, after = GOV_VERIFY_RESULT_INIT;
    add_grids(store);
    add_households(store);
    ck_ok(gov_store_verify(store, NULL, &before, &err));
    gov_import_result r = import_all(
        store, "household", TABLE("id,grid,members", "h1,310104003001,3", "h4,310104004001,5"), NULL);
    ck_assert_int_eq(r.unchanged, 2);
    ck_assert_int_eq(r.added + r.changed + r.rejected, 0);
    ck_ok(gov_store_verify(store, NULL, &after, &err));
    ck_assert_int_eq(before.changes, after.changes);
    ck_assert_str_eq(before.head, after.head);
    gov_store_close(store);
}
END_TEST

START_TEST(parents_may_come_after_their_children)
{
    gov_store *store = open_new();
    gov_import_result r = import_all(
        store, "grid",
        TABLE("code,name,level,parent", "X-3,三,grid,X-2", "X-2,二,area,X-1", "X-1,一,district,"), NULL);
    ck_assert_int_eq(r.added, 3);
    gov_store_close(store);
}
END_TEST

START_TEST(orphans_rings_and_children_of_refused_rows_are_refused)
{
    gov_store *store = open_new();
    imported done =
        import_with(store, "grid",
                    TABLE("code,name,level,parent", "A,甲,district,", "B,乙,street,nowhere", "C,丙,grid,B",
                          "R1,环,grid,R2", "R2,环,grid,R1", "D,,street,A", "E,戊,grid,D", "F,己,street,A"),
                    OPTIONS);
    ck_assert_int_eq(done.status, GOV_OK);
    ck_assert_int_eq(done.result.added, 2);
    ck_assert_int_eq(done.result.rejected, 6);
    check_issue(done.report, 0, 1, "parent", "GOV_E_REFERENCE");
    check_issue(done.report, 1, 2, "parent", "GOV_E_REFERENCE");
    check_issue(done.report, 2, 3, "parent", "GOV_E_REFERENCE");
    check_issue(done.report, 3, 4, "parent", "GOV_E_REFERENCE");
    check_issue(done.report, 4, 5, "name", "GOV_E_MISSING");
    check_issue(done.report, 5, 6, "parent", "GOV_E_REFERENCE");
    ck_assert_str_eq(sql_at(store, "SELECT code FROM grid ORDER BY 1", NULL), "code\nA\nF\n");
    gov_table_free(done.report);
    gov_store_close(store);
}
END_TEST

START_TEST(a_ring_over_what_is_recorded_is_refused_whole)
{
    gov_store *store = open_new();
    import_all(store, "grid", TABLE("code,name,level,parent", "A,甲,district,", "B,乙,street,A"), NULL);
    imported done = import_with(store, "grid", TABLE("code,name,level,parent", "A,甲,district,B"), OPTIONS);
    ck_assert_int_eq(done.status, GOV_E_CONFLICT);
    ck_assert_str_eq(sql_at(store, "SELECT code, parent FROM grid ORDER BY 1", NULL),
                     "code,parent\nA,\nB,A\n");
    gov_store_close(store);
}
END_TEST

/* Identity numbers: the two examples of GB 11643 and one with its last digit changed. */
START_TEST(each_kind_of_wrong_cell_is_reported_with_its_place)
{
    gov_store *store = open_new();
    add_grids(store);
    imported done = import_with(store, "person",
                                TABLE("id,grid,citizen_id,sex,birth_date,phone",
                                      "p1,310104003001,11010519491231002X,2,1949-12-31,13812345678",
                                      "p2,310104003001,110105194912310021,2,1949-12-31,",
                                      "p3,310104003001,440524188001010014,男,18800101,",
                                      "p4,310199,,7,1949-02-30,", ",310104003001,,,,", "p1,310104003001,,,,"),
                                OPTIONS);
    ck_assert_int_eq(done.status, GOV_OK);
    ck_assert_int_eq(done.result.added, 2);
    ck_assert_int_eq(done.result.rejected, 4);
    ck_assert_int_eq(done.result.issues, 6);
    check_issue(done.report, 0, 1, "citizen_id", "GOV_E_CHECK_DIGIT");
    check_issue(done.report, 1, 3, "grid", "GOV_E_REFERENCE");
    check_issue(done.report, 2, 3, "sex", "GOV_E_UNKNOWN_NAME");
    check_issue(done.report, 3, 3, "birth_date", "GOV_E_RANGE");
    check_issue(done.report, 4, 4, "id", "GOV_E_MISSING");
    check_issue(done.report, 5, 5, "id", "GOV_E_DUPLICATE");
    ck_assert_str_eq(text_at(done.report, 0, "value"), "110105********0021");
    ck_assert_str_eq(sql_at(store, "SELECT id, sex, birth_date FROM person ORDER BY 1", NULL),
                     "id,sex,birth_date\np1,2,1949-12-31\np3,1,1880-01-01\n");
    gov_table_free(done.report);
    gov_store_close(store);
}
END_TEST

START_TEST(columns_that_are_missing_or_unknown_refuse_the_file)
{
    gov_store *store = open_new();
    imported done = import_with(store, "grid", TABLE("code,name", "A,甲"), OPTIONS);
    ck_assert_int_eq(done.status, GOV_E_MISSING);
    ck_assert_str_eq(err.name, "level");
    done = import_with(store, "grid", TABLE("code,name,level,colour", "A,甲,district,red"), OPTIONS);
    ck_assert_int_eq(done.status, GOV_E_UNKNOWN_NAME);
    ck_assert_str_eq(err.name, "colour");
    done = import_with(store, "planet", TABLE("code", "A"), OPTIONS);
    ck_assert_int_eq(done.status, GOV_E_UNKNOWN_NAME);
    ck_assert_str_eq(err.name, "planet");
    ck_assert_int_eq(number_at(store, "SELECT count(*) FROM grid", NULL), 0);
    gov_store_close(store);
}
END_TEST

START_TEST(unknown_columns_can_be_ignored_or_declared_with_their_type)
{
    gov_store *store = open_new();
    gov_import_options o = GOV_IMPORT_OPTIONS_INIT;
    gov_table_builder *b = NULL;
    gov_table *t = NULL;
    double income = 1900.5;
    const char *id = "h1", *grid = "310104003001";
    add_grids(store);
    ck_ok(gov_table_builder_new(&b, &err));
    ck_ok(gov_table_builder_texts(b, "id", &id, 1, &err));
    ck_ok(gov_table_builder_texts(b, "grid", &grid, 1, &err));
    ck_ok(gov_table_builder_array(b, "my_income", GOV_TYPE_FLOAT64, &income, NULL, 1, &err));
    ck_ok(gov_table_builder_finish(b, &t, &err));
    gov_table_builder_free(b);
    o.unknown_columns = GOV_UNKNOWN_DECLARE;
    o.dry_run = 1;
    imported done = import_with(store, "household", gov_table_retain(t), o);
    ck_assert_int_eq(done.result.added, 1);
    gov_table_free(done.report);
    gov_table *fields = NULL;
    ck_ok(gov_store_fields(store, "household", &fields, &err));
    int64_t known = gov_table_rows(fields);
    gov_table_free(fields);
    o.dry_run = 0;
    done = import_with(store, "household", t, o);
    ck_assert_int_eq(done.status, GOV_OK);
    gov_table_free(done.report);
    ck_ok(gov_store_fields(store, "household", &fields, &err));
    ck_assert_int_eq(gov_table_rows(fields), known + 1);
    ck_assert_str_eq(text_at(fields, known, "name"), "my_income");
    ck_assert_str_eq(text_at(fields, known, "type"), "float64");
    gov_table_free(fields);
    ck_assert_str_eq(sql_at(store, "SELECT my_income FROM household", NULL), "my_income\n1900.5\n");
    gov_verify_result v = GOV_VERIFY_RESULT_INIT;
    ck_ok(gov_store_verify(store, NULL, &v, &err));
    o.unknown_columns = GOV_UNKNOWN_IGNORE;
    done = import_with(store, "household", TABLE("id,grid,colour", "h1,310104003001,red"), o);
    ck_assert_int_eq(done.result.unchanged, 1);
    gov_table_free(done.report);
    gov_store_close(store);
}
END_TEST

START_TEST(a_dry_run_is_its_commit_without_the_commit)
{
    gov_store *store = open_new();
    gov_import_options o = GOV_IMPORT_OPTIONS_INIT;
    add_grids(store);
    o.dry_run = 1;
    gov_table *t = TABLE("id,grid,members", "h1,310104003001,3", "h2,nowhere,1", "h3,310104003001,-2");
    imported dry = import_with(store, "household", gov_table_retain(t), o);
    ck_assert_int_eq(number_at(store, "SELECT count(*) FROM household", NULL), 0);
    o.dry_run = 0;
    imported wet = import_with(store, "household", t, o);
    ck_assert_int_eq(number_at(store, "SELECT count(*) FROM household", NULL), 1);
    ck_assert_str_eq(dry.result.digest, wet.result.digest);
    ck_assert_int_eq(dry.result.added, wet.result.added);
    ck_assert_int_eq(dry.result.rejected, 2);
    ck_assert_int_eq(gov_table_rows(dry.report), gov_table_rows(wet.report));
    gov_table_free(dry.report);
    gov_table_free(wet.report);
    gov_store_close(store);
}
END_TEST

START_TEST(strict_keeps_all_out_for_one_wrong_row)
{
    gov_store *store = open_new();
    gov_import_options o = GOV_IMPORT_OPTIONS_INIT;
    add_grids(store);
    o.strict = 1;
    imported done = import_with(store, "household", TABLE("id,grid", "h1,310104003001", "h2,nowhere"), o);
    ck_assert_int_eq(done.status, GOV_OK);
    ck_assert_int_eq(done.result.rejected, 1);
    ck_assert_int_eq(number_at(store, "SELECT count(*) FROM household", NULL), 0);
    gov_table_free(done.report);
    gov_store_close(store);
}
END_TEST

START_TEST(a_cancelled_import_leaves_the_store_as_it_was)
{
    gov_store *store = open_new();
    gov_import_options o = GOV_IMPORT_OPTIONS_INIT;
    gov_run *run = NULL;
    ck_ok(gov_run_new(&run, &err));
    gov_run_cancel(run);
    o.run = run;
    imported done = import_with(store, "grid", TABLE("code,name,level", "A,甲,district"), o);
    ck_assert_int_eq(done.status, GOV_E_CANCELLED);
    ck_assert_int_eq(number_at(store, "SELECT count(*) FROM grid", NULL), 0);
    gov_run_free(run);
    gov_store_close(store);
}
END_TEST

START_TEST(each_allocation_of_an_import_may_fail)
{
    gov_store *store = open_new();
    gov_import_options o = GOV_IMPORT_OPTIONS_INIT;
    gov_import_result r = GOV_IMPORT_RESULT_INIT;
    gov_table *report = NULL;
    add_grids(store);
    gov_table *t = TABLE("id,grid,members,head_name", "h1,310104003001,3,张三", "h2,nowhere,1,李四");
    gov_table *g = TABLE("code,name,level,parent", "310104,徐汇,district,", "N,新,grid,310104");
    o.dry_run = 1;
    ck_every_allocation(gov_store_import_table(store, "household", t, &o, &r, &report, &err),
                        ck_assert_ptr_null(report), gov_table_free(report);
                        report = NULL);
    ck_every_allocation(gov_store_import_table(store, "grid", g, &o, &r, &report, &err),
                        ck_assert_ptr_null(report), gov_table_free(report);
                        report = NULL);
    gov_table_free(t);
    gov_table_free(g);
    gov_store_close(store);
}
END_TEST

GOV_TESTS("store/import", grids_come_back_as_a_tree, the_same_rows_again_change_nothing,
          parents_may_come_after_their_children, orphans_rings_and_children_of_refused_rows_are_refused,
          a_ring_over_what_is_recorded_is_refused_whole, each_kind_of_wrong_cell_is_reported_with_its_place,
          columns_that_are_missing_or_unknown_refuse_the_file,
          unknown_columns_can_be_ignored_or_declared_with_their_type,
          a_dry_run_is_its_commit_without_the_commit, strict_keeps_all_out_for_one_wrong_row,
          a_cancelled_import_leaves_the_store_as_it_was, each_allocation_of_an_import_may_fail)
