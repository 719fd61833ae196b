/* reason.h - why there is no number: the reasons that stand in results in the place of one.
 *
 * A single-series call that cannot answer returns GOV_E_NO_DATA with a message. Where many answers are given
 * at once (a period of a series, a series of a panel) each has its reason, and the value beside it is 0 in an
 * array and missing in a table. */
#ifndef GOVCORE_TREND_REASON_H
#define GOVCORE_TREND_REASON_H

#include "govcore/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum gov_reason {
    GOV_REASON_NONE = 0,          /* there is a number */
    GOV_REASON_SHORT_HISTORY = 1, /* fewer present values before or in the series than the method needs */
    GOV_REASON_CONSTANT = 2,      /* all values are equal, so nothing can be said about their spread */
    GOV_REASON_MISSING = 3,       /* the value of this very period is missing */
    GOV_REASON_BASELINE_GAPS = 4, /* too many values of the baseline are missing */
    GOV_REASON_FEW_CASES = 5,     /* too few cases of late for an alarm (Farrington's 5 in 4 periods) */
    GOV_REASON_NO_FIT = 6,        /* the model could not be fitted: it did not converge */
    GOV_REASON_NOT_ASKED = 7      /* outside the range of periods that was asked for */
} gov_reason;

/* A short text for people in the language "zh" or "en" (any other value: English); static. */
GOV_API const char *gov_reason_text(gov_reason reason, const char *language);

#ifdef __cplusplus
}
#endif

#endif
