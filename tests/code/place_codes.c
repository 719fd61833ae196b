/* Credit codes, divisions, grids, components and event classes.
 *
 * The credit code is the worked example of GB 32100-2015 (sum 1640, check 3). Divisions are those of the
 * statistical bureau, edition of 2023. */
#include "code/refusal.h"

static gov_error err = GOV_ERROR_INIT;

START_TEST(the_worked_credit_code_passes)
{
    gov_credit_code code = GOV_CREDIT_CODE_INIT;
    ck_ok(gov_credit_code_parse("91350100M000100Y43", -1, NULL, &code, &err));
    ck_assert_str_eq(code.authority, "9");
    ck_assert_str_eq(code.type, "1");
    ck_assert_str_eq(code.division, "350100");
    ck_assert_str_eq(code.organisation, "M000100Y4");
    ck_assert_str_eq(code.text, "91350100M000100Y43");
    ck_assert_int_eq(gov_credit_code_check("91350100M000100Y4", -1), '3');
    ck_assert_int_eq(gov_organisation_code_check("M000100Y", -1), '4');
    ck_assert_int_eq(gov_credit_code_check("91350100M000100I4", -1), 0);
    ck_assert_int_eq(gov_organisation_code_check("M000100", -1), 0);
}
END_TEST

#define refuses_credit(text, reason, position) \
    ck_refused(gov_credit_code_parse(text, -1, NULL, NULL, &err), reason, position)

START_TEST(credit_codes_are_refused_with_reason_and_position)
{
    refuses_credit("91350100M000100Y4Z", GOV_REFUSAL_CHARACTER, 18);
    refuses_credit("91350100M000100Y44", GOV_REFUSAL_CHECK_DIGIT, 18);
    ck_assert_str_eq(err.message, "the check digit does not fit: the characters before it give 3");
    refuses_credit("", GOV_REFUSAL_EMPTY, 1);
    refuses_credit("91350100M000100Y4", GOV_REFUSAL_LENGTH, 18);
    refuses_credit("91350100M000100Y433", GOV_REFUSAL_LENGTH, 19);
    refuses_credit("91350100m000100Y43", GOV_REFUSAL_LOWER_CASE, 9);
    refuses_credit("91350100O000100Y43", GOV_REFUSAL_CHARACTER, 9);
    refuses_credit("91990100M000100Y43", GOV_REFUSAL_DIVISION, 3);
    refuses_credit("9135A100M000100Y43", GOV_REFUSAL_CHARACTER, 5);
    refuses_credit("91350100-000100Y43", GOV_REFUSAL_CHARACTER, 9);
}
END_TEST

/* M000100Y5 is no organisation code (its check is 4); the outer check over it is made to fit. */
START_TEST(the_organisation_code_inside_is_checked_too)
{
    char text[19] = "91350100M000100Y5?";
    gov_credit_code_options options = GOV_CREDIT_CODE_OPTIONS_INIT;
    text[17] = gov_credit_code_check(text, 17);
    ck_refused(gov_credit_code_parse(text, 18, NULL, NULL, &err), GOV_REFUSAL_INNER_CHECK_DIGIT, 17);
    options.skip_inner_check = 1;
    ck_ok(gov_credit_code_parse(text, 18, &options, NULL, &err));
    options.accept_lower_case = 1;
    gov_credit_code code = GOV_CREDIT_CODE_INIT;
    ck_ok(gov_credit_code_parse("91350100m000100y43", -1, &options, &code, &err));
    ck_assert_str_eq(code.text, "91350100M000100Y43");
}
END_TEST

static gov_division division(const char *text)
{
    gov_division d = GOV_DIVISION_INIT;
    ck_ok(gov_division_parse(text, -1, &d, &err));
    return d;
}

START_TEST(a_division_says_its_level_type_and_parent)
{
    ck_assert_int_eq(division("31").level, GOV_LEVEL_PROVINCE);
    ck_assert_str_eq(division("31").parent, "");
    ck_assert_int_eq(division("3101").level, GOV_LEVEL_PREFECTURE);
    ck_assert_int_eq(division("310104").level, GOV_LEVEL_COUNTY);
    ck_assert_str_eq(division("310104").parent, "3101");
    ck_assert_int_eq(division("310104000000").level, GOV_LEVEL_COUNTY);
    ck_assert_str_eq(division("310104000000").code, "310104");
    ck_assert_str_eq(division("310104").full, "310104000000");
    ck_assert_int_eq(division("310104003").level, GOV_LEVEL_STREET);
    ck_assert_str_eq(division("310104003").parent, "310104");
    ck_assert_int_eq(division("310104003001").level, GOV_LEVEL_COMMUNITY);
    ck_assert_str_eq(division("310104003001").parent, "310104003");
}
END_TEST

