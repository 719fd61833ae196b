/* panel_build.c - a long table laid out as series x period.
 *
 * Rows are numbered by series through a hash table, the series sorted by their labels, the rows brought into
 * series order by a counting sort, and each series added up in one scratch line: once to learn how wide the
 * cells must be, once to write them. So the cells are touched once and in order, and no wide copy of the
 * panel ever exists. */
#include "base/alloc.h"
#include "base/date.h"
#include "base/digest.h"
#include "base/run.h"
#include "code/calendar.h"
#include "trend/panel.h"
#include "trend/period.h"
#include "trend/times.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LABEL_TEXT = 32 };

/* One label column. Text is read from the table; other types are copied to whole numbers. */
typedef struct label_column {
    int64_t column;
    gov_type type;
    int64_t *numbers;
    uint8_t *valid;
} label_column;

typedef struct layout {
    const gov_table *table;
    const gov_panel_options *options;
    int64_t rows;
    label_column *labels;
    int64_t *period; /* of each row */
    int64_t *group;  /* of each row; -1: outside the window */
    int64_t *leader; /* the first row of each group */
    int64_t groups;
    int64_t group_capacity;
    int64_t *slots; /* hash table of groups, -1 empty */
    int64_t slot_count;
    int64_t *line_of; /* group -> place among the sorted series */
    int64_t *starts;  /* first place in `order` of each series, and the end */
    int64_t *order;   /* rows by series */
    double *values;
    uint8_t *values_valid;
    double *line; /* one series, added up */
    uint8_t *line_state;
    int64_t first;
    int64_t last;
} layout;

static void layout_clear(layout *l)
{
    for (int64_t c = 0; l->labels != NULL && c < l->options->series_count; c++) {
        gov_free(l->labels[c].numbers);
        gov_free(l->labels[c].valid);
    }
    gov_free(l->labels);
    gov_free(l->period);
    gov_free(l->group);
    gov_free(l->leader);
    gov_free(l->slots);
    gov_free(l->line_of);
    gov_free(l->starts);
    gov_free(l->order);
    gov_free(l->values);
    gov_free(l->values_valid);
    gov_free(l->line);
    gov_free(l->line_state);
}

/* --- Times --------------------------------------------------------------------------------------------------- */

/* Times are read in this frequency: working days are days first. */
static gov_frequency read_as(const layout *l)
{
    return l->options->frequency == GOV_FREQUENCY_WORKING_DAY ? GOV_FREQUENCY_DAY : l->options->frequency;
}

/* A day off has as many working days before it as the next working day. */
static int64_t period_of(const layout *l, int64_t read)
{
    return l->options->frequency == GOV_FREQUENCY_WORKING_DAY
               ? gov_working_days_before(l->options->calendar, (int32_t)read)
               : read;
}

static gov_status edge(const layout *l, const char *option, const char *text, int64_t *period, gov_error *err)
{
    return text == NULL ? GOV_OK
                        : gov_at_row(gov_period_parse(read_as(l), text, (int64_t)strlen(text), period, err),
                                     -1, option, err);
}

static gov_status find_window(layout *l, gov_error *err)
{
    l->first = INT64_MAX;
    l->last = INT64_MIN;
    for (int64_t row = 0; row < l->rows; row++) {
        l->first = l->period[row] < l->first ? l->period[row] : l->first;
        l->last = l->period[row] > l->last ? l->period[row] : l->last;
    }
    GOV_TRY(edge(l, "first", l->options->first, &l->first, err));
    GOV_TRY(edge(l, "last", l->options->last, &l->last, err));
    if (l->first == INT64_MAX || l->last == INT64_MIN)
        return gov_fail(err, GOV_E_NO_DATA, "the table has no rows: state the first and the last period");
    if (l->last < l->first)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("last"), "the last period lies before the first");
    l->first = period_of(l, l->first);
    l->last = period_of(l, l->last);
    for (int64_t row = 0; row < l->rows; row++)
        l->period[row] = period_of(l, l->period[row]);
    return GOV_OK;
}

/* --- Labels -------------------------------------------------------------------------------------------------- */

static gov_status read_label_column(layout *l, int64_t c, gov_error *err)
{
    label_column *label = &l->labels[c];
    gov_column_view view = GOV_COLUMN_VIEW_INIT;
    GOV_TRY(gov_table_find(l->table, l->options->series[c], &label->column, err));
    GOV_TRY(gov_table_view(l->table, label->column, &view, err));
    label->type = view.type;
    if (view.type == GOV_TYPE_UTF8)
        return GOV_OK;
    if (view.type == GOV_TYPE_NULL || view.type == GOV_TYPE_FLOAT32 || view.type == GOV_TYPE_FLOAT64 ||
        view.type == GOV_TYPE_TIMESTAMP)
        return gov_fail_at(err, GOV_E_TYPE, GOV_AT_NAME(l->options->series[c]),
                           "a series is named by text, whole numbers, booleans or dates, not by %s",
                           gov_type_name(view.type));
    label->numbers = gov_alloc(l->rows, sizeof(int64_t));
    label->valid = gov_alloc(l->rows, 1);
    if (label->numbers == NULL || label->valid == NULL)
        return gov_fail_memory(err);
    return gov_table_copy_int64s(l->table, label->column, 0, l->rows, label->numbers, label->valid, err);
}

