/* mann_kendall_serial.c - tests for series whose neighbouring values are alike.
 *
 * Positive autocorrelation makes S vary more than under independence and the plain test cry trend too often.
 * Two remedies: correct the variance (Hamed & Rao 1998; Yue & Wang 2004), or take the lag-1 autocorrelation out
 * of the data (von Storch 1995; trend-free: Yue et al. 2002). Lags and the detrending index are those of
 * pymannkendall 1.4.3, so that results compare; missing values are closed up first.
 *
 * Autocorrelations are computed straight, O(n x lags): at n = 1 095 a fast Fourier transform would gain a few
 * tenths of a millisecond and lose the last digits. */
#include "trend/monotonic.h"
#include "stat/distribution.h"
#include "stat/rank.h"

#include <math.h>

/* Autocorrelation of y - mean at `lag`, given the sum of squares. */
static double autocorrelation(const double *centred, int64_t n, int64_t lag, double squares)
{
    double sum = 0;
    for (int64_t i = lag; i < n; i++)
        sum += centred[i] * centred[i - lag];
    return sum / squares;
}

/* Subtracts the mean and returns the sum of squares. */
static double centre(double *y, int64_t n)
{
    double mean = gov_mean(y, n);
    double squares = 0;
    for (int64_t i = 0; i < n; i++) {
        y[i] -= mean;
        squares += y[i] * y[i];
    }
    return squares;
}

static double hamed_rao_factor(const double *centred, int64_t n, int64_t lags, double squares, double alpha)
{
    double m = (double)n;
    double bound = gov_normal_isf(alpha / 2) / sqrt(m);
    double sum = 0;
    for (int64_t k = 1; k <= lags; k++) {
        double rho = autocorrelation(centred, n, k, squares);
        double left = m - (double)k;
        if (fabs(rho) > bound)
            sum += left * (left - 1) * (left - 2) * rho;
    }
    return 1 + 2 / (m * (m - 1) * (m - 2)) * sum;
}

static double yue_wang_factor(const double *centred, int64_t n, int64_t lags, double squares)
{
    double sum = 0;
    for (int64_t k = 1; k <= lags; k++)
        sum += (1 - (double)k / (double)n) * autocorrelation(centred, n, k, squares);
    return 1 + 2 * sum;
}

/* The series without its trend; its spread is 0 when it lies on a line, and there is nothing to correct. */
static gov_status variance_factor(const gov_present *present, const gov_mk_settings *settings, double slope,
                                  double *factor, gov_error *err)
{
    int64_t n = present->count;
    int64_t lags = settings->lag == 0 || settings->lag > n - 1 ? n - 1 : settings->lag;
    double *rest = gov_alloc(2 * n, sizeof(double));
    if (rest == NULL)
        return gov_fail_memory(err);
    double *centred = rest;
    for (int64_t i = 0; i < n; i++)
        rest[i] = present->y[i] - (double)(i + 1) * slope;
    gov_status status = GOV_OK;
    if (settings->method == GOV_MK_HAMED_RAO) {
        centred = rest + n;
        status = gov_rank_mid(rest, n, centred, err);
    }
    if (status == GOV_OK) {
        double squares = centre(centred, n);
        if (squares == 0)
            *factor = 1;
        else if (settings->method == GOV_MK_HAMED_RAO)
            *factor = hamed_rao_factor(centred, n, lags, squares, settings->alpha);
        else
            *factor = yue_wang_factor(centred, n, lags, squares);
    }
    gov_free(rest);
    return status;
}

/* Takes the lag-1 autocorrelation out of y[0, n) into y[0, n - 1); `centred` holds n items. */
static void whiten(double *y, int64_t n, double *centred)
{
    for (int64_t i = 0; i < n; i++)
        centred[i] = y[i];
    double squares = centre(centred, n);
    double rho = squares == 0 ? 0 : autocorrelation(centred, n, 1, squares);
    for (int64_t i = 0; i + 1 < n; i++)
        y[i] = y[i + 1] - y[i] * rho;
}

static void whitened(const gov_present *present, const gov_mk_settings *settings, double slope, double *y,
                     double *scratch)
{
    int64_t n = present->count;
    double taken = settings->method == GOV_MK_TREND_FREE_PRE_WHITENING ? slope : 0;
    for (int64_t i = 0; i < n; i++)
        y[i] = present->y[i] - (double)(i + 1) * taken;
    whiten(y, n, scratch);
    for (int64_t i = 0; i + 1 < n; i++)
        y[i] += (double)(i + 1) * taken;
}

static int corrects_variance(gov_mk_method method)
{
    return method == GOV_MK_HAMED_RAO || method == GOV_MK_YUE_WANG;
}

gov_status gov_mk_serial(const gov_present *present, const gov_mk_settings *settings, double slope,
                         gov_mk_result *r, gov_error *err)
{
    int64_t n = present->count;
    if (corrects_variance(settings->method))
        GOV_TRY(variance_factor(present, settings, slope, &r->factor, err));
    double *y = gov_alloc(2 * n, sizeof(double));
    if (y == NULL)
        return gov_fail_memory(err);
    if (corrects_variance(settings->method)) {
        for (int64_t i = 0; i < n; i++)
            y[i] = present->y[i];
    } else {
        whitened(present, settings, slope, y, y + n);
        n--;
    }
    gov_mk_score(y, n, y + n, &r->s, &r->var_s);
    gov_free(y);
    if (r->var_s == 0)
        return gov_fail(err, GOV_E_NO_DATA, "without its autocorrelation the series is constant");
    if (r->factor < GOV_MK_FACTOR_FLOOR) {
        r->factor = 1;
        r->factor_refused = 1;
    }
    r->var_s *= r->factor;
    r->n = n;
    r->tau = r->s / (0.5 * (double)n * (double)(n - 1));
    gov_mk_judge(r, settings->alpha, 1);
    return GOV_OK;
}