START_TEST(digit_seven_tells_streets_from_quasi_units)
{
    ck_assert_int_eq(division("310104").street_type, GOV_STREET_NONE);
    ck_assert_int_eq(division("310104017").street_type, GOV_STREET_STREET);
    ck_assert_int_eq(division("310104103").street_type, GOV_STREET_TOWN);
    ck_assert_int_eq(division("510185200").street_type, GOV_STREET_TOWNSHIP);
    ck_assert_int_eq(division("310104501").street_type, GOV_STREET_QUASI);
    ck_assert_int_eq(division("659001400").street_type, GOV_STREET_QUASI);
}
END_TEST

START_TEST(prefectures_without_counties_may_carry_streets)
{
    gov_division d = division("441900003");
    ck_assert_int_eq(d.level, GOV_LEVEL_STREET);
    ck_assert_str_eq(d.parent, "4419");
    ck_assert_str_eq(division("441900003001").parent, "441900003");
}
END_TEST

#define refuses_division(text, reason, position) \
    ck_refused(gov_division_parse(text, -1, NULL, &err), reason, position)

START_TEST(divisions_are_refused_with_reason_and_position)
{
    refuses_division("", GOV_REFUSAL_EMPTY, 1);
    refuses_division("3", GOV_REFUSAL_LENGTH, 2);
    refuses_division("310", GOV_REFUSAL_LENGTH, 4);
    ck_assert_str_eq(err.message, "too few or too many characters: expected 4");
    refuses_division("3101040030", GOV_REFUSAL_LENGTH, 11);
    refuses_division("3101040030010", GOV_REFUSAL_LENGTH, 13);
    refuses_division("31010x", GOV_REFUSAL_CHARACTER, 6);
    refuses_division("99", GOV_REFUSAL_DIVISION, 1);
    refuses_division("310004", GOV_REFUSAL_DIVISION, 3);
    refuses_division("310000003", GOV_REFUSAL_DIVISION, 3);
    refuses_division("310104000001", GOV_REFUSAL_DIVISION, 7);
    refuses_division("310104603", GOV_REFUSAL_STREET_TYPE, 7);
    refuses_division("3101O4", GOV_REFUSAL_CHARACTER, 5);
    refuses_division("310104 ", GOV_REFUSAL_SPACE, 7);
}
END_TEST

static gov_grid_code grid(const char *text, gov_grid_profile profile, int32_t digits)
{
    gov_grid_code g = GOV_GRID_CODE_INIT;
    ck_ok(gov_grid_code_parse(text, -1, profile, digits, &g, &err));
    return g;
}

START_TEST(grid_codes_are_read_by_their_profile)
{
    gov_grid_code g = grid("310104003001007", GOV_GRID_CELL15, 0);
    ck_assert_int_eq(g.sequence, 7);
    ck_assert_str_eq(g.community, "310104003001");
    ck_assert_str_eq(g.parent, "310104003001");
    g = grid("310104003001", GOV_GRID_COMMUNITY12, 0);
    ck_assert_str_eq(g.parent, "310104003");
    g = grid("31010400300100012", GOV_GRID_CUSTOM, 5);
    ck_assert_int_eq(g.sequence, 12);
    ck_assert_str_eq(g.parent, "310104003001");
    g = grid("01030031010400300102", GOV_GRID_CJT349_20, 0);
    ck_assert_str_eq(g.object, "010300");
    ck_assert_int_eq(g.sequence, 2);
    ck_assert_str_eq(g.parent, "310104003001");
    ck_assert_str_eq(grid("01030031010400300100", GOV_GRID_CJT349_20, 0).parent, "310104003");
    g = grid("01030031010400360102", GOV_GRID_CJT349_20, 0);
    ck_assert_int_eq(g.merged, 1);
    ck_assert_str_eq(g.parent, "310104003");
}
END_TEST

