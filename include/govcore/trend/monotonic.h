/* monotonic.h - is a series going up or down? The Mann-Kendall family and Sen's slope.
 *
 *     gov_mk_result r = GOV_MK_RESULT_INIT;
 *     if (gov_mann_kendall(y, NULL, n, NULL, &r, &err) == GOV_OK && r.trend > 0) ...
 *
 * All tests are two-sided and rest on ranks, so that outliers weigh little and no distribution is assumed.
 * Conventions: S counts pairs that rise minus pairs that fall; tau = S / (number of pairs) is tau-a, with no
 * correction of its denominator for ties (as pymannkendall; R's `trend` prints tau-b); var_s is corrected for
 * ties; z has the continuity correction (S -/+ 1) except where a method says otherwise;
 * p = erfc(|z| / sqrt 2), which stays above 0 until |z| is about 38.
 *
 * Threads: no state.   Ownership: nothing is allocated for the caller. */
#ifndef GOVCORE_TREND_MONOTONIC_H
#define GOVCORE_TREND_MONOTONIC_H

#include "govcore/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum gov_mk_method {
    /* Mann (1945), Kendall (1975): independent observations. */
    GOV_MK_ORIGINAL = 0,
    /* Hamed & Rao (1998), doi:10.1016/S0022-1694(97)00125-X: variance corrected by the signed sum of the
     * autocorrelations, of the ranks of the series without its Sen slope, that lie outside
     * +/- normal quantile(1 - alpha/2) / sqrt(n). */
    GOV_MK_HAMED_RAO = 1,
    /* Yue & Wang (2004), doi:10.1023/B:WARM.0000043140.61082.60: variance corrected by all autocorrelations
     * of the series without its Sen slope. */
    GOV_MK_YUE_WANG = 2,
    /* von Storch (1995): the lag-1 autocorrelation is taken out of the series before the test. */
    GOV_MK_PRE_WHITENING = 3,
    /* Yue et al. (2002), doi:10.1002/hyp.1095: the same, but of the series without its Sen slope, which is
     * put back afterwards. */
    GOV_MK_TREND_FREE_PRE_WHITENING = 4,
    /* Hirsch, Slack & Smith (1982): S and its variance summed over the seasons (t mod period). */
    GOV_MK_SEASONAL = 5,
    /* Hirsch & Slack (1984): the same with the covariances between seasons; no continuity correction; a year
     * with a missing season is left out. */
    GOV_MK_CORRELATED_SEASONAL = 6
} gov_mk_method;

/* "original", "hamed_rao", "yue_wang", "pre_whitening", "trend_free_pre_whitening", "seasonal", "correlated_seasonal";
 * NULL for a number that is no method. Static. */
GOV_API const char *gov_mk_method_name(gov_mk_method method);

/* Below this share of the uncorrected variance a correction (Hamed-Rao, Yue-Wang) is not believed. Sums of
 * estimated autocorrelations can even be negative, which is no variance: other packages then print NaN. */
#define GOV_MK_FACTOR_FLOOR 0.01

typedef struct gov_mk_options {
    uint32_t struct_size;
    gov_mk_method method;
    int32_t without_slope; /* not 0: slope and intercept are not computed (they are 0): S alone is faster */
    double alpha;          /* significance level, default 0.05 */
    int64_t lag;           /* Hamed-Rao, Yue-Wang: the first `lag` lags are looked at; default all n - 1 */
    int64_t period;        /* seasonal methods: seasons in a cycle, at least 2; default 12 */
} gov_mk_options;

#define GOV_MK_OPTIONS_INIT                                             \
    {                                                                   \
        (uint32_t)sizeof(gov_mk_options), GOV_MK_ORIGINAL, 0, 0.0, 0, 0 \
    }

typedef struct gov_mk_result {
    uint32_t struct_size;
    int32_t trend;          /* 1 increasing, -1 decreasing, 0 no trend at level alpha */
    int32_t h;              /* 1 if p < alpha */
    int32_t factor_refused; /* 1: the variance factor was below GOV_MK_FACTOR_FLOOR and 1 was used instead */
    int64_t n;              /* present values that the test used */
    double p;
    double z;
    double tau;
    double s;
    double var_s;
    double factor;    /* var_s / the uncorrected variance: 1 unless Hamed-Rao or Yue-Wang */
    double slope;     /* Sen's slope of the series as given, per period (seasonal methods: per cycle) */
    double intercept; /* value of the line at the first period */
} gov_mk_result;

