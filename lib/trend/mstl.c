/* MSTL: STL of one period after another, each on the series without the other seasons found so far. */
#include "trend/series.h"
#include "base/struct.h"
#include "trend/stl.h"

#include <math.h>
#include <string.h>

static gov_status check(int64_t n, const int64_t *periods, const int64_t *windows, int64_t count,
                        int64_t iterate, const double *seasonal, const gov_stl_parts *parts, gov_error *err)
{
    if (periods == NULL || seasonal == NULL || parts == NULL || count < 1 || iterate < 0)
        return gov_fail(err, GOV_E_ARGUMENT,
                        "MSTL needs one or more periods and room for count x n seasonal values");
    for (int64_t k = 0; k < count; k++) {
        if (periods[k] < 2 || (k > 0 && periods[k] <= periods[k - 1]))
            return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_ROW(k, "periods"),
                               "periods must increase from 2 on");
        if (n / 2 < periods[k])
            return gov_fail_at(err, GOV_E_NO_DATA, GOV_AT_ROW(k, "periods"),
                               "MSTL needs two cycles of %lld periods, there are %lld periods",
                               (long long)periods[k], (long long)n);
        if (windows != NULL && (windows[k] < 3 || windows[k] % 2 == 0))
            return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_ROW(k, "windows"),
                               "windows must be odd numbers from 3 on");
    }
    return GOV_OK;
}

static gov_status plans_new(int64_t n, const int64_t *periods, const int64_t *windows, int64_t count,
                            const gov_stl_options *options, gov_stl_plan *plans, gov_error *err)
{
    for (int64_t k = 0; k < count; k++) {
        gov_stl_options o;
        GOV_TRY(gov_struct_read(&o, sizeof(o), options, err));
        o.struct_size = sizeof(o);
        o.period = periods[k];
        o.seasonal = windows != NULL ? windows[k] : 11 + 4 * k;
        o.trend = 0;
        GOV_TRY(gov_stl_plan_new(n, &o, 0, &plans[k], err));
    }
    return GOV_OK;
}

static void add(double *to, const double *from, double sign, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        to[i] += sign * from[i];
}

static void give(double *to, const double *from, int64_t n)
{
    if (to != NULL)
        memcpy(to, from, (size_t)n * sizeof(*to));
}

gov_status gov_mstl(const double *y, const uint8_t *valid, int64_t n, const int64_t *periods,
                    const int64_t *windows, int64_t count, int64_t iterate, const gov_stl_options *options,
                    double *seasonal, const gov_stl_parts *parts, gov_error *err)
{
    GOV_TRY(gov_series_check(y, valid, n, err));
    GOV_TRY(check(n, periods, windows, count, iterate, seasonal, parts, err));
    gov_stl_parts places;
    gov_stl_options o;
    int gaps = 0;
    GOV_TRY(gov_struct_read(&places, sizeof(places), parts, err));
    GOV_TRY(gov_struct_read(&o, sizeof(o), options, err));
    int64_t passes = iterate != 0 ? iterate : 2;
    double *seasons = NULL;
    double *work = NULL;
    gov_status status = GOV_OK;
    gov_stl_plan *plans = gov_alloc_zero(count, sizeof(*plans));
    if (plans == NULL)
        return gov_fail_memory(err);
    GOV_TRY_OUT(plans_new(n, periods, windows, count, options, plans, err));
    seasons = gov_alloc_zero(count * n, sizeof(double));
    work = gov_alloc(5 * n + gov_stl_scratch(&plans[count - 1]),
                     sizeof(double)); /* the longest period needs most */
    if (seasons == NULL || work == NULL) {
        status = gov_fail_memory(err);
        goto out;
    }
    double *rest = work;
    double *present = rest + n;
    double *trend = present + n;
    double *weights = trend + n;
    double *total = weights + n;
    for (int64_t k = 0; k < count; k++) /* the windows of each plan */
        GOV_TRY_OUT(gov_stl_read(&plans[k], y, valid, o.gaps, rest, present, &gaps, err));
    for (int64_t pass = 0; pass < passes; pass++)
        for (int64_t k = 0; k < count; k++) {
            double *season = seasons + k * n;
            add(rest, season, 1, n);
            gov_stl_run(&plans[k], rest, gaps ? present : NULL, trend, season, weights, total + n);
            add(rest, season, -1, n);
        }
    memset(total, 0, (size_t)n * sizeof(*total));
    for (int64_t k = 0; k < count; k++)
        add(total, seasons + k * n, 1, n);
    add(rest, trend, -1, n);
    for (int64_t i = 0; i < n; i++)
        rest[i] = present[i] > 0 ? rest[i] : NAN;
    memcpy(seasonal, seasons, (size_t)(count * n) * sizeof(*seasonal));
    give(places.trend, trend, n);
    give(places.seasonal, total, n);
    give(places.remainder, rest, n);
    give(places.weights, weights, n);
out:
    for (int64_t k = 0; k < count; k++)
        gov_stl_plan_free(&plans[k]);
    gov_free(plans);
    gov_free(seasons);
    gov_free(work);
    return status;
}
