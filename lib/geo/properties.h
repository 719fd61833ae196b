/* properties.h - the properties of GeoJSON features as a table. */
#ifndef GOVCORE_GEO_PROPERTIES_H
#define GOVCORE_GEO_PROPERTIES_H

#include "base/json.h"
#include "geo/layer.h"

typedef struct gov_property gov_property;

typedef struct gov_properties {
    gov_property *columns;
    int64_t count;
    int64_t capacity;
    int64_t rows;
} gov_properties;

/* Adds one feature: its id and its properties object (both may be NULL, or stand before the value null). */
gov_status gov_properties_add(gov_properties *properties, const gov_json *id, const gov_json *members,
                              gov_error *err);
/* The table of all features; the properties stay to be cleared. */
gov_status gov_properties_finish(gov_properties *properties, gov_table **out, gov_error *err);
void gov_properties_clear(gov_properties *properties);

#endif
