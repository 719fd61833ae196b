/* report_reasons.c - what the need is made of, and what is not known.
 *
 * Contributions are those of the Alkire-Foster measure of all households: they sum to one. Unknown values are
 * counted from the masks of the scores, so that the page says how much is behind each figure. */
#include "pipeline/report_parts.h"
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

typedef struct reason {
    gov_report_cell id;
    gov_report_cell dimension;
    gov_report_cell zh;
    gov_report_cell en;
    int bit;
    double contribution;
    double deprived; /* share of the retained households */
    int64_t missing;
    int64_t not_applicable;
} reason;

typedef struct reasons {
    reason *items;
    int64_t count;
} reasons;

static int same(gov_report_cell a, gov_report_cell b)
{
    return a.size == b.size && a.text != NULL && b.text != NULL &&
           memcmp(a.text, b.text, (size_t)a.size) == 0;
}

static gov_status read_indicators(const gov_report *r, reasons *out, gov_error *err)
{
    double *bits = NULL;
    uint8_t *valid = NULL;
    gov_status status;
    GOV_TRY_OUT(gov_report_numbers(r->indicators, "bit", &bits, &valid, err));
    for (int64_t i = 0; i < out->count; i++) {
        reason *item = &out->items[i];
        item->bit = (int)bits[i];
        GOV_TRY_OUT(gov_report_text(r->indicators, "id", i, &item->id, err));
        GOV_TRY_OUT(gov_report_text(r->indicators, "dimension", i, &item->dimension, err));
        GOV_TRY_OUT(gov_report_text(r->indicators, "name_zh", i, &item->zh, err));
        GOV_TRY_OUT(gov_report_text(r->indicators, "name_en", i, &item->en, err));
    }
out:
    gov_free(bits);
    gov_free(valid);
    return status;
}

static gov_status count_mask(const gov_report *r, const char *column, int missing, reasons *out,
                             gov_error *err)
{
    double *masks = NULL;
    uint8_t *valid = NULL;
    GOV_TRY(gov_report_numbers(r->in->scores, column, &masks, &valid, err));
    for (int64_t row = 0; row < gov_table_rows(r->in->scores); row++) {
        uint32_t mask = valid[row] ? (uint32_t)masks[row] : 0;
        for (int64_t i = 0; mask != 0 && i < out->count; i++) {
            int64_t *counter = missing ? &out->items[i].missing : &out->items[i].not_applicable;
            *counter += mask >> out->items[i].bit & 1;
        }
    }
    gov_free(masks);
    gov_free(valid);
    return GOV_OK;
}

static gov_status join_contributions(const gov_report *r, reasons *out, gov_error *err)
{
    const gov_table *table = gov_need_measures_indicators(r->in->by_area);
    double *shares = NULL, *deprived = NULL;
    uint8_t *has_share = NULL, *has_deprived = NULL;
    gov_status status;
    GOV_TRY_OUT(gov_report_numbers(table, "contribution", &shares, &has_share, err));
    GOV_TRY_OUT(gov_report_numbers(table, "uncensored", &deprived, &has_deprived, err));
    for (int64_t row = 0; row < gov_table_rows(table); row++) {
        gov_report_cell group, k, id;
        GOV_TRY_OUT(gov_report_text(table, "group", row, &group, err));
        GOV_TRY_OUT(gov_report_text(table, "k", row, &k, err));
        GOV_TRY_OUT(gov_report_text(table, "indicator", row, &id, err));
        if (group.text != NULL || !gov_report_same(k, r->in->k != NULL ? r->in->k : "1/3"))
            continue;
        for (int64_t i = 0; i < out->count; i++)
            if (same(id, out->items[i].id)) {
                out->items[i].contribution = has_share[row] ? shares[row] : 0;
                out->items[i].deprived = has_deprived[row] ? deprived[row] : 0;
            }
    }
out:
    gov_free(shares);
    gov_free(deprived);
    gov_free(has_share);
    gov_free(has_deprived);
    return status;
}

static gov_status read_reasons(const gov_report *r, reasons *out, gov_error *err)
{
    out->count = gov_table_rows(r->indicators);
    out->items = gov_alloc_zero(out->count, sizeof(*out->items));
    if (out->items == NULL)
        return gov_fail_memory(err);
    GOV_TRY(read_indicators(r, out, err));
    GOV_TRY(count_mask(r, "missing_mask", 1, out, err));
    GOV_TRY(count_mask(r, "na_mask", 0, out, err));
    return join_contributions(r, out, err);
}

static int by_contribution(const void *a, const void *b)
{
    const reason *first = a, *second = b;
    int order = (first->contribution < second->contribution) - (first->contribution > second->contribution);
    return order != 0 ? order : first->bit - second->bit;
}

static int by_missing(const void *a, const void *b)
{
    const reason *first = a, *second = b;
    int order = (first->missing < second->missing) - (first->missing > second->missing);
    return order != 0 ? order : first->bit - second->bit;
}

static void write_name(gov_report *r, const reason *item)
{
    gov_buffer_text(&r->page, "<span class=\"name\">");
    gov_html_both(&r->page, item->zh.text, item->zh.size, item->en.text, item->en.size);
    gov_buffer_text(&r->page, "</span>");
}

static void write_bar(gov_report *r, const char *kind, double share, double longest, double value)
{
    gov_buffer_format(
        &r->page,
        "<span class=\"rod\"><i class=\"%s\" style=\"width:%.2f%%\"></i></span><b>%.1f<small>%%</small></b>",
        kind, longest > 0 ? 100.0 * share / longest : 0.0, 100.0 * value);
}

