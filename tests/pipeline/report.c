/* report.c - the page says what it must say, escapes what it is given, and fails whole. */
#include "gov_check.h"
#include "govcore/pipeline/report.h"

#include <string.h>

static int says(const gov_text *page, const char *text)
{
    return strstr(gov_text_data(page), text) != NULL;
}

/* Two series of twelve weeks: one that rises by one a week, one that is flat but for its last value. */
static gov_panel *panel(void)
{
    gov_error err = GOV_ERROR_INIT;
    gov_panel *p = NULL;
    double y[24];
    for (int t = 0; t < 12; t++) {
        y[t] = 3 + t;
        y[12 + t] = t % 2 == 0 ? 4 : 5;
    }
    y[23] = 40;
    ck_ok(gov_panel_of_array(y, NULL, 2, 12, 18988, GOV_FREQUENCY_WEEK, &p, &err));
    return p;
}

typedef struct page {
    gov_report_input in;
    gov_panel *panel;
    gov_table *findings;
} page;

static page make(void)
{
    gov_error err = GOV_ERROR_INIT;
    page p = {.in = GOV_REPORT_INPUT_INIT, .panel = panel(), .findings = NULL};
    ck_ok(gov_trend_analyze(p.panel, NULL, &p.findings, &err));
    p.in.title_zh = "趋势";
    p.in.title_en = "Trends <of> \"two\" & more";
    p.in.panel = p.panel;
    p.in.findings = p.findings;
    return p;
}

static void drop(page *p)
{
    gov_panel_free(p->panel);
    gov_table_free(p->findings);
}

START_TEST(a_page_says_that_a_score_is_no_decision)
{
    gov_error err = GOV_ERROR_INIT;
    page p = make();
    gov_text *out = NULL;
    ck_ok(gov_report_html(&p.in, &out, &err));
    ck_assert(says(out, "评分不是资格认定"));
    ck_assert(says(out, "decides on nobody"));
    gov_text_free(out);
    drop(&p);
}
END_TEST

/* What a reader of one language sees: the body's class decides in the style sheet, the head in the markup. */
START_TEST(a_page_is_in_one_language_if_asked)
{
    gov_error err = GOV_ERROR_INIT;
    page p = make();
    gov_text *out = NULL;
    p.in.title_zh = "徐汇区";
    p.in.title_en = "Xuhui district";
    p.in.lang = "en";
    ck_ok(gov_report_html(&p.in, &out, &err));
    ck_assert(says(out, "<html lang=\"en\">") && says(out, "<body class=\"only-en\">"));
    ck_assert(says(out, "<title>Xuhui district</title>") && !says(out, "徐汇区"));
    gov_text_free(out);
    p.in.lang = "zh";
    ck_ok(gov_report_html(&p.in, &out, &err));
    ck_assert(says(out, "<body class=\"only-zh\">") && says(out, "<title>徐汇区</title>"));
    ck_assert(!says(out, "Xuhui district"));
    gov_text_free(out);
    out = NULL;
    p.in.lang = "fr";
    ck_fails(gov_report_html(&p.in, &out, &err), GOV_E_ARGUMENT);
    ck_assert_str_eq(err.name, "lang");
    ck_assert_ptr_null(out);
    drop(&p);
}
END_TEST

START_TEST(titles_are_escaped)
{
    gov_error err = GOV_ERROR_INIT;
    page p = make();
    gov_text *out = NULL;
    ck_ok(gov_report_html(&p.in, &out, &err));
    ck_assert(says(out, "Trends &lt;of&gt; &quot;two&quot; &amp; more"));
    ck_assert(!says(out, "<of>"));
    gov_text_free(out);
    drop(&p);
}
END_TEST

START_TEST(made_up_households_are_marked_only_if_they_are_made_up)
{
    gov_error err = GOV_ERROR_INIT;
    page p = make();
    gov_text *out = NULL;
    ck_ok(gov_report_html(&p.in, &out, &err));
    ck_assert(!says(out, "合成数据"));
    gov_text_free(out);
    out = NULL;
    p.in.synthetic_zh = "由生成器得出";
    p.in.synthetic_en = "made by a generator";
    ck_ok(gov_report_html(&p.in, &out, &err));
    ck_assert(says(out, "合成数据"));
    ck_assert(says(out, "由生成器得出"));
    gov_text_free(out);
    drop(&p);
}
END_TEST

START_TEST(a_page_loads_nothing_and_runs_nothing)
{
    static const char *const forbidden[] = {
        "<script", "http://", "https://", "src=", "@import", "url(", "<link"};
    gov_error err = GOV_ERROR_INIT;
    page p = make();
    gov_text *out = NULL;
    ck_ok(gov_report_html(&p.in, &out, &err));
    for (size_t i = 0; i < sizeof(forbidden) / sizeof(forbidden[0]); i++)
        ck_assert_msg(!says(out, forbidden[i]), "the page holds %s", forbidden[i]);
    gov_text_free(out);
    drop(&p);
}
END_TEST

START_TEST(each_series_has_its_verdict_and_the_jump_its_alarm)
{
    gov_error err = GOV_ERROR_INIT;
    page p = make();
    gov_text *out = NULL;
    ck_ok(gov_report_html(&p.in, &out, &err));
    ck_assert(says(out, "▲ 上升"));
    ck_assert(says(out, "— 无显著趋势"));
    ck_assert(says(out, "EARS C1: <b>1</b>"));
    gov_text_free(out);
    drop(&p);
}
END_TEST

START_TEST(parts_given_by_halves_are_refused)
{
    gov_error err = GOV_ERROR_INIT;
    page p = make();
    gov_text *out = NULL;
    p.in.findings = NULL;
    ck_fails(gov_report_html(&p.in, &out, &err), GOV_E_ARGUMENT);
    p.in.findings = p.findings;
    p.in.level = "street";
    ck_fails(gov_report_html(&p.in, &out, &err), GOV_E_ARGUMENT);
    ck_fails(gov_report_html(NULL, &out, &err), GOV_E_ARGUMENT);
    p.in.level = NULL;
    p.in.struct_size = 0;
    ck_fails(gov_report_html(&p.in, &out, &err), GOV_E_ARGUMENT);
    ck_assert_ptr_null(out);
    drop(&p);
}
END_TEST

START_TEST(every_failing_allocation_is_reported_and_leaks_nothing)
{
    gov_error err = GOV_ERROR_INIT;
    page p = make();
    gov_text *out = NULL;
    ck_every_allocation(gov_report_html(&p.in, &out, &err), ck_assert_ptr_null(out), gov_text_free(out));
    drop(&p);
}
END_TEST

GOV_TESTS("pipeline/report", a_page_says_that_a_score_is_no_decision, a_page_is_in_one_language_if_asked,
          titles_are_escaped, made_up_households_are_marked_only_if_they_are_made_up,
          a_page_loads_nothing_and_runs_nothing, each_series_has_its_verdict_and_the_jump_its_alarm,
          parts_given_by_halves_are_refused, every_failing_allocation_is_reported_and_leaks_nothing)
