/* table_check.h - a text cell of a table is what it should be; NULL: missing. */
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

#endif
