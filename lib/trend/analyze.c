/* analyze.c - findings over a panel: every series by itself, in blocks that threads share out.
 *
 * Each series writes its own line of the findings, so that any number of threads gives the same table. */
#include "base/buffer.h"
#include "base/parallel.h"
#include "table/bits.h"
#include "table/frame.h"
#include "trend/alarms.h"
#include "trend/monotonic.h"
#include "trend/panel.h"

#include <math.h>
#include <stdio.h>

enum { BLOCK = 64, NAME_SIZE = 16, LEAST_FOR_TREND = 3 };

typedef struct finding {
    int64_t present;
    double observed; /* of the last period; NaN: missing */
    gov_reason trend_reason;
    gov_reason alarm_reason;
    gov_mk_result mk;
    gov_sen_result sen;
    double expected;
    double upper;
    int alarm;
} finding;

typedef struct analysis {
    const gov_panel *panel;
    const gov_trend_options *options;
    finding *findings;
    double *lines;    /* scratch: one series a worker */
    uint8_t *present; /* the same */
} analysis;

/* --- One series ---------------------------------------------------------------------------------------------- */

static gov_reason trend_reason(const double *y, const uint8_t *present, int64_t n, int64_t count)
{
    if (count < LEAST_FOR_TREND)
        return GOV_REASON_SHORT_HISTORY;
    double first = NAN;
    for (int64_t t = 0; t < n; t++) {
        if (present[t] == 0)
            continue;
        if (isnan(first))
            first = y[t];
        else if (y[t] != first)
            return GOV_REASON_NONE;
    }
    return GOV_REASON_CONSTANT;
}

static gov_status find_trend(const analysis *a, const double *y, const uint8_t *present, finding *f,
                             gov_error *err)
{
    int64_t n = a->panel->periods;
    gov_mk_options mk = GOV_MK_OPTIONS_INIT;
    gov_sen_options sen = GOV_SEN_OPTIONS_INIT;
    f->trend_reason = trend_reason(y, present, n, f->present);
    if (f->trend_reason != GOV_REASON_NONE)
        return GOV_OK;
    mk.alpha = sen.alpha = a->options->alpha;
    mk.without_slope = 1;
    GOV_TRY(gov_mann_kendall(y, present, n, &mk, &f->mk, err));
    return gov_sen_slope(y, present, n, &sen, &f->sen, err);
}

/* EARS on the last period: the detector is given no more of the series than it looks at. */
static gov_status find_alarm(const analysis *a, const double *y, const uint8_t *present, finding *f,
                             gov_error *err)
{
    enum { LOOKS_AT = 8 };
    int64_t n = a->panel->periods;
    int64_t from = n > LOOKS_AT ? n - LOOKS_AT : 0;
    double expected[LOOKS_AT];
    double upper[LOOKS_AT];
    uint8_t alarm[LOOKS_AT];
    uint8_t reason[LOOKS_AT];
    gov_alarms out = GOV_ALARMS_INIT;
    gov_ears_options ears = GOV_EARS_OPTIONS_INIT;
    out.expected = expected;
    out.upper = upper;
    out.alarm = alarm;
    out.reason = reason;
    ears.min_sigma = a->options->min_sigma == 0 ? 0.5 : a->options->min_sigma;
    ears.alpha = a->options->ears_alpha;
    GOV_TRY(gov_ears(y + from, present + from, n - from, &ears, &out, err));
    int64_t last = n - from - 1;
    f->alarm_reason = (gov_reason)reason[last];
    f->expected = expected[last];
    f->upper = upper[last];
    f->alarm = alarm[last];
    return GOV_OK;
}

static gov_status find_series(void *context, int worker, int64_t first, int64_t last, gov_error *err)
{
    const analysis *a = context;
    int64_t n = a->panel->periods;
    double *y = a->lines + worker * n;
    uint8_t *present = a->present + worker * n;
    for (int64_t s = first; s < last; s++) {
        finding *f = &a->findings[s];
        f->present = n - gov_cells_read(a->panel, s, y, present);
        f->observed = present[n - 1] != 0 ? y[n - 1] : NAN;
        GOV_TRY(find_trend(a, y, present, f, err));
        GOV_TRY(find_alarm(a, y, present, f, err));
    }
    return GOV_OK;
}

/* --- The table ----------------------------------------------------------------------------------------------- */

static const char *status_name(gov_reason reason)
{
    switch (reason) {
    case GOV_REASON_NONE:
        return "ok";
    case GOV_REASON_SHORT_HISTORY:
        return "short_history";
    case GOV_REASON_CONSTANT:
        return "constant";
    case GOV_REASON_MISSING:
        return "missing";
    default:
        return "baseline_gaps";
    }
}

static const char *trend_name(const finding *f)
{
    if (f->trend_reason != GOV_REASON_NONE)
        return NULL;
    return f->mk.trend > 0 ? "increasing" : f->mk.trend < 0 ? "decreasing" : "no trend";
}

