/* Scope: what an actor may not see is not there, however it is asked for. */
#include "fixture.h"

static const char *path;

static void fill(void)
{
    path = fresh_path();
    gov_store *store = open_as(path, "li", NULL, GOV_FIELDS_SENSITIVE);
    add_grids(store);
    add_households(store);
    import_all(store, "person",
               TABLE("id,grid,name,citizen_id,birth_date,religion",
                     "p1,310104003001,张三,11010519491231002X,1949-12-31,x",
                     "p4,310104004001,王五,440524188001010014,1880-01-01,y"),
               NULL);
    import_all(store, "membership", TABLE("household,person,living", "h1,p1,1", "h4,p4,1", "h1,p4,0"), NULL);
    import_all(store, "relation",
               TABLE("subject_kind,subject,predicate,object_kind,object", "person,p1,knows,person,p4",
                     "person,p1,lives_at,household,h1"),
               NULL);
    import_all(store, "observation",
               TABLE("subject_kind,subject,variable,time,source,value",
                     "household,h1,water,2024-01-01,meter,1", "household,h4,water,2024-01-01,meter,2"),
               NULL);
    gov_store_close(store);
}

START_TEST(an_actor_of_a_street_sees_its_subtree_and_nothing_else)
{
    fill();
    gov_store *store = open_as(path, "wang", "310104003", GOV_FIELDS_SENSITIVE);
    ck_assert_str_eq(sql_at(store, "SELECT code FROM grid ORDER BY 1", NULL),
                     "code\n310104003\n310104003001\n310104003002\n");
    ck_assert_str_eq(sql_at(store, "SELECT id FROM household ORDER BY 1", NULL), "id\nh1\nh2\nh3\n");
    ck_assert_str_eq(sql_at(store, "SELECT household, person FROM membership", NULL),
                     "household,person\nh1,p1\n");
    ck_assert_str_eq(sql_at(store, "SELECT predicate FROM relation", NULL), "predicate\nlives_at\n");
    ck_assert_str_eq(sql_at(store, "SELECT subject FROM observation", NULL), "subject\nh1\n");
    gov_table *t = NULL;
    ck_ok(gov_store_find(store, "citizen_id", "440524188001010014", NULL, &t, &err));
    ck_assert_int_eq(gov_table_rows(t), 0);
    gov_table_free(t);
    ck_ok(gov_store_history(store, "household", "h4", &t, &err));
    ck_assert_int_eq(gov_table_rows(t), 0);
    gov_table_free(t);
    ck_ok(gov_store_count(store, "household", NULL, NULL, &t, &err));
    ck_assert_int_eq(gov_table_rows(t), 3);
    ck_assert_int_eq(int_at(t, 0, "total"), 3);
    gov_table_free(t);
    gov_store_close(store);
}
END_TEST

START_TEST(fields_above_the_class_come_masked_or_missing)
{
    fill();
    gov_store *store = open_as(path, "wang", NULL, GOV_FIELDS_INTERNAL);
    ck_assert_str_eq(
        sql_at(store, "SELECT id, name, citizen_id, birth_date, religion IS NULL AS r FROM person ORDER BY 1",
               NULL),
        "id,name,citizen_id,birth_date,r\np1,张*,110105********002X,1945–1949,1\n"
        "p4,王*,440524********0014,1880–1884,1\n");
    ck_assert_int_eq(number_at(store, "SELECT count(*) FROM person WHERE name = '张三'", NULL), 0);
    gov_table *t = NULL;
    ck_ok(gov_store_query(store, "person", NULL, &t, &err));
    ck_assert_str_eq(text_at(t, 0, "birth_date"), "1945–1949");
    gov_table_free(t);
    ck_ok(gov_store_find(store, "citizen_id", "11010519491231002X", NULL, &t, &err));
    ck_assert_int_eq(gov_table_rows(t), 0);
    gov_table_free(t);
    gov_store_close(store);
}
END_TEST

/* Ways around the views that were tried against the guard. */
START_TEST(sql_reaches_nothing_but_the_views)
{
    static const char *const attempts[] = {
        "SELECT * FROM main.rows_of_person",
        "SELECT * FROM rows_of_person",
        "SELECT * FROM \"ROWS_OF_person\"",
        "WITH person AS (SELECT * FROM main.[rows_of_person]) SELECT * FROM person",
        "SELECT * FROM main.change",
        "WITH person AS (SELECT * FROM main.act) SELECT * FROM person",
        "SELECT (SELECT group_concat(hash) FROM main.change) FROM grid",
        "SELECT sql FROM sqlite_schema",
        "SELECT sql FROM temp.sqlite_schema",
        "SELECT sql FROM sqlite_temp_master",
        "SELECT * FROM pragma_table_info('rows_of_person')",
        "SELECT * FROM pragma_database_list",
        "SELECT load_extension('x')",
        "PRAGMA table_list",
        "INSERT INTO temp.scope VALUES ('310104')",
        "DELETE FROM temp.scope",
        "DROP VIEW temp.person",
        "CREATE TEMP TABLE x (a)",
        "ATTACH ':memory:' AS other",
        "UPDATE main.act SET actor = 'x'",
        "COMMIT",
    };
    fill();
    gov_store *store = open_as(path, "wang", "310104003", GOV_FIELDS_INTERNAL);
    for (size_t i = 0; i < sizeof(attempts) / sizeof(attempts[0]); i++) {
        gov_table *t = NULL;
        gov_query_options o = GOV_QUERY_OPTIONS_INIT;
        gov_status status = gov_store_sql(store, attempts[i], NULL, &t, &err);
        ck_assert_msg(status == GOV_E_SCOPE || status == GOV_E_FORMAT, "%s: %s", attempts[i],
                      gov_status_name(status));
        ck_assert_ptr_null(t);
        char where[256];
        snprintf(where, sizeof(where), "id IN (%s)", attempts[i]);
        o.where = where;
        ck_assert_int_ne(gov_store_query(store, "person", &o, &t, &err), GOV_OK);
    }
    ck_assert_int_eq(number_at(store, "SELECT count(*) FROM person", NULL), 1);
    gov_store_close(store);
}
END_TEST

