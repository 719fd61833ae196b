/* geojson.c - areas of GeoJSON (RFC 7946). Members may come in any order, so the place of "coordinates" is kept and
 * read when "type" is known. */
#include "base/file.h"
#include "base/json.h"
#include "geo/geojson.h"
#include "geo/properties.h"

#include <string.h>

enum { LARGEST_FILE = 1 << 30 };

gov_status gov_geojson_position(gov_json *j, double ordinate[2], gov_error *err)
{
    double dropped;
    int more = 1;
    GOV_TRY(gov_json_open(j, '[', err));
    for (int n = 0;; n++) {
        GOV_TRY(gov_json_element(j, &more, err));
        if (!more && n < 2)
            return gov_json_fail(j, GOV_E_FORMAT, "a position has at least two numbers", err);
        if (!more)
            return GOV_OK;
        GOV_TRY(gov_json_number(j, n < 2 ? &ordinate[n] : &dropped, err));
    }
}

static gov_status take_point(gov_json *j, gov_layer_builder *b, gov_error *err)
{
    double ordinate[2] = {0.0, 0.0};
    GOV_TRY(gov_geojson_position(j, ordinate, err));
    return gov_layer_add_point(b, ordinate[0], ordinate[1], err);
}

static gov_status take_ring(gov_json *j, int outer, gov_layer_builder *b, gov_error *err)
{
    int more = 1;
    GOV_TRY(gov_layer_begin_ring(b, outer, err));
    GOV_TRY(gov_json_open(j, '[', err));
    for (;;) {
        GOV_TRY(gov_json_element(j, &more, err));
        if (!more)
            break;
        GOV_TRY(take_point(j, b, err));
    }
    const char *fault = gov_layer_ring_fault(b);
    return fault == NULL ? GOV_OK : gov_json_fail(j, GOV_E_FORMAT, fault, err);
}

/* The rings of one polygon (depth 1) or the polygons of several (depth 2). */
static gov_status take_coordinates(gov_json *j, int depth, gov_layer_builder *b, gov_error *err)
{
    int more = 1;
    GOV_TRY(gov_json_open(j, '[', err));
    for (int n = 0;; n++) {
        GOV_TRY(gov_json_element(j, &more, err));
        if (!more)
            return GOV_OK;
        GOV_TRY(depth == 2 ? take_coordinates(j, 1, b, err) : take_ring(j, n == 0, b, err));
    }
}

static gov_json *part_named(gov_geojson_object *o, const gov_buffer *key)
{
    return gov_json_is(key, "coordinates")  ? &o->coordinates
           : gov_json_is(key, "geometry")   ? &o->geometry
           : gov_json_is(key, "properties") ? &o->properties
           : gov_json_is(key, "id")         ? &o->id
           : gov_json_is(key, "features")   ? &o->features
                                            : NULL;
}

static gov_status scan_members(gov_json *j, gov_geojson_object *o, gov_buffer *key, gov_error *err)
{
    int more = 1;
    GOV_TRY(gov_json_open(j, '{', err));
    for (;;) {
        GOV_TRY(gov_json_key(j, key, &more, err));
        if (!more)
            return GOV_OK;
        gov_json *part = part_named(o, key);
        if (part != NULL)
            *part = *j;
        GOV_TRY(gov_json_is(key, "type") ? gov_json_string(j, &o->type, err)
                                         : gov_json_skip(j, NULL, NULL, err));
    }
}

gov_status gov_geojson_scan(gov_json *j, gov_geojson_object *o, gov_error *err)
{
    gov_buffer key = GOV_BUFFER_INIT;
    *o = (gov_geojson_object){.type = GOV_BUFFER_INIT};
    gov_status status = scan_members(j, o, &key, err);
    gov_buffer_clear(&key);
    if (status != GOV_OK)
        gov_buffer_clear(&o->type);
    return status;
}

static gov_status read_geometry(const gov_json *at, const gov_geojson_object *o, gov_layer_builder *b,
                                gov_error *err)
{
    gov_json coordinates = o->coordinates;
    int depth = gov_json_is(&o->type, "Polygon") ? 1 : gov_json_is(&o->type, "MultiPolygon") ? 2 : 0;
    if (depth == 0)
        return gov_json_fail(at, o->type.size == 0 ? GOV_E_FORMAT : GOV_E_UNSUPPORTED,
                             "expected a geometry of the type Polygon or MultiPolygon", err);
    if (coordinates.text == NULL)
        return gov_json_fail(at, GOV_E_FORMAT, "the geometry has no coordinates", err);
    return take_coordinates(&coordinates, depth, b, err);
}

