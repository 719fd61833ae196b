/* Several sources of one record: what each says is kept, and the answer follows the stated order. */
#include "fixture.h"

static imported say(gov_store *store, const char *source, const char *as_of, gov_table *table)
{
    gov_import_options o = GOV_IMPORT_OPTIONS_INIT;
    o.source = source;
    o.as_of = as_of;
    imported done = import_with(store, "person", table, o);
    ck_assert_msg(done.status == GOV_OK, "%s: %s", err.name, err.message);
    return done;
}

static gov_import_result said(gov_store *store, const char *source, const char *as_of, gov_table *table)
{
    imported done = say(store, source, as_of, table);
    ck_assert_msg(done.result.rejected == 0, "%s", csv_of(done.report));
    gov_table_free(done.report);
    return done.result;
}

static void rank(gov_store *store, const char *row)
{
    import_all(store, "authority", TABLE("source,kind,field,rank", row), NULL);
}

static gov_store *new_store(void)
{
    gov_store *store = open_new();
    add_grids(store);
    return store;
}

static void verify(gov_store *store)
{
    gov_verify_result r = GOV_VERIFY_RESULT_INIT;
    gov_status status = gov_store_verify(store, NULL, &r, &err);
    ck_assert_msg(status == GOV_OK, "%s: %s", err.name, err.message);
}

#define PEOPLE "SELECT id, name, phone, native_place FROM person ORDER BY id"
#define HEAD "id,name,phone,native_place\n"

START_TEST(without_an_order_the_later_act_is_the_answer_and_both_are_kept)
{
    gov_store *store = new_store();
    said(store, "police", NULL, TABLE("id,grid,name,phone", "p1,310104003001,张三,13812345678"));
    ck_assert_int_eq(number_at(store, "SELECT count(*) FROM claim", NULL), 0);
    imported done =
        say(store, "civil", NULL, TABLE("id,grid,name,native_place", "p1,310104003001,张叁,310104"));
    ck_assert_str_eq(sql_at(store, PEOPLE, NULL), HEAD "p1,张叁,13812345678,310104\n");
    ck_assert_str_eq(sql_at(store, "SELECT source, said FROM claim ORDER BY source", NULL),
                     "source,said\n"
                     "civil,{\"grid\":\"310104003001\",\"name\":\"张叁\",\"native_place\":\"310104\"}\n"
                     "police,{\"grid\":\"310104003001\",\"name\":\"张三\",\"phone\":\"13812345678\"}\n");
    ck_assert_int_eq(done.result.changed, 1);
    ck_assert_int_eq(done.result.conflicts, 1);
    ck_assert_int_eq(done.result.rejected, 0);
    ck_assert_int_eq(done.result.issues, 1);
    ck_assert_str_eq(text_at(done.report, 0, "column"), "name");
    ck_assert_str_eq(text_at(done.report, 0, "code"), "GOV_E_CONFLICT");
    ck_assert_str_eq(text_at(done.report, 0, "source"), "police");
    ck_assert_str_eq(text_at(done.report, 0, "value"), "张*");
    ck_assert_ptr_nonnull(strstr(text_at(done.report, 0, "reason_zh"), "，按来源次序和时间采用本行"));
    gov_table_free(done.report);
    verify(store);
    gov_store_close(store);
}
END_TEST

START_TEST(the_source_of_the_higher_rank_is_the_answer_whoever_comes_later)
{
    gov_store *store = new_store();
    rank(store, "police,*,*,1");
    rank(store, "civil,*,*,2");
    rank(store, "civil,person,phone,1");
    rank(store, "police,person,phone,3");
    said(store, "police", NULL, TABLE("id,grid,name,phone", "p1,310104003001,张三,13812345678"));
    imported done = say(store, "civil", NULL,
                        TABLE("id,grid,name,phone,native_place", "p1,310104003001,张叁,13900000000,310104"));
    ck_assert_str_eq(sql_at(store, PEOPLE, NULL), HEAD "p1,张三,13900000000,310104\n");
    ck_assert_int_eq(done.result.conflicts, 2);
    ck_assert_ptr_nonnull(strstr(text_at(done.report, 0, "reason_zh"), "未采用本行"));
    ck_assert_str_eq(text_at(done.report, 0, "column"), "name");
    ck_assert_ptr_nonnull(strstr(text_at(done.report, 1, "reason_en"), "goes before it"));
    ck_assert_str_eq(text_at(done.report, 1, "column"), "phone");
    gov_table_free(done.report);
    said(store, "police", NULL, TABLE("id,grid,name,phone", "p1,310104003001,张三丰,"));
    ck_assert_str_eq(sql_at(store, PEOPLE, NULL), HEAD "p1,张三丰,13900000000,310104\n");
    said(store, "civil", NULL, TABLE("id,grid,phone", "p1,310104003001,"));
    ck_assert_str_eq(sql_at(store, PEOPLE, NULL), HEAD "p1,张三丰,,310104\n");
    verify(store);
    gov_store_close(store);
}
END_TEST

