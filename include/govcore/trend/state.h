/* state.h - a panel that is kept from day to day, so that a new day costs a day and not three years.
 *
 *     gov_trend_state *state = NULL;  gov_table *findings = NULL;
 *     gov_trend_state_options o = GOV_TREND_STATE_OPTIONS_INIT;  o.gaps = GOV_GAPS_ZERO;
 *     if (gov_trend_state_new(three_years, &o, &state, &err) == GOV_OK &&       once
 *         gov_trend_state_add(state, today, NULL, &err) == GOV_OK &&            every day
 *         gov_trend_state_findings(state, NULL, &findings, &err) == GOV_OK)
 *         gov_trend_state_save(state, "town.state", &err);
 *
 * A state is a panel and what its detectors carry from the periods before. Whatever way it came about - from one panel,
 * day by day, with corrections of earlier days, saved and opened again - the findings are those of the whole panel, bit
 * for bit. What has to run every day is judged here, at these costs a series and day:
 *   EARS O(baseline), CUSUM O(1), ESSENCE O(baseline), Mann-Kendall O(periods of one season)
 * and, if asked for, Farrington on the last period. What need not run every day (Sen's slope, STL, change points,
 * forecasts; Farrington is mostly run by the week) takes the panel of the state: gov_trend_state_panel.
 *
 * Threads: one at a time; `threads` works inside a call, with the same result for any number.
 * Ownership: *out is yours; labels are borrowed until the state changes. */
#ifndef GOVCORE_TREND_STATE_H
#define GOVCORE_TREND_STATE_H

#include "govcore/trend/alarms.h"
#include "govcore/trend/control.h"
#include "govcore/trend/panel.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct gov_trend_state gov_trend_state;

/* The format that this version writes; it is not changed without a new number. */
#define GOV_TREND_STATE_VERSION 1

/* A state keeps at most so many periods. */
#define GOV_TREND_STATE_PERIODS 100000

typedef struct gov_trend_state_options {
    uint32_t struct_size;
    gov_gaps gaps;  /* what it means that a series is not in the panel of a new period; no default */
    int64_t season; /* of the trend test: periods in a cycle, 1 not seasonal; default as gov_trend_options */
    const gov_ears_options *ears; /* NULL: C1 of 7 periods with a min_sigma of 0.5 */
    const gov_cusum_options
        *cusum; /* NULL: the mean of the first 8 weeks (PROPOSED: 56 days, 40 working days,
                                         * 8 weeks, 12 months) is expected; `expected` must be NULL */
    const gov_essence_options *essence; /* NULL: the usual; of days only, other panels are not judged by it */
    int32_t threads;                    /* default 1; not kept */
    gov_run *run;                       /* may be NULL; not kept */
} gov_trend_state_options;

#define GOV_TREND_STATE_OPTIONS_INIT                                                         \
    {                                                                                        \
        (uint32_t)sizeof(gov_trend_state_options), (gov_gaps)0, 0, NULL, NULL, NULL, 0, NULL \
    }

/* A state of all the panel's periods. Errors: GOV_E_ARGUMENT gaps not stated, an option of a detector, a panel without
 * a period; GOV_E_RANGE a value below 0, err->row the series; GOV_E_LIMIT more than GOV_TREND_STATE_PERIODS;
 * GOV_E_CANCELLED. Since 0.1. */
GOV_API gov_status gov_trend_state_new(const gov_panel *panel, const gov_trend_state_options *options,
                                       gov_trend_state **out, gov_error *err);
GOV_API void gov_trend_state_free(gov_trend_state *state);

typedef struct gov_trend_add_options {
    uint32_t struct_size;
    int32_t threads; /* default 1 */
    gov_run *run;    /* may be NULL */
} gov_trend_add_options;

#define GOV_TREND_ADD_OPTIONS_INIT                       \
    {                                                    \
        (uint32_t)sizeof(gov_trend_add_options), 0, NULL \
    }

