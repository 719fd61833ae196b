/* sum.h - sums that do not lose small terms and do not depend on who adds. */
#ifndef GOVCORE_BASE_SUM_H
#define GOVCORE_BASE_SUM_H

#include <stdint.h>

/* A running sum with its compensation; start from {0, 0}. */
typedef struct gov_sum {
    double high;
    double low;
} gov_sum;

void gov_sum_add(gov_sum *sum, double value);
double gov_sum_value(gov_sum sum);
/* The sum of an array: fixed blocks of 4096, each compensated, added in order. */
double gov_sum_of(const double *values, int64_t count);

#endif