static void write_alarm_text(gov_buffer *b, const finding *f, int zh)
{
    if (f->alarm_reason != GOV_REASON_NONE)
        gov_buffer_format(b, zh ? "本期未作异常判断：%s。" : " Last period not judged: %s.",
                          gov_reason_text(f->alarm_reason, zh ? "zh" : "en"));
    else if (f->alarm)
        gov_buffer_format(b,
                          zh ? "本期 %g，高于上限 %.2f（预期 %.2f），请核查。"
                             : " Last period %g, above the bound %.2f (expected %.2f): please check.",
                          f->observed, f->upper, f->expected);
    else
        gov_buffer_format(b, zh ? "本期 %g，未超出上限 %.2f。" : " Last period %g, within the bound %.2f.",
                          f->observed, f->upper);
}

static void write_text(gov_buffer *b, const finding *f, int zh)
{
    if (f->trend_reason == GOV_REASON_SHORT_HISTORY)
        gov_buffer_format(b,
                          zh ? "仅有 %lld 期数据，趋势检验至少需要 %d 期。"
                             : "%lld periods of history, a trend needs %d.",
                          (long long)f->present, LEAST_FOR_TREND);
    else if (f->trend_reason != GOV_REASON_NONE)
        gov_buffer_format(b,
                          zh ? "%lld 期数值完全相同，无法检验趋势。"
                             : "All %lld values are equal, a trend cannot be tested.",
                          (long long)f->present);
    else if (f->mk.trend != 0)
        gov_buffer_format(
            b,
            zh ? "%s，每期 %+.3g（%.3g 至 %.3g），p=%.2g。" : "%s by %+.3g a period (%.3g to %.3g), p=%.2g.",
            zh ? (f->mk.trend > 0 ? "呈上升趋势" : "呈下降趋势") : (f->mk.trend > 0 ? "Rising" : "Falling"),
            f->sen.slope, f->sen.slope_low, f->sen.slope_high, f->mk.p);
    else
        gov_buffer_format(b, zh ? "未见明显趋势，p=%.2g。" : "No clear trend, p=%.2g.", f->mk.p);
    write_alarm_text(b, f, zh);
}

/* The numbers of the table, by name. */
typedef double (*number_of)(const finding *f);

#define NUMBER(name, condition, value)              \
    static double number_##name(const finding *f)   \
    {                                               \
        return (condition) ? (double)(value) : NAN; \
    }

#define HAS_TREND (f->trend_reason == GOV_REASON_NONE)
#define HAS_ALARM (f->alarm_reason == GOV_REASON_NONE)

NUMBER(observed, 1, f->observed)
NUMBER(s, HAS_TREND, f->mk.s)
NUMBER(var_s, HAS_TREND, f->mk.var_s)
NUMBER(tau, HAS_TREND, f->mk.tau)
NUMBER(z, HAS_TREND, f->mk.z)
NUMBER(p, HAS_TREND, f->mk.p)
NUMBER(slope, HAS_TREND, f->sen.slope)
NUMBER(intercept, HAS_TREND, f->sen.intercept)
NUMBER(slope_low, HAS_TREND, f->sen.slope_low)
NUMBER(slope_high, HAS_TREND, f->sen.slope_high)
NUMBER(expected, HAS_ALARM, f->expected)
NUMBER(upper, HAS_ALARM, f->upper)

static gov_status add_number(gov_frame *frame, const char *name, number_of number, const finding *findings,
                             gov_error *err)
{
    double *values;
    GOV_TRY(gov_frame_doubles(frame, name, &values, err));
    for (int64_t s = 0; s < frame->rows; s++)
        values[s] = number(&findings[s]);
    return GOV_OK;
}

static gov_status add_numbers(gov_frame *frame, const finding *findings, int alarms, gov_error *err)
{
    static const struct {
        const char *name;
        number_of number;
        int alarm;
    } columns[] = {{"s", number_s, 0},
                   {"var_s", number_var_s, 0},
                   {"tau", number_tau, 0},
                   {"z", number_z, 0},
                   {"p", number_p, 0},
                   {"slope", number_slope, 0},
                   {"intercept", number_intercept, 0},
                   {"slope_low", number_slope_low, 0},
                   {"slope_high", number_slope_high, 0},
                   {"expected", number_expected, 1},
                   {"upper", number_upper, 1}};
    for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
        if (columns[i].alarm == alarms)
            GOV_TRY(add_number(frame, columns[i].name, columns[i].number, findings, err));
    return GOV_OK;
}

static gov_status add_counts(gov_frame *frame, const analysis *a, gov_error *err)
{
    int64_t *n;
    int64_t *missing;
    GOV_TRY(gov_frame_int64s(frame, "n", &n, err));
    GOV_TRY(gov_frame_int64s(frame, "missing", &missing, err));
    for (int64_t s = 0; s < frame->rows; s++) {
        n[s] = a->findings[s].present;
        missing[s] = a->panel->periods - n[s];
    }
    return GOV_OK;
}

