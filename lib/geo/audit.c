/* audit.c - the faults of a cover: faces of the mesh that belong to no area or to several. */
#include "geo/cover.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A face with its holes: cycle is its outer border; the holes are a list of cycles linked by `hole`. */
typedef struct audit {
    const gov_mesh *mesh;
    gov_mesh_walks walks;
    gov_cover_options options;
    int64_t *hole; /* of each cycle: the next hole of the same face, -1: none */
    gov_table_builder *rows;
    gov_buffer text;
    int64_t *areas; /* scratch: the areas that a fault concerns */
    int64_t area_count;
    int64_t areas_capacity;
} audit;

enum { FAULT, AREA, OTHER, AREAS, SQUARE_METRES, SLIVER, X, Y, WKT };

static gov_status add_columns(gov_table_builder *rows, gov_error *err)
{
    GOV_TRY(gov_table_builder_add(rows, "fault", GOV_TYPE_UTF8, NULL, err));
    GOV_TRY(gov_table_builder_add(rows, "area", GOV_TYPE_INT64, NULL, err));
    GOV_TRY(gov_table_builder_add(rows, "other", GOV_TYPE_INT64, NULL, err));
    GOV_TRY(gov_table_builder_add(rows, "areas", GOV_TYPE_UTF8, NULL, err));
    GOV_TRY(gov_table_builder_add(rows, "square_metres", GOV_TYPE_FLOAT64, NULL, err));
    GOV_TRY(gov_table_builder_add(rows, "sliver", GOV_TYPE_BOOL, NULL, err));
    GOV_TRY(gov_table_builder_add(rows, "x", GOV_TYPE_FLOAT64, NULL, err));
    GOV_TRY(gov_table_builder_add(rows, "y", GOV_TYPE_FLOAT64, NULL, err));
    return gov_table_builder_add(rows, "wkt", GOV_TYPE_UTF8, NULL, err);
}

static void format_place(audit *a, gov_node node)
{
    double xy[2];
    gov_mesh_place(a->mesh, node, xy);
    gov_buffer_double(&a->text, xy[0]);
    gov_buffer_char(&a->text, ' ');
    gov_buffer_double(&a->text, xy[1]);
}

static gov_status add_text(audit *a, int64_t column, gov_error *err)
{
    return a->text.broken ? gov_fail_memory(err)
                          : gov_table_builder_text(a->rows, column, a->text.data, a->text.size, err);
}

/* The columns that both kinds of rows have; `areas` holds at least one area. */
static gov_status add_common(audit *a, const char *fault, gov_node at, gov_error *err)
{
    double xy[2];
    gov_mesh_place(a->mesh, at, xy);
    GOV_TRY(gov_table_builder_text(a->rows, FAULT, fault, -1, err));
    GOV_TRY(gov_table_builder_int64(a->rows, AREA, a->areas[0], err));
    GOV_TRY(a->area_count > 1 ? gov_table_builder_int64(a->rows, OTHER, a->areas[1], err)
                              : gov_table_builder_null(a->rows, OTHER, err));
    a->text.size = 0;
    for (int64_t i = 0; i < a->area_count; i++)
        gov_buffer_format(&a->text, i == 0 ? "%lld" : " %lld", (long long)a->areas[i]);
    GOV_TRY(add_text(a, AREAS, err));
    GOV_TRY(gov_table_builder_double(a->rows, X, xy[0], err));
    return gov_table_builder_double(a->rows, Y, xy[1], err);
}

static gov_status note_area(audit *a, int64_t area, gov_error *err)
{
    void *areas = a->areas;
    gov_status status = gov_grow(&areas, &a->areas_capacity, a->area_count + 1, sizeof(*a->areas), err);
    a->areas = areas;
    if (status == GOV_OK)
        a->areas[a->area_count++] = area;
    return status;
}

static gov_status note_set(audit *a, int64_t set, gov_error *err)
{
    const gov_area_sets *sets = &a->mesh->sets;
    for (int64_t i = sets->start[set]; i < sets->start[set + 1]; i++)
        GOV_TRY(note_area(a, sets->items[i], err));
    return GOV_OK;
}

