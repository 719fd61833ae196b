/* layer.c - building layers, their life, and what can be asked of one area. */
#include "geo/layer.h"

#include <math.h>
#include <string.h>

static gov_status push_start(int64_t **list, int64_t *capacity, int64_t count, int64_t value, gov_error *err)
{
    void *block = *list;
    gov_status status = gov_grow(&block, capacity, count + 2, sizeof(**list), err);
    *list = block;
    if (status == GOV_OK)
        (*list)[count] = value;
    return status;
}

gov_status gov_layer_begin_area(gov_layer_builder *b, gov_error *err)
{
    GOV_TRY(push_start(&b->area_start, &b->areas_capacity, b->areas, b->rings, err));
    b->areas++;
    return GOV_OK;
}

gov_status gov_layer_begin_ring(gov_layer_builder *b, int outer, gov_error *err)
{
    void *flags = b->ring_outer;
    gov_status status = gov_grow(&flags, &b->outer_capacity, b->rings + 1, 1, err);
    b->ring_outer = flags;
    if (status != GOV_OK)
        return status;
    GOV_TRY(push_start(&b->ring_start, &b->rings_capacity, b->rings, b->points, err));
    b->ring_outer[b->rings++] = (uint8_t)outer;
    return GOV_OK;
}

gov_status gov_layer_add_point(gov_layer_builder *b, double x, double y, gov_error *err)
{
    void *xy = b->xy;
    gov_status status = gov_grow(&xy, &b->points_capacity, b->points + 1, 2 * sizeof(*b->xy), err);
    b->xy = xy;
    if (status != GOV_OK)
        return status;
    b->xy[2 * b->points] = x;
    b->xy[2 * b->points + 1] = y;
    b->points++;
    return GOV_OK;
}

const char *gov_layer_ring_fault(const gov_layer_builder *b)
{
    int64_t first = b->ring_start[b->rings - 1];
    int64_t last = b->points - 1;
    if (last - first + 1 < 4)
        return "a ring has at least 4 points";
    if (b->xy[2 * first] != b->xy[2 * last] || b->xy[2 * first + 1] != b->xy[2 * last + 1])
        return "a ring must end where it begins";
    return NULL;
}

void gov_layer_builder_clear(gov_layer_builder *b)
{
    gov_free(b->area_start);
    gov_free(b->ring_start);
    gov_free(b->ring_outer);
    gov_free(b->xy);
    *b = (gov_layer_builder){.areas = 0};
}

static void fill_box(const gov_layer *layer, int64_t area)
{
    double *box = layer->boxes + 4 * area;
    box[0] = box[1] = INFINITY;
    box[2] = box[3] = -INFINITY;
    int64_t first = layer->ring_start[layer->area_start[area]];
    int64_t last = layer->ring_start[layer->area_start[area + 1]];
    for (int64_t p = first; p < last; p++) {
        for (int k = 0; k < 2; k++) {
            box[k] = fmin(box[k], layer->xy[2 * p + k]);
            box[2 + k] = fmax(box[2 + k], layer->xy[2 * p + k]);
        }
    }
}

static void free_layer(gov_layer *layer)
{
    gov_bands_free(layer->bands);
    gov_cells_free(layer->cells);
    gov_free(layer->area_start);
    gov_free(layer->ring_start);
    gov_free(layer->ring_outer);
    gov_free(layer->xy);
    gov_free(layer->boxes);
    gov_free(layer);
}

static gov_status make_indices(gov_layer *layer, gov_error *err)
{
    layer->boxes = gov_alloc(layer->count, 4 * sizeof(*layer->boxes));
    if (layer->boxes == NULL)
        return gov_fail_memory(err);
    for (int64_t a = 0; a < layer->count; a++)
        fill_box(layer, a);
    GOV_TRY(gov_bands_new(layer, &layer->bands, err));
    return gov_cells_new(layer, &layer->cells, err);
}

