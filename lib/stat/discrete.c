/* Poisson, binomial and negative binomial. Masses in Loader's saddle-point form (see gamma.c), sums by the
 * incomplete gamma and beta functions, quantiles by a search over whole numbers: a start from the first two
 * moments, a bracket by doubling steps, then halving, about a dozen evaluations for any mean. */
#include "stat/distribution.h"
#include "stat/special.h"

#include <math.h>

typedef void (*sums_at)(double k, double a, double b, double *lower, double *upper);

/* The smallest whole k in [0, end] at which the lower sum reaches p (or the upper falls to q). */
static double search(sums_at at, double a, double b, double p, double q, double start, double end)
{
    double lower;
    double upper;
    double low = -1; /* known to be below */
    double high = fmin(fmax(floor(start), 0), end);
    double step = 1;
    for (;;) { /* upwards until reached */
        at(high, a, b, &lower, &upper);
        if ((p <= q ? lower >= p : upper <= q) || high >= end)
            break;
        low = high;
        high = fmin(high + step, end);
        step *= 2;
    }
    for (step = 1; low < 0 && high - step > 0; step *= 2) { /* downwards until below */
        at(high - step, a, b, &lower, &upper);
        if (p <= q ? lower >= p : upper <= q)
            high -= step;
        else
            low = high - step;
    }
    while (high - low > 1) {
        double middle = floor(low + (high - low) / 2);
        if (middle <= low || middle >= high) /* beyond 2^53 not every whole number is a double */
            break;
        at(middle, a, b, &lower, &upper);
        if (p <= q ? lower >= p : upper <= q)
            high = middle;
        else
            low = middle;
    }
    return high;
}

/* mean + z sd, with Cornish and Fisher's correction for skewness. */
static double start_of(double p, double q, double mean, double variance, double skewness)
{
    double z = p <= q ? gov_normal_quantile(p) : gov_normal_isf(q);
    return mean + sqrt(variance) * (z + skewness * (z * z - 1) / 6);
}

static void poisson_sums(double k, double mean, double unused, double *lower, double *upper)
{
    (void)unused;
    double count = floor(k);
    if (isnan(k) || !(mean >= 0))
        *lower = *upper = NAN;
    else if (count < 0)
        *lower = 0, *upper = 1;
    else
        gov_incomplete_gamma(count + 1, mean, upper, lower);
}

double gov_poisson_mass(double k, double mean)
{
    if (isnan(k) || !(mean >= 0))
        return NAN;
    return k < 0 || k != floor(k) || isinf(k) ? 0 : gov_gamma_term(k, mean);
}

double gov_poisson_cdf(double k, double mean)
{
    double lower;
    double upper;
    poisson_sums(k, mean, 0, &lower, &upper);
    return lower;
}

double gov_poisson_tail(double k, double mean)
{
    double lower;
    double upper;
    poisson_sums(k, mean, 0, &lower, &upper);
    return upper;
}

static double poisson_inverse(double p, double q, double mean)
{
    if (!(p >= 0 && q >= 0 && mean >= 0) || isinf(mean))
        return NAN;
    if (p == 0 || mean == 0)
        return 0;
    if (q == 0)
        return INFINITY;
    return search(poisson_sums, mean, 0, p, q, start_of(p, q, mean, mean, 1 / sqrt(mean)), INFINITY);
}

double gov_poisson_quantile(double p, double mean)
{
    return poisson_inverse(p, 1 - p, mean);
}

double gov_poisson_isf(double q, double mean)
{
    return poisson_inverse(1 - q, q, mean);
}

static int binomial_valid(double n, double prob)
{
    return n >= 0 && n == floor(n) && !isinf(n) && prob >= 0 && prob <= 1;
}

