/* Models: what is refused, and where; what a model says about itself. */
#include "need_fixture.h"

typedef struct fault {
    const char *what;
    gov_status code;
    int line;
    int column;
    const char *text;
} fault;

#define TOP "govcore_model: 1\nid: m\nversion: 1\n"
#define INPUTS                                                                                             \
    "inputs: {a: {type: bool}, x: {type: float}, y: {type: int}, d: {type: date}, t: {type: enum, codes: " \
    "{1: own, 2: shared}}}\n"
#define TIERS "tiers: [{id: high, at: 1/2}]\n"
#define ONE(rule) "dimensions: [{id: q, weight: 1, indicators: [{id: i, weight: 1, deprived: " rule "}]}]\n"
#define RULE_COLUMN 75 /* of the first character of ONE's rule */

static const fault faults[] = {
    {"an empty file", GOV_E_FORMAT, 1, 1, ""},
    {"not YAML", GOV_E_FORMAT, 2, 1, "a: [\n"},
    {"two documents", GOV_E_FORMAT, 4, 1, TOP "---\nb: 1\n"},
    {"a tab for indentation", GOV_E_FORMAT, 5, 1, TOP "inputs:\n\ta: 1\n"},
    {"an unknown key at the top", GOV_E_UNKNOWN_NAME, 4, 1, TOP "dimension: []\n"},
    {"a key that stands twice", GOV_E_DUPLICATE, 4, 1, TOP "id: m\n"},
    {"an anchor", GOV_E_FORMAT, 4, 9, TOP "inputs: &a {a: {type: bool}}\n"},
    {"an alias", GOV_E_FORMAT, 2, 5, "govcore_model: 1\nid: *a\n"},
    {"a tag", GOV_E_FORMAT, 2, 5, "govcore_model: 1\nid: !!str m\n"},
    {"no id", GOV_E_MISSING, 1, 1, "govcore_model: 1\nversion: 1\n"},
    {"another form of file", GOV_E_VERSION, 1, 16, "govcore_model: 2\nid: m\nversion: 1\n"},
    {"a version that is not a whole number", GOV_E_RANGE, 3, 10, "govcore_model: 1\nid: m\nversion: 1.5\n"},
    {"no inputs", GOV_E_MISSING, 1, 1, TOP TIERS},
    {"an unknown type of input", GOV_E_UNKNOWN_NAME, 4, 20, TOP "inputs: {a: {type: number}}\n"},
    {"an unknown key of an input", GOV_E_UNKNOWN_NAME, 4, 27,
     TOP "inputs: {a: {type: float, rnge: [0, 1]}}\n"},
    {"a range that is upside down", GOV_E_RANGE, 4, 34, TOP "inputs: {a: {type: float, range: [2, 1]}}\n"},
    {"a range of a bool", GOV_E_FORMAT, 4, 33, TOP "inputs: {a: {type: bool, range: [0, 1]}}\n"},
    {"an enum without codes", GOV_E_MISSING, 4, 13, TOP "inputs: {a: {type: enum}}\n"},
    {"two codes of one name", GOV_E_DUPLICATE, 4, 47,
     TOP "inputs: {a: {type: enum, codes: {1: own,   2: own}}}\n"},
    {"a code that stands for missing too", GOV_E_CONFLICT, 4, 53,
     TOP "inputs: {a: {type: enum, codes: {1: own}, missing: [1]}}\n"},
    {"an input named like a word of the language", GOV_E_CONFLICT, 4, 10,
     TOP "inputs: {and: {type: bool}}\n"},
    {"an input whose name is no name", GOV_E_FORMAT, 4, 10, TOP "inputs: {1a: {type: bool}}\n"},
    {"a parameter named like an input", GOV_E_DUPLICATE, 5, 10, TOP INPUTS "params: {x: 1}\n"},
    {"a parameter that is a text", GOV_E_TYPE, 5, 13, TOP INPUTS "params: {B: \"1\"}\n"},
    {"values of a parameter out of order", GOV_E_RANGE, 7, 6,
     TOP INPUTS "params:\n  B: [{from: 2021-07-01, value: 1},\n     {from: 2020-07-01, value: 2}]\n"},
    {"a day that does not exist", GOV_E_FORMAT, 5, 21,
     TOP INPUTS "params: {B: [{from: 2021-02-29, value: 1}]}\n"},
    {"a weight as a decimal", GOV_E_FORMAT, 5, 30,
     TOP INPUTS "dimensions: [{id: q, weight: 0.0476, indicators: []}]\n"},
    {"weights of dimensions that sum to 999/1000", GOV_E_RANGE, 6, 3,
     TOP INPUTS
     "dimensions:\n  - {id: q, weight: 999/1000, indicators: [{id: i, weight: equal, deprived: a}]}\n" TIERS},
    {"weights of indicators that do not sum to their dimension's", GOV_E_RANGE, 5, 46,
     TOP INPUTS "dimensions: [{id: q, weight: 1,  indicators: [{id: i, weight: 1/2, deprived: a}]}]\n"},
    {"a weight of 0", GOV_E_RANGE, 5, 30, TOP INPUTS "dimensions: [{id: q, weight: 0/1, indicators: []}]\n"},
    {"an indicator without a rule", GOV_E_MISSING, 5, 46,
     TOP INPUTS "dimensions: [{id: q, weight: 1, indicators: [{id: i, weight: 1}]}]\n"},
    {"two indicators of one id", GOV_E_DUPLICATE, 7, 12,
     TOP INPUTS "dimensions: [{id: q, weight: 1, indicators: [\n     {id: i, weight: equal, deprived: a},\n"
                "     {id:  i, weight: equal, deprived: a}]}]\n"},
    {"two dimensions of one id", GOV_E_DUPLICATE, 7, 10,
     TOP INPUTS "dimensions:\n  - {id: q, weight: equal, indicators: [{id: i, weight: equal, deprived: a}]}\n"
                "  - {id: q, weight: equal, indicators: [{id: j, weight: equal, deprived: a}]}\n"},
    {"an unknown policy for what is missing", GOV_E_UNKNOWN_NAME, 5, 90,
     TOP INPUTS
     "dimensions: [{id: q, weight: 1, indicators: [{id: i, weight: 1, deprived: a, on_missing: zero}]}]\n"},
    {"an unknown service", GOV_E_UNKNOWN_NAME, 5, 88,
     TOP INPUTS
     "dimensions: [{id: q, weight: 1, indicators: [{id: i, weight: 1, deprived: a, service: [dibao]}]}]\n"},
    {"a rule that names nothing", GOV_E_UNKNOWN_NAME, 5, RULE_COLUMN, TOP INPUTS ONE("b")},
    {"a rule that is a number", GOV_E_TYPE, 5, RULE_COLUMN, TOP INPUTS ONE("x + 1")},
    {"bool == number", GOV_E_TYPE, 5, RULE_COLUMN + 5, TOP INPUTS ONE("a == 1")},
    {"number < bool", GOV_E_TYPE, 5, RULE_COLUMN + 4, TOP INPUTS ONE("x < a")},
    {"and of a number", GOV_E_TYPE, 5, RULE_COLUMN + 6, TOP INPUTS ONE("a and x")},
    {"a sum of a date", GOV_E_TYPE, 5, RULE_COLUMN, TOP INPUTS ONE("d + 1 < x")},
    {"an order of codes", GOV_E_TYPE, 5, RULE_COLUMN, TOP INPUTS ONE("t < own")},
    {"a code of another input", GOV_E_UNKNOWN_NAME, 5, RULE_COLUMN + 5, TOP INPUTS ONE("t == none")},
    {"a comparison of three", GOV_E_FORMAT, 5, RULE_COLUMN + 6, TOP INPUTS ONE("1 < x < 2")},
    {"a single =", GOV_E_FORMAT, 5, RULE_COLUMN + 2, TOP INPUTS ONE("x = 1")},
    {"a bracket left open", GOV_E_FORMAT, 5, RULE_COLUMN + 6, TOP INPUTS ONE("(x < 1")},
    {"a rule that ends in an operator", GOV_E_FORMAT, 5, RULE_COLUMN + 3, TOP INPUTS ONE("x <")},
    {"a number with letters", GOV_E_FORMAT, 5, RULE_COLUMN + 4, TOP INPUTS ONE("x < 2B")},
    {"an unknown function", GOV_E_UNKNOWN_NAME, 5, RULE_COLUMN, TOP INPUTS ONE("sqrt(x) < 1")},
    {"too few arguments", GOV_E_FORMAT, 5, RULE_COLUMN, TOP INPUTS ONE("age_years(d) < 1")},
    {"an aggregate without a members' table", GOV_E_REFERENCE, 5, RULE_COLUMN, TOP INPUTS ONE("any(a)")},
    {"an indicator in another's rule", GOV_E_UNKNOWN_NAME, 5, RULE_COLUMN, TOP INPUTS ONE("i")},
    {"branches of two types", GOV_E_TYPE, 5, RULE_COLUMN + 17, TOP INPUTS ONE("if a then a else x")},
    {"a day that does not exist in a rule", GOV_E_FORMAT, 5, RULE_COLUMN + 4,
     TOP INPUTS ONE("d < 2021-02-29")},
    {"no tiers", GOV_E_MISSING, 1, 1, TOP INPUTS ONE("a")},
    {"tiers that go up", GOV_E_RANGE, 6, 32,
     TOP INPUTS ONE("a") "tiers: [{id: low,    at: 1/3}, {id: high, at: 1/2}]\n"},
    {"two tiers at one place", GOV_E_RANGE, 6, 29,
     TOP INPUTS ONE("a") "tiers: [{id: low, at: 1/3}, {id: high, at: 2/6}]\n"},
    {"a tier above 1", GOV_E_RANGE, 6, 23, TOP INPUTS ONE("a") "tiers: [{id: low, at: 4/3}]\n"},
    {"a floor to a tier that is not there", GOV_E_UNKNOWN_NAME, 7, 27,
     TOP INPUTS ONE("a") TIERS "floors: [{when: i,  tier: medium}]\n"},
    {"a preset that does not sum to 1", GOV_E_RANGE, 7, 24,
     TOP INPUTS ONE("a") TIERS "presets: {p: {weights: {i: 1/2}}}\n"},
    {"a preset of nothing", GOV_E_FORMAT, 7, 14, TOP INPUTS ONE("a") TIERS "presets: {p: {}}\n"},
    {"a preset with an unknown indicator", GOV_E_UNKNOWN_NAME, 7, 28,
     TOP INPUTS ONE("a") TIERS "presets: {p: {indicators: [j]}}\n"},
    {"a test that names no input", GOV_E_UNKNOWN_NAME, 7, 27,
     TOP INPUTS ONE("a") TIERS "tests: [{name: n, input: {b:  true}, expect: {score: 1}}]\n"},
    {"a test that the model fails", GOV_E_CONFLICT, 7, 54,
     TOP INPUTS ONE("a") TIERS "tests: [{name: n, input: {a:  true}, expect: {score: 1/2}}]\n"},
    {"as_of that is no date", GOV_E_TYPE, 5, 8, TOP INPUTS "as_of: x\n" ONE("a") TIERS},
};

