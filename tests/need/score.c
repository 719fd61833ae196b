/* Scoring: exact ties, bounds, floors, states, and results that do not depend on how the work was cut. */
#include "need_fixture.h"

/* The weights that lose ties in floating point: two dimensions of one half, one of indicators of 1/21 ... and
 * 1/28 would not sum to 1; 12 indicators of 1/21 and 12 of 1/28 do: 12/21 + 12/28 = 4/7 + 3/7. */
static gov_need_model *ties_model(void)
{
    static char text[8192];
    int n = snprintf(text, sizeof(text), "govcore_model: 1\nid: ties\nversion: 1\ninputs:\n");
    for (int i = 0; i < 24; i++)
        n += snprintf(text + n, sizeof(text) - (size_t)n, "  c%d: {type: int, range: [0, 1]}\n", i);
    n += snprintf(text + n, sizeof(text) - (size_t)n, "dimensions:\n");
    for (int d = 0; d < 2; d++) {
        n += snprintf(text + n, sizeof(text) - (size_t)n, "  - id: d%d\n    weight: %s\n    indicators:\n", d,
                      d == 0 ? "4/7" : "3/7");
        for (int i = 0; i < 12; i++)
            n += snprintf(text + n, sizeof(text) - (size_t)n,
                          "      - {id: i%d, weight: %s, deprived: c%d == 1}\n", d * 12 + i,
                          d == 0 ? "1/21" : "1/28", d * 12 + i);
    }
    snprintf(text + n, sizeof(text) - (size_t)n, "tiers: [{id: poor, at: 1/2}]\n");
    return parse_model(text);
}

/* The first `bits` of the 24 indicators in all patterns, six of each dimension. */
static gov_table *all_patterns(int bits)
{
    gov_table_builder *b = NULL;
    gov_table *t = NULL;
    int64_t rows = INT64_C(1) << bits;
    int8_t *values = malloc((size_t)rows);
    ck_ok(gov_table_builder_new(&b, &err));
    for (int i = 0; i < 24; i++) {
        char name[16];
        int bit = i < 12 ? i : i - 12 + bits / 2;
        int used = i < 12 ? i < bits / 2 : i - 12 < bits - bits / 2;
        snprintf(name, sizeof(name), "c%d", i);
        for (int64_t r = 0; r < rows; r++)
            values[r] = (int8_t)(used ? r >> bit & 1 : i % 2);
        ck_ok(gov_table_builder_array(b, name, GOV_TYPE_INT8, values, NULL, rows, &err));
    }
    free(values);
    ck_ok(gov_table_builder_finish(b, &t, &err));
    gov_table_builder_free(b);
    return t;
}

