/* trend.h - risk trends: panels of counts, estimators for one series, and findings over many.
 *
 * Two layers. Estimators take plain C arrays and fill a small result or the caller's arrays; each family has
 * a header of its own, included here, and can be used alone. The panel form takes a long table, lays it out
 * as series x period and gives a table with one row a series.
 *
 * In every estimator `y` holds n values and `valid` one byte a value, 1 for present and 0 for missing; valid
 * may be NULL if none is missing. The value at a missing place is not read. A value that is not a finite
 * number is GOV_E_RANGE with its place in err->row. Too few values, or values that are all equal, are
 * GOV_E_NO_DATA with a message that says how many there are and how many are needed; no number is made up.
 *
 * Threads: estimators keep no state; panels are immutable and may be shared. */
#ifndef GOVCORE_TREND_H
#define GOVCORE_TREND_H

#include "govcore/trend/alarms.h"
#include "govcore/trend/change.h"
#include "govcore/trend/control.h"
#include "govcore/trend/fdr.h"
#include "govcore/trend/forecast.h"
#include "govcore/trend/intervention.h"
#include "govcore/trend/judged.h"
#include "govcore/trend/meters.h"
#include "govcore/trend/monotonic.h"
#include "govcore/trend/outlook.h"
#include "govcore/trend/panel.h"
#include "govcore/trend/seasonal.h"
#include "govcore/trend/sensors.h"
#include "govcore/trend/state.h"

#endif
