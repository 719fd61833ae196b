/* glm.c - iteratively reweighted least squares with Householder's QR.
 *
 * The normal equations would be shorter, but square the condition number, and a design with a trend, a step and
 * harmonics needs its digits. One decomposition a step, O(rows x terms^2). The steps end when the deviance moves
 * by less than 1e-12 of itself: tighter than R's 1e-8, so that results do not hang on where the iteration began. */
#include "stat/glm.h"
#include "base/alloc.h"

#include <math.h>

enum { MOST_STEPS = 100 };

gov_status gov_glm_new(const gov_glm_data *data, gov_glm *out, gov_error *err)
{
    gov_glm g = {.theta = INFINITY};
    g.beta = gov_alloc_zero(data->terms, sizeof(double));
    g.covariance = gov_alloc_zero(data->terms * data->terms, sizeof(double));
    g.mu = gov_alloc_zero(data->rows, sizeof(double));
    g.work = gov_alloc_zero(data->rows * (data->terms + 4), sizeof(double));
    if (g.beta == NULL || g.covariance == NULL || g.mu == NULL || g.work == NULL) {
        gov_glm_free(&g);
        return gov_fail_memory(err);
    }
    *out = g;
    return GOV_OK;
}

void gov_glm_free(gov_glm *glm)
{
    gov_free(glm->beta);
    gov_free(glm->covariance);
    gov_free(glm->mu);
    gov_free(glm->work);
}

/* --- Least squares --------------------------------------------------------------------------------------------- */

/* Turns column k of the row-major a (m x p) and all columns after it, and b, by a Householder reflection. Returns
 * the diagonal of R. */
static double reflect(double *a, double *b, int64_t m, int64_t p, int64_t k)
{
    double norm = 0;
    for (int64_t i = k; i < m; i++)
        norm = hypot(norm, a[i * p + k]);
    if (norm == 0)
        return 0;
    double r = a[k * p + k] > 0 ? -norm : norm;
    a[k * p + k] -= r;
    double scale = -1 / (r * a[k * p + k]);
    for (int64_t j = k + 1; j <= p; j++) {
        double dot = 0;
        for (int64_t i = k; i < m; i++)
            dot += a[i * p + k] * (j < p ? a[i * p + j] : b[i]);
        for (int64_t i = k; i < m; i++)
            *(j < p ? &a[i * p + j] : &b[i]) -= scale * dot * a[i * p + k];
    }
    return r;
}

/* Inverts the upper triangle R (diagonal in `diagonal`, the rest in a) into covariance = R^-1 R^-T. */
static void invert(const double *a, const double *diagonal, int64_t p, double *covariance)
{
    double inverse[GOV_GLM_MOST_TERMS][GOV_GLM_MOST_TERMS];
    for (int64_t j = 0; j < p; j++) {
        for (int64_t i = p - 1; i >= 0; i--) {
            double sum = i == j;
            for (int64_t k = i + 1; k <= j; k++)
                sum -= a[i * p + k] * inverse[k][j];
            inverse[i][j] = i > j ? 0 : sum / diagonal[i];
        }
    }
    for (int64_t i = 0; i < p; i++)
        for (int64_t j = 0; j < p; j++) {
            covariance[i * p + j] = 0;
            for (int64_t k = i > j ? i : j; k < p; k++)
                covariance[i * p + j] += inverse[i][k] * inverse[j][k];
        }
}

static gov_status collinear(int64_t term, gov_error *err)
{
    return gov_fail_at(err, GOV_E_NO_DATA, &(gov_place){.name_size = -1, .row = -1, .column = term + 1},
                       "term %lld can be written by the terms before it: the data do not tell them apart",
                       (long long)term + 1);
}

