/* slopes.c - ranks of slopes: selected among all of them, or, for counts, by counting inversions.
 *
 * How many slopes lie below t? As many as pairs that fall in y - t x, which a merge sort counts in O(n log n). For a
 * slope t = dy / dx of whole numbers dx y - dy x is whole too, so that the count is exact in doubles, ties and all:
 * bisecting a sorted sample of slopes by such counts leaves a bracket with few slopes in it (Cole et al. 1989,
 * doi:10.1137/0218055; the sampling is Matousek's, 1991). The few are listed: they are the pairs that stand in one
 * order at the bracket's low end and in the other at its high end. A thousand days take a quarter of a millisecond,
 * twenty times less than selecting among half a million quotients.
 *
 * For decimals y - t x would be rounded, and disagree with the rounded quotients where they tie: all slopes are then
 * written down. They are true quotients, so that each is the number that numpy prints. */
#include "trend/slopes.h"
#include "base/alloc.h"
#include "stat/rank.h"
#include "stat/select.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_SAMPLE = 512, FEW = 4096, LIST_PER_VALUE = 4, SAMPLE_PER_LIST = 4 };
static const int64_t MOST_PAIRS = 800000000;

static gov_status select_all(const gov_slope_data *d, const int64_t *ranks, int count, double *out,
                             gov_error *err)
{
    if (d->pairs > MOST_PAIRS)
        return gov_fail(err, GOV_E_LIMIT, "Sen's slope of decimals is computed for up to 40000 values");
    double *all = gov_alloc(d->pairs, sizeof(double));
    if (all == NULL)
        return gov_fail_memory(err);
    double *end = all;
    for (int64_t s = 0; s < d->seasons; s++)
        for (int64_t i = d->first[s]; i < d->first[s + 1]; i++)
            for (int64_t j = i + 1; j < d->first[s + 1]; j++)
                *end++ = (d->y[j] - d->y[i]) / (d->at[j] - d->at[i]);
    for (int k = 0; k < count; k++)
        out[k] = gov_select(all, 0, d->pairs, ranks[k]);
    gov_free(all);
    return GOV_OK;
}

/* --- Counting --------------------------------------------------------------------------------------------------- */

/* dy / dx with dx > 0; dx 0: minus or plus infinity by the sign of dy. */
typedef struct ratio {
    double dy;
    double dx;
} ratio;

typedef struct item {
    double low; /* place at the bracket's low end, and at its high end */
    double high;
    int64_t index;
} item;

typedef struct search {
    const gov_slope_data *d;
    int64_t values;
    ratio *sample; /* ascending */
    int64_t taken; /* its size */
    double *work;  /* 2 x values */
    item *items;   /* 2 x values */
    double *list;  /* the slopes strictly inside the bracket */
    int64_t listed;
    int64_t room;
    int64_t base; /* slopes below the list */
} search;

/* Whole numbers small enough that dx y - dy x is exact. */
static int is_whole(const gov_slope_data *d)
{
    int64_t n = d->first[d->seasons];
    double least = d->y[0];
    double most = d->y[0];
    double longest = 0;
    for (int64_t i = 0; i < n; i++) {
        if (d->y[i] != floor(d->y[i]))
            return 0;
        least = fmin(least, d->y[i]);
        most = fmax(most, d->y[i]);
        longest = fmax(longest, d->at[i]);
    }
    return fmax(fabs(least), fabs(most)) * (longest + 1) < 1e15;
}

static double place(const gov_slope_data *d, int64_t i, ratio t)
{
    return t.dx > 0 ? t.dx * d->y[i] - t.dy * d->at[i] : t.dy < 0 ? d->at[i] : -d->at[i];
}

