/* rank.c - merge sorts that count.
 *
 * S is (pairs) - (tied pairs) - 2 (falling pairs). A merge of two sorted halves meets every falling pair between
 * them once (Knight 1966, doi:10.1080/01621459.1966.10480879): when an item of the right half goes before r
 * items of the left half, r pairs fall. Short runs are sorted by insertion, whose moves are falling pairs too. A
 * Fenwick tree has the same order of growth but needs ranks first. */
#include "stat/rank.h"
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum { RUN = 12 };

/* Sorts [0, n) by insertion and returns the number of falling pairs. */
static int64_t insertion_count(double *y, int64_t n)
{
    int64_t falls = 0;
    for (int64_t i = 1; i < n; i++) {
        double v = y[i];
        int64_t j = i;
        for (; j > 0 && y[j - 1] > v; j--)
            y[j] = y[j - 1];
        y[j] = v;
        falls += i - j;
    }
    return falls;
}

static int64_t merge_count(const double *left, int64_t nl, const double *right, int64_t nr, double *out)
{
    int64_t i = 0;
    int64_t j = 0;
    int64_t falls = 0;
    while (i < nl && j < nr) {
        if (right[j] < left[i]) {
            falls += nl - i;
            *out++ = right[j++];
        } else {
            *out++ = left[i++];
        }
    }
    memcpy(out, left + i, (size_t)(nl - i) * sizeof(double));
    memcpy(out + (nl - i), right + j, (size_t)(nr - j) * sizeof(double));
    return falls;
}

/* Merge sort from short runs upwards; returns the falling pairs. */
static int64_t sort_count(double *y, int64_t n, double *scratch)
{
    int64_t falls = 0;
    for (int64_t first = 0; first < n; first += RUN)
        falls += insertion_count(y + first, n - first < RUN ? n - first : RUN);
    double *from = y;
    double *to = scratch;
    for (int64_t width = RUN; width < n; width *= 2) {
        for (int64_t first = 0; first < n; first += 2 * width) {
            int64_t nl = n - first < width ? n - first : width;
            int64_t nr = n - first - nl < width ? n - first - nl : width;
            falls += merge_count(from + first, nl, from + first + nl, nr, to + first);
        }
        double *swap = from;
        from = to;
        to = swap;
    }
    if (from != y)
        memcpy(y, from, (size_t)n * sizeof(double));
    return falls;
}

void gov_sort_doubles(double *values, int64_t n, double *scratch)
{
    sort_count(values, n, scratch);
}

int64_t gov_tied_pairs(const double *sorted, int64_t n)
{
    int64_t pairs = 0;
    for (int64_t first = 0, i = 1; i <= n; i++) {
        if (i < n && sorted[i] == sorted[first])
            continue;
        pairs += (i - first) * (i - first - 1) / 2;
        first = i;
    }
    return pairs;
}

int64_t gov_kendall_s(double *y, int64_t n, double *scratch)
{
    int64_t falls = sort_count(y, n, scratch);
    return n * (n - 1) / 2 - gov_tied_pairs(y, n) - 2 * falls;
}

double gov_tie_term(const double *sorted, int64_t n)
{
    double term = 0;
    for (int64_t first = 0, i = 1; i <= n; i++) {
        if (i < n && sorted[i] == sorted[first])
            continue;
        double t = (double)(i - first);
        term += t * (t - 1) * (2 * t + 5);
        first = i;
    }
    return term;
}

/* --- Orders of pairs ----------------------------------------------------------------------------------------- */

typedef struct pair {
    double x;
    double y;
    int64_t place;
} pair;

static int pair_before(const pair *a, const pair *b)
{
    if (a->x != b->x)
        return a->x < b->x;
    if (a->y != b->y)
        return a->y < b->y;
    return a->place < b->place;
}

static int compare_pairs(const void *a, const void *b)
{
    return pair_before(b, a) - pair_before(a, b);
}

gov_status gov_rank_mid(const double *y, int64_t n, double *ranks, gov_error *err)
{
    pair *order = gov_alloc(n, sizeof(pair));
    if (order == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < n; i++)
        order[i] = (pair){y[i], 0, i};
    qsort(order, (size_t)n, sizeof(pair), compare_pairs);
    for (int64_t first = 0, i = 1; i <= n; i++) {
        if (i < n && order[i].x == order[first].x)
            continue;
        for (int64_t j = first; j < i; j++)
            ranks[order[j].place] = 0.5 * (double)(first + 1 + i);
        first = i;
    }
    gov_free(order);
    return GOV_OK;
}

/* Pairs tied in x, and pairs tied in both, of an array ordered by x and then y. */
static void count_ties(const pair *order, int64_t n, int64_t *in_x, int64_t *in_both)
{
    *in_x = 0;
    *in_both = 0;
    int64_t x_first = 0;
    int64_t both_first = 0;
    for (int64_t i = 1; i <= n; i++) {
        int new_x = i == n || order[i].x != order[x_first].x;
        if (new_x || order[i].y != order[both_first].y) {
            *in_both += (i - both_first) * (i - both_first - 1) / 2;
            both_first = i;
        }
        if (new_x) {
            *in_x += (i - x_first) * (i - x_first - 1) / 2;
            x_first = i;
        }
    }
}

gov_status gov_kendall_pairs(const double *x, const double *y, int64_t n, int64_t *sum, gov_error *err)
{
    pair *order = gov_alloc(n, sizeof(pair));
    double *sorted = gov_alloc(2 * n, sizeof(double));
    if (order == NULL || sorted == NULL) {
        gov_free(order);
        gov_free(sorted);
        return gov_fail_memory(err);
    }
    for (int64_t i = 0; i < n; i++)
        order[i] = (pair){x[i], y[i], i};
    qsort(order, (size_t)n, sizeof(pair), compare_pairs);
    int64_t in_x;
    int64_t in_both;
    count_ties(order, n, &in_x, &in_both);
    for (int64_t i = 0; i < n; i++)
        sorted[i] = order[i].y;
    int64_t falls = sort_count(sorted, n, sorted + n);
    *sum = n * (n - 1) / 2 - in_x - gov_tied_pairs(sorted, n) + in_both - 2 * falls;
    gov_free(order);
    gov_free(sorted);
    return GOV_OK;
}
