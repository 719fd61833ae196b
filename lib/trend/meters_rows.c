/* meters_rows.c - a table of readings or exemptions, brought into the order of meter and time. */
#include "base/buffer.h"
#include "base/date.h"
#include "base/digest.h"
#include "table/column.h"
#include "trend/meters.h"
#include "trend/period.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Names to numbers: those of the homes, and behind them those of new meters. */
typedef struct names {
    const gov_meters *meters;
    int64_t *table; /* -1: free */
    int64_t slots;
    gov_reading_rows *rows;
    int64_t *at; /* of each new meter's name in the texts */
    gov_buffer texts;
} names;

static const char *name_of(const names *n, int64_t meter)
{
    return meter < n->meters->count ? n->meters->homes[meter].name
                                    : n->texts.data + n->at[meter - n->meters->count];
}

static int64_t *find(const names *n, const char *text, int64_t size)
{
    uint64_t at = gov_hash64(text, size, 0) & (uint64_t)(n->slots - 1);
    while (n->table[at] >= 0) {
        const char *name = name_of(n, n->table[at]);
        if (strlen(name) == (size_t)size && memcmp(name, text, (size_t)size) == 0)
            break;
        at = (at + 1) & (uint64_t)(n->slots - 1);
    }
    return &n->table[at];
}

static gov_status names_new(const gov_meters *meters, int64_t rows, names *n, gov_error *err)
{
    n->slots = 16;
    while (n->slots < 2 * (meters->count + rows))
        n->slots *= 2;
    n->table = gov_alloc(n->slots, sizeof(int64_t));
    n->at = gov_alloc(rows, sizeof(int64_t));
    if (n->table == NULL || n->at == NULL)
        return gov_fail_memory(err);
    memset(n->table, 0xff, (size_t)n->slots * sizeof(int64_t));
    for (int64_t i = 0; i < meters->count; i++)
        *find(n, meters->homes[i].name, (int64_t)strlen(meters->homes[i].name)) = i;
    return GOV_OK;
}

static gov_status number_of(names *n, const char *text, int64_t size, int64_t *meter, gov_error *err)
{
    int64_t *slot = find(n, text, size);
    if (*slot < 0) {
        n->at[n->rows->new_count] = n->texts.size;
        gov_buffer_bytes(&n->texts, text, size);
        gov_buffer_char(&n->texts, '\0');
        if (n->texts.broken)
            return gov_fail_memory(err);
        *slot = n->meters->count + n->rows->new_count++;
    }
    *meter = *slot;
    return GOV_OK;
}

/* --- Columns --------------------------------------------------------------------------------------------------------- */

static gov_status read_times(const gov_table *table, const char *name, int64_t *seconds, uint8_t *valid,
                             gov_error *err)
{
    gov_column_view view = GOV_COLUMN_VIEW_INIT;
    int64_t unit = 1;
    int64_t offset = 0;
    GOV_TRY(gov_table_need(table, name, &view, err));
    if (view.type != GOV_TYPE_TIMESTAMP && view.type != GOV_TYPE_INT64 && view.type != GOV_TYPE_NULL)
        return gov_fail_at(err, GOV_E_TYPE, GOV_AT_NAME(name),
                           "a time is a timestamp, or seconds as int64, not %s", gov_type_name(view.type));
    if (view.type == GOV_TYPE_TIMESTAMP) {
        unit = view.unit == 's' ? 1 : view.unit == 'm' ? 1000 : view.unit == 'u' ? 1000000 : 1000000000;
        GOV_TRY(gov_zone_offset(view.timezone, &offset, err));
    }
    GOV_TRY(gov_column_int64s(&view, 0, view.length, seconds, valid, err));
    for (int64_t i = 0; i < view.length; i++) {
        seconds[i] = seconds[i] / unit - (seconds[i] % unit < 0) + offset;
        if (valid[i] &&
            (seconds[i] < GOV_DATE_MIN * INT64_C(86400) || seconds[i] >= (GOV_DATE_MAX + 1) * INT64_C(86400)))
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(i, name),
                               "a time lies outside the years 0001 to 9999");
    }
    return GOV_OK;
}

static gov_status read_meters(const gov_table *table, names *n, gov_error *err)
{
    int64_t column;
    GOV_TRY(gov_table_find(table, "meter", &column, err));
    for (int64_t i = 0; i < n->rows->count; i++) {
        const char *text = NULL;
        int64_t size = 0;
        GOV_TRY(gov_table_text(table, i, column, &text, &size, err));
        gov_reading *r = &n->rows->items[i];
        *r = (gov_reading){.meter = INT64_MAX, .row = i, .reading = NAN};
        if (text != NULL && memchr(text, 0, (size_t)size) != NULL)
            return gov_fail_at(err, GOV_E_FORMAT, GOV_AT_ROW(i, "meter"), "a name must not hold a zero byte");
        if (text != NULL)
            GOV_TRY(number_of(n, text, size, &r->meter, err));
    }
    return GOV_OK;
}

