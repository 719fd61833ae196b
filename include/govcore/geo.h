/* geo.h - where things lie: areas with holes, which area a point is in, distances, coordinate systems, and whether a
 * layer of areas covers its ground.
 *
 * Coordinates are pairs (x, y): longitude and latitude in degrees, or plane coordinates of a city's own survey.
 * Edges are straight in these coordinates, as GeoJSON (RFC 7946) has them; no edge crosses the 180th meridian.
 *
 *     gov_layer *grids = NULL;  int64_t area;  double x = 121.437, y = 31.188;
 *     gov_layer_read_geojson("grids.geojson", &grids, NULL, &err);
 *     gov_layer_assign(grids, &x, &y, NULL, 1, NULL, &area, &err);
 *
 * Threads: a layer never changes and may be shared by threads.   Ownership: *out is yours. */
#ifndef GOVCORE_GEO_H
#define GOVCORE_GEO_H

#include "govcore/table.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Areas 0, 1, 2 ...: each a polygon or several, with holes, or empty. */
typedef struct gov_layer gov_layer;

/* --- Making a layer ----------------------------------------------------------------------------------
 *
 * of_table: area i is row i of the UTF8 column, as WKT (POLYGON, MULTIPOLYGON; EMPTY; a leading SRID=n; is passed
 *           over) or as a GeoJSON geometry; a missing value is an empty area.
 * geojson:  area i is feature i of a FeatureCollection (also a lone Feature or geometry). `properties` (may be
 *           NULL) gets a table with one row for each feature and one column for each name in its properties, in
 *           the order of first sight, and a first column "id" if features have ids: bool, int64, float64 or utf8
 *           by all values of the column; nested values are their JSON text. `name` stands for the file in errors.
 *
 * A ring has at least 4 points and ends where it begins. Third ordinates are read and dropped.
 * Errors: GOV_E_FORMAT with row and name (of_table) or file, line and column (GeoJSON); GOV_E_RANGE for an
 * ordinate that is not finite; GOV_E_UNSUPPORTED for points, lines and collections; GOV_E_TYPE unless the column
 * is UTF8. */
GOV_API gov_status gov_layer_of_table(const gov_table *table, int64_t column, gov_layer **out,
                                      gov_error *err);
GOV_API gov_status gov_layer_read_geojson(const char *path, gov_layer **out, gov_table **properties,
                                          gov_error *err);
GOV_API gov_status gov_layer_parse_geojson(const char *text, int64_t size, const char *name, gov_layer **out,
                                           gov_table **properties, gov_error *err);
GOV_API gov_layer *gov_layer_retain(const gov_layer *layer);
GOV_API void gov_layer_free(gov_layer *layer);

/* --- Reading a layer ---------------------------------------------------------------------------------
 *
 * bounds: least x, least y, most x, most y; GOV_E_NO_DATA for an empty area.
 * wkt:    POLYGON, MULTIPOLYGON or POLYGON EMPTY, with ordinates that read back equal.
 * All give GOV_E_RANGE for an area that the layer does not have. */
GOV_API int64_t gov_layer_count(const gov_layer *layer);
GOV_API gov_status gov_layer_bounds(const gov_layer *layer, int64_t area, double box[4], gov_error *err);
GOV_API gov_status gov_layer_wkt(const gov_layer *layer, int64_t area, gov_text **out, gov_error *err);

/* --- Points in areas ---------------------------------------------------------------------------------
 *
 * Which side of its boundary a point is on is decided exactly for the numbers given (0, or between 1e-140 and 1e140
 * in size), whatever rounding does. A point on the boundary of an area (a hole's too) belongs to the area. */
typedef enum gov_side { GOV_SIDE_OUTSIDE = 0, GOV_SIDE_BOUNDARY = 1, GOV_SIDE_INSIDE = 2 } gov_side;

GOV_API gov_status gov_layer_side(const gov_layer *layer, int64_t area, double x, double y, gov_side *out,
                                  gov_error *err);

typedef struct gov_assign_options {
    uint32_t struct_size; /* sizeof(gov_assign_options), set by GOV_ASSIGN_OPTIONS_INIT */
    int threads;          /* 0: 1 */
    gov_run *run;         /* may be NULL */
} gov_assign_options;

#define GOV_ASSIGN_OPTIONS_INIT                       \
    {                                                 \
        (uint32_t)sizeof(gov_assign_options), 0, NULL \
    }

/* For each point the first area (the one with the least number) that it belongs to, or -1; -1 also where `valid`
 * (may be NULL) is 0 or an ordinate is not finite. A point on a border between two areas so has one owner.
 * assign_table: the same for two numeric columns, as a table of one int64 column "area", missing where there is
 * none. The result does not depend on the number of threads. Errors: GOV_E_CANCELLED. */
GOV_API gov_status gov_layer_assign(const gov_layer *layer, const double *x, const double *y,
                                    const uint8_t *valid, int64_t count, const gov_assign_options *options,
                                    int64_t *area, gov_error *err);
