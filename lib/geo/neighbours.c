/* neighbours.c - contiguity, read off the mesh: across an edge, or about a node. */
#include "geo/cover.h"

#include "base/struct.h"
#include "table/frame.h"

#include <math.h>
#include <stdlib.h>

gov_status gov_cover_options_read(const gov_cover_options *options, gov_cover_options *all, gov_error *err)
{
    GOV_TRY(gov_struct_read(all, sizeof(*all), options, err));
    if (!(all->sliver > 0.0))
        all->sliver = 0.05;
    return GOV_OK;
}

gov_metres gov_metres_at(const gov_cover_options *options, double y)
{
    const double degree = 6371008.8 * 3.14159265358979323846 / 180.0;
    gov_metres m = {1.0, 1.0};
    if (!options->planar) {
        m.x = degree * cos(y * 3.14159265358979323846 / 180.0);
        m.y = degree;
    }
    return m;
}

double gov_mesh_length(const gov_mesh *mesh, const gov_cover_options *options, gov_node a, gov_node b)
{
    double dx = (double)(b.x - a.x) * mesh->step;
    double dy = (double)(b.y - a.y) * mesh->step;
    gov_metres m = gov_metres_at(options, mesh->y0 + 0.5 * ((double)a.y + (double)b.y) * mesh->step);
    return hypot(dx * m.x, dy * m.y);
}

typedef struct pair {
    int64_t area;
    int64_t neighbour;
    double metres;
    int64_t edge; /* of equal pairs, the order in which lengths are added */
} pair;

typedef struct pairs {
    pair *list;
    int64_t count;
    int64_t capacity;
} pairs;

/* Both directions. */
static gov_status add_pair(pairs *p, int64_t a, int64_t b, double metres, int64_t edge, gov_error *err)
{
    void *list = p->list;
    gov_status status = gov_grow(&list, &p->capacity, p->count + 2, sizeof(*p->list), err);
    p->list = list;
    if (status != GOV_OK)
        return status;
    p->list[p->count++] = (pair){a, b, metres, edge};
    p->list[p->count++] = (pair){b, a, metres, edge};
    return GOV_OK;
}

static int has(const gov_area_sets *sets, int64_t set, int64_t area)
{
    for (int64_t i = sets->start[set]; i < sets->start[set + 1]; i++) {
        if (sets->items[i] == area)
            return 1;
    }
    return 0;
}

/* Areas that lie on one side of the edge only have a common border with those on the other side only. */
static gov_status pair_across(const gov_mesh *m, const gov_cover_options *o, int64_t edge, pairs *p,
                              gov_error *err)
{
    const gov_mesh_edge *e = &m->edges[edge];
    const gov_area_sets *sets = &m->sets;
    double metres = gov_mesh_length(m, o, e->from, e->to);
    for (int64_t i = sets->start[e->above]; i < sets->start[e->above + 1]; i++) {
        if (has(sets, e->below, sets->items[i]))
            continue;
        for (int64_t j = sets->start[e->below]; j < sets->start[e->below + 1]; j++) {
            if (!has(sets, e->above, sets->items[j]))
                GOV_TRY(add_pair(p, sets->items[i], sets->items[j], metres, edge, err));
        }
    }
    return GOV_OK;
}

/* A set of areas that lies about a node. */
typedef struct corner {
    gov_node node;
    int64_t set;
} corner;

static int compare_corners(const void *p, const void *q)
{
    const corner *a = p;
    const corner *b = q;
    int order = gov_node_compare(a->node, b->node);
    return order != 0 ? order : (a->set > b->set) - (a->set < b->set);
}

/* Each two areas in the sets of corners [first, last), which lie about one node. */
static gov_status pair_sets(const gov_area_sets *sets, const corner *corners, int64_t first, int64_t last,
                            pairs *p, gov_error *err)
{
    for (int64_t c = first; c < last; c++) {
        if (c > first && corners[c].set == corners[c - 1].set)
            continue;
        for (int64_t i = sets->start[corners[c].set]; i < sets->start[corners[c].set + 1]; i++) {
            for (int64_t d = c; d < last; d++) {
                for (int64_t j = sets->start[corners[d].set]; j < sets->start[corners[d].set + 1]; j++) {
                    if (sets->items[i] != sets->items[j])
                        GOV_TRY(add_pair(p, sets->items[i], sets->items[j], 0.0, -1, err));
                }
            }
        }
    }
    return GOV_OK;
}

