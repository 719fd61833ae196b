/* Average run lengths: (I - R) L = 1, with R the moves among the states that give no alarm.
 *
 * Exact: a chart whose slope, offset and threshold are whole multiples of a common step only visits multiples of it.
 * Intervals: for any other slope Hawkins (1992, Communications in Statistics 21, 1001-1020) takes state 0 and
 * intervals of equal width, and averages the chance of a move over the interval by Simpson's rule; R's
 * LRCUSUM.runlength does the same with 5 intervals.
 * Normal values: Page's integral equation by Gauss-Legendre points, exact to rounding with 60 points. */
#include "govcore/trend/control.h"
#include "base/alloc.h"
#include "base/struct.h"
#include "stat/distribution.h"

#include <float.h>
#include <math.h>

enum { MOST_STATES = 2000, USUAL_STATES = 200, POINTS = 60 };

/* Solves a x = b in place by elimination with partial pivots; x in b. 0: singular. */
static int solve(double *a, double *b, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        int64_t pivot = i;
        for (int64_t r = i + 1; r < n; r++)
            if (fabs(a[r * n + i]) > fabs(a[pivot * n + i]))
                pivot = r;
        if (fabs(a[pivot * n + i]) < DBL_MIN)
            return 0;
        for (int64_t c = i; c < n && pivot != i; c++) {
            double held = a[i * n + c];
            a[i * n + c] = a[pivot * n + c];
            a[pivot * n + c] = held;
        }
        double held = b[i];
        b[i] = b[pivot];
        b[pivot] = held;
        for (int64_t r = i + 1; r < n; r++) {
            double factor = a[r * n + i] / a[i * n + i];
            if (factor == 0)
                continue;
            for (int64_t c = i; c < n; c++)
                a[r * n + c] -= factor * a[i * n + c];
            b[r] -= factor * b[i];
        }
    }
    for (int64_t i = n - 1; i >= 0; i--) {
        for (int64_t c = i + 1; c < n; c++)
            b[i] -= a[i * n + c] * b[c];
        b[i] /= a[i * n + i];
    }
    return 1;
}

typedef struct model {
    gov_run_length_options o;
    int64_t states;
    double step; /* exact: the common step; else the width of an interval */
    int exact;
} model;

/* P(slope y + offset <= z). */
static double move_cdf(const gov_run_length_options *o, double z)
{
    /* a move that meets z but for rounding counts as meeting it */
    double y = (z - o->offset) / o->slope;
    y += 1e-9 * fmax(1, fabs(y));
    return o->family == GOV_FAMILY_NB ? gov_nb_cdf(y, o->mean, 1 / o->spread) : gov_poisson_cdf(y, o->mean);
}

static int is_multiple(double value, double per_unit)
{
    double scaled = value * per_unit;
    return fabs(scaled - round(scaled)) < 1e-7;
}

/* Steps per unit under which slope, offset, h and start are all whole; 0: none that is coarse enough. */
static int64_t common_steps(const gov_run_length_options *o)
{
    for (int64_t per_unit = 1; (double)per_unit * o->h <= MOST_STATES; per_unit++) {
        double d = (double)per_unit;
        if (is_multiple(o->slope, d) && is_multiple(o->offset, d) && is_multiple(o->h, d) &&
            is_multiple(o->start, d))
            return per_unit;
    }
    return 0;
}

/* States 0, step, ..., h - step: reaching h is an alarm. */
static void fill_exact(const model *m, double *a)
{
    int64_t n = m->states;
    for (int64_t from = 0; from < n; from++)
        for (int64_t to = 0; to < n; to++) {
            double z = (double)(to - from) * m->step;
            double p = move_cdf(&m->o, z) - (to == 0 ? 0 : move_cdf(&m->o, z - m->step));
            a[from * n + to] = (from == to) - p;
        }
}

/* P(the next value is in (a, b]) from a value anywhere in (c, d]. */
static double interval_move(const gov_run_length_options *o, double a, double b, double c, double d)
{
    double middle = (c + d) / 2;
    double below_b = move_cdf(o, b - c) + 4 * move_cdf(o, b - middle) + move_cdf(o, b - d);
    double below_a = move_cdf(o, a - c) + 4 * move_cdf(o, a - middle) + move_cdf(o, a - d);
    return (below_b - below_a) / 6;
}