START_TEST(a_new_order_decides_anew_and_can_be_taken_back)
{
    gov_store *store = new_store();
    said(store, "police", NULL, TABLE("id,grid,name", "p1,310104003001,张三"));
    said(store, "civil", NULL, TABLE("id,grid,name", "p1,310104003001,张叁"));
    rank(store, "police,person,*,1");
    ck_assert_str_eq(sql_at(store, "SELECT name FROM person", NULL), "name\n张三\n");
    rank(store, "civil,person,name,1");
    rank(store, "police,person,*,2");
    ck_assert_str_eq(sql_at(store, "SELECT name FROM person", NULL), "name\n张叁\n");
    int64_t last = 0;
    gov_table *acts = NULL;
    ck_ok(gov_store_acts(store, &acts, &err));
    last = int_at(acts, gov_table_rows(acts) - 2, "act");
    gov_table_free(acts);
    ck_fails(gov_store_undo(store, 2, NULL, &err), GOV_E_CONFLICT);
    ck_ok(gov_store_undo(store, last + 1, NULL, &err));
    ck_ok(gov_store_undo(store, last, NULL, &err));
    ck_assert_str_eq(sql_at(store, "SELECT name FROM person", NULL), "name\n张三\n");
    verify(store);
    gov_store_close(store);
}
END_TEST

START_TEST(the_same_rows_again_change_nothing)
{
    gov_store *store = new_store();
    gov_verify_result before = GOV_VERIFY_RESULT_INIT, after = GOV_VERIFY_RESULT_INIT;
    for (int round = 0; round < 2; round++) {
        gov_import_result r =
            said(store, "police", "2020-01-01",
                 TABLE("id,grid,name,disability_grade", "p1,310104003001,张三,1", "p2,310104003001,李四,"));
        ck_assert_int_eq(r.unchanged, round == 0 ? 0 : 2);
        r = said(store, "civil", "2021-01-01",
                 TABLE("id,grid,name", "p1,310104003002,张叁", "p2,310104003001,李四"));
        ck_assert_int_eq(r.unchanged, round == 0 ? 1 : 2);
        ck_assert_int_eq(r.conflicts, 2);
        ck_ok(gov_store_verify(store, NULL, round == 0 ? &before : &after, &err));
    }
    ck_assert_str_eq(before.head, after.head);
    gov_store_close(store);
}
END_TEST

START_TEST(a_dry_run_is_the_commit)
{
    gov_store *store = new_store();
    gov_import_options o = GOV_IMPORT_OPTIONS_INIT;
    said(store, "police", NULL, TABLE("id,grid,name", "p1,310104003001,张三"));
    o.source = "civil";
    o.dry_run = 1;
    imported dry = import_with(store, "person", TABLE("id,grid,name", "p1,310104003001,张叁"), o);
    ck_assert_int_eq(number_at(store, "SELECT count(*) FROM claim", NULL), 0);
    o.dry_run = 0;
    imported wet = import_with(store, "person", TABLE("id,grid,name", "p1,310104003001,张叁"), o);
    ck_assert_str_eq(dry.result.digest, wet.result.digest);
    ck_assert_int_eq(dry.result.conflicts, 1);
    gov_table_free(dry.report);
    gov_table_free(wet.report);
    gov_store_close(store);
}
END_TEST