/* Minimises |a beta - b|; a (m x p) and b are overwritten. */
static gov_status least_squares(double *a, double *b, int64_t m, int64_t p, gov_glm *g, gov_error *err)
{
    double diagonal[GOV_GLM_MOST_TERMS];
    double length[GOV_GLM_MOST_TERMS];
    for (int64_t j = 0; j < p; j++) {
        length[j] = 0;
        for (int64_t i = 0; i < m; i++)
            length[j] = hypot(length[j], a[i * p + j]);
    }
    for (int64_t k = 0; k < p; k++) {
        diagonal[k] = reflect(a, b, m, p, k);
        if (!(fabs(diagonal[k]) > 1e-11 * length[k]))
            return collinear(k, err);
    }
    for (int64_t i = p - 1; i >= 0; i--) {
        double sum = b[i];
        for (int64_t j = i + 1; j < p; j++)
            sum -= a[i * p + j] * g->beta[j];
        g->beta[i] = sum / diagonal[i];
    }
    invert(a, diagonal, p, g->covariance);
    return GOV_OK;
}

/* --- Fit ------------------------------------------------------------------------------------------------------- */

static double row_deviance(double y, double mu, double theta)
{
    double poisson = y > 0 ? y * log(y / mu) : 0;
    if (isinf(theta))
        return 2 * (poisson - (y - mu));
    return 2 * (poisson - (y + theta) * log((y + theta) / (mu + theta)));
}

static double total_deviance(const gov_glm_data *d, const gov_glm *g)
{
    double sum = 0;
    for (int64_t i = 0; i < d->rows; i++)
        sum += row_deviance(d->y[i], g->mu[i], g->theta);
    return sum;
}

static double variance(double mu, double theta)
{
    return mu + mu * mu / theta;
}

static double offset_of(const gov_glm_data *d, int64_t i)
{
    return d->offset == NULL ? 0 : d->offset[i];
}

/* One step: weighted response and design, least squares, new means. */
static gov_status step(const gov_glm_data *d, gov_glm *g, gov_error *err)
{
    int64_t p = d->terms;
    double *a = g->work;
    double *b = a + d->rows * p;
    for (int64_t i = 0; i < d->rows; i++) {
        double mu = g->mu[i];
        double root = mu / sqrt(variance(mu, g->theta));
        for (int64_t j = 0; j < p; j++)
            a[i * p + j] = root * d->x[i * p + j];
        b[i] = root * (log(mu) - offset_of(d, i) + (d->y[i] - mu) / mu);
    }
    GOV_TRY(least_squares(a, b, d->rows, p, g, err));
    for (int64_t i = 0; i < d->rows; i++) {
        double eta = offset_of(d, i);
        for (int64_t j = 0; j < p; j++)
            eta += d->x[i * p + j] * g->beta[j];
        g->mu[i] = fmax(exp(eta), 1e-300);
    }
    return GOV_OK;
}

static void measure(const gov_glm_data *d, gov_glm *g)
{
    double sum = 0;
    for (int64_t i = 0; i < d->rows; i++) {
        double residual = d->y[i] - g->mu[i];
        sum += residual * residual / variance(g->mu[i], g->theta);
    }
    g->dispersion = sum / g->df;
}

/* Steps on from the means in g->mu until the deviance stands still. */
static gov_status iterate(const gov_glm_data *d, gov_glm *g, gov_error *err)
{
    double before = total_deviance(d, g);
    for (int i = 0; i < MOST_STEPS; i++) {
        GOV_TRY(step(d, g, err));
        g->deviance = total_deviance(d, g);
        g->steps++;
        if (!isfinite(g->deviance))
            break;
        if (fabs(g->deviance - before) <= 1e-12 * (fabs(g->deviance) + 0.1)) {
            GOV_TRY(step(d, g, err)); /* so that the covariance is that of the means it goes with */
            g->deviance = total_deviance(d, g);
            measure(d, g);
            return GOV_OK;
        }
        before = g->deviance;
    }
    return gov_fail(err, GOV_E_NO_DATA,
                    "the regression did not converge: are there enough cases in every season?");
}

