/* The normal distribution: erfc carries both tails; the quantile is a rough rational start (Abramowitz & Stegun
 * 26.2.23, error 4.5e-4) and two steps of Halley's method, each of which triples the digits. */
#include "stat/distribution.h"

#include <math.h>

#define SQRT_HALF 0.70710678118654752440
#define SQRT_2PI 2.50662827463100050242

double gov_normal_cdf(double x)
{
    return 0.5 * erfc(-x * SQRT_HALF);
}

double gov_normal_tail(double x)
{
    return gov_normal_cdf(-x);
}

double gov_normal_quantile(double p)
{
    if (!(p >= 0 && p <= 1))
        return NAN;
    if (p > 0.5)
        return -gov_normal_quantile(1 - p);
    if (p == 0)
        return -INFINITY;
    double t = sqrt(-2 * log(p));
    double x =
        (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
    for (int i = 0; i < 3; i++) {
        double error = (gov_normal_cdf(x) - p) * SQRT_2PI * exp(x * x / 2);
        x -= error / (1 + x * error / 2);
    }
    return x;
}

double gov_normal_isf(double q)
{
    return -gov_normal_quantile(q);
}
