#include "trend/period.h"
#include "base/date.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* 1970-01-01 is a Thursday: its week began three days before. */
int64_t gov_period_of(gov_frequency frequency, int32_t day)
{
    if (frequency == GOV_FREQUENCY_DAY)
        return day;
    if (frequency == GOV_FREQUENCY_WEEK)
        return floor_div((int64_t)day + 3, 7);
    gov_civil c = gov_date_civil(day);
    return (int64_t)c.year * 12 + c.month - 1;
}

int32_t gov_period_day(gov_frequency frequency, int64_t period)
{
    if (frequency == GOV_FREQUENCY_DAY)
        return (int32_t)period;
    if (frequency == GOV_FREQUENCY_WEEK)
        return (int32_t)(period * 7 - 3);
    return gov_date_of((int32_t)(period / 12), (int32_t)(period % 12) + 1, 1);
}

int64_t gov_season_of(gov_frequency frequency)
{
    return frequency == GOV_FREQUENCY_DAY           ? 7
           : frequency == GOV_FREQUENCY_WORKING_DAY ? 5
           : frequency == GOV_FREQUENCY_WEEK        ? 52
                                                    : 12;
}

int gov_period_format(gov_frequency frequency, int64_t period, char *out, size_t size)
{
    int32_t day = gov_period_day(frequency, period);
    if (size < 11)
        return 0;
    if (frequency == GOV_FREQUENCY_DAY)
        return gov_date_format(day, out, size);
    if (frequency == GOV_FREQUENCY_MONTH) {
        gov_civil c = gov_date_civil(day);
        return snprintf(out, size, "%04d-%02d", c.year, c.month);
    }
    int32_t year;
    int32_t week;
    gov_date_iso_week(day, &year, &week);
    return snprintf(out, size, "%04d-W%02d", year, week);
}

static gov_status parse_week(const char *text, int64_t *period, gov_error *err)
{
    int32_t year = gov_date_digits(text, 4);
    int32_t week = gov_date_digits(text + 6, 2);
    if (year < 1 || week < 0)
        return gov_fail(err, GOV_E_FORMAT, "%.8s is not an ISO week such as 2021-W26", text);
    /* 4 January lies in week 1 of its year. */
    int64_t p = gov_period_of(GOV_FREQUENCY_WEEK, gov_date_of(year, 1, 4)) + week - 1;
    int32_t back_year;
    int32_t back_week;
    gov_date_iso_week(gov_period_day(GOV_FREQUENCY_WEEK, p), &back_year, &back_week);
    if (back_year != year || back_week != week)
        return gov_fail(err, GOV_E_RANGE, "%d has no week %d", year, week);
    *period = p;
    return GOV_OK;
}

static gov_status parse_month(const char *text, int64_t *period, gov_error *err)
{
    int32_t year = gov_date_digits(text, 4);
    int32_t month = gov_date_digits(text + 5, 2);
    if (year < 1 || month < 1 || month > 12)
        return gov_fail(err, GOV_E_FORMAT, "%.7s is not a month such as 2021-07", text);
    *period = (int64_t)year * 12 + month - 1;
    return GOV_OK;
}

gov_status gov_period_parse(gov_frequency frequency, const char *text, int64_t size, int64_t *period,
                            gov_error *err)
{
    int32_t day;
    if (size == 8 && text[4] == '-' && text[5] == 'W' && frequency == GOV_FREQUENCY_WEEK)
        return parse_week(text, period, err);
    if (size == 7 && text[4] == '-' && frequency == GOV_FREQUENCY_MONTH)
        return parse_month(text, period, err);
    if (size > 10 && (text[10] == ' ' || text[10] == 'T'))
        size = 10;
    GOV_TRY(gov_date_parse(text, size, &day, err));
    *period = gov_period_of(frequency, day);
    return GOV_OK;
}

gov_status gov_zone_offset(const char *zone, int64_t *seconds, gov_error *err)
{
    static const char *const shanghai[] = {"Asia/Shanghai", "PRC", "Asia/Chongqing", "Asia/Beijing"};
    static const char *const utc[] = {"", "UTC", "Z", "Etc/UTC", "GMT"};
    for (size_t i = 0; i < sizeof(shanghai) / sizeof(shanghai[0]); i++)
        if (strcmp(zone, shanghai[i]) == 0)
            return *seconds = 8 * 3600, GOV_OK;
    for (size_t i = 0; i < sizeof(utc) / sizeof(utc[0]); i++)
        if (strcmp(zone, utc[i]) == 0)
            return *seconds = 0, GOV_OK;
    if (strlen(zone) == 6 && (zone[0] == '+' || zone[0] == '-') && zone[3] == ':' &&
        gov_date_digits(zone + 1, 2) >= 0 && gov_date_digits(zone + 4, 2) >= 0) {
        int64_t ahead =
            (int64_t)gov_date_digits(zone + 1, 2) * 3600 + (int64_t)gov_date_digits(zone + 4, 2) * 60;
        return *seconds = zone[0] == '-' ? -ahead : ahead, GOV_OK;
    }
    return gov_fail(
        err, GOV_E_UNSUPPORTED,
        "time zone %s is not known here: use none, UTC, Asia/Shanghai or an offset such as +08:00", zone);
}
