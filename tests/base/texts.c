/* Text: UTF-8 by RFC 3629, numbers without the locale. */
#include "base/buffer.h"
#include "base/utf8.h"
#include "gov_check.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

static gov_error err = GOV_ERROR_INIT;

static int64_t bad_at(const char *text)
{
    return gov_utf8_invalid_at(text, (int64_t)strlen(text));
}

/* The examples of RFC 3629 sections 3, 4 and 10, and the edges of each length. */
START_TEST(valid_and_invalid_utf8)
{
    ck_assert_int_eq(bad_at("A\xE2\x89\xA2\xCE\x91."), -1);
    ck_assert_int_eq(bad_at("\xF0\xA3\x8E\xB4"), -1);
    ck_assert_int_eq(bad_at("\xF4\x8F\xBF\xBF"), -1);
    ck_assert_int_eq(bad_at("12345678\xC0\x80"), 8);
    ck_assert_int_eq(bad_at("\xED\xA0\x80"), 0);
    ck_assert_int_eq(bad_at("\xF4\x90\x80\x80"), 0);
    ck_assert_int_eq(bad_at("\xE0\x9F\xBF"), 0);
    ck_assert_int_eq(bad_at("\xF0\x8F\xBF\xBF"), 0);
    ck_assert_int_eq(bad_at("ab\xE2\x89"), 2);
    ck_assert_int_eq(bad_at("\x80"), 0);
    ck_assert_int_eq(gov_utf8_count("欧阳a", 7), 3);
    ck_assert_int_eq(gov_utf8_length("欧", 3), 3);
    ck_assert_int_eq(gov_utf8_length("\xFF", 1), 1);
}
END_TEST

static int read_int(const char *text, int64_t *value)
{
    return gov_parse_int64(text, (int64_t)strlen(text), value);
}

START_TEST(integers_up_to_the_ends)
{
    int64_t v = 0;
    ck_assert(read_int("9223372036854775807", &v) && v == INT64_MAX);
    ck_assert(read_int("-9223372036854775808", &v) && v == INT64_MIN);
    ck_assert(read_int("+17", &v) && v == 17);
    v = 5;
    ck_assert(!read_int("9223372036854775808", &v));
    ck_assert(!read_int("-9223372036854775809", &v));
    ck_assert(!read_int("", &v) && !read_int("-", &v) && !read_int(" 1", &v) && !read_int("1a", &v));
    ck_assert_int_eq(v, 5);
}
END_TEST

static int read_double(const char *text, double *value)
{
    return gov_parse_double(text, (int64_t)strlen(text), value);
}

START_TEST(numbers_and_what_is_not_one)
{
    double v = 0;
    ck_assert(read_double("0.1", &v) && v == 0.1);
    ck_assert(read_double("-1.5e3", &v) && v == -1500);
    ck_assert(read_double(".5", &v) && v == 0.5);
    ck_assert(read_double("4.", &v) && v == 4);
    v = 7;
    const char *const wrong[] = {"", ".", "e5", "1e", "nan", "inf", "0x10", "1,5", "1 ", "1e999", "--1"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        ck_assert_msg(!read_double(wrong[i], &v), "'%s' is not a number", wrong[i]);
    ck_assert(v == 7);
}
END_TEST

static uint64_t state = 9;

static uint64_t draw(uint64_t below)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (state >> 33) % below;
}

/* Short decimals are read by a way of their own: it must give what strtod gives. */
START_TEST(short_decimals_are_read_as_strtod_reads_them)
{
    for (int i = 0; i < 300000; i++) {
        char text[64];
        int size = snprintf(text, sizeof(text), "%s%llu.%0*llu", draw(2) ? "-" : "",
                            (unsigned long long)draw(draw(2) ? 10 : 1000000000), (int)draw(8) + 1,
                            (unsigned long long)draw(10000000));
        if (draw(3) == 0)
            snprintf(text + size, sizeof(text) - (size_t)size, "e%d", (int)draw(60) - 30);
        double v = 0;
        ck_assert(read_double(text, &v));
        ck_assert_msg(v == strtod(text, NULL), "%s", text);
    }
    double zero = 1;
    ck_assert(read_double("-0.00", &zero) && zero == 0 && signbit(zero));
}
END_TEST

/* Doubles with few decimals are written by a way of their own: it must give what printf gives with 15 digits, which is
 * the shortest text that reads back equal. */
START_TEST(short_doubles_are_written_as_printf_writes_them)
{
    for (int i = 0; i < 300000; i++) {
        static const double steps[] = {1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7};
        double v = ((double)draw(2000000000) - 1e9) / steps[draw(8)];
        char expected[40];
        gov_buffer buffer = GOV_BUFFER_INIT;
        gov_text *text = NULL;
        gov_buffer_double(&buffer, v);
        ck_ok(gov_buffer_finish(&buffer, &text, &err));
        snprintf(expected, sizeof(expected), "%.15g", v);
        ck_assert_str_eq(gov_text_data(text), expected);
        gov_text_free(text);
    }
}
END_TEST

GOV_TESTS("base/texts", valid_and_invalid_utf8, integers_up_to_the_ends, numbers_and_what_is_not_one,
          short_decimals_are_read_as_strtod_reads_them, short_doubles_are_written_as_printf_writes_them)
