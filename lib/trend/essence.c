/* essence.c - adaptive regression, EWMA and the switch between them.
 *
 * The regression on weekday and time has the closed form of levels and one line (see farrington_fit.c): slope from
 * what is left after the weekdays' means, O(baseline) a day and no matrix. The weekday is the day's number
 * modulo 7, whatever its name. */
#include "base/alloc.h"
#include "stat/distribution.h"
#include "trend/detectors.h"
#include "trend/series.h"

#include <math.h>

enum { WEEK = 7, LEAST_BASELINE = 11, REGRESSION_TERMS = 8 };

static const double ENOUGH_R_SQUARED = 0.60;

/* Upper 1 % and 5 % points of Student's t, rounded as in the tables that ESSENCE was built with. */
typedef struct limits {
    double alert;
    double warning;
} limits;

enum { TABLE_FROM = 3, TABLE_TO = 27 };

/* By degrees of freedom from 3 to 27: all that baselines of up to 28 days have. */
static const limits TABLE[] = {
    {4.54070, 2.35336}, {3.74695, 2.13185}, {3.36493, 2.01505}, {3.14267, 1.94318}, {2.99795, 1.89458},
    {2.89646, 1.85955}, {2.82144, 1.83311}, {2.76377, 1.81246}, {2.71808, 1.79588}, {2.68100, 1.78229},
    {2.65031, 1.77093}, {2.62449, 1.76131}, {2.60248, 1.75305}, {2.58349, 1.74588}, {2.56693, 1.73961},
    {2.55238, 1.73406}, {2.53948, 1.72913}, {2.52798, 1.72472}, {2.51765, 1.72074}, {2.50832, 1.71714},
    {2.49987, 1.71387}, {2.49216, 1.71088}, {2.48511, 1.70814}, {2.47863, 1.70562}, {2.47266, 1.70329}};

/* The detector at work on one series, of which it holds the values from `origin` on. */
typedef struct essence {
    gov_essence_settings s;
    gov_essence_memory *memory;
    gov_essence_carry *carry;
    int64_t from; /* days before are only smoothed */
    const double *y;
    const uint8_t *valid;
    int64_t origin;
} essence;

static int present_at(const essence *e, int64_t t)
{
    return e->valid == NULL || e->valid[t - e->origin] != 0;
}

static double value_at(const essence *e, int64_t t)
{
    return e->y[t - e->origin];
}

static double round_to_five(double x)
{
    return round(x * 1e5) / 1e5;
}

static limits limits_at(int64_t df)
{
    if (df >= TABLE_FROM && df <= TABLE_TO)
        return TABLE[df - TABLE_FROM];
    return (limits){round_to_five(gov_t_isf(0.01, (double)df)), round_to_five(gov_t_isf(0.05, (double)df))};
}

static double one_percent_point(const essence *e, int64_t df)
{
    if (e->memory->exact[df] == 0)
        e->memory->exact[df] = gov_t_isf(0.01, (double)df);
    return e->memory->exact[df];
}

/* The first day of the baseline of t and its length in days (some may be missing). */
static int64_t baseline_first(const essence *e, int64_t t, int64_t *length)
{
    int64_t last = t - e->s.guard;
    int64_t first = last - e->s.baseline > 0 ? last - e->s.baseline : 0;
    *length = last - first;
    return first;
}

static int64_t count_present(const essence *e, int64_t first, int64_t length)
{
    int64_t count = 0;
    for (int64_t i = first; i < first + length; i++)
        count += present_at(e, i);
    return count;
}

/* --- Regression ------------------------------------------------------------------------------------------------ */

typedef struct line {
    double slope;
    double level[WEEK]; /* by day number modulo 7, at the first day of the baseline */
    double residual_squares;
    double fitted_squares;
} line;

typedef struct weekday {
    double count;
    double time;
    double y;
} weekday;

static int weekday_means(const essence *e, int64_t first, int64_t length, weekday *means)
{
    for (int64_t i = 0; i < length; i++) {
        weekday *d = &means[(first + i) % WEEK];
        if (!present_at(e, first + i))
            continue;
        d->count += 1;
        d->time += (double)i;
        d->y += value_at(e, first + i);
    }
    for (int w = 0; w < WEEK; w++) {
        if (means[w].count == 0)
            return 0;
        means[w].time /= means[w].count;
        means[w].y /= means[w].count;
    }
    return 1;
}

