/* Gamma, beta, t, chi-squared and F: cumulative forms from the incomplete gamma and beta functions, quantiles
 * by solving for the smaller tail.
 *
 * The solver looks for u = ln x where ln P(e^u) (or ln Q) meets the target. In these coordinates the gamma and
 * beta tails are concave, so Newton's method closes in from one side in a handful of steps; a bracket catches
 * what rounding or a poor start would spoil. A relative error in x follows from an absolute one in u. */
#include "stat/distribution.h"
#include "stat/special.h"

#include <float.h>
#include <math.h>

#define LN_2 0.69314718055994530942

/* A tail as a function of u = ln x: the two tails and x times the density. */
typedef struct tails {
    double lower;
    double upper;
    double slope;
} tails;
typedef tails (*tails_at)(double u, double a, double b);

/* The u where the lower tail is p, or where the upper is q, whichever is smaller; p + q = 1. high: a u at which
 * the lower tail is at least p. */
static double solve(tails_at at, double a, double b, double p, double q, double start, double high)
{
    int by_lower = p <= q;
    double target = log(by_lower ? p : q);
    double low = -745;
    double u = fmin(fmax(start, low), high);
    for (int i = 0; i < 200; i++) {
        tails t = at(u, a, b);
        double tail = by_lower ? t.lower : t.upper;
        double error = log(tail) - target;
        if (error == 0)
            return u;
        if ((error > 0) == by_lower)
            high = u;
        else
            low = u;
        double step = error * tail / t.slope;
        double next = by_lower ? u - step : u + step;
        if (!(next > low && next < high))
            next = low + (high - low) / 2;
        if (fabs(next - u) <= DBL_EPSILON * fmax(1e-3, fabs(u)) || next == low || next == high)
            return next;
        u = next;
    }
    return u;
}

static tails gamma_tails(double u, double shape, double unused)
{
    (void)unused;
    double x = exp(u);
    tails t;
    gov_incomplete_gamma(shape, x, &t.lower, &t.upper);
    t.slope = shape * gov_gamma_term(shape, x);
    return t;
}

/* The standard gamma quantile. Start: Wilson & Hilferty (1931), or the leading term of P near 0. */
static double gamma_inverse(double p, double q, double shape)
{
    if (!(p >= 0 && q >= 0 && shape > 0))
        return NAN;
    if (p == 0)
        return 0;
    if (q == 0)
        return INFINITY;
    double z = p < q ? gov_normal_quantile(p) : gov_normal_isf(q);
    double cube = 1 - 1 / (9 * shape) + z / (3 * sqrt(shape));
    double start =
        shape < 0.5 || cube < 0.1 ? (log(p) + gov_log_gamma(shape + 1)) / shape : log(shape) + 3 * log(cube);
    double high = log(shape + 1) + 8;
    return exp(solve(gamma_tails, shape, 0, p, q, start, high));
}

double gov_gamma_cdf(double x, double shape, double scale)
{
    double lower;
    double upper;
    gov_incomplete_gamma(shape, scale > 0 ? fmax(x, 0) / scale : NAN, &lower, &upper);
    return isnan(x) ? NAN : lower;
}

double gov_gamma_tail(double x, double shape, double scale)
{
    double lower;
    double upper;
    gov_incomplete_gamma(shape, scale > 0 ? fmax(x, 0) / scale : NAN, &lower, &upper);
    return isnan(x) ? NAN : upper;
}

double gov_gamma_quantile(double p, double shape, double scale)
{
    return scale > 0 ? scale * gamma_inverse(p, 1 - p, shape) : NAN;
}

double gov_gamma_isf(double q, double shape, double scale)
{
    return scale > 0 ? scale * gamma_inverse(1 - q, q, shape) : NAN;
}

double gov_chi2_cdf(double x, double df)
{
    return gov_gamma_cdf(x, df / 2, 2);
}

double gov_chi2_tail(double x, double df)
{
    return gov_gamma_tail(x, df / 2, 2);
}

double gov_chi2_quantile(double p, double df)
{
    return gov_gamma_quantile(p, df / 2, 2);
}

double gov_chi2_isf(double q, double df)
{
    return gov_gamma_isf(q, df / 2, 2);
}

static tails beta_tails(double u, double a, double b)
{
    double x = exp(u);
    double y = -expm1(u);
    tails t;
    gov_incomplete_beta(a, b, x, y, &t.lower, &t.upper);
    t.slope = a * b / (a + b) / y * gov_beta_term(a, b, x, y);
    return t;
}

