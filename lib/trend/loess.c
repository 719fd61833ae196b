/* Local regression as in the Fortran of Cleveland et al. (1990), routines ess and est.
 *
 * At each point a line (or a constant) is fitted by tricube weights over the `width` nearest points. On equally
 * spaced points the smoothed value is a fixed weighted sum of the window, and away from the ends these weights are
 * the same at every point: smoothing is a symmetric filter, and vectorises. At the ends the weights are kept in
 * rows. With robustness weights the sums change at every point: then, and where the rows would take more than
 * ROWS_LIMIT weights, each point is fitted anew (the reference path; both agree to rounding, tests/trend/stl.c). */
#include "trend/loess.h"

#include <math.h>

#define ROWS_LIMIT (1 << 20)

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* The first point of the window of point i: centred where it can be, else at the end. */
static int64_t window_start(const gov_loess *p, int64_t i)
{
    int64_t left = i - (p->width - 1) / 2;
    left = least(left, p->n - p->width);
    return left < 0 ? 0 : left;
}

/* The weights with which points left..left+span-1 enter the fit at x. 0: all are zero. */
static int weights_at(const gov_loess *p, double x, int64_t left, const double *robust, double *w)
{
    int64_t span = p->span;
    double h = fmax(x - (double)left, (double)(left + span - 1) - x);
    if (p->width > p->n)
        h += (double)((p->width - p->n) / 2);
    double sum = 0;
    for (int64_t k = 0; k < span; k++) {
        double r = fabs((double)(left + k) - x);
        double ratio = r / h;
        double cube = 1 - ratio * ratio * ratio;
        w[k] = r > 0.999 * h ? 0 : r <= 0.001 * h ? 1 : cube * cube * cube;
        if (robust != NULL)
            w[k] *= robust[left + k];
        sum += w[k];
    }
    if (!(sum > 0))
        return 0;
    double mean = 0;
    for (int64_t k = 0; k < span; k++) {
        w[k] /= sum;
        mean += w[k] * (double)(left + k);
    }
    if (!(h > 0) || p->degree == 0)
        return 1;
    double spread = 0;
    for (int64_t k = 0; k < span; k++)
        spread += w[k] * ((double)(left + k) - mean) * ((double)(left + k) - mean);
    if (sqrt(spread) <= 0.001 * (double)(p->n - 1)) /* the points are too close for a slope */
        return 1;
    double slope = (x - mean) / spread;
    for (int64_t k = 0; k < span; k++)
        w[k] *= slope * ((double)(left + k) - mean) + 1;
    return 1;
}

static double dot(const double *w, const double *y, int64_t n)
{
    double sum = 0;
    for (int64_t k = 0; k < n; k++)
        sum += w[k] * y[k];
    return sum;
}

/* Points whose window is centred are first..last-1. */
static void middle_range(const gov_loess *p, int64_t *first, int64_t *last)
{
    int64_t half = (p->width - 1) / 2;
    *first = p->width >= p->n ? p->n : half;
    *last = p->width >= p->n ? p->n : p->n - half;
}

static int64_t row_count(const gov_loess *p)
{
    int64_t first;
    int64_t last;
    middle_range(p, &first, &last);
    return first + (p->n - last) + (p->beyond ? 2 : 0);
}

static int64_t row_of(const gov_loess *p, int64_t i)
{
    int64_t first;
    int64_t last;
    middle_range(p, &first, &last);
    if (i < 0 || i >= p->n)
        return row_count(p) - (i < 0 ? 2 : 1);
    return i < first ? i : first + (i - last);
}

static int64_t start_of(const gov_loess *p, int64_t i)
{
    return i < 0 ? 0 : i >= p->n ? p->n - p->span : window_start(p, i);
}

void gov_loess_free(gov_loess *plan)
{
    gov_free(plan->rows);
    gov_free(plan->middle);
    plan->rows = plan->middle = NULL;
}

