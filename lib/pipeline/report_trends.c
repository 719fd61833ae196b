/* report_trends.c - one card a series: counts, Sen's line, EARS alarms, and what was found in words.
 *
 * The drawing stretches with its card; strokes do not (vector-effect), and a dot is a line of no length with
 * round ends, so that it stays round. */
#include "pipeline/report_parts.h"
#include "base/alloc.h"

#include <string.h>

enum { WIDE = 1000, TALL = 240 };

typedef struct series {
    int64_t n;
    double *y;
    uint8_t *valid;
    uint8_t *alarm;
    double top;
    int64_t alarms;
} series;

static void series_free(series *s)
{
    gov_free(s->y);
    gov_free(s->valid);
    gov_free(s->alarm);
}

static gov_status series_read(const gov_report *r, int64_t index, series *s, gov_error *err)
{
    gov_ears_options ears = GOV_EARS_OPTIONS_INIT;
    gov_alarms alarms = GOV_ALARMS_INIT;
    s->n = gov_panel_periods(r->in->panel);
    s->y = gov_alloc(s->n, sizeof(*s->y));
    s->valid = gov_alloc(s->n, 1);
    s->alarm = gov_alloc_zero(s->n, 1);
    if (s->y == NULL || s->valid == NULL || s->alarm == NULL)
        return gov_fail_memory(err);
    GOV_TRY(gov_panel_copy(r->in->panel, index, s->y, s->valid, err));
    ears.min_sigma = 0.5;
    alarms.alarm = s->alarm;
    GOV_TRY(gov_ears(s->y, s->valid, s->n, &ears, &alarms, err));
    s->top = 1;
    for (int64_t t = 0; t < s->n; t++) {
        s->top = s->valid[t] && s->y[t] > s->top ? s->y[t] : s->top;
        s->alarms += s->alarm[t];
    }
    return GOV_OK;
}

static double across(const series *s, int64_t t)
{
    return s->n > 1 ? WIDE * (double)t / (double)(s->n - 1) : 0;
}

static double up(const series *s, double value)
{
    return TALL - (TALL - 12) * value / s->top;
}

static void draw_counts(gov_report *r, const series *s)
{
    int pen = 0;
    gov_buffer_text(&r->page, "<path class=\"counts\" d=\"");
    for (int64_t t = 0; t < s->n; t++) {
        if (s->valid[t])
            gov_buffer_format(&r->page, "%c%.1f %.1f", pen ? 'L' : 'M', across(s, t), up(s, s->y[t]));
        pen = s->valid[t];
    }
    gov_buffer_text(&r->page, "\"/>");
}

static void draw_alarms(gov_report *r, const series *s)
{
    gov_buffer_text(&r->page, "<path class=\"alarms\" d=\"");
    for (int64_t t = 0; t < s->n; t++)
        if (s->alarm[t])
            gov_buffer_format(&r->page, "M%.1f %.1fh0", across(s, t), up(s, s->y[t]));
    gov_buffer_text(&r->page, "\"/>");
}

static void draw_years(gov_report *r, const series *s)
{
    char name[16];
    int64_t last = -1;
    for (int64_t t = 0; t < s->n; t++) {
        if (gov_panel_period_name(r->in->panel, t, name, sizeof(name)) == 0)
            continue;
        int64_t year =
            1000 * (name[0] - '0') + 100 * (name[1] - '0') + 10 * (name[2] - '0') + (name[3] - '0');
        if (year != last)
            gov_buffer_format(&r->page, "<span style=\"left:%.2f%%\">%lld</span>", across(s, t) / WIDE * 100,
                              (long long)year);
        last = year;
    }
}

/* A number of the findings; 0 if it is missing. */
static int finding(const gov_report *r, const char *column, int64_t row, double *value)
{
    int64_t at;
    uint8_t valid = 0;
    return gov_table_find(r->in->findings, column, &at, NULL) == GOV_OK &&
           gov_table_copy_doubles(r->in->findings, at, row, 1, value, &valid, NULL) == GOV_OK && valid;
}

static void draw(gov_report *r, int64_t index, const series *s)
{
    double slope, intercept;
    gov_buffer_format(&r->page,
                      "<div class=\"plot\"><span class=\"top\">%.0f</span><svg viewBox=\"0 0 %d %d\" "
                      "preserveAspectRatio=\"none\" role=\"img\" aria-label=\"counts by period\">",
                      s->top, WIDE, TALL);
    draw_counts(r, s);
    if (finding(r, "slope", index, &slope) && finding(r, "intercept", index, &intercept))
        gov_buffer_format(&r->page, "<path class=\"sen\" d=\"M0 %.1fL%d %.1f\"/>", up(s, intercept), WIDE,
                          up(s, intercept + slope * (double)(s->n - 1)));
    draw_alarms(r, s);
    gov_buffer_text(&r->page, "</svg><div class=\"axis\">");
    draw_years(r, s);
    gov_buffer_text(&r->page, "</div></div>\n");
}

/* --- Words ------------------------------------------------------------------------------------------------- */

