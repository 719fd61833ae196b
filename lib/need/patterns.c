/* patterns.c - one pass over the rows into cells of (pattern, floor, area), then lists of patterns and shares. */
#include "need/patterns.h"

#include "need/rows_tally.h"
#include "stat/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- Rows to cells ---------------------------------------------------------------------------------------------- */

typedef struct filling {
    const gov_need_patterns *patterns;
    const char *weight;
} filling;

/* The floor travels in the key's stratum: floors may read inputs, so that the pattern alone does not tell it. */
static gov_status fill_cell(const void *context, const gov_need_scorer *s, int64_t row, int64_t i,
                            double weight, gov_need_cell *cell, gov_error *err)
{
    const filling *f = context;
    const gov_need_patterns *p = f->patterns;
    memset(cell, 0, sizeof(*cell));
    if ((s->rows.missing[i] & s->policies.refuse) != 0)
        return GOV_OK;
    if (!gov_need_weigh(weight, cell))
        return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(row, f->weight),
                           "a weight is a number from 0 to below 2^40");
    cell->key.group = p->groups.ids[row];
    cell->key.stratum = gov_need_floor_of(s, i, p->high);
    uint32_t taken = s->policies.deprived | (p->high ? s->policies.bounds : 0);
    cell->key.mask = s->rows.deprived[i] | (s->rows.missing[i] & taken);
    cell->key.missing = s->rows.missing[i] & s->policies.renormalise;
    return GOV_OK;
}

/* --- Scores ------------------------------------------------------------------------------------------------------- */

/* Splits a dimension of a pattern: what is deprived, what is left after renormalisation, and the whole of it. */
static void split(const gov_need_pattern *p, const gov_need_dimension *d, const double *weights, double *sum,
                  double *rest, double *whole)
{
    *sum = *rest = *whole = 0;
    for (int64_t j = d->first; j < d->first + d->count; j++) {
        *whole += weights[j];
        *rest += p->loose >> j & 1u ? 0 : weights[j];
        *sum += p->whole >> j & 1u ? weights[j] : 0;
    }
}

/* A dimension of which nothing is known counts as nothing, or wholly in the high score. */
static double loose_score(const gov_need_patterns *patterns, const gov_need_pattern *p, const double *weights)
{
    double score = 0;
    for (int64_t d = 0; d < patterns->model->dimension_count; d++) {
        double sum = 0;
        double rest = 0;
        double whole = 0;
        split(p, &patterns->model->dimensions[d], weights, &sum, &rest, &whole);
        if (rest > 0)
            score += sum / rest * whole; /* exactly `whole` where all that is known is deprived */
        else
            score += patterns->high ? whole : 0;
    }
    return score;
}

void gov_need_patterns_score(const gov_need_patterns *patterns, const double *weights, double *scores)
{
    double sums[4][256];
    for (int byte = 0; byte < 4; byte++) {
        sums[byte][0] = 0;
        for (int set = 1; set < 256; set++) {
            int64_t j = 8 * byte + __builtin_ctz((unsigned)set);
            double weight = j < patterns->model->indicator_count ? weights[j] : 0;
            sums[byte][set] = sums[byte][set & (set - 1)] + weight;
        }
    }
    for (int64_t i = 0; i < patterns->count; i++) {
        const gov_need_pattern *p = &patterns->list[i];
        uint32_t m = p->whole;
        scores[i] = p->loose != 0 ? loose_score(patterns, p, weights)
                                  : sums[0][m & 255] + sums[1][m >> 8 & 255] + sums[2][m >> 16 & 255] +
                                        sums[3][m >> 24];
    }
}

/* The stated score as an exact numerator: the denominator was chosen so that renormalising leaves no rest. */
static int64_t stated_score(const gov_need_patterns *patterns, const gov_need_pattern *p)
{
    int64_t score = 0;
    for (int64_t d = 0; d < patterns->model->dimension_count; d++) {
        const gov_need_dimension *x = &patterns->model->dimensions[d];
        int64_t whole = patterns->weights->dimensions[d];
        int64_t rest = whole;
        int64_t sum = 0;
        for (int64_t j = x->first; j < x->first + x->count; j++) {
            rest -= p->loose >> j & 1u ? patterns->weights->indicators[j] : 0;
            sum += p->whole >> j & 1u ? patterns->weights->indicators[j] : 0;
        }
        int64_t common = rest > 0 ? gov_gcd(whole, rest) : 1;
        score += rest > 0 ? sum / (rest / common) * (whole / common) : patterns->high ? whole : 0;
    }
    return score;
}

