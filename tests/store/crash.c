/* A process that is killed, and a disk that is full: the store opens, verifies and holds all of a batch or nothing.
 * The moments are spread over the whole import; the claim holds for each of them, wherever it falls. */
#include "fixture.h"

#include <signal.h>
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

/* In a child: imports; its exit code is the status. */
static pid_t start_import(const char *path, const gov_table *table, rlim_t largest_file)
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
    if (status == GOV_OK)
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

START_TEST(an_import_that_is_killed_leaves_all_or_nothing)
{
    gov_table *table = many_grids();
    const char *path = made();
    int status = 0;
    double begun = seconds();
    ck_assert_int_gt(waitpid(start_import(path, table, 0), &status, 0), 0);
    double whole = seconds() - begun;
    ck_assert_int_eq(WEXITSTATUS(status), GOV_OK);
    ck_assert_int_eq(look(path), ROWS + 6);
    for (int i = 0; i < KILLS; i++) {
        path = made();
        double pause = whole * (i + 0.5) / KILLS;
        struct timespec wait = {(time_t)pause, (long)((pause - (double)(time_t)pause) * 1e9)};
        pid_t child = start_import(path, table, 0);
        nanosleep(&wait, NULL);
        kill(child, SIGKILL);
        ck_assert_int_eq(waitpid(child, &status, 0), child);
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
        ck_assert_int_gt(waitpid(start_import(path, table, sizes[i]), &status, 0), 0);
        ck_assert(WIFEXITED(status));
        ck_assert_int_eq(WEXITSTATUS(status), GOV_E_STORE);
        ck_assert_int_eq(look(path), 6);
    }
    gov_table_free(table);
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
          a_store_that_is_killed_while_it_is_made_can_be_made_again)