START_TEST(every_exact_tie_is_on_the_poor_side)
{
    gov_need_model *model = ties_model();
    gov_table *t = all_patterns(16);
    gov_table *scores = NULL;
    gov_need_options o = GOV_NEED_OPTIONS_INIT;
    int64_t den = 0;
    int64_t ties = 0;
    o.codes = 1;
    ck_ok(gov_need_model_denominator(model, NULL, &den, &err));
    ck_assert_int_eq(den, 84);
    ck_ok(gov_need_score(model, t, &o, &scores, &err));
    for (int64_t r = 0; r < gov_table_rows(t); r++) {
        int64_t sum = 0; /* over 84: 4 and 3 an indicator */
        for (int i = 0; i < 24; i++)
            sum += (i < 12 ? 4 : 3) *
                   ((i < 12 ? i < 8 : i - 12 < 8) ? (int64_t)(r >> (i < 12 ? i : i - 4) & 1) : i % 2);
        ties += sum == 42;
        ck_assert_int_eq(int_at(scores, "score_num", r), sum);
        ck_assert_int_eq(int_at(scores, "tier", r), sum >= 42);
    }
    ck_assert_int_gt(ties, 1000);
    gov_table_free(scores);
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

START_TEST(batches_and_threads_do_not_change_a_byte)
{
    gov_need_model *model = NULL;
    ck_ok(gov_need_model_builtin("govcore-need-22", &model, &err));
    gov_need_model_free(model);
    model = parse_model(SMALL_HEAD SMALL_DIMENSIONS SMALL_TIERS);
    char *csv = malloc(400000);
    int n = sprintf(csv, "a,b,x,y\n");
    for (int i = 0; i < 5000; i++)
        n += sprintf(csv + n, "%s,%s,%s%d,%d\n", i % 3 ? "true" : "", i % 5 ? "false" : "", i % 7 ? "" : "0.",
                     i % 31, i % 101);
    gov_table *t = parse_table(csv);
    gov_table *first = NULL;
    ck_ok(gov_need_score(model, t, NULL, &first, &err));
    char *expected = csv_of(first);
    const int64_t batches[] = {1, 64, 100, 1000, 65536};
    for (int threads = 1; threads <= 3; threads++) {
        for (size_t b = 0; b < 5; b++) {
            gov_need_options o = GOV_NEED_OPTIONS_INIT;
            gov_table *scores = NULL;
            o.threads = threads;
            o.batch_rows = batches[b];
            ck_ok(gov_need_score(model, t, &o, &scores, &err));
            char *got = csv_of(scores);
            ck_assert_str_eq(got, expected);
            free(got);
            gov_table_free(scores);
        }
    }
    free(expected);
    free(csv);
    gov_table_free(first);
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

/* A model that may refuse a row, with services, a floor and weights over a given large denominator. */
static gov_need_model *columns_model(const char *weight, const char *rest)
{
    char text[1024];
    snprintf(text, sizeof(text),
             "govcore_model: 1\nid: small\nversion: 1\nids: [h]\n"
             "inputs: {a: {type: bool}, b: {type: bool}, x: {type: int}}\n"
             "services: [{id: aid, name: aid}]\n"
             "dimensions:\n"
             "  - {id: d, weight: %s, indicators: [{id: ia, weight: %s, deprived: a, service: [aid]}]}\n"
             "  - {id: e, weight: %s, indicators: [{id: ib, weight: %s, deprived: b, on_missing: refuse,\n"
             "                                     applies: x > 0}]}\n"
             "tiers: [{id: high, at: 1/2}, {id: low, at: 1/1000000000000}]\n"
             "floors: [{when: ia and ib, tier: high}]\n",
             weight, weight, rest, rest);
    return parse_model(text);
}

static gov_table *columns_table(void)
{
    return parse_table(
        "h,a,b,x\n1,true,true,1\n2,true,,1\n3,,false,0\n4,false,,\n5,false,false,2\n6,true,,0\n");
}

START_TEST(chosen_columns_are_those_of_the_whole_result)
{
    static const char *const names[] = {"score_num", "score",  "score_high",    "coverage",    "tier",
                                        "tier_high", "status", "deprived_mask", "partly_mask", "missing_mask",
                                        "na_mask",   "dim_d",  "dim_e",         "service_mask"};
    const int count = (int)(sizeof(names) / sizeof(names[0]));
    gov_need_model *model = columns_model("1/3", "2/3");
    gov_table *t = columns_table();
    for (int codes = 0; codes < 2; codes++) {
        gov_need_options o = GOV_NEED_OPTIONS_INIT;
        gov_table *whole = NULL;
        o.codes = codes;
        ck_ok(gov_need_score(model, t, &o, &whole, &err));
        ck_assert_int_eq(gov_table_columns(whole), count + 1);
        ck_assert_int_eq(int_at(whole, "score_num", 1), INT64_MIN); /* refused */
        for (int i = 0; i < count; i++) {
            char chosen[64];
            gov_table *some = NULL;
            int other = (i + 5) % count;
            snprintf(chosen, sizeof(chosen), "%s,%s", names[other], names[i]);
            o.columns = chosen;
            ck_ok(gov_need_score(model, t, &o, &some, &err));
            const char *picked[3] = {"h", names[i < other ? i : other], names[i < other ? other : i]};
            gov_table *expected = NULL;
            ck_ok(gov_table_select(whole, picked, 3, &expected, &err));
            char *a = csv_of(some);
            char *b = csv_of(expected);
            ck_assert_str_eq(a, b);
            free(a);
            free(b);
            gov_table_free(expected);
            gov_table_free(some);
        }
        o.columns = "";
        gov_table *ids = NULL;
        ck_ok(gov_need_score(model, t, &o, &ids, &err));
        ck_assert_int_eq(gov_table_columns(ids), 1);
        gov_table_free(ids);
        o.columns = "score,dim_f";
        ck_fails(gov_need_score(model, t, &o, &ids, &err), GOV_E_UNKNOWN_NAME);
        ck_assert_str_eq(err.name, "dim_f");
        gov_table_free(whole);
    }
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

/* 2^40 + 1 = 257 x 4278255361: sums of 64 bits. The heavier dimension is larger than one half by one part. */
START_TEST(denominators_beyond_32_bits_are_exact_too)
{
    gov_need_model *model = columns_model("549755813889/1099511627777", "549755813888/1099511627777");
    gov_table *t = columns_table();
    gov_table *s = NULL;
    ck_ok(gov_need_score(model, t, NULL, &s, &err));
    ck_assert_int_eq(int_at(s, "score_num", 0), INT64_C(1099511627777));
    ck_assert_int_eq(int_at(s, "score_num", 1), INT64_MIN);
    ck_assert_int_eq(int_at(s, "score_num", 2), 0);
    ck_assert_int_eq(int_at(s, "score_num", 5), INT64_C(549755813889));
    ck_assert(number_at(s, "score_high", 2) == 549755813889.0 / 1099511627777.0);
    ck_assert(number_at(s, "coverage", 2) == 549755813888.0 / 1099511627777.0);
    ck_assert(number_at(s, "dim_d", 5) == 549755813889.0 / 1099511627777.0);
    ck_assert_str_eq(text_at(s, "tier", 5), "high");
    ck_assert_str_eq(text_at(s, "tier", 2), "none");
    ck_assert_str_eq(text_at(s, "tier_high", 2), "high");
    gov_table_free(s);
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

START_TEST(unknown_widens_the_bounds_and_division_by_zero_is_unknown)
{
    gov_need_model *model = parse_model(SMALL_HEAD SMALL_DIMENSIONS SMALL_TIERS);
    gov_table *t = parse_table("a,b,x,y\ntrue,,5,1\nfalse,false,0,1\n,true,,\nfalse,false,10,20\n");
    gov_table *s = NULL;
    ck_ok(gov_need_score(model, t, NULL, &s, &err));
    int64_t den = 0;
    ck_ok(gov_need_model_denominator(model, NULL, &den, &err));
    ck_assert_int_eq(den, 8); /* quarters, doubled for the half of a quarter */
    /* a and x are deprived, b is not known: 1/2 to 3/4 */
    ck_assert(number_at(s, "score", 0) == 0.5);
    ck_assert(number_at(s, "score_high", 0) == 0.75);
    ck_assert(number_at(s, "coverage", 0) == 0.75);
    ck_assert_str_eq(text_at(s, "tier", 0), "high");
    ck_assert_str_eq(text_at(s, "status", 0), "bounded");
    ck_assert_int_eq(int_at(s, "deprived_mask", 0), 5);
    ck_assert_int_eq(int_at(s, "missing_mask", 0), 2);
    /* x = 0 is deprived; 1 / 0 > 2 is not known and not false */
    ck_assert(number_at(s, "score", 1) == 0.25);
    ck_assert(number_at(s, "score_high", 1) == 0.5);
    ck_assert_int_eq(int_at(s, "missing_mask", 1), 8);
    ck_assert_str_eq(text_at(s, "tier", 1), "low");
    ck_assert_str_eq(text_at(s, "tier_high", 1), "high");
    ck_assert(number_at(s, "score", 2) == 0.25);
    ck_assert(number_at(s, "score_high", 2) == 1);
    /* x = 10 is partly, 20 / 10 > 2 is false */
    ck_assert(number_at(s, "score", 3) == 0);
    ck_assert_str_eq(text_at(s, "status", 3), "scored");
    ck_assert_str_eq(text_at(s, "tier", 3), "none");
    ck_assert_int_eq(int_at(s, "partly_mask", 3), 4);
    ck_assert(number_at(s, "dim_d", 0) == 0.25);
    ck_assert(number_at(s, "dim_e", 0) == 0.25);
    gov_table_free(s);
    gov_need_options o = GOV_NEED_OPTIONS_INIT;
    o.depth = 1;
    ck_ok(gov_need_score(model, t, &o, &s, &err));
    ck_assert(number_at(s, "score", 3) == 0.125);
    gov_table_free(s);
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

/* Weights 1/10, 2/10, 3/10 and 4/10; renormalised inside the dimension of 6/10. */
START_TEST(on_missing_decides_what_an_unknown_counts_as)
{
    static const char head[] =
        "govcore_model: 1\nid: m\nversion: 1\n"
        "inputs: {p: {type: bool}, q: {type: bool}, r: {type: bool}, s: {type: bool}}\n"
        "tiers: [{id: poor, at: 1/2}]\ndimensions:\n"
        "  - {id: d, weight: 6/10, indicators: [\n"
        "      {id: ip, weight: 1/10, deprived: p, on_missing: %s},\n"
        "      {id: iq, weight: 2/10, deprived: q, on_missing: %s},\n"
        "      {id: ir, weight: 3/10, deprived: r, on_missing: %s}]}\n"
        "  - {id: e, weight: 4/10, indicators: [{id: is, weight: 4/10, deprived: s}]}\n";
    static const struct {
        const char *on_missing;
        double score;
        double high;
        const char *tier;
    } cases[] = {{"bounds", 0.2, 0.6, "none"},
                 {"not_deprived", 0.2, 0.2, "none"},
                 {"deprived", 0.6, 0.6, "poor"},
                 {"refuse", NAN, NAN, ""},
                 {"renormalise", 0.6, 0.6, "poor"}};
    gov_table *t = parse_table("p,q,r,s\n,true,,false\n");
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char text[1024];
        snprintf(text, sizeof(text), head, cases[i].on_missing, cases[i].on_missing, cases[i].on_missing);
        gov_need_model *model = parse_model(text);
        gov_table *s = NULL;
        ck_ok(gov_need_score(model, t, NULL, &s, &err));
        double score = number_at(s, "score", 0);
        double high = number_at(s, "score_high", 0);
        ck_assert_msg(isnan(score) == isnan(cases[i].score), "%s", cases[i].on_missing);
        if (!isnan(score)) {
            ck_near(score, cases[i].score, 1e-15);
            ck_near(high, cases[i].high, 1e-15);
        }
        ck_assert_str_eq(text_at(s, "tier", 0), cases[i].tier);
        ck_near(number_at(s, "coverage", 0), 0.6, 1e-15);
        gov_table_free(s);
        gov_need_model_free(model);
    }
    gov_table_free(t);
}
END_TEST

/* A dimension of 1/2 with three equal renormalised indicators: one known and deprived is all of it. */
START_TEST(renormalised_weights_stay_exact_integers)
{
    gov_need_model *model =
        parse_model("govcore_model: 1\nid: m\nversion: 1\n"
                    "inputs: {p: {type: bool}, q: {type: bool}, r: {type: bool}, s: {type: bool}}\n"
                    "tiers: [{id: poor, at: 1/3}]\ndimensions:\n"
                    "  - {id: d, weight: 1/2, indicators: [\n"
                    "      {id: ip, weight: 1/10, deprived: p, on_missing: renormalise},\n"
                    "      {id: iq, weight: 1/5, deprived: q, on_missing: renormalise},\n"
                    "      {id: ir, weight: 1/5, deprived: r, on_missing: renormalise}]}\n"
                    "  - {id: e, weight: 1/2, indicators: [{id: is, weight: 1/2, deprived: s}]}\n");
    gov_table *t =
        parse_table("p,q,r,s\ntrue,false,,false\n,true,false,false\n,,,false\ntrue,false,true,true\n");
    gov_table *s = NULL;
    int64_t den = 0;
    ck_ok(gov_need_model_denominator(model, NULL, &den, &err));
    ck_ok(gov_need_score(model, t, NULL, &s, &err));
    ck_assert_int_eq(int_at(s, "score_num", 0) * 6, den); /* 1/2 × (1/10 ÷ 3/10) = 1/6 */
    ck_assert_int_eq(int_at(s, "score_num", 1) * 4, den); /* 1/2 × 1/2 */
    ck_assert_int_eq(int_at(s, "score_num", 2), 0);       /* nothing is known: 0 to 1/2 */
    ck_assert(number_at(s, "score_high", 2) == 0.5);
    ck_assert_int_eq(int_at(s, "score_num", 3) * 5, den * 4); /* 3/10 + 1/2 */
    gov_table_free(s);
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

START_TEST(floors_lift_the_tier_and_may_lift_the_high_one)
{
    gov_need_model *model =
        parse_model(SMALL_HEAD SMALL_DIMENSIONS SMALL_TIERS "floors: [{when: ia and not ib, tier: high}]\n");
    gov_table *t = parse_table("a,b,x,y\ntrue,false,50,1\ntrue,,50,1\nfalse,,50,1\n");
    gov_table *s = NULL;
    ck_ok(gov_need_score(model, t, NULL, &s, &err));
    ck_assert_str_eq(text_at(s, "tier", 0), "high");
    ck_assert_str_eq(text_at(s, "tier", 1), "low");
    ck_assert_str_eq(text_at(s, "tier_high", 1), "high");
    ck_assert_str_eq(text_at(s, "tier", 2), "none");
    ck_assert_str_eq(text_at(s, "tier_high", 2), "low");
    gov_table_free(s);
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

START_TEST(cells_that_are_refused_are_named)
{
    gov_need_model *model = parse_model(SMALL_HEAD SMALL_DIMENSIONS SMALL_TIERS);
    gov_table *s = NULL;
    gov_table *t = parse_table("a,b,x,y\ntrue,true,5,1\ntrue,true,101,1\n");
    ck_fails(gov_need_score(model, t, NULL, &s, &err), GOV_E_RANGE);
    ck_assert_int_eq(err.row, 1);
    ck_assert_str_eq(err.name, "x");
    gov_table_free(t);
    t = parse_table("a,b,x\ntrue,true,5\n");
    ck_fails(gov_need_score(model, t, NULL, &s, &err), GOV_E_UNKNOWN_NAME);
    ck_assert_str_eq(err.name, "y");
    gov_table_free(t);
    t = parse_table("a,b,x,y\ntrue,true,5,abc\n");
    ck_fails(gov_need_score(model, t, NULL, &s, &err), GOV_E_TYPE);
    ck_assert_str_eq(err.name, "y");
    gov_table_free(t);
    t = parse_table("a,b,x,y\n1,2,5,1\n");
    ck_fails(gov_need_score(model, t, NULL, &s, &err), GOV_E_RANGE);
    ck_assert_str_eq(err.name, "b");
    ck_assert_ptr_null(s);
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

START_TEST(an_input_that_no_rule_reads_is_checked_too)
{
    static const char line[] = "income_per_head,members\n500,-2\n";
    gov_need_model *model =
        parse_model("govcore_model: 1\nid: m\nversion: 1\ntitle: {zh: 一, en: one}\n"
                    "effective: [2020-01-01, null]\nunit: household\n"
                    "inputs:\n  income_per_head: {type: float, range: [0, 10000]}\n"
                    "  members: {type: int, range: [1, 60]}\n"
                    "dimensions:\n  - id: d\n    name: {zh: 维, en: d}\n    weight: 1\n"
                    "    indicators:\n      - {id: low, name: {zh: 低, en: low}, weight: 1,"
                    " deprived: income_per_head < 1000}\n"
                    "tiers: [{id: high, at: 1/2}]\n");
    gov_table *s = NULL;
    gov_table *t = parse_table(line);
    ck_fails(gov_need_score(model, t, NULL, &s, &err), GOV_E_RANGE);
    ck_assert_int_eq(err.row, 0);
    ck_assert_str_eq(err.name, "members");
    ck_assert_ptr_null(s);
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

START_TEST(a_nan_is_refused_or_read_as_missing)
{
    gov_need_model *model = parse_model(SMALL_HEAD SMALL_DIMENSIONS SMALL_TIERS);
    double x[] = {5, NAN};
    int8_t ones[] = {1, 1};
    gov_table_builder *b = NULL;
    gov_table *t = NULL;
    gov_table *s = NULL;
    ck_ok(gov_table_builder_new(&b, &err));
    ck_ok(gov_table_builder_array(b, "a", GOV_TYPE_INT8, ones, NULL, 2, &err));
    ck_ok(gov_table_builder_array(b, "b", GOV_TYPE_INT8, ones, NULL, 2, &err));
    ck_ok(gov_table_builder_array(b, "y", GOV_TYPE_INT8, ones, NULL, 2, &err));
    if (gov_table_builder_array(b, "x", GOV_TYPE_FLOAT64, x, NULL, 2, &err) == GOV_OK) {
        ck_ok(gov_table_builder_finish(b, &t, &err));
        ck_fails(gov_need_score(model, t, NULL, &s, &err), GOV_E_RANGE);
        ck_assert_int_eq(err.row, 1);
        gov_need_options o = GOV_NEED_OPTIONS_INIT;
        o.nan_is_missing = 1;
        ck_ok(gov_need_score(model, t, &o, &s, &err));
        ck_assert_int_eq(int_at(s, "missing_mask", 1), 12);
        gov_table_free(s);
        gov_table_free(t);
    }
    gov_table_builder_free(b);
    gov_need_model_free(model);
}
END_TEST

START_TEST(no_rows_give_no_rows)
{
    gov_need_model *model = parse_model(SMALL_HEAD SMALL_DIMENSIONS SMALL_TIERS);
    gov_table *t = parse_table("a,b,x,y\ntrue,true,5,1\n");
    gov_table *none = NULL;
    gov_table *s = NULL;
    ck_ok(gov_table_slice(t, 0, 0, &none, &err));
    ck_ok(gov_need_score(model, none, NULL, &s, &err));
    ck_assert_int_eq(gov_table_rows(s), 0);
    ck_assert_str_eq(gov_table_name(s, 0), "score_num");
    gov_table_free(s);
    gov_table_free(none);
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

START_TEST(a_cancelled_run_gives_nothing)
{
    gov_need_model *model = parse_model(SMALL_HEAD SMALL_DIMENSIONS SMALL_TIERS);
    gov_table *t = parse_table("a,b,x,y\ntrue,true,5,1\n");
    gov_table *s = NULL;
    gov_need_options o = GOV_NEED_OPTIONS_INIT;
    ck_ok(gov_run_new(&o.run, &err));
    gov_run_cancel(o.run);
    ck_fails(gov_need_score(model, t, &o, &s, &err), GOV_E_CANCELLED);
    ck_assert_ptr_null(s);
    gov_run_free(o.run);
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

START_TEST(every_allocation_of_a_score_may_fail)
{
    gov_need_model *model =
        parse_model("govcore_model: 1\nid: small\nversion: 1\n"
                    "members: {key: h, inputs: {age: {type: int}}}\n"
                    "inputs: {a: {type: bool}}\n"
                    "dimensions: [{id: d, weight: 1, indicators: [\n"
                    "  {id: i, weight: 1, deprived: a and any(age < 18)}]}]\n" SMALL_TIERS);
    gov_table *t = parse_table("h,a\n7,true\n8,true\n");
    gov_table *members = parse_table("h,age\n7,40\n7,12\n8,40\n9,1\n");
    gov_table *s = NULL;
    gov_need_options o = GOV_NEED_OPTIONS_INIT;
    o.members = members;
    ck_every_allocation(gov_need_score(model, t, &o, &s, &err), ck_assert_ptr_null(s), {
        ck_assert_str_eq(text_at(s, "tier", 0), "high");
        ck_assert_str_eq(text_at(s, "tier", 1), "none");
        gov_table_free(s);
    });
    gov_table_free(members);
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

GOV_TESTS("need/score", every_exact_tie_is_on_the_poor_side, batches_and_threads_do_not_change_a_byte,
          chosen_columns_are_those_of_the_whole_result, denominators_beyond_32_bits_are_exact_too,
          unknown_widens_the_bounds_and_division_by_zero_is_unknown,
          on_missing_decides_what_an_unknown_counts_as, renormalised_weights_stay_exact_integers,
          floors_lift_the_tier_and_may_lift_the_high_one, cells_that_are_refused_are_named,
          an_input_that_no_rule_reads_is_checked_too, a_nan_is_refused_or_read_as_missing,
          no_rows_give_no_rows, a_cancelled_run_gives_nothing, every_allocation_of_a_score_may_fail)
