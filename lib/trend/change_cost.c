/* Costs as -2 log likelihood from running sums. The values are centred first for the normal costs: the sum of
 * squares less the squared sum would cancel otherwise. For whole counts the Poisson cost needs only logarithms of
 * whole lengths and sums, taken from a table: no logarithm in the inner loop of PELT. */
#include "trend/change_cost.h"
#include "base/struct.h"
#include "stat/select.h"

#include <math.h>

#define TABLE_LIMIT (1 << 17)
#define LOG_2PI 1.83787706640934548356
#define VARIANCE_FLOOR 1e-11 /* as R's changepoint: a segment of equal values */

static int parameters(gov_change_cost cost)
{
    return cost == GOV_COST_MEAN_VARIANCE ? 2 : 1;
}

static double penalty_of(const gov_change_options *o, int64_t n)
{
    double p = parameters(o->cost);
    double size = (double)n;
    switch (o->penalty) {
    case GOV_PENALTY_MBIC:
        return (p + 2) * log(size);
    case GOV_PENALTY_BIC:
        return (p + 1) * log(size);
    case GOV_PENALTY_AIC:
        return 2 * (p + 1);
    case GOV_PENALTY_HANNAN_QUINN:
        return 2 * (p + 1) * log(log(size));
    case GOV_PENALTY_VALUE:
        return o->penalty_value;
    }
    return NAN;
}

static gov_status check_options(const gov_change_options *o, gov_error *err)
{
    if ((int)o->cost < GOV_COST_POISSON || o->cost > GOV_COST_MEAN_VARIANCE)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("cost"), "cost must be one of gov_change_cost");
    if ((int)o->penalty < GOV_PENALTY_MBIC || o->penalty > GOV_PENALTY_VALUE)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("penalty"),
                           "penalty must be one of gov_change_penalty");
    if (!(o->penalty_value >= 0) || isinf(o->penalty_value))
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("penalty_value"),
                           "penalty_value must be 0 or more");
    if (!(o->sd >= 0) || isinf(o->sd))
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("sd"), "sd must be above 0, or 0 to estimate it");
    if (o->min_segment < 0 || o->max_changes < 0)
        return gov_fail(err, GOV_E_ARGUMENT, "min_segment and max_changes must not be negative");
    return GOV_OK;
}

static gov_status check_counts(const gov_present *p, gov_error *err)
{
    for (int64_t i = 0; i < p->count; i++)
        if (p->y[i] < 0)
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(p->at[i], "y"),
                               "a count must not be negative, it is %g", p->y[i]);
    return GOV_OK;
}

/* scratch: n values. */
static gov_status estimate_sd(gov_segments *s, double *scratch, gov_error *err)
{
    for (int64_t i = 1; i < s->n; i++)
        scratch[i - 1] = fabs(s->present.y[i] - s->present.y[i - 1]);
    s->sd = 1.4826022185056018 * gov_median(scratch, s->n - 1) / sqrt(2);
    if (s->sd > 0)
        return GOV_OK;
    return gov_fail(
        err, GOV_E_NO_DATA,
        "more than half of the steps are 0, so the standard deviation cannot be told from them: give sd, "
        "or use the Poisson cost for counts");
}

static void fill_sums(gov_segments *s)
{
    double centre = s->cost == GOV_COST_POISSON ? 0 : gov_mean(s->present.y, s->n);
    double scale = s->cost == GOV_COST_MEAN ? s->sd : 1;
    s->sum[0] = s->square[0] = 0;
    s->whole = s->cost == GOV_COST_POISSON;
    for (int64_t i = 0; i < s->n; i++) {
        double value = (s->present.y[i] - centre) / scale;
        s->sum[i + 1] = s->sum[i] + value;
        s->square[i + 1] = s->square[i] + value * value;
        s->whole = s->whole && value == floor(value);
    }
    s->whole = s->whole && s->sum[s->n] <= TABLE_LIMIT;
}

