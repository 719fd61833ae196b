/* The log's chain: whoever edits the file behind the store's back is named. */
#include "fixture.h"
#include "store/sqlite.h"

static char path[128];

static void fill(void)
{
    gov_store *store = open_new();
    snprintf(path, sizeof(path), "/tmp/govcore-store-%ld.gov", (long)getpid());
    add_grids(store);
    add_households(store);
    import_all(store, "household", TABLE("id,grid,members", "h2,310104003001,2"), "2022-01-01");
    gov_store_close(store);
}

static gov_status verify(gov_verify_result *result)
{
    gov_store *store = NULL;
    ck_ok(gov_store_open(path, NULL, &store, &err));
    gov_status status = gov_store_verify(store, NULL, result, &err);
    gov_store_close(store);
    return status;
}

static void edit(const char *sql)
{
    gov_db *db = NULL;
    ck_ok(gov_db_open(path, GOV_DB_WRITE, &db, &err));
    ck_ok(gov_db_run(db, sql, &err));
    gov_db_close(db);
}

START_TEST(an_untouched_store_holds)
{
    gov_verify_result r = GOV_VERIFY_RESULT_INIT, again = GOV_VERIFY_RESULT_INIT;
    fill();
    ck_assert_int_eq(verify(&r), GOV_OK);
    /* 3 acts; 6 grids and 4 households; one ended, its part before the day and the new one */
    ck_assert_int_eq(r.changes, 3 + 10 + 3);
    ck_assert_int_eq(r.versions, 12);
    ck_assert_int_eq(r.erased, 0);
    ck_assert_uint_eq(strlen(r.head), 64);
    ck_assert_int_eq(verify(&again), GOV_OK);
    ck_assert_str_eq(r.head, again.head);
}
END_TEST

typedef struct tampering {
    const char *sql, *name;
    int64_t row;
} tampering;

START_TEST(the_first_altered_row_is_named)
{
#define NO_TRIGGERS "DROP TRIGGER change_is_append_only_update; DROP TRIGGER change_is_append_only_delete;"
    static const tampering all[] = {
        {"UPDATE rows_of_household SET members = 4 WHERE key = 'h1'", "household h1", 1},
        {"UPDATE rows_of_household SET head_name = NULL WHERE key = 'h4'", "household h4", 4},
        {"UPDATE rows_of_household SET valid_from = '2000-01-01' WHERE key = 'h3'", "household h3", 3},
        {"UPDATE rows_of_household SET ended = NULL WHERE version = 2", "household h2", 2},
        {"UPDATE rows_of_household SET ended = 5 WHERE key = 'h1'", "household h1", 1},
        {"UPDATE rows_of_grid SET name = name || ' ' WHERE key = '310104004'", "grid 310104004", 3},
        {"UPDATE rows_of_household SET salt = NULL WHERE key = 'h1'", "household h1", 1},
        {"DELETE FROM rows_of_household WHERE key = 'h3'", "household", 3},
        {"INSERT INTO rows_of_household (key, valid_from, valid_to, added) VALUES ('h9', '', '', 3)",
         "household", 7},
        {"UPDATE act SET actor = 'wang' WHERE id = 2", "act", 2},
        {"INSERT INTO act VALUES (9, '', 'x', 'x', NULL, NULL)", "act", 4},
        {NO_TRIGGERS "UPDATE change SET digest = zeroblob(32) WHERE seq = 5", "change", 5},
        {NO_TRIGGERS "UPDATE change SET act = 2 WHERE seq = 5", "change", 5},
        {NO_TRIGGERS "UPDATE change SET hash = zeroblob(32) WHERE seq = 5", "change", 5},
        {NO_TRIGGERS "DELETE FROM change WHERE seq = 5", "change", 5},
    };
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        gov_verify_result r = GOV_VERIFY_RESULT_INIT;
        fill();
        edit(all[i].sql);
        ck_assert_msg(verify(&r) == GOV_E_CORRUPT, "%s", all[i].sql);
        ck_assert_msg(strcmp(err.name, all[i].name) == 0, "%s: %s", all[i].sql, err.name);
        ck_assert_msg(err.row == all[i].row, "%s: row %lld", all[i].sql, (long long)err.row);
        ck_assert_int_eq(r.changes, 0);
    }
}
END_TEST

static void add_field(gov_store *store, const char *name, gov_type type)
{
    gov_field field = GOV_FIELD_INIT;
    field.name = name;
    field.type = type;
    field.label_zh = "养狗";
    ck_ok(gov_store_field_add(store, "household", &field, &err));
}

/* The store of `fill` and two fields of its own: numbers follow those of the layout. */
static int64_t fill_fields(void)
{
    gov_store *store = NULL;
    fill();
    ck_ok(gov_store_open(path, NULL, &store, &err));
    add_field(store, "dogs", GOV_TYPE_INT64);
    add_field(store, "cats", GOV_TYPE_INT64);
    add_field(store, "dogs", GOV_TYPE_INT64);
    import_all(store, "household", TABLE("id,grid,dogs", "h1,310104003001,1"), NULL);
    gov_store_close(store);
    gov_db *db = NULL;
    int64_t number = 0;
    ck_ok(gov_db_open(path, GOV_DB_READ, &db, &err));
    ck_ok(gov_db_integer(db, "SELECT number FROM field WHERE name = 'dogs'", 0, &number, &err));
    gov_db_close(db);
    return number;
}

