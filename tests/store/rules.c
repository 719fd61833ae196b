/* What fields of one record, and records among each other, must agree on; and the causes of a report. */
#include "fixture.h"
#include "govcore/code.h"

/* The examples of GB 11643: a woman born on 31 December 1949, a man born on 1 January 1880. */
#define WOMAN "11010519491231002X"
#define MAN "440524188001010014"

static imported import_persons(gov_store *store, gov_table *table, const char *as_of)
{
    gov_import_options o = GOV_IMPORT_OPTIONS_INIT;
    o.as_of = as_of;
    imported done = import_with(store, "person", table, o);
    ck_assert_msg(done.status == GOV_OK, "%s", err.message);
    return done;
}

static void one_issue(gov_store *store, gov_table *table, const char *column, const char *code)
{
    imported done = import_persons(store, table, NULL);
    ck_assert_msg(gov_table_rows(done.report) == 1, "%s", csv_of(done.report));
    ck_assert_str_eq(text_at(done.report, 0, "column"), column);
    ck_assert_str_eq(text_at(done.report, 0, "code"), code);
    ck_assert_int_eq(done.result.rejected, 1);
    gov_table_free(done.report);
}

static void no_issue(gov_store *store, gov_table *table, const char *as_of)
{
    imported done = import_persons(store, table, as_of);
    ck_assert_msg(gov_table_rows(done.report) == 0, "%s", csv_of(done.report));
    gov_table_free(done.report);
}

START_TEST(a_person_agrees_with_the_citizen_id)
{
    gov_store *store = open_new();
    add_grids(store);
    one_issue(store, TABLE("id,grid,citizen_id,birth_date", "p1,310104003001," WOMAN ",1949-12-30"),
              "birth_date", "GOV_E_CONFLICT");
    one_issue(store, TABLE("id,grid,citizen_id,sex", "p1,310104003001," WOMAN ",1"), "sex", "GOV_E_CONFLICT");
    one_issue(store, TABLE("id,grid,citizen_id,sex", "p1,310104003001," MAN ",女"), "sex", "GOV_E_CONFLICT");
    no_issue(store,
             TABLE("id,grid,citizen_id,birth_date,sex", "p1,310104003001," WOMAN ",19491231,2",
                   "p2,310104003001," MAN ",,9", "p3,310104003001,,2020-01-01,1"),
             NULL);
    gov_store_close(store);
}
END_TEST

/* An id that is wrong by itself is one fault, not three. */
START_TEST(a_wrong_cell_is_not_compared_with_others)
{
    gov_store *store = open_new();
    add_grids(store);
    one_issue(store,
              TABLE("id,grid,citizen_id,birth_date,sex", "p1,310104003001,110105194912310021,1950-01-01,1"),
              "citizen_id", "GOV_E_CHECK_DIGIT");
    gov_store_close(store);
}
END_TEST

/* An id may have a right check digit and a birth that is to come. */
START_TEST(what_is_to_come_has_not_happened)
{
    gov_store *store = open_new();
    add_grids(store);
    one_issue(store, TABLE("id,grid,birth_date", "p1,310104003001,2999-01-01"), "birth_date", "GOV_E_RANGE");
    char id[19] = "310104299901010010";
    id[17] = gov_citizen_id_check(id, 17);
    char row[64];
    snprintf(row, sizeof(row), "p1,310104003001,%s", id);
    one_issue(store, TABLE("id,grid,citizen_id", row), "citizen_id", "GOV_E_RANGE");
    imported done = import_with(store, "event", TABLE("id,grid,class,time", "e1,310104003001,x,2999-01-01"),
                                (gov_import_options)GOV_IMPORT_OPTIONS_INIT);
    ck_assert_int_eq(done.result.rejected, 1);
    gov_table_free(done.report);
    gov_store_close(store);
}
END_TEST

START_TEST(one_number_is_one_person_on_a_day)
{
    gov_store *store = open_new();
    add_grids(store);
    one_issue(store, TABLE("id,grid,citizen_id", "p1,310104003001," WOMAN, "p2,310104003002," WOMAN),
              "citizen_id", "GOV_E_DUPLICATE");
    no_issue(store, TABLE("id,grid,citizen_id", "p1,310104003002," WOMAN), "2020-01-01");
    /* The number was p3's until the day from which it is p4's. */
    no_issue(store, TABLE("id,grid,citizen_id,valid_to", "p3,310104003001," MAN ",2020-01-01"), NULL);
    no_issue(store, TABLE("id,grid,citizen_id", "p4,310104003001," MAN), "2020-01-01");
    one_issue(store, TABLE("id,grid,citizen_id", "p3,310104003001," MAN, "p5,310104003001," MAN),
              "citizen_id", "GOV_E_DUPLICATE");
    gov_store_close(store);
}
END_TEST

START_TEST(a_report_is_grouped_by_cause)
{
    gov_store *store = open_new();
    gov_table *causes = NULL;
    add_grids(store);
    imported done =
        import_persons(store,
                       TABLE("id,grid,citizen_id,marriage", "p1,310104003001,110105194912310021,77",
                             "p2,nowhere,440524188001010015,", "p3,310104003001,,88", "p4,310104003001,,20"),
                       NULL);
    ck_ok(gov_import_causes(done.report, &causes, &err));
    ck_assert_str_eq(
        csv_of(causes),
        "column,code,reason_zh,reason_en,cells,rejected,first_line,first_row\n"
        "citizen_id,GOV_E_CHECK_DIGIT,校验码不符,the check digit does not fit,2,1,,0\n"
        "marriage,GOV_E_UNKNOWN_NAME,不在代码集中,not in the code set,2,1,,0\n"
        "grid,GOV_E_REFERENCE,引用的对象不存在,it refers to a record that is not there,1,1,,1\n");
    gov_table_free(causes);
    causes = NULL;
    ck_every_allocation(gov_import_causes(done.report, &causes, &err), ck_assert_ptr_null(causes),
                        gov_table_free(causes);
                        causes = NULL);
    ck_fails(gov_import_causes(NULL, &causes, &err), GOV_E_ARGUMENT);
    gov_table *other = TABLE("a", "b");
    ck_fails(gov_import_causes(other, &causes, &err), GOV_E_UNKNOWN_NAME);
    gov_table_free(other);
    gov_table_free(done.report);
    gov_store_close(store);
}
END_TEST

START_TEST(each_allocation_under_rules_may_fail)
{
    gov_store *store = open_new();
    gov_table *table =
        TABLE("id,grid,citizen_id,sex", "p1,310104003001," WOMAN ",2", "p2,310104003001," WOMAN ",2");
    gov_import_options o = GOV_IMPORT_OPTIONS_INIT;
    gov_import_result r = GOV_IMPORT_RESULT_INIT;
    gov_table *report = NULL;
    add_grids(store);
    o.dry_run = 1;
    ck_every_allocation(gov_store_import_table(store, "person", table, &o, &r, &report, &err),
                        ck_assert_ptr_null(report), gov_table_free(report);
                        report = NULL);
    gov_table_free(table);
    gov_store_close(store);
}
END_TEST

GOV_TESTS("store/rules", a_person_agrees_with_the_citizen_id, a_wrong_cell_is_not_compared_with_others,
          what_is_to_come_has_not_happened, one_number_is_one_person_on_a_day, a_report_is_grouped_by_cause,
          each_allocation_under_rules_may_fail)
