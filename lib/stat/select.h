/* select.h - order statistics without sorting everything. */
#ifndef GOVCORE_STAT_SELECT_H
#define GOVCORE_STAT_SELECT_H

#include <stdint.h>

/* The k-th smallest (from 0) of values[first, last); rearranges them so that what stands before place k is not
 * larger and what stands after it is not smaller. The values must not be NaN. Expected O(n). */
double gov_select(double *values, int64_t first, int64_t last, int64_t k);

/* The median of n >= 1 values (mean of the two middle ones if n is even); rearranges them. */
double gov_median(double *values, int64_t n);

#endif
