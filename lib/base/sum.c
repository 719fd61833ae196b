/* sum.c - compensated summation.
 *
 * A plain sum of n doubles may be off by n rounding errors; pairwise sums depend on how the range is cut.
 * Neumaier's form of Kahan's sum (ZAMM 54, 1974) keeps the lost low part beside the sum, also when the next
 * term is larger than the sum, for four more operations a term. Compiled without -ffast-math, which would
 * undo it. */
#include "base/sum.h"

#include <math.h>

enum { BLOCK = 4096 };

void gov_sum_add(gov_sum *sum, double value)
{
    double total = sum->high + value;
    if (fabs(sum->high) >= fabs(value))
        sum->low += (sum->high - total) + value;
    else
        sum->low += (value - total) + sum->high;
    sum->high = total;
}

double gov_sum_value(gov_sum sum)
{
    return sum.high + sum.low;
}

double gov_sum_of(const double *values, int64_t count)
{
    gov_sum total = {0, 0};
    for (int64_t first = 0; first < count; first += BLOCK) {
        gov_sum part = {0, 0};
        int64_t last = count - first < BLOCK ? count : first + BLOCK;
        for (int64_t i = first; i < last; i++)
            gov_sum_add(&part, values[i]);
        gov_sum_add(&total, part.high);
        gov_sum_add(&total, part.low);
    }
    return gov_sum_value(total);
}
