/* fixture.h - a store in a temporary file, filled from CSV text, and cells of tables by name. */
#ifndef GOV_TESTS_PIPELINE_FIXTURE_H
#define GOV_TESTS_PIPELINE_FIXTURE_H

#include "gov_check.h"
#include "govcore/pipeline.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static gov_error err = GOV_ERROR_INIT;

typedef struct fixture {
    char path[64];
    gov_store *store;
} fixture;

static fixture fixture_new(void)
{
    fixture f = {"/tmp/govcore-pipeline-XXXXXX", NULL};
    gov_store_options options = GOV_STORE_OPTIONS_INIT;
    int handle = mkstemp(f.path);
    ck_assert_int_ge(handle, 0);
    close(handle);
    options.create = 1;
    options.fields = GOV_FIELDS_SENSITIVE;
    options.actor = "test";
    ck_ok(gov_store_open(f.path, &options, &f.store, &err));
    return f;
}

/* Opens the same file again as an actor who reads no personal fields. */
static inline gov_store *fixture_open_internal(const fixture *f)
{
    gov_store *store = NULL;
    gov_store_options options = GOV_STORE_OPTIONS_INIT;
    ck_ok(gov_store_open(f->path, &options, &store, &err));
    return store;
}

static void fixture_free(fixture *f)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    gov_store_close(f->store);
    for (int i = 0; i < 3; i++) {
        char path[80];
        snprintf(path, sizeof(path), "%s%s", f->path, ends[i]);
        remove(path);
    }
}

/* Imports CSV text; no row may be rejected. */
static void fixture_import(fixture *f, const char *kind, const char *csv)
{
    gov_table *table = NULL;
    gov_import_options options = GOV_IMPORT_OPTIONS_INIT;
    gov_import_result result = GOV_IMPORT_RESULT_INIT;
    gov_csv_options reading = GOV_CSV_OPTIONS_INIT;
    options.unknown_columns = GOV_UNKNOWN_DECLARE;
    ck_ok(gov_table_parse_csv(csv, (int64_t)strlen(csv), kind, &reading, &table, &err));
    ck_ok(gov_store_import_table(f->store, kind, table, &options, &result, NULL, &err));
    ck_assert_int_eq(result.rejected, 0);
    gov_table_free(table);
}

/* A features file of a few lines: reading it again for every failing allocation costs little. */
static inline gov_need_features *fixture_features(void)
{
    gov_need_features *features = NULL;
    ck_ok(gov_need_features_parse(
        "govcore_features: 1\nid: few\nversion: 1\n"
        "inputs:\n"
        "  income: {type: float, from: {observation: disposable_income, take: mean, months: 12}}\n"
        "  got: {type: bool, from: {observation: receives_dibao}}\n"
        "  carer: {type: bool, from: {relation: cared_by}}\n"
        "  area: {type: float, from: {relation: lives_in, field: place.area}}\n"
        "members:\n"
        "  key: household\n"
        "  inputs:\n"
        "    birth: {type: date, from: person.birth_date}\n"
        "    kin: {type: enum, codes: {10: spouse}, from: membership.relation}\n"
        "features:\n"
        "  members: count(true)\n"
        "  minors: count(age_years(birth, as_of) < 18)\n"
        "  income_per_head: if carer or area > 0 then income else income / members\n"
        "  serious_illness: count(kin == spouse)\n"
        "  receives_dibao: got\n",
        -1, "few.yaml", &features, &err));
    return features;
}

static inline int64_t fixture_count(fixture *f, const char *kind)
{
    gov_table *rows = NULL;
    ck_ok(gov_store_query(f->store, kind, NULL, &rows, &err));
    int64_t count = gov_table_rows(rows);
    gov_table_free(rows);
    return count;
}

static inline double number(const gov_table *table, int64_t row, const char *column)
{
    int64_t c;
    double value = -1;
    ck_ok(gov_table_find(table, column, &c, &err));
    ck_ok(gov_table_copy_doubles(table, c, row, 1, &value, NULL, &err));
    return value;
}

#endif
