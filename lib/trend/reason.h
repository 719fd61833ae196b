/* reason.h - the word for a reason in a column `status`. */
#ifndef GOVCORE_TREND_LIB_REASON_H
#define GOVCORE_TREND_LIB_REASON_H

#include "govcore/trend/reason.h"

/* "ok", "short_history", ...: static. */
const char *gov_reason_name(gov_reason reason);

#endif
