/* patterns.h - households as counts of distinct patterns of deprivations, and their scores under any weights. */
#ifndef GOVCORE_NEED_PATTERNS_H
#define GOVCORE_NEED_PATTERNS_H

#include "need/labels.h"
#include "need/score.h"
#include "need/tally.h"

/* Weights of a draw are multiples of 2^-40 that sum to 1: as doubles they and their sums are exact integers. */
#define GOV_NEED_DRAW_UNIT 0x1p40

typedef struct gov_need_pattern {
    uint32_t whole; /* what counts in full */
    uint32_t loose; /* unknown, and renormalised away */
    int8_t floor;   /* the tier that its floors give at least */
    int8_t tier;    /* under the stated weights */
    int64_t score;  /* likewise, over the denominator */
    int64_t households;
} gov_need_pattern;

/* The households of one area with one pattern. */
typedef struct gov_need_share {
    int32_t group; /* -1: none */
    int32_t pattern;
    double weight;
} gov_need_share;

typedef struct gov_need_patterns {
    const gov_need_model *model;
    const gov_need_weights *weights;
    int high;      /* the high score */
    int64_t count; /* by score, ascending */
    gov_need_pattern *list;
    int64_t share_count; /* by group */
    gov_need_share *shares;
    int64_t households; /* without the refused */
    gov_need_labels groups;
} gov_need_patterns;

/* GOV_E_NO_DATA if there is no household that is not refused, GOV_E_LIMIT for a denominator over 2^24. */
gov_status gov_need_patterns_of(const gov_need_env *env, const gov_table *households,
                                const gov_need_options *options, const char *by, const char *weight, int high,
                                gov_need_patterns *out, gov_error *err);
void gov_need_patterns_clear(gov_need_patterns *patterns);

/* The scores of all patterns, in units of 2^-40, under weights (one an indicator) in these units. */
void gov_need_patterns_score(const gov_need_patterns *patterns, const double *weights, double *scores);

/* Dirichlet draw `number` about the stated weights, in these units. */
void gov_need_draw(const gov_need_patterns *patterns, uint64_t seed, uint64_t number, double concentration,
                   double *weights);

/* Kendall's tau-b of two orders, the first that of the items as they stand: items [i, j) are equal in it where
 * `same` says that each equals the one before. levels: 0 to level_count - 1; counts: how often each item is there,
 * NULL: once. `tree` is scratch of level_count + 1 items. NaN if either order has one level only. */
double gov_need_tau(const uint8_t *same, const int32_t *levels, const int64_t *counts, int64_t n,
                    int32_t level_count, int64_t *tree);

#endif
