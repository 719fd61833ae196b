/* hours.h - the stretches of a day that count, such as 09:00 to 12:00 and 13:00 to 17:30. */
#ifndef GOVCORE_CODE_HOURS_H
#define GOVCORE_CODE_HOURS_H

#include "base/error.h"

#define GOV_MOST_STRETCHES 12

typedef struct gov_hours {
    int count;
    int64_t from[GOV_MOST_STRETCHES]; /* microseconds since midnight */
    int64_t to[GOV_MOST_STRETCHES];
    int64_t length; /* of all stretches together */
} gov_hours;

/* Reads "09:00-12:00,13:00-17:30". GOV_E_FORMAT with err->column for another form, GOV_E_RANGE for a time that
 * does not exist, a stretch that ends before it begins or overlaps the one before, GOV_E_LIMIT for too many. */
gov_status gov_hours_parse(const char *text, const char *name, gov_hours *hours, gov_error *err);
/* How much of the day counts up to `time` of day, and the first time of day by which `amount` has counted (0 <
 * amount <= length). */
int64_t gov_hours_until(const gov_hours *hours, int64_t time);
int64_t gov_hours_reach(const gov_hours *hours, int64_t amount);

#endif
