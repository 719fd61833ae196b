/* wkt.c - areas as well-known text (OGC 06-103r4, section 7). */
#include "geo/layer.h"

#include "base/utf8.h"
#include "table/column.h"

#include <math.h>
#include <string.h>
#include <strings.h>

typedef struct cursor {
    const char *text;
    int64_t size;
    int64_t at;
} cursor;

static gov_status fail_at(const cursor *c, gov_status code, const char *what, gov_error *err)
{
    gov_place place = GOV_NOWHERE;
    place.column = 1 + gov_utf8_count(c->text, c->at);
    return gov_fail_at(err, code, &place, "%s", what);
}

static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char peek(cursor *c)
{
    while (c->at < c->size && (c->text[c->at] == ' ' || c->text[c->at] == '\n' || c->text[c->at] == '\r' ||
                               c->text[c->at] == '\t'))
        c->at++;
    return c->at < c->size ? c->text[c->at] : '\0';
}

/* Takes `word`, in any case, if it comes next as a word. */
static int take_word(cursor *c, const char *word)
{
    int64_t size = (int64_t)strlen(word);
    peek(c);
    if (c->size - c->at < size || strncasecmp(c->text + c->at, word, (size_t)size) != 0)
        return 0;
    if (c->at + size < c->size && is_letter(c->text[c->at + size]))
        return 0;
    c->at += size;
    return 1;
}

static gov_status take_char(cursor *c, char wanted, gov_error *err)
{
    char what[] = "expected \"?\"";
    what[10] = wanted;
    if (peek(c) != wanted)
        return fail_at(c, GOV_E_FORMAT, what, err);
    c->at++;
    return GOV_OK;
}

static gov_status take_number(cursor *c, double *value, gov_error *err)
{
    peek(c);
    int64_t end = c->at;
    while (end < c->size && c->text[end] != '\0' && strchr("+-.0123456789eE", c->text[end]) != NULL)
        end++;
    if (!gov_parse_double(c->text + c->at, end - c->at, value))
        return fail_at(c, GOV_E_FORMAT, "expected a finite number", err);
    c->at = end;
    return GOV_OK;
}

/* x y, and further ordinates that are dropped. */
static gov_status take_point(cursor *c, gov_layer_builder *b, gov_error *err)
{
    double x = 0.0;
    double y = 0.0;
    double dropped;
    GOV_TRY(take_number(c, &x, err));
    GOV_TRY(take_number(c, &y, err));
    while (peek(c) != ',' && peek(c) != ')')
        GOV_TRY(take_number(c, &dropped, err));
    return gov_layer_add_point(b, x, y, err);
}

static gov_status take_ring(cursor *c, int outer, gov_layer_builder *b, gov_error *err)
{
    int64_t start = c->at;
    GOV_TRY(take_char(c, '(', err));
    GOV_TRY(gov_layer_begin_ring(b, outer, err));
    GOV_TRY(take_point(c, b, err));
    while (peek(c) == ',') {
        c->at++;
        GOV_TRY(take_point(c, b, err));
    }
    GOV_TRY(take_char(c, ')', err));
    const char *fault = gov_layer_ring_fault(b);
    if (fault == NULL)
        return GOV_OK;
    c->at = start;
    return fail_at(c, GOV_E_FORMAT, fault, err);
}

static gov_status take_polygon(cursor *c, gov_layer_builder *b, gov_error *err)
{
    if (take_word(c, "EMPTY"))
        return GOV_OK;
    GOV_TRY(take_char(c, '(', err));
    GOV_TRY(take_ring(c, 1, b, err));
    while (peek(c) == ',') {
        c->at++;
        GOV_TRY(take_ring(c, 0, b, err));
    }
    return take_char(c, ')', err);
}

static gov_status take_polygons(cursor *c, gov_layer_builder *b, gov_error *err)
{
    if (take_word(c, "EMPTY"))
        return GOV_OK;
    GOV_TRY(take_char(c, '(', err));
    GOV_TRY(take_polygon(c, b, err));
    while (peek(c) == ',') {
        c->at++;
        GOV_TRY(take_polygon(c, b, err));
    }
    return take_char(c, ')', err);
}

static void skip_srid(cursor *c)
{
    if (!take_word(c, "SRID"))
        return;
    while (c->at < c->size && c->text[c->at] != ';')
        c->at++;
    c->at += c->at < c->size;
}

gov_status gov_wkt_area(const char *text, int64_t size, gov_layer_builder *b, gov_error *err)
{
    cursor c = {text, size, 0};
    skip_srid(&c);
    int many = take_word(&c, "MULTIPOLYGON");
    if (!many && !take_word(&c, "POLYGON"))
        return fail_at(&c, is_letter(peek(&c)) ? GOV_E_UNSUPPORTED : GOV_E_FORMAT,
                       "expected POLYGON or MULTIPOLYGON", err);
    if (!take_word(&c, "ZM") && !take_word(&c, "Z"))
        take_word(&c, "M");
    GOV_TRY(gov_layer_begin_area(b, err));
    GOV_TRY(many ? take_polygons(&c, b, err) : take_polygon(&c, b, err));
    return peek(&c) == '\0' && c.at >= c.size
               ? GOV_OK
               : fail_at(&c, GOV_E_FORMAT, "there is text behind the area", err);
}

static void format_ring(const gov_layer *layer, int64_t ring, gov_buffer *out)
{
    for (int64_t p = layer->ring_start[ring]; p < layer->ring_start[ring + 1]; p++) {
        gov_buffer_text(out, p == layer->ring_start[ring] ? "(" : ", ");
        gov_buffer_double(out, layer->xy[2 * p]);
        gov_buffer_char(out, ' ');
        gov_buffer_double(out, layer->xy[2 * p + 1]);
    }
    gov_buffer_char(out, ')');
}

void gov_wkt_format(const gov_layer *layer, int64_t area, gov_buffer *out)
{
    int64_t first = layer->area_start[area];
    int64_t last = layer->area_start[area + 1];
    int64_t polygons = 0;
    for (int64_t r = first; r < last; r++)
        polygons += layer->ring_outer[r];
    gov_buffer_text(out, polygons > 1 ? "MULTIPOLYGON (" : polygons == 1 ? "POLYGON " : "POLYGON EMPTY");
    for (int64_t r = first; r < last; r++) {
        if (layer->ring_outer[r])
            gov_buffer_text(out, r == first ? "(" : "), (");
        else
            gov_buffer_text(out, ", ");
        format_ring(layer, r, out);
    }
    gov_buffer_text(out, polygons > 1 ? "))" : polygons == 1 ? ")" : "");
}
