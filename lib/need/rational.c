/* rational.c - fractions by the usual rules; products go through 128 bits, so that only results overflow. */
#include "need/rational.h"

#include "base/utf8.h"

#include <string.h>

__extension__ typedef __int128 wide;

static int read_digits(const char *text, int64_t size, int64_t *out)
{
    if (size <= 0 || size > 18)
        return 0;
    for (int64_t i = 0; i < size; i++) {
        if (text[i] < '0' || text[i] > '9')
            return 0;
    }
    return gov_parse_int64(text, size, out);
}

int gov_rational_parse(const char *text, int64_t size, gov_rational *out)
{
    const char *slash = memchr(text, '/', (size_t)size);
    gov_rational r = {0, 1};
    int64_t first = slash == NULL ? size : slash - text;
    if (!read_digits(text, first, &r.num))
        return 0;
    if (slash != NULL && (!read_digits(slash + 1, size - first - 1, &r.den) || r.den == 0))
        return 0;
    *out = r;
    return 1;
}

int64_t gov_gcd(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static int narrow(wide value, int64_t *out)
{
    if (value > INT64_MAX || value < INT64_MIN)
        return 0;
    *out = (int64_t)value;
    return 1;
}

int64_t gov_lcm(int64_t a, int64_t b)
{
    int64_t lcm;
    return narrow((wide)(a / gov_gcd(a, b)) * b, &lcm) ? lcm : 0;
}

gov_rational gov_rational_reduced(gov_rational r)
{
    int64_t divisor = gov_gcd(r.num, r.den);
    return (gov_rational){r.num / divisor, r.den / divisor};
}

static int reduce_wide(wide num, wide den, gov_rational *out)
{
    wide a = num;
    wide b = den;
    while (b != 0) {
        wide rest = a % b;
        a = b;
        b = rest;
    }
    return narrow(num / a, &out->num) && narrow(den / a, &out->den);
}

int gov_rational_add(gov_rational a, gov_rational b, gov_rational *out)
{
    a = gov_rational_reduced(a);
    b = gov_rational_reduced(b);
    wide left = (wide)a.num * b.den;
    wide sum;
    if (__builtin_add_overflow(left, (wide)b.num * a.den, &sum))
        return 0;
    return reduce_wide(sum, (wide)a.den * b.den, out);
}

int gov_rational_multiply(gov_rational a, gov_rational b, gov_rational *out)
{
    return reduce_wide((wide)a.num * b.num, (wide)a.den * b.den, out);
}

int gov_rational_compare(gov_rational a, gov_rational b)
{
    wide left = (wide)a.num * b.den;
    wide right = (wide)b.num * a.den;
    return (left > right) - (left < right);
}

int64_t gov_rational_over(gov_rational r, int64_t den)
{
    r = gov_rational_reduced(r);
    int64_t over;
    if (den % r.den != 0 || !narrow((wide)r.num * (den / r.den), &over))
        return -1;
    return over;
}

int64_t gov_rational_ceil_over(gov_rational r, int64_t den)
{
    return (int64_t)(((wide)r.num * den + r.den - 1) / r.den);
}
