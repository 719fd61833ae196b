/* The incomplete beta function by DiDonato and Morris's continued fraction (1992, ACM TOMS 18, 360-373, the even
 * part of DLMF 8.17.22), taken on the side of the mean where it converges, in O(sqrt(max(a, b))) steps. It is
 * written in λ = a - (a+b) x, which is known to full precision from the smaller of x and 1 - x; the plain fraction
 * forms 1 - x from x and loses six digits of a t tail with 1e6 degrees of freedom. The factor before it is a
 * binomial probability in Loader's form, as in gamma.c. */
#include "stat/special.h"

#include <float.h>
#include <math.h>

#define TWO_PI 6.28318530717958647693

/* a - (a+b) x, from the smaller of x and y: the larger has lost digits to 1. */
static double above_mean(double a, double b, double x, double y)
{
    return x < y ? a - (a + b) * x : (a + b) * y - b;
}

double gov_beta_term(double a, double b, double x, double y)
{
    if (x == 0 || y == 0)
        return (x == 0 ? a : b) == 0 ? 1 : 0;
    if (a == 0 || b == 0)
        return a == 0 ? exp(b * (y < 0.5 ? log(y) : log1p(-x))) : exp(a * (x < 0.5 ? log(x) : log1p(-y)));
    double n = a + b;
    double error = gov_stirling_error(n) - gov_stirling_error(a) - gov_stirling_error(b);
    double d =
        x < y ? a - n * x : n * y - b; /* from the smaller of x and y: the larger has lost digits to 1 */
    double deviance = gov_deviance_by(a, n * x, d) + gov_deviance_by(b, n * y, -d);
    return exp(error - deviance) * sqrt(n / (TWO_PI * a * b));
}

/* x^a y^b / B(a, b) divided by β1 + α2/(β2 + α3/(β3 + ...)), by Lentz's method; x < (a+1)/(a+b+2). */
static double fraction(double a, double b, double x, double y)
{
    const double tiny = 1e-300;
    double lambda = above_mean(a, b, x, y);
    double h = a / (a + 1) * (lambda + 1);
    double c = h;
    double d = 0;
    for (double n = 1; n < 1000000; n++) {
        double alpha =
            (a + n - 1) / (a + 2 * n - 1) * ((a + b + n - 1) / (a + 2 * n - 1)) * n * (b - n) * x * x;
        double beta =
            n + n * (b - n) * x / (a + 2 * n - 1) + (a + n) / (a + 2 * n + 1) * (lambda + 1 + n * (1 + y));
        d = beta + alpha * d;
        d = 1 / (d == 0 ? tiny : d);
        c = beta + alpha / c;
        c = c == 0 ? tiny : c;
        h *= c * d;
        if (fabs(c * d - 1) < DBL_EPSILON)
            break;
    }
    return a * b / (a + b) * gov_beta_term(a, b, x, y) / h;
}

void gov_incomplete_beta(double a, double b, double x, double y, double *lower, double *upper)
{
    if (!(a > 0) || !(b > 0) || !(x >= 0) || !(y >= 0)) {
        *lower = *upper = NAN;
    } else if (x == 0 || y == 0) {
        *lower = x != 0;
        *upper = x == 0;
    } else if (x < (a + 1) / (a + b + 2)) {
        *lower = fmin(1, fraction(a, b, x, y));
        *upper = 1 - *lower;
    } else {
        *upper = fmin(1, fraction(b, a, y, x));
        *lower = 1 - *upper;
    }
}
