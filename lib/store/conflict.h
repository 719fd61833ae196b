/* conflict.h - what sources say of one field, where they do not agree. */
#ifndef GOVCORE_STORE_CONFLICT_H
#define GOVCORE_STORE_CONFLICT_H

#include "store/query.h"

/* Fills temp.conflict with the conflicts of a kind (NULL: of all) on the moment that the views show: kind, key, field,
 * source, value, valid_from, recorded, rank, chosen, why, reason_zh, reason_en and `number` and `place` to order by.
 * `grids` selects codes of grids (NULL: all). `shown`: keys and values are masked as the actor may see them. */
gov_status gov_conflicts_fill(gov_store *store, const gov_kind *kind, const gov_moment *moment,
                              const char *grids, int shown, gov_error *err);
void gov_conflicts_drop(gov_store *store);

#endif
