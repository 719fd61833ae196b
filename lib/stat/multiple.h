/* multiple.h - adjusted p-values for many tests at once. */
#ifndef GOVCORE_STAT_MULTIPLE_H
#define GOVCORE_STAT_MULTIPLE_H

#include "base/error.h"

#include <stdint.h>

/* Writes to q[i] the smallest false discovery rate at which test i is a discovery among the n tests.
 * dependent: 0 for independent or positively dependent tests (Benjamini & Hochberg 1995), 1 for any dependence
 * (Benjamini & Yekutieli 2001). p in [0, 1]; q may be p. O(n log n). Errors: GOV_E_MEMORY. */
gov_status gov_false_discovery(const double *p, int64_t n, int dependent, double *q, gov_error *err);

#endif
