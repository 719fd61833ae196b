/* Whole columns of codes, and the code sets. The ids are the standard's examples with one fault each. */
#include "code/refusal.h"

#include "base/date.h"

static gov_error err = GOV_ERROR_INIT;

static const char *const ids[] = {"11010519491231002X", "110105194912310021", NULL, "", "440524188001010014",
                                  "11010519491331002X", "110105491231002"};
#define IDS ((int64_t)(sizeof(ids) / sizeof(ids[0])))

static gov_table *column_of(const char *const *texts, int64_t count)
{
    gov_table_builder *builder = NULL;
    gov_table *table = NULL;
    ck_ok(gov_table_builder_new(&builder, &err));
    ck_ok(gov_table_builder_texts(builder, "id", texts, count, &err));
    ck_ok(gov_table_builder_finish(builder, &table, &err));
    gov_table_builder_free(builder);
    return table;
}

/* The cell as a zero-ended text of the test; "(missing)" if it is missing. */
static const char *text_at(const gov_table *table, const char *name, int64_t row)
{
    static char copy[256];
    int64_t column = -1;
    const char *text = NULL;
    int64_t size = 0;
    ck_ok(gov_table_find(table, name, &column, &err));
    ck_ok(gov_table_text(table, row, column, &text, &size, &err));
    if (text == NULL)
        return "(missing)";
    ck_assert_int_lt(size, (int64_t)sizeof(copy));
    memcpy(copy, text, (size_t)size);
    copy[size] = '\0';
    return copy;
}

#define IS_MISSING INT64_MIN

static int64_t number_at(const gov_table *table, const char *name, int64_t row)
{
    int64_t column = -1;
    int64_t value = 0;
    uint8_t valid = 0;
    ck_ok(gov_table_find(table, name, &column, &err));
    ck_ok(gov_table_copy_int64s(table, column, row, 1, &value, &valid, &err));
    return valid ? value : IS_MISSING;
}

START_TEST(every_row_says_whether_it_is_valid_and_why_not)
{
    gov_table *table = column_of(ids, IDS);
    gov_table *report = NULL;
    ck_ok(gov_code_check(table, "id", GOV_CODE_CITIZEN_ID, NULL, &report, &err));
    ck_assert_int_eq(gov_table_rows(report), IDS);
    static const char *const names[] = {"row", "valid", "reason", "position", "message_zh", "message_en"};
    ck_assert_int_eq(gov_table_columns(report), 6);
    for (int64_t c = 0; c < 6; c++)
        ck_assert_str_eq(gov_table_name(report, c), names[c]);
    static const char *const reasons[] = {"(missing)", "check_digit", "(missing)", "empty",
                                          "(missing)", "date",        "old_form"};
    static const int64_t valid[] = {1, 0, IS_MISSING, 0, 1, 0, 0};
    static const int64_t positions[] = {IS_MISSING, 18, IS_MISSING, 1, IS_MISSING, 11, 7};
    for (int64_t i = 0; i < IDS; i++) {
        ck_assert_int_eq(number_at(report, "row", i), i);
        ck_assert_int_eq(number_at(report, "valid", i), valid[i]);
        ck_assert_str_eq(text_at(report, "reason", i), reasons[i]);
        ck_assert_int_eq(number_at(report, "position", i), positions[i]);
    }
    ck_assert_str_eq(text_at(report, "message_zh", 1), "校验码不符，按前面各位应为 X");
    ck_assert_str_eq(text_at(report, "message_en", 1),
                     "the check digit does not fit: the characters before it give X");
    ck_assert_str_eq(text_at(report, "message_zh", 0), "(missing)");
    gov_table_free(report);
    gov_table_free(table);
}
END_TEST

START_TEST(refused_rows_alone_keep_their_numbers)
{
    gov_table *table = column_of(ids, IDS);
    gov_table *report = NULL;
    gov_code_options options = GOV_CODE_OPTIONS_INIT;
    gov_citizen_id_options citizen = GOV_CITIZEN_ID_OPTIONS_INIT;
    citizen.accept_15 = 1;
    options.citizen_id = &citizen;
    options.refused_only = 1;
    ck_ok(gov_code_check(table, "id", GOV_CODE_CITIZEN_ID, &options, &report, &err));
    ck_assert_int_eq(gov_table_rows(report), 3);
    ck_assert_int_eq(number_at(report, "row", 0), 1);
    ck_assert_int_eq(number_at(report, "row", 1), 3);
    ck_assert_int_eq(number_at(report, "row", 2), 5);
    gov_table_free(report);
    gov_table_free(table);
}
END_TEST

