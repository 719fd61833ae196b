/* farrington_fit.c - quasi-Poisson regression on levels of season and a line in time, without matrices.
 *
 * With levels and one covariate the weighted least squares of each step has a closed form: the slope from what
 * is left of time and response after taking off the means of each level, then the levels from their means. That
 * is O(rows) a step, needs no decomposition, and stays exact where a level has a single row. Start (y + 0.1),
 * stopping rule (relative change of the deviance below 1e-8, 25 steps) and the place where the working weights
 * are taken (before the last update) are those of R's glm.fit, so that the digits agree. */
#include "trend/farrington.h"

#include <float.h>
#include <math.h>

enum { MOST_STEPS = 25 };
static const double ENOUGH = 1e-8;

static double deviance(const gov_quasi_rows *r)
{
    double sum = 0;
    for (int64_t i = 0; i < r->count; i++) {
        double y = r->y[i];
        double mu = r->mu[i];
        sum += 2 * r->weight[i] * (y > 0 ? y * log(y / mu) - (y - mu) : mu);
    }
    return sum;
}

static double offset_of(const gov_quasi_rows *r, int64_t i)
{
    return r->offset == NULL ? 0 : r->offset[i];
}

/* Weighted means of time and response in each level; the response means go to fit->level for now. */
static void level_means(const gov_quasi_rows *r, gov_quasi_fit *f)
{
    for (int64_t g = 0; g < r->levels; g++)
        f->weight[g] = f->time[g] = f->level[g] = 0;
    for (int64_t i = 0; i < r->count; i++) {
        int g = r->level[i];
        f->weight[g] += r->work[i];
        f->time[g] += r->work[i] * r->time[i];
        f->level[g] += r->work[i] * r->z[i];
    }
    for (int64_t g = 0; g < r->levels; g++) {
        if (f->weight[g] == 0)
            continue;
        f->time[g] /= f->weight[g];
        f->level[g] /= f->weight[g];
    }
}

/* One step of weighted least squares: slope and levels. */
static void solve(const gov_quasi_rows *r, gov_quasi_fit *f)
{
    double product = 0;
    f->spread = 0;
    f->slope = 0;
    level_means(r, f);
    for (int64_t i = 0; i < r->count; i++) {
        int g = r->level[i];
        double away = r->time[i] - f->time[g];
        f->spread += r->work[i] * away * away;
        product += r->work[i] * away * (r->z[i] - f->level[g]);
    }
    if (!f->with_trend || f->spread == 0)
        return;
    f->slope = product / f->spread;
    for (int64_t g = 0; g < r->levels; g++)
        f->level[g] -= f->slope * f->time[g];
}

static void prepare(gov_quasi_rows *r)
{
    for (int64_t i = 0; i < r->count; i++) {
        r->work[i] = r->weight[i] * r->mu[i];
        r->z[i] = r->eta[i] - offset_of(r, i) + (r->y[i] - r->mu[i]) / r->mu[i];
    }
}

static void update(gov_quasi_rows *r, const gov_quasi_fit *f)
{
    for (int64_t i = 0; i < r->count; i++) {
        r->eta[i] = offset_of(r, i) + f->level[r->level[i]] + f->slope * r->time[i];
        r->mu[i] = fmax(exp(r->eta[i]), DBL_EPSILON);
    }
}

/* Pearson's dispersion and the degrees of freedom. */
static void measure(const gov_quasi_rows *r, gov_quasi_fit *f)
{
    double sum = 0;
    f->df = (double)r->count - (f->with_trend && f->spread > 0);
    for (int64_t g = 0; g < r->levels; g++)
        f->df -= f->weight[g] > 0;
    for (int64_t i = 0; i < r->count; i++) {
        double residual = (r->y[i] - r->mu[i]) / r->mu[i];
        sum += r->work[i] * residual * residual;
    }
    f->dispersion = f->df > 0 ? sum / f->df : NAN;
}

void gov_quasi_fit_rows(gov_quasi_rows *rows, int with_trend, gov_quasi_fit *fit)
{
    for (int64_t i = 0; i < rows->count; i++) {
        rows->mu[i] = rows->y[i] + 0.1;
        rows->eta[i] = log(rows->mu[i]);
    }
    fit->converged = 0;
    fit->with_trend = with_trend;
    double before = deviance(rows);
    for (int step = 0; step < MOST_STEPS && !fit->converged; step++) {
        prepare(rows);
        solve(rows, fit);
        update(rows, fit);
        double now = deviance(rows);
        if (!isfinite(now))
            break;
        fit->converged = fabs(now - before) / (fabs(now) + 0.1) < ENOUGH;
        before = now;
    }
    measure(rows, fit);
}

/* The share of its own fit that a row decides. */
static double leverage(const gov_quasi_rows *r, const gov_quasi_fit *f, int64_t i)
{
    int g = r->level[i];
    double away = r->time[i] - f->time[g];
    double h = 1 / f->weight[g];
    if (f->with_trend && f->spread > 0)
        h += away * away / f->spread;
    return r->work[i] * h;
}

/* Standardised Anscombe residual; 0 for a row that decides its fit alone. */
static double anscombe(const gov_quasi_rows *r, const gov_quasi_fit *f, int64_t i, double phi)
{
    double left = 1 - leverage(r, f, i);
    if (left < 10 * DBL_EPSILON)
        return 0;
    double raw = 1.5 * (cbrt(r->y[i] * r->y[i]) * pow(r->mu[i], -1.0 / 6) - sqrt(r->mu[i]));
    return raw / sqrt(phi * left);
}

int64_t gov_quasi_reweight(gov_quasi_rows *rows, const gov_quasi_fit *fit, double phi, double threshold)
{
    int64_t down = 0;
    double sum = 0;
    for (int64_t i = 0; i < rows->count; i++) {
        double s = anscombe(rows, fit, i, phi);
        down += s > threshold;
        rows->z[i] = s > threshold ? 1 / (s * s) : 1;
        sum += rows->z[i];
    }
    for (int64_t i = 0; i < rows->count; i++)
        rows->weight[i] = rows->z[i] * (double)rows->count / sum;
    return down;
}
