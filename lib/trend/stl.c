/* STL, following the Fortran of its authors step by step so that results agree to rounding: routines stl, onestp, ss,
 * fts and rwts of Netlib a/stl. Defaults are those of statsmodels; R's "periodic" is its window of 10 n + 1 points
 * of degree 0 with the seasons averaged over the cycles afterwards.
 *
 * One thing is not copied: for an even n the Fortran asks its partial sort for two places in falling order, which
 * can return a wrong median of the remainders (R's stl(log(co2), 21, robust = TRUE), sixth robust pass). Here the
 * median is the median. */
#include "trend/stl.h"
#include "base/parallel.h"
#include "base/struct.h"
#include "stat/select.h"
#include "trend/series.h"

#include <math.h>
#include <string.h>

static gov_status option_window(const char *name, int64_t given, int64_t at_least, gov_error *err)
{
    if (given >= at_least && given % 2 == 1)
        return GOV_OK;
    return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME(name),
                       "%s must be an odd number from %lld on, not %lld", name, (long long)at_least,
                       (long long)given);
}

static int64_t next_odd(double x)
{
    int64_t k = (int64_t)ceil(x);
    return k + (k % 2 == 0);
}

static int degree_of(gov_stl_degree degree)
{
    return degree == GOV_STL_CONSTANT ? 0 : 1;
}

static gov_status check_options(const gov_stl_options *o, int64_t n, gov_error *err)
{
    if (o->period < 2)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("period"), "period must be given and at least 2");
    if (n / 2 < o->period)
        return gov_fail(err, GOV_E_NO_DATA, "STL needs two cycles of %lld periods, there are %lld periods",
                        (long long)o->period, (long long)n);
    if (o->seasonal_jump < GOV_STL_JUMP_TENTH || o->trend_jump < GOV_STL_JUMP_TENTH ||
        o->low_pass_jump < GOV_STL_JUMP_TENTH || o->inner < 0 || o->outer < 0)
        return gov_fail(err, GOV_E_ARGUMENT,
                        "jumps must be at least 1 or GOV_STL_JUMP_TENTH, passes must not be negative");
    if (o->gaps != GOV_STL_GAPS_REFUSE && o->gaps != GOV_STL_GAPS_LEAVE_OUT)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("gaps"), "there is no policy number %d",
                           (int)o->gaps);
    const gov_stl_degree degrees[] = {o->seasonal_degree, o->trend_degree, o->low_pass_degree};
    for (int i = 0; i < 3; i++)
        if (degrees[i] != GOV_STL_DEFAULT && degrees[i] != GOV_STL_CONSTANT && degrees[i] != GOV_STL_LINEAR)
            return gov_fail(err, GOV_E_ARGUMENT, "a degree must be GOV_STL_CONSTANT or GOV_STL_LINEAR");
    return GOV_OK;
}

static int64_t jump_of(int64_t jump, int64_t window)
{
    return jump == 0 ? 1 : jump == GOV_STL_JUMP_TENTH ? (window + 9) / 10 : jump;
}

void gov_stl_plan_free(gov_stl_plan *plan)
{
    gov_loess_free(&plan->cycle[0]);
    gov_loess_free(&plan->cycle[1]);
    gov_loess_free(&plan->low_pass);
    gov_loess_free(&plan->trend);
}

