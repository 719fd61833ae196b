/* digest.h - XXH3-128 fingerprints of models, inputs and results. Not a cryptographic hash: it finds change,
 * it does not withstand an attacker. This is the only door to xxHash. */
#ifndef GOVCORE_BASE_DIGEST_H
#define GOVCORE_BASE_DIGEST_H

#include "base/error.h"

#define GOV_DIGEST_TEXT 33 /* 32 hexadecimal digits and a zero byte */

typedef struct gov_digest gov_digest;
gov_status gov_digest_new(gov_digest **out, gov_error *err);
void gov_digest_free(gov_digest *digest);
void gov_digest_add(gov_digest *digest, const void *bytes, int64_t size);
/* Adds the length and then the bytes, so that ("ab","c") and ("a","bc") differ. */
void gov_digest_add_text(gov_digest *digest, const char *text, int64_t size);
/* The digest of all that was added so far, in lower-case hexadecimal, high half first. */
void gov_digest_text(const gov_digest *digest, char out[GOV_DIGEST_TEXT]);

/* The digest of one block, and a 64-bit hash for hash tables. */
void gov_digest_of(const void *bytes, int64_t size, char out[GOV_DIGEST_TEXT]);
uint64_t gov_hash64(const void *bytes, int64_t size, uint64_t seed);

#endif