static gov_status add_alarm(gov_frame *frame, const finding *findings, gov_error *err)
{
    void *alarm;
    uint8_t *valid;
    GOV_TRY(gov_frame_add(frame, "alarm", GOV_TYPE_BOOL, &alarm, &valid, err));
    for (int64_t s = 0; s < frame->rows; s++) {
        if (findings[s].alarm_reason != GOV_REASON_NONE)
            gov_bit_clear(valid, s);
        else if (findings[s].alarm)
            gov_bit_set(alarm, s);
    }
    return GOV_OK;
}

enum { TEXT_PERIOD, TEXT_TREND, TEXT_STATUS, TEXT_ALARM_STATUS };

/* A column of one of the fixed texts above. */
static gov_status add_words(gov_frame *frame, const analysis *a, const char *name, int which, gov_error *err)
{
    char period[NAME_SIZE] = "";
    gov_panel_period_name(a->panel, a->panel->periods - 1, period, sizeof(period));
    const char **texts = gov_alloc(frame->rows, sizeof(char *));
    if (texts == NULL)
        return gov_fail_memory(err);
    for (int64_t s = 0; s < frame->rows; s++) {
        const finding *f = &a->findings[s];
        texts[s] = which == TEXT_PERIOD   ? period
                   : which == TEXT_TREND  ? trend_name(f)
                   : which == TEXT_STATUS ? status_name(f->trend_reason)
                                          : status_name(f->alarm_reason);
    }
    gov_status status = gov_frame_texts(frame, name, texts, NULL, err);
    gov_free(texts);
    return status;
}

/* Sentences end to end in one block, with a table of where each begins. */
static gov_status add_sentences(gov_frame *frame, const analysis *a, const char *name, int zh, gov_error *err)
{
    gov_buffer b = GOV_BUFFER_INIT;
    const char **texts = gov_alloc(frame->rows, sizeof(char *));
    int64_t *sizes = gov_alloc_zero(frame->rows, sizeof(int64_t));
    gov_status status = texts == NULL || sizes == NULL ? gov_fail_memory(err) : GOV_OK;
    for (int64_t s = 0; status == GOV_OK && s < frame->rows; s++) {
        int64_t before = b.size;
        write_text(&b, &a->findings[s], zh);
        sizes[s] = b.size - before;
    }
    if (status == GOV_OK && b.broken)
        status = gov_fail_memory(err);
    for (int64_t s = 0, at = 0; status == GOV_OK && s < frame->rows; at += sizes[s++])
        texts[s] = b.data + at;
    if (status == GOV_OK)
        status = gov_frame_texts(frame, name, texts, sizes, err);
    gov_buffer_clear(&b);
    gov_free(texts);
    gov_free(sizes);
    return status;
}

static gov_status add_columns(gov_frame *frame, const analysis *a, gov_error *err)
{
    for (int64_t c = 0; c < gov_table_columns(a->panel->labels); c++)
        GOV_TRY(gov_frame_pass(frame, a->panel->labels, c, NULL, err));
    GOV_TRY(add_counts(frame, a, err));
    GOV_TRY(add_words(frame, a, "period", TEXT_PERIOD, err));
    GOV_TRY(add_number(frame, "observed", number_observed, a->findings, err));
    GOV_TRY(add_words(frame, a, "trend", TEXT_TREND, err));
    GOV_TRY(add_numbers(frame, a->findings, 0, err));
    GOV_TRY(add_numbers(frame, a->findings, 1, err));
    GOV_TRY(add_alarm(frame, a->findings, err));
    GOV_TRY(add_words(frame, a, "status", TEXT_STATUS, err));
    GOV_TRY(add_words(frame, a, "alarm_status", TEXT_ALARM_STATUS, err));
    GOV_TRY(add_sentences(frame, a, "text_zh", 1, err));
    return add_sentences(frame, a, "text_en", 0, err);
}

static gov_status make_table(const analysis *a, gov_table **out, gov_error *err)
{
    gov_frame frame = GOV_FRAME_INIT(a->panel->series);
    gov_status status = add_columns(&frame, a, err);
    if (status == GOV_OK)
        status = gov_frame_finish(&frame, out, err);
    gov_frame_clear(&frame);
    return status;
}

gov_status gov_trend_analyze(const gov_panel *panel, const gov_trend_options *options, gov_table **out,
                             gov_error *err)
{
    static const gov_trend_options none = GOV_TREND_OPTIONS_INIT;
    if (panel == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "panel and out must not be NULL");
    analysis a = {.panel = panel, .options = options == NULL ? &none : options};
    int threads = a.options->threads < 1 ? 1 : a.options->threads;
    a.findings = gov_alloc_zero(panel->series, sizeof(finding));
    a.lines = gov_alloc(panel->periods * threads, sizeof(double));
    a.present = gov_alloc(panel->periods * threads, 1);
    gov_status status = GOV_OK;
    if (a.findings == NULL || a.lines == NULL || a.present == NULL)
        status = gov_fail_memory(err);
    if (status == GOV_OK)
        status = gov_parallel(threads, panel->series, BLOCK, find_series, &a, a.options->run, err);
    if (status == GOV_OK)
        status = make_table(&a, out, err);
    gov_free(a.findings);
    gov_free(a.lines);
    gov_free(a.present);
    return status;
}
