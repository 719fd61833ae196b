/* farrington_fit.c - quasi-Poisson regression on levels of season and a line in time, without matrices.
 *
 * With levels and one covariate the weighted least squares of each step has a closed form in sums by level: the slope
 * from what is left of time and response after taking off the means of each level, then the levels from their means.
 * So a step is one pass over the rows, with neither matrix nor logarithm: the means of neighbouring periods of one
 * level are a geometric series, and the deviance takes log(mu) from the line itself. Without a line the means are those
 * of the levels, and after the first step the rows are not looked at again: O(levels) a step.
 *
 * Start (y + 0.1), stopping rule (relative change of the deviance below 1e-8, 25 steps) and the place where the working
 * weights are taken (before the last update) are those of R's glm.fit, so that the digits agree. A warm start would
 * save steps and cost that: glm.fit stops where it is still 1e-4 away in the weights. */
#include "trend/farrington.h"

#include <float.h>
#include <math.h>

enum { MOST_STEPS = 25 };
static const double ENOUGH = 1e-8;

/* Above this a product of a count and a rounded logarithm is too rough for the deviance. */
static const double LARGE_COUNT = 1e6;
/* Spread of times below this share of their squares is rounding: each level has one row. */
static const double NO_SPREAD = 1e-10;

/* --- Counts ---------------------------------------------------------------------------------------------------- */

static gov_count_facts facts_about(double y)
{
    return (gov_count_facts){log(y + 0.1), y > 0 ? y * log(y) : 0, cbrt(y * y)};
}

gov_count_facts gov_count_facts_of(gov_count_memory *memory, double y)
{
    int64_t k = y < GOV_COUNTS_KEPT ? (int64_t)y : 0;
    if ((double)k != y)
        return facts_about(y);
    if (!memory->kept[k]) {
        memory->facts[k] = facts_about(y);
        memory->kept[k] = 1;
    }
    return memory->facts[k];
}

/* --- One step -------------------------------------------------------------------------------------------------- */

/* Sums over the rows of one level, weighted by the working weights. */
typedef struct level_sums {
    double w;
    double t;
    double z; /* of the working response */
    double tt;
    double tz;
} level_sums;

typedef struct step {
    level_sums levels[GOV_MOST_LEVELS];
    double deviance;
} step;

static double offset_of(const gov_quasi_rows *r, int64_t i)
{
    return r->offset == NULL ? 0 : r->offset[i];
}

/* The working weight is w mu, and times the working response it needs no division. */
static void add_row(step *s, const gov_quasi_rows *r, int64_t i, double mu, double eta)
{
    level_sums *l = &s->levels[r->level[i]];
    double work = r->weight[i] * mu;
    double z = r->weight[i] * (mu * eta + r->y[i] - mu);
    l->w += work;
    l->t += work * r->time[i];
    l->z += z;
    l->tt += work * r->time[i] * r->time[i];
    l->tz += z * r->time[i];
}

static void clear_step(step *s, int64_t levels)
{
    s->deviance = 0;
    for (int64_t g = 0; g < levels; g++)
        s->levels[g] = (level_sums){0, 0, 0, 0, 0};
}

static void first_step(gov_quasi_rows *r, step *s)
{
    clear_step(s, r->levels);
    for (int64_t i = 0; i < r->count; i++) {
        double y = r->y[i];
        double eta = r->facts[i].start;
        r->mu[i] = y + 0.1;
        s->deviance += 2 * r->weight[i] * (r->facts[i].y_log_y - y * eta + 0.1);
        add_row(s, r, i, r->mu[i], eta - offset_of(r, i));
    }
}

