/* The rule language: dates, parameters by day, aggregates over members, and the corners of three-valued logic. */
#include "need_fixture.h"

#define DATED                                                                                          \
    "govcore_model: 1\nid: dated\nversion: 1\n%s"                                                      \
    "inputs: {birth: {type: date}, seen: {type: date}, income: {type: float}}\n"                       \
    "params: {B: [{from: 2020-07-01, value: 1240}, {from: 2021-07-01, to: 2022-06-30, value: 1330}], " \
    "young: 18}\n"                                                                                     \
    "dimensions: [{id: d, weight: 1, indicators: [\n"                                                  \
    "  {id: minor, weight: 1/4, deprived: \"age_years(birth, as_of) < young\"},\n"                     \
    "  {id: long_ago, weight: 1/4, deprived: \"months_between(seen, as_of) >= 2\"},\n"                 \
    "  {id: days, weight: 1/4, deprived: \"days_between(seen, as_of) > 31 or seen > 2030-01-01\"},\n"  \
    "  {id: low_income, weight: 1/4, deprived: income < B}]}]\ntiers: [{id: high, at: 1/2}]\n"

static gov_table *people(void)
{
    /* someone born on 29 February is 18 on 1 March 2022; 30 June to 31 August is two months and 62 days */
    return parse_table("birth,seen,income,day\n2004-02-29,2021-06-30,1300,2021-08-31\n2003-08-31,2021-08-01,"
                       "1300,2021-06-30\n"
                       "2003-09-01,,1300,\n");
}

