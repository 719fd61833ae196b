/* score.h - one batch of scored rows, before it is written to a table: score, explain and the measures share
 * it.
 *
 * Three steps, a file each: gather.c turns the states of the rules into masks, sums.c masks into scores and
 * tiers, and scorer.c adds policies for the unknown, floors and the status. */
#ifndef GOVCORE_NEED_SCORE_H
#define GOVCORE_NEED_SCORE_H

#include "need/eval.h"

enum { GOV_NEED_SCORED = 0, GOV_NEED_BOUNDED = 1, GOV_NEED_REFUSED = 2 };

/* Rows of results; each list has env->batch items. Those that may be NULL are then not computed. */
typedef struct gov_need_rows {
    int64_t *low;        /* numerator of the score, unknown as not deprived */
    double *score;       /* it over the denominator; may be NULL, */
    double *score_high;  /* as may the score with the unknown as deprived, */
    double *coverage;    /* the weight of what is known, */
    double **dimensions; /* and the parts of the low score, one list (or NULL) a dimension */
    uint32_t *deprived;
    uint32_t *partly;
    uint32_t *missing;
    uint32_t *absent;   /* not applicable */
    uint32_t *services; /* may be NULL */
    int8_t *tier;       /* ranks; -1 where the row is refused */
    int8_t *tier_high;
    uint8_t *status;
} gov_need_rows;

/* The indicators by what an unknown one counts as. */
typedef struct gov_need_policies {
    uint32_t bounds; /* and refuse */
    uint32_t deprived;
    uint32_t not_deprived;
    uint32_t renormalise;
    uint32_t refuse;
} gov_need_policies;

/* A number for every set of indicators, eleven of them at a time: the two tables that 22 indicators need stay in
 * the first-level cache, and a sum is two look-ups. */
enum { GOV_NEED_SET_BITS = 11, GOV_NEED_SET_PARTS = 3, GOV_NEED_SETS = 1 << GOV_NEED_SET_BITS };
typedef struct gov_need_sets {
    int parts; /* that are in use */
    uint32_t of[GOV_NEED_SET_PARTS][GOV_NEED_SETS];
} gov_need_sets;

/* Up to eight indicators of one dimension that stand side by side in a mask. */
typedef struct gov_need_chunk {
    int64_t dimension;
    int shift;
    uint32_t mask;
    int alone; /* it is its whole dimension */
    int64_t sums[256];
    double shares[256]; /* over the denominator */
} gov_need_chunk;

/* Masks while they are gathered: eight indicators to a byte. */
enum { GOV_NEED_PLANES = 5, GOV_NEED_PLANE_BYTES = 4 };

typedef struct gov_need_scorer {
    gov_need_worker worker;
    gov_need_rows rows;
    int depth;
    int narrow; /* the scores are sums of 32 bits, without halves and renormalisation */
    gov_need_policies policies;
    int64_t thresholds[GOV_NEED_MOST_TIERS];
    int plane_bytes; /* of a plane that are in use; the others are zeros */
    int in_use[GOV_NEED_PLANES];
    uint8_t *planes[GOV_NEED_PLANES][GOV_NEED_PLANE_BYTES];
    uint32_t *partly_unknown; /* masks of a batch */
    const uint32_t *whole;    /* what counts in full: for the low score, and besides for the high one */
    const uint32_t *whole_more;
    uint32_t *whole_list; /* where they are computed, if they are not simply deprived and missing */
    uint32_t *whole_more_list;
    uint32_t *half; /* what counts one half */
    uint32_t *half_more;
    int32_t *narrow_sums[3]; /* of `narrow`: low, high and known */
    int64_t *high;           /* if not narrow: the numerator with the unknown as deprived, */
    int64_t *known;          /* and the weight of what is known */
    int64_t *sum;            /* scratch */
    int64_t *sum_more;
    int64_t *dropped;
    uint8_t *open; /* 1: low and high differ */
    gov_need_sets *weights;
    gov_need_sets *services;
    gov_need_sets *services_partly;
    int64_t chunk_count;
    gov_need_chunk *chunks;
    int64_t unread_count; /* inputs of the households that no rule reads: they are checked all the same */
    int64_t *unread;
} gov_need_scorer;

gov_status gov_need_scorer_open(const gov_need_env *env, int depth, int keep_all, gov_need_scorer *out,
                                gov_error *err);
void gov_need_scorer_close(gov_need_scorer *scorer);
/* Only the masks of the rows [first, first + count); `missing` is what is not known to be deprived or not. */
gov_status gov_need_scorer_masks(gov_need_scorer *scorer, int64_t first, int64_t count, gov_error *err);
/* Scores the rows [first, first + count) into scorer->rows. */
gov_status gov_need_scorer_run(gov_need_scorer *scorer, int64_t first, int64_t count, gov_error *err);
/* The numerator of the high score of one of the rows just scored. */
int64_t gov_need_scorer_high(const gov_need_scorer *scorer, int64_t row);

/* --- The steps ---------------------------------------------------------------------------------------------- */

/* The worker's states of `count` rows as rows.deprived, partly, missing and absent, and partly_unknown. */
gov_status gov_need_gather_open(gov_need_scorer *scorer, gov_error *err);
void gov_need_gather(gov_need_scorer *scorer, int64_t count);

/* Scores, shares and tiers (without floors) of what `whole`, `half` and their more count. */
gov_status gov_need_sums_open(gov_need_scorer *scorer, gov_error *err);
void gov_need_sums(gov_need_scorer *scorer, int64_t count);
/* A table of the sums of `values` (joined: of their bits) for every set of `count` indicators. */
gov_need_sets *gov_need_sets_new(gov_arena *arena, const int64_t *values, int64_t count, int joined);

#endif
