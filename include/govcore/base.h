/* base.h - what every other header of libgovcore rests on: status, error, owned text, dates, progress and
 * cancel.
 *
 * Every function that can fail returns a gov_status (0 is success) and, where the caller passes a gov_error,
 * says in it what went wrong and where. Nothing in the library prints, aborts, exits, keeps a last error or
 * reads the locale.
 *
 *     gov_error err = GOV_ERROR_INIT;
 *     gov_table *people = NULL;
 *     if (gov_table_read_csv("people.csv", NULL, &people, &err) != GOV_OK)
 *         fprintf(stderr, "%s:%lld: %s\n", err.file, (long long)err.line, err.message);
 *
 * Ownership: a `T **out` is yours to free with the type's own _free function, and free(NULL) is harmless; a
 * returned `const T *` is borrowed from its parent. On failure no output is touched.
 * Threads: a handle is used by one thread at a time unless its header says that it is immutable. */
#ifndef GOVCORE_BASE_H
#define GOVCORE_BASE_H

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__) && !defined(SWIG)
#define GOV_API __attribute__((visibility("default")))
#else
#define GOV_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* What a call came to. The values are part of the ABI: they never change their meaning, new ones are added at
 * the end. */
typedef enum gov_status {
    GOV_OK = 0,
    GOV_E_MEMORY = 1,       /* memory could not be had */
    GOV_E_ARGUMENT = 2,     /* an argument is NULL, negative or contradicts another */
    GOV_E_TYPE = 3,         /* a column or expression has another type than is needed */
    GOV_E_RANGE = 4,        /* a value is outside its range, or not a number */
    GOV_E_FORMAT = 5,       /* text does not have the form that it must have */
    GOV_E_ENCODING = 6,     /* bytes are not valid in the stated character encoding */
    GOV_E_UNKNOWN_NAME = 7, /* a column, key, kind, model or code that is not known */
    GOV_E_DUPLICATE = 8,    /* a name or code that must be unique is given twice */
    GOV_E_REFERENCE = 9,    /* something refers to a thing that is not there (an orphan) */
    GOV_E_CHECK_DIGIT = 10, /* a check digit does not fit the digits before it */
    GOV_E_MISSING = 11,     /* a value, column or key that must be given is absent */
    GOV_E_IO = 12,          /* a file could not be opened, read or written */
    GOV_E_STORE = 13,       /* SQLite refused; gov_error.extended holds its extended code */
    GOV_E_CORRUPT = 14,     /* a store or a stream is damaged or was altered */
    GOV_E_VERSION = 15,     /* a store's layout or a file's version is not one that this library reads */
    GOV_E_CANCELLED = 16,   /* gov_run_cancel was called */
    GOV_E_SCOPE = 17,       /* the actor's scope does not allow it */
    GOV_E_CONFLICT = 18,    /* the request contradicts what is recorded */
    GOV_E_LIMIT = 19,       /* an input is larger or deeper than the stated bound */
    GOV_E_UNSUPPORTED = 20, /* a valid request that this version does not serve */
    GOV_E_NO_DATA = 21,     /* too few observations for the method; the message says how many it needs */
    GOV_E_INTERNAL = 22     /* a broken invariant: a defect of the library, please report it */
} gov_status;

/* What went wrong and where. It lives on the caller's stack; a call that fails fills it, a call that succeeds
 * leaves it as it was. Fields that do not apply hold -1 (row), 0 (line, column, extended) or "" (texts). */
typedef struct gov_error {
    uint32_t struct_size; /* sizeof(gov_error), set by GOV_ERROR_INIT */
    gov_status code;
    int64_t row;       /* row of a table, from 0 */
    int64_t line;      /* line of a text file, from 1 */
    int64_t column;    /* position in that line, in characters, from 1 */
    int64_t extended;  /* SQLite's extended result code, or errno */
    char name[96];     /* the column, key, field or code in question */
    char file[256];    /* the file in question */
    char message[512]; /* one line of English, UTF-8 */
} gov_error;

#define GOV_ERROR_INIT                                               \
    {                                                                \
        (uint32_t)sizeof(gov_error), GOV_OK, -1, 0, 0, 0, "", "", "" \
    }

/* The version of the library that runs, such as "0.1.0", and the number of its ABI (that of the soname). */
GOV_API const char *gov_version(void);
GOV_API int gov_abi(void);

/* The constant's name ("GOV_E_RANGE"), and a short text for people in the language "zh" or "en" (any other
 * value: English). Both are static. An unknown code gives "GOV_E_UNKNOWN" and its text. */
GOV_API const char *gov_status_name(gov_status code);
GOV_API const char *gov_status_text(gov_status code, const char *language);

/* Text made by the library, for results of unknown length: a JSON document, an explanation, a page of HTML.
 * The bytes are UTF-8 and end with a zero byte that the size does not count. Immutable; may be shared. */
typedef struct gov_text gov_text;
GOV_API const char *gov_text_data(const gov_text *text);
GOV_API int64_t gov_text_size(const gov_text *text);
GOV_API void gov_text_free(gov_text *text);

/* Dates are days since 1970-01-01 in the proleptic Gregorian calendar, years 0001 to 9999.
 *
 * gov_date_parse reads "2021-07-01" or "20210701", all of `text` (size bytes; -1: up to the zero byte).
 * Errors: GOV_E_FORMAT for another form, GOV_E_RANGE for a day that the calendar does not have.
 * gov_date_format writes "2021-07-01" and a zero byte (11 bytes) to `out` and returns its length, as snprintf
 * does; with size < 11 nothing is written. A day outside the years above gives 0. */
GOV_API gov_status gov_date_parse(const char *text, int64_t size, int32_t *days, gov_error *err);
GOV_API int gov_date_format(int32_t days, char *out, size_t size);

/* A run: progress to be polled and a request to stop, for calls that may take long.
 *
 * Pass it in the options of such a call. gov_run_progress and gov_run_cancel may be called from any thread
 * while the call works; the call looks at the run once per batch and then returns GOV_E_CANCELLED with
 * nothing half done. A run may serve several calls, one after another; a cancelled run stays cancelled.
 * `total` is -1 while it is not known. */
typedef struct gov_run gov_run;
GOV_API gov_status gov_run_new(gov_run **out, gov_error *err);
GOV_API void gov_run_free(gov_run *run);
GOV_API void gov_run_cancel(gov_run *run);
GOV_API int gov_run_cancelled(const gov_run *run);
GOV_API void gov_run_progress(const gov_run *run, int64_t *done, int64_t *total);

#ifdef __cplusplus
}
#endif

#endif
