/* parallel.c - workers that take the next block from a shared counter.
 *
 * After a failure at block b only blocks before b are still started, so that the first failing block in the
 * order of the items is the one that is reported, as it would be with one thread. */
#include "base/parallel.h"
#include "base/alloc.h"
#include "base/run.h"

#include <pthread.h>
#include <stdatomic.h>

typedef struct job {
    int64_t count;
    int64_t block;
    gov_task task;
    void *context;
    gov_run *run;
    atomic_llong next;         /* the next block */
    atomic_llong first_failed; /* INT64_MAX: none */
    atomic_llong items_done;
} job;

typedef struct worker {
    job *job;
    int number;
    pthread_t thread;
    gov_status status;
    int64_t failed_block;
    gov_error err;
} worker;

static void note_failure(job *j, int64_t block)
{
    long long seen = atomic_load(&j->first_failed);
    while (block < seen && !atomic_compare_exchange_weak(&j->first_failed, &seen, block))
        continue;
}

static gov_status work_on_block(worker *w, int64_t block)
{
    job *j = w->job;
    int64_t first = block * j->block;
    int64_t last = j->count - first < j->block ? j->count : first + j->block;
    GOV_TRY(gov_run_poll(j->run, atomic_load(&j->items_done), j->count, &w->err));
    GOV_TRY(j->task(j->context, w->number, first, last, &w->err));
    atomic_fetch_add(&j->items_done, last - first);
    return GOV_OK;
}

static void *work(void *argument)
{
    worker *w = argument;
    job *j = w->job;
    int64_t blocks = (j->count + j->block - 1) / j->block;
    for (;;) {
        int64_t block = atomic_fetch_add(&j->next, 1);
        if (block >= blocks || block > atomic_load(&j->first_failed))
            return NULL;
        w->status = work_on_block(w, block);
        if (w->status != GOV_OK) {
            w->failed_block = block;
            note_failure(j, block);
            return NULL;
        }
    }
}

static gov_status first_failure(const worker *workers, int threads, int64_t block, gov_error *err)
{
    for (int i = 0; i < threads; i++) {
        if (workers[i].status == GOV_OK || workers[i].failed_block != block)
            continue;
        if (err != NULL && err->struct_size >= sizeof(gov_error))
            *err = workers[i].err;
        return workers[i].status;
    }
    return GOV_OK;
}

gov_status gov_parallel(int threads, int64_t count, int64_t block, gov_task task, void *context, gov_run *run,
                        gov_error *err)
{
    int64_t blocks = block > 0 ? (count + block - 1) / block : 0;
    if (threads > blocks)
        threads = (int)blocks;
    if (threads < 1)
        threads = 1;
    job j = {.count = count, .block = block, .task = task, .context = context, .run = run};
    atomic_init(&j.first_failed, INT64_MAX);
    worker *workers = gov_alloc_zero(threads, sizeof(*workers));
    if (workers == NULL)
        return gov_fail_memory(err);
    for (int i = 0; i < threads; i++) {
        workers[i].job = &j;
        workers[i].number = i;
        workers[i].err = (gov_error)GOV_ERROR_INIT;
    }
    int started = 1;
    while (started < threads && pthread_create(&workers[started].thread, NULL, work, &workers[started]) == 0)
        started++;
    work(&workers[0]);
    for (int i = 1; i < started; i++)
        pthread_join(workers[i].thread, NULL);
    gov_status status = first_failure(workers, started, atomic_load(&j.first_failed), err);
    gov_free(workers);
    return status == GOV_OK ? gov_run_poll(run, count, count, err) : status;
}
