/* mask.h - hiding part of a personal text. */
#ifndef GOVCORE_STORE_MASK_H
#define GOVCORE_STORE_MASK_H

#include "store/sqlite.h"

/* Masks `text` by the field's form (NULL or one without a mask: all of it is hidden) into `out`, zero-ended; returns
 * the length. `out` may be `text`. Signature of a gov_db_text_function. */
int64_t gov_store_mask(const char *form, const char *text, int64_t length, char *out, int64_t size);

#endif
