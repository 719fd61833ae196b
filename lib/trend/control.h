/* control.h - what the charts of counts share: the expectation of each period, and writing what was judged. */
#ifndef GOVCORE_TREND_LIB_CONTROL_H
#define GOVCORE_TREND_LIB_CONTROL_H

#include "govcore/trend/control.h"
#include "trend/series.h"

/* Where expectations come from: an array, one number, or the mean of a baseline. */
typedef struct gov_expectation {
    const double *each;
    double all;
    int64_t from; /* periods before are baseline */
} gov_expectation;

gov_status gov_expectation_new(const double *y, const uint8_t *valid, int64_t n, const double *expected,
                               double mean, int64_t baseline, gov_expectation *out, gov_error *err);
double gov_expected_at(const gov_expectation *e, int64_t t);
/* GOV_E_RANGE for a present value below 0, or not whole if `whole`. */
gov_status gov_check_counts(const double *y, const uint8_t *valid, int64_t n, int whole, gov_error *err);
/* Writes period t; alarms may be NULL. */
void gov_alarm_write(gov_alarms *alarms, int64_t t, gov_reason reason, int alarm, double expected,
                     double upper, double score);

#endif
