/* Sensitivity: what is known by hand of two and three indicators; tests/oracle has the random comparison. */
#include "need_fixture.h"

#include "govcore/need/sensitivity.h"

#define PAIR                                                                               \
    "govcore_model: 1\nid: pair\nversion: 1\ninputs: {a: {type: bool}, b: {type: bool}}\n" \
    "dimensions: [{id: d, weight: 1, indicators: [{id: ia, weight: 1/2, deprived: a},\n"   \
    "  {id: ib, weight: 1/2, deprived: b}]}]\n"                                            \
    "tiers: [{id: high, at: 1}, {id: low, at: 1/2}]\n"

static gov_need_sensitivity *study(const gov_need_model *m, const gov_table *t,
                                   const gov_need_sensitivity_options *o)
{
    gov_need_sensitivity *s = NULL;
    ck_ok(gov_need_sensitivity_of(m, t, NULL, o, &s, &err));
    return s;
}

/* Of weights w and 1 - w one is below 1/2 in every draw: the households with one deprivation keep their tier in the
 * draws where theirs is the greater, half of them each time; all or nothing deprived stays what it is, exactly. */
START_TEST(of_two_weights_one_is_always_the_smaller)
{
    gov_need_model *model = parse_model(PAIR);
    gov_table *t = parse_table("a,b\n1,1\n1,0\n0,1\n0,0\n");
    gov_need_sensitivity *s = study(model, t, NULL);
    const gov_table *tiers = gov_need_sensitivity_tiers(s);
    ck_assert_int_eq(gov_table_rows(tiers), 4);
    static const int64_t households[] = {4, 1, 2, 1};
    static const double keep[] = {0.75, 1, 0.5, 1};
    static const double fall[] = {0.25, 0, 0.5, 0};
    for (int r = 0; r < 4; r++) {
        ck_assert_int_eq(int_at(tiers, "households", r), households[r]);
        ck_assert(number_at(tiers, "keep", r) == keep[r]);
        ck_assert(number_at(tiers, "keep_low", r) == keep[r]);
        ck_assert(number_at(tiers, "fall", r) == fall[r]);
        ck_assert(number_at(tiers, "rise", r) == 0);
    }
    ck_assert_int_eq(gov_table_rows(gov_need_sensitivity_agreement(s)), 1);
    gov_need_sensitivity_free(s);
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

/* c = 1/2 for (1,0): with the weight of ia at 11/20 the household (0,1) falls below 1/2, at 9/20 the other. H is 3/4 at
 * k = 1/2 and 1/2 after either move: no elasticity. M0 at 1/2 is (1 + 1/2 + 1/2) / 4; after both moves (1 + 11/20) / 4.
 * At k = 1 nothing moves. */
START_TEST(a_moved_weight_moves_who_it_should)
{
    gov_need_model *model = parse_model(PAIR);
    gov_table *t = parse_table("a,b\n1,1\n1,0\n0,1\n0,0\n");
    gov_need_sensitivity_options o = GOV_NEED_SENSITIVITY_OPTIONS_INIT;
    o.draws = 1;
    gov_need_sensitivity *s = study(model, t, &o);
    const gov_table *i = gov_need_sensitivity_indicators(s);
    ck_assert_int_eq(gov_table_rows(i), 4);
    for (int r = 0; r < 4; r++) {
        ck_assert(number_at(i, "up", r) == 0.25);
        ck_assert(number_at(i, "down", r) == 0.25);
        ck_assert(number_at(i, "H_elasticity", r) == 0);
        ck_assert(number_at(i, "M0_elasticity", r) == 0);
    }
    const gov_table *c = gov_need_sensitivity_cutoffs(s);
    ck_assert_int_eq(gov_table_rows(c), 2);
    ck_assert(number_at(c, "cut", 0) == 0.5 && number_at(c, "cut", 1) == 1);
    ck_assert(number_at(c, "H", 0) == 0.75 && number_at(c, "H", 1) == 0.25);
    ck_assert(number_at(c, "M0", 0) == 0.5 && number_at(c, "A", 1) == 1);
    gov_need_sensitivity_free(s);
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

/* East is deprived in a by 3 of 4, west in b by 2 of 4: who leads depends on the weights only. North is deprived as
 * both together, and below none at any cut-off. */
START_TEST(areas_that_lead_for_any_weights_are_told_from_those_that_do_not)
{
    gov_need_model *model =
        parse_model("govcore_model: 1\nid: two\nversion: 1\n"
                    "inputs: {a: {type: bool}, b: {type: bool}}\n"
                    "dimensions: [{id: d, weight: 1, indicators: [\n"
                    "  {id: ia, weight: 1/2, deprived: a}, {id: ib, weight: 1/2, deprived: b}]}]\n"
                    "tiers: [{id: low, at: 1/100}]\n");
    gov_table *t = parse_table("g,a,b\n"
                               "east,1,0\neast,1,0\neast,1,0\neast,0,0\n"
                               "north,1,1\nnorth,1,1\nnorth,1,1\nnorth,0,0\n"
                               "west,0,1\nwest,0,1\nwest,0,0\nwest,0,0\n");
    gov_need_sensitivity_options o = GOV_NEED_SENSITIVITY_OPTIONS_INIT;
    o.by = "g";
    o.concentration = 4;
    gov_need_sensitivity *s = study(model, t, &o);
    const gov_table *g = gov_need_sensitivity_groups(s);
    ck_assert_int_eq(gov_table_rows(g), 4);
    static const char *const names[] = {"", "east", "north", "west"};
    static const int64_t ranks[] = {INT64_MIN, 2, 1, 3};
    for (int r = 0; r < 4; r++) {
        ck_assert_str_eq(text_at(g, "group", r), names[r]);
        ck_assert_int_eq(int_at(g, "rank", r), ranks[r]);
    }
    ck_assert(number_at(g, "rank_same", 2) == 1 && number_at(g, "rank_high", 2) == 1);
    /* east leads west while 3 w > 2 (1 - w), w > 2/5: Beta(2, 2) has 1 - I(2/5) = 0.648 above it */
    ck_assert_double_eq_tol(number_at(g, "rank_same", 1), 0.648, 5 * sqrt(0.648 * 0.352 / 1000));
    const gov_table *a = gov_need_sensitivity_agreement(s);
    ck_assert_int_eq(gov_table_rows(a), 3);
    ck_assert_str_eq(text_at(a, "what", 2), "every cut-off");
    ck_assert(number_at(a, "robust", 2) == 1);
    gov_need_sensitivity_free(s);
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

START_TEST(wrong_requests_for_a_sensitivity_are_refused)
{
    gov_need_model *model = parse_model(PAIR);
    gov_table *t = parse_table("a,b,w\n1,1,-1\n");
    gov_table *none = NULL;
    gov_need_sensitivity *s = NULL;
    ck_ok(gov_table_slice(t, 0, 0, &none, &err));
    const struct {
        gov_status code;
        const char *name;
        gov_need_sensitivity_options options;
    } list[] = {
        {GOV_E_RANGE, "draws", {.draws = -1}},
        {GOV_E_RANGE, "draws", {.draws = 100001}},
        {GOV_E_RANGE, "concentration", {.concentration = -1}},
        {GOV_E_RANGE, "level", {.level = 1}},
        {GOV_E_FORMAT, "delta", {.delta = "0.1"}},
        {GOV_E_FORMAT, "delta", {.delta = "1"}},
        {GOV_E_FORMAT, "k", {.k = "0.3"}},
        {GOV_E_UNKNOWN_NAME, "grid", {.by = "grid"}},
        {GOV_E_RANGE, "w", {.weight = "w"}},
    };
    for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++) {
        gov_need_sensitivity_options o = list[i].options;
        o.struct_size = (uint32_t)sizeof(o);
        ck_fails(gov_need_sensitivity_of(model, t, NULL, &o, &s, &err), list[i].code);
        ck_assert_str_eq(err.name, list[i].name);
    }
    gov_need_sensitivity_options o = {0};
    ck_fails(gov_need_sensitivity_of(model, t, NULL, &o, &s, &err), GOV_E_ARGUMENT);
    ck_fails(gov_need_sensitivity_of(model, none, NULL, NULL, &s, &err), GOV_E_NO_DATA);
    ck_fails(gov_need_sensitivity_of(NULL, t, NULL, NULL, &s, &err), GOV_E_ARGUMENT);
    ck_assert_ptr_null(s);
    gov_need_sensitivity_free(NULL);
    gov_table_free(none);
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

START_TEST(every_allocation_of_a_sensitivity_may_fail)
{
    gov_need_model *model = parse_model(SMALL_HEAD SMALL_DIMENSIONS SMALL_TIERS);
    gov_table *t = parse_table("a,b,x,y,g\ntrue,,5,1,u\nfalse,true,50,1,v\n");
    gov_need_sensitivity *s = NULL;
    gov_need_sensitivity_options o = GOV_NEED_SENSITIVITY_OPTIONS_INIT;
    o.by = "g";
    o.draws = 2;
    ck_every_allocation(gov_need_sensitivity_of(model, t, NULL, &o, &s, &err), ck_assert_ptr_null(s),
                        gov_need_sensitivity_free(s));
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

GOV_TESTS("need/sensitivity", of_two_weights_one_is_always_the_smaller, a_moved_weight_moves_who_it_should,
          areas_that_lead_for_any_weights_are_told_from_those_that_do_not,
          wrong_requests_for_a_sensitivity_are_refused, every_allocation_of_a_sensitivity_may_fail)
