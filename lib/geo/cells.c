/* cells.c - a raster over the layer, so that most points need no look at an edge.
 *
 * A cell that no edge of an area touches lies wholly inside or outside of it: one test of its centre decides, and
 * decides for the whole run of such cells in a row. Only in cells touched by an edge must the point itself be
 * tested. "Touched" is decided with a margin wider than any rounding, so the answers are those of the exact test.
 * Weighed against: an R-tree over areas or edges needs a descent and an exact test for every point. */
#include "geo/layer.h"

#include <float.h>
#include <math.h>

enum { CELLS_PER_EDGE = 16, FEWEST_CELLS = 1024, MOST_CELLS = 1 << 22 };

/* An entry before it is sorted to its cell. */
typedef struct placed {
    int64_t cell;
    int64_t entry;
} placed;

typedef struct painter {
    const gov_layer *layer;
    gov_cells *cells;
    int64_t *touched; /* by which area (plus 1) the cell was touched last */
    placed *list;
    int64_t count;
    int64_t capacity;
    double x_margin;
    double y_margin;
} painter;

static int64_t clamped(double position, int64_t count)
{
    if (!(position > 0.0))
        return 0;
    return position < (double)count ? (int64_t)position : count - 1;
}

static int64_t column_of(const gov_cells *c, double x)
{
    return clamped((x - c->x0) * c->x_scale, c->columns);
}

static int64_t row_of(const gov_cells *c, double y)
{
    return clamped((y - c->y0) * c->y_scale, c->rows);
}

static void find_extent(const gov_layer *layer, gov_cells *c, double *covered)
{
    c->x0 = c->y0 = INFINITY;
    c->x1 = c->y1 = -INFINITY;
    double sum = 0.0;
    for (int64_t a = 0; a < layer->count; a++) {
        const double *box = layer->boxes + 4 * a;
        if (box[0] > box[2])
            continue;
        c->x0 = fmin(c->x0, box[0]);
        c->y0 = fmin(c->y0, box[1]);
        c->x1 = fmax(c->x1, box[2]);
        c->y1 = fmax(c->y1, box[3]);
        sum += (box[2] - box[0]) * (box[3] - box[1]);
    }
    *covered = sum / ((c->x1 - c->x0) * (c->y1 - c->y0));
}

/* Square cells, about CELLS_PER_EDGE for each edge; fewer if areas lie over one another many times, since each cell
 * is visited for each area whose box it lies in. */
static void choose_size(const gov_layer *layer, gov_cells *c, double covered)
{
    double width = c->x1 - c->x0;
    double height = c->y1 - c->y0;
    double edges = (double)layer->ring_start[layer->area_start[layer->count]];
    double wanted = fmin(fmax(edges * CELLS_PER_EDGE, FEWEST_CELLS), MOST_CELLS);
    if (isfinite(covered) && covered > 4.0)
        wanted = fmax(wanted * 4.0 / covered, 1.0);
    double side = sqrt(width * height / wanted);
    c->columns = c->rows = 1;
    if (side > 0.0 && isfinite(side)) {
        c->columns = (int64_t)fmin(fmax(width / side, 1.0), wanted);
        c->rows = (int64_t)fmin(fmax(height / side, 1.0), wanted);
    }
    c->x_scale = width > 0.0 ? (double)c->columns / width : 0.0;
    c->y_scale = height > 0.0 ? (double)c->rows / height : 0.0;
    if (!isfinite(c->x_scale) || !isfinite(c->y_scale))
        c->x_scale = c->y_scale = 0.0;
}

static void touch(painter *p, int64_t row, double from, double to, int64_t mark)
{
    const gov_cells *c = p->cells;
    int64_t last = column_of(c, to + p->x_margin);
    for (int64_t column = column_of(c, from - p->x_margin); column <= last; column++)
        p->touched[row * c->columns + column] = mark;
}

