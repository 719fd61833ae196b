/* Masks and pseudonyms. Masks are the published forms (ID 6 + 4, phone 3 + 4, name, five-year band). MACs are those
 * of RFC 4231 (HMAC-SHA-256, cases 1, 2 and 6) and GM/T 0042-2015 appendix D.3 (HMAC-SM3). */
#include "code/mac.h"
#include "gov_check.h"

#include "govcore/code.h"

#include <stdio.h>
#include <string.h>

static gov_error err = GOV_ERROR_INIT;

static const char *masked(gov_mask_kind kind, const char *text, int strict)
{
    static char out[256];
    gov_mask_options options = GOV_MASK_OPTIONS_INIT;
    int64_t length = -1;
    options.strict = strict;
    ck_ok(gov_mask(kind, text, -1, &options, out, (int64_t)sizeof(out), &length, &err));
    ck_assert_int_eq(length, (int64_t)strlen(out));
    return out;
}

START_TEST(ids_phones_accounts_and_plates_keep_their_ends)
{
    ck_assert_str_eq(masked(GOV_MASK_CITIZEN_ID, "11010519491231002X", 0), "110105********002X");
    ck_assert_str_eq(masked(GOV_MASK_CITIZEN_ID, "11010519491231002X", 1), "1****************X");
    ck_assert_str_eq(masked(GOV_MASK_PHONE, "13800138000", 0), "138****8000");
    ck_assert_str_eq(masked(GOV_MASK_PHONE, "13800138000", 1), "*******8000");
    ck_assert_str_eq(masked(GOV_MASK_ACCOUNT, "6222021234567890", 0), "************7890");
    ck_assert_str_eq(masked(GOV_MASK_PLATE, "沪A12345", 0), "沪A***45");
}
END_TEST

START_TEST(names_keep_the_surname)
{
    ck_assert_str_eq(masked(GOV_MASK_NAME, "张三", 0), "张*");
    ck_assert_str_eq(masked(GOV_MASK_NAME, "张三丰", 0), "张**");
    ck_assert_str_eq(masked(GOV_MASK_NAME, "欧阳娜娜", 0), "欧阳**");
    ck_assert_str_eq(masked(GOV_MASK_NAME, "欧阳修", 0), "欧阳*");
    ck_assert_str_eq(masked(GOV_MASK_NAME, "欧阳", 0), "欧*");
    ck_assert_str_eq(masked(GOV_MASK_NAME, "纳兰性德", 0), "纳兰**");
    ck_assert_str_eq(masked(GOV_MASK_NAME, "Smith", 0), "S****");
    ck_assert_str_eq(masked(GOV_MASK_NAME, "𠮷野", 0), "𠮷*");
}
END_TEST

START_TEST(texts_too_short_for_their_mask_are_hidden_whole)
{
    ck_assert_str_eq(masked(GOV_MASK_CITIZEN_ID, "1101050021", 0), "**********");
    ck_assert_str_eq(masked(GOV_MASK_PHONE, "1234567", 0), "*******");
    ck_assert_str_eq(masked(GOV_MASK_NAME, "张", 0), "*");
    ck_assert_str_eq(masked(GOV_MASK_ACCOUNT, "7890", 0), "****");
    ck_assert_str_eq(masked(GOV_MASK_TEXT, "秘密", 0), "**");
    ck_assert_str_eq(masked(GOV_MASK_ADDRESS, "", 0), "");
    ck_assert_str_eq(masked(GOV_MASK_BIRTH, "about 1940", 0), "******");
}
END_TEST

