/* judged.c - a detector over a panel. Every worker has the memory of one series; each series is judged there and its
 * rows copied to its own stretch of the frame. Bits of neighbouring series share bytes, so that the blocks which threads
 * share out are multiples of 8 series. */
#include "trend/judged.h"
#include "base/parallel.h"
#include "base/struct.h"
#include "table/bits.h"
#include "trend/outlook.h"
#include "trend/reason.h"

#include <math.h>
#include <string.h>

typedef struct columns {
    double *observed;
    double *expected;
    double *upper;
    double *score;
    void *alarm;
    uint8_t *judged; /* validity of alarm */
    double *number[GOV_JUDGED_NUMBERS];
} columns;

typedef struct work {
    const gov_panel *panel;
    const gov_panel *population;
    const gov_detector *detector;
    const void *options;
    int64_t rows; /* of one series */
    columns to;
    int8_t *word[GOV_JUDGED_WORDS]; /* one code a row */
    uint8_t *reason;                /* a gov_reason a row */
    uint8_t *status;                /* a gov_status a series */
    char **refused;                 /* its message */
    double *numbers;                /* of each worker: NUMBERS series */
    uint8_t *bytes;                 /* of each worker: BYTES series */
} work;

enum { NUMBERS = 5 + GOV_JUDGED_NUMBERS, BYTES = 3 + GOV_JUDGED_WORDS };

static gov_line line_of(const work *w, int worker)
{
    int64_t n = w->panel->periods;
    double *numbers = w->numbers + worker * NUMBERS * n;
    uint8_t *bytes = w->bytes + worker * BYTES * n;
    gov_line line = {.n = n, .from = n - w->rows, .y = numbers, .valid = bytes};
    line.population = w->population == NULL ? NULL : numbers + n;
    line.alarms = (gov_alarms){(uint32_t)sizeof(gov_alarms),
                               bytes + n,
                               bytes + 2 * n,
                               numbers + 2 * n,
                               numbers + 3 * n,
                               numbers + 4 * n};
    for (int k = 0; k < GOV_JUDGED_NUMBERS; k++)
        line.number[k] = numbers + (5 + k) * n;
    for (int k = 0; k < GOV_JUDGED_WORDS; k++)
        line.word[k] = bytes + (3 + k) * n;
    return line;
}

/* A period without its population is missing; its population must then be any number that is allowed. */
static void read_series(const work *w, int worker, int64_t series)
{
    int64_t n = w->panel->periods;
    double *y = w->numbers + worker * NUMBERS * n;
    uint8_t *present = w->bytes + worker * BYTES * n;
    gov_cells_read(w->panel, series, y, present);
    if (w->population == NULL)
        return;
    double *population = y + n;
    uint8_t *known = present + n;
    gov_cells_read(w->population, series, population, known);
    for (int64_t t = 0; t < n; t++) {
        population[t] = known[t] ? population[t] : 1;
        present[t] = present[t] && known[t];
    }
}

static double or_missing(double value, int there)
{
    return there ? value : NAN;
}

static void write_judgement(const columns *to, int64_t row, const gov_alarms *alarms, int64_t t, int judged)
{
    to->expected[row] = or_missing(alarms->expected[t], judged);
    to->upper[row] = or_missing(alarms->upper[t], judged);
    to->score[row] = or_missing(alarms->score[t], judged);
    if (!judged)
        gov_bit_clear(to->judged, row);
    else if (alarms->alarm[t])
        gov_bit_set(to->alarm, row);
}

static void write_rows(const work *w, int64_t series, const gov_line *line)
{
    int refused = w->refused[series] != NULL;
    for (int64_t i = 0; i < w->rows; i++) {
        int64_t t = line->from + i;
        int64_t row = series * w->rows + i;
        int judged = !refused && line->alarms.reason[t] == GOV_REASON_NONE;
        w->reason[row] = refused ? GOV_REASON_NONE : line->alarms.reason[t];
        w->to.observed[row] = or_missing(line->y[t], line->valid[t]);
        if (!w->detector->plain)
            write_judgement(&w->to, row, &line->alarms, t, judged);
        for (int k = 0; k < GOV_JUDGED_NUMBERS && w->to.number[k] != NULL; k++)
            w->to.number[k][row] = or_missing(line->number[k][t], !refused);
        for (int k = 0; k < GOV_JUDGED_WORDS && w->word[k] != NULL; k++)
            w->word[k][row] = (int8_t)(judged && line->word[k][t] != 0 ? line->word[k][t] : -1);
    }
}

