/* ears.c - the Early Aberration Reporting System's three detectors.
 *
 * The mean and the standard deviation of a short window are computed anew for each period: two passes over 7 to
 * 28 values cost less than a running sum would lose in digits when counts are large. */
#include "govcore/trend/alarms.h"
#include "stat/distribution.h"
#include "trend/detectors.h"
#include "trend/series.h"

#include <math.h>

enum { GUARD = 2 }; /* periods between the baseline and the period judged, for C2 and C3 */

typedef struct ears {
    const double *y;
    const uint8_t *valid;
    gov_ears_settings s;
} ears;

typedef struct spread {
    double mean;
    double sd;
    gov_reason reason;
} spread;

static int present_at(const ears *e, int64_t t)
{
    return e->valid == NULL || e->valid[t] != 0;
}

/* Mean and standard deviation of the baseline that ends `guard` periods before t. */
static spread baseline_of(const ears *e, int64_t t, int64_t guard)
{
    spread b = {0, 0, GOV_REASON_NONE};
    int64_t last = t - guard;
    int64_t first = last - e->s.baseline;
    int64_t count = 0;
    if (first < 0)
        return (spread){0, 0, GOV_REASON_SHORT_HISTORY};
    for (int64_t i = first; i < last; i++) {
        b.mean += present_at(e, i) ? e->y[i] : 0;
        count += present_at(e, i);
    }
    if (2 * count <= e->s.baseline)
        return (spread){0, 0, GOV_REASON_BASELINE_GAPS};
    b.mean /= (double)count;
    for (int64_t i = first; i < last; i++)
        b.sd += present_at(e, i) ? (e->y[i] - b.mean) * (e->y[i] - b.mean) : 0;
    b.sd = sqrt(b.sd / (double)(count - 1));
    b.sd = b.sd < e->s.min_sigma ? e->s.min_sigma : b.sd;
    b.reason = b.sd > 0 ? GOV_REASON_NONE : GOV_REASON_CONSTANT;
    return b;
}

/* How far C2 stood above 1 at t: what C3 carries over from the two periods before. */
static double carried(const ears *e, int64_t t, gov_reason *reason)
{
    spread b = baseline_of(e, t, GUARD);
    if (b.reason == GOV_REASON_NONE && !present_at(e, t))
        b.reason = GOV_REASON_BASELINE_GAPS;
    if (b.reason != GOV_REASON_NONE) {
        *reason = b.reason;
        return 0;
    }
    double excess = (e->y[t] - b.mean) / b.sd - 1;
    return excess > 0 ? excess : 0;
}

static void judge_c3(const ears *e, int64_t t, spread b, gov_judgement *j)
{
    double sum = 0;
    for (int64_t back = 1; back <= GUARD && j->reason == GOV_REASON_NONE; back++) {
        if (t - back < 0)
            j->reason = GOV_REASON_SHORT_HISTORY;
        else
            sum += carried(e, t - back, &j->reason);
    }
    double upper = e->y[t] + b.sd * (e->s.quantile - sum);
    j->upper = upper > 0 ? upper : 0;
}

static gov_judgement judge(const void *context, int64_t t)
{
    const ears *e = context;
    spread b = baseline_of(e, t, e->s.method == GOV_EARS_C1 ? 0 : GUARD);
    gov_judgement j = {b.reason, b.mean, b.mean + e->s.quantile * b.sd};
    if (!present_at(e, t))
        j.reason = GOV_REASON_MISSING;
    if (j.reason == GOV_REASON_NONE && e->s.method == GOV_EARS_C3)
        judge_c3(e, t, b, &j);
    return j;
}

int64_t gov_ears_reach(const gov_ears_settings *settings)
{
    return settings->baseline + 2 * GUARD;
}

gov_judgement gov_ears_judge(const gov_ears_settings *settings, const double *y, const uint8_t *valid,
                             int64_t t)
{
    const ears e = {y, valid, *settings};
    return judge(&e, t);
}

gov_status gov_ears_settle(const gov_ears_options *options, gov_ears_settings *out, gov_error *err)
{
    static const gov_ears_options none = GOV_EARS_OPTIONS_INIT;
    const gov_ears_options *o = options == NULL ? &none : options;
    double alpha;
    GOV_TRY(gov_option_share("alpha", o->alpha, o->method == GOV_EARS_C3 ? 0.025 : 0.001, &alpha, err));
    if ((int)o->method < GOV_EARS_C1 || o->method > GOV_EARS_C3)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("method"), "there is no method number %d",
                           (int)o->method);
    if (o->baseline != 0 && o->baseline < 3)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("baseline"),
                           "the baseline needs at least 3 periods, not %lld", (long long)o->baseline);
    if (!(o->min_sigma >= 0) || !isfinite(o->min_sigma))
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("min_sigma"),
                           "min_sigma must be 0 or more, not %g", o->min_sigma);
    *out = (gov_ears_settings){o->method, o->baseline == 0 ? 7 : o->baseline, o->min_sigma,
                               gov_normal_isf(alpha)};
    return GOV_OK;
}

gov_status gov_ears(const double *y, const uint8_t *valid, int64_t n, const gov_ears_options *options,
                    gov_alarms *alarms, gov_error *err)
{
    ears e = {.y = y, .valid = valid};
    GOV_TRY(gov_ears_settle(options, &e.s, err));
    GOV_TRY(gov_series_check(y, valid, n, err));
    return gov_judge_all(y, n, judge, &e, alarms, err);
}
