/* rational.h - exact fractions of 64-bit integers: weights and cut-offs are never rounded.
 *
 * A fraction keeps the form in which it was written (90/1000) until it is reduced, because the denominator
 * that a model's author wrote is the one that people will read in its results. The denominator is > 0. */
#ifndef GOVCORE_NEED_RATIONAL_H
#define GOVCORE_NEED_RATIONAL_H

#include <stdint.h>

typedef struct gov_rational {
    int64_t num;
    int64_t den;
} gov_rational;

/* Reads "1/7", "90/1000", "0" or "1": digits, and a slash between them. 0 if it is anything else. */
int gov_rational_parse(const char *text, int64_t size, gov_rational *out);
int64_t gov_gcd(int64_t a, int64_t b); /* of numbers >= 0, not both 0 */
/* The least common multiple of positive numbers; 0 if it does not fit. */
int64_t gov_lcm(int64_t a, int64_t b);
gov_rational gov_rational_reduced(gov_rational r);
/* a + b, reduced; 0 if it does not fit. */
int gov_rational_add(gov_rational a, gov_rational b, gov_rational *out);
/* a × b, reduced; 0 if it does not fit. */
int gov_rational_multiply(gov_rational a, gov_rational b, gov_rational *out);
/* Below 0, 0 or above 0 as a < b, a = b, a > b; both at least 0. Exact for all values. */
int gov_rational_compare(gov_rational a, gov_rational b);
/* The numerator of r over `den`, which must be a multiple of the reduced denominator; -1 if it is not or does
 * not fit. */
int64_t gov_rational_over(gov_rational r, int64_t den);
/* The least integer n with n / den >= r; r and den at least 0, r at most 1. */
int64_t gov_rational_ceil_over(gov_rational r, int64_t den);

#endif
