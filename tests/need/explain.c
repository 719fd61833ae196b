/* Reasons: lines that add up, what to ask, and counterfactuals against all subsets. */
#include "need_fixture.h"

START_TEST(lines_add_up_and_name_what_they_read)
{
    gov_need_model *model = parse_model(SMALL_HEAD SMALL_DIMENSIONS SMALL_TIERS);
    gov_table *t = parse_table("a,b,x,y\nfalse,true,5,20\ntrue,,0,1\n");
    gov_need_explanation *e = NULL;
    ck_ok(gov_need_explain(model, t, 1, NULL, &e, &err));
    const gov_table *lines = gov_need_explanation_lines(e);
    ck_assert_int_eq(gov_table_rows(lines), 4);
    ck_assert_str_eq(text_at(lines, "state", 0), "deprived");
    ck_assert_str_eq(text_at(lines, "inputs", 0), "a=true");
    ck_assert_int_eq(int_at(lines, "contribution_num", 0), 2);
    ck_assert_str_eq(text_at(lines, "state", 1), "missing");
    ck_assert_str_eq(text_at(lines, "reason", 1), "absent: b");
    ck_assert_str_eq(text_at(lines, "reason", 3), "division_by_zero");
    ck_assert_str_eq(text_at(lines, "inputs", 3), "x=0; y=1");
    const gov_table *ask = gov_need_explanation_ask(e);
    ck_assert_int_eq(gov_table_rows(ask), 2);
    ck_assert_str_eq(text_at(ask, "indicator", 0), "ib");
    ck_assert_ptr_nonnull(strstr(gov_need_explanation_text(e, "en"), "Score: 4/8 to 8/8"));
    ck_assert_ptr_nonnull(strstr(gov_need_explanation_text(e, "zh"), "得分：4/8 至 8/8"));
    gov_need_explanation_free(e);
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

START_TEST(a_row_that_is_not_there_is_refused)
{
    gov_need_model *model = parse_model(SMALL_HEAD SMALL_DIMENSIONS SMALL_TIERS);
    gov_table *t = parse_table("a,b,x,y\nfalse,true,5,20\ntrue,true,500,1\n");
    gov_need_explanation *e = NULL;
    ck_fails(gov_need_explain(model, t, 2, NULL, &e, &err), GOV_E_RANGE);
    ck_fails(gov_need_explain(model, t, -1, NULL, &e, &err), GOV_E_RANGE);
    ck_fails(gov_need_explain(model, t, 1, NULL, &e, &err), GOV_E_RANGE);
    ck_assert_int_eq(err.row, 1);
    ck_assert_str_eq(err.name, "x");
    ck_assert_ptr_null(e);
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

/* Seven indicators of unequal weight, one of them not mutable, and a floor: the set that is named is as small
 * as the smallest of all subsets that lower the tier. */
#define COUNT 7
static const int weights[COUNT] = {9, 8, 7, 6, 5, 3, 2}; /* over 40 */

static int tier_by_hand(int pattern)
{
    int sum = 0;
    for (int i = 0; i < COUNT; i++)
        sum += pattern >> i & 1 ? weights[i] : 0;
    int tier = sum * 2 >= 40 ? 3 : sum * 3 >= 40 ? 2 : sum * 5 >= 40 ? 1 : 0;
    int floor = (pattern & 1) && (pattern & 64) ? 2 : 0; /* i0 and i6 */
    return tier > floor ? tier : floor;
}

static int bits_of(int pattern)
{
    int n = 0;
    for (; pattern != 0; pattern &= pattern - 1)
        n++;
    return n;
}

/* The least number of mutable indicators to improve; 0 if none does. i3 is not mutable. */
static int least_by_hand(int pattern)
{
    int best = 0;
    for (int set = 1; set < 1 << COUNT; set++) {
        if ((set & ~pattern) != 0 || (set & 8) != 0 || tier_by_hand(pattern & ~set) >= tier_by_hand(pattern))
            continue;
        if (best == 0 || bits_of(set) < best)
            best = bits_of(set);
    }
    return best;
}

static gov_need_model *seven(void)
{
    char text[2048];
    int n = snprintf(text, sizeof(text),
                     "govcore_model: 1\nid: seven\nversion: 1\n"
                     "tiers: [{id: high, at: 1/2}, {id: medium, at: 1/3}, {id: low, at: 1/5}]\n"
                     "floors: [{when: i0 and i6, tier: medium}]\ninputs:\n");
    for (int i = 0; i < COUNT; i++)
        n += snprintf(text + n, sizeof(text) - (size_t)n, "  c%d: {type: bool}\n", i);
    n += snprintf(text + n, sizeof(text) - (size_t)n,
                  "dimensions:\n  - id: d\n    weight: 1\n    indicators:\n");
    for (int i = 0; i < COUNT; i++)
        n += snprintf(text + n, sizeof(text) - (size_t)n,
                      "      - {id: i%d, weight: %d/40, deprived: c%d, mutable: %s}\n", i, weights[i], i,
                      i == 3 ? "false" : "true");
    return parse_model(text);
}

START_TEST(the_counterfactual_is_a_smallest_set)
{
    gov_need_model *model = seven();
    char csv[8192];
    int n = snprintf(csv, sizeof(csv), "c0,c1,c2,c3,c4,c5,c6\n");
    for (int p = 0; p < 1 << COUNT; p++)
        for (int i = 0; i < COUNT; i++)
            n += snprintf(csv + n, sizeof(csv) - (size_t)n, "%d%s", p >> i & 1, i == COUNT - 1 ? "\n" : ",");
    gov_table *t = parse_table(csv);
    for (int p = 0; p < 1 << COUNT; p++) {
        gov_need_explanation *e = NULL;
        ck_ok(gov_need_explain(model, t, p, NULL, &e, &err));
        const gov_table *changes = gov_need_explanation_changes(e);
        int set = 0;
        for (int64_t r = 0; r < gov_table_rows(changes); r++)
            set |= 1 << int_at(changes, "bit", r);
        ck_assert_int_eq(bits_of(set), least_by_hand(p));
        if (set != 0)
            ck_assert_int_lt(tier_by_hand(p & ~set), tier_by_hand(p));
        const gov_table *flips = gov_need_explanation_flips(e);
        int flip = 0;
        for (int64_t r = 0; r < gov_table_rows(flips); r++)
            flip |= 1 << int_at(flips, "bit", r);
        for (int i = 0; i < COUNT; i++)
            ck_assert_int_eq(flip >> i & 1, tier_by_hand(p ^ (1 << i)) != tier_by_hand(p));
        gov_need_explanation_free(e);
    }
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

START_TEST(an_indicator_outside_the_preset_has_no_line)
{
    gov_need_model *model = parse_model(SMALL_HEAD SMALL_DIMENSIONS SMALL_TIERS
                                        "presets: {two: {weights: {ia: 1/4, ix: 3/4}}}\n");
    gov_table *t = parse_table("a,b,x,y\ntrue,true,5,20\n");
    for (int depth = 0; depth < 2; depth++) {
        gov_need_explanation *e = NULL;
        gov_need_options o = GOV_NEED_OPTIONS_INIT;
        o.preset = "two";
        o.depth = depth;
        ck_ok(gov_need_explain(model, t, 0, &o, &e, &err));
        const gov_table *lines = gov_need_explanation_lines(e);
        ck_assert_int_eq(gov_table_rows(lines), 2);
        int64_t den = 0;
        ck_ok(gov_need_model_denominator(model, "two", &den, &err));
        ck_assert_int_eq(int_at(lines, "contribution_num", 0) * 4, den);
        ck_assert_int_eq(int_at(lines, "contribution_num", 1) * 4, den * 3);
        gov_need_explanation_free(e);
    }
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

/* Twenty-two indicators, all deprived, and floors that name all of them: the smallest of all 2^22 subsets. */
#define MANY 22
typedef struct floors_case {
    const char *text;                   /* of the floors, to tier high */
    int (*holds)(unsigned int pattern); /* the same by hand */
} floors_case;

static int no_floor(unsigned int pattern)
{
    (void)pattern;
    return 0;
}

/* Eleven pairs: one of each must improve. */
static int a_pair(unsigned int pattern)
{
    return (pattern & pattern >> 1 & 0x155555u) != 0;
}

/* What may not improve alone: with i0 gone i1 must go too, and so on. */
static int a_step(unsigned int pattern)
{
    return (~pattern & pattern >> 1 & 0x1FFFFFu) != 0;
}

/* All twenty-two. */
static int any_at_all(unsigned int pattern)
{
    return pattern != 0;
}

static void write_floors(char *out, const char *form)
{
    *out = '\0';
    for (int i = 0; i < MANY; i++) {
        if (strcmp(form, "pairs") == 0 && i % 2 == 0)
            sprintf(out + strlen(out), "%s(i%d and i%d)", i == 0 ? "" : " or ", i, i + 1);
        else if (strcmp(form, "steps") == 0 && i + 1 < MANY)
            sprintf(out + strlen(out), "%s(not i%d and i%d)", i == 0 ? "" : " or ", i, i + 1);
        else if (strcmp(form, "any") == 0)
            sprintf(out + strlen(out), "%si%d", i == 0 ? "" : " or ", i);
    }
}

/* Weights 1 to 22 over 253, shuffled; high from 1/2 on. */
static int weight_of(int i)
{
    return (i * 7 + 3) % MANY + 1;
}

static gov_need_model *twenty_two(const char *form)
{
    char floors[1024];
    char text[8192];
    write_floors(floors, form);
    int n = snprintf(text, sizeof(text), "govcore_model: 1\nid: many\nversion: 1\ninputs:\n");
    for (int i = 0; i < MANY; i++)
        n += snprintf(text + n, sizeof(text) - (size_t)n, "  c%d: {type: bool}\n", i);
    n += snprintf(text + n, sizeof(text) - (size_t)n, "tiers: [{id: high, at: 1/2}, {id: low, at: 1/5}]\n");
    if (floors[0] != '\0')
        n += snprintf(text + n, sizeof(text) - (size_t)n, "floors: [{when: \"%s\", tier: high}]\n", floors);
    n += snprintf(text + n, sizeof(text) - (size_t)n,
                  "dimensions:\n  - id: d\n    weight: 1\n    indicators:\n");
    for (int i = 0; i < MANY; i++)
        n += snprintf(text + n, sizeof(text) - (size_t)n,
                      "      - {id: i%d, weight: %d/253, deprived: c%d}\n", i, weight_of(i), i);
    return parse_model(text);
}

static gov_table *all_deprived(void)
{
    char csv[400] = "";
    for (int i = 0; i < MANY; i++)
        sprintf(csv + strlen(csv), "c%d%s", i, i + 1 < MANY ? "," : "\n");
    for (int i = 0; i < MANY; i++)
        strcat(csv, i + 1 < MANY ? "1," : "1\n");
    return parse_table(csv);
}

static int high_by_hand(unsigned int pattern, int (*holds)(unsigned int pattern))
{
    int sum = 0;
    for (int i = 0; i < MANY; i++)
        sum += pattern >> i & 1 ? weight_of(i) : 0;
    return 2 * sum >= 253 || holds(pattern);
}

START_TEST(the_counterfactual_of_22_is_the_smallest_of_all_subsets)
{
    static const floors_case cases[] = {
        {"none", no_floor}, {"pairs", a_pair}, {"steps", a_step}, {"any", any_at_all}};
    for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++) {
        gov_need_model *model = twenty_two(cases[k].text);
        gov_table *t = all_deprived();
        gov_need_explanation *e = NULL;
        const unsigned int whole = (1u << MANY) - 1;
        int best = MANY + 1;
        for (unsigned int set = 1; set <= whole; set++) {
            int size = __builtin_popcount(set);
            if (size < best && !high_by_hand(whole & ~set, cases[k].holds))
                best = size;
        }
        ck_ok(gov_need_explain(model, t, 0, NULL, &e, &err));
        const gov_table *changes = gov_need_explanation_changes(e);
        unsigned int found = 0;
        for (int64_t r = 0; r < gov_table_rows(changes); r++)
            found |= 1u << int_at(changes, "bit", r);
        ck_assert_msg(__builtin_popcount(found) == best, "%s: %d, smallest %d", cases[k].text,
                      __builtin_popcount(found), best);
        ck_assert(!high_by_hand(whole & ~found, cases[k].holds));
        gov_need_explanation_free(e);
        gov_table_free(t);
        gov_need_model_free(model);
    }
}
END_TEST

START_TEST(an_explanation_can_be_cancelled)
{
    gov_need_model *model = twenty_two("pairs");
    gov_table *t = all_deprived();
    gov_need_explanation *e = NULL;
    gov_need_options o = GOV_NEED_OPTIONS_INIT;
    ck_ok(gov_run_new(&o.run, &err));
    gov_run_cancel(o.run);
    ck_fails(gov_need_explain(model, t, 0, &o, &e, &err), GOV_E_CANCELLED);
    ck_assert_ptr_null(e);
    gov_run_free(o.run);
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

START_TEST(every_allocation_of_an_explanation_may_fail)
{
    gov_need_model *model = parse_model(SMALL_HEAD SMALL_DIMENSIONS SMALL_TIERS);
    gov_table *t = parse_table("a,b,x,y\nfalse,true,5,20\ntrue,,0,1\n");
    gov_need_explanation *e = NULL;
    ck_every_allocation(gov_need_explain(model, t, 1, NULL, &e, &err), ck_assert_ptr_null(e),
                        gov_need_explanation_free(e));
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

GOV_TESTS("need/explain", lines_add_up_and_name_what_they_read, a_row_that_is_not_there_is_refused,
          the_counterfactual_is_a_smallest_set, the_counterfactual_of_22_is_the_smallest_of_all_subsets,
          an_indicator_outside_the_preset_has_no_line, an_explanation_can_be_cancelled,
          every_allocation_of_an_explanation_may_fail)