static void fit_squares(const essence *e, int64_t first, int64_t length, line *l)
{
    double mean = 0;
    double count = 0;
    for (int64_t i = 0; i < length; i++) {
        if (!present_at(e, first + i))
            continue;
        double fitted = l->level[(first + i) % WEEK] + l->slope * (double)i;
        double residual = value_at(e, first + i) - fitted;
        l->residual_squares += residual * residual;
        mean += fitted;
        count += 1;
    }
    mean /= count;
    for (int64_t i = 0; i < length; i++) {
        double away = l->level[(first + i) % WEEK] + l->slope * (double)i - mean;
        l->fitted_squares += present_at(e, first + i) ? away * away : 0;
    }
}

/* 0 if a weekday is missing from the baseline. */
static int fit_line(const essence *e, int64_t first, int64_t length, line *l)
{
    weekday means[WEEK] = {{0, 0, 0}};
    double product = 0;
    double spread = 0;
    if (!weekday_means(e, first, length, means))
        return 0;
    for (int64_t i = 0; i < length; i++) {
        const weekday *d = &means[(first + i) % WEEK];
        double away = (double)i - d->time;
        if (!present_at(e, first + i))
            continue;
        spread += away * away;
        product += away * (value_at(e, first + i) - d->y);
    }
    if (spread == 0)
        return 0;
    *l = (line){.slope = product / spread};
    for (int w = 0; w < WEEK; w++)
        l->level[w] = means[w].y - l->slope * means[w].time;
    fit_squares(e, first, length, l);
    return 1;
}

static gov_essence_day by_regression(const essence *e, int64_t t)
{
    gov_essence_day d = {.used = GOV_ESSENCE_REGRESSION};
    line l;
    int64_t length;
    int64_t first = baseline_first(e, t, &length);
    int64_t count = count_present(e, first, length);
    if (count < LEAST_BASELINE || !fit_line(e, first, length, &l)) {
        d.reason = GOV_REASON_BASELINE_GAPS;
        return d;
    }
    double m = (double)count;
    int64_t df = count - REGRESSION_TERMS;
    double sigma = sqrt(l.residual_squares / (double)df) * sqrt((m + 7) * (m - 4) / (m * (m - 7)));
    sigma = fmax(sigma, 1.01 / limits_at(df).warning);
    double total = l.residual_squares + l.fitted_squares;
    d.r_squared = total > 0 ? 1 - l.residual_squares / total * (m - 1) / (double)df : 0;
    d.expected = fmax(0, l.level[t % WEEK] + l.slope * (double)(length + e->s.guard));
    d.statistic = (value_at(e, t) - d.expected) / sigma;
    d.df = (double)df;
    d.upper = d.expected + sigma * one_percent_point(e, df);
    return d;
}

/* --- EWMA ------------------------------------------------------------------------------------------------------ */

static gov_essence_smoother smoother_of(const essence *e, double w, double m, double warning)
{
    double left = 1 - w;
    return (gov_essence_smoother){
        sqrt(w / (2 - w) + 1 / m - 2 * pow(left, (double)e->s.guard + 1) * ((1 - pow(left, m)) / m)),
        w / warning * (1 + 0.5 * left * left),
        (0.1289 - (0.2414 - 0.1826 * pow(left, 4)) * log(10 * 0.05)) * (w / warning),
    };
}

/* The baseline is as long most days as it was the day before: its powers are kept. */
static void keep_smoothers(essence *e, int64_t m, double warning)
{
    if (e->memory->m == m)
        return;
    e->memory->m = m;
    e->memory->slow = smoother_of(e, e->s.w1, (double)m, warning);
    e->memory->fast = smoother_of(e, e->s.w2, (double)m, warning);
}

static double smoothed_sigma(const gov_essence_smoother *s, double sd)
{
    return fmax(s->least, sd * s->correction + s->constant);
}

typedef struct smoothing {
    double z;
    double statistic;
    double upper; /* the value that brings the statistic to the 1 % point */
} smoothing;

