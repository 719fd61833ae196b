/* stl.h - the checked form of the STL options, for stl.c and mstl.c, and the switch to the reference path. */
#ifndef GOVCORE_TREND_STL_H
#define GOVCORE_TREND_STL_H

#include "govcore/trend/seasonal.h"
#include "trend/loess.h"

typedef struct gov_stl_plan {
    int64_t n;
    int64_t period;
    int64_t inner;
    int64_t outer;
    int periodic;
    gov_loess cycle[2]; /* sub-series of n/period + 1 and of n/period points */
    gov_loess low_pass;
    gov_loess trend;
} gov_stl_plan;

/* scalar: not 0 for the reference path. */
gov_status gov_stl_plan_new(int64_t n, const gov_stl_options *options, int scalar, gov_stl_plan *out,
                            gov_error *err);
void gov_stl_plan_free(gov_stl_plan *plan);
/* Scratch values that gov_stl_run needs. */
int64_t gov_stl_scratch(const gov_stl_plan *plan);
/* trend, seasonal, weights: n values each. y has been checked; present: 1 or 0 a period, or NULL if none is missing. */
void gov_stl_run(const gov_stl_plan *plan, const double *y, const double *present, double *trend,
                 double *seasonal, double *weights, double *scratch);
/* Copies y to `values` with some finite number in each gap, and fills `present` (n values each). *gaps: whether there
 * are any. GOV_E_MISSING at the first gap that `policy` or the plan's windows do not allow. */
gov_status gov_stl_read(const gov_stl_plan *plan, const double *y, const uint8_t *valid, gov_stl_gaps policy,
                        double *values, double *present, int *gaps, gov_error *err);

#endif