static gov_status add_self_intersection(audit *a, const gov_mesh_fault *fault, gov_error *err)
{
    a->area_count = 0;
    GOV_TRY(note_area(a, fault->area, err));
    GOV_TRY(add_common(a, "self_intersection", fault->at, err));
    GOV_TRY(gov_table_builder_null(a->rows, SQUARE_METRES, err));
    GOV_TRY(gov_table_builder_bool(a->rows, SLIVER, 0, err));
    a->text.size = 0;
    gov_buffer_text(&a->text, "POINT (");
    format_place(a, fault->at);
    gov_buffer_char(&a->text, ')');
    return add_text(a, WKT, err);
}

static int compare_faults(const void *p, const void *q)
{
    const gov_mesh_fault *a = p;
    const gov_mesh_fault *b = q;
    if (a->area != b->area)
        return a->area < b->area ? -1 : 1;
    return gov_node_compare(a->at, b->at);
}

static gov_status add_self_intersections(audit *a, gov_error *err)
{
    gov_mesh_fault *faults = a->mesh->faults;
    int64_t count = a->mesh->fault_count;
    if (count > 0)
        qsort(faults, (size_t)count, sizeof(*faults), compare_faults);
    for (int64_t i = 0; i < count; i++) {
        if (i == 0 || compare_faults(&faults[i - 1], &faults[i]) != 0)
            GOV_TRY(add_self_intersection(a, &faults[i], err));
    }
    return GOV_OK;
}

/* --- Faces --------------------------------------------------------------------------------------------------- */

static int64_t label_of(const audit *a, int64_t cycle)
{
    return gov_half_left(a->mesh, a->walks.first[cycle]);
}

static int is_fault(const audit *a, int64_t cycle)
{
    return gov_area_set_size(&a->mesh->sets, label_of(a, cycle)) != 1;
}

/* Whether the walk about an outer border encloses the node: a ray to the right, half-open in y. */
static int encloses(const audit *a, int64_t cycle, gov_node node)
{
    int inside = 0;
    int64_t half = a->walks.first[cycle];
    do {
        gov_node p = gov_half_origin(a->mesh, half);
        gov_node q = gov_half_origin(a->mesh, half ^ 1);
        gov_wide turn = gov_node_turn(p, q, node);
        if ((p.y <= node.y) != (q.y <= node.y) && (turn > 0) == (q.y > p.y) && turn != 0)
            inside = !inside;
        half = a->walks.next[half];
    } while (half != a->walks.first[cycle]);
    return inside;
}

/* The least face of the same label about a hole, or -1: a hole of the ground outside the layer. */
static int64_t face_about(const audit *a, int64_t hole)
{
    int64_t least = -1;
    gov_node node = gov_half_origin(a->mesh, a->walks.first[hole]);
    for (int64_t c = 0; c < a->walks.cycles; c++) {
        if (a->walks.twice[c] > 0 && label_of(a, c) == label_of(a, hole) && encloses(a, c, node) &&
            (least < 0 || a->walks.twice[c] < a->walks.twice[least]))
            least = c;
    }
    return least;
}

static gov_status link_holes(audit *a, gov_error *err)
{
    a->hole = gov_alloc(a->walks.cycles, sizeof(*a->hole));
    if (a->hole == NULL)
        return gov_fail_memory(err);
    for (int64_t c = 0; c < a->walks.cycles; c++)
        a->hole[c] = -1;
    for (int64_t c = 0; c < a->walks.cycles; c++) {
        int64_t face = a->walks.twice[c] < 0 && is_fault(a, c) ? face_about(a, c) : -1;
        if (face >= 0) {
            a->hole[c] = a->hole[face];
            a->hole[face] = c;
        }
    }
    return GOV_OK;
}

/* The ring as text; adds its length, and for a gap notes the areas on its other side. */
static gov_status take_ring(audit *a, int64_t cycle, int gap, double *perimeter, gov_error *err)
{
    int64_t start = a->walks.first[cycle];
    int64_t half = start;
    gov_buffer_char(&a->text, '(');
    do {
        format_place(a, gov_half_origin(a->mesh, half));
        gov_buffer_text(&a->text, ", ");
        *perimeter += gov_mesh_length(a->mesh, &a->options, gov_half_origin(a->mesh, half),
                                      gov_half_origin(a->mesh, half ^ 1));
        if (gap)
            GOV_TRY(note_set(a, gov_half_left(a->mesh, half ^ 1), err));
        half = a->walks.next[half];
    } while (half != start);
    format_place(a, gov_half_origin(a->mesh, start));
    gov_buffer_char(&a->text, ')');
    return GOV_OK;
}

