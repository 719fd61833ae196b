/* farrington.c - the course of Farrington's method for one period after another. */
#include "base/alloc.h"
#include "stat/distribution.h"
#include "table/frame.h"
#include "trend/detectors.h"
#include "trend/farrington.h"
#include "trend/series.h"

#include <math.h>

enum { LEAST_YEARS = 3 };

struct gov_farrington_machine {
    const double *y;
    const uint8_t *valid;
    const double *population;
    gov_farrington_settings s;
    gov_quasi_rows rows; /* room for all periods */
    double *offsets;
    int8_t *levels;
    int64_t *refs;
    int64_t designed; /* the period that levels and refs are for; -1: none yet */
    int64_t
        first; /* its reference periods and itself: [first, first + span), or span 0: too short a history */
    int64_t span;
    gov_count_memory memory;
};

typedef gov_farrington_machine farrington;

/* What is known of one period in the end. */
typedef struct judged {
    gov_reason reason;
    int fitted;
    int trend;
    int64_t down;
    double expected;
    double upper;
    double score;
    double p;
    double phi;
    double slope;
} judged;

/* --- Data ----------------------------------------------------------------------------------------------------- */

static int present_at(const farrington *f, int64_t t)
{
    return f->valid == NULL || f->valid[t] != 0;
}

/* Which periods are looked at hangs on the calendar alone: series after series judges one period by one design. */
static void design(farrington *f, int64_t t)
{
    if (f->designed == t)
        return;
    f->designed = t;
    f->span =
        gov_farrington_years(&f->s.o, t, f->refs) ? gov_farrington_levels(&f->s.o, f->refs, t, f->levels) : 0;
    f->first = t - f->span + 1;
}

static void add_row(farrington *f, int64_t at, int8_t level, int64_t t)
{
    gov_quasi_rows *r = &f->rows;
    int64_t k = r->count++;
    r->y[k] = f->y[at];
    r->time[k] = (double)(at - t);
    r->level[k] = level;
    r->follows[k] = k > 0 && r->level[k - 1] == level && r->time[k - 1] == (double)(at - t - 1);
    r->facts[k] = gov_count_facts_of(&f->memory, f->y[at]);
    r->weight[k] = 1;
    f->offsets[k] = f->population == NULL ? 0 : log(f->population[at]);
}

/* Collects the reference periods of t. */
static gov_reason collect(farrington *f, int64_t t)
{
    f->rows.count = 0;
    design(f, t);
    if (f->span == 0)
        return GOV_REASON_SHORT_HISTORY;
    for (int64_t i = 0; i < f->span; i++)
        if (f->levels[i] >= 0 && present_at(f, f->first + i))
            add_row(f, f->first + i, f->levels[i], t);
    f->rows.offset = f->population == NULL ? NULL : f->offsets;
    return GOV_REASON_NONE;
}

static double largest(const gov_quasi_rows *r)
{
    double most = 0;
    for (int64_t i = 0; i < r->count; i++)
        most = r->y[i] > most ? r->y[i] : most;
    return most;
}

static int enough_cases(const farrington *f, int64_t t)
{
    double cases = 0;
    if (f->s.o.limit_cases < 0)
        return 1;
    for (int64_t i = t - f->s.o.limit_periods + 1; i <= t; i++)
        cases += i >= 0 && present_at(f, i) ? f->y[i] : 0;
    return cases >= f->s.o.limit_cases;
}

/* --- Model ---------------------------------------------------------------------------------------------------- */

typedef struct model {
    gov_quasi_fit fit;
    double phi;              /* at least 1 */
    double error_dispersion; /* of the standard error of the expectation */
    int64_t down;
} model;

static double floored(double dispersion)
{
    return dispersion > 1 ? dispersion : 1;
}

/* After reweighting, Flexible's standard errors rest on the prior weights in place of the working ones. */
static double error_dispersion(const farrington *f, const model *m)
{
    const gov_quasi_rows *r = &f->rows;
    double sum = 0;
    if (f->s.o.version == GOV_FARRINGTON_1996)
        return m->phi;
    if (f->s.o.without_weights)
        return m->fit.dispersion;
    for (int64_t i = 0; i < r->count; i++) {
        double residual = (r->y[i] - r->mu[i]) / r->mu[i];
        sum += r->weight[i] * residual * residual;
    }
    return sum / m->fit.df;
}

