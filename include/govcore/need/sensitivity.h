/* sensitivity.h - what weights and cut-offs do to tiers and to the order of areas and households.
 *
 * Households enter as counts of distinct patterns of deprivations: every draw of weights is computed on the
 * patterns, so that ten million rows cost one pass and then no more than their patterns. Draws are Dirichlet about
 * the stated weights, with mean w and standard deviation sqrt(w (1 - w) / (concentration + 1)); each is rounded to
 * multiples of 2^-40 that sum to exactly 1, and has random numbers of its own (seed, number of the draw), so that
 * results are the same for any threads.
 *
 * Threads: no state; one call uses scoring.threads.   Ownership: *out is yours; the tables are borrowed from it. */
#ifndef GOVCORE_NEED_SENSITIVITY_H
#define GOVCORE_NEED_SENSITIVITY_H

#include "govcore/need.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct gov_need_sensitivity gov_need_sensitivity;

typedef struct gov_need_sensitivity_options {
    uint32_t struct_size;
    int32_t draws; /* default 1000, at most 100000 */
    uint64_t seed; /* default 0 */
    double
        concentration;  /* of the Dirichlet; default 100: a weight of 1/10 has a standard deviation of 0.03 */
    double level;       /* share of the draws between _low and _high; default 0.95 */
    int32_t high;       /* 1: unknown indicators as deprived (the high score); 0: the low score */
    const char *delta;  /* by what part each weight is moved for the elasticities; default "1/10" */
    const char *by;     /* column of areas (whole numbers or text); NULL: the total only */
    const char *weight; /* column of weights for H, A and M0 (persons); NULL: 1 a household */
    const char *k;      /* cut-offs, "1/5,1/3,1/2"; NULL: the model's tiers */
} gov_need_sensitivity_options;

#define GOV_NEED_SENSITIVITY_OPTIONS_INIT                                                     \
    {                                                                                         \
        (uint32_t)sizeof(gov_need_sensitivity_options), 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL \
    }

/* Households that the model refuses are left out; `partly` does not count (as in measures). Floors hold whatever
 * the weights. Errors: as gov_need_score and gov_need_measure; GOV_E_RANGE an option; GOV_E_FORMAT k, delta;
 * GOV_E_LIMIT a denominator over 2^24, or draws × areas × cut-offs over 20 million; GOV_E_NO_DATA no household.
 * Source: Saisana, Saltelli & Tarantola (2005), doi:10.1111/j.1467-985X.2005.00350.x; OECD/JRC Handbook (2008),
 * section 7; Alkire et al. (2015), ch. 8. */
GOV_API gov_status gov_need_sensitivity_of(const gov_need_model *model, const gov_table *households,
                                           const gov_need_options *scoring,
                                           const gov_need_sensitivity_options *options,
                                           gov_need_sensitivity **out, gov_error *err);
GOV_API void gov_need_sensitivity_free(gov_need_sensitivity *sensitivity);

/* Over the draws: the mean, and with _low and _high the quantiles that hold `level` of the draws between them (the
 * value at position q (draws - 1), between two draws linearly).
 * tiers: a row a tier, first all households (rank and tier missing): rank, tier, households, and of them the share
 *   whose tier is the same, higher and lower: keep, keep_low, keep_high, rise, fall.
 * groups: a row for each area and k, the total first: group, k, H, H_low, H_high, M0, M0_low, M0_high (H and M0
 *   are those of the stated weights), rank of the area by M0 (1 the greatest; equal ones share the better place),
 *   rank_mean, rank_low, rank_high, rank_same (share of the draws with the stated rank).
 * agreement: how far two orders agree: what, k, tau, tau_low, tau_high (Kendall's tau-b), shift (mean number of
 *   places that an area moves), robust. Rows: "households", by their scores (to 1/4096) under drawn weights and the
 *   stated ones; "groups" for each k, by M0 under drawn weights and the stated ones; "cut-offs" for each k but the
 *   first, by M0 at that k and at the first; "every cut-off": only robust, the share of pairs of areas of which one
 *   has no smaller M0 at any cut-off whatever (missing with more than 1000 areas). Areas need at least two.
 * indicators: a row for each indicator and k: indicator, k, weight, and with the weight times 1 + delta and 1 -
 *   delta (the others in proportion, so that they sum to 1; missing where it would pass 1): up, down (share of the
 *   households whose tier changes), H_elasticity, M0_elasticity (relative change by relative change of the weight,
 *   between the two). Exact; to 2^-40 for households that are renormalised.
 * cutoffs: all cut-offs at once, a row for each area and distinct score above 0 of all households, ascending:
 *   group, k ("340/1000"), cut (the same as a number), H, A, M0 (stated weights). */
GOV_API const gov_table *gov_need_sensitivity_tiers(const gov_need_sensitivity *sensitivity);
GOV_API const gov_table *gov_need_sensitivity_groups(const gov_need_sensitivity *sensitivity);
GOV_API const gov_table *gov_need_sensitivity_agreement(const gov_need_sensitivity *sensitivity);
GOV_API const gov_table *gov_need_sensitivity_indicators(const gov_need_sensitivity *sensitivity);
GOV_API const gov_table *gov_need_sensitivity_cutoffs(const gov_need_sensitivity *sensitivity);

#ifdef __cplusplus
}
#endif

#endif
