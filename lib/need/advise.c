/* advise.c - weights that a table of values suggests: entropy, CRITIC, deviations, the first component. */
#include "base/alloc.h"
#include "base/sum.h"
#include "govcore/need.h"

#include <math.h>
#include <string.h>

typedef struct sample {
    int64_t rows;
    int64_t columns;
    double *x;           /* column by column */
    double *deviations;  /* population standard deviation of each column */
    double *correlation; /* columns × columns; 0 where a column does not vary */
} sample;

static double *column(const sample *s, int64_t j)
{
    return s->x + j * s->rows;
}

static gov_status copy_values(sample *s, const double *matrix, int non_negative, gov_error *err)
{
    for (int64_t i = 0; i < s->rows; i++) {
        for (int64_t j = 0; j < s->columns; j++) {
            double value = matrix[i * s->columns + j];
            if (!isfinite(value) || (non_negative && value < 0))
                return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(i, "matrix"), "column %lld: %g is not %s",
                                   (long long)j, value,
                                   non_negative ? "a number from 0 on" : "a finite number");
            column(s, j)[i] = value;
        }
    }
    return GOV_OK;
}

/* Every column to 0 ... 1, turned so that more is better. A column that does not vary becomes 0. */
static void scale(sample *s, const int8_t *directions)
{
    for (int64_t j = 0; j < s->columns; j++) {
        double *x = column(s, j);
        double low = x[0];
        double high = x[0];
        for (int64_t i = 1; i < s->rows; i++) {
            low = fmin(low, x[i]);
            high = fmax(high, x[i]);
        }
        int turned = directions != NULL && directions[j] < 0;
        for (int64_t i = 0; i < s->rows; i++)
            x[i] = high > low ? (turned ? high - x[i] : x[i] - low) / (high - low) : 0;
    }
}

/* Centres the columns, then their deviations and correlations. */
static void correlate(sample *s)
{
    for (int64_t j = 0; j < s->columns; j++) {
        double *x = column(s, j);
        double mean = gov_sum_of(x, s->rows) / (double)s->rows;
        gov_sum squares = {0, 0};
        for (int64_t i = 0; i < s->rows; i++) {
            x[i] -= mean;
            gov_sum_add(&squares, x[i] * x[i]);
        }
        s->deviations[j] = sqrt(gov_sum_value(squares) / (double)s->rows);
    }
    for (int64_t j = 0; j < s->columns; j++) {
        for (int64_t k = 0; k < s->columns; k++) {
            gov_sum products = {0, 0};
            double scale_of = s->deviations[j] * s->deviations[k] * (double)s->rows;
            for (int64_t i = 0; i < s->rows; i++)
                gov_sum_add(&products, column(s, j)[i] * column(s, k)[i]);
            s->correlation[j * s->columns + k] = scale_of > 0 ? gov_sum_value(products) / scale_of : 0;
        }
    }
}

static void weigh_by_entropy(sample *s, double *weights)
{
    for (int64_t j = 0; j < s->columns; j++) {
        double total = gov_sum_of(column(s, j), s->rows);
        gov_sum entropy = {0, 0};
        for (int64_t i = 0; i < s->rows && total > 0; i++) {
            double p = column(s, j)[i] / total;
            gov_sum_add(&entropy, p > 0 ? -p * log(p) : 0);
        }
        double diversity = total > 0 ? 1 - gov_sum_value(entropy) / log((double)s->rows) : 0;
        weights[j] = diversity > 1e-15 ? diversity : 0;
    }
}

/* What a column tells: how much it varies, and how little the others say the same. */
static void weigh_by_conflict(sample *s, double *weights)
{
    for (int64_t j = 0; j < s->columns; j++) {
        double conflict = 0;
        for (int64_t k = 0; k < s->columns; k++)
            conflict += k == j ? 0 : 1 - s->correlation[j * s->columns + k];
        weights[j] = s->deviations[j] * conflict;
    }
}

/* The first principal component by power iteration on the correlations plus the identity, which keeps the order
 * of the eigenvalues and makes them positive. */
static void weigh_by_component(sample *s, double *x, double *weights)
{
    int64_t n = s->columns;
    for (int64_t j = 0; j < n; j++)
        x[j] = s->deviations[j] > 0 ? 1 + 1e-3 * (double)j : 0;
    for (int step = 0; step < 10000; step++) {
        double length = 0;
        double moved = 0;
        for (int64_t j = 0; j < n; j++) {
            weights[j] = x[j];
            for (int64_t k = 0; k < n; k++)
                weights[j] += s->correlation[j * n + k] * x[k];
            length += weights[j] * weights[j];
        }
        for (int64_t j = 0; j < n && length > 0; j++) {
            double next = weights[j] / sqrt(length);
            moved = fmax(moved, fabs(next - x[j]));
            x[j] = next;
        }
        if (moved < 1e-15)
            break;
    }
    for (int64_t j = 0; j < n; j++)
        weights[j] = x[j] * x[j];
}

static gov_status bring_to_one(double *weights, int64_t count, gov_error *err)
{
    double total = gov_sum_of(weights, count);
    if (!(total > 0))
        return gov_fail(err, GOV_E_NO_DATA, "no column varies, so the data suggest no weights");
    for (int64_t j = 0; j < count; j++)
        weights[j] /= total;
    return GOV_OK;
}

static gov_status advise(sample *s, const double *matrix, gov_need_advice method, const int8_t *directions,
                         double *scratch, double *weights, gov_error *err)
{
    GOV_TRY(copy_values(s, matrix, method == GOV_NEED_ENTROPY, err));
    if (method == GOV_NEED_CRITIC)
        scale(s, directions);
    if (method != GOV_NEED_ENTROPY)
        correlate(s);
    if (method == GOV_NEED_ENTROPY)
        weigh_by_entropy(s, weights);
    else if (method == GOV_NEED_CRITIC)
        weigh_by_conflict(s, weights);
    else if (method == GOV_NEED_PCA)
        weigh_by_component(s, scratch, weights);
    else
        memcpy(weights, s->deviations, (size_t)s->columns * sizeof(*weights));
    return bring_to_one(weights, s->columns, err);
}

gov_status gov_need_advise(const double *matrix, int64_t rows, int64_t columns, gov_need_advice method,
                           const int8_t *directions, double *weights, gov_error *err)
{
    if (matrix == NULL || weights == NULL || columns < 1 || (unsigned)method > GOV_NEED_PCA)
        return gov_fail(err, GOV_E_ARGUMENT, "matrix and weights must be given, columns be 1 or more");
    if (rows < 2)
        return gov_fail(err, GOV_E_NO_DATA, "at least two rows are needed, not %lld", (long long)rows);
    sample s = {.rows = rows, .columns = columns};
    s.x = columns > INT64_MAX / rows ? NULL : gov_alloc(rows * columns, sizeof(double));
    s.deviations = gov_alloc(columns, sizeof(double));
    s.correlation = columns > 30000 ? NULL : gov_alloc(columns * columns, sizeof(double));
    double *result = gov_alloc(columns, sizeof(double));
    double *scratch = gov_alloc(columns, sizeof(double));
    gov_status status = GOV_OK;
    if (s.x == NULL || s.deviations == NULL || s.correlation == NULL || result == NULL || scratch == NULL)
        status = gov_fail_memory(err);
    else
        status = advise(&s, matrix, method, directions, scratch, result, err);
    if (status == GOV_OK)
        memcpy(weights, result, (size_t)columns * sizeof(*weights));
    gov_free(s.x);
    gov_free(s.deviations);
    gov_free(s.correlation);
    gov_free(result);
    gov_free(scratch);
    return status;
}
