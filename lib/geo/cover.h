/* cover.h - what the audit and the neighbours share: options and metres. */
#ifndef GOVCORE_GEO_COVER_H
#define GOVCORE_GEO_COVER_H

#include "geo/mesh.h"

/* The options with every field set: the caller's as far as his struct goes, the defaults behind. */
gov_cover_options gov_cover_options_of(const gov_cover_options *options);

/* Metres for one unit of x and of y at the height y of the layer. */
typedef struct gov_metres {
    double x;
    double y;
} gov_metres;

gov_metres gov_metres_at(const gov_cover_options *options, double y);
/* The length of the straight line between two nodes. */
double gov_mesh_length(const gov_mesh *mesh, const gov_cover_options *options, gov_node a, gov_node b);

#endif