static int8_t stated_tier(const gov_need_patterns *patterns, const gov_need_pattern *p)
{
    int8_t tier = 0;
    for (int64_t t = 0; t < patterns->model->tier_count; t++)
        tier = (int8_t)(tier + (p->score >= gov_rational_ceil_over(patterns->model->tiers[t].at,
                                                                   patterns->weights->denominator)));
    return tier > p->floor ? tier : p->floor;
}

/* --- Cells to lists ------------------------------------------------------------------------------------------------- */

typedef struct placed {
    gov_need_pattern pattern;
    int32_t was;
} placed;

static int by_score(const void *a, const void *b)
{
    const placed *x = a;
    const placed *y = b;
    if (x->pattern.score != y->pattern.score)
        return x->pattern.score < y->pattern.score ? -1 : 1;
    return (x->was > y->was) - (x->was < y->was);
}

static int by_group(const void *a, const void *b)
{
    const gov_need_share *x = a;
    const gov_need_share *y = b;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    return (x->pattern > y->pattern) - (x->pattern < y->pattern);
}

static int same_pattern(const gov_need_key *x, const gov_need_key *y)
{
    return x->stratum == y->stratum && x->mask == y->mask && x->missing == y->missing;
}

/* Cells with one pattern stand side by side. */
static void read_cells(gov_need_patterns *p, const gov_need_tally *tally, placed *list)
{
    for (int64_t i = 0; i < tally->count; i++) {
        const gov_need_cell *cell = &tally->cells[i];
        if (i == 0 || !same_pattern(&cell->key, &cell[-1].key)) {
            placed *x = &list[p->count];
            x->pattern = (gov_need_pattern){
                .whole = cell->key.mask, .loose = cell->key.missing, .floor = (int8_t)cell->key.stratum};
            x->pattern.score = stated_score(p, &x->pattern);
            x->pattern.tier = stated_tier(p, &x->pattern);
            x->was = (int32_t)p->count++;
        }
        list[p->count - 1].pattern.households += cell->rows;
        p->households += cell->rows;
        p->shares[i] = (gov_need_share){.group = cell->key.group,
                                        .pattern = (int32_t)(p->count - 1),
                                        .weight = (double)cell->weight * GOV_NEED_WEIGHT_UNIT};
    }
    p->share_count = tally->count;
}

static gov_status sort_lists(gov_need_patterns *p, placed *list, gov_error *err)
{
    int32_t *place = gov_alloc(p->count, sizeof(*place));
    p->list = gov_alloc(p->count, sizeof(*p->list));
    if (place == NULL || p->list == NULL) {
        gov_free(place);
        return gov_fail_memory(err);
    }
    qsort(list, (size_t)p->count, sizeof(*list), by_score);
    for (int64_t i = 0; i < p->count; i++) {
        p->list[i] = list[i].pattern;
        place[list[i].was] = (int32_t)i;
    }
    for (int64_t i = 0; i < p->share_count; i++)
        p->shares[i].pattern = place[p->shares[i].pattern];
    qsort(p->shares, (size_t)p->share_count, sizeof(*p->shares), by_group);
    gov_free(place);
    return GOV_OK;
}

static gov_status make_lists(gov_need_patterns *p, gov_need_tally *tally, gov_error *err)
{
    if (tally->count == 0)
        return gov_fail(err, GOV_E_NO_DATA, "there is no household with a score");
    if (tally->count > INT32_MAX)
        return gov_fail(err, GOV_E_LIMIT, "too many patterns");
    gov_need_tally_sort(tally, GOV_NEED_BY_UNIT);
    p->shares = gov_alloc(tally->count, sizeof(*p->shares));
    placed *list = gov_alloc_zero(tally->count, sizeof(*list));
    gov_status status = p->shares == NULL || list == NULL ? gov_fail_memory(err) : GOV_OK;
    if (status == GOV_OK) {
        read_cells(p, tally, list);
        status = sort_lists(p, list, err);
    }
    gov_free(list);
    return status;
}

