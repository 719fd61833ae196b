/* assign.c - many points to areas: a cell of the raster answers, or names the few areas to be tested. */
#include "geo/layer.h"

#include "base/parallel.h"
#include "base/struct.h"
#include "table/frame.h"

enum { BLOCK = 1 << 14 };

typedef struct job {
    const gov_layer *layer;
    const double *x;
    const double *y;
    const uint8_t *valid;
    int64_t *area;
} job;

static int64_t area_of(const gov_layer *layer, double x, double y)
{
    const gov_cells *c = layer->cells;
    if (!(x >= c->x0 && x <= c->x1 && y >= c->y0 && y <= c->y1))
        return -1; /* NaN too */
    int64_t column = (int64_t)((x - c->x0) * c->x_scale);
    int64_t row = (int64_t)((y - c->y0) * c->y_scale);
    column = column < c->columns ? column : c->columns - 1;
    row = row < c->rows ? row : c->rows - 1;
    int32_t cell = c->cell[row * c->columns + column];
    if (cell >= -1)
        return cell;
    const double point[2] = {x, y};
    for (const int32_t *entry = c->entries - (cell + 2); *entry >= 0; entry++) {
        if ((*entry & 1) != 0 || gov_layer_side_of(layer, *entry / 2, point) != GOV_SIDE_OUTSIDE)
            return *entry / 2;
    }
    return -1;
}

static gov_status assign_block(void *context, int worker, int64_t first, int64_t last, gov_error *err)
{
    const job *j = context;
    (void)worker;
    (void)err;
    for (int64_t i = first; i < last; i++)
        j->area[i] = j->valid == NULL || j->valid[i] ? area_of(j->layer, j->x[i], j->y[i]) : -1;
    return GOV_OK;
}

gov_status gov_layer_assign(const gov_layer *layer, const double *x, const double *y, const uint8_t *valid,
                            int64_t count, const gov_assign_options *options, int64_t *area, gov_error *err)
{
    if (layer == NULL || count < 0 || (count > 0 && (x == NULL || y == NULL || area == NULL)))
        return gov_fail(err, GOV_E_ARGUMENT, "layer, x, y and area must be given, count not negative");
    gov_assign_options o;
    GOV_TRY(gov_struct_read(&o, sizeof(o), options, err));
    job j = {layer, x, y, valid, area};
    return gov_parallel(o.threads, count, BLOCK, assign_block, &j, o.run, err);
}

/* Points of a table, read block by block: the coordinates are never copied as a whole. */
typedef struct table_job {
    const gov_layer *layer;
    gov_column_view x;
    gov_column_view y;
    int64_t *area;
    uint8_t *known;
} table_job;

static gov_status assign_rows(void *context, int worker, int64_t first, int64_t last, gov_error *err)
{
    enum { STRETCH = 1024 };
    const table_job *j = context;
    double x[STRETCH];
    double y[STRETCH];
    uint8_t x_valid[STRETCH];
    uint8_t y_valid[STRETCH];
    (void)worker;
    for (int64_t at = first; at < last; at += STRETCH) {
        int64_t n = last - at < STRETCH ? last - at : STRETCH;
        GOV_TRY(gov_column_doubles(&j->x, at, n, x, x_valid, err));
        GOV_TRY(gov_column_doubles(&j->y, at, n, y, y_valid, err));
        for (int64_t i = 0; i < n; i++) {
            int64_t area = x_valid[i] && y_valid[i] ? area_of(j->layer, x[i], y[i]) : -1;
            if (area < 0)
                gov_bit_clear(j->known, at + i);
            else
                j->area[at + i] = area;
        }
    }
    return GOV_OK;
}

gov_status gov_layer_assign_table(const gov_layer *layer, const gov_table *points, const char *x,
                                  const char *y, const gov_assign_options *options, gov_table **out,
                                  gov_error *err)
{
    table_job j = {.layer = layer, .x = GOV_COLUMN_VIEW_INIT, .y = GOV_COLUMN_VIEW_INIT};
    void *values;
    if (layer == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "layer and out must be given");
    gov_assign_options o;
    GOV_TRY(gov_struct_read(&o, sizeof(o), options, err));
    GOV_TRY(gov_table_need(points, x, &j.x, err));
    GOV_TRY(gov_table_need(points, y, &j.y, err));
    gov_frame frame = GOV_FRAME_INIT(gov_table_rows(points));
    GOV_TRY(gov_frame_add(&frame, "area", GOV_TYPE_INT64, &values, &j.known, err));
    j.area = values;
    gov_status status = gov_parallel(o.threads, frame.rows, BLOCK, assign_rows, &j, o.run, err);
    if (status == GOV_OK)
        return gov_frame_finish(&frame, out, err);
    gov_frame_clear(&frame);
    return status;
}
