/* analyze.h - one series' finding, for the files that find it and that write it down. */
#ifndef GOVCORE_TREND_ANALYZE_H
#define GOVCORE_TREND_ANALYZE_H

#include "base/buffer.h"
#include "govcore/trend/alarms.h"
#include "table/frame.h"
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
    double alarm_p;
    int64_t baseline_first; /* periods that the detector compared with */
    int64_t baseline_last;
    int64_t downweighted; /* -1: the detector does not */
    /* wide only */
    double q;
    double alarm_q;
    double ratio_low;
    double ratio_high;
    int64_t break_at; /* -1: none */
    double break_before;
    double break_after;
    double year_before;
    double exceed;
    int64_t silent;
} gov_finding;

/* Options with their defaults filled in. */
typedef struct gov_analysis {
    const gov_panel *panel;
    gov_trend_options o;
} gov_analysis;

/* Judges the last period with the detector that the options name. */
gov_status gov_find_alarm(const gov_analysis *a, const double *y, const uint8_t *present, gov_finding *f,
                          gov_error *err);

/* What is wide of one series, and q of all. */
gov_status gov_find_wide(const gov_analysis *a, const double *y, const uint8_t *present, gov_finding *f,
                         gov_error *err);
gov_status gov_find_rates(const gov_analysis *a, gov_finding *findings, gov_error *err);
gov_status gov_wide_columns(gov_frame *frame, const gov_analysis *a, const gov_finding *findings,
                            gov_error *err);
/* What the wide findings add to a sentence. */
void gov_wide_text(gov_buffer *b, const gov_analysis *a, const gov_finding *f, int zh);

enum { GOV_LEAST_FOR_TREND = 3 };

gov_status gov_findings_table(const gov_analysis *a, const gov_finding *findings, gov_table **out,
                              gov_error *err);

/* Options with their defaults, and the findings of all series: panel->series of them, to be freed. */
gov_status gov_analysis_of(const gov_panel *panel, const gov_trend_options *options, gov_analysis *out,
                           gov_error *err);
gov_status gov_findings_new(const gov_analysis *a, gov_finding **out, gov_error *err);

#endif
