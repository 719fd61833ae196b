/* datum.c - names of coordinate systems, and the conversion of cells. CGCS2000 and WGS 84 are one (govcore/geo.h), so only
 * GCJ-02 moves anything. */
#include "store/datum.h"

#include <math.h>
#include <string.h>

gov_status gov_datum_read(const char *name, gov_datum *out, gov_error *err)
{
    static const char *const names[] = {"cgcs2000", "wgs84", "gcj02"};
    for (int i = 0; i < 3; i++)
        if (strcmp(name, names[i]) == 0) {
            *out = (gov_datum)i;
            return GOV_OK;
        }
    return gov_fail_at(err, GOV_E_UNKNOWN_NAME, GOV_AT_NAME(name),
                       "a datum is one of cgcs2000, wgs84, gcj02");
}

/* GeoJSON always has longitude first, whatever order the system itself prescribes. */
int gov_datum_of_crs(const char *crs, gov_datum *out)
{
    static const struct {
        const char *end; /* of the name */
        gov_datum datum;
    } known[] = {{"CRS84", GOV_DATUM_WGS84},         {"EPSG:4326", GOV_DATUM_WGS84},
                 {"EPSG::4326", GOV_DATUM_WGS84},    {"EPSG:4490", GOV_DATUM_CGCS2000},
                 {"EPSG::4490", GOV_DATUM_CGCS2000}, {"GCJ-02", GOV_DATUM_GCJ02},
                 {"GCJ02", GOV_DATUM_GCJ02}};
    size_t size = strlen(crs);
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        size_t end = strlen(known[i].end);
        if (size >= end && strcmp(crs + size - end, known[i].end) == 0) {
            *out = known[i].datum;
            return 1;
        }
    }
    return 0;
}

void gov_datum_shift_clear(gov_datum_shift *s)
{
    gov_layer_builder_clear(&s->area);
    gov_buffer_clear(&s->boundary);
}

gov_status gov_datum_shift_point(const gov_datum_shift *s, gov_cell *lon, gov_cell *lat, gov_error *err)
{
    if (s->from != GOV_DATUM_GCJ02 || lon->type != GOV_CELL_REAL || lat->type != GOV_CELL_REAL)
        return GOV_OK;
    return gov_geo_convert(s->from, GOV_DATUM_CGCS2000, 1, &lon->real, &lat->real, err);
}

static gov_status check_degrees(const gov_layer_builder *area, gov_error *err)
{
    for (int64_t p = 0; p < area->points; p++)
        if (!(fabs(area->xy[2 * p]) <= 180) || !(fabs(area->xy[2 * p + 1]) <= 90))
            return gov_fail(err, GOV_E_RANGE, "a corner is not a longitude and latitude in degrees");
    return GOV_OK;
}

static gov_status convert(gov_layer_builder *area, gov_datum from, gov_error *err)
{
    for (int64_t p = 0; p < area->points; p++)
        GOV_TRY(gov_geo_convert(from, GOV_DATUM_CGCS2000, 1, &area->xy[2 * p], &area->xy[2 * p + 1], err));
    return GOV_OK;
}

gov_status gov_datum_shift_boundary(gov_datum_shift *s, gov_cell *boundary, gov_error *err)
{
    s->area.areas = s->area.rings = s->area.points = s->boundary.size = 0;
    GOV_TRY(gov_wkt_area(boundary->text, boundary->size, &s->area, err));
    GOV_TRY(check_degrees(&s->area, err));
    if (s->from != GOV_DATUM_GCJ02)
        return GOV_OK;
    GOV_TRY(convert(&s->area, s->from, err));
    GOV_TRY(gov_layer_builder_wkt(&s->area, &s->boundary, err));
    boundary->text = s->boundary.data;
    boundary->size = s->boundary.size;
    return GOV_OK;
}