START_TEST(days_are_decided_one_by_one)
{
    gov_store *store = new_store();
    rank(store, "police,*,*,1");
    said(store, "civil", "2020-01-01", TABLE("id,grid,name", "p1,310104003001,甲"));
    said(store, "police", "2022-01-01", TABLE("id,grid,name", "p1,310104003001,乙"));
    said(store, "civil", "2023-01-01", TABLE("id,grid,name,phone", "p1,310104003001,丙,13812345678"));
    static const struct {
        const char *day, *row;
    } days[] = {{"2019-12-31", ""},      {"2020-01-01", "甲,\n"}, {"2021-12-31", "甲,\n"},
                {"2022-01-01", "乙,\n"}, {"2022-12-31", "乙,\n"}, {"2023-01-01", "乙,13812345678\n"}};
    for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
        char expected[64];
        snprintf(expected, sizeof(expected), "name,phone\n%s", days[i].row);
        ck_assert_str_eq(sql_at(store, "SELECT name, phone FROM person", days[i].day), expected);
    }
    verify(store);
    gov_store_close(store);
}
END_TEST

/* Whoever goes before says whether a record still holds. */
START_TEST(an_end_is_decided_like_a_value)
{
    for (int police_first = 0; police_first < 2; police_first++) {
        gov_store *store = new_store();
        rank(store, police_first ? "police,*,*,1" : "civil,*,*,1");
        said(store, "civil", "2020-01-01", TABLE("id,grid,name", "p1,310104003001,甲"));
        said(store, "police", "2020-01-01", TABLE("id,grid,name,valid_to", "p1,310104003001,甲,2022-01-01"));
        ck_assert_int_eq(number_at(store, "SELECT count(*) FROM person", "2021-12-31"), 1);
        ck_assert_int_eq(number_at(store, "SELECT count(*) FROM person", "2022-01-01"), !police_first);
        gov_store_close(store);
    }
}
END_TEST

START_TEST(undo_of_the_second_source_brings_back_the_first_alone)
{
    gov_store *store = new_store();
    said(store, "police", NULL, TABLE("id,grid,name", "p1,310104003001,张三"));
    said(store, "civil", NULL, TABLE("id,grid,name", "p1,310104003001,张叁"));
    ck_fails(gov_store_undo(store, 2, NULL, &err), GOV_E_CONFLICT);
    ck_ok(gov_store_undo(store, 3, NULL, &err));
    ck_assert_int_eq(number_at(store, "SELECT count(*) FROM claim", NULL), 0);
    ck_assert_str_eq(sql_at(store, "SELECT name FROM person", NULL), "name\n张三\n");
    /* It is known whose it was: a correction of its own opens no contest. */
    gov_import_result r = said(store, "police", NULL, TABLE("id,grid,name", "p1,310104003001,张三丰"));
    ck_assert_int_eq(r.changed, 1);
    ck_assert_int_eq(number_at(store, "SELECT count(*) FROM claim", NULL), 0);
    verify(store);
    gov_store_close(store);
}
END_TEST

START_TEST(export_and_erasure_take_what_sources_say_with_them)
{
    gov_store *store = new_store();
    gov_text *json = NULL;
    int64_t erased = 0;
    said(store, "police", NULL, TABLE("id,grid,name", "p1,310104003001,张三", "p2,310104003001,李四"));
    said(store, "civil", NULL, TABLE("id,grid,name", "p1,310104003001,张叁", "p2,310104003001,李肆"));
    ck_ok(gov_store_export(store, "person", "p1", &json, &err));
    ck_assert_ptr_nonnull(strstr(gov_text_data(json), "张三"));
    ck_assert_ptr_nonnull(strstr(gov_text_data(json), "张叁"));
    ck_assert_ptr_null(strstr(gov_text_data(json), "李"));
    gov_text_free(json);
    ck_ok(gov_store_forget(store, "person", "p1", NULL, &erased, &err));
    ck_assert_int_eq(erased, 4);
    ck_assert_int_eq(number_at(store, "SELECT count(*) FROM claim WHERE subject = 'p1'", NULL), 0);
    ck_assert_int_eq(number_at(store, "SELECT count(*) FROM claim", NULL), 2);
    verify(store);
    gov_store_close(store);
}
END_TEST

