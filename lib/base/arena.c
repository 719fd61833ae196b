/* arena.c - a list of blocks, filled from the front; each new block is twice the last, up to 1 MiB. */
#include "base/arena.h"

#include <stdalign.h>
#include <string.h>

struct gov_arena_block {
    struct gov_arena_block *previous;
    size_t used;
    size_t size;
    alignas(max_align_t) unsigned char bytes[];
};

enum { FIRST_BLOCK = 1024, LARGEST_BLOCK = 1024 * 1024 };

static struct gov_arena_block *new_block(gov_arena *arena, size_t at_least)
{
    size_t size = arena->last == NULL ? FIRST_BLOCK : arena->last->size * 2;
    if (size > LARGEST_BLOCK)
        size = LARGEST_BLOCK;
    if (size < at_least)
        size = at_least;
    struct gov_arena_block *block = gov_alloc((int64_t)(sizeof(*block) + size), 1);
    if (block == NULL)
        return NULL;
    block->previous = arena->last;
    block->used = 0;
    block->size = size;
    arena->last = block;
    return block;
}

void *gov_arena_alloc(gov_arena *arena, int64_t count, size_t size)
{
    size_t bytes;
    if (count < 0 || __builtin_mul_overflow((size_t)count, size, &bytes) || bytes > PTRDIFF_MAX / 2)
        return NULL;
    const size_t alignment = alignof(max_align_t);
    bytes = (bytes + alignment - 1) / alignment * alignment;
    struct gov_arena_block *block = arena->last;
    if (block == NULL || block->size - block->used < bytes) {
        block = new_block(arena, bytes);
        if (block == NULL)
            return NULL;
    }
    void *start = block->bytes + block->used;
    block->used += bytes;
    memset(start, 0, bytes);
    return start;
}

char *gov_arena_text(gov_arena *arena, const char *text, int64_t size)
{
    size_t length = size < 0 ? strlen(text) : (size_t)size;
    char *copy = gov_arena_alloc(arena, (int64_t)length + 1, 1);
    if (copy != NULL)
        memcpy(copy, text, length);
    return copy;
}

void gov_arena_clear(gov_arena *arena)
{
    struct gov_arena_block *block = arena->last;
    while (block != NULL) {
        struct gov_arena_block *previous = block->previous;
        gov_free(block);
        block = previous;
    }
    arena->last = NULL;
}
