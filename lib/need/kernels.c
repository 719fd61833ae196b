/* kernels.c - written so that the compiler turns each loop into vector code: no branches, byte masks. */
#include "need/kernels.h"

#include "base/clones.h"
#include "base/date.h"

#include <math.h>

typedef const double *restrict numbers;
typedef const uint8_t *restrict bytes;

#define ARITHMETIC(NAME, RESULT)                                                              \
    GOV_CLONES static void NAME(numbers x, bytes kx, numbers y, bytes ky, double *restrict z, \
                                uint8_t *restrict kz, int64_t n)                              \
    {                                                                                         \
        for (int64_t i = 0; i < n; i++) {                                                     \
            double r = RESULT;                                                                \
            z[i] = r;                                                                         \
            kz[i] = (uint8_t)(kx[i] & ky[i] & (r - r == 0));                                  \
        }                                                                                     \
    }

ARITHMETIC(add, x[i] + y[i])
ARITHMETIC(subtract, x[i] - y[i])
ARITHMETIC(multiply, x[i] * y[i])
ARITHMETIC(divide, x[i] / y[i])
ARITHMETIC(least, x[i] < y[i] ? x[i] : y[i])
ARITHMETIC(greatest, x[i] > y[i] ? x[i] : y[i])

#define COMPARISON(NAME, TEST)                                                                 \
    GOV_CLONES static void NAME(numbers x, bytes kx, numbers y, bytes ky, uint8_t *restrict z, \
                                uint8_t *restrict kz, int64_t n)                               \
    {                                                                                          \
        for (int64_t i = 0; i < n; i++) {                                                      \
            uint8_t k = kx[i] & ky[i];                                                         \
            kz[i] = k;                                                                         \
            z[i] = (uint8_t)(k & (TEST));                                                      \
        }                                                                                      \
    }

COMPARISON(less, x[i] < y[i])
COMPARISON(less_equal, x[i] <= y[i])
COMPARISON(equal, (x[i] <= y[i]) & (x[i] >= y[i]))

GOV_CLONES static void logic_and(bytes x, bytes kx, bytes y, bytes ky, uint8_t *restrict z,
                                 uint8_t *restrict kz, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        uint8_t both = x[i] & y[i];
        z[i] = both;
        kz[i] = (uint8_t)(both | (kx[i] ^ x[i]) | (ky[i] ^ y[i])); /* one that is known to be false decides */
    }
}

GOV_CLONES static void logic_or(bytes x, bytes kx, bytes y, bytes ky, uint8_t *restrict z,
                                uint8_t *restrict kz, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        uint8_t either = x[i] | y[i];
        z[i] = either;
        kz[i] = (uint8_t)(either | (kx[i] & ky[i]));
    }
}

GOV_CLONES static void logic_same(bytes x, bytes kx, bytes y, bytes ky, uint8_t *restrict z,
                                  uint8_t *restrict kz, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        kz[i] = kx[i] & ky[i];
        z[i] = (uint8_t)(kx[i] & ky[i] & (1 ^ x[i] ^ y[i]));
    }
}

GOV_CLONES static void logic_not(bytes x, bytes kx, uint8_t *restrict z, uint8_t *restrict kz, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        z[i] = kx[i] ^ x[i];
        kz[i] = kx[i];
    }
}

GOV_CLONES static void is_missing(bytes kx, uint8_t *restrict z, uint8_t *restrict kz, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        z[i] = kx[i] ^ 1;
        kz[i] = 1;
    }
}

GOV_CLONES static void negate(numbers x, bytes kx, double *restrict z, uint8_t *restrict kz, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        z[i] = -x[i];
        kz[i] = kx[i];
    }
}

GOV_CLONES static void absolute(numbers x, bytes kx, double *restrict z, uint8_t *restrict kz, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        z[i] = fabs(x[i]);
        kz[i] = kx[i];
    }
}