START_TEST(every_fault_is_refused_at_its_place)
{
    int wrong = 0;
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        const fault *f = &faults[i];
        gov_need_model *model = NULL;
        gov_error e = GOV_ERROR_INIT;
        gov_status status = gov_need_model_parse(f->text, -1, "m.yaml", &model, &e);
        int right = status == f->code && e.line == f->line && e.column == f->column &&
                    strcmp(e.file, "m.yaml") == 0 && model == NULL;
        if (!right)
            fprintf(stderr, "%s: %s at %lld:%lld (%s), expected %s at %d:%d\n", f->what,
                    gov_status_name(status), (long long)e.line, (long long)e.column, e.message,
                    gov_status_name(f->code), f->line, f->column);
        wrong += !right;
    }
    ck_assert_int_eq(wrong, 0);
}
END_TEST

START_TEST(what_is_too_large_or_too_deep_is_refused)
{
    gov_need_model *model = NULL;
    char rule[400] = "";
    char text[2000];
    for (int i = 0; i < 100; i++)
        strcat(rule, "(");
    snprintf(text, sizeof(text),
             TOP INPUTS
             "dimensions: [{id: q, weight: 1, indicators: [{id: i, weight: 1, deprived: \"%sa\"}]}]\n",
             rule);
    ck_fails(gov_need_model_parse(text, -1, NULL, &model, &err), GOV_E_LIMIT);
    char *many = malloc(10000);
    int n = sprintf(many, TOP INPUTS "dimensions:\n  - id: q\n    weight: 1\n    indicators:\n");
    for (int i = 0; i < 33; i++)
        n += sprintf(many + n, "      - {id: i%d, weight: equal, deprived: a}\n", i);
    ck_fails(gov_need_model_parse(many, -1, NULL, &model, &err), GOV_E_LIMIT);
    free(many);
    ck_fails(
        gov_need_model_parse(
            TOP INPUTS
            "dimensions:\n"
            "  - {id: p, weight: 1/999999999999999, indicators: [{id: i, weight: equal, deprived: a}]}\n"
            "  - {id: q, weight: 1/999999999999998, indicators: [{id: j, weight: equal, deprived: a}]}\n",
            -1, NULL, &model, &err),
        GOV_E_LIMIT);
}
END_TEST

