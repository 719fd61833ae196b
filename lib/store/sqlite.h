/* sqlite.h - the one door to SQLite: a database, prepared statements, values in and out.
 *
 * Texts and blobs that are bound are not copied: they must live until the statement is stepped to its end, reset
 * or bound again. Texts that are read are borrowed until the next step.
 * Errors: GOV_E_MEMORY where SQLite had no memory, GOV_E_CORRUPT for a damaged or foreign file, GOV_E_IO for a file
 * that cannot be opened, GOV_E_CANCELLED after an interrupt, else GOV_E_STORE; err->extended is SQLite's code. */
#ifndef GOVCORE_STORE_SQLITE_H
#define GOVCORE_STORE_SQLITE_H

#include "base/error.h"

typedef struct gov_db gov_db;
typedef struct gov_stmt gov_stmt;

typedef enum gov_cell_type {
    GOV_CELL_NULL,
    GOV_CELL_INT,
    GOV_CELL_REAL,
    GOV_CELL_TEXT,
    GOV_CELL_BLOB
} gov_cell_type;

/* A value on its way between a table, the engine and SQLite. Text is borrowed. */
typedef struct gov_cell {
    gov_cell_type type;
    int64_t integer;
    double real;
    const char *text;
    int64_t size;
} gov_cell;

typedef enum gov_db_mode { GOV_DB_READ, GOV_DB_WRITE, GOV_DB_CREATE } gov_db_mode;

gov_status gov_db_open(const char *path, gov_db_mode mode, gov_db **out, gov_error *err);
void gov_db_close(gov_db *db); /* NULL is harmless */
/* Runs all statements of `sql`. */
gov_status gov_db_run(gov_db *db, const char *sql, gov_error *err);
/* The first column of the first row as an integer; `missing` if there is no row or it is null. */
gov_status gov_db_integer(gov_db *db, const char *sql, int64_t missing, int64_t *value, gov_error *err);
int gov_db_in_transaction(const gov_db *db);
/* Ends the running statements of another thread's call at their next step (gov_run's cancel). */
void gov_db_poll(gov_db *db, gov_run *run); /* NULL: no polling */

/* SQL from outside: under the guard only SELECT, and only from the temp schema and, inside its views, from tables
 * whose name begins with `prefix`. A statement that reaches for more, or in which the prefix stands anywhere, fails
 * with GOV_E_SCOPE when it is prepared. NULL lifts the guard. The prefix must outlive it. */
void gov_db_guard(gov_db *db, const char *prefix);

/* A pure function of one text for SQL: `call` writes at most `size` bytes and returns the length, or -1 for null. */
typedef int64_t (*gov_db_text_function)(const char *kind, const char *text, int64_t length, char *out,
                                        int64_t size);
gov_status gov_db_function(gov_db *db, const char *name, gov_db_text_function call, gov_error *err);

/* A pure function of four numbers for SQL; null if an argument is null or the result is NaN. */
typedef double (*gov_db_number_function)(double a, double b, double c, double d);
gov_status gov_db_function_of_numbers(gov_db *db, const char *name, gov_db_number_function call,
                                      gov_error *err);

/* Only the first statement of `sql` is read; anything behind it is GOV_E_FORMAT. */
gov_status gov_db_prepare(gov_db *db, const char *sql, gov_stmt **out, gov_error *err);
void gov_stmt_free(gov_stmt *stmt);
/* Binds the i-th parameter, from 1. A failure is kept and reported by the next step. */
void gov_stmt_text(gov_stmt *stmt, int i, const char *text,
                   int64_t size);                                 /* NULL: null; size -1: zero-ended */
void gov_stmt_text_copy(gov_stmt *stmt, int i, const char *text); /* zero-ended, copied */
void gov_stmt_int(gov_stmt *stmt, int i, int64_t value);
void gov_stmt_blob(gov_stmt *stmt, int i, const void *bytes, int64_t size);
void gov_stmt_cell(gov_stmt *stmt, int i, const gov_cell *cell);
int gov_stmt_parameters(const gov_stmt *stmt);
/* One row further: *row is 1 if there is one. */
gov_status gov_stmt_step(gov_stmt *stmt, int *row, gov_error *err);
/* Steps a statement that gives no rows, and makes it ready for the next. */
gov_status gov_stmt_do(gov_stmt *stmt, gov_error *err);
void gov_stmt_reset(gov_stmt *stmt);
int gov_stmt_columns(const gov_stmt *stmt);
const char *gov_stmt_name(const gov_stmt *stmt, int column);
void gov_stmt_get(const gov_stmt *stmt, int column, gov_cell *cell);
gov_cell gov_stmt_as_text(const gov_stmt *stmt, int column); /* not for null */
int64_t gov_stmt_get_int(const gov_stmt *stmt, int column);
const char *gov_stmt_get_text(const gov_stmt *stmt, int column); /* zero-ended; NULL: null */
/* A day, "2021-07-01". Whatever else stands there is GOV_E_CORRUPT. */
gov_status gov_stmt_get_day(const gov_stmt *stmt, int column, char out[11], gov_error *err);
/* Fails unless `count` rows, which a statement counted before, have room for one more: in a damaged file two looks at
 * one table need not agree. */
gov_status gov_stmt_check_room(int64_t count, int64_t room, gov_error *err);
int64_t gov_db_last_row(const gov_db *db);

#endif
