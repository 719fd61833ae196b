/* analyze.h - one series' finding, for the files that find it and that write it down. */
#ifndef GOVCORE_TREND_ANALYZE_H
#define GOVCORE_TREND_ANALYZE_H

#include "govcore/trend/alarms.h"
#include "trend/monotonic.h"
#include "trend/panel.h"

typedef struct gov_finding {
    int64_t present;
    double observed; /* of the last period; NaN: missing */
    gov_reason trend_reason;
    gov_mk_result mk;
    gov_sen_result sen;
    gov_alarm_method alarm_method;
    gov_reason alarm_reason;
    double expected;
    double upper;
    int alarm;
    int64_t history; /* periods before the last one */
    int64_t wanted;  /* the history that Farrington wants; 0: AUTO had no wish that it gave up */
} gov_finding;

/* Options with their defaults filled in. */
typedef struct gov_analysis {
    const gov_panel *panel;
    gov_trend_options o;
} gov_analysis;

/* Judges the last period with the detector that the options name. */
gov_status gov_find_alarm(const gov_analysis *a, const double *y, const uint8_t *present, gov_finding *f,
                          gov_error *err);

enum { GOV_LEAST_FOR_TREND = 3 };

gov_status gov_findings_table(const gov_panel *panel, const gov_finding *findings, gov_table **out,
                              gov_error *err);

#endif
