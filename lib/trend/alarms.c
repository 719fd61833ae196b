#include "trend/alarms.h"
#include "base/alloc.h"
#include "table/bits.h"

#include <math.h>

double gov_alarm_score(double y, double expected, double upper)
{
    return upper > expected ? (y - expected) / (upper - expected) : 0;
}

static void write_judgement(gov_alarms *a, int64_t t, double y, const gov_judgement *j)
{
    int judged = j->reason == GOV_REASON_NONE;
    if (a->reason != NULL)
        a->reason[t] = (uint8_t)j->reason;
    if (a->alarm != NULL)
        a->alarm[t] = judged && y > j->upper;
    if (a->expected != NULL)
        a->expected[t] = judged ? j->expected : 0;
    if (a->upper != NULL)
        a->upper[t] = judged ? j->upper : 0;
    if (a->score != NULL)
        a->score[t] = judged ? gov_alarm_score(y, j->expected, j->upper) : 0;
}

gov_status gov_judge_all(const double *y, int64_t n, gov_judge judge, const void *context, gov_alarms *alarms,
                         gov_error *err)
{
    if (alarms == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "alarms must not be NULL");
    for (int64_t t = 0; t < n; t++) {
        gov_judgement j = judge(context, t);
        write_judgement(alarms, t, y[t], &j);
    }
    return GOV_OK;
}

gov_status gov_alarms_new(int64_t n, gov_alarms *out, gov_error *err)
{
    gov_alarms a = GOV_ALARMS_INIT;
    a.alarm = gov_alloc_zero(n, 1);
    a.reason = gov_alloc_zero(n, 1);
    a.expected = gov_alloc_zero(n, sizeof(double));
    a.upper = gov_alloc_zero(n, sizeof(double));
    a.score = gov_alloc_zero(n, sizeof(double));
    if (!a.alarm || !a.reason || !a.expected || !a.upper || !a.score) {
        gov_alarms_free(&a);
        return gov_fail_memory(err);
    }
    *out = a;
    return GOV_OK;
}

void gov_alarms_free(gov_alarms *alarms)
{
    gov_free(alarms->alarm);
    gov_free(alarms->reason);
    gov_free(alarms->expected);
    gov_free(alarms->upper);
    gov_free(alarms->score);
}

/* A frame takes NaN for missing, an array does not: the copy says so where a period was not judged. */
static gov_status add_numbers(gov_frame *f, const char *name, const double *values, const uint8_t *reason,
                              gov_error *err)
{
    double *column;
    GOV_TRY(gov_frame_doubles(f, name, &column, err));
    for (int64_t t = 0; t < f->rows; t++)
        column[t] = reason[t] == GOV_REASON_NONE ? values[t] : NAN;
    return GOV_OK;
}

static gov_status add_alarms(gov_frame *f, const gov_alarms *a, gov_error *err)
{
    void *alarm;
    uint8_t *valid;
    GOV_TRY(gov_frame_add(f, "alarm", GOV_TYPE_BOOL, &alarm, &valid, err));
    for (int64_t t = 0; t < f->rows; t++) {
        if (a->reason[t] != GOV_REASON_NONE)
            gov_bit_clear(valid, t);
        else if (a->alarm[t] != 0)
            gov_bit_set(alarm, t);
    }
    return GOV_OK;
}

static gov_status add_reasons(gov_frame *f, const uint8_t *reason, gov_error *err)
{
    const char **texts = gov_alloc(f->rows, sizeof(char *));
    if (texts == NULL)
        return gov_fail_memory(err);
    for (int64_t t = 0; t < f->rows; t++)
        texts[t] = reason[t] == GOV_REASON_NONE ? NULL : gov_reason_text((gov_reason)reason[t], "en");
    gov_status status = gov_frame_texts(f, "reason", texts, NULL, err);
    gov_free(texts);
    return status;
}

gov_status gov_alarms_add(gov_frame *frame, const gov_alarms *alarms, gov_error *err)
{
    GOV_TRY(add_numbers(frame, "expected", alarms->expected, alarms->reason, err));
    GOV_TRY(add_numbers(frame, "upper", alarms->upper, alarms->reason, err));
    GOV_TRY(add_numbers(frame, "score", alarms->score, alarms->reason, err));
    GOV_TRY(add_alarms(frame, alarms, err));
    return add_reasons(frame, alarms->reason, err);
}

gov_status gov_alarms_to_table(const gov_alarms *alarms, int64_t n, gov_table **out, gov_error *err)
{
    gov_frame frame = GOV_FRAME_INIT(n);
    gov_status status = gov_alarms_add(&frame, alarms, err);
    if (status == GOV_OK)
        status = gov_frame_finish(&frame, out, err);
    gov_frame_clear(&frame);
    return status;
}

gov_status gov_ears_table(const double *y, const uint8_t *valid, int64_t n, const gov_ears_options *options,
                          gov_table **out, gov_error *err)
{
    gov_alarms alarms;
    if (n < 0)
        return gov_fail(err, GOV_E_ARGUMENT, "a series needs a length of 0 or more");
    GOV_TRY(gov_alarms_new(n, &alarms, err));
    gov_status status = gov_ears(y, valid, n, options, &alarms, err);
    if (status == GOV_OK)
        status = gov_alarms_to_table(&alarms, n, out, err);
    gov_alarms_free(&alarms);
    return status;
}
