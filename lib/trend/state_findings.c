/* state_findings.c - the last period of each series, as a table.
 *
 * A series writes its own rows of the columns; bits of neighbours share bytes, so that the blocks which threads share
 * out are of 64 series. The carries are copied: judging does not move them on. */
#include "base/parallel.h"
#include "base/struct.h"
#include "table/bits.h"
#include "table/frame.h"
#include "trend/farrington.h"
#include "trend/reason.h"
#include "trend/state.h"

#include <math.h>
#include <stdio.h>

enum { EARS, CUSUM, ESSENCE, FARRINGTON, DETECTORS };
enum { MOST_YEARS = 5, REASONS = GOV_REASON_NOT_ASKED + 1 };

/* What a detector says of each series. */
typedef struct verdicts {
    double *expected;
    double *upper;
    double *extra; /* CUSUM's statistic, ESSENCE's p; else NULL */
    void *alarm;
    uint8_t *judged; /* validity of alarm */
    int8_t *status;  /* a gov_reason */
} verdicts;

typedef struct trends {
    double *s, *var_s, *tau, *z, *p;
    int8_t *direction; /* a place in DIRECTIONS, -1: none */
    int8_t *status;
} trends;

typedef struct findings {
    const gov_trend_state *state;
    gov_trend_findings_options o;
    gov_farrington_options farrington;
    int64_t origin; /* of the window that is read */
    int64_t *n;
    int64_t *missing;
    double *observed;
    verdicts by[DETECTORS];
    trends trend;
    double *y; /* of each worker: a block of windows */
    uint8_t *present;
    gov_essence_memory *memories;
    gov_farrington_machine **machines;
} findings;

static const char *const NAMES[DETECTORS] = {"ears", "cusum", "essence", "farrington"};
static const char *const EXTRAS[DETECTORS] = {NULL, "cusum", "essence_p", NULL};
static const char *const DIRECTIONS[] = {"decreasing", "no trend", "increasing"};

/* --- One series ---------------------------------------------------------------------------------------------------- */

static void write_verdict(const verdicts *v, int64_t s, gov_judgement j, int alarm, double extra)
{
    int judged = j.reason == GOV_REASON_NONE;
    v->status[s] = (int8_t)j.reason;
    v->expected[s] = judged ? j.expected : NAN;
    v->upper[s] = judged ? j.upper : NAN;
    if (v->extra != NULL)
        v->extra[s] = judged ? extra : NAN;
    if (!judged)
        gov_bit_clear(v->judged, s);
    else if (alarm)
        gov_bit_set(v->alarm, s);
}

static void judge_cusum(const findings *f, int64_t s, double y, int present)
{
    const gov_state_settings *settings = &f->state->s;
    const gov_carry *c = &f->state->carry[s];
    double mean = 0;
    double sum = c->sum;
    gov_reason reason = gov_state_expects(settings, c, f->state->rows.count - 1, &mean);
    if (reason == GOV_REASON_NONE && !present)
        reason = GOV_REASON_MISSING;
    if (reason != GOV_REASON_NONE) {
        write_verdict(&f->by[CUSUM], s, (gov_judgement){reason, 0, 0}, 0, 0);
        return;
    }
    gov_cusum_judgement j = gov_cusum_step(&settings->cusum, y, mean, &sum);
    write_verdict(&f->by[CUSUM], s, (gov_judgement){reason, mean, j.upper}, j.alarm, j.sum);
}

static void judge_essence(const findings *f, int worker, int64_t s, const double *y, const uint8_t *present)
{
    const gov_trend_state *state = f->state;
    const gov_essence_values values = {y, present, f->origin};
    gov_essence_carry carry = state->carry[s].essence;
    gov_essence_day d = {.reason = GOV_REASON_NOT_ASKED};
    if (gov_state_has_essence(&state->s))
        d = gov_essence_judge(&state->s.essence, &f->memories[worker], &values, state->rows.count - 1,
                              &carry);
    write_verdict(&f->by[ESSENCE], s, (gov_judgement){d.reason, d.expected, d.upper},
                  gov_essence_level_of(&d) == GOV_ESSENCE_ALERT, d.p);
}

static void write_trend(const findings *f, int64_t s)
{
    const gov_mk_sums *sums = &f->state->carry[s].kendall;
    const trends *to = &f->trend;
    gov_mk_result r = GOV_MK_RESULT_INIT;
    enum { LEAST = 3 };
    gov_reason reason = sums->n < LEAST || sums->pairs == 0 ? GOV_REASON_SHORT_HISTORY
                        : sums->variance > 0                ? GOV_REASON_NONE
                                                            : GOV_REASON_CONSTANT;
    int told = reason == GOV_REASON_NONE;
    if (told)
        gov_mk_conclude(sums, f->o.alpha, &r);
    to->status[s] = (int8_t)reason;
    to->direction[s] = (int8_t)(told ? r.trend + 1 : -1);
    to->s[s] = told ? r.s : NAN;
    to->var_s[s] = told ? r.var_s : NAN;
    to->tau[s] = told ? r.tau : NAN;
    to->z[s] = told ? r.z : NAN;
    to->p[s] = told ? r.p : NAN;
}

