/* Budgets: who is served and with how much under two sets of lines, by hand; bounds where something is unknown. */
#include "need_fixture.h"

#include "govcore/need/budget.h"

/* Three indicators of 1/2, 3/10 and 1/5; B is 1000, and 1100 from 2022 on. */
#define LINES_MODEL                                                                                \
    "govcore_model: 1\nid: lines\nversion: 1\n"                                                    \
    "inputs: {income: {type: float, range: [0, 5000]}, b: {type: bool}, c: {type: bool},\n"        \
    "         heads: {type: int, range: [1, 8]}}\n"                                                \
    "params: {B: [{from: 2021-01-01, value: 1000}, {from: 2022-01-01, value: 1100}]}\n"            \
    "dimensions: [{id: d, weight: 1, indicators: [{id: ia, weight: 5/10, deprived: income < B},\n" \
    "  {id: ib, weight: 3/10, deprived: b}, {id: ic, weight: 2/10, deprived: c}]}]\n"              \
    "tiers: [{id: high, at: 1/2}, {id: low, at: 3/10}]\n"

static const char rows[] = "grid,income,b,c,heads\n"
                           "east,900,0,0,2\n"  /* high both times */
                           "east,1050,0,1,3\n" /* below B only in 2022 */
                           "west,2000,1,0,1\n" /* low */
                           "west,,0,0,4\n"     /* none or high */
                           "west,3000,0,1,2\n" /* 1/5: low only if low begins at 1/5 */
                           ",1000,1,1,\n";     /* no area; 1/2 is high; heads unknown */

static gov_table *budget_of(const gov_need_lines *now, const gov_need_lines *next, const gov_table *t,
                            int threads)
{
    gov_need_options o = GOV_NEED_OPTIONS_INIT;
    gov_need_budget_options b = GOV_NEED_BUDGET_OPTIONS_INIT;
    gov_table *out = NULL;
    o.as_of = "2021-06-01";
    o.threads = threads;
    o.batch_rows = threads == 1 ? 0 : 64;
    b.by = "grid";
    b.income = "income";
    b.persons = "heads";
    ck_ok(gov_need_budget(now, next, t, &o, &b, &out, &err));
    return out;
}

static void check_row(const gov_table *t, int64_t row, const char *group, const int *counts,
                      const double *money)
{
    static const char *const names[] = {"households", "now_low",    "now_high",  "next_low",  "next_high",
                                        "enter_low",  "enter_high", "leave_low", "leave_high"};
    static const char *const sums[] = {"now_money_low",   "now_money_high",   "next_money_low",
                                       "next_money_high", "change_money_low", "change_money_high"};
    ck_assert_str_eq(text_at(t, "group", row), group);
    for (int i = 0; i < 9; i++)
        ck_assert_msg(int_at(t, names[i], row) == counts[i], "%s of row %d: %lld", names[i], (int)row,
                      (long long)int_at(t, names[i], row));
    for (int i = 0; i < 6; i++)
        ck_assert_msg(number_at(t, sums[i], row) == money[i], "%s of row %d: %.17g", sums[i], (int)row,
                      number_at(t, sums[i], row));
}

/* Money: 100.50 a head for high, 40 for low, and the gap to B. In 2021 with B = 1000: the first gets
 * 2 (100.50 + 100) = 401; the third 40; the fourth, without a known income, 0 to 4 (100.50 + 1000) = 4402; the last,
 * without known heads, 1 to 8 times 100.50 = 100.50 to 804.
 * With the day in 2022 (B = 1100): 2 (100.50 + 200) = 601; 3 (100.50 + 50) = 451.50; 40; 0 to 4 (100.50 + 1100) =
 * 4802; the last 1 to 8 times 200.50 = 200.50 to 1604. Of the change the last has 1 to 8 times 100, and the fourth may
 * lose all or gain all: its tier may be another by another line. */
