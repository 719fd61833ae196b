/* classes.c - one hash table a column, from (number so far, value) to the new number.
 *
 * Refining column by column keeps every key to two words and a text, whatever the number of columns, and needs no
 * order among values. Hashes only find candidates; equality is decided on the values. */
#include "code/classes.h"

#include "base/digest.h"

#include <string.h>

/* A value as bytes: the text, or a number in one form for all types. */
typedef struct value {
    int64_t before; /* the row's number so far */
    const char *text;
    int64_t size; /* -1: missing */
    uint64_t bits;
} value;

typedef struct slots {
    int64_t *first_row; /* of the class in this slot; -1: free */
    int64_t mask;
} slots;

static uint64_t bits_of(const gov_column_view *view, int64_t row)
{
    int64_t at = view->offset + row;
    double number = 0.0;
    uint64_t bits = 0;
    if (view->type == GOV_TYPE_BOOL)
        return (uint64_t)gov_bit(view->values, at);
    if (view->type == GOV_TYPE_FLOAT64)
        number = ((const double *)view->values)[at];
    else if (view->type == GOV_TYPE_FLOAT32)
        number = (double)((const float *)view->values)[at];
    else {
        size_t width = gov_type_width(view->type);
        memcpy(&bits, (const char *)view->values + (size_t)at * width, width);
        return bits;
    }
    number += 0.0; /* -0.0 becomes 0.0 */
    memcpy(&bits, &number, sizeof(bits));
    return bits;
}

static value value_of(const gov_column_view *view, const int64_t *classes, int64_t row)
{
    value v = {classes[row], "", 0, 0};
    if (view->type == GOV_TYPE_NULL || !gov_view_present(view, row))
        v.size = -1;
    else if (view->type == GOV_TYPE_UTF8)
        v.text = gov_view_text(view, row, &v.size);
    else
        v.bits = bits_of(view, row);
    return v;
}

static int equal(const value *a, const value *b)
{
    return a->before == b->before && a->size == b->size && a->bits == b->bits &&
           (a->size <= 0 || memcmp(a->text, b->text, (size_t)a->size) == 0);
}

static uint64_t hash(const value *v)
{
    uint64_t words[3] = {(uint64_t)v->before, (uint64_t)v->size, v->bits};
    return gov_hash64(v->text, v->size < 0 ? 0 : v->size, gov_hash64(words, (int64_t)sizeof(words), 0));
}

/* Finds the first row of the class of `row`, or puts the row there as the first of a new one. */
static int64_t first_row_of(const gov_column_view *view, const int64_t *classes, slots *s, int64_t row)
{
    value v = value_of(view, classes, row);
    for (int64_t i = (int64_t)(hash(&v) & (uint64_t)s->mask);; i = (i + 1) & s->mask) {
        if (s->first_row[i] < 0) {
            s->first_row[i] = row;
            return row;
        }
        value other = value_of(view, classes, s->first_row[i]);
        if (equal(&v, &other))
            return s->first_row[i];
    }
}

gov_status gov_classes_refine(const gov_column_view *view, int64_t *classes, int64_t *count, gov_error *err)
{
    int64_t rows = view->length;
    slots s = {NULL, 15};
    while (s.mask < rows + rows / 2)
        s.mask = s.mask * 2 + 1;
    s.first_row = gov_alloc(s.mask + 1, sizeof(*s.first_row));
    int64_t *refined = gov_alloc(rows, sizeof(*refined));
    if (s.first_row == NULL || refined == NULL) {
        gov_free(s.first_row);
        gov_free(refined);
        return gov_fail_memory(err);
    }
    memset(s.first_row, 0xFF, (size_t)(s.mask + 1) * sizeof(*s.first_row));
    int64_t next = 0;
    for (int64_t row = 0; row < rows; row++) {
        int64_t first = first_row_of(view, classes, &s, row);
        refined[row] = first == row ? next++ : refined[first];
    }
    if (rows > 0)
        memcpy(classes, refined, (size_t)rows * sizeof(*classes));
    *count = next;
    gov_free(s.first_row);
    gov_free(refined);
    return GOV_OK;
}
