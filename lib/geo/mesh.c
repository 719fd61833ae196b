/* mesh.c - making borders meet only at nodes.
 *
 * All edges go to a lattice; where two cross, both are cut at the nearest lattice point, and where an edge passes
 * within a step of another's end it is cut there. Rounding moves edges a little and may make new crossings, so this is
 * repeated until there are none (iterated noding; two or three rounds on real layers). Full snap rounding would
 * need one round, and a raster of "hot" points. Equal edges, such as the common border of two neighbours, are merged
 * after each round. Pairs are found by a sweep over x: O(n k), k edges at one x. */
#include "geo/mesh.h"

#include "base/run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LATTICE_BITS = 40, MOST_ROUNDS = 100 };

/* A cut of an edge at a node. */
typedef struct cut {
    int64_t edge;
    gov_wide along; /* how far along the edge */
    gov_node at;
} cut;

typedef struct cuts {
    cut *list;
    int64_t count;
    int64_t capacity;
} cuts;

gov_wide gov_node_turn(gov_node a, gov_node b, gov_node c)
{
    return (gov_wide)(b.x - a.x) * (c.y - a.y) - (gov_wide)(b.y - a.y) * (c.x - a.x);
}

int gov_node_compare(gov_node a, gov_node b)
{
    return a.x != b.x ? (a.x > b.x) - (a.x < b.x) : (a.y > b.y) - (a.y < b.y);
}

void gov_mesh_place(const gov_mesh *mesh, gov_node node, double xy[2])
{
    xy[0] = mesh->x0 + (double)node.x * mesh->step;
    xy[1] = mesh->y0 + (double)node.y * mesh->step;
}

static int compare_edges(const void *p, const void *q)
{
    const gov_mesh_edge *a = p;
    const gov_mesh_edge *b = q;
    int order = gov_node_compare(a->from, b->from);
    if (order != 0)
        return order;
    gov_wide turn = gov_node_turn(a->from, a->to, b->to); /* a steeper edge comes later */
    if (turn != 0)
        return turn > 0 ? -1 : 1;
    return gov_node_compare(a->to, b->to);
}

static gov_status add_edge(gov_mesh *m, gov_node a, gov_node b, int64_t toggles, gov_error *err)
{
    void *edges = m->edges;
    int order = gov_node_compare(a, b);
    if (order == 0)
        return GOV_OK;
    gov_status status = gov_grow(&edges, &m->capacity, m->count + 1, sizeof(*m->edges), err);
    m->edges = edges;
    if (status == GOV_OK)
        m->edges[m->count++] = (gov_mesh_edge){order < 0 ? a : b, order < 0 ? b : a, toggles, 0, 0};
    return status;
}

static gov_status add_fault(gov_mesh *m, int64_t area, gov_node at, gov_error *err)
{
    void *faults = m->faults;
    gov_status status = gov_grow(&faults, &m->fault_capacity, m->fault_count + 1, sizeof(*m->faults), err);
    m->faults = faults;
    if (status == GOV_OK)
        m->faults[m->fault_count++] = (gov_mesh_fault){area, at};
    return status;
}

static gov_status add_cut(const gov_mesh *m, cuts *c, int64_t edge, gov_node at, gov_error *err)
{
    const gov_mesh_edge *e = &m->edges[edge];
    if (gov_node_compare(e->from, at) == 0 || gov_node_compare(e->to, at) == 0)
        return GOV_OK;
    void *list = c->list;
    gov_status status = gov_grow(&list, &c->capacity, c->count + 1, sizeof(*c->list), err);
    c->list = list;
    if (status != GOV_OK)
        return status;
    gov_wide along = (gov_wide)(e->to.x - e->from.x) * (at.x - e->from.x) +
                     (gov_wide)(e->to.y - e->from.y) * (at.y - e->from.y);
    c->list[c->count++] = (cut){edge, along, at};
    return GOV_OK;
}

static int64_t nearest(gov_wide dividend, gov_wide divisor)
{
    if (divisor < 0) {
        dividend = -dividend;
        divisor = -divisor;
    }
    gov_wide half = divisor / 2;
    return (int64_t)(dividend >= 0 ? (dividend + half) / divisor : -((-dividend + half) / divisor));
}

/* Whether the edge passes within one lattice step of c, between its ends: then it is cut there (as snap rounding
 * does), or edges that nearly coincide would be cut again and again. */
static int passes(const gov_mesh_edge *e, gov_node c, gov_wide turn)
{
    double dx = (double)(e->to.x - e->from.x);
    double dy = (double)(e->to.y - e->from.y);
    double along = dx * (double)(c.x - e->from.x) + dy * (double)(c.y - e->from.y);
    double square = dx * dx + dy * dy;
    return along > 0.0 && along < square && (double)turn * (double)turn <= square &&
           gov_node_compare(e->from, c) != 0 && gov_node_compare(e->to, c) != 0;
}

static int sign(gov_wide value)
{
    return (value > 0) - (value < 0);
}

