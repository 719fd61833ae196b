/* report_areas.c - key figures, tiles and the table by area.
 *
 * Areas are drawn as tiles and not as a map: the tile of an area holds one square for each grid below it. The
 * colours are six steps of one hue that differ in lightness, so that they are told apart in print and by
 * people who do not tell hues apart; every colour also has its number beside it or in its title. */
#include "pipeline/report_parts.h"

#include <math.h>
#include <stdio.h>

int gov_report_tier_class(const gov_report *r, int64_t place)
{
    int64_t below_top = r->areas.tier_count - place;
    if (place == 0)
        return 0;
    return below_top >= 2 ? 1 : (int)(3 - below_top);
}

void gov_report_tier_names(const gov_report *r, int64_t place, gov_report_cell *zh, gov_report_cell *en)
{
    *zh = (gov_report_cell){"未达", 6};
    *en = (gov_report_cell){"none", 4};
    if (r->areas.rows[place] >= 0) {
        gov_report_text(r->areas.tiers, "name_zh", r->areas.rows[place], zh, NULL);
        gov_report_text(r->areas.tiers, "name_en", r->areas.rows[place], en, NULL);
    }
}

/* --- Key figures ------------------------------------------------------------------------------------------ */

static void write_figure(gov_report *r, const char *value, const char *sign, const char *zh, const char *en)
{
    gov_buffer_format(&r->page, "<div class=\"figure\"><b>%s<small>%s</small></b>", value, sign);
    gov_html_pair(&r->page, "p", NULL, zh, en);
    gov_buffer_text(&r->page, "</div>\n");
}

static void write_share(gov_report *r, double share, int has, const char *sign, const char *zh,
                        const char *en)
{
    char value[32] = "–";
    if (has)
        snprintf(value, sizeof(value), *sign == '%' ? "%.1f" : "%.3f", *sign == '%' ? 100.0 * share : share);
    write_figure(r, value, sign, zh, en);
}

gov_status gov_report_write_figures(gov_report *r, gov_error *err)
{
    const gov_report_area *all = &r->areas.total;
    char count[32];
    (void)err;
    gov_html_section(&r->page, "figures", "概览", "At a glance");
    gov_report_mark(r);
    gov_buffer_text(&r->page, "<div class=\"figures\">\n<div class=\"figure\"><b>");
    gov_html_count(&r->page, all->households);
    gov_buffer_text(&r->page, "</b>");
    gov_html_pair(&r->page, "p", NULL, "户已评分", "households scored");
    gov_buffer_text(&r->page, "</div>\n");
    write_share(r, all->h, all->measured, "%", "困境发生率 H",
                "headcount ratio H: share in multidimensional need");
    write_share(r, all->a, all->measured && !isnan(all->a), "%", "平均剥夺强度 A",
                "intensity A: mean score of those in need");
    write_share(r, all->m0, all->measured, "", "综合指数 M0 = H × A", "adjusted headcount ratio M0 = H × A");
    snprintf(count, sizeof(count), "%.1f",
             all->households > 0 ? 100.0 * (double)all->verify / (double)all->households : 0.0);
    write_figure(r, count, "%", "待核查：缺失信息可能改变等级",
                 "to verify: what is missing may change the tier");
    gov_buffer_text(&r->page, "</div>\n</section>\n");
    return GOV_OK;
}

/* --- Tiles ------------------------------------------------------------------------------------------------ */

static int is_told(const gov_report *r, const gov_report_area *area)
{
    return area->measured && area->households >= r->fewest;
}