static void find_one(const findings *f, int worker, int64_t s, const double *y, const uint8_t *present)
{
    int64_t last = f->state->rows.count - 1 - f->origin;
    int alarm = 0;
    f->n[s] = f->state->carry[s].kendall.n;
    f->missing[s] = f->state->rows.count - f->n[s];
    f->observed[s] = present[last] ? y[last] : NAN;
    gov_judgement j = gov_ears_judge(&f->state->s.ears, y, present, last);
    write_verdict(&f->by[EARS], s, j, j.reason == GOV_REASON_NONE && y[last] > j.upper, 0);
    judge_cusum(f, s, y[last], present[last]);
    judge_essence(f, worker, s, y, present);
    if (f->o.farrington) {
        j = gov_farrington_last(f->machines[worker], y, present, &alarm);
        write_verdict(&f->by[FARRINGTON], s, j, alarm, 0);
    }
    write_trend(f, s);
}

static gov_status find_block(void *context, int worker, int64_t first, int64_t last, gov_error *err)
{
    const findings *f = context;
    int64_t length = f->state->rows.count - f->origin;
    double *y = f->y + worker * GOV_ROWS_BLOCK * length;
    uint8_t *present = f->present + worker * GOV_ROWS_BLOCK * length;
    (void)err;
    gov_rows_window(&f->state->rows, f->origin, f->state->rows.count, first, last - first, y, present);
    for (int64_t s = first; s < last; s++)
        find_one(f, worker, s, y + (s - first) * length, present + (s - first) * length);
    return GOV_OK;
}

/* --- The table ------------------------------------------------------------------------------------------------------ */

static gov_status add_doubles(gov_frame *frame, const char *detector, const char *what, double **out,
                              gov_error *err)
{
    char name[40];
    snprintf(name, sizeof(name), "%s_%s", detector, what);
    return gov_frame_doubles(frame, name, out, err);
}

static gov_status add_detector(gov_frame *frame, int k, verdicts *v, gov_error *err)
{
    char name[40];
    GOV_TRY(add_doubles(frame, NAMES[k], "expected", &v->expected, err));
    GOV_TRY(add_doubles(frame, NAMES[k], "upper", &v->upper, err));
    if (EXTRAS[k] != NULL)
        GOV_TRY(gov_frame_doubles(frame, EXTRAS[k], &v->extra, err));
    snprintf(name, sizeof(name), "%s_alarm", NAMES[k]);
    GOV_TRY(gov_frame_add(frame, name, GOV_TYPE_BOOL, &v->alarm, &v->judged, err));
    v->status = gov_alloc(frame->rows, 1);
    return v->status == NULL ? gov_fail_memory(err) : GOV_OK;
}

static gov_status add_period(gov_frame *frame, const gov_trend_state *state, gov_error *err)
{
    char name[16];
    const char *const names[] = {name};
    int8_t *codes = gov_alloc_zero(frame->rows, 1);
    if (codes == NULL)
        return gov_fail_memory(err);
    gov_state_period_name(state, state->rows.count - 1, name, sizeof(name));
    gov_status status = gov_frame_labels(frame, "period", codes, names, 1, err);
    gov_free(codes);
    return status;
}

static gov_status add_columns(gov_frame *frame, findings *f, gov_error *err)
{
    const gov_table *labels = f->state->labels;
    for (int64_t c = 0; c < gov_table_columns(labels); c++)
        GOV_TRY(gov_frame_pass(frame, labels, c, NULL, err));
    GOV_TRY(gov_frame_int64s(frame, "n", &f->n, err));
    GOV_TRY(gov_frame_int64s(frame, "missing", &f->missing, err));
    GOV_TRY(add_period(frame, f->state, err));
    GOV_TRY(gov_frame_doubles(frame, "observed", &f->observed, err));
    for (int k = 0; k < DETECTORS; k++)
        if (k != FARRINGTON || f->o.farrington)
            GOV_TRY(add_detector(frame, k, &f->by[k], err));
    const struct {
        const char *name;
        double **to;
    } numbers[] = {{"s", &f->trend.s},
                   {"var_s", &f->trend.var_s},
                   {"tau", &f->trend.tau},
                   {"z", &f->trend.z},
                   {"p", &f->trend.p}};
    for (size_t k = 0; k < sizeof(numbers) / sizeof(numbers[0]); k++)
        GOV_TRY(gov_frame_doubles(frame, numbers[k].name, numbers[k].to, err));
    f->trend.status = gov_alloc(frame->rows, 1);
    f->trend.direction = gov_alloc(frame->rows, 1);
    return f->trend.status == NULL || f->trend.direction == NULL ? gov_fail_memory(err) : GOV_OK;
}

