/* JSON read value by value: what RFC 8259 allows, and faults with their place. */
#include "base/json.h"
#include "gov_check.h"

#include <string.h>

static gov_error err = GOV_ERROR_INIT;

static gov_json of(const char *text)
{
    return gov_json_of(text, (int64_t)strlen(text), "t.json");
}

static void bad(const char *text, gov_status code, int64_t line, int64_t column)
{
    gov_json j = of(text);
    gov_status status = gov_json_skip(&j, NULL, NULL, &err);
    if (status == GOV_OK)
        status = gov_json_end(&j, &err);
    ck_assert_msg(status == code, "%s: %s", text, gov_status_name(status));
    ck_assert_str_eq(err.file, "t.json");
    ck_assert_int_eq(err.line, line);
    ck_assert_int_eq(err.column, column);
}

START_TEST(members_and_elements_are_visited_in_order)
{
    gov_json j = of(" { \"a\" : [ 1 , -2.5e1 ] , \"b\" : true , \"c\" : { } , \"d\" : null } ");
    gov_buffer key = GOV_BUFFER_INIT;
    int more = 0;
    int flag = 0;
    double number = 0;
    ck_ok(gov_json_open(&j, '{', &err));
    ck_ok(gov_json_key(&j, &key, &more, &err));
    ck_assert(more && gov_json_is(&key, "a"));
    ck_ok(gov_json_open(&j, '[', &err));
    ck_ok(gov_json_element(&j, &more, &err));
    ck_ok(gov_json_number(&j, &number, &err));
    ck_ok(gov_json_element(&j, &more, &err));
    ck_ok(gov_json_number(&j, &number, &err));
    ck_assert(number == -25.0);
    ck_ok(gov_json_element(&j, &more, &err));
    ck_assert_int_eq(more, 0);
    ck_ok(gov_json_key(&j, &key, &more, &err));
    ck_ok(gov_json_bool(&j, &flag, &err));
    ck_assert(flag && gov_json_is(&key, "b"));
    ck_ok(gov_json_key(&j, &key, &more, &err));
    ck_assert(gov_json_kind(&j) == '{');
    ck_ok(gov_json_skip(&j, NULL, NULL, &err));
    ck_ok(gov_json_key(&j, &key, &more, &err));
    ck_assert(gov_json_kind(&j) == 'n');
    const char *start;
    int64_t size;
    ck_ok(gov_json_skip(&j, &start, &size, &err));
    ck_assert(size == 4 && memcmp(start, "null", 4) == 0);
    ck_ok(gov_json_key(&j, &key, &more, &err));
    ck_assert_int_eq(more, 0);
    ck_ok(gov_json_end(&j, &err));
    gov_buffer_clear(&key);
}
END_TEST

/* U+1D11E is the example of a pair in RFC 8259, section 7. */
START_TEST(escapes_become_utf8)
{
    gov_json j = of("\"\\u5F90\\uD834\\uDD1E\\n\\\"\\/\\u00e9汇\"");
    gov_buffer text = GOV_BUFFER_INIT;
    ck_ok(gov_json_string(&j, &text, &err));
    ck_assert(gov_json_is(&text, "徐𝄞\n\"/é汇"));
    gov_buffer_clear(&text);
}
END_TEST

START_TEST(faults_are_named_with_their_place)
{
    bad("", GOV_E_FORMAT, 1, 1);
    bad("[1,\n 2,]", GOV_E_FORMAT, 2, 4);
    bad("[1 2]", GOV_E_FORMAT, 1, 4);
    bad("[1}", GOV_E_FORMAT, 1, 3);
    bad("{\"a\" 1}", GOV_E_FORMAT, 1, 6);
    bad("{\"a\":}", GOV_E_FORMAT, 1, 6);
    bad("{a:1}", GOV_E_FORMAT, 1, 2);
    bad("[01]", GOV_E_FORMAT, 1, 2);
    bad("[+1]", GOV_E_FORMAT, 1, 2);
    bad("[.5]", GOV_E_FORMAT, 1, 2);
    bad("[nan]", GOV_E_FORMAT, 1, 2);
    bad("[1e999]", GOV_E_FORMAT, 1, 2);
    bad("1 x", GOV_E_FORMAT, 1, 3);
    bad("\"徐\n\"", GOV_E_FORMAT, 1, 3);
    bad("\"\\x\"", GOV_E_FORMAT, 1, 4);
    bad("\"\\uD834\"", GOV_E_FORMAT, 1, 8);
    bad("\"\\uDD1E\"", GOV_E_FORMAT, 1, 4);
    bad("\"a\xFF\"", GOV_E_ENCODING, 1, 3);
    char deep[100];
    memset(deep, '[', 99);
    deep[99] = '\0';
    bad(deep, GOV_E_LIMIT, 1, 65);
}
END_TEST

GOV_TESTS("base/json", members_and_elements_are_visited_in_order, escapes_become_utf8,
          faults_are_named_with_their_place)
