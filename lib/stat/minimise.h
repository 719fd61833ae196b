/* minimise.h - the least value of a function of a few bounded variables. */
#ifndef GOVCORE_STAT_MINIMISE_H
#define GOVCORE_STAT_MINIMISE_H

enum { GOV_MINIMISE_MOST = 8 };

typedef double (*gov_objective)(const double *x, void *context);

/* Moves x (count <= GOV_MINIMISE_MOST variables, each within lower..upper) to a local minimum by the simplex method of
 * Nelder and Mead, started again once from where it ended; returns the value there. step: size of the first simplex
 * along each variable. Stops when the values differ by less than `relative` of their size. The same input gives the
 * same result. A value that is not a number counts as infinite. */
double gov_minimise(gov_objective objective, void *context, int count, double *x, const double *step,
                    const double *lower, const double *upper, double relative);

#endif