static gov_status fill_table(gov_segments *s, gov_error *err)
{
    s->limit = s->n;
    if (s->whole && s->sum[s->n] > (double)s->limit)
        s->limit = (int64_t)s->sum[s->n];
    s->log_of = gov_alloc(s->limit + 1, sizeof(double));
    if (s->log_of == NULL)
        return gov_fail_memory(err);
    s->log_of[0] = 0;
    for (int64_t k = 1; k <= s->limit; k++)
        s->log_of[k] = log((double)k);
    return GOV_OK;
}

void gov_segments_free(gov_segments *s)
{
    gov_present_free(&s->present);
    gov_free(s->sum);
    gov_free(s->square);
    gov_free(s->log_of);
}

gov_status gov_segments_new(const double *y, const uint8_t *valid, int64_t n,
                            const gov_change_options *options, gov_segments *out, gov_error *err)
{
    gov_change_options o;
    GOV_TRY(gov_struct_read(&o, sizeof(o), options, err));
    GOV_TRY(check_options(&o, err));
    gov_segments s = {.cost = o.cost, .sd = o.sd, .max_changes = o.max_changes, .exact = o.exact};
    GOV_TRY(gov_present_new(y, valid, n, &s.present, err));
    gov_status status = GOV_OK;
    s.n = s.present.count;
    s.min_segment = o.min_segment != 0 ? o.min_segment : o.cost == GOV_COST_MEAN ? 1 : 2;
    s.log_length = o.penalty == GOV_PENALTY_MBIC;
    s.penalty = penalty_of(&o, s.n);
    if (s.n < 2 || s.n / 2 < s.min_segment) {
        status = gov_fail(err, GOV_E_NO_DATA, "two segments of %lld values are needed, there are %lld values",
                          (long long)s.min_segment, (long long)s.n);
        goto out;
    }
    if (o.cost == GOV_COST_POISSON)
        GOV_TRY_OUT(check_counts(&s.present, err));
    s.sum = gov_alloc(s.n + 1, sizeof(double));
    s.square = gov_alloc(s.n + 1, sizeof(double));
    if (s.sum == NULL || s.square == NULL) {
        status = gov_fail_memory(err);
        goto out;
    }
    if (o.cost == GOV_COST_MEAN && o.sd == 0)
        GOV_TRY_OUT(estimate_sd(&s, s.sum, err));
    fill_sums(&s);
    GOV_TRY_OUT(fill_table(&s, err));
    *out = s;
    return GOV_OK;
out:
    gov_segments_free(&s);
    return status;
}

static double normal_cost(double length, double squares)
{
    return length * (LOG_2PI + log(fmax(squares / length, VARIANCE_FLOOR)) + 1);
}

/* -2 (S log(S/n)) for sum S over n values; terms that add up to the same over any segmentation are left out. */
static double poisson_cost(const gov_segments *s, int64_t length, double sum)
{
    if (sum <= 0)
        return 0;
    double log_sum = s->whole ? s->log_of[(int64_t)sum] : log(sum);
    return 2 * sum * (s->log_of[length] - log_sum);
}

double gov_segment_cost(const gov_segments *s, int64_t first, int64_t last)
{
    int64_t count = last - first;
    double length = (double)count;
    double sum = s->sum[last] - s->sum[first];
    double square = s->square[last] - s->square[first];
    double more = s->log_length ? s->log_of[count] : 0;
    switch (s->cost) {
    case GOV_COST_POISSON:
        return poisson_cost(s, count, sum) + more;
    case GOV_COST_MEAN:
        return square - sum * sum / length + more;
    case GOV_COST_VARIANCE:
        return normal_cost(length, square) + more;
    case GOV_COST_MEAN_VARIANCE:
        return normal_cost(length, square - sum * sum / length) + more;
    }
    return NAN;
}

void gov_segments_report(const gov_segments *s, const int64_t *places, int64_t count, int64_t *changes,
                         gov_change_result *result)
{
    double cost = 0;
    for (int64_t k = 0; k <= count; k++)
        cost += gov_segment_cost(s, k == 0 ? 0 : places[k - 1], k == count ? s->n : places[k]);
    for (int64_t k = 0; k < count; k++)
        changes[k] = s->present.at[places[k]];
    gov_change_result r = {0, count, cost, s->penalty, s->cost == GOV_COST_MEAN ? s->sd : 0};
    gov_struct_fill(result, &r, sizeof(r));
}