static gov_status judge_some(void *context, int worker, int64_t first, int64_t last, gov_error *err)
{
    const work *w = context;
    for (int64_t s = first; s < last; s++) {
        gov_error said = GOV_ERROR_INIT;
        gov_line line = line_of(w, worker);
        read_series(w, worker, s);
        gov_status status = w->detector->judge(w->options, &line, &said);
        w->status[s] = (uint8_t)status;
        GOV_TRY(gov_outlook_refuse(status, &said, &w->refused[s], err));
        write_rows(w, s, &line);
    }
    return GOV_OK;
}

/* --- The table ------------------------------------------------------------------------------------------------- */

static gov_status begin(gov_frame *frame, const work *w, gov_error *err)
{
    int64_t *rows = gov_alloc(2 * frame->rows, sizeof(*rows));
    if (rows == NULL)
        return gov_fail_memory(err);
    int64_t *periods = rows + frame->rows;
    for (int64_t i = 0; i < frame->rows; i++) {
        rows[i] = i / w->rows;
        periods[i] = w->panel->periods - w->rows + i % w->rows;
    }
    gov_status status = gov_outlook_begin(frame, w->panel, rows, periods, err);
    gov_free(rows);
    return status;
}

static gov_status add_columns(gov_frame *frame, work *w, gov_error *err)
{
    columns *to = &w->to;
    GOV_TRY(gov_frame_doubles(frame, "observed", &to->observed, err));
    if (!w->detector->plain) {
        GOV_TRY(gov_frame_doubles(frame, "expected", &to->expected, err));
        GOV_TRY(gov_frame_doubles(frame, "upper", &to->upper, err));
        GOV_TRY(gov_frame_doubles(frame, "score", &to->score, err));
        GOV_TRY(gov_frame_add(frame, "alarm", GOV_TYPE_BOOL, &to->alarm, &to->judged, err));
    }
    for (int k = 0; k < GOV_JUDGED_NUMBERS && w->detector->numbers[k] != NULL; k++)
        GOV_TRY(gov_frame_doubles(frame, w->detector->numbers[k], &to->number[k], err));
    return GOV_OK;
}

static const char *refusal_name(uint8_t status)
{
    return status == GOV_E_NO_DATA ? "no_data" : status == GOV_E_MISSING ? "missing" : "range";
}

static gov_status add_texts(gov_frame *frame, const work *w, gov_error *err)
{
    for (int k = 0; k < GOV_JUDGED_WORDS && w->word[k] != NULL; k++)
        GOV_TRY(gov_frame_labels(frame, w->detector->words[k].name, w->word[k], w->detector->words[k].words,
                                 w->detector->words[k].count, err));
    const char **texts = gov_alloc(frame->rows, sizeof(*texts));
    if (texts == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < frame->rows; i++) {
        int64_t s = i / w->rows;
        texts[i] =
            w->refused[s] != NULL ? refusal_name(w->status[s]) : gov_reason_name((gov_reason)w->reason[i]);
    }
    gov_status status = gov_frame_texts(frame, "status", texts, NULL, err);
    for (int64_t i = 0; status == GOV_OK && i < frame->rows; i++) {
        gov_reason reason = (gov_reason)w->reason[i];
        texts[i] = w->refused[i / w->rows] != NULL ? w->refused[i / w->rows]
                   : reason == GOV_REASON_NONE     ? NULL
                                                   : gov_reason_text(reason, "en");
    }
    if (status == GOV_OK)
        status = gov_frame_texts(frame, "reason", texts, NULL, err);
    gov_free(texts);
    return status;
}