gov_status gov_need_patterns_of(const gov_need_env *env, const gov_table *households,
                                const gov_need_options *options, const char *by, const char *weight, int high,
                                gov_need_patterns *out, gov_error *err)
{
    gov_need_patterns p = {.model = env->model, .weights = env->weights, .high = high != 0};
    filling f = {.patterns = &p, .weight = weight};
    gov_need_tally tally = {0};
    if (env->weights->denominator > 1 << 24)
        return gov_fail(err, GOV_E_LIMIT, "a common denominator of the weights up to 2^24 is needed");
    GOV_TRY(gov_need_labels_of(households, by, &p.groups, err));
    gov_status status = gov_need_tally_rows(env, households, options, weight, fill_cell, &f, &tally, err);
    if (status == GOV_OK)
        status = make_lists(&p, &tally, err);
    gov_need_tally_clear(&tally);
    if (status == GOV_OK)
        *out = p;
    else
        gov_need_patterns_clear(&p);
    return status;
}

void gov_need_patterns_clear(gov_need_patterns *p)
{
    gov_free(p->list);
    gov_free(p->shares);
    gov_need_labels_clear(&p->groups);
    *p = (gov_need_patterns){0};
}

/* --- Draws ------------------------------------------------------------------------------------------------------------ */

/* Partial sums are rounded and not the weights, so that these sum to exactly 1. */
void gov_need_draw(const gov_need_patterns *p, uint64_t seed, uint64_t number, double concentration,
                   double *weights)
{
    gov_random random = gov_random_start(seed, number);
    double den = (double)p->weights->denominator;
    double sum = 0;
    double upto = 0;
    double taken = 0;
    for (int64_t j = 0; j < p->model->indicator_count; j++) {
        double stated = (double)p->weights->indicators[j] / den;
        weights[j] = stated > 0 ? gov_random_gamma(&random, concentration * stated) : 0;
        sum += weights[j];
    }
    for (int64_t j = 0; j < p->model->indicator_count; j++) {
        upto += sum > 0 ? weights[j] / sum : (double)p->weights->indicators[j] / den;
        int last = j + 1 == p->model->indicator_count;
        double rounded =
            last ? GOV_NEED_DRAW_UNIT : fmin(rint(upto * GOV_NEED_DRAW_UNIT), GOV_NEED_DRAW_UNIT);
        weights[j] = rounded - taken;
        taken = rounded;
    }
}

/* --- Orders ------------------------------------------------------------------------------------------------------------ */

static void tree_add(int64_t *tree, int32_t size, int32_t level, int64_t count)
{
    for (int32_t i = level + 1; i <= size; i += i & -i)
        tree[i] += count;
}

/* The count of all levels below. */
static int64_t tree_below(const int64_t *tree, int32_t level)
{
    int64_t sum = 0;
    for (int32_t i = level; i > 0; i -= i & -i)
        sum += tree[i];
    return sum;
}

static gov_wide pairs_of(int64_t n)
{
    return (gov_wide)n * (n - 1) / 2;
}

/* Items enter a Fenwick tree of the second order's levels as the first order goes up, equal ones together: each
 * asks how many before it lie below and above. O(n log levels). */
double gov_need_tau(const uint8_t *same, const int32_t *levels, const int64_t *counts, int64_t n,
                    int32_t level_count, int64_t *tree)
{
    gov_wide concordant = 0;
    gov_wide tied_first = 0;
    gov_wide tied_second = 0;
    int64_t entered = 0;
    memset(tree, 0, ((size_t)level_count + 1) * sizeof(*tree));
    for (int64_t first = 0, last = 0; first < n; first = last) {
        int64_t together = 0;
        for (last = first; last < n && (last == first || same[last]); last++) {
            int64_t count = counts == NULL ? 1 : counts[last];
            int64_t below = tree_below(tree, levels[last]);
            int64_t upto = tree_below(tree, levels[last] + 1);
            concordant += (gov_wide)count * (below - (entered - upto));
            together += count;
        }
        for (int64_t i = first; i < last; i++)
            tree_add(tree, level_count, levels[i], counts == NULL ? 1 : counts[i]);
        tied_first += pairs_of(together);
        entered += together;
    }
    for (int32_t level = 0; level < level_count; level++)
        tied_second += pairs_of(tree_below(tree, level + 1) - tree_below(tree, level));
    double a = (double)(pairs_of(entered) - tied_first);
    double b = (double)(pairs_of(entered) - tied_second);
    return a > 0 && b > 0 ? (double)concordant / sqrt(a * b) : NAN;
}
