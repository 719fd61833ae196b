/* sen.c - Sen's slope: the median of the slopes of all pairs, and the ranks that bound it. */
#include "trend/monotonic.h"
#include "trend/slopes.h"
#include "stat/distribution.h"
#include "stat/select.h"

#include <math.h>

/* The present values of all seasons, season by season; var_s is the variance of S summed over them. */
typedef struct seasons {
    double *y;
    double *at;
    int64_t *first;
    gov_slope_data data;
    int64_t present;
    double var_s;
} seasons;

static void seasons_free(seasons *s)
{
    gov_free(s->y);
    gov_free(s->at);
    gov_free(s->first);
}

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

static gov_status fill_seasons(const double *y, const uint8_t *valid, int64_t n, int64_t period, seasons *s,
                               gov_error *err)
{
    int64_t used = period < n ? period : n;
    int64_t pairs = 0;
    for (int64_t k = 0; k < used; k++) {
        int64_t from = s->first[k];
        int64_t count = gather(y, valid, n, period, k, s->y + from, s->at + from);
        s->first[k + 1] = from + count;
        pairs += count * (count - 1) / 2;
    }
    s->present = s->first[used];
    s->data = (gov_slope_data){s->y, s->at, s->first, used, pairs};
    if (pairs == 0)
        return gov_fail(err, GOV_E_NO_DATA, "Sen's slope needs 2 values%s, the series has %lld",
                        period > 1 ? " of one season" : "", (long long)s->present);
    return GOV_OK;
}

static gov_status seasons_new(const double *y, const uint8_t *valid, int64_t n, int64_t period, seasons *out,
                              gov_error *err)
{
    seasons s = {.present = 0};
    s.y = gov_alloc(n, sizeof(double));
    s.at = gov_alloc(n, sizeof(double));
    s.first = gov_alloc_zero((period < n ? period : n) + 1, sizeof(int64_t));
    gov_status status = GOV_OK;
    if (s.y == NULL || s.at == NULL || s.first == NULL)
        status = gov_fail_memory(err);
    if (status == GOV_OK)
        status = fill_seasons(y, valid, n, period, &s, err);
    if (status != GOV_OK) {
        seasons_free(&s);
        return status;
    }
    *out = s;
    return GOV_OK;
}

/* Adds up the variances of S, for which a copy of the values is sorted. */
static gov_status add_variances(seasons *s, gov_error *err)
{
    double *sorted = gov_alloc(2 * s->present, sizeof(double));
    if (sorted == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < s->present; i++)
        sorted[i] = s->y[i];
    for (int64_t k = 0; k < s->data.seasons; k++) {
        double own_s;
        double var_s;
        gov_mk_score(sorted + s->first[k], s->first[k + 1] - s->first[k], sorted + s->present, &own_s,
                     &var_s);
        s->var_s += var_s;
    }
    gov_free(sorted);
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
    seasons s;
    double middle[2];
    GOV_TRY(seasons_new(y, valid, n, period, &s, err));
    const int64_t ranks[] = {(s.data.pairs - 1) / 2, s.data.pairs / 2};
    gov_status status = gov_slopes_select(&s.data, ranks, 2, middle, err);
    seasons_free(&s);
    GOV_TRY(status);
    double median = (middle[0] + middle[1]) / 2;
    GOV_TRY(intercept_of(y, valid, n, period, median, intercept, err));
    *slope = median;
    return GOV_OK;
}

/* The slope and its interval by ranks: Sen (1968), rounded as R's trend and scipy do. */
static gov_status slope_and_interval(seasons *s, double alpha, gov_sen_result *r, gov_error *err)
{
    double values[4];
    GOV_TRY(add_variances(s, err));
    double reach = gov_normal_isf(alpha / 2) * sqrt(s->var_s);
    double pairs = (double)s->data.pairs;
    double low = fmax(rint((pairs - reach) / 2) - 1, 0);
    double high = fmin(rint((pairs + reach) / 2), pairs - 1);
    const int64_t ranks[] = {(int64_t)low, (s->data.pairs - 1) / 2, s->data.pairs / 2, (int64_t)high};
    GOV_TRY(gov_slopes_select(&s->data, ranks, 4, values, err));
    r->slope_low = values[0];
    r->slope = (values[1] + values[2]) / 2;
    r->slope_high = values[3];
    return GOV_OK;
}

static gov_status sen(const double *y, const uint8_t *valid, int64_t n, int64_t period,
                      const gov_sen_options *options, gov_sen_result *result, gov_error *err)
{
    gov_sen_result r = GOV_SEN_RESULT_INIT;
    seasons s;
    double alpha;
    if (result == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "result must not be NULL");
    GOV_TRY(gov_option_share("alpha", options == NULL ? 0 : options->alpha, 0.05, &alpha, err));
    GOV_TRY(gov_series_check(y, valid, n, err));
    GOV_TRY(seasons_new(y, valid, n, period, &s, err));
    r.n = s.present;
    r.pairs = s.data.pairs;
    gov_status status = slope_and_interval(&s, alpha, &r, err);
    seasons_free(&s);
    GOV_TRY(status);
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