/* Each kind accepts the first text and refuses the second for the third's reason. */
START_TEST(every_kind_is_checked_by_its_own_rules)
{
    static const struct {
        gov_code_kind kind;
        const char *good;
        const char *bad;
        const char *reason;
    } cases[] = {
        {GOV_CODE_CREDIT_CODE, "91350100M000100Y43", "91350100M000100Y4Z", "character"},
        {GOV_CODE_DIVISION, "310104003", "310104603", "street_type"},
        {GOV_CODE_GRID_CODE, "310104003001007", "310104003001000", "sequence"},
        {GOV_CODE_COMPONENT_CODE, "3101040100100042", "3101040000100042", "class"},
        {GOV_CODE_EVENT_CLASS, "01002", "01000", "class"},
        {GOV_CODE_SET, "1", "3", "unknown_code"},
    };
    gov_code_options options = GOV_CODE_OPTIONS_INIT;
    options.set = "sex";
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const char *texts[] = {cases[i].good, cases[i].bad};
        gov_table *table = column_of(texts, 2);
        gov_table *report = NULL;
        ck_ok(gov_code_check(table, "id", cases[i].kind, &options, &report, &err));
        ck_assert_int_eq(number_at(report, "valid", 0), 1);
        ck_assert_int_eq(number_at(report, "valid", 1), 0);
        ck_assert_str_eq(text_at(report, "reason", 1), cases[i].reason);
        gov_table_free(report);
        gov_table_free(table);
    }
}
END_TEST

START_TEST(an_empty_text_is_no_code_of_a_set)
{
    static const char *const texts[] = {"", "1"};
    gov_table *table = column_of(texts, 2);
    gov_table *report = NULL;
    gov_code_options options = GOV_CODE_OPTIONS_INIT;
    options.set = "sex";
    ck_ok(gov_code_check(table, "id", GOV_CODE_SET, &options, &report, &err));
    ck_assert_str_eq(text_at(report, "reason", 0), "empty");
    ck_assert_int_eq(number_at(report, "valid", 1), 1);
    gov_table_free(report);
    gov_table_free(table);
}
END_TEST

START_TEST(a_needed_level_refuses_other_divisions)
{
    static const char *const texts[] = {"310104003", "310104", "310104003001"};
    gov_table *table = column_of(texts, 3);
    gov_table *report = NULL;
    gov_code_options options = GOV_CODE_OPTIONS_INIT;
    options.level = GOV_LEVEL_STREET;
    ck_ok(gov_code_check(table, "id", GOV_CODE_DIVISION, &options, &report, &err));
    ck_assert_int_eq(number_at(report, "valid", 0), 1);
    ck_assert_str_eq(text_at(report, "reason", 1), "level");
    ck_assert_int_eq(number_at(report, "position", 1), 7);
    ck_assert_str_eq(text_at(report, "message_zh", 1), "区划层级不符，应为 9 位");
    ck_assert_int_eq(number_at(report, "position", 2), 10);
    gov_table_free(report);
    gov_table_free(table);
}
END_TEST

START_TEST(threads_do_not_change_the_report)
{
    enum { ROWS = 50000 };
    static const char *texts[ROWS];
    for (int i = 0; i < ROWS; i++)
        texts[i] = ids[i % IDS];
    gov_table *table = column_of(texts, ROWS);
    gov_table *reports[2] = {NULL, NULL};
    for (int t = 0; t < 2; t++) {
        gov_code_options options = GOV_CODE_OPTIONS_INIT;
        options.threads = 1 + t * 3;
        ck_ok(gov_code_check(table, "id", GOV_CODE_CITIZEN_ID, &options, &reports[t], &err));
    }
    for (int64_t i = 0; i < ROWS; i++) {
        char reason[32];
        strcpy(reason, text_at(reports[0], "reason", i));
        ck_assert_str_eq(text_at(reports[1], "reason", i), reason);
        ck_assert_int_eq(number_at(reports[1], "valid", i), number_at(reports[0], "valid", i));
        ck_assert_int_eq(number_at(reports[1], "position", i), number_at(reports[0], "position", i));
    }
    gov_table_free(reports[0]);
    gov_table_free(reports[1]);
    gov_table_free(table);
}
END_TEST

