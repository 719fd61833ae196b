/* report_page.c - the frame of the page. The style sheet is a file of its own (report.css), embedded at build
 * time, so that it can be read and edited as what it is. */
#include "pipeline/report_parts.h"
#include "base/embed.h"

#include <string.h>

extern const gov_embedded gov_report_styles[];

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

void gov_report_mark(gov_report *r)
{
    if (r->in->synthetic_zh != NULL || r->in->synthetic_en != NULL)
        gov_html_pair(&r->page, "p", "mark", "合成数据", "synthetic households");
}

static void write_notices(gov_report *r)
{
    gov_buffer *page = &r->page;
    const gov_report_input *in = r->in;
    gov_buffer_text(page, "<div class=\"notices\">\n");
    if (in->synthetic_zh != NULL || in->synthetic_en != NULL) {
        gov_buffer_text(page, "<div class=\"notice loud\">");
        gov_html_pair(page, "strong", NULL, "合成数据", "Synthetic households");
        gov_html_pair(page, "p", NULL, or_empty(in->synthetic_zh), or_empty(in->synthetic_en));
        gov_buffer_text(page, "</div>\n");
    }
    gov_buffer_text(page, "<div class=\"notice\">");
    gov_html_pair(page, "strong", NULL, "评分不是资格认定", "A score is not a decision");
    gov_html_pair(
        page, "p", NULL,
        "评分用于发现可能需要帮助的家庭，由工作人员上门核实；不决定任何人的救助资格，也不评价任何人。",
        "It helps to find households that may need help, for an officer to visit and verify. It decides on "
        "nobody's eligibility and judges nobody.");
    if (in->model != NULL)
        gov_html_pair(page, "p", NULL, gov_need_model_notice(in->model, "zh"),
                      gov_need_model_notice(in->model, "en"));
    gov_buffer_text(page, "</div>\n</div>\n");
}

static int is_only(const gov_report_input *in, const char *lang)
{
    return in->lang != NULL && strcmp(in->lang, lang) == 0;
}

static void write_title(gov_buffer *page, const gov_report_input *in)
{
    if (!is_only(in, "en"))
        gov_html_escape(page, in->title_zh, -1);
    if (in->lang == NULL)
        gov_buffer_text(page, " · ");
    if (!is_only(in, "zh"))
        gov_html_escape(page, in->title_en, -1);
}

gov_status gov_report_write_head(gov_report *r, gov_error *err)
{
    gov_buffer *page = &r->page;
    const gov_report_input *in = r->in;
    if (gov_report_styles[0].text == NULL)
        return GOV_FAIL_INTERNAL(err);
    gov_buffer_format(page,
                      "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
                      is_only(in, "en") ? "en" : "zh-CN");
    write_title(page, in);
    gov_buffer_text(page, "</title>\n<style>\n");
    gov_buffer_bytes(page, gov_report_styles[0].text, gov_report_styles[0].size);
    gov_buffer_text(page, "</style>\n</head>\n");
    gov_buffer_format(page, "<body class=\"%s\">\n<header>\n<p class=\"kicker\">libgovcore ",
                      in->lang == NULL    ? "both"
                      : is_only(in, "en") ? "only-en"
                                          : "only-zh");
    gov_html_escape(page, gov_version(), -1);
    if (in->as_of != NULL) {
        gov_buffer_text(page, " <span>");
        gov_html_words(page, "评估日期", "as of");
        gov_buffer_char(page, ' ');
        gov_html_escape(page, in->as_of, -1);
        gov_buffer_text(page, "</span>");
    }
    gov_buffer_text(page, "</p>\n<h1>");
    gov_html_escape(page, is_only(in, "en") ? in->title_en : in->title_zh, -1);
    gov_buffer_text(page, "</h1>\n");
    if (in->lang == NULL) {
        gov_buffer_text(page, "<p class=\"subtitle\" lang=\"en\">");
        gov_html_escape(page, in->title_en, -1);
        gov_buffer_text(page, "</p>\n");
    }
    write_notices(r);
    gov_buffer_text(page, "</header>\n<main>\n");
    return GOV_OK;
}

/* --- The end ---------------------------------------------------------------------------------------------- */

static gov_status write_cell(gov_report *r, const gov_table *table, const char *column, int64_t row,
                             const char *tag, gov_error *err)
{
    gov_report_cell cell;
    GOV_TRY(gov_report_text(table, column, row, &cell, err));
    gov_buffer_format(&r->page, "<%s>", tag);
    gov_html_escape(&r->page, cell.text, cell.size);
    gov_buffer_format(&r->page, "</%s>", tag);
    return GOV_OK;
}