GOV_API gov_status gov_layer_assign_table(const gov_layer *layer, const gov_table *points, const char *x,
                                          const char *y, const gov_assign_options *options, gov_table **out,
                                          gov_error *err);

/* --- A layer as a cover of its ground ----------------------------------------------------------------
 *
 * Both look at all borders together, as a mesh of edges on a lattice of 2^40 steps over the layer (1e-12 degrees for
 * a layer one degree wide); what is narrower than a step is not seen. Lengths and areas are in metres: of degrees, on
 * the sphere R1 at the place's latitude (0.6 % at most), or as they are if `planar` is not 0. */
typedef struct gov_cover_options {
    uint32_t struct_size; /* sizeof(gov_cover_options), set by GOV_COVER_OPTIONS_INIT */
    int planar;           /* 0: longitude and latitude in degrees; 1: metres */
    double sliver; /* a fault with 4 pi area / perimeter^2 under this is a sliver; 0: 0.05 (a circle has 1) */
    gov_run *run;  /* may be NULL */
} gov_cover_options;

#define GOV_COVER_OPTIONS_INIT                            \
    {                                                     \
        (uint32_t)sizeof(gov_cover_options), 0, 0.0, NULL \
    }

/* Every fault of the layer, one row each:
 *   fault          utf8     "self_intersection": a border crosses or runs along itself (such an area is read by the
 *                           even-odd rule); "overlap": ground of two or more areas; "gap": ground of none that is
 *                           enclosed by areas
 *   area, other    int64    the first two of `areas`; other is missing if there is one only
 *   areas          utf8     all areas concerned, as "3 7 9": those that overlap, or that border on the gap
 *   square_metres  float64  missing for a self-intersection
 *   sliver         bool     long and thin: more likely careless digitising than ground without an owner
 *   x, y           float64  a point of the fault's border
 *   wkt            utf8     POINT of a self-intersection, else the POLYGON of the ground
 * Errors: GOV_E_CANCELLED; GOV_E_UNSUPPORTED if the borders cannot be made to meet on the lattice. */
GOV_API gov_status gov_layer_audit(const gov_layer *layer, const gov_cover_options *options, gov_table **out,
                                   gov_error *err);

/* Which areas touch: rows (area, neighbour, border_metres), each pair in both directions, sorted. All rows are queen
 * contiguity; those with border_metres > 0 are rook contiguity. Areas that overlap touch. Errors as above. */
GOV_API gov_status gov_layer_neighbours(const gov_layer *layer, const gov_cover_options *options,
                                        gov_table **out, gov_error *err);

/* --- Distances in metres between (longitude, latitude) in degrees ------------------------------------
 *
 * great_circle: on the sphere of the mean earth radius R1 = 6 371 008.8 m (IUGG), without loss for near or opposite
 *               points; up to 0.56 % off the ellipsoid.
 * geodesic:     on the ellipsoid of CGCS2000 (GRS 80 figures; WGS 84 differs by less than 0.1 mm), to 0.1 mm;
 *               GOV_E_UNSUPPORTED for points so nearly opposite that the method (Vincenty 1975) does not settle.
 * Both: GOV_E_RANGE for a latitude beyond 90 degrees or a longitude beyond 360, or not a number. */
GOV_API gov_status gov_geo_great_circle(double lon1, double lat1, double lon2, double lat2, double *metres,
                                        gov_error *err);
GOV_API gov_status gov_geo_geodesic(double lon1, double lat1, double lon2, double lat2, double *metres,
                                    gov_error *err);

/* --- Coordinate systems ------------------------------------------------------------------------------
 *
 * CGCS2000 and WGS 84 are taken as one: their ellipsoids differ by 0.1 mm; their frames by the movement of the plates
 * since 2000 (decimetres), which needs epochs and a model and is not done here.
 * GCJ-02 is the offset system of Chinese web maps. Its formula is not published; the one used here is that of the
 * open implementations. Its inverse is iterated until it gives the point back to 1e-10 degrees. Outside the box
 * 72.004 to 137.8347 E, 0.8293 to 55.8271 N nothing is changed. */
typedef enum gov_datum { GOV_DATUM_CGCS2000 = 0, GOV_DATUM_WGS84 = 1, GOV_DATUM_GCJ02 = 2 } gov_datum;

/* Converts `count` points in place. GOV_E_ARGUMENT for another datum; GOV_E_RANGE for an ordinate that is not
 * finite, with err->row; then nothing is changed. */
GOV_API gov_status gov_geo_convert(gov_datum from, gov_datum to, int64_t count, double *lon, double *lat,
                                   gov_error *err);

/* Plane coordinates of a local survey: x' = m[0] x + m[1] y + m[2], y' = m[3] x + m[4] y + m[5], in place. */
GOV_API gov_status gov_geo_affine(const double matrix[6], int64_t count, double *x, double *y,
                                  gov_error *err);

#ifdef __cplusplus
}
#endif

#endif
