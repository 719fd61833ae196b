/* Distributions against R 4.2.2 (distribution.inc, by tests/oracle/distribution.R). */
#include "stat/distribution.h"
#include "gov_check.h"

#include "stat/special.h"

enum family { NORMAL, GAMMA, CHI2, BETA, T, F, POISSON, BINOMIAL, NB };

static const struct row {
    enum family family;
    double x;
    double a;
    double b;
    double lower;
    double upper;
} ROWS[] = {
#include "stat/distribution.inc"
};

static double lower(const struct row *r)
{
    switch (r->family) {
    case NORMAL:
        return gov_normal_cdf(r->x);
    case GAMMA:
        return gov_gamma_cdf(r->x * 4, r->a, 4);
    case CHI2:
        return gov_chi2_cdf(r->x, r->a);
    case BETA:
        return gov_beta_cdf(r->x, r->a, r->b);
    case T:
        return gov_t_cdf(r->x, r->a);
    case F:
        return gov_f_cdf(r->x, r->a, r->b);
    case POISSON:
        return gov_poisson_cdf(r->x, r->a);
    case BINOMIAL:
        return gov_binomial_cdf(r->x, r->a, r->b);
    case NB:
        return gov_nb_cdf(r->x, r->a, r->b);
    }
    return NAN;
}

static double upper(const struct row *r)
{
    switch (r->family) {
    case NORMAL:
        return gov_normal_tail(r->x);
    case GAMMA:
        return gov_gamma_tail(r->x * 4, r->a, 4);
    case CHI2:
        return gov_chi2_tail(r->x, r->a);
    case BETA:
        return gov_beta_tail(r->x, r->a, r->b);
    case T:
        return gov_t_tail(r->x, r->a);
    case F:
        return gov_f_tail(r->x, r->a, r->b);
    case POISSON:
        return gov_poisson_tail(r->x, r->a);
    case BINOMIAL:
        return gov_binomial_tail(r->x, r->a, r->b);
    case NB:
        return gov_nb_tail(r->x, r->a, r->b);
    }
    return NAN;
}

static double quantile(const struct row *r, double p)
{
    switch (r->family) {
    case NORMAL:
        return gov_normal_quantile(p);
    case GAMMA:
        return gov_gamma_quantile(p, r->a, 4) / 4;
    case CHI2:
        return gov_chi2_quantile(p, r->a);
    case BETA:
        return gov_beta_quantile(p, r->a, r->b);
    case T:
        return gov_t_quantile(p, r->a);
    case F:
        return gov_f_quantile(p, r->a, r->b);
    case POISSON:
        return gov_poisson_quantile(p, r->a);
    case BINOMIAL:
        return gov_binomial_quantile(p, r->a, r->b);
    case NB:
        return gov_nb_quantile(p, r->a, r->b);
    }
    return NAN;
}

static double isf(const struct row *r, double q)
{
    switch (r->family) {
    case NORMAL:
        return gov_normal_isf(q);
    case GAMMA:
        return gov_gamma_isf(q, r->a, 4) / 4;
    case CHI2:
        return gov_chi2_isf(q, r->a);
    case BETA:
        return gov_beta_isf(q, r->a, r->b);
    case T:
        return gov_t_isf(q, r->a);
    case F:
        return gov_f_isf(q, r->a, r->b);
    case POISSON:
        return gov_poisson_isf(q, r->a);
    case BINOMIAL:
        return gov_binomial_isf(q, r->a, r->b);
    case NB:
        return gov_nb_isf(q, r->a, r->b);
    }
    return NAN;
}

#define EACH_ROW(r) (const struct row *r = ROWS; r < ROWS + sizeof(ROWS) / sizeof(ROWS[0]); r++)

static void near_row(const struct row *r, const char *what, double got, double expected, double tolerance)
{
    ck_assert_msg(fabs(got - expected) <= tolerance * fabs(expected),
                  "family %d x %.17g a %.17g b %.17g: %s %.17g, expected %.17g (%.2g)", (int)r->family, r->x,
                  r->a, r->b, what, got, expected, fabs(got / expected - 1));
}

/* R itself is off by 3e-13 at P(9999, 6999.3) = 1.02784901259907569e-248 (mpmath 1.3, 400 digits). */
START_TEST(both_tails_keep_their_digits_over_wide_grids)
{
    for
        EACH_ROW(r)
        {
            near_row(r, "cdf", lower(r), r->lower, 1e-12);
            near_row(r, "tail", upper(r), r->upper, 1e-12);
        }
}
END_TEST