/* Takes the periods of a panel with the same frequency and series columns. They must join on: begin with a period that
 * the state has, or with the next one.
 *   new periods       are added. A series that the panel does not have is 0 or missing there, as `gaps` says.
 *   earlier periods   are corrected: for the series that it has, the panel is the truth in every period that it has;
 *                     what differs is replaced and those series are computed anew. Other series stay as they are.
 *   new series        come after the others, in the panel's order; before, they are 0 or missing as `gaps` says.
 * On failure the state is as it was. Errors: GOV_E_CONFLICT another frequency, another calendar of working days, or
 * periods that do not join on, with the name of the one that was expected; GOV_E_UNKNOWN_NAME other series columns;
 * GOV_E_RANGE a value below 0, err->row the panel's series; GOV_E_LIMIT; GOV_E_CANCELLED. O(series) a new period,
 * O(periods) a corrected series. Since 0.1. */
GOV_API gov_status gov_trend_state_add(gov_trend_state *state, const gov_panel *panel,
                                       const gov_trend_add_options *options, gov_error *err);

typedef struct gov_trend_findings_options {
    uint32_t struct_size;
    int32_t threads;         /* default 1 */
    double alpha;            /* level of the trend test, default 0.05 */
    int32_t farrington;      /* not 0: also Farrington Flexible, with windows by the calendar */
    double farrington_alpha; /* default 0.005 */
    gov_run *run;            /* may be NULL */
} gov_trend_findings_options;

#define GOV_TREND_FINDINGS_OPTIONS_INIT                                    \
    {                                                                      \
        (uint32_t)sizeof(gov_trend_findings_options), 0, 0.0, 0, 0.0, NULL \
    }

/* The last period of each series, one row a series:
 *
 *   the label columns
 *   n missing        int64    present and missing periods
 *   period           utf8     name of the last period         observed  float64  its value
 *   ears_expected ears_upper                                  float64   as gov_ears
 *   cusum_expected cusum_upper cusum                          float64   as gov_cusum; cusum is the statistic
 *   essence_expected essence_upper essence_p                  float64   as gov_essence
 *   X_alarm          bool     for each detector X             X_status  utf8     ok, or the gov_reason why not
 *   trend            utf8     increasing, decreasing, no trend (Mann-Kendall by seasons)
 *   s var_s tau z p  float64                                  trend_status utf8  ok, short_history, constant
 *   farrington_expected farrington_upper, _alarm, _status     if asked for
 *
 * Where a status is not ok the numbers and the alarm are missing. CUSUM has short_history in its baseline, and constant
 * or baseline_gaps after one without cases or without values. Errors: GOV_E_ARGUMENT; GOV_E_CANCELLED. Since 0.1. */
GOV_API gov_status gov_trend_state_findings(const gov_trend_state *state,
                                            const gov_trend_findings_options *options, gov_table **out,
                                            gov_error *err);

/* All the periods as a panel. Since 0.1. */
GOV_API gov_status gov_trend_state_panel(const gov_trend_state *state, gov_panel **out, gov_error *err);

GOV_API int64_t gov_trend_state_series(const gov_trend_state *state);
GOV_API int64_t gov_trend_state_periods(const gov_trend_state *state);
/* The first day of the period that is expected next, days since 1970-01-01. */
GOV_API int32_t gov_trend_state_next_day(const gov_trend_state *state);
GOV_API const gov_table *gov_trend_state_labels(const gov_trend_state *state);

/* --- Keeping -------------------------------------------------------------------------------------------------------
 * A state as bytes: "GOVTREND", the version, options, labels, one array of the narrowest whole numbers a period,
 * what the detectors carry, and an XXH3-128 digest over all that; integers and doubles are little-endian on every
 * machine. The digest finds damage, it does not withstand a forger. The bytes hold the panel's counts: keep them where
 * the counts may be kept.
 *
 * Errors of decode and open: GOV_E_FORMAT not a state; GOV_E_VERSION of another version; GOV_E_CORRUPT cut short,
 * altered or contradicting itself; open: GOV_E_IO with err->file. save writes beside `path` and renames. Since 0.1. */
GOV_API gov_status gov_trend_state_encode(const gov_trend_state *state, gov_text **out, gov_error *err);
GOV_API gov_status gov_trend_state_decode(const void *bytes, int64_t size, gov_trend_state **out,
                                          gov_error *err);
GOV_API gov_status gov_trend_state_save(const gov_trend_state *state, const char *path, gov_error *err);
GOV_API gov_status gov_trend_state_open(const char *path, gov_trend_state **out, gov_error *err);

#ifdef __cplusplus
}
#endif

#endif
