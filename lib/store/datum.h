/* datum.h - the coordinate system that places are given in, and the way from there to the store's, CGCS2000. */
#ifndef GOVCORE_STORE_DATUM_H
#define GOVCORE_STORE_DATUM_H

#include "geo/layer.h"
#include "store/kinds.h"

/* "cgcs2000", "wgs84" or "gcj02". GOV_E_UNKNOWN_NAME for another. */
gov_status gov_datum_read(const char *name, gov_datum *out, gov_error *err);
/* The name of a coordinate system as files give it: "urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4490" ...; 0: not known. */
int gov_datum_of_crs(const char *crs, gov_datum *out);

/* Room for a boundary that was converted. */
typedef struct gov_datum_shift {
    gov_datum from;
    gov_layer_builder area;
    gov_buffer boundary;
} gov_datum_shift;

void gov_datum_shift_clear(gov_datum_shift *shift);
/* Converts a point in place if both cells are numbers. */
gov_status gov_datum_shift_point(const gov_datum_shift *shift, gov_cell *lon, gov_cell *lat, gov_error *err);
/* Reads a boundary (a text cell) and converts it; its new text is borrowed until the next call. GOV_E_FORMAT,
 * GOV_E_UNSUPPORTED or GOV_E_RANGE, with the place in the text, if it is not an area in degrees as WKT. */
gov_status gov_datum_shift_boundary(gov_datum_shift *shift, gov_cell *boundary, gov_error *err);

#endif