START_TEST(an_actor_writes_only_inside_the_scope)
{
    fill();
    gov_store *store = open_as(path, "wang", "310104003", GOV_FIELDS_SENSITIVE);
    gov_import_options o = GOV_IMPORT_OPTIONS_INIT;
    import_all(store, "household", TABLE("id,grid,members", "h1,310104003002,4"), NULL);
    import_all(store, "grid", TABLE("code,name,level,parent", "310104003009,新居委会,community,310104003"),
               NULL);
    ck_assert_int_eq(import_with(store, "household", TABLE("id,grid", "h9,310104004001"), o).status,
                     GOV_E_SCOPE);
    ck_assert_int_eq(import_with(store, "household", TABLE("id,grid", "h4,310104003001"), o).status,
                     GOV_E_SCOPE);
    ck_assert_int_eq(import_with(store, "household", TABLE("id,grid", "h2,310104004001"), o).status,
                     GOV_E_SCOPE);
    ck_assert_int_eq(import_with(store, "grid",
                                 TABLE("code,name,level,parent", "310104004,湖南路街道,street,310104003"), o)
                         .status,
                     GOV_E_SCOPE);
    ck_assert_int_eq(
        import_with(store, "observation",
                    TABLE("subject_kind,subject,variable,time,source", "household,h4,w,2024-01-02,m"), o)
            .status,
        GOV_E_SCOPE);
    gov_store_close(store);
    store = open_as(path, "li", NULL, GOV_FIELDS_SENSITIVE);
    ck_assert_str_eq(sql_at(store, "SELECT id, grid FROM household ORDER BY 1", NULL),
                     "id,grid\nh1,310104003002\nh2,310104003001\nh3,310104003002\nh4,310104004001\n");
    gov_store_close(store);
}
END_TEST

START_TEST(a_scope_that_is_not_there_is_refused)
{
    fill();
    gov_store_options o = GOV_STORE_OPTIONS_INIT;
    gov_store *store = NULL;
    o.scope = "nowhere";
    ck_fails(gov_store_open(path, &o, &store, &err), GOV_E_REFERENCE);
    ck_assert_str_eq(err.name, "nowhere");
}
END_TEST

/* Every answer inside the scope, before and after everything outside it has changed. */
static void answers(char *out, size_t size)
{
    static const char *const kinds[] = {"grid",       "person",   "household",
                                        "membership", "relation", "observation"};
    gov_store *store = open_as(path, "wang", "310104003", GOV_FIELDS_PERSONAL);
    gov_table *t = NULL;
    size_t n = 0;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        ck_ok(gov_store_query(store, kinds[i], NULL, &t, &err));
        n += (size_t)snprintf(out + n, size - n, "%s", csv_of(t));
        gov_table_free(t);
    }
    ck_ok(gov_store_count(store, "person", NULL, NULL, &t, &err));
    n += (size_t)snprintf(out + n, size - n, "%s", csv_of(t));
    gov_table_free(t);
    ck_assert_uint_lt(n, size);
    gov_store_close(store);
}

START_TEST(what_changes_outside_the_scope_changes_no_answer_inside)
{
    static char before[32768], after[32768];
    fill();
    answers(before, sizeof(before));
    gov_store *store = open_as(path, "li", NULL, GOV_FIELDS_SENSITIVE);
    import_all(store, "grid",
               TABLE("code,name,level,parent", "310104004,改名,street,310104",
                     "310104004002,新,community,310104004"),
               NULL);
    import_all(store, "household", TABLE("id,grid,members", "h4,310104004002,6", "h8,310104004001,1"), NULL);
    import_all(store, "person", TABLE("id,grid,name", "p4,310104004002,别人", "p8,310104004001,新人"), NULL);
    import_all(store, "membership", TABLE("household,person", "h8,p8", "h1,p8"), NULL);
    import_all(store, "relation",
               TABLE("subject_kind,subject,predicate,object_kind,object", "person,p8,knows,person,p1"), NULL);
    import_all(
        store, "observation",
        TABLE("subject_kind,subject,variable,time,source,value", "household,h8,water,2024-01-01,meter,1"),
        NULL);
    gov_store_close(store);
    answers(after, sizeof(after));
    ck_assert_str_eq(before, after);
}
END_TEST

GOV_TESTS("store/scope", an_actor_of_a_street_sees_its_subtree_and_nothing_else,
          fields_above_the_class_come_masked_or_missing, sql_reaches_nothing_but_the_views,
          an_actor_writes_only_inside_the_scope, a_scope_that_is_not_there_is_refused,
          what_changes_outside_the_scope_changes_no_answer_inside)
