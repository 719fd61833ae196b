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
#include "govcore/pipeline/explain.h"
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
    const char *view; /* which households: "assistance" (default), "dwelling" or "registered" */
    const gov_need_features
        *features;         /* how inputs follow from what is recorded; NULL: built-in "gbt31000" */
    const char *household; /* only this one, whatever its view; NULL: all */
    int64_t batch_rows;    /* households gathered at a time; default 4096 */
    gov_field_class show;  /* highest class that results show; default, and at most, that of the store */
} gov_pipeline_options;

#define GOV_PIPELINE_OPTIONS_INIT                                                                            \
    {                                                                                                        \
        (uint32_t)sizeof(gov_pipeline_options), 0, NULL, NULL, NULL, NULL, NULL, NULL, 0, GOV_FIELDS_DEFAULT \
    }

/* The inputs of a model for the households of a store, derived from what is recorded about them on the day: their
 * own fields, their members (who live together; in the view "registered" who is registered there), their relations, and
 * observations of them. How is said by a features file (govcore/need/features.h). A field of the household that has the
 * name of an input and a value goes before what is derived. What is not known is missing, and so is a value outside the
 * range of the model's input; who is not born yet or no longer there on the day is no member.
 *
 * Households are those of the options' view or without one, so that a household can be one record with all three views
 * (told apart by the memberships' `living` and `registered`) or one record a view.
 * Out: household, grid, and a column a household input of the model, in the order of the ids.
 * Errors: GOV_E_MISSING as_of, or an input that is neither a field nor derived; GOV_E_UNKNOWN_NAME the view; GOV_E_SCOPE
 * something to be read that is above the actor's field class (it would be masked, and the results wrong); those of
 * gov_store_query and gov_need_features_derive.
 * Memory: that of the result and of one batch. An actor with a scope sees the members that are in it. */
GOV_API gov_status gov_pipeline_features(gov_store *store, const gov_need_model *model,
                                         const gov_pipeline_options *options, gov_table **out,
                                         gov_error *err);

/* Scores the households of a store, from the inputs that gov_pipeline_features gives.
 *
 * `scoring` (may be NULL) as for gov_need_score; its as_of, members and run are taken from `options` and the store.
 * Out: household and grid, then the columns of gov_need_score, one row a household in the order of the keys. Above
 * options.show: without values (scores and tiers are personal, masks, dimensions and services of the class of what the
 * model reads).
 * Written: one record of kind score a household; only of the view "assistance" (else GOV_E_UNSUPPORTED).
 * Errors: those of gov_pipeline_features, gov_need_score and gov_store_import_table. On any of them the store is as
 * it was.
 * Memory: that of the scores and of one batch; it does not grow with members, observations or history. */
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

/* The panel that gov_pipeline_trend analyses, with the label columns grid and class, for every other method of
 * govcore/trend.h. Nothing is written. The same errors. Since 0.1. */
GOV_API gov_status gov_pipeline_counts(gov_store *store, const gov_pipeline_panel *panel,
                                       const gov_pipeline_options *options, gov_panel **out, gov_error *err);

#ifdef __cplusplus
}
#endif

#endif
