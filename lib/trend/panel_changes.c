/* Change points of a panel: each series keeps its own list, and the rows are counted when all are done. */
#include "base/parallel.h"
#include "base/struct.h"
#include "trend/outlook.h"

#include <math.h>
#include <string.h>

typedef struct found {
    int64_t count;
    int64_t *at; /* count periods, then the means of count + 1 segments in `means` */
    double *means;
    double statistic; /* NaN: the method has none */
    double p;
    char *refused;
} found;

typedef struct search {
    const gov_panel *panel;
    gov_change_options o;
    found *all; /* one a series */
    double *y;  /* of each worker: one series */
    uint8_t *present;
    int64_t *changes;
} search;

static gov_status keep(const int64_t *changes, int64_t count, const double *y, const uint8_t *present,
                       int64_t n, found *f, gov_error *err)
{
    f->at = gov_alloc(count, sizeof(*f->at));
    f->means = gov_alloc(count + 1, sizeof(*f->means));
    if (f->at == NULL || f->means == NULL)
        return gov_fail_memory(err);
    memcpy(f->at, changes, (size_t)count * sizeof(*changes));
    f->count = count;
    for (int64_t k = 0; k <= count; k++) {
        double sum = 0;
        int64_t seen = 0;
        for (int64_t t = k == 0 ? 0 : changes[k - 1]; t < (k == count ? n : changes[k]); t++) {
            sum += present[t] ? y[t] : 0;
            seen += present[t] != 0;
        }
        f->means[k] = sum / (double)seen;
    }
    return GOV_OK;
}

/* The changes of one series by the method asked for. */
static gov_status look(const gov_change_options *o, const double *y, const uint8_t *present, int64_t n,
                       int64_t *changes, int64_t *count, found *f, gov_error *err)
{
    gov_change_result r = GOV_CHANGE_RESULT_INIT;
    gov_pettitt_result test = GOV_PETTITT_RESULT_INIT;
    f->statistic = f->p = NAN;
    if (o->method == GOV_CHANGE_PETTITT) {
        GOV_TRY(gov_pettitt(y, present, n, &test, err));
        changes[0] = test.change;
        *count = 1;
        f->statistic = test.statistic;
        f->p = test.p;
        return GOV_OK;
    }
    GOV_TRY(o->method == GOV_CHANGE_PELT ? gov_pelt(y, present, n, o, changes, &r, err)
                                         : gov_binary_segmentation(y, present, n, o, changes, &r, err));
    *count = r.count;
    return GOV_OK;
}

static gov_status some(void *context, int worker, int64_t first, int64_t last, gov_error *err)
{
    const search *w = context;
    int64_t n = w->panel->periods;
    double *y = w->y + worker * n;
    uint8_t *present = w->present + worker * n;
    int64_t *changes = w->changes + worker * n;
    for (int64_t s = first; s < last; s++) {
        gov_error said = GOV_ERROR_INIT;
        int64_t count = 0;
        gov_cells_read(w->panel, s, y, present);
        gov_status status = look(&w->o, y, present, n, changes, &count, &w->all[s], &said);
        GOV_TRY(gov_outlook_refuse(status, &said, &w->all[s].refused, err));
        if (status == GOV_OK)
            GOV_TRY(keep(changes, count, y, present, n, &w->all[s], err));
    }
    return GOV_OK;
}