/* --- One call -------------------------------------------------------------------------------------------------- */

static gov_status same_shape(const gov_panel *panel, const gov_panel *population, gov_error *err)
{
    if (population == NULL)
        return GOV_OK;
    int same = population->series == panel->series && population->periods == panel->periods &&
               population->frequency == panel->frequency &&
               gov_panel_day(population, 0) == gov_panel_day(panel, 0) &&
               gov_table_columns(population->labels) == gov_table_columns(panel->labels);
    for (int64_t c = 0; same && c < gov_table_columns(panel->labels); c++)
        for (int64_t s = 0; same && s < panel->series; s++) {
            const char *a;
            const char *b;
            int64_t size_a;
            int64_t size_b;
            GOV_TRY(gov_table_text(panel->labels, s, c, &a, &size_a, err));
            GOV_TRY(gov_table_text(population->labels, s, c, &b, &size_b, err));
            same = (a == NULL) == (b == NULL) &&
                   (a == NULL || (size_a == size_b && memcmp(a, b, (size_t)size_a) == 0));
        }
    return same ? GOV_OK
                : gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("population"),
                              "the panel of populations must have the same series and periods");
}

static gov_status work_new(work *w, int workers, gov_error *err)
{
    int64_t rows = w->panel->series * w->rows;
    w->reason = gov_alloc(rows, 1);
    w->status = gov_alloc_zero(w->panel->series, 1);
    w->refused = gov_alloc_zero(w->panel->series, sizeof(*w->refused));
    w->numbers = gov_alloc_zero(workers * NUMBERS * w->panel->periods, sizeof(double));
    w->bytes = gov_alloc_zero(workers * BYTES * w->panel->periods, 1);
    int whole = w->reason != NULL && w->status != NULL && w->refused != NULL && w->numbers != NULL &&
                w->bytes != NULL;
    for (int k = 0; whole && k < GOV_JUDGED_WORDS && w->detector->words[k].name != NULL; k++) {
        w->word[k] = gov_alloc(rows, 1);
        whole = w->word[k] != NULL;
    }
    return whole ? GOV_OK : gov_fail_memory(err);
}

static void work_clear(work *w)
{
    for (int64_t s = 0; w->refused != NULL && s < w->panel->series; s++)
        gov_free(w->refused[s]);
    gov_free(w->refused);
    gov_free(w->reason);
    gov_free(w->status);
    gov_free(w->numbers);
    gov_free(w->bytes);
    for (int k = 0; k < GOV_JUDGED_WORDS; k++)
        gov_free(w->word[k]);
}

gov_status gov_panel_judge(const gov_panel *panel, const gov_panel *population, const gov_detector *detector,
                           const void *detector_options, const gov_judged_options *options, gov_table **out,
                           gov_error *err)
{
    gov_judged_options o;
    if (panel == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "a panel and a place for the table are needed");
    GOV_TRY(gov_struct_read(&o, sizeof(o), options, err));
    if (o.last < 0)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("last"), "last must be 0 or more");
    GOV_TRY(same_shape(panel, population, err));
    int workers = o.threads > 1 ? o.threads : 1;
    work w = {.panel = panel, .population = population, .detector = detector, .options = detector_options};
    w.rows = o.last == 0 || o.last > panel->periods ? panel->periods : o.last;
    gov_frame frame = GOV_FRAME_INIT(panel->series * w.rows);
    gov_status status = work_new(&w, workers, err);
    if (status == GOV_OK)
        status = begin(&frame, &w, err);
    if (status == GOV_OK)
        status = add_columns(&frame, &w, err);
    if (status == GOV_OK)
        status = gov_parallel(workers, panel->series, GOV_OUTLOOK_BLOCK, judge_some, &w, o.run, err);
    if (status == GOV_OK)
        status = add_texts(&frame, &w, err);
    if (status == GOV_OK)
        status = gov_frame_finish(&frame, out, err);
    gov_frame_clear(&frame);
    work_clear(&w);
    return status;
}
