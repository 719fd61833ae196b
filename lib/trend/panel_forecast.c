/* Forecasts of a panel: each series writes its own rows of one frame. */
#include "base/parallel.h"
#include "base/struct.h"
#include "trend/outlook.h"

#include <math.h>
#include <stdio.h>

static const char *const METHODS[] = {
    "auto", "count",   "ses", "holt", "holt_winters", "holt_winters_multiplicative",
    "ets",  "croston", "sba", "tsb"};

typedef struct outlook {
    const gov_panel *panel;
    gov_forecast_options o;
    double *mean; /* columns of the frame: series x horizon */
    double *exceed;
    double **lower; /* one column a level */
    double **upper;
    gov_forecast *forecasts;
    char **refused;
    double *lines; /* of each worker: one series, then the bounds of one series */
    uint8_t *present;
    int64_t line_size;
} outlook;

static void give(const outlook *w, int64_t series, const double *bounds)
{
    int64_t horizon = w->o.horizon;
    int64_t half = w->o.level_count * horizon;
    for (int64_t l = 0; l < w->o.level_count; l++)
        for (int64_t h = 0; h < horizon; h++) {
            w->lower[l][series * horizon + h] = w->refused[series] != NULL ? NAN : bounds[l * horizon + h];
            w->upper[l][series * horizon + h] =
                w->refused[series] != NULL ? NAN : bounds[half + l * horizon + h];
        }
    for (int64_t h = 0; w->refused[series] != NULL && h < horizon; h++)
        w->mean[series * horizon + h] = w->exceed[series * horizon + h] = NAN;
}

static gov_status some(void *context, int worker, int64_t first, int64_t last, gov_error *err)
{
    const outlook *w = context;
    int64_t n = w->panel->periods;
    double *y = w->lines + worker * w->line_size;
    uint8_t *present = w->present + worker * n;
    double *bounds = y + n;
    for (int64_t s = first; s < last; s++) {
        gov_error said = GOV_ERROR_INIT;
        gov_forecast f = GOV_FORECAST_INIT;
        int64_t missing = gov_cells_read(w->panel, s, y, present);
        f.mean = w->mean + s * w->o.horizon;
        f.exceed = w->exceed + s * w->o.horizon;
        f.lower = bounds;
        f.upper = bounds + w->o.level_count * w->o.horizon;
        gov_status status = gov_forecast_series(y, missing > 0 ? present : NULL, n, &w->o, &f, &said);
        GOV_TRY(gov_outlook_refuse(status, &said, &w->refused[s], err));
        w->forecasts[s] = f;
        give(w, s, bounds);
    }
    return GOV_OK;
}

static gov_status add_columns(gov_frame *frame, outlook *w, gov_error *err)
{
    char name[40];
    GOV_TRY(gov_frame_doubles(frame, "mean", &w->mean, err));
    GOV_TRY(gov_frame_doubles(frame, "exceed", &w->exceed, err));
    for (int64_t l = 0; l < w->o.level_count; l++) {
        snprintf(name, sizeof(name), "lower_%g", 100 * w->o.levels[l]);
        GOV_TRY(gov_frame_doubles(frame, name, &w->lower[l], err));
        snprintf(name, sizeof(name), "upper_%g", 100 * w->o.levels[l]);
        GOV_TRY(gov_frame_doubles(frame, name, &w->upper[l], err));
    }
    return GOV_OK;
}

static gov_status add_texts(gov_frame *frame, const outlook *w, gov_error *err)
{
    static const char *const names[] = {"method", "why", "why_zh", "refused"};
    const char **texts = gov_alloc(frame->rows, sizeof(*texts));
    gov_status status = texts == NULL ? gov_fail_memory(err) : GOV_OK;
    for (int k = 0; status == GOV_OK && k < 4; k++) {
        for (int64_t i = 0; i < frame->rows; i++) {
            int64_t s = i / w->o.horizon;
            const gov_forecast *f = &w->forecasts[s];
            int refused = w->refused[s] != NULL;
            const char *chosen = k == 0 ? METHODS[f->method] : k == 1 ? f->reason : f->reason_zh;
            texts[i] = k == 3 ? w->refused[s] : refused ? NULL : chosen;
        }
        status = gov_frame_texts(frame, names[k], texts, NULL, err);
    }
    gov_free(texts);
    return status;
}

