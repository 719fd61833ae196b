/* ahp.c - the principal eigenvector of a positive matrix by power iteration.
 *
 * For a positive matrix the iteration converges from any positive start (Perron), here to the last bit within
 * some dozens of steps; n is at most 15, so nothing faster is worth its code. */
#include "base/error.h"
#include "govcore/need.h"

#include <math.h>
#include <string.h>

enum { MOST = 15, MOST_STEPS = 10000 };

typedef struct index_table {
    const char *name;
    double values[MOST + 1]; /* by n */
} index_table;

static const index_table tables[] = {
    {"saaty1980", {0, 0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59}},
    {"saaty2007", {0, 0, 0, 0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59}},
    {"alonso2006",
     {0, 0, 0, 0.5245, 0.8815, 1.1086, 1.2479, 1.3417, 1.4056, 1.4499, 1.4854, 1.5141, 1.5365, 1.5551, 1.5713,
      1.5838}},
};

static gov_status find_index(const char *table, int64_t n, double *out, gov_error *err)
{
    const char *name = table == NULL ? "saaty1980" : table;
    for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
        if (strcmp(tables[i].name, name) == 0) {
            *out = tables[i].values[n];
            return GOV_OK;
        }
    }
    return gov_fail_at(err, GOV_E_UNKNOWN_NAME, GOV_AT_NAME(name),
                       "'%s' is not a table of random indices: saaty1980, saaty2007 or alonso2006", name);
}

static gov_status check_matrix(const double *a, int64_t n, gov_error *err)
{
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = 0; j < n; j++) {
            double product = a[i * n + j] * a[j * n + i];
            if (!(a[i * n + j] > 0) || !(fabs(product - 1) <= 1e-6))
                return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(i, "matrix"),
                                   "entry (%lld,%lld) must be positive and the reciprocal of (%lld,%lld)",
                                   (long long)i, (long long)j, (long long)j, (long long)i);
        }
    }
    return GOV_OK;
}

/* One step: y = A x, brought to the sum 1; returns the sum before, which tends to the eigenvalue. */
static double step(const double *a, int64_t n, const double *x, double *y)
{
    double sum = 0;
    for (int64_t i = 0; i < n; i++) {
        y[i] = 0;
        for (int64_t j = 0; j < n; j++)
            y[i] += a[i * n + j] * x[j];
        sum += y[i];
    }
    for (int64_t i = 0; i < n; i++)
        y[i] /= sum;
    return sum;
}

gov_status gov_need_ahp(const double *matrix, int64_t n, const char *table, double *weights,
                        gov_need_consistency *consistency, gov_error *err)
{
    double x[MOST];
    double y[MOST];
    double lambda = 0;
    gov_need_consistency c = {0, 0, 0, 0};
    if (matrix == NULL || weights == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "matrix and weights must be given");
    if (n < 1 || n > MOST)
        return gov_fail(err, GOV_E_RANGE, "a matrix of comparisons has 1 to %d rows, not %lld", MOST,
                        (long long)n);
    GOV_TRY(find_index(table, n, &c.random_index, err));
    GOV_TRY(check_matrix(matrix, n, err));
    for (int64_t i = 0; i < n; i++)
        x[i] = 1 / (double)n;
    for (int k = 0; k < MOST_STEPS; k++) {
        double moved = 0;
        lambda = step(matrix, n, x, y);
        for (int64_t i = 0; i < n; i++) {
            moved = fmax(moved, fabs(y[i] - x[i]));
            x[i] = y[i];
        }
        if (moved < 1e-16)
            break;
    }
    memcpy(weights, x, (size_t)n * sizeof(*x));
    c.lambda_max = lambda;
    c.index = n < 3 ? 0 : (lambda - (double)n) / (double)(n - 1);
    c.ratio = n < 3 ? 0 : c.index / c.random_index;
    if (consistency != NULL)
        *consistency = c;
    return GOV_OK;
}
