/* report_scores.c - how scores are distributed, and households explained. */
#include "pipeline/report_parts.h"
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/* --- Distribution ------------------------------------------------------------------------------------------ */

enum { BINS = 40 }; /* of 1/40 each: 25 per mille */

typedef struct histogram {
    int64_t sure[BINS];    /* nothing unknown */
    int64_t bounded[BINS]; /* something unknown: the score is a lower bound */
    int64_t tallest;
    int64_t last; /* last bin that is not empty */
} histogram;

static gov_status fill_histogram(const gov_report *r, histogram *out, gov_error *err)
{
    double *low = NULL, *high = NULL;
    uint8_t *has_low = NULL, *has_high = NULL;
    gov_status status;
    GOV_TRY_OUT(gov_report_numbers(r->in->scores, "score", &low, &has_low, err));
    GOV_TRY_OUT(gov_report_numbers(r->in->scores, "score_high", &high, &has_high, err));
    for (int64_t i = 0; i < gov_table_rows(r->in->scores); i++) {
        int bin = has_low[i] ? (int)(low[i] * BINS + 1e-9) : 0;
        bin = bin >= BINS ? BINS - 1 : bin;
        if (has_low[i] && has_high[i])
            (high[i] > low[i] ? out->bounded : out->sure)[bin]++;
    }
    for (int i = 0; i < BINS; i++) {
        int64_t tall = out->sure[i] + out->bounded[i];
        out->tallest = tall > out->tallest ? tall : out->tallest;
        out->last = tall > 0 ? i : out->last;
    }
out:
    gov_free(low);
    gov_free(high);
    gov_free(has_low);
    gov_free(has_high);
    return status;
}

/* "1/3" as a number. */
static double fraction(gov_report_cell text)
{
    double parts[2] = {0, 0};
    int part = 0;
    for (int64_t i = 0; i < text.size; i++)
        if (text.text[i] == '/' && part == 0)
            part = 1;
        else if (text.text[i] >= '0' && text.text[i] <= '9')
            parts[part] = 10 * parts[part] + (text.text[i] - '0');
    return part == 0 ? parts[0] : parts[1] > 0 ? parts[0] / parts[1] : 0;
}

static void write_cuts(gov_report *r, double widest)
{
    for (int64_t place = 1; place <= r->areas.tier_count; place++) {
        gov_report_cell at = {NULL, 0}, zh, en;
        gov_report_tier_names(r, place, &zh, &en);
        if (gov_report_text(r->areas.tiers, "at", r->areas.rows[place], &at, NULL) != GOV_OK ||
            fraction(at) > widest)
            continue;
        gov_buffer_format(&r->page, "<u style=\"left:%.3f%%\"><span>", 100.0 * fraction(at) / widest);
        gov_html_escape(&r->page, at.text, at.size);
        gov_buffer_text(&r->page, " <em>");
        gov_html_both(&r->page, zh.text, zh.size, en.text, en.size);
        gov_buffer_text(&r->page, "</em></span></u>");
    }
}

static void write_histogram(gov_report *r, const histogram *h)
{
    int64_t shown = h->last + 2 < BINS ? h->last + 2 : BINS;
    double tallest = h->tallest > 0 ? (double)h->tallest : 1.0;
    gov_buffer_text(&r->page, "<div class=\"histogram\">\n<div class=\"columns\">");
    for (int64_t i = 0; i < shown; i++)
        gov_buffer_format(
            &r->page,
            "<div title=\"%.3f–%.3f: %lld\"><b>%lld</b><i class=\"bounded\" style=\"height:%.2f%%\"></i>"
            "<i class=\"sure\" style=\"height:%.2f%%\"></i></div>",
            (double)i / BINS, (double)(i + 1) / BINS, (long long)(h->sure[i] + h->bounded[i]),
            (long long)(h->sure[i] + h->bounded[i]), 100.0 * (double)h->bounded[i] / tallest,
            100.0 * (double)h->sure[i] / tallest);
    write_cuts(r, (double)shown / BINS);
    gov_buffer_text(&r->page, "</div>\n<div class=\"axis\">");
    for (int64_t i = 0; i <= shown; i += 4)
        gov_buffer_format(&r->page, "<span style=\"left:%.3f%%\">%.1f</span>",
                          100.0 * (double)i / (double)shown, (double)i / BINS);
    gov_buffer_text(&r->page, "</div>\n</div>\n<p class=\"legend\"><span><i class=\"sure\"></i>");
    gov_html_words(&r->page, "全部已知", "all known");
    gov_buffer_text(&r->page, "</span><span><i class=\"bounded\"></i>");
    gov_html_words(&r->page, "有未知项（此处为下界）", "something unknown: lower bound");
    gov_buffer_text(&r->page, "</span></p>\n");
}