gov_status gov_loess_new(int64_t n, int64_t width, int degree, int64_t jump, int beyond, int scalar,
                         gov_loess *out, gov_error *err)
{
    gov_loess p = {
        .n = n, .width = width, .jump = jump, .degree = degree, .beyond = beyond, .scalar = scalar};
    p.span = least(n, width);
    int64_t rows = row_count(&p);
    p.scalar = scalar || rows > ROWS_LIMIT / p.span;
    if (!p.scalar) {
        p.rows = gov_alloc(rows * p.span, sizeof(double));
        p.middle = gov_alloc(p.span, sizeof(double));
        if (p.rows == NULL || p.middle == NULL) {
            gov_loess_free(&p);
            return gov_fail_memory(err);
        }
        int64_t first;
        int64_t last;
        middle_range(&p, &first, &last);
        for (int64_t i = beyond ? -1 : 0; i < n + (beyond ? 1 : 0); i++)
            if (i < first || i >= last)
                weights_at(&p, (double)i, start_of(&p, i), NULL, p.rows + row_of(&p, i) * p.span);
        if (first < last)
            weights_at(&p, (double)first, start_of(&p, first), NULL, p.middle);
    }
    *out = p;
    return GOV_OK;
}

/* The fit at point x with the window that starts at left; `otherwise` where all weights are 0. */
static double fit_at(const gov_loess *p, const double *y, const double *robust, int64_t x, int64_t left,
                     double otherwise, double *w)
{
    if (!weights_at(p, (double)x, left, robust, w))
        return otherwise;
    return dot(w, y + left, p->span);
}

static double point(const gov_loess *p, const double *y, const double *robust, int64_t i, double otherwise,
                    double *w)
{
    int64_t left = start_of(p, i);
    if (p->scalar || robust != NULL)
        return fit_at(p, y, robust, i, left, otherwise, w);
    int64_t first;
    int64_t last;
    middle_range(p, &first, &last);
    return dot(i >= first && i < last ? p->middle : p->rows + row_of(p, i) * p->span, y + left, p->span);
}

/* All centred points at once: pairs of equal weight, one weight at a time over a block that stays in the cache. */
static void filter(const gov_loess *p, const double *y, int64_t first, int64_t last, double *restrict out)
{
    enum { BLOCK = 512 };
    int64_t half = (p->width - 1) / 2;
    for (int64_t from = first; from < last; from += BLOCK) {
        int64_t to = least(last, from + BLOCK);
        double centre = p->middle[half];
        for (int64_t i = from; i < to; i++)
            out[i] = centre * y[i];
        for (int64_t k = 1; k <= half; k++) {
            double weight = p->middle[half - k];
            const double *before = y - k;
            const double *after = y + k;
            for (int64_t i = from; i < to; i++)
                out[i] += weight * (before[i] + after[i]);
        }
    }
}

static void line(double *out, int64_t from, int64_t to)
{
    double slope = (out[to] - out[from]) / (double)(to - from);
    for (int64_t j = from + 1; j < to; j++)
        out[j] = out[from] + slope * (double)(j - from);
}

/* Fits every jump-th point and draws lines between. The last point is fitted, as in the Fortran, with the window of
 * the last point of the grid. */
static void smooth_by_jumps(const gov_loess *p, const double *y, const double *robust, double *out, double *w)
{
    int64_t jump = least(p->jump, p->n - 1);
    int64_t end = (p->n - 1) / jump * jump;
    for (int64_t i = 0; i <= end; i += jump)
        out[i] = point(p, y, robust, i, y[i], w);
    for (int64_t i = 0; i < end; i += jump)
        line(out, i, i + jump);
    if (end == p->n - 1)
        return;
    out[p->n - 1] = fit_at(p, y, robust, p->n - 1, window_start(p, end), y[p->n - 1], w);
    line(out, end, p->n - 1);
}

void gov_loess_smooth(const gov_loess *p, const double *y, const double *robust, double *out, double *scratch)
{
    int64_t first = p->n;
    int64_t last = p->n;
    if (p->n < 2) {
        out[0] = y[0];
    } else if (p->jump > 1) {
        smooth_by_jumps(p, y, robust, out, scratch);
    } else {
        if (!p->scalar && robust == NULL)
            middle_range(p, &first, &last);
        filter(p, y, first, last, out);
        for (int64_t i = 0; i < p->n; i++)
            if (i < first || i >= last)
                out[i] = point(p, y, robust, i, y[i], scratch);
    }
    if (p->beyond) {
        out[-1] = point(p, y, robust, -1, out[0], scratch);
        out[p->n] = point(p, y, robust, p->n, out[p->n - 1], scratch);
    }
}
