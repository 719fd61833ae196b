/* CUSUM of counts. Each transformation has its inverse, from which the bound of the next count follows; R's bound for
 * the second Anscombe transformation adds m^1/3 / 9 where its transformation has m^-1/3 / 9, and is not copied. */
#include "trend/control.h"
#include "trend/detectors.h"
#include "base/struct.h"

#include <math.h>

static double transformed(const gov_cusum_options *o, double y, double m)
{
    switch (o->transform) {
    case GOV_CUSUM_STANDARD:
        return (y - m) / sqrt(m);
    case GOV_CUSUM_ROSSI:
        return (y - 3 * m + 2 * sqrt(y * m)) / (2 * sqrt(m));
    case GOV_CUSUM_ANSCOMBE:
        return 1.5 * (pow(y, 2.0 / 3) - pow(m, 2.0 / 3)) / pow(m, 1.0 / 6);
    case GOV_CUSUM_ANSCOMBE_SECOND:
        return 1.5 * (pow(y, 2.0 / 3) - pow(m, 2.0 / 3) + pow(m, -1.0 / 3) / 9) / pow(m, 1.0 / 6);
    case GOV_CUSUM_PEARSON_NB:
        return (y - m) / sqrt(m + o->alpha * m * m);
    case GOV_CUSUM_NONE:
        return y;
    }
    return NAN;
}

/* The y that is transformed into z; below 0 where none is. */
static double inverse(const gov_cusum_options *o, double z, double m)
{
    double power;
    switch (o->transform) {
    case GOV_CUSUM_STANDARD:
        return m + z * sqrt(m);
    case GOV_CUSUM_ROSSI: /* (sqrt(y) + sqrt(m))² = 4 m + 2 z sqrt(m) */
        power = sqrt(fmax(0, 4 * m + 2 * z * sqrt(m))) - sqrt(m);
        return power < 0 ? -1 : power * power;
    case GOV_CUSUM_ANSCOMBE:
        power = pow(m, 2.0 / 3) + z * pow(m, 1.0 / 6) / 1.5;
        return power < 0 ? -1 : pow(power, 1.5);
    case GOV_CUSUM_ANSCOMBE_SECOND:
        power = pow(m, 2.0 / 3) - pow(m, -1.0 / 3) / 9 + z * pow(m, 1.0 / 6) / 1.5;
        return power < 0 ? -1 : pow(power, 1.5);
    case GOV_CUSUM_PEARSON_NB:
        return m + z * sqrt(m + o->alpha * m * m);
    case GOV_CUSUM_NONE:
        return z;
    }
    return NAN;
}

gov_status gov_cusum_settle(const gov_cusum_options *given, gov_cusum_options *o, gov_error *err)
{
    GOV_TRY(gov_struct_read(o, sizeof(*o), given, err));
    o->k = o->k == 0 ? 1.04 : o->k;
    o->h = o->h == 0 ? 2.26 : o->h;
    o->alpha = o->alpha == 0 ? 0.1 : o->alpha;
    if ((int)o->transform < GOV_CUSUM_STANDARD || o->transform > GOV_CUSUM_NONE)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("transform"),
                           "transform must be one of gov_cusum_transform");
    if (!isfinite(o->k) || !(o->h > 0) || isinf(o->h) || !(o->alpha > 0) || isinf(o->alpha))
        return gov_fail(err, GOV_E_ARGUMENT, "h and alpha must be above 0, and k a finite number");
    return GOV_OK;
}

gov_cusum_judgement gov_cusum_step(const gov_cusum_options *o, double y, double m, double *sum)
{
    gov_cusum_judgement j;
    j.upper = fmax(ceil(inverse(o, o->h + o->k - *sum, m)) - 1, -1);
    j.sum = fmax(0, *sum + transformed(o, y, m) - o->k);
    j.alarm = j.sum >= o->h;
    *sum = o->reset && j.alarm ? 0 : j.sum;
    return j;
}

gov_status gov_cusum(const double *y, const uint8_t *valid, int64_t n, const gov_cusum_options *options,
                     gov_alarms *alarms, double *statistic, gov_error *err)
{
    gov_cusum_options o;
    gov_expectation e;
    GOV_TRY(gov_struct_check(alarms, err));
    GOV_TRY(gov_cusum_settle(options, &o, err));
    GOV_TRY(gov_check_counts(y, valid, n, 0, err));
    GOV_TRY(gov_expectation_new(y, valid, n, o.expected, o.mean, o.baseline, &e, err));
    double sum = 0;
    for (int64_t t = 0; t < n; t++) {
        int present = valid == NULL || valid[t];
        gov_reason reason = t < e.from ? GOV_REASON_NOT_ASKED
                            : present  ? GOV_REASON_NONE
                                       : GOV_REASON_MISSING;
        if (statistic != NULL)
            statistic[t] = sum;
        if (reason != GOV_REASON_NONE) {
            gov_alarm_write(alarms, t, reason, 0, 0, 0, 0);
            continue;
        }
        double m = gov_expected_at(&e, t);
        gov_cusum_judgement j = gov_cusum_step(&o, y[t], m, &sum);
        gov_alarm_write(alarms, t, reason, j.alarm, m, j.upper, j.sum / o.h);
        if (statistic != NULL)
            statistic[t] = j.sum;
    }
    return GOV_OK;
}
