/* follow.h - whole records that carry the codes of grids that are gone, counted on the tree of a day. */
#ifndef GOVCORE_STORE_FOLLOW_H
#define GOVCORE_STORE_FOLLOW_H

#include "store/figures.h"
#include "store/query.h"
#include "store/tree.h"

/* Records by code, and how many of them got to that code by a share of a split and not by what is known of them. */
typedef struct gov_followed {
    gov_figures counts;
    gov_figures shared;
} gov_followed;

void gov_followed_clear(gov_followed *followed);

/* Takes the records of `kind` (placed directly, with lon and lat) that lie, as of the day, in a grid that theirs became
 * or was split into, out of the counts and adds them to `own`, by node of the tree. */
gov_status gov_follow_points(gov_store *store, const gov_kind *kind, const gov_query_options *o,
                             const gov_tree *tree, const gov_lineage *lineage, const char *day,
                             gov_followed *followed, double *own, gov_error *err);

/* Moves the counts over every change up to the day that took a whole grid: to what it became, or to its parts by their
 * shares, in whole records. Nothing is lost: the counts add up to what they did before. */
gov_status gov_follow_lineage(const gov_lineage *lineage, const char *day, gov_followed *followed,
                              gov_error *err);

#endif
