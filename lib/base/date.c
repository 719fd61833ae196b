/* date.c - the proleptic Gregorian calendar by integer arithmetic.
 *
 * Days are counted in eras of 400 years that begin on 1 March, so that the leap day comes last and every
 * formula is exact (Hinnant, "chrono-compatible low-level date algorithms", 2013). */
#include "base/date.h"

#include <stdio.h>
#include <string.h>

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

int32_t gov_date_of(int32_t year, int32_t month, int32_t day)
{
    int64_t y = month <= 2 ? (int64_t)year - 1 : year;
    int64_t era = floor_div(y, 400);
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (int32_t)(era * 146097 + day_of_era - 719468);
}

gov_civil gov_date_civil(int32_t days)
{
    int64_t z = (int64_t)days + 719468;
    int64_t era = floor_div(z, 146097);
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    gov_civil c;
    c.day = (int32_t)(doy - (153 * mp + 2) / 5 + 1);
    c.month = (int32_t)(mp < 10 ? mp + 3 : mp - 9);
    c.year = (int32_t)(yoe + era * 400 + (c.month <= 2));
    return c;
}

int gov_days_in_month(int32_t year, int32_t month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

int gov_date_weekday(int32_t days)
{
    int64_t since_monday = (int64_t)days + 3; /* 1970-01-01 was a Thursday */
    return (int)(since_monday - floor_div(since_monday, 7) * 7) + 1;
}

void gov_date_iso_week(int32_t days, int32_t *year, int32_t *week)
{
    int32_t thursday = days - gov_date_weekday(days) + 4;
    *year = gov_date_civil(thursday).year;
    *week = (thursday - gov_date_of(*year, 1, 1)) / 7 + 1;
}

int32_t gov_date_add_months(int32_t days, int32_t months)
{
    gov_civil c = gov_date_civil(days);
    int64_t month = (int64_t)c.year * 12 + c.month - 1 + months;
    c.year = (int32_t)floor_div(month, 12);
    c.month = (int32_t)(month - (int64_t)c.year * 12) + 1;
    int last = gov_days_in_month(c.year, c.month);
    return gov_date_of(c.year, c.month, c.day < last ? c.day : last);
}

int32_t gov_months_between(int32_t from, int32_t to)
{
    gov_civil a = gov_date_civil(from);
    gov_civil b = gov_date_civil(to);
    int32_t months = (b.year - a.year) * 12 + b.month - a.month;
    if (months > 0 && gov_date_add_months(from, months) > to)
        return months - 1;
    if (months < 0 && gov_date_add_months(from, months) < to)
        return months + 1;
    return months;
}

int32_t gov_age_years(int32_t birth, int32_t on)
{
    gov_civil b = gov_date_civil(birth);
    gov_civil o = gov_date_civil(on);
    return o.year - b.year - (o.month < b.month || (o.month == b.month && o.day < b.day));
}

int32_t gov_date_digits(const char *text, int count)
{
    int32_t value = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

gov_status gov_date_parse(const char *text, int64_t size, int32_t *days, gov_error *err)
{
    if (text == NULL || days == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "text and days must be given");
    if (size < 0)
        size = (int64_t)strlen(text);
    int dashes = size == 10 && text[4] == '-' && text[7] == '-';
    if (!dashes && size != 8)
        return gov_fail(err, GOV_E_FORMAT, "expected a date as 2021-07-01 or 20210701");
    gov_civil c = {gov_date_digits(text, 4), gov_date_digits(text + (dashes ? 5 : 4), 2),
                   gov_date_digits(text + (dashes ? 8 : 6), 2)};
    if (c.year < 0 || c.month < 0 || c.day < 0)
        return gov_fail(err, GOV_E_FORMAT, "expected a date as 2021-07-01 or 20210701");
    if (c.year < 1 || c.month < 1 || c.month > 12 || c.day < 1 || c.day > gov_days_in_month(c.year, c.month))
        return gov_fail(err, GOV_E_RANGE, "%04d-%02d-%02d is not a day of the calendar", c.year, c.month,
                        c.day);
    *days = gov_date_of(c.year, c.month, c.day);
    return GOV_OK;
}

int gov_date_format(int32_t days, char *out, size_t size)
{
    if (days < GOV_DATE_MIN || days > GOV_DATE_MAX)
        return 0;
    gov_civil c = gov_date_civil(days);
    if (size >= 11)
        snprintf(out, size, "%04d-%02d-%02d", c.year, c.month, c.day);
    return 10;
}

/* Reads a fraction ".123456" of at most 6 digits at text[*at]; moves *at behind it. */
static int64_t fraction_micros(const char *text, int64_t size, int64_t *at)
{
    int64_t micros = 0;
    int64_t unit = 100000;
    if (*at >= size || text[*at] != '.')
        return 0;
    for (++*at; *at < size && text[*at] >= '0' && text[*at] <= '9' && unit > 0; ++*at) {
        micros += (text[*at] - '0') * unit;
        unit /= 10;
    }
    return micros;
}

/* Reads "", "Z", "+08:00" or "+0800" from text[at] to the end; 0 if it is none of them. */
static int offset_minutes(const char *text, int64_t size, int64_t at, int32_t *minutes)
{
    *minutes = 0;
    int64_t left = size - at;
    if (left == 0 || (left == 1 && text[at] == 'Z'))
        return 1;
    int colon = left == 6 && text[at + 3] == ':';
    if ((left != 5 && !colon) || (text[at] != '+' && text[at] != '-'))
        return 0;
    int32_t hours = gov_date_digits(text + at + 1, 2);
    int32_t rest = gov_date_digits(text + at + (colon ? 4 : 3), 2);
    if (hours < 0 || hours > 23 || rest < 0 || rest > 59)
        return 0;
    *minutes = (hours * 60 + rest) * (text[at] == '-' ? -1 : 1);
    return 1;
}

gov_status gov_time_parse(const char *text, int64_t size, int64_t *micros, gov_error *err)
{
    static const char expected[] =
        "expected a time as 2021-07-01T08:30:15 with an optional fraction and offset";
    if (size < 0)
        size = (int64_t)strlen(text);
    if (size < 16 || (text[10] != 'T' && text[10] != ' ') || text[13] != ':')
        return gov_fail(err, GOV_E_FORMAT, "%s", expected);
    int32_t days;
    GOV_TRY(gov_date_parse(text, 10, &days, err));
    int32_t hour = gov_date_digits(text + 11, 2);
    int32_t minute = gov_date_digits(text + 14, 2);
    int32_t second = 0;
    int64_t at = 16;
    int64_t fraction = 0;
    if (size >= 19 && text[16] == ':') {
        second = gov_date_digits(text + 17, 2);
        at = 19;
        fraction = fraction_micros(text, size, &at);
    }
    int32_t offset;
    if (hour < 0 || minute < 0 || second < 0 || !offset_minutes(text, size, at, &offset))
        return gov_fail(err, GOV_E_FORMAT, "%s", expected);
    if (hour > 23 || minute > 59 || second > 59)
        return gov_fail(err, GOV_E_RANGE, "%02d:%02d:%02d is not a time of day", hour, minute, second);
    int64_t seconds = (int64_t)days * 86400 + hour * 3600 + minute * 60 + second - (int64_t)offset * 60;
    *micros = seconds * 1000000 + fraction;
    return GOV_OK;
}

int gov_time_format(int64_t micros, char *out, size_t size)
{
    int64_t day = floor_div(micros, GOV_DAY_MICROS);
    int64_t rest = micros - day * GOV_DAY_MICROS;
    if (day < GOV_DATE_MIN || day > GOV_DATE_MAX)
        return 0;
    char date[11];
    gov_date_format((int32_t)day, date, sizeof(date));
    int seconds = (int)(rest / 1000000);
    int fraction = (int)(rest % 1000000);
    int length =
        snprintf(out, size, "%sT%02d:%02d:%02d", date, seconds / 3600, seconds / 60 % 60, seconds % 60);
    if (fraction != 0)
        length += snprintf((size_t)length < size ? out + length : NULL,
                           (size_t)length < size ? size - (size_t)length : 0, ".%06d", fraction);
    return length;
}
