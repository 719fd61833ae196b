/* The functions of the code room inside a plain SQLite connection. Ids are the examples of GB 11643. */
#include "gov_check.h"

#include "govcore/store.h"

#include <sqlite3.h>
#include <string.h>

/* The one value of a query as text; "(null)", or the error's message. */
static const char *value_of(sqlite3 *db, const char *sql)
{
    static char copy[256];
    sqlite3_stmt *stmt = NULL;
    ck_assert_int_eq(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
    int result = sqlite3_step(stmt);
    const char *text = result == SQLITE_ROW ? (const char *)sqlite3_column_text(stmt, 0) : sqlite3_errmsg(db);
    ck_assert_int_lt(text == NULL ? 0 : (int)strlen(text), (int)sizeof(copy));
    strcpy(copy, text == NULL ? "(null)" : text);
    sqlite3_finalize(stmt);
    return copy;
}

START_TEST(sql_sees_the_functions_of_the_code_room)
{
    static const struct {
        const char *sql;
        const char *expected;
    } cases[] = {
        {"SELECT gov_citizen_id_valid('11010519491231002X')", "1"},
        {"SELECT gov_citizen_id_valid('110105194912310021')", "0"},
        {"SELECT gov_citizen_id_valid(440524188001010014)", "1"},
        {"SELECT gov_citizen_id_valid(NULL)", "(null)"},
        {"SELECT gov_citizen_id_reason('11010519491231002X')", "(null)"},
        {"SELECT gov_citizen_id_reason('110105194912310021', 'zh')", "校验码不符，按前面各位应为 X"},
        {"SELECT gov_citizen_id_reason('')", "there is no text"},
        {"SELECT gov_citizen_id_birth('11010519491231002X')", "1949-12-31"},
        {"SELECT gov_citizen_id_birth('x')", "(null)"},
        {"SELECT gov_citizen_id_sex('11010519491231002X')", "2"},
        {"SELECT gov_citizen_id_age('11010519491231002X', '2021-12-30')", "71"},
        {"SELECT gov_citizen_id_age('11010519491231002X', NULL)", "(null)"},
        {"SELECT gov_citizen_id_age('11010519491231002X', 'today')",
         "the day of the age must be a date such as 2021-07-01"},
        {"SELECT gov_credit_code_valid('91350100M000100Y43')", "1"},
        {"SELECT gov_credit_code_reason('91350100M000100Y44')",
         "the check digit does not fit: the characters before it give 3"},
        {"SELECT gov_division_valid('310104603')", "0"},
        {"SELECT gov_division_reason('99')", "not the code of a division"},
        {"SELECT gov_division_level('310104003')", "4"},
        {"SELECT gov_division_parent('310104003001')", "310104003"},
        {"SELECT gov_division_parent('31')", "(null)"},
        {"SELECT gov_mask('name', '欧阳娜娜')", "欧阳**"},
        {"SELECT gov_mask('phone', NULL)", "(null)"},
        {"SELECT gov_mask('phone', hex(zeroblob(600)))", "the text is too long to be masked"},
        {"SELECT gov_mask(NULL, 'a')", "name and kind must be given"},
        {"SELECT gov_code_name('sex', '2', 'zh')", "女性"},
        {"SELECT gov_code_name('sex', 1)", "male"},
        {"SELECT gov_code_name('sex', '5')", "(null)"},
        /* A quarter of the great circle of the mean earth radius. */
        {"SELECT abs(gov_distance(0, 0, 90, 0) - 6371008.8 * 1.5707963267948966) < 0.001", "1"},
        {"SELECT gov_distance(121.4, 31.2, NULL, 31.2)", "(null)"},
        {"SELECT gov_distance('0', 0, '90', 0) = gov_distance(0, 0, 90, 0)", "1"},
        {"SELECT gov_distance('east', 31.2, 121.5, 31.2)", "longitudes and latitudes must be numbers"},
    };
    sqlite3 *db = NULL;
    ck_assert_int_eq(sqlite3_auto_extension((void (*)(void))gov_sqlite_init), SQLITE_OK);
    ck_assert_int_eq(sqlite3_open(":memory:", &db), SQLITE_OK);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        ck_assert_str_eq(value_of(db, cases[i].sql), cases[i].expected);
    ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
    sqlite3_reset_auto_extension();
}
END_TEST

START_TEST(the_functions_may_stand_in_an_index_and_a_check)
{
    sqlite3 *db = NULL;
    ck_assert_int_eq(sqlite3_auto_extension((void (*)(void))gov_sqlite_init), SQLITE_OK);
    ck_assert_int_eq(sqlite3_open(":memory:", &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db,
                                  "CREATE TABLE p(id TEXT CHECK(gov_citizen_id_valid(id)));"
                                  "CREATE INDEX p_birth ON p(gov_citizen_id_birth(id));"
                                  "INSERT INTO p VALUES('11010519491231002X')",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, "INSERT INTO p VALUES('110105194912310021')", NULL, NULL, NULL),
                     SQLITE_CONSTRAINT);
    ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
    sqlite3_reset_auto_extension();
}
END_TEST

GOV_TESTS("store/extension", sql_sees_the_functions_of_the_code_room,
          the_functions_may_stand_in_an_index_and_a_check)