/* The x and y = 1 - x of the beta quantile; whichever is below a half is solved for, so both keep their digits. */
static void beta_inverse(double p, double q, double a, double b, double *x, double *y)
{
    *x = *y = NAN;
    if (!(p >= 0 && q >= 0 && a > 0 && b > 0))
        return;
    double lower;
    double upper;
    gov_incomplete_beta(a, b, 0.5, 0.5, &lower, &upper);
    int mirrored = p < q ? p > lower : q < upper;
    double *small = mirrored ? y : x;
    double *large = mirrored ? x : y;
    double p_small = mirrored ? q : p;
    double q_small = mirrored ? p : q;
    double a_small = mirrored ? b : a;
    double b_small = mirrored ? a : b;
    if (p_small == 0) {
        *small = 0;
        *large = 1;
        return;
    }
    double log_beta = gov_log_gamma(a) + gov_log_gamma(b) - gov_log_gamma(a + b);
    double start = (log(p_small) + log(a_small) + log_beta) / a_small;
    double u = solve(beta_tails, a_small, b_small, p_small, q_small, fmin(start, -1), -LN_2);
    *small = exp(u);
    *large = -expm1(u);
}

static void beta_both(double x, double a, double b, double *lower, double *upper)
{
    double inside = fmin(fmax(x, 0), 1);
    gov_incomplete_beta(a, b, inside, 1 - inside, lower, upper);
    if (isnan(x))
        *lower = *upper = NAN;
}

double gov_beta_cdf(double x, double a, double b)
{
    double lower;
    double upper;
    beta_both(x, a, b, &lower, &upper);
    return lower;
}

double gov_beta_tail(double x, double a, double b)
{
    double lower;
    double upper;
    beta_both(x, a, b, &lower, &upper);
    return upper;
}

double gov_beta_quantile(double p, double a, double b)
{
    double x;
    double y;
    beta_inverse(p, 1 - p, a, b, &x, &y);
    return x;
}

double gov_beta_isf(double q, double a, double b)
{
    double x;
    double y;
    beta_inverse(1 - q, q, a, b, &x, &y);
    return x;
}

/* P(T > |x|) = I(df / (df + x²); df/2, 1/2) / 2. */
static double t_outer(double x, double df)
{
    double square = x * x;
    double lower;
    double upper;
    if (isinf(square) && df > 0)
        return 0;
    gov_incomplete_beta(df / 2, 0.5, df / (df + square), square / (df + square), &lower, &upper);
    return 0.5 * lower;
}

double gov_t_tail(double x, double df)
{
    double outer = t_outer(x, df);
    return x < 0 ? 1 - outer : outer;
}

double gov_t_cdf(double x, double df)
{
    return gov_t_tail(-x, df);
}

double gov_t_isf(double q, double df)
{
    if (!(q >= 0 && q <= 1 && df > 0))
        return NAN;
    if (q > 0.5)
        return -gov_t_isf(1 - q, df);
    double x;
    double y;
    beta_inverse(2 * q, 1 - 2 * q, df / 2, 0.5, &x, &y);
    return sqrt(df) * sqrt(y / x);
}

double gov_t_quantile(double p, double df)
{
    return -gov_t_isf(p, df);
}

static void f_both(double x, double df1, double df2, double *lower, double *upper)
{
    double scaled = df1 * fmax(x, 0);
    if (isnan(x) || !(df1 > 0) || !(df2 > 0))
        *lower = *upper = NAN;
    else if (isinf(scaled))
        *lower = 1, *upper = 0;
    else
        gov_incomplete_beta(df1 / 2, df2 / 2, scaled / (df2 + scaled), df2 / (df2 + scaled), lower, upper);
}

double gov_f_cdf(double x, double df1, double df2)
{
    double lower;
    double upper;
    f_both(x, df1, df2, &lower, &upper);
    return lower;
}

double gov_f_tail(double x, double df1, double df2)
{
    double lower;
    double upper;
    f_both(x, df1, df2, &lower, &upper);
    return upper;
}

double gov_f_quantile(double p, double df1, double df2)
{
    double x;
    double y;
    beta_inverse(p, 1 - p, df1 / 2, df2 / 2, &x, &y);
    return df2 / df1 * (x / y);
}

double gov_f_isf(double q, double df1, double df2)
{
    double x;
    double y;
    beta_inverse(1 - q, q, df1 / 2, df2 / 2, &x, &y);
    return df2 / df1 * (x / y);
}