/* The tail at `x`, moved by a few units in the last place either way, encloses the target. */
static void encloses(const struct row *r, double x, double target, double (*tail)(const struct row *))
{
    struct row below = *r;
    struct row above = *r;
    below.x = x - 1e-14 * fabs(x);
    above.x = x + 1e-14 * fabs(x);
    double low = fmin(tail(&below), tail(&above));
    double high = fmax(tail(&below), tail(&above));
    ck_assert_msg(low <= target * (1 + 1e-12) && high >= target * (1 - 1e-12),
                  "family %d a %.17g b %.17g: %.17g for %.17g", (int)r->family, r->a, r->b, x, target);
}

START_TEST(continuous_quantiles_invert_the_smaller_tail)
{
    for
        EACH_ROW(r)
        {
            if (r->family < POISSON && r->lower <= r->upper)
                encloses(r, quantile(r, r->lower), r->lower, lower);
            else if (r->family < POISSON)
                encloses(r, isf(r, r->upper), r->upper, upper);
        }
}
END_TEST

START_TEST(a_count_quantile_is_the_smallest_that_reaches_p)
{
    for
        EACH_ROW(r)
        {
            if (r->family < POISSON)
                continue;
            int low = r->lower <= r->upper;
            double at = low ? quantile(r, r->lower * (1 - 1e-9)) : isf(r, r->upper * (1 + 1e-9));
            near_row(r, "just below its probability", at, r->x, 0);
            double next = low ? quantile(r, r->lower * (1 + 1e-9)) : isf(r, r->upper * (1 - 1e-9));
            ck_assert(next >= r->x);
            if (lower(&(struct row){r->family, r->x + 1, r->a, r->b, 0, 0}) > r->lower * (1 + 2e-9))
                near_row(r, "just above its probability", next, r->x + 1, 0);
        }
}
END_TEST

/* R 4.2.2: qnorm, qgamma(, 2.5, scale = 3), qbeta(, .5, 8), qt(, 3.5), qf(, 3, 7.5), qchisq(, 4), qpois(, 12.25),
 * qbinom(, 365, .03), qnbinom(, size = .4, mu = 4). */
START_TEST(quantiles_are_those_of_r)
{
    ck_near(gov_normal_quantile(1e-300), -37.0470962993612, 1e-14);
    ck_near(gov_normal_quantile(1e-20), -9.262340089798408, 1e-14);
    ck_near(gov_normal_quantile(0.3), -0.5244005127080407, 1e-14);
    ck_near(gov_normal_isf(0.025), 1.959963984540054, 1e-14);
    ck_near(gov_gamma_quantile(1e-10, 2.5, 3), 0.000485033571937454, 1e-13);
    ck_near(gov_gamma_quantile(0.999, 2.5, 3), 30.77250847864931, 1e-13);
    ck_near(gov_beta_quantile(1e-6, 0.5, 8), 1.0128912096282844e-13, 1e-12);
    ck_near(gov_beta_quantile(0.99, 0.5, 8), 0.34776313065841635, 1e-12);
    ck_near(gov_t_quantile(1e-10, 3.5), -848.5433456334769, 1e-12);
    ck_near(gov_t_quantile(0.45, 3.5), -0.13501565018020933, 1e-12);
    ck_near(gov_t_quantile(0.975, 3.5), 2.940088637982729, 1e-13);
    ck_near(gov_f_quantile(0.01, 3, 7.5), 0.036265113305849472, 1e-12);
    ck_near(gov_f_quantile(0.95, 3, 7.5), 4.194419673496107, 1e-12);
    ck_near(gov_chi2_quantile(0.95, 4), 9.48772903678115398, 1e-13);
    ck_near(gov_poisson_quantile(0.999999, 12.25), 32, 0);
    ck_near(gov_poisson_quantile(1e-12, 12.25), 0, 0);
    ck_near(gov_binomial_quantile(0.95, 365, 0.03), 17, 0);
    ck_near(gov_nb_quantile(0.9999, 4, 0.4), 75, 0);
    ck_near(gov_nb_quantile(0.5, 4, 0.4), 1, 0);
}
END_TEST