START_TEST(fields_that_are_added_are_in_the_chain)
{
    gov_verify_result r = GOV_VERIFY_RESULT_INIT;
    fill_fields();
    ck_assert_int_eq(verify(&r), GOV_OK);
    /* as above; two acts with a field each, none for the field that was there; an act with an end and a version */
    ck_assert_int_eq(r.changes, 3 + 10 + 3 + 2 * 2 + 3);
}
END_TEST

START_TEST(the_first_altered_field_is_named)
{
#define OWN "WHERE name IN ('dogs', 'cats')"
    static const struct {
        const char *sql, *name;
        int is_dogs;
    } all[] = {
        {"UPDATE field SET class = 1 " OWN, "field household.dogs", 1},
        {"UPDATE field SET label_zh = '养猫' WHERE name = 'cats'", "field household.cats", 0},
        {"UPDATE field SET type = 'utf8' " OWN, "field household.dogs", 1},
        {"UPDATE field SET kind = 'person' WHERE name = 'dogs'", "field person.dogs", 1},
        {"UPDATE field SET name = 'wolves' WHERE name = 'dogs'", "field household.wolves", 1},
        {"UPDATE field SET class = 1 WHERE kind = 'person' AND name = 'citizen_id'",
         "field person.citizen_id", 0},
        {"UPDATE field SET high = 1 WHERE kind = 'household' AND name = 'minors'", "field household.minors",
         0},
        {"INSERT INTO field (kind, name, type, class) VALUES ('person', 'x', 'utf8', 1)", "field person.x",
         0},
        {"DELETE FROM field WHERE name = 'cats'", "field", 0},
        {"DELETE FROM field WHERE name = 'religion'", "field", 0},
        {"UPDATE kind SET scope = NULL WHERE name = 'person'", "kind", 0},
        {"DELETE FROM change WHERE kind < 0", NULL, 0},
        {NO_TRIGGERS "UPDATE change SET digest = zeroblob(32) WHERE kind < 0", "field household.dogs", 1},
        {NO_TRIGGERS "DELETE FROM change WHERE kind < 0", "field household.dogs", 1},
    };
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        gov_verify_result r = GOV_VERIFY_RESULT_INIT;
        int64_t dogs = fill_fields();
        gov_db *db = NULL;
        if (all[i].name == NULL) {
            ck_ok(gov_db_open(path, GOV_DB_WRITE, &db, &err));
            ck_fails(gov_db_run(db, all[i].sql, &err), GOV_E_STORE);
            gov_db_close(db);
            continue;
        }
        edit(all[i].sql);
        ck_assert_msg(verify(&r) == GOV_E_CORRUPT, "%s", all[i].sql);
        ck_assert_msg(strcmp(err.name, all[i].name) == 0, "%s: %s", all[i].sql, err.name);
        ck_assert(!all[i].is_dogs || err.row == dogs);
    }
}
END_TEST

START_TEST(the_log_itself_refuses_change)
{
    gov_db *db = NULL;
    fill();
    ck_ok(gov_db_open(path, GOV_DB_WRITE, &db, &err));
    ck_fails(gov_db_run(db, "UPDATE change SET act = 1", &err), GOV_E_STORE);
    ck_fails(gov_db_run(db, "DELETE FROM change", &err), GOV_E_STORE);
    gov_db_close(db);
}
END_TEST

/* A tail that is cut off leaves a chain that holds: that is what the head is kept elsewhere for. */
START_TEST(a_cut_tail_shows_in_the_head)
{
    gov_verify_result whole = GOV_VERIFY_RESULT_INIT, cut = GOV_VERIFY_RESULT_INIT;
    fill();
    ck_assert_int_eq(verify(&whole), GOV_OK);
    edit(NO_TRIGGERS
         "DELETE FROM change WHERE act = 3; DELETE FROM act WHERE id = 3;"
         "DELETE FROM rows_of_household WHERE added > 13; UPDATE rows_of_household SET ended = NULL");
    ck_assert_int_eq(verify(&cut), GOV_OK);
    ck_assert_str_ne(whole.head, cut.head);
}
END_TEST

START_TEST(each_allocation_of_verify_may_fail)
{
    gov_store *store = NULL;
    gov_verify_result r = GOV_VERIFY_RESULT_INIT;
    fill();
    ck_ok(gov_store_open(path, NULL, &store, &err));
    ck_every_allocation(gov_store_verify(store, NULL, &r, &err), ck_assert_int_eq(r.changes, 0),
                        r.changes = 0);
    gov_store_close(store);
}
END_TEST

GOV_TESTS("store/verify", an_untouched_store_holds, the_first_altered_row_is_named,
          fields_that_are_added_are_in_the_chain, the_first_altered_field_is_named,
          the_log_itself_refuses_change, a_cut_tail_shows_in_the_head, each_allocation_of_verify_may_fail)
