/* parallel.h - work on a range in blocks, with any number of threads and one result. */
#ifndef GOVCORE_BASE_PARALLEL_H
#define GOVCORE_BASE_PARALLEL_H

#include "base/error.h"

/* Works on the items [first, last). It may write only what belongs to these items, so that the result does
 * not depend on who runs when. `worker` is 0 to threads-1, for scratch memory of the worker's own. */
typedef gov_status (*gov_task)(void *context, int worker, int64_t first, int64_t last, gov_error *err);

/* Runs `task` over [0, count) in blocks of `block` items. Blocks are the same for any number of threads.
 * threads < 1 is 1; `run` may be NULL and is polled before every block. The error reported is that of the
 * first failing block in the order of the items, the same whatever the threads. If no further thread can be
 * had, fewer do the work. */
gov_status gov_parallel(int threads, int64_t count, int64_t block, gov_task task, void *context, gov_run *run,
                        gov_error *err);

#endif
