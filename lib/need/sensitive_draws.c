/* sensitive_draws.c - every draw of weights on all patterns: tiers that change, areas' measures and their order.
 *
 * A draw writes only its own column of figures, so that draws may be made by any thread in any order. Its cost is
 * the number of patterns, not of households. Households' scores are compared by 4 096 levels, which needs no sorting:
 * with 100 000 patterns that is a sixth of the time. */
#include "need/sensitive.h"

#include "base/parallel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LEVELS = 4096, TIER_FIGURES = 3, AREA_FIGURES = 3, ORDER_FIGURES = 2 };

/* --- Where the figures stand -------------------------------------------------------------------------------------- */

int64_t gov_need_column_tier(int64_t tier, int figure)
{
    return TIER_FIGURES * (tier + 1) + figure;
}

int64_t gov_need_column_area(const gov_need_study *study, int64_t k, int64_t area, int figure)
{
    int64_t first = gov_need_column_tier(study->patterns.model->tier_count + 1, 0);
    return first + AREA_FIGURES * (k * (study->areas + 1) + area) + figure;
}

int64_t gov_need_column_order(const gov_need_study *study, int64_t k, int figure)
{
    return gov_need_column_area(study, study->cutoff_count, 0, 0) + ORDER_FIGURES * (k + 1) + figure;
}

/* --- Areas ------------------------------------------------------------------------------------------------------------ */

static gov_need_level level_of(double poor, double depth, double weight, double unit)
{
    return (gov_need_level){weight > 0 ? poor / weight : 0, weight > 0 ? depth / unit / weight : 0};
}