static void write_square(gov_report *r, const gov_report_area *area)
{
    gov_buffer *page = &r->page;
    if (area->households == 0)
        return;
    if (is_told(r, area))
        gov_buffer_format(page, "<i class=\"s%d\" title=\"", gov_report_shade(&r->areas, area->m0));
    else
        gov_buffer_text(page, "<i class=\"few\" title=\"");
    gov_html_escape(page, area->name.text, area->name.size);
    gov_buffer_text(page, " · ");
    if (is_told(r, area))
        gov_buffer_format(page, "%lld 户 households · M0 %.3f", (long long)area->households, area->m0);
    else
        gov_buffer_format(page, "少于 %lld 户，不显示 fewer than %lld households, not shown",
                          (long long)r->fewest, (long long)r->fewest);
    gov_buffer_text(page, "\"></i>");
}

static void write_tile(gov_report *r, int64_t index)
{
    const gov_report_area *area = &r->areas.items[index];
    gov_buffer *page = &r->page;
    int64_t below = 0;
    gov_buffer_format(page, "<div class=\"tile\"><div class=\"tilehead\"><span>");
    gov_html_escape(page, area->name.text, area->name.size);
    if (is_told(r, area))
        gov_buffer_format(page, "</span><b class=\"s%d\">%.3f</b></div>\n<div class=\"squares\">",
                          gov_report_shade(&r->areas, area->m0), area->m0);
    else
        gov_buffer_text(page, "</span><b class=\"few\">–</b></div>\n<div class=\"squares\">");
    for (int64_t i = 0; i < r->areas.count; i++)
        if (i != index && gov_report_shown_above(&r->areas, i) == index && r->areas.items[i].households > 0) {
            write_square(r, &r->areas.items[i]);
            below++;
        }
    gov_buffer_text(page, "</div>\n<p>");
    gov_html_count(page, area->households);
    gov_buffer_char(page, ' ');
    gov_html_words(page, "户", "households");
    gov_buffer_format(page, " · %lld ", (long long)below);
    gov_html_words(page, "格", "grids");
    gov_buffer_text(page, "</p></div>\n");
}

static void write_legend(gov_report *r)
{
    gov_buffer *page = &r->page;
    gov_buffer_text(page, "<p class=\"legend\"><span>M0</span>");
    for (int i = 0; i < 6; i++)
        gov_buffer_format(page, "<span><i class=\"s%d\"></i>%.3f–%.3f</span>", i, r->areas.scale * i / 6,
                          r->areas.scale * (i + 1) / 6);
    gov_buffer_format(page,
                      "<span><i class=\"few\"></i><span class=\"zh\">少于 %lld 户</span> "
                      "<span class=\"en\" lang=\"en\">fewer than %lld households</span></span></p>\n",
                      (long long)r->fewest, (long long)r->fewest);
}

gov_status gov_report_write_tiles(gov_report *r, gov_error *err)
{
    (void)err;
    gov_html_section(&r->page, "areas", "各片区一览", "Areas, and the grids inside them");
    gov_report_mark(r);
    gov_html_lead(
        &r->page,
        "每块为一个片区，块内每个小方格为其下一个网格；颜色越深，M0 越高。块下为户数与格数。非地理地图。",
        "Each tile is an area, each small square in it one grid below; the darker, the higher M0. "
        "Not a geographic map.");
    write_legend(r);
    gov_buffer_text(&r->page, "<div class=\"tiles\">\n");
    for (int64_t i = 0; i < r->areas.count; i++)
        if (r->areas.items[i].is_shown && r->areas.items[i].households > 0)
            write_tile(r, i);
    gov_buffer_text(&r->page, "</div>\n</section>\n");
    return GOV_OK;
}

/* --- The table -------------------------------------------------------------------------------------------- */