static gov_status write_sources(gov_report *r, gov_error *err)
{
    const gov_table *sources = r->in->sources;
    if (sources == NULL)
        return GOV_OK;
    gov_html_section(&r->page, "sources", "数据来源与许可", "Sources and licences");
    gov_buffer_text(&r->page, "<div class=\"scroll\"><table class=\"plain\"><thead><tr>");
    gov_html_pair(&r->page, "th", NULL, "数据", "data");
    gov_html_pair(&r->page, "th", NULL, "来源", "origin");
    gov_html_pair(&r->page, "th", NULL, "许可", "licence");
    gov_buffer_text(&r->page, "</tr></thead><tbody>\n");
    for (int64_t i = 0; i < gov_table_rows(sources); i++) {
        gov_buffer_text(&r->page, "<tr>");
        GOV_TRY(write_cell(r, sources, "name", i, "td", err));
        GOV_TRY(write_cell(r, sources, "origin", i, "td", err));
        GOV_TRY(write_cell(r, sources, "licence", i, "td", err));
        gov_buffer_text(&r->page, "</tr>\n");
    }
    gov_buffer_text(&r->page, "</tbody></table></div>\n</section>\n");
    return GOV_OK;
}

static gov_status write_names(gov_report *r, const gov_table *table, const char *zh, const char *en,
                              int64_t row, gov_error *err)
{
    gov_report_cell first, second;
    GOV_TRY(gov_report_text(table, zh, row, &first, err));
    GOV_TRY(gov_report_text(table, en, row, &second, err));
    gov_html_both(&r->page, first.text, first.size, second.text, second.size);
    return GOV_OK;
}

static gov_status write_facts(gov_report *r, gov_error *err)
{
    const gov_table *facts = r->in->facts;
    gov_buffer_text(&r->page, "<dl class=\"facts\">\n");
    for (int64_t i = 0; facts != NULL && i < gov_table_rows(facts); i++) {
        gov_buffer_text(&r->page, "<div><dt>");
        GOV_TRY(write_names(r, facts, "name_zh", "name_en", i, err));
        gov_buffer_text(&r->page, "</dt>");
        GOV_TRY(write_cell(r, facts, "value", i, "dd", err));
        gov_buffer_text(&r->page, "</div>\n");
    }
    gov_buffer_text(&r->page, "</dl>\n");
    return GOV_OK;
}

static gov_status write_steps(gov_report *r, gov_error *err)
{
    const gov_table *steps = r->in->steps;
    double *seconds = NULL;
    uint8_t *valid = NULL;
    gov_status status = GOV_OK;
    if (steps == NULL)
        return GOV_OK;
    GOV_TRY(gov_report_numbers(steps, "seconds", &seconds, &valid, err));
    gov_buffer_text(&r->page, "<table class=\"plain steps\"><thead><tr>");
    gov_html_pair(&r->page, "th", NULL, "步骤", "step");
    gov_html_pair(&r->page, "th", "n", "秒", "seconds");
    gov_buffer_text(&r->page, "</tr></thead><tbody>\n");
    for (int64_t i = 0; i < gov_table_rows(steps); i++) {
        gov_buffer_text(&r->page, "<tr><td>");
        GOV_TRY_OUT(write_names(r, steps, "step_zh", "step_en", i, err));
        gov_buffer_format(&r->page, "</td><td class=\"n\">%.3f</td></tr>\n", valid[i] ? seconds[i] : 0.0);
    }
    gov_buffer_text(&r->page, "</tbody></table>\n");
out:
    gov_free(seconds);
    gov_free(valid);
    return status;
}

gov_status gov_report_write_end(gov_report *r, gov_error *err)
{
    GOV_TRY(write_sources(r, err));
    gov_html_section(&r->page, "made", "如何得出", "How this page was made");
    gov_html_lead(
        &r->page, "模型、数据与结果各有指纹；同样的输入给出逐位相同的结果，与线程数和批次大小无关。",
        "Model, data and results have fingerprints. The same input gives the same result bit for bit, "
        "whatever the number of threads and the size of batches.");
    gov_buffer_text(&r->page, "<div class=\"made\">\n");
    GOV_TRY(write_facts(r, err));
    GOV_TRY(write_steps(r, err));
    gov_buffer_text(&r->page, "</div>\n</section>\n</main>\n<footer>\n");
    gov_html_pair(&r->page, "p", NULL, "本页由 libgovcore 生成，不含脚本，不访问网络。",
                  "Made by libgovcore. No script, nothing loaded from a network.");
    gov_buffer_text(&r->page, "</footer>\n</body>\n</html>\n");
    return GOV_OK;
}