/* State 0 is the value 0; state k the interval ((k-1) step, k step]. */
static void fill_intervals(const model *m, double *a)
{
    int64_t n = m->states;
    for (int64_t from = 0; from < n; from++)
        for (int64_t to = 0; to < n; to++) {
            double upper = (double)to * m->step;
            double lower = upper - m->step;
            double p;
            if (from == 0)
                p = move_cdf(&m->o, upper) - (to == 0 ? 0 : move_cdf(&m->o, lower));
            else if (to == 0)
                p = (move_cdf(&m->o, -(double)(from - 1) * m->step) +
                     4 * move_cdf(&m->o, -((double)from - 0.5) * m->step) +
                     move_cdf(&m->o, -(double)from * m->step)) /
                    6;
            else
                p = interval_move(&m->o, lower, upper, (double)(from - 1) * m->step, (double)from * m->step);
            a[from * n + to] = (from == to) - p;
        }
}

static gov_status count_length(model *m, double *length, gov_error *err)
{
    int64_t n = m->states;
    double *a = gov_alloc(n * (n + 1), sizeof(double));
    if (a == NULL)
        return gov_fail_memory(err);
    double *b = a + n * n;
    for (int64_t i = 0; i < n; i++)
        b[i] = 1;
    if (m->exact)
        fill_exact(m, a);
    else
        fill_intervals(m, a);
    int64_t at = m->exact ? (int64_t)round(m->o.start / m->step) : (int64_t)ceil(m->o.start / m->step);
    int possible = solve(a, b, n) && b[at] >= 1 && isfinite(b[at]);
    *length = possible ? b[at] : INFINITY;
    gov_free(a);
    return GOV_OK;
}

/* Gauss-Legendre points and weights on [0, width], by Newton's method on the Legendre polynomial. */
static void legendre(double from, double width, double *x, double *w)
{
    for (int i = 0; i < POINTS; i++) {
        double z = cos(3.14159265358979323846 * (i + 0.75) / (POINTS + 0.5));
        double slope = 1;
        for (int step = 0; step < 20; step++) {
            double p = 1;
            double before = 0;
            for (int k = 1; k <= POINTS; k++) {
                double next = ((2 * k - 1) * z * p - (k - 1) * before) / k;
                before = p;
                p = next;
            }
            slope = POINTS * (z * p - before) / (z * z - 1);
            z -= p / slope;
        }
        x[i] = from + width * (1 + z) / 2;
        w[i] = width / ((1 - z * z) * slope * slope);
    }
}

static double normal_density(double x)
{
    return 0.39894228040143267794 * exp(-x * x / 2);
}

/* L(u) = 1 + L(0) P(u + move <= 0) + the integral over (0, h) of L(v) times the density of v - u; unknowns are L at
 * the points and, last, L(0). */
static gov_status normal_length(const gov_run_length_options *o, double *length, gov_error *err)
{
    enum { N = POINTS + 1 };
    double mean = o->slope * o->mean + o->offset;
    double sd = o->slope * o->spread;
    double *a = gov_alloc(N * N + 3 * N, sizeof(double));
    if (a == NULL)
        return gov_fail_memory(err);
    double *b = a + N * N;
    double *x = b + N;
    double *w = x + N;
    legendre(0, o->h, x, w);
    x[POINTS] = 0;
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < POINTS; j++)
            a[i * N + j] = (i == j) - w[j] * normal_density((x[j] - x[i] - mean) / sd) / sd;
        a[i * N + POINTS] = (i == POINTS) - gov_normal_cdf((-x[i] - mean) / sd);
        b[i] = 1;
    }
    *length = INFINITY;
    if (solve(a, b, N)) {
        double value = 1 + b[POINTS] * gov_normal_cdf((-o->start - mean) / sd);
        for (int j = 0; j < POINTS; j++)
            value += b[j] * w[j] * normal_density((x[j] - o->start - mean) / sd) / sd;
        *length = value >= 1 ? value : INFINITY;
    }
    gov_free(a);
    return GOV_OK;
}

