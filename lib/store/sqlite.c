/* sqlite.c - SQLite behind a door of its own, so that its types and codes stay in this file. */
#include "store/sqlite.h"
#include "base/alloc.h"

#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

struct gov_db {
    sqlite3 *handle;
    gov_run *run;
    char *path;
    const char *guard; /* prefix of the tables behind the views; NULL: no guard */
};

struct gov_stmt {
    sqlite3_stmt *handle;
    gov_db *db;
    int bind_failed; /* the first failing bind's code; binds need no check of their own */
};

static gov_status status_of(int code)
{
    switch (code & 0xff) {
    case SQLITE_NOMEM:
        return GOV_E_MEMORY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return GOV_E_CORRUPT;
    case SQLITE_CANTOPEN:
        return GOV_E_IO;
    case SQLITE_INTERRUPT:
        return GOV_E_CANCELLED;
    case SQLITE_AUTH:
        return GOV_E_SCOPE;
    case SQLITE_TOOBIG:
        return GOV_E_LIMIT;
    default:
        return GOV_E_STORE;
    }
}

/* A full disk and an unreadable page are the machine's doing, not SQLite's: the message says so, and the extended
 * code tells which. */
static gov_status fail(const gov_db *db, int code, gov_error *err)
{
    gov_place place = GOV_NOWHERE;
    place.extended = db->handle != NULL ? sqlite3_extended_errcode(db->handle) : code;
    place.file = db->path;
    const char *text = db->handle != NULL ? sqlite3_errmsg(db->handle) : sqlite3_errstr(code);
    return gov_fail_at(err, status_of(code), &place, "%s", text);
}

static int poll_run(void *context)
{
    const gov_db *db = context;
    return db->run != NULL && gov_run_cancelled(db->run);
}

void gov_db_poll(gov_db *db, gov_run *run)
{
    db->run = run;
    sqlite3_progress_handler(db->handle, run != NULL ? 10000 : 0, run != NULL ? poll_run : NULL, db);
}

/* SQLite says "unable to open database file"; the system knows why. */
static gov_status fail_open(const gov_db *db, int code, gov_error *err)
{
    int why = db->handle != NULL && code == SQLITE_CANTOPEN ? sqlite3_system_errno(db->handle) : 0;
    gov_place place = GOV_NOWHERE;
    if (why == 0)
        return fail(db, code, err);
    place.extended = sqlite3_extended_errcode(db->handle);
    place.file = db->path;
    return gov_fail_at(err, status_of(code), &place, "cannot open: %s", strerror(why));
}

gov_status gov_db_open(const char *path, gov_db_mode mode, gov_db **out, gov_error *err)
{
    static const int flags[] = {SQLITE_OPEN_READONLY, SQLITE_OPEN_READWRITE,
                                SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE};
    gov_db *db = gov_alloc_zero(1, sizeof(*db));
    if (db == NULL)
        return gov_fail_memory(err);
    db->path = gov_copy_text(path, -1);
    if (db->path == NULL) {
        gov_free(db);
        return gov_fail_memory(err);
    }
    int code = sqlite3_open_v2(path, &db->handle, flags[mode] | SQLITE_OPEN_NOMUTEX, NULL);
    if (code != SQLITE_OK) {
        gov_status status = fail_open(db, code, err);
        gov_db_close(db);
        return status;
    }
    sqlite3_extended_result_codes(db->handle, 1);
    sqlite3_busy_timeout(db->handle, 10000);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    *out = db;
    return GOV_OK;
}

void gov_db_close(gov_db *db)
{
    if (db == NULL)
        return;
    sqlite3_close_v2(db->handle);
    gov_free(db->path);
    gov_free(db);
}

gov_status gov_db_run(gov_db *db, const char *sql, gov_error *err)
{
    int code = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? GOV_OK : fail(db, code, err);
}

gov_status gov_db_integer(gov_db *db, const char *sql, int64_t missing, int64_t *value, gov_error *err)
{
    gov_stmt *stmt = NULL;
    int row = 0;
    GOV_TRY(gov_db_prepare(db, sql, &stmt, err));
    gov_status status = gov_stmt_step(stmt, &row, err);
    if (status == GOV_OK)
        *value =
            row && sqlite3_column_type(stmt->handle, 0) != SQLITE_NULL ? gov_stmt_get_int(stmt, 0) : missing;
    gov_stmt_free(stmt);
    return status;
}

int gov_db_in_transaction(const gov_db *db)
{
    return sqlite3_get_autocommit(db->handle) == 0;
}

/* SQLite names the view that a read comes from, but a WITH clause can take the same name, so that name proves
 * nothing. The tables behind the views have a prefix instead, and text that holds it is not prepared at all: only the
 * views' own text can name them. Identifiers have no escapes, so looking for the bytes is enough. */
static int authorize(void *context, int action, const char *first, const char *second, const char *schema,
                     const char *inside)
{
    const gov_db *db = context;
    (void)inside;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_FUNCTION:
        return sqlite3_stricmp(second, "load_extension") == 0 ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_READ:
        if (sqlite3_strnicmp(first, "sqlite_", 7) == 0)
            return SQLITE_DENY;
        if (schema != NULL && strcmp(schema, "temp") == 0)
            return SQLITE_OK;
        return strncmp(first, db->guard, strlen(db->guard)) == 0 ? SQLITE_OK : SQLITE_DENY;
    default:
        return SQLITE_DENY;
    }
}

