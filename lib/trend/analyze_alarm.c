/* analyze_alarm.c - the detector for the last period of a series, and which one. */
#include "trend/analyze.h"
#include "stat/distribution.h"
#include "trend/farrington.h"

enum { LEAST_DAYS = 14, LEAST_YEARS = 3, MOST_YEARS = 5 };

static int64_t history_for(const gov_farrington_calendar *w, int64_t years)
{
    return years * w->year + w->w;
}

/* As many whole years as there are, up to five. */
static int64_t years_of(const gov_farrington_calendar *w, int64_t history)
{
    int64_t years = (history - w->w) / w->year;
    return years > MOST_YEARS ? MOST_YEARS : years;
}

static gov_alarm_method choose(const gov_analysis *a, gov_finding *f)
{
    gov_farrington_calendar w = gov_farrington_calendar_of(a->panel->frequency);
    if (a->o.alarm_method != GOV_ALARM_AUTO)
        return a->o.alarm_method;
    if (a->panel->frequency == GOV_FREQUENCY_DAY)
        return f->history >= LEAST_DAYS ? GOV_ALARM_ESSENCE : GOV_ALARM_EARS;
    if (years_of(&w, f->history) >= LEAST_YEARS)
        return GOV_ALARM_FARRINGTON;
    f->wanted = history_for(&w, LEAST_YEARS);
    return GOV_ALARM_EARS;
}

/* One period of each array that a detector fills, and how rare its value is. */
typedef struct last_period {
    double expected;
    double upper;
    double p;
    uint8_t alarm;
    uint8_t reason;
} last_period;

static void take(gov_finding *f, const last_period *l)
{
    f->alarm_reason = (gov_reason)l->reason;
    f->expected = l->expected;
    f->upper = l->upper;
    f->alarm = l->alarm;
    f->alarm_p = l->p;
}

/* The periods [first, last] that the detector compared with, as far as there are any. */
static void compared(gov_finding *f, int64_t first, int64_t last)
{
    f->baseline_first = first < 0 ? 0 : first;
    f->baseline_last = last;
    f->downweighted = -1;
}

/* EARS looks at no more than its baseline: it is given no more. */
static gov_status by_ears(const gov_analysis *a, const double *y, const uint8_t *present, gov_finding *f,
                          gov_error *err)
{
    enum { LOOKS_AT = 8 };
    int64_t n = a->panel->periods;
    int64_t from = n > LOOKS_AT ? n - LOOKS_AT : 0;
    int64_t last = n - from - 1;
    double expected[LOOKS_AT];
    double upper[LOOKS_AT];
    uint8_t alarm[LOOKS_AT];
    uint8_t reason[LOOKS_AT];
    gov_alarms out = {(uint32_t)sizeof(gov_alarms), alarm, reason, expected, upper, NULL};
    gov_ears_options ears = GOV_EARS_OPTIONS_INIT;
    ears.min_sigma = a->o.min_sigma;
    ears.alpha = a->o.ears_alpha;
    GOV_TRY(gov_ears(y + from, present + from, n - from, &ears, &out, err));
    double sd = (upper[last] - expected[last]) / gov_normal_isf(ears.alpha == 0 ? 0.001 : ears.alpha);
    double p = gov_normal_tail((y[n - 1] - expected[last]) / sd);
    take(f, &(last_period){expected[last], upper[last], p, alarm[last], reason[last]});
    compared(f, n - LOOKS_AT, n - 2);
    return GOV_OK;
}

/* ESSENCE needs its baseline and the smoothed values, of which 0.6^100 < 1e-22 is left after a hundred days more: the
 * last days give the same digits as the whole series. */
static gov_status by_essence(const gov_analysis *a, const double *y, const uint8_t *present, gov_finding *f,
                             gov_error *err)
{
    enum { LOOKS_AT = 133, BASELINE = 28, GUARD = 2 };
    int64_t n = a->panel->periods;
    int64_t from = n > LOOKS_AT ? n - LOOKS_AT : 0;
    int64_t last = n - from - 1;
    double expected[LOOKS_AT];
    double upper[LOOKS_AT];
    uint8_t alarm[LOOKS_AT];
    uint8_t reason[LOOKS_AT];
    gov_alarms out = {(uint32_t)sizeof(gov_alarms), alarm, reason, expected, upper, NULL};
    double p[LOOKS_AT];
    gov_essence_days days = {(uint32_t)sizeof(gov_essence_days), p, NULL, NULL, NULL, NULL};
    gov_essence_options essence = GOV_ESSENCE_OPTIONS_INIT;
    essence.from = last;
    GOV_TRY(gov_essence(y + from, present + from, n - from, &essence, &out, &days, err));
    take(f, &(last_period){expected[last], upper[last], p[last], alarm[last], reason[last]});
    compared(f, n - 1 - GUARD - BASELINE, n - 2 - GUARD);
    return GOV_OK;
}

static gov_farrington_options farrington_options(const gov_analysis *a, const gov_finding *f)
{
    gov_farrington_options o = GOV_FARRINGTON_OPTIONS_INIT;
    gov_farrington_calendar w = gov_farrington_calendar_of(a->panel->frequency);
    int64_t years = years_of(&w, f->history);
    o.b = years < 1 ? 1 : years;
    o.alpha = a->o.farrington_alpha;
    o.from = a->panel->periods - 1;
    gov_farrington_fit_calendar(&o, a->panel->frequency, gov_panel_day(a->panel, 0));
    return o;
}

/* Farrington fills arrays as long as the series, of which one period is wanted. */
static gov_status by_farrington(const gov_analysis *a, const double *y, const uint8_t *present,
                                gov_finding *f, gov_error *err)
{
    int64_t n = a->panel->periods;
    double *numbers = gov_alloc(3 * n, sizeof(double));
    int64_t *down = gov_alloc(n, sizeof(*down));
    uint8_t *flags = gov_alloc(2 * n, 1);
    gov_alarms out = {(uint32_t)sizeof(gov_alarms), flags, flags + n, numbers, numbers + n, NULL};
    gov_farrington_fits fits = {
        (uint32_t)sizeof(gov_farrington_fits), numbers + 2 * n, NULL, NULL, NULL, down};
    gov_farrington_options o = farrington_options(a, f);
    gov_status status = numbers == NULL || down == NULL || flags == NULL ? gov_fail_memory(err) : GOV_OK;
    if (status == GOV_OK)
        status = gov_farrington(y, present, NULL, n, &o, &out, &fits, err);
    if (status == GOV_OK) {
        int64_t years[MOST_YEARS + 1];
        gov_farrington_years(&o, n - 1, years);
        take(f, &(last_period){numbers[n - 1], numbers[2 * n - 1], numbers[3 * n - 1], flags[n - 1],
                               flags[2 * n - 1]});
        compared(f, years[0] - o.w, n - 2 - o.past_excluded);
        f->downweighted = down[n - 1];
    }
    gov_free(down);
    gov_free(numbers);
    gov_free(flags);
    return status;
}

gov_status gov_find_alarm(const gov_analysis *a, const double *y, const uint8_t *present, gov_finding *f,
                          gov_error *err)
{
    f->history = a->panel->periods - 1;
    f->alarm_method = choose(a, f);
    if (f->alarm_method == GOV_ALARM_FARRINGTON)
        return by_farrington(a, y, present, f, err);
    return f->alarm_method == GOV_ALARM_ESSENCE ? by_essence(a, y, present, f, err)
                                                : by_ears(a, y, present, f, err);
}
