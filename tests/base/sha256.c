/* SHA-256: the messages and hashes printed in NIST's FIPS 180-4 example values (SHA256.pdf), and the empty message. */
#include "base/sha256.h"
#include "gov_check.h"

#include <string.h>

static gov_error err = GOV_ERROR_INIT;

static void check(gov_sha256 *sha, const char *message, const char *expected)
{
    unsigned char hash[GOV_SHA256_BYTES];
    char text[GOV_SHA256_TEXT];
    gov_sha256_add(sha, message, (int64_t)strlen(message));
    ck_ok(gov_sha256_finish(sha, hash, &err));
    gov_sha256_hex(hash, text);
    ck_assert_str_eq(text, expected);
}

START_TEST(published_messages_give_their_published_hashes_one_after_another)
{
    gov_sha256 *sha = NULL;
    ck_ok(gov_sha256_new(&sha, &err));
    check(sha, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    check(sha, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    check(sha, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    gov_sha256_free(sha);
}
END_TEST

/* One million times the letter a, given in parts of 1 to 3000 bytes: the third message of the standard's appendix. */
START_TEST(a_long_message_in_uneven_parts)
{
    gov_sha256 *sha = NULL;
    static char letters[3000];
    int64_t left = 1000000;
    memset(letters, 'a', sizeof(letters));
    ck_ok(gov_sha256_new(&sha, &err));
    for (int64_t part = 1; left > 0; part = part % 3000 + 1) {
        gov_sha256_add(sha, letters, part < left ? part : left);
        left -= part < left ? part : left;
    }
    check(sha, "", "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    gov_sha256_free(sha);
}
END_TEST

START_TEST(parts_hash_as_the_whole)
{
    gov_sha256 *sha = NULL;
    ck_ok(gov_sha256_new(&sha, &err));
    gov_sha256_add(sha, "a", 1);
    check(sha, "bc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    gov_sha256_free(sha);
}
END_TEST

GOV_TESTS("base/sha256", published_messages_give_their_published_hashes_one_after_another,
          a_long_message_in_uneven_parts, parts_hash_as_the_whole)
