/* near.c - what lies around a point.
 *
 * An R*Tree over the versions of every kind with lon and lat gives candidates from a box around the circle (Beckmann
 * et al. 1990, as SQLite keeps it); the great-circle distance decides. The box is a superset: near a pole or the
 * date line it spans all longitudes. The nearest are found by doubling the radius until enough are inside. */
#include "store/query.h"

#include <math.h>
#include <string.h>

#define EARTH_RADIUS_M 6371008.8
#define HALF_ROUND_M 20015114.0 /* no two points are further apart */
#define FIRST_RADIUS_M 100.0

typedef struct box {
    double west, east, south, north;
} box;

/* A little wider than exact, because the R*Tree holds 32-bit coordinates. */
static box box_around(double lon, double lat, double radius)
{
    const double degree = 3.14159265358979323846 / 180;
    double angle = radius / EARTH_RADIUS_M, up = angle / degree + 1e-4;
    box b = {-181, 181, lat - up, lat + up};
    double reach = sin(angle) / cos(lat * degree);
    if (b.south <= -90 || b.north >= 90 || !(reach < 1) || angle > 1.5)
        return b;
    double side = asin(reach) / degree + 1e-4;
    if (lon - side < -180 || lon + side > 180)
        return b;
    b.west = lon - side;
    b.east = lon + side;
    return b;
}

/* The table can be named in SQL from outside, so it holds only what the actor sees. */
static gov_status gather(gov_store *store, const gov_kind *kind, const box *b, gov_error *err)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    gov_buffer_format(
        &sql,
        "CREATE TEMP TABLE IF NOT EXISTS near (key TEXT PRIMARY KEY) WITHOUT ROWID; DELETE FROM temp.near;"
        "INSERT OR IGNORE INTO temp.near SELECT k.key FROM main.\"" GOV_KIND_TABLE "%s_box\" b"
        " JOIN main.\"" GOV_KIND_TABLE
        "%s\" k ON k.version = b.version WHERE b.west >= %.10g AND b.east <= %.10g"
        " AND b.south >= %.10g AND b.north <= %.10g AND ",
        kind->name, kind->name, b->west, b->east, b->south, b->north);
    gov_view_moment(&store->views, &sql);
    if (store->scope != NULL) {
        gov_buffer_text(&sql, " AND ");
        gov_scope_condition(&store->kinds, kind, "k", 1, "SELECT code FROM temp.scope", &sql);
    }
    gov_buffer_char(&sql, '\0');
    gov_status status = sql.broken ? gov_fail_memory(err) : gov_db_run(store->db, sql.data, err);
    gov_buffer_clear(&sql);
    return status;
}

static gov_status build(gov_store *store, const gov_kind *kind, double lon, double lat, double radius,
                        const gov_query_options *o, gov_buffer *sql, gov_error *err)
{
    const char *key = kind->fields[kind->key[0]].name;
    gov_buffer_text(sql, "SELECT *");
    gov_buffer_format(sql, ", gov_distance(%.17g, %.17g, lon, lat) AS distance", lon, lat);
    GOV_TRY(gov_query_from(store, kind, o, sql, err));
    gov_buffer_format(
        sql, " AND \"%s\" IN (SELECT key FROM temp.near) AND distance <= %.17g ORDER BY distance, \"%s\"",
        key, radius, key);
    if (o->limit > 0)
        gov_buffer_format(sql, " LIMIT %lld", (long long)o->limit);
    return GOV_OK;
}

static gov_status fill(gov_store *store, const gov_kind *kind, gov_stmt *stmt, gov_run *run, gov_table **out,
                       gov_error *err)
{
    gov_shape shape;
    GOV_TRY(gov_shape_new((int)kind->count + 3, &shape, err));
    for (int64_t i = 0; i < kind->count; i++)
        shape.types[i] = gov_query_type(store, &kind->fields[i]);
    shape.types[kind->count] = shape.types[kind->count + 1] = GOV_TYPE_DATE;
    shape.types[kind->count + 2] = GOV_TYPE_FLOAT64;
    gov_status status = gov_shape_all(&shape, stmt, run, out, err);
    gov_shape_free(&shape);
    return status;
}

static gov_status within(gov_store *store, const gov_kind *kind, double lon, double lat, double radius,
                         const gov_query_options *o, gov_table **out, gov_error *err)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    gov_stmt *stmt = NULL;
    box b = box_around(lon, lat, radius);
    GOV_TRY(gather(store, kind, &b, err));
    gov_status status = build(store, kind, lon, lat, radius, o, &sql, err);
    if (status != GOV_OK) {
        gov_buffer_clear(&sql);
        return status;
    }
    GOV_TRY(gov_query_prepare(store, &sql, o, &stmt, err));
    status = fill(store, kind, stmt, o->run, out, err);
    gov_stmt_free(stmt);
    return status;
}

static gov_status nearest(gov_store *store, const gov_kind *kind, double lon, double lat,
                          const gov_query_options *o, gov_table **out, gov_error *err)
{
    for (double radius = FIRST_RADIUS_M;; radius *= 2) {
        gov_table *table = NULL;
        GOV_TRY(within(store, kind, lon, lat, radius, o, &table, err));
        if (gov_table_rows(table) >= o->limit || radius > HALF_ROUND_M) {
            *out = table;
            return GOV_OK;
        }
        gov_table_free(table);
    }
}

gov_status gov_store_near(gov_store *store, const char *kind_name, double lon, double lat, double radius,
                          const gov_query_options *options, gov_table **out, gov_error *err)
{
    gov_query_options o;
    gov_moment moment;
    const gov_kind *kind = NULL;
    if (store == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store and out must be given");
    GOV_TRY(gov_query_check(options, &o, err));
    if (!(fabs(lon) <= 180) || !(fabs(lat) <= 90) || !(radius >= 0))
        return gov_fail(err, GOV_E_RANGE,
                        "lon is in -180 .. 180, lat in -90 .. 90, the radius is not negative");
    if (radius == 0 && o.limit == 0)
        return gov_fail(err, GOV_E_ARGUMENT, "without a radius, limit must say how many");
    GOV_TRY(gov_kinds_need(&store->kinds, kind_name, &kind, err));
    if (!gov_kind_is_located(kind))
        return gov_fail_at(err, GOV_E_UNSUPPORTED, GOV_AT_NAME(kind_name),
                           "records of this kind have no lon and lat");
    GOV_TRY(gov_moment_of(store, o.as_of, o.recorded, &moment, err));
    GOV_TRY(gov_views_make(store, &moment, err));
    gov_table *table = NULL;
    GOV_TRY(radius > 0 ? within(store, kind, lon, lat, radius, &o, &table, err)
                       : nearest(store, kind, lon, lat, &o, &table, err));
    *out = table;
    return GOV_OK;
}