void gov_db_guard(gov_db *db, const char *prefix)
{
    db->guard = prefix;
    sqlite3_set_authorizer(db->handle, prefix != NULL ? authorize : NULL, db);
}

static int holds_prefix(const char *sql, const char *prefix)
{
    int length = (int)strlen(prefix);
    for (; *sql != '\0'; sql++)
        if (sqlite3_strnicmp(sql, prefix, length) == 0)
            return 1;
    return 0;
}

static void call_text(sqlite3_context *context, int count, sqlite3_value **values)
{
    char out[512];
    gov_db_text_function call = NULL;
    void *data = sqlite3_user_data(context);
    memcpy(&call, data, sizeof(call));
    const char *text = (const char *)sqlite3_value_text(values[count - 1]);
    const char *kind = count > 1 ? (const char *)sqlite3_value_text(values[0]) : NULL;
    if (text == NULL)
        return;
    int64_t length = call(kind, text, sqlite3_value_bytes(values[count - 1]), out, (int64_t)sizeof(out));
    if (length >= 0 && length <= (int64_t)sizeof(out))
        sqlite3_result_text(context, out, (int)length, SQLITE_TRANSIENT);
}

/* A function pointer does not fit a void * in ISO C: it is kept in a block of its own. */
gov_status gov_db_function(gov_db *db, const char *name, gov_db_text_function call, gov_error *err)
{
    gov_db_text_function *box = gov_alloc(1, sizeof(*box));
    if (box == NULL)
        return gov_fail_memory(err);
    *box = call;
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    int code = sqlite3_create_function_v2(db->handle, name, 2, flags, box, call_text, NULL, NULL, gov_free);
    return code == SQLITE_OK ? GOV_OK : fail(db, code, err);
}

static void call_numbers(sqlite3_context *context, int count, sqlite3_value **values)
{
    gov_db_number_function call = NULL;
    double in[4] = {0};
    memcpy(&call, sqlite3_user_data(context), sizeof(call));
    for (int i = 0; i < count; i++) {
        if (sqlite3_value_type(values[i]) == SQLITE_NULL)
            return;
        in[i] = sqlite3_value_double(values[i]);
    }
    sqlite3_result_double(context, call(in[0], in[1], in[2], in[3]));
}

gov_status gov_db_function_of_numbers(gov_db *db, const char *name, gov_db_number_function call,
                                      gov_error *err)
{
    gov_db_number_function *box = gov_alloc(1, sizeof(*box));
    if (box == NULL)
        return gov_fail_memory(err);
    *box = call;
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    int code =
        sqlite3_create_function_v2(db->handle, name, 4, flags, box, call_numbers, NULL, NULL, gov_free);
    return code == SQLITE_OK ? GOV_OK : fail(db, code, err);
}

static gov_status prepare(gov_db *db, const char *sql, gov_stmt *stmt, gov_error *err)
{
    const char *rest = NULL;
    if (db->guard != NULL && holds_prefix(sql, db->guard))
        return gov_fail(err, GOV_E_SCOPE, "the SQL names something that is not a kind");
    int code = sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt->handle, &rest);
    if (code == SQLITE_ERROR) {
        gov_place place = GOV_NOWHERE;
        place.extended = code;
        place.column = sqlite3_error_offset(db->handle) + 1;
        return gov_fail_at(err, GOV_E_FORMAT, &place, "%s", sqlite3_errmsg(db->handle));
    }
    if (code != SQLITE_OK)
        return fail(db, code, err);
    if (stmt->handle == NULL || rest[strspn(rest, " \t\r\n;")] != '\0')
        return gov_fail(err, GOV_E_FORMAT, "one SQL statement is needed");
    return GOV_OK;
}

gov_status gov_db_prepare(gov_db *db, const char *sql, gov_stmt **out, gov_error *err)
{
    gov_stmt *stmt = gov_alloc_zero(1, sizeof(*stmt));
    if (stmt == NULL)
        return gov_fail_memory(err);
    stmt->db = db;
    gov_status status = prepare(db, sql, stmt, err);
    if (status != GOV_OK) {
        gov_stmt_free(stmt);
        return status;
    }
    *out = stmt;
    return GOV_OK;
}

void gov_stmt_free(gov_stmt *stmt)
{
    if (stmt == NULL)
        return;
    sqlite3_finalize(stmt->handle);
    gov_free(stmt);
}

static void bound(gov_stmt *stmt, int code)
{
    if (code != SQLITE_OK && stmt->bind_failed == SQLITE_OK)
        stmt->bind_failed = code;
}

void gov_stmt_text(gov_stmt *stmt, int i, const char *text, int64_t size)
{
    size_t length = text == NULL ? 0 : size < 0 ? strlen(text) : (size_t)size;
    bound(stmt, sqlite3_bind_text64(stmt->handle, i, text, length, SQLITE_STATIC, SQLITE_UTF8));
}