/* Slope and levels from the sums. */
static void solve(const gov_quasi_rows *r, const step *s, gov_quasi_fit *f)
{
    double product = 0;
    f->spread = 0;
    f->slope = 0;
    for (int64_t g = 0; g < r->levels; g++) {
        const level_sums *l = &s->levels[g];
        int any = l->w > 0;
        f->weight[g] = l->w;
        f->time[g] = any ? l->t / l->w : 0;
        f->level[g] = any ? l->z / l->w : 0;
        double spread = l->tt - l->t * f->time[g];
        if (!any || spread <= NO_SPREAD * l->tt)
            continue;
        f->spread += spread;
        product += l->tz - l->t * f->level[g];
    }
    if (!f->with_trend || f->spread == 0)
        return;
    f->slope = product / f->spread;
    for (int64_t g = 0; g < r->levels; g++)
        f->level[g] -= f->slope * f->time[g];
}

static double row_deviance(const gov_quasi_rows *r, int64_t i, double eta)
{
    double y = r->y[i];
    double logs = y <= LARGE_COUNT ? r->facts[i].y_log_y - y * eta : y * log(y / r->mu[i]);
    return 2 * r->weight[i] * (y > 0 ? logs - (y - r->mu[i]) : r->mu[i]);
}

/* --- With a line ----------------------------------------------------------------------------------------------- */

/* The means of the line, and the sums for the next step; the means before go to r->before. */
static void follow_line(gov_quasi_rows *r, const gov_quasi_fit *f, step *s)
{
    double *swap = r->before;
    r->before = r->mu;
    r->mu = swap;
    clear_step(s, r->levels);
    double ratio = exp(f->slope);
    int chained = r->offset == NULL && fabs(f->slope) < 1;
    double mu = 0;
    for (int64_t i = 0; i < r->count; i++) {
        double line = f->level[r->level[i]] + f->slope * r->time[i];
        double eta = line + offset_of(r, i);
        mu = chained && r->follows[i] && r->y[i] <= LARGE_COUNT ? mu * ratio : exp(eta);
        r->mu[i] = fmax(mu, DBL_EPSILON);
        s->deviance += row_deviance(r, i, eta);
        add_row(s, r, i, r->mu[i], line);
    }
}

static void fit_line(gov_quasi_rows *r, gov_quasi_fit *f)
{
    step s;
    first_step(r, &s);
    double before = s.deviance;
    for (int k = 0; k < MOST_STEPS && !f->converged; k++) {
        solve(r, &s, f);
        follow_line(r, f, &s);
        if (!isfinite(s.deviance))
            break;
        f->converged = fabs(s.deviance - before) / (fabs(s.deviance) + 0.1) < ENOUGH;
        before = s.deviance;
    }
}

/* --- Levels alone ---------------------------------------------------------------------------------------------- */

/* What a level's means need of its rows: log mu = offset + level. */
typedef struct level_facts {
    double y;    /* sum of weight x y */
    double unit; /* sum of weight x exp(offset) */
} level_facts;

static double sum_levels(const gov_quasi_rows *r, level_facts *facts)
{
    double constant = 0;
    for (int64_t g = 0; g < r->levels; g++)
        facts[g] = (level_facts){0, 0};
    for (int64_t i = 0; i < r->count; i++) {
        level_facts *l = &facts[r->level[i]];
        l->y += r->weight[i] * r->y[i];
        l->unit += r->weight[i] * (r->offset == NULL ? 1 : exp(r->offset[i]));
        constant += r->weight[i] * (r->facts[i].y_log_y - r->y[i] * offset_of(r, i));
    }
    for (int64_t g = 0; g < r->levels; g++)
        if (facts[g].y > 0)
            constant -= facts[g].y * log(facts[g].y / facts[g].unit);
    return 2 * constant;
}

/* From the best level log(y / unit) a step of d costs y (exp(d) - 1 - d): no digits are lost near it. */
static double level_deviance(const level_facts *l, double level)
{
    if (!(l->y > 0))
        return 2 * l->unit * exp(level);
    double away = level - log(l->y / l->unit);
    return 2 * l->y * (expm1(away) - away);
}

static void move_levels(const gov_quasi_rows *r, const level_facts *facts, gov_quasi_fit *f)
{
    for (int64_t g = 0; g < r->levels; g++) {
        if (!(facts[g].unit > 0))
            continue;
        f->weight[g] = fmax(exp(f->level[g]), DBL_EPSILON) * facts[g].unit;
        f->level[g] += facts[g].y / f->weight[g] - 1;
    }
}