static smoothing smooth(double before, double w, double y, double mean, double sigma, double limit,
                        double exact)
{
    smoothing s = {w * y + (1 - w) * before, 0, (mean + exact * sigma - (1 - w) * before) / w};
    s.statistic = (s.z - mean) / sigma;
    if (fabs(s.statistic) > limit)
        s.z = mean + (s.statistic > 0 ? 1 : -1) * limit * sigma;
    return s;
}

static void mean_and_sd(const essence *e, int64_t first, int64_t length, double m, double *mean, double *sd)
{
    double sum = 0;
    for (int64_t i = first; i < first + length; i++)
        sum += present_at(e, i) ? value_at(e, i) : 0;
    *mean = sum / m;
    sum = 0;
    for (int64_t i = first; i < first + length; i++)
        sum += present_at(e, i) ? (value_at(e, i) - *mean) * (value_at(e, i) - *mean) : 0;
    *sd = sqrt(sum / (m - 1));
}

static double blend(const essence *e, double w, double y, double before)
{
    return e->carry->started ? w * y + (1 - w) * before : y;
}

/* Before there is a baseline the values are only smoothed. */
static void only_smooth(essence *e, int64_t t)
{
    double y = value_at(e, t);
    e->carry->z1 = blend(e, e->s.w1, y, e->carry->z1);
    e->carry->z2 = blend(e, e->s.w2, y, e->carry->z2);
    e->carry->started = 1;
}

/* Moves the smoothed values on by one day and judges it. */
static gov_essence_day by_ewma(essence *e, int64_t t)
{
    gov_essence_day d = {.used = GOV_ESSENCE_EWMA};
    int64_t length;
    double mean;
    double sd;
    int64_t first = baseline_first(e, t, &length);
    int64_t count = count_present(e, first, length);
    if (count < LEAST_BASELINE || !e->carry->started) {
        only_smooth(e, t);
        d.reason = GOV_REASON_BASELINE_GAPS;
        return d;
    }
    double m = (double)count;
    limits l = limits_at(count - 1);
    double exact = t < e->from ? 0 : one_percent_point(e, count - 1);
    mean_and_sd(e, first, length, m, &mean, &sd);
    keep_smoothers(e, count, l.warning);
    double y = value_at(e, t);
    smoothing slow =
        smooth(e->carry->z1, e->s.w1, y, mean, smoothed_sigma(&e->memory->slow, sd), l.alert, exact);
    smoothing fast =
        smooth(e->carry->z2, e->s.w2, y, mean, smoothed_sigma(&e->memory->fast, sd), l.alert, exact);
    e->carry->z1 = slow.z;
    e->carry->z2 = fast.z;
    d.expected = mean;
    d.statistic = fmax(slow.statistic, fast.statistic);
    d.df = m - 1;
    d.upper = fmin(slow.upper, fast.upper);
    return d;
}

/* --- Course ---------------------------------------------------------------------------------------------------- */

static gov_essence_day judge(essence *e, int64_t t)
{
    if (!present_at(e, t))
        return (gov_essence_day){.reason = GOV_REASON_MISSING};
    gov_essence_day ewma = {.reason = GOV_REASON_SHORT_HISTORY};
    if (t - e->s.guard < LEAST_BASELINE) {
        only_smooth(e, t);
        return ewma;
    }
    if (e->s.method != GOV_ESSENCE_REGRESSION)
        ewma = by_ewma(e, t);
    if (t < e->from)
        ewma.reason = GOV_REASON_NOT_ASKED;
    if (e->s.method == GOV_ESSENCE_EWMA || t < e->from)
        return ewma;
    gov_essence_day regression = by_regression(e, t);
    if (e->s.method == GOV_ESSENCE_REGRESSION)
        return regression;
    if (regression.reason == GOV_REASON_NONE && regression.r_squared >= ENOUGH_R_SQUARED)
        return regression;
    ewma.r_squared = regression.r_squared;
    return ewma;
}

gov_essence_level gov_essence_level_of(const gov_essence_day *d)
{
    if (d->reason != GOV_REASON_NONE)
        return GOV_ESSENCE_NOT_JUDGED;
    return d->p < 0.01 ? GOV_ESSENCE_ALERT : d->p < 0.05 ? GOV_ESSENCE_WARNING : GOV_ESSENCE_NORMAL;
}

