/* rank.h - orders, ranks and Kendall's counts of pairs, in O(n log n). */
#ifndef GOVCORE_STAT_RANK_H
#define GOVCORE_STAT_RANK_H

#include "base/error.h"

/* Sorts ascending; the values must not be NaN. `scratch` holds n items. */
void gov_sort_doubles(double *values, int64_t n, double *scratch);

/* Kendall's S of a series against time: pairs i < j that rise minus pairs that fall. Sorts y on the way:
 * afterwards y is ascending. `scratch` holds n items. Exact for any n that fits in memory. */
int64_t gov_kendall_s(double *y, int64_t n, double *scratch);

/* Pairs of equal values in an ascending array. */
int64_t gov_tied_pairs(const double *sorted, int64_t n);

/* Sum of t(t-1)(2t+5) over the runs of equal values in an ascending array: what ties take off the variance of
 * S (times 18). */
double gov_tie_term(const double *sorted, int64_t n);

/* Ranks from 1, equal values sharing their mean rank. GOV_E_MEMORY. */
gov_status gov_rank_mid(const double *y, int64_t n, double *ranks, gov_error *err);

/* Sum over pairs i < j of sign((x[j] - x[i]) (y[j] - y[i])): Kendall's numerator, ties counting 0
 * (Knight 1966). GOV_E_MEMORY. */
gov_status gov_kendall_pairs(const double *x, const double *y, int64_t n, int64_t *sum, gov_error *err);

#endif
