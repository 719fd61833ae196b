/* Count regression against R 4.2.2: glm and MASS::glm.nb. */
#include "stat/glm.h"
#include "gov_check.h"
#include "stat/quine.h"

static gov_error err = GOV_ERROR_INIT;

enum { ROWS = 146, TERMS = 14 };
static double x[ROWS * TERMS];
static double y[ROWS];

/* Sex/(Age + Eth * Lrn): the other factors within each sex. */
static gov_glm_data design(void)
{
    for (int i = 0; i < ROWS; i++) {
        const int *q = quine[i];
        double *row = x + i * TERMS;
        int sex = q[1];
        for (int j = 0; j < TERMS; j++)
            row[j] = 0;
        row[0] = 1;
        row[1] = sex;
        for (int age = 1; age <= 3; age++)
            row[2 * age + sex] = q[2] == age;
        row[8 + sex] = q[0];
        row[10 + sex] = q[3];
        row[12 + sex] = q[0] * q[3];
        y[i] = q[4];
    }
    return (gov_glm_data){ROWS, TERMS, x, y, NULL};
}

/* glm.nb stops within 1e-8 of the deviance, which is about 1e-7 of a coefficient. */
START_TEST(negative_binomial_equals_glm_nb)
{
    const double beta[] = {3.01918819046, -0.47540505082, -0.70887367338, -0.72373494314, -0.61486414523,
                           0.62842011571, -0.34234691785, 1.15084290383,  -0.07312450308, -0.67898686465,
                           0.94357602607, 0.23890969236,  -1.35849055657, 0.76141557531};
    const double se[] = {0.29706221484, 0.39550413814, 0.32320749172, 0.33047744215, 0.37141055907,
                         0.27365899621, 0.32717400007, 0.31385295926, 0.26539490314, 0.25631323293,
                         0.32246027583, 0.33553045528, 0.37719330117, 0.44133652350};
    gov_glm_data d = design();
    gov_glm g;
    ck_ok(gov_glm_new(&d, &g, &err));
    ck_ok(gov_glm_fit_nb(&d, &g, &err));
    ck_near(g.theta, 1.597990733, 1e-7);
    ck_near(g.theta_se, 0.213, 3e-3);
    ck_near(g.deviance, 167.55582162, 1e-7);
    for (int j = 0; j < TERMS; j++) {
        ck_near(g.beta[j], beta[j], 1e-6);
        ck_near(sqrt(g.covariance[j * TERMS + j]), se[j], 1e-6);
    }
    gov_glm_free(&g);
}
END_TEST

/* One mean: beta is its logarithm, and Poisson's dispersion that of the sample. */
START_TEST(a_single_mean_is_the_mean)
{
    const double ones[] = {1, 1, 1, 1};
    const double counts[] = {1, 3, 5, 7};
    const gov_glm_data d = {4, 1, ones, counts, NULL};
    gov_glm g;
    ck_ok(gov_glm_new(&d, &g, &err));
    ck_ok(gov_glm_fit(&d, INFINITY, &g, &err));
    ck_near(g.beta[0], log(4), 1e-13);
    ck_near(g.covariance[0], 1.0 / 16, 1e-12);
    ck_near(g.dispersion, 20.0 / 4 / 3, 1e-12);
    gov_glm_free(&g);
}
END_TEST

START_TEST(counts_without_extra_spread_have_an_infinite_size)
{
    const double ones[] = {1, 1, 1, 1};
    const double counts[] = {4, 4, 5, 4};
    const gov_glm_data d = {4, 1, ones, counts, NULL};
    gov_glm g;
    ck_ok(gov_glm_new(&d, &g, &err));
    ck_ok(gov_glm_fit_nb(&d, &g, &err));
    ck_assert(isinf(g.theta));
    ck_near(g.beta[0], log(4.25), 1e-13);
    gov_glm_free(&g);
}
END_TEST

START_TEST(terms_that_say_the_same_are_named)
{
    const double twice[] = {1, 2, 1, 2, 1, 2, 1, 2};
    const double counts[] = {4, 4, 5, 4};
    const gov_glm_data d = {4, 2, twice, counts, NULL};
    const gov_glm_data few = {2, 2, twice, counts, NULL};
    gov_glm g;
    ck_ok(gov_glm_new(&d, &g, &err));
    ck_fails(gov_glm_fit(&d, INFINITY, &g, &err), GOV_E_NO_DATA);
    ck_assert_int_eq(err.column, 2);
    ck_fails(gov_glm_fit(&few, INFINITY, &g, &err), GOV_E_NO_DATA);
    gov_glm_free(&g);
    ck_every_allocation(gov_glm_new(&d, &g, &err), (void)0, gov_glm_free(&g));
}
END_TEST

GOV_TESTS("stat/glm", negative_binomial_equals_glm_nb, a_single_mean_is_the_mean,
          counts_without_extra_spread_have_an_infinite_size, terms_that_say_the_same_are_named)