/* Marks the cells that the edge a-b touches, row by row. */
static void touch_edge(painter *p, const double *a, const double *b, int64_t mark)
{
    const gov_cells *c = p->cells;
    double low = fmin(a[1], b[1]);
    double high = fmax(a[1], b[1]);
    int64_t last = row_of(c, high + p->y_margin);
    for (int64_t row = row_of(c, low - p->y_margin); row <= last; row++) {
        double from = fmin(a[0], b[0]);
        double to = fmax(a[0], b[0]);
        if (c->y_scale > 0.0 && high > low) {
            double y0 = fmax(low, c->y0 + (double)row / c->y_scale - p->y_margin);
            double y1 = fmin(high, c->y0 + (double)(row + 1) / c->y_scale + p->y_margin);
            double xa = a[0] + (b[0] - a[0]) * ((fmin(y0, high) - a[1]) / (b[1] - a[1]));
            double xb = a[0] + (b[0] - a[0]) * ((fmax(y1, low) - a[1]) / (b[1] - a[1]));
            from = fmax(from, fmin(xa, xb));
            to = fmin(to, fmax(xa, xb));
        }
        touch(p, row, from, to, mark);
    }
}

static gov_status place(painter *p, int64_t cell, int64_t entry, gov_error *err)
{
    void *list = p->list;
    gov_status status = gov_grow(&list, &p->capacity, p->count + 1, sizeof(*p->list), err);
    p->list = list;
    if (status == GOV_OK)
        p->list[p->count++] = (placed){cell, entry};
    return status;
}

static int centre_is_inside(const painter *p, int64_t area, int64_t row, int64_t column)
{
    const gov_cells *c = p->cells;
    const double centre[2] = {c->x0 + ((double)column + 0.5) / c->x_scale,
                              c->y0 + ((double)row + 0.5) / c->y_scale};
    return gov_layer_side_of(p->layer, area, centre) == GOV_SIDE_INSIDE;
}

static gov_status paint_row(painter *p, int64_t area, int64_t row, int64_t first, int64_t last,
                            gov_error *err)
{
    int inside = -1; /* of the present run of cells without edges; -1: not known */
    for (int64_t column = first; column <= last; column++) {
        int64_t cell = row * p->cells->columns + column;
        if (p->touched[cell] == area + 1) {
            inside = -1;
            GOV_TRY(place(p, cell, 2 * area, err));
            continue;
        }
        if (inside < 0)
            inside = centre_is_inside(p, area, row, column);
        if (inside)
            GOV_TRY(place(p, cell, 2 * area + 1, err));
    }
    return GOV_OK;
}

static gov_status paint_area(painter *p, int64_t area, gov_error *err)
{
    const gov_layer *layer = p->layer;
    const gov_cells *c = p->cells;
    const double *box = layer->boxes + 4 * area;
    for (int64_t r = layer->area_start[area]; r < layer->area_start[area + 1]; r++) {
        for (int64_t i = layer->ring_start[r]; i + 1 < layer->ring_start[r + 1]; i++)
            touch_edge(p, layer->xy + 2 * i, layer->xy + 2 * i + 2, area + 1);
    }
    if (box[0] > box[2])
        return GOV_OK;
    int64_t first = column_of(c, box[0] - p->x_margin);
    int64_t last = column_of(c, box[2] + p->x_margin);
    int64_t last_row = row_of(c, box[3] + p->y_margin);
    for (int64_t row = row_of(c, box[1] - p->y_margin); row <= last_row; row++)
        GOV_TRY(paint_row(p, area, row, first, last, err));
    return GOV_OK;
}

