/* glm.h - regression of counts with a log link: Poisson and negative binomial, any small design. */
#ifndef GOVCORE_STAT_GLM_H
#define GOVCORE_STAT_GLM_H

#include "base/error.h"

enum { GOV_GLM_MOST_TERMS = 64 };

/* log mean = offset + x beta. x is row-major, rows x terms; offset may be NULL. */
typedef struct gov_glm_data {
    int64_t rows;
    int64_t terms;
    const double *x;
    const double *y; /* 0 or more */
    const double *offset;
} gov_glm_data;

typedef struct gov_glm {
    double *beta;       /* terms */
    double *covariance; /* terms x terms, for a dispersion of 1 */
    double *mu;         /* rows */
    double *work;       /* rows x (terms + 4): scratch */
    double theta;       /* size of the negative binomial; INFINITY: Poisson */
    double theta_se;    /* of a theta that was estimated, else 0 */
    double deviance;
    double dispersion; /* Pearson's chi-squared over the degrees of freedom */
    double df;
    int steps;
} gov_glm;

/* Room for the results of data of this shape. */
gov_status gov_glm_new(const gov_glm_data *data, gov_glm *out, gov_error *err);
void gov_glm_free(gov_glm *glm);

/* Fits with the given theta. GOV_E_NO_DATA if there are not more rows than terms, a term is a combination of the ones
 * before it (err->column holds its number from 1), or the fit does not converge. */
gov_status gov_glm_fit(const gov_glm_data *data, double theta, gov_glm *glm, gov_error *err);
/* Fits theta by maximum likelihood in turn with beta. Counts that are no more spread than Poisson's have no theta:
 * it ends as INFINITY. */
gov_status gov_glm_fit_nb(const gov_glm_data *data, gov_glm *glm, gov_error *err);

#endif
