/* mann_kendall_columns.c - the test over seasons or stations: sums of the tests of the columns.
 *
 * A series by seasons is a table of one row a cycle, so that seasonal and regional tests are one. With
 * correlated columns the variance of the sum has the covariances of Dietz & Killeen (1981), from Kendall's
 * count of pairs K and the ranks R of each two columns: (K + 4 sum R R' - n (n + 1)^2) / 3. */
#include "trend/monotonic.h"
#include "stat/rank.h"

#include <math.h>

static int present_at(const uint8_t *valid, int64_t i)
{
    return valid == NULL || valid[i] != 0;
}

static void add_column(const double *y, const uint8_t *valid, int64_t count, int64_t columns, int64_t column,
                       double *own, double *scratch, gov_mk_sums *sums)
{
    int64_t n = 0;
    for (int64_t i = column; i < count; i += columns)
        if (present_at(valid, i))
            own[n++] = y[i];
    sums->s += gov_kendall_s(own, n, scratch);
    sums->variance += gov_mk_ties(n) - gov_tie_term(own, n);
    sums->n += n;
    sums->pairs += n * (n - 1) / 2;
}

gov_mk_sums gov_mk_add_up(const double *y, const uint8_t *valid, int64_t count, int64_t columns,
                          double *scratch)
{
    gov_mk_sums sums = {0, 0.0, 0, 0};
    for (int64_t c = 0; c < columns; c++)
        add_column(y, valid, count, columns, c, scratch, scratch + count / columns + 1, &sums);
    return sums;
}

gov_status gov_mk_columns(const double *y, const uint8_t *valid, int64_t count, int64_t columns,
                          const gov_mk_settings *settings, gov_mk_result *r, gov_error *err)
{
    GOV_TRY(gov_series_check(y, valid, count, err));
    double *scratch = gov_alloc(2 * (count / columns + 1), sizeof(double));
    if (scratch == NULL)
        return gov_fail_memory(err);
    gov_mk_sums sums = gov_mk_add_up(y, valid, count, columns, scratch);
    gov_free(scratch);
    if (sums.pairs == 0)
        return gov_fail(err, GOV_E_NO_DATA,
                        "the test needs 2 values of one season or station, and none of %lld has them",
                        (long long)columns);
    if (!(sums.variance > 0))
        return gov_fail(err, GOV_E_NO_DATA,
                        "the values of each season or station are equal: a trend cannot be tested");
    gov_mk_conclude(&sums, settings->alpha, r);
    if (settings->with_slope)
        return gov_sen_line(y, valid, count, columns, &r->slope, &r->intercept, err);
    return GOV_OK;
}

/* --- Correlated columns -------------------------------------------------------------------------------------- */

/* Complete rows, column by column: values[c * rows + i], and the ranks of each column in the same layout. */
typedef struct complete {
    double *values;
    double *ranks;
    int64_t rows;
} complete;

static int row_is_complete(const uint8_t *valid, int64_t row, int64_t columns)
{
    for (int64_t c = 0; c < columns; c++)
        if (!present_at(valid, row * columns + c))
            return 0;
    return 1;
}

static gov_status complete_new(const double *y, const uint8_t *valid, int64_t count, int64_t columns,
                               complete *out, gov_error *err)
{
    GOV_TRY(gov_series_check(y, valid, count, err));
    complete k = {NULL, NULL, 0};
    for (int64_t row = 0; row < count / columns; row++)
        k.rows += row_is_complete(valid, row, columns);
    if (k.rows < 3)
        return gov_fail(err, GOV_E_NO_DATA, "the test needs 3 complete rows, there are %lld",
                        (long long)k.rows);
    k.values = gov_alloc(2 * k.rows * columns, sizeof(double));
    if (k.values == NULL)
        return gov_fail_memory(err);
    k.ranks = k.values + k.rows * columns;
    for (int64_t row = 0, at = 0; row < count / columns; row++) {
        if (!row_is_complete(valid, row, columns))
            continue;
        for (int64_t c = 0; c < columns; c++)
            k.values[c * k.rows + at] = y[row * columns + c];
        at++;
    }
    for (int64_t c = 0; c < columns; c++) {
        gov_status status = gov_rank_mid(k.values + c * k.rows, k.rows, k.ranks + c * k.rows, err);
        if (status != GOV_OK) {
            gov_free(k.values);
            return status;
        }
    }
    *out = k;
    return GOV_OK;
}

/* Covariance of the scores of columns a and b. */
static gov_status covariance(const complete *k, int64_t a, int64_t b, double *out, gov_error *err)
{
    int64_t pairs;
    GOV_TRY(gov_kendall_pairs(k->values + a * k->rows, k->values + b * k->rows, k->rows, &pairs, err));
    double n = (double)k->rows;
    double products = 0;
    for (int64_t i = 0; i < k->rows; i++)
        products += k->ranks[a * k->rows + i] * k->ranks[b * k->rows + i];
    *out = ((double)pairs + 4 * products - n * (n + 1) * (n + 1)) / 3;
    return GOV_OK;
}

/* S of one column against time. */
static double score_of(const complete *k, int64_t column, double *scratch)
{
    double *own = scratch + k->rows;
    for (int64_t i = 0; i < k->rows; i++)
        own[i] = k->values[column * k->rows + i];
    return (double)gov_kendall_s(own, k->rows, scratch);
}

static gov_status sum_columns(const complete *k, int64_t columns, double *scratch, gov_mk_result *r,
                              gov_error *err)
{
    for (int64_t a = 0; a < columns; a++) {
        r->s += score_of(k, a, scratch);
        for (int64_t b = 0; b <= a; b++) {
            double c;
            GOV_TRY(covariance(k, a, b, &c, err));
            r->var_s += a == b ? c : 2 * c;
        }
    }
    return GOV_OK;
}

