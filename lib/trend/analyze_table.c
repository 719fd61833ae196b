/* analyze_table.c - findings as a table: numbers, names, and a sentence in each of two languages. */
#include "base/buffer.h"
#include "table/bits.h"
#include "table/frame.h"
#include "trend/analyze.h"
#include "trend/reason.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { NAME_SIZE = 16 };

typedef struct results {
    const gov_analysis *analysis;
    const gov_panel *panel;
    const gov_finding *findings;
} results;

static const char *method_name(const gov_finding *f)
{
    return gov_alarm_method_name(f->alarm_method);
}

/* A reason to judge by another method than the one that was wanted. */
static void write_choice(gov_buffer *b, const gov_finding *f, int zh)
{
    if (f->wanted > 0)
        gov_buffer_format(b,
                          zh ? "此前仅 %lld 期，Farrington 需要 %lld 期，改用 %s。"
                             : " %lld periods of history, Farrington needs %lld: %s used.",
                          (long long)f->history, (long long)f->wanted,
                          f->alarm_method == GOV_ALARM_ESSENCE ? "ESSENCE" : "EARS");
}

static const char *trend_name(const gov_finding *f)
{
    if (f->trend_reason != GOV_REASON_NONE)
        return NULL;
    return f->mk.trend > 0 ? "increasing" : f->mk.trend < 0 ? "decreasing" : "no trend";
}

static void write_alarm_text(gov_buffer *b, const gov_finding *f, int zh)
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

static void write_text(gov_buffer *b, const gov_analysis *a, const gov_finding *f, int zh)
{
    if (f->trend_reason == GOV_REASON_SHORT_HISTORY)
        gov_buffer_format(b,
                          zh ? "仅有 %lld 期数据，趋势检验至少需要 %d 期。"
                             : "%lld periods of history, a trend needs %d.",
                          (long long)f->present, GOV_LEAST_FOR_TREND);
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
    write_choice(b, f, zh);
    if (a->o.wide)
        gov_wide_text(b, a, f, zh);
}

/* The numbers of the table, by name. */
typedef double (*number_of)(const gov_finding *f);

#define NUMBER(name, condition, value)                \
    static double number_##name(const gov_finding *f) \
    {                                                 \
        return (condition) ? (double)(value) : NAN;   \
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

static gov_status add_number(gov_frame *frame, const char *name, number_of number,
                             const gov_finding *findings, gov_error *err)
{
    double *values;
    GOV_TRY(gov_frame_doubles(frame, name, &values, err));
    for (int64_t s = 0; s < frame->rows; s++)
        values[s] = number(&findings[s]);
    return GOV_OK;
}

static gov_status add_numbers(gov_frame *frame, const gov_finding *findings, int alarms, gov_error *err)
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

static gov_status add_counts(gov_frame *frame, const results *a, gov_error *err)
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

static gov_status add_alarm(gov_frame *frame, const gov_finding *findings, gov_error *err)
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

enum { TEXT_PERIOD, TEXT_TREND, TEXT_STATUS, TEXT_METHOD, TEXT_ALARM_STATUS };

/* A column of one of the fixed texts above. */
static gov_status add_words(gov_frame *frame, const results *a, const char *name, int which, gov_error *err)
{
    char period[NAME_SIZE] = "";
    gov_panel_period_name(a->panel, a->panel->periods - 1, period, sizeof(period));
    const char **texts = gov_alloc(frame->rows, sizeof(char *));
    if (texts == NULL)
        return gov_fail_memory(err);
    for (int64_t s = 0; s < frame->rows; s++) {
        const gov_finding *f = &a->findings[s];
        texts[s] = which == TEXT_PERIOD   ? period
                   : which == TEXT_TREND  ? trend_name(f)
                   : which == TEXT_STATUS ? gov_reason_name(f->trend_reason)
                   : which == TEXT_METHOD ? method_name(f)
                                          : gov_reason_name(f->alarm_reason);
    }
    gov_status status = gov_frame_texts(frame, name, texts, NULL, err);
    gov_free(texts);
    return status;
}

/* Sentences end to end in one block, with a table of where each begins. */
static gov_status add_sentences(gov_frame *frame, const results *a, const char *name, int zh, gov_error *err)
{
    gov_buffer b = GOV_BUFFER_INIT;
    const char **texts = gov_alloc(frame->rows, sizeof(char *));
    int64_t *sizes = gov_alloc_zero(frame->rows, sizeof(int64_t));
    gov_status status = texts == NULL || sizes == NULL ? gov_fail_memory(err) : GOV_OK;
    for (int64_t s = 0; status == GOV_OK && s < frame->rows; s++) {
        int64_t before = b.size;
        write_text(&b, a->analysis, &a->findings[s], zh);
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

static gov_status add_columns(gov_frame *frame, const results *a, gov_error *err)
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
    GOV_TRY(add_words(frame, a, "alarm_method", TEXT_METHOD, err));
    GOV_TRY(add_words(frame, a, "alarm_status", TEXT_ALARM_STATUS, err));
    if (a->analysis->o.wide)
        GOV_TRY(gov_wide_columns(frame, a->analysis, a->findings, err));
    GOV_TRY(add_sentences(frame, a, "text_zh", 1, err));
    return add_sentences(frame, a, "text_en", 0, err);
}

/* A label that has the name of a column of findings. */
static gov_status fail_label(const gov_panel *panel, gov_error *err)
{
    const char *name = "";
    for (int64_t c = 0; err != NULL && c < gov_table_columns(panel->labels); c++)
        if (strcmp(gov_table_name(panel->labels, c), err->name) == 0)
            name = gov_table_name(panel->labels, c);
    return gov_fail_at(err, GOV_E_DUPLICATE, GOV_AT_NAME(name),
                       "findings have a column of this name; give the series column another one");
}

gov_status gov_findings_table(const gov_analysis *a, const gov_finding *findings, gov_table **out,
                              gov_error *err)
{
    const results r = {a, a->panel, findings};
    gov_frame frame = GOV_FRAME_INIT(a->panel->series);
    gov_status status = add_columns(&frame, &r, err);
    if (status == GOV_OK)
        status = gov_frame_finish(&frame, out, err);
    gov_frame_clear(&frame);
    return status == GOV_E_DUPLICATE ? fail_label(a->panel, err) : status;
}
