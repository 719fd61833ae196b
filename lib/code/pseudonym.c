/* pseudonym.c - keyed codes in place of identifiers.
 *
 * A plain hash of an id is no pseudonym: all 10^13 or so possible ids can be hashed in hours. A MAC under a
 * secret key can be recomputed only by who has the key. The label and its length go in front, so that no two
 * (label, text) pairs give one message. 16 bytes are kept: among 1.4 × 10^9 people two share a pseudonym with
 * probability 3 × 10^-21. */
#include "code/mac.h"
#include "code/text_column.h"
#include "code/verdict.h"
#include "code/writer.h"

#include "base/alloc.h"

#include <string.h>

#define SHORTEST_KEY 32 /* as long as the hash: RFC 2104 discourages shorter ones */
#define LONGEST_KEY 1024
#define LONGEST_DOMAIN 64
#define DEFAULT_BYTES 16
#define FEWEST_BYTES 10 /* 80 bits, RFC 2104's bound for truncation */

struct gov_pseudonym {
    gov_mac *mac;
    gov_mac_encoding encoding;
    int32_t bytes;
};

static gov_status check_arguments(const void *key, int64_t key_size, const char *domain,
                                  gov_pseudonym_options *o, gov_error *err)
{
    if (key == NULL || domain == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "key, domain and out must be given");
    if (key_size < SHORTEST_KEY || key_size > LONGEST_KEY)
        return gov_fail(err, GOV_E_ARGUMENT, "the key must have %d to %d bytes, not %lld", SHORTEST_KEY,
                        LONGEST_KEY, (long long)key_size);
    if (strlen(domain) > LONGEST_DOMAIN)
        return gov_fail(err, GOV_E_ARGUMENT, "the label must have at most %d bytes", LONGEST_DOMAIN);
    if (o->encoding != GOV_MAC_BASE32 && o->encoding != GOV_MAC_HEX)
        return gov_fail(err, GOV_E_ARGUMENT, "%d is not an encoding", (int)o->encoding);
    if (o->bytes == 0)
        o->bytes = DEFAULT_BYTES;
    if (o->bytes < FEWEST_BYTES || o->bytes > GOV_MAC_BYTES)
        return gov_fail(err, GOV_E_ARGUMENT, "%d to %d bytes of the MAC can be kept, not %d", FEWEST_BYTES,
                        GOV_MAC_BYTES, (int)o->bytes);
    return GOV_OK;
}

static int64_t make_prefix(const char *domain, char *prefix)
{
    static const char version[] = "govcore pseudonym 1";
    size_t length = strlen(domain);
    size_t at = sizeof(version); /* with its zero byte */
    memcpy(prefix, version, sizeof(version));
    for (int shift = 56; shift >= 0; shift -= 8)
        prefix[at++] = (char)((uint64_t)length >> shift & 0xFF);
    memcpy(prefix + at, domain, length);
    return (int64_t)(at + length);
}

gov_status gov_pseudonym_new(const void *key, int64_t key_size, const char *domain,
                             const gov_pseudonym_options *options, gov_pseudonym **out, gov_error *err)
{
    gov_pseudonym_options o;
    char prefix[32 + LONGEST_DOMAIN];
    if (out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "key, domain and out must be given");
    GOV_TRY(gov_struct_read(&o, sizeof(o), options, err));
    GOV_TRY(check_arguments(key, key_size, domain, &o, err));
    gov_pseudonym *pseudonym = gov_alloc_zero(1, sizeof(*pseudonym));
    if (pseudonym == NULL)
        return gov_fail_memory(err);
    pseudonym->encoding = (gov_mac_encoding)o.encoding;
    pseudonym->bytes = o.bytes;
    gov_status status = gov_mac_new((gov_mac_algorithm)o.algorithm, key, key_size, prefix,
                                    make_prefix(domain, prefix), &pseudonym->mac, err);
    if (status != GOV_OK) {
        gov_free(pseudonym);
        return status;
    }
    *out = pseudonym;
    return GOV_OK;
}

void gov_pseudonym_free(gov_pseudonym *pseudonym)
{
    if (pseudonym == NULL)
        return;
    gov_mac_free(pseudonym->mac);
    gov_free(pseudonym);
}

/* `bits` bits a character, from the most significant on; the last character is filled up with zeros. */
static void encode(gov_writer *writer, const unsigned char *bytes, int32_t count, int bits,
                   const char *alphabet)
{
    uint32_t pending = 0;
    int have = 0;
    for (int32_t i = 0; i < count; i++) {
        pending = (pending << 8 | bytes[i]) & 0xFFFF;
        for (have += 8; have >= bits; have -= bits)
            gov_writer_bytes(writer, &alphabet[pending >> (have - bits) & ((1u << bits) - 1)], 1);
    }
    if (have > 0)
        gov_writer_bytes(writer, &alphabet[pending << (bits - have) & ((1u << bits) - 1)], 1);
}

static gov_status make(const void *context, const char *text, int64_t size, char *out, int64_t out_size,
                       int64_t *length, gov_error *err)
{
    const gov_pseudonym *pseudonym = context;
    unsigned char mac[GOV_MAC_BYTES];
    gov_writer writer;
    GOV_TRY(gov_writer_start(&writer, out, out_size, length, err));
    GOV_TRY(gov_mac_of(pseudonym->mac, text, size, mac, err));
    if (pseudonym->encoding == GOV_MAC_HEX)
        encode(&writer, mac, pseudonym->bytes, 4, "0123456789abcdef");
    else
        encode(&writer, mac, pseudonym->bytes, 5, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
    gov_writer_end(&writer, length);
    return GOV_OK;
}

gov_status gov_pseudonym_make(const gov_pseudonym *pseudonym, const char *text, int64_t size, char *out,
                              int64_t out_size, int64_t *length, gov_error *err)
{
    size = gov_text_bytes(text, size);
    if (pseudonym == NULL || size < 0)
        return gov_fail(err, GOV_E_ARGUMENT, "pseudonym and text must be given");
    return make(pseudonym, text, size, out, out_size, length, err);
}

gov_status gov_pseudonym_column(const gov_pseudonym *pseudonym, const gov_table *table, const char *column,
                                gov_table **out, gov_error *err)
{
    if (pseudonym == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "pseudonym must be given");
    return gov_text_column_map(table, column, make, pseudonym, out, err);
}