static void binomial_sums(double k, double n, double prob, double *lower, double *upper)
{
    double count = floor(k);
    if (isnan(k) || !binomial_valid(n, prob))
        *lower = *upper = NAN;
    else if (count < 0)
        *lower = 0, *upper = 1;
    else if (count >= n)
        *lower = 1, *upper = 0;
    else
        gov_incomplete_beta(count + 1, n - count, prob, 1 - prob, upper, lower);
}

double gov_binomial_mass(double k, double n, double prob)
{
    if (isnan(k) || !binomial_valid(n, prob))
        return NAN;
    return k < 0 || k > n || k != floor(k) ? 0 : gov_beta_term(k, n - k, prob, 1 - prob);
}

double gov_binomial_cdf(double k, double n, double prob)
{
    double lower;
    double upper;
    binomial_sums(k, n, prob, &lower, &upper);
    return lower;
}

double gov_binomial_tail(double k, double n, double prob)
{
    double lower;
    double upper;
    binomial_sums(k, n, prob, &lower, &upper);
    return upper;
}

static double binomial_inverse(double p, double q, double n, double prob)
{
    if (!(p >= 0 && q >= 0) || !binomial_valid(n, prob))
        return NAN;
    double variance = n * prob * (1 - prob);
    if (p == 0 || prob == 0 || n == 0)
        return 0;
    if (q == 0 || prob == 1)
        return n;
    double start = start_of(p, q, n * prob, variance, (1 - 2 * prob) / sqrt(variance));
    return search(binomial_sums, n, prob, p, q, start, n);
}

double gov_binomial_quantile(double p, double n, double prob)
{
    return binomial_inverse(p, 1 - p, n, prob);
}

double gov_binomial_isf(double q, double n, double prob)
{
    return binomial_inverse(1 - q, q, n, prob);
}

static int nb_valid(double mean, double size)
{
    return mean >= 0 && !isinf(mean) && size > 0;
}

static void nb_sums(double k, double mean, double size, double *lower, double *upper)
{
    double count = floor(k);
    if (isnan(k) || !nb_valid(mean, size))
        *lower = *upper = NAN;
    else if (isinf(size))
        poisson_sums(k, mean, 0, lower, upper);
    else if (count < 0)
        *lower = 0, *upper = 1;
    else if (isinf(count))
        *lower = 1, *upper = 0;
    else
        gov_incomplete_beta(size, count + 1, size / (size + mean), mean / (size + mean), lower, upper);
}

/* size/(size+k) times the binomial term of k and size. */
double gov_nb_mass(double k, double mean, double size)
{
    if (isnan(k) || !nb_valid(mean, size))
        return NAN;
    if (isinf(size))
        return gov_poisson_mass(k, mean);
    if (k < 0 || k != floor(k) || isinf(k))
        return 0;
    return size / (size + k) * gov_beta_term(size, k, size / (size + mean), mean / (size + mean));
}

double gov_nb_cdf(double k, double mean, double size)
{
    double lower;
    double upper;
    nb_sums(k, mean, size, &lower, &upper);
    return lower;
}

double gov_nb_tail(double k, double mean, double size)
{
    double lower;
    double upper;
    nb_sums(k, mean, size, &lower, &upper);
    return upper;
}

static double nb_inverse(double p, double q, double mean, double size)
{
    if (!(p >= 0 && q >= 0) || !nb_valid(mean, size))
        return NAN;
    if (isinf(size))
        return poisson_inverse(p, q, mean);
    if (p == 0 || mean == 0)
        return 0;
    if (q == 0)
        return INFINITY;
    double variance = mean + mean * mean / size;
    double skewness = (1 + 2 * mean / size) / sqrt(variance);
    return search(nb_sums, mean, size, p, q, start_of(p, q, mean, variance, skewness), INFINITY);
}

double gov_nb_quantile(double p, double mean, double size)
{
    return nb_inverse(p, 1 - p, mean, size);
}

double gov_nb_isf(double q, double mean, double size)
{
    return nb_inverse(1 - q, q, mean, size);
}
