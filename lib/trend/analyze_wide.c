/* analyze_wide.c - what else there is to say of a series: how much more than expected and how surely, since when the
 * level is what it is, how it was a year ago, what may come; and the false discovery rates over all series. */
#include "base/date.h"
#include "govcore/trend/change.h"
#include "govcore/trend/forecast.h"
#include "stat/distribution.h"
#include "table/bits.h"
#include "trend/analyze.h"

#include <math.h>

/* Garwood's exact interval of a Poisson mean, by the gamma distribution, over an expectation taken as known. */
static void find_ratio(const gov_analysis *a, gov_finding *f)
{
    double alpha = a->o.alpha == 0 ? 0.05 : a->o.alpha;
    f->ratio_low = f->ratio_high = NAN;
    if (f->alarm_reason != GOV_REASON_NONE || !(f->expected > 0) || f->observed < 0)
        return;
    double low = f->observed > 0 ? gov_gamma_quantile(alpha / 2, f->observed, 1) : 0;
    f->ratio_low = low / f->expected;
    f->ratio_high = gov_gamma_isf(alpha / 2, f->observed + 1, 1) / f->expected;
}

static int are_counts(const double *y, const uint8_t *present, int64_t n)
{
    for (int64_t t = 0; t < n; t++)
        if (present[t] && (y[t] < 0 || y[t] != floor(y[t])))
            return 0;
    return 1;
}

static double mean_of(const double *y, const uint8_t *present, int64_t first, int64_t last)
{
    double sum = 0;
    int64_t count = 0;
    for (int64_t t = first; t < last; t++) {
        sum += present[t] ? y[t] : 0;
        count += present[t] != 0;
    }
    return sum / (double)count;
}

/* The last change of level. A series in which none can be looked for has none. */
static gov_status find_break(const double *y, const uint8_t *present, int64_t n, gov_finding *f,
                             gov_error *err)
{
    gov_change_options o = GOV_CHANGE_OPTIONS_INIT;
    gov_change_result r = GOV_CHANGE_RESULT_INIT;
    int64_t *changes = gov_alloc(n, sizeof(*changes));
    f->break_at = -1;
    if (changes == NULL)
        return gov_fail_memory(err);
    o.cost = are_counts(y, present, n) ? GOV_COST_POISSON : GOV_COST_MEAN;
    gov_status status = gov_pelt(y, present, n, &o, changes, &r, NULL);
    if (status == GOV_OK && r.count > 0) {
        f->break_at = changes[r.count - 1];
        f->break_before = mean_of(y, present, r.count > 1 ? changes[r.count - 2] : 0, f->break_at);
        f->break_after = mean_of(y, present, f->break_at, n);
    }
    gov_free(changes);
    return status == GOV_E_MEMORY ? gov_fail_memory(err) : GOV_OK;
}

/* The period that holds the date a year before the last one, or -1. */
static int64_t year_earlier(const gov_panel *panel)
{
    int64_t last = panel->periods - 1;
    if (panel->frequency == GOV_FREQUENCY_WEEK)
        return last - 52;
    int32_t then = gov_date_add_months(gov_panel_day(panel, last), -12);
    if (panel->frequency == GOV_FREQUENCY_MONTH)
        return last - 12;
    if (panel->frequency == GOV_FREQUENCY_DAY)
        return last - (gov_panel_day(panel, last) - then);
    if (then < gov_panel_day(panel, 0))
        return -1;
    int64_t t = last;
    while (t > 0 && gov_panel_day(panel, t - 1) >= then)
        t--;
    return t;
}

static gov_status find_exceed(const gov_analysis *a, const double *y, const uint8_t *present, gov_finding *f,
                              gov_error *err)
{
    gov_forecast_options o = GOV_FORECAST_OPTIONS_INIT;
    gov_forecast forecast = GOV_FORECAST_INIT;
    f->exceed = NAN;
    if (a->o.threshold == 0)
        return GOV_OK;
    o.horizon = a->o.horizon;
    o.threshold = a->o.threshold;
    o.period = a->o.season;
    forecast.exceed = gov_alloc(a->o.horizon, sizeof(double));
    if (forecast.exceed == NULL)
        return gov_fail_memory(err);
    gov_status status = gov_forecast_series(y, f->present < a->panel->periods ? present : NULL,
                                            a->panel->periods, &o, &forecast, NULL);
    for (int64_t h = 0; status == GOV_OK && h < a->o.horizon; h++)
        f->exceed = h == 0 ? forecast.exceed[0] : fmax(f->exceed, forecast.exceed[h]);
    gov_free(forecast.exceed);
    return status == GOV_E_MEMORY ? gov_fail_memory(err) : GOV_OK;
}

