/* growing.h - a column that grows value by value: what the builder and the CSV reader write to. */
#ifndef GOVCORE_TABLE_GROWING_H
#define GOVCORE_TABLE_GROWING_H

#include "table/column.h"

typedef struct gov_growing {
    gov_type type;
    char unit;
    char *timezone;
    int64_t length;
    int64_t null_count;
    uint8_t *validity; /* NULL until a value is missing */
    int64_t validity_bytes;
    void *values;            /* bits for BOOL */
    int64_t values_capacity; /* in values; bytes for BOOL and UTF8 */
    int64_t *offsets;        /* UTF8: length + 1 of them once a value is there */
    int64_t offsets_capacity;
    int64_t text_bytes;
} gov_growing;

/* `zone` (of a TIMESTAMP) is copied. */
gov_status gov_growing_init(gov_growing *column, gov_type type, const char *unit_zone, gov_error *err);
void gov_growing_clear(gov_growing *column);

/* Each appends one value. The value must be of the column's type: `value` points to one of its C type (BOOL: to
 * an int). */
gov_status gov_growing_null(gov_growing *column, gov_error *err);
gov_status gov_growing_value(gov_growing *column, const void *value, gov_error *err);
gov_status gov_growing_text(gov_growing *column, const char *text, int64_t size, gov_error *err);

/* Appends rows [offset, offset+count) of buffers as Arrow has them, of a type with values of one width or BOOL.
 * `validity` NULL: all present. The buffers need not be aligned. */
gov_status gov_growing_append(gov_growing *column, const void *values, const uint8_t *validity,
                              int64_t offset, int64_t count, gov_error *err);

/* Makes room for `more` rows (and `more_bytes` of text), so that the next appends cannot fail. */
gov_status gov_growing_reserve(gov_growing *column, int64_t more, int64_t more_bytes, gov_error *err);
/* Finishing in two steps, so that all columns of a table move or none: a column of the same type and length
 * without values, and the move of the values into it, which cannot fail and empties the growing column. */
gov_status gov_growing_shell(gov_growing *growing, gov_column **out, gov_error *err);
void gov_growing_move(gov_growing *growing, gov_column *column);

#endif
