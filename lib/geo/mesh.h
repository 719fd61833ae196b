/* mesh.h - all borders of a layer as one planar mesh: edges that meet only at their ends, and on each side of an edge
 * the set of areas that lie there. Gaps, overlaps and neighbours are read off it.
 *
 * Coordinates are moved to a lattice of 2^40 steps over the layer (a step is 1e-12 degrees for a layer one degree
 * wide), on which every sign is exact. */
#ifndef GOVCORE_GEO_MESH_H
#define GOVCORE_GEO_MESH_H

#include "geo/area_sets.h"
#include "geo/layer.h"

__extension__ typedef __int128 gov_wide;

typedef struct gov_node {
    int64_t x;
    int64_t y;
} gov_node;

/* An edge from its lesser end (by x, then y). */
typedef struct gov_mesh_edge {
    gov_node from;
    gov_node to;
    int64_t toggles; /* set of the areas whose border it is */
    int64_t below;   /* set of the areas on the side of lesser y (right of from-to) */
    int64_t above;
} gov_mesh_edge;

/* A place where the border of an area crosses or runs along itself. */
typedef struct gov_mesh_fault {
    int64_t area;
    gov_node at;
} gov_mesh_fault;

typedef struct gov_mesh {
    double x0; /* the lattice's corner and step */
    double y0;
    double step;
    gov_area_sets sets;
    gov_mesh_edge *edges; /* sorted by from, then by slope; none of them has empty toggles */
    int64_t count;
    int64_t capacity;
    gov_mesh_fault *faults;
    int64_t fault_count;
    int64_t fault_capacity;
} gov_mesh;

/* Errors: GOV_E_CANCELLED; GOV_E_UNSUPPORTED if the borders cannot be made to meet on the lattice. */
gov_status gov_mesh_make(const gov_layer *layer, gov_run *run, gov_mesh *mesh, gov_error *err);
void gov_mesh_clear(gov_mesh *mesh);

/* Fills `below` and `above` of edges that meet only at their ends and are sorted; part of gov_mesh_make. */
gov_status gov_mesh_label_sides(gov_mesh *mesh, gov_error *err);

/* Twice the area of a, b, c: positive if they turn left. */
gov_wide gov_node_turn(gov_node a, gov_node b, gov_node c);
int gov_node_compare(gov_node a, gov_node b);
void gov_mesh_place(const gov_mesh *mesh, gov_node node, double xy[2]);

/* Half-edges: 2e runs from edges[e].from to .to, 2e + 1 back. Each has one side on its left. `cycle` numbers the
 * closed walks with one face on the left, and next follows such a walk. */
typedef struct gov_mesh_walks {
    int64_t *next;
    int64_t *cycle;
    int64_t cycles;
    int64_t *first; /* a half-edge of each cycle */
    gov_wide
        *twice; /* twice the area enclosed: positive for the outer border of a face, negative for a hole's */
} gov_mesh_walks;

gov_status gov_mesh_walk(const gov_mesh *mesh, gov_mesh_walks *walks, gov_error *err);
void gov_mesh_walks_clear(gov_mesh_walks *walks);
gov_node gov_half_origin(const gov_mesh *mesh, int64_t half);
int64_t gov_half_left(const gov_mesh *mesh, int64_t half);

#endif
