/* cell_format.c - values as text. Integers are written by hand: through printf they took most of the time. */
#include "table/cell_format.h"

#include "base/date.h"

#include <string.h>

static void append_uint64(gov_buffer *out, uint64_t value)
{
    char digits[20];
    int at = (int)sizeof(digits);
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    gov_buffer_bytes(out, digits + at, (int64_t)sizeof(digits) - at);
}

static void append_int64(gov_buffer *out, int64_t value)
{
    if (value < 0)
        gov_buffer_char(out, '-');
    append_uint64(out, value < 0 ? (uint64_t)0 - (uint64_t)value : (uint64_t)value);
}

static int append_date(gov_buffer *out, int64_t days)
{
    char text[11];
    if (days < GOV_DATE_MIN || days > GOV_DATE_MAX)
        return 0;
    gov_date_format((int32_t)days, text, sizeof(text));
    gov_buffer_text(out, text);
    return 1;
}

/* In the column's own unit, so that nanoseconds are not lost. */
static int append_time(gov_buffer *out, int64_t value, char unit, int has_zone)
{
    int digits = unit == 's' ? 0 : unit == 'm' ? 3 : unit == 'u' ? 6 : 9;
    int64_t second = unit == 's' ? 1 : unit == 'm' ? 1000 : unit == 'u' ? 1000000 : 1000000000;
    int64_t day = 86400 * second;
    int64_t rest = value % day;
    rest += rest < 0 ? day : 0;
    if (!append_date(out, value / day - (value % day < 0)))
        return 0;
    int seconds = (int)(rest / second);
    gov_buffer_format(out, "T%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if (rest % second != 0)
        gov_buffer_format(out, ".%0*lld", digits, (long long)(rest % second));
    if (has_zone)
        gov_buffer_char(out, 'Z');
    return 1;
}

static int64_t integer_at(const gov_column_view *view, int64_t row)
{
    int64_t value = 0;
    gov_column_int64s(view, row, 1, &value, NULL, NULL);
    return value;
}

gov_status gov_cell_format(const gov_column_view *view, int64_t row, gov_buffer *out, gov_error *err)
{
    int64_t at = view->offset + row;
    int good = 1;
    switch (view->type) {
    case GOV_TYPE_BOOL:
        gov_buffer_text(out, gov_bit(view->values, at) ? "true" : "false");
        break;
    case GOV_TYPE_UINT64:
        append_uint64(out, ((const uint64_t *)view->values)[at]);
        break;
    case GOV_TYPE_FLOAT32:
        gov_buffer_float(out, ((const float *)view->values)[at]);
        break;
    case GOV_TYPE_FLOAT64:
        gov_buffer_double(out, ((const double *)view->values)[at]);
        break;
    case GOV_TYPE_DATE:
        good = append_date(out, ((const int32_t *)view->values)[at]);
        break;
    case GOV_TYPE_TIMESTAMP:
        good = append_time(out, ((const int64_t *)view->values)[at], view->unit, view->timezone[0] != '\0');
        break;
    default:
        append_int64(out, integer_at(view, row));
    }
    if (!good)
        return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(row, view->name),
                           "the day lies outside the years 1 to 9999");
    return GOV_OK;
}

gov_status gov_table_views(const gov_table *table, gov_column_view **out, gov_error *err)
{
    gov_column_view *views = gov_alloc(table->count, sizeof(*views));
    if (views == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < table->count; i++) {
        views[i] = (gov_column_view)GOV_COLUMN_VIEW_INIT;
        gov_status status = gov_table_view(table, i, &views[i], err);
        if (status != GOV_OK) {
            gov_free(views);
            return status;
        }
    }
    *out = views;
    return GOV_OK;
}
