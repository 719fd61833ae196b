/* panel.c - the cells of a panel: in as few bytes as the counts need. */
#include "trend/panel.h"
#include "base/date.h"
#include "trend/period.h"

#include <math.h>
#include <stdio.h>

void gov_cells_measure(gov_cell_range *range, const double *y, const uint8_t *present, int64_t periods)
{
    for (int64_t t = 0; t < periods; t++) {
        if (present != NULL && present[t] == 0) {
            range->gaps = 1;
            continue;
        }
        if (!(y[t] >= 0 && y[t] <= UINT32_MAX && y[t] == floor(y[t])))
            range->whole = 0;
        if (y[t] > range->most)
            range->most = y[t];
    }
}

int32_t gov_cell_bytes_for(const gov_cell_range *range)
{
    if (!range->whole)
        return 8;
    return range->most <= UINT8_MAX ? 1 : range->most <= UINT16_MAX ? 2 : 4;
}

gov_status gov_cells_alloc(gov_panel *panel, const gov_cell_range *range, gov_error *err)
{
    int64_t count = panel->series * panel->periods;
    panel->cell_bytes = gov_cell_bytes_for(range);
    panel->cells = gov_alloc_zero(count, (size_t)panel->cell_bytes);
    if (panel->cells == NULL)
        return gov_fail_memory(err);
    if (!range->gaps)
        return GOV_OK;
    panel->missing = gov_alloc_zero(count / 8 + 1, 1);
    return panel->missing == NULL ? gov_fail_memory(err) : GOV_OK;
}

void gov_cell_put(void *cells, int32_t bytes, int64_t at, double value)
{
    switch (bytes) {
    case 1:
        ((uint8_t *)cells)[at] = (uint8_t)value;
        break;
    case 2:
        ((uint16_t *)cells)[at] = (uint16_t)value;
        break;
    case 4:
        ((uint32_t *)cells)[at] = (uint32_t)value;
        break;
    default:
        ((double *)cells)[at] = value;
    }
}

void gov_cells_write(gov_panel *panel, int64_t series, const double *y, const uint8_t *present)
{
    int64_t base = series * panel->periods;
    for (int64_t t = 0; t < panel->periods; t++) {
        if (present == NULL || present[t] != 0)
            gov_cell_put(panel->cells, panel->cell_bytes, base + t, y[t]);
        else
            panel->missing[(base + t) / 8] |= (uint8_t)(1 << (base + t) % 8);
    }
}

void gov_cells_get(const void *cells, int32_t bytes, int64_t first, int64_t count, double *y)
{
    switch (bytes) {
    case 1:
        for (int64_t i = 0; i < count; i++)
            y[i] = ((const uint8_t *)cells)[first + i];
        break;
    case 2:
        for (int64_t i = 0; i < count; i++)
            y[i] = ((const uint16_t *)cells)[first + i];
        break;
    case 4:
        for (int64_t i = 0; i < count; i++)
            y[i] = ((const uint32_t *)cells)[first + i];
        break;
    default:
        for (int64_t i = 0; i < count; i++)
            y[i] = ((const double *)cells)[first + i];
    }
}

int64_t gov_cells_read(const gov_panel *panel, int64_t series, double *y, uint8_t *present)
{
    int64_t base = series * panel->periods;
    int64_t missing = 0;
    gov_cells_get(panel->cells, panel->cell_bytes, base, panel->periods, y);
    for (int64_t t = 0; t < panel->periods; t++) {
        int gone = panel->missing != NULL && (panel->missing[(base + t) / 8] >> (base + t) % 8 & 1) != 0;
        if (present != NULL)
            present[t] = (uint8_t)!gone;
        missing += gone;
    }
    return missing;
}

/* --- Public -------------------------------------------------------------------------------------------------- */

static gov_status labels_by_number(int64_t series, gov_table **out, gov_error *err)
{
    gov_table_builder *builder = NULL;
    GOV_TRY(gov_table_builder_new(&builder, err));
    gov_status status = gov_table_builder_add(builder, "series", GOV_TYPE_UTF8, NULL, err);
    for (int64_t s = 0; status == GOV_OK && s < series; s++) {
        char text[24];
        snprintf(text, sizeof(text), "%lld", (long long)s);
        status = gov_table_builder_text(builder, 0, text, -1, err);
    }
    if (status == GOV_OK)
        status = gov_table_builder_finish(builder, out, err);
    gov_table_builder_free(builder);
    return status;
}

