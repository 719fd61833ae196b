/* calendar.h - the working calendar from inside: its days, and what deadlines need of them. */
#ifndef GOVCORE_CODE_CALENDAR_H
#define GOVCORE_CODE_CALENDAR_H

#include "code/hours.h"
#include "govcore/code.h"

#include "base/date.h"

typedef struct gov_exception {
    int32_t day;
    int32_t change; /* +1 worked against the week, -1 not worked against it, 0 as the week says */
    int64_t sum;    /* of the changes up to and with this one */
    int64_t row;    /* where it was given */
} gov_exception;

struct gov_calendar {
    int32_t week;
    gov_hours hours;
    gov_hours urgent_hours;
    gov_exception *exceptions; /* by day */
    int64_t count;
};

/* Behind the last day of the calendar. */
#define GOV_CALENDAR_END (GOV_DATE_MAX + 1)

/* Working days from the first day of the calendar up to `day`, without it. */
int64_t gov_working_days_before(const gov_calendar *calendar, int32_t day);
/* The working day with `index` working days before it; GOV_E_RANGE if the calendar has none. */
gov_status gov_working_day_at(const gov_calendar *calendar, int64_t index, int32_t *day, gov_error *err);
gov_status gov_calendar_beyond(gov_error *err);

#endif
