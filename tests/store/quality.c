/* Quality: what is missing, there twice, or contradicts itself, by field and source. */
#include "fixture.h"
#include "store/sqlite.h"

static int64_t row_of(const gov_table *t, const char *field, const char *source)
{
    for (int64_t i = 0; i < gov_table_rows(t); i++)
        if (strcmp(text_at(t, i, "field"), field) == 0 && strcmp(text_at(t, i, "source"), source) == 0)
            return i;
    ck_abort_msg("no row for %s from %s", field, source);
    return -1;
}

static void import_from(gov_store *store, gov_table *t, const char *source)
{
    gov_import_options o = GOV_IMPORT_OPTIONS_INIT;
    o.source = source;
    imported done = import_with(store, "person", t, o);
    ck_assert_int_eq(done.status, GOV_OK);
    ck_assert_int_eq(done.result.rejected, 0);
    gov_table_free(done.report);
}

/* The identity numbers are the examples of GB 11643: born on 31 December 1949 and 1 January 1880. The number that two
 * persons have was given by an actor who does not see the other; the birth date that contradicts came without the number;
 * the code that its set does not have was written behind the store's back. */
START_TEST(counts_by_field_and_source)
{
    gov_store *store = open_new();
    gov_table *t = NULL;
    gov_query_options o = GOV_QUERY_OPTIONS_INIT;
    char path[64];
    snprintf(path, sizeof(path), "/tmp/govcore-store-%ld.gov", (long)getpid());
    add_grids(store);
    import_from(store,
                TABLE("id,grid,citizen_id,birth_date,phone,marriage",
                      "p1,310104003001,11010519491231002X,1949-12-31,13812345678,20",
                      "p3,310104003001,,,,30"),
                "civil");
    import_from(store, TABLE("id,grid,citizen_id,sex", "p4,310104003001,440524188001010014,1"), "health");
    import_from(store, TABLE("id,grid,birth_date", "p4,310104003001,1881-01-01"), "health");
    gov_store *other = open_as(path, "wang", "310104004", GOV_FIELDS_SENSITIVE);
    import_from(other, TABLE("id,grid,citizen_id", "p2,310104004001,11010519491231002X"), "civil");
    gov_store_close(other);
    gov_db *db = NULL;
    ck_ok(gov_db_open(path, GOV_DB_WRITE, &db, &err));
    ck_ok(gov_db_run(db, "UPDATE rows_of_person SET marriage = '77' WHERE key = 'p3'", &err));
    gov_db_close(db);
    ck_ok(gov_store_quality(store, "person", NULL, &t, &err));
    int64_t i = row_of(t, "citizen_id", "civil");
    ck_assert_int_eq(int_at(t, i, "records"), 3);
    ck_assert_int_eq(int_at(t, i, "present"), 2);
    ck_assert_int_eq(int_at(t, i, "duplicates"), 2);
    ck_assert_int_eq(int_at(t, i, "contradictions"), 0);
    ck_assert_int_eq(int_at(t, i, "valid"), 2);
    i = row_of(t, "marriage", "civil");
    ck_assert_int_eq(int_at(t, i, "present"), 2);
    ck_assert_int_eq(int_at(t, i, "valid"), 1);
    i = row_of(t, "citizen_id", "health");
    ck_assert_int_eq(int_at(t, i, "records"), 1);
    ck_assert_int_eq(int_at(t, i, "contradictions"), 1);
    i = row_of(t, "phone", "civil");
    ck_assert_int_eq(int_at(t, i, "present"), 1);
    ck_assert_int_eq(int_at(t, i, "duplicates"), -1);
    ck_assert(int_at(t, i, "oldest") > 0 && int_at(t, i, "oldest") < int_at(t, i, "newest"));
    i = row_of(t, "phone", "health");
    ck_assert(int_at(t, i, "oldest") > 0 && int_at(t, i, "oldest") == int_at(t, i, "newest"));
    gov_table_free(t);
    t = NULL;
    ck_every_allocation(
        gov_store_quality(store, "person", &o, &t, &err), ck_assert_ptr_null(t), gov_table_free(t); t = NULL);
    gov_store_close(store);
    store = open_as(path, "wang", "310104003", GOV_FIELDS_DEFAULT);
    ck_ok(gov_store_quality(store, "person", NULL, &t, &err));
    ck_assert_int_eq(int_at(t, row_of(t, "citizen_id", "civil"), "records"), 2);
    ck_assert_int_eq(int_at(t, row_of(t, "citizen_id", "civil"), "duplicates"), 0);
    gov_table_free(t);
    gov_store_close(store);
}
END_TEST

GOV_TESTS("store/quality", counts_by_field_and_source)