static gov_status cut_at_crossing(gov_mesh *m, cuts *c, int64_t i, int64_t j, gov_wide ti, gov_wide tj,
                                  int note, gov_error *err)
{
    const gov_mesh_edge *a = &m->edges[i];
    /* ti and tj are the turns of a's ends about b: a meets b at the share ti / (ti - tj) of its length. */
    gov_node at = {a->from.x + nearest((a->to.x - a->from.x) * ti, ti - tj),
                   a->from.y + nearest((a->to.y - a->from.y) * ti, ti - tj)};
    int64_t area;
    if (note && gov_area_sets_meet(&m->sets, a->toggles, m->edges[j].toggles, &area))
        GOV_TRY(add_fault(m, area, at, err));
    GOV_TRY(add_cut(m, c, i, at, err));
    return add_cut(m, c, j, at, err);
}

/* Cuts two edges where they cross, touch or overlap; crossings of one area with itself are noted in the first round,
 * before rounding can make any. */
static gov_status meet(gov_mesh *m, cuts *c, int64_t i, int64_t j, int note, gov_error *err)
{
    const gov_mesh_edge a = m->edges[i];
    const gov_mesh_edge b = m->edges[j];
    gov_wide a_from = gov_node_turn(b.from, b.to, a.from);
    gov_wide a_to = gov_node_turn(b.from, b.to, a.to);
    gov_wide b_from = gov_node_turn(a.from, a.to, b.from);
    gov_wide b_to = gov_node_turn(a.from, a.to, b.to);
    int64_t area;
    int overlap =
        a_from == 0 && a_to == 0 && gov_node_compare(a.from, b.to) < 0 && gov_node_compare(b.from, a.to) < 0;
    if (note && overlap && gov_area_sets_meet(&m->sets, a.toggles, b.toggles, &area))
        GOV_TRY(add_fault(m, area, gov_node_compare(a.from, b.from) < 0 ? b.from : a.from, err));
    int64_t before = c->count;
    if (passes(&b, a.from, a_from))
        GOV_TRY(add_cut(m, c, j, a.from, err));
    if (passes(&b, a.to, a_to))
        GOV_TRY(add_cut(m, c, j, a.to, err));
    if (passes(&a, b.from, b_from))
        GOV_TRY(add_cut(m, c, i, b.from, err));
    if (passes(&a, b.to, b_to))
        GOV_TRY(add_cut(m, c, i, b.to, err));
    if (c->count == before && sign(a_from) * sign(a_to) < 0 && sign(b_from) * sign(b_to) < 0)
        return cut_at_crossing(m, c, i, j, a_from, a_to, note, err);
    return GOV_OK;
}

static int boxes_meet_in_y(const gov_mesh_edge *a, const gov_mesh_edge *b)
{
    int64_t a_low = a->from.y < a->to.y ? a->from.y : a->to.y;
    int64_t a_high = a->from.y < a->to.y ? a->to.y : a->from.y;
    int64_t b_low = b->from.y < b->to.y ? b->from.y : b->to.y;
    int64_t b_high = b->from.y < b->to.y ? b->to.y : b->from.y;
    return a_low <= b_high && b_low <= a_high;
}

/* The edges are sorted by their lesser x: those still open at it are kept in a list. */
static gov_status find_cuts(gov_mesh *m, cuts *c, int64_t *open, int note, gov_run *run, gov_error *err)
{
    enum { EDGES_PER_POLL = 4096 };
    int64_t opened = 0;
    for (int64_t i = 0; i < m->count; i++) {
        int64_t kept = 0;
        if (i % EDGES_PER_POLL == 0)
            GOV_TRY(gov_run_poll(run, i, m->count, err));
        for (int64_t k = 0; k < opened; k++) {
            if (m->edges[open[k]].to.x < m->edges[i].from.x)
                continue;
            open[kept++] = open[k];
            if (boxes_meet_in_y(&m->edges[open[k]], &m->edges[i]))
                GOV_TRY(meet(m, c, open[k], i, note, err));
        }
        opened = kept;
        open[opened++] = i;
    }
    return GOV_OK;
}

static int compare_cuts(const void *p, const void *q)
{
    const cut *a = p;
    const cut *b = q;
    if (a->edge != b->edge)
        return a->edge < b->edge ? -1 : 1;
    if (a->along != b->along)
        return a->along < b->along ? -1 : 1;
    return gov_node_compare(a->at, b->at);
}

/* Replaces each cut edge by a chain over its cuts: the first part in its place, the others behind all edges. */
static gov_status apply_cuts(gov_mesh *m, cuts *c, gov_error *err)
{
    qsort(c->list, (size_t)c->count, sizeof(*c->list), compare_cuts);
    for (int64_t k = 0; k < c->count;) {
        int64_t edge = c->list[k].edge;
        gov_mesh_edge whole = m->edges[edge];
        gov_node last = c->list[k].at;
        int forward = gov_node_compare(whole.from, last) < 0;
        m->edges[edge].from = forward ? whole.from : last;
        m->edges[edge].to = forward ? last : whole.from;
        for (k++; k < c->count && c->list[k].edge == edge; k++) {
            GOV_TRY(add_edge(m, last, c->list[k].at, whole.toggles, err));
            last = c->list[k].at;
        }
        GOV_TRY(add_edge(m, last, whole.to, whole.toggles, err));
    }
    c->count = 0;
    return GOV_OK;
}