/* Fits, weights outliers down and fits again; falls back to no trend where the line does not converge. */
static int fit_model(farrington *f, int with_trend, model *m)
{
    gov_quasi_rows *r = &f->rows;
    for (int64_t i = 0; i < r->count; i++)
        r->weight[i] = 1;
    m->down = 0;
    gov_quasi_fit_rows(r, with_trend, &m->fit);
    if (!m->fit.converged && with_trend)
        gov_quasi_fit_rows(r, 0, &m->fit);
    if (!m->fit.converged || !(m->fit.df > 0))
        return 0;
    m->phi = floored(m->fit.dispersion);
    if (!f->s.o.without_weights) {
        m->down = gov_quasi_reweight(r, &m->fit, m->phi, f->s.o.weights_threshold);
        gov_quasi_fit_rows(r, m->fit.with_trend, &m->fit);
        m->phi = floored(m->fit.dispersion);
    }
    m->error_dispersion = error_dispersion(f, m);
    return m->fit.weight[f->s.o.no_periods - 1] > 0 && isfinite(m->phi);
}

/* Time is counted from the period judged, so that the expectation there is the level itself. */
static double log_expected(const farrington *f, const model *m, int64_t t)
{
    return m->fit.level[f->s.o.no_periods - 1] + (f->population == NULL ? 0 : log(f->population[t]));
}

static double log_expected_error(const farrington *f, const model *m)
{
    int64_t g = f->s.o.no_periods - 1;
    double v = 1 / m->fit.weight[g];
    if (m->fit.with_trend && m->fit.spread > 0)
        v += m->fit.time[g] * m->fit.time[g] / m->fit.spread;
    return sqrt(m->error_dispersion * v);
}

static int trend_is_credible(const farrington *f, const model *m, int64_t t)
{
    if (!(m->fit.spread > 0))
        return 0;
    double dispersion = f->s.o.version == GOV_FARRINGTON_1996 ? m->fit.dispersion : m->error_dispersion;
    double statistic = fabs(m->fit.slope) / sqrt(dispersion / m->fit.spread);
    double p = 2 * gov_t_tail(statistic, m->fit.df);
    return p < f->s.o.trend_level && exp(log_expected(f, m, t)) <= largest(&f->rows);
}

/* A line needs three years to be believed: with fewer it is not even fitted. */
static int choose_model(farrington *f, int64_t t, model *m)
{
    if (!fit_model(f, !f->s.o.without_trend && f->s.o.b >= LEAST_YEARS, m))
        return 0;
    if (m->fit.with_trend && !trend_is_credible(f, m, t))
        return fit_model(f, 0, m);
    return 1;
}

/* --- Bound ---------------------------------------------------------------------------------------------------- */

static void bound_by_delta(const farrington *f, double mu, double error, double y, judged *j)
{
    double tau = j->phi + error * error / mu;
    double exponent = 2.0 / 3;
    double se = sqrt(4.0 / 9 * cbrt(mu) * tau);
    if (f->s.o.power == GOV_POWER_HALF) {
        exponent = 0.5;
        se = sqrt(tau / 4);
    } else if (f->s.o.power == GOV_POWER_NONE) {
        exponent = 1;
        se = sqrt(mu * tau);
    }
    double tail = f->s.o.version == GOV_FARRINGTON_1996 ? f->s.o.alpha / 2 : f->s.o.alpha;
    double middle = pow(mu, exponent);
    j->upper = pow(middle + gov_normal_isf(tail) * se, 1 / exponent);
    j->p = gov_normal_tail((pow(y, exponent) - middle) / se);
    j->score = (y - mu) / (j->upper - mu);
}

static void bound_by_count(const farrington *f, double eta, double error, double y, judged *j)
{
    double mu =
        exp(f->s.o.threshold == GOV_THRESHOLD_MUAN ? eta + gov_normal_isf(f->s.o.alpha) * error : eta);
    if (!isfinite(mu)) {
        j->reason = GOV_REASON_NO_FIT;
        return;
    }
    if (j->phi > 1) {
        j->upper = gov_nb_isf(f->s.o.alpha, mu, mu / (j->phi - 1));
        j->p = gov_nb_tail(y - 1, mu, mu / (j->phi - 1));
    } else {
        j->upper = gov_poisson_isf(f->s.o.alpha, mu);
        j->p = gov_poisson_tail(y - 1, mu);
    }
    j->score = (y - eta) / (j->upper - eta);
}

