#include "base/error.h"
#include "govcore/trend/alarms.h"

#include <math.h>

static double share(int64_t part, int64_t of)
{
    return of > 0 ? (double)part / (double)of : NAN;
}

/* Counts outbreaks, those that had an alarm while they lasted, and the periods up to their first alarm. */
static void count_outbreaks(const uint8_t *alarm, const uint8_t *judged, const uint8_t *truth, int64_t n,
                            gov_alarm_quality *q, int64_t *delays)
{
    int64_t began = -1;
    int found = 0;
    for (int64_t t = 0; t < n; t++) {
        if (truth[t] == 0) {
            began = -1;
            continue;
        }
        if (began < 0) {
            began = t;
            found = 0;
            q->outbreaks++;
        }
        if (!found && alarm[t] != 0 && (judged == NULL || judged[t] != 0)) {
            found = 1;
            q->detected++;
            *delays += t - began;
        }
    }
}

static void count_periods(const uint8_t *alarm, const uint8_t *judged, const uint8_t *truth, int64_t n,
                          gov_alarm_quality *q)
{
    for (int64_t t = 0; t < n; t++) {
        if (judged != NULL && judged[t] == 0)
            q->not_judged++;
        else if (truth[t] != 0)
            *(alarm[t] != 0 ? &q->true_positive : &q->false_negative) += 1;
        else
            *(alarm[t] != 0 ? &q->false_positive : &q->true_negative) += 1;
    }
}

static gov_status check(const char *name, const uint8_t *flags, int64_t n, gov_error *err)
{
    if (flags == NULL && n > 0)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME(name), "%s must not be NULL", name);
    for (int64_t t = 0; t < n; t++)
        if (flags[t] > 1)
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(t, name), "a flag is 0 or 1, not %d", flags[t]);
    return GOV_OK;
}

gov_status gov_alarm_evaluate(const uint8_t *alarm, const uint8_t *judged, const uint8_t *truth, int64_t n,
                              gov_alarm_quality *quality, gov_error *err)
{
    gov_alarm_quality q = GOV_ALARM_QUALITY_INIT;
    int64_t delays = 0;
    if (n < 0 || quality == NULL)
        return gov_fail(err, GOV_E_ARGUMENT,
                        "an evaluation needs a length of 0 or more and a place for its result");
    GOV_TRY(check("alarm", alarm, n, err));
    GOV_TRY(check("truth", truth, n, err));
    if (judged != NULL)
        GOV_TRY(check("judged", judged, n, err));
    count_periods(alarm, judged, truth, n, &q);
    count_outbreaks(alarm, judged, truth, n, &q, &delays);
    q.sensitivity = share(q.true_positive, q.true_positive + q.false_negative);
    q.specificity = share(q.true_negative, q.true_negative + q.false_positive);
    q.precision = share(q.true_positive, q.true_positive + q.false_positive);
    q.detection = share(q.detected, q.outbreaks);
    q.delay = share(delays, q.detected);
    q.false_alarm_interval = share(q.true_negative + q.false_positive, q.false_positive);
    *quality = q;
    return GOV_OK;
}
