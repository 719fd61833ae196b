/* A store's life: made, opened again, refused when it is not a store, and left alone then. */
#include "base/digest.h"
#include "base/file.h"
#include "fixture.h"
#include "store/layout.h"

static void digest_file(const char *path, char out[GOV_DIGEST_TEXT])
{
    char *data = NULL;
    int64_t size = 0;
    ck_ok(gov_file_read(path, INT64_C(1) << 30, &data, &size, &err));
    gov_digest_of(data, size, out);
    gov_free(data);
}

START_TEST(a_store_is_made_and_opened_again)
{
    gov_store *store = open_new();
    int64_t layout = gov_store_layout(store);
    add_grids(store);
    gov_store_close(store);
    ck_assert_int_ge(layout, 230);
    gov_store_options o = GOV_STORE_OPTIONS_INIT;
    char path[64];
    snprintf(path, sizeof(path), "/tmp/govcore-store-%ld.gov", (long)getpid());
    ck_ok(gov_store_open(path, &o, &store, &err));
    ck_assert_int_eq(gov_store_layout(store), layout);
    ck_assert_int_eq(number_at(store, "SELECT count(*) FROM grid", NULL), 6);
    gov_store_close(store);
}
END_TEST

START_TEST(an_absent_file_is_not_made_unless_asked)
{
    gov_store *store = NULL;
    const char *path = fresh_path();
    ck_fails(gov_store_open(path, NULL, &store, &err), GOV_E_IO);
    ck_assert_str_eq(err.file, path);
    ck_assert_int_ne(access(path, F_OK), 0);
    ck_assert_ptr_null(store);
}
END_TEST

START_TEST(a_truncated_store_is_refused_and_left_as_it_is)
{
    const char *path = fresh_path();
    gov_store *store = open_new();
    char before[GOV_DIGEST_TEXT], after[GOV_DIGEST_TEXT], *data = NULL;
    int64_t size = 0;
    add_grids(store);
    gov_store_close(store);
    ck_ok(gov_file_read(path, INT64_C(1) << 30, &data, &size, &err));
    const int64_t cuts[] = {1, 50, 100, 511, 4096, size / 2, size - 4096, size - 1};
    for (size_t i = 0; i < sizeof(cuts) / sizeof(cuts[0]); i++) {
        ck_ok(gov_file_write(path, data, cuts[i], &err));
        digest_file(path, before);
        store = NULL;
        ck_fails(gov_store_open(path, NULL, &store, &err), GOV_E_CORRUPT);
        ck_assert_str_eq(err.file, path);
        ck_assert_ptr_null(store);
        digest_file(path, after);
        ck_assert_str_eq(before, after);
    }
    gov_free(data);
}
END_TEST

START_TEST(a_file_of_something_else_is_refused)
{
    const char *path = fresh_path();
    const char *text = "code,name\n310104,徐汇区\n";
    gov_store_options o = GOV_STORE_OPTIONS_INIT;
    gov_store *store = NULL;
    gov_db *db = NULL;
    o.create = 1;
    ck_ok(gov_file_write(path, text, (int64_t)strlen(text), &err));
    ck_fails(gov_store_open(path, &o, &store, &err), GOV_E_CORRUPT);
    path = fresh_path();
    ck_ok(gov_db_open(path, GOV_DB_CREATE, &db, &err));
    ck_ok(gov_db_run(db, "CREATE TABLE theirs (a)", &err));
    gov_db_close(db);
    ck_fails(gov_store_open(path, &o, &store, &err), GOV_E_CORRUPT);
}
END_TEST

START_TEST(a_newer_layout_is_refused)
{
    const char *path = fresh_path();
    gov_store *store = open_new();
    gov_db *db = NULL;
    gov_store_close(store);
    ck_ok(gov_db_open(path, GOV_DB_WRITE, &db, &err));
    ck_ok(gov_db_run(db, "PRAGMA user_version = 100000", &err));
    gov_db_close(db);
    ck_fails(gov_store_open(path, NULL, &store, &err), GOV_E_VERSION);
}
END_TEST

/* The library's own list, cut short, makes an older store; the rest of the list is its migration. */
START_TEST(an_older_store_is_migrated_whole_or_not_at_all)
{
    extern const gov_embedded gov_store_layouts[];
    const char *path = fresh_path();
    gov_embedded older[8] = {{NULL, NULL, NULL, 0}};
    gov_embedded broken[9] = {{NULL, NULL, NULL, 0}};
    gov_db *db = NULL;
    gov_store *store = NULL;
    int64_t layout = 0, found = 0;
    memcpy(older, gov_store_layouts, 5 * sizeof(older[0]));
    memcpy(broken, older, sizeof(older));
    broken[5] = (gov_embedded){"900_broken.sql", "900_broken", "CREATE TABLE half (a); SELECT nonsense", 38};
    ck_ok(gov_db_open(path, GOV_DB_CREATE, &db, &err));
    ck_ok(gov_layout_apply(db, older, 1, 1, NULL, NULL, &layout, &err));
    ck_assert_int_eq(layout, 100);
    ck_assert_int_ne(gov_layout_apply(db, broken, 1, 0, NULL, NULL, &found, &err), GOV_OK);
    ck_ok(gov_db_integer(db, "PRAGMA user_version", 0, &found, &err));
    ck_assert_int_eq(found, 100);
    ck_ok(gov_db_integer(db, "SELECT count(*) FROM sqlite_schema WHERE name = 'half'", 0, &found, &err));
    ck_assert_int_eq(found, 0);
    gov_db_close(db);
    gov_store_options o = GOV_STORE_OPTIONS_INIT;
    o.read_only = 1;
    ck_fails(gov_store_open(path, &o, &store, &err), GOV_E_VERSION);
    ck_ok(gov_store_open(path, NULL, &store, &err));
    ck_assert_int_gt(gov_store_layout(store), 100);
    add_grids(store);
    add_households(store);
    gov_store_close(store);
}
END_TEST