START_TEST(the_built_in_model_passes_its_tests_and_tells_what_it_is)
{
    gov_need_model *model = NULL;
    int64_t den = 0;
    ck_assert_ptr_nonnull(gov_need_model_builtin_name(0));
    ck_assert_ptr_null(gov_need_model_builtin_name(1000));
    for (int64_t i = 0; gov_need_model_builtin_name(i) != NULL; i++) {
        ck_ok(gov_need_model_builtin(gov_need_model_builtin_name(i), &model, &err));
        ck_assert_str_eq(gov_need_model_id(model), gov_need_model_builtin_name(i));
        gov_need_model_free(model);
    }
    ck_ok(gov_need_model_builtin("govcore-need-22", &model, &err));
    ck_ok(gov_need_model_denominator(model, NULL, &den, &err));
    ck_assert_int_eq(den, 1000);
    ck_ok(gov_need_model_denominator(model, "changning10", &den, &err));
    ck_assert_int_eq(den, 20); /* tenths, and their halves for depth */
    ck_fails(gov_need_model_denominator(model, "no", &den, &err), GOV_E_UNKNOWN_NAME);
    ck_assert_int_eq((int)strlen(gov_need_model_fingerprint(model)), 32);
    ck_assert_ptr_nonnull(strstr(gov_need_model_notice(model, "en"), "not the model of any district"));
    static const int64_t rows[] = {7, 22, 44, 4, 5, 11, 2, 4};
    for (int part = GOV_NEED_DIMENSIONS; part <= GOV_NEED_TESTS; part++) {
        gov_table *t = NULL;
        ck_ok(gov_need_model_table(model, (gov_need_part)part, NULL, &t, &err));
        ck_assert_msg(gov_table_rows(t) == rows[part], "part %d has %lld rows", part,
                      (long long)gov_table_rows(t));
        gov_table_free(t);
    }
    gov_table *t = NULL;
    int64_t sum = 0;
    ck_ok(gov_need_model_table(model, GOV_NEED_INDICATORS, NULL, &t, &err));
    for (int64_t i = 0; i < 22; i++)
        sum += int_at(t, "weight_num", i);
    ck_assert_int_eq(sum, 1000);
    gov_table_free(t);
    gov_need_model_free(model);
    ck_fails(gov_need_model_builtin("no", &model, &err), GOV_E_UNKNOWN_NAME);
}
END_TEST

