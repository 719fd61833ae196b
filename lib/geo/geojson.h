/* geojson.h - what an object of GeoJSON (RFC 7946) says of itself, and where its parts begin. */
#ifndef GOVCORE_GEO_GEOJSON_H
#define GOVCORE_GEO_GEOJSON_H

#include "base/json.h"

/* A part's `text` is NULL if the object does not have the member. */
typedef struct gov_geojson_object {
    gov_buffer type; /* to be cleared */
    gov_json coordinates;
    gov_json geometry;
    gov_json properties;
    gov_json id;
    gov_json features;
} gov_geojson_object;

/* Reads the object at the cursor, and all in it for its form; on failure there is nothing to clear. */
gov_status gov_geojson_scan(gov_json *json, gov_geojson_object *out, gov_error *err);
/* The first two numbers of a position. */
gov_status gov_geojson_position(gov_json *json, double ordinate[2], gov_error *err);

#endif
