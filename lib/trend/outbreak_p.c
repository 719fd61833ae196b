/* OutbreakP: non-decreasing means by pooling adjacent violators. The blocks stand on a stack; a new value joins
 * blocks until the means rise again, so that all n statistics cost O(n) together. The statistic
 * product of (block mean / overall mean)^y is kept as the sum over blocks of S log(S / length). */
#include "trend/control.h"
#include "base/struct.h"

#include <math.h>

typedef struct block {
    double sum;
    double length;
} block;

static double information(block b)
{
    return b.sum > 0 ? b.sum * log(b.sum / b.length) : 0;
}

gov_status gov_outbreak_p(const double *y, const uint8_t *valid, int64_t n, double threshold,
                          gov_alarms *alarms, double *statistic, gov_error *err)
{
    double bar = threshold == 0 ? 100 : threshold;
    if (!(bar > 0) || isinf(bar))
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("threshold"), "threshold must be above 0");
    GOV_TRY(gov_struct_check(alarms, err));
    GOV_TRY(gov_check_counts(y, valid, n, 0, err));
    block *blocks = gov_alloc(n, sizeof(*blocks));
    if (blocks == NULL)
        return gov_fail_memory(err);
    int64_t top = -1;
    block all = {0, 0};
    double inside = 0;
    double value = 1;
    for (int64_t t = 0; t < n; t++) {
        if (valid != NULL && !valid[t]) {
            gov_alarm_write(alarms, t, GOV_REASON_MISSING, 0, 0, 0, 0);
        } else {
            block b = {y[t], 1};
            all = (block){all.sum + y[t], all.length + 1};
            for (; top >= 0 && b.sum / b.length <= blocks[top].sum / blocks[top].length; top--) {
                inside -= information(blocks[top]);
                b = (block){b.sum + blocks[top].sum, b.length + blocks[top].length};
            }
            blocks[++top] = b;
            inside += information(b);
            value = exp(fmax(0, inside - information(all)));
            gov_alarm_write(alarms, t, GOV_REASON_NONE, value > bar, 0, 0, value / bar);
        }
        if (statistic != NULL)
            statistic[t] = value;
    }
    gov_free(blocks);
    return GOV_OK;
}
