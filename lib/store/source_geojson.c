/* source_geojson.c - importing a GeoJSON file: one row a feature.
 *
 * GeoJSON has no header, so the file is read once before the rows to see which columns there are: the features' "id",
 * every name in their properties in the order of first sight, and what their geometries give: lon and lat (a Point),
 * boundary (a Polygon or MultiPolygon, as WKT). A property within an object has the names joined by a dot. What is
 * kept of the file is these names and one feature. Values are their text as it stands in the file, so that a code of
 * eighteen digits loses none; the importer reads them as it reads CSV. */
#include "geo/features.h"
#include "geo/geojson.h"
#include "geo/layer.h"
#include "store/batches.h"

#include <math.h>
#include <string.h>

enum { MOST_COLUMNS = 4096 };

typedef enum role { PROPERTY, ID, LON, LAT, BOUNDARY } role;

/* A column's value in the feature at hand; `feature` is that feature's number if it has one. */
typedef struct column {
    const char *name;
    role role;
    int64_t feature;
    int64_t start, size; /* in `texts` */
} column;

typedef struct geojson_source {
    gov_batches base;
    const char *encoding;
    gov_features *features;
    gov_arena arena;
    column *columns;
    int64_t count, capacity, guess; /* guess: where the next property is likely to be */
    int64_t special[BOUNDARY + 1];  /* by role: the column, or -1 */
    int64_t feature;                /* the number of the one at hand, from 1 */
    double position[2];
    gov_layer_builder area;
    gov_buffer name, key, text, texts;
} geojson_source;

/* --- Columns ---------------------------------------------------------------------------------------------- */

static gov_status add_column(geojson_source *s, const char *name, int64_t size, role r, int64_t *out,
                             gov_error *err)
{
    gov_place place = {.file = s->base.path, .name = name, .name_size = size, .row = -1};
    if (s->base.header != NULL)
        return gov_fail_at(err, GOV_E_CONFLICT, &place, "the file was changed while it was read");
    if (s->count == MOST_COLUMNS)
        return gov_fail_at(err, GOV_E_LIMIT, &place, "the features have more than %d properties",
                           MOST_COLUMNS);
    GOV_TRY(gov_grow((void **)&s->columns, &s->capacity, s->count + 1, sizeof(column), err));
    const char *copy = gov_arena_text(&s->arena, name, size);
    if (copy == NULL)
        return gov_fail_memory(err);
    s->columns[s->count] = (column){.name = copy, .role = r};
    *out = s->count++;
    return GOV_OK;
}

/* Features name their properties in one order more often than not: the search begins behind the last one found. */
static gov_status property_column(geojson_source *s, int64_t *out, gov_error *err)
{
    for (int64_t i = 0; i < s->count; i++) {
        int64_t at = (s->guess + i) % s->count;
        if (s->columns[at].role == PROPERTY && gov_json_is(&s->name, s->columns[at].name)) {
            s->guess = at + 1;
            *out = at;
            return GOV_OK;
        }
    }
    return add_column(s, s->name.data != NULL ? s->name.data : "", s->name.size, PROPERTY, out, err);
}

static gov_status special_column(geojson_source *s, role r, int64_t *out, gov_error *err)
{
    static const char *const names[] = {[ID] = "id", [LON] = "lon", [LAT] = "lat", [BOUNDARY] = "boundary"};
    if (s->special[r] < 0)
        GOV_TRY(add_column(s, names[r], -1, r, &s->special[r], err));
    *out = s->special[r];
    return GOV_OK;
}

/* --- Values ----------------------------------------------------------------------------------------------- */

static void set(geojson_source *s, column *c, const char *text, int64_t size)
{
    c->feature = s->feature;
    c->start = s->texts.size;
    c->size = size;
    if (size > 0)
        gov_buffer_bytes(&s->texts, text, size);
}

/* A text without its quotes, null as missing, anything else as it stands. */
static gov_status take_value(geojson_source *s, gov_json *j, int64_t i, gov_error *err)
{
    const char *start = "";
    int64_t size = 0;
    column *c = &s->columns[i];
    if (c->feature == s->feature)
        return gov_json_fail(j, GOV_E_DUPLICATE, "the feature has this property twice", err);
    if (gov_json_kind(j) == '"') {
        GOV_TRY(gov_json_string(j, &s->text, err));
        set(s, c, s->text.data, s->text.size);
        return GOV_OK;
    }
    int missing = gov_json_kind(j) == 'n';
    GOV_TRY(gov_json_skip(j, &start, &size, err));
    set(s, c, start, missing ? -1 : size);
    return GOV_OK;
}

/* The members of an object; `prefix` bytes of s->name stand before their names. Objects within it are walked in turn:
 * the JSON reader's bound on depth is the bound here. */