gov_status gov_glm_fit(const gov_glm_data *data, double theta, gov_glm *glm, gov_error *err)
{
    if (data->terms > GOV_GLM_MOST_TERMS)
        return gov_fail(err, GOV_E_LIMIT, "a regression has at most %d terms", GOV_GLM_MOST_TERMS);
    if (data->rows <= data->terms)
        return gov_fail(err, GOV_E_NO_DATA, "%lld values are too few for %lld terms", (long long)data->rows,
                        (long long)data->terms);
    glm->df = (double)(data->rows - data->terms);
    glm->theta = theta;
    glm->steps = 0;
    for (int64_t i = 0; i < data->rows; i++)
        glm->mu[i] = data->y[i] + 0.1;
    return iterate(data, glm, err);
}

/* --- Theta ------------------------------------------------------------------------------------------------------ */

/* The first and second derivative of ln Gamma by recurrence and asymptotic series (Abramowitz & Stegun 6.3, 6.4). */
static double digamma(double x)
{
    double sum = 0;
    for (; x < 10; x++)
        sum -= 1 / x;
    double q = 1 / (x * x);
    return sum + log(x) - 0.5 / x -
           q * (1.0 / 12 - q * (1.0 / 120 - q * (1.0 / 252 - q * (1.0 / 240 - q * (1.0 / 132)))));
}

static double trigamma(double x)
{
    double sum = 0;
    for (; x < 10; x++)
        sum += 1 / (x * x);
    double q = 1 / (x * x);
    return sum + 1 / x + 0.5 * q +
           q / x * (1.0 / 6 - q * (1.0 / 30 - q * (1.0 / 42 - q * (1.0 / 30 - q * (5.0 / 66)))));
}

/* Derivative of the log likelihood in theta and the information. */
static void score_theta(const gov_glm_data *d, const gov_glm *g, double theta, double *score,
                        double *information)
{
    *score = 0;
    *information = 0;
    for (int64_t i = 0; i < d->rows; i++) {
        double y = d->y[i];
        double both = theta + g->mu[i];
        *score += digamma(theta + y) - digamma(theta) + log(theta / both) + 1 - (y + theta) / both;
        *information +=
            trigamma(theta) - trigamma(theta + y) - 1 / theta + 2 / both - (y + theta) / (both * both);
    }
}

/* Newton's method on theta for the present means; INFINITY if the counts are no more spread than Poisson's. */
static double solve_theta(const gov_glm_data *d, const gov_glm *g, double theta, double *se)
{
    for (int i = 0; i < MOST_STEPS; i++) {
        double score;
        double information;
        score_theta(d, g, theta, &score, &information);
        if (!(information > 0))
            return score > 0 ? INFINITY : theta;
        *se = 1 / sqrt(information);
        double next = theta + score / information;
        next = next <= 0 ? theta / 2 : next;
        if (next > 1e7)
            return INFINITY;
        if (fabs(next - theta) <= 1e-13 * theta)
            return next;
        theta = next;
    }
    return theta;
}

static double moment_theta(const gov_glm_data *d, const gov_glm *g)
{
    double sum = 0;
    for (int64_t i = 0; i < d->rows; i++)
        sum += (d->y[i] / g->mu[i] - 1) * (d->y[i] / g->mu[i] - 1);
    return (double)d->rows / sum;
}

gov_status gov_glm_fit_nb(const gov_glm_data *data, gov_glm *glm, gov_error *err)
{
    GOV_TRY(gov_glm_fit(data, INFINITY, glm, err));
    if (glm->dispersion <= 1)
        return GOV_OK;
    double theta = moment_theta(data, glm);
    for (int i = 0; i < MOST_STEPS; i++) {
        double next = solve_theta(data, glm, theta, &glm->theta_se);
        glm->theta = next;
        GOV_TRY(iterate(data, glm, err));
        if (isinf(next)) {
            glm->theta_se = 0;
            return GOV_OK;
        }
        if (fabs(next - theta) <= 1e-11 * theta)
            return GOV_OK;
        theta = next;
    }
    return gov_fail(err, GOV_E_NO_DATA, "the spread of the negative binomial did not converge");
}
