/* services.c - entitled and not receiving: the services that a household's needs lead to, beside those it has. */
#include "need/env.h"

#include "table/frame.h"

#include <string.h>

enum { NOT_RECEIVED = 0, UNKNOWN = 1 };

/* The list as it grows: household, service, and whether it is known not to be received. */
typedef struct claims {
    int64_t count;
    int64_t capacity[3];
    int64_t *rows;
    int8_t *services;
    int8_t *states;
} claims;

static gov_status add_claim(claims *c, int64_t row, int8_t service, int8_t state, gov_error *err)
{
    void *rows = c->rows;
    void *services = c->services;
    void *states = c->states;
    gov_status status = gov_grow(&rows, &c->capacity[0], c->count + 1, sizeof(*c->rows), err);
    if (status == GOV_OK)
        status = gov_grow(&services, &c->capacity[1], c->count + 1, 1, err);
    if (status == GOV_OK)
        status = gov_grow(&states, &c->capacity[2], c->count + 1, 1, err);
    c->rows = rows;
    c->services = services;
    c->states = states;
    GOV_TRY(status);
    c->rows[c->count] = row;
    c->services[c->count] = service;
    c->states[c->count++] = state;
    return GOV_OK;
}

/* One batch of households, row by row: every matched service that is not known to be received. `received` and
 * `known` have a stretch of the batch for each service. */
static gov_status find_claims(const gov_need_env *env, const int64_t *masks, int64_t first, int64_t count,
                              double *received, uint8_t *known, claims *c, gov_error *err)
{
    const gov_need_model *m = env->model;
    for (int64_t s = 0; s < m->service_count; s++) {
        if (m->services[s].received >= 0)
            GOV_TRY(gov_need_env_load(env, m->services[s].received, first, count, received + s * env->batch,
                                      known + s * env->batch, err));
    }
    for (int64_t i = 0; i < count; i++) {
        for (int64_t s = 0; s < m->service_count; s++) {
            int64_t at = s * env->batch + i;
            if (m->services[s].received < 0 || (masks[first + i] >> s & 1) == 0 ||
                (known[at] && received[at] > 0))
                continue;
            GOV_TRY(add_claim(c, first + i, (int8_t)s, known[at] ? NOT_RECEIVED : UNKNOWN, err));
        }
    }
    return GOV_OK;
}

static gov_status find_all(const gov_need_env *env, const gov_table *scores, claims *c, gov_error *err)
{
    gov_status status = GOV_OK;
    int64_t column = 0;
    GOV_TRY(gov_table_find(scores, "service_mask", &column, err));
    int64_t *masks = gov_alloc(env->rows, sizeof(*masks));
    double *received = gov_alloc(env->batch * env->model->service_count, sizeof(*received));
    uint8_t *known = gov_alloc(env->batch * env->model->service_count, 1);
    if (masks == NULL || received == NULL || known == NULL)
        status = gov_fail_memory(err);
    else
        status = gov_table_copy_int64s(scores, column, 0, env->rows, masks, NULL, err);
    for (int64_t first = 0; first < env->rows && status == GOV_OK; first += env->batch) {
        int64_t left = env->rows - first;
        status =
            find_claims(env, masks, first, left < env->batch ? left : env->batch, received, known, c, err);
    }
    gov_free(masks);
    gov_free(received);
    gov_free(known);
    return status;
}

static gov_status write_claims(const gov_need_model *m, const gov_table *households, const gov_table *scores,
                               const claims *c, gov_table **out, gov_error *err)
{
    static const char *const states[] = {"no", "unknown"};
    const char *ids[GOV_NEED_MOST_SERVICES];
    gov_frame f = GOV_FRAME_INIT(c->count);
    gov_status status = GOV_OK;
    int64_t *rows = NULL;
    int64_t column = 0;
    for (int64_t s = 0; s < m->service_count; s++)
        ids[s] = m->services[s].id;
    GOV_TRY_OUT(gov_frame_int64s(&f, "row", &rows, err));
    if (c->count > 0)
        memcpy(rows, c->rows, (size_t)c->count * sizeof(*rows));
    for (int64_t i = 0; i < m->id_count; i++) {
        if (gov_table_find(households, m->ids[i], &column, NULL) == GOV_OK)
            GOV_TRY_OUT(gov_frame_take(&f, households, column, NULL, c->rows, err));
    }
    GOV_TRY_OUT(gov_table_find(scores, "tier", &column, err));
    GOV_TRY_OUT(gov_frame_take(&f, scores, column, NULL, c->rows, err));
    GOV_TRY_OUT(gov_frame_labels(&f, "service", c->services, ids, m->service_count, err));
    GOV_TRY_OUT(gov_frame_labels(&f, "received", c->states, states, 2, err));
    status = gov_frame_finish(&f, out, err);
out:
    gov_frame_clear(&f);
    return status;
}

gov_status gov_need_unmet(const gov_need_model *model, const gov_table *households,
                          const gov_need_options *options, gov_table **out, gov_error *err)
{
    gov_need_options o;
    gov_need_env env;
    gov_table *scores = NULL;
    claims c = {0};
    if (model == NULL || households == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "model, households and out must be given");
    GOV_TRY(gov_need_options_read(options, &o, err));
    o.codes = 0;
    GOV_TRY(gov_need_env_open(model, households, &o, &env, err));
    gov_status status = gov_need_score(model, households, &o, &scores, err);
    if (status == GOV_OK)
        status = find_all(&env, scores, &c, err);
    if (status == GOV_OK)
        status = write_claims(model, households, scores, &c, out, err);
    gov_free(c.rows);
    gov_free(c.services);
    gov_free(c.states);
    gov_table_free(scores);
    gov_need_env_close(&env);
    return status;
}
