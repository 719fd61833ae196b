/* flat.h - as much of a FlatBuffer as an Arrow message needs.
 *
 * Written forwards: a table first, with its fields empty, then what the fields point to. A pointer in a FlatBuffer is
 * the distance from itself to its target and must be positive, so that writing in this order is always allowed. */
#ifndef CLI_FLAT_H
#define CLI_FLAT_H

#include <stddef.h>
#include <stdint.h>

typedef struct flat {
    unsigned char *data;
    size_t size;
    size_t capacity;
    int broken; /* memory ran out: nothing more is written */
} flat;

enum { FLAT_FIELDS = 8 }; /* most fields of a table */

void flat_put(flat *f, size_t place, uint64_t value, int size); /* little-endian */
/* Each of these is written at the end, and the pointer at `from` is set to it.
 * A table: field i is at *places[i]; sizes[i] is 0 if it is absent. A vector: its items, of 4 or 8 bytes alignment, are
 * appended next. */
void flat_table(flat *f, size_t from, const int *sizes, int count, size_t *places);
void flat_vector(flat *f, size_t from, size_t count, size_t align);
void flat_text(flat *f, size_t from, const char *text);
size_t flat_append(flat *f, const void *bytes, size_t size);
void flat_align(flat *f, size_t align);

#endif
