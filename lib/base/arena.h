/* arena.h - many small blocks with one life: parse trees, plans, name lists. Freed all at once. */
#ifndef GOVCORE_BASE_ARENA_H
#define GOVCORE_BASE_ARENA_H

#include "base/alloc.h"

typedef struct gov_arena {
    struct gov_arena_block *last;
} gov_arena;

#define GOV_ARENA_INIT \
    {                  \
        NULL           \
    }

/* Zeroed, aligned for any type; NULL: no memory. */
void *gov_arena_alloc(gov_arena *arena, int64_t count, size_t size);
/* A zero-ended copy; size -1: up to the zero byte. */
char *gov_arena_text(gov_arena *arena, const char *text, int64_t size);
void gov_arena_clear(gov_arena *arena);

#endif
