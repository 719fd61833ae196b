/* A process that is killed, and a disk that is full: the store opens, verifies and holds all of a batch or nothing.
 * The moments are spread over the whole import; the claim holds for each of them, wherever it falls. */
#include "base/file.h"
#include "fixture.h"
#include "store/layout.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

enum { ROWS = 20000, KILLS = 50 };

static gov_table *many_grids(void)
{
    gov_table_builder *b = NULL;
    gov_table *t = NULL;
    const char *const names[] = {"code", "name", "level", "parent"};
    char text[32];
    ck_ok(gov_table_builder_new(&b, &err));
    for (int c = 0; c < 4; c++)
        ck_ok(gov_table_builder_add(b, names[c], GOV_TYPE_UTF8, NULL, &err));
    for (int i = 0; i < ROWS; i++) {
        snprintf(text, sizeof(text), "X-%d", i);
        ck_ok(gov_table_builder_text(b, 0, text, -1, &err));
        ck_ok(gov_table_builder_text(b, 1, "网格", -1, &err));
        ck_ok(gov_table_builder_text(b, 2, "grid", -1, &err));
        ck_ok(gov_table_builder_text(b, 3, "310104003001", -1, &err));
    }
    ck_ok(gov_table_builder_finish(b, &t, &err));
    gov_table_builder_free(b);
    return t;
}

static const char *made(void)
{
    static char path[128];
    gov_store *store = open_new();
    snprintf(path, sizeof(path), "/tmp/govcore-store-%ld.gov", (long)getpid());
    add_grids(store);
    gov_store_close(store);
    return path;
}

/* In a child: opens, and imports if there is a table; its exit code is the status. */
static pid_t start(const char *path, const gov_table *table, rlim_t largest_file)
{
    pid_t child = fork();
    if (child != 0)
        return child;
    struct rlimit limit = {largest_file, largest_file};
    gov_store *store = NULL;
    signal(SIGXFSZ, SIG_IGN);
    if (largest_file != 0)
        setrlimit(RLIMIT_FSIZE, &limit);
    gov_status status = gov_store_open(path, NULL, &store, NULL);
    if (status == GOV_OK && table != NULL)
        status = gov_store_import_table(store, "grid", table, NULL, NULL, NULL, NULL);
    gov_store_close(store);
    _exit((int)status);
}

static int64_t look(const char *path)
{
    gov_verify_result v = GOV_VERIFY_RESULT_INIT;
    gov_store *store = NULL;
    ck_ok(gov_store_open(path, NULL, &store, &err));
    ck_ok(gov_store_verify(store, NULL, &v, &err));
    int64_t grids = number_at(store, "SELECT count(*) FROM grid", NULL);
    ck_assert_int_eq(v.versions, grids);
    gov_store_close(store);
    return grids;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void kill_after(pid_t child, double pause)
{
    struct timespec wait = {(time_t)pause, (long)((pause - (double)(time_t)pause) * 1e9)};
    nanosleep(&wait, NULL);
    kill(child, SIGKILL);
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
}

START_TEST(an_import_that_is_killed_leaves_all_or_nothing)
{
    gov_table *table = many_grids();
    const char *path = made();
    int status = 0;
    double begun = seconds();
    ck_assert_int_gt(waitpid(start(path, table, 0), &status, 0), 0);
    double whole = seconds() - begun;
    ck_assert_int_eq(WEXITSTATUS(status), GOV_OK);
    ck_assert_int_eq(look(path), ROWS + 6);
    for (int i = 0; i < KILLS; i++) {
        path = made();
        kill_after(start(path, table, 0), whole * (i + 0.5) / KILLS);
        int64_t grids = look(path);
        ck_assert_msg(grids == 6 || grids == ROWS + 6, "%lld grids", (long long)grids);
    }
    gov_table_free(table);
}
END_TEST

START_TEST(a_full_disk_fails_the_import_and_leaves_the_store_as_it_was)
{
    gov_table *table = many_grids();
    const rlim_t sizes[] = {300000, 600000, 1000000, 2000000};
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        const char *path = made();
        int status = 0;
        ck_assert_int_gt(waitpid(start(path, table, sizes[i]), &status, 0), 0);
        ck_assert(WIFEXITED(status));
        ck_assert_int_eq(WEXITSTATUS(status), GOV_E_STORE);
        ck_assert_int_eq(look(path), 6);
    }
    gov_table_free(table);
}
END_TEST

/* --- Migration ---------------------------------------------------------------------------------------------
 * An older store: the library's own list of layouts up to the first that was in use, and in its tables the rows that a
 * store of today has. */

enum { FIRST_LAYOUT = 240 };

extern const gov_embedded gov_store_layouts[];

static int64_t newest_layout(void)
{
    int64_t number = 0;
    for (const gov_embedded *file = gov_store_layouts; file->name != NULL; file++)
        number = strtoll(file->name, NULL, 10);
    return number;
}

