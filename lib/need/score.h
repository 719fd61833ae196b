/* score.h - one batch of scored rows, before it is written to a table: score, explain and the measures share
 * it. */
#ifndef GOVCORE_NEED_SCORE_H
#define GOVCORE_NEED_SCORE_H

#include "need/eval.h"

enum { GOV_NEED_SCORED = 0, GOV_NEED_BOUNDED = 1, GOV_NEED_REFUSED = 2 };

/* Rows of results; each list has env->batch items. */
typedef struct gov_need_rows {
    int64_t *low;        /* numerator of the score, unknown as not deprived */
    int64_t *high;       /* unknown as deprived */
    int64_t *known;      /* weight of what is known */
    double **dimensions; /* of the low score, one list a dimension */
    uint32_t *deprived;
    uint32_t *partly;
    uint32_t *missing;
    uint32_t *absent; /* not applicable */
    uint32_t *services;
    int8_t *tier; /* ranks; -1 where the row is refused */
    int8_t *tier_high;
    uint8_t *status;
} gov_need_rows;

/* Sums by table: what every set of up to eight indicators weighs (or leads to). */
typedef struct gov_need_byte_sums {
    int64_t sums[4][256];
} gov_need_byte_sums;

/* Up to eight indicators of one dimension that stand side by side in a mask. */
typedef struct gov_need_chunk {
    int64_t dimension;
    int shift;
    uint32_t mask;
    int64_t sums[256];
    double shares[256]; /* over the denominator */
} gov_need_chunk;

enum { GOV_NEED_PLANES = 5, GOV_NEED_PLANE_BYTES = 4 };

typedef struct gov_need_scorer {
    gov_need_worker worker;
    gov_need_rows rows;
    int depth;
    int64_t thresholds[GOV_NEED_MOST_TIERS];
    uint8_t *planes[GOV_NEED_PLANES][GOV_NEED_PLANE_BYTES]; /* masks by bytes, while they are gathered */
    uint32_t *unknown; /* masks of a batch: not known to be deprived or not */
    uint32_t *partly_unknown;
    uint32_t *whole; /* what counts in full: for the low score, and besides for the high one */
    uint32_t *whole_more;
    uint32_t *half; /* what counts one half */
    uint32_t *half_more;
    int64_t *sum; /* scratch */
    int64_t *sum_more;
    int64_t *dropped;
    gov_need_byte_sums *weights;
    gov_need_byte_sums *services;
    gov_need_byte_sums *services_partly;
    int64_t chunk_count;
    gov_need_chunk *chunks;
    int64_t
        unread_count; /* inputs of the households that no rule reads: their values are checked all the same */
    int64_t *unread;
} gov_need_scorer;

gov_status gov_need_scorer_open(const gov_need_env *env, int depth, int keep_all, gov_need_scorer *out,
                                gov_error *err);
void gov_need_scorer_close(gov_need_scorer *scorer);
/* Scores the rows [first, first + count) into scorer->rows. */
gov_status gov_need_scorer_run(gov_need_scorer *scorer, int64_t first, int64_t count, gov_error *err);

#endif
