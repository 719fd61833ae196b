/* members.h - aggregates over the members of each household, computed before the batches. */
#ifndef GOVCORE_NEED_MEMBERS_H
#define GOVCORE_NEED_MEMBERS_H

#include "need/env.h"

/* Fills env->aggregates for the aggregates of the model's rules; nothing to do if it has none. Members are
 * joined to households by the model's key column, which both tables have (whole numbers or texts). A member
 * whose household is not in the table is passed over, so that a part of the households can be scored with all
 * members. GOV_E_DUPLICATE, GOV_E_MISSING with row and name if a household's key is given twice or missing.
 *
 * any, all: Kleene. count, sum, min, max: missing if a member's value is; min and max of no member are missing,
 * any is false, all is true, count and sum are 0. */
gov_status gov_need_members(gov_need_env *env, const gov_table *households, const gov_need_options *options,
                            gov_error *err);

#endif
