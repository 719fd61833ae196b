/* bands.c - on which side of an area's boundary a point lies.
 *
 * A ray to the right is counted through the edges (half-open in y, so that a vertex counts once); holes and several
 * polygons need no care, each crossing turns inside into outside. Only edges whose bounding box reaches the
 * point's height are looked at: the area is cut into bands, a few edges each, so a point costs O(1) edges of an
 * area whose edges are about equally long. Only where an edge passes beside the point within its bounding box is
 * the exact predicate asked. */
#include "geo/layer.h"

#include <math.h>

enum { EDGES_PER_BAND = 2, MOST_BANDS = 1 << 20 };

/* The band of a height, monotone in y. */
static int64_t band_of(const gov_layer *layer, const gov_bands *bands, int64_t area, double y)
{
    int64_t count = bands->area_start[area + 1] - bands->area_start[area];
    int64_t band = (int64_t)((y - layer->boxes[4 * area + 1]) * bands->scale[area]);
    return band < count ? band : count - 1;
}

static int64_t edges_of(const gov_layer *layer, int64_t area)
{
    int64_t rings = layer->area_start[area + 1] - layer->area_start[area];
    return layer->ring_start[layer->area_start[area + 1]] - layer->ring_start[layer->area_start[area]] -
           rings;
}

/* How many bands: about two edges each, but so few that tall edges, which lie in many, do not fill more than six
 * times as many entries as there are edges. */
static int64_t count_bands(const gov_layer *layer, int64_t area, double height)
{
    int64_t edges = edges_of(layer, area);
    double rise = 0.0;
    for (int64_t r = layer->area_start[area]; r < layer->area_start[area + 1]; r++) {
        for (int64_t p = layer->ring_start[r]; p + 1 < layer->ring_start[r + 1]; p++)
            rise += fabs(layer->xy[2 * p + 3] - layer->xy[2 * p + 1]);
    }
    double most = rise > 0.0 ? fmin(4.0 * (double)edges * height / rise, MOST_BANDS) : 1.0;
    int64_t count = edges / EDGES_PER_BAND + (edges > 0);
    return (double)count > most ? (int64_t)most + 1 : count;
}

static gov_status plan_bands(const gov_layer *layer, gov_bands *bands, gov_error *err)
{
    bands->area_start = gov_alloc_zero(layer->count + 1, sizeof(int64_t));
    bands->scale = gov_alloc_zero(layer->count, sizeof(double));
    if (bands->area_start == NULL || bands->scale == NULL)
        return gov_fail_memory(err);
    for (int64_t a = 0; a < layer->count; a++) {
        double height = layer->boxes[4 * a + 3] - layer->boxes[4 * a + 1];
        int64_t count = edges_of(layer, a) > 0 ? count_bands(layer, a, height) : 0;
        double scale = (double)count / height;
        if (!isfinite(scale))
            scale = 0.0; /* a flat area: all in the first band */
        bands->scale[a] = scale;
        bands->area_start[a + 1] = bands->area_start[a] + count;
    }
    return GOV_OK;
}

/* Calls for each edge of an area with its bands: first to count the entries of each band, then to write them. */
static void visit_edges(const gov_layer *layer, const gov_bands *bands, int64_t area, int64_t *next,
                        int64_t *edges)
{
    for (int64_t r = layer->area_start[area]; r < layer->area_start[area + 1]; r++) {
        for (int64_t p = layer->ring_start[r]; p + 1 < layer->ring_start[r + 1]; p++) {
            double y0 = fmin(layer->xy[2 * p + 1], layer->xy[2 * p + 3]);
            double y1 = fmax(layer->xy[2 * p + 1], layer->xy[2 * p + 3]);
            int64_t last = bands->area_start[area] + band_of(layer, bands, area, y1);
            for (int64_t b = bands->area_start[area] + band_of(layer, bands, area, y0); b <= last; b++) {
                if (edges != NULL)
                    edges[next[b]] = p;
                next[b]++;
            }
        }
    }
}

static gov_status fill_bands(const gov_layer *layer, gov_bands *bands, gov_error *err)
{
    int64_t count = bands->area_start[layer->count];
    bands->start = gov_alloc_zero(count + 2, sizeof(int64_t));
    if (bands->start == NULL)
        return gov_fail_memory(err);
    int64_t *next =
        bands->start + 1; /* counts, then running ends: at the end each is the start of the next band */
    for (int64_t a = 0; a < layer->count; a++)
        visit_edges(layer, bands, a, next, NULL);
    int64_t sum = 0;
    for (int64_t b = 0; b < count; b++) {
        int64_t n = next[b];
        next[b] = sum;
        sum += n;
    }
    bands->edges = gov_alloc(sum, sizeof(int64_t));
    if (bands->edges == NULL)
        return gov_fail_memory(err);
    for (int64_t a = 0; a < layer->count; a++)
        visit_edges(layer, bands, a, next, bands->edges);
    return GOV_OK;
}

gov_status gov_bands_new(const gov_layer *layer, gov_bands **out, gov_error *err)
{
    gov_bands *bands = gov_alloc_zero(1, sizeof(*bands));
    if (bands == NULL)
        return gov_fail_memory(err);
    gov_status status = plan_bands(layer, bands, err);
    if (status == GOV_OK)
        status = fill_bands(layer, bands, err);
    if (status == GOV_OK)
        *out = bands;
    else
        gov_bands_free(bands);
    return status;
}

void gov_bands_free(gov_bands *bands)
{
    if (bands == NULL)
        return;
    gov_free(bands->area_start);
    gov_free(bands->start);
    gov_free(bands->edges);
    gov_free(bands->scale);
    gov_free(bands);
}

/* Whether the ray from the point to the right crosses the edge a-b; *on is set if the point lies on it. */
static int crosses(const double *a, const double *b, const double *point, int *on)
{
    double x = point[0];
    double y = point[1];
    int upward = a[1] <= y && y < b[1];
    int downward = b[1] <= y && y < a[1];
    if (x > a[0] && x > b[0])
        return 0;
    if (x < a[0] && x < b[0])
        return upward || downward;
    if ((y > a[1] && y > b[1]) || (y < a[1] && y < b[1]))
        return 0;
    int turn = gov_orient(a, b, point);
    *on |= turn == 0;
    return (upward && turn > 0) || (downward && turn < 0);
}

gov_side gov_layer_side_of(const gov_layer *layer, int64_t area, const double *point)
{
    const double *box = layer->boxes + 4 * area;
    if (!(point[0] >= box[0] && point[0] <= box[2] && point[1] >= box[1] && point[1] <= box[3]))
        return GOV_SIDE_OUTSIDE;
    const gov_bands *bands = layer->bands;
    int64_t band = bands->area_start[area] + band_of(layer, bands, area, point[1]);
    int inside = 0;
    int on = 0;
    for (int64_t e = bands->start[band]; e < bands->start[band + 1]; e++) {
        const double *a = layer->xy + 2 * bands->edges[e];
        inside ^= crosses(a, a + 2, point, &on);
    }
    return on ? GOV_SIDE_BOUNDARY : inside ? GOV_SIDE_INSIDE : GOV_SIDE_OUTSIDE;
}