static gov_status begin(gov_frame *frame, const outlook *w, gov_error *err)
{
    int64_t *rows = gov_alloc(2 * frame->rows, sizeof(*rows));
    if (rows == NULL)
        return gov_fail_memory(err);
    int64_t *periods = rows + frame->rows;
    for (int64_t i = 0; i < frame->rows; i++) {
        rows[i] = i / w->o.horizon;
        periods[i] = w->panel->periods + i % w->o.horizon;
    }
    gov_status status = gov_outlook_begin(frame, w->panel, rows, periods, err);
    int64_t *steps = NULL;
    if (status == GOV_OK)
        status = gov_frame_int64s(frame, "step", &steps, err);
    for (int64_t i = 0; status == GOV_OK && i < frame->rows; i++)
        steps[i] = i % w->o.horizon + 1;
    gov_free(rows);
    return status;
}

/* Options that no series could be forecast with fail the call even if there is no series. */
static gov_status check(const gov_forecast_options *o, gov_error *err)
{
    gov_error said = GOV_ERROR_INIT;
    gov_forecast f = GOV_FORECAST_INIT;
    const double y[] = {0};
    gov_status status = gov_forecast_series(y, NULL, 1, o, &f, &said);
    if (status != GOV_E_ARGUMENT && status != GOV_E_MEMORY)
        return GOV_OK;
    if (err != NULL && err->struct_size >= sizeof(gov_error))
        *err = said;
    return status;
}

gov_status gov_panel_forecast(const gov_panel *panel, const gov_forecast_options *options, int32_t threads,
                              gov_run *run, gov_table **out, gov_error *err)
{
    if (panel == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "a panel and a place for the table are needed");
    outlook w = {.panel = panel};
    GOV_TRY(gov_struct_read(&w.o, sizeof(w.o), options, err));
    w.o.struct_size = sizeof(w.o);
    w.o.horizon = w.o.horizon == 0 ? 1 : w.o.horizon;
    GOV_TRY(check(&w.o, err));
    int workers = threads > 1 ? threads : 1;
    gov_status status = GOV_OK;
    gov_frame frame = GOV_FRAME_INIT(panel->series * w.o.horizon);
    w.line_size = panel->periods + 2 * w.o.level_count * w.o.horizon;
    w.lines = gov_alloc(workers * w.line_size, sizeof(double));
    w.present = gov_alloc(workers * panel->periods, 1);
    w.forecasts = gov_alloc_zero(panel->series, sizeof(*w.forecasts));
    w.refused = gov_alloc_zero(panel->series, sizeof(*w.refused));
    w.lower = gov_alloc(2 * w.o.level_count, sizeof(*w.lower));
    if (w.lines == NULL || w.present == NULL || w.forecasts == NULL || w.refused == NULL || w.lower == NULL) {
        status = gov_fail_memory(err);
        goto out;
    }
    w.upper = w.lower + w.o.level_count;
    GOV_TRY_OUT(begin(&frame, &w, err));
    GOV_TRY_OUT(add_columns(&frame, &w, err));
    GOV_TRY_OUT(gov_parallel(workers, panel->series, GOV_OUTLOOK_BLOCK, some, &w, run, err));
    GOV_TRY_OUT(add_texts(&frame, &w, err));
    status = gov_frame_finish(&frame, out, err);
out:
    for (int64_t s = 0; w.refused != NULL && s < panel->series; s++)
        gov_free(w.refused[s]);
    gov_free(w.refused);
    gov_free(w.forecasts);
    gov_free(w.lines);
    gov_free(w.present);
    gov_free(w.lower);
    gov_frame_clear(&frame);
    return status;
}
