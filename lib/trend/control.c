#include "trend/control.h"

#include <math.h>

static gov_status baseline_mean(const double *y, const uint8_t *valid, int64_t baseline, double *mean,
                                gov_error *err)
{
    double sum = 0;
    int64_t count = 0;
    for (int64_t t = 0; t < baseline; t++) {
        if (valid != NULL && !valid[t])
            continue;
        sum += y[t];
        count++;
    }
    if (count == 0 || sum <= 0)
        return gov_fail(err, GOV_E_NO_DATA,
                        "the baseline of %lld periods has no cases, so nothing can be expected",
                        (long long)baseline);
    *mean = sum / (double)count;
    return GOV_OK;
}

gov_status gov_expectation_new(const double *y, const uint8_t *valid, int64_t n, const double *expected,
                               double mean, int64_t baseline, gov_expectation *out, gov_error *err)
{
    gov_expectation e = {expected, mean, 0};
    for (int64_t t = 0; expected != NULL && t < n; t++)
        if (!(expected[t] > 0) || isinf(expected[t]))
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(t, "expected"),
                               "an expectation must be above 0, it is %g", expected[t]);
    if (expected == NULL && mean == 0) {
        if (baseline < 1 || baseline > n)
            return gov_fail(
                err, GOV_E_ARGUMENT,
                "give expected, mean, or a baseline of 1 to %lld periods from which to take the mean",
                (long long)n);
        GOV_TRY(baseline_mean(y, valid, baseline, &e.all, err));
        e.from = baseline;
    } else if (expected == NULL && (!(mean > 0) || isinf(mean))) {
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("mean"), "mean must be above 0, it is %g", mean);
    }
    *out = e;
    return GOV_OK;
}

double gov_expected_at(const gov_expectation *e, int64_t t)
{
    return e->each != NULL ? e->each[t] : e->all;
}

gov_status gov_check_counts(const double *y, const uint8_t *valid, int64_t n, int whole, gov_error *err)
{
    GOV_TRY(gov_series_check(y, valid, n, err));
    for (int64_t t = 0; t < n; t++)
        if ((valid == NULL || valid[t]) && (y[t] < 0 || (whole && y[t] != floor(y[t]))))
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(t, "y"),
                               "a count must %snot be negative, it is %g", whole ? "be whole and " : "",
                               y[t]);
    return GOV_OK;
}

void gov_alarm_write(gov_alarms *alarms, int64_t t, gov_reason reason, int alarm, double expected,
                     double upper, double score)
{
    if (alarms == NULL)
        return;
    if (alarms->alarm != NULL)
        alarms->alarm[t] = (uint8_t)alarm;
    if (alarms->reason != NULL)
        alarms->reason[t] = (uint8_t)reason;
    if (alarms->expected != NULL)
        alarms->expected[t] = expected;
    if (alarms->upper != NULL)
        alarms->upper[t] = upper;
    if (alarms->score != NULL)
        alarms->score[t] = score;
}