/* The label as text, NULL if missing; `own` lends room for numbers. */
static const char *label_text(const layout *l, const label_column *label, int64_t row, char own[LABEL_TEXT],
                              int64_t *size)
{
    const char *text = NULL;
    if (label->type == GOV_TYPE_UTF8) {
        gov_table_text(l->table, row, label->column, &text, size, NULL);
        return text;
    }
    if (label->valid[row] == 0)
        return NULL;
    int length = label->type == GOV_TYPE_DATE
                     ? gov_date_format((int32_t)label->numbers[row], own, LABEL_TEXT)
                     : snprintf(own, LABEL_TEXT, "%lld", (long long)label->numbers[row]);
    *size = length;
    return own;
}

static uint64_t hash_row(const layout *l, int64_t row)
{
    uint64_t hash = 0;
    for (int64_t c = 0; c < l->options->series_count; c++) {
        char own[LABEL_TEXT];
        int64_t size = 0;
        const char *text = label_text(l, &l->labels[c], row, own, &size);
        hash = text == NULL ? hash * 31 + 1 : gov_hash64(text, size, hash + (uint64_t)c + 2);
    }
    return hash;
}

/* Order by labels, bytes by bytes; a missing one comes first. */
static int compare_rows(const layout *l, int64_t a, int64_t b)
{
    for (int64_t c = 0; c < l->options->series_count; c++) {
        char own_a[LABEL_TEXT];
        char own_b[LABEL_TEXT];
        int64_t size_a = 0;
        int64_t size_b = 0;
        const char *text_a = label_text(l, &l->labels[c], a, own_a, &size_a);
        const char *text_b = label_text(l, &l->labels[c], b, own_b, &size_b);
        if (text_a == NULL || text_b == NULL) {
            if (text_a != text_b)
                return text_a == NULL ? -1 : 1;
            continue;
        }
        int order = memcmp(text_a, text_b, (size_t)(size_a < size_b ? size_a : size_b));
        if (order != 0 || size_a != size_b)
            return order != 0 ? order : size_a < size_b ? -1 : 1;
    }
    return 0;
}

/* --- Groups -------------------------------------------------------------------------------------------------- */

static void place_group(layout *l, int64_t group)
{
    uint64_t mask = (uint64_t)l->slot_count - 1;
    uint64_t at = hash_row(l, l->leader[group]) & mask;
    while (l->slots[at] >= 0)
        at = (at + 1) & mask;
    l->slots[at] = group;
}

static gov_status grow_slots(layout *l, int64_t count, gov_error *err)
{
    int64_t *slots = gov_alloc(count, sizeof(int64_t));
    if (slots == NULL)
        return gov_fail_memory(err);
    gov_free(l->slots);
    l->slots = slots;
    l->slot_count = count;
    for (int64_t i = 0; i < count; i++)
        slots[i] = -1;
    for (int64_t g = 0; g < l->groups; g++)
        place_group(l, g);
    return GOV_OK;
}

static gov_status group_of(layout *l, int64_t row, int64_t *group, gov_error *err)
{
    uint64_t mask = (uint64_t)l->slot_count - 1;
    uint64_t at = hash_row(l, row) & mask;
    for (; l->slots[at] >= 0; at = (at + 1) & mask)
        if (compare_rows(l, l->leader[l->slots[at]], row) == 0)
            return *group = l->slots[at], GOV_OK;
    void *leader = l->leader;
    GOV_TRY(gov_grow(&leader, &l->group_capacity, l->groups + 1, sizeof(int64_t), err));
    l->leader = leader;
    l->leader[l->groups] = row;
    l->slots[at] = *group = l->groups++;
    return 2 * l->groups > l->slot_count ? grow_slots(l, 2 * l->slot_count, err) : GOV_OK;
}

static gov_status group_rows(layout *l, gov_error *err)
{
    enum { BATCH = 65536, SLOTS = 1024 };
    GOV_TRY(grow_slots(l, SLOTS, err));
    for (int64_t row = 0; row < l->rows; row++) {
        if (row % BATCH == 0)
            GOV_TRY(gov_run_poll(l->options->run, row, l->rows, err));
        l->group[row] = -1;
        if (l->period[row] >= l->first && l->period[row] <= l->last)
            GOV_TRY(group_of(l, row, &l->group[row], err));
    }
    return GOV_OK;
}

