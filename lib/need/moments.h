/* moments.h - all figures of a group of households from one pass over its cells, where every household is a sampling
 * unit: sums of w y (exact) and of w² y², w² x y, w² x² are all that a ratio and its standard error need.
 *
 * Cut-offs are those of the count, and besides one that everyone reaches and three that are always asked for. */
#ifndef GOVCORE_NEED_MOMENTS_H
#define GOVCORE_NEED_MOMENTS_H

#include "need/measure.h"

/* Cut-offs after those of the count. */
enum {
    GOV_NEED_EVERYONE = 0,
    GOV_NEED_FROM_FIFTH,
    GOV_NEED_FROM_THIRD,
    GOV_NEED_FROM_HALF,
    GOV_NEED_MORE_CUTOFFS
};

/* What is summed at a cut-off, over those who reach it; then one an indicator, then one a dimension. */
enum { GOV_NEED_SUM_ONE = 0, GOV_NEED_SUM_SCORE, GOV_NEED_SUM_SQUARE, GOV_NEED_SUM_INDICATORS };

typedef struct gov_need_moment {
    gov_wide y;      /* Σ w y */
    double yy;       /* Σ w² y² */
    double by_score; /* Σ w² y × score */
} gov_need_moment;

typedef struct gov_need_moments {
    const gov_need_count *count;
    int64_t cutoffs;
    int64_t least[GOV_NEED_MOST_CUTOFFS + GOV_NEED_MORE_CUTOFFS];
    int64_t sums; /* a cut-off */
    int64_t strata;
    gov_need_moment *list; /* by stratum, cut-off, sum */
} gov_need_moments;

gov_status gov_need_moments_open(const gov_need_count *count, gov_need_moments *out, gov_error *err);
void gov_need_moments_close(gov_need_moments *moments);
/* Forgets what was added, and adds `count` cells. */
void gov_need_moments_take(gov_need_moments *moments, const gov_need_cell *cells, int64_t count);
const gov_need_moment *gov_need_moment_of(const gov_need_moments *moments, int64_t stratum, int64_t cutoff,
                                          int64_t sum);

#endif
