/* trend/change.h - when did a series change? Change points, one or many, looking back or as data come.
 *
 *     int64_t changes[N];
 *     gov_change_result r = GOV_CHANGE_RESULT_INIT;
 *     if (gov_pelt(y, NULL, N, NULL, changes, &r, &err) == GOV_OK)
 *         for (int64_t k = 0; k < r.count; k++) ... changes[k] is the first period of a new level
 *
 * A change is named by the first period of the new segment, from 0 (R's changepoint gives the last of the old one
 * from 1, which is the same number; ruptures gives the end of each segment). Missing periods are left out; a
 * change is then the first present period of the new segment.
 *
 * Threads: no state.   Ownership: the caller's arrays are filled. */
#ifndef GOVCORE_TREND_CHANGE_H
#define GOVCORE_TREND_CHANGE_H

#include "govcore/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a segment has of its own; the cost of a segment is -2 log likelihood at its best fit, without constants. */
typedef enum gov_change_cost {
    GOV_COST_POISSON = 0,      /* counts: its mean. Values >= 0 */
    GOV_COST_MEAN = 1,         /* normal: its mean; one known standard deviation for all */
    GOV_COST_VARIANCE = 2,     /* normal: its variance; one mean for all */
    GOV_COST_MEAN_VARIANCE = 3 /* normal: both */
} gov_change_cost;

/* What one more change must gain. With p parameters a segment (1, but 2 for GOV_COST_MEAN_VARIANCE) and n values:
 *   MBIC   (p + 2) log n, and log(length) for every segment (Zhang & Siegmund 2007): the default. It asks more of
 *          segments cut off at the ends and names the fewest changes that are not there; start with it.
 *   BIC    (p + 1) log n            Schwarz's, counting the place of the change as a parameter
 *   AIC    2 (p + 1)                 names too many; for exploring only
 *   HANNAN_QUINN  2 (p + 1) log log n
 *   VALUE  options.penalty_value
 * The rules assume independent values of the stated kind. Counts that are overdispersed (variance above their mean)
 * or a season make all of them name too many changes: take the season out, or multiply the penalty by the ratio of
 * variance to mean. */
typedef enum gov_change_penalty {
    GOV_PENALTY_MBIC = 0,
    GOV_PENALTY_BIC = 1,
    GOV_PENALTY_AIC = 2,
    GOV_PENALTY_HANNAN_QUINN = 3,
    GOV_PENALTY_VALUE = 4
} gov_change_penalty;

/* How gov_panel_changes (trend/outlook.h) looks for changes. */
typedef enum gov_change_method {
    GOV_CHANGE_PELT = 0,                /* gov_pelt */
    GOV_CHANGE_BINARY_SEGMENTATION = 1, /* gov_binary_segmentation */
    GOV_CHANGE_PETTITT = 2              /* gov_pettitt: of the other options none is read */
} gov_change_method;

typedef struct gov_change_options {
    uint32_t struct_size;
    int32_t exact; /* gov_pelt with MBIC, not 0: see there */
    gov_change_cost cost;
    gov_change_penalty penalty;
    double penalty_value; /* for GOV_PENALTY_VALUE, >= 0 */
    double sd;            /* GOV_COST_MEAN: standard deviation; default: from the steps between neighbours, */
                          /* 1.4826 x median |step| / sqrt 2, which changes of level hardly touch */
    int64_t min_segment;  /* values in a segment; default 1 for MEAN, else 2 */
    int64_t max_changes;  /* binary segmentation: at most so many; default no bound */
    gov_change_method method; /* gov_panel_changes; the others do not read it */
} gov_change_options;

#define GOV_CHANGE_OPTIONS_INIT                                                                      \
    {                                                                                                \
        (uint32_t)sizeof(gov_change_options), 0, GOV_COST_POISSON, GOV_PENALTY_MBIC, 0.0, 0.0, 0, 0, \
            GOV_CHANGE_PELT                                                                          \
    }

typedef struct gov_change_result {
    uint32_t struct_size;
    int64_t count;  /* changes found */
    double cost;    /* of all segments, with MBIC their log(length) too, without penalties */
    double penalty; /* of one change */
    double sd;      /* GOV_COST_MEAN: the one used; else 0 */
} gov_change_result;

#define GOV_CHANGE_RESULT_INIT                                \
    {                                                         \
        (uint32_t)sizeof(gov_change_result), 0, 0.0, 0.0, 0.0 \
    }