typedef struct sortable {
    const layout *layout;
    int64_t group;
} sortable;

static int compare_groups(const void *a, const void *b)
{
    const sortable *x = a;
    const sortable *y = b;
    return compare_rows(x->layout, x->layout->leader[x->group], x->layout->leader[y->group]);
}

/* Numbers the series by their labels and brings the rows into their order. */
static gov_status sort_rows(layout *l, gov_error *err)
{
    sortable *sorted = gov_alloc(l->groups, sizeof(sortable));
    l->line_of = gov_alloc(l->groups, sizeof(int64_t));
    l->starts = gov_alloc_zero(l->groups + 2, sizeof(int64_t));
    l->order = gov_alloc(l->rows, sizeof(int64_t));
    if (sorted == NULL || l->line_of == NULL || l->starts == NULL || l->order == NULL) {
        gov_free(sorted);
        return gov_fail_memory(err);
    }
    for (int64_t g = 0; g < l->groups; g++)
        sorted[g] = (sortable){l, g};
    qsort(sorted, (size_t)l->groups, sizeof(sortable), compare_groups);
    for (int64_t s = 0; s < l->groups; s++)
        l->line_of[sorted[s].group] = s;
    gov_free(sorted);
    for (int64_t row = 0; row < l->rows; row++)
        if (l->group[row] >= 0)
            l->starts[l->line_of[l->group[row]] + 2]++;
    for (int64_t s = 0; s < l->groups; s++)
        l->starts[s + 2] += l->starts[s + 1];
    for (int64_t row = 0; row < l->rows; row++)
        if (l->group[row] >= 0)
            l->order[l->starts[l->line_of[l->group[row]] + 1]++] = row;
    return GOV_OK;
}

/* --- Cells --------------------------------------------------------------------------------------------------- */

static gov_status read_values(layout *l, gov_error *err)
{
    int64_t column;
    if (l->options->value == NULL)
        return GOV_OK;
    GOV_TRY(gov_table_find(l->table, l->options->value, &column, err));
    l->values = gov_alloc(l->rows, sizeof(double));
    l->values_valid = gov_alloc(l->rows, 1);
    if (l->values == NULL || l->values_valid == NULL)
        return gov_fail_memory(err);
    GOV_TRY(gov_at_row(gov_table_copy_doubles(l->table, column, 0, l->rows, l->values, l->values_valid, err),
                       err == NULL ? -1 : err->row, l->options->value, err));
    for (int64_t row = 0; row < l->rows; row++)
        if (l->values_valid[row] != 0 && !isfinite(l->values[row]))
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(row, l->options->value),
                               "a value is not a finite number");
    return GOV_OK;
}

enum { EMPTY = 0, PRESENT = 1, UNKNOWN = 2 };

/* Adds up one series in l->line; line_state ends as 1 present, 0 missing. */
static void add_up(layout *l, int64_t series)
{
    int64_t periods = l->last - l->first + 1;
    for (int64_t t = 0; t < periods; t++) {
        l->line[t] = 0;
        l->line_state[t] = l->options->gaps == GOV_GAPS_ZERO ? PRESENT : EMPTY;
    }
    for (int64_t i = l->starts[series]; i < l->starts[series + 1]; i++) {
        int64_t row = l->order[i];
        int64_t t = l->period[row] - l->first;
        if (l->values != NULL && l->values_valid[row] == 0)
            l->line_state[t] = UNKNOWN;
        else if (l->line_state[t] != UNKNOWN)
            l->line_state[t] = PRESENT;
        l->line[t] += l->values == NULL ? 1 : l->values[row];
    }
    for (int64_t t = 0; t < periods; t++)
        l->line_state[t] = l->line_state[t] == PRESENT;
}

static gov_status fill_cells(layout *l, gov_panel *panel, gov_error *err)
{
    gov_cell_range range = GOV_CELL_RANGE_INIT;
    l->line = gov_alloc(panel->periods, sizeof(double));
    l->line_state = gov_alloc(panel->periods, 1);
    if (l->line == NULL || l->line_state == NULL)
        return gov_fail_memory(err);
    for (int64_t s = 0; s < panel->series; s++) {
        add_up(l, s);
        gov_cells_measure(&range, l->line, l->line_state, panel->periods);
    }
    GOV_TRY(gov_cells_alloc(panel, &range, err));
    for (int64_t s = 0; s < panel->series; s++) {
        add_up(l, s);
        gov_cells_write(panel, s, l->line, l->line_state);
    }
    return GOV_OK;
}