/* Whole years, months or days between two dates; the calendar does not vectorise. */
static void between_dates(int op, const gov_need_vector *a, const gov_need_vector *b,
                          const gov_need_vector *out, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        int32_t x = (int32_t)a->numbers[i];
        int32_t y = (int32_t)b->numbers[i];
        out->known[i] = a->known[i] & b->known[i];
        if (op == GOV_NEED_OP_DAYS_BETWEEN)
            out->numbers[i] = (double)y - x;
        else if (!out->known[i])
            out->numbers[i] = 0;
        else
            out->numbers[i] = op == GOV_NEED_OP_AGE_YEARS ? gov_age_years(x, y) : gov_months_between(x, y);
    }
}

GOV_CLONES static void choose_numbers(bytes w, bytes kw, const gov_need_vector *yes,
                                      const gov_need_vector *no, const gov_need_vector *out, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        out->numbers[i] = w[i] ? yes->numbers[i] : no->numbers[i];
        out->known[i] = kw[i] & (w[i] ? yes->known[i] : no->known[i]);
    }
}

GOV_CLONES static void choose_bits(bytes w, bytes kw, const gov_need_vector *yes, const gov_need_vector *no,
                                   const gov_need_vector *out, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        uint8_t k = kw[i] & (w[i] ? yes->known[i] : no->known[i]);
        out->known[i] = k;
        out->bits[i] = k & (w[i] ? yes->bits[i] : no->bits[i]);
    }
}

GOV_CLONES static void coalesce(int of_bits, const gov_need_vector *a, const gov_need_vector *b,
                                const gov_need_vector *out, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        int first = a->known[i];
        out->known[i] = a->known[i] | b->known[i];
        if (of_bits)
            out->bits[i] = first ? a->bits[i] : b->bits[i];
        else
            out->numbers[i] = first ? a->numbers[i] : b->numbers[i];
    }
}

static void numeric(int op, const gov_need_vector *a, const gov_need_vector *b, const gov_need_vector *out,
                    int64_t n)
{
    typedef void (*arithmetic)(numbers, bytes, numbers, bytes, double *restrict, uint8_t *restrict, int64_t);
    static const arithmetic table[] = {add, subtract, multiply, divide, least, greatest};
    table[op - GOV_NEED_OP_ADD](a->numbers, a->known, b->numbers, b->known, out->numbers, out->known, n);
}

void gov_need_kernel(int op, int of_bits, const gov_need_vector *a, const gov_need_vector *b,
                     const gov_need_vector *c, const gov_need_vector *out, int64_t n)
{
    switch (op) {
    case GOV_NEED_OP_NEGATE:
        negate(a->numbers, a->known, out->numbers, out->known, n);
        break;
    case GOV_NEED_OP_ABS:
        absolute(a->numbers, a->known, out->numbers, out->known, n);
        break;
    case GOV_NEED_OP_AGE_YEARS:
    case GOV_NEED_OP_MONTHS_BETWEEN:
    case GOV_NEED_OP_DAYS_BETWEEN:
        between_dates(op, a, b, out, n);
        break;
    case GOV_NEED_OP_LESS:
        less(a->numbers, a->known, b->numbers, b->known, out->bits, out->known, n);
        break;
    case GOV_NEED_OP_LESS_EQUAL:
        less_equal(a->numbers, a->known, b->numbers, b->known, out->bits, out->known, n);
        break;
    case GOV_NEED_OP_EQUAL:
        if (of_bits)
            logic_same(a->bits, a->known, b->bits, b->known, out->bits, out->known, n);
        else
            equal(a->numbers, a->known, b->numbers, b->known, out->bits, out->known, n);
        break;
    case GOV_NEED_OP_NOT:
        logic_not(a->bits, a->known, out->bits, out->known, n);
        break;
    case GOV_NEED_OP_AND:
        logic_and(a->bits, a->known, b->bits, b->known, out->bits, out->known, n);
        break;
    case GOV_NEED_OP_OR:
        logic_or(a->bits, a->known, b->bits, b->known, out->bits, out->known, n);
        break;
    case GOV_NEED_OP_IF:
        (of_bits ? choose_bits : choose_numbers)(a->bits, a->known, b, c, out, n);
        break;
    case GOV_NEED_OP_IS_MISSING:
        is_missing(a->known, out->bits, out->known, n);
        break;
    case GOV_NEED_OP_COALESCE:
        coalesce(of_bits, a, b, out, n);
        break;
    default:
        numeric(op, a, b, out, n);
    }
}
