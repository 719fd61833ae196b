/* moments.c - a cell adds to the indicators that it has, at the cut-offs that it reaches: a few additions, where asking
 * every cell for every figure took some hundred. */
#include "need/moments.h"

#include "base/alloc.h"

#include <string.h>

gov_status gov_need_moments_open(const gov_need_count *c, gov_need_moments *out, gov_error *err)
{
    static const gov_rational more[GOV_NEED_MORE_CUTOFFS] = {{0, 1}, {1, 5}, {1, 3}, {1, 2}};
    gov_need_moments m = {.count = c, .cutoffs = c->cutoff_count + GOV_NEED_MORE_CUTOFFS};
    for (int64_t k = 0; k < m.cutoffs; k++)
        m.least[k] = gov_rational_ceil_over(k < c->cutoff_count ? c->cutoffs[k] : more[k - c->cutoff_count],
                                            c->denominator);
    m.sums = GOV_NEED_SUM_INDICATORS + c->indicator_count + c->dimension_count;
    m.strata = c->strata.count;
    m.list = gov_alloc(m.strata * m.cutoffs * m.sums, sizeof(*m.list));
    if (m.list == NULL)
        return gov_fail_memory(err);
    *out = m;
    return GOV_OK;
}

void gov_need_moments_close(gov_need_moments *m)
{
    gov_free(m->list);
    m->list = NULL;
}

const gov_need_moment *gov_need_moment_of(const gov_need_moments *m, int64_t stratum, int64_t cutoff,
                                          int64_t sum)
{
    return &m->list[(stratum * m->cutoffs + cutoff) * m->sums + sum];
}

/* The weights of what a cell has, by dimension. */
static void parts_of(const gov_need_count *c, uint32_t mask, int64_t parts[GOV_NEED_MOST_INDICATORS])
{
    memset(parts, 0, (size_t)c->dimension_count * sizeof(*parts));
    for (; mask != 0 && c->dimension_count > 0; mask &= mask - 1) {
        int j = __builtin_ctz(mask);
        parts[c->dimension_of[j]] += c->weights[j];
    }
}

static void add(gov_need_moment *m, gov_wide weight, double square, int64_t y, double score)
{
    m->y += weight * y;
    m->yy += square * (double)y * (double)y;
    m->by_score += square * (double)y * score;
}

static void add_cell(gov_need_moments *m, const gov_need_cell *cell)
{
    const gov_need_count *c = m->count;
    int64_t parts[GOV_NEED_MOST_INDICATORS];
    double square = (double)cell->square / GOV_NEED_WEIGHT_UNIT;
    double score = (double)cell->score;
    parts_of(c, cell->counted, parts);
    for (int64_t k = 0; k < m->cutoffs; k++) {
        gov_need_moment *at = &m->list[(cell->key.stratum * m->cutoffs + k) * m->sums];
        if (cell->score < m->least[k])
            continue;
        add(&at[GOV_NEED_SUM_ONE], cell->weight, square, 1, score);
        if (k > c->cutoff_count)
            continue; /* only how many */
        add(&at[GOV_NEED_SUM_SCORE], cell->weight, square, cell->score, score);
        at[GOV_NEED_SUM_SQUARE].y += cell->weight * cell->score * cell->score;
        at += GOV_NEED_SUM_INDICATORS;
        for (uint32_t mask = cell->counted; mask != 0; mask &= mask - 1)
            add(&at[__builtin_ctz(mask)], cell->weight, square, 1, score);
        for (int64_t i = 0; i < c->dimension_count; i++)
            add(&at[c->indicator_count + i], cell->weight, square, parts[i], score);
    }
}

void gov_need_moments_take(gov_need_moments *m, const gov_need_cell *cells, int64_t count)
{
    memset(m->list, 0, (size_t)(m->strata * m->cutoffs * m->sums) * sizeof(*m->list));
    for (int64_t i = 0; i < count; i++)
        add_cell(m, &cells[i]);
}
