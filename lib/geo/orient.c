/* orient.c - the exact sign of a 2 × 2 determinant.
 *
 * The plain formula is right unless its result is smaller than its rounding error can be (Shewchuk 1997,
 * "Adaptive precision floating-point arithmetic", doi:10.1007/PL00009321, bound A). Then the determinant is
 * expanded into six products, each split exactly into two doubles (Dekker 1971), and the twelve are summed into an
 * expansion without error, whose largest part has the sign. Shewchuk's middle stages are left out: the exact stage
 * is rare. Exact unless a product overflows or underflows, hence the bounds in the header. */
#include "geo/layer.h"

#include <math.h>

/* Adds `value` to an expansion of n parts in increasing order, without error (Shewchuk's GROW-EXPANSION). */
static int grow(double *parts, int n, double value)
{
    double sum = value;
    for (int i = 0; i < n; i++) {
        double a = sum;
        double b = parts[i];
        sum = a + b;
        double b_part = sum - a;
        parts[i] = (a - (sum - b_part)) + (b - b_part);
    }
    parts[n] = sum;
    return n + 1;
}

static void split(double a, double *high, double *low)
{
    double c = 134217729.0 * a; /* 2^27 + 1 */
    *high = c - (c - a);
    *low = a - *high;
}

/* Adds a × b exactly. */
static int grow_product(double *parts, int n, double a, double b)
{
    double ah;
    double al;
    double bh;
    double bl;
    double product = a * b;
    split(a, &ah, &al);
    split(b, &bh, &bl);
    double error = al * bl - (((product - ah * bh) - al * bh) - ah * bl);
    return grow(parts, grow(parts, n, error), product);
}

static int exact_sign(const double *a, const double *b, const double *c)
{
    double parts[12];
    int n = grow_product(parts, 0, a[0], b[1]);
    n = grow_product(parts, n, -a[1], b[0]);
    n = grow_product(parts, n, b[0], c[1]);
    n = grow_product(parts, n, -b[1], c[0]);
    n = grow_product(parts, n, c[0], a[1]);
    n = grow_product(parts, n, -c[1], a[0]);
    for (int i = n - 1; i >= 0; i--) {
        if (parts[i] != 0.0)
            return parts[i] > 0.0 ? 1 : -1;
    }
    return 0;
}

int gov_orient(const double *a, const double *b, const double *c)
{
    const double bound = 3.3306690738754716e-16; /* (3 + 16 e) e, e = 2^-53 */
    double left = (a[0] - c[0]) * (b[1] - c[1]);
    double right = (a[1] - c[1]) * (b[0] - c[0]);
    double determinant = left - right;
    double error = bound * (fabs(left) + fabs(right));
    if (determinant > error)
        return 1;
    if (-determinant > error)
        return -1;
    return exact_sign(a, b, c);
}
