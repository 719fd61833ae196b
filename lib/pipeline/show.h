/* show.h - results with what is above a class of fields taken out. */
#ifndef GOVCORE_PIPELINE_SHOW_H
#define GOVCORE_PIPELINE_SHOW_H

#include "pipeline/features.h"

/* The class that results are shown up to. */
gov_field_class gov_shown_class(const gov_feature_plan *plan);
/* The highest class of what the model reads. */
gov_field_class gov_model_class(const gov_feature_plan *plan);

/* Household and grid of a batch, then the columns of its scores. */
gov_status gov_scores_join(const gov_table *households, const gov_table *scores, gov_table **out,
                           gov_error *err);

/* A result of scoring: scores and tiers are personal, and what tells single indicators (masks, dimensions, services) is of
 * the class of what the model reads. Columns above the shown class have no values. */
gov_status gov_scores_show(const gov_feature_plan *plan, const gov_table *scores, gov_table **out,
                           gov_error *err);

#endif
