/* arrow.h - the inside of the Arrow import: fields of a schema, checked stretches of arrays, appending them.
 *
 * The C data interface gives pointers without their sizes. What can be seen is checked before it is used:
 * lengths, counts of buffers and children, the order of offsets, the bounds of views and dictionary indices. */
#ifndef GOVCORE_TABLE_ARROW_H
#define GOVCORE_TABLE_ARROW_H

#include "table/growing.h"

/* How the buffers are laid out; the type says what the values are. */
typedef enum gov_arrow_layout {
    GOV_ARROW_NULL,   /* no buffer */
    GOV_ARROW_BITS,   /* validity, bits */
    GOV_ARROW_FIXED,  /* validity, values */
    GOV_ARROW_TEXT32, /* validity, offsets of 32 bits, bytes */
    GOV_ARROW_TEXT64, /* validity, offsets of 64 bits, bytes */
    GOV_ARROW_VIEWS   /* validity, views of 16 bytes, blocks of bytes, sizes of the blocks */
} gov_arrow_layout;

typedef struct gov_arrow_type {
    gov_type type;
    gov_arrow_layout layout;
    const char *unit_zone; /* TIMESTAMP: as gov_table_builder_add wants it; borrowed from the schema */
} gov_arrow_type;

typedef struct gov_arrow_field {
    const char *name; /* borrowed from the schema; "" if it has none */
    int encoded;      /* by a dictionary: then `value` is what the dictionary holds */
    gov_arrow_type value;
    gov_type index; /* of a dictionary: an integer type */
} gov_arrow_field;

/* Rows [0, length) of an array, after its checks: buffers are read at offset + i. */
typedef struct gov_arrow_stretch {
    const struct ArrowArray *array;
    int64_t offset;
    int64_t length;
    const uint8_t *validity; /* NULL: all present */
} gov_arrow_stretch;

/* Reads one child of a stream's schema. GOV_E_UNSUPPORTED with the name for a type that is not kept. */
gov_status gov_arrow_field_read(const struct ArrowSchema *schema, gov_arrow_field *field, gov_error *err);

/* Checks the child `array` of a batch whose rows are [first, first+length) of it. GOV_E_CORRUPT with the name if
 * it contradicts itself or the field. Text is not looked at. */
gov_status gov_arrow_check(const gov_arrow_field *field, const struct ArrowArray *array, int64_t first,
                           int64_t length, gov_arrow_stretch *out, gov_error *err);
/* GOV_E_ENCODING with the row (counted from `row`) of the first present text that is not UTF-8. */
gov_status gov_arrow_check_utf8(const gov_arrow_field *field, const gov_arrow_stretch *stretch, int64_t row,
                                gov_error *err);

/* Appends the stretch, decoded, to a column of the field's type; errors count rows from the column's length. */
gov_status gov_arrow_append(const gov_arrow_field *field, const gov_arrow_stretch *stretch,
                            gov_growing *column, gov_error *err);

/* The text of row i of a stretch of one of the three text layouts; the row must be present. */
const char *gov_arrow_text(const gov_arrow_type *type, const gov_arrow_stretch *stretch, int64_t i,
                           int64_t *size);

#endif
