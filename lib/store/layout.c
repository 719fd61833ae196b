/* layout.c - making a store and migrating one are the same thing: the SQL files whose number is above the file's
 * user_version are run in order. A released file never changes; a new layout is a new file with a higher number. */
#include "store/layout.h"
#include "store/kinds.h"

#include <stdio.h>
#include <stdlib.h>

static int64_t number_of(const gov_embedded *file)
{
    return strtoll(file->name, NULL, 10);
}

static gov_status run_files(gov_db *db, const gov_embedded *list, int64_t have, int64_t *layout,
                            gov_error *err)
{
    char text[80];
    for (; list->name != NULL; list++) {
        if (number_of(list) <= have)
            continue;
        GOV_TRY(gov_db_run(db, list->text, err));
        *layout = number_of(list);
    }
    snprintf(text, sizeof(text), "PRAGMA application_id = %d; PRAGMA user_version = %lld",
             GOV_STORE_APPLICATION, (long long)*layout);
    return gov_db_run(db, text, err);
}

static gov_status migrate(gov_db *db, const gov_embedded *list, int64_t have, gov_layout_after after,
                          void *context, int64_t *layout, gov_error *err)
{
    gov_kinds kinds = {GOV_ARENA_INIT, NULL, 0};
    GOV_TRY(gov_db_run(db, "BEGIN IMMEDIATE", err));
    gov_status status = run_files(db, list, have, layout, err);
    if (status == GOV_OK)
        status = gov_kinds_load(db, &kinds, err);
    if (status == GOV_OK)
        status = gov_kinds_make_tables(db, &kinds, err);
    if (status == GOV_OK && after != NULL)
        status = after(context, have, err);
    if (status == GOV_OK)
        status = gov_db_run(db, "COMMIT", err);
    gov_kinds_clear(&kinds);
    if (status != GOV_OK)
        gov_db_run(db, "ROLLBACK", NULL);
    return status;
}

static gov_status check_empty(int64_t tables, int create, gov_error *err)
{
    if (tables != 0)
        return gov_fail(err, GOV_E_CORRUPT, "the file is an SQLite database of another application");
    return create ? GOV_OK : gov_fail(err, GOV_E_CORRUPT, "the file is empty: it is not a store");
}

gov_status gov_layout_apply(gov_db *db, const gov_embedded *list, int write, int create,
                            gov_layout_after after, void *context, int64_t *layout, gov_error *err)
{
    int64_t application = 0, have = 0, tables = 0, newest = 0;
    GOV_TRY(gov_db_integer(db, "PRAGMA application_id", 0, &application, err));
    GOV_TRY(gov_db_integer(db, "PRAGMA user_version", 0, &have, err));
    GOV_TRY(gov_db_integer(db, "SELECT count(*) FROM main.sqlite_schema", 0, &tables, err));
    for (const gov_embedded *file = list; file->name != NULL; file++)
        newest = number_of(file);
    if (application != GOV_STORE_APPLICATION)
        GOV_TRY(check_empty(tables, create, err));
    if (have > newest)
        return gov_fail(err, GOV_E_VERSION, "the store's layout is %lld, this library reads up to %lld",
                        (long long)have, (long long)newest);
    *layout = have;
    if (have == newest)
        return GOV_OK;
    if (!write)
        return gov_fail(err, GOV_E_VERSION,
                        "the store's layout is %lld and must be migrated to %lld: open it for writing",
                        (long long)have, (long long)newest);
    return migrate(db, list, have, after, context, layout, err);
}

gov_status gov_layout_model(const gov_embedded *list, int64_t layout, gov_db **out, gov_error *err)
{
    gov_db *db = NULL;
    GOV_TRY(gov_db_open(":memory:", GOV_DB_CREATE, &db, err));
    for (; list->name != NULL && number_of(list) <= layout; list++) {
        gov_status status = gov_db_run(db, list->text, err);
        if (status != GOV_OK) {
            gov_db_close(db);
            return status;
        }
    }
    *out = db;
    return GOV_OK;
}
