/* change_cost.h - the cost of any segment of a series in constant time, and the checked options. */
#ifndef GOVCORE_TREND_CHANGE_COST_H
#define GOVCORE_TREND_CHANGE_COST_H

#include "govcore/trend/change.h"
#include "trend/series.h"

typedef struct gov_segments {
    gov_present present;
    gov_change_cost cost;
    int64_t n;
    int64_t min_segment;
    int64_t max_changes;
    int exact;
    int log_length; /* MBIC adds log(length) */
    double penalty;
    double sd;
    double *sum;    /* of the first k values (centred for the normal costs) */
    double *square; /* of their squares */
    double *log_of; /* log k for k = 1..limit, 0 for 0 */
    int64_t limit;
    int whole; /* sums are whole numbers up to limit: their logarithms are in the table */
} gov_segments;

gov_status gov_segments_new(const double *y, const uint8_t *valid, int64_t n,
                            const gov_change_options *options, gov_segments *out, gov_error *err);
void gov_segments_free(gov_segments *segments);
/* Of values first..last-1. */
double gov_segment_cost(const gov_segments *segments, int64_t first, int64_t last);
/* Fills changes and result from `count` places among the present values. */
void gov_segments_report(const gov_segments *segments, const int64_t *places, int64_t count, int64_t *changes,
                         gov_change_result *result);

#endif
