/* trend/control.h - control charts: small lasting shifts that no single period shows.
 *
 *     gov_cusum_options o = GOV_CUSUM_OPTIONS_INIT;  o.baseline = 104;
 *     gov_alarms a = GOV_ALARMS_INIT;  a.alarm = alarm;  a.upper = upper;
 *     if (gov_cusum(y, NULL, N, &o, &a, NULL, &err)) ...
 *
 * Charts of counts (CUSUM, LR and GLR) raise an alarm when the statistic reaches its threshold (>=, as R's
 * surveillance); `upper` is then the largest whole count that would not have done so, so that an alarm means
 * y > upper. A chart whose average run length is not known is a guess: compute it (gov_cusum_run_length) and choose
 * the threshold by it. Missing periods change nothing and carry GOV_REASON_MISSING.
 *
 * Threads: no state.   Ownership: the caller's arrays are filled. */
#ifndef GOVCORE_TREND_CONTROL_H
#define GOVCORE_TREND_CONTROL_H

#include "govcore/trend/alarms.h"

#ifdef __cplusplus
extern "C" {
#endif

/* --- CUSUM of counts (Rossi, Lampugnani & Marchi 1999; Höhle & Paul 2008) -------------------------------------
 * C(t) = max(0, C(t-1) + z(t) - k), alarm when C(t) >= h, z the count made comparable by its expectation m: */
typedef enum gov_cusum_transform {
    GOV_CUSUM_STANDARD = 0,        /* (y - m) / sqrt(m) */
    GOV_CUSUM_ROSSI = 1,           /* (y - 3 m + 2 sqrt(y m)) / (2 sqrt(m)) */
    GOV_CUSUM_ANSCOMBE = 2,        /* 3/2 (y^2/3 - m^2/3) / m^1/6 */
    GOV_CUSUM_ANSCOMBE_SECOND = 3, /* (y^2/3 - (m^2/3 - m^-1/3 / 9)) / (2/3 m^1/6) */
    GOV_CUSUM_PEARSON_NB = 4,      /* (y - m) / sqrt(m + alpha m²) */
    GOV_CUSUM_NONE = 5             /* y */
} gov_cusum_transform;

typedef struct gov_cusum_options {
    uint32_t struct_size;
    gov_cusum_transform transform;
    double k;               /* default 1.04, in units of z */
    double h;               /* default 2.26 */
    double alpha;           /* PEARSON_NB: overdispersion, variance = m + alpha m²; default 0.1 */
    const double *expected; /* n expectations m > 0, from a model of the past; or NULL: */
    double mean;            /* the same expectation for all periods; or 0: */
    int64_t baseline;       /* the mean of the first `baseline` periods, which are then not judged */
    int32_t reset;          /* not 0: the sum starts again from 0 after an alarm */
} gov_cusum_options;

#define GOV_CUSUM_OPTIONS_INIT                                                                  \
    {                                                                                           \
        (uint32_t)sizeof(gov_cusum_options), GOV_CUSUM_STANDARD, 0.0, 0.0, 0.0, NULL, 0.0, 0, 0 \
    }

/* statistic: n values of C, or NULL. alarms->score is C / h.
 * Errors: GOV_E_RANGE with err->row a value that is not finite or negative, an expectation that is not above 0;
 * GOV_E_NO_DATA a baseline with no present value or with mean 0; GOV_E_ARGUMENT an option. Since 0.1. */
GOV_API gov_status gov_cusum(const double *y, const uint8_t *valid, int64_t n,
                             const gov_cusum_options *options, gov_alarms *alarms, double *statistic,
                             gov_error *err);

/* --- Likelihood ratio charts of counts (Höhle & Paul 2008, doi:10.1016/j.csda.2008.02.015) ---------------------
 * In control the counts are Poisson (or negative binomial) around expected[t]; out of control exp(theta) times that.
 * theta given: LR CUSUM. theta 0: GLR, the largest likelihood ratio over all begins of the change and all theta. */
typedef struct gov_glr_options {
    uint32_t struct_size;
    int32_t decrease;       /* not 0: looks for fewer, not for more (GLR only) */
    const double *expected; /* n expectations > 0; or NULL: */
    double mean;            /* the same for all periods; or 0, and a baseline */
    double alpha;           /* overdispersion, variance = m + alpha m²; default 0: Poisson */
    double theta;           /* log of the ratio to be found, or 0: GLR */
    double threshold;       /* default 5 */
    int64_t window;         /* GLR: the change began at most so many periods ago; default no bound */
    int64_t baseline;       /* the mean of the first `baseline` periods, which are then not judged */
} gov_glr_options;

#define GOV_GLR_OPTIONS_INIT                                                 \
    {                                                                        \
        (uint32_t)sizeof(gov_glr_options), 0, NULL, 0.0, 0.0, 0.0, 0.0, 0, 0 \
    }

/* After an alarm the chart starts again with the next period. statistic: n values or NULL. alarms->score is
 * statistic / threshold. upper is 0 if `decrease`. Errors as for gov_cusum; counts must be whole. O(n) for LR, O(n x
 * window) for GLR. Since 0.1. */
GOV_API gov_status gov_glr(const double *y, const uint8_t *valid, int64_t n, const gov_glr_options *options,
                           gov_alarms *alarms, double *statistic, gov_error *err);

/* --- OutbreakP (Frisén & Andersson 2009, doi:10.1080/07474940902816684) ----------------------------------------
 * The likelihood ratio of "not falling" (the best non-decreasing means) to "level", Poisson. No baseline is needed.
 * statistic: n values; alarm when above threshold (0: the default 100). upper and expected are 0. Since 0.1. */
GOV_API gov_status gov_outbreak_p(const double *y, const uint8_t *valid, int64_t n, double threshold,
                                  gov_alarms *alarms, double *statistic, gov_error *err);

/* --- Charts of measurements (Montgomery, Introduction to Statistical Quality Control) -------------------------- */

/* Where a chart writes: n values each or NULL. alarm: 1 above the upper limit, 2 below the lower, 0 neither. run
 * (Shewhart charts): 1 where this point and at least the six before it lie on one side of the centre line; missing
 * points are passed over. */
typedef struct gov_chart {
    uint32_t struct_size;
    double centre; /* result: the centre line and the standard deviation that were used */
    double sd;
    double *statistic;
    double *lower;
    double *upper;
    uint8_t *alarm;
    uint8_t *run;
} gov_chart;

#define GOV_CHART_INIT                                                      \
    {                                                                       \
        (uint32_t)sizeof(gov_chart), 0.0, 0.0, NULL, NULL, NULL, NULL, NULL \
    }

typedef struct gov_ewma_options {
    uint32_t struct_size;
    int32_t asymptotic; /* not 0: limits of the far future from the first period on */
    double target;      /* centre; used if sd is given */
    double sd; /* of one value; default: centre and sd are estimated from the series, sd by moving ranges */
    double lambda; /* weight of the newest value, in (0, 1]; default 0.2 */
    double width;  /* limits in standard deviations; default 3 */
} gov_ewma_options;

#define GOV_EWMA_OPTIONS_INIT                                     \
    {                                                             \
        (uint32_t)sizeof(gov_ewma_options), 0, 0.0, 0.0, 0.0, 0.0 \
    }

/* z(t) = lambda y(t) + (1 - lambda) z(t-1), z(-1) the centre; limits centre +/- width sd sqrt(lambda / (2 - lambda)
 * (1 - (1 - lambda)^(2t))). Source: Roberts (1959), doi:10.1080/00401706.1959.10489860.
 * Errors: GOV_E_RANGE, GOV_E_ARGUMENT; GOV_E_NO_DATA with fewer than 2 present values, or all equal, and no sd. */
GOV_API gov_status gov_ewma(const double *y, const uint8_t *valid, int64_t n, const gov_ewma_options *options,
                            gov_chart *chart, gov_error *err);

typedef struct gov_tabular_options {
    uint32_t struct_size;
    double target; /* used if sd is given */
    double sd;     /* default as for gov_ewma */
    double k;      /* in standard deviations: half the shift to be found; default 0.5 */
    double h;      /* in standard deviations; default 5 */
} gov_tabular_options;

#define GOV_TABULAR_OPTIONS_INIT                                  \
    {                                                             \
        (uint32_t)sizeof(gov_tabular_options), 0.0, 0.0, 0.0, 0.0 \
    }

/* The two-sided CUSUM of Page (1954): high(t) = max(0, high(t-1) + (y - target) / sd - k), low likewise downwards,
 * both in standard deviations; alarm 1 when high > h, else 2 when low > h. high, low: n values or NULL. */
GOV_API gov_status gov_cusum_tabular(const double *y, const uint8_t *valid, int64_t n,
                                     const gov_tabular_options *options, double *high, double *low,
                                     uint8_t *alarm, gov_error *err);

typedef enum gov_shewhart_kind {
    GOV_SHEWHART_C = 0, /* counts of equal chance:    centre +/- 3 sqrt(centre) */
    GOV_SHEWHART_U = 1, /* counts per unit of size:   y / size,  centre +/- 3 sqrt(centre / size) */
    GOV_SHEWHART_P =
        2, /* shares of size:            y / size,  centre +/- 3 sqrt(centre (1 - centre) / size) */
    GOV_SHEWHART_I = 3 /* single measurements:       centre +/- 3 sd, sd by moving ranges */
} gov_shewhart_kind;

/* Limits of 3 standard deviations, not below 0 (and not above 1 for P) except for I. size: n values > 0 for U and P,
 * else NULL. baseline: the centre (and sd) come from the first so many periods; 0: from all.
 * chart->statistic: y or y / size. Errors as for gov_ewma. Source: Shewhart (1931). */
GOV_API gov_status gov_shewhart(const double *y, const uint8_t *valid, int64_t n, gov_shewhart_kind kind,
                                const double *size, int64_t baseline, gov_chart *chart, gov_error *err);

/* Means of groups: y holds groups x size values, size 2 to 25; the sd of one value is the mean range over d2(size)
 * (three decimals, as in the printed tables), the
 * limits centre +/- 3 sd / sqrt(size); chart arrays have one value a group. baseline: groups; 0: all. */
GOV_API gov_status gov_shewhart_xbar(const double *y, int64_t groups, int64_t size, int64_t baseline,
                                     gov_chart *chart, gov_error *err);

/* --- Average run lengths --------------------------------------------------------------------------------------- */

typedef enum gov_count_family {
    GOV_FAMILY_POISSON = 0,
    GOV_FAMILY_NB = 1,
    GOV_FAMILY_NORMAL = 2
} gov_count_family;

/* The one-sided chart C = max(0, C + slope y + offset), alarm when C >= h: a CUSUM with reference k has slope 1 and
 * offset -k; the LR CUSUM to find exp(theta) m has, with L = log((1 + alpha m) / (1 + alpha m exp(theta))), slope
 * theta + L and offset L / alpha (Poisson: slope theta, offset m (1 - exp(theta))). */
typedef struct gov_run_length_options {
    uint32_t struct_size;
    gov_count_family family;
    double mean;   /* of y, in or out of control */
    double spread; /* NB: alpha; NORMAL: standard deviation, default 1 */
    double slope;  /* default 1 */
    double offset;
    double h;
    double start; /* C before the first period, in [0, h); default 0 */
    int64_t
        states; /* default: an exact chain where slope, offset and h have a common step of at least h / 2000; */
                /* else, or if given, so many intervals (2 to 2000; 200 where the choice is ours) */
} gov_run_length_options;

#define GOV_RUN_LENGTH_OPTIONS_INIT                                                                   \
    {                                                                                                 \
        (uint32_t)sizeof(gov_run_length_options), GOV_FAMILY_POISSON, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0 \
    }

/* The mean number of periods to the first alarm. Counts: the exact Markov chain (Brook & Evans 1972,
 * doi:10.1093/biomet/59.3.539), or one of `states` intervals with Hawkins's (1992) correction; NORMAL: the integral
 * equation of Page by Gauss-Legendre points. *exact: 1 if the chain was exact (may be NULL). Infinite when an alarm
 * cannot come. Errors: GOV_E_ARGUMENT an option; GOV_E_MEMORY. O(states³). Since 0.1. */
GOV_API gov_status gov_cusum_run_length(const gov_run_length_options *options, double *length, int32_t *exact,
                                        gov_error *err);

/* The same for gov_ewma with asymptotic limits, normal values shifted by `shift` standard deviations.
 * lambda in (0, 1], width > 0. Source: Lucas & Saccucci (1990), doi:10.1080/00401706.1990.10484583. Since 0.1. */
GOV_API gov_status gov_ewma_run_length(double lambda, double width, double shift, double *length,
                                       gov_error *err);

#ifdef __cplusplus
}
#endif

#endif
