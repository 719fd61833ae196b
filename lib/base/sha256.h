/* sha256.h - SHA-256 (FIPS 180-4) and random bytes, from libcrypto: for logs that must withstand someone who
 * edits them. For fingerprints that only find change use base/digest.h, which is ten times faster. */
#ifndef GOVCORE_BASE_SHA256_H
#define GOVCORE_BASE_SHA256_H

#include "base/error.h"

#define GOV_SHA256_BYTES 32
#define GOV_SHA256_TEXT 65 /* 64 hexadecimal digits and a zero byte */

typedef struct gov_sha256 gov_sha256;
gov_status gov_sha256_new(gov_sha256 **out, gov_error *err);
void gov_sha256_free(gov_sha256 *sha);
/* A message: parts are added as they are, so the caller keeps them apart (lengths, fixed widths). */
void gov_sha256_add(gov_sha256 *sha, const void *bytes, int64_t size);
/* Its hash; the next message starts afresh. GOV_E_INTERNAL if libcrypto refused a step. */
gov_status gov_sha256_finish(gov_sha256 *sha, unsigned char out[GOV_SHA256_BYTES], gov_error *err);
void gov_sha256_hex(const unsigned char hash[GOV_SHA256_BYTES], char out[GOV_SHA256_TEXT]);

/* Unpredictable bytes from the system. */
gov_status gov_random_bytes(void *out, int64_t size, gov_error *err);

#endif
