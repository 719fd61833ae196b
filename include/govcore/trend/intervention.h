/* intervention.h - did the intervention work? Interrupted time series by segmented regression of counts.
 *
 *     gov_its_options o = GOV_ITS_OPTIONS_INIT;
 *     gov_its_result r = GOV_ITS_RESULT_INIT;
 *     o.change = 169;  o.period = 12;  o.harmonics = 2;
 *     if (gov_its(y, NULL, NULL, n, &o, &r, NULL, NULL, &err) == GOV_OK)
 *         ... r.level_ratio, r.level_low, r.level_high ...
 *
 * It tells a change at a known time from the trend and season before it. It does not tell the intervention from
 * anything else that happened then; a comparison with a place without the intervention does that.
 *
 * Threads: no state.   Ownership: the caller's arrays are filled. */
#ifndef GOVCORE_TREND_INTERVENTION_H
#define GOVCORE_TREND_INTERVENTION_H

#include "govcore/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum gov_its_family {
    GOV_ITS_QUASI_POISSON = 0,    /* standard errors widened by Pearson's dispersion, Student's t */
    GOV_ITS_NEGATIVE_BINOMIAL = 1 /* size by maximum likelihood, normal quantiles */
} gov_its_family;

typedef struct gov_its_options {
    uint32_t struct_size;
    gov_its_family family;
    int64_t change;     /* the first period after the intervention, from 0; must be given */
    int64_t period;     /* periods in a year or other cycle; needed for harmonics */
    int32_t harmonics;  /* pairs of sine and cosine; default 0: no season */
    int32_t level_only; /* not 0: the slope does not change */
    double alpha;       /* intervals cover 1 - alpha; default 0.05 */
} gov_its_options;

#define GOV_ITS_OPTIONS_INIT                                                      \
    {                                                                             \
        (uint32_t)sizeof(gov_its_options), GOV_ITS_QUASI_POISSON, 0, 0, 0, 0, 0.0 \
    }

/* Ratios are of expected counts (rates, with a population): 0.8 is a fall by a fifth. */
typedef struct gov_its_result {
    uint32_t struct_size;
    int64_t n; /* present periods */
    int64_t n_before;
    int64_t n_after;
    double level_ratio; /* at once, in the period of the change */
    double level_low;
    double level_high;
    double level_p;
    double slope_before; /* ratio from one period to the next before the change */
    double slope_ratio;  /* by what that ratio itself is multiplied afterwards (1 with level_only) */
    double slope_low;
    double slope_high;
    double slope_p;
    double observed; /* sum over the present periods after the change */
    double expected; /* the same had the former trend and season gone on */
    double expected_low;
    double expected_high;
    double dispersion; /* Pearson's */
    double theta;      /* negative binomial's size; infinite: no more spread than Poisson */
    double
        autocorrelation; /* of Pearson's residuals at lag 1: far from 0, and the intervals are too narrow */
} gov_its_result;

#define GOV_ITS_RESULT_INIT                                                                               \
    {                                                                                                     \
        (uint32_t)sizeof(gov_its_result), 0, 0, 0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, \
            0.0, 0.0, 0.0, 0.0, 0.0                                                                       \
    }

/* Fits log mean = log population + intercept + slope x (t - change) + level x [t >= change] + slope change x
 * (t - change) [t >= change] + harmonics (Bernal, Cummins & Gasparrini 2017, doi:10.1093/ije/dyw098).
 *
 * population: n values above 0, or NULL. fitted and counterfactual: n values or NULL, filled for every period, missing
 * ones too. Errors: GOV_E_NO_DATA fewer than 2 present periods before or (unless level_only) after the change, as many
 * terms as values, or no convergence; GOV_E_RANGE a value below 0, err->row; GOV_E_ARGUMENT an option. Since 0.1. */
GOV_API gov_status gov_its(const double *y, const uint8_t *valid, const double *population, int64_t n,
                           const gov_its_options *options, gov_its_result *result, double *fitted,
                           double *counterfactual, gov_error *err);

#ifdef __cplusplus
}
#endif

#endif