static gov_status take_properties(geojson_source *s, gov_json *j, int64_t prefix, gov_error *err)
{
    int more = 1;
    GOV_TRY(gov_json_open(j, '{', err));
    for (;;) {
        int64_t i = 0;
        GOV_TRY(gov_json_key(j, &s->key, &more, err));
        if (!more)
            return GOV_OK;
        s->name.size = prefix;
        gov_buffer_bytes(&s->name, s->key.data, s->key.size);
        if (gov_json_kind(j) == '{') {
            gov_buffer_char(&s->name, '.');
            GOV_TRY(take_properties(s, j, s->name.size, err));
        } else if (s->name.broken) {
            return gov_fail_memory(err);
        } else {
            GOV_TRY(property_column(s, &i, err));
            GOV_TRY(take_value(s, j, i, err));
        }
    }
}

static gov_status take_point(geojson_source *s, gov_json coordinates, gov_error *err)
{
    int64_t lon = 0, lat = 0;
    GOV_TRY(special_column(s, LON, &lon, err));
    GOV_TRY(special_column(s, LAT, &lat, err));
    GOV_TRY(gov_geojson_position(&coordinates, s->position, err));
    if (!isfinite(s->position[0]) || !isfinite(s->position[1]))
        return gov_json_fail(&coordinates, GOV_E_FORMAT, "the position is not finite", err);
    s->columns[lon].feature = s->columns[lat].feature = s->feature;
    return GOV_OK;
}

static gov_status take_area(geojson_source *s, gov_json geometry, gov_error *err)
{
    int64_t i = 0;
    GOV_TRY(special_column(s, BOUNDARY, &i, err));
    s->area.areas = s->area.rings = s->area.points = 0;
    GOV_TRY(gov_geojson_area(&geometry, &s->area, err));
    s->text.size = 0;
    GOV_TRY(gov_layer_builder_wkt(&s->area, &s->text, err));
    set(s, &s->columns[i], s->text.data, s->text.size);
    return GOV_OK;
}

static gov_status take_geometry(geojson_source *s, gov_json j, gov_error *err)
{
    gov_json at = j;
    gov_geojson_object g;
    if (gov_json_kind(&j) == 'n')
        return GOV_OK;
    GOV_TRY(gov_geojson_scan(&j, &g, err));
    int point = gov_json_is(&g.type, "Point"),
        area = gov_json_is(&g.type, "Polygon") || gov_json_is(&g.type, "MultiPolygon");
    gov_buffer_clear(&g.type);
    if (!point && !area)
        return gov_json_fail(&at, GOV_E_UNSUPPORTED,
                             "expected a geometry of the type Point, Polygon or MultiPolygon", err);
    if (g.coordinates.text == NULL)
        return gov_json_fail(&at, GOV_E_FORMAT, "the geometry has no coordinates", err);
    return point ? take_point(s, g.coordinates, err) : take_area(s, at, err);
}

static gov_status take_parts(geojson_source *s, const gov_json *at, gov_geojson_object *o, gov_error *err)
{
    int64_t i = 0;
    if (!gov_json_is(&o->type, "Feature"))
        return gov_json_fail(at, GOV_E_FORMAT, "expected an object of the type Feature", err);
    if (o->geometry.text == NULL)
        return gov_json_fail(at, GOV_E_FORMAT, "the feature has no geometry", err);
    if (o->id.text != NULL) {
        GOV_TRY(special_column(s, ID, &i, err));
        GOV_TRY(take_value(s, &o->id, i, err));
    }
    if (o->properties.text != NULL && gov_json_kind(&o->properties) != 'n')
        GOV_TRY(take_properties(s, &o->properties, 0, err));
    GOV_TRY(take_geometry(s, o->geometry, err));
    return s->texts.broken ? gov_fail_memory(err) : GOV_OK;
}

static gov_status take_feature(geojson_source *s, gov_json j, gov_error *err)
{
    gov_json at = j;
    gov_geojson_object o;
    s->feature++;
    s->texts.size = s->name.size = 0;
    GOV_TRY(gov_geojson_scan(&j, &o, err));
    gov_status status = take_parts(s, &at, &o, err);
    gov_buffer_clear(&o.type);
    return status;
}

static gov_status fail_for(const geojson_source *s, gov_status status, const gov_error *why, gov_error *err)
{
    gov_place place = {.file = s->base.path, .name = why->name, .name_size = -1, .row = s->feature - 1};
    return gov_fail_at(err, status, &place, "%s", why->message);
}

/* --- Rows ------------------------------------------------------------------------------------------------- */

static gov_status add_cell(geojson_source *s, int64_t i, gov_error *err)
{
    const column *c = &s->columns[i];
    gov_table_builder *b = s->base.builder;
    if (c->feature != s->feature || c->size < 0)
        return gov_table_builder_null(b, i, err);
    if (c->role == LON || c->role == LAT)
        return gov_table_builder_double(b, i, s->position[c->role == LAT], err);
    return gov_table_builder_text(b, i, c->size > 0 ? s->texts.data + c->start : "", c->size, err);
}

static const char *chinese(gov_status status)
{
    switch (status) {
    case GOV_E_UNSUPPORTED:
        return "几何类型只能是 Point、Polygon 或 MultiPolygon";
    case GOV_E_DUPLICATE:
        return "要素中同一属性出现两次";
    default:
        return "要素不符合 GeoJSON（RFC 7946）的格式";
    }
}

