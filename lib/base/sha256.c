/* sha256.c - libcrypto's EVP interface, which uses the processor's SHA instructions. The algorithm is fetched once
 * an object: fetching by name at every message costs more than hashing a short one. Small parts are gathered first,
 * because a call into libcrypto costs more than hashing eight bytes. */
#include "base/sha256.h"
#include "base/alloc.h"

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <string.h>

#define GATHERED 1024

struct gov_sha256 {
    EVP_MD *algorithm;
    EVP_MD_CTX *context;
    int started;
    int broken;
    int64_t gathered; /* bytes in `part` */
    unsigned char part[GATHERED];
};

gov_status gov_sha256_new(gov_sha256 **out, gov_error *err)
{
    gov_sha256 *sha = gov_alloc_zero(1, sizeof(*sha));
    if (sha == NULL)
        return gov_fail_memory(err);
    sha->algorithm = EVP_MD_fetch(NULL, "SHA256", NULL);
    sha->context = EVP_MD_CTX_new();
    if (sha->algorithm == NULL || sha->context == NULL) {
        gov_sha256_free(sha);
        return gov_fail(err, GOV_E_MEMORY, "SHA-256 cannot be had from libcrypto");
    }
    *out = sha;
    return GOV_OK;
}

void gov_sha256_free(gov_sha256 *sha)
{
    if (sha == NULL)
        return;
    EVP_MD_CTX_free(sha->context);
    EVP_MD_free(sha->algorithm);
    gov_free(sha);
}

static void pass_on(gov_sha256 *sha, const void *bytes, int64_t size)
{
    if (!sha->started)
        sha->broken = EVP_DigestInit_ex2(sha->context, sha->algorithm, NULL) != 1;
    sha->started = 1;
    sha->broken |= EVP_DigestUpdate(sha->context, bytes, (size_t)size) != 1;
}

/* Most parts are 8 or 16 bytes: copies of a fixed size become a load and a store. */
static void gather(gov_sha256 *sha, const void *bytes, int64_t size)
{
    unsigned char *to = sha->part + sha->gathered;
    if (size == 16)
        memcpy(to, bytes, 16);
    else if (size == 8)
        memcpy(to, bytes, 8);
    else
        memcpy(to, bytes, (size_t)size);
    sha->gathered += size;
}

void gov_sha256_add(gov_sha256 *sha, const void *bytes, int64_t size)
{
    if (size > GATHERED - sha->gathered) {
        pass_on(sha, sha->part, sha->gathered);
        sha->gathered = 0;
    }
    if (size > GATHERED)
        pass_on(sha, bytes, size);
    else if (size > 0)
        gather(sha, bytes, size);
}

gov_status gov_sha256_finish(gov_sha256 *sha, unsigned char out[GOV_SHA256_BYTES], gov_error *err)
{
    unsigned size = 0;
    pass_on(sha, sha->part, sha->gathered);
    sha->broken |= EVP_DigestFinal_ex(sha->context, out, &size) != 1;
    sha->gathered = 0;
    sha->started = 0;
    return sha->broken || size != GOV_SHA256_BYTES ? GOV_FAIL_INTERNAL(err) : GOV_OK;
}

void gov_sha256_hex(const unsigned char hash[GOV_SHA256_BYTES], char out[GOV_SHA256_TEXT])
{
    for (int i = 0; i < GOV_SHA256_BYTES; i++)
        snprintf(out + i * 2, 3, "%02x", hash[i]);
}

gov_status gov_random_bytes(void *out, int64_t size, gov_error *err)
{
    if (RAND_bytes(out, (int)size) != 1)
        return gov_fail(err, GOV_E_IO, "the system gives no random bytes");
    return GOV_OK;
}
