/* Errors: every code has its words, a message keeps its place, texts are cut at characters. */
#include "base/error.h"
#include "gov_check.h"

#include <string.h>

static gov_error err = GOV_ERROR_INIT;

START_TEST(every_code_has_a_name_and_words_in_both_languages)
{
    for (int code = GOV_OK; code <= GOV_E_INTERNAL; code++) {
        const char *name = gov_status_name((gov_status)code);
        ck_assert_ptr_nonnull(name);
        ck_assert_str_ne(name, "GOV_E_UNKNOWN");
        ck_assert_str_ne(gov_status_text((gov_status)code, "en"), gov_status_text((gov_status)code, "zh"));
    }
    ck_assert_str_eq(gov_status_name((gov_status)999), "GOV_E_UNKNOWN");
    ck_assert_str_eq(gov_status_text(GOV_E_CHECK_DIGIT, "zh"), "校验码不符");
    ck_assert_str_eq(gov_status_text(GOV_E_CHECK_DIGIT, NULL), "wrong check digit");
}
END_TEST

START_TEST(a_failure_carries_its_place)
{
    gov_place place = GOV_NOWHERE;
    place.file = "people.csv";
    place.name = "id";
    place.row = 4;
    place.line = 6;
    place.column = 11;
    ck_assert_int_eq(gov_fail_at(&err, GOV_E_RANGE, &place, "%d is too large", 7), GOV_E_RANGE);
    ck_assert_int_eq(err.code, GOV_E_RANGE);
    ck_assert_str_eq(err.message, "7 is too large");
    ck_assert_str_eq(err.file, "people.csv");
    ck_assert_str_eq(err.name, "id");
    ck_assert_int_eq(err.row, 4);
    ck_assert_int_eq(err.line, 6);
    ck_assert_int_eq(err.column, 11);
    gov_fail(&err, GOV_E_IO, "elsewhere");
    ck_assert_int_eq(err.row, -1);
    ck_assert_str_eq(err.file, "");
}
END_TEST

START_TEST(no_error_struct_and_an_unset_one_are_safe)
{
    gov_error zero;
    memset(&zero, 0, sizeof(zero));
    ck_assert_int_eq(gov_fail(NULL, GOV_E_IO, "x"), GOV_E_IO);
    ck_assert_int_eq(gov_fail(&zero, GOV_E_IO, "x"), GOV_E_IO);
    ck_assert_int_eq(zero.code, GOV_OK);
}
END_TEST

START_TEST(a_long_name_is_cut_between_characters)
{
    char name[400] = "";
    for (int i = 0; i < 50; i++)
        strcat(name, "网格");
    gov_fail_at(&err, GOV_E_DUPLICATE, GOV_AT_NAME(name), "twice");
    ck_assert_uint_eq(strlen(err.name), 93); /* 31 characters of 3 bytes fit into 95 */
    ck_assert_int_eq(strncmp(err.name, name, 93), 0);
}
END_TEST

GOV_TESTS("base/errors", every_code_has_a_name_and_words_in_both_languages, a_failure_carries_its_place,
          no_error_struct_and_an_unset_one_are_safe, a_long_name_is_cut_between_characters)
