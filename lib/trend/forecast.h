/* forecast.h - what the forecasting methods share. */
#ifndef GOVCORE_TREND_LIB_FORECAST_H
#define GOVCORE_TREND_LIB_FORECAST_H

#include "base/error.h"

#include <stdint.h>

/* GOV_E_RANGE and GOV_E_MISSING with the row: smoothing needs every period. */
gov_status gov_complete(const double *y, const uint8_t *valid, int64_t n, gov_error *err);

#endif
