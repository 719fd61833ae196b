/* Pettitt's test: U(t) = 2 × (sum of the ranks up to t) - t (n + 1), the Mann-Whitney statistic of every split at
 * once. */
#include "govcore/trend/change.h"
#include "base/struct.h"
#include "stat/rank.h"
#include "trend/series.h"

#include <math.h>

static void largest(const gov_present *p, const double *ranks, gov_pettitt_result *result)
{
    double n = (double)p->count;
    double u = 0;
    gov_pettitt_result r = {.statistic = -1};
    for (int64_t t = 0; t + 1 < p->count; t++) {
        u += 2 * ranks[t] - (n + 1);
        if (fabs(u) <= r.statistic)
            continue;
        r.statistic = fabs(u);
        r.change = p->at[t + 1];
        r.direction = (u < 0) - (u > 0); /* low ranks first: higher afterwards */
    }
    r.n = p->count;
    r.p = fmin(1, 2 * exp(-6 * r.statistic * r.statistic / (n * n * n + n * n)));
    gov_struct_fill(result, &r, sizeof(r));
}

gov_status gov_pettitt(const double *y, const uint8_t *valid, int64_t n, gov_pettitt_result *result,
                       gov_error *err)
{
    if (result == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "result must be given");
    gov_present p;
    GOV_TRY(gov_struct_check(result, err));
    GOV_TRY(gov_present_new(y, valid, n, &p, err));
    gov_status status = GOV_OK;
    double *ranks = NULL;
    if (p.count < 3 || gov_all_equal(p.y, p.count)) {
        status = gov_fail(err, GOV_E_NO_DATA,
                          "Pettitt's test needs 3 values that are not all equal, there are %lld values",
                          (long long)p.count);
        goto out;
    }
    ranks = gov_alloc(p.count, sizeof(double));
    if (ranks == NULL) {
        status = gov_fail_memory(err);
        goto out;
    }
    GOV_TRY_OUT(gov_rank_mid(p.y, p.count, ranks, err));
    largest(&p, ranks, result);
out:
    gov_free(ranks);
    gov_present_free(&p);
    return status;
}
