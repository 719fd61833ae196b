/* utf8.c - UTF-8 and locale-free numbers. */
#include "base/utf8.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The length of the valid character at `text`, or 0. Overlong forms, surrogates and values over U+10FFFF are
 * not characters (RFC 3629, section 4). */
static int valid_length(const unsigned char *t, int64_t size)
{
    if (t[0] < 0x80)
        return 1;
    int length = t[0] >= 0xF0 ? 4 : t[0] >= 0xE0 ? 3 : 2;
    if (t[0] < 0xC2 || t[0] > 0xF4 || size < length)
        return 0;
    for (int i = 1; i < length; i++) {
        if ((t[i] & 0xC0u) != 0x80u)
            return 0;
    }
    if ((t[0] == 0xE0 && t[1] < 0xA0) || (t[0] == 0xED && t[1] > 0x9F) || (t[0] == 0xF0 && t[1] < 0x90) ||
        (t[0] == 0xF4 && t[1] > 0x8F))
        return 0;
    return length;
}

int64_t gov_utf8_invalid_at(const char *text, int64_t size)
{
    const unsigned char *t = (const unsigned char *)text;
    int64_t i = 0;
    while (i < size) {
        uint64_t eight;
        if (size - i >= 8 && (memcpy(&eight, t + i, 8), (eight & 0x8080808080808080u) == 0)) {
            i += 8;
            continue;
        }
        int length = valid_length(t + i, size - i);
        if (length == 0)
            return i;
        i += length;
    }
    return -1;
}

int gov_utf8_length(const char *text, int64_t size)
{
    int length = valid_length((const unsigned char *)text, size);
    return length == 0 ? 1 : length;
}

int64_t gov_utf8_count(const char *text, int64_t size)
{
    int64_t count = 0;
    for (int64_t i = 0; i < size; i++)
        count += ((unsigned char)text[i] & 0xC0u) != 0x80u;
    return count;
}

int gov_parse_int64(const char *text, int64_t size, int64_t *value)
{
    int64_t i = size > 0 && (text[0] == '-' || text[0] == '+');
    int negative = i == 1 && text[0] == '-';
    int64_t sum = 0;
    if (i == size)
        return 0;
    for (; i < size; i++) {
        int digit = text[i] - '0';
        if (digit < 0 || digit > 9 || __builtin_mul_overflow(sum, 10, &sum) ||
            __builtin_sub_overflow(sum, digit, &sum))
            return 0;
    }
    if (!negative && sum == INT64_MIN)
        return 0;
    *value = negative ? sum : -sum;
    return 1;
}

/* Whether all of text is [+-] digits [. digits] [e [+-] digits] with at least one digit before the exponent.
 */
static int is_decimal(const char *t, int64_t size)
{
    int64_t i = size > 0 && (t[0] == '-' || t[0] == '+');
    int64_t digits = 0;
    for (; i < size && t[i] >= '0' && t[i] <= '9'; i++)
        digits++;
    if (i < size && t[i] == '.') {
        for (i++; i < size && t[i] >= '0' && t[i] <= '9'; i++)
            digits++;
    }
    if (digits == 0)
        return 0;
    if (i == size)
        return 1;
    if (t[i] != 'e' && t[i] != 'E')
        return 0;
    i++;
    i += i < size && (t[i] == '-' || t[i] == '+');
    int64_t first = i;
    for (; i < size && t[i] >= '0' && t[i] <= '9'; i++)
        continue;
    return i == size && i > first;
}

/* Most numbers in files are short: at most 15 digits and a power of ten up to 22 are both exact as doubles, so one
 * product or quotient of them is the correctly rounded value (Clinger 1990, doi:10.1145/93542.93557), four times
 * as fast as strtod. `text` is a decimal; 0 if it is longer. */
static int short_decimal(const char *text, int64_t size, double *value)
{
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    int64_t i = text[0] == '-' || text[0] == '+';
    int64_t digits = 0;
    int64_t scale = 0;
    int after_point = 0;
    int64_t mantissa = 0;
    for (; i < size && text[i] != 'e' && text[i] != 'E'; i++) {
        if (text[i] == '.') {
            after_point = 1;
            continue;
        }
        mantissa = mantissa * 10 + (text[i] - '0');
        scale -= after_point;
        if (++digits > 15)
            return 0;
    }
    int64_t exponent = 0;
    if (i < size && (size - i > 5 || !gov_parse_int64(text + i + 1, size - i - 1, &exponent)))
        return 0;
    scale += exponent;
    if (scale < -22 || scale > 22)
        return 0;
    double number = scale < 0 ? (double)mantissa / powers[-scale] : (double)mantissa * powers[scale];
    *value = text[0] == '-' ? -number : number;
    return 1;
}

int gov_parse_double(const char *text, int64_t size, double *value)
{
    enum { LONGEST = 400 };
    if (!is_decimal(text, size) || size > LONGEST)
        return 0;
    if (short_decimal(text, size, value))
        return 1;
    const char *point = localeconv()->decimal_point;
    char copy[LONGEST + 32];
    size_t n = 0;
    for (int64_t i = 0; i < size; i++) {
        if (text[i] == '.' && strlen(point) < 16) {
            memcpy(copy + n, point, strlen(point));
            n += strlen(point);
        } else {
            copy[n++] = text[i];
        }
    }
    copy[n] = '\0';
    double number = strtod(copy, NULL);
    if (!isfinite(number))
        return 0;
    *value = number;
    return 1;
}