static void judge(farrington *f, int64_t t, judged *j)
{
    model m;
    *j = (judged){.reason = collect(f, t)};
    if (j->reason != GOV_REASON_NONE)
        return;
    if (!choose_model(f, t, &m)) {
        j->reason = f->rows.count < 3 ? GOV_REASON_BASELINE_GAPS : GOV_REASON_NO_FIT;
        return;
    }
    double eta = log_expected(f, &m, t);
    double error = log_expected_error(f, &m);
    j->fitted = 1;
    j->phi = m.phi;
    j->down = m.down;
    j->trend = m.fit.with_trend;
    j->slope = m.fit.with_trend ? m.fit.slope : 0;
    j->expected = exp(eta);
    if (!present_at(f, t))
        j->reason = GOV_REASON_MISSING;
    else if (!enough_cases(f, t))
        j->reason = GOV_REASON_FEW_CASES;
    double y = present_at(f, t) ? f->y[t] : 0;
    if (f->s.o.threshold == GOV_THRESHOLD_DELTA || f->s.o.version == GOV_FARRINGTON_1996)
        bound_by_delta(f, j->expected, j->expected * error, y, j);
    else
        bound_by_count(f, eta, error, y, j);
}

/* --- Out ------------------------------------------------------------------------------------------------------ */

static int is_alarm(const judged *j, double y)
{
    return j->reason == GOV_REASON_NONE && y > j->upper && y > 0;
}

static void write_alarm(gov_alarms *a, int64_t t, double y, const judged *j)
{
    int ok = j->reason == GOV_REASON_NONE;
    if (a->reason != NULL)
        a->reason[t] = (uint8_t)j->reason;
    if (a->alarm != NULL)
        a->alarm[t] = (uint8_t)is_alarm(j, y);
    if (a->expected != NULL)
        a->expected[t] = ok ? j->expected : 0;
    if (a->upper != NULL)
        a->upper[t] = ok ? j->upper : 0;
    if (a->score != NULL)
        a->score[t] = ok ? j->score : 0;
}

static void write_fit(gov_farrington_fits *a, int64_t t, const judged *j)
{
    if (a->p != NULL)
        a->p[t] = j->fitted && j->reason != GOV_REASON_MISSING ? j->p : 0;
    if (a->phi != NULL)
        a->phi[t] = j->phi;
    if (a->slope != NULL)
        a->slope[t] = j->slope;
    if (a->trend != NULL)
        a->trend[t] = (uint8_t)j->trend;
    if (a->downweighted != NULL)
        a->downweighted[t] = j->down;
}

static void farrington_clear(farrington *f)
{
    gov_free(f->rows.time);
    gov_free(f->levels);
    gov_free(f->rows.level);
    gov_free(f->rows.follows);
    gov_free(f->rows.facts);
    gov_free(f->refs);
}

/* One block of doubles serves all the rows' columns. It begins with the times: mu and before change places. */
static gov_status farrington_rows(farrington *f, int64_t n, gov_error *err)
{
    double *block = gov_alloc(7 * n, sizeof(double));
    f->designed = -1;
    f->rows.levels = f->s.o.no_periods;
    f->rows.time = block;
    f->levels = gov_alloc(n, 1);
    f->rows.level = gov_alloc(n, 1);
    f->rows.follows = gov_alloc(n, 1);
    f->rows.facts = gov_alloc(n, sizeof(gov_count_facts));
    f->refs = gov_alloc(f->s.o.b + 1, sizeof(int64_t));
    if (!block || !f->levels || !f->rows.level || !f->rows.follows || !f->rows.facts || !f->refs) {
        farrington_clear(f);
        return gov_fail_memory(err);
    }
    double **columns[] = {&f->rows.y,      &f->rows.weight,  &f->rows.mu,
                          &f->rows.before, &f->rows.scratch, &f->offsets};
    for (int i = 0; i < 6; i++)
        *columns[i] = block + (i + 1) * n;
    return GOV_OK;
}

static gov_status check_input(const double *y, const uint8_t *valid, const double *population, int64_t n,
                              gov_error *err)
{
    GOV_TRY(gov_series_check(y, valid, n, err));
    for (int64_t i = 0; i < n; i++) {
        if ((valid == NULL || valid[i] != 0) && y[i] < 0)
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(i, "y"), "a count must not be below 0");
        if (population != NULL && !(population[i] > 0 && isfinite(population[i])))
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(i, "population"), "a population must be above 0");
    }
    return GOV_OK;
}