static gov_status add_words(gov_frame *frame, const findings *f, gov_error *err)
{
    const char *names[REASONS];
    char name[40];
    for (int r = 0; r < REASONS; r++)
        names[r] = gov_reason_name((gov_reason)r);
    for (int k = 0; k < DETECTORS; k++) {
        if (f->by[k].status == NULL)
            continue;
        snprintf(name, sizeof(name), "%s_status", NAMES[k]);
        GOV_TRY(gov_frame_labels(frame, name, f->by[k].status, names, REASONS, err));
    }
    GOV_TRY(gov_frame_labels(frame, "trend", f->trend.direction, DIRECTIONS, 3, err));
    return gov_frame_labels(frame, "trend_status", f->trend.status, names, REASONS, err);
}

/* --- Work ------------------------------------------------------------------------------------------------------------ */

static gov_status alloc_workers(findings *f, gov_error *err)
{
    const gov_trend_state *state = f->state;
    int threads = f->o.threads;
    int64_t cells = threads * GOV_ROWS_BLOCK * (state->rows.count - f->origin);
    f->y = gov_alloc(cells, sizeof(double));
    f->present = gov_alloc(cells, 1);
    f->memories = gov_alloc_zero(threads, sizeof(gov_essence_memory));
    f->machines = gov_alloc_zero(threads, sizeof(gov_farrington_machine *));
    if (f->y == NULL || f->present == NULL || f->memories == NULL || f->machines == NULL)
        return gov_fail_memory(err);
    for (int i = 0; i < threads; i++) {
        GOV_TRY(gov_essence_memory_new(&state->s.essence, &f->memories[i], err));
        if (f->o.farrington)
            GOV_TRY(gov_farrington_machine_new(&f->farrington, state->rows.count, &f->machines[i], err));
    }
    return GOV_OK;
}

static void clear(findings *f)
{
    for (int i = 0; f->memories != NULL && i < f->o.threads; i++)
        gov_essence_memory_clear(&f->memories[i]);
    for (int i = 0; f->machines != NULL && i < f->o.threads; i++)
        gov_farrington_machine_free(f->machines[i]);
    for (int k = 0; k < DETECTORS; k++)
        gov_free(f->by[k].status);
    gov_free(f->trend.status);
    gov_free(f->trend.direction);
    gov_free(f->y);
    gov_free(f->present);
    gov_free(f->memories);
    gov_free(f->machines);
}

/* Farrington needs all periods, the others only what they look back on. */
static void settle_farrington(findings *f)
{
    const gov_trend_state *state = f->state;
    gov_farrington_calendar c = gov_farrington_calendar_of(state->s.frequency);
    gov_farrington_options o = GOV_FARRINGTON_OPTIONS_INIT;
    int64_t years = (state->rows.count - 1 - c.w) / c.year;
    o.b = years < 1 ? 1 : years > MOST_YEARS ? MOST_YEARS : years;
    o.alpha = f->o.farrington_alpha;
    o.from = state->rows.count - 1;
    gov_farrington_fit_calendar(&o, state->s.frequency, state->rows.items[0].day);
    f->farrington = o;
    f->origin = 0;
}

static gov_status settle(const gov_trend_state *state, const gov_trend_findings_options *options, findings *f,
                         gov_error *err)
{
    int64_t from = state->rows.count - 1 - gov_state_reach(&state->s);
    *f = (findings){.state = state, .origin = from > 0 ? from : 0};
    GOV_TRY(gov_struct_read(&f->o, sizeof(f->o), options, err));
    GOV_TRY(gov_option_share("alpha", f->o.alpha, 0.05, &f->o.alpha, err));
    f->o.threads = f->o.threads < 1 ? 1 : f->o.threads;
    if (f->o.farrington)
        settle_farrington(f);
    return GOV_OK;
}

gov_status gov_trend_state_findings(const gov_trend_state *state, const gov_trend_findings_options *options,
                                    gov_table **out, gov_error *err)
{
    findings f;
    if (state == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "state and out must not be NULL");
    GOV_TRY(settle(state, options, &f, err));
    gov_frame frame = GOV_FRAME_INIT(state->series);
    gov_status status = add_columns(&frame, &f, err);
    if (status == GOV_OK)
        status = alloc_workers(&f, err);
    if (status == GOV_OK)
        status = gov_parallel(f.o.threads, state->series, GOV_ROWS_BLOCK, find_block, &f, f.o.run, err);
    if (status == GOV_OK)
        status = add_words(&frame, &f, err);
    if (status == GOV_OK)
        status = gov_frame_finish(&frame, out, err);
    gov_frame_clear(&frame);
    clear(&f);
    return status;
}
