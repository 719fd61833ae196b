/* A store whose file was damaged: every call gives an answer or an error that says so, and the file is not made worse by
 * looking at it. tests/fuzz/store.c searches for more of these. */
#include "base/file.h"
#include "fixture.h"
#include "store/sqlite.h"

static char path[128];
static char *sound;
static int64_t sound_size;

static void make_sound(void)
{
    snprintf(path, sizeof(path), "%s", fresh_path());
    gov_store *store = open_new();
    add_grids(store);
    add_households(store);
    import_all(store, "person",
               TABLE("id,grid,citizen_id,name", "p1,310104003001,11010519491231002X,张三",
                     "p2,310104003002,440524188001010014,李四"),
               NULL);
    import_all(store, "household", TABLE("id,grid,members", "h1,310104003002,4"), "2024-01-01");
    gov_store_close(store);
    ck_ok(gov_file_read(path, INT64_C(1) << 30, &sound, &sound_size, &err));
}

/* `table` is where the call put its answer; it is freed. */
static void settle(gov_status status, gov_table **table)
{
    ck_assert(status == GOV_OK || (err.code == status && err.message[0] != '\0'));
    ck_assert(status == GOV_OK || *table == NULL);
    gov_table_free(*table);
    *table = NULL;
}

/* Reads all there is to read; returns whether every call gave an answer. */
static int look(void)
{
    static const char *const kinds[] = {"grid", "person", "household"};
    gov_verify_result v = GOV_VERIFY_RESULT_INIT;
    gov_store *store = NULL;
    gov_table *none = NULL;
    gov_status first = gov_store_open(path, NULL, &store, &err);
    settle(first, &none);
    if (first != GOV_OK)
        return 0;
    first = gov_store_verify(store, NULL, &v, &err);
    settle(first, &none);
    for (int i = 0; i < 3; i++) {
        gov_table *t = NULL;
        settle(gov_store_query(store, kinds[i], NULL, &t, &err), &t);
        settle(gov_store_count(store, kinds[i], NULL, NULL, &t, &err), &t);
        settle(gov_store_history(store, kinds[i], "h1", &t, &err), &t);
    }
    gov_store_close(store);
    return first == GOV_OK;
}

static void damage(int64_t at, int64_t size, char value)
{
    char *bytes = gov_alloc(sound_size, 1);
    ck_assert_ptr_nonnull(bytes);
    memcpy(bytes, sound, (size_t)sound_size);
    memset(bytes + at, value, (size_t)size);
    fresh_path();
    ck_ok(gov_file_write(path, bytes, sound_size, &err));
    gov_free(bytes);
}

START_TEST(a_page_of_zeros_is_an_error_or_is_not_read)
{
    make_sound();
    int errors = 0;
    for (int64_t page = 0; page < sound_size; page += 4096) {
        damage(page, 4096, 0);
        errors += !look();
    }
    ck_assert_int_gt(errors, 10);
    gov_free(sound);
}
END_TEST

START_TEST(one_wrong_byte_is_an_error_or_is_not_read)
{
    make_sound();
    uint64_t state = 11;
    for (int i = 0; i < 250; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        int64_t at = (int64_t)(state >> 20) % sound_size;
        damage(at, 1, (char)(sound[at] ^ (1 << (state >> 12 & 7))));
        look();
    }
    gov_free(sound);
}
END_TEST

/* Descriptors that name nothing. */
START_TEST(a_table_that_counts_wrong_is_refused)
{
    make_sound();
    gov_error why = GOV_ERROR_INIT;
    const char *const wrong[] = {"UPDATE kind SET key = '' WHERE number = 3",
                                 "UPDATE kind SET key = 'x' WHERE number = 3",
                                 "DELETE FROM field WHERE kind = 'person' AND name = 'citizen_id'",
                                 "DELETE FROM field WHERE kind = 'person'"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        gov_store *store = NULL;
        gov_db *db = NULL;
        damage(0, 0, 0);
        ck_ok(gov_db_open(path, GOV_DB_WRITE, &db, &err));
        ck_ok(gov_db_run(db, wrong[i], &err));
        gov_db_close(db);
        ck_assert_int_eq(gov_store_open(path, NULL, &store, &why), GOV_E_CORRUPT);
    }
    gov_free(sound);
}
END_TEST

GOV_TESTS("store/damage", a_page_of_zeros_is_an_error_or_is_not_read,
          one_wrong_byte_is_an_error_or_is_not_read, a_table_that_counts_wrong_is_refused)
