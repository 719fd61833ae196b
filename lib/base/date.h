/* date.h - the civil calendar: dates are days since 1970-01-01, times microseconds since then. */
#ifndef GOVCORE_BASE_DATE_H
#define GOVCORE_BASE_DATE_H

#include "base/error.h"

typedef struct gov_civil {
    int32_t year;
    int32_t month; /* 1 to 12 */
    int32_t day;   /* 1 to 31 */
} gov_civil;

#define GOV_DATE_MIN (-719162) /* 0001-01-01 */
#define GOV_DATE_MAX 2932896   /* 9999-12-31 */
#define GOV_DAY_MICROS INT64_C(86400000000)

int32_t gov_date_of(int32_t year, int32_t month, int32_t day); /* the day must exist */
gov_civil gov_date_civil(int32_t days);
int gov_days_in_month(int32_t year, int32_t month);
int gov_date_weekday(int32_t days); /* 1 Monday to 7 Sunday (ISO 8601) */
/* The ISO 8601 week (1 to 53) and the year that it belongs to. */
void gov_date_iso_week(int32_t days, int32_t *year, int32_t *week);
/* The same day of the month `months` later (or earlier), or the month's last day. */
int32_t gov_date_add_months(int32_t days, int32_t months);
/* Whole months from `from` to `to`; negative if `to` is earlier. A month is whole when the day of the month
 * is reached; from the 31st, the last day of a shorter month counts. */
int32_t gov_months_between(int32_t from, int32_t to);
/* Age in whole years; someone born on 29 February turns a year older on 1 March of a common year. */
int32_t gov_age_years(int32_t birth, int32_t on);

/* `count` digits at text as a number; -1 if they are not all digits. */
int32_t gov_date_digits(const char *text, int count);

/* "2021-07-01 08:30[:15[.123456]]" with a space or T between, and Z or +08:00 behind it or nothing. With an
 * offset the result is in UTC. Errors as gov_date_parse. */
gov_status gov_time_parse(const char *text, int64_t size, int64_t *micros, gov_error *err);
/* "2021-07-01T08:30:15" and the fraction if it is not 0; returns the length, needs 33 bytes. */
int gov_time_format(int64_t micros, char *out, size_t size);

#endif
