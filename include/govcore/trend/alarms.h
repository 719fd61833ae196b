/* alarms.h - is the newest count higher than its own past lets expect? Prospective detectors for counts.
 *
 *     double upper[N];  uint8_t alarm[N];
 *     gov_alarms a = GOV_ALARMS_INIT;
 *     a.upper = upper;  a.alarm = alarm;
 *     gov_ears(y, NULL, N, NULL, &a, &err);
 *
 * A detector looks at every period t with nothing but the periods before it, so that a result for t never
 * changes when later data come. An alarm means y[t] > upper[t]: the bound itself is still normal.
 *
 * Threads: no state.   Ownership: the caller's arrays are filled; *out tables are yours. */
#ifndef GOVCORE_TREND_ALARMS_H
#define GOVCORE_TREND_ALARMS_H

#include "govcore/table.h"
#include "govcore/trend/reason.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Where a detector writes: arrays of the caller, each of n items or NULL if it is not wanted. Where reason[t]
 * is not GOV_REASON_NONE the period was not judged: alarm is 0 and the numbers that could not be had are 0. */
typedef struct gov_alarms {
    uint32_t struct_size;
    uint8_t *alarm;  /* 1 alarm, 0 none */
    uint8_t *reason; /* a gov_reason */
    double *expected;
    double *upper;
    double *score; /* how far the value is up the way from expected to upper: over 1 is an alarm */
} gov_alarms;

#define GOV_ALARMS_INIT                                            \
    {                                                              \
        (uint32_t)sizeof(gov_alarms), NULL, NULL, NULL, NULL, NULL \
    }

/* --- EARS (Hutwagner et al. 2003, doi:10.1007/PL00022312; Fricker et al. 2008) ------------------------------
 * Mean and standard deviation of a short moving baseline:
 *   C1  the `baseline` periods before t;       upper = mean + normal quantile(1 - alpha) x sd
 *   C2  the `baseline` periods before t - 2;   the same
 *   C3  as C2, and the two periods before t count: with E = sum of max(0, C2 statistic - 1) over t-1 and t-2,
 *       upper = max(0, y[t] + sd x (normal quantile(1 - alpha) - E)), so that the alarm means: E alone is past
 *       the quantile. This is what R's surveillance computes (1.20.3), though its manual writes the mean
 *       in the place of y[t].
 *
 * A baseline without spread has sd 0. With min_sigma > 0 the sd is raised to min_sigma; without it the period
 * is GOV_REASON_CONSTANT: neither is one count after a hundred zeros passed over, nor is it always an alarm.
 * More than half of the baseline must be present. */
typedef enum gov_ears_method { GOV_EARS_C1 = 0, GOV_EARS_C2 = 1, GOV_EARS_C3 = 2 } gov_ears_method;

typedef struct gov_ears_options {
    uint32_t struct_size;
    gov_ears_method method;
    int64_t baseline; /* periods, at least 3; default 7 */
    double min_sigma; /* floor of the standard deviation, in units of y; default 0: none */
    double alpha;     /* default 0.001 for C1 and C2, 0.025 for C3 */
} gov_ears_options;

#define GOV_EARS_OPTIONS_INIT                                        \
    {                                                                \
        (uint32_t)sizeof(gov_ears_options), GOV_EARS_C1, 0, 0.0, 0.0 \
    }

/* Judges every period of a series. Errors: GOV_E_RANGE a value that is not finite, err->row; GOV_E_ARGUMENT an
 * option. A series that is too short is no error: its periods carry their reason. Since 0.1. */
GOV_API gov_status gov_ears(const double *y, const uint8_t *valid, int64_t n, const gov_ears_options *options,
                            gov_alarms *alarms, gov_error *err);

/* The same as a table of n rows: expected float64, upper float64, score float64, alarm bool, reason utf8; the
 * numbers and the alarm are missing where there is a reason. */
GOV_API gov_status gov_ears_table(const double *y, const uint8_t *valid, int64_t n,
                                  const gov_ears_options *options, gov_table **out, gov_error *err);

#ifdef __cplusplus
}
#endif

#endif
