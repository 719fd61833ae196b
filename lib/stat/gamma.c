/* The gamma function and its incomplete forms.
 *
 * Every probability here is a term x^a e^-x / Γ(a+1) times a sum near 1. Taking the term as exp(a ln x - x -
 * lgamma(a+1)) loses log10(a) digits; Loader's saddle-point form ("Fast and accurate computation of binomial
 * probabilities", 2000) loses none: the Stirling error and the deviance are both small and computed directly.
 *
 * P and Q: the series (DLMF 8.11.4) below the mean, the continued fraction (DLMF 8.9.2) above it, both in
 * O(sqrt(a)) terms, Temme's uniform expansion (DLMF 8.12) from a = 10 000 on, where four terms are exact. For
 * small a and x the upper tail is taken from 1 - x^a/Γ(1+a) by expm1 (DiDonato & Morris 1986), since 1 - P
 * would lose it. */
#include "stat/special.h"

#include <float.h>
#include <math.h>

#define HALF_LOG_2PI 0.91893853320467274178
#define TWO_PI 6.28318530717958647693
#define TEMME_FROM 1e4

double gov_stirling_error(double a)
{
    /* B(2k) / (2k (2k-1)), DLMF 5.11.1 */
    static const double series[] = {1.0 / 12,   -1.0 / 360,      1.0 / 1260, -1.0 / 1680,
                                    1.0 / 1188, -691.0 / 360360, 1.0 / 156,  -3617.0 / 122400};
    double sum = 0;
    for (; a < 16; a += 1)
        sum += (a + 0.5) * log1p(1 / a) - 1;
    double inverse = 1 / a;
    double square = inverse * inverse;
    double tail = 0;
    for (int k = 7; k >= 0; k--)
        tail = tail * square + series[k];
    return sum + tail * inverse;
}

double gov_log_gamma(double a)
{
    if (a >= 1 && a <= 1.5)
        return gov_log_gamma_1p(a - 1);
    if (a > 1.5 && a <= 2.5)
        return a < 2 ? gov_log_gamma_1p(a - 1) : log1p(a - 2) + gov_log_gamma_1p(a - 2);
    return (a - 0.5) * log(a) - a + HALF_LOG_2PI + gov_stirling_error(a);
}

/* -ln(1+a) + a (1-γ) + Σ (-1)^k (ζ(k)-1) a^k / k: the terms fall as (a/2)^k. DLMF 5.7.3. */
double gov_log_gamma_1p(double a)
{
    static const double zeta_less_1[] = {
        0.64493406684822643647,   0.20205690315959428540,   0.082323233711138191516,
        0.036927755143369926331,  0.017343061984449139715,  0.0083492773819228268398,
        0.0040773561979443393787, 0.0020083928260822144179, 9.9457512781808533715e-4,
        4.9418860411946455870e-4, 2.4608655330804829864e-4, 1.2271334757848914675e-4,
        6.1248135058704829259e-5, 3.0588236307020493552e-5, 1.5282259408651871733e-5,
        7.6371976378997622736e-6, 3.8172932649998398565e-6, 1.9082127165539389257e-6,
        9.5396203387279611315e-7, 4.7693298678780646312e-7, 2.3845050272773299000e-7,
        1.1921992596531107307e-7, 5.9608189051259479612e-8, 2.9803503514652280186e-8,
        1.4901554828365041235e-8, 7.4507117898354294920e-9};
    double sum = 0;
    for (int k = 27; k >= 2; k--)
        sum = zeta_less_1[k - 2] / k - a * sum;
    return -log1p(a) + a * (0.42278433509846713939 + a * sum);
}

/* With v = d / (x + m): d v + 2 x (v³/3 + v⁵/5 + ...), Loader's series, which loses nothing for m near x. */
double gov_deviance_by(double x, double m, double d)
{
    if (x == 0)
        return m;
    if (fabs(d) >= 0.5 * (x + m))
        return x * log(x / m) - d;
    double v = d / (x + m);
    double sum = d * v;
    double term = 2 * x * v;
    for (int j = 1; j < 1000; j++) {
        term *= v * v;
        double next = sum + term / (2 * j + 1);
        if (next == sum)
            break;
        sum = next;
    }
    return sum;
}

double gov_deviance(double x, double m)
{
    return gov_deviance_by(x, m, x - m);
}

double gov_gamma_term(double a, double x)
{
    if (x == 0)
        return a == 0 ? 1 : 0;
    if (a == 0)
        return exp(-x);
    if (a < 1) /* Γ(a+1) is near 1: nothing to lose, and a ln a stays out of it */
        return exp(a * log(x) - x - gov_log_gamma(a + 1));
    return exp(-gov_stirling_error(a) - gov_deviance(a, x)) / sqrt(TWO_PI * a);
}