START_TEST(addresses_end_at_the_street)
{
    ck_assert_str_eq(masked(GOV_MASK_ADDRESS, "徐汇区田林街道钦州路100弄2号301室", 0),
                     "徐汇区田林街道******");
    ck_assert_str_eq(masked(GOV_MASK_ADDRESS, "徐汇区田林街道钦州路100弄2号301室", 1), "徐汇区******");
    ck_assert_str_eq(masked(GOV_MASK_ADDRESS, "上海市徐汇区华泾镇华泾路505弄1号", 0),
                     "上海市徐汇区华泾镇******");
    ck_assert_str_eq(masked(GOV_MASK_ADDRESS, "江苏省苏州市昆山市玉山镇人民路1号", 0),
                     "江苏省苏州市昆山市玉山镇******");
    ck_assert_str_eq(masked(GOV_MASK_ADDRESS, "江苏省苏州市昆山市人民路1号", 0), "江苏省苏州市昆山市******");
    ck_assert_str_eq(masked(GOV_MASK_ADDRESS, "河南省新乡市卫辉市后河镇1号", 0),
                     "河南省新乡市卫辉市后河镇******");
    ck_assert_str_eq(masked(GOV_MASK_ADDRESS, "江苏省镇江市京口区大市口街道2号", 0),
                     "江苏省镇江市京口区大市口街道******");
    ck_assert_str_eq(masked(GOV_MASK_ADDRESS, "内蒙古自治区正蓝旗桑根达来苏木5号", 0),
                     "内蒙古自治区正蓝旗桑根达来苏木******");
}
END_TEST

START_TEST(nothing_behind_a_road_or_a_number_is_shown)
{
    ck_assert_str_eq(masked(GOV_MASK_ADDRESS, "闵行区新镇路1255弄", 0), "闵行区******");
    ck_assert_str_eq(masked(GOV_MASK_ADDRESS, "闵行区都市路3333弄莲花小镇12号", 0), "闵行区******");
    ck_assert_str_eq(masked(GOV_MASK_ADDRESS, "康健小区12号", 0), "******");
    ck_assert_str_eq(masked(GOV_MASK_ADDRESS, "12号楼徐汇区田林街道", 0), "******");
    ck_assert_str_eq(masked(GOV_MASK_ADDRESS, "somewhere", 0), "******");
}
END_TEST

START_TEST(birth_dates_become_bands)
{
    char out[32];
    int64_t length = 0;
    gov_mask_options options = GOV_MASK_OPTIONS_INIT;
    ck_assert_str_eq(masked(GOV_MASK_BIRTH, "1947-05-03", 0), "1945–1949");
    ck_assert_str_eq(masked(GOV_MASK_BIRTH, "19500101", 0), "1950–1954");
    options.band_years = 1;
    ck_ok(gov_mask(GOV_MASK_BIRTH, "1947-05-03", -1, &options, out, 32, &length, &err));
    ck_assert_str_eq(out, "1947");
    options.band_years = 101;
    ck_fails(gov_mask(GOV_MASK_BIRTH, "1947-05-03", -1, &options, out, 32, &length, &err), GOV_E_ARGUMENT);
}
END_TEST

START_TEST(the_caller_may_choose_what_stays)
{
    char out[32];
    int64_t length = 0;
    gov_mask_options options = GOV_MASK_OPTIONS_INIT;
    options.keep_first = 2;
    options.keep_last = -1;
    ck_ok(gov_mask(GOV_MASK_CITIZEN_ID, "11010519491231002X", -1, &options, out, 32, &length, &err));
    ck_assert_str_eq(out, "11****************");
    options.keep_first = -2;
    ck_fails(gov_mask(GOV_MASK_TEXT, "abc", -1, &options, out, 32, &length, &err), GOV_E_ARGUMENT);
}
END_TEST