static void write_alarm(gov_alarms *a, int64_t t, double y, const gov_essence_day *d)
{
    int judged = d->reason == GOV_REASON_NONE;
    if (a->reason != NULL)
        a->reason[t] = (uint8_t)d->reason;
    if (a->alarm != NULL)
        a->alarm[t] = gov_essence_level_of(d) == GOV_ESSENCE_ALERT;
    if (a->expected != NULL)
        a->expected[t] = judged ? d->expected : 0;
    if (a->upper != NULL)
        a->upper[t] = judged ? d->upper : 0;
    if (a->score != NULL)
        a->score[t] = judged ? gov_alarm_score(y, d->expected, d->upper) : 0;
}

static void write_day(gov_essence_days *days, int64_t t, const gov_essence_day *d)
{
    int judged = d->reason == GOV_REASON_NONE;
    if (days->p != NULL)
        days->p[t] = judged ? d->p : 0;
    if (days->statistic != NULL)
        days->statistic[t] = judged ? d->statistic : 0;
    if (days->r_squared != NULL)
        days->r_squared[t] = judged ? d->r_squared : 0;
    if (days->level != NULL)
        days->level[t] = (uint8_t)gov_essence_level_of(d);
    if (days->used != NULL)
        days->used[t] = judged ? (uint8_t)d->used : 0;
}

/* --- One day after another ------------------------------------------------------------------------------------- */

gov_status gov_essence_settle(const gov_essence_options *options, gov_essence_settings *out, gov_error *err)
{
    static const gov_essence_options none = GOV_ESSENCE_OPTIONS_INIT;
    const gov_essence_options *o = options == NULL ? &none : options;
    gov_essence_settings s = {.method = o->method};
    GOV_TRY(gov_option_share("w1", o->w1, 0.4, &s.w1, err));
    GOV_TRY(gov_option_share("w2", o->w2, 0.9, &s.w2, err));
    if ((int)o->method < 0 || o->method > GOV_ESSENCE_EWMA)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("method"), "there is no method number %d",
                           (int)o->method);
    if (o->baseline != 0 && (o->baseline < LEAST_BASELINE || o->baseline > 100000))
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("baseline"),
                           "the baseline needs 11 to 100000 days, not %lld", (long long)o->baseline);
    if (o->guard < -1)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("guard"), "guard must be -1 (none) or more");
    if (o->from < 0)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("from"), "the first day to judge is 0 or more");
    s.baseline = o->baseline == 0 ? 28 : o->baseline;
    s.guard = o->guard == 0 ? 2 : o->guard < 0 ? 0 : o->guard;
    *out = s;
    return GOV_OK;
}

gov_status gov_essence_memory_new(const gov_essence_settings *settings, gov_essence_memory *out,
                                  gov_error *err)
{
    *out = (gov_essence_memory){.exact = gov_alloc_zero(settings->baseline + 1, sizeof(double))};
    return out->exact == NULL ? gov_fail_memory(err) : GOV_OK;
}

void gov_essence_memory_clear(gov_essence_memory *memory)
{
    gov_free(memory->exact);
    memory->exact = NULL;
}

void gov_essence_pass(const gov_essence_settings *settings, gov_essence_memory *memory,
                      const gov_essence_values *values, int64_t t, gov_essence_carry *carry)
{
    essence e = {*settings, memory, carry, INT64_MAX, values->y, values->valid, values->origin};
    judge(&e, t);
}

gov_essence_day gov_essence_judge(const gov_essence_settings *settings, gov_essence_memory *memory,
                                  const gov_essence_values *values, int64_t t, gov_essence_carry *carry)
{
    essence e = {*settings, memory, carry, 0, values->y, values->valid, values->origin};
    gov_essence_day d = judge(&e, t);
    d.p = d.reason == GOV_REASON_NONE ? gov_t_tail(d.statistic, d.df) : 0;
    return d;
}

