/* Fits a negative binomial regression: reads rows, terms, then each row's count and terms from standard input; writes theta,
 * its error, the deviance, and each coefficient with its standard error. */
#include "stat/glm.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static int read_data(gov_glm_data *data, double **x, double **y)
{
    long rows;
    long terms;
    if (scanf("%ld %ld", &rows, &terms) != 2 || rows < 1 || rows > 100000 || terms < 1 ||
        terms > GOV_GLM_MOST_TERMS)
        return 0;
    *x = calloc((size_t)(rows * terms), sizeof(double));
    *y = calloc((size_t)rows, sizeof(double));
    for (long i = 0; *x != NULL && *y != NULL && i < rows; i++) {
        if (scanf("%lf", &(*y)[i]) != 1)
            return 0;
        for (long j = 0; j < terms; j++)
            if (scanf("%lf", &(*x)[i * terms + j]) != 1)
                return 0;
    }
    *data = (gov_glm_data){rows, terms, *x, *y, NULL};
    return *x != NULL && *y != NULL;
}

int main(void)
{
    double *x = NULL;
    double *y = NULL;
    gov_glm_data data;
    gov_glm fit;
    gov_error err = GOV_ERROR_INIT;
    int done = read_data(&data, &x, &y) && gov_glm_new(&data, &fit, &err) == GOV_OK;
    if (done && gov_glm_fit_nb(&data, &fit, &err) == GOV_OK) {
        printf("%.17g %.17g %.17g\n", fit.theta, fit.theta_se, fit.deviance);
        for (int64_t j = 0; j < data.terms; j++)
            printf("%.17g %.17g\n", fit.beta[j], sqrt(fit.covariance[j * data.terms + j]));
    } else {
        fprintf(stderr, "no fit: %s\n", err.message);
    }
    if (done)
        gov_glm_free(&fit);
    free(x);
    free(y);
    return err.code == GOV_OK && done ? 0 : 1;
}
