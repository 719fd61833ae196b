/* series.h - what every estimator does first: look at its input. */
#ifndef GOVCORE_TREND_SERIES_H
#define GOVCORE_TREND_SERIES_H

#include "base/alloc.h"

/* The present values of a series, closed up, and the period of each. */
typedef struct gov_present {
    double *y;
    int64_t *at;
    int64_t count;
} gov_present;

/* GOV_E_ARGUMENT if y is NULL or n negative; GOV_E_RANGE with the row of the first present value that is not a
 * finite number. */
gov_status gov_series_check(const double *y, const uint8_t *valid, int64_t n, gov_error *err);
/* Checks and closes up; on failure nothing is left to free. */
gov_status gov_present_new(const double *y, const uint8_t *valid, int64_t n, gov_present *out,
                           gov_error *err);
void gov_present_free(gov_present *present);

int gov_all_equal(const double *y, int64_t n);
double gov_mean(const double *y, int64_t n);

/* `given` if it is not 0, else `usual`; GOV_E_ARGUMENT with the option's name if it is not inside (0, 1). */
gov_status gov_option_share(const char *name, double given, double usual, double *out, gov_error *err);

#endif
