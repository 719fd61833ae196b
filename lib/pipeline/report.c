/* report.c - puts the parts of the page in order: what a reader asks first comes first. */
#include "pipeline/report_parts.h"
#include "base/struct.h"

#include <string.h>

static gov_status check_input(const gov_report_input *in, gov_error *err)
{
    int need = (in->model != NULL) + (in->grids != NULL) + (in->scores != NULL) + (in->by_area != NULL) +
               (in->level != NULL);
    if (need != 0 && need != 5)
        return gov_fail(err, GOV_E_ARGUMENT, "give all of model, grids, scores, by_area and level, or none");
    if (in->lang != NULL && strcmp(in->lang, "zh") != 0 && strcmp(in->lang, "en") != 0)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("lang"), "lang must be zh, en or NULL for both");
    if ((in->panel == NULL) != (in->findings == NULL))
        return gov_fail(err, GOV_E_ARGUMENT, "give both panel and findings, or none");
    if (in->explanation_count < 0 || (in->explained != NULL && in->explanations == NULL) ||
        (in->explained != NULL && gov_table_rows(in->explained) < in->explanation_count))
        return gov_fail(err, GOV_E_ARGUMENT, "explained must have a row for each explanation");
    return GOV_OK;
}

static gov_status write_need(gov_report *r, gov_error *err)
{
    GOV_TRY(gov_report_areas_new(r->in, &r->areas, err));
    GOV_TRY(gov_need_model_table(r->in->model, GOV_NEED_INDICATORS, NULL, &r->indicators, err));
    GOV_TRY(gov_report_write_figures(r, err));
    GOV_TRY(gov_report_write_tiles(r, err));
    GOV_TRY(gov_report_write_table(r, err));
    GOV_TRY(gov_report_write_reasons(r, err));
    GOV_TRY(gov_report_write_services(r, err));
    GOV_TRY(gov_report_write_distribution(r, err));
    GOV_TRY(gov_report_write_missing(r, err));
    return gov_report_write_explanations(r, err);
}

static gov_status write_page(gov_report *r, gov_error *err)
{
    GOV_TRY(gov_report_write_head(r, err));
    if (r->in->model != NULL)
        GOV_TRY(write_need(r, err));
    if (r->in->panel != NULL)
        GOV_TRY(gov_report_write_trends(r, err));
    return gov_report_write_end(r, err);
}

gov_status gov_report_html(const gov_report_input *input, gov_text **out, gov_error *err)
{
    gov_report_input in;
    if (input == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "input and out must be given");
    GOV_TRY(gov_struct_read(&in, sizeof(in), input, err));
    GOV_TRY(check_input(&in, err));
    gov_report r = {.in = &in, .page = GOV_BUFFER_INIT};
    r.fewest = in.fewest > 0 ? in.fewest : 10;
    gov_status status = write_page(&r, err);
    if (status == GOV_OK)
        status = gov_buffer_finish(&r.page, out, err);
    gov_buffer_clear(&r.page);
    gov_report_areas_free(&r.areas);
    gov_table_free(r.indicators);
    return status;
}
