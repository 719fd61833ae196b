/* table_check.h - cells of a table by name, and whether a text cell is what it should be (NULL: missing). */
#ifndef TABLE_CHECK_H
#define TABLE_CHECK_H

#include "gov_check.h"
#include "govcore/table.h"

#include <string.h>

static inline void ck_text_at(const gov_table *t, int64_t row, int64_t column, const char *expected)
{
    const char *text = NULL;
    int64_t size = 0;
    ck_assert_int_eq(gov_table_text(t, row, column, &text, &size, NULL), GOV_OK);
    int same = text == NULL || expected == NULL
                   ? text == expected
                   : size == (int64_t)strlen(expected) && memcmp(text, expected, (size_t)size) == 0;
    ck_assert_msg(same, "row %lld, column %lld: %.*s, expected %s", (long long)row, (long long)column,
                  text != NULL ? (int)size : 6, text != NULL ? text : "(null)",
                  expected != NULL ? expected : "(null)");
}

static inline void ck_text_in(const gov_table *t, int64_t row, const char *column, const char *expected)
{
    int64_t at = -1;
    ck_assert_msg(gov_table_find(t, column, &at, NULL) == GOV_OK, "no column %s", column);
    ck_text_at(t, row, at, expected);
}

/* A cell as a number; NaN where it is missing. */
static inline double ck_number_of(const gov_table *t, const char *column, int64_t row)
{
    int64_t at = -1;
    double value = NAN;
    uint8_t there = 0;
    ck_assert_msg(gov_table_find(t, column, &at, NULL) == GOV_OK, "no column %s", column);
    ck_assert_int_eq(gov_table_copy_doubles(t, at, row, 1, &value, &there, NULL), GOV_OK);
    return there ? value : NAN;
}

/* A cell as text, "" where it is missing; holds until the next call. */
static inline const char *ck_text_of(const gov_table *t, const char *column, int64_t row)
{
    static char copy[900];
    int64_t at = -1;
    int64_t size = 0;
    const char *value = NULL;
    ck_assert_msg(gov_table_find(t, column, &at, NULL) == GOV_OK, "no column %s", column);
    ck_assert_int_eq(gov_table_text(t, row, at, &value, &size, NULL), GOV_OK);
    if (value == NULL)
        return "";
    ck_assert_int_lt(size, (int64_t)sizeof(copy));
    memcpy(copy, value, (size_t)size);
    copy[size] = 0;
    return copy;
}

#endif