static gov_status read_feature(gov_batches *b, int *more, gov_error *err)
{
    geojson_source *s = (geojson_source *)b;
    gov_error why = GOV_ERROR_INIT;
    gov_json feature;
    GOV_TRY(gov_features_next(s->features, &feature, more, err));
    if (!*more)
        return GOV_OK;
    gov_status status = take_feature(s, feature, &why);
    if (gov_batches_can_go_on(status)) {
        gov_batches_refuse_for(b, status, &why, chinese(status), why.message);
        return GOV_OK;
    }
    if (status != GOV_OK)
        return fail_for(s, status, &why, err);
    for (int64_t i = 0; i < s->count; i++)
        GOV_TRY(add_cell(s, i, err));
    gov_batches_row(b, feature.lines_before + 1);
    return GOV_OK;
}

/* --- The header ------------------------------------------------------------------------------------------- */

static gov_status open_file(geojson_source *s, gov_error *err)
{
    gov_features_close(s->features);
    s->features = NULL;
    s->feature = 0;
    s->base.fault.code = GOV_OK;
    for (int64_t i = 0; i < s->count; i++)
        s->columns[i].feature = 0;
    return gov_features_open(s->base.path, s->encoding, &s->features, err);
}

static gov_status rewind_file(gov_source *source, gov_error *err)
{
    return open_file((geojson_source *)source, err);
}

/* Faults of single features are left to the rows' pass, which reports them. */
static gov_status find_columns(geojson_source *s, gov_error *err)
{
    gov_error why = GOV_ERROR_INIT;
    gov_json feature;
    int more = 1;
    for (;;) {
        GOV_TRY(gov_features_next(s->features, &feature, &more, err));
        s->base.base.total = s->feature;
        if (!more)
            return GOV_OK;
        gov_status status = take_feature(s, feature, &why);
        if (status != GOV_OK && (status == GOV_E_LIMIT || !gov_batches_can_go_on(status)))
            return fail_for(s, status, &why, err);
    }
}

/* A property that goes by the name of what the feature itself or its geometry gives is told apart by a prefix, so that
 * neither is dropped unseen. */
static gov_status name_column(geojson_source *s, column *c, gov_error *err)
{
    int clashes = 0;
    for (int r = ID; r <= BOUNDARY && c->role == PROPERTY; r++)
        clashes |= s->special[r] >= 0 && strcmp(s->columns[s->special[r]].name, c->name) == 0;
    gov_type type = c->role == LON || c->role == LAT ? GOV_TYPE_FLOAT64 : GOV_TYPE_UTF8;
    s->text.size = 0;
    gov_buffer_format(&s->text, "%s%s", clashes ? "properties." : "", c->name);
    gov_buffer_char(&s->text, '\0');
    if (s->text.broken)
        return gov_fail_memory(err);
    return gov_table_builder_add(s->base.builder, s->text.data, type, NULL, err);
}

static gov_status make_header(geojson_source *s, gov_error *err)
{
    const char *crs = gov_features_crs(s->features);
    for (int64_t i = 0; i < s->count; i++)
        GOV_TRY(name_column(s, &s->columns[i], err));
    GOV_TRY(gov_table_builder_finish(s->base.builder, &s->base.header, err));
    s->base.base.header = s->base.header;
    s->base.base.crs = crs != NULL ? gov_arena_text(&s->arena, crs, -1) : NULL;
    return crs != NULL && s->base.base.crs == NULL ? gov_fail_memory(err) : GOV_OK;
}

static gov_status begin(geojson_source *s, const char *path, gov_error *err)
{
    for (int r = ID; r <= BOUNDARY; r++)
        s->special[r] = -1;
    GOV_TRY(gov_batches_init(&s->base, path, read_feature, rewind_file, err));
    GOV_TRY(open_file(s, err));
    GOV_TRY(find_columns(s, err));
    GOV_TRY(make_header(s, err));
    return open_file(s, err);
}

static void clear(geojson_source *s)
{
    gov_features_close(s->features);
    gov_batches_clear(&s->base);
    gov_layer_builder_clear(&s->area);
    gov_buffer_clear(&s->name);
    gov_buffer_clear(&s->key);
    gov_buffer_clear(&s->text);
    gov_buffer_clear(&s->texts);
    gov_free(s->columns);
    gov_arena_clear(&s->arena);
}

gov_status gov_store_import_geojson(gov_store *store, const char *kind, const char *path,
                                    const gov_import_options *options, gov_import_result *result,
                                    gov_table **report, gov_error *err)
{
    gov_import_options o;
    if (path == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "path must be given");
    GOV_TRY(gov_import_check(store, options, &o, result, err));
    geojson_source *s = gov_alloc_zero(1, sizeof(*s));
    if (s == NULL)
        return gov_fail_memory(err);
    s->arena = (gov_arena)GOV_ARENA_INIT;
    s->encoding = o.encoding;
    gov_status status = begin(s, path, err);
    if (status == GOV_OK)
        status = gov_import_run(store, kind, &s->base.base, &o, result, report, err);
    status = gov_store_name_file(status, path, err);
    clear(s);
    gov_free(s);
    return status;
}
