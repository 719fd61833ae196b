/* The public face of stat/multiple.h: leaves missing tests out and puts the results back in their places. */
#include "govcore/trend/fdr.h"
#include "base/alloc.h"
#include "base/struct.h"
#include "stat/multiple.h"

#include <math.h>

gov_status gov_trend_bh(const double *p, const uint8_t *valid, int64_t n, const gov_trend_bh_options *options,
                        double *q, gov_error *err)
{
    gov_trend_bh_options o;
    GOV_TRY(gov_struct_read(&o, sizeof(o), options, err));
    gov_trend_fdr_method method = o.method;
    if (n < 0 || (n > 0 && (p == NULL || q == NULL)))
        return gov_fail(err, GOV_E_ARGUMENT, "p and q must hold n >= 0 values");
    if (method != GOV_TREND_FDR_BH && method != GOV_TREND_FDR_BY)
        return gov_fail(err, GOV_E_ARGUMENT, "method must be GOV_TREND_FDR_BH or GOV_TREND_FDR_BY");
    int64_t present = 0;
    for (int64_t i = 0; i < n; i++) {
        if (valid != NULL && !valid[i])
            continue;
        if (!(p[i] >= 0 && p[i] <= 1))
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(i, "p"), "a p-value must be in 0 to 1, it is %g",
                               p[i]);
        present++;
    }
    double *packed = gov_alloc(present, sizeof(*packed));
    if (packed == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0, k = 0; i < n; i++)
        if (valid == NULL || valid[i])
            packed[k++] = p[i];
    gov_status status = gov_false_discovery(packed, present, method == GOV_TREND_FDR_BY, packed, err);
    for (int64_t i = 0, k = 0; status == GOV_OK && i < n; i++)
        q[i] = valid == NULL || valid[i] ? packed[k++] : NAN;
    gov_free(packed);
    return status;
}