/* The changes with the least cost + penalty of all possible. changes: room for n values, increasing.
 *
 * With MBIC the pruning of R's changepoint is used, so that the answers are R's; it can miss the optimum there (of
 * R's own examples it does for `discoveries` and `ftse100`). options.exact keeps all candidates that may be needed:
 * always the optimum, slower. All other penalties are exact in any case.
 *
 * Errors: GOV_E_NO_DATA with fewer than 2 x min_segment present values, and for GOV_COST_MEAN without sd if more
 * than half of the steps are 0; GOV_E_RANGE with err->row a value that is not finite, or negative with
 * GOV_COST_POISSON; GOV_E_ARGUMENT an option. No change is no error: count is 0. O(n) to O(n²).
 * Source: Killick, Fearnhead & Eckley (2012), doi:10.1080/01621459.2012.737745. Since 0.1. */
GOV_API gov_status gov_pelt(const double *y, const uint8_t *valid, int64_t n,
                            const gov_change_options *options, int64_t *changes, gov_change_result *result,
                            gov_error *err);

/* Splits at the place of the largest gain, then the parts, as long as the gain is above the penalty: faster than
 * gov_pelt on long series, not always the best. The same arguments and errors.
 * Source: Scott & Knott (1974), doi:10.2307/2529204. Since 0.1. */
GOV_API gov_status gov_binary_segmentation(const double *y, const uint8_t *valid, int64_t n,
                                           const gov_change_options *options, int64_t *changes,
                                           gov_change_result *result, gov_error *err);

typedef struct gov_pettitt_result {
    uint32_t struct_size;
    int32_t direction; /* 1: higher after the change, -1: lower, 0: neither */
    int64_t n;         /* present values */
    int64_t change;    /* the first period of the new segment */
    double statistic;  /* max |U| */
    double p; /* 2 exp(-6 K² / (n³ + n²)), at most 1: Pettitt's approximation, good below about 0.5 */
} gov_pettitt_result;

#define GOV_PETTITT_RESULT_INIT                                 \
    {                                                           \
        (uint32_t)sizeof(gov_pettitt_result), 0, 0, 0, 0.0, 0.0 \
    }

/* One change of level, by ranks: no distribution assumed; equal values share their mean rank. Of several places
 * with the same statistic the first. Errors: GOV_E_NO_DATA with fewer than 3 present values, or all equal;
 * GOV_E_RANGE. O(n log n). Source: Pettitt (1979), doi:10.2307/2346729. Since 0.1. */
GOV_API gov_status gov_pettitt(const double *y, const uint8_t *valid, int64_t n, gov_pettitt_result *result,
                               gov_error *err);

/* What is believed of a segment before its first value. */
typedef enum gov_bocpd_model {
    GOV_BOCPD_POISSON = 0, /* counts; mean ~ Gamma(alpha, rate beta) */
    GOV_BOCPD_NORMAL =
        1 /* precision ~ Gamma(alpha, rate beta), mean ~ Normal(mu, 1 / (kappa x precision)): */
          /* Student t predictions */
} gov_bocpd_model;

typedef struct gov_bocpd_options {
    uint32_t struct_size;
    gov_bocpd_model model;
    double expected_run; /* mean length of a segment in periods, above 1; default 100 */
    double alpha;        /* default 1 */
    double beta;         /* default 1 */
    double kappa;        /* default 1 */
    double mu;           /* default 0 */
} gov_bocpd_options;

#define GOV_BOCPD_OPTIONS_INIT                                                          \
    {                                                                                   \
        (uint32_t)sizeof(gov_bocpd_options), GOV_BOCPD_POISSON, 0.0, 0.0, 0.0, 0.0, 0.0 \
    }

/* After each period: how long has the present segment lasted, given all values so far and none later?
 *
 * run: n run lengths, the most probable one (1: the segment began in this period); first: n probabilities that the
 * segment began in this very period; mean_run: n expected run lengths; each may be NULL. A run length of 0, "the
 * next period begins a segment", always has the probability 1 / expected_run. A missing period lets the run grow
 * and teaches nothing. Run lengths with a probability below 1e-15 are dropped.
 * Errors: GOV_E_RANGE with err->row (POISSON: also a negative or not whole value); GOV_E_ARGUMENT; GOV_E_MEMORY.
 * Source: Adams & MacKay (2007), arXiv:0710.3742. Since 0.1. */
GOV_API gov_status gov_bocpd(const double *y, const uint8_t *valid, int64_t n,
                             const gov_bocpd_options *options, int64_t *run, double *first, double *mean_run,
                             gov_error *err);

#ifdef __cplusplus
}
#endif

#endif
