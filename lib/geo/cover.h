/* cover.h - what the audit and the neighbours share: options and metres. */
#ifndef GOVCORE_GEO_COVER_H
#define GOVCORE_GEO_COVER_H

#include "geo/mesh.h"

/* The options with every field set. */
gov_status gov_cover_options_read(const gov_cover_options *options, gov_cover_options *all, gov_error *err);

/* Metres for one unit of x and of y at the height y of the layer. */
typedef struct gov_metres {
    double x;
    double y;
} gov_metres;

gov_metres gov_metres_at(const gov_cover_options *options, double y);
/* The length of the straight line between two nodes. */
double gov_mesh_length(const gov_mesh *mesh, const gov_cover_options *options, gov_node a, gov_node b);

#endif
