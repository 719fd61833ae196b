/* deadline.c - hours on the working calendar: time that counts until a moment, and its inverse. */
#include "code/calendar.h"

#include <math.h>

#define HOUR_MICROS 3600000000.0

static const gov_hours *hours_of(const gov_calendar *c, gov_limit_unit unit)
{
    return unit == GOV_LIMIT_URGENT_HOUR ? &c->urgent_hours : &c->hours;
}

static int64_t counting_days_before(const gov_calendar *c, gov_limit_unit unit, int32_t day)
{
    return unit == GOV_LIMIT_URGENT_HOUR ? (int64_t)day - GOV_DATE_MIN : gov_working_days_before(c, day);
}

static int64_t floor_day(int64_t time)
{
    return time / GOV_DAY_MICROS - (time % GOV_DAY_MICROS < 0);
}

static gov_status check_time(int64_t time, gov_error *err)
{
    int64_t day = floor_day(time);
    if (day >= GOV_DATE_MIN && day <= GOV_DATE_MAX)
        return GOV_OK;
    return gov_fail(err, GOV_E_RANGE, "the time is outside the years 0001 to 9999");
}

/* Counting time from the first day of the calendar up to `time`. */
static int64_t counted_until(const gov_calendar *c, gov_limit_unit unit, int64_t time)
{
    if (unit == GOV_LIMIT_CLOCK_HOUR)
        return time;
    const gov_hours *hours = hours_of(c, unit);
    int32_t day = (int32_t)floor_day(time);
    int64_t sum = counting_days_before(c, unit, day) * hours->length;
    if (unit == GOV_LIMIT_URGENT_HOUR || gov_calendar_is_working(c, day))
        sum += gov_hours_until(hours, time - day * GOV_DAY_MICROS);
    return sum;
}

/* The first time by which `amount` (> 0) has counted. */
static gov_status time_of_count(const gov_calendar *c, gov_limit_unit unit, int64_t amount, int64_t *time,
                                gov_error *err)
{
    const gov_hours *hours = hours_of(c, unit);
    int64_t index = (amount - 1) / hours->length;
    int32_t day = 0;
    if (unit != GOV_LIMIT_URGENT_HOUR)
        GOV_TRY(gov_working_day_at(c, index, &day, err));
    else if (index > GOV_DATE_MAX - GOV_DATE_MIN)
        return gov_calendar_beyond(err);
    else
        day = (int32_t)(index + GOV_DATE_MIN);
    *time = day * GOV_DAY_MICROS + gov_hours_reach(hours, amount - index * hours->length);
    return GOV_OK;
}

static gov_status days_deadline(const gov_calendar *c, int64_t start, double amount, int64_t *out,
                                gov_error *err)
{
    int32_t day;
    if (amount != floor(amount))
        return gov_fail(err, GOV_E_RANGE, "working days are counted in whole days");
    GOV_TRY(gov_calendar_add_days(c, (int32_t)floor_day(start), (int64_t)amount, &day, err));
    *out = day * GOV_DAY_MICROS + c->hours.to[c->hours.count - 1];
    return GOV_OK;
}

static gov_status hours_deadline(const gov_calendar *c, int64_t start, double amount, gov_limit_unit unit,
                                 int64_t *out, gov_error *err)
{
    int64_t micros = (int64_t)llround(amount * HOUR_MICROS);
    int64_t end = start + micros;
    if (micros == 0) {
        *out = start;
        return GOV_OK;
    }
    if (unit != GOV_LIMIT_CLOCK_HOUR)
        GOV_TRY(time_of_count(c, unit, counted_until(c, unit, start) + micros, &end, err));
    else if (floor_day(end) > GOV_DATE_MAX)
        return gov_calendar_beyond(err);
    *out = end;
    return GOV_OK;
}

static gov_status check_unit(gov_limit_unit unit, gov_error *err)
{
    if (unit >= GOV_LIMIT_URGENT_HOUR && unit <= GOV_LIMIT_CLOCK_HOUR)
        return GOV_OK;
    return gov_fail(err, GOV_E_ARGUMENT, "%d is not a unit of limits", (int)unit);
}

gov_status gov_calendar_deadline(const gov_calendar *calendar, int64_t start, double amount,
                                 gov_limit_unit unit, int64_t *out, gov_error *err)
{
    const double most = 24.0 * (GOV_CALENDAR_END - GOV_DATE_MIN); /* hours of the whole calendar */
    if (calendar == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "calendar and out must be given");
    GOV_TRY(check_unit(unit, err));
    GOV_TRY(check_time(start, err));
    if (!(amount >= 0.0))
        return gov_fail(err, GOV_E_RANGE, "a limit must be 0 or more");
    if (amount > most)
        return gov_calendar_beyond(err);
    if (amount == 0.0) {
        *out = start;
        return GOV_OK;
    }
    return unit == GOV_LIMIT_WORKING_DAY ? days_deadline(calendar, start, amount, out, err)
                                         : hours_deadline(calendar, start, amount, unit, out, err);
}

gov_status gov_calendar_elapsed(const gov_calendar *calendar, int64_t from, int64_t to, gov_limit_unit unit,
                                int64_t *out, gov_error *err)
{
    if (calendar == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "calendar and out must be given");
    GOV_TRY(check_unit(unit, err));
    GOV_TRY(check_time(from, err));
    GOV_TRY(check_time(to, err));
    *out = counted_until(calendar, unit, to) - counted_until(calendar, unit, from);
    return GOV_OK;
}