void gov_stmt_text_copy(gov_stmt *stmt, int i, const char *text)
{
    bound(stmt, sqlite3_bind_text(stmt->handle, i, text, -1, SQLITE_TRANSIENT));
}

void gov_stmt_int(gov_stmt *stmt, int i, int64_t value)
{
    bound(stmt, sqlite3_bind_int64(stmt->handle, i, value));
}

void gov_stmt_blob(gov_stmt *stmt, int i, const void *bytes, int64_t size)
{
    bound(stmt, sqlite3_bind_blob64(stmt->handle, i, bytes, (sqlite3_uint64)size, SQLITE_STATIC));
}

void gov_stmt_cell(gov_stmt *stmt, int i, const gov_cell *cell)
{
    switch (cell->type) {
    case GOV_CELL_INT:
        gov_stmt_int(stmt, i, cell->integer);
        break;
    case GOV_CELL_REAL:
        bound(stmt, sqlite3_bind_double(stmt->handle, i, cell->real));
        break;
    case GOV_CELL_TEXT:
        gov_stmt_text(stmt, i, cell->text, cell->size);
        break;
    case GOV_CELL_BLOB:
        gov_stmt_blob(stmt, i, cell->text, cell->size);
        break;
    default:
        bound(stmt, sqlite3_bind_null(stmt->handle, i));
    }
}

int gov_stmt_parameters(const gov_stmt *stmt)
{
    return sqlite3_bind_parameter_count(stmt->handle);
}

gov_status gov_stmt_step(gov_stmt *stmt, int *row, gov_error *err)
{
    int code = stmt->bind_failed != SQLITE_OK ? stmt->bind_failed : sqlite3_step(stmt->handle);
    if (code == SQLITE_ROW || code == SQLITE_DONE) {
        *row = code == SQLITE_ROW;
        return GOV_OK;
    }
    gov_status status = fail(stmt->db, code, err);
    gov_stmt_reset(stmt);
    return status;
}

gov_status gov_stmt_do(gov_stmt *stmt, gov_error *err)
{
    int row;
    GOV_TRY(gov_stmt_step(stmt, &row, err));
    gov_stmt_reset(stmt);
    return GOV_OK;
}

void gov_stmt_reset(gov_stmt *stmt)
{
    sqlite3_reset(stmt->handle);
    stmt->bind_failed = SQLITE_OK;
}

int gov_stmt_columns(const gov_stmt *stmt)
{
    return sqlite3_column_count(stmt->handle);
}

const char *gov_stmt_name(const gov_stmt *stmt, int column)
{
    return sqlite3_column_name(stmt->handle, column);
}

void gov_stmt_get(const gov_stmt *stmt, int column, gov_cell *cell)
{
    *cell = (gov_cell){.type = GOV_CELL_NULL};
    switch (sqlite3_column_type(stmt->handle, column)) {
    case SQLITE_INTEGER:
        cell->type = GOV_CELL_INT;
        cell->integer = sqlite3_column_int64(stmt->handle, column);
        break;
    case SQLITE_FLOAT:
        cell->type = GOV_CELL_REAL;
        cell->real = sqlite3_column_double(stmt->handle, column);
        break;
    case SQLITE_TEXT:
        cell->type = GOV_CELL_TEXT;
        cell->text = (const char *)sqlite3_column_text(stmt->handle, column);
        cell->size = sqlite3_column_bytes(stmt->handle, column);
        break;
    case SQLITE_BLOB:
        cell->type = GOV_CELL_BLOB;
        cell->text = sqlite3_column_blob(stmt->handle, column);
        cell->size = sqlite3_column_bytes(stmt->handle, column);
        break;
    default:
        break;
    }
}

gov_cell gov_stmt_as_text(const gov_stmt *stmt, int column)
{
    const char *text = (const char *)sqlite3_column_text(stmt->handle, column);
    return (gov_cell){.type = text != NULL ? GOV_CELL_TEXT : GOV_CELL_NULL,
                      .text = text,
                      .size = sqlite3_column_bytes(stmt->handle, column)};
}

int64_t gov_stmt_get_int(const gov_stmt *stmt, int column)
{
    return sqlite3_column_int64(stmt->handle, column);
}

const char *gov_stmt_get_text(const gov_stmt *stmt, int column)
{
    return (const char *)sqlite3_column_text(stmt->handle, column);
}

gov_status gov_stmt_get_day(const gov_stmt *stmt, int column, char out[11], gov_error *err)
{
    const char *text = gov_stmt_get_text(stmt, column);
    if (text == NULL || strlen(text) != 10)
        return gov_fail(err, GOV_E_CORRUPT, "what stands in the place of a day is none");
    memcpy(out, text, 11);
    return GOV_OK;
}

gov_status gov_stmt_check_room(int64_t count, int64_t room, gov_error *err)
{
    return count < room ? GOV_OK : gov_fail(err, GOV_E_CORRUPT, "a table has more rows than it counts");
}

int64_t gov_db_last_row(const gov_db *db)
{
    return sqlite3_last_insert_rowid(db->handle);
}