gov_status gov_find_wide(const gov_analysis *a, const double *y, const uint8_t *present, gov_finding *f,
                         gov_error *err)
{
    int64_t n = a->panel->periods;
    int64_t before = year_earlier(a->panel);
    find_ratio(a, f);
    f->year_before = before >= 0 && present[before] ? y[before] : NAN;
    for (f->silent = 0; f->silent < n && !present[n - 1 - f->silent];)
        f->silent++;
    GOV_TRY(find_break(y, present, n, f, err));
    return find_exceed(a, y, present, f, err);
}

/* Adjusts the p of all series that have one; the others' q is NaN. */
gov_status gov_find_rates(const gov_analysis *a, gov_finding *findings, gov_error *err)
{
    int64_t series = a->panel->series;
    gov_trend_bh_options o = GOV_TREND_BH_OPTIONS_INIT;
    double *p = gov_alloc(series, sizeof(*p));
    uint8_t *there = gov_alloc(series, 1);
    gov_status status = p == NULL || there == NULL ? gov_fail_memory(err) : GOV_OK;
    o.method = a->o.fdr_method;
    for (int alarms = 0; status == GOV_OK && alarms < 2; alarms++) {
        for (int64_t s = 0; s < series; s++) {
            const gov_finding *f = &findings[s];
            there[s] = (alarms ? f->alarm_reason : f->trend_reason) == GOV_REASON_NONE;
            p[s] = alarms ? f->alarm_p : f->mk.p;
        }
        status = gov_trend_bh(p, there, series, &o, p, err);
        for (int64_t s = 0; status == GOV_OK && s < series; s++)
            *(alarms ? &findings[s].alarm_q : &findings[s].q) = p[s];
    }
    gov_free(p);
    gov_free(there);
    return status;
}

/* --- Columns --------------------------------------------------------------------------------------------------- */

static int judged(const gov_finding *f)
{
    return f->alarm_reason == GOV_REASON_NONE;
}

static int raised(const gov_analysis *a, const gov_finding *f)
{
    return judged(f) && f->alarm && f->alarm_q <= a->o.fdr_q && f->observed >= a->o.minimum_count;
}

enum { NUMBERS = 13 };

static const char *const NAMES[NUMBERS] = {
    "q",          "excess",       "ratio",       "ratio_low",   "ratio_high",  "alarm_p", "alarm_q",
    "recurrence", "break_before", "break_after", "year_before", "year_change", "exceed"};

static void numbers_of(const gov_finding *f, double out[NUMBERS])
{
    int has = judged(f);
    int broken = f->break_at >= 0;
    const double all[NUMBERS] = {
        f->q,
        has ? f->observed - f->expected : NAN,
        has && f->expected > 0 ? f->observed / f->expected : NAN,
        f->ratio_low,
        f->ratio_high,
        has ? f->alarm_p : NAN,
        f->alarm_q,
        has ? 1 / f->alarm_p : NAN,
        broken ? f->break_before : NAN,
        broken ? f->break_after : NAN,
        f->year_before,
        f->year_before > 0 ? f->observed / f->year_before - 1 : NAN,
        f->exceed,
    };
    for (int k = 0; k < NUMBERS; k++)
        out[k] = all[k];
}

static gov_status add_numbers(gov_frame *frame, const gov_finding *findings, int first, int last,
                              gov_error *err)
{
    double *columns[NUMBERS];
    double numbers[NUMBERS];
    for (int k = first; k < last; k++)
        GOV_TRY(gov_frame_doubles(frame, NAMES[k], &columns[k], err));
    for (int64_t s = 0; s < frame->rows; s++) {
        numbers_of(&findings[s], numbers);
        for (int k = first; k < last; k++)
            columns[k][s] = numbers[k];
    }
    return GOV_OK;
}

static gov_status add_raised(gov_frame *frame, const gov_analysis *a, const gov_finding *findings,
                             gov_error *err)
{
    void *bits;
    uint8_t *valid;
    GOV_TRY(gov_frame_add(frame, "raised", GOV_TYPE_BOOL, &bits, &valid, err));
    for (int64_t s = 0; s < frame->rows; s++) {
        if (!judged(&findings[s]))
            gov_bit_clear(valid, s);
        else if (raised(a, &findings[s]))
            gov_bit_set(bits, s);
    }
    return GOV_OK;
}

