/* report_services.c - services that a deprivation leads to and that the household does not receive (应享未享). What is
 * not known is drawn apart from what is known not to be received. */
#include "pipeline/report_parts.h"
#include "base/alloc.h"

#include <string.h>

typedef struct service {
    gov_report_cell id, zh, en;
    int64_t no;
    int64_t unknown;
} service;

typedef struct services {
    service *items;
    int64_t count;
    int64_t households; /* with at least one */
    int64_t most;
} services;

static gov_status read_names(const gov_table *table, services *out, gov_error *err)
{
    for (int64_t i = 0; i < out->count; i++) {
        GOV_TRY(gov_report_text(table, "id", i, &out->items[i].id, err));
        GOV_TRY(gov_report_text(table, "name_zh", i, &out->items[i].zh, err));
        GOV_TRY(gov_report_text(table, "name_en", i, &out->items[i].en, err));
    }
    return GOV_OK;
}

static void count_one(services *out, gov_report_cell id, int known)
{
    for (int64_t i = 0; i < out->count; i++) {
        service *s = &out->items[i];
        if (s->id.size != id.size || memcmp(s->id.text, id.text, (size_t)id.size) != 0)
            continue;
        *(known ? &s->no : &s->unknown) += 1;
        out->most = s->no + s->unknown > out->most ? s->no + s->unknown : out->most;
    }
}

/* The rows of unmet are in the order of the households, so that a new row number is a new household. */
static gov_status count_unmet(const gov_table *unmet, services *out, gov_error *err)
{
    double *rows = NULL;
    uint8_t *valid = NULL;
    gov_status status;
    GOV_TRY_OUT(gov_report_numbers(unmet, "row", &rows, &valid, err));
    for (int64_t i = 0; i < gov_table_rows(unmet); i++) {
        gov_report_cell id, received;
        GOV_TRY_OUT(gov_report_text(unmet, "service", i, &id, err));
        GOV_TRY_OUT(gov_report_text(unmet, "received", i, &received, err));
        out->households += i == 0 || rows[i] > rows[i - 1];
        count_one(out, id, gov_report_same(received, "no"));
    }
out:
    gov_free(rows);
    gov_free(valid);
    return status;
}

static void write_service(gov_report *r, const service *s, int64_t most)
{
    double all = most > 0 ? (double)most : 1.0;
    gov_buffer_text(&r->page, "<li><span class=\"name\">");
    gov_html_both(&r->page, s->zh.text, s->zh.size, s->en.text, s->en.size);
    gov_buffer_format(&r->page,
                      "</span><span class=\"rod two\"><i class=\"main\" style=\"width:%.2f%%\"></i>"
                      "<i class=\"unknown\" style=\"width:%.2f%%\"></i></span><b>",
                      100.0 * (double)s->no / all, 100.0 * (double)s->unknown / all);
    gov_html_count(&r->page, s->no);
    gov_buffer_text(&r->page, "</b><em>");
    gov_html_count(&r->page, s->unknown);
    gov_buffer_text(&r->page, "</em></li>\n");
}

static void write_section(gov_report *r, const services *list)
{
    gov_html_section(&r->page, "unmet", "应享未享", "Entitled, and not receiving");
    gov_report_mark(r);
    gov_html_lead(
        &r->page,
        "困境指向的服务中，尚未享受的户数（粗体、实条）和是否享受未知的户数（斜纹）。这是上门核实的线索，不是"
        "资格认定。",
        "Households that a deprivation leads to a service which they do not receive (bold, solid) or of "
        "which that is not known (hatched). A reason to visit, not a decision on eligibility.");
    gov_buffer_text(&r->page, "<p class=\"lead\"><b>");
    gov_html_count(&r->page, list->households);
    gov_buffer_text(&r->page, "</b> <span class=\"zh\">户至少有一项</span> "
                              "<span class=\"en\" lang=\"en\">households with at least one</span></p>\n"
                              "<ol class=\"rods\">\n");
    for (int64_t i = 0; i < list->count; i++)
        if (list->items[i].no + list->items[i].unknown > 0)
            write_service(r, &list->items[i], list->most);
    gov_buffer_text(&r->page, "</ol>\n</section>\n");
}

gov_status gov_report_write_services(gov_report *r, gov_error *err)
{
    gov_table *table = NULL;
    services list = {NULL, 0, 0, 0};
    gov_status status;
    if (r->in->unmet == NULL)
        return GOV_OK;
    GOV_TRY(gov_need_model_table(r->in->model, GOV_NEED_SERVICES, NULL, &table, err));
    list.count = gov_table_rows(table);
    list.items = gov_alloc_zero(list.count, sizeof(*list.items));
    status = list.items != NULL ? read_names(table, &list, err) : gov_fail_memory(err);
    if (status == GOV_OK)
        status = count_unmet(r->in->unmet, &list, err);
    if (status == GOV_OK)
        write_section(r, &list);
    gov_free(list.items);
    gov_table_free(table);
    return status;
}