gov_status gov_essence(const double *y, const uint8_t *valid, int64_t n, const gov_essence_options *options,
                       gov_alarms *alarms, gov_essence_days *days, gov_error *err)
{
    static const gov_essence_days nowhere = GOV_ESSENCE_DAYS_INIT;
    gov_essence_days out = days == NULL ? nowhere : *days;
    gov_essence_settings s;
    gov_essence_memory memory;
    gov_essence_carry carry = {0, 0, 0};
    if (alarms == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "alarms must not be NULL");
    GOV_TRY(gov_essence_settle(options, &s, err));
    GOV_TRY(gov_series_check(y, valid, n, err));
    GOV_TRY(gov_essence_memory_new(&s, &memory, err));
    essence e = {s, &memory, &carry, options == NULL ? 0 : options->from, y, valid, 0};
    for (int64_t t = 0; t < n; t++) {
        gov_essence_day d = judge(&e, t);
        d.p = d.reason == GOV_REASON_NONE ? gov_t_tail(d.statistic, d.df) : 0;
        write_alarm(alarms, t, y[t], &d);
        write_day(&out, t, &d);
    }
    gov_essence_memory_clear(&memory);
    return GOV_OK;
}

/* --- As a table ------------------------------------------------------------------------------------------------- */

typedef struct everything {
    gov_alarms alarms;
    gov_essence_days days;
} everything;

static void everything_free(everything *e)
{
    gov_alarms_free(&e->alarms);
    gov_free(e->days.p);
    gov_free(e->days.statistic);
    gov_free(e->days.r_squared);
    gov_free(e->days.level);
    gov_free(e->days.used);
}

static gov_status everything_new(int64_t n, everything *e, gov_error *err)
{
    GOV_TRY(gov_alarms_new(n, &e->alarms, err));
    e->days = (gov_essence_days)GOV_ESSENCE_DAYS_INIT;
    e->days.p = gov_alloc(n, sizeof(double));
    e->days.statistic = gov_alloc(n, sizeof(double));
    e->days.r_squared = gov_alloc(n, sizeof(double));
    e->days.level = gov_alloc(n, 1);
    e->days.used = gov_alloc(n, 1);
    if (e->days.p && e->days.statistic && e->days.r_squared && e->days.level && e->days.used)
        return GOV_OK;
    everything_free(e);
    return gov_fail_memory(err);
}

static gov_status add_doubles(gov_frame *frame, const char *name, const double *values, const uint8_t *level,
                              gov_error *err)
{
    double *column;
    GOV_TRY(gov_frame_doubles(frame, name, &column, err));
    for (int64_t t = 0; t < frame->rows; t++)
        column[t] = level[t] == GOV_ESSENCE_NOT_JUDGED ? NAN : values[t];
    return GOV_OK;
}

/* Codes from 1 on have a word; 0 has none. */
static gov_status add_words(gov_frame *frame, const char *name, const uint8_t *codes,
                            const char *const *words, gov_error *err)
{
    const char **texts = gov_alloc(frame->rows, sizeof(char *));
    if (texts == NULL)
        return gov_fail_memory(err);
    for (int64_t t = 0; t < frame->rows; t++)
        texts[t] = words[codes[t]];
    gov_status status = gov_frame_texts(frame, name, texts, NULL, err);
    gov_free(texts);
    return status;
}

static gov_status add_days(gov_frame *frame, const gov_essence_days *d, gov_error *err)
{
    static const char *const levels[] = {NULL, "normal", "warning", "alert"};
    static const char *const methods[] = {NULL, "regression", "ewma"};
    GOV_TRY(add_doubles(frame, "p", d->p, d->level, err));
    GOV_TRY(add_doubles(frame, "statistic", d->statistic, d->level, err));
    GOV_TRY(add_doubles(frame, "r_squared", d->r_squared, d->level, err));
    GOV_TRY(add_words(frame, "level", d->level, levels, err));
    return add_words(frame, "used", d->used, methods, err);
}

gov_status gov_essence_table(const double *y, const uint8_t *valid, int64_t n,
                             const gov_essence_options *options, gov_table **out, gov_error *err)
{
    everything e;
    if (n < 0)
        return gov_fail(err, GOV_E_ARGUMENT, "a series needs a length of 0 or more");
    GOV_TRY(everything_new(n, &e, err));
    gov_frame frame = GOV_FRAME_INIT(n);
    gov_status status = gov_essence(y, valid, n, options, &e.alarms, &e.days, err);
    if (status == GOV_OK)
        status = gov_alarms_add(&frame, &e.alarms, err);
    if (status == GOV_OK)
        status = add_days(&frame, &e.days, err);
    if (status == GOV_OK)
        status = gov_frame_finish(&frame, out, err);
    gov_frame_clear(&frame);
    everything_free(&e);
    return status;
}
