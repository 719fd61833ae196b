/* day.h - the day that a pipeline works for. */
#ifndef GOVCORE_PIPELINE_DAY_H
#define GOVCORE_PIPELINE_DAY_H

#include "base/date.h"
#include "govcore/trend.h"

/* Reads options.as_of; GOV_E_MISSING if it is not given. */
gov_status gov_pipeline_day(const char *as_of, int32_t *day, gov_error *err);

/* The last day of the last period that is over at the end of `day`. */
int32_t gov_last_whole_period(gov_frequency frequency, int32_t day);

#endif
