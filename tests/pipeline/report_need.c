/* report_need.c - the page's figures on three small grids, counted by hand.
 *
 * The model: low income 1/2, crowded 1/4, damp 1/4; tier `high` from 1/2 on.
 *   A (street S1): 12 households, 3 with a low income (score 1/2)
 *   B (street S2): 12 households, 6 with a low income and damp walls (score 3/4)
 *   C (street S2): 3 households, one with damp walls whose income is not known (1/4 to 3/4)
 * Of the nine with a low income two receive aid (H00, H01), three do not (H02, H12, H13), of four it is not known.
 * Known: S1 12, of them 3 in need: H 3/12, A 1/2, M0 1/8. S2 14, of them 6: H 6/14, A 3/4, M0 4.5/14. Both 26, of them 9:
 * H 9/26 = 34.6 %, A (3 x 1/2 + 6 x 3/4) / 9 = 66.7 %, M0 6/26 = 0.231. */
#include "gov_check.h"
#include "govcore/pipeline/areas.h"
#include "govcore/pipeline/report.h"

#include <stdio.h>
#include <string.h>

static const char model_text[] =
    "govcore_model: 1\nid: small\nversion: 1\ntitle: {zh: 小, en: small}\nunit: household\nids: [id, grid]\n"
    "notice: {zh: 测试模型, en: a model of a test}\n"
    "inputs:\n  income: {type: float}\n  rooms: {type: int}\n  damp: {type: bool}\n"
    "  aided: {type: bool, optional: true}\nservices:\n  - {id: aid, name: {zh: 救助, en: aid}, received: "
    "aided}\n"
    "dimensions:\n  - id: living\n    name: {zh: 生活, en: Living}\n    weight: 1\n    indicators:\n"
    "      - {id: low_income, name: {zh: 低收入, en: low income}, weight: 1/2, "
    "deprived: income < 1330, service: [aid], source: x}\n"
    "      - {id: crowded, name: {zh: 拥挤, en: crowded}, weight: 1/4, deprived: rooms < 1, source: x}\n"
    "      - {id: damp_walls, name: {zh: 潮湿, en: damp walls}, weight: 1/4, deprived: damp, source: x}\n"
    "tiers:\n  - {id: high, name: {zh: 高, en: high}, at: 1/2}\n  - {id: none, name: {zh: 无, en: none}, at: "
    "0}\n";

static const char grid_text[] =
    "code,name,level,parent\nD,区,district,\nS1,<甲>街道,street,D\nS2,乙街道,street,D\n"
    "A,甲一,community,S1\nB,乙一,community,S2\nC,乙二,community,S2\n";

typedef struct need {
    gov_need_model *model;
    gov_table *grids, *plain, *households, *scores, *explained, *unmet;
    gov_need_measures *by_area, *by_grid;
    gov_need_explanation *why;
    const gov_need_explanation *list[1];
    gov_report_input in;
} need;

static gov_table *read_csv(const char *text, const char *types)
{
    gov_error err = GOV_ERROR_INIT;
    gov_csv_options options = GOV_CSV_OPTIONS_INIT;
    gov_table *t = NULL;
    options.types = types;
    ck_ok(gov_table_parse_csv(text, -1, "test", &options, &t, &err));
    return t;
}

static gov_table *households(void)
{
    char text[4096] = "id,grid,income,rooms,damp,aided\n";
    size_t at = strlen(text);
    for (int i = 0; i < 27; i++) {
        const char *grid = i < 12 ? "A" : i < 24 ? "B" : "C";
        int low = i < 3 || (i >= 12 && i < 18);
        int damp = (i >= 12 && i < 18) || i == 26;
        at += (size_t)snprintf(text + at, sizeof(text) - at, "H%02d,%s,%s,2,%s,%s\n", i, grid,
                               i == 26 ? ""
                               : low   ? "1000.5"
                                       : "5000.5",
                               damp ? "true" : "false",
                               i < 2    ? "true"
                               : i < 14 ? "false"
                                        : "");
    }
    return read_csv(text, "income:float64,rooms:int64,damp:bool,aided:bool");
}

static gov_need_measures *measure(const need *n, const char *by)
{
    gov_error err = GOV_ERROR_INIT;
    gov_need_measure_options options = GOV_NEED_MEASURE_OPTIONS_INIT;
    gov_need_measures *out = NULL;
    options.by = by;
    options.k = "1/2";
    ck_ok(gov_need_measure(n->model, n->households, NULL, &options, &out, &err));
    return out;
}

static void make(need *n)
{
    gov_error err = GOV_ERROR_INIT;
    *n = (need){.in = GOV_REPORT_INPUT_INIT};
    ck_ok(gov_need_model_parse(model_text, -1, "small", &n->model, &err));
    n->grids = read_csv(grid_text, NULL);
    n->plain = households();
    ck_ok(gov_areas_join(n->plain, "grid", n->grids, "street", "street", &n->households, &err));
    ck_ok(gov_need_score(n->model, n->households, NULL, &n->scores, &err));
    ck_ok(gov_need_explain(n->model, n->households, 26, NULL, &n->why, &err));
    n->by_area = measure(n, "street");
    n->by_grid = measure(n, "grid");
    n->explained = read_csv("household,grid,row\nH26,C,26\n", NULL);
    ck_ok(gov_need_unmet(n->model, n->households, NULL, &n->unmet, &err));
    n->in.unmet = n->unmet;
    n->list[0] = n->why;
    n->in.title_zh = "页";
    n->in.title_en = "page";
    n->in.model = n->model;
    n->in.grids = n->grids;
    n->in.scores = n->scores;
    n->in.by_area = n->by_area;
    n->in.by_grid = n->by_grid;
    n->in.level = "street";
    n->in.k = "1/2";
    n->in.explained = n->explained;
    n->in.explanations = n->list;
    n->in.explanation_count = 1;
}