static gov_status pair_corners(const gov_mesh *m, pairs *p, gov_error *err)
{
    int64_t count = 4 * m->count;
    corner *corners = gov_alloc(count, sizeof(*corners));
    if (corners == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < m->count; i++) {
        const gov_mesh_edge *e = &m->edges[i];
        corners[4 * i] = (corner){e->from, e->below};
        corners[4 * i + 1] = (corner){e->from, e->above};
        corners[4 * i + 2] = (corner){e->to, e->below};
        corners[4 * i + 3] = (corner){e->to, e->above};
    }
    qsort(corners, (size_t)count, sizeof(*corners), compare_corners);
    gov_status status = GOV_OK;
    for (int64_t first = 0; first < count && status == GOV_OK;) {
        int64_t last = first;
        while (last < count && gov_node_compare(corners[last].node, corners[first].node) == 0)
            last++;
        status = pair_sets(&m->sets, corners, first, last, p, err);
        first = last;
    }
    gov_free(corners);
    return status;
}

static int compare_pairs(const void *p, const void *q)
{
    const pair *a = p;
    const pair *b = q;
    if (a->area != b->area)
        return a->area < b->area ? -1 : 1;
    if (a->neighbour != b->neighbour)
        return a->neighbour < b->neighbour ? -1 : 1;
    return (a->edge > b->edge) - (a->edge < b->edge);
}

/* Equal pairs become one, with the sum of their lengths. */
static void merge_pairs(pairs *p)
{
    int64_t kept = 0;
    if (p->count > 0)
        qsort(p->list, (size_t)p->count, sizeof(*p->list), compare_pairs);
    for (int64_t i = 0; i < p->count; i++) {
        pair *last = kept > 0 ? &p->list[kept - 1] : NULL;
        if (last != NULL && last->area == p->list[i].area && last->neighbour == p->list[i].neighbour)
            last->metres += p->list[i].metres;
        else
            p->list[kept++] = p->list[i];
    }
    p->count = kept;
}

static gov_status write_pairs(const pairs *p, gov_table **out, gov_error *err)
{
    gov_frame frame = GOV_FRAME_INIT(p->count);
    int64_t *area;
    int64_t *neighbour;
    double *metres;
    gov_status status;
    GOV_TRY_OUT(gov_frame_int64s(&frame, "area", &area, err));
    GOV_TRY_OUT(gov_frame_int64s(&frame, "neighbour", &neighbour, err));
    GOV_TRY_OUT(gov_frame_doubles(&frame, "border_metres", &metres, err));
    for (int64_t i = 0; i < p->count; i++) {
        area[i] = p->list[i].area;
        neighbour[i] = p->list[i].neighbour;
        metres[i] = p->list[i].metres;
    }
    status = gov_frame_finish(&frame, out, err);
out:
    gov_frame_clear(&frame);
    return status;
}

gov_status gov_layer_neighbours(const gov_layer *layer, const gov_cover_options *options, gov_table **out,
                                gov_error *err)
{
    gov_mesh mesh;
    pairs p = {NULL, 0, 0};
    if (layer == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "layer and out must be given");
    gov_cover_options o;
    GOV_TRY(gov_cover_options_read(options, &o, err));
    GOV_TRY(gov_mesh_make(layer, o.run, &mesh, err));
    gov_status status = GOV_OK;
    for (int64_t i = 0; i < mesh.count && status == GOV_OK; i++)
        status = pair_across(&mesh, &o, i, &p, err);
    if (status == GOV_OK)
        status = pair_corners(&mesh, &p, err);
    gov_mesh_clear(&mesh);
    if (status == GOV_OK) {
        merge_pairs(&p);
        status = write_pairs(&p, out, err);
    }
    gov_free(p.list);
    return status;
}
