/* features.h - the features of a GeoJSON file (RFC 7946) one after another, in the memory of the largest one.
 *
 *     gov_features *f;  gov_json feature;  int more;
 *     GOV_TRY(gov_features_open("grids.geojson", NULL, &f, err));
 *     while ((status = gov_features_next(f, &feature, &more, err)) == GOV_OK && more)
 *         ... gov_geojson_scan(&feature, &object, err) ...
 *     gov_features_close(f);
 *
 * A lone Feature is one feature. */
#ifndef GOVCORE_GEO_FEATURES_H
#define GOVCORE_GEO_FEATURES_H

#include "base/json.h"

#define GOV_FEATURE_LARGEST \
    (INT64_C(256) << 20) /* bytes of one feature, or of one member of the collection */

typedef struct gov_features gov_features;

/* `encoding` as for CSV: NULL, "auto", "utf-8" (what RFC 7946 asks for) or "gb18030". Errors: those of opening. */
gov_status gov_features_open(const char *path, const char *encoding, gov_features **out, gov_error *err);
void gov_features_close(gov_features *features);

/* The next feature, well-formed as JSON but not looked into, borrowed until the next call; *more is 0 at the end.
 * Errors with file, line and column: GOV_E_FORMAT (not JSON, not GeoJSON), GOV_E_ENCODING, GOV_E_DUPLICATE (two
 * "features"), GOV_E_LIMIT, GOV_E_IO. After an error the reader can only be closed. */
gov_status gov_features_next(gov_features *features, gov_json *feature, int *more, gov_error *err);

/* After the last feature: the name of the coordinate system that a member "crs" (of GeoJSON before RFC 7946) gives, ""
 * if it gives none that can be read, NULL if there is no such member. */
const char *gov_features_crs(const gov_features *features);

#endif
