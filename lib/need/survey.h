/* survey.h - standard errors of ratios from a stratified sample of units, by Taylor linearisation.
 *
 * The estimate is R = Σ w y / Σ w x over the households of a domain. With z = w (y - R x) / Σ w x summed by
 * sampling unit, its variance is Σ_h n_h / (n_h - 1) Σ_u (z_hu - mean_h z)², over all n_h units of a stratum,
 * also those without a household of the domain. Without declared units every household is one.
 * Source: Binder (1983), doi:10.2307/1402588; Lumley (2010), Complex Surveys, ch. 2 and appendix A. */
#ifndef GOVCORE_NEED_SURVEY_H
#define GOVCORE_NEED_SURVEY_H

#include "need/tally.h"

/* What a stratum with a single unit contributes. */
enum {
    GOV_NEED_SINGLE_FAIL = 0,    /* nothing can be said: GOV_E_NO_DATA */
    GOV_NEED_SINGLE_CERTAIN = 1, /* nothing: the unit was taken with certainty */
    GOV_NEED_SINGLE_CENTRE = 2   /* its square about the mean of all units and not of its stratum */
};

typedef struct gov_need_design {
    int has_units;
    int single; /* policy */
    int64_t stratum_count;
    int64_t *units;  /* of each stratum */
    int64_t degrees; /* units less strata */
} gov_need_design;

/* y and x of a cell, as integers; a cell outside the domain has both 0. */
typedef void (*gov_need_parts)(const void *context, const gov_need_cell *cell, int64_t *y, int64_t *x);

/* The ratio, times `scale`, and its standard error over cells [first, last), which hold the whole domain and
 * have the cells of a stratum, and in it of a unit, side by side. The sums of the ratio are exact. The error is NaN where it cannot be said (no x, a single unit under GOV_NEED_SINGLE_FAIL). */
void gov_need_ratio_of(const gov_need_design *design, const gov_need_cell *cells, int64_t first, int64_t last,
                       gov_need_parts parts, const void *context, double scale, double *estimate,
                       double *error);

/* The same where every household is a unit, from what its sums are in each stratum (one `sums` a stratum). */
typedef struct gov_need_ratio_sums {
    int present; /* whether the stratum has households of the domain */
    gov_wide y;  /* Σ w y */
    gov_wide x;
    double yy; /* Σ w² y² */
    double xy;
    double xx;
} gov_need_ratio_sums;
void gov_need_ratio_of_sums(const gov_need_design *design, const gov_need_ratio_sums *sums, double scale,
                            double *estimate, double *error);

/* The interval on the logit scale with a t quantile; NaN where there is none. */
void gov_need_interval(double estimate, double error, int64_t degrees, double level, double *low,
                       double *high);

#endif