gov_status gov_farrington(const double *y, const uint8_t *valid, const double *population, int64_t n,
                          const gov_farrington_options *options, gov_alarms *alarms,
                          gov_farrington_fits *fits, gov_error *err)
{
    static const gov_farrington_fits nowhere = GOV_FARRINGTON_FITS_INIT;
    farrington f = {.y = y, .valid = valid, .population = population};
    gov_farrington_fits out = fits == NULL ? nowhere : *fits;
    if (alarms == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "alarms must not be NULL");
    GOV_TRY(check_input(y, valid, population, n, err));
    GOV_TRY(gov_farrington_settle(options, n, &f.s, err));
    GOV_TRY(farrington_rows(&f, n, err));
    for (int64_t t = 0; t < n; t++) {
        judged j = {.reason = GOV_REASON_NOT_ASKED};
        if (t >= f.s.from && t < f.s.to)
            judge(&f, t, &j);
        write_alarm(alarms, t, y[t], &j);
        write_fit(&out, t, &j);
    }
    farrington_clear(&f);
    return GOV_OK;
}

/* --- The last period of many series ------------------------------------------------------------------------------ */

gov_status gov_farrington_machine_new(const gov_farrington_options *options, int64_t n,
                                      gov_farrington_machine **out, gov_error *err)
{
    farrington *f = gov_alloc_zero(1, sizeof(*f));
    if (f == NULL)
        return gov_fail_memory(err);
    gov_status status = gov_farrington_settle(options, n, &f->s, err);
    if (status == GOV_OK)
        status = farrington_rows(f, n, err);
    if (status != GOV_OK) {
        gov_free(f);
        return status;
    }
    f->s.to = n;
    *out = f;
    return GOV_OK;
}

void gov_farrington_machine_free(gov_farrington_machine *machine)
{
    if (machine != NULL)
        farrington_clear(machine);
    gov_free(machine);
}

gov_judgement gov_farrington_last(gov_farrington_machine *machine, const double *y, const uint8_t *valid,
                                  int *alarm)
{
    judged j;
    machine->y = y;
    machine->valid = valid;
    judge(machine, machine->s.to - 1, &j);
    *alarm = is_alarm(&j, y[machine->s.to - 1]);
    return (gov_judgement){j.reason, j.expected, j.upper};
}

/* --- As a table ------------------------------------------------------------------------------------------------ */

typedef struct everything {
    gov_alarms alarms;
    gov_farrington_fits fits;
} everything;

static void everything_free(everything *e)
{
    gov_alarms_free(&e->alarms);
    gov_free(e->fits.p);
    gov_free(e->fits.phi);
    gov_free(e->fits.slope);
}

static gov_status everything_new(int64_t n, everything *e, gov_error *err)
{
    GOV_TRY(gov_alarms_new(n, &e->alarms, err));
    e->fits = (gov_farrington_fits)GOV_FARRINGTON_FITS_INIT;
    e->fits.p = gov_alloc(n, sizeof(double));
    e->fits.phi = gov_alloc(n, sizeof(double));
    e->fits.slope = gov_alloc(n, sizeof(double));
    if (e->fits.p != NULL && e->fits.phi != NULL && e->fits.slope != NULL)
        return GOV_OK;
    everything_free(e);
    return gov_fail_memory(err);
}

static gov_status add_fit(gov_frame *frame, const char *name, const double *values, const double *phi,
                          gov_error *err)
{
    double *column;
    GOV_TRY(gov_frame_doubles(frame, name, &column, err));
    for (int64_t t = 0; t < frame->rows; t++)
        column[t] = phi[t] > 0 ? values[t] : NAN;
    return GOV_OK;
}

static gov_status everything_table(const everything *e, int64_t n, gov_table **out, gov_error *err)
{
    gov_frame frame = GOV_FRAME_INIT(n);
    gov_status status = gov_alarms_add(&frame, &e->alarms, err);
    if (status == GOV_OK)
        status = add_fit(&frame, "p", e->fits.p, e->fits.phi, err);
    if (status == GOV_OK)
        status = add_fit(&frame, "phi", e->fits.phi, e->fits.phi, err);
    if (status == GOV_OK)
        status = add_fit(&frame, "slope", e->fits.slope, e->fits.phi, err);
    if (status == GOV_OK)
        status = gov_frame_finish(&frame, out, err);
    gov_frame_clear(&frame);
    return status;
}

gov_status gov_farrington_table(const double *y, const uint8_t *valid, const double *population, int64_t n,
                                const gov_farrington_options *options, gov_table **out, gov_error *err)
{
    everything e;
    if (n < 0)
        return gov_fail(err, GOV_E_ARGUMENT, "a series needs a length of 0 or more");
    GOV_TRY(everything_new(n, &e, err));
    gov_status status = gov_farrington(y, valid, population, n, options, &e.alarms, &e.fits, err);
    if (status == GOV_OK)
        status = everything_table(&e, n, out, err);
    everything_free(&e);
    return status;
}