static gov_status settle(const gov_run_length_options *given, model *m, gov_error *err)
{
    if (given == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "options must say the family, the mean and h");
    gov_run_length_options o;
    GOV_TRY(gov_struct_read(&o, sizeof(o), given, err));
    o.slope = o.slope == 0 ? 1 : o.slope;
    o.spread = o.family == GOV_FAMILY_NORMAL && o.spread == 0 ? 1 : o.spread;
    int counts = o.family == GOV_FAMILY_POISSON || o.family == GOV_FAMILY_NB;
    if (!counts && o.family != GOV_FAMILY_NORMAL)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("family"),
                           "family must be one of gov_count_family");
    if (!isfinite(o.mean + o.offset) || !(o.slope > 0) || isinf(o.slope) || !(o.h > 0) || isinf(o.h) ||
        !(o.start >= 0 && o.start < o.h) || (counts && !(o.mean > 0)) ||
        (o.family != GOV_FAMILY_POISSON && !(o.spread > 0)))
        return gov_fail(
            err, GOV_E_ARGUMENT,
            "slope and h must be above 0, start in 0 to h, the mean of counts and the spread above 0");
    if (o.states != 0 && (o.states < 2 || o.states > MOST_STATES))
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("states"), "states must be 2 to %d", MOST_STATES);
    *m = (model){.o = o};
    int64_t per_unit = counts && o.states == 0 ? common_steps(&o) : 0;
    m->exact = per_unit > 0;
    if (m->exact) {
        m->step = 1 / (double)per_unit;
        m->states = (int64_t)round(o.h * (double)per_unit);
    } else {
        m->states = o.states != 0 ? o.states : USUAL_STATES;
        m->step = o.h / (double)(m->states - 1);
    }
    return GOV_OK;
}

gov_status gov_cusum_run_length(const gov_run_length_options *options, double *length, int32_t *exact,
                                gov_error *err)
{
    model m;
    GOV_TRY(settle(options, &m, err));
    if (length == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "length must be given");
    double value = 0;
    if (m.o.family == GOV_FAMILY_NORMAL)
        GOV_TRY(normal_length(&m.o, &value, err));
    else
        GOV_TRY(count_length(&m, &value, err));
    *length = value;
    if (exact != NULL)
        *exact = m.exact;
    return GOV_OK;
}

/* z moves to (1 - lambda) z + lambda y within +/- c, y ~ Normal(shift, 1): L(u) = 1 + the integral of L(v) times the
 * density of (v - (1 - lambda) u) / lambda. */
gov_status gov_ewma_run_length(double lambda, double width, double shift, double *length, gov_error *err)
{
    if (length == NULL || !(lambda > 0 && lambda <= 1) || !(width > 0) || isinf(width) || !isfinite(shift))
        return gov_fail(err, GOV_E_ARGUMENT, "lambda must be above 0 and at most 1, width above 0");
    double *a = gov_alloc(POINTS * (POINTS + 3), sizeof(double));
    if (a == NULL)
        return gov_fail_memory(err);
    double *b = a + POINTS * POINTS;
    double *x = b + POINTS;
    double *w = x + POINTS;
    double c = width * sqrt(lambda / (2 - lambda));
    legendre(-c, 2 * c, x, w);
    for (int i = 0; i < POINTS; i++) {
        for (int j = 0; j < POINTS; j++) {
            double y = (x[j] - (1 - lambda) * x[i]) / lambda - shift;
            a[i * POINTS + j] = (i == j) - w[j] * normal_density(y) / lambda;
        }
        b[i] = 1;
    }
    double value = 1;
    if (solve(a, b, POINTS))
        for (int j = 0; j < POINTS; j++)
            value += b[j] * w[j] * normal_density(x[j] / lambda - shift) / lambda;
    else
        value = INFINITY;
    *length = value;
    gov_free(a);
    return GOV_OK;
}