static void write_contributions(gov_report *r, const reasons *list)
{
    double longest = list->count > 0 ? list->items[0].contribution : 0;
    gov_buffer_text(&r->page, "<ol class=\"rods\">\n");
    for (int64_t i = 0; i < list->count; i++) {
        const reason *item = &list->items[i];
        gov_buffer_text(&r->page, "<li>");
        write_name(r, item);
        write_bar(r, "main", item->contribution, longest, item->contribution);
        gov_buffer_format(
            &r->page,
            "<em title=\"受此困境户占比 share of households deprived\">%.1f<small>%%</small></em></li>\n",
            100.0 * item->deprived);
    }
    gov_buffer_text(&r->page, "</ol>\n");
}

/* One bar of all dimensions, with its key; neighbours differ in lightness. */
static gov_status write_dimensions(gov_report *r, const reasons *list, gov_error *err)
{
    static const int shades[] = {5, 2, 4, 1, 3, 0};
    gov_table *dimensions = NULL;
    gov_buffer key = GOV_BUFFER_INIT;
    gov_status status = gov_need_model_table(r->in->model, GOV_NEED_DIMENSIONS, NULL, &dimensions, err);
    gov_buffer_text(&r->page, "<div class=\"stack tall\">");
    for (int64_t i = 0; status == GOV_OK && i < gov_table_rows(dimensions); i++) {
        gov_report_cell id, zh = {NULL, 0}, en = {NULL, 0};
        double share = 0;
        status = gov_report_text(dimensions, "id", i, &id, err);
        if (status == GOV_OK)
            status = gov_report_text(dimensions, "name_zh", i, &zh, err);
        if (status == GOV_OK)
            status = gov_report_text(dimensions, "name_en", i, &en, err);
        for (int64_t j = 0; status == GOV_OK && j < list->count; j++)
            share += same(id, list->items[j].dimension) ? list->items[j].contribution : 0;
        gov_buffer_format(&r->page, "<i class=\"s%d\" style=\"width:%.2f%%\"></i>", shades[i % 6],
                          100.0 * share);
        gov_buffer_format(&key, "<span><i class=\"s%d\"></i>", shades[i % 6]);
        gov_html_both(&key, zh.text, zh.size, en.text, en.size);
        gov_buffer_format(&key, " <b>%.1f%%</b></span>", 100.0 * share);
    }
    gov_buffer_text(&r->page, "</div>\n<p class=\"legend\">");
    gov_buffer_bytes(&r->page, key.data != NULL ? key.data : "", key.size);
    gov_buffer_text(&r->page, "</p>\n");
    if (status == GOV_OK && key.broken)
        status = gov_fail_memory(err);
    gov_buffer_clear(&key);
    gov_table_free(dimensions);
    return status;
}

gov_status gov_report_write_reasons(gov_report *r, gov_error *err)
{
    reasons list = {NULL, 0};
    gov_status status = read_reasons(r, &list, err);
    if (status == GOV_OK) {
        qsort(list.items, (size_t)list.count, sizeof(*list.items), by_contribution);
        gov_html_section(&r->page, "reasons", "困境由什么构成", "What the need is made of");
        gov_report_mark(r);
        gov_html_lead(
            &r->page,
            "上：各维度对 M0 的贡献。下：各指标的贡献（横条，合计 100%）；右列为全部户中受该困境的占比。",
            "Above, what each dimension adds to M0; below, what each indicator adds (they sum to 100 %). "
            "Right: share of all households "
            "deprived in it.");
        status = write_dimensions(r, &list, err);
        write_contributions(r, &list);
        gov_buffer_text(&r->page, "</section>\n");
    }
    gov_free(list.items);
    return status;
}

static void write_unknown(gov_report *r, const reasons *list)
{
    double all = r->areas.total.households > 0 ? (double)r->areas.total.households : 1.0;
    double longest = list->count > 0 ? (double)list->items[0].missing / all : 0;
    gov_buffer_text(&r->page, "<ol class=\"rods\">\n");
    for (int64_t i = 0; i < list->count && list->items[i].missing > 0; i++) {
        const reason *item = &list->items[i];
        double share = (double)item->missing / all;
        gov_buffer_text(&r->page, "<li>");
        write_name(r, item);
        write_bar(r, "unknown", share, longest, share);
        gov_buffer_text(&r->page, "<em title=\"户 households\">");
        gov_html_count(&r->page, item->missing);
        gov_buffer_text(&r->page, "</em></li>\n");
    }
    gov_buffer_text(&r->page, "</ol>\n");
}

gov_status gov_report_write_missing(gov_report *r, gov_error *err)
{
    reasons list = {NULL, 0};
    gov_status status = read_reasons(r, &list, err);
    if (status == GOV_OK) {
        qsort(list.items, (size_t)list.count, sizeof(*list.items), by_missing);
        gov_html_section(&r->page, "missing", "还不知道什么", "What is not known");
        gov_report_mark(r);
        gov_html_lead(
            &r->page,
            "未知不等于没有困境。未知指标使得分成为一个区间；若区间跨越等级线，该户列为“待核查”，而不是被当作"
            "无困境。",
            "Unknown is not the same as not deprived. It turns a score into an interval; where the interval "
            "crosses a tier the household is to be verified, not passed over.");
        write_unknown(r, &list);
        gov_buffer_text(&r->page, "</section>\n");
    }
    gov_free(list.items);
    return status;
}
