/* classes.h - rows that are alike: equal values, equal numbers. */
#ifndef GOVCORE_CODE_CLASSES_H
#define GOVCORE_CODE_CLASSES_H

#include "table/column.h"

/* Numbers the rows so that two rows have one number if they had one before and have one value in the column
 * (missing is a value; NaN does not occur in tables). Start with all numbers 0. New numbers run from 0 in the order of
 * their first row; *count is how many there are. */
gov_status gov_classes_refine(const gov_column_view *view, int64_t *classes, int64_t *count, gov_error *err);

#endif