static gov_status check_array(const double *y, const uint8_t *valid, const gov_panel *shape, int32_t first,
                              gov_error *err)
{
    if (shape->series < 0 || shape->periods < 1 || shape->series > (INT64_C(1) << 40) / shape->periods)
        return gov_fail(err, GOV_E_ARGUMENT, "%lld series of %lld periods are not a panel",
                        (long long)shape->series, (long long)shape->periods);
    if (y == NULL && shape->series > 0)
        return gov_fail(err, GOV_E_ARGUMENT, "y must not be NULL");
    if (shape->frequency < GOV_FREQUENCY_DAY || shape->frequency > GOV_FREQUENCY_MONTH)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("frequency"), "state day, week or month");
    if (first < GOV_DATE_MIN || first > GOV_DATE_MAX)
        return gov_fail_at(err, GOV_E_RANGE, GOV_AT_NAME("first"), "the first day is outside the calendar");
    for (int64_t i = 0; i < shape->series * shape->periods; i++)
        if ((valid == NULL || valid[i] != 0) && !isfinite(y[i]))
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(i, "y"), "a cell is not a finite number");
    return GOV_OK;
}

gov_status gov_panel_of_array(const double *y, const uint8_t *valid, int64_t series, int64_t periods,
                              int32_t first, gov_frequency frequency, gov_panel **out, gov_error *err)
{
    gov_panel shape = {.series = series, .periods = periods, .frequency = frequency};
    gov_cell_range range = GOV_CELL_RANGE_INIT;
    GOV_TRY(check_array(y, valid, &shape, first, err));
    gov_panel *panel = gov_alloc_zero(1, sizeof(*panel));
    if (panel == NULL)
        return gov_fail_memory(err);
    *panel = shape;
    panel->first = gov_period_of(frequency, first);
    gov_cells_measure(&range, y, valid, series * periods);
    gov_status status = gov_cells_alloc(panel, &range, err);
    if (status == GOV_OK)
        status = labels_by_number(series, &panel->labels, err);
    if (status != GOV_OK) {
        gov_panel_free(panel);
        return status;
    }
    for (int64_t s = 0; s < series; s++)
        gov_cells_write(panel, s, y + s * periods, valid == NULL ? NULL : valid + s * periods);
    *out = panel;
    return GOV_OK;
}

void gov_panel_free(gov_panel *panel)
{
    if (panel == NULL)
        return;
    gov_free(panel->cells);
    gov_free(panel->missing);
    gov_free(panel->days);
    gov_table_free(panel->labels);
    gov_free(panel);
}

int64_t gov_panel_series(const gov_panel *panel)
{
    return panel->series;
}

int64_t gov_panel_periods(const gov_panel *panel)
{
    return panel->periods;
}

gov_frequency gov_panel_frequency(const gov_panel *panel)
{
    return panel->frequency;
}

int32_t gov_panel_cell_bytes(const gov_panel *panel)
{
    return panel->cell_bytes;
}

int32_t gov_panel_day(const gov_panel *panel, int64_t period)
{
    return panel->days != NULL ? panel->days[period]
                               : gov_period_day(panel->frequency, panel->first + period);
}

int gov_panel_period_name(const gov_panel *panel, int64_t period, char *out, size_t size)
{
    return panel->days != NULL ? gov_date_format(panel->days[period], out, size)
                               : gov_period_format(panel->frequency, panel->first + period, out, size);
}

const gov_table *gov_panel_labels(const gov_panel *panel)
{
    return panel->labels;
}

gov_status gov_panel_copy(const gov_panel *panel, int64_t series, double *y, uint8_t *valid, gov_error *err)
{
    if (series < 0 || series >= panel->series)
        return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(series, "series"), "the panel has %lld series",
                           (long long)panel->series);
    if (gov_cells_read(panel, series, y, valid) > 0 && valid == NULL)
        return gov_fail_at(err, GOV_E_MISSING, GOV_AT_ROW(series, "series"),
                           "a period is missing: pass an array for validity");
    return GOV_OK;
}
