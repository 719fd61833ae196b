/* Likelihood ratio charts of counts.
 *
 * LR: the CUSUM of log likelihood ratios for one theta. GLR: for every possible begin of the change the theta of the
 * largest ratio; for Poisson counts exp(theta) = observed / expected of the stretch, so that one pass back over the
 * window does. For negative binomial counts the log likelihood is concave in theta and Newton's method solves it, one
 * stretch after another from the last solution; with one expectation for all periods the solution is again observed
 * / expected. */
#include "trend/control.h"
#include "base/struct.h"

#include <math.h>

typedef struct chart {
    const gov_glr_options *o;
    const gov_expectation *e;
    const double *y;
    const uint8_t *valid;
    int64_t restart; /* the first period after the last alarm */
    double sum;      /* LR: the statistic before this period */
} chart;

static int present(const chart *c, int64_t t)
{
    return c->valid == NULL || c->valid[t];
}

/* log of (1 + alpha m) / (1 + alpha m e^theta). */
static double log_share(double alpha, double m, double theta)
{
    return log1p(alpha * m) - log1p(alpha * m * exp(theta));
}

static double log_ratio(double x, double m, double alpha, double theta)
{
    if (alpha == 0)
        return x * theta + m * (1 - exp(theta));
    return x * theta + (x + 1 / alpha) * log_share(alpha, m, theta);
}

/* The value of period i, with `last` in the place of the value of period t. */
static double value_at(const chart *c, int64_t i, int64_t t, double last)
{
    return i == t ? last : c->y[i];
}

/* Sum of log ratios over first..t; slope and curve: its derivatives in theta. */
static double stretch(const chart *c, int64_t first, int64_t t, double last, double theta, double *slope,
                      double *curve)
{
    double alpha = c->o->alpha;
    double sum = 0;
    *slope = *curve = 0;
    for (int64_t i = first; i <= t; i++) {
        if (!present(c, i))
            continue;
        double x = value_at(c, i, t, last);
        double m = gov_expected_at(c->e, i);
        double raised = m * exp(theta);
        sum += log_ratio(x, m, alpha, theta);
        *slope += (x - raised) / (1 + alpha * raised);
        *curve -= raised * (1 + alpha * x) / ((1 + alpha * raised) * (1 + alpha * raised));
    }
    return sum;
}

/* The largest log ratio of one stretch with theta on the side asked for; *theta: a start, then the solution. */
static double largest_ratio(const chart *c, int64_t first, int64_t t, double last, double *theta)
{
    double slope;
    double curve;
    int sign = c->o->decrease ? -1 : 1;
    stretch(c, first, t, last, 0, &slope, &curve);
    if (slope * sign <= 0)
        return 0;
    double sum = 0;
    for (int step = 0; step < 60; step++) {
        sum = stretch(c, first, t, last, *theta, &slope, &curve);
        double move = -slope / curve;
        move = fmin(fmax(move, -1), 1); /* Newton's step on a concave function, kept from overshooting */
        *theta += move;
        if (fabs(move) < 1e-12)
            break;
    }
    return fmax(sum, 0);
}

/* With whole sums: Poisson, or one expectation for all periods. */
static double closed_ratio(double observed, double expected, double count, double alpha, int decrease)
{
    if (decrease ? observed >= expected : observed <= expected)
        return 0;
    if (observed == 0)
        return alpha == 0 ? expected : count / alpha * log1p(alpha * expected / count);
    double theta = log(observed / expected);
    if (alpha == 0)
        return observed * theta - (observed - expected);
    return observed * theta + (observed + count / alpha) * log_share(alpha, expected / count, theta);
}

