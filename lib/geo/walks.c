/* walks.c - the borders of the faces of a mesh.
 *
 * At a node, the walk that keeps a face on its left goes on along the first edge clockwise from the one it came by. */
#include "geo/mesh.h"

#include <stdlib.h>
#include <string.h>

gov_node gov_half_origin(const gov_mesh *mesh, int64_t half)
{
    const gov_mesh_edge *e = &mesh->edges[half / 2];
    return half % 2 == 0 ? e->from : e->to;
}

int64_t gov_half_left(const gov_mesh *mesh, int64_t half)
{
    const gov_mesh_edge *e = &mesh->edges[half / 2];
    return half % 2 == 0 ? e->above : e->below;
}

/* A half-edge as it is sorted: by its origin, then by its direction. */
typedef struct spoke {
    gov_node origin;
    gov_node target;
    int64_t half;
} spoke;

/* Directions are sorted counter-clockwise from that to the right: 0 for the upper half of the turn, 1 for the lower. */
static int lower_half(const spoke *s)
{
    int64_t dy = s->target.y - s->origin.y;
    return dy < 0 || (dy == 0 && s->target.x < s->origin.x);
}

static int compare_spokes(const void *p, const void *q)
{
    const spoke *a = p;
    const spoke *b = q;
    int order = gov_node_compare(a->origin, b->origin);
    if (order != 0)
        return order;
    if (lower_half(a) != lower_half(b))
        return lower_half(a) - lower_half(b);
    gov_wide turn = gov_node_turn(a->origin, a->target, b->target);
    return turn > 0 ? -1 : turn < 0;
}

/* For each node, counter-clockwise: the walk that arrives against spoke i leaves by the spoke before it. */
static void link_spokes(const spoke *spokes, int64_t count, int64_t *next)
{
    for (int64_t first = 0; first < count;) {
        int64_t last = first;
        while (last < count && gov_node_compare(spokes[last].origin, spokes[first].origin) == 0)
            last++;
        for (int64_t i = first; i < last; i++) {
            int64_t before = i == first ? last - 1 : i - 1;
            next[spokes[i].half ^ 1] = spokes[before].half;
        }
        first = last;
    }
}

static gov_status link_halves(const gov_mesh *mesh, int64_t *next, gov_error *err)
{
    int64_t count = 2 * mesh->count;
    spoke *spokes = gov_alloc(count, sizeof(*spokes));
    if (spokes == NULL)
        return gov_fail_memory(err);
    for (int64_t h = 0; h < count; h++)
        spokes[h] = (spoke){gov_half_origin(mesh, h), gov_half_origin(mesh, h ^ 1), h};
    qsort(spokes, (size_t)count, sizeof(*spokes), compare_spokes);
    link_spokes(spokes, count, next);
    gov_free(spokes);
    return GOV_OK;
}

static void number_cycles(const gov_mesh *mesh, gov_mesh_walks *w)
{
    int64_t count = 2 * mesh->count;
    for (int64_t h = 0; h < count; h++)
        w->cycle[h] = -1;
    for (int64_t start = 0; start < count; start++) {
        if (w->cycle[start] >= 0)
            continue;
        gov_wide twice = 0;
        gov_node anchor = gov_half_origin(mesh, start);
        int64_t least = start;
        int64_t h = start;
        do {
            w->cycle[h] = w->cycles;
            twice += gov_node_turn(anchor, gov_half_origin(mesh, h), gov_half_origin(mesh, h ^ 1));
            if (gov_node_compare(gov_half_origin(mesh, h), gov_half_origin(mesh, least)) < 0)
                least = h;
            h = w->next[h];
        } while (h != start);
        w->first[w->cycles] = least;
        w->twice[w->cycles++] = twice;
    }
}

gov_status gov_mesh_walk(const gov_mesh *mesh, gov_mesh_walks *walks, gov_error *err)
{
    int64_t count = 2 * mesh->count;
    *walks = (gov_mesh_walks){.cycles = 0};
    walks->next = gov_alloc(count, sizeof(int64_t));
    walks->cycle = gov_alloc(count, sizeof(int64_t));
    walks->first = gov_alloc(count, sizeof(int64_t));
    walks->twice = gov_alloc(count, sizeof(gov_wide));
    gov_status status =
        walks->next == NULL || walks->cycle == NULL || walks->first == NULL || walks->twice == NULL
            ? gov_fail_memory(err)
            : link_halves(mesh, walks->next, err);
    if (status == GOV_OK)
        number_cycles(mesh, walks);
    else
        gov_mesh_walks_clear(walks);
    return status;
}

void gov_mesh_walks_clear(gov_mesh_walks *walks)
{
    gov_free(walks->next);
    gov_free(walks->cycle);
    gov_free(walks->first);
    gov_free(walks->twice);
    *walks = (gov_mesh_walks){.cycles = 0};
}
