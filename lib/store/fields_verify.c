/* fields_verify.c - the descriptors and the log.
 *
 * A field that somebody added is a row of the log with the digest of its descriptor. The fields and kinds that the
 * layout brings are in no log: they must be those of the library's own SQL files, which are run in memory to compare. */
#include "store/change.h"
#include "store/layout.h"

#include <stdio.h>
#include <string.h>

extern const gov_embedded gov_store_layouts[];

typedef struct checking {
    gov_store *store;
    gov_db *model;
    gov_sha256 *sha;
    gov_stmt *logged; /* the digest that the log has of a field */
    gov_stmt *same;   /* the model's field */
    int64_t own;      /* fields of the layout that were met */
} checking;

static gov_status altered(const gov_stmt *field, const char *what, gov_error *err)
{
    char name[160];
    snprintf(name, sizeof(name), "field %s.%s", gov_stmt_get_text(field, 1), gov_stmt_get_text(field, 2));
    return gov_fail_at(err, GOV_E_CORRUPT, GOV_AT_ROW(gov_stmt_get_int(field, 0), name), "%s", what);
}

/* *logged is 0 if the log does not speak of the field. */
static gov_status check_logged(checking *c, const gov_stmt *field, int *logged, gov_error *err)
{
    unsigned char found[GOV_SHA256_BYTES];
    gov_cell digest = {.type = GOV_CELL_NULL};
    GOV_TRY(gov_field_digest(c->sha, field, found, err));
    gov_stmt_int(c->logged, 1, gov_stmt_get_int(field, 0));
    gov_status status = gov_stmt_step(c->logged, logged, err);
    if (status == GOV_OK && *logged)
        gov_stmt_get(c->logged, 0, &digest);
    int same = digest.type == GOV_CELL_BLOB && digest.size == GOV_SHA256_BYTES &&
               memcmp(digest.text, found, GOV_SHA256_BYTES) == 0;
    gov_stmt_reset(c->logged);
    GOV_TRY(status);
    return *logged && !same ? altered(field, "the field's descriptor is not what the log says", err) : GOV_OK;
}

static int same_cell(const gov_stmt *a, const gov_stmt *b, int column)
{
    gov_cell x, y;
    gov_stmt_get(a, column, &x);
    gov_stmt_get(b, column, &y);
    if (x.type != y.type)
        return 0;
    if (x.type == GOV_CELL_TEXT)
        return x.size == y.size && memcmp(x.text, y.text, (size_t)x.size) == 0;
    if (x.type == GOV_CELL_REAL)
        return x.real == y.real;
    return x.type == GOV_CELL_NULL || x.integer == y.integer;
}

/* A store that got the field by a migration may know it by another number. */
static gov_status check_own(checking *c, const gov_stmt *field, gov_error *err)
{
    int row = 0, same = 1;
    gov_stmt_text(c->same, 1, gov_stmt_get_text(field, 1), -1);
    gov_stmt_text(c->same, 2, gov_stmt_get_text(field, 2), -1);
    gov_status status = gov_stmt_step(c->same, &row, err);
    for (int i = 1; status == GOV_OK && row && i < gov_stmt_columns(field); i++)
        same &= same_cell(field, c->same, i);
    gov_stmt_reset(c->same);
    GOV_TRY(status);
    if (!row)
        return altered(field, "the field is not in the log", err);
    c->own++;
    return same ? GOV_OK : altered(field, "the field's descriptor is not that of the layout", err);
}

static gov_status check_fields(checking *c, gov_error *err)
{
    gov_stmt *field = NULL;
    int row = 0, logged = 0;
    GOV_TRY(gov_db_prepare(c->store->db, "SELECT " GOV_FIELD_COLUMNS " FROM main.field ORDER BY number",
                           &field, err));
    gov_status status;
    while ((status = gov_stmt_step(field, &row, err)) == GOV_OK && row) {
        status = check_logged(c, field, &logged, err);
        if (status == GOV_OK && !logged)
            status = check_own(c, field, err);
        if (status != GOV_OK)
            break;
    }
    gov_stmt_free(field);
    return status;
}

/* Fields that are gone, and kinds. */
static gov_status check_rest(checking *c, gov_error *err)
{
    int64_t own = 0, logged = 0, here = 0;
    GOV_TRY(gov_db_integer(c->model, "SELECT count(*) FROM field", 0, &own, err));
    if (own != c->own)
        return gov_fail_at(err, GOV_E_CORRUPT, GOV_AT_NAME("field"), "a field of the layout is gone");
    GOV_TRY(gov_db_integer(c->store->db, "SELECT count(*) FROM main.change WHERE kind < 0", 0, &logged, err));
    GOV_TRY(gov_db_integer(c->store->db, "SELECT count(*) FROM main.field", 0, &here, err));
    if (here != own + logged)
        return gov_fail_at(err, GOV_E_CORRUPT, GOV_AT_NAME("field"),
                           "a field that the log speaks of is gone");
    return GOV_OK;
}

