/* Citizen ids. The two valid examples and the sums behind them are those printed with GB 11643-1999. */
#include "code/refusal.h"

#include "base/date.h"

static gov_error err = GOV_ERROR_INIT;

#define refuses(text, reason, position) \
    ck_refused(gov_citizen_id_parse(text, -1, NULL, NULL, &err), reason, position)

START_TEST(the_standards_examples_pass)
{
    gov_citizen_id id = GOV_CITIZEN_ID_INIT;
    ck_ok(gov_citizen_id_parse("11010519491231002X", -1, NULL, &id, &err));
    ck_assert_str_eq(id.division, "110105");
    ck_assert_int_eq(id.birth, gov_date_of(1949, 12, 31));
    ck_assert_int_eq(id.sex, 2);
    ck_assert_int_eq(id.upgraded, 0);
    ck_assert_str_eq(id.text, "11010519491231002X");
    ck_ok(gov_citizen_id_parse("440524188001010014", -1, NULL, &id, &err));
    ck_assert_int_eq(id.birth, gov_date_of(1880, 1, 1));
    ck_assert_int_eq(id.sex, 1);
    ck_assert_int_eq(gov_citizen_id_check("11010519491231002", -1), 'X');
    ck_assert_int_eq(gov_citizen_id_check("44052418800101001", -1), '4');
    ck_assert_int_eq(gov_citizen_id_check("4405241880010100", -1), 0);
    ck_assert_int_eq(gov_citizen_id_check("4405241880010100A", -1), 0);
    ck_assert_int_eq(gov_citizen_id_check(NULL, -1), 0);
}
END_TEST

START_TEST(a_wrong_check_digit_says_which_is_right)
{
    refuses("110105194912310021", GOV_REFUSAL_CHECK_DIGIT, 18);
    ck_assert_str_eq(err.message, "the check digit does not fit: the characters before it give X");
    ck_assert_str_eq(err.name, "citizen_id");
    ck_assert_int_eq(err.code, GOV_E_CHECK_DIGIT);
}
END_TEST

START_TEST(every_refusal_has_its_reason_and_position)
{
    refuses("", GOV_REFUSAL_EMPTY, 1);
    refuses("1101051949123100", GOV_REFUSAL_LENGTH, 17);
    refuses("11010519491231002", GOV_REFUSAL_LENGTH, 18);
    refuses("11010519491231002X0", GOV_REFUSAL_LENGTH, 19);
    refuses("110105491231002", GOV_REFUSAL_OLD_FORM, 7);
    refuses(" 11010519491231002X", GOV_REFUSAL_SPACE, 1);
    refuses("11010519491231002X ", GOV_REFUSAL_SPACE, 19);
    refuses("110105\u300019491231002X", GOV_REFUSAL_SPACE, 7);
    refuses("110105\u00a019491231002X", GOV_REFUSAL_SPACE, 7);
    refuses("110105\u00e919491231002X", GOV_REFUSAL_CHARACTER, 7);
    refuses("1101０519491231002X", GOV_REFUSAL_WIDE, 5);
    refuses("11010519491231002Ｘ", GOV_REFUSAL_WIDE, 18);
    refuses("11010519491231002x", GOV_REFUSAL_LOWER_CASE, 18);
    refuses("11010519491231002a", GOV_REFUSAL_CHARACTER, 18);
    refuses("11010519491231002A", GOV_REFUSAL_CHARACTER, 18);
    refuses("11010519491231O02X", GOV_REFUSAL_CHARACTER, 15);
    refuses("X1010519491231002X", GOV_REFUSAL_CHARACTER, 1);
    refuses("\xFF", GOV_REFUSAL_CHARACTER, 1);
    refuses("99010519491231002X", GOV_REFUSAL_DIVISION, 1);
    refuses("00010519491231002X", GOV_REFUSAL_DIVISION, 1);
    refuses("16010519491231002X", GOV_REFUSAL_DIVISION, 1);
    refuses("11010500001231002X", GOV_REFUSAL_DATE, 7);
    refuses("11010519491331002X", GOV_REFUSAL_DATE, 11);
    refuses("11010519490031002X", GOV_REFUSAL_DATE, 11);
    refuses("11010519490229002X", GOV_REFUSAL_DATE, 13);
    refuses("11010519000229002X", GOV_REFUSAL_DATE, 13);
    refuses("11010519491200002X", GOV_REFUSAL_DATE, 13);
}
END_TEST