gov_status gov_report_write_distribution(gov_report *r, gov_error *err)
{
    histogram h = {.tallest = 0};
    GOV_TRY(fill_histogram(r, &h, err));
    gov_html_section(&r->page, "distribution", "得分分布", "Distribution of scores");
    gov_report_mark(r);
    gov_html_lead(
        &r->page,
        "得分为所受困境的权重之和（0 至 1）。竖线为等级线；线上者归入较高等级，比较以整数进行，无舍入误差。",
        "A score is the sum of the weights of the deprivations, 0 to 1. Lines are the cut-offs of the tiers; "
        "a tie is "
        "in the higher one, and comparisons are of integers, so nothing is lost to rounding.");
    write_histogram(r, &h);
    gov_buffer_text(&r->page, "</section>\n");
    return GOV_OK;
}

/* --- Households explained ----------------------------------------------------------------------------------- */

typedef struct line {
    gov_report_cell zh, en, state, inputs;
    double weight;
    int64_t row;
} line;

typedef struct lines {
    line *items;
    int64_t count;
    double denominator;
} lines;

/* Heaviest first, then in the order of the model. */
static int by_weight(const void *a, const void *b)
{
    const line *first = a, *second = b;
    int order = (first->weight < second->weight) - (first->weight > second->weight);
    return order != 0 ? order : (first->row > second->row) - (first->row < second->row);
}

static gov_status read_lines(const gov_report *r, const gov_table *table, lines *out, gov_error *err)
{
    double *weights = NULL;
    uint8_t *valid = NULL;
    int64_t denominator = 1;
    gov_status status;
    GOV_TRY_OUT(gov_need_model_denominator(r->in->model, NULL, &denominator, err));
    GOV_TRY_OUT(gov_report_numbers(table, "weight_num", &weights, &valid, err));
    out->denominator = (double)denominator;
    for (int64_t i = 0; i < out->count; i++) {
        line *item = &out->items[i];
        item->row = i;
        item->weight = valid[i] ? weights[i] : 0;
        GOV_TRY_OUT(gov_report_text(table, "name_zh", i, &item->zh, err));
        GOV_TRY_OUT(gov_report_text(table, "name_en", i, &item->en, err));
        GOV_TRY_OUT(gov_report_text(table, "state", i, &item->state, err));
        GOV_TRY_OUT(gov_report_text(table, "inputs", i, &item->inputs, err));
    }
    qsort(out->items, (size_t)out->count, sizeof(*out->items), by_weight);
out:
    gov_free(weights);
    gov_free(valid);
    return status;
}

static void write_line(gov_report *r, const line *item, double denominator)
{
    int unknown = gov_report_same(item->state, "missing");
    gov_buffer_format(&r->page, "<li class=\"%s\"><span class=\"name\">", unknown ? "ask" : "is");
    gov_html_both(&r->page, item->zh.text, item->zh.size, item->en.text, item->en.size);
    gov_buffer_text(&r->page, "<code>");
    gov_html_escape(&r->page, item->inputs.text, item->inputs.size);
    gov_buffer_format(&r->page, "</code></span><b>%s%.0f<small>‰</small></b></li>\n", unknown ? "?" : "+",
                      1000.0 * item->weight / denominator);
}

enum { MOST_LINES = 8 }; /* of one state; the text in full has them all */

static void write_lines(gov_report *r, const lines *list, const char *state)
{
    int64_t found = 0;
    for (int64_t i = 0; i < list->count; i++)
        if (gov_report_same(list->items[i].state, state) && found++ < MOST_LINES)
            write_line(r, &list->items[i], list->denominator);
    if (found > MOST_LINES)
        gov_buffer_format(&r->page,
                          "<li><span class=\"name\"><span class=\"zh\">另有 %lld 项</span> "
                          "<span class=\"en\" lang=\"en\">and %lld more</span></span></li>\n",
                          (long long)(found - MOST_LINES), (long long)(found - MOST_LINES));
}

