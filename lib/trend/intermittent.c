/* Croston's method and its corrections. Size and interval are smoothed when a case comes, and only then; TSB smooths the
 * probability of a case in every period, so that its forecast falls while none comes (obsolescence). */
#include "govcore/trend/forecast.h"
#include "trend/control.h"

#include <math.h>

typedef struct demand {
    gov_croston_kind kind;
    double size_weight;
    double interval_weight;
    double size;
    double interval; /* TSB: the probability */
    int64_t since;   /* periods since the last case */
} demand;

static double forecast_of(const demand *d)
{
    switch (d->kind) {
    case GOV_CROSTON:
        return d->size / d->interval;
    case GOV_CROSTON_SBA:
        return (1 - d->interval_weight / 2) * d->size / d->interval;
    case GOV_CROSTON_SBJ:
        return (1 - d->interval_weight / (2 - d->interval_weight)) * d->size / d->interval;
    case GOV_CROSTON_TSB:
        return d->size * d->interval;
    }
    return NAN;
}

static void learn(demand *d, double y)
{
    d->since++;
    if (d->kind == GOV_CROSTON_TSB)
        d->interval += d->interval_weight * ((y > 0) - d->interval);
    if (y <= 0)
        return;
    d->size += d->size_weight * (y - d->size);
    if (d->kind != GOV_CROSTON_TSB)
        d->interval += d->interval_weight * ((double)d->since - d->interval);
    d->since = 0;
}

static gov_status check(const double *y, const uint8_t *valid, int64_t n, double size_weight,
                        double interval_weight, int64_t *first, gov_error *err)
{
    if (!(size_weight > 0 && size_weight <= 1 && interval_weight > 0 && interval_weight <= 1))
        return gov_fail(err, GOV_E_ARGUMENT, "weights must be above 0 and at most 1");
    GOV_TRY(gov_check_counts(y, valid, n, 0, err));
    int64_t cases = 0;
    for (int64_t t = 0; t < n; t++) {
        if ((valid != NULL && !valid[t]) || y[t] <= 0)
            continue;
        if (cases++ == 0)
            *first = t;
    }
    if (cases < 2)
        return gov_fail(err, GOV_E_NO_DATA, "two periods with cases are needed, there are %lld",
                        (long long)cases);
    return GOV_OK;
}

gov_status gov_croston(const double *y, const uint8_t *valid, int64_t n, gov_croston_kind kind,
                       double size_weight, double interval_weight, double *forecast, double *fitted,
                       gov_error *err)
{
    demand d = {.kind = kind};
    d.size_weight = size_weight == 0 ? 0.1 : size_weight;
    d.interval_weight = interval_weight == 0 ? 0.1 : interval_weight;
    int64_t first = 0;
    if ((int)kind < GOV_CROSTON || kind > GOV_CROSTON_TSB || forecast == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "kind must be one of gov_croston_kind, and forecast be given");
    GOV_TRY(check(y, valid, n, d.size_weight, d.interval_weight, &first, err));
    d.size = y[first];
    d.interval = kind == GOV_CROSTON_TSB ? 1 / (double)(first + 1) : (double)(first + 1);
    int64_t begin =
        kind == GOV_CROSTON_TSB ? first : first + 1; /* the first case raises the probability too */
    for (int64_t t = 0; fitted != NULL && t < begin; t++)
        fitted[t] = NAN;
    for (int64_t t = begin; t < n; t++) {
        if (fitted != NULL)
            fitted[t] = forecast_of(&d);
        if (valid == NULL || valid[t])
            learn(&d, y[t]);
        else
            d.since++;
    }
    *forecast = forecast_of(&d);
    return GOV_OK;
}