START_TEST(the_fingerprint_follows_what_is_said_and_not_how)
{
    static const char *const same[] = {
        TOP INPUTS ONE("x < 1 or a") TIERS,
        "# a comment\nversion: 1\nid: m\ngovcore_model: 1\n" TIERS INPUTS ONE("x  <  1 or a"),
        TOP INPUTS ONE("x < 1 or a") "tiers: [{at: 2/4, id: high}]\n"};
    static const char *const other[] = {TOP INPUTS ONE("x < 2 or a") TIERS, TOP INPUTS ONE("x <1 or a") TIERS,
                                        TOP INPUTS ONE("x < 1 or a") "tiers: [{id: high, at: 1/3}]\n"};
    char first[40] = "";
    for (int i = 0; i < 3; i++) {
        gov_need_model *model = parse_model(same[i]);
        if (i == 0)
            strcpy(first, gov_need_model_fingerprint(model));
        ck_assert_str_eq(gov_need_model_fingerprint(model), first);
        gov_need_model_free(model);
        model = parse_model(other[i]);
        ck_assert_str_ne(gov_need_model_fingerprint(model), first);
        gov_need_model_free(model);
    }
}
END_TEST

START_TEST(an_owner_more_keeps_the_model)
{
    gov_need_model *model = parse_model(TOP INPUTS ONE("a") TIERS);
    gov_need_model *again = gov_need_model_retain(model);
    gov_need_model_free(model);
    ck_assert_str_eq(gov_need_model_id(again), "m");
    gov_need_model_free(again);
    gov_need_model_free(NULL);
}
END_TEST

