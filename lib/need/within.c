/* within.c - one loop a type, so that a column of bytes is compared 64 values at a time.
 *
 * For integers both ends are moved to the nearest integers inside, then into the type; `v - low <= high - low`
 * in the unsigned type is then one subtraction and one comparison. */
#include "need/within.h"

#include "base/clones.h"

#include <math.h>
#include <string.h>

gov_need_range gov_need_below(double c, int or_equal)
{
    return (gov_need_range){-INFINITY, or_equal ? c : nextafter(c, -INFINITY)};
}

gov_need_range gov_need_above(double c, int or_equal)
{
    return (gov_need_range){or_equal ? c : nextafter(c, INFINITY), INFINITY};
}

gov_need_range gov_need_exactly(double c)
{
    return (gov_need_range){c, c};
}

/* Eight bits to eight bytes of 0 or 1, for each byte: it is copied to all eight, each bit is kept in its own copy and
 * then brought down to bit 0. */
GOV_CLONES static void spread(const uint8_t *restrict bits, uint8_t *restrict known, int64_t bytes)
{
    for (int64_t i = 0; i < bytes; i++) {
        uint64_t x = (bits[i] * UINT64_C(0x0101010101010101)) & UINT64_C(0x8040201008040201);
        x = (x + UINT64_C(0x7f7f7f7f7f7f7f7f)) >> 7 & UINT64_C(0x0101010101010101);
        memcpy(known + 8 * i, &x, sizeof(x));
    }
}

/* One byte a bit, from bit `at` on. */
static void unpack(const uint8_t *bits, int64_t at, int64_t count, uint8_t *bytes)
{
    int64_t whole = at % 8 == 0 && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? count / 8 : 0;
    spread(bits + at / 8, bytes, whole);
    gov_bits_unpack(bits, at + whole * 8, count - whole * 8, bytes + whole * 8);
}

void gov_need_known(const gov_column_view *view, int64_t first, int64_t count, uint8_t *known)
{
    if (view->validity == NULL)
        memset(known, 1, (size_t)count);
    else
        unpack(view->validity, view->offset + first, count, known);
}

/* --- Loops ------------------------------------------------------------------------------------------------ */

#define FLOATS(NAME, TYPE)                                                                                 \
    GOV_CLONES static int NAME(const TYPE *restrict v, const uint8_t *restrict known, int64_t n, TYPE low, \
                               TYPE high, TYPE least, TYPE most, uint8_t *restrict bits)                   \
    {                                                                                                      \
        uint8_t outside = 0;                                                                               \
        for (int64_t i = 0; i < n; i++) {                                                                  \
            bits[i] = (uint8_t)(known[i] & (v[i] >= low) & (v[i] <= high));                                \
            outside |= (uint8_t)(known[i] & !((v[i] >= least) & (v[i] <= most)));                          \
        }                                                                                                  \
        return !outside;                                                                                   \
    }

FLOATS(within_double, double)
FLOATS(within_float, float)

/* `width` is high - low, and `span` most - least, in the unsigned type. */
#define INTEGERS(NAME, UNSIGNED)                                                                           \
    GOV_CLONES static int NAME(const void *values, const uint8_t *restrict known, int64_t n, UNSIGNED low, \
                               UNSIGNED width, UNSIGNED least, UNSIGNED span, uint8_t *restrict bits)      \
    {                                                                                                      \
        const UNSIGNED *restrict v = values;                                                               \
        uint8_t outside = 0;                                                                               \
        for (int64_t i = 0; i < n; i++) {                                                                  \
            bits[i] = (uint8_t)(known[i] & ((UNSIGNED)(v[i] - low) <= width));                             \
            outside |= (uint8_t)(known[i] & ((UNSIGNED)(v[i] - least) > span));                            \
        }                                                                                                  \
        return !outside;                                                                                   \
    }

INTEGERS(within_8, uint8_t)
INTEGERS(within_16, uint16_t)
INTEGERS(within_32, uint32_t)
INTEGERS(within_64, uint64_t)

/* --- Ends in the column's type ---------------------------------------------------------------------------- */

typedef struct ends {
    uint64_t low; /* of the type's bits */
    uint64_t width;
    int empty;
} ends;

/* The integers of an interval between the least and the most of the type (of 64 bits: those that doubles have). */
static ends integer_ends(gov_need_range r, double least, double most)
{
    double low = ceil(r.low) > least ? ceil(r.low) : least;
    double high = floor(r.high) < most ? floor(r.high) : most;
    ends e = {0, 0, !(low <= high)};
    if (e.empty)
        return e;
    e.low = (uint64_t)(int64_t)low;
    e.width = (uint64_t)(int64_t)high - e.low;
    return e;
}

