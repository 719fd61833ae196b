/* struct.h - public structs that grow: each begins with a uint32_t struct_size, which says how much of it the caller
 * knows. */
#ifndef GOVCORE_BASE_STRUCT_H
#define GOVCORE_BASE_STRUCT_H

#include "base/error.h"

/* check: GOV_E_ARGUMENT if the caller of `out` (may be NULL) has not set struct_size.
 * fill: copies `from` to the caller's checked struct, as far as its struct_size goes.
 * read: the other way round; fields that the caller's version lacks are 0; `from` may be NULL. */
gov_status gov_struct_check(const void *out, gov_error *err);
void gov_struct_fill(void *out, const void *from, size_t size);
gov_status gov_struct_read(void *options, size_t size, const void *from, gov_error *err);

#endif
