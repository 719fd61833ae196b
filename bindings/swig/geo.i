// geo.i - layers of areas, points in them, distances, coordinate systems.
%{
#include "govcore/geo.h"
%}
GOV_HANDLE(gov_layer, NativeLayer, gov_layer_free)
GOV_HEADER("govcore/geo.h")

%inline %{
static gov_layer *layer_of_table(gov_table *table, int64_t column, gov_error *err)
{
    gov_layer *out = NULL;
    gov_layer_of_table(table, column, &out, err);
    return out;
}

static gov_layer *layer_read_geojson(const char *path, gov_error *err)
{
    gov_layer *out = NULL;
    gov_layer_read_geojson(path, &out, NULL, err);
    return out;
}

// The properties of the same file.
static gov_table *layer_read_properties(const char *path, gov_error *err)
{
    gov_layer *layer = NULL;
    gov_table *out = NULL;
    gov_layer_read_geojson(path, &layer, &out, err);
    gov_layer_free(layer);
    return out;
}

static gov_layer *layer_parse_geojson(in_bytes text, const char *name, gov_error *err)
{
    gov_layer *out = NULL;
    gov_layer_parse_geojson(text.data != NULL ? (const char *)text.data : "", text.n, name, &out, NULL, err);
    return out;
}

static int64_t layer_count(gov_layer *layer)
{
    return gov_layer_count(layer);
}

static void layer_bounds(gov_layer *layer, int64_t area, out_doubles box, gov_error *err)
{
    if (box.n != 4)
        refuse(err, "a box has four bounds");
    else
        gov_layer_bounds(layer, area, box.data, err);
}

static gov_text *layer_wkt(gov_layer *layer, int64_t area, gov_error *err)
{
    gov_text *out = NULL;
    gov_layer_wkt(layer, area, &out, err);
    return out;
}

static int layer_side(gov_layer *layer, int64_t area, double x, double y, gov_error *err)
{
    gov_side side = GOV_SIDE_OUTSIDE;
    gov_layer_side(layer, area, x, y, &side, err);
    return (int)side;
}

static void layer_assign(gov_layer *layer, in_doubles x, in_doubles y, in_bytes valid, int threads, gov_run *run,
                         out_int64s area, gov_error *err)
{
    gov_assign_options options = GOV_ASSIGN_OPTIONS_INIT;
    options.threads = threads;
    options.run = run;
    if (y.n != x.n || area.n != x.n || (valid.data != NULL && valid.n != x.n))
        refuse(err, "ordinates and results must be of one length");
    else
        gov_layer_assign(layer, x.data, y.data, valid.data, x.n, &options, area.data, err);
}

static gov_table *layer_assign_table(gov_layer *layer, gov_table *points, const char *x, const char *y,
                                     int threads, gov_run *run, gov_error *err)
{
    gov_assign_options options = GOV_ASSIGN_OPTIONS_INIT;
    gov_table *out = NULL;
    options.threads = threads;
    options.run = run;
    gov_layer_assign_table(layer, points, x, y, &options, &out, err);
    return out;
}

static gov_table *layer_audit(gov_layer *layer, int planar, double sliver, gov_run *run, gov_error *err)
{
    gov_cover_options options = GOV_COVER_OPTIONS_INIT;
    gov_table *out = NULL;
    options.planar = planar;
    options.sliver = sliver;
    options.run = run;
    gov_layer_audit(layer, &options, &out, err);
    return out;
}

static gov_table *layer_neighbours(gov_layer *layer, int planar, gov_run *run, gov_error *err)
{
    gov_cover_options options = GOV_COVER_OPTIONS_INIT;
    gov_table *out = NULL;
    options.planar = planar;
    options.run = run;
    gov_layer_neighbours(layer, &options, &out, err);
    return out;
}

static double geo_great_circle(double lon1, double lat1, double lon2, double lat2, gov_error *err)
{
    double metres = 0.0;
    gov_geo_great_circle(lon1, lat1, lon2, lat2, &metres, err);
    return metres;
}

static double geo_geodesic(double lon1, double lat1, double lon2, double lat2, gov_error *err)
{
    double metres = 0.0;
    gov_geo_geodesic(lon1, lat1, lon2, lat2, &metres, err);
    return metres;
}

// Converts in place.
static void geo_convert(int from, int to, out_doubles lon, out_doubles lat, gov_error *err)
{
    if (lon.n != lat.n)
        refuse(err, "longitudes and latitudes must be of one length");
    else
        gov_geo_convert((gov_datum)from, (gov_datum)to, lon.n, lon.data, lat.data, err);
}
%}
