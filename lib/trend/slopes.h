/* slopes.h - order statistics of all pairwise slopes of a series. */
#ifndef GOVCORE_TREND_SLOPES_H
#define GOVCORE_TREND_SLOPES_H

#include "base/error.h"

/* The present values of a series by seasons: season s has the items [first[s], first[s + 1]) of y and at (its cycles,
 * whole and ascending). Slopes are taken within seasons. */
typedef struct gov_slope_data {
    const double *y;
    const double *at;
    const int64_t *first;
    int64_t seasons;
    int64_t pairs; /* slopes in all */
} gov_slope_data;

/* The slopes of the given ranks (from 0, ascending), as sorting all of them would give. Whole numbers: O(n log n) time
 * and room; others: O(pairs), and GOV_E_LIMIT above 8e8 of them. */
gov_status gov_slopes_select(const gov_slope_data *data, const int64_t *ranks, int count, double *out,
                             gov_error *err);

#endif