START_TEST(an_actor_claims_nothing_of_records_outside_the_scope)
{
    const char *path = fresh_path();
    gov_store *all = open_as(path, "li", NULL, GOV_FIELDS_SENSITIVE);
    add_grids(all);
    rank(all, "police,*,*,1");
    said(all, "police", NULL, TABLE("id,grid,name", "p1,310104003001,张三", "p2,310104004001,李四"));
    gov_store *some = open_as(path, "wang", "310104003", GOV_FIELDS_INTERNAL);
    gov_import_options o = GOV_IMPORT_OPTIONS_INIT;
    o.source = "street";
    imported done = import_with(some, "person", TABLE("id,grid,name", "p2,310104003001,李肆"), o);
    ck_assert_int_eq(done.status, GOV_E_SCOPE);
    done = import_with(some, "person", TABLE("id,grid,name", "p1,310104003001,张叁"), o);
    ck_assert_int_eq(done.status, GOV_OK);
    ck_assert_int_eq(done.result.conflicts, 1);
    gov_table_free(done.report);
    done = import_with(some, "authority", TABLE("source,kind,field,rank", "street,*,*,1"), o);
    ck_assert_int_eq(done.status, GOV_E_SCOPE);
    done = import_with(all, "claim", TABLE("subject_kind,subject,source,said", "person,p1,x,{}"), o);
    ck_assert_int_eq(done.status, GOV_E_UNSUPPORTED);
    gov_store_close(some);
    gov_store_close(all);
}
END_TEST

static gov_table *conflicts(gov_store *store, const char *as_of, const char *where)
{
    gov_query_options o = GOV_QUERY_OPTIONS_INIT;
    gov_table *out = NULL;
    o.as_of = as_of;
    o.where = where;
    gov_status status = gov_store_conflicts(store, "person", &o, &out, &err);
    ck_assert_msg(status == GOV_OK, "%s", err.message);
    return out;
}

START_TEST(conflicts_say_who_says_what_and_why_one_was_chosen)
{
    const char *path = fresh_path();
    gov_store *store = open_as(path, "li", NULL, GOV_FIELDS_SENSITIVE);
    add_grids(store);
    ck_ok(gov_store_rank_source(store, "police", "person", "name", 1, "户籍", &err));
    said(store, "police", "2020-01-01",
         TABLE("id,grid,name,phone", "p1,310104003001,张三,13812345678", "p2,310104004001,李四,"));
    said(store, "civil", "2021-01-01",
         TABLE("id,grid,name,phone", "p1,310104003001,张叁,13900000000", "p2,310104004001,李四,"));
    said(store, "street", "2021-01-01", TABLE("id,grid,name,phone", "p1,310104003001,张三,13911111111"));
    gov_table *t = conflicts(store, "2022-01-01", NULL);
    static const char *const rows[][6] = {{"name", "police", "张三", "rank", "来源次序在前", "1"},
                                          {"name", "street", "张三", "agrees", "与采用值相同", "1"},
                                          {"name", "civil", "张叁", "rank", "来源次序在后", "0"},
                                          {"phone", "street", "13911111111", "act", "记录较晚", "1"},
                                          {"phone", "civil", "13900000000", "act", "记录较早", "0"},
                                          {"phone", "police", "13812345678", "day", "起效日较早", "0"}};
    ck_assert_int_eq(gov_table_rows(t), 6);
    for (int i = 0; i < 6; i++) {
        ck_assert_str_eq(text_at(t, i, "key"), "p1");
        ck_assert_str_eq(text_at(t, i, "field"), rows[i][0]);
        ck_assert_str_eq(text_at(t, i, "source"), rows[i][1]);
        ck_assert_str_eq(text_at(t, i, "value"), rows[i][2]);
        ck_assert_str_eq(text_at(t, i, "why"), rows[i][3]);
        ck_assert_str_eq(text_at(t, i, "reason_zh"), rows[i][4]);
        ck_assert_int_eq(int_at(t, i, "chosen"), rows[i][5][0] - '0');
    }
    gov_table_free(t);
    t = conflicts(store, "2020-06-01", NULL);
    ck_assert_int_eq(gov_table_rows(t), 0);
    gov_table_free(t);
    t = conflicts(store, "2022-01-01", "field = 'phone' and not chosen");
    ck_assert_int_eq(gov_table_rows(t), 2);
    gov_table_free(t);
    ck_ok(gov_store_quality(store, "person", NULL, &t, &err));
    int64_t total = 0;
    for (int64_t i = 0; i < gov_table_rows(t); i++)
        if (strcmp(text_at(t, i, "field"), "name") == 0 || strcmp(text_at(t, i, "field"), "grid") == 0)
            total += int_at(t, i, "conflicts");
    ck_assert_int_eq(total, 1);
    gov_table_free(t);
    gov_store *some = open_as(path, "wang", "310104004", GOV_FIELDS_INTERNAL);
    t = conflicts(some, "2022-01-01", NULL);
    ck_assert_int_eq(gov_table_rows(t), 0);
    gov_table_free(t);
    gov_store_close(some);
    some = open_as(path, "wang", "310104003", GOV_FIELDS_INTERNAL);
    t = conflicts(some, "2022-01-01", NULL);
    ck_assert_int_eq(gov_table_rows(t), 6);
    ck_assert_str_eq(text_at(t, 0, "value"), "张*");
    gov_table_free(t);
    ck_fails(gov_store_rank_source(some, "street", NULL, NULL, 1, NULL, &err), GOV_E_SCOPE);
    ck_fails(gov_store_rank_source(store, "street", "person", "nose", 1, NULL, &err), GOV_E_UNKNOWN_NAME);
    ck_fails(gov_store_rank_source(store, "street", NULL, "name", 1, NULL, &err), GOV_E_ARGUMENT);
    gov_store_close(some);
    gov_store_close(store);
}
END_TEST

