/* flat.c - FlatBuffers, forwards: https://flatbuffers.dev/internals gives the layout. */
#include "flat.h"

#include <stdlib.h>
#include <string.h>

static int grow(flat *f, size_t size)
{
    if (f->size + size > f->capacity) {
        size_t capacity = 2 * (f->size + size) + 256;
        unsigned char *data = f->broken ? NULL : realloc(f->data, capacity);
        f->broken |= data == NULL;
        if (data == NULL)
            return 0;
        f->data = data;
        f->capacity = capacity;
    }
    return !f->broken;
}

size_t flat_append(flat *f, const void *bytes, size_t size)
{
    size_t place = f->size;
    if (!grow(f, size))
        return 0;
    if (bytes != NULL)
        memcpy(f->data + place, bytes, size);
    else
        memset(f->data + place, 0, size);
    f->size += size;
    return place;
}

void flat_align(flat *f, size_t align)
{
    flat_append(f, NULL, (align - f->size % align) % align);
}

void flat_put(flat *f, size_t place, uint64_t value, int size)
{
    for (int i = 0; i < size && !f->broken; i++)
        f->data[place + (size_t)i] = (unsigned char)(value >> (8 * i));
}

static void point(flat *f, size_t from, size_t to)
{
    flat_put(f, from, to - from, 4);
}

/* The items, and not the count before them, must be aligned. */
void flat_vector(flat *f, size_t from, size_t count, size_t align)
{
    flat_align(f, 8);
    if (align == 8)
        flat_append(f, NULL, 4);
    size_t place = flat_append(f, NULL, 4);
    flat_put(f, place, count, 4);
    point(f, from, place);
}

void flat_text(flat *f, size_t from, const char *text)
{
    size_t size = strlen(text);
    flat_vector(f, from, size, 4);
    flat_append(f, text, size + 1);
}

/* The vtable: its size, the table's size, the place of each field in the table; then the table, whose first word is the
 * distance back to the vtable. Every field is put at a multiple of eight, which suits all types. */
void flat_table(flat *f, size_t from, const int *sizes, int count, size_t *places)
{
    flat_align(f, 8);
    size_t vtable = flat_append(f, NULL, 4 + 2 * (size_t)count);
    flat_align(f, 8);
    size_t table = flat_append(f, NULL, 8 + 8 * (size_t)count);
    flat_put(f, vtable, 4 + 2 * (uint64_t)count, 2);
    flat_put(f, vtable + 2, 8 + 8 * (uint64_t)count, 2);
    flat_put(f, table, table - vtable, 4);
    point(f, from, table);
    for (int i = 0; i < count; i++) {
        places[i] = table + 8 + 8 * (size_t)i;
        flat_put(f, vtable + 4 + 2 * (size_t)i, sizes[i] > 0 ? 8 + 8 * (uint64_t)i : 0, 2);
    }
}
