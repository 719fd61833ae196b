/* digest.c - XXH3 by the system's xxHash. */
#include "base/digest.h"
#include "base/alloc.h"

#include <stdio.h>
#include <xxhash.h>

struct gov_digest {
    XXH3_state_t *state;
};

static void write_hash(XXH128_hash_t hash, char out[GOV_DIGEST_TEXT])
{
    snprintf(out, GOV_DIGEST_TEXT, "%016llx%016llx", (unsigned long long)hash.high64,
             (unsigned long long)hash.low64);
}

gov_status gov_digest_new(gov_digest **out, gov_error *err)
{
    gov_digest *digest = gov_alloc(1, sizeof(*digest));
    if (digest == NULL)
        return gov_fail_memory(err);
    digest->state = XXH3_createState();
    if (digest->state == NULL) {
        gov_free(digest);
        return gov_fail_memory(err);
    }
    XXH3_128bits_reset(digest->state);
    *out = digest;
    return GOV_OK;
}

void gov_digest_free(gov_digest *digest)
{
    if (digest == NULL)
        return;
    XXH3_freeState(digest->state);
    gov_free(digest);
}

void gov_digest_add(gov_digest *digest, const void *bytes, int64_t size)
{
    if (size > 0)
        XXH3_128bits_update(digest->state, bytes, (size_t)size);
}

void gov_digest_add_text(gov_digest *digest, const char *text, int64_t size)
{
    unsigned char length[8];
    for (int i = 0; i < 8; i++)
        length[i] = (unsigned char)((uint64_t)size >> (8 * i));
    gov_digest_add(digest, length, sizeof(length));
    gov_digest_add(digest, text, size);
}

void gov_digest_text(const gov_digest *digest, char out[GOV_DIGEST_TEXT])
{
    write_hash(XXH3_128bits_digest(digest->state), out);
}

void gov_digest_of(const void *bytes, int64_t size, char out[GOV_DIGEST_TEXT])
{
    write_hash(XXH3_128bits(bytes, (size_t)size), out);
}

uint64_t gov_hash64(const void *bytes, int64_t size, uint64_t seed)
{
    return XXH3_64bits_withSeed(bytes, (size_t)size, seed);
}
