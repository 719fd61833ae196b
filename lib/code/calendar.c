/* calendar.c - working time as one growing function of time.
 *
 * The number of working days before a day has a closed form: whole weeks, the rest of a week, and the
 * exceptions before it from their running sum. Everything else follows: the n-th working day is its inverse by
 * bisection over the calendar's 3.6 million days (22 steps), working time until a moment is that number times
 * the length of a day and the part of the day (deadline.c), and a deadline is the inverse of that. No loop walks
 * over days, so a limit of years costs as much as one of hours. */
#include "code/calendar.h"
#include "code/verdict.h"

#include "base/alloc.h"
#include "table/column.h"

#include <stdlib.h>

#define MONDAY_TO_FRIDAY 0x1F
#define EVERY_DAY 0x7F

static int week_has(int32_t week, int32_t day)
{
    return week >> (gov_date_weekday(day) - 1) & 1;
}

static int compare_exceptions(const void *a, const void *b)
{
    const gov_exception *x = a;
    const gov_exception *y = b;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/* Sorts, refuses contradictions and sums up. A day given twice with one value counts once. */
static gov_status arrange(gov_calendar *c, gov_error *err)
{
    int64_t kept = 0;
    qsort(c->exceptions, (size_t)c->count, sizeof(*c->exceptions), compare_exceptions);
    for (int64_t i = 0; i < c->count; i++) {
        gov_exception e = c->exceptions[i];
        const gov_exception *before = kept > 0 ? &c->exceptions[kept - 1] : NULL;
        if (before != NULL && before->day == e.day) {
            if (before->change != e.change)
                return gov_fail_at(err, GOV_E_DUPLICATE, GOV_AT_ROW(e.row, "working"),
                                   "the same day is given as worked and as not worked");
            continue;
        }
        e.sum = (before == NULL ? 0 : before->sum) + e.change;
        c->exceptions[kept++] = e;
    }
    c->count = kept;
    return GOV_OK;
}

static gov_status read_options(gov_calendar *c, const gov_calendar_options *options, gov_error *err)
{
    gov_calendar_options o;
    GOV_TRY(gov_struct_read(&o, sizeof(o), options, err));
    if (o.week < 0 || o.week > EVERY_DAY)
        return gov_fail(err, GOV_E_ARGUMENT, "week has a bit for each of seven days, Monday first");
    c->week = o.week == 0 ? MONDAY_TO_FRIDAY : o.week;
    GOV_TRY(gov_hours_parse(o.hours == NULL ? "09:00-17:00" : o.hours, "hours", &c->hours, err));
    return gov_hours_parse(o.urgent_hours == NULL ? "00:00-24:00" : o.urgent_hours, "urgent_hours",
                           &c->urgent_hours, err);
}

static gov_status fill_exceptions(gov_calendar *c, const int32_t *days, const uint8_t *working, int64_t count,
                                  gov_error *err)
{
    c->exceptions = gov_alloc(count, sizeof(*c->exceptions));
    if (c->exceptions == NULL)
        return gov_fail_memory(err);
    c->count = count;
    for (int64_t i = 0; i < count; i++) {
        if (days[i] < GOV_DATE_MIN || days[i] > GOV_DATE_MAX)
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(i, "day"),
                               "the day is outside the years 0001 to 9999");
        c->exceptions[i] = (gov_exception){days[i], (working[i] != 0) - week_has(c->week, days[i]), 0, i};
    }
    return arrange(c, err);
}

gov_status gov_calendar_new(const int32_t *days, const uint8_t *working, int64_t count,
                            const gov_calendar_options *options, gov_calendar **out, gov_error *err)
{
    if (out == NULL || count < 0 || (count > 0 && (days == NULL || working == NULL)))
        return gov_fail(err, GOV_E_ARGUMENT, "days, working and out must be given");
    gov_calendar *c = gov_alloc_zero(1, sizeof(*c));
    if (c == NULL)
        return gov_fail_memory(err);
    gov_status status = read_options(c, options, err);
    if (status == GOV_OK)
        status = fill_exceptions(c, days, working, count, err);
    if (status != GOV_OK) {
        gov_calendar_free(c);
        return status;
    }
    *out = c;
    return GOV_OK;
}

/* Reads one column of whole numbers; a missing cell is refused. */
static gov_status read_column(const gov_table *table, const char *name, int64_t *values, gov_error *err)
{
    gov_column_view view = GOV_COLUMN_VIEW_INIT;
    GOV_TRY(gov_table_need(table, name, &view, err));
    return gov_column_int64s(&view, 0, view.length, values, NULL, err);
}