gov_status gov_stl_plan_new(int64_t n, const gov_stl_options *options, int scalar, gov_stl_plan *out,
                            gov_error *err)
{
    gov_stl_options o;
    GOV_TRY(gov_struct_read(&o, sizeof(o), options, err));
    GOV_TRY(check_options(&o, n, err));
    int64_t seasonal = o.periodic ? 10 * n + 1 : o.seasonal == 0 ? 7 : o.seasonal;
    int64_t trend = o.trend != 0 ? o.trend : next_odd(1.5 * (double)o.period / (1 - 1.5 / (double)seasonal));
    int64_t low_pass = o.low_pass != 0 ? o.low_pass : next_odd((double)o.period + 1);
    GOV_TRY(option_window("seasonal", seasonal, 3, err));
    GOV_TRY(option_window("trend", trend, 3, err));
    GOV_TRY(option_window("low_pass", low_pass, 3, err));
    gov_stl_plan p = {.n = n, .period = o.period, .periodic = o.periodic};
    p.inner = o.inner != 0 ? o.inner : o.robust ? 2 : 5;
    p.outer = o.outer != 0 ? o.outer : o.robust ? 15 : 0;
    int degree = o.periodic ? 0 : degree_of(o.seasonal_degree);
    gov_status status = GOV_OK;
    for (int longer = 0; longer < 2;
         longer++) /* cycle[0]: the longer sub-series; the shorter have n / period */
        GOV_TRY_OUT(gov_loess_new(n / o.period + (longer == 0), seasonal, degree,
                                  jump_of(o.seasonal_jump, seasonal), 1, scalar, &p.cycle[longer], err));
    GOV_TRY_OUT(gov_loess_new(n, low_pass, degree_of(o.low_pass_degree), jump_of(o.low_pass_jump, low_pass),
                              0, scalar, &p.low_pass, err));
    GOV_TRY_OUT(gov_loess_new(n, trend, degree_of(o.trend_degree), jump_of(o.trend_jump, trend), 0, scalar,
                              &p.trend, err));
    *out = p;
    return GOV_OK;
out:
    gov_stl_plan_free(&p);
    return status;
}

int64_t gov_stl_scratch(const gov_stl_plan *plan)
{
    return 6 * (plan->n + 2 * plan->period);
}

/* Smooths each sub-series (all Mondays, all Tuesdays, ...) and one point beyond both its ends: n + 2 period values. */
static void smooth_cycles(const gov_stl_plan *p, const double *y, const double *robust, double *out,
                          double *work)
{
    int64_t most = p->n / p->period + 3;
    double *values = work;
    double *weights = values + most;
    double *smoothed = weights + most;
    double *scratch = smoothed + most;
    for (int64_t j = 0; j < p->period; j++) {
        const gov_loess *plan = &p->cycle[j < p->n % p->period ? 0 : 1];
        for (int64_t i = 0; i < plan->n; i++)
            values[i] = y[i * p->period + j];
        for (int64_t i = 0; robust != NULL && i < plan->n; i++)
            weights[i] = robust[i * p->period + j];
        gov_loess_smooth(plan, values, robust != NULL ? weights : NULL, smoothed + 1, scratch);
        for (int64_t m = 0; m < plan->n + 2; m++)
            out[m * p->period + j] = smoothed[m];
    }
}

/* Moving average of `length` points: n - length + 1 values. */
static void moving_average(const double *x, int64_t n, int64_t length, double *out)
{
    double sum = 0;
    for (int64_t i = 0; i < length; i++)
        sum += x[i];
    out[0] = sum / (double)length;
    for (int64_t i = length; i < n; i++) {
        sum += x[i] - x[i - length];
        out[i - length + 1] = sum / (double)length;
    }
}

static void inner_pass(const gov_stl_plan *p, const double *y, const double *robust, double *trend,
                       double *seasonal, double *work)
{
    int64_t n = p->n;
    int64_t extended = n + 2 * p->period;
    double *a = work;
    double *cycles = a + extended;
    double *b = cycles + extended;
    double *rest = b + extended;
    for (int64_t i = 0; i < n; i++)
        a[i] = y[i] - trend[i];
    smooth_cycles(p, a, robust, cycles, rest);
    moving_average(cycles, extended, p->period, a);
    moving_average(a, n + p->period + 1, p->period, b);
    moving_average(b, n + 2, 3, a);
    gov_loess_smooth(&p->low_pass, a, NULL, b, rest);
    for (int64_t i = 0; i < n; i++) {
        seasonal[i] = cycles[p->period + i] - b[i];
        a[i] = y[i] - seasonal[i];
    }
    gov_loess_smooth(&p->trend, a, robust, trend, rest);
}

