/* trend/seasonal.h - a series as trend + seasonal + remainder: STL and MSTL.
 *
 *     double trend[N], seasonal[N], remainder[N];
 *     gov_stl_options o = GOV_STL_OPTIONS_INIT;  o.period = 7;
 *     gov_stl_parts parts = GOV_STL_PARTS_INIT;
 *     parts.trend = trend;  parts.seasonal = seasonal;  parts.remainder = remainder;
 *     if (gov_stl(y, NULL, N, &o, &parts, &err)) ...
 *
 * Threads: no state.   Ownership: the caller's arrays are filled, nothing is allocated for the caller. */
#ifndef GOVCORE_TREND_SEASONAL_H
#define GOVCORE_TREND_SEASONAL_H

#include "govcore/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What LOESS fits within its window. */
typedef enum gov_stl_degree {
    GOV_STL_DEFAULT = 0,  /* linear */
    GOV_STL_CONSTANT = 1, /* degree 0 */
    GOV_STL_LINEAR = 2    /* degree 1 */
} gov_stl_degree;

/* What a missing value is for STL. */
typedef enum gov_stl_gaps {
    GOV_STL_GAPS_REFUSE = 0, /* GOV_E_MISSING, as the reference programs do */
    GOV_STL_GAPS_LEAVE_OUT =
        1 /* it has weight 0 in every LOESS, as its authors describe: trend and season go on
                                * through the gap by what stands beside it, the remainder there is NaN and its
                                * weight 0. GOV_E_MISSING only where a window has no value left, err->row */
} gov_stl_gaps;

/* A jump of one tenth of the window, rounded up: the default of R's stl, and much faster for wide windows. */
#define GOV_STL_JUMP_TENTH (-1)

/* Windows are odd numbers of points: of cycles for the seasonal, of periods for the other two. */
typedef struct gov_stl_options {
    uint32_t struct_size;
    int32_t robust;   /* not 0: outliers are weighed down (bisquare weights) */
    int32_t periodic; /* not 0: the same season in every cycle: `seasonal` and its degree are not read */
    int64_t period;   /* periods in a cycle, at least 2; must be given */
    int64_t seasonal; /* window, at least 3; default 7 */
    int64_t trend; /* window, at least 3; default: next odd number from 1.5 period / (1 - 1.5 / seasonal) */
    int64_t low_pass;      /* window, at least 3; default: next odd number above period */
    int64_t seasonal_jump; /* LOESS at every so many points, straight lines between; default 1: at all */
    int64_t trend_jump;
    int64_t low_pass_jump;
    gov_stl_degree seasonal_degree;
    gov_stl_degree trend_degree;
    gov_stl_degree low_pass_degree;
    int64_t inner;   /* passes of the inner loop; default 5, robust 2 */
    int64_t outer;   /* passes of the robustness loop; default 15 if robust, else none */
    int32_t threads; /* gov_stl_many: default 1 */
    gov_run *run;    /* gov_stl_many: may be NULL */
    gov_stl_gaps gaps;
} gov_stl_options;

#define GOV_STL_OPTIONS_INIT                                                                            \
    {                                                                                                   \
        (uint32_t)sizeof(gov_stl_options), 0, 0, 0, 0, 0, 0, 0, 0, 0, GOV_STL_DEFAULT, GOV_STL_DEFAULT, \
            GOV_STL_DEFAULT, 0, 0, 0, NULL, GOV_STL_GAPS_REFUSE                                         \
    }

/* Where the parts go: arrays of the caller, each of n values or NULL if it is not wanted.
 * y = trend + seasonal + remainder; weights: robustness weights in [0, 1], all 1 if not robust (0 in a gap). */
typedef struct gov_stl_parts {
    uint32_t struct_size;
    double *trend;
    double *seasonal;
    double *remainder;
    double *weights;
} gov_stl_parts;

#define GOV_STL_PARTS_INIT                                      \
    {                                                           \
        (uint32_t)sizeof(gov_stl_parts), NULL, NULL, NULL, NULL \
    }

/* Decomposes one series by LOESS, with the results of the authors' Fortran program (Netlib a/stl).
 *
 * Errors: GOV_E_NO_DATA with fewer than two cycles; GOV_E_MISSING a missing value, err->row, unless options->gaps says
 * what to do with it; GOV_E_RANGE a value that is not finite, err->row; GOV_E_ARGUMENT an option,
 * err->name. A constant series is no error: its trend is the constant.
 * O(n x windows); robust costs about 30 times as much.
 * Source: Cleveland, Cleveland, McRae & Terpenning (1990), J. Official Statistics 6, 3-73. Since 0.1. */
GOV_API gov_status gov_stl(const double *y, const uint8_t *valid, int64_t n, const gov_stl_options *options,
                           const gov_stl_parts *parts, gov_error *err);

/* The same for many series of one length: y, valid and the parts are series x n, one series after another.
 * status: one gov_status a series: a series that gov_stl would refuse with GOV_E_NO_DATA, GOV_E_MISSING or
 * GOV_E_RANGE has that status and its parts are not touched; or NULL: the first such series fails the call.
 * The results are the same for any options->threads. GOV_E_CANCELLED. Since 0.1. */
GOV_API gov_status gov_stl_many(const double *y, const uint8_t *valid, int64_t series, int64_t n,
                                const gov_stl_options *options, const gov_stl_parts *parts, uint8_t *status,
                                gov_error *err);

/* Several seasons at once (a day in the week and in the year): STL of each period in turn, on the series without
 * the other seasons, shortest period first, `iterate` times over.
 *
 * periods: count increasing numbers, each >= 2 with at least two cycles in n. windows: the seasonal window of each,
 * or NULL: 11, 15, 19, ... options: as for gov_stl, without period, seasonal and trend (each STL has its own
 * default trend window); iterate 0 is 2. seasonal: count x n values, one period after another; the other parts as
 * in gov_stl (parts->seasonal: the sum of the seasons).
 * Source: Bandara, Hyndman & Bergmeir (2021), arXiv:2107.13462. Since 0.1. */
GOV_API gov_status gov_mstl(const double *y, const uint8_t *valid, int64_t n, const int64_t *periods,
                            const int64_t *windows, int64_t count, int64_t iterate,
                            const gov_stl_options *options, double *seasonal, const gov_stl_parts *parts,
                            gov_error *err);

#ifdef __cplusplus
}
#endif

#endif
