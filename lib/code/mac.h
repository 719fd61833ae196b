/* mac.h - keyed message authentication codes of 32 bytes, from libcrypto. */
#ifndef GOVCORE_CODE_MAC_H
#define GOVCORE_CODE_MAC_H

#include "base/error.h"
#include "govcore/code.h"

#define GOV_MAC_BYTES 32

typedef struct gov_mac gov_mac;
/* A key and the bytes that every message begins with. libcrypto keeps the key and wipes it on free.
 * GOV_E_ARGUMENT for an unknown algorithm, GOV_E_UNSUPPORTED if libcrypto does not have it. */
gov_status gov_mac_new(gov_mac_algorithm algorithm, const void *key, int64_t key_size, const void *prefix,
                       int64_t prefix_size, gov_mac **out, gov_error *err);
void gov_mac_free(gov_mac *mac);
/* The code of prefix and message. May be called from several threads with one gov_mac. */
gov_status gov_mac_of(const gov_mac *mac, const void *message, int64_t size, unsigned char out[GOV_MAC_BYTES],
                      gov_error *err);

#endif