static int integers(const gov_column_view *view, int64_t first, int64_t n, gov_need_range wanted,
                    gov_need_range allowed, double least, double most, uint8_t *bits, const uint8_t *known)
{
    ends w = integer_ends(wanted, least, most);
    ends a = integer_ends(allowed, least, most);
    size_t width = gov_type_width(view->type);
    const char *v = (const char *)view->values + (size_t)(view->offset + first) * width;
    int inside;
    if (width == 1)
        inside =
            within_8(v, known, n, (uint8_t)w.low, (uint8_t)w.width, (uint8_t)a.low, (uint8_t)a.width, bits);
    else if (width == 2)
        inside = within_16(v, known, n, (uint16_t)w.low, (uint16_t)w.width, (uint16_t)a.low,
                           (uint16_t)a.width, bits);
    else if (width == 4)
        inside = within_32(v, known, n, (uint32_t)w.low, (uint32_t)w.width, (uint32_t)a.low,
                           (uint32_t)a.width, bits);
    else
        inside = within_64(v, known, n, w.low, w.width, a.low, a.width, bits);
    if (w.empty)
        memset(bits, 0, (size_t)n);
    return inside && !a.empty;
}

/* The floats of an interval of doubles: ends are moved inwards where a float cannot hold them. */
static gov_need_range float_ends(gov_need_range r)
{
    float low = (float)r.low;
    float high = (float)r.high;
    if ((double)low < r.low)
        low = nextafterf(low, INFINITY);
    if ((double)high > r.high)
        high = nextafterf(high, -INFINITY);
    return (gov_need_range){low, high};
}

static int contains(gov_need_range r, double v)
{
    return v >= r.low && v <= r.high;
}

/* `no` and `yes`: whether false and true are wanted. */
GOV_CLONES static void choose(uint8_t no, uint8_t yes, const uint8_t *restrict known, uint8_t *restrict bits,
                              int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        bits[i] = (uint8_t)(known[i] & ((bits[i] & yes) | ((bits[i] ^ 1) & no)));
}

static int booleans(const gov_column_view *view, int64_t first, int64_t n, gov_need_range wanted,
                    gov_need_range allowed, uint8_t *bits, const uint8_t *known)
{
    int inside = 1;
    unpack(view->values, view->offset + first, n, bits);
    for (int64_t i = 0; i < n && !(contains(allowed, 0) && contains(allowed, 1)); i++)
        inside &= !known[i] || contains(allowed, bits[i]);
    choose((uint8_t)contains(wanted, 0), (uint8_t)contains(wanted, 1), known, bits, n);
    return inside;
}

int gov_need_within(const gov_column_view *view, int64_t first, int64_t n, gov_need_range wanted,
                    gov_need_range allowed, uint8_t *bits, uint8_t *known)
{
    gov_need_known(view, first, n, known);
    switch (view->type) {
    case GOV_TYPE_FLOAT64:
        return within_double((const double *)view->values + view->offset + first, known, n, wanted.low,
                             wanted.high, allowed.low, allowed.high, bits);
    case GOV_TYPE_FLOAT32:
        wanted = float_ends(wanted);
        allowed = float_ends(allowed);
        return within_float((const float *)view->values + view->offset + first, known, n, (float)wanted.low,
                            (float)wanted.high, (float)allowed.low, (float)allowed.high, bits);
    case GOV_TYPE_INT8:
        return integers(view, first, n, wanted, allowed, INT8_MIN, INT8_MAX, bits, known);
    case GOV_TYPE_UINT8:
        return integers(view, first, n, wanted, allowed, 0, UINT8_MAX, bits, known);
    case GOV_TYPE_INT16:
        return integers(view, first, n, wanted, allowed, INT16_MIN, INT16_MAX, bits, known);
    case GOV_TYPE_UINT16:
        return integers(view, first, n, wanted, allowed, 0, UINT16_MAX, bits, known);
    case GOV_TYPE_INT32:
    case GOV_TYPE_DATE:
        return integers(view, first, n, wanted, allowed, INT32_MIN, INT32_MAX, bits, known);
    case GOV_TYPE_UINT32:
        return integers(view, first, n, wanted, allowed, 0, UINT32_MAX, bits, known);
    case GOV_TYPE_INT64:
        return integers(view, first, n, wanted, allowed, -0x1p53, 0x1p53, bits, known);
    case GOV_TYPE_UINT64:
        return integers(view, first, n, wanted, allowed, 0, 0x1p53, bits, known);
    default:
        return booleans(view, first, n, wanted, allowed, bits, known);
    }
}
