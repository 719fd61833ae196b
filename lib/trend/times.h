/* times.h - a column of times as periods. */
#ifndef GOVCORE_TREND_TIMES_H
#define GOVCORE_TREND_TIMES_H

#include "trend/period.h"

/* The period of every row's time: a date, a timestamp (its local day) or text that gov_period_parse reads.
 * Errors: GOV_E_UNKNOWN_NAME the column; GOV_E_TYPE; GOV_E_MISSING, GOV_E_FORMAT, GOV_E_RANGE with err->row;
 * GOV_E_UNSUPPORTED a time zone. `periods` has one place a row. */
gov_status gov_times_read(const gov_table *table, const char *column, gov_frequency frequency,
                          int64_t *periods, gov_error *err);

/* A failed status with the place where it failed; GOV_OK passes. */
gov_status gov_at_row(gov_status status, int64_t row, const char *name, gov_error *err);

#endif