/* The list is in the order of areas; a counting sort by cell keeps that order within each cell. */
static gov_status sort_to_cells(const painter *p, int64_t *start, int64_t *sorted, gov_error *err)
{
    int64_t count = p->cells->columns * p->cells->rows;
    if (start == NULL || sorted == NULL)
        return gov_fail_memory(err);
    int64_t *next = start + 1;
    for (int64_t i = 0; i < p->count; i++)
        next[p->list[i].cell]++;
    int64_t sum = 0;
    for (int64_t cell = 0; cell < count; cell++) {
        int64_t n = next[cell];
        next[cell] = sum;
        sum += n;
    }
    for (int64_t i = 0; i < p->count; i++)
        sorted[next[p->list[i].cell]++] = p->list[i].entry;
    return GOV_OK;
}

/* Most cells have one answer, which is kept in the cell itself: one look at memory for most points. */
static gov_status write_cells(const painter *p, const int64_t *start, const int64_t *sorted, gov_error *err)
{
    gov_cells *c = p->cells;
    int64_t count = c->columns * c->rows;
    int64_t used = 0;
    c->cell = gov_alloc(count, sizeof(*c->cell));
    c->entries = gov_alloc(p->count + count, sizeof(*c->entries));
    if (c->cell == NULL || c->entries == NULL)
        return gov_fail_memory(err);
    for (int64_t cell = 0; cell < count; cell++) {
        int64_t first = start[cell];
        int64_t end = start[cell + 1];
        int settled = first < end && (sorted[first] & 1) != 0;
        c->cell[cell] = first == end ? -1 : settled ? (int32_t)(sorted[first] / 2) : (int32_t)(-2 - used);
        if (first == end || settled)
            continue;
        for (int64_t e = first; e < end; e++)
            c->entries[used++] = (int32_t)sorted[e];
        c->entries[used++] = -1;
    }
    return GOV_OK;
}

static gov_status make_cells(const painter *p, gov_error *err)
{
    int64_t count = p->cells->columns * p->cells->rows;
    if (p->layer->count > INT32_MAX / 2 || p->count > INT32_MAX - 2 - count)
        return gov_fail(err, GOV_E_LIMIT, "the layer has too many areas for its index");
    int64_t *start = gov_alloc_zero(count + 2, sizeof(*start));
    int64_t *sorted = gov_alloc(p->count, sizeof(*sorted));
    gov_status status = sort_to_cells(p, start, sorted, err);
    if (status == GOV_OK)
        status = write_cells(p, start, sorted, err);
    gov_free(start);
    gov_free(sorted);
    return status;
}

static gov_status paint(painter *p, gov_error *err)
{
    const gov_cells *c = p->cells;
    p->touched = gov_alloc_zero(c->columns * c->rows, sizeof(int64_t));
    if (p->touched == NULL)
        return gov_fail_memory(err);
    double size = fmax(fmax(fabs(c->x0), fabs(c->x1)), fmax(fabs(c->y0), fabs(c->y1)));
    p->x_margin = 8.0 * DBL_EPSILON * size + (c->x_scale > 0.0 ? 1e-6 / c->x_scale : 0.0);
    p->y_margin = 8.0 * DBL_EPSILON * size + (c->y_scale > 0.0 ? 1e-6 / c->y_scale : 0.0);
    for (int64_t a = 0; a < p->layer->count; a++)
        GOV_TRY(paint_area(p, a, err));
    return make_cells(p, err);
}

gov_status gov_cells_new(const gov_layer *layer, gov_cells **out, gov_error *err)
{
    gov_cells *cells = gov_alloc_zero(1, sizeof(*cells));
    double covered;
    if (cells == NULL)
        return gov_fail_memory(err);
    find_extent(layer, cells, &covered);
    gov_status status = GOV_OK;
    if (cells->x0 <= cells->x1) {
        painter p = {.layer = layer, .cells = cells};
        choose_size(layer, cells, covered);
        status = paint(&p, err);
        gov_free(p.touched);
        gov_free(p.list);
    }
    if (status == GOV_OK)
        *out = cells;
    else
        gov_cells_free(cells);
    return status;
}

void gov_cells_free(gov_cells *cells)
{
    if (cells == NULL)
        return;
    gov_free(cells->cell);
    gov_free(cells->entries);
    gov_free(cells);
}
