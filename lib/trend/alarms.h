/* alarms.h - what detectors share: judge each period, write the caller's arrays or a table. */
#ifndef GOVCORE_TREND_LIB_ALARMS_H
#define GOVCORE_TREND_LIB_ALARMS_H

#include "base/error.h"
#include "govcore/trend/alarms.h"
#include "table/frame.h"

typedef struct gov_judgement {
    gov_reason reason; /* if there is one, the numbers are not looked at */
    double expected;
    double upper;
} gov_judgement;

/* Judges period t by the periods before it. */
typedef gov_judgement (*gov_judge)(const void *context, int64_t t);

/* (y - expected) / (upper - expected), or 0 where the bound is not above the expectation. */
double gov_alarm_score(double y, double expected, double upper);

/* Runs `judge` over [0, n) and fills the arrays that are there. */
gov_status gov_judge_all(const double *y, int64_t n, gov_judge judge, const void *context, gov_alarms *alarms,
                         gov_error *err);

/* Five arrays of n items with one owner. */
gov_status gov_alarms_new(int64_t n, gov_alarms *out, gov_error *err);
void gov_alarms_free(gov_alarms *alarms);
/* The columns of gov_ears_table, to which others may be added, and the table itself. */
gov_status gov_alarms_add(gov_frame *frame, const gov_alarms *alarms, gov_error *err);
gov_status gov_alarms_to_table(const gov_alarms *alarms, int64_t n, gov_table **out, gov_error *err);

#endif