gov_status gov_mk_columns_correlated(const double *y, const uint8_t *valid, int64_t count, int64_t columns,
                                     const gov_mk_settings *settings, gov_mk_result *r, gov_error *err)
{
    complete k;
    GOV_TRY(complete_new(y, valid, count, columns, &k, err));
    double *scratch = gov_alloc(2 * k.rows, sizeof(double));
    gov_status status = scratch == NULL ? gov_fail_memory(err) : sum_columns(&k, columns, scratch, r, err);
    gov_free(scratch);
    gov_free(k.values);
    GOV_TRY(status);
    if (!(r->var_s > 0))
        return gov_fail(err, GOV_E_NO_DATA,
                        "the values of each season or station are equal: a trend cannot be tested");
    r->n = k.rows * columns;
    r->tau = r->s / (0.5 * (double)k.rows * (double)(k.rows - 1) * (double)columns);
    gov_mk_judge(r, settings->alpha, 0);
    if (settings->with_slope)
        return gov_sen_line(y, valid, count, columns, &r->slope, &r->intercept, err);
    return GOV_OK;
}

/* --- Public -------------------------------------------------------------------------------------------------- */

static gov_status check_shape(int64_t rows, int64_t columns, const gov_mk_result *result, gov_error *err)
{
    if (result == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "result must not be NULL");
    if (rows < 0 || columns < 1 || rows > INT64_MAX / columns)
        return gov_fail(err, GOV_E_ARGUMENT, "%lld rows of %lld columns are not a table", (long long)rows,
                        (long long)columns);
    return GOV_OK;
}

gov_status gov_mann_kendall_regional(const double *y, const uint8_t *valid, int64_t rows, int64_t columns,
                                     const gov_mk_options *options, gov_mk_result *result, gov_error *err)
{
    gov_mk_settings settings;
    gov_mk_result r = GOV_MK_RESULT_INIT;
    GOV_TRY(check_shape(rows, columns, result, err));
    GOV_TRY(gov_mk_settle(options, &settings, err));
    r.factor = 1;
    GOV_TRY(gov_mk_columns(y, valid, rows * columns, columns, &settings, &r, err));
    *result = r;
    return GOV_OK;
}

gov_status gov_mann_kendall_correlated(const double *y, const uint8_t *valid, int64_t rows, int64_t columns,
                                       const gov_mk_options *options, gov_mk_result *result, gov_error *err)
{
    gov_mk_settings settings;
    gov_mk_result r = GOV_MK_RESULT_INIT;
    GOV_TRY(check_shape(rows, columns, result, err));
    GOV_TRY(gov_mk_settle(options, &settings, err));
    r.factor = 1;
    GOV_TRY(gov_mk_columns_correlated(y, valid, rows * columns, columns, &settings, &r, err));
    *result = r;
    return GOV_OK;
}

/* S of column 0 less what column 1 lets expect, by the correlation rho of their scores. */
static gov_status partial_score(const complete *k, gov_mk_result *r, gov_error *err)
{
    double n = (double)k->rows;
    double full = n * (n - 1) * (2 * n + 5) / 18;
    double sigma;
    GOV_TRY(covariance(k, 0, 1, &sigma, err));
    double *scratch = gov_alloc(2 * k->rows, sizeof(double));
    if (scratch == NULL)
        return gov_fail_memory(err);
    double rho = sigma / full;
    double own = score_of(k, 0, scratch);
    double other = score_of(k, 1, scratch);
    gov_free(scratch);
    r->n = k->rows;
    r->s = own - rho * other;
    r->var_s = (1 - rho * rho) * full;
    r->tau = own / (0.5 * n * (n - 1));
    return GOV_OK;
}

/* The first of two columns, for its slope. */
static gov_status first_column_line(const double *y, const uint8_t *valid, int64_t rows, gov_mk_result *r,
                                    gov_error *err)
{
    double *own = gov_alloc(rows, sizeof(double));
    uint8_t *there = gov_alloc(rows, 1);
    gov_status status = own == NULL || there == NULL ? gov_fail_memory(err) : GOV_OK;
    for (int64_t t = 0; status == GOV_OK && t < rows; t++) {
        own[t] = y[2 * t];
        there[t] = (uint8_t)present_at(valid, 2 * t);
    }
    if (status == GOV_OK)
        status = gov_sen_line(own, there, rows, 1, &r->slope, &r->intercept, err);
    gov_free(own);
    gov_free(there);
    return status;
}

gov_status gov_mann_kendall_partial(const double *y, const uint8_t *valid, int64_t rows,
                                    const gov_mk_options *options, gov_mk_result *result, gov_error *err)
{
    gov_mk_settings settings;
    gov_mk_result r = GOV_MK_RESULT_INIT;
    complete k;
    GOV_TRY(check_shape(rows, 2, result, err));
    GOV_TRY(gov_mk_settle(options, &settings, err));
    GOV_TRY(complete_new(y, valid, rows * 2, 2, &k, err));
    r.factor = 1;
    int constant = gov_all_equal(k.values, k.rows) || gov_all_equal(k.values + k.rows, k.rows);
    gov_status status = partial_score(&k, &r, err);
    gov_free(k.values);
    GOV_TRY(status);
    if (constant)
        return gov_fail(err, GOV_E_NO_DATA, "a column is constant: a partial trend cannot be tested");
    if (!(r.var_s > 0))
        return gov_fail(err, GOV_E_NO_DATA,
                        "the two columns are ordered alike: nothing is left when one explains the other");
    gov_mk_judge(&r, settings.alpha, 0);
    if (settings.with_slope)
        GOV_TRY(first_column_line(y, valid, rows, &r, err));
    *result = r;
    return GOV_OK;
}