static void copy_rows(gov_db *db, const char *filled)
{
    gov_stmt *stmt = NULL;
    char sql[4096];
    int row = 0;
    snprintf(sql, sizeof(sql), "ATTACH '%s' AS filled", filled);
    ck_ok(gov_db_run(db, sql, &err));
    ck_ok(gov_db_prepare(
        db,
        "SELECT 'INSERT INTO main.' || name || ' (' || c || ') SELECT ' || c || ' FROM filled.' || name FROM"
        " (SELECT name, (SELECT group_concat('\"' || name || '\"') FROM pragma_table_info(m.name)) AS c"
        "  FROM main.sqlite_schema m WHERE name IN ('act', 'change') OR (type = 'table' AND name GLOB "
        "'rows_of_*'"
        "  AND NOT name GLOB '*_box_*'))",
        &stmt, &err));
    while (gov_stmt_step(stmt, &row, &err) == GOV_OK && row)
        ck_ok(gov_db_run(db, gov_stmt_get_text(stmt, 0), &err));
    gov_stmt_free(stmt);
    ck_ok(gov_db_run(db, "DETACH filled; PRAGMA journal_mode = WAL", &err));
}

/* Leaves the bytes of the older store in *bytes. */
static void make_older(char **bytes, int64_t *size)
{
    gov_embedded older[64] = {{NULL, NULL, NULL, 0}};
    gov_table *table = many_grids();
    char path[160];
    int status = 0;
    int64_t layout = 0;
    const char *filled = made();
    ck_assert_int_gt(waitpid(start(filled, table, 0), &status, 0), 0);
    gov_table_free(table);
    for (int i = 0; gov_store_layouts[i].name != NULL && i < 63; i++)
        if (strtoll(gov_store_layouts[i].name, NULL, 10) <= FIRST_LAYOUT)
            older[i] = gov_store_layouts[i];
    gov_db *db = NULL;
    snprintf(path, sizeof(path), "%s.older", filled);
    remove(path);
    ck_ok(gov_db_open(path, GOV_DB_CREATE, &db, &err));
    ck_ok(gov_layout_apply(db, older, 1, 1, NULL, NULL, &layout, &err));
    ck_assert_int_eq(layout, FIRST_LAYOUT);
    copy_rows(db, filled);
    gov_db_close(db);
    ck_ok(gov_file_read(path, INT64_C(1) << 30, bytes, size, &err));
    remove(path);
}

static const char *put_older(const char *bytes, int64_t size)
{
    const char *path = fresh_path();
    ck_ok(gov_file_write(path, bytes, size, &err));
    return path;
}

/* All of the newer layout is there, or nothing; and in both cases the store opens, verifies and has its rows. */
static void look_at_migrated(const char *path)
{
    gov_db *db = NULL;
    int64_t layout = 0, rules = 0;
    ck_ok(gov_db_open(path, GOV_DB_WRITE, &db, &err));
    ck_ok(gov_db_integer(db, "PRAGMA user_version", 0, &layout, &err));
    ck_ok(gov_db_integer(db, "SELECT count(*) FROM sqlite_schema WHERE name = 'rule'", 0, &rules, &err));
    gov_db_close(db);
    ck_assert(layout == FIRST_LAYOUT || layout == newest_layout());
    ck_assert_int_eq(rules, layout != FIRST_LAYOUT);
    ck_assert_int_eq(look(path), ROWS + 6);
}

START_TEST(a_migration_that_is_killed_leaves_the_old_store_or_the_new)
{
    char *bytes = NULL;
    int64_t size = 0;
    int status = 0;
    make_older(&bytes, &size);
    const char *path = put_older(bytes, size);
    double begun = seconds();
    ck_assert_int_gt(waitpid(start(path, NULL, 0), &status, 0), 0);
    double whole = seconds() - begun;
    ck_assert_int_eq(WEXITSTATUS(status), GOV_OK);
    for (int i = 0; i < KILLS; i++) {
        path = put_older(bytes, size);
        kill_after(start(path, NULL, 0), whole * (i + 0.5) / KILLS);
        look_at_migrated(path);
    }
    gov_free(bytes);
}
END_TEST

START_TEST(a_full_disk_fails_the_migration_and_leaves_the_old_store)
{
    char *bytes = NULL;
    int64_t size = 0;
    make_older(&bytes, &size);
    const rlim_t sizes[] = {1, 8192, 16384, 24576};
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        const char *path = put_older(bytes, size);
        int status = 0;
        ck_assert_int_gt(waitpid(start(path, NULL, sizes[i]), &status, 0), 0);
        ck_assert(WIFEXITED(status));
        ck_assert_int_eq(WEXITSTATUS(status), GOV_E_STORE);
        look_at_migrated(path);
    }
    gov_free(bytes);
}
END_TEST

START_TEST(a_store_that_is_killed_while_it_is_made_can_be_made_again)
{
    for (int i = 0; i < KILLS; i++) {
        const char *path = fresh_path();
        struct timespec wait = {0, i * 400000L};
        gov_store_options o = GOV_STORE_OPTIONS_INIT;
        o.create = 1;
        pid_t child = fork();
        if (child == 0) {
            gov_store *store = NULL;
            _exit((int)gov_store_open(path, &o, &store, NULL));
        }
        nanosleep(&wait, NULL);
        kill(child, SIGKILL);
        ck_assert_int_eq(waitpid(child, NULL, 0), child);
        gov_store *store = NULL;
        ck_ok(gov_store_open(path, &o, &store, &err));
        add_grids(store);
        gov_store_close(store);
    }
}
END_TEST

GOV_TESTS("store/crash", an_import_that_is_killed_leaves_all_or_nothing,
          a_full_disk_fails_the_import_and_leaves_the_store_as_it_was,
          a_migration_that_is_killed_leaves_the_old_store_or_the_new,
          a_full_disk_fails_the_migration_and_leaves_the_old_store,
          a_store_that_is_killed_while_it_is_made_can_be_made_again)
