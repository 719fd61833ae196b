/* distribution.h - cumulative probabilities, upper tails and quantiles.
 *
 * For a distribution X:
 *   gov_X_cdf       P(Y <= x)
 *   gov_X_tail      P(Y > x), computed as such: it keeps its digits down to 1e-300
 *   gov_X_quantile  the x with P(Y <= x) = p; for counts the smallest x with P(Y <= x) >= p
 *   gov_X_isf       the x with P(Y > x) = q; for counts the smallest x with P(Y > x) <= q
 *   gov_X_mass      P(Y = x), counts only
 * Counts are given as doubles and rounded down by cdf and tail; P(Y >= k) is the tail of k - 1. Arguments outside
 * the domain (and NaN) give NaN. Relative error about 1e-13 (below 1e-12 over the grid of the tests) where the result is above 1e-300; the t distribution
 * beyond |x| = 1e154 gives 0.
 * No state: safe from any thread. */
#ifndef GOVCORE_STAT_DISTRIBUTION_H
#define GOVCORE_STAT_DISTRIBUTION_H

double gov_normal_cdf(double x);
double gov_normal_tail(double x);
double gov_normal_quantile(double p);
double gov_normal_isf(double q);

/* shape > 0, scale > 0 */
double gov_gamma_cdf(double x, double shape, double scale);
double gov_gamma_tail(double x, double shape, double scale);
double gov_gamma_quantile(double p, double shape, double scale);
double gov_gamma_isf(double q, double shape, double scale);

double gov_beta_cdf(double x, double a, double b);
double gov_beta_tail(double x, double a, double b);
double gov_beta_quantile(double p, double a, double b);
double gov_beta_isf(double q, double a, double b);

/* df > 0, need not be whole */
double gov_t_cdf(double x, double df);
double gov_t_tail(double x, double df);
double gov_t_quantile(double p, double df);
double gov_t_isf(double q, double df);

double gov_chi2_cdf(double x, double df);
double gov_chi2_tail(double x, double df);
double gov_chi2_quantile(double p, double df);
double gov_chi2_isf(double q, double df);

double gov_f_cdf(double x, double df1, double df2);
double gov_f_tail(double x, double df1, double df2);
double gov_f_quantile(double p, double df1, double df2);
double gov_f_isf(double q, double df1, double df2);

/* mean >= 0 */
double gov_poisson_mass(double k, double mean);
double gov_poisson_cdf(double k, double mean);
double gov_poisson_tail(double k, double mean);
double gov_poisson_quantile(double p, double mean);
double gov_poisson_isf(double q, double mean);

/* n >= 0 whole, 0 <= prob <= 1 */
double gov_binomial_mass(double k, double n, double prob);
double gov_binomial_cdf(double k, double n, double prob);
double gov_binomial_tail(double k, double n, double prob);
double gov_binomial_quantile(double p, double n, double prob);
double gov_binomial_isf(double q, double n, double prob);

/* Negative binomial by its mean >= 0 and size > 0: variance = mean + mean²/size; size = infinity is Poisson. */
double gov_nb_mass(double k, double mean, double size);
double gov_nb_cdf(double k, double mean, double size);
double gov_nb_tail(double k, double mean, double size);
double gov_nb_quantile(double p, double mean, double size);
double gov_nb_isf(double q, double mean, double size);

#endif
