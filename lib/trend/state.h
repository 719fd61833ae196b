/* state.h - the inside of gov_trend_state, for the files that change it, judge by it and keep it. */
#ifndef GOVCORE_TREND_LIB_STATE_H
#define GOVCORE_TREND_LIB_STATE_H

#include "govcore/trend/state.h"
#include "trend/detectors.h"
#include "trend/monotonic.h"
#include "trend/rows.h"

/* What is known of the expectation of CUSUM. */
typedef enum gov_cusum_base {
    GOV_CUSUM_NOT_YET = 0, /* the baseline is not whole */
    GOV_CUSUM_KNOWN = 1,
    GOV_CUSUM_NO_CASES = 2, /* its values are all 0 */
    GOV_CUSUM_NO_VALUES = 3
} gov_cusum_base;

/* What a series carries. CUSUM and ESSENCE stand before the last period, which can so be judged again and again;
 * Kendall's sums have it in them. */
typedef struct gov_carry {
    gov_mk_sums kendall;
    gov_cusum_base base;
    double mean;
    double sum;
    gov_essence_carry essence;
} gov_carry;

/* Settled once, the same for all series and days. */
typedef struct gov_state_settings {
    gov_frequency frequency;
    int64_t season;
    gov_ears_settings ears;
    gov_cusum_options
        cusum; /* `expected` is NULL; `mean` above 0: the expectation; else of the first `baseline` */
    gov_essence_settings essence;
} gov_state_settings;

struct gov_trend_state {
    gov_state_settings s;
    gov_rows rows;
    int32_t next_day;
    int64_t series;
    gov_carry *carry;
    gov_table *labels;
};

/* --- The labels --------------------------------------------------------------------------------------------------- */

/* map[p] is the number of the panel's series p among the `series` of a state, or, for what that does not have, `series`
 * and more in the panel's order; *total is the number of series then. GOV_E_UNKNOWN_NAME if the columns differ. */
gov_status gov_labels_map(const gov_table *labels, int64_t series, const gov_panel *panel, int64_t *map,
                          int64_t *total, gov_error *err);
/* The rows of `labels`, and behind them those of `other` that are new. */
gov_status gov_labels_join(const gov_table *labels, const gov_table *other, const int64_t *map, int64_t total,
                           gov_table **out, gov_error *err);

/* --- Moving on ---------------------------------------------------------------------------------------------------- */

/* Carries of all series over rows->count periods: those that `anew` marks (one byte a series) from the first period on,
 * the others on from `before` periods. `carry` holds the old ones. */
gov_status gov_state_move(const gov_state_settings *settings, const gov_rows *rows, int64_t series,
                          int64_t before, const uint8_t *anew, int threads, gov_run *run, gov_carry *carry,
                          gov_error *err);

/* As gov_panel_period_name. */
int gov_state_period_name(const gov_trend_state *state, int64_t period, char *out, size_t size);

/* ESSENCE looks at days only. */
int gov_state_has_essence(const gov_state_settings *settings);
/* Periods before the last one that EARS and ESSENCE look at. */
int64_t gov_state_reach(const gov_state_settings *settings);
/* The expectation of CUSUM in period t. */
gov_reason gov_state_expects(const gov_state_settings *settings, const gov_carry *carry, int64_t t,
                             double *mean);

#endif
