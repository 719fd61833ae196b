/* monotonic.h - what the files of the Mann-Kendall family share. */
#ifndef GOVCORE_TREND_LIB_MONOTONIC_H
#define GOVCORE_TREND_LIB_MONOTONIC_H

#include "govcore/trend/monotonic.h"
#include "trend/series.h"

/* Options with their defaults filled in. */
typedef struct gov_mk_settings {
    gov_mk_method method;
    int with_slope;
    double alpha;
    int64_t lag; /* 0: all */
    int64_t period;
} gov_mk_settings;

gov_status gov_mk_settle(const gov_mk_options *options, gov_mk_settings *out, gov_error *err);

/* S and its tie-corrected variance of n values; `y` ends sorted, `scratch` holds n items. */
void gov_mk_score(double *y, int64_t n, double *scratch, double *s, double *var_s);

/* S summed over seasons or stations. All are whole numbers, so that it does not matter in which order they are added:
 * `variance` stays exact up to 100 000 values. */
typedef struct gov_mk_sums {
    int64_t s;
    double variance; /* 18 times the variance of S */
    int64_t n;
    int64_t pairs;
} gov_mk_sums;

/* t (t - 1) (2 t + 5): what t values add to 18 times the variance, and what t equal ones take off it. */
double gov_mk_ties(int64_t t);
/* Sums over `columns` seasons (1: none) of a series that has been checked; scratch: 2 x (count / columns + 1). */
gov_mk_sums gov_mk_add_up(const double *y, const uint8_t *valid, int64_t count, int64_t columns,
                          double *scratch);
/* s, var_s, n, tau, z, p, h and trend of sums with a variance above 0. */
void gov_mk_conclude(const gov_mk_sums *sums, double alpha, gov_mk_result *r);

/* Fills z, p, h and trend from s and var_s > 0. */
void gov_mk_judge(gov_mk_result *r, double alpha, int continuity);

/* The serial corrections: fills s, var_s, tau, factor, n, z, p, h and trend. */
gov_status gov_mk_serial(const gov_present *present, const gov_mk_settings *settings, double slope,
                         gov_mk_result *r, gov_error *err);

/* The tests over columns; `count` values of rows x columns (the last row may be cut short). */
gov_status gov_mk_columns(const double *y, const uint8_t *valid, int64_t count, int64_t columns,
                          const gov_mk_settings *settings, gov_mk_result *r, gov_error *err);
gov_status gov_mk_columns_correlated(const double *y, const uint8_t *valid, int64_t count, int64_t columns,
                                     const gov_mk_settings *settings, gov_mk_result *r, gov_error *err);

/* Slope and intercept within `period` seasons (1: the plain ones) of a series that has been checked. */
gov_status gov_sen_line(const double *y, const uint8_t *valid, int64_t n, int64_t period, double *slope,
                        double *intercept, gov_error *err);

#endif
