/* mac.c - HMAC by libcrypto's EVP_MAC.
 *
 * The key and the prefix are absorbed once; each message starts from a copy of that state, which makes the
 * handle immutable and saves two of the four hash blocks that a short message would take. */
#include "code/mac.h"

#include "base/alloc.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

struct gov_mac {
    EVP_MAC_CTX *start;
};

static const char *digest_name(gov_mac_algorithm algorithm)
{
    switch (algorithm) {
    case GOV_MAC_HMAC_SHA256:
        return "SHA256";
    case GOV_MAC_HMAC_SM3:
        return "SM3";
    default:
        return NULL;
    }
}

static int begin(EVP_MAC_CTX *context, const char *digest, const void *key, int64_t key_size)
{
    char name[16];
    OPENSSL_strlcpy(name, digest, sizeof(name));
    OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0),
                               OSSL_PARAM_construct_end()};
    return context != NULL && EVP_MAC_init(context, key, (size_t)key_size, parameters) == 1;
}

gov_status gov_mac_new(gov_mac_algorithm algorithm, const void *key, int64_t key_size, const void *prefix,
                       int64_t prefix_size, gov_mac **out, gov_error *err)
{
    const char *digest = digest_name(algorithm);
    if (digest == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "%d is not a MAC algorithm", (int)algorithm);
    gov_mac *mac = gov_alloc_zero(1, sizeof(*mac));
    if (mac == NULL)
        return gov_fail_memory(err);
    EVP_MAC *hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    mac->start = EVP_MAC_CTX_new(hmac);
    EVP_MAC_free(hmac);
    if (!begin(mac->start, digest, key, key_size)) {
        gov_mac_free(mac);
        return gov_fail(err, GOV_E_UNSUPPORTED, "libcrypto does not offer HMAC with %s", digest);
    }
    if (EVP_MAC_update(mac->start, prefix, (size_t)prefix_size) != 1) {
        gov_mac_free(mac);
        return GOV_FAIL_INTERNAL(err);
    }
    *out = mac;
    return GOV_OK;
}

void gov_mac_free(gov_mac *mac)
{
    if (mac == NULL)
        return;
    EVP_MAC_CTX_free(mac->start);
    gov_free(mac);
}

gov_status gov_mac_of(const gov_mac *mac, const void *message, int64_t size, unsigned char out[GOV_MAC_BYTES],
                      gov_error *err)
{
    size_t written = 0;
    EVP_MAC_CTX *context = EVP_MAC_CTX_dup(mac->start);
    if (context == NULL)
        return gov_fail_memory(err);
    int done = EVP_MAC_update(context, message, (size_t)size) == 1 &&
               EVP_MAC_final(context, out, &written, GOV_MAC_BYTES) == 1 && written == GOV_MAC_BYTES;
    EVP_MAC_CTX_free(context);
    return done ? GOV_OK : GOV_FAIL_INTERNAL(err);
}