/* Equal edges become one; one that an area has twice is none of its border, and is noted as a fault of it. */
static gov_status merge_equal(gov_mesh *m, int note, gov_error *err)
{
    int64_t kept = 0;
    if (m->count > 0)
        qsort(m->edges, (size_t)m->count, sizeof(*m->edges), compare_edges);
    for (int64_t i = 0; i < m->count;) {
        gov_mesh_edge e = m->edges[i];
        for (i++; i < m->count && compare_edges(&e, &m->edges[i]) == 0; i++) {
            int64_t area;
            if (note && gov_area_sets_meet(&m->sets, e.toggles, m->edges[i].toggles, &area))
                GOV_TRY(add_fault(m, area, e.from, err));
            GOV_TRY(gov_area_sets_xor(&m->sets, e.toggles, m->edges[i].toggles, &e.toggles, err));
        }
        if (gov_area_set_size(&m->sets, e.toggles) > 0)
            m->edges[kept++] = e;
    }
    m->count = kept;
    return GOV_OK;
}

/* The step is a power of two, so that going to the lattice and back loses only what the step rounds away. */
static void choose_lattice(const gov_layer *layer, gov_mesh *m)
{
    double x1 = -INFINITY;
    double y1 = -INFINITY;
    m->x0 = m->y0 = INFINITY;
    for (int64_t a = 0; a < layer->count; a++) {
        m->x0 = fmin(m->x0, layer->boxes[4 * a]);
        m->y0 = fmin(m->y0, layer->boxes[4 * a + 1]);
        x1 = fmax(x1, layer->boxes[4 * a + 2]);
        y1 = fmax(y1, layer->boxes[4 * a + 3]);
    }
    double extent = fmax(x1 - m->x0, y1 - m->y0);
    int exponent = 0;
    if (extent > 0.0 && isfinite(extent))
        frexp(extent, &exponent);
    m->step = ldexp(1.0, exponent - LATTICE_BITS);
    m->x0 = floor(m->x0 / m->step) * m->step;
    m->y0 = floor(m->y0 / m->step) * m->step;
}

static gov_node node_of(const gov_mesh *m, const double *xy)
{
    return (gov_node){(int64_t)llround((xy[0] - m->x0) / m->step),
                      (int64_t)llround((xy[1] - m->y0) / m->step)};
}

static gov_status add_borders(const gov_layer *layer, gov_mesh *m, gov_error *err)
{
    for (int64_t a = 0; a < layer->count; a++) {
        int64_t set = 0;
        GOV_TRY(gov_area_sets_one(&m->sets, a, &set, err));
        for (int64_t r = layer->area_start[a]; r < layer->area_start[a + 1]; r++) {
            for (int64_t p = layer->ring_start[r]; p + 1 < layer->ring_start[r + 1]; p++) {
                const double *xy = layer->xy + 2 * p;
                GOV_TRY(add_edge(m, node_of(m, xy), node_of(m, xy + 2), set, err));
            }
        }
    }
    return GOV_OK;
}

static gov_status one_round(gov_mesh *m, cuts *c, int note, gov_run *run, gov_error *err)
{
    int64_t *open = gov_alloc(m->count, sizeof(*open));
    if (open == NULL)
        return gov_fail_memory(err);
    gov_status status = find_cuts(m, c, open, note, run, err);
    gov_free(open);
    return status;
}

static gov_status make_nodes(gov_mesh *m, gov_run *run, gov_error *err)
{
    cuts c = {NULL, 0, 0};
    gov_status status = merge_equal(m, 1, err);
    for (int round = 0; status == GOV_OK; round++) {
        if (round == MOST_ROUNDS) {
            status = gov_fail(err, GOV_E_UNSUPPORTED, "the borders cannot be made to meet");
            break;
        }
        status = one_round(m, &c, round == 0, run, err);
        if (status != GOV_OK || c.count == 0)
            break;
        status = apply_cuts(m, &c, err);
        if (status == GOV_OK)
            status = merge_equal(m, 0, err);
    }
    gov_free(c.list);
    return status;
}

gov_status gov_mesh_make(const gov_layer *layer, gov_run *run, gov_mesh *mesh, gov_error *err)
{
    *mesh = (gov_mesh){.count = 0};
    GOV_TRY(gov_area_sets_init(&mesh->sets, err));
    choose_lattice(layer, mesh);
    gov_status status = add_borders(layer, mesh, err);
    if (status == GOV_OK)
        status = make_nodes(mesh, run, err);
    if (status == GOV_OK)
        status = gov_mesh_label_sides(mesh, err);
    if (status != GOV_OK)
        gov_mesh_clear(mesh);
    return status;
}

void gov_mesh_clear(gov_mesh *mesh)
{
    gov_area_sets_clear(&mesh->sets);
    gov_free(mesh->edges);
    gov_free(mesh->faults);
    *mesh = (gov_mesh){.count = 0};
}