gov_status gov_geojson_area(gov_json *j, gov_layer_builder *b, gov_error *err)
{
    gov_json at = *j;
    gov_geojson_object o;
    GOV_TRY(gov_layer_begin_area(b, err));
    if (gov_json_kind(j) == 'n') /* a feature without a place has the geometry null */
        return gov_json_skip(j, NULL, NULL, err);
    GOV_TRY(gov_geojson_scan(j, &o, err));
    gov_status status = read_geometry(&at, &o, b, err);
    gov_buffer_clear(&o.type);
    return status;
}

typedef struct collection {
    gov_layer_builder areas;
    gov_properties properties;
} collection;

static gov_status add_feature(const gov_json *at, gov_geojson_object *o, collection *c, gov_error *err)
{
    if (!gov_json_is(&o->type, "Feature"))
        return gov_json_fail(at, GOV_E_FORMAT, "expected an object of the type Feature", err);
    if (o->geometry.text == NULL)
        return gov_json_fail(at, GOV_E_FORMAT, "the feature has no geometry", err);
    GOV_TRY(gov_geojson_area(&o->geometry, &c->areas, err));
    return gov_properties_add(&c->properties, o->id.text == NULL ? NULL : &o->id,
                              o->properties.text == NULL ? NULL : &o->properties, err);
}

static gov_status add_features(gov_json *j, collection *c, gov_error *err)
{
    int more = 1;
    GOV_TRY(gov_json_open(j, '[', err));
    for (;;) {
        GOV_TRY(gov_json_element(j, &more, err));
        if (!more)
            return GOV_OK;
        gov_json at = *j;
        gov_geojson_object o;
        GOV_TRY(gov_geojson_scan(j, &o, err));
        gov_status status = add_feature(&at, &o, c, err);
        gov_buffer_clear(&o.type);
        if (status != GOV_OK)
            return status;
    }
}

static gov_status add_document(gov_json *j, collection *c, gov_error *err)
{
    gov_json at = *j;
    gov_geojson_object o;
    GOV_TRY(gov_geojson_scan(j, &o, err));
    gov_status status;
    if (gov_json_is(&o.type, "FeatureCollection") && o.features.text != NULL)
        status = add_features(&o.features, c, err);
    else if (gov_json_is(&o.type, "Feature"))
        status = add_feature(&at, &o, c, err);
    else if ((status = gov_geojson_area(&at, &c->areas, err)) == GOV_OK)
        status = gov_properties_add(&c->properties, NULL, NULL, err);
    gov_buffer_clear(&o.type);
    return status == GOV_OK ? gov_json_end(j, err) : status;
}

gov_status gov_layer_parse_geojson(const char *text, int64_t size, const char *name, gov_layer **out,
                                   gov_table **properties, gov_error *err)
{
    if (text == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "text and out must be given");
    size = size < 0 ? (int64_t)strlen(text) : size;
    int64_t mark = size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    gov_json j = gov_json_of(text + mark, size - mark, name);
    collection c = {.areas = {.areas = 0}};
    gov_table *table = NULL;
    gov_status status = add_document(&j, &c, err);
    if (status == GOV_OK && properties != NULL)
        status = gov_properties_finish(&c.properties, &table, err);
    gov_properties_clear(&c.properties);
    if (status == GOV_OK)
        status = gov_layer_finish(&c.areas, out, err);
    gov_layer_builder_clear(&c.areas);
    if (status == GOV_OK && properties != NULL)
        *properties = table;
    else
        gov_table_free(table);
    return status;
}

gov_status gov_layer_read_geojson(const char *path, gov_layer **out, gov_table **properties, gov_error *err)
{
    char *text;
    int64_t size;
    if (path == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "path and out must be given");
    GOV_TRY(gov_file_read(path, LARGEST_FILE, &text, &size, err));
    gov_status status = gov_layer_parse_geojson(text, size, path, out, properties, err);
    gov_free(text);
    return status;
}