gov_status gov_calendar_from_table(const gov_table *exceptions, const gov_calendar_options *options,
                                   gov_calendar **out, gov_error *err)
{
    gov_column_view day = GOV_COLUMN_VIEW_INIT;
    gov_status status = GOV_OK;
    if (exceptions == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "exceptions and out must be given");
    GOV_TRY(gov_table_need(exceptions, "day", &day, err));
    if (day.type != GOV_TYPE_DATE && day.length > 0)
        return gov_fail_at(err, GOV_E_TYPE, GOV_AT_NAME("day"), "the column is %s; days must be dates",
                           gov_type_name(day.type));
    int64_t rows = day.length;
    int64_t *values = gov_alloc(rows, sizeof(*values));
    int32_t *days = gov_alloc(rows, sizeof(*days));
    uint8_t *working = gov_alloc(rows, sizeof(*working));
    if (values == NULL || days == NULL || working == NULL) {
        status = gov_fail_memory(err);
        goto out;
    }
    GOV_TRY_OUT(read_column(exceptions, "day", values, err));
    for (int64_t i = 0; i < rows; i++)
        days[i] = (int32_t)values[i];
    GOV_TRY_OUT(read_column(exceptions, "working", values, err));
    for (int64_t i = 0; i < rows; i++)
        working[i] = values[i] != 0;
    GOV_TRY_OUT(gov_calendar_new(days, working, rows, options, out, err));
out:
    gov_free(values);
    gov_free(days);
    gov_free(working);
    return status;
}

void gov_calendar_free(gov_calendar *calendar)
{
    if (calendar == NULL)
        return;
    gov_free(calendar->exceptions);
    gov_free(calendar);
}

/* The number of exceptions before `day`. */
static int64_t exceptions_before(const gov_calendar *c, int32_t day)
{
    int64_t low = 0;
    int64_t high = c->count;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (c->exceptions[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

int64_t gov_working_days_before(const gov_calendar *c, int32_t day)
{
    if (day <= GOV_DATE_MIN)
        return 0;
    if (day > GOV_CALENDAR_END)
        day = GOV_CALENDAR_END;
    int32_t days = day - GOV_DATE_MIN;
    int64_t count = 0;
    for (int32_t weekday = 0; weekday < 7; weekday++)
        count += (c->week >> weekday & 1) * (int64_t)(days / 7);
    for (int32_t d = day - days % 7; d < day; d++)
        count += week_has(c->week, d);
    int64_t exceptions = exceptions_before(c, day);
    return count + (exceptions == 0 ? 0 : c->exceptions[exceptions - 1].sum);
}

int gov_calendar_is_working(const gov_calendar *calendar, int32_t day)
{
    if (calendar == NULL || day < GOV_DATE_MIN || day > GOV_DATE_MAX)
        return 0;
    int64_t i = exceptions_before(calendar, day);
    int change =
        i < calendar->count && calendar->exceptions[i].day == day ? calendar->exceptions[i].change : 0;
    return week_has(calendar->week, day) + change;
}

int64_t gov_calendar_day_length(const gov_calendar *calendar)
{
    return calendar->hours.length;
}

gov_status gov_calendar_beyond(gov_error *err)
{
    return gov_fail(err, GOV_E_RANGE, "the result is outside the years 0001 to 9999");
}

gov_status gov_working_day_at(const gov_calendar *c, int64_t index, int32_t *day, gov_error *err)
{
    if (index < 0 || index >= gov_working_days_before(c, GOV_CALENDAR_END))
        return gov_calendar_beyond(err);
    int32_t low = GOV_DATE_MIN;
    int32_t high = GOV_DATE_MAX;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (gov_working_days_before(c, middle + 1) > index)
            high = middle;
        else
            low = middle + 1;
    }
    *day = low;
    return GOV_OK;
}

gov_status gov_calendar_add_days(const gov_calendar *calendar, int32_t day, int64_t n, int32_t *out,
                                 gov_error *err)
{
    if (calendar == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "calendar and out must be given");
    if (day < GOV_DATE_MIN || day > GOV_DATE_MAX || n > GOV_CALENDAR_END - GOV_DATE_MIN ||
        n < -(GOV_CALENDAR_END - GOV_DATE_MIN))
        return gov_calendar_beyond(err);
    if (n == 0) {
        *out = day;
        return GOV_OK;
    }
    return gov_working_day_at(calendar,
                              n > 0 ? gov_working_days_before(calendar, day + 1) + n - 1
                                    : gov_working_days_before(calendar, day) + n,
                              out, err);
}

int64_t gov_calendar_days_between(const gov_calendar *calendar, int32_t from, int32_t to)
{
    return gov_working_days_before(calendar, to < GOV_CALENDAR_END ? to + 1 : to) -
           gov_working_days_before(calendar, from < GOV_CALENDAR_END ? from + 1 : from);
}
