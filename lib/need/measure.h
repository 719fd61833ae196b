/* measure.h - between counting and measuring: what was counted, and how it is to be measured. */
#ifndef GOVCORE_NEED_MEASURE_H
#define GOVCORE_NEED_MEASURE_H

#include "need/labels.h"
#include "need/model.h"
#include "need/survey.h"

enum { GOV_NEED_MOST_CUTOFFS = 64 };

/* Everything that the result tables name. Texts are borrowed from the model or from `arena`. */
typedef struct gov_need_count {
    gov_arena arena;
    int64_t indicator_count;
    const char *indicators[GOV_NEED_MOST_INDICATORS];
    int64_t weights[GOV_NEED_MOST_INDICATORS]; /* numerators; 0: not part of it */
    int64_t dimension_of[GOV_NEED_MOST_INDICATORS];
    int64_t dimension_count;
    const char *dimensions[GOV_NEED_MOST_INDICATORS];
    int64_t denominator;
    int64_t cutoff_count;
    gov_rational cutoffs[GOV_NEED_MOST_CUTOFFS];
    int missing; /* policy */
    int single;
    double level;
    int has_units;
    gov_need_labels groups;
    gov_need_labels strata;
    gov_need_labels units;
    int by_group;
    gov_need_tally tally;
} gov_need_count;

/* "1/5,1/3,1/2": each above 0 and at most 1, GOV_NEED_MOST_CUTOFFS at most. */
gov_status gov_need_cutoffs_read(const char *k, gov_rational *cutoffs, int64_t *count, gov_error *err);
/* Reads the options into a count whose indicators, weights and denominator are set. `k`: what holds if the
 * options name none. */
gov_status gov_need_count_open(gov_need_count *count, const gov_table *table,
                               const gov_need_measure_options *options, const char *k, gov_error *err);
/* The indicators and weights of a table with one column an indicator: "1/4,1/4,1/2" in their order. */
gov_status gov_need_count_columns(gov_need_count *count, const gov_table *table, const char *weights,
                                  const gov_need_measure_options *options, gov_error *err);
void gov_need_count_close(gov_need_count *count);
/* One row's cell with its group, stratum, unit and weight; the masks are the caller's to set. */
gov_status gov_need_count_row(const gov_need_count *count, int64_t row, double weight,
                              const char *weight_name, gov_need_cell *cell, gov_error *err);
/* The counted cells as a table, and the cells of such tables (one below the other) counted again. */
gov_status gov_need_count_cells(const gov_need_count *count, gov_table **out, gov_error *err);
gov_status gov_need_count_add_cells(gov_need_count *count, const gov_table *cells, gov_error *err);
/* The result tables. */
gov_status gov_need_count_finish(gov_need_count *count, gov_need_measures **out, gov_error *err);

#endif
