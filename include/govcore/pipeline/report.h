/* report.h - one page for people: need by area, its reasons, what is not known, and series that rise.
 *
 *     gov_report_input in = GOV_REPORT_INPUT_INIT;
 *     in.title_zh = "…";  in.model = model;  in.grids = grids;  in.scores = scores;  in.level = "street";  ...
 *     gov_text *page = NULL;
 *     if (gov_report_html(&in, &page, &err) == GOV_OK) ... gov_text_data(page)
 *
 * The page is one HTML file in UTF-8, Chinese with English beside it or one of the two. It holds no script, loads nothing from a
 * network, can be read on a telephone and printed. It always says that a score is not a decision on
 * eligibility, and shows the model's notice and fingerprint wherever it shows results of the model.
 *
 * Small areas: no figure is shown for an area with fewer than `fewest` households, because one household could
 * be recognised and because its figure says little.
 *
 * Threads: no state.   Ownership: the input is borrowed for the call; *out is yours. */
#ifndef GOVCORE_PIPELINE_REPORT_H
#define GOVCORE_PIPELINE_REPORT_H

#include "govcore/need.h"
#include "govcore/store.h"
#include "govcore/trend.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What the page is made of. A part whose tables are NULL is left out. Texts are UTF-8 and are escaped. */
typedef struct gov_report_input {
    uint32_t struct_size;
    int32_t fewest; /* smallest number of households that is shown for an area; default 10 */
    const char *title_zh;
    const char *title_en;
    const char
        *synthetic_zh; /* how the households were made up, said at the top and at each part that rests */
    const char *synthetic_en; /* on them; NULL: they are real */
    const char *as_of;        /* day that the scores are for */

    /* Need: all five, or none. */
    const gov_need_model *model;
    const gov_table *grids;           /* code, name, level, parent */
    const gov_table *scores;          /* grid, and the columns of gov_need_score (tiers as text) */
    const gov_need_measures *by_area; /* measured by a column that holds codes of grids of `level` */
    const char *level;                /* the areas that are compared, "street" */
    const gov_need_measures *by_grid; /* measured by the households' grid; may be NULL */
    const char *k;                    /* the poverty cut-off that is shown, as in the measures; NULL: "1/3" */
    const gov_table *explained;       /* household, grid and row (of `scores`) for each of ... */
    const gov_need_explanation *const *explanations; /* ... these; may be NULL */
    int64_t explanation_count;
    const gov_table *unmet; /* gov_need_unmet of the households; may be NULL */

    /* Trends: both, or none. */
    const gov_panel *panel;
    const gov_table *findings;   /* gov_trend_analyze of the panel */
    const gov_table *series;     /* label (of the panel's first column), name_zh, name_en; may be NULL */
    const char *series_title_zh; /* what is counted */
    const char *series_title_en;

    const gov_table *sources; /* name, origin, licence */
    const gov_table *steps;   /* step_zh, step_en, seconds */
    const gov_table *facts;   /* name_zh, name_en, value */
    const char *lang; /* "zh" or "en": the page in one language; NULL: Chinese with English beside it */
} gov_report_input;

#define GOV_REPORT_INPUT_INIT                                                                              \
    {                                                                                                      \
        (uint32_t)sizeof(gov_report_input), 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, \
            NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL          \
    }

/* Errors: GOV_E_ARGUMENT a part that is given by halves, another language; GOV_E_UNKNOWN_NAME a column, or a level without a
 * grid; GOV_E_REFERENCE a score whose grid is not in `grids`. */
GOV_API gov_status gov_report_html(const gov_report_input *input, gov_text **out, gov_error *err);

/* The page of a store: its households scored and measured by the grids of `level`, what they are entitled to and do
 * not receive, and, if there are events, the weekly number of each class with its trend. Nothing is written to the
 * store, and no household is explained: the page shows areas only. If the field data_note of a household says 合成 or
 * synthetic the page is marked so, whatever the options.
 *
 * The store must be opened with the field class of the model's inputs, as for gov_pipeline_score.
 * Errors: GOV_E_MISSING as_of; GOV_E_NO_DATA if no household is in scope; GOV_E_UNKNOWN_NAME no grid of the level; those
 * of gov_pipeline_score, gov_need_measure, gov_panel_new. */
typedef struct gov_report_options {
    uint32_t struct_size;
    int32_t threads;          /* default 1; the page does not depend on it */
    int32_t fewest;           /* as in gov_report_input */
    const char *as_of;        /* day of the scores; must be given */
    const char *level;        /* default "street" */
    const char *k;            /* default "1/3" */
    const char *title_zh;     /* default "家庭困境评估" */
    const char *title_en;     /* default "Household need" */
    const char *synthetic_zh; /* NULL: the households are real */
    const char *synthetic_en;
    gov_run *run;     /* may be NULL */
    const char *lang; /* as in gov_report_input */
} gov_report_options;

#define GOV_REPORT_OPTIONS_INIT                                                                          \
    {                                                                                                    \
        (uint32_t)sizeof(gov_report_options), 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL \
    }

GOV_API gov_status gov_report_store(gov_store *store, const gov_need_model *model,
                                    const gov_report_options *options, gov_text **out, gov_error *err);

#ifdef __cplusplus
}
#endif

#endif
