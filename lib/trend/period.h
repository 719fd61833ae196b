/* period.h - days, ISO weeks and months counted through, so that the next period is one more. */
#ifndef GOVCORE_TREND_PERIOD_H
#define GOVCORE_TREND_PERIOD_H

#include "base/error.h"
#include "govcore/trend/panel.h"

/* The period of a day, and the first day of a period. Week 0 has 1970-01-01 in it; month 0 is January of year 0. */
int64_t gov_period_of(gov_frequency frequency, int32_t day);
int32_t gov_period_day(gov_frequency frequency, int64_t period);

/* Periods in the cycle that is looked for first: 7 days, 5 working days, 52 weeks, 12 months. */
int64_t gov_season_of(gov_frequency frequency);

/* "2021-07-01", "2021-W26" or "2021-07"; returns the length, 0 if size is below 11. */
int gov_period_format(gov_frequency frequency, int64_t period, char *out, size_t size);

/* A date, a date with a time behind it, an ISO week (weeks only) or a month (months only). GOV_E_FORMAT,
 * GOV_E_RANGE. */
gov_status gov_period_parse(gov_frequency frequency, const char *text, int64_t size, int64_t *period,
                            gov_error *err);

/* Seconds that local time is ahead of UTC: no zone and UTC 0, Asia/Shanghai 8 h, "+08:00". GOV_E_UNSUPPORTED. */
gov_status gov_zone_offset(const char *zone, int64_t *seconds, gov_error *err);

#endif