static gov_status add_labels(const layout *l, gov_table_builder *builder, gov_error *err)
{
    for (int64_t c = 0; c < l->options->series_count; c++)
        GOV_TRY(gov_table_builder_add(builder, l->options->series[c], GOV_TYPE_UTF8, NULL, err));
    for (int64_t s = 0; s < l->groups; s++) {
        for (int64_t c = 0; c < l->options->series_count; c++) {
            char own[LABEL_TEXT];
            int64_t size = 0;
            const char *text = label_text(l, &l->labels[c], l->order[l->starts[s]], own, &size);
            GOV_TRY(text == NULL ? gov_table_builder_null(builder, c, err)
                                 : gov_table_builder_text(builder, c, text, size, err));
        }
    }
    return GOV_OK;
}

static gov_status make_labels(const layout *l, gov_table **out, gov_error *err)
{
    gov_table_builder *builder = NULL;
    GOV_TRY(gov_table_builder_new(&builder, err));
    gov_status status = add_labels(l, builder, err);
    if (status == GOV_OK)
        status = gov_table_builder_finish(builder, out, err);
    gov_table_builder_free(builder);
    return status;
}

/* --- All of it ----------------------------------------------------------------------------------------------- */

static gov_status check_options(const gov_table *table, const gov_panel_options *o, gov_error *err)
{
    if (table == NULL || o == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "a panel needs a table and options");
    if (o->time == NULL)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("time"), "name the column of times");
    if (o->frequency < GOV_FREQUENCY_DAY || o->frequency > GOV_FREQUENCY_WORKING_DAY)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("frequency"),
                           "state day, week, month or working day");
    if (o->frequency == GOV_FREQUENCY_WORKING_DAY && o->calendar == NULL)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("calendar"), "working days need a calendar");
    if (o->gaps != GOV_GAPS_ZERO && o->gaps != GOV_GAPS_MISSING)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("gaps"),
                           "state what a period without a row means: zero or missing");
    if (o->series_count < 0 || (o->series_count > 0 && o->series == NULL))
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("series"), "name the series columns");
    return GOV_OK;
}

static gov_status lay_out(layout *l, gov_error *err)
{
    l->labels = gov_alloc_zero(l->options->series_count, sizeof(label_column));
    l->period = gov_alloc(l->rows, sizeof(int64_t));
    l->group = gov_alloc(l->rows, sizeof(int64_t));
    if (l->labels == NULL || l->period == NULL || l->group == NULL)
        return gov_fail_memory(err);
    GOV_TRY(gov_times_read(l->table, l->options->time, read_as(l), l->period, err));
    GOV_TRY(find_window(l, err));
    for (int64_t c = 0; c < l->options->series_count; c++)
        GOV_TRY(read_label_column(l, c, err));
    GOV_TRY(read_values(l, err));
    GOV_TRY(group_rows(l, err));
    return sort_rows(l, err);
}

static gov_status fill_days(const layout *l, gov_panel *panel, gov_error *err)
{
    if (panel->frequency != GOV_FREQUENCY_WORKING_DAY)
        return GOV_OK;
    panel->days = gov_alloc(panel->periods + 1, sizeof(int32_t));
    if (panel->days == NULL)
        return gov_fail_memory(err);
    for (int64_t t = 0; t <= panel->periods; t++)
        GOV_TRY(gov_working_day_at(l->options->calendar, panel->first + t, &panel->days[t], err));
    return GOV_OK;
}

static gov_status make_panel(layout *l, gov_panel *panel, gov_error *err)
{
    GOV_TRY(lay_out(l, err));
    panel->frequency = l->options->frequency;
    panel->first = l->first;
    panel->series = l->groups;
    panel->periods = l->last - l->first + 1;
    if (panel->series > (INT64_C(1) << 40) / panel->periods)
        return gov_fail(err, GOV_E_LIMIT, "%lld series of %lld periods are too many cells",
                        (long long)panel->series, (long long)panel->periods);
    GOV_TRY(fill_days(l, panel, err));
    GOV_TRY(fill_cells(l, panel, err));
    return make_labels(l, &panel->labels, err);
}

gov_status gov_panel_new(const gov_table *table, const gov_panel_options *options, gov_panel **out,
                         gov_error *err)
{
    GOV_TRY(check_options(table, options, err));
    layout l = {.table = table, .options = options, .rows = gov_table_rows(table)};
    gov_panel *panel = gov_alloc_zero(1, sizeof(*panel));
    if (panel == NULL)
        return gov_fail_memory(err);
    gov_status status = make_panel(&l, panel, err);
    layout_clear(&l);
    if (status != GOV_OK) {
        gov_panel_free(panel);
        return status;
    }
    *out = panel;
    return GOV_OK;
}