/* Shares stand by group, those without one first. */
void gov_need_levels_of(const gov_need_study *study, const double *scores, double unit, double threshold,
                        gov_need_level *out)
{
    const gov_need_patterns *p = &study->patterns;
    double all_poor = 0;
    double all_depth = 0;
    double all_weight = 0;
    for (int64_t i = 0; i < study->areas; i++)
        out[i] = (gov_need_level){0, 0};
    for (int64_t i = 0; i < p->share_count;) {
        int32_t group = p->shares[i].group;
        double poor = 0;
        double depth = 0;
        for (; i < p->share_count && p->shares[i].group == group; i++) {
            double score = scores[p->shares[i].pattern];
            double weight = score >= threshold ? p->shares[i].weight : 0;
            poor += weight;
            depth += weight * score;
        }
        double whole = study->area_weights[group < 0 ? study->areas : group];
        if (group >= 0 && group < study->areas)
            out[group] = level_of(poor, depth, whole, unit);
        all_poor += poor;
        all_depth += depth;
        all_weight += whole;
    }
    out[study->areas] = level_of(all_poor, all_depth, all_weight, unit);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The number of items below `value` in an ascending list. */
static int64_t below(const double *sorted, int64_t n, double value)
{
    int64_t low = 0;
    while (n > 0) {
        int64_t half = n / 2;
        if (sorted[low + half] < value) {
            low += half + 1;
            n -= half + 1;
        } else {
            n = half;
        }
    }
    return low;
}

int32_t gov_need_rank_areas(const gov_need_level *levels, int64_t areas, double *sorted,
                            int32_t *level_of_area, double *rank_of)
{
    for (int64_t i = 0; i < areas; i++)
        sorted[i] = -levels[i].m0;
    qsort(sorted, (size_t)areas, sizeof(*sorted), by_value);
    for (int64_t i = 0; i < areas; i++) {
        int64_t greater = below(sorted, areas, -levels[i].m0);
        rank_of[i] = (double)greater + 1;
        level_of_area[i] = (int32_t)(areas - 1 - greater);
    }
    return (int32_t)areas;
}

/* --- The stated order ----------------------------------------------------------------------------------------------------- */

typedef struct placed {
    double m0;
    int32_t area;
} placed;

static int by_m0(const void *a, const void *b)
{
    const placed *x = a;
    const placed *y = b;
    if (x->m0 < y->m0 || x->m0 > y->m0)
        return x->m0 < y->m0 ? -1 : 1;
    return (x->area > y->area) - (x->area < y->area);
}

gov_status gov_need_study_orders(gov_need_study *study, gov_error *err)
{
    int64_t n = study->areas;
    placed *list = gov_alloc(n, sizeof(*list));
    if (list == NULL)
        return gov_fail_memory(err);
    for (int64_t k = 0; k < study->cutoff_count; k++) {
        const gov_need_level *stated = study->stated + k * (n + 1);
        for (int64_t i = 0; i < n; i++)
            list[i] = (placed){stated[i].m0, (int32_t)i};
        if (n > 0)
            qsort(list, (size_t)n, sizeof(*list), by_m0);
        for (int64_t i = n - 1; i >= 0; i--) {
            double better = i + 1 < n && list[i + 1].m0 <= list[i].m0 ? study->ranks[k * n + list[i + 1].area]
                                                                      : (double)(n - i);
            study->ranks[k * n + list[i].area] = better;
            study->orders[k * n + i] = list[i].area;
            study->same[k * n + i] = i > 0 && list[i].m0 <= list[i - 1].m0;
        }
    }
    gov_free(list);
    return GOV_OK;
}

/* --- Draws ------------------------------------------------------------------------------------------------------------------ */

typedef struct drawing {
    gov_need_study *study;
    double *thresholds; /* of tiers, then of k, in units of 2^-40 */
    char *memory;       /* a stretch a worker */
    int64_t stretch;
} drawing;

/* A worker's scratch. */
typedef struct bench {
    double *scores; /* [pattern] */
    double *sorted; /* [area]; these two */
    double *ranks;
    gov_need_level *levels; /* [area + 1] */
    int64_t *tree;          /* [most levels + 1] */
    int32_t *level_of;      /* [pattern or area] */
    int32_t *ordered;       /* [area] */
} bench;

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static bench bench_of(const drawing *d, int worker, int64_t *size)
{
    int64_t patterns = d->study->patterns.count;
    int64_t areas = d->study->areas;
    int64_t wide = patterns + 2 * areas + 2 * (areas + 1) + larger(LEVELS, areas) + 1;
    double *at = (double *)(void *)(d->memory + worker * d->stretch);
    *size = 8 * (wide + (larger(patterns, areas) + areas + 1) / 2 + 1);
    if (d->memory == NULL)
        return (bench){0};
    bench b = {.scores = at, .sorted = at + patterns};
    b.ranks = b.sorted + areas;
    b.levels = (gov_need_level *)(void *)(b.ranks + areas);
    b.tree = (int64_t *)(void *)(b.levels + areas + 1);
    b.level_of = (int32_t *)(void *)(b.tree + larger(LEVELS, areas) + 1);
    b.ordered = b.level_of + larger(patterns, areas);
    return b;
}

static void set_value(gov_need_study *s, int64_t column, int64_t draw, double value)
{
    s->values[column * s->options.draws + draw] = value;
}

static void draw_tiers(const drawing *d, const bench *b, int64_t draw)
{
    gov_need_study *s = d->study;
    int64_t tiers = s->patterns.model->tier_count;
    int64_t counts[GOV_NEED_MOST_TIERS + 2][TIER_FIGURES] = {{0}};
    for (int64_t i = 0; i < s->patterns.count; i++) {
        const gov_need_pattern *p = &s->patterns.list[i];
        int8_t tier = 0;
        for (int64_t t = 0; t < tiers; t++)
            tier = (int8_t)(tier + (b->scores[i] >= d->thresholds[t]));
        tier = tier > p->floor ? tier : p->floor;
        int figure = tier == p->tier ? 0 : tier > p->tier ? 1 : 2;
        counts[p->tier + 1][figure] += p->households;
        counts[0][figure] += p->households;
    }
    for (int64_t t = -1; t <= tiers; t++) {
        const int64_t *c = counts[t + 1];
        double all = (double)(c[0] + c[1] + c[2]);
        for (int f = 0; f < TIER_FIGURES; f++)
            set_value(s, gov_need_column_tier(t, f), draw, all > 0 ? (double)c[f] / all : NAN);
    }
}

static void draw_areas(const drawing *d, const bench *b, int64_t draw)
{
    gov_need_study *s = d->study;
    int64_t n = s->areas;
    for (int64_t k = 0; k < s->cutoff_count; k++) {
        double shift = 0;
        gov_need_levels_of(s, b->scores, GOV_NEED_DRAW_UNIT, d->thresholds[s->patterns.model->tier_count + k],
                           b->levels);
        int32_t levels = gov_need_rank_areas(b->levels, n, b->sorted, b->level_of, b->ranks);
        for (int64_t i = 0; i <= n; i++) {
            set_value(s, gov_need_column_area(s, k, i, 0), draw, b->levels[i].h);
            set_value(s, gov_need_column_area(s, k, i, 1), draw, b->levels[i].m0);
            set_value(s, gov_need_column_area(s, k, i, 2), draw, i < n ? b->ranks[i] : 1);
        }
        for (int64_t i = 0; i < n; i++) {
            b->ordered[i] = b->level_of[s->orders[k * n + i]];
            shift += fabs(b->ranks[i] - s->ranks[k * n + i]);
        }
        set_value(s, gov_need_column_order(s, k, 0), draw,
                  gov_need_tau(s->same + k * n, b->ordered, NULL, n, levels, b->tree));
        set_value(s, gov_need_column_order(s, k, 1), draw, n > 0 ? shift / (double)n : NAN);
    }
}

static void draw_households(const drawing *d, const bench *b, int64_t draw)
{
    gov_need_study *s = d->study;
    for (int64_t i = 0; i < s->patterns.count; i++) {
        double level = floor(b->scores[i] / (GOV_NEED_DRAW_UNIT / LEVELS));
        b->level_of[i] = level < LEVELS - 1 ? (int32_t)level : LEVELS - 1;
    }
    set_value(s, gov_need_column_order(s, -1, 0), draw,
              gov_need_tau(s->tied, b->level_of, s->numbers, s->patterns.count, LEVELS, b->tree));
    set_value(s, gov_need_column_order(s, -1, 1), draw, NAN);
}

static gov_status draw_one(void *context, int worker, int64_t first, int64_t last, gov_error *err)
{
    drawing *d = context;
    double weights[GOV_NEED_MOST_INDICATORS];
    int64_t size = 0;
    bench b = bench_of(d, worker, &size);
    (void)err;
    for (int64_t draw = first; draw < last; draw++) {
        gov_need_draw(&d->study->patterns, d->study->options.seed, (uint64_t)draw,
                      d->study->options.concentration, weights);
        gov_need_patterns_score(&d->study->patterns, weights, b.scores);
        draw_tiers(d, &b, draw);
        draw_areas(d, &b, draw);
        draw_households(d, &b, draw);
    }
    return GOV_OK;
}

gov_status gov_need_study_draw(gov_need_study *s, const gov_need_options *scoring, gov_error *err)
{
    double thresholds[GOV_NEED_MOST_TIERS + GOV_NEED_MOST_CUTOFFS];
    drawing d = {.study = s, .thresholds = thresholds};
    int threads = scoring->threads < 1 ? 1 : scoring->threads;
    int64_t tiers = s->patterns.model->tier_count;
    for (int64_t t = 0; t < tiers; t++)
        thresholds[t] =
            (double)gov_rational_ceil_over(s->patterns.model->tiers[t].at, (int64_t)GOV_NEED_DRAW_UNIT);
    for (int64_t k = 0; k < s->cutoff_count; k++)
        thresholds[tiers + k] = (double)gov_rational_ceil_over(s->cutoffs[k], (int64_t)GOV_NEED_DRAW_UNIT);
    bench_of(&d, 0, &d.stretch);
    d.memory = gov_alloc(threads, (size_t)d.stretch);
    s->columns = gov_need_column_order(s, s->cutoff_count, 0);
    s->values = gov_alloc(s->columns * s->options.draws, sizeof(*s->values));
    if (d.memory == NULL || s->values == NULL) {
        gov_free(d.memory);
        return gov_fail_memory(err);
    }
    gov_status status = gov_parallel(threads, s->options.draws, 1, draw_one, &d, scoring->run, err);
    gov_free(d.memory);
    return status;
}
