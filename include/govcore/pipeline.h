/* pipeline.h - a model or the analyser over a store: query → table → score or findings → store.
 *
 *     gov_pipeline_options o = GOV_PIPELINE_OPTIONS_INIT;
 *     o.as_of = "2023-07-01";
 *     gov_table *scores = NULL;
 *     if (gov_pipeline_score(store, model, &o, NULL, &scores, &err)) ...
 *
 * What is written carries the fingerprint of what made it and the day it is for. Writing the same result again
 * changes nothing.
 *
 * Threads: one call works on one store, which is used by no other thread meanwhile.   Ownership: *out is yours. */
#ifndef GOVCORE_PIPELINE_H
#define GOVCORE_PIPELINE_H

#include "govcore/need.h"
#include "govcore/pipeline/areas.h"
#include "govcore/pipeline/report.h"
#include "govcore/store.h"
#include "govcore/trend.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct gov_pipeline_options {
    uint32_t struct_size;
    int32_t read_only; /* 1: nothing is written to the store */
    const char
        *as_of;       /* "2023-07-01": the day of the query, of ages and of dated parameters; must be given */
    const char *grid; /* only this grid's subtree; NULL: all that the store's scope allows */
    gov_run *run;     /* may be NULL */
} gov_pipeline_options;

#define GOV_PIPELINE_OPTIONS_INIT                                   \
    {                                                               \
        (uint32_t)sizeof(gov_pipeline_options), 0, NULL, NULL, NULL \
    }

/* Scores the households of a store: those whose view is assistance (救助家庭, who live together) or not stated.
 *
 * `scoring` (may be NULL) as for gov_need_score; its as_of and run are taken from `options`. The model's inputs
 * are looked for among the fields of the kind household.
 * Out: household and grid, then the columns of gov_need_score, one row a household in the order of the keys.
 * Written: one record of kind score a household.
 * Errors: GOV_E_MISSING as_of, or a household field that the model needs and the store does not have;
 * GOV_E_SCOPE one that is above the actor's field class (it would be masked, and the scores wrong); those of
 * gov_store_query, gov_need_score and gov_store_import_table. On any of them the store is as it was.
 * Memory: grows with the number of households, not with their history. */
GOV_API gov_status gov_pipeline_score(gov_store *store, const gov_need_model *model,
                                      const gov_pipeline_options *options, const gov_need_options *scoring,
                                      gov_table **out, gov_error *err);

/* Finds trends in the events of a store: one series for each grid of `level` and each event class.
 *
 * An event counts for the grid of `level` above it. `frequency` must be stated; periods without an event are 0 if
 * `gaps` says so. Events after as_of are left out. `analysis` (may be NULL) as for gov_trend_analyze; its run is
 * taken from `options`.
 * Out: the findings of gov_trend_analyze with the label columns grid and class.
 * Written: one record of kind finding a series.
 * Errors: GOV_E_NO_DATA if there is no event in scope; those of gov_store_query, gov_panel_new, gov_trend_analyze. */
typedef struct gov_pipeline_panel {
    uint32_t struct_size;
    gov_frequency frequency;
    gov_gaps gaps;
    const char *level; /* grids of this level, "street"; NULL: the grid that each event was recorded with */
    const char *first; /* first day; NULL: that of the first event */
} gov_pipeline_panel;

#define GOV_PIPELINE_PANEL_INIT                                                         \
    {                                                                                   \
        (uint32_t)sizeof(gov_pipeline_panel), (gov_frequency)0, (gov_gaps)0, NULL, NULL \
    }

GOV_API gov_status gov_pipeline_trend(gov_store *store, const gov_pipeline_panel *panel,
                                      const gov_pipeline_options *options, const gov_trend_options *analysis,
                                      gov_table **out, gov_error *err);

#ifdef __cplusplus
}
#endif

#endif
