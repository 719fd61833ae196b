/* mann_kendall.c - the original test, and the way to the others. */
#include "trend/monotonic.h"
#include "stat/rank.h"

#include <math.h>

gov_status gov_mk_settle(const gov_mk_options *options, gov_mk_settings *out, gov_error *err)
{
    static const gov_mk_options none = GOV_MK_OPTIONS_INIT;
    const gov_mk_options *o = options == NULL ? &none : options;
    gov_mk_settings s = {o->method, o->without_slope == 0, 0, o->lag, o->period == 0 ? 12 : o->period};
    GOV_TRY(gov_option_share("alpha", o->alpha, 0.05, &s.alpha, err));
    if ((int)s.method < GOV_MK_ORIGINAL || s.method > GOV_MK_CORRELATED_SEASONAL)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("method"), "there is no method number %d",
                           (int)s.method);
    if (s.lag < 0)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("lag"), "lag must be 0 (all) or more, not %lld",
                           (long long)s.lag);
    if (s.period < 2)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("period"),
                           "a cycle has at least 2 seasons, not %lld", (long long)s.period);
    *out = s;
    return GOV_OK;
}

void gov_mk_score(double *y, int64_t n, double *scratch, double *s, double *var_s)
{
    double m = (double)n;
    *s = (double)gov_kendall_s(y, n, scratch);
    *var_s = (m * (m - 1) * (2 * m + 5) - gov_tie_term(y, n)) / 18;
}

void gov_mk_judge(gov_mk_result *r, double alpha, int continuity)
{
    double step = continuity ? (double)((r->s > 0) - (r->s < 0)) : 0;
    r->z = (r->s - step) / sqrt(r->var_s);
    r->p = erfc(fabs(r->z) / sqrt(2.0));
    r->h = r->p < alpha;
    r->trend = r->h ? (r->z > 0) - (r->z < 0) : 0;
}

double gov_mk_ties(int64_t t)
{
    double m = (double)t;
    return m * (m - 1) * (2 * m + 5);
}

void gov_mk_conclude(const gov_mk_sums *sums, double alpha, gov_mk_result *r)
{
    r->s = (double)sums->s;
    r->var_s = sums->variance / 18;
    r->n = sums->n;
    r->tau = r->s / (double)sums->pairs;
    gov_mk_judge(r, alpha, 1);
}

static gov_status original(const gov_present *present, const gov_mk_settings *settings, gov_mk_result *r,
                           gov_error *err)
{
    int64_t n = present->count;
    double *copy = gov_alloc(2 * n, sizeof(double));
    if (copy == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < n; i++)
        copy[i] = present->y[i];
    gov_mk_score(copy, n, copy + n, &r->s, &r->var_s);
    gov_free(copy);
    r->n = n;
    r->tau = r->s / (0.5 * (double)n * (double)(n - 1));
    gov_mk_judge(r, settings->alpha, 1);
    return GOV_OK;
}

static gov_status enough(const gov_present *present, gov_mk_method method, gov_error *err)
{
    int64_t need = method == GOV_MK_PRE_WHITENING || method == GOV_MK_TREND_FREE_PRE_WHITENING ? 4 : 3;
    if (present->count < need)
        return gov_fail(err, GOV_E_NO_DATA, "the Mann-Kendall test needs %lld values, the series has %lld",
                        (long long)need, (long long)present->count);
    if (gov_all_equal(present->y, present->count))
        return gov_fail(err, GOV_E_NO_DATA, "all %lld values are equal: a trend cannot be tested",
                        (long long)present->count);
    return GOV_OK;
}

static gov_status one_series(const double *y, const uint8_t *valid, int64_t n,
                             const gov_mk_settings *settings, gov_mk_result *r, gov_error *err)
{
    gov_present present;
    GOV_TRY(gov_present_new(y, valid, n, &present, err));
    gov_status status = enough(&present, settings->method, err);
    int serial = settings->method != GOV_MK_ORIGINAL;
    int needs_slope = settings->with_slope || (serial && settings->method != GOV_MK_PRE_WHITENING);
    if (status == GOV_OK && needs_slope)
        status = gov_sen_line(y, valid, n, 1, &r->slope, &r->intercept, err);
    if (status == GOV_OK)
        status = serial ? gov_mk_serial(&present, settings, r->slope, r, err)
                        : original(&present, settings, r, err);
    gov_present_free(&present);
    return status;
}

gov_status gov_mann_kendall(const double *y, const uint8_t *valid, int64_t n, const gov_mk_options *options,
                            gov_mk_result *result, gov_error *err)
{
    gov_mk_settings settings;
    gov_mk_result r = GOV_MK_RESULT_INIT;
    if (result == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "result must not be NULL");
    GOV_TRY(gov_mk_settle(options, &settings, err));
    r.factor = 1;
    if (settings.method == GOV_MK_SEASONAL)
        GOV_TRY(gov_mk_columns(y, valid, n, settings.period, &settings, &r, err));
    else if (settings.method == GOV_MK_CORRELATED_SEASONAL)
        GOV_TRY(gov_mk_columns_correlated(y, valid, n, settings.period, &settings, &r, err));
    else
        GOV_TRY(one_series(y, valid, n, &settings, &r, err));
    if (!settings.with_slope)
        r.slope = r.intercept = 0;
    *result = r;
    return GOV_OK;
}
