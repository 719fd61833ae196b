/* outlook.h - what the panel forms of forecasts and changes share. */
#ifndef GOVCORE_TREND_LIB_OUTLOOK_H
#define GOVCORE_TREND_LIB_OUTLOOK_H

#include "govcore/trend/outlook.h"
#include "table/frame.h"
#include "trend/panel.h"

enum { GOV_OUTLOOK_BLOCK = 16 }; /* series; a multiple of 8, so that threads can fill one frame */

/* Whether a status is about this one series; its message is then copied to *refused, else (or if there is no memory
 * for it) the status is that of the call. */
gov_status gov_outlook_refuse(gov_status status, const gov_error *said, char **refused, gov_error *err);

/* Adds the panel's label columns by rows[i] = series, then `period` and `day` of periods[i]; -1: missing. */
gov_status gov_outlook_begin(gov_frame *frame, const gov_panel *panel, const int64_t *rows,
                             const int64_t *periods, gov_error *err);

#endif