START_TEST(every_allocation_of_a_model_may_fail)
{
    gov_need_model *model = NULL;
    gov_table *t = NULL;
    ck_every_allocation(gov_need_model_builtin("govcore-need-22", &model, &err), ck_assert_ptr_null(model),
                        gov_need_model_free(model));
    ck_ok(gov_need_model_builtin("govcore-need-22", &model, &err));
    for (int part = GOV_NEED_DIMENSIONS; part <= GOV_NEED_TESTS; part++) {
        t = NULL;
        ck_every_allocation(gov_need_model_table(model, (gov_need_part)part, "equal", &t, &err),
                            ck_assert_ptr_null(t), gov_table_free(t));
    }
    gov_need_model_free(model);
}
END_TEST

START_TEST(wrong_arguments_are_refused)
{
    gov_need_model *model = NULL;
    ck_fails(gov_need_model_parse(NULL, 0, NULL, &model, &err), GOV_E_ARGUMENT);
    ck_fails(gov_need_model_load("/no/such/file.yaml", &model, &err), GOV_E_IO);
    ck_fails(gov_need_model_builtin(NULL, &model, &err), GOV_E_ARGUMENT);
    ck_fails(gov_need_score(NULL, NULL, NULL, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_need_explain(NULL, NULL, 0, NULL, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_need_measure(NULL, NULL, NULL, NULL, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_need_alkire_foster(NULL, NULL, NULL, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_need_model_table(NULL, GOV_NEED_TESTS, NULL, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_need_model_denominator(NULL, NULL, NULL, &err), GOV_E_ARGUMENT);
}
END_TEST

GOV_TESTS("need/model", every_fault_is_refused_at_its_place, what_is_too_large_or_too_deep_is_refused,
          the_built_in_model_passes_its_tests_and_tells_what_it_is,
          the_fingerprint_follows_what_is_said_and_not_how, an_owner_more_keeps_the_model,
          every_allocation_of_a_model_may_fail, wrong_arguments_are_refused)
