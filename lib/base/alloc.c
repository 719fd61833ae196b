/* alloc.c - checked memory over malloc. */
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

#ifdef GOV_TEST_HOOKS
#include <stdatomic.h>

static atomic_llong until_failure; /* 0: no failure planned */
static atomic_llong live_blocks;
static atomic_int did_fail;

void gov_alloc_fail_at(int64_t nth)
{
    atomic_store(&did_fail, 0);
    atomic_store(&until_failure, nth);
}

int64_t gov_alloc_live(void)
{
    return atomic_load(&live_blocks);
}

int gov_alloc_did_fail(void)
{
    return atomic_load(&did_fail);
}

static int planned_failure(void)
{
    if (atomic_load(&until_failure) == 0 || atomic_fetch_sub(&until_failure, 1) != 1)
        return 0;
    atomic_store(&did_fail, 1);
    return 1;
}

static void count_block(const void *block, int change)
{
    if (block != NULL)
        atomic_fetch_add(&live_blocks, change);
}
#else
static int planned_failure(void)
{
    return 0;
}

static void count_block(const void *block, int change)
{
    (void)block;
    (void)change;
}
#endif

/* The bytes of count × size, at least 1; SIZE_MAX if that is not a size. */
static size_t bytes_of(int64_t count, size_t size)
{
    size_t bytes;
    if (count < 0 || __builtin_mul_overflow((size_t)count, size, &bytes) || bytes > PTRDIFF_MAX)
        return SIZE_MAX;
    return bytes == 0 ? 1 : bytes;
}

void *gov_alloc(int64_t count, size_t size)
{
    size_t bytes = bytes_of(count, size);
    if (bytes == SIZE_MAX || planned_failure())
        return NULL;
    void *block = malloc(bytes);
    count_block(block, 1);
    return block;
}

void *gov_alloc_zero(int64_t count, size_t size)
{
    size_t bytes = bytes_of(count, size);
    if (bytes == SIZE_MAX || planned_failure())
        return NULL;
    void *block = calloc(1, bytes);
    count_block(block, 1);
    return block;
}

void *gov_alloc_aligned(int64_t count, size_t size)
{
    const size_t alignment = 64;
    size_t bytes = bytes_of(count, size);
    if (bytes > PTRDIFF_MAX - alignment || planned_failure())
        return NULL;
    void *block = aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
    count_block(block, 1);
    return block;
}

void *gov_resize(void *block, int64_t count, size_t size)
{
    size_t bytes = bytes_of(count, size);
    if (bytes == SIZE_MAX || planned_failure())
        return NULL;
    void *bigger = realloc(block, bytes);
    if (block == NULL)
        count_block(bigger, 1);
    return bigger;
}

void gov_free(void *block)
{
    count_block(block, -1);
    free(block);
}

char *gov_copy_text(const char *text, int64_t size)
{
    size_t length = size < 0 ? strlen(text) : (size_t)size;
    char *copy = gov_alloc((int64_t)length + 1, 1);
    if (copy == NULL)
        return NULL;
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

gov_status gov_grow(void **block, int64_t *capacity, int64_t needed, size_t size, gov_error *err)
{
    if (needed <= *capacity)
        return GOV_OK;
    int64_t larger = *capacity + *capacity / 2;
    if (larger < needed)
        larger = needed;
    if (larger < 16)
        larger = 16;
    void *bigger = gov_resize(*block, larger, size);
    if (bigger == NULL)
        return gov_fail_memory(err);
    *block = bigger;
    *capacity = larger;
    return GOV_OK;
}
