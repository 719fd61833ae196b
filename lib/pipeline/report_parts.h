/* report_parts.h - the parts of the page, each in its file; report.c puts them in order. */
#ifndef GOV_PIPELINE_REPORT_PARTS_H
#define GOV_PIPELINE_REPORT_PARTS_H

#include "pipeline/report_data.h"
#include "pipeline/report_html.h"

typedef struct gov_report {
    const gov_report_input *in;
    gov_report_areas areas;
    gov_table *indicators; /* GOV_NEED_INDICATORS of the model */
    int64_t fewest;
    gov_buffer page;
} gov_report;

/* report_page.c: head, title, notices; sources, facts and steps at the end. */
gov_status gov_report_write_head(gov_report *r, gov_error *err);
gov_status gov_report_write_end(gov_report *r, gov_error *err);
/* report_areas.c: key figures, the map of tiles, the table by area. */
gov_status gov_report_write_figures(gov_report *r, gov_error *err);
gov_status gov_report_write_tiles(gov_report *r, gov_error *err);
gov_status gov_report_write_table(gov_report *r, gov_error *err);
/* report_reasons.c: contributions of indicators; what is not known. */
gov_status gov_report_write_reasons(gov_report *r, gov_error *err);
gov_status gov_report_write_missing(gov_report *r, gov_error *err);
/* report_services.c: what is needed and not received. */
gov_status gov_report_write_services(gov_report *r, gov_error *err);
/* report_scores.c: distribution of scores; households explained. */
gov_status gov_report_write_distribution(gov_report *r, gov_error *err);
gov_status gov_report_write_explanations(gov_report *r, gov_error *err);
/* report_trends.c: one card a series. */
gov_status gov_report_write_trends(gov_report *r, gov_error *err);

/* The mark that stands at every part that rests on made-up households; nothing if they are real. */
void gov_report_mark(gov_report *r);
/* The class of colour of a tier: the highest is t3, then t2, t1; none is t0. */
int gov_report_tier_class(const gov_report *r, int64_t place);
/* Names of a tier in both languages; place 0 is below all tiers. */
void gov_report_tier_names(const gov_report *r, int64_t place, gov_report_cell *zh, gov_report_cell *en);

#endif