static double glr_value(const chart *c, int64_t t, double last)
{
    int64_t first = c->restart;
    if (c->o->window > 0 && t - c->o->window + 1 > first)
        first = t - c->o->window + 1;
    double best = 0;
    double observed = 0;
    double expected = 0;
    double count = 0;
    double theta = 0;
    int closed = c->o->alpha == 0 || c->e->each == NULL;
    for (int64_t k = t; k >= first; k--) {
        if (!present(c, k))
            continue;
        observed += value_at(c, k, t, last);
        expected += gov_expected_at(c->e, k);
        count += 1;
        double value;
        if (closed)
            value = closed_ratio(observed, expected, count, c->o->alpha, c->o->decrease);
        else if (observed == 0) /* theta falls without end: ratios towards e^theta = 0 */
            value = 0;
        else
            value = largest_ratio(c, k, t, last, &theta);
        if (!closed && observed == 0 && c->o->decrease)
            for (int64_t i = k; i <= t; i++)
                value += present(c, i) ? log1p(c->o->alpha * gov_expected_at(c->e, i)) / c->o->alpha : 0;
        best = fmax(best, value);
    }
    return best;
}

static double statistic_at(const chart *c, int64_t t, double last)
{
    if (c->o->theta == 0)
        return glr_value(c, t, last);
    return fmax(0, c->sum + log_ratio(last, gov_expected_at(c->e, t), c->o->alpha, c->o->theta));
}

/* The largest whole count that gives no alarm in period t: the statistic grows with the count. */
static double bound_at(const chart *c, int64_t t)
{
    double low = -1;
    double high = 1;
    while (statistic_at(c, t, high) < c->o->threshold && high < 1e15) {
        low = high;
        high *= 2;
    }
    while (high - low > 1) {
        double middle = floor(low + (high - low) / 2);
        if (statistic_at(c, t, middle) < c->o->threshold)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static gov_status settle(const gov_glr_options *given, gov_glr_options *o, gov_error *err)
{
    GOV_TRY(gov_struct_read(o, sizeof(*o), given, err));
    o->threshold = o->threshold == 0 ? 5 : o->threshold;
    if (!(o->threshold > 0) || !(o->alpha >= 0) || isinf(o->threshold + o->alpha) || o->window < 0)
        return gov_fail(err, GOV_E_ARGUMENT, "threshold must be above 0, alpha and window not below 0");
    if (!(o->theta >= 0) || isinf(o->theta) || (o->theta > 0 && o->decrease))
        return gov_fail_at(
            err, GOV_E_ARGUMENT, GOV_AT_NAME("theta"),
            "theta must be above 0, or 0 for the GLR chart, and `decrease` goes with the latter only");
    return GOV_OK;
}

gov_status gov_glr(const double *y, const uint8_t *valid, int64_t n, const gov_glr_options *options,
                   gov_alarms *alarms, double *statistic, gov_error *err)
{
    gov_glr_options o;
    gov_expectation e;
    GOV_TRY(gov_struct_check(alarms, err));
    GOV_TRY(settle(options, &o, err));
    GOV_TRY(gov_check_counts(y, valid, n, 1, err));
    GOV_TRY(gov_expectation_new(y, valid, n, o.expected, o.mean, o.baseline, &e, err));
    chart c = {&o, &e, y, valid, e.from, 0};
    double value = 0;
    for (int64_t t = 0; t < n; t++) {
        if (t < e.from) {
            gov_alarm_write(alarms, t, GOV_REASON_NOT_ASKED, 0, 0, 0, 0);
        } else if (present(&c, t)) {
            double bound = alarms != NULL && alarms->upper != NULL && !o.decrease ? bound_at(&c, t) : 0;
            value = statistic_at(&c, t, y[t]);
            int alarm = value >= o.threshold;
            gov_alarm_write(alarms, t, GOV_REASON_NONE, alarm, gov_expected_at(&e, t), bound,
                            value / o.threshold);
            c.sum = alarm ? 0 : value;
            c.restart = alarm ? t + 1 : c.restart;
        } else {
            value = c.sum;
            gov_alarm_write(alarms, t, GOV_REASON_MISSING, 0, 0, 0, 0);
        }
        if (statistic != NULL)
            statistic[t] = value;
    }
    return GOV_OK;
}
