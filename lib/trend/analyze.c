/* analyze.c - findings over a panel: every series by itself, in blocks that threads share out.
 *
 * Each series writes its own line of the findings, so that any number of threads gives the same table. */
#include "trend/analyze.h"
#include "trend/period.h"
#include "base/parallel.h"
#include "base/struct.h"

#include <math.h>

enum { BLOCK = 64 };

typedef struct work {
    gov_analysis analysis;
    gov_finding *findings;
    double *lines;    /* scratch: one series a worker */
    uint8_t *present; /* the same */
} work;

static gov_reason trend_reason(const double *y, const uint8_t *present, int64_t n, int64_t count)
{
    if (count < GOV_LEAST_FOR_TREND)
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

static int is_seasonal(gov_mk_method method)
{
    return method == GOV_MK_SEASONAL || method == GOV_MK_CORRELATED_SEASONAL;
}

/* A test that says that it has too little data, seasonal ones by season, makes the series' history too short. */
static gov_status tested(gov_status status, gov_finding *f)
{
    if (status != GOV_E_NO_DATA)
        return status;
    f->trend_reason = GOV_REASON_SHORT_HISTORY;
    return GOV_OK;
}

static gov_status find_trend(const gov_analysis *a, const double *y, const uint8_t *present, gov_finding *f,
                             gov_error *err)
{
    int64_t n = a->panel->periods;
    gov_mk_options mk = GOV_MK_OPTIONS_INIT;
    gov_sen_options sen = GOV_SEN_OPTIONS_INIT;
    f->trend_reason = trend_reason(y, present, n, f->present);
    if (f->trend_reason != GOV_REASON_NONE)
        return GOV_OK;
    mk.alpha = sen.alpha = a->o.alpha;
    mk.method = a->o.trend_method;
    mk.period = a->o.season;
    mk.without_slope = 1;
    GOV_TRY(tested(gov_mann_kendall(y, present, n, &mk, &f->mk, err), f));
    if (f->trend_reason != GOV_REASON_NONE)
        return GOV_OK;
    return tested(is_seasonal(mk.method)
                      ? gov_seasonal_sen_slope(y, present, n, mk.period, &sen, &f->sen, err)
                      : gov_sen_slope(y, present, n, &sen, &f->sen, err),
                  f);
}

static gov_status find_series(void *context, int worker, int64_t first, int64_t last, gov_error *err)
{
    const work *w = context;
    int64_t n = w->analysis.panel->periods;
    double *y = w->lines + worker * n;
    uint8_t *present = w->present + worker * n;
    for (int64_t s = first; s < last; s++) {
        gov_finding *f = &w->findings[s];
        f->present = n - gov_cells_read(w->analysis.panel, s, y, present);
        f->observed = present[n - 1] != 0 ? y[n - 1] : NAN;
        GOV_TRY(find_trend(&w->analysis, y, present, f, err));
        GOV_TRY(gov_find_alarm(&w->analysis, y, present, f, err));
        if (w->analysis.o.wide)
            GOV_TRY(gov_find_wide(&w->analysis, y, present, f, err));
    }
    return GOV_OK;
}

static gov_status check(const gov_trend_options *o, gov_error *err)
{
    if ((int)o->alarm_method < 0 || o->alarm_method > GOV_ALARM_FARRINGTON)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("alarm_method"), "there is no detector number %d",
                           (int)o->alarm_method);
    if (o->fdr_method != GOV_TREND_FDR_BH && o->fdr_method != GOV_TREND_FDR_BY)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("fdr_method"), "there is no rule number %d",
                           (int)o->fdr_method);
    if (!(o->fdr_q > 0 && o->fdr_q <= 1))
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("fdr_q"), "fdr_q must be above 0 and at most 1");
    if (isnan(o->minimum_count) || !isfinite(o->threshold) || o->horizon < 1)
        return gov_fail(err, GOV_E_ARGUMENT,
                        "minimum_count and threshold must be numbers, and horizon 1 or more");
    return GOV_OK;
}

gov_status gov_analysis_of(const gov_panel *panel, const gov_trend_options *options, gov_analysis *out,
                           gov_error *err)
{
    gov_trend_options o;
    GOV_TRY(gov_struct_read(&o, sizeof(o), options, err));
    o.threads = o.threads < 1 ? 1 : o.threads;
    o.min_sigma = o.min_sigma == 0 ? 0.5 : o.min_sigma;
    o.season = o.season == 0 ? gov_season_of(panel->frequency) : o.season;
    o.fdr_q = o.fdr_q == 0 ? 0.05 : o.fdr_q;
    o.horizon = o.horizon == 0 ? 1 : o.horizon;
    GOV_TRY(check(&o, err));
    *out = (gov_analysis){panel, o};
    return GOV_OK;
}

gov_status gov_findings_new(const gov_analysis *a, gov_finding **out, gov_error *err)
{
    int64_t periods = a->panel->periods;
    work w = {.analysis = *a};
    w.findings = gov_alloc_zero(a->panel->series, sizeof(gov_finding));
    w.lines = gov_alloc(periods * a->o.threads, sizeof(double));
    w.present = gov_alloc(periods * a->o.threads, 1);
    gov_status status = GOV_OK;
    if (w.findings == NULL || w.lines == NULL || w.present == NULL)
        status = gov_fail_memory(err);
    if (status == GOV_OK)
        status = gov_parallel(a->o.threads, a->panel->series, BLOCK, find_series, &w, a->o.run, err);
    if (status == GOV_OK && a->o.wide)
        status = gov_find_rates(a, w.findings, err);
    gov_free(w.lines);
    gov_free(w.present);
    if (status == GOV_OK)
        *out = w.findings;
    else
        gov_free(w.findings);
    return status;
}

gov_status gov_trend_analyze(const gov_panel *panel, const gov_trend_options *options, gov_table **out,
                             gov_error *err)
{
    gov_analysis a;
    gov_finding *findings = NULL;
    if (panel == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "panel and out must not be NULL");
    GOV_TRY(gov_analysis_of(panel, options, &a, err));
    GOV_TRY(gov_findings_new(&a, &findings, err));
    gov_status status = gov_findings_table(&a, findings, out, err);
    gov_free(findings);
    return status;
}