START_TEST(masses_are_differences_of_the_sums)
{
    for (double k = 0; k < 60; k++) {
        double poisson = k < 9 ? gov_poisson_cdf(k, 9.5) - gov_poisson_cdf(k - 1, 9.5)
                               : gov_poisson_tail(k - 1, 9.5) - gov_poisson_tail(k, 9.5);
        ck_near(gov_poisson_mass(k, 9.5), poisson, 1e-11);
        double nb = k < 6 ? gov_nb_cdf(k, 9.5, 0.7) - gov_nb_cdf(k - 1, 9.5, 0.7)
                          : gov_nb_tail(k - 1, 9.5, 0.7) - gov_nb_tail(k, 9.5, 0.7);
        ck_near(gov_nb_mass(k, 9.5, 0.7), nb, 1e-11);
        double binomial = k < 24 ? gov_binomial_cdf(k, 80, 0.3) - gov_binomial_cdf(k - 1, 80, 0.3)
                                 : gov_binomial_tail(k - 1, 80, 0.3) - gov_binomial_tail(k, 80, 0.3);
        ck_near(gov_binomial_mass(k, 80, 0.3), binomial, 1e-11);
    }
    ck_near(gov_poisson_mass(0, 0), 1, 0);
    ck_near(gov_poisson_mass(2.5, 3), 0, 0);
    ck_near(gov_binomial_mass(0, 5, 0), 1, 0);
    ck_near(gov_binomial_mass(5, 5, 1), 1, 0);
    ck_near(gov_nb_mass(3, 2, INFINITY), gov_poisson_mass(3, 2), 0);
}
END_TEST

START_TEST(log_gamma_is_exact_at_known_points)
{
    ck_near(gov_log_gamma(0.5), 0.57236494292470008707, 1e-15); /* ln(π)/2 */
    ck_near(gov_log_gamma(1), 0, 0);
    ck_near(gov_log_gamma(2), 0, 0);
    ck_near(gov_log_gamma(11), log(3628800.0), 1e-15);
    ck_near(gov_log_gamma_1p(1e-12), -0.57721566490153286061e-12, 1e-11); /* -γ a */
}
END_TEST

START_TEST(ends_and_values_outside_the_domain)
{
    ck_near(gov_normal_quantile(0), -INFINITY, 0);
    ck_near(gov_normal_isf(0), INFINITY, 0);
    ck_near(gov_gamma_quantile(0, 2, 1), 0, 0);
    ck_near(gov_gamma_quantile(1, 2, 1), INFINITY, 0);
    ck_near(gov_gamma_cdf(-1, 2, 1), 0, 0);
    ck_near(gov_beta_quantile(1, 2, 1), 1, 0);
    ck_near(gov_beta_tail(2, 2, 1), 0, 0);
    ck_near(gov_t_quantile(0.5, 7), 0, 0);
    ck_near(gov_t_isf(0, 7), INFINITY, 0);
    ck_near(gov_t_tail(INFINITY, 7), 0, 0);
    ck_near(gov_f_cdf(INFINITY, 2, 2), 1, 0);
    ck_near(gov_poisson_cdf(-1, 3), 0, 0);
    ck_near(gov_poisson_quantile(1, 3), INFINITY, 0);
    ck_near(gov_poisson_quantile(0.5, 0), 0, 0);
    ck_near(gov_poisson_tail(1e15, 3), 0, 0);
    ck_near(gov_binomial_quantile(1, 9, 0.5), 9, 0);
    ck_near(gov_binomial_tail(9, 9, 0.5), 0, 0);
    ck_near(gov_nb_tail(INFINITY, 3, 2), 0, 0);
    ck_assert(isnan(gov_normal_quantile(1.5)) && isnan(gov_normal_cdf(NAN)) &&
              isnan(gov_gamma_cdf(NAN, 1, 1)));
    ck_assert(isnan(gov_gamma_cdf(1, -1, 1)) && isnan(gov_gamma_quantile(0.5, 1, 0)));
    ck_assert(isnan(gov_beta_cdf(NAN, 1, 1)) && isnan(gov_beta_quantile(-0.1, 1, 1)));
    ck_assert(isnan(gov_t_cdf(NAN, 3)) && isnan(gov_t_cdf(1, 0)) && isnan(gov_f_cdf(1, 0, 2)));
    ck_assert(isnan(gov_poisson_cdf(1, -1)) && isnan(gov_poisson_mass(NAN, 1)));
    ck_assert(isnan(gov_binomial_cdf(1, 2.5, 0.5)) && isnan(gov_nb_cdf(1, 2, 0)));
}
END_TEST

GOV_TESTS("stat/distribution", both_tails_keep_their_digits_over_wide_grids,
          continuous_quantiles_invert_the_smaller_tail, a_count_quantile_is_the_smallest_that_reaches_p,
          quantiles_are_those_of_r, masses_are_differences_of_the_sums, log_gamma_is_exact_at_known_points,
          ends_and_values_outside_the_domain)