/* The slopes below t, and those equal to it. */
static void count(const search *s, ratio t, int64_t *below, int64_t *equal)
{
    const gov_slope_data *d = s->d;
    *below = 0;
    *equal = 0;
    for (int64_t k = 0; k < d->seasons; k++) {
        int64_t from = d->first[k];
        int64_t n = d->first[k + 1] - from;
        for (int64_t i = 0; i < n; i++)
            s->work[i] = place(d, from + i, t);
        int64_t rising_less_falling = gov_kendall_s(s->work, n, s->work + s->values);
        int64_t ties = gov_tied_pairs(s->work, n);
        *equal += ties;
        *below += (n * (n - 1) / 2 - ties - rising_less_falling) / 2;
    }
}

/* --- Sample ------------------------------------------------------------------------------------------------------ */

static int compare_ratios(const void *a, const void *b)
{
    const ratio *x = a;
    const ratio *y = b;
    double left = x->dy * y->dx;
    double right = y->dy * x->dx;
    return (left > right) - (left < right);
}

/* So many that its neighbours lie a few to a list apart: a larger one would take longer to sort than it saves. */
static int64_t sample_size(const search *s)
{
    int64_t size = SAMPLE_PER_LIST * s->d->pairs / (LIST_PER_VALUE * s->values);
    return size < MOST_SAMPLE ? size : MOST_SAMPLE;
}

/* Pairs at random, each season by its share of the pairs: Lehmer's generator with a fixed start. The result does not
 * hang on the sample, only the time does. */
static void take_sample(search *s)
{
    const gov_slope_data *d = s->d;
    uint64_t state = 20211121;
    int64_t taken = 0;
    int64_t pairs = 0;
    for (int64_t k = 0; k < d->seasons; k++) {
        int64_t n = d->first[k + 1] - d->first[k];
        pairs += n * (n - 1) / 2;
        int64_t until = (int64_t)((double)pairs / (double)d->pairs * (double)s->taken);
        while (n > 1 && taken < until) {
            state = state * 48271 % 2147483647;
            int64_t i = (int64_t)(state % (uint64_t)(n - 1));
            state = state * 48271 % 2147483647;
            int64_t j = i + 1 + (int64_t)(state % (uint64_t)(n - 1 - i));
            i += d->first[k];
            j += d->first[k];
            s->sample[taken++] = (ratio){d->y[j] - d->y[i], d->at[j] - d->at[i]};
        }
    }
    while (taken < s->taken)
        s->sample[taken++] = (ratio){0, 1};
    qsort(s->sample, (size_t)s->taken, sizeof(ratio), compare_ratios);
}

/* --- Listing ----------------------------------------------------------------------------------------------------- */

/* By the place at the low end; equal there, the later first, so that a slope on the low end itself is not listed. */
static int compare_items(const void *a, const void *b)
{
    const item *x = a;
    const item *y = b;
    if (x->low != y->low)
        return x->low < y->low ? -1 : 1;
    return x->index > y->index ? -1 : 1;
}

static void add_pair(search *s, int64_t i, int64_t j)
{
    const gov_slope_data *d = s->d;
    if (s->listed < s->room)
        s->list[s->listed++] = (d->y[j] - d->y[i]) / (d->at[j] - d->at[i]);
}

/* Merges two runs by the place at the high end and lists every pair that changes its order. */
static void merge_listing(search *s, const item *left, int64_t nl, const item *right, int64_t nr, item *out)
{
    int64_t i = 0;
    int64_t j = 0;
    while (i < nl || j < nr) {
        if (j == nr || (i < nl && left[i].high <= right[j].high)) {
            *out++ = left[i++];
            continue;
        }
        for (int64_t k = i; k < nl; k++)
            add_pair(s, left[k].index, right[j].index);
        *out++ = right[j++];
    }
}

