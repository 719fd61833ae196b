/* Scores of forecasts; sources and conventions in the header. */
#include "govcore/trend/forecast.h"
#include "stat/distribution.h"
#include "trend/series.h"

#include <math.h>

gov_status gov_mase(const double *training, const uint8_t *training_valid, int64_t n, int64_t period,
                    const double *observed, const double *forecast, int64_t count, double *mase,
                    gov_error *err)
{
    if (period < 1 || count < 1 || observed == NULL || forecast == NULL || mase == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "MASE needs a period of at least 1 and at least one forecast");
    GOV_TRY(gov_series_check(training, training_valid, n, err));
    GOV_TRY(gov_series_check(observed, NULL, count, err));
    GOV_TRY(gov_series_check(forecast, NULL, count, err));
    double naive = 0;
    int64_t pairs = 0;
    for (int64_t t = period; t < n; t++) {
        if (training_valid != NULL && !(training_valid[t] && training_valid[t - period]))
            continue;
        naive += fabs(training[t] - training[t - period]);
        pairs++;
    }
    if (pairs == 0 || naive == 0)
        return gov_fail(err, GOV_E_NO_DATA, "the naive forecast of the training series has %s",
                        pairs == 0 ? "no pair of values" : "no error, so nothing can be set against it");
    double error = 0;
    for (int64_t i = 0; i < count; i++)
        error += fabs(observed[i] - forecast[i]);
    *mase = error / (double)count / (naive / (double)pairs);
    return GOV_OK;
}

gov_status gov_wis(double observed, double median, const double *levels, const double *lower,
                   const double *upper, int64_t count, double *wis, gov_error *err)
{
    if (wis == NULL || count < 0 || (count > 0 && (levels == NULL || lower == NULL || upper == NULL)))
        return gov_fail(err, GOV_E_ARGUMENT, "WIS needs levels, lower and upper bounds of each interval");
    if (!isfinite(observed) || !isfinite(median))
        return gov_fail(err, GOV_E_RANGE, "the value and the median must be finite numbers");
    double sum = fabs(observed - median) / 2;
    for (int64_t k = 0; k < count; k++) {
        double alpha = 1 - levels[k];
        if (!(alpha > 0 && alpha < 1) || !(lower[k] <= upper[k]) || !isfinite(upper[k] - lower[k]))
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(k, "levels"),
                               "a level must lie between 0 and 1 and its bounds be in order");
        double outside = fmax(lower[k] - observed, 0) + fmax(observed - upper[k], 0);
        sum += alpha / 2 * (upper[k] - lower[k]) + outside;
    }
    *wis = sum / ((double)count + 0.5);
    return GOV_OK;
}

/* The sum over k of (F(k) - [observed <= k])². Where F is 0 or 1 to the last digit the terms are 0 or 1 and need not be
 * added one by one, so that a far observation costs nothing: O(standard deviations). */
double gov_crps_count(double observed, double mean, double size)
{
    if (!(observed >= 0) || !(mean >= 0) || isinf(observed + mean) || !(size > 0))
        return NAN;
    double seen = ceil(observed);
    double low = gov_nb_quantile(1e-17, mean, size);
    double high = gov_nb_isf(1e-17, mean, size);
    double sum = fmax(low - seen, 0) + fmax(seen - high - 1, 0);
    for (double k = low; k <= high; k++) {
        double miss = k < seen ? gov_nb_cdf(k, mean, size) : gov_nb_tail(k, mean, size);
        sum += miss * miss;
    }
    return sum;
}

double gov_crps_normal(double observed, double mean, double sd)
{
    if (!isfinite(observed) || !isfinite(mean) || !(sd > 0) || isinf(sd))
        return NAN;
    double z = (observed - mean) / sd;
    double density = 0.39894228040143267794 * exp(-z * z / 2);
    return sd * (z * (gov_normal_cdf(z) - gov_normal_tail(z)) + 2 * density - 0.56418958354775628695);
}

gov_status gov_coverage(const double *observed, const double *lower, const double *upper, int64_t count,
                        double *share, gov_error *err)
{
    if (share == NULL || count < 0 || (count > 0 && (observed == NULL || lower == NULL || upper == NULL)))
        return gov_fail(err, GOV_E_ARGUMENT, "coverage needs values and both bounds");
    if (count == 0)
        return gov_fail(err, GOV_E_NO_DATA, "coverage of no values has no meaning");
    int64_t inside = 0;
    for (int64_t i = 0; i < count; i++)
        inside += observed[i] >= lower[i] && observed[i] <= upper[i];
    *share = (double)inside / (double)count;
    return GOV_OK;
}
