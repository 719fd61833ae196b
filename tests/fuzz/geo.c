/* fuzz/geo: any text as WKT or GeoJSON, and layers of any rings on a small lattice, where everything touches
 * everything. The bulk assignment must be the plain test; an audit must find the borders' faults without losing its
 * way (GOV_E_INTERNAL). */
#include "geo/layer.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int claim)
{
    if (!claim)
        abort();
}

static void check_points(const gov_layer *layer)
{
    for (int i = 0; i < 64; i++) {
        double x = (double)(i % 8) * 0.5 - 0.25;
        double y = (double)(i / 8) * 0.5;
        int64_t area;
        int64_t first = -1;
        for (int64_t a = gov_layer_count(layer) - 1; a >= 0; a--) {
            gov_side side;
            require(gov_layer_side(layer, a, x, y, &side, NULL) == GOV_OK);
            first = side != GOV_SIDE_OUTSIDE ? a : first;
        }
        require(gov_layer_assign(layer, &x, &y, NULL, 1, NULL, &area, NULL) == GOV_OK && area == first);
    }
}

static void check_cover(const gov_layer *layer)
{
    gov_table *table = NULL;
    gov_status status = gov_layer_audit(layer, NULL, &table, NULL);
    require(status == GOV_OK || status == GOV_E_UNSUPPORTED);
    gov_table_free(table);
    table = NULL;
    status = gov_layer_neighbours(layer, NULL, &table, NULL);
    require(status == GOV_OK || status == GOV_E_UNSUPPORTED);
    gov_table_free(table);
}

/* What is read must be written and read again. */
static void check_layer(const gov_layer *layer)
{
    check_points(layer);
    check_cover(layer);
    for (int64_t a = 0; a < gov_layer_count(layer); a++) {
        gov_text *text = NULL;
        gov_layer_builder builder = {.areas = 0};
        require(gov_layer_wkt(layer, a, &text, NULL) == GOV_OK);
        require(gov_wkt_area(gov_text_data(text), gov_text_size(text), &builder, NULL) == GOV_OK);
        gov_layer_builder_clear(&builder);
        gov_text_free(text);
    }
}

static void try_wkt(const char *text, int64_t size)
{
    gov_layer_builder builder = {.areas = 0};
    gov_layer *layer = NULL;
    if (gov_wkt_area(text, size, &builder, NULL) == GOV_OK &&
        gov_layer_finish(&builder, &layer, NULL) == GOV_OK) {
        check_layer(layer);
        gov_layer_free(layer);
    }
    gov_layer_builder_clear(&builder);
}

static void try_geojson(const char *text, int64_t size)
{
    gov_layer *layer = NULL;
    gov_table *properties = NULL;
    gov_error err = GOV_ERROR_INIT;
    if (gov_layer_parse_geojson(text, size, "fuzz", &layer, &properties, &err) == GOV_OK) {
        require(gov_table_rows(properties) == gov_layer_count(layer));
        check_layer(layer);
    } else {
        require(err.code != GOV_E_INTERNAL && err.message[0] != '\0');
    }
    gov_layer_free(layer);
    gov_table_free(properties);
}

/* A byte is a point of a lattice of 16 by 16, 255 ends a ring, 254 an area. */
static void try_lattice(const uint8_t *data, size_t size)
{
    gov_layer_builder b = {.areas = 0};
    gov_layer *layer = NULL;
    size_t first = 0;
    require(gov_layer_begin_area(&b, NULL) == GOV_OK);
    for (size_t i = 0; i <= size; i++) {
        if (i < size && data[i] < 254)
            continue;
        if (i - first >= 3) {
            require(gov_layer_begin_ring(&b, 1, NULL) == GOV_OK);
            for (size_t p = first; p <= i; p++) {
                uint8_t byte = p < i ? data[p] : data[first];
                require(gov_layer_add_point(&b, (byte & 15) * 0.31, (byte >> 4) * 0.27, NULL) == GOV_OK);
            }
        }
        first = i + 1;
        if (i < size && data[i] == 254)
            require(gov_layer_begin_area(&b, NULL) == GOV_OK);
    }
    require(gov_layer_finish(&b, &layer, NULL) == GOV_OK);
    check_layer(layer);
    gov_layer_free(layer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { LONGEST = 400, LONGEST_LATTICE = 80 };
    if (size < 1 || size > LONGEST)
        return 0;
    char *text = malloc(size);
    if (text == NULL)
        return 0;
    memcpy(text, data + 1, size - 1);
    if (data[0] % 3 == 0)
        try_wkt(text, (int64_t)size - 1);
    else if (data[0] % 3 == 1)
        try_geojson(text, (int64_t)size - 1);
    else
        try_lattice(data + 1, size - 1 < LONGEST_LATTICE ? size - 1 : LONGEST_LATTICE);
    free(text);
    return 0;
}