#define refuses_grid(text, profile, reason, position) \
    ck_refused(gov_grid_code_parse(text, -1, profile, 3, NULL, &err), reason, position)

START_TEST(grid_codes_are_refused_with_reason_and_position)
{
    refuses_grid("310104003001000", GOV_GRID_CELL15, GOV_REFUSAL_SEQUENCE, 13);
    refuses_grid("310104003000001", GOV_GRID_CELL15, GOV_REFUSAL_LEVEL, 10);
    refuses_grid("310104703001001", GOV_GRID_CELL15, GOV_REFUSAL_STREET_TYPE, 7);
    refuses_grid("31010400300100", GOV_GRID_CELL15, GOV_REFUSAL_LENGTH, 15);
    refuses_grid("310104003001000", GOV_GRID_CUSTOM, GOV_REFUSAL_SEQUENCE, 13);
    refuses_grid("01030099010400300100", GOV_GRID_CJT349_20, GOV_REFUSAL_DIVISION, 7);
    refuses_grid("01030031010400300000", GOV_GRID_CJT349_20, GOV_REFUSAL_LEVEL, 16);
    refuses_grid("310104003", GOV_GRID_COMMUNITY12, GOV_REFUSAL_LENGTH, 10);
    ck_fails(gov_grid_code_parse("1", -1, (gov_grid_profile)0, 0, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_grid_code_parse("1", -1, GOV_GRID_CUSTOM, 0, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_grid_code_parse("1", -1, GOV_GRID_CUSTOM, 19, NULL, &err), GOV_E_ARGUMENT);
}
END_TEST

static const char *made(gov_grid_profile profile, int32_t digits, const char *object, int64_t sequence)
{
    static gov_grid_code g;
    g = (gov_grid_code)GOV_GRID_CODE_INIT;
    ck_ok(gov_grid_code_make(profile, digits, object, "310104003001", sequence, &g, &err));
    return g.text;
}

START_TEST(grid_codes_are_made_from_their_parts)
{
    ck_assert_str_eq(made(GOV_GRID_CELL15, 0, NULL, 7), "310104003001007");
    ck_assert_str_eq(made(GOV_GRID_CELL15, 0, NULL, 999), "310104003001999");
    ck_assert_str_eq(made(GOV_GRID_COMMUNITY12, 0, NULL, 0), "310104003001");
    ck_assert_str_eq(made(GOV_GRID_CUSTOM, 5, NULL, 12), "31010400300100012");
    ck_assert_str_eq(made(GOV_GRID_CJT349_20, 0, "010300", 2), "01030031010400300102");
    ck_assert_str_eq(made(GOV_GRID_CJT349_20, 0, "010300", 0), "01030031010400300100");
}
END_TEST

START_TEST(parts_that_make_no_grid_code_are_refused)
{
    static const char community[] = "310104003001";
    gov_grid_code g = GOV_GRID_CODE_INIT;
    ck_fails(gov_grid_code_make(GOV_GRID_CELL15, 0, NULL, community, 1000, &g, &err), GOV_E_RANGE);
    ck_fails(gov_grid_code_make(GOV_GRID_CELL15, 0, NULL, community, -1, &g, &err), GOV_E_RANGE);
    ck_fails(gov_grid_code_make(GOV_GRID_COMMUNITY12, 0, NULL, community, 1, &g, &err), GOV_E_RANGE);
    ck_refused(gov_grid_code_make(GOV_GRID_CELL15, 0, NULL, community, 0, &g, &err), GOV_REFUSAL_SEQUENCE,
               13);
    ck_refused(gov_grid_code_make(GOV_GRID_CELL15, 0, NULL, "310104003000", 1, &g, &err), GOV_REFUSAL_LEVEL,
               10);
    ck_fails(gov_grid_code_make(GOV_GRID_CELL15, 0, "010300", community, 1, &g, &err), GOV_E_ARGUMENT);
    ck_fails(gov_grid_code_make(GOV_GRID_CJT349_20, 0, NULL, community, 1, &g, &err), GOV_E_ARGUMENT);
    ck_fails(gov_grid_code_make(GOV_GRID_CELL15, 0, NULL, "310104", 1, &g, &err), GOV_E_ARGUMENT);
    ck_fails(gov_grid_code_make(GOV_GRID_CUSTOM, 0, NULL, community, 1, &g, &err), GOV_E_ARGUMENT);
    ck_fails(gov_grid_code_make(GOV_GRID_CELL15, 0, NULL, NULL, 1, &g, &err), GOV_E_ARGUMENT);
    ck_assert_str_eq(g.text, "");
}
END_TEST

START_TEST(texts_must_be_given)
{
    ck_fails(gov_credit_code_parse(NULL, -1, NULL, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_division_parse(NULL, -1, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_grid_code_parse(NULL, -1, GOV_GRID_CELL15, 0, NULL, &err), GOV_E_ARGUMENT);
}
END_TEST

START_TEST(component_codes_split_by_profile)
{
    gov_object_code c = GOV_OBJECT_CODE_INIT;
    ck_ok(gov_component_code_parse("3101040100100042", -1, GOV_OBJECT_GBT30428, &c, &err));
    ck_assert_str_eq(c.division, "310104");
    ck_assert_str_eq(c.big_class, "01");
    ck_assert_str_eq(c.subclass, "001");
    ck_assert_int_eq(c.sequence, 42);
    ck_assert_int_eq(c.extension, 0);
    ck_ok(gov_component_code_parse("3101040108000042", -1, GOV_OBJECT_GBT30428, &c, &err));
    ck_assert_int_eq(c.extension, 1);
    ck_ok(gov_component_code_parse("3101040108000042", -1, GOV_OBJECT_CJT214, &c, &err));
    ck_assert_str_eq(c.subclass, "08");
    ck_assert_int_eq(c.sequence, 42);
    ck_assert_int_eq(c.extension, 0);
}
END_TEST

START_TEST(event_classes_split_by_profile)
{
    gov_object_code c = GOV_OBJECT_CODE_INIT;
    ck_ok(gov_event_class_parse("01002", -1, GOV_OBJECT_GBT30428, &c, &err));
    ck_assert_str_eq(c.division, "");
    ck_assert_str_eq(c.big_class, "01");
    ck_assert_str_eq(c.subclass, "002");
    ck_ok(gov_event_class_parse("3101040102", -1, GOV_OBJECT_CJT214, &c, &err));
    ck_assert_str_eq(c.division, "310104");
    ck_assert_str_eq(c.subclass, "02");
}
END_TEST

#define refuses_component(text, reason, position) \
    ck_refused(gov_component_code_parse(text, -1, GOV_OBJECT_GBT30428, NULL, &err), reason, position)

START_TEST(component_and_event_codes_are_refused_with_reason_and_position)
{
    refuses_component("3101040000100042", GOV_REFUSAL_CLASS, 7);
    refuses_component("3101040100000042", GOV_REFUSAL_CLASS, 9);
    refuses_component("3101040100100000", GOV_REFUSAL_SEQUENCE, 12);
    refuses_component("9901040100100042", GOV_REFUSAL_DIVISION, 1);
    refuses_component("310104010010004", GOV_REFUSAL_LENGTH, 16);
    ck_refused(gov_event_class_parse("00002", -1, GOV_OBJECT_GBT30428, NULL, &err), GOV_REFUSAL_CLASS, 1);
    ck_refused(gov_event_class_parse("01000", -1, GOV_OBJECT_GBT30428, NULL, &err), GOV_REFUSAL_CLASS, 3);
    ck_assert_str_eq(err.name, "event_class");
    ck_fails(gov_event_class_parse("01001", -1, (gov_object_profile)3, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_component_code_parse(NULL, 0, GOV_OBJECT_CJT214, NULL, &err), GOV_E_ARGUMENT);
}
END_TEST

GOV_TESTS("code/place_codes", the_worked_credit_code_passes,
          credit_codes_are_refused_with_reason_and_position, the_organisation_code_inside_is_checked_too,
          a_division_says_its_level_type_and_parent, digit_seven_tells_streets_from_quasi_units,
          prefectures_without_counties_may_carry_streets, divisions_are_refused_with_reason_and_position,
          grid_codes_are_read_by_their_profile, grid_codes_are_refused_with_reason_and_position,
          grid_codes_are_made_from_their_parts, parts_that_make_no_grid_code_are_refused, texts_must_be_given,
          component_codes_split_by_profile, event_classes_split_by_profile,
          component_and_event_codes_are_refused_with_reason_and_position)