START_TEST(a_later_day_moves_the_line_and_the_money)
{
    gov_need_model *model = parse_model(LINES_MODEL);
    gov_table *t = parse_table(rows);
    gov_need_lines now = GOV_NEED_LINES_INIT;
    now.model = model;
    now.amounts = "high=100.50,low=40";
    now.line = "B";
    gov_need_lines next = now;
    next.as_of = "2022-06-01";
    static const int total[] = {6, 3, 4, 4, 5, 1, 2, 0, 1};
    static const int east[] = {2, 1, 1, 2, 2, 1, 1, 0, 0};
    static const int west[] = {3, 1, 2, 1, 2, 0, 1, 0, 1};
    static const int elsewhere[] = {1, 1, 1, 1, 1, 0, 0, 0, 0};
    static const double total_money[] = {541.5, 5647, 1293, 7498.5, -3650.5, 6253.5};
    static const double east_money[] = {401, 401, 1052.5, 1052.5, 651.5, 651.5};
    static const double west_money[] = {40, 4442, 40, 4842, -4402, 4802};
    static const double elsewhere_money[] = {100.5, 804, 200.5, 1604, 100, 800};
    for (int threads = 1; threads <= 2; threads++) {
        gov_table *b = budget_of(&now, &next, t, threads);
        ck_assert_int_eq(gov_table_rows(b), 4);
        check_row(b, 0, "", total, total_money);
        check_row(b, 1, "east", east, east_money);
        check_row(b, 2, "west", west, west_money);
        check_row(b, 3, "", elsewhere, elsewhere_money);
        ck_assert_int_eq(int_at(b, "unbounded", 0), 0);
        gov_table_free(b);
    }
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

/* `low` from 1/5 on instead of 3/10: the second and the fifth enter. Only `high` served instead: the third leaves. A
 * parameter by value, a line as a fraction of it: 1/2 × 1200 = 600 is below every income that is known. */
START_TEST(cutoffs_tiers_and_parameters_may_move_too)
{
    gov_need_model *model = parse_model(LINES_MODEL);
    gov_table *t = parse_table(rows);
    gov_need_lines now = GOV_NEED_LINES_INIT;
    now.model = model;
    gov_need_lines next = now;
    next.at = "low=1/5";
    gov_table *b = budget_of(&now, &next, t, 1);
    ck_assert_int_eq(int_at(b, "enter_low", 0), 2);
    ck_assert_int_eq(int_at(b, "enter_high", 0), 3);
    ck_assert_int_eq(int_at(b, "leave_high", 0), 0); /* nobody leaves where a line is only wider */
    gov_table_free(b);
    next.at = NULL;
    next.tier = "high";
    b = budget_of(&now, &next, t, 1);
    ck_assert_int_eq(int_at(b, "leave_low", 0), 1);
    ck_assert_int_eq(int_at(b, "leave_high", 0), 2);
    gov_table_free(b);
    next.tier = "none";
    next.params = "B=1200";
    next.line = "1/2*B";
    b = budget_of(&now, &next, t, 1);
    ck_assert_int_eq(int_at(b, "next_low", 0), 6);
    ck_assert(number_at(b, "next_money_low", 0) == 0);
    ck_assert(number_at(b, "next_money_high", 0) == 4 * 600);
    gov_table_free(b);
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

START_TEST(money_without_a_bound_is_missing)
{
    gov_need_model *model = parse_model(LINES_MODEL);
    gov_table *t = parse_table("income,b,c,heads,people\n900,0,0,2,2\n900,0,0,2,\n");
    gov_need_options o = GOV_NEED_OPTIONS_INIT;
    gov_need_budget_options options = GOV_NEED_BUDGET_OPTIONS_INIT;
    gov_need_lines lines = GOV_NEED_LINES_INIT;
    gov_table *b = NULL;
    o.as_of = "2021-06-01";
    options.persons = "people"; /* no input: no range */
    lines.model = model;
    lines.amounts = "high=10";
    ck_ok(gov_need_budget(&lines, &lines, t, &o, &options, &b, &err));
    ck_assert_int_eq(gov_table_rows(b), 1);
    ck_assert(number_at(b, "now_money_low", 0) == 30);
    ck_assert(isnan(number_at(b, "now_money_high", 0)));
    ck_assert(number_at(b, "change_money_low", 0) == 0 && number_at(b, "change_money_high", 0) == 0);
    ck_assert_int_eq(int_at(b, "unbounded", 0), 1);
    gov_table_free(b);
    gov_need_lines more = lines;
    more.amounts = "high=12";
    ck_ok(gov_need_budget(&lines, &more, t, &o, &options, &b, &err));
    ck_assert(number_at(b, "change_money_low", 0) == 2 * 3);
    ck_assert(isnan(number_at(b, "change_money_high", 0)));
    gov_table_free(b);
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

/* Its one indicator is deprived or not: it is in no tier, or in the highest. */
START_TEST(a_refused_household_may_have_any_score)
{
    gov_need_model *model = parse_model("govcore_model: 1\nid: r\nversion: 1\ninputs: {a: {type: bool}}\n"
                                        "dimensions: [{id: d, weight: 1, indicators: [{id: i, weight: 1,\n"
                                        "  deprived: a, on_missing: refuse}]}]\n"
                                        "tiers: [{id: high, at: 1/2}, {id: low, at: 1/3}]\n");
    gov_table *t = parse_table("a,z\n1,1\n,1\n");
    gov_need_lines lines = GOV_NEED_LINES_INIT;
    gov_table *b = NULL;
    lines.model = model;
    lines.amounts = "high=10,low=70";
    ck_ok(gov_need_budget(&lines, &lines, t, NULL, NULL, &b, &err));
    ck_assert_int_eq(int_at(b, "now_low", 0), 1);
    ck_assert_int_eq(int_at(b, "now_high", 0), 2);
    ck_assert(number_at(b, "now_money_low", 0) == 10);
    ck_assert(number_at(b, "now_money_high", 0) == 20);
    gov_table_free(b);
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

typedef struct refusal {
    gov_status code;
    const char *name;
    gov_need_lines lines;
    const char *income;
} refusal;

START_TEST(lines_that_cannot_be_are_refused)
{
    gov_need_model *model = parse_model(LINES_MODEL);
    gov_table *t = parse_table(rows);
    const refusal list[] = {
        {GOV_E_UNKNOWN_NAME, "middle", {.at = "middle=1/2"}, NULL},
        {GOV_E_UNKNOWN_NAME, "middle", {.amounts = "middle=1"}, NULL},
        {GOV_E_UNKNOWN_NAME, "middle", {.tier = "middle"}, NULL},
        {GOV_E_FORMAT, "at", {.at = "high=0.5"}, NULL},
        {GOV_E_FORMAT, "at", {.at = "high"}, NULL},
        {GOV_E_FORMAT, "at", {.at = "none=1/5"}, NULL},
        {GOV_E_FORMAT, "at", {.at = "high=3/2"}, NULL},
        {GOV_E_RANGE, "high", {.at = "high=1/5"}, NULL},
        {GOV_E_FORMAT, "amounts", {.amounts = "high=1.005"}, NULL},
        {GOV_E_FORMAT, "amounts", {.amounts = "high=-1"}, NULL},
        {GOV_E_MISSING, "income", {.line = "B"}, NULL},
        {GOV_E_UNKNOWN_NAME, "C", {.line = "C"}, "income"},
        {GOV_E_FORMAT, "line", {.line = "1.5*B"}, "income"},
        {GOV_E_RANGE, "line", {.line = "-1"}, "income"},
        {GOV_E_UNKNOWN_NAME, "wages", {.line = "B"}, "wages"},
        {GOV_E_UNKNOWN_NAME, "C", {.params = "C=1"}, NULL},
        {GOV_E_RANGE, "B", {.as_of = "2020-12-31"}, NULL},
    };
    gov_need_lines fine = GOV_NEED_LINES_INIT;
    gov_table *b = NULL;
    fine.model = model;
    for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++) {
        gov_need_options o = GOV_NEED_OPTIONS_INIT;
        gov_need_budget_options options = GOV_NEED_BUDGET_OPTIONS_INIT;
        gov_need_lines wrong = list[i].lines;
        wrong.struct_size = (uint32_t)sizeof(wrong);
        wrong.model = model;
        o.as_of = "2021-06-01";
        options.income = list[i].income;
        ck_fails(gov_need_budget(&fine, &wrong, t, &o, &options, &b, &err), list[i].code);
        ck_assert_str_eq(err.name, list[i].name);
        ck_fails(gov_need_budget(&wrong, &fine, t, &o, &options, &b, &err), list[i].code);
        ck_assert_ptr_null(b);
    }
    gov_need_lines none = GOV_NEED_LINES_INIT;
    gov_need_options day = GOV_NEED_OPTIONS_INIT;
    day.as_of = "2021-06-01";
    ck_fails(gov_need_budget(&fine, &none, t, &day, NULL, &b, &err), GOV_E_ARGUMENT);
    none.struct_size = 1;
    ck_fails(gov_need_budget(&none, &fine, t, NULL, NULL, &b, &err), GOV_E_ARGUMENT);
    ck_fails(gov_need_budget(NULL, &fine, t, NULL, NULL, &b, &err), GOV_E_ARGUMENT);
    gov_table_free(t);
    t = parse_table("income,b,c,heads,wage\n900,0,0,2,1\n900,0,0,2,-1\n");
    gov_need_options o = GOV_NEED_OPTIONS_INIT;
    gov_need_budget_options options = GOV_NEED_BUDGET_OPTIONS_INIT;
    o.as_of = "2021-06-01";
    options.income = "wage";
    ck_fails(gov_need_budget(&fine, &fine, t, &o, &options, &b, &err), GOV_E_RANGE);
    ck_assert_int_eq(err.row, 1);
    ck_assert_str_eq(err.name, "wage");
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

START_TEST(every_allocation_of_a_budget_may_fail)
{
    gov_need_model *model = parse_model(LINES_MODEL);
    gov_table *t = parse_table(rows);
    gov_need_options o = GOV_NEED_OPTIONS_INIT;
    gov_need_budget_options options = GOV_NEED_BUDGET_OPTIONS_INIT;
    gov_need_lines lines = GOV_NEED_LINES_INIT;
    gov_table *b = NULL;
    o.as_of = "2021-06-01";
    options.by = "grid";
    lines.model = model;
    ck_every_allocation(gov_need_budget(&lines, &lines, t, &o, &options, &b, &err), ck_assert_ptr_null(b),
                        gov_table_free(b));
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

GOV_TESTS("need/budget", a_later_day_moves_the_line_and_the_money, cutoffs_tiers_and_parameters_may_move_too,
          money_without_a_bound_is_missing, a_refused_household_may_have_any_score,
          lines_that_cannot_be_are_refused, every_allocation_of_a_budget_may_fail)