static void list_season(search *s, int64_t season, ratio low, ratio high)
{
    int64_t first = s->d->first[season];
    int64_t n = s->d->first[season + 1] - first;
    item *from = s->items;
    item *to = s->items + s->values;
    for (int64_t i = 0; i < n; i++)
        from[i] = (item){place(s->d, first + i, low), place(s->d, first + i, high), first + i};
    qsort(from, (size_t)n, sizeof(item), compare_items);
    for (int64_t width = 1; width < n; width *= 2) {
        for (int64_t at = 0; at < n; at += 2 * width) {
            int64_t nl = n - at < width ? n - at : width;
            int64_t nr = n - at - nl < width ? n - at - nl : width;
            merge_listing(s, from + at, nl, from + at + nl, nr, to + at);
        }
        item *swap = from;
        from = to;
        to = swap;
    }
}

static gov_status list_inside(search *s, ratio low, ratio high, int64_t base, int64_t inside, gov_error *err)
{
    gov_free(s->list);
    s->listed = 0;
    s->room = inside;
    s->base = base;
    s->list = gov_alloc(inside, sizeof(double));
    if (s->list == NULL)
        return gov_fail_memory(err);
    for (int64_t k = 0; k < s->d->seasons; k++)
        list_season(s, k, low, high);
    return s->listed == inside ? GOV_OK : GOV_FAIL_INTERNAL(err);
}

/* --- Search ------------------------------------------------------------------------------------------------------ */

static gov_status select_rank(search *s, int64_t rank, double *out, gov_error *err)
{
    int64_t low = -1; /* in the sample: the bracket's ends, which lie outside it */
    int64_t high = s->taken;
    int64_t base = 0;          /* slopes up to the low end */
    int64_t end = s->d->pairs; /* slopes below the high end */
    while (high - low > 1 && end - base > LIST_PER_VALUE * s->values) {
        int64_t middle = low + (high - low) / 2;
        int64_t below;
        int64_t equal;
        count(s, s->sample[middle], &below, &equal);
        if (rank >= below && rank < below + equal) {
            *out = s->sample[middle].dy / s->sample[middle].dx;
            return GOV_OK;
        }
        if (rank < below) {
            high = middle;
            end = below;
        } else {
            low = middle;
            base = below + equal;
        }
    }
    ratio from = low < 0 ? (ratio){-1, 0} : s->sample[low];
    ratio to = high == s->taken ? (ratio){1, 0} : s->sample[high];
    GOV_TRY(list_inside(s, from, to, base, end - base, err));
    *out = gov_select(s->list, 0, s->listed, rank - base);
    return GOV_OK;
}

/* Neighbouring ranks are mostly in the list of the one before. */
static gov_status select_ranks(search *s, const int64_t *ranks, int count_ranks, double *out, gov_error *err)
{
    for (int k = 0; k < count_ranks; k++) {
        if (k > 0 && ranks[k] == ranks[k - 1])
            out[k] = out[k - 1];
        else if (ranks[k] >= s->base && ranks[k] < s->base + s->listed)
            out[k] = gov_select(s->list, 0, s->listed, ranks[k] - s->base);
        else
            GOV_TRY(select_rank(s, ranks[k], &out[k], err));
    }
    return GOV_OK;
}

gov_status gov_slopes_select(const gov_slope_data *data, const int64_t *ranks, int count_ranks, double *out,
                             gov_error *err)
{
    if (data->pairs <= FEW || !is_whole(data))
        return select_all(data, ranks, count_ranks, out, err);
    search s = {.d = data, .values = data->first[data->seasons]};
    s.taken = sample_size(&s);
    s.sample = gov_alloc(s.taken, sizeof(ratio));
    s.work = gov_alloc(2 * s.values, sizeof(double));
    s.items = gov_alloc(2 * s.values, sizeof(item));
    gov_status status = GOV_OK;
    if (s.sample == NULL || s.work == NULL || s.items == NULL)
        status = gov_fail_memory(err);
    if (status == GOV_OK) {
        take_sample(&s);
        status = select_ranks(&s, ranks, count_ranks, out, err);
    }
    gov_free(s.sample);
    gov_free(s.work);
    gov_free(s.items);
    gov_free(s.list);
    return status;
}
