/* trend/fdr.h - the false discovery rate over many series: which of 100 000 alarms to believe.
 *
 * Threads: any. Ownership: arrays are the caller's. */
#ifndef GOVCORE_TREND_FDR_H
#define GOVCORE_TREND_FDR_H

#include "govcore/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* bh: tests independent or positively dependent (Benjamini & Hochberg 1995); by: any dependence, larger by
 * 1 + 1/2 + ... + 1/n (Benjamini & Yekutieli 2001). */
typedef enum gov_trend_fdr_method { GOV_TREND_FDR_BH = 0, GOV_TREND_FDR_BY = 1 } gov_trend_fdr_method;

typedef struct gov_trend_bh_options {
    uint32_t struct_size;
    gov_trend_fdr_method method; /* default BH */
} gov_trend_bh_options;

#define GOV_TREND_BH_OPTIONS_INIT                                \
    {                                                            \
        (uint32_t)sizeof(gov_trend_bh_options), GOV_TREND_FDR_BH \
    }

/* Adjusted p-values: q[i] is the smallest false discovery rate at which test i counts as a discovery.
 *
 * p: n values in [0, 1]. valid: n bytes, 0 where a test gave no p, or NULL: all present. Missing tests are not
 * counted among the tests, and their q is NaN. q: n values, may be p itself. n = 0 does nothing.
 * Errors: GOV_E_RANGE with err->row for a p that is not in [0, 1]; GOV_E_ARGUMENT; GOV_E_MEMORY.
 * Source: Benjamini & Hochberg (1995), J. R. Stat. Soc. B 57, 289-300; Benjamini & Yekutieli (2001), Ann. Stat.
 * 29, 1165-1188. Since 0.1. */
GOV_API gov_status gov_trend_bh(const double *p, const uint8_t *valid, int64_t n,
                                const gov_trend_bh_options *options, double *q, gov_error *err);

#ifdef __cplusplus
}
#endif

#endif
