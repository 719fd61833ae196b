/* sides.c - which areas lie on each side of each edge of a mesh.
 *
 * A sweep from left to right over the nodes keeps the edges that are open there, from below to above. What lies above
 * an edge is what lies below it with the edge's own areas toggled, and below the lowest edge lies nothing. Keeping
 * the open edges in a plain list costs O(n k) moves of 8 bytes, k edges at one x; a balanced tree would pay only for
 * layers far larger than a country's. */
#include "geo/mesh.h"

#include <stdlib.h>
#include <string.h>

typedef struct sweep {
    gov_mesh *mesh;
    int64_t *open;
    int64_t count;
} sweep;

/* The first open edge that does not pass below the node. */
static int64_t position_of(const sweep *s, gov_node node)
{
    int64_t low = 0;
    int64_t high = s->count;
    while (low < high) {
        int64_t middle = (low + high) / 2;
        const gov_mesh_edge *e = &s->mesh->edges[s->open[middle]];
        if (gov_node_turn(e->from, e->to, node) > 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Takes out the edges that end at the node, puts in edges [first, last), which begin there, and labels them. */
static gov_status pass_node(sweep *s, gov_node node, int64_t first, int64_t last, gov_error *err)
{
    gov_mesh *m = s->mesh;
    int64_t at = position_of(s, node);
    int64_t ended = at;
    while (ended < s->count && gov_node_compare(m->edges[s->open[ended]].to, node) == 0)
        ended++;
    int64_t rest = s->count - ended;
    memmove(s->open + at + (last - first), s->open + ended, (size_t)rest * sizeof(*s->open));
    s->count = at + (last - first) + rest;
    int64_t label = at > 0 ? m->edges[s->open[at - 1]].above : 0;
    for (int64_t i = first; i < last; i++) {
        s->open[at + i - first] = i;
        m->edges[i].below = label;
        GOV_TRY(gov_area_sets_xor(&m->sets, label, m->edges[i].toggles, &label, err));
        m->edges[i].above = label;
    }
    return GOV_OK;
}

static int compare_nodes(const void *p, const void *q)
{
    return gov_node_compare(*(const gov_node *)p, *(const gov_node *)q);
}

/* The ends, sorted, are merged with the beginnings, which are sorted already. */
static gov_status sweep_nodes(sweep *s, gov_node *ends, gov_error *err)
{
    gov_mesh *m = s->mesh;
    int64_t begun = 0;
    int64_t ended = 0;
    for (int64_t i = 0; i < m->count; i++)
        ends[i] = m->edges[i].to;
    qsort(ends, (size_t)m->count, sizeof(*ends), compare_nodes);
    while (ended < m->count) {
        gov_node node = ends[ended];
        if (begun < m->count && gov_node_compare(m->edges[begun].from, node) < 0)
            node = m->edges[begun].from;
        int64_t last = begun;
        while (last < m->count && gov_node_compare(m->edges[last].from, node) == 0)
            last++;
        GOV_TRY(pass_node(s, node, begun, last, err));
        begun = last;
        while (ended < m->count && gov_node_compare(ends[ended], node) == 0)
            ended++;
    }
    return s->count == 0 ? GOV_OK : GOV_FAIL_INTERNAL(err);
}

gov_status gov_mesh_label_sides(gov_mesh *m, gov_error *err)
{
    sweep s = {m, gov_alloc(m->count, sizeof(int64_t)), 0};
    gov_node *ends = gov_alloc(m->count, sizeof(*ends));
    gov_status status = s.open == NULL || ends == NULL ? gov_fail_memory(err) : sweep_nodes(&s, ends, err);
    gov_free(s.open);
    gov_free(ends);
    return status;
}