static void write_table_head(gov_report *r)
{
    gov_buffer *page = &r->page;
    gov_buffer_text(page, "<div class=\"scroll\"><table><thead><tr>");
    gov_html_pair(page, "th", NULL, "片区", "area");
    gov_html_pair(page, "th", "n", "户", "house\u00ADholds");
    gov_html_pair(page, "th", "bar", "等级构成", "tiers");
    for (int64_t place = r->areas.tier_count; place >= 0; place--) {
        gov_report_cell zh, en;
        gov_report_tier_names(r, place, &zh, &en);
        gov_buffer_format(page, "<th class=\"n\"><i class=\"key t%d\"></i>", gov_report_tier_class(r, place));
        gov_html_both(page, zh.text, zh.size, en.text, en.size);
        gov_buffer_text(page, "</th>");
    }
    gov_html_pair(page, "th", "n", "待核查", "to verify");
    gov_buffer_text(page, "<th class=\"n\">H <span class=\"unit\">%</span></th>"
                          "<th class=\"n\">A <span class=\"unit\">%</span></th>"
                          "<th class=\"n\">M0</th></tr></thead><tbody>\n");
}

static void write_tier_bar(gov_report *r, const gov_report_area *area)
{
    gov_buffer_text(&r->page, "<td class=\"bar\"><div class=\"stack\">");
    for (int64_t place = r->areas.tier_count; place >= 0; place--)
        if (area->tiers[place] > 0)
            gov_buffer_format(&r->page, "<i class=\"t%d\" style=\"width:%.2f%%\"></i>",
                              gov_report_tier_class(r, place),
                              100.0 * (double)area->tiers[place] / (double)area->households);
    gov_buffer_text(&r->page, "</div></td>");
}

static void write_number(gov_report *r, int64_t number)
{
    gov_buffer_text(&r->page, "<td class=\"n\">");
    gov_html_count(&r->page, number);
    gov_buffer_text(&r->page, "</td>");
}

static void write_measures(gov_report *r, const gov_report_area *area)
{
    if (!area->measured) {
        gov_buffer_text(&r->page, "<td class=\"n\">–</td><td class=\"n\">–</td><td class=\"n\">–</td>");
        return;
    }
    gov_buffer_format(&r->page, "<td class=\"n\">%.1f</td>", 100.0 * area->h);
    if (isnan(area->a))
        gov_buffer_text(&r->page, "<td class=\"n\">–</td>");
    else
        gov_buffer_format(&r->page, "<td class=\"n\">%.1f</td>", 100.0 * area->a);
    gov_buffer_format(&r->page, "<td class=\"n\"><b>%.3f</b></td>", area->m0);
}

static void write_row(gov_report *r, const gov_report_area *area, gov_report_cell zh, gov_report_cell en)
{
    gov_buffer_text(&r->page, "<tr><th scope=\"row\">");
    gov_html_both(&r->page, zh.text, zh.size, en.text, en.size);
    gov_buffer_text(&r->page, "</th>");
    write_number(r, area->households);
    write_tier_bar(r, area);
    for (int64_t place = r->areas.tier_count; place >= 0; place--)
        write_number(r, area->tiers[place]);
    write_number(r, area->verify);
    write_measures(r, area);
    gov_buffer_text(&r->page, "</tr>\n");
}

gov_status gov_report_write_table(gov_report *r, gov_error *err)
{
    (void)err;
    gov_html_section(&r->page, "table", "分片区结果", "Results by area");
    gov_report_mark(r);
    gov_html_lead(&r->page,
                  "按区划代码排列，不是排名。H：困境户占比；A：困境户平均得分；M0 = H × "
                  "A。未知指标的户不计入 H、A、M0，在“待核查”中列出。",
                  "In the order of codes, not a ranking. H: share of households in need; A: their mean "
                  "score; M0 = H × A. "
                  "Households with an unknown indicator are left out of H, A and M0.");
    write_table_head(r);
    for (int64_t i = 0; i < r->areas.count; i++)
        if (r->areas.items[i].is_shown && r->areas.items[i].households >= r->fewest)
            write_row(r, &r->areas.items[i], r->areas.items[i].name, (gov_report_cell){NULL, 0});
    gov_buffer_text(&r->page, "</tbody><tfoot>");
    write_row(r, &r->areas.total, (gov_report_cell){"合计", -1}, (gov_report_cell){"total", -1});
    gov_buffer_text(&r->page, "</tfoot></table></div>\n</section>\n");
    return GOV_OK;
}
