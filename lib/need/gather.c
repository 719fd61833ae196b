/* gather.c - for every indicator the rules give columns of bytes (deprived, known); a row's are gathered into one
 * mask of 32 bits. Eight indicators share a byte until the end, so that 64 rows are handled at a time. */
#include "need/score.h"

#include "base/clones.h"

#include <string.h>

enum { DEPRIVED, UNKNOWN, PARTLY, PARTLY_UNKNOWN, ABSENT };

typedef const uint8_t *restrict bytes;

GOV_CLONES static void gather(uint8_t *restrict plane, bytes on, uint8_t bit, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        plane[i] = (uint8_t)(plane[i] | (bit & (uint8_t)-on[i]));
}

GOV_CLONES static void gather_unless(uint8_t *restrict plane, bytes on, uint8_t bit, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        plane[i] = (uint8_t)(plane[i] | (bit & (uint8_t)(on[i] - 1)));
}

/* Known and not so: an indicator that does not apply. */
GOV_CLONES static void gather_false(uint8_t *restrict plane, bytes on, bytes known, uint8_t bit, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        plane[i] = (uint8_t)(plane[i] | (bit & (uint8_t) - (known[i] ^ on[i])));
}

GOV_CLONES static void join(bytes a, bytes b, bytes c, bytes d, uint32_t *restrict mask, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        mask[i] = (uint32_t)a[i] | (uint32_t)b[i] << 8 | (uint32_t)c[i] << 16 | (uint32_t)d[i] << 24;
}

static void gather_indicator(gov_need_scorer *s, int64_t j, int64_t n)
{
    const gov_need_indicator *x = &s->worker.env->model->indicators[j];
    const gov_need_vector *v = s->worker.nodes;
    int64_t byte = j / 8;
    uint8_t bit = (uint8_t)(1u << j % 8);
    gather(s->planes[DEPRIVED][byte], v[x->deprived].bits, bit, n);
    gather_unless(s->planes[UNKNOWN][byte], v[x->deprived].known, bit, n);
    if (x->partly >= 0) {
        gather(s->planes[PARTLY][byte], v[x->partly].bits, bit, n);
        gather_unless(s->planes[PARTLY_UNKNOWN][byte], v[x->partly].known, bit, n);
    }
    if (x->applies >= 0)
        gather_false(s->planes[ABSENT][byte], v[x->applies].bits, v[x->applies].known, bit, n);
}

void gov_need_gather(gov_need_scorer *s, int64_t n)
{
    const gov_need_env *env = s->worker.env;
    uint32_t *const into[] = {s->rows.deprived, s->rows.missing, s->rows.partly, s->partly_unknown,
                              s->rows.absent};
    for (int p = 0; p < GOV_NEED_PLANES; p++) {
        for (int k = 0; k < s->plane_bytes && s->in_use[p]; k++)
            memset(s->planes[p][k], 0, (size_t)n);
    }
    for (int64_t j = 0; j < env->model->indicator_count; j++) {
        if (env->weights->indicators[j] > 0)
            gather_indicator(s, j, n);
    }
    for (int p = 0; p < GOV_NEED_PLANES; p++) {
        if (s->in_use[p])
            join(s->planes[p][0], s->planes[p][1], s->planes[p][2], s->planes[p][3], into[p], n);
        else
            memset(into[p], 0, (size_t)n * sizeof(uint32_t));
    }
}

gov_status gov_need_gather_open(gov_need_scorer *s, gov_error *err)
{
    const gov_need_env *env = s->worker.env;
    uint8_t *zeros = gov_arena_alloc(&s->worker.arena, env->batch, 1);
    if (zeros == NULL)
        return gov_fail_memory(err);
    s->plane_bytes = (int)((env->model->indicator_count + 7) / 8);
    s->in_use[DEPRIVED] = s->in_use[UNKNOWN] = 1;
    for (int64_t j = 0; j < env->model->indicator_count; j++) {
        s->in_use[PARTLY] |= env->model->indicators[j].partly >= 0;
        s->in_use[ABSENT] |= env->model->indicators[j].applies >= 0;
    }
    s->in_use[PARTLY_UNKNOWN] = s->in_use[PARTLY];
    for (int p = 0; p < GOV_NEED_PLANES; p++) {
        for (int k = 0; k < GOV_NEED_PLANE_BYTES; k++) {
            s->planes[p][k] = zeros;
            if (k < s->plane_bytes && s->in_use[p])
                s->planes[p][k] = gov_arena_alloc(&s->worker.arena, env->batch, 1);
            if (s->planes[p][k] == NULL)
                return gov_fail_memory(err);
        }
    }
    return GOV_OK;
}