static gov_status read_readings(const gov_table *table, gov_reading_rows *rows, double *values,
                                uint8_t *valid, gov_error *err)
{
    gov_column_view view = GOV_COLUMN_VIEW_INIT;
    GOV_TRY(gov_table_need(table, "reading", &view, err));
    GOV_TRY(gov_column_doubles(&view, 0, view.length, values, valid, err));
    for (int64_t i = 0; i < rows->count; i++)
        rows->items[i].reading = values[i];
    for (int64_t i = 0; i < rows->count; i++)
        rows->items[i].kind = valid[i];
    return GOV_OK;
}

static gov_status read_kinds(const gov_table *table, gov_reading_rows *rows, gov_error *err)
{
    int64_t column;
    GOV_TRY(gov_table_find(table, "kind", &column, err));
    for (int64_t i = 0; i < rows->count; i++) {
        const char *text = NULL;
        int64_t size = 0;
        GOV_TRY(gov_table_text(table, i, column, &text, &size, err));
        if (size == 4 && memcmp(text, "away", 4) == 0)
            rows->items[i].kind = GOV_EXEMPT_AWAY;
        else if (size == 8 && memcmp(text, "cleaning", 8) == 0)
            rows->items[i].kind = GOV_EXEMPT_CLEANING;
        else
            return gov_fail_at(err, text == NULL ? GOV_E_MISSING : GOV_E_FORMAT, GOV_AT_ROW(i, "kind"),
                               "an exemption is away or cleaning");
    }
    return GOV_OK;
}

static int compare(const void *a, const void *b)
{
    const gov_reading *x = a;
    const gov_reading *y = b;
    if (x->meter != y->meter)
        return x->meter < y->meter ? -1 : 1;
    if (x->time != y->time)
        return x->time < y->time ? -1 : 1;
    return x->row < y->row ? -1 : 1;
}

static gov_status read_all(const gov_table *table, int exempts, names *n, int64_t *times, uint8_t *valid,
                           double *values, gov_error *err)
{
    gov_reading_rows *rows = n->rows;
    GOV_TRY(read_meters(table, n, err));
    GOV_TRY(exempts ? read_kinds(table, rows, err) : read_readings(table, rows, values, valid, err));
    if (exempts) {
        GOV_TRY(read_times(table, "to", times, valid, err));
        for (int64_t i = 0; i < rows->count; i++)
            rows->items[i].until = valid[i] ? times[i] : INT64_MIN;
    }
    GOV_TRY(read_times(table, exempts ? "from" : "time", times, valid, err));
    for (int64_t i = 0; i < rows->count; i++) {
        rows->items[i].time = times[i];
        if (!valid[i])
            rows->items[i].meter = INT64_MAX;
    }
    return GOV_OK;
}

static gov_status finish(names *n, gov_error *err)
{
    gov_reading_rows *rows = n->rows;
    rows->names = gov_alloc(rows->new_count, sizeof(char *));
    if (rows->names == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < rows->new_count; i++)
        rows->names[i] = n->texts.data + n->at[i];
    rows->texts = n->texts.data;
    n->texts = (gov_buffer)GOV_BUFFER_INIT;
    if (rows->count > 0)
        qsort(rows->items, (size_t)rows->count, sizeof(gov_reading), compare);
    return GOV_OK;
}

gov_status gov_reading_rows_of(const gov_meters *meters, const gov_table *table, int exempts,
                               gov_reading_rows *out, gov_error *err)
{
    gov_reading_rows rows = {.count = gov_table_rows(table)};
    names n = {.meters = meters, .rows = &rows, .texts = GOV_BUFFER_INIT};
    rows.items = gov_alloc(rows.count, sizeof(gov_reading));
    int64_t *times = gov_alloc(rows.count, sizeof(int64_t));
    double *values = gov_alloc(rows.count, sizeof(double));
    uint8_t *valid = gov_alloc(rows.count, 1);
    gov_status status = GOV_OK;
    if (rows.items == NULL || times == NULL || values == NULL || valid == NULL)
        status = gov_fail_memory(err);
    if (status == GOV_OK)
        status = names_new(meters, rows.count, &n, err);
    if (status == GOV_OK)
        status = read_all(table, exempts, &n, times, valid, values, err);
    if (status == GOV_OK)
        status = finish(&n, err);
    gov_free(times);
    gov_free(values);
    gov_free(valid);
    gov_free(n.table);
    gov_free(n.at);
    gov_buffer_clear(&n.texts);
    if (status != GOV_OK) {
        gov_reading_rows_free(&rows);
        return status;
    }
    *out = rows;
    return GOV_OK;
}

void gov_reading_rows_free(gov_reading_rows *rows)
{
    gov_free(rows->items);
    gov_free(rows->names);
    gov_free(rows->texts);
}
