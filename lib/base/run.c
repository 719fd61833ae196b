/* run.c - three atomics: no locks, so that cancel is safe from anywhere, a signal handler too. */
#include "base/run.h"
#include "base/alloc.h"

#include <stdatomic.h>

struct gov_run {
    atomic_int cancelled;
    atomic_llong done;
    atomic_llong total;
};

gov_status gov_run_new(gov_run **out, gov_error *err)
{
    if (out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "out must be given");
    gov_run *run = gov_alloc_zero(1, sizeof(*run));
    if (run == NULL)
        return gov_fail_memory(err);
    atomic_init(&run->total, -1);
    *out = run;
    return GOV_OK;
}

void gov_run_free(gov_run *run)
{
    gov_free(run);
}

void gov_run_cancel(gov_run *run)
{
    atomic_store(&run->cancelled, 1);
}

int gov_run_cancelled(const gov_run *run)
{
    return atomic_load(&run->cancelled);
}

void gov_run_progress(const gov_run *run, int64_t *done, int64_t *total)
{
    if (done != NULL)
        *done = atomic_load(&run->done);
    if (total != NULL)
        *total = atomic_load(&run->total);
}

gov_status gov_run_poll(gov_run *run, int64_t done, int64_t total, gov_error *err)
{
    if (run == NULL)
        return GOV_OK;
    atomic_store(&run->done, done);
    atomic_store(&run->total, total);
    if (atomic_load(&run->cancelled))
        return gov_fail(err, GOV_E_CANCELLED, "cancelled");
    return GOV_OK;
}
