/* layer.h - a layer from inside: rings of points, bands of edges for one area, cells for all of them. */
#ifndef GOVCORE_GEO_LAYER_H
#define GOVCORE_GEO_LAYER_H

#include "base/buffer.h"
#include "govcore/geo.h"

#include <stdatomic.h>

/* Ring r has the points [ring_start[r], ring_start[r+1]); the last equals the first, so point p and p + 1 are an edge
 * but for the last p. Area a has the rings [area_start[a], area_start[a+1]). */
struct gov_layer {
    atomic_llong owners;
    int64_t count;
    int64_t *area_start;
    int64_t *ring_start;
    uint8_t *ring_outer; /* 1: begins a polygon, 0: a hole of the one before */
    double *xy;          /* x and y of point p at 2p and 2p + 1 */
    double *boxes;       /* of area a at 4a; least above most if it is empty */
    struct gov_bands *bands;
    struct gov_cells *cells;
};

/* Filling a layer. A failed call leaves the builder to be cleared. */
typedef struct gov_layer_builder {
    int64_t areas;
    int64_t areas_capacity;
    int64_t *area_start;
    int64_t rings;
    int64_t rings_capacity;
    int64_t *ring_start;
    int64_t outer_capacity;
    uint8_t *ring_outer;
    int64_t points;
    int64_t points_capacity;
    double *xy;
} gov_layer_builder;

gov_status gov_layer_begin_area(gov_layer_builder *builder, gov_error *err);
gov_status gov_layer_begin_ring(gov_layer_builder *builder, int outer, gov_error *err);
gov_status gov_layer_add_point(gov_layer_builder *builder, double x, double y, gov_error *err);
/* NULL if the last ring is good, else what is wrong with it. */
const char *gov_layer_ring_fault(const gov_layer_builder *builder);
/* Appends the builder's areas as WKT (a builder of one area gives its text), and empties it but for its memory. */
gov_status gov_layer_builder_wkt(gov_layer_builder *builder, gov_buffer *out, gov_error *err);
/* Makes the layer with its indices, and empties the builder (also when it fails). */
gov_status gov_layer_finish(gov_layer_builder *builder, gov_layer **out, gov_error *err);
void gov_layer_builder_clear(gov_layer_builder *builder);

/* Appends one area read from WKT or from a GeoJSON geometry. Errors as for gov_layer_of_table, with the column in
 * the text (WKT) or file, line and column. */
gov_status gov_wkt_area(const char *text, int64_t size, gov_layer_builder *builder, gov_error *err);
struct gov_json;
gov_status gov_geojson_area(struct gov_json *json, gov_layer_builder *builder, gov_error *err);
void gov_wkt_format(const gov_layer *layer, int64_t area, gov_buffer *out);

/* The sign of the area of the triangle a, b, c: 1 if it turns left (counter-clockwise), -1 right, 0 straight; exact. */
int gov_orient(const double *a, const double *b, const double *c);

/* Edges of each area by horizontal bands: a point meets only the edges of its band. */
typedef struct gov_bands {
    int64_t *area_start; /* first band of area a */
    int64_t *start;      /* first entry of a band */
    int64_t *edges;      /* the edge's first point */
    double *scale;       /* bands per unit of y of an area */
} gov_bands;

gov_status gov_bands_new(const gov_layer *layer, gov_bands **out, gov_error *err);
void gov_bands_free(gov_bands *bands);
gov_side gov_layer_side_of(const gov_layer *layer, int64_t area, const double *point);

/* A raster over all areas. A cell that lies wholly inside its first area holds that area's number; one that no area
 * reaches holds -1; another holds -2 - e, and entries[e] and the following, up to a -1, are its areas in order: 2 ×
 * area, plus 1 if the whole cell lies inside the area. */
typedef struct gov_cells {
    double x0;
    double y0;
    double x1;
    double y1;
    double x_scale; /* cells per unit */
    double y_scale;
    int64_t columns;
    int64_t rows;
    int32_t *cell;
    int32_t *entries;
} gov_cells;

gov_status gov_cells_new(const gov_layer *layer, gov_cells **out, gov_error *err);
void gov_cells_free(gov_cells *cells);

#endif