START_TEST(a_mask_that_does_not_fit_shows_nothing)
{
    char out[16] = "untouched";
    int64_t length = 0;
    ck_ok(gov_mask(GOV_MASK_PHONE, "13800138000", -1, NULL, out, 11, &length, &err));
    ck_assert_str_eq(out, "");
    ck_assert_int_eq(length, 11);
    ck_ok(gov_mask(GOV_MASK_PHONE, "13800138000", -1, NULL, out, 12, &length, &err));
    ck_assert_str_eq(out, "138****8000");
    ck_ok(gov_mask(GOV_MASK_PHONE, "13800138000", -1, NULL, NULL, 0, &length, &err));
    ck_assert_int_eq(length, 11);
    ck_fails(gov_mask(GOV_MASK_PHONE, "1\xFF", -1, NULL, out, 16, &length, &err), GOV_E_ENCODING);
    ck_fails(gov_mask(GOV_MASK_PHONE, NULL, -1, NULL, out, 16, &length, &err), GOV_E_ARGUMENT);
    ck_fails(gov_mask(GOV_MASK_PHONE, "1", -1, NULL, NULL, 16, &length, &err), GOV_E_ARGUMENT);
    ck_fails(gov_mask(GOV_MASK_PHONE, "1", -1, NULL, out, 16, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_mask((gov_mask_kind)8, "1", -1, NULL, out, 16, &length, &err), GOV_E_ARGUMENT);
}
END_TEST

START_TEST(masks_are_known_by_name)
{
    gov_mask_kind kind = GOV_MASK_TEXT;
    ck_ok(gov_mask_kind_parse("citizen_id", &kind, &err));
    ck_assert_int_eq(kind, GOV_MASK_CITIZEN_ID);
    ck_ok(gov_mask_kind_parse("plate", &kind, &err));
    ck_assert_int_eq(kind, GOV_MASK_PLATE);
    ck_fails(gov_mask_kind_parse("plates", &kind, &err), GOV_E_UNKNOWN_NAME);
    ck_fails(gov_mask_kind_parse(NULL, &kind, &err), GOV_E_ARGUMENT);
    ck_assert_int_eq(kind, GOV_MASK_PLATE);
}
END_TEST

static void check_mac(gov_mac_algorithm algorithm, const void *key, int64_t key_size, const void *message,
                      int64_t size, const char *expected)
{
    unsigned char mac[GOV_MAC_BYTES];
    char hex[2 * GOV_MAC_BYTES + 1];
    gov_mac *m = NULL;
    ck_ok(gov_mac_new(algorithm, key, key_size, message, 4, &m, &err));
    ck_ok(gov_mac_of(m, (const char *)message + 4, size - 4, mac, &err));
    ck_ok(gov_mac_of(m, (const char *)message + 4, size - 4, mac, &err));
    for (int i = 0; i < GOV_MAC_BYTES; i++)
        snprintf(hex + 2 * i, 3, "%02x", mac[i]);
    ck_assert_str_eq(hex, expected);
    gov_mac_free(m);
}

START_TEST(macs_equal_the_published_vectors)
{
    unsigned char key[131];
    unsigned char data[50];
    memset(key, 0x0b, sizeof(key));
    check_mac(GOV_MAC_HMAC_SHA256, key, 20, "Hi There", 8,
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    check_mac(GOV_MAC_HMAC_SM3, key, 32, "Hi There", 8,
              "c0ba18c68b90c88bc07de794bfc7d2c8d19ec31ed8773bc2b390c9604e0be11e");
    check_mac(GOV_MAC_HMAC_SHA256, "Jefe", 4, "what do ya want for nothing?", 28,
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    check_mac(GOV_MAC_HMAC_SM3, "Jefe", 4, "what do ya want for nothing?", 28,
              "2e87f1d16862e6d964b50a5200bf2b10b764faa9680a296a2405f24bec39f882");
    memset(key, 0xaa, sizeof(key));
    check_mac(GOV_MAC_HMAC_SHA256, key, 131, "Test Using Larger Than Block-Size Key - Hash Key First", 54,
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    for (int i = 0; i < 37; i++)
        key[i] = (unsigned char)(i + 1);
    check_mac(GOV_MAC_HMAC_SM3, key, 32,
              "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"
              "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
              112, "ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a");
    memset(data, 0xcd, sizeof(data));
    check_mac(GOV_MAC_HMAC_SM3, key, 37, data, 50,
              "220bf579ded555393f0159f66c99877822a3ecf610d1552154b41d44b94db3ae");
}
END_TEST

static const char key_text[] = "0123456789abcdef0123456789abcdef";
#define KEY_SIZE ((int64_t)sizeof(key_text) - 1)

static void pseudonym(const char *domain, const gov_pseudonym_options *options, const char *text,
                      char out[65])
{
    gov_pseudonym *p = NULL;
    int64_t length = 0;
    ck_ok(gov_pseudonym_new(key_text, KEY_SIZE, domain, options, &p, &err));
    ck_ok(gov_pseudonym_make(p, text, -1, out, 65, &length, &err));
    ck_assert_int_eq(length, (int64_t)strlen(out));
    gov_pseudonym_free(p);
}

/* The message as the header words it, hashed by the MAC that the vectors above have checked. */
START_TEST(a_pseudonym_is_the_mac_of_label_and_text)
{
    static const char message[] = "govcore pseudonym 1\0\0\0\0\0\0\0\0\005score110105";
    unsigned char mac[GOV_MAC_BYTES];
    char hex[2 * GOV_MAC_BYTES + 1];
    char out[65];
    gov_mac *m = NULL;
    gov_pseudonym_options options = GOV_PSEUDONYM_OPTIONS_INIT;
    options.encoding = GOV_MAC_HEX;
    options.bytes = 32;
    ck_ok(gov_mac_new(GOV_MAC_HMAC_SHA256, key_text, KEY_SIZE, "", 0, &m, &err));
    ck_ok(gov_mac_of(m, message, (int64_t)sizeof(message) - 1, mac, &err));
    gov_mac_free(m);
    for (int i = 0; i < GOV_MAC_BYTES; i++)
        snprintf(hex + 2 * i, 3, "%02x", mac[i]);
    pseudonym("score", &options, "110105", out);
    ck_assert_str_eq(out, hex);
}
END_TEST

START_TEST(labels_and_texts_are_kept_apart)
{
    char a[65];
    char b[65];
    pseudonym("ab", NULL, "c", a);
    pseudonym("a", NULL, "bc", b);
    ck_assert_str_ne(a, b);
    pseudonym("", NULL, "abc", b);
    ck_assert_str_ne(a, b);
    pseudonym("ab", NULL, "c", b);
    ck_assert_str_eq(a, b);
    ck_assert_int_eq((int64_t)strlen(a), 26);
    gov_pseudonym_options options = GOV_PSEUDONYM_OPTIONS_INIT;
    options.algorithm = GOV_MAC_HMAC_SM3;
    pseudonym("ab", &options, "c", b);
    ck_assert_str_ne(a, b);
}
END_TEST

START_TEST(keys_labels_and_options_are_checked)
{
    gov_pseudonym *p = NULL;
    gov_pseudonym_options options = GOV_PSEUDONYM_OPTIONS_INIT;
    char label[66];
    char out[65];
    int64_t length = 0;
    memset(label, 'x', 65);
    label[65] = '\0';
    ck_fails(gov_pseudonym_new(key_text, 31, "", NULL, &p, &err), GOV_E_ARGUMENT);
    ck_fails(gov_pseudonym_new(key_text, 1025, "", NULL, &p, &err), GOV_E_ARGUMENT);
    ck_fails(gov_pseudonym_new(NULL, 32, "", NULL, &p, &err), GOV_E_ARGUMENT);
    ck_fails(gov_pseudonym_new(key_text, 32, NULL, NULL, &p, &err), GOV_E_ARGUMENT);
    ck_fails(gov_pseudonym_new(key_text, 32, label, NULL, &p, &err), GOV_E_ARGUMENT);
    options.bytes = 9;
    ck_fails(gov_pseudonym_new(key_text, 32, "", &options, &p, &err), GOV_E_ARGUMENT);
    options.bytes = 33;
    ck_fails(gov_pseudonym_new(key_text, 32, "", &options, &p, &err), GOV_E_ARGUMENT);
    options.bytes = 0;
    options.encoding = 2;
    ck_fails(gov_pseudonym_new(key_text, 32, "", &options, &p, &err), GOV_E_ARGUMENT);
    options.encoding = 0;
    options.algorithm = 2;
    ck_fails(gov_pseudonym_new(key_text, 32, "", &options, &p, &err), GOV_E_ARGUMENT);
    ck_assert_ptr_null(p);
    ck_fails(gov_pseudonym_new(key_text, 32, "", NULL, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_pseudonym_column(NULL, NULL, "a", NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_pseudonym_make(NULL, "a", -1, out, 65, &length, &err), GOV_E_ARGUMENT);
    gov_pseudonym_free(NULL);
}
END_TEST

static gov_table *names_table(const char *const *texts, int64_t count)
{
    gov_table_builder *builder = NULL;
    gov_table *table = NULL;
    ck_ok(gov_table_builder_new(&builder, &err));
    ck_ok(gov_table_builder_texts(builder, "name", texts, count, &err));
    ck_ok(gov_table_builder_finish(builder, &table, &err));
    gov_table_builder_free(builder);
    return table;
}

START_TEST(columns_are_masked_row_by_row)
{
    char longer[400];
    memset(longer, 'a', sizeof(longer) - 1);
    longer[sizeof(longer) - 1] = '\0';
    const char *const texts[] = {"张三", NULL, "欧阳娜娜", "", longer};
    const char *const expected[] = {"张*", NULL, "欧阳**", "", NULL};
    gov_table *table = names_table(texts, 5);
    gov_table *out = NULL;
    const char *text = NULL;
    int64_t size = 0;
    ck_ok(gov_mask_column(table, "name", GOV_MASK_NAME, NULL, &out, &err));
    ck_assert_int_eq(gov_table_rows(out), 5);
    ck_assert_str_eq(gov_table_name(out, 0), "name");
    for (int64_t i = 0; i < 4; i++) {
        ck_ok(gov_table_text(out, i, 0, &text, &size, &err));
        ck_assert_int_eq(text == NULL, expected[i] == NULL);
        if (text != NULL) {
            ck_assert_int_eq(size, (int64_t)strlen(expected[i]));
            ck_assert_mem_eq(text, expected[i], (size_t)size);
        }
    }
    ck_ok(gov_table_text(out, 4, 0, &text, &size, &err));
    ck_assert_int_eq(size, 399);
    ck_assert_int_eq(text[398], '*');
    gov_table_free(out);
    out = NULL;
    ck_fails(gov_mask_column(table, "no", GOV_MASK_NAME, NULL, &out, &err), GOV_E_UNKNOWN_NAME);
    ck_fails(gov_mask_column(table, "name", (gov_mask_kind)9, NULL, &out, &err), GOV_E_ARGUMENT);
    ck_fails(gov_mask_column(NULL, "name", GOV_MASK_NAME, NULL, &out, &err), GOV_E_ARGUMENT);
    ck_every_allocation(gov_mask_column(table, "name", GOV_MASK_NAME, NULL, &out, &err),
                        ck_assert_ptr_null(out), (gov_table_free(out), out = NULL));
    gov_table_free(table);
}
END_TEST

START_TEST(columns_of_pseudonyms_equal_single_ones)
{
    const char *const texts[] = {"11010519491231002X", NULL, "440524188001010014"};
    gov_table *table = names_table(texts, 3);
    gov_table *out = NULL;
    gov_pseudonym *p = NULL;
    char single[65];
    const char *text = NULL;
    int64_t size = 0;
    ck_ok(gov_pseudonym_new(key_text, KEY_SIZE, "join", NULL, &p, &err));
    ck_ok(gov_pseudonym_column(p, table, "name", &out, &err));
    pseudonym("join", NULL, texts[2], single);
    ck_ok(gov_table_text(out, 2, 0, &text, &size, &err));
    ck_assert_int_eq(size, 26);
    ck_assert_mem_eq(text, single, 26);
    ck_ok(gov_table_text(out, 1, 0, &text, &size, &err));
    ck_assert_ptr_null(text);
    gov_table_free(out);
    out = NULL;
    ck_every_allocation(gov_pseudonym_column(p, table, "name", &out, &err), ck_assert_ptr_null(out),
                        (gov_table_free(out), out = NULL));
    gov_pseudonym_free(p);
    p = NULL;
    ck_every_allocation(gov_pseudonym_new(key_text, KEY_SIZE, "join", NULL, &p, &err), ck_assert_ptr_null(p),
                        (gov_pseudonym_free(p), p = NULL));
    gov_table_free(table);
}
END_TEST

GOV_TESTS("code/masks", ids_phones_accounts_and_plates_keep_their_ends, names_keep_the_surname,
          texts_too_short_for_their_mask_are_hidden_whole, addresses_end_at_the_street,
          nothing_behind_a_road_or_a_number_is_shown, birth_dates_become_bands,
          the_caller_may_choose_what_stays, a_mask_that_does_not_fit_shows_nothing, masks_are_known_by_name,
          macs_equal_the_published_vectors, a_pseudonym_is_the_mac_of_label_and_text,
          labels_and_texts_are_kept_apart, keys_labels_and_options_are_checked, columns_are_masked_row_by_row,
          columns_of_pseudonyms_equal_single_ones)