static void drop(need *n)
{
    gov_need_explanation_free(n->why);
    gov_need_measures_free(n->by_grid);
    gov_need_measures_free(n->by_area);
    gov_table_free(n->unmet);
    gov_table_free(n->explained);
    gov_table_free(n->scores);
    gov_table_free(n->households);
    gov_table_free(n->plain);
    gov_table_free(n->grids);
    gov_need_model_free(n->model);
}

/* The page from `begin` up to `end`, to look for figures in. */
static void check_says(const gov_text *page, const char *begin, const char *end, const char *const *wanted)
{
    const char *from = strstr(gov_text_data(page), begin);
    ck_assert_msg(from != NULL, "the page does not hold %s", begin);
    const char *to = strstr(from, end);
    ck_assert_msg(to != NULL, "nothing ends %s", begin);
    for (int i = 0; wanted[i] != NULL; i++) {
        const char *found = strstr(from, wanted[i]);
        ck_assert_msg(found != NULL && found < to, "%s ... does not hold %s", begin, wanted[i]);
    }
}

START_TEST(figures_are_those_counted_by_hand)
{
    static const char *const all[] = {"<b>27</b>", ">34.6<", ">66.7<", ">0.231<", ">3.7<", NULL};
    static const char *const first[] = {">12<", ">3<", ">9<", ">25.0<", ">50.0<", ">0.125<", NULL};
    static const char *const second[] = {">15<", ">6<", ">9<", ">1<", ">42.9<", ">75.0<", ">0.321<", NULL};
    gov_error err = GOV_ERROR_INIT;
    gov_text *page = NULL;
    need n;
    make(&n);
    ck_ok(gov_report_html(&n.in, &page, &err));
    check_says(page, "id=\"figures\"", "</section>", all);
    check_says(page, "<th scope=\"row\">&lt;甲&gt;街道", "</tr>", first);
    check_says(page, "<th scope=\"row\">乙街道", "</tr>", second);
    gov_text_free(page);
    drop(&n);
}
END_TEST

START_TEST(a_grid_with_few_households_shows_no_figure)
{
    static const char *const few[] = {"class=\"few\" title=\"乙二 · 少于 10 户", NULL};
    gov_error err = GOV_ERROR_INIT;
    gov_text *page = NULL;
    need n;
    make(&n);
    ck_ok(gov_report_html(&n.in, &page, &err));
    check_says(page, "id=\"areas\"", "</section>", few);
    ck_assert_ptr_null(strstr(gov_text_data(page), "乙二 · 3 户"));
    gov_text_free(page);
    drop(&n);
}
END_TEST

START_TEST(what_is_not_known_is_shown_and_asked_for)
{
    static const char *const unknown[] = {"低收入", ">3.7<", NULL};
    static const char *const asked[] = {"H26",  "乙街道",        "250–750", "待核查", "潮湿",
                                        "+250", "class=\"ask\"", "?500",    NULL};
    gov_error err = GOV_ERROR_INIT;
    gov_text *page = NULL;
    need n;
    make(&n);
    ck_ok(gov_report_html(&n.in, &page, &err));
    check_says(page, "id=\"missing\"", "</section>", unknown);
    check_says(page, "id=\"why\"", "</section>", asked);
    ck_assert_ptr_nonnull(strstr(gov_text_data(page), "测试模型"));
    gov_text_free(page);
    drop(&n);
}
END_TEST

START_TEST(services_not_received_are_counted_apart_from_the_unknown)
{
    static const char *const unmet[] = {"<b>7</b>", "救助", "<b>3</b><em>4</em>", NULL};
    gov_error err = GOV_ERROR_INIT;
    gov_text *page = NULL;
    need n;
    make(&n);
    ck_ok(gov_report_html(&n.in, &page, &err));
    check_says(page, "id=\"unmet\"", "</section>", unmet);
    gov_text_free(page);
    drop(&n);
}
END_TEST

START_TEST(a_score_outside_the_tree_is_named)
{
    gov_error err = GOV_ERROR_INIT;
    gov_text *page = NULL;
    need n;
    make(&n);
    gov_table_free(n.grids);
    n.grids = read_csv("code,name,level,parent\nS1,甲,street,\nA,甲一,community,S1\n", NULL);
    n.in.grids = n.grids;
    ck_fails(gov_report_html(&n.in, &page, &err), GOV_E_REFERENCE);
    ck_assert_int_eq(err.row, 12);
    n.in.level = "village";
    ck_fails(gov_report_html(&n.in, &page, &err), GOV_E_UNKNOWN_NAME);
    ck_assert_str_eq(err.name, "village");
    ck_assert_ptr_null(page);
    drop(&n);
}
END_TEST

START_TEST(every_failing_allocation_is_reported_and_leaks_nothing)
{
    gov_error err = GOV_ERROR_INIT;
    gov_text *page = NULL;
    need n;
    make(&n);
    ck_every_allocation(gov_report_html(&n.in, &page, &err), ck_assert_ptr_null(page), gov_text_free(page));
    drop(&n);
}
END_TEST

GOV_TESTS("pipeline/report_need", figures_are_those_counted_by_hand,
          a_grid_with_few_households_shows_no_figure, what_is_not_known_is_shown_and_asked_for,
          services_not_received_are_counted_apart_from_the_unknown, a_score_outside_the_tree_is_named,
          every_failing_allocation_is_reported_and_leaks_nothing)