/* Bisquare weights with the bound at six times the median absolute remainder, of the present values. */
static void robustness(const gov_stl_plan *p, const double *y, const double *present, const double *trend,
                       const double *seasonal, double *weights, double *work)
{
    int64_t count = 0;
    for (int64_t i = 0; i < p->n; i++) {
        weights[i] = fabs(y[i] - trend[i] - seasonal[i]);
        if (present == NULL || present[i] > 0)
            work[count++] = weights[i];
    }
    double bound = 6 * gov_median(work, count);
    for (int64_t i = 0; i < p->n; i++) {
        double ratio = weights[i] / bound;
        double u = 1 - ratio * ratio;
        weights[i] = weights[i] <= 0.001 * bound ? 1 : weights[i] <= 0.999 * bound ? u * u : 0;
        if (present != NULL)
            weights[i] *= present[i];
    }
}

static void average_cycles(const gov_stl_plan *p, double *seasonal)
{
    for (int64_t j = 0; j < p->period; j++) {
        double sum = 0;
        int64_t count = 0;
        for (int64_t i = j; i < p->n; i += p->period, count++)
            sum += seasonal[i];
        for (int64_t i = j; i < p->n; i += p->period)
            seasonal[i] = sum / (double)count;
    }
}

void gov_stl_run(const gov_stl_plan *p, const double *y, const double *present, double *trend,
                 double *seasonal, double *weights, double *scratch)
{
    memset(trend, 0, (size_t)p->n * sizeof(*trend));
    for (int64_t pass = 0;; pass++) {
        for (int64_t i = 0; i < p->inner; i++)
            inner_pass(p, y, pass > 0 ? weights : present, trend, seasonal, scratch);
        if (pass == p->outer)
            break;
        robustness(p, y, present, trend, seasonal, weights, scratch);
    }
    for (int64_t i = 0; p->outer == 0 && i < p->n; i++)
        weights[i] = present == NULL ? 1 : present[i];
    if (p->periodic)
        average_cycles(p, seasonal);
}

/* --- Gaps ------------------------------------------------------------------------------------------------------ */

/* The longest gap, in every step-th value, that leaves each window of a plan a value. The tricube weights of the two
 * ends of a window are 0, unless it is wider than the series. */
static int64_t longest_gap(const gov_loess *plan)
{
    int64_t most = plan->width > plan->n ? plan->span - 1 : plan->span - 3;
    return most > 0 ? most : 0;
}

static gov_status check_gaps(const double *present, int64_t n, int64_t first, int64_t step,
                             const gov_loess *plan, gov_error *err)
{
    int64_t gap = 0;
    for (int64_t i = first; i < n; i += step) {
        gap = present[i] > 0 ? 0 : gap + 1;
        if (gap > longest_gap(plan))
            return gov_fail_at(
                err, GOV_E_MISSING, GOV_AT_ROW(i, "y"),
                "STL cannot go on through %lld missing values in a row%s: a window has none left",
                (long long)gap, step > 1 ? " of one season" : "");
    }
    return GOV_OK;
}

/* A gap gets the value of the cycle before, or else of the next that has one: it weighs nothing, but where robustness
 * weights leave a window empty it stands in. */
static void fill_gaps(const gov_stl_plan *plan, const double *present, double *values)
{
    int64_t n = plan->n;
    for (int64_t i = plan->period; i < n; i++)
        values[i] = present[i] > 0 ? values[i] : values[i - plan->period];
    for (int64_t i = 0; i < plan->period; i++) {
        int64_t first = i;
        while (first < n && !(present[first] > 0))
            first += plan->period;
        for (int64_t k = i; first < n && k < first; k += plan->period)
            values[k] = values[first];
    }
}

gov_status gov_stl_read(const gov_stl_plan *plan, const double *y, const uint8_t *valid, gov_stl_gaps policy,
                        double *values, double *present, int *gaps, gov_error *err)
{
    int64_t n = plan->n;
    *gaps = 0;
    GOV_TRY(gov_series_check(y, valid, n, err));
    for (int64_t i = 0; i < n; i++) {
        present[i] = valid == NULL || valid[i] != 0;
        values[i] = present[i] > 0 ? y[i] : 0;
        *gaps |= present[i] == 0;
        if (present[i] == 0 && policy == GOV_STL_GAPS_REFUSE)
            return gov_fail_at(err, GOV_E_MISSING, GOV_AT_ROW(i, "y"),
                               "value %lld is missing; fill it first, or let STL leave it out", (long long)i);
    }
    if (!*gaps)
        return GOV_OK;
    for (int64_t j = 0; j < plan->period; j++)
        GOV_TRY(check_gaps(present, n, j, plan->period, &plan->cycle[j < n % plan->period ? 0 : 1], err));
    GOV_TRY(check_gaps(present, n, 0, 1, &plan->trend, err));
    fill_gaps(plan, present, values);
    return GOV_OK;
}

