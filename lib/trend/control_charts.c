/* Charts of measurements. All recursions are one pass; what needs care is where centre and spread come from: moving
 * ranges (mean |step| / d2(2)) for single values, ranges within groups for means, so that a shift of level inside the
 * series does not widen its own limits. */
#include "stat/distribution.h"
#include "base/struct.h"
#include "trend/control.h"

#include <math.h>

/* The expected range of `size` standard normal values: the integral of 1 - F^size - (1-F)^size. The trapezoidal rule
 * converges faster than any power of its step here, 0.05 leaves 1e-15. Rounded to three decimals: the d2 of the printed
 * tables, with which every published chart was drawn (1.128 for 2, 2.326 for 5). */
static double expected_range(int64_t size)
{
    double sum = 0;
    for (int i = -200; i <= 200; i++) {
        double x = 0.05 * i;
        sum += 1 - pow(gov_normal_cdf(x), (double)size) - pow(gov_normal_tail(x), (double)size);
    }
    return round(50 * sum) / 1000;
}

/* Centre and sd of the first `limit` periods. */
static gov_status estimate(const double *y, const uint8_t *valid, int64_t limit, double *centre, double *sd,
                           gov_error *err)
{
    double sum = 0;
    double steps = 0;
    int64_t count = 0;
    double before = 0;
    for (int64_t t = 0; t < limit; t++) {
        if (valid != NULL && !valid[t])
            continue;
        sum += y[t];
        if (count > 0)
            steps += fabs(y[t] - before);
        before = y[t];
        count++;
    }
    if (count < 2 || steps == 0)
        return gov_fail(err, GOV_E_NO_DATA,
                        "two values that differ are needed to estimate the spread, there are %lld values",
                        (long long)count);
    *centre = sum / (double)count;
    *sd = steps / (double)(count - 1) / expected_range(2);
    return GOV_OK;
}

static gov_status given_or_estimated(const double *y, const uint8_t *valid, int64_t n, double target,
                                     double given, double *centre, double *sd, gov_error *err)
{
    GOV_TRY(gov_series_check(y, valid, n, err));
    if (!(given >= 0) || isinf(given) || !isfinite(target))
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("sd"), "sd must be above 0, or 0 to estimate it");
    *centre = target;
    *sd = given;
    return given > 0 ? GOV_OK : estimate(y, valid, n, centre, sd, err);
}

static void chart_write(gov_chart *chart, int64_t t, double statistic, double lower, double upper, int judged)
{
    if (chart->statistic != NULL)
        chart->statistic[t] = statistic;
    if (chart->lower != NULL)
        chart->lower[t] = lower;
    if (chart->upper != NULL)
        chart->upper[t] = upper;
    if (chart->alarm != NULL)
        chart->alarm[t] = (uint8_t)(!judged ? 0 : statistic > upper ? 1 : statistic < lower ? 2 : 0);
}

typedef struct side_run {
    int side;
    int64_t length;
} side_run;

static void run_write(gov_chart *chart, int64_t t, side_run *run, double above, int judged)
{
    if (judged) {
        int side = (above > 0) - (above < 0);
        run->length = side == run->side ? run->length + 1 : 1;
        run->side = side;
    }
    if (chart->run != NULL)
        chart->run[t] = judged && run->side != 0 && run->length >= 7;
}

gov_status gov_ewma(const double *y, const uint8_t *valid, int64_t n, const gov_ewma_options *options,
                    gov_chart *chart, gov_error *err)
{
    gov_ewma_options o;
    GOV_TRY(gov_struct_read(&o, sizeof(o), options, err));
    GOV_TRY(gov_struct_check(chart, err));
    double lambda = o.lambda == 0 ? 0.2 : o.lambda;
    double width = o.width == 0 ? 3 : o.width;
    if (chart == NULL || !(lambda > 0 && lambda <= 1) || !(width > 0) || isinf(width))
        return gov_fail(err, GOV_E_ARGUMENT,
                        "an EWMA chart needs lambda above 0 and at most 1, and width above 0");
    double centre = 0;
    double sd;
    GOV_TRY(given_or_estimated(y, valid, n, o.target, o.sd, &centre, &sd, err));
    double z = centre;
    double forgotten = 1; /* (1 - lambda)^(2t) over the present periods */
    for (int64_t t = 0; t < n; t++) {
        int present = valid == NULL || valid[t];
        if (present) {
            z = lambda * y[t] + (1 - lambda) * z;
            forgotten *= (1 - lambda) * (1 - lambda);
        }
        double far = width * sd * sqrt(lambda / (2 - lambda) * (o.asymptotic ? 1 : 1 - forgotten));
        chart_write(chart, t, z, centre - far, centre + far, present);
    }
    chart->centre = centre;
    chart->sd = sd;
    return GOV_OK;
}

gov_status gov_cusum_tabular(const double *y, const uint8_t *valid, int64_t n,
                             const gov_tabular_options *options, double *high, double *low, uint8_t *alarm,
                             gov_error *err)
{
    gov_tabular_options o;
    GOV_TRY(gov_struct_read(&o, sizeof(o), options, err));
    double k = o.k == 0 ? 0.5 : o.k;
    double h = o.h == 0 ? 5 : o.h;
    if (!isfinite(k) || !(h > 0))
        return gov_fail(err, GOV_E_ARGUMENT, "k must be a finite number and h above 0");
    double centre = 0;
    double sd;
    GOV_TRY(given_or_estimated(y, valid, n, o.target, o.sd, &centre, &sd, err));
    double up = 0;
    double down = 0;
    for (int64_t t = 0; t < n; t++) {
        int present = valid == NULL || valid[t];
        if (present) {
            double z = (y[t] - centre) / sd;
            up = fmax(0, up + z - k);
            down = fmax(0, down - z - k);
        }
        if (high != NULL)
            high[t] = up;
        if (low != NULL)
            low[t] = down;
        if (alarm != NULL)
            alarm[t] = (uint8_t)(!present ? 0 : up > h ? 1 : down > h ? 2 : 0);
    }
    return GOV_OK;
}