/* The layout before the log spoke of fields, with a field and a household of its own. */
START_TEST(fields_of_an_older_store_enter_the_log)
{
    extern const gov_embedded gov_store_layouts[];
    const char *path = fresh_path();
    gov_embedded older[64] = {{NULL, NULL, NULL, 0}};
    gov_verify_result r = GOV_VERIFY_RESULT_INIT;
    gov_db *db = NULL;
    gov_store *store = NULL;
    int64_t layout = 0, added = 0;
    for (int i = 0; strncmp(gov_store_layouts[i].name, "270", 3) != 0; i++)
        older[i] = gov_store_layouts[i];
    ck_ok(gov_db_open(path, GOV_DB_CREATE, &db, &err));
    ck_ok(gov_layout_apply(db, older, 1, 1, NULL, NULL, &layout, &err));
    ck_assert_int_eq(layout, 260);
    ck_ok(gov_db_run(db,
                     "INSERT INTO field (kind, name, type, class) VALUES ('household', 'dogs', 'int64', 3);"
                     "ALTER TABLE rows_of_household DROP COLUMN _act;"
                     "ALTER TABLE rows_of_household ADD COLUMN dogs INTEGER",
                     &err));
    gov_db_close(db);
    ck_ok(gov_store_open(path, NULL, &store, &err));
    ck_ok(gov_store_verify(store, NULL, &r, &err));
    ck_assert_int_eq(r.changes, 2); /* the act and the field */
    add_grids(store);
    import_all(store, "household", TABLE("id,grid,dogs", "h1,310104003001,2"), NULL);
    ck_ok(gov_store_verify(store, NULL, &r, &err));
    gov_store_close(store);
    ck_ok(gov_db_open(path, GOV_DB_WRITE, &db, &err));
    ck_ok(gov_db_integer(db, "SELECT count(*) FROM act WHERE what = 'migrate'", 0, &added, &err));
    ck_assert_int_eq(added, 1);
    ck_ok(gov_db_run(db, "UPDATE field SET class = 1 WHERE name = 'dogs'", &err));
    gov_db_close(db);
    ck_ok(gov_store_open(path, NULL, &store, &err));
    ck_fails(gov_store_verify(store, NULL, &r, &err), GOV_E_CORRUPT);
    ck_assert_str_eq(err.name, "field household.dogs");
    gov_store_close(store);
}
END_TEST

START_TEST(a_read_only_store_writes_nothing)
{
    const char *path = fresh_path();
    gov_store *store = open_new();
    gov_store_close(store);
    gov_store_options o = GOV_STORE_OPTIONS_INIT;
    gov_field field = GOV_FIELD_INIT;
    o.read_only = 1;
    field.name = "x";
    ck_ok(gov_store_open(path, &o, &store, &err));
    imported done = import_with(store, "grid", TABLE("code,name,level", "1,a,b"),
                                (gov_import_options)GOV_IMPORT_OPTIONS_INIT);
    ck_assert_int_eq(done.status, GOV_E_SCOPE);
    ck_fails(gov_store_field_add(store, "grid", &field, &err), GOV_E_SCOPE);
    gov_store_close(store);
}
END_TEST

START_TEST(arguments_that_contradict_are_refused)
{
    gov_store *store = NULL;
    gov_store_options o = GOV_STORE_OPTIONS_INIT;
    ck_fails(gov_store_open(NULL, NULL, &store, &err), GOV_E_ARGUMENT);
    o.create = o.read_only = 1;
    ck_fails(gov_store_open("/tmp/x.gov", &o, &store, &err), GOV_E_ARGUMENT);
    o.read_only = 0;
    o.actor = "";
    ck_fails(gov_store_open("/tmp/x.gov", &o, &store, &err), GOV_E_ARGUMENT);
    o.struct_size = 0;
    ck_fails(gov_store_open("/tmp/x.gov", &o, &store, &err), GOV_E_ARGUMENT);
    gov_store_close(NULL);
    gov_reader_free(NULL);
}
END_TEST

START_TEST(each_allocation_of_open_may_fail)
{
    const char *path = fresh_path();
    gov_store *store = open_new();
    add_grids(store);
    gov_store_close(store);
    store = NULL;
    gov_store_options o = GOV_STORE_OPTIONS_INIT;
    o.scope = "310104003";
    ck_every_allocation(gov_store_open(path, &o, &store, &err), ck_assert_ptr_null(store),
                        gov_store_close(store));
}
END_TEST

GOV_TESTS("store/open", a_store_is_made_and_opened_again, an_absent_file_is_not_made_unless_asked,
          a_truncated_store_is_refused_and_left_as_it_is, a_file_of_something_else_is_refused,
          a_newer_layout_is_refused, an_older_store_is_migrated_whole_or_not_at_all,
          fields_of_an_older_store_enter_the_log, a_read_only_store_writes_nothing,
          arguments_that_contradict_are_refused, each_allocation_of_open_may_fail)