static double lower_series(double a, double x)
{
    double sum = 1;
    double term = 1;
    for (double n = 1; term > sum * (DBL_EPSILON / 4); n++) {
        term *= x / (a + n);
        sum += term;
    }
    return sum * gov_gamma_term(a, x);
}

/* Lentz's method on 1/(x+1-a- 1(1-a)/(x+3-a- 2(2-a)/...)). */
static double upper_fraction(double a, double x)
{
    const double tiny = 1e-300;
    double b = x + 1 - a;
    double c = 1 / tiny;
    double d = 1 / (b == 0 ? tiny : b);
    double h = d;
    for (double n = 1; n < 100000; n++) {
        double an = -n * (n - a);
        b += 2;
        d = an * d + b;
        d = 1 / (d == 0 ? tiny : d);
        c = b + an / c;
        c = c == 0 ? tiny : c;
        h *= c * d;
        if (fabs(c * d - 1) < DBL_EPSILON)
            break;
    }
    return h * a * gov_gamma_term(a, x);
}

/* Q for a < 1 and x below about 1: 1 - x^a/Γ(1+a) (1 + a Σ (-x)^n / ((a+n) n!)). */
static double upper_small(double a, double x)
{
    double sum = 0;
    double term = 1;
    for (double n = 1; n < 100; n++) {
        term *= -x / n;
        double next = sum + term / (a + n);
        if (next == sum)
            break;
        sum = next;
    }
    double log_power = a * log(x) - (a <= 0.5 ? gov_log_gamma_1p(a) : gov_log_gamma(1 + a));
    return -expm1(log_power) - exp(log_power) * a * sum;
}

/* The Taylor coefficients in η of Temme's c0 to c3, from the recurrence DLMF 8.12.9-12. */
static const double TEMME[4][16] = {
    {-1.0 / 3, 1.0 / 12, -2.0 / 135, 1.0 / 864, 3.527336860670194e-4, -1.78755144032921811e-4,
     3.91926317852243778e-5, -2.18544851067999216e-6, -1.85406221071515996e-6, 8.29671134095308601e-7,
     -1.76659527368260793e-7, 6.70785354340149858e-9, 1.0261809784240308e-8, -4.38203601845335319e-9,
     9.14769958223679023e-10, -2.55141939949462498e-11},
    {-1.0 / 540, -1.0 / 288, 1.0 / 378, -9.90226337448559671e-4, 2.05761316872427984e-4,
     -4.01877572016460905e-7, -1.80985503344899778e-5, 7.64916091608111008e-6, -1.6120900894563446e-6,
     4.64712780280743434e-9, 1.37863344691572096e-7, -5.75254560351770496e-8, 1.19516285997781473e-8, 0, 0,
     0},
    {4.1335978835978836e-3, -2.68132716049382716e-3, 7.71604938271604938e-4, 2.00938786008230453e-6,
     -1.07366532263651605e-4, 5.29234488291201254e-5, -1.27606351886187277e-5, 3.42357873409613807e-8,
     1.37219573090629332e-6, 0, 0, 0, 0, 0, 0, 0},
    {6.49434156378600823e-4, 2.29472093621399177e-4, -4.69189494395255712e-4, 2.67720632062838853e-4,
     -7.56180167188397641e-5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
};

static void temme(double a, double x, double *lower, double *upper)
{
    double half_square = gov_deviance(a, x); /* a η² / 2 */
    double eta = sqrt(2 * half_square / a);
    if (x < a)
        eta = -eta;
    double sum = 0;
    for (int k = 3; k >= 0; k--) {
        double c = 0;
        for (int i = 15; i >= 0; i--)
            c = c * eta + TEMME[k][i];
        sum = sum / a + c;
    }
    double rest = exp(-half_square) / sqrt(TWO_PI * a) * sum;
    double z = x < a ? -sqrt(half_square) : sqrt(half_square);
    *upper = fmin(1, fmax(0, 0.5 * erfc(z) + rest));
    *lower = fmin(1, fmax(0, 0.5 * erfc(-z) - rest));
}

void gov_incomplete_gamma(double a, double x, double *lower, double *upper)
{
    if (!(a > 0) || !(x >= 0)) {
        *lower = *upper = NAN;
    } else if (x == 0 || isinf(a)) {
        *lower = 0;
        *upper = 1;
    } else if (isinf(x)) {
        *lower = 1;
        *upper = 0;
    } else if (a >= TEMME_FROM) {
        /* beyond |η| = 0.4 the tail underflows and the series in η need not hold */
        if (gov_deviance(a, x) > 780) {
            *lower = x > a;
            *upper = x < a;
        } else {
            temme(a, x, lower, upper);
        }
    } else if (a < 1 && x < 1.2) {
        *lower = fmin(1, lower_series(a, x));
        *upper = upper_small(a, x);
    } else if (x < a + 1) {
        *lower = lower_series(a, x);
        *upper = 1 - *lower;
    } else {
        *upper = upper_fraction(a, x);
        *lower = 1 - *upper;
    }
}