/* The rows' means by the levels given. */
static void write_means(const gov_quasi_rows *r, const double *level, double *mu)
{
    double means[GOV_MOST_LEVELS];
    for (int64_t g = 0; g < r->levels; g++)
        means[g] = exp(level[g]);
    for (int64_t i = 0; i < r->count; i++)
        mu[i] = fmax(r->offset == NULL ? means[r->level[i]] : exp(r->offset[i] + level[r->level[i]]),
                     DBL_EPSILON);
}

static void fit_levels(gov_quasi_rows *r, gov_quasi_fit *f)
{
    step s;
    level_facts facts[GOV_MOST_LEVELS];
    double last[GOV_MOST_LEVELS];
    int k = 0;
    first_step(r, &s);
    solve(r, &s, f);
    f->spread = 0;
    double constant = sum_levels(r, facts);
    double before = s.deviance;
    for (;; k++) {
        double now = constant;
        for (int64_t g = 0; g < r->levels; g++)
            now += facts[g].unit > 0 ? level_deviance(&facts[g], f->level[g]) : 0;
        f->converged = isfinite(now) && fabs(now - before) / (fabs(now) + 0.1) < ENOUGH;
        before = now;
        if (f->converged || !isfinite(now) || k == MOST_STEPS - 1)
            break;
        for (int64_t g = 0; g < r->levels; g++)
            last[g] = f->level[g];
        move_levels(r, facts, f);
    }
    if (k > 0)
        write_means(r, last, r->before);
    else
        for (int64_t i = 0; i < r->count; i++)
            r->before[i] = r->y[i] + 0.1;
    write_means(r, f->level, r->mu);
}

/* --- The fit --------------------------------------------------------------------------------------------------- */

/* Pearson's dispersion and the degrees of freedom. */
static void measure(const gov_quasi_rows *r, gov_quasi_fit *f)
{
    double sum = 0;
    f->df = (double)r->count - (f->with_trend && f->spread > 0);
    for (int64_t g = 0; g < r->levels; g++)
        f->df -= f->weight[g] > 0;
    for (int64_t i = 0; i < r->count; i++) {
        double residual = (r->y[i] - r->mu[i]) / r->mu[i];
        sum += r->weight[i] * r->before[i] * residual * residual;
    }
    f->dispersion = f->df > 0 ? sum / f->df : NAN;
}

void gov_quasi_fit_rows(gov_quasi_rows *rows, int with_trend, gov_quasi_fit *fit)
{
    fit->converged = 0;
    fit->with_trend = with_trend;
    if (with_trend)
        fit_line(rows, fit);
    else
        fit_levels(rows, fit);
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
    return r->weight[i] * r->before[i] * h;
}

/* Standardised Anscombe residual of a row above its mean; 0 for one that decides its fit alone. */
static double anscombe(const gov_quasi_rows *r, const gov_quasi_fit *f, int64_t i, double phi)
{
    double left = 1 - leverage(r, f, i);
    if (left < 10 * DBL_EPSILON)
        return 0;
    double raw = 1.5 * (r->facts[i].two_thirds * pow(r->mu[i], -1.0 / 6) - sqrt(r->mu[i]));
    return raw / sqrt(phi * left);
}

int64_t gov_quasi_reweight(gov_quasi_rows *rows, const gov_quasi_fit *fit, double phi, double threshold)
{
    int64_t down = 0;
    double sum = 0;
    for (int64_t i = 0; i < rows->count; i++) {
        double s = rows->y[i] > rows->mu[i] ? anscombe(rows, fit, i, phi) : 0;
        down += s > threshold;
        rows->scratch[i] = s > threshold ? 1 / (s * s) : 1;
        sum += rows->scratch[i];
    }
    for (int64_t i = 0; i < rows->count; i++)
        rows->weight[i] = rows->scratch[i] * (double)rows->count / sum;
    return down;
}