static void write_label(gov_report *r, int64_t index)
{
    const gov_table *labels = gov_panel_labels(r->in->panel);
    gov_report_cell label = {NULL, 0}, other, zh = {NULL, 0}, en = {NULL, 0};
    if (gov_table_columns(labels) > 0)
        gov_table_text(labels, index, 0, &label.text, &label.size, NULL);
    for (int64_t i = 0; r->in->series != NULL && i < gov_table_rows(r->in->series); i++)
        if (gov_report_text(r->in->series, "label", i, &other, NULL) == GOV_OK && other.size == label.size &&
            memcmp(other.text, label.text, (size_t)label.size) == 0) {
            gov_report_text(r->in->series, "name_zh", i, &zh, NULL);
            gov_report_text(r->in->series, "name_en", i, &en, NULL);
        }
    if (zh.text != NULL || en.text != NULL)
        gov_html_both(&r->page, zh.text, zh.size, en.text, en.size);
    else
        gov_html_escape(&r->page, label.text, label.size);
}

/* The verdict with its sign, so that it does not rest on colour alone. */
static void write_verdict(gov_report *r, gov_report_cell trend)
{
    if (gov_report_same(trend, "increasing"))
        gov_html_pair(&r->page, "span", "verdict rising", "▲ 上升", "rising");
    else if (gov_report_same(trend, "decreasing"))
        gov_html_pair(&r->page, "span", "verdict falling", "▼ 下降", "falling");
    else
        gov_html_pair(&r->page, "span", "verdict", "— 无显著趋势", "no clear trend");
}

static void write_numbers(gov_report *r, int64_t index, const series *s)
{
    double per_year = gov_panel_frequency(r->in->panel) == GOV_FREQUENCY_WEEK    ? 365.2425 / 7
                      : gov_panel_frequency(r->in->panel) == GOV_FREQUENCY_MONTH ? 12
                                                                                 : 365.2425;
    double slope, p, low, high;
    gov_buffer_text(&r->page, "<p class=\"numbers\">");
    if (finding(r, "slope", index, &slope) && finding(r, "slope_low", index, &low) &&
        finding(r, "slope_high", index, &high))
        gov_buffer_format(&r->page,
                          "<span class=\"zh\">每年</span> <span class=\"en\" lang=\"en\">a year</span> "
                          "<b>%+.2f</b> <small>[%+.2f, %+.2f]</small> · ",
                          slope * per_year, low * per_year, high * per_year);
    if (finding(r, "p", index, &p))
        gov_buffer_format(&r->page, p < 0.0001 ? "p &lt; 0.0001 · " : "p = %.4f · ", p);
    gov_buffer_format(&r->page,
                      "EARS C1: <b>%lld</b> / %lld <span class=\"zh\">期告警</span> "
                      "<span class=\"en\" lang=\"en\">periods with an alarm</span></p>\n",
                      (long long)s->alarms, (long long)s->n);
}

/* What the analyser says of the series, in both languages. */
static gov_status write_words(gov_report *r, int64_t index, gov_error *err)
{
    gov_report_cell zh, en;
    GOV_TRY(gov_report_text(r->in->findings, "text_zh", index, &zh, err));
    GOV_TRY(gov_report_text(r->in->findings, "text_en", index, &en, err));
    gov_buffer_text(&r->page, "<p class=\"words\">");
    gov_html_both(&r->page, zh.text, zh.size, en.text, en.size);
    gov_buffer_text(&r->page, "</p>\n");
    return GOV_OK;
}

static gov_status write_card(gov_report *r, int64_t index, gov_error *err)
{
    series s = {0, NULL, NULL, NULL, 1, 0};
    gov_report_cell trend = {NULL, 0};
    gov_status status = gov_report_text(r->in->findings, "trend", index, &trend, err);
    if (status == GOV_OK)
        status = series_read(r, index, &s, err);
    if (status == GOV_OK) {
        gov_buffer_text(&r->page, "<article><h3>");
        write_label(r, index);
        write_verdict(r, trend);
        gov_buffer_text(&r->page, "</h3>\n");
        draw(r, index, &s);
        write_numbers(r, index, &s);
        status = write_words(r, index, err);
        gov_buffer_text(&r->page, "</article>\n");
    }
    series_free(&s);
    return status;
}

gov_status gov_report_write_trends(gov_report *r, gov_error *err)
{
    gov_html_section(&r->page, "trends", "趋势", "Trends");
    gov_html_pair(&r->page, "p", "mark real", "真实数据", "real data");
    if (r->in->series_title_zh != NULL)
        gov_html_lead(&r->page, r->in->series_title_zh, r->in->series_title_en);
    gov_html_lead(
        &r->page,
        "灰线为每期件数，橙线为 Sen 斜率，红点为 EARS C1 告警（仅用此前 7 期判断）。趋势检验为 "
        "Mann–Kendall（双侧，0.05）；括号内为斜率的 95% 区间。",
        "Grey: counts; orange: Sen's slope; dots: alarms of EARS C1, judged from the seven periods before. "
        "Trend test: Mann–Kendall, two-sided, 0.05; in brackets the 95 % interval of the slope.");
    gov_buffer_text(&r->page, "<div class=\"series\">\n");
    for (int64_t i = 0; i < gov_panel_series(r->in->panel); i++)
        GOV_TRY(write_card(r, i, err));
    gov_buffer_text(&r->page, "</div>\n</section>\n");
    return GOV_OK;
}
