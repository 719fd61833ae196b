/* feature_readings.c - one pass over the readings in the order of time, which is the order that the store gives. */
#include "pipeline/feature_readings.h"

#include "base/date.h"

#include <math.h>
#include <string.h>

gov_status gov_readings_view(const gov_table *table, gov_readings *out, gov_error *err)
{
    const struct {
        const char *name;
        gov_column_view *view;
    } columns[] = {{"subject", &out->subject}, {"variable", &out->variable}, {"time", &out->time},
                   {"source", &out->source},   {"value", &out->value},       {"text", &out->text}};
    for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
        *columns[i].view = (gov_column_view)GOV_COLUMN_VIEW_INIT;
        GOV_TRY(gov_table_need(table, columns[i].name, columns[i].view, err));
    }
    return GOV_OK;
}

static int64_t moment(const gov_readings *r, int64_t row)
{
    return ((const int64_t *)r->time.values)[r->time.offset + row];
}

int32_t gov_readings_day(const gov_readings *r, int64_t row)
{
    int64_t micros = moment(r, row);
    int64_t days = micros / GOV_DAY_MICROS;
    return (int32_t)(days - (micros % GOV_DAY_MICROS < 0));
}

static double number_at(const gov_readings *r, int64_t row)
{
    return ((const double *)r->value.values)[r->value.offset + row];
}

static double value_at(const gov_readings *r, int64_t row, const gov_need_input *input)
{
    int64_t size;
    const char *text = gov_view_text(&r->text, row, &size);
    if (input->kind == GOV_NEED_ENUM && text != NULL)
        return gov_feature_text(input, text, size);
    return gov_view_present(&r->value, row) ? gov_feature_number(input, number_at(r, row)) : (double)NAN;
}

/* Whether two readings say the same, as it stands in the store. */
static int same(const gov_readings *r, int64_t a, int64_t b)
{
    int64_t m, n;
    const char *x = gov_view_text(&r->text, a, &m), *y = gov_view_text(&r->text, b, &n);
    int numbers = gov_view_present(&r->value, a);
    if ((x == NULL) != (y == NULL) || m != n || numbers != gov_view_present(&r->value, b))
        return 0;
    if (x != NULL && memcmp(x, y, (size_t)m) != 0)
        return 0;
    return !numbers || (number_at(r, a) <= number_at(r, b) && number_at(r, a) >= number_at(r, b));
}

static void add_number(gov_taken *t, gov_need_take take, double value)
{
    if (t->count == 0)
        t->value = take == GOV_NEED_TAKE_COUNT ? 1 : value;
    else if (take == GOV_NEED_TAKE_COUNT)
        t->value += 1;
    else if (take == GOV_NEED_TAKE_SUM || take == GOV_NEED_TAKE_MEAN)
        t->value += value;
    else if (take == GOV_NEED_TAKE_LEAST)
        t->value = value < t->value ? value : t->value;
    else if (take == GOV_NEED_TAKE_GREATEST)
        t->value = value > t->value ? value : t->value;
    else
        t->value = value;
}

/* `since`: the value so far is the first day of the present run. */
static void add_reading(gov_taken *t, const gov_readings *r, int64_t row, const gov_need_input *input,
                        gov_need_take take)
{
    double value = 0;
    if (take == GOV_NEED_SINCE || take == GOV_NEED_LAST_DAY)
        value = gov_readings_day(r, row);
    else if (take != GOV_NEED_TAKE_COUNT)
        value = value_at(r, row, input);
    if (isnan(value))
        return;
    if (take != GOV_NEED_SINCE || t->count == 0 || !same(r, t->row, row))
        add_number(t, take, value);
    t->row = row;
    t->count++;
}

gov_taken gov_readings_take(const gov_readings *r, int64_t first, int64_t end, const gov_need_input *input,
                            const gov_need_source *source, int32_t day)
{
    gov_taken t = {(double)NAN, -1, 0};
    int32_t after =
        source->months > 0 ? gov_date_add_months(day, -(int32_t)source->months) : GOV_DATE_MIN - 1;
    for (int64_t row = first; row < end; row++) {
        int superseded = row + 1 < end && moment(r, row + 1) == moment(r, row);
        if (!superseded && gov_readings_day(r, row) > after && gov_readings_day(r, row) <= day)
            add_reading(&t, r, row, input, source->take);
    }
    if (t.count < source->fewest)
        return (gov_taken){(double)NAN, -1, t.count};
    if (source->take == GOV_NEED_TAKE_MEAN)
        t.value /= (double)t.count;
    return t;
}