/* The score, or the interval that it lies in, and the tier. */
static gov_status write_result(gov_report *r, int64_t row, gov_error *err)
{
    gov_report_cell tier, high, zh, en;
    int64_t low_column, high_column;
    double score[2] = {0, 0};
    uint8_t valid[2] = {0, 0};
    GOV_TRY(gov_table_find(r->in->scores, "score", &low_column, err));
    GOV_TRY(gov_table_find(r->in->scores, "score_high", &high_column, err));
    GOV_TRY(gov_table_copy_doubles(r->in->scores, low_column, row, 1, &score[0], &valid[0], err));
    GOV_TRY(gov_table_copy_doubles(r->in->scores, high_column, row, 1, &score[1], &valid[1], err));
    GOV_TRY(gov_report_text(r->in->scores, "tier", row, &tier, err));
    GOV_TRY(gov_report_text(r->in->scores, "tier_high", row, &high, err));
    int64_t place = gov_report_tier_place(&r->areas, tier);
    int verify = place != gov_report_tier_place(&r->areas, high);
    gov_report_tier_names(r, place, &zh, &en);
    gov_buffer_format(&r->page, "<p class=\"result\"><b>%.0f", 1000.0 * score[0]);
    if (score[1] > score[0])
        gov_buffer_format(&r->page, "–%.0f", 1000.0 * score[1]);
    gov_buffer_format(&r->page, "<small>‰</small></b><span class=\"tier t%d\">",
                      gov_report_tier_class(r, place));
    gov_html_both(&r->page, zh.text, zh.size, en.text, en.size);
    gov_buffer_text(&r->page, "</span>");
    if (verify)
        gov_html_pair(&r->page, "span", "tier verify", "待核查", "to verify");
    gov_buffer_text(&r->page, "</p>\n");
    return GOV_OK;
}

static gov_status write_head(gov_report *r, int64_t index, gov_error *err)
{
    gov_report_cell id, grid;
    int64_t column;
    int64_t row = 0;
    uint8_t valid = 0;
    GOV_TRY(gov_report_text(r->in->explained, "household", index, &id, err));
    GOV_TRY(gov_report_text(r->in->explained, "grid", index, &grid, err));
    GOV_TRY(gov_table_find(r->in->explained, "row", &column, err));
    GOV_TRY(gov_table_copy_int64s(r->in->explained, column, index, 1, &row, &valid, err));
    int64_t shown = gov_report_shown_above(&r->areas, gov_report_find_area(&r->areas, grid));
    gov_buffer_text(&r->page, "<h3>");
    gov_html_escape(&r->page, id.text, id.size);
    gov_buffer_text(&r->page, " <span>");
    if (shown >= 0)
        gov_html_escape(&r->page, r->areas.items[shown].name.text, r->areas.items[shown].name.size);
    gov_buffer_text(&r->page, "</span></h3>\n");
    return write_result(r, row, err);
}

static void write_full(gov_report *r, const gov_need_explanation *why)
{
    gov_buffer_text(&r->page, "<details><summary><span class=\"zh\">全文</span> "
                              "<span class=\"en\" lang=\"en\">in full</span></summary><pre class=\"zh\">");
    gov_html_escape(&r->page, gov_need_explanation_text(why, "zh"), -1);
    gov_buffer_text(&r->page, "</pre><pre class=\"en\" lang=\"en\">");
    gov_html_escape(&r->page, gov_need_explanation_text(why, "en"), -1);
    gov_buffer_text(&r->page, "</pre></details>");
}

static gov_status write_household(gov_report *r, int64_t index, gov_error *err)
{
    const gov_need_explanation *why = r->in->explanations[index];
    const gov_table *table = gov_need_explanation_lines(why);
    lines list = {NULL, gov_table_rows(table), 1};
    list.items = gov_alloc(list.count, sizeof(*list.items));
    if (list.items == NULL)
        return gov_fail_memory(err);
    gov_buffer_text(&r->page, "<article>");
    gov_status status = write_head(r, index, err);
    if (status == GOV_OK)
        status = read_lines(r, table, &list, err);
    if (status == GOV_OK) {
        gov_buffer_text(&r->page, "<ul>\n");
        write_lines(r, &list, "deprived");
        write_lines(r, &list, "missing");
        gov_buffer_text(&r->page, "</ul>\n");
        write_full(r, why);
    }
    gov_buffer_text(&r->page, "</article>\n");
    gov_free(list.items);
    return status;
}

gov_status gov_report_write_explanations(gov_report *r, gov_error *err)
{
    if (r->in->explained == NULL || r->in->explanation_count == 0)
        return GOV_OK;
    gov_html_section(&r->page, "why", "逐户说明示例", "Households explained");
    gov_report_mark(r);
    gov_html_lead(
        &r->page, "每一分都能逐项说明：读了哪些数据、按哪条规则、贡献多少；带“?”的是尚待询问的项目。",
        "Every score can be explained line by line: what was read, by which rule, how much it adds. "
        "A “?” is something still to be asked.");
    gov_buffer_text(&r->page, "<div class=\"households\">\n");
    for (int64_t i = 0; i < r->in->explanation_count; i++)
        GOV_TRY(write_household(r, i, err));
    gov_buffer_text(&r->page, "</div>\n</section>\n");
    return GOV_OK;
}
