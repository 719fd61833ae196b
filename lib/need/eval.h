/* eval.h - rules over a batch of rows: every node becomes a column of at most `batch` values.
 *
 * A worker owns the columns of one thread. Nodes that do not vary are computed once, when the worker starts;
 * a batch then computes the others in order. Columns are reused when the last node that reads them is done,
 * except those of the roots. */
#ifndef GOVCORE_NEED_EVAL_H
#define GOVCORE_NEED_EVAL_H

#include "need/env.h"

/* The values of a node for the rows of a batch: `bits` (0 or 1) for a bool, `numbers` for the other types. A
 * bit whose row is not known is 0. */
typedef struct gov_need_vector {
    double *numbers;
    uint8_t *bits;
    uint8_t *known;
} gov_need_vector;

typedef struct gov_need_worker {
    const gov_need_env *env;
    int over_members;
    int64_t count;          /* nodes to compute a batch */
    int32_t *order;         /* they */
    gov_need_vector *nodes; /* one a node of the model */
    double *scratch;
    uint8_t *direct; /* comparisons of an input with a fixed number, which need no doubles of it */
    gov_arena arena;
} gov_need_worker;

/* Prepares to compute the nodes `roots` (negative ones are passed over), over the households or their members.
 * keep_all: no column is reused, so that every node's value can be looked at (explain). */
gov_status gov_need_worker_open(const gov_need_env *env, const int32_t *roots, int64_t count,
                                int over_members, int keep_all, gov_need_worker *worker, gov_error *err);
void gov_need_worker_close(gov_need_worker *worker);
/* Computes rows [first, first + count), count <= env->batch. */
gov_status gov_need_worker_run(gov_need_worker *worker, int64_t first, int64_t count, gov_error *err);

#endif