#define GOV_MK_RESULT_INIT                                                                  \
    {                                                                                       \
        (uint32_t)sizeof(gov_mk_result), 0, 0, 0, 0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0 \
    }

/* Tests one series. Missing values are left out; the slope keeps the true distances in time.
 * Errors: GOV_E_NO_DATA with fewer than 3 present values (4 for the two pre-whitening methods) or with
 * values that are all equal; GOV_E_RANGE a value, err->row; GOV_E_ARGUMENT an option. O(n log n) without the
 * slope. Since 0.1. */
GOV_API gov_status gov_mann_kendall(const double *y, const uint8_t *valid, int64_t n,
                                    const gov_mk_options *options, gov_mk_result *result, gov_error *err);

/* Tests several series of one time axis together: y[t * columns + c], rows x columns values.
 * regional:   Helsel & Frans (2006): S and variance summed over the columns, taken as independent.
 * correlated: Hirsch & Slack (1984), Libiseller & Grimvall (2002): with the covariances between columns; rows
 *             with a missing value are left out; no continuity correction.
 * partial:    Libiseller & Grimvall (2002), doi:10.1002/env.507: trend of column 0 given column 1 (columns
 *             are 2); s is S minus its expectation given the covariate; no continuity correction; as
 *             published, no correction of the variance for ties. GOV_E_NO_DATA also if both columns are
 *             ordered alike.
 * slope: regional and correlated, the median of all slopes within columns; partial, of column 0.
 * options: alpha and without_slope are read. */
GOV_API gov_status gov_mann_kendall_regional(const double *y, const uint8_t *valid, int64_t rows,
                                             int64_t columns, const gov_mk_options *options,
                                             gov_mk_result *result, gov_error *err);
GOV_API gov_status gov_mann_kendall_correlated(const double *y, const uint8_t *valid, int64_t rows,
                                               int64_t columns, const gov_mk_options *options,
                                               gov_mk_result *result, gov_error *err);
GOV_API gov_status gov_mann_kendall_partial(const double *y, const uint8_t *valid, int64_t rows,
                                            const gov_mk_options *options, gov_mk_result *result,
                                            gov_error *err);

typedef struct gov_sen_options {
    uint32_t struct_size;
    double alpha; /* the interval covers 1 - alpha; default 0.05 */
} gov_sen_options;

#define GOV_SEN_OPTIONS_INIT                   \
    {                                          \
        (uint32_t)sizeof(gov_sen_options), 0.0 \
    }

typedef struct gov_sen_result {
    uint32_t struct_size;
    int64_t n;        /* present values */
    int64_t pairs;    /* slopes that the median is of */
    double slope;     /* median of (y[j] - y[i]) / (j - i); seasonal: within seasons, per cycle */
    double intercept; /* median of y minus slope x median of the present periods (Conover 1980) */
    double
        slope_low; /* interval of Sen (1968), doi:10.1080/01621459.1968.10480934, by ranks of the slopes, */
    double slope_high; /* with the tie-corrected variance of S */
} gov_sen_result;

#define GOV_SEN_RESULT_INIT                                        \
    {                                                              \
        (uint32_t)sizeof(gov_sen_result), 0, 0, 0.0, 0.0, 0.0, 0.0 \
    }

/* Sen's slope (Theil 1950, Sen 1968), and the seasonal one (Hirsch et al. 1982) over seasons t mod period.
 * Errors: GOV_E_NO_DATA with fewer than 2 present values (seasonal: in every season); GOV_E_RANGE a value,
 * err->row; GOV_E_ARGUMENT alpha outside (0, 1), period < 2. GOV_E_LIMIT more than 40 000 decimals (of
 * a season): all their slopes are held at once. Whole numbers take O(n log n). Since 0.1. */
GOV_API gov_status gov_sen_slope(const double *y, const uint8_t *valid, int64_t n,
                                 const gov_sen_options *options, gov_sen_result *result, gov_error *err);
GOV_API gov_status gov_seasonal_sen_slope(const double *y, const uint8_t *valid, int64_t n, int64_t period,
                                          const gov_sen_options *options, gov_sen_result *result,
                                          gov_error *err);

#ifdef __cplusplus
}
#endif

#endif