START_TEST(wrong_requests_are_refused)
{
    gov_table *table = column_of(ids, IDS);
    gov_table *report = NULL;
    gov_code_options options = GOV_CODE_OPTIONS_INIT;
    gov_run *run = NULL;
    ck_fails(gov_code_check(table, "no", GOV_CODE_CITIZEN_ID, NULL, &report, &err), GOV_E_UNKNOWN_NAME);
    ck_fails(gov_code_check(table, "id", (gov_code_kind)0, NULL, &report, &err), GOV_E_ARGUMENT);
    ck_fails(gov_code_check(NULL, "id", GOV_CODE_CITIZEN_ID, NULL, &report, &err), GOV_E_ARGUMENT);
    ck_fails(gov_code_check(table, "id", GOV_CODE_SET, NULL, &report, &err), GOV_E_ARGUMENT);
    options.set = "no such set";
    ck_fails(gov_code_check(table, "id", GOV_CODE_SET, &options, &report, &err), GOV_E_UNKNOWN_NAME);
    ck_fails(gov_citizen_id_table(NULL, "id", NULL, NULL, &report, &err), GOV_E_ARGUMENT);
    ck_fails(gov_code_items("sex", NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_code_sets(NULL, &err), GOV_E_ARGUMENT);
    options.level = 6;
    ck_fails(gov_code_check(table, "id", GOV_CODE_DIVISION, &options, &report, &err), GOV_E_ARGUMENT);
    options.level = 0;
    ck_ok(gov_run_new(&run, &err));
    gov_run_cancel(run);
    options.run = run;
    ck_fails(gov_code_check(table, "id", GOV_CODE_CITIZEN_ID, &options, &report, &err), GOV_E_CANCELLED);
    ck_assert_ptr_null(report);
    gov_run_free(run);
    gov_table_free(table);
    gov_table_builder *builder = NULL;
    int64_t number = 7;
    ck_ok(gov_table_builder_new(&builder, &err));
    ck_ok(gov_table_builder_array(builder, "id", GOV_TYPE_INT64, &number, NULL, 1, &err));
    ck_ok(gov_table_builder_finish(builder, &table, &err));
    gov_table_builder_free(builder);
    ck_fails(gov_code_check(table, "id", GOV_CODE_CITIZEN_ID, NULL, &report, &err), GOV_E_TYPE);
    ck_assert_str_eq(err.name, "id");
    gov_table_free(table);
}
END_TEST

START_TEST(an_empty_column_gives_an_empty_report)
{
    gov_table *table = column_of(ids, 0);
    gov_table *report = NULL;
    ck_ok(gov_code_check(table, "id", GOV_CODE_CITIZEN_ID, NULL, &report, &err));
    ck_assert_int_eq(gov_table_rows(report), 0);
    ck_assert_int_eq(gov_table_columns(report), 6);
    gov_table_free(report);
    report = NULL;
    ck_ok(gov_citizen_id_table(table, "id", NULL, NULL, &report, &err));
    ck_assert_int_eq(gov_table_rows(report), 0);
    gov_table_free(report);
    gov_table_free(table);
}
END_TEST

START_TEST(ids_tell_birth_sex_and_age)
{
    gov_table *table = column_of(ids, IDS);
    gov_table *people = NULL;
    gov_citizen_id_options options = GOV_CITIZEN_ID_OPTIONS_INIT;
    options.accept_15 = 1;
    ck_ok(gov_citizen_id_table(table, "id", &options, "1949-12-31", &people, &err));
    ck_assert_str_eq(text_at(people, "id", 0), "11010519491231002X");
    ck_assert_str_eq(text_at(people, "division", 0), "110105");
    ck_assert_int_eq(number_at(people, "birth", 0), gov_date_of(1949, 12, 31));
    ck_assert_int_eq(number_at(people, "sex", 0), 2);
    ck_assert_int_eq(number_at(people, "age", 0), 0);
    ck_assert_int_eq(number_at(people, "age", 4), 69);
    ck_assert_str_eq(text_at(people, "id", 6), "11010519491231002X");
    ck_assert_str_eq(text_at(people, "id", 1), "(missing)");
    ck_assert_str_eq(text_at(people, "division", 2), "(missing)");
    ck_assert_int_eq(number_at(people, "sex", 5), IS_MISSING);
    gov_table_free(people);
    people = NULL;
    ck_ok(gov_citizen_id_table(table, "id", NULL, "1900-01-01", &people, &err));
    ck_assert_int_eq(number_at(people, "age", 0), IS_MISSING);
    ck_assert_int_eq(number_at(people, "age", 4), 20);
    gov_table_free(people);
    people = NULL;
    ck_fails(gov_citizen_id_table(table, "id", NULL, "1900", &people, &err), GOV_E_FORMAT);
    ck_fails(gov_citizen_id_table(table, "no", NULL, NULL, &people, &err), GOV_E_UNKNOWN_NAME);
    gov_table_free(table);
}
END_TEST

START_TEST(codes_are_looked_up_in_their_set)
{
    const gov_code_item *item = NULL;
    ck_ok(gov_code_lookup("family_relation", "57", &item, &err));
    ck_assert_str_eq(item->zh, "继父或养父");
    ck_assert_str_eq(item->source, "GB/T 4761-2008");
    ck_ok(gov_code_lookup("ethnic", "56", &item, &err));
    ck_assert_str_eq(item->en, "Jino");
    ck_ok(gov_code_lookup("health", "61", &item, &err));
    ck_assert_str_eq(item->zh, "视力残疾");
    ck_assert_str_eq(item->certainty, "C");
    ck_fails(gov_code_lookup("sex", "3", &item, &err), GOV_E_UNKNOWN_NAME);
    ck_assert_str_eq(err.name, "3");
    ck_fails(gov_code_lookup("sexes", "1", &item, &err), GOV_E_UNKNOWN_NAME);
    ck_assert_str_eq(err.name, "sexes");
    ck_fails(gov_code_lookup(NULL, "1", &item, &err), GOV_E_ARGUMENT);
}
END_TEST

/* Finds every listed item again, so the order that bisection needs holds; and counts by set must agree. */
START_TEST(every_listed_code_is_found_and_complete)
{
    gov_table *sets = NULL;
    gov_table *all = NULL;
    ck_ok(gov_code_sets(&sets, &err));
    ck_ok(gov_code_items(NULL, &all, &err));
    int64_t total = 0;
    for (int64_t s = 0; s < gov_table_rows(sets); s++) {
        char name[64];
        gov_table *items = NULL;
        strcpy(name, text_at(sets, "set", s));
        ck_ok(gov_code_items(name, &items, &err));
        ck_assert_int_eq(gov_table_rows(items), number_at(sets, "items", s));
        total += gov_table_rows(items);
        gov_table_free(items);
    }
    ck_assert_int_eq(gov_table_rows(all), total);
    for (int64_t i = 0; i < total; i++) {
        char name[64];
        char code[16];
        const gov_code_item *item = NULL;
        strcpy(name, text_at(all, "set", i));
        strcpy(code, text_at(all, "code", i));
        ck_ok(gov_code_lookup(name, code, &item, &err));
        ck_assert_str_eq(item->code, code);
        ck_assert_str_eq(item->set, name);
        ck_assert(strlen(item->zh) > 0 && strlen(item->en) > 0 && strlen(item->source) > 0);
        ck_assert_ptr_nonnull(strchr("CSRP", item->certainty[0]));
    }
    gov_table_free(all);
    gov_table_free(sets);
    ck_fails(gov_code_items("no such set", &all, &err), GOV_E_UNKNOWN_NAME);
}
END_TEST

START_TEST(failing_allocations_leak_nothing)
{
    gov_table *table = column_of(ids, IDS);
    gov_table *out = NULL;
    ck_every_allocation(gov_code_check(table, "id", GOV_CODE_CITIZEN_ID, NULL, &out, &err),
                        ck_assert_ptr_null(out), (gov_table_free(out), out = NULL));
    ck_every_allocation(gov_citizen_id_table(table, "id", NULL, "2021-07-01", &out, &err),
                        ck_assert_ptr_null(out), (gov_table_free(out), out = NULL));
    ck_every_allocation(gov_code_items("sex", &out, &err), ck_assert_ptr_null(out),
                        (gov_table_free(out), out = NULL));
    ck_every_allocation(gov_code_sets(&out, &err), ck_assert_ptr_null(out),
                        (gov_table_free(out), out = NULL));
    gov_table_free(table);
}
END_TEST

GOV_TESTS("code/columns", every_row_says_whether_it_is_valid_and_why_not,
          refused_rows_alone_keep_their_numbers, every_kind_is_checked_by_its_own_rules,
          an_empty_text_is_no_code_of_a_set, a_needed_level_refuses_other_divisions,
          threads_do_not_change_the_report, wrong_requests_are_refused, an_empty_column_gives_an_empty_report,
          ids_tell_birth_sex_and_age, codes_are_looked_up_in_their_set,
          every_listed_code_is_found_and_complete, failing_allocations_leak_nothing)