START_TEST(dates_and_dated_parameters_follow_as_of)
{
    char text[2000];
    snprintf(text, sizeof(text), DATED, "");
    gov_need_model *model = parse_model(text);
    gov_table *t = people();
    gov_table *s = NULL;
    gov_need_options o = GOV_NEED_OPTIONS_INIT;
    ck_fails(gov_need_score(model, t, NULL, &s, &err), GOV_E_MISSING);
    ck_assert_str_eq(err.name, "as_of");
    o.as_of = "2021-08-31";
    ck_ok(gov_need_score(model, t, &o, &s, &err));
    ck_assert_int_eq(int_at(s, "deprived_mask", 0), 1 + 2 + 4 + 8);
    ck_assert_int_eq(int_at(s, "deprived_mask", 1), 8);
    ck_assert_int_eq(int_at(s, "deprived_mask", 2), 1 + 8);
    ck_assert_int_eq(int_at(s, "missing_mask", 2), 2 + 4);
    gov_table_free(s);
    o.as_of = "2021-06-30";
    ck_ok(gov_need_score(model, t, &o, &s, &err));
    ck_assert_int_eq(int_at(s, "deprived_mask", 0), 1); /* 1300 is not below 1240 */
    gov_table_free(s);
    s = NULL;
    o.as_of = "2022-07-01";
    ck_fails(gov_need_score(model, t, &o, &s, &err), GOV_E_RANGE);
    ck_assert_str_eq(err.name, "B");
    o.params = "B=1500";
    ck_ok(gov_need_score(model, t, &o, &s, &err));
    ck_assert_int_eq(int_at(s, "deprived_mask", 1), 2 + 4 + 8);
    gov_table_free(s);
    s = NULL;
    o.params = "C=1";
    ck_fails(gov_need_score(model, t, &o, &s, &err), GOV_E_UNKNOWN_NAME);
    o.params = "B=many";
    ck_fails(gov_need_score(model, t, &o, &s, &err), GOV_E_FORMAT);
    o.as_of = "yesterday";
    ck_fails(gov_need_score(model, t, &o, &s, &err), GOV_E_FORMAT);
    ck_assert_ptr_null(s);
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

START_TEST(each_row_may_have_its_own_day)
{
    char text[2000];
    snprintf(text, sizeof(text), DATED, "as_of: day\n");
    char *at = strstr(text, "income: {type: float}");
    ck_assert_ptr_nonnull(at);
    char with_day[2000];
    snprintf(with_day, sizeof(with_day), "%.*sday: {type: date}, %s", (int)(at - text), text, at);
    gov_need_model *model = parse_model(with_day);
    gov_table *t = people();
    gov_table *s = NULL;
    gov_need_explanation *e = NULL;
    ck_ok(gov_need_score(model, t, NULL, &s, &err));
    ck_assert_int_eq(int_at(s, "deprived_mask", 0), 15);
    ck_assert_int_eq(int_at(s, "deprived_mask", 1), 1); /* 17 on 2021-06-30; 1300 is not below 1240 */
    ck_assert_int_eq(int_at(s, "missing_mask", 2), 15);
    ck_ok(gov_need_explain(model, t, 2, NULL, &e, &err));
    ck_assert_str_eq(text_at(gov_need_explanation_lines(e), "reason", 3), "no_value_on_the_day: B");
    gov_need_explanation_free(e);
    gov_table_free(s);
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

START_TEST(members_are_joined_by_key_and_counted_with_kleene)
{
    gov_need_model *model = parse_model(
        "govcore_model: 1\nid: members\nversion: 1\nids: [home]\ninputs: {rooms: {type: int}}\n"
        "members: {key: home, inputs: {birth: {type: date}, sick: {type: bool}, pay: {type: float}}}\n"
        "dimensions: [{id: d, weight: 1, indicators: [\n"
        "  {id: child, weight: 1/6, deprived: \"any(age_years(birth, as_of) < 18)\"},\n"
        "  {id: all_sick, weight: 1/6, deprived: all(sick)},\n"
        "  {id: crowded, weight: 1/6, deprived: count(true) > 2 * rooms},\n"
        "  {id: poor, weight: 1/6, deprived: sum(pay) < 1000},\n"
        "  {id: best, weight: 1/6, deprived: max(pay) < 600},\n"
        "  {id: least, weight: 1/6, deprived: \"min(pay) < min(200, 300)\"}]}]\ntiers: [{id: high, at: "
        "1/2}]\n");
    gov_table *t = parse_table("home,rooms\nA,1\nB,1\nC,2\n");
    gov_table *members =
        parse_table("home,birth,sick,pay\nB,1980-01-01,true,700\nA,2010-01-01,,500\nX,2015-01-01,true,1\n"
                    "A,1980-01-01,true,100\nB,1990-01-01,false,\nA,,true,300\n");
    gov_table *s = NULL;
    gov_need_options o = GOV_NEED_OPTIONS_INIT;
    o.as_of = "2021-08-01";
    ck_fails(gov_need_score(model, t, &o, &s, &err), GOV_E_MISSING);
    o.members = members;
    for (o.threads = 1; o.threads < 4; o.threads++) {
        ck_ok(gov_need_score(model, t, &o, &s, &err));
        ck_assert_int_eq(int_at(s, "deprived_mask", 0),
                         1 + 4 + 8 + 16 + 32); /* A: 900, best 500, least 100 */
        ck_assert_int_eq(int_at(s, "missing_mask", 0), 2);
        ck_assert_int_eq(int_at(s, "deprived_mask", 1), 0); /* B: one is not sick; pay is not known */
        ck_assert_int_eq(int_at(s, "missing_mask", 1), 8 + 16 + 32);
        ck_assert_int_eq(int_at(s, "deprived_mask", 2),
                         2 + 8); /* C has no member: all() holds, the sum is 0 */
        ck_assert_int_eq(int_at(s, "missing_mask", 2), 16 + 32);
        gov_table_free(s);
        s = NULL;
    }
    gov_table *twice = parse_table("home,rooms\nA,1\nA,1\n");
    ck_fails(gov_need_score(model, twice, &o, &s, &err), GOV_E_DUPLICATE);
    ck_assert_int_eq(err.row, 1);
    gov_table_free(twice);
    gov_table *numbers = parse_table("home,rooms\n1,1\n");
    ck_fails(gov_need_score(model, numbers, &o, &s, &err), GOV_E_TYPE);
    gov_table_free(numbers);
    gov_table_free(members);
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

START_TEST(codes_come_as_numbers_or_text_and_may_stand_for_missing)
{
    gov_need_model *model = parse_model("govcore_model: 1\nid: codes\nversion: 1\n"
                                        "inputs: {toilet: {type: enum, codes: {1: own, 2: shared, 3: none}, "
                                        "missing: [9, x]}, n: {type: int, missing: [-1]}}\n"
                                        "dimensions: [{id: d, weight: 1, indicators: [\n"
                                        "  {id: i, weight: 1/2, deprived: \"toilet in [shared, none]\"}, "
                                        "{id: j, weight: 1/2, deprived: \"n < 0 or n not in [0, 1]\"}]}]\n"
                                        "tiers: [{id: high, at: 1/2}]\n");
    gov_table *numbers = parse_table("toilet,n\n1,0\n2,-1\n9,2\n,-2\n");
    gov_table *texts = parse_table("toilet,n\n\"1\",0\n\"2\",-1\nx,2\n,-2\n");
    gov_table *s[2] = {NULL, NULL};
    ck_ok(gov_need_score(model, numbers, NULL, &s[0], &err));
    ck_ok(gov_need_score(model, texts, NULL, &s[1], &err));
    for (int k = 0; k < 2; k++) {
        static const int deprived[] = {0, 1, 2, 2};
        static const int missing[] = {0, 2, 1, 1};
        for (int64_t r = 0; r < 4; r++) {
            ck_assert_int_eq(int_at(s[k], "deprived_mask", r), deprived[r]);
            ck_assert_int_eq(int_at(s[k], "missing_mask", r), missing[r]);
        }
        gov_table_free(s[k]);
    }
    gov_table *wrong = parse_table("toilet,n\n1,0\n4,0\n");
    gov_table *out = NULL;
    ck_fails(gov_need_score(model, wrong, NULL, &out, &err), GOV_E_FORMAT);
    ck_assert_int_eq(err.row, 1);
    ck_assert_str_eq(err.name, "toilet");
    gov_table_free(wrong);
    gov_table_free(numbers);
    gov_table_free(texts);
    gov_need_model_free(model);
}
END_TEST

START_TEST(overflow_is_missing_with_its_reason)
{
    gov_need_model *model = parse_model(
        "govcore_model: 1\nid: big\nversion: 1\ninputs: {x: {type: float}}\n"
        "dimensions: [{id: d, weight: 1, indicators: [\n"
        "  {id: i, weight: 1/2, deprived: x * x > 1}, {id: j, weight: 1/2, deprived: 0 / (x - x) < 1}]}]\n"
        "tiers: [{id: high, at: 1/2}]\n");
    gov_table *t = parse_table("x\n1e200\n");
    gov_need_explanation *e = NULL;
    ck_ok(gov_need_explain(model, t, 0, NULL, &e, &err));
    ck_assert_str_eq(text_at(gov_need_explanation_lines(e), "reason", 0), "overflow");
    ck_assert_str_eq(text_at(gov_need_explanation_lines(e), "reason", 1), "division_by_zero");
    gov_need_explanation_free(e);
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

START_TEST(a_parameter_without_dates_holds_on_unknown_days_too)
{
    gov_need_model *model = parse_model(
        "govcore_model: 1\nid: m\nversion: 1\nas_of: seen\nparams: {B: 5, C: [{from: 2021-01-01, value: "
        "5}]}\n"
        "inputs: {x: {type: int}, seen: {type: date}}\n"
        "dimensions: [{id: d, weight: 1, indicators: [{id: always, weight: 1/2, deprived: x < B},\n"
        "  {id: dated, weight: 1/2, deprived: x < C}]}]\ntiers: [{id: high, at: 1/2}]\n");
    gov_table *t = parse_table("x,seen\n3,2021-08-01\n3,\n3,2020-08-01\n");
    gov_table *s = NULL;
    gov_need_options o = GOV_NEED_OPTIONS_INIT;
    ck_ok(gov_need_score(model, t, NULL, &s, &err));
    for (int64_t row = 0; row < 3; row++) {
        ck_assert_int_eq(int_at(s, "deprived_mask", row), row == 0 ? 3 : 1);
        ck_assert_int_eq(int_at(s, "missing_mask", row), row == 0 ? 0 : 2);
    }
    gov_table_free(s);
    o.params = "C=5"; /* now that one holds always too */
    ck_ok(gov_need_score(model, t, &o, &s, &err));
    for (int64_t row = 0; row < 3; row++)
        ck_assert_int_eq(int_at(s, "deprived_mask", row), 3);
    gov_table_free(s);
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

GOV_TESTS("need/language", a_parameter_without_dates_holds_on_unknown_days_too,
          dates_and_dated_parameters_follow_as_of, each_row_may_have_its_own_day,
          members_are_joined_by_key_and_counted_with_kleene,
          codes_come_as_numbers_or_text_and_may_stand_for_missing, overflow_is_missing_with_its_reason)
