/* select.c - quickselect with three-way partition around a pivot of Floyd and Rivest's kind.
 *
 * Slopes of counts are full of ties, so the partition gathers what equals the pivot and stops when k falls
 * there. The pivot is the median of three for short stretches and, for long ones, the item at the right rank
 * of a sample of about n^(2/3) (Floyd & Rivest 1975, doi:10.1145/360680.360691), which leaves a short stretch
 * after one or two passes. The sample stands at fixed places, so results and running time repeat. */
#include "stat/select.h"

#include <math.h>

enum { SHORT = 600, TINY = 12 };

static void swap(double *a, double *b)
{
    double t = *a;
    *a = *b;
    *b = t;
}

static double median_of_three(double a, double b, double c)
{
    if (a > b)
        swap(&a, &b);
    if (b > c)
        b = c;
    return a > b ? a : b;
}

static void insertion_sort(double *values, int64_t first, int64_t last)
{
    for (int64_t i = first + 1; i < last; i++) {
        double v = values[i];
        int64_t j = i;
        for (; j > first && values[j - 1] > v; j--)
            values[j] = values[j - 1];
        values[j] = v;
    }
}

/* Brings an evenly spaced sample to the front and takes its item of the rank that k has in the stretch. */
static double sampled_pivot(double *values, int64_t first, int64_t last, int64_t k)
{
    int64_t n = last - first;
    int64_t size = (int64_t)cbrt((double)n * (double)n);
    int64_t step = n / size;
    for (int64_t i = 0; i < size; i++)
        swap(&values[first + i], &values[first + i * step]);
    int64_t rank = (int64_t)((double)(k - first) / (double)n * (double)size);
    return gov_select(values, first, first + size, first + (rank < size ? rank : size - 1));
}

double gov_select(double *values, int64_t first, int64_t last, int64_t k)
{
    while (last - first > TINY) {
        double pivot =
            last - first > SHORT
                ? sampled_pivot(values, first, last, k)
                : median_of_three(values[first], values[first + (last - first) / 2], values[last - 1]);
        int64_t low = first; /* [first, low) is below the pivot, [low, i) equal, [high, last) above */
        int64_t high = last;
        for (int64_t i = first; i < high;) {
            if (values[i] < pivot)
                swap(&values[i++], &values[low++]);
            else if (values[i] > pivot)
                swap(&values[i], &values[--high]);
            else
                i++;
        }
        if (k < low)
            last = low;
        else if (k >= high)
            first = high;
        else
            return pivot;
    }
    insertion_sort(values, first, last);
    return values[k];
}

double gov_median(double *values, int64_t n)
{
    double high = gov_select(values, 0, n, n / 2);
    if (n % 2 == 1)
        return high;
    double low = values[0];
    for (int64_t i = 1; i < n / 2; i++)
        low = values[i] > low ? values[i] : low;
    return (low + high) / 2;
}