static int compare_areas(const void *p, const void *q)
{
    int64_t a = *(const int64_t *)p;
    int64_t b = *(const int64_t *)q;
    return (a > b) - (a < b);
}

static void sort_areas(audit *a)
{
    int64_t kept = 0;
    qsort(a->areas, (size_t)a->area_count, sizeof(*a->areas), compare_areas);
    for (int64_t i = 0; i < a->area_count; i++) {
        if (kept == 0 || a->areas[kept - 1] != a->areas[i])
            a->areas[kept++] = a->areas[i];
    }
    a->area_count = kept;
}

static gov_status add_face(audit *a, int64_t cycle, gov_error *err)
{
    gov_node at = gov_half_origin(a->mesh, a->walks.first[cycle]);
    int gap = gov_area_set_size(&a->mesh->sets, label_of(a, cycle)) == 0;
    gov_wide twice = 0;
    double perimeter = 0.0;
    a->area_count = 0;
    a->text.size = 0;
    gov_buffer_text(&a->text, "POLYGON (");
    for (int64_t c = cycle; c >= 0; c = a->hole[c]) {
        if (c != cycle)
            gov_buffer_text(&a->text, ", ");
        GOV_TRY(take_ring(a, c, gap, &perimeter, err));
        twice += a->walks.twice[c];
    }
    gov_buffer_char(&a->text, ')');
    GOV_TRY(add_text(a, WKT, err));
    if (!gap)
        GOV_TRY(note_set(a, label_of(a, cycle), err));
    sort_areas(a);
    double xy[2];
    gov_mesh_place(a->mesh, at, xy);
    gov_metres m = gov_metres_at(&a->options, xy[1]);
    double size = (double)twice / 2.0 * a->mesh->step * a->mesh->step * m.x * m.y;
    const double circle = 4.0 * 3.14159265358979323846;
    GOV_TRY(add_common(a, gap ? "gap" : "overlap", at, err));
    GOV_TRY(gov_table_builder_double(a->rows, SQUARE_METRES, size, err));
    return gov_table_builder_bool(a->rows, SLIVER, circle * size < a->options.sliver * perimeter * perimeter,
                                  err);
}

static gov_status add_faces(audit *a, int gaps, gov_error *err)
{
    for (int64_t c = 0; c < a->walks.cycles; c++) {
        int64_t size = gov_area_set_size(&a->mesh->sets, label_of(a, c));
        if (a->walks.twice[c] > 0 && (gaps ? size == 0 : size > 1))
            GOV_TRY(add_face(a, c, err));
    }
    return GOV_OK;
}

static gov_status add_rows(audit *a, gov_error *err)
{
    GOV_TRY(gov_mesh_walk(a->mesh, &a->walks, err));
    GOV_TRY(link_holes(a, err));
    GOV_TRY(gov_table_builder_new(&a->rows, err));
    GOV_TRY(add_columns(a->rows, err));
    GOV_TRY(add_self_intersections(a, err));
    GOV_TRY(add_faces(a, 0, err));
    return add_faces(a, 1, err);
}

gov_status gov_layer_audit(const gov_layer *layer, const gov_cover_options *options, gov_table **out,
                           gov_error *err)
{
    gov_mesh mesh;
    if (layer == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "layer and out must be given");
    audit a = {.mesh = &mesh, .text = GOV_BUFFER_INIT};
    GOV_TRY(gov_cover_options_read(options, &a.options, err));
    GOV_TRY(gov_mesh_make(layer, a.options.run, &mesh, err));
    gov_status status = add_rows(&a, err);
    if (status == GOV_OK)
        status = gov_table_builder_finish(a.rows, out, err);
    gov_table_builder_free(a.rows);
    gov_mesh_walks_clear(&a.walks);
    gov_buffer_clear(&a.text);
    gov_free(a.hole);
    gov_free(a.areas);
    gov_mesh_clear(&mesh);
    return status;
}