/* The same rows in both. */
static gov_status compare_rows(checking *c, const char *sql, const char *name, gov_error *err)
{
    gov_stmt *here = NULL, *model = NULL;
    int row = 1, other = 1;
    gov_status status = gov_db_prepare(c->store->db, sql, &here, err);
    if (status == GOV_OK)
        status = gov_db_prepare(c->model, sql, &model, err);
    while (status == GOV_OK && row && other) {
        status = gov_stmt_step(here, &row, err);
        if (status == GOV_OK)
            status = gov_stmt_step(model, &other, err);
        int same = status == GOV_OK && row == other;
        for (int i = 0; same && row && i < gov_stmt_columns(model); i++)
            same = same_cell(here, model, i);
        if (status == GOV_OK && !same)
            status =
                gov_fail_at(err, GOV_E_CORRUPT, GOV_AT_NAME(name), "a %s is not that of the layout", name);
    }
    gov_stmt_free(here);
    gov_stmt_free(model);
    return status;
}

static gov_status prepare(checking *c, int64_t layout, gov_error *err)
{
    GOV_TRY(gov_sha256_new(&c->sha, err));
    GOV_TRY(gov_layout_model(gov_store_layouts, layout, &c->model, err));
    GOV_TRY(gov_db_prepare(c->store->db,
                           "SELECT digest FROM main.change WHERE kind < 0 AND version = ?1 AND op = 1",
                           &c->logged, err));
    return gov_db_prepare(c->model, "SELECT " GOV_FIELD_COLUMNS " FROM field WHERE kind = ?1 AND name = ?2",
                          &c->same, err);
}

static void finish(checking *c)
{
    gov_stmt_free(c->logged);
    gov_stmt_free(c->same);
    gov_db_close(c->model);
    gov_sha256_free(c->sha);
}

gov_status gov_fields_verify(gov_store *store, gov_error *err)
{
    checking c = {.store = store};
    gov_status status = prepare(&c, store->layout, err);
    if (status == GOV_OK)
        status = check_fields(&c, err);
    if (status == GOV_OK)
        status = check_rest(&c, err);
    if (status == GOV_OK)
        status = compare_rows(&c, "SELECT * FROM kind ORDER BY number", "kind", err);
    if (status == GOV_OK)
        status = compare_rows(&c, "SELECT kind, name, field, other FROM rule ORDER BY 1, 2, 3", "rule", err);
    finish(&c);
    return status;
}

/* --- Stores from before the log spoke of fields ------------------------------------------------------------- */

static gov_status is_known(checking *c, const gov_stmt *field, int *known, gov_error *err)
{
    gov_stmt_int(c->logged, 1, gov_stmt_get_int(field, 0));
    gov_status status = gov_stmt_step(c->logged, known, err);
    gov_stmt_reset(c->logged);
    if (status != GOV_OK || *known)
        return status;
    gov_stmt_text(c->same, 1, gov_stmt_get_text(field, 1), -1);
    gov_stmt_text(c->same, 2, gov_stmt_get_text(field, 2), -1);
    status = gov_stmt_step(c->same, known, err);
    gov_stmt_reset(c->same);
    return status;
}

static gov_status log_beyond(checking *c, gov_log *log, gov_error *err)
{
    gov_stmt *field = NULL;
    int row = 0, known = 0;
    GOV_TRY(gov_db_prepare(c->store->db, "SELECT number, kind, name FROM main.field ORDER BY number", &field,
                           err));
    gov_status status;
    while ((status = gov_stmt_step(field, &row, err)) == GOV_OK && row) {
        status = is_known(c, field, &known, err);
        if (status == GOV_OK && !known)
            status = gov_log_field(log, gov_stmt_get_int(field, 0), err);
        if (status != GOV_OK)
            break;
    }
    gov_stmt_free(field);
    return status;
}

gov_status gov_fields_log_older(gov_store *store, gov_error *err)
{
    checking c = {.store = store};
    gov_log *log = NULL;
    gov_status status = prepare(&c, INT64_MAX, err);
    if (status == GOV_OK)
        status = gov_log_begin(store, "migrate", NULL, NULL, &log, err);
    if (status == GOV_OK) {
        status = log_beyond(&c, log, err);
        gov_log_end(log, status == GOV_OK, NULL);
    }
    finish(&c);
    return status;
}