static gov_status check_sizes(const double *y, const uint8_t *valid, int64_t n, gov_shewhart_kind kind,
                              const double *size, gov_error *err)
{
    int sized = kind == GOV_SHEWHART_U || kind == GOV_SHEWHART_P;
    if (sized != (size != NULL))
        return gov_fail(err, GOV_E_ARGUMENT, "sizes are needed for the U and P charts, and for no other");
    if (kind != GOV_SHEWHART_I)
        GOV_TRY(gov_check_counts(y, valid, n, 0, err));
    for (int64_t t = 0; sized && t < n; t++) {
        if (valid != NULL && !valid[t])
            continue;
        if (!(size[t] > 0) || isinf(size[t]))
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(t, "size"), "a size must be above 0, it is %g",
                               size[t]);
        if (kind == GOV_SHEWHART_P && y[t] > size[t])
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(t, "y"), "%g of %g is more than all", y[t],
                               size[t]);
    }
    return GOV_OK;
}

static gov_status ratio_centre(const double *y, const uint8_t *valid, const double *size, int64_t limit,
                               double *centre, gov_error *err)
{
    double sum = 0;
    double all = 0;
    for (int64_t t = 0; t < limit; t++) {
        if (valid != NULL && !valid[t])
            continue;
        sum += y[t];
        all += size != NULL ? size[t] : 1;
    }
    if (all == 0)
        return gov_fail(err, GOV_E_NO_DATA, "a centre line needs at least one value, there is none");
    *centre = sum / all;
    return GOV_OK;
}

gov_status gov_shewhart(const double *y, const uint8_t *valid, int64_t n, gov_shewhart_kind kind,
                        const double *size, int64_t baseline, gov_chart *chart, gov_error *err)
{
    if (chart == NULL || (int)kind < GOV_SHEWHART_C || kind > GOV_SHEWHART_I || baseline < 0 || baseline > n)
        return gov_fail(err, GOV_E_ARGUMENT, "a chart, its kind and a baseline of 0 to n periods are needed");
    GOV_TRY(gov_series_check(y, valid, n, err));
    GOV_TRY(check_sizes(y, valid, n, kind, size, err));
    int64_t limit = baseline == 0 ? n : baseline;
    double centre = 0;
    double sd = 0;
    if (kind == GOV_SHEWHART_I)
        GOV_TRY(estimate(y, valid, limit, &centre, &sd, err));
    else
        GOV_TRY(ratio_centre(y, valid, size, limit, &centre, err));
    side_run run = {0, 0};
    for (int64_t t = 0; t < n; t++) {
        int present = valid == NULL || valid[t];
        double units = size != NULL && present ? size[t] : 1;
        double variance = kind == GOV_SHEWHART_I   ? sd * sd
                          : kind == GOV_SHEWHART_P ? centre * (1 - centre) / units
                                                   : centre / units;
        double lower = centre - 3 * sqrt(variance);
        double upper = centre + 3 * sqrt(variance);
        if (kind != GOV_SHEWHART_I)
            lower = fmax(lower, 0);
        if (kind == GOV_SHEWHART_P)
            upper = fmin(upper, 1);
        double point = present ? y[t] / units : centre;
        chart_write(chart, t, point, lower, upper, present);
        run_write(chart, t, &run, point - centre, present);
    }
    chart->centre = centre;
    chart->sd = kind == GOV_SHEWHART_I   ? sd
                : kind == GOV_SHEWHART_P ? sqrt(centre * (1 - centre))
                                         : sqrt(centre);
    return GOV_OK;
}

gov_status gov_shewhart_xbar(const double *y, int64_t groups, int64_t size, int64_t baseline,
                             gov_chart *chart, gov_error *err)
{
    if (chart == NULL || groups < 0 || size < 2 || size > 25 || baseline < 0 || baseline > groups)
        return gov_fail(err, GOV_E_ARGUMENT,
                        "groups of 2 to 25 values and a baseline of 0 to all groups are needed");
    GOV_TRY(gov_series_check(y, NULL, groups * size, err));
    int64_t limit = baseline == 0 ? groups : baseline;
    double sum = 0;
    double ranges = 0;
    for (int64_t g = 0; g < limit; g++) {
        double least = INFINITY;
        double most = -INFINITY;
        for (int64_t i = g * size; i < (g + 1) * size; i++) {
            sum += y[i];
            least = fmin(least, y[i]);
            most = fmax(most, y[i]);
        }
        ranges += most - least;
    }
    if (limit == 0 || ranges == 0)
        return gov_fail(err, GOV_E_NO_DATA,
                        "a group with values that differ is needed to estimate the spread");
    chart->centre = sum / (double)(limit * size);
    chart->sd = ranges / (double)limit / expected_range(size);
    double far = 3 * chart->sd / sqrt((double)size);
    side_run run = {0, 0};
    for (int64_t g = 0; g < groups; g++) {
        double mean = 0;
        for (int64_t i = g * size; i < (g + 1) * size; i++)
            mean += y[i];
        mean /= (double)size;
        chart_write(chart, g, mean, chart->centre - far, chart->centre + far, 1);
        run_write(chart, g, &run, mean - chart->centre, 1);
    }
    return GOV_OK;
}
