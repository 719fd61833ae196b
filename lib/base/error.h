/* error.h - the one place where errors are born.
 *
 * gov_fail and gov_fail_at fill the caller's gov_error (NULL is allowed) and return the code, so that a
 * failure is one statement: `return gov_fail(err, GOV_E_ARGUMENT, "levels must not be empty");`. The message
 * is one line of English, says what was wrong and what would be right, and never repeats the place, which has
 * fields of its own. */
#ifndef GOVCORE_BASE_ERROR_H
#define GOVCORE_BASE_ERROR_H

#include "govcore/base.h"

/* Where it went wrong; start from GOV_NOWHERE and set what is known. */
typedef struct gov_place {
    const char *file;
    const char *name;  /* column, key, field or code */
    int64_t name_size; /* bytes of name; -1: up to the zero byte */
    int64_t row;
    int64_t line;
    int64_t column;
    int64_t extended;
} gov_place;

#define GOV_NOWHERE ((gov_place){.name_size = -1, .row = -1})
#define GOV_AT_ROW(r, n) (&(gov_place){.name = (n), .name_size = -1, .row = (r)})
#define GOV_AT_NAME(n) (&(gov_place){.name = (n), .name_size = -1, .row = -1})

gov_status gov_fail(gov_error *err, gov_status code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
gov_status gov_fail_at(gov_error *err, gov_status code, const gov_place *place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The usual two: memory, and a broken invariant (names the file and line of the library). */
gov_status gov_fail_memory(gov_error *err);
#define GOV_FAIL_INTERNAL(err) gov_fail(err, GOV_E_INTERNAL, "broken invariant at %s:%d", __FILE__, __LINE__)

/* Returns from the enclosing function with the status of `call` if it is not GOV_OK. */
#define GOV_TRY(call)                        \
    do {                                     \
        gov_status gov_try_status_ = (call); \
        if (gov_try_status_ != GOV_OK)       \
            return gov_try_status_;          \
    } while (0)

/* Jumps to `out:` with `status` set to the status of `call` if it is not GOV_OK. */
#define GOV_TRY_OUT(call)     \
    do {                      \
        status = (call);      \
        if (status != GOV_OK) \
            goto out;         \
    } while (0)

#endif
