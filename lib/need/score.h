/* score.h - one batch of scored rows, before it is written to a table: score, explain and the measures share
 * it. */
#ifndef GOVCORE_NEED_SCORE_H
#define GOVCORE_NEED_SCORE_H

#include "need/eval.h"

enum { GOV_NEED_SCORED = 0, GOV_NEED_BOUNDED = 1, GOV_NEED_REFUSED = 2 };

/* Rows of results; each list has env->batch items. */
typedef struct gov_need_rows {
    int64_t *low;         /* numerator of the score, unknown as not deprived */
    int64_t *high;        /* unknown as deprived */
    int64_t *known;       /* weight of what is known */
    int64_t **dimensions; /* of `low`, one list a dimension */
    uint32_t *deprived;
    uint32_t *partly;
    uint32_t *missing;
    uint32_t *absent; /* not applicable */
    uint32_t *services;
    int8_t *tier; /* ranks; -1 where the row is refused */
    int8_t *tier_high;
    uint8_t *status;
} gov_need_rows;

typedef struct gov_need_scorer {
    gov_need_worker worker;
    gov_need_rows rows;
    int depth;
    int64_t *dimension_high; /* scratch of one dimension */
    int64_t *dropped;        /* weight that renormalisation takes out */
    int64_t thresholds[GOV_NEED_MOST_TIERS];
} gov_need_scorer;

gov_status gov_need_scorer_open(const gov_need_env *env, int depth, int keep_all, gov_need_scorer *out,
                                gov_error *err);
void gov_need_scorer_close(gov_need_scorer *scorer);
/* Scores the rows [first, first + count) into scorer->rows. */
gov_status gov_need_scorer_run(gov_need_scorer *scorer, int64_t first, int64_t count, gov_error *err);

#endif
