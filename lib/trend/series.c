#include "trend/series.h"
#include "base/sum.h"

#include <math.h>

gov_status gov_series_check(const double *y, const uint8_t *valid, int64_t n, gov_error *err)
{
    if (n < 0 || (y == NULL && n > 0))
        return gov_fail(err, GOV_E_ARGUMENT, "a series needs its values and a length of 0 or more");
    for (int64_t i = 0; i < n; i++)
        if ((valid == NULL || valid[i] != 0) && !isfinite(y[i]))
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(i, "y"),
                               "value %lld is not a finite number; mark it as missing instead", (long long)i);
    return GOV_OK;
}

gov_status gov_present_new(const double *y, const uint8_t *valid, int64_t n, gov_present *out, gov_error *err)
{
    GOV_TRY(gov_series_check(y, valid, n, err));
    gov_present p = {gov_alloc(n, sizeof(double)), gov_alloc(n, sizeof(int64_t)), 0};
    if (p.y == NULL || p.at == NULL) {
        gov_present_free(&p);
        return gov_fail_memory(err);
    }
    for (int64_t i = 0; i < n; i++) {
        if (valid != NULL && valid[i] == 0)
            continue;
        p.y[p.count] = y[i];
        p.at[p.count++] = i;
    }
    *out = p;
    return GOV_OK;
}

void gov_present_free(gov_present *present)
{
    gov_free(present->y);
    gov_free(present->at);
    *present = (gov_present){NULL, NULL, 0};
}

int gov_all_equal(const double *y, int64_t n)
{
    for (int64_t i = 1; i < n; i++)
        if (y[i] != y[0])
            return 0;
    return 1;
}

double gov_mean(const double *y, int64_t n)
{
    return gov_sum_of(y, n) / (double)n;
}

gov_status gov_option_share(const char *name, double given, double usual, double *out, gov_error *err)
{
    double value = given == 0 ? usual : given;
    if (!(value > 0 && value < 1))
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME(name), "%s must lie between 0 and 1, not %g",
                           name, value);
    *out = value;
    return GOV_OK;
}