START_TEST(the_sizes_given_bound_what_is_read)
{
    ck_ok(gov_citizen_id_parse("11010519491231002X and more", 18, NULL, NULL, &err));
    ck_refused(gov_citizen_id_parse("11010519491231002X", 17, NULL, NULL, &err), GOV_REFUSAL_LENGTH, 18);
    ck_fails(gov_citizen_id_parse(NULL, -1, NULL, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_citizen_id_parse("1", -2, NULL, NULL, &err), GOV_E_ARGUMENT);
    ck_assert_int_eq(gov_citizen_id_parse("1", -1, NULL, NULL, NULL), GOV_E_FORMAT);
}
END_TEST

START_TEST(options_accept_lower_x_and_fifteen_digits)
{
    gov_citizen_id id = GOV_CITIZEN_ID_INIT;
    gov_citizen_id_options options = GOV_CITIZEN_ID_OPTIONS_INIT;
    options.accept_lower_x = 1;
    ck_ok(gov_citizen_id_parse("11010519491231002x", -1, &options, &id, &err));
    ck_assert_str_eq(id.text, "11010519491231002X");
    options.accept_15 = 1;
    ck_ok(gov_citizen_id_parse("110105491231002", -1, &options, &id, &err));
    ck_assert_str_eq(id.text, "11010519491231002X");
    ck_assert_int_eq(id.upgraded, 1);
    ck_refused(gov_citizen_id_parse("110105490229002", -1, &options, &id, &err), GOV_REFUSAL_DATE, 11);
    ck_refused(gov_citizen_id_parse("110105491331002", -1, &options, &id, &err), GOV_REFUSAL_DATE, 9);
    ck_refused(gov_citizen_id_parse("990105491231002", -1, &options, &id, &err), GOV_REFUSAL_DIVISION, 1);
    ck_refused(gov_citizen_id_parse("11010549123100X", -1, &options, &id, &err), GOV_REFUSAL_CHARACTER, 15);
}
END_TEST

START_TEST(birth_dates_outside_the_bounds_are_refused)
{
    gov_citizen_id_options options = GOV_CITIZEN_ID_OPTIONS_INIT;
    options.born_not_after = "1949-12-31";
    options.born_not_before = "19491231";
    ck_ok(gov_citizen_id_parse("11010519491231002X", -1, &options, NULL, &err));
    options.born_not_after = "1949-12-30";
    ck_refused(gov_citizen_id_parse("11010519491231002X", -1, &options, NULL, &err), GOV_REFUSAL_DATE_LATE,
               7);
    options.born_not_after = NULL;
    options.born_not_before = "1950-01-01";
    ck_refused(gov_citizen_id_parse("11010519491231002X", -1, &options, NULL, &err), GOV_REFUSAL_DATE_EARLY,
               7);
    options.struct_size = 0;
    ck_fails(gov_citizen_id_parse("11010519491231002X", -1, &options, NULL, &err), GOV_E_ARGUMENT);
    options.struct_size = (uint32_t)sizeof(options);
    options.born_not_before = "1950-13-01";
    ck_fails(gov_citizen_id_parse("11010519491231002X", -1, &options, NULL, &err), GOV_E_ARGUMENT);
    ck_assert_str_eq(err.name, "born_not_before");
}
END_TEST

START_TEST(a_refusal_leaves_the_result_as_it_was)
{
    gov_citizen_id id = GOV_CITIZEN_ID_INIT;
    ck_ok(gov_citizen_id_parse("11010519491231002X", -1, NULL, &id, &err));
    ck_fails(gov_citizen_id_parse("440524188001010015", -1, NULL, &id, &err), GOV_E_CHECK_DIGIT);
    ck_assert_str_eq(id.text, "11010519491231002X");
    ck_assert_str_eq(id.division, "110105");
    ck_assert_int_eq(id.sex, 2);
    ck_assert_int_eq(id.birth, -7306); /* 1949-12-31: 20 x 365 + 5 leap days + 1 before 1970-01-01 */
    ck_assert_int_eq(id.upgraded, 0);
    id.struct_size = 0;
    ck_fails(gov_citizen_id_parse("440524188001010014", -1, NULL, &id, &err), GOV_E_ARGUMENT);
}
END_TEST

/* A caller built against an earlier, shorter struct gets no byte more than it has. */
START_TEST(only_the_callers_part_of_a_struct_is_written)
{
    gov_citizen_id id = GOV_CITIZEN_ID_INIT;
    memset(id.division, '#', sizeof(id.division));
    id.struct_size = (uint32_t)offsetof(gov_citizen_id, division);
    ck_ok(gov_citizen_id_parse("11010519491231002X", -1, NULL, &id, &err));
    ck_assert_int_eq(id.sex, 2);
    ck_assert_int_eq(id.division[0], '#');
}
END_TEST

START_TEST(age_is_counted_in_completed_years)
{
    gov_citizen_id id = GOV_CITIZEN_ID_INIT;
    int32_t years = -7;
    ck_ok(gov_citizen_id_parse("11010519491231002X", -1, NULL, &id, &err));
    ck_ok(gov_citizen_id_age(&id, gov_date_of(2021, 12, 30), &years, &err));
    ck_assert_int_eq(years, 71);
    ck_ok(gov_citizen_id_age(&id, gov_date_of(2021, 12, 31), &years, &err));
    ck_assert_int_eq(years, 72);
    ck_fails(gov_citizen_id_age(&id, gov_date_of(1949, 12, 30), &years, &err), GOV_E_RANGE);
    ck_fails(gov_citizen_id_age(&id, GOV_DATE_MAX + 1, &years, &err), GOV_E_RANGE);
    ck_fails(gov_citizen_id_age(NULL, 0, &years, &err), GOV_E_ARGUMENT);
    ck_assert_int_eq(years, 72);
}
END_TEST

START_TEST(every_reason_has_a_name_a_status_and_two_texts)
{
    for (int r = GOV_REFUSAL_NONE; r <= GOV_REFUSAL_UNKNOWN_CODE; r++) {
        gov_refusal reason = (gov_refusal)r;
        ck_assert_str_ne(gov_refusal_name(reason), "unknown");
        ck_assert_str_ne(gov_refusal_text(reason, "zh"), gov_refusal_text(reason, "en"));
        ck_assert_int_eq(gov_refusal_status(reason) == GOV_OK, reason == GOV_REFUSAL_NONE);
    }
    ck_assert_str_eq(gov_refusal_name((gov_refusal)99), "unknown");
    ck_assert_str_eq(gov_refusal_text(GOV_REFUSAL_CHECK_DIGIT, NULL), "the check digit does not fit");
}
END_TEST

GOV_TESTS("code/citizen_ids", the_standards_examples_pass, a_wrong_check_digit_says_which_is_right,
          every_refusal_has_its_reason_and_position, the_sizes_given_bound_what_is_read,
          options_accept_lower_x_and_fifteen_digits, birth_dates_outside_the_bounds_are_refused,
          a_refusal_leaves_the_result_as_it_was, only_the_callers_part_of_a_struct_is_written,
          age_is_counted_in_completed_years, every_reason_has_a_name_a_status_and_two_texts)
