/* sen.c - Sen's slope: the median of the slopes of all pairs, by selection.
 *
 * The slopes are written down once, O(n^2), and the median and the two ranks of the interval are selected, O(n^2)
 * without sorting. Slopes are true quotients, not products with a reciprocal, so that equal slopes of counts
 * stay equal and every number is the one that numpy prints. */
#include "trend/monotonic.h"
#include "stat/distribution.h"
#include "stat/rank.h"
#include "stat/select.h"

#include <math.h>

enum { MOST_VALUES = 40000 };

/* The present values of one season, closed up, with their cycle. */
static int64_t gather(const double *y, const uint8_t *valid, int64_t n, int64_t period, int64_t season,
                      double *own, double *at)
{
    int64_t count = 0;
    for (int64_t i = season; i < n; i += period) {
        if (valid != NULL && valid[i] == 0)
            continue;
        own[count] = y[i];
        at[count++] = (double)(i / period);
    }
    return count;
}

static double *write_slopes(const double *y, const double *at, int64_t n, double *out)
{
    for (int64_t i = 0; i + 1 < n; i++) {
        const double *later = y + i + 1;
        const double *when = at + i + 1;
        for (int64_t k = 0; k < n - i - 1; k++)
            out[k] = (later[k] - y[i]) / (when[k] - at[i]);
        out += n - i - 1;
    }
    return out;
}

/* All slopes of a series; var_s is the variance of S summed over seasons. */
typedef struct slopes {
    double *values;
    int64_t count;
    int64_t present;
    double var_s;
} slopes;

static gov_status count_pairs(const uint8_t *valid, int64_t n, int64_t period, slopes *out, gov_error *err)
{
    for (int64_t season = 0; season < period && season < n; season++) {
        int64_t count = 0;
        for (int64_t i = season; i < n; i += period)
            count += valid == NULL || valid[i] != 0;
        if (count > MOST_VALUES)
            return gov_fail(err, GOV_E_LIMIT, "Sen's slope is computed for up to %d values, not %lld",
                            MOST_VALUES, (long long)count);
        out->count += count * (count - 1) / 2;
        out->present += count;
    }
    if (out->count == 0)
        return gov_fail(err, GOV_E_NO_DATA, "Sen's slope needs 2 values%s, the series has %lld",
                        period > 1 ? " of one season" : "", (long long)out->present);
    return GOV_OK;
}

static gov_status slopes_new(const double *y, const uint8_t *valid, int64_t n, int64_t period, slopes *out,
                             gov_error *err)
{
    slopes all = {NULL, 0, 0, 0};
    GOV_TRY(count_pairs(valid, n, period, &all, err));
    int64_t rows = n / period + 1;
    double *own = gov_alloc(3 * rows, sizeof(double));
    all.values = gov_alloc(all.count, sizeof(double));
    if (own == NULL || all.values == NULL) {
        gov_free(own);
        gov_free(all.values);
        return gov_fail_memory(err);
    }
    double *end = all.values;
    for (int64_t season = 0; season < period && season < n; season++) {
        double s;
        double var_s;
        int64_t count = gather(y, valid, n, period, season, own, own + rows);
        end = write_slopes(own, own + rows, count, end);
        gov_mk_score(own, count, own + 2 * rows, &s, &var_s);
        all.var_s += var_s;
    }
    gov_free(own);
    *out = all;
    return GOV_OK;
}

/* The median present period, in units of a period: half a step apart if their number is even. */
static double middle_period(const uint8_t *valid, int64_t n, int64_t present)
{
    int64_t seen = 0;
    double low = 0;
    for (int64_t i = 0; i < n; i++) {
        if (valid != NULL && valid[i] == 0)
            continue;
        if (seen == (present - 1) / 2)
            low = (double)i;
        if (seen++ == present / 2)
            return (low + (double)i) / 2;
    }
    return low;
}

static gov_status intercept_of(const double *y, const uint8_t *valid, int64_t n, int64_t period, double slope,
                               double *intercept, gov_error *err)
{
    gov_present present;
    GOV_TRY(gov_present_new(y, valid, n, &present, err));
    double middle = middle_period(valid, n, present.count) / (double)period;
    *intercept = gov_median(present.y, present.count) - middle * slope;
    gov_present_free(&present);
    return GOV_OK;
}

gov_status gov_sen_line(const double *y, const uint8_t *valid, int64_t n, int64_t period, double *slope,
                        double *intercept, gov_error *err)
{
    slopes all;
    GOV_TRY(slopes_new(y, valid, n, period, &all, err));
    double median = gov_median(all.values, all.count);
    gov_free(all.values);
    GOV_TRY(intercept_of(y, valid, n, period, median, intercept, err));
    *slope = median;
    return GOV_OK;
}

/* Ranks (from 0) of the ends of the interval: Sen (1968), rounded as R's trend and scipy do. */
static void interval(slopes *all, double alpha, gov_sen_result *r)
{
    double reach = gov_normal_isf(alpha / 2) * sqrt(all->var_s);
    double pairs = (double)all->count;
    double low = rint((pairs - reach) / 2) - 1;
    double high = rint((pairs + reach) / 2);
    r->slope_low = gov_select(all->values, 0, all->count, low > 0 ? (int64_t)low : 0);
    r->slope_high = gov_select(all->values, 0, all->count, high < pairs - 1 ? (int64_t)high : all->count - 1);
}

static gov_status sen(const double *y, const uint8_t *valid, int64_t n, int64_t period,
                      const gov_sen_options *options, gov_sen_result *result, gov_error *err)
{
    gov_sen_result r = GOV_SEN_RESULT_INIT;
    slopes all;
    double alpha;
    if (result == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "result must not be NULL");
    GOV_TRY(gov_option_share("alpha", options == NULL ? 0 : options->alpha, 0.05, &alpha, err));
    GOV_TRY(gov_series_check(y, valid, n, err));
    GOV_TRY(slopes_new(y, valid, n, period, &all, err));
    r.n = all.present;
    r.pairs = all.count;
    r.slope = gov_median(all.values, all.count);
    interval(&all, alpha, &r);
    gov_free(all.values);
    GOV_TRY(intercept_of(y, valid, n, period, r.slope, &r.intercept, err));
    *result = r;
    return GOV_OK;
}

gov_status gov_sen_slope(const double *y, const uint8_t *valid, int64_t n, const gov_sen_options *options,
                         gov_sen_result *result, gov_error *err)
{
    return sen(y, valid, n, 1, options, result, err);
}

gov_status gov_seasonal_sen_slope(const double *y, const uint8_t *valid, int64_t n, int64_t period,
                                  const gov_sen_options *options, gov_sen_result *result, gov_error *err)
{
    if (period < 2)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("period"),
                           "a cycle has at least 2 seasons, not %lld", (long long)period);
    return sen(y, valid, n, period, options, result, err);
}
