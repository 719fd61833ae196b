/* Step-up adjustment: from the largest p down, q is the running minimum of p · n / rank (times 1 + 1/2 + ... + 1/n
 * for Benjamini & Yekutieli). Equal p share a q, so the order among them does not matter. */
#include "stat/multiple.h"
#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>

typedef struct ranked {
    double p;
    int64_t at;
} ranked;

static int by_p(const void *left, const void *right)
{
    double a = ((const ranked *)left)->p;
    double b = ((const ranked *)right)->p;
    return (a > b) - (a < b);
}

gov_status gov_false_discovery(const double *p, int64_t n, int dependent, double *q, gov_error *err)
{
    ranked *order = gov_alloc(n, sizeof(*order));
    if (order == NULL)
        return gov_fail_memory(err);
    double factor = dependent ? 0 : 1;
    for (int64_t i = 0; i < n; i++) {
        order[i] = (ranked){p[i], i};
        if (dependent)
            factor += 1 / (double)(i + 1);
    }
    qsort(order, (size_t)n, sizeof(*order), by_p);
    double least = 1;
    for (int64_t i = n - 1; i >= 0; i--) {
        least = fmin(least, factor * (double)n / (double)(i + 1) * order[i].p);
        q[order[i].at] = least;
    }
    gov_free(order);
    return GOV_OK;
}