/* The starts behind the last area and the last ring, which are their ends. */
static gov_status push_ends(gov_layer_builder *b, gov_error *err)
{
    GOV_TRY(push_start(&b->area_start, &b->areas_capacity, b->areas, b->rings, err));
    return push_start(&b->ring_start, &b->rings_capacity, b->rings, b->points, err);
}

/* Text needs no index, and making the indices takes longer than the text. */
gov_status gov_layer_builder_wkt(gov_layer_builder *b, gov_buffer *out, gov_error *err)
{
    GOV_TRY(push_ends(b, err));
    gov_layer unindexed = {.count = b->areas,
                           .area_start = b->area_start,
                           .ring_start = b->ring_start,
                           .ring_outer = b->ring_outer,
                           .xy = b->xy};
    for (int64_t a = 0; a < b->areas; a++)
        gov_wkt_format(&unindexed, a, out);
    b->areas = b->rings = b->points = 0;
    return out->broken ? gov_fail_memory(err) : GOV_OK;
}

gov_status gov_layer_finish(gov_layer_builder *b, gov_layer **out, gov_error *err)
{
    gov_status status = push_ends(b, err);
    gov_layer *layer = status == GOV_OK ? gov_alloc_zero(1, sizeof(*layer)) : NULL;
    if (layer == NULL) {
        gov_layer_builder_clear(b);
        return status == GOV_OK ? gov_fail_memory(err) : status;
    }
    atomic_init(&layer->owners, 1);
    layer->count = b->areas;
    layer->area_start = b->area_start;
    layer->ring_start = b->ring_start;
    layer->ring_outer = b->ring_outer;
    layer->xy = b->xy;
    *b = (gov_layer_builder){.areas = 0};
    status = make_indices(layer, err);
    if (status == GOV_OK)
        *out = layer;
    else
        free_layer(layer);
    return status;
}

/* The count of owners is not part of the layer's value: a const layer can be retained. */
gov_layer *gov_layer_retain(const gov_layer *layer)
{
    gov_layer *same = (gov_layer *)(uintptr_t)layer;
    if (same != NULL)
        atomic_fetch_add_explicit(&same->owners, 1, memory_order_relaxed);
    return same;
}

void gov_layer_free(gov_layer *layer)
{
    if (layer != NULL && atomic_fetch_sub_explicit(&layer->owners, 1, memory_order_acq_rel) == 1)
        free_layer(layer);
}

int64_t gov_layer_count(const gov_layer *layer)
{
    return layer == NULL ? 0 : layer->count;
}

static gov_status check_area(const gov_layer *layer, int64_t area, const void *out, gov_error *err)
{
    if (layer == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "layer and output must be given");
    if (area < 0 || area >= layer->count)
        return gov_fail(err, GOV_E_RANGE, "the layer has %lld areas, there is no area %lld",
                        (long long)layer->count, (long long)area);
    return GOV_OK;
}

gov_status gov_layer_bounds(const gov_layer *layer, int64_t area, double box[4], gov_error *err)
{
    GOV_TRY(check_area(layer, area, box, err));
    if (layer->area_start[area] == layer->area_start[area + 1])
        return gov_fail(err, GOV_E_NO_DATA, "area %lld is empty and has no bounds", (long long)area);
    memcpy(box, layer->boxes + 4 * area, 4 * sizeof(*box));
    return GOV_OK;
}

gov_status gov_layer_wkt(const gov_layer *layer, int64_t area, gov_text **out, gov_error *err)
{
    gov_buffer buffer = GOV_BUFFER_INIT;
    GOV_TRY(check_area(layer, area, out, err));
    gov_wkt_format(layer, area, &buffer);
    return gov_buffer_finish(&buffer, out, err);
}

gov_status gov_layer_side(const gov_layer *layer, int64_t area, double x, double y, gov_side *out,
                          gov_error *err)
{
    GOV_TRY(check_area(layer, area, out, err));
    const double point[2] = {x, y};
    *out = gov_layer_side_of(layer, area, point);
    return GOV_OK;
}
