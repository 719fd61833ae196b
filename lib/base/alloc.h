/* alloc.h - checked memory: every allocation of the library goes through here.
 *
 * Sizes are given as count × size and refused on overflow. A zero-sized request gives a pointer that can be
 * freed. Built with GOV_TEST_HOOKS (the test build only) the n-th allocation can be made to fail, and the
 * number of live blocks is known, so that a test can fail each allocation of a call in turn and see that
 * nothing leaks. */
#ifndef GOVCORE_BASE_ALLOC_H
#define GOVCORE_BASE_ALLOC_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

void *gov_alloc(int64_t count, size_t size);               /* uninitialised; NULL: no memory */
void *gov_alloc_zero(int64_t count, size_t size);          /* zeroed */
void *gov_alloc_aligned(int64_t count, size_t size);       /* uninitialised, 64-byte aligned, for kernels */
void *gov_resize(void *block, int64_t count, size_t size); /* the old block stays when it fails */
void gov_free(void *block);                                /* for all of the above */
char *gov_copy_text(const char *text, int64_t size);       /* zero-ended; size -1: up to the zero byte */

/* Grows *block (of *capacity items) to hold at least `needed`, by half at a time. */
gov_status gov_grow(void **block, int64_t *capacity, int64_t needed, size_t size, gov_error *err);

#ifdef GOV_TEST_HOOKS
void gov_alloc_fail_at(
    int64_t nth);             /* the nth allocation from now on fails (1 = the next), once; 0 = never */
int64_t gov_alloc_live(void); /* blocks allocated and not freed */
int gov_alloc_did_fail(void); /* whether the planned failure has happened */
#endif

#endif