/* The answer by its definition: of each field the claim of the least rank that says something. */
static const char *defined(const int ranks[3], const char *const says[3][2], int field)
{
    const char *value = "";
    int best = 99;
    for (int s = 0; s < 3; s++)
        if (says[s][field] != NULL && ranks[s] < best) {
            best = ranks[s];
            value = says[s][field];
        }
    return value;
}

START_TEST(with_different_ranks_the_order_of_the_imports_does_not_matter)
{
    static const int orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    static const char *const sources[3] = {"a", "b", "c"};
    static const char *const says[3][2] = {{"x", NULL}, {"y", "u"}, {"z", "v"}};
    for (int o = 0; o < 36; o++) {
        gov_store *store = new_store();
        int ranks[3];
        for (int i = 0; i < 3; i++) {
            char row[64];
            ranks[i] = orders[o % 6][i] + 1;
            snprintf(row, sizeof(row), "%s,person,*,%d", sources[i], ranks[i]);
            rank(store, row);
        }
        for (int i = 0; i < 3; i++) {
            char row[128];
            int s = orders[o / 6][i];
            snprintf(row, sizeof(row), "p1,310104003001,%s,%s", says[s][0],
                     says[s][1] != NULL ? says[s][1] : "");
            said(store, sources[s], NULL, TABLE("id,grid,occupation,workplace", row));
        }
        char expected[64];
        snprintf(expected, sizeof(expected), "occupation,workplace\n%s,%s\n", defined(ranks, says, 0),
                 defined(ranks, says, 1));
        ck_assert_str_eq(sql_at(store, "SELECT occupation, workplace FROM person", NULL), expected);
        gov_store_close(store);
    }
}
END_TEST

START_TEST(each_allocation_of_a_contested_import_may_fail)
{
    gov_store *store = new_store();
    gov_import_options o = GOV_IMPORT_OPTIONS_INIT;
    gov_import_result r = GOV_IMPORT_RESULT_INIT;
    gov_table *report = NULL, *rows = TABLE("id,grid,name", "p1,310104003001,张叁");
    said(store, "police", NULL, TABLE("id,grid,name", "p1,310104003001,张三"));
    o.source = "civil";
    o.dry_run = 1;
    ck_every_allocation(gov_store_import_table(store, "person", rows, &o, &r, &report, &err),
                        ck_assert_ptr_null(report), gov_table_free(report);
                        report = NULL);
    gov_table_free(rows);
    said(store, "civil", NULL, TABLE("id,grid,name", "p1,310104003001,张叁"));
    ck_every_allocation(gov_store_conflicts(store, NULL, NULL, &report, &err), ck_assert_ptr_null(report),
                        gov_table_free(report);
                        report = NULL);
    ck_every_allocation(gov_store_rank_source(store, "police", NULL, NULL, 1, NULL, &err), (void)0, (void)0);
    gov_store_close(store);
}
END_TEST

GOV_TESTS("store/source", without_an_order_the_later_act_is_the_answer_and_both_are_kept,
          the_source_of_the_higher_rank_is_the_answer_whoever_comes_later,
          a_new_order_decides_anew_and_can_be_taken_back, the_same_rows_again_change_nothing,
          a_dry_run_is_the_commit, days_are_decided_one_by_one, an_end_is_decided_like_a_value,
          undo_of_the_second_source_brings_back_the_first_alone,
          export_and_erasure_take_what_sources_say_with_them,
          an_actor_claims_nothing_of_records_outside_the_scope,
          conflicts_say_who_says_what_and_why_one_was_chosen,
          with_different_ranks_the_order_of_the_imports_does_not_matter,
          each_allocation_of_a_contested_import_may_fail)
