/* score.c - scoring a table: batches in parallel, each thread with a scorer of its own, into one result. */
#include "base/parallel.h"
#include "need/result.h"

typedef struct scoring {
    gov_need_result result;
    gov_need_scorer *scorers; /* one a thread */
} scoring;

static gov_status score_batch(void *context, int worker, int64_t first, int64_t last, gov_error *err)
{
    scoring *c = context;
    gov_need_scorer *s = &c->scorers[worker];
    double *dimensions[GOV_NEED_MOST_INDICATORS];
    gov_need_result_aim(&c->result, first, &s->rows, dimensions);
    GOV_TRY(gov_need_scorer_run(s, first, last - first, err));
    gov_need_result_refuse(&c->result, &s->rows, first, last - first);
    return GOV_OK;
}

static gov_status run_scorers(scoring *c, const gov_need_options *options, int threads, gov_error *err)
{
    const gov_need_env *env = c->result.env;
    gov_status status = GOV_OK;
    int opened = 0;
    c->scorers = gov_alloc_zero(threads, sizeof(*c->scorers));
    if (c->scorers == NULL)
        return gov_fail_memory(err);
    for (; status == GOV_OK && opened < threads; opened += status == GOV_OK)
        status = gov_need_scorer_open(env, options->depth, 0, &c->scorers[opened], err);
    if (status == GOV_OK)
        status = gov_parallel(threads, env->rows, env->batch, score_batch, c, options->run, err);
    for (int i = 0; i < opened; i++)
        gov_need_scorer_close(&c->scorers[i]);
    gov_free(c->scorers);
    return status;
}

static gov_status score_all(const gov_need_env *env, const gov_table *households,
                            const gov_need_options *options, gov_table **out, gov_error *err)
{
    scoring c = {.scorers = NULL};
    int64_t batches = env->rows / env->batch + 1;
    int threads = options->threads < 1 ? 1 : options->threads < batches ? options->threads : (int)batches;
    gov_status status = gov_need_result_open(env, households, options, &c.result, err);
    if (status == GOV_OK)
        status = run_scorers(&c, options, threads, err);
    if (status == GOV_OK)
        status = gov_need_result_finish(&c.result, out, err);
    gov_need_result_close(&c.result);
    return status;
}

gov_status gov_need_score(const gov_need_model *model, const gov_table *households,
                          const gov_need_options *options, gov_table **out, gov_error *err)
{
    gov_need_env env;
    gov_need_options o;
    if (model == NULL || households == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "model, households and out must be given");
    GOV_TRY(gov_need_options_read(options, &o, err));
    GOV_TRY(gov_need_env_open(model, households, &o, &env, err));
    gov_status status = score_all(&env, households, &o, out, err);
    gov_need_env_close(&env);
    return status;
}
