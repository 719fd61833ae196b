/* explain.h - one household of a store explained to the record: which recorded values, of which day and source, made each
 * input, which inputs made each indicator, what is unknown and what to ask next, and which services fit and are not
 * received. And, over all households, the list of those who are entitled and not reached.
 *
 * What is of a higher class than options.show is there without its values.
 *
 * Threads: as for the store.   Ownership: *out is yours; tables and texts are borrowed from it. */
#ifndef GOVCORE_PIPELINE_EXPLAIN_H
#define GOVCORE_PIPELINE_EXPLAIN_H

#include "govcore/need.h"
#include "govcore/store.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct gov_household_explanation gov_household_explanation;
struct gov_pipeline_options;

/* score:    one row: household, grid, and the columns of gov_need_score.
 * lines:    as gov_need_explanation_lines, a row an indicator, and oldest and newest (dates of the recorded values that it
 *           rests on) and sources (who recorded them). An indicator of a class that is not shown has no state, no
 *           inputs and no contribution.
 * inputs:   a row an input of the model: id, name_zh, name_en, unit, value, origin (recorded, derived, unknown,
 *           out_of_range), rule, oldest, newest, sources, missing (what is not known: "birth_date 1/3" is that of one of
 *           three members).
 * readings: a row a recorded value: id, name_zh, name_en, unit, person (missing: of the household), value, from
 *           ("person.birth_date"), date (since when it holds, or when it was read), source.
 * ask:      as gov_need_explanation_ask, heaviest first, and missing as in inputs.
 * changes, flips: as gov_need_explanation_changes and _flips.
 * services: a row a service that fits: service, name_zh, name_en, received (yes, no, unknown; missing: the model has no
 *           input that tells it), date and source of what tells it. */
typedef enum gov_explained {
    GOV_EXPLAINED_SCORE = 0,
    GOV_EXPLAINED_LINES = 1,
    GOV_EXPLAINED_INPUTS = 2,
    GOV_EXPLAINED_READINGS = 3,
    GOV_EXPLAINED_ASK = 4,
    GOV_EXPLAINED_CHANGES = 5,
    GOV_EXPLAINED_FLIPS = 6,
    GOV_EXPLAINED_SERVICES = 7
} gov_explained;

/* Explains the household `id` on options.as_of. `scoring` as for gov_pipeline_score. Errors: GOV_E_REFERENCE if no such
 * household is in the scope on that day; those of gov_pipeline_features and gov_need_explain. */
GOV_API gov_status gov_pipeline_explain(gov_store *store, const gov_need_model *model, const char *id,
                                        const struct gov_pipeline_options *options,
                                        const gov_need_options *scoring, gov_household_explanation **out,
                                        gov_error *err);
GOV_API void gov_household_explanation_free(gov_household_explanation *explanation);
/* NULL if `part` is not one of gov_explained. */
GOV_API const gov_table *gov_household_explanation_table(const gov_household_explanation *explanation,
                                                         gov_explained part);
/* All of it for people, in Chinese ("zh") or English. */
GOV_API const char *gov_household_explanation_text(const gov_household_explanation *explanation,
                                                   const char *language);

/* The silent minority (应享未享): households in need, that is of any tier, with the services that fit and are not
 * recorded as received. Out: household, grid, tier, service, received ("no", "unknown"), in the order of the ids.
 * GOV_E_SCOPE if options.show is below personal; service and received have no values if what the model reads is above
 * what is shown. */
GOV_API gov_status gov_pipeline_unmet(gov_store *store, const gov_need_model *model,
                                      const struct gov_pipeline_options *options,
                                      const gov_need_options *scoring, gov_table **out, gov_error *err);

/* The same counted by the grids of `level` (NULL: the households' own): a row a grid and service, with the grid's
 * name, how many households are in need of it and not recorded as receiving it, and small numbers hidden as
 * gov_publish_counts hides them (threshold 0: 5). Out: grid, name, service, name_zh, name_en, households (missing:
 * hidden), hidden, grid_total, service_total (false: that total must not be published either). Grids in the order of
 * their codes, services in that of the model; grids without anyone are left out. */
GOV_API gov_status gov_pipeline_unmet_by_grid(gov_store *store, const gov_need_model *model,
                                              const char *level, int64_t threshold,
                                              const struct gov_pipeline_options *options,
                                              const gov_need_options *scoring, gov_table **out,
                                              gov_error *err);

#ifdef __cplusplus
}
#endif

#endif
