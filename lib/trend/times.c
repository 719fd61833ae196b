/* times.c - a column of times as periods, and the length of period that they keep. */
#include "trend/times.h"
#include "base/alloc.h"
#include "base/date.h"
#include "table/column.h"

#include <stdio.h>

gov_status gov_at_row(gov_status status, int64_t row, const char *name, gov_error *err)
{
    if (status != GOV_OK && err != NULL) {
        err->row = row;
        snprintf(err->name, sizeof(err->name), "%s", name);
    }
    return status;
}

static gov_status missing_time(int64_t row, const char *name, gov_error *err)
{
    return gov_fail_at(err, GOV_E_MISSING, GOV_AT_ROW(row, name),
                       "a row without a time belongs to no period");
}

static gov_status text_times(const gov_table *table, int64_t column, const char *name,
                             gov_frequency frequency, int64_t *periods, gov_error *err)
{
    for (int64_t row = 0; row < gov_table_rows(table); row++) {
        const char *text;
        int64_t size;
        GOV_TRY(gov_table_text(table, row, column, &text, &size, err));
        if (text == NULL)
            return missing_time(row, name, err);
        GOV_TRY(gov_at_row(gov_period_parse(frequency, text, size, &periods[row], err), row, name, err));
    }
    return GOV_OK;
}

/* Units of the column in a second. */
static int64_t units_of(char unit)
{
    return unit == 's' ? 1 : unit == 'm' ? 1000 : unit == 'n' ? 1000000000 : 1000000;
}

static gov_status day_of_instant(int64_t value, int64_t units, int64_t offset, int32_t *day, gov_error *err)
{
    int64_t seconds = value / units - (value % units < 0);
    int64_t local = seconds / 86400 - (seconds % 86400 < 0);
    int64_t within = seconds - local * 86400 + offset;
    local += within / 86400 - (within % 86400 < 0);
    if (local < GOV_DATE_MIN || local > GOV_DATE_MAX)
        return gov_fail(err, GOV_E_RANGE, "the time lies outside the years 0001 to 9999");
    *day = (int32_t)local;
    return GOV_OK;
}

static gov_status number_times(const gov_column_view *view, gov_frequency frequency, int64_t *periods,
                               uint8_t *valid, gov_error *err)
{
    int64_t offset = 0;
    int64_t units = view->type == GOV_TYPE_DATE ? 0 : units_of(view->unit);
    if (units > 0)
        GOV_TRY(gov_at_row(gov_zone_offset(view->timezone == NULL ? "" : view->timezone, &offset, err), -1,
                           view->name, err));
    GOV_TRY(gov_column_int64s(view, 0, view->length, periods, valid, err));
    for (int64_t row = 0; row < view->length; row++) {
        int32_t day = (int32_t)periods[row];
        if (valid[row] == 0)
            return missing_time(row, view->name, err);
        if (units > 0)
            GOV_TRY(gov_at_row(day_of_instant(periods[row], units, offset, &day, err), row, view->name, err));
        periods[row] = gov_period_of(frequency, day);
    }
    return GOV_OK;
}

gov_status gov_times_read(const gov_table *table, const char *name, gov_frequency frequency, int64_t *periods,
                          gov_error *err)
{
    int64_t column;
    gov_column_view view = GOV_COLUMN_VIEW_INIT;
    GOV_TRY(gov_table_find(table, name, &column, err));
    GOV_TRY(gov_table_view(table, column, &view, err));
    if (view.type == GOV_TYPE_UTF8)
        return text_times(table, column, name, frequency, periods, err);
    if (view.type != GOV_TYPE_DATE && view.type != GOV_TYPE_TIMESTAMP)
        return gov_fail_at(err, GOV_E_TYPE, GOV_AT_NAME(name),
                           "a time is a date, a timestamp or text, not %s", gov_type_name(view.type));
    uint8_t *valid = gov_alloc(view.length, 1);
    if (valid == NULL)
        return gov_fail_memory(err);
    gov_status status = number_times(&view, frequency, periods, valid, err);
    gov_free(valid);
    return status;
}

/* --- The frequency of times ---------------------------------------------------------------------------------- */

/* Text that is no day, "2021-W26" or "2021-07", says its frequency itself; 0 for anything else. */
static gov_status written_frequency(const gov_table *table, const char *name, gov_frequency *out,
                                    gov_error *err)
{
    int64_t column, size = 0;
    const char *text = NULL;
    gov_column_view view = GOV_COLUMN_VIEW_INIT;
    *out = (gov_frequency)0;
    GOV_TRY(gov_table_find(table, name, &column, err));
    GOV_TRY(gov_table_view(table, column, &view, err));
    if (view.type != GOV_TYPE_UTF8)
        return GOV_OK;
    for (int64_t row = 0; row < view.length && text == NULL; row++)
        GOV_TRY(gov_table_text(table, row, column, &text, &size, err));
    if (size == 8 && text[5] == 'W')
        *out = GOV_FREQUENCY_WEEK;
    if (size == 7)
        *out = GOV_FREQUENCY_MONTH;
    return GOV_OK;
}

/* Days that keep one day of the month are months; that keep one weekday, weeks. */
static gov_frequency kept_frequency(const int64_t *days, int64_t count)
{
    gov_civil first = gov_date_civil((int32_t)days[0]);
    int weekday = gov_date_weekday((int32_t)days[0]);
    int months = 1, weeks = 1, last_days = 1;
    for (int64_t i = 0; i < count && (months || weeks || last_days); i++) {
        gov_civil c = gov_date_civil((int32_t)days[i]);
        months = months && c.day == first.day;
        last_days = last_days && c.day == gov_days_in_month(c.year, c.month);
        weeks = weeks && gov_date_weekday((int32_t)days[i]) == weekday;
    }
    return months || last_days ? GOV_FREQUENCY_MONTH : weeks ? GOV_FREQUENCY_WEEK : GOV_FREQUENCY_DAY;
}

static gov_status frequency_of_days(const gov_table *table, const char *name, int64_t *days,
                                    gov_frequency *out, gov_error *err)
{
    int64_t rows = gov_table_rows(table);
    int64_t other = 0;
    GOV_TRY(gov_times_read(table, name, GOV_FREQUENCY_DAY, days, err));
    while (other < rows && days[other] == days[0])
        other++;
    if (other == rows)
        return gov_fail_at(err, GOV_E_NO_DATA, GOV_AT_NAME(name),
                           "fewer than two different days do not tell the frequency");
    *out = kept_frequency(days, rows);
    return GOV_OK;
}

gov_status gov_frequency_of_times(const gov_table *table, const char *time, gov_frequency *out,
                                  gov_error *err)
{
    if (table == NULL || time == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "table, time and out must be given");
    gov_frequency found;
    GOV_TRY(written_frequency(table, time, &found, err));
    if (found != 0) {
        *out = found;
        return GOV_OK;
    }
    int64_t *days = gov_alloc(gov_table_rows(table), sizeof(*days));
    if (days == NULL)
        return gov_fail_memory(err);
    gov_status status = frequency_of_days(table, time, days, out, err);
    gov_free(days);
    return status;
}
