/* special.h - incomplete gamma and beta functions, and the two densities that they rest on.
 *
 * Values outside the domain give NaN. Both tails are computed, never one minus a tail near 1, and no factor
 * overflows or underflows before the result does. Relative error about 1e-13 (tests/stat/distribution.c). */
#ifndef GOVCORE_STAT_SPECIAL_H
#define GOVCORE_STAT_SPECIAL_H

/* ln Γ(a) less Stirling's formula: ln Γ(a) = (a - 1/2) ln a - a + ln(2π)/2 + gov_stirling_error(a); a > 0. */
double gov_stirling_error(double a);
/* ln Γ(a), a > 0. Unlike lgamma it writes no global sign. */
double gov_log_gamma(double a);
/* ln Γ(1 + a) for 0 <= a <= 1/2 with full relative accuracy near 0. */
double gov_log_gamma_1p(double a);
/* x ln(x / m) + m - x without cancellation for x near m; x >= 0, m > 0. */
double gov_deviance(double x, double m);
/* The same where d = x - m is known to more digits than the subtraction would leave. */
double gov_deviance_by(double x, double m, double d);

/* x^a e^-x / Γ(a + 1): the Poisson probability of a at mean x, for real a >= 0. */
double gov_gamma_term(double a, double x);
/* x^a y^b Γ(a+b+1) / (Γ(a+1) Γ(b+1)) with y = 1 - x given: the binomial probability of a, for real a, b >= 0. */
double gov_beta_term(double a, double b, double x, double y);

/* The regularised incomplete gamma functions P(a, x) in *lower and Q(a, x) in *upper; a > 0, x >= 0. */
void gov_incomplete_gamma(double a, double x, double *lower, double *upper);
/* The regularised incomplete beta functions I_x(a, b) in *lower and I_y(b, a) in *upper. x + y = 1, both given,
 * so that neither end of the interval loses its digits; a, b > 0. */
void gov_incomplete_beta(double a, double b, double x, double y, double *lower, double *upper);

#endif