/* The first day of a period, missing where the period is negative. */
static gov_status add_days(gov_frame *frame, const gov_analysis *a, const gov_finding *findings,
                           const char *name, int64_t (*period_of)(const gov_finding *f), int to_its_end,
                           gov_error *err)
{
    int32_t *days;
    uint8_t *valid;
    GOV_TRY(gov_frame_add(frame, name, GOV_TYPE_DATE, (void **)&days, &valid, err));
    for (int64_t s = 0; s < frame->rows; s++) {
        int64_t period = period_of(&findings[s]);
        if (period < 0)
            gov_bit_clear(valid, s);
        else
            days[s] = to_its_end ? gov_panel_day(a->panel, period + 1) - 1 : gov_panel_day(a->panel, period);
    }
    return GOV_OK;
}

static int64_t baseline_first(const gov_finding *f)
{
    return judged(f) ? f->baseline_first : -1;
}

static int64_t baseline_last(const gov_finding *f)
{
    return judged(f) ? f->baseline_last : -1;
}

static int64_t break_at(const gov_finding *f)
{
    return f->break_at;
}

static gov_status add_counts(gov_frame *frame, const gov_finding *findings, const char *name,
                             int64_t (*count_of)(const gov_finding *f), gov_error *err)
{
    int64_t *counts;
    uint8_t *valid;
    GOV_TRY(gov_frame_add(frame, name, GOV_TYPE_INT64, (void **)&counts, &valid, err));
    for (int64_t s = 0; s < frame->rows; s++) {
        counts[s] = count_of(&findings[s]);
        if (counts[s] < 0) {
            counts[s] = 0;
            gov_bit_clear(valid, s);
        }
    }
    return GOV_OK;
}

static int64_t downweighted(const gov_finding *f)
{
    return judged(f) ? f->downweighted : -1;
}

static int64_t silent(const gov_finding *f)
{
    return f->silent;
}

gov_status gov_wide_columns(gov_frame *frame, const gov_analysis *a, const gov_finding *findings,
                            gov_error *err)
{
    enum { TO_RECURRENCE = 8, TO_BREAK = 10 };
    GOV_TRY(add_numbers(frame, findings, 0, TO_RECURRENCE, err));
    GOV_TRY(add_raised(frame, a, findings, err));
    GOV_TRY(add_days(frame, a, findings, "baseline_first", baseline_first, 0, err));
    GOV_TRY(add_days(frame, a, findings, "baseline_last", baseline_last, 1, err));
    GOV_TRY(add_counts(frame, findings, "downweighted", downweighted, err));
    GOV_TRY(add_days(frame, a, findings, "break_day", break_at, 0, err));
    GOV_TRY(add_numbers(frame, findings, TO_RECURRENCE, TO_BREAK, err));
    GOV_TRY(add_numbers(frame, findings, TO_BREAK, NUMBERS, err));
    return add_counts(frame, findings, "silent", silent, err);
}

void gov_wide_text(gov_buffer *b, const gov_analysis *a, const gov_finding *f, int zh)
{
    if (judged(f) && f->alarm && f->ratio_low == f->ratio_low)
        gov_buffer_format(b,
                          zh ? "为预期的 %.1f 倍（%.1f 至 %.1f），q=%.2g。"
                             : " %.1f times the expected (%.1f to %.1f), q=%.2g.",
                          f->observed / f->expected, f->ratio_low, f->ratio_high, f->alarm_q);
    if (f->year_before > 0 && f->observed == f->observed)
        gov_buffer_format(b, zh ? "同比 %+.0f%%。" : " %+.0f%% on the year before.",
                          100 * (f->observed / f->year_before - 1));
    if (f->break_at >= 0) {
        char name[16];
        gov_panel_period_name(a->panel, f->break_at, name, sizeof(name));
        gov_buffer_format(
            b, zh ? "自 %s 起平均水平由 %.3g 变为 %.3g。" : " Since %s the mean has gone from %.3g to %.3g.",
            name, f->break_before, f->break_after);
    }
    if (f->silent > 0)
        gov_buffer_format(b, zh ? "最近 %lld 期尚无数据。" : " The last %lld periods have no value yet.",
                          (long long)f->silent);
}