static gov_status fill(gov_frame *frame, const search *w, int64_t *rows, int64_t *periods,
                       const char **refused, gov_error *err)
{
    int64_t i = 0;
    for (int64_t s = 0; s < w->panel->series; s++) {
        const found *f = &w->all[s];
        for (int64_t k = 0; k < f->count + (f->refused != NULL); k++, i++) {
            rows[i] = s;
            periods[i] = f->refused != NULL ? -1 : f->at[k];
            refused[i] = f->refused;
        }
    }
    GOV_TRY(gov_outlook_begin(frame, w->panel, rows, periods, err));
    double *before = NULL;
    double *after = NULL;
    double *statistic = NULL;
    double *p = NULL;
    GOV_TRY(gov_frame_doubles(frame, "before", &before, err));
    GOV_TRY(gov_frame_doubles(frame, "after", &after, err));
    GOV_TRY(gov_frame_doubles(frame, "statistic", &statistic, err));
    GOV_TRY(gov_frame_doubles(frame, "p", &p, err));
    i = 0;
    for (int64_t s = 0; s < w->panel->series; s++) {
        const found *f = &w->all[s];
        for (int64_t k = 0; k < f->count + (f->refused != NULL); k++, i++) {
            before[i] = f->refused != NULL ? NAN : f->means[k];
            after[i] = f->refused != NULL ? NAN : f->means[k + 1];
            statistic[i] = f->statistic;
            p[i] = f->p;
        }
    }
    return gov_frame_texts(frame, "refused", refused, NULL, err);
}

static gov_status tabulate(const search *w, gov_table **out, gov_error *err)
{
    int64_t count = 0;
    for (int64_t s = 0; s < w->panel->series; s++)
        count += w->all[s].count + (w->all[s].refused != NULL);
    gov_frame frame = GOV_FRAME_INIT(count);
    int64_t *rows = gov_alloc(2 * count, sizeof(*rows));
    const char **refused = gov_alloc(count, sizeof(*refused));
    gov_status status = GOV_OK;
    if (rows == NULL || refused == NULL)
        status = gov_fail_memory(err);
    else
        status = fill(&frame, w, rows, rows + count, refused, err);
    if (status == GOV_OK)
        status = gov_frame_finish(&frame, out, err);
    gov_frame_clear(&frame);
    gov_free(rows);
    gov_free(refused);
    return status;
}

/* Options that no series could be judged with fail the call even if there is no series. */
static gov_status check(const gov_change_options *o, gov_error *err)
{
    gov_error said = GOV_ERROR_INIT;
    const double y[] = {0, 1};
    int64_t changes[2];
    if ((int)o->method < GOV_CHANGE_PELT || (int)o->method > GOV_CHANGE_PETTITT)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("method"), "there is no method %d",
                           (int)o->method);
    if (o->method == GOV_CHANGE_PETTITT)
        return GOV_OK;
    gov_status status = gov_pelt(y, NULL, 2, o, changes, NULL, &said);
    if (status != GOV_E_ARGUMENT && status != GOV_E_MEMORY)
        return GOV_OK;
    if (err != NULL && err->struct_size >= sizeof(gov_error))
        *err = said;
    return status;
}

gov_status gov_panel_changes(const gov_panel *panel, const gov_change_options *options, int32_t threads,
                             gov_run *run, gov_table **out, gov_error *err)
{
    if (panel == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "a panel and a place for the table are needed");
    search w = {.panel = panel};
    GOV_TRY(gov_struct_read(&w.o, sizeof(w.o), options, err));
    w.o.struct_size = sizeof(w.o);
    GOV_TRY(check(&w.o, err));
    int workers = threads > 1 ? threads : 1;
    gov_status status = GOV_OK;
    w.all = gov_alloc_zero(panel->series, sizeof(*w.all));
    w.y = gov_alloc(workers * panel->periods, sizeof(*w.y));
    w.present = gov_alloc(workers * panel->periods, 1);
    w.changes = gov_alloc(workers * panel->periods, sizeof(*w.changes));
    if (w.all == NULL || w.y == NULL || w.present == NULL || w.changes == NULL) {
        status = gov_fail_memory(err);
        goto out;
    }
    GOV_TRY_OUT(gov_parallel(workers, panel->series, GOV_OUTLOOK_BLOCK, some, &w, run, err));
    status = tabulate(&w, out, err);
out:
    for (int64_t s = 0; w.all != NULL && s < panel->series; s++) {
        gov_free(w.all[s].at);
        gov_free(w.all[s].means);
        gov_free(w.all[s].refused);
    }
    gov_free(w.all);
    gov_free(w.y);
    gov_free(w.present);
    gov_free(w.changes);
    return status;
}
