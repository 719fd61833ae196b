/* loess.h - local regression over equally spaced points, as STL needs it.
 *
 * A plan holds what depends only on the lengths: the smoothing weights at the two ends, and in the middle one row
 * of weights for all points. It serves any number of series of its length and is not changed by them. */
#ifndef GOVCORE_TREND_LOESS_H
#define GOVCORE_TREND_LOESS_H

#include "base/alloc.h"

typedef struct gov_loess {
    int64_t n;
    int64_t width; /* odd; may be larger than n */
    int64_t jump;
    int degree;   /* 0 or 1 */
    int beyond;   /* whether the points just before the first and just after the last are wanted */
    int scalar;   /* no stored weights: the reference path */
    int64_t span; /* min(width, n) */
    double *rows; /* of the points that are not in the middle, then of the two beyond; span weights each */
    double *middle;
} gov_loess;

gov_status gov_loess_new(int64_t n, int64_t width, int degree, int64_t jump, int beyond, int scalar,
                         gov_loess *out, gov_error *err);
void gov_loess_free(gov_loess *plan);

/* Smooths y into out[0..n-1]; with `beyond` out[-1] and out[n] too. robust: n weights or NULL. scratch: n values.
 * Where all weights of a window are 0 the result is y itself. */
void gov_loess_smooth(const gov_loess *plan, const double *y, const double *robust, double *out,
                      double *scratch);

#endif
