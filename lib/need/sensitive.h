/* sensitive.h - what the files of the sensitivity share: the patterns, what holds under the stated weights, and the
 * figures of every draw. */
#ifndef GOVCORE_NEED_SENSITIVE_H
#define GOVCORE_NEED_SENSITIVE_H

#include "govcore/need/sensitivity.h"
#include "need/measure.h"
#include "need/patterns.h"

/* H and M0 of an area at a cut-off. */
typedef struct gov_need_level {
    double h;
    double m0;
} gov_need_level;

typedef struct gov_need_study {
    gov_need_patterns patterns;
    gov_need_sensitivity_options options;
    gov_rational delta;
    int64_t cutoff_count;
    gov_rational cutoffs[GOV_NEED_MOST_CUTOFFS];
    int64_t areas;          /* without the total */
    double *area_weights;   /* areas, then of the rows without an area */
    gov_need_level *stated; /* [k][area] and last the total */
    double *values;         /* figures of the draws: [column][draw] */
    int64_t columns;
    int32_t *orders;  /* [k][place]: areas by stated M0, ascending */
    uint8_t *same;    /* [k][place]: equal to the place before */
    double *ranks;    /* [k][area]: 1 and the number of areas with a greater stated M0 */
    uint8_t *tied;    /* [pattern]: score equal to that of the one before */
    int64_t *numbers; /* [pattern]: households */
} gov_need_study;

/* H and M0 of all areas (and last the total) at a threshold, from scores of which 1 is `unit`. */
void gov_need_levels_of(const gov_need_study *study, const double *scores, double unit, double threshold,
                        gov_need_level *out);
/* The rank of each area (1 and the number of areas with a greater M0), and the same as a level from 0 up, the
 * greatest M0 the highest. `sorted` is scratch of `areas` items. Returns how many levels there may be. */
int32_t gov_need_rank_areas(const gov_need_level *levels, int64_t areas, double *sorted, int32_t *level_of,
                            double *rank_of);

/* The order of areas at each cut-off under the stated weights: study->orders, same and ranks. */
gov_status gov_need_study_orders(gov_need_study *study, gov_error *err);
gov_status gov_need_study_draw(gov_need_study *study, const gov_need_options *scoring, gov_error *err);

/* Where the figures of a draw stand. */
int64_t gov_need_column_tier(int64_t tier, int figure); /* tier -1: all; figure: keep, rise, fall */
int64_t gov_need_column_area(const gov_need_study *study, int64_t k, int64_t area,
                             int figure); /* H, M0, rank */
int64_t gov_need_column_order(const gov_need_study *study, int64_t k,
                              int figure); /* tau, shift; k -1: households */

/* The tables. */
gov_status gov_need_study_tiers(const gov_need_study *study, gov_table **out, gov_error *err);
gov_status gov_need_study_groups(const gov_need_study *study, gov_table **out, gov_error *err);
gov_status gov_need_study_agreement(const gov_need_study *study, gov_table **out, gov_error *err);
gov_status gov_need_study_indicators(const gov_need_study *study, gov_table **out, gov_error *err);
gov_status gov_need_study_cutoffs(const gov_need_study *study, gov_table **out, gov_error *err);
/* The share of pairs of areas of which one is not below the other at any cut-off; NaN with fewer than two areas or
 * too many. */
gov_status gov_need_study_robust(const gov_need_study *study, double *out, gov_error *err);

#endif
