/* hours.c - reading and measuring the stretches of a day. */
#include "code/hours.h"

#include <string.h>

#define MINUTE INT64_C(60000000)
#define STRETCH_CHARACTERS 11 /* "09:00-12:00" */

static gov_status refuse(gov_error *err, gov_status code, const char *name, int64_t column, const char *why)
{
    gov_place place = GOV_NOWHERE;
    place.name = name;
    place.column = column;
    return gov_fail_at(err, code, &place, "%s", why);
}

static int two_digits(const char *text)
{
    int tens = text[0] - '0';
    int ones = text[1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
}

/* "HH:MM" in minutes; -1: another form, -2: no such time. */
static int minutes_at(const char *text)
{
    int hour = two_digits(text);
    int minute = two_digits(text + 3);
    if (hour < 0 || minute < 0 || text[2] != ':')
        return -1;
    return minute > 59 || hour * 60 + minute > 24 * 60 ? -2 : hour * 60 + minute;
}

static gov_status read_stretch(const char *text, const char *name, int64_t column, gov_hours *h,
                               gov_error *err)
{
    int from = minutes_at(text);
    int to = minutes_at(text + 6);
    if (from == -1 || to == -1 || text[5] != '-')
        return refuse(err, GOV_E_FORMAT, name, column, "expected hours as 09:00-12:00,13:00-17:30");
    if (from < 0 || to < 0)
        return refuse(err, GOV_E_RANGE, name, column, "no such time of day");
    if (to <= from)
        return refuse(err, GOV_E_RANGE, name, column, "the stretch ends before it begins");
    if (h->count == GOV_MOST_STRETCHES)
        return refuse(err, GOV_E_LIMIT, name, column, "more than 12 stretches");
    if (h->count > 0 && from * MINUTE < h->to[h->count - 1])
        return refuse(err, GOV_E_RANGE, name, column, "the stretch overlaps the one before it");
    h->from[h->count] = from * MINUTE;
    h->to[h->count] = to * MINUTE;
    h->length += (to - from) * MINUTE;
    h->count++;
    return GOV_OK;
}

gov_status gov_hours_parse(const char *text, const char *name, gov_hours *hours, gov_error *err)
{
    gov_hours read = {0};
    size_t size = strlen(text);
    size_t at = 0;
    for (;;) {
        if (size - at < STRETCH_CHARACTERS)
            return refuse(err, GOV_E_FORMAT, name, (int64_t)at + 1,
                          "expected hours as 09:00-12:00,13:00-17:30");
        GOV_TRY(read_stretch(text + at, name, (int64_t)at + 1, &read, err));
        at += STRETCH_CHARACTERS;
        if (at == size)
            break;
        if (text[at] != ',')
            return refuse(err, GOV_E_FORMAT, name, (int64_t)at + 1, "expected a comma between two stretches");
        at++;
    }
    *hours = read;
    return GOV_OK;
}

int64_t gov_hours_until(const gov_hours *hours, int64_t time)
{
    int64_t sum = 0;
    for (int i = 0; i < hours->count && hours->from[i] < time; i++)
        sum += (time < hours->to[i] ? time : hours->to[i]) - hours->from[i];
    return sum;
}

int64_t gov_hours_reach(const gov_hours *hours, int64_t amount)
{
    int i = 0;
    while (i < hours->count - 1 && amount > hours->to[i] - hours->from[i]) {
        amount -= hours->to[i] - hours->from[i];
        i++;
    }
    return hours->from[i] + amount;
}