/* --- One series, many series ----------------------------------------------------------------------------- */

typedef struct batch {
    const gov_stl_plan *plan;
    const double *y;
    const uint8_t *valid;
    const gov_stl_parts *parts;
    uint8_t *status;
    gov_stl_gaps gaps;
    double *work; /* of each worker: values, present, trend, seasonal, weights, scratch */
    int64_t work_size;
} batch;

static void give(double *to, int64_t at, const double *from, int64_t n)
{
    if (to != NULL)
        memcpy(to + at, from, (size_t)n * sizeof(*to));
}

static gov_status one(const batch *b, int worker, int64_t series, gov_error *err)
{
    int64_t n = b->plan->n;
    int64_t at = series * n;
    int gaps;
    double *values = b->work + worker * b->work_size;
    double *present = values + n;
    double *trend = present + n;
    double *seasonal = trend + n;
    double *weights = seasonal + n;
    GOV_TRY(gov_stl_read(b->plan, b->y + at, b->valid != NULL ? b->valid + at : NULL, b->gaps, values,
                         present, &gaps, err));
    gov_stl_run(b->plan, values, gaps ? present : NULL, trend, seasonal, weights, weights + n);
    give(b->parts->trend, at, trend, n);
    give(b->parts->seasonal, at, seasonal, n);
    give(b->parts->weights, at, weights, n);
    for (int64_t i = 0; b->parts->remainder != NULL && i < n; i++)
        b->parts->remainder[at + i] = present[i] > 0 ? values[i] - trend[i] - seasonal[i] : NAN;
    return GOV_OK;
}

static gov_status some(void *context, int worker, int64_t first, int64_t last, gov_error *err)
{
    const batch *b = context;
    for (int64_t series = first; series < last; series++) {
        gov_status status = one(b, worker, series, b->status != NULL ? NULL : err);
        if (b->status == NULL)
            GOV_TRY(status);
        else
            b->status[series] = (uint8_t)status;
    }
    return GOV_OK;
}

gov_status gov_stl_many(const double *y, const uint8_t *valid, int64_t series, int64_t n,
                        const gov_stl_options *options, const gov_stl_parts *parts, uint8_t *status,
                        gov_error *err)
{
    if (parts == NULL || series < 0 || n < 0 || (y == NULL && series * n > 0))
        return gov_fail(err, GOV_E_ARGUMENT, "y must hold series x n values, and parts must be given");
    gov_stl_plan plan;
    gov_stl_options o;
    gov_stl_parts places;
    GOV_TRY(gov_struct_read(&o, sizeof(o), options, err));
    GOV_TRY(gov_struct_read(&places, sizeof(places), parts, err));
    int threads = o.threads > 1 ? o.threads : 1;
    GOV_TRY(gov_stl_plan_new(n, options, 0, &plan, err));
    batch b = {&plan, y, valid, &places, status, o.gaps, NULL, 5 * n + gov_stl_scratch(&plan)};
    b.work = gov_alloc(threads * b.work_size, sizeof(double));
    gov_status result =
        b.work == NULL ? gov_fail_memory(err) : gov_parallel(threads, series, 16, some, &b, o.run, err);
    gov_free(b.work);
    gov_stl_plan_free(&plan);
    return result;
}

gov_status gov_stl(const double *y, const uint8_t *valid, int64_t n, const gov_stl_options *options,
                   const gov_stl_parts *parts, gov_error *err)
{
    GOV_TRY(gov_series_check(y, valid, n, err));
    gov_stl_options o;
    GOV_TRY(gov_struct_read(&o, sizeof(o), options, err));
    o.struct_size = sizeof(o);
    o.run = NULL;
    return gov_stl_many(y, valid, 1, n, &o, parts, NULL, err);
}
