/* within.h - comparing a column as it came in with a constant, without making doubles of it.
 *
 * Every comparison of a number with a constant is the question whether it lies in a closed interval of the
 * column's own type: x < 10.5 is x <= 10 for integers, and x <= the next double below 10.5 for doubles. */
#ifndef GOVCORE_NEED_WITHIN_H
#define GOVCORE_NEED_WITHIN_H

#include "table/column.h"

typedef struct gov_need_range {
    double low; /* both inclusive; an empty interval has low > high */
    double high;
} gov_need_range;

/* x < c, x <= c, c < x, c <= x, x == c as closed intervals of doubles. */
gov_need_range gov_need_below(double c, int or_equal);
gov_need_range gov_need_above(double c, int or_equal);
gov_need_range gov_need_exactly(double c);

/* known[i]: whether row first + i is there; bits[i]: whether it is there and lies in `wanted`. Returns whether
 * all that are there lie in `allowed` (a NaN does not). The column is numeric, boolean or of dates. */
int gov_need_within(const gov_column_view *view, int64_t first, int64_t count, gov_need_range wanted,
                    gov_need_range allowed, uint8_t *bits, uint8_t *known);
/* The validity of rows [first, first + count) as one byte a row. */
void gov_need_known(const gov_column_view *view, int64_t first, int64_t count, uint8_t *known);

#endif
