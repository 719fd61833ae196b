/* panel.h - many series on one calendar: a long table laid out as series x period, and its findings.
 *
 *     const char *keys[] = {"grid", "category"};
 *     gov_panel_options o = GOV_PANEL_OPTIONS_INIT;
 *     o.series = keys;  o.series_count = 2;  o.time = "day";  o.frequency = GOV_FREQUENCY_WEEK;
 *     o.gaps = GOV_GAPS_ZERO;
 *     gov_panel *panel = NULL;  gov_table *findings = NULL;
 *     if (gov_panel_new(events, &o, &panel, &err) == GOV_OK)
 *         gov_trend_analyze(panel, NULL, &findings, &err);
 *
 * Threads: a panel never changes and may be shared.   Ownership: *out is yours; labels are borrowed. */
#ifndef GOVCORE_TREND_PANEL_H
#define GOVCORE_TREND_PANEL_H

#include "govcore/code.h"
#include "govcore/table.h"
#include "govcore/trend/fdr.h"
#include "govcore/trend/monotonic.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct gov_panel gov_panel;

/* Weeks are those of ISO 8601: Monday to Sunday, 52 or 53 a year. Working days are those of a calendar with its
 * holidays and shifted days; what falls on a day off belongs to the next working day, when the counter opens again
 * (PROPOSED). */
typedef enum gov_frequency {
    GOV_FREQUENCY_DAY = 1,
    GOV_FREQUENCY_WEEK = 2,
    GOV_FREQUENCY_MONTH = 3,
    GOV_FREQUENCY_WORKING_DAY = 4
} gov_frequency;

/* The frequency that a column of times keeps: "2021-W26" weeks, "2021-07" months; days that are all the same day of
 * the month, or its last, months; all the same weekday, weeks; anything else days. Never working days.
 * Errors: GOV_E_NO_DATA fewer than two different days; those of reading a time (gov_panel_new). Since 0.1. */
GOV_API gov_status gov_frequency_of_times(const gov_table *table, const char *time, gov_frequency *out,
                                          gov_error *err);

/* What a period without a row means. There is no default: only the caller knows whether nothing happened or
 * nothing was reported. */
typedef enum gov_gaps {
    GOV_GAPS_ZERO = 1,   /* nothing happened: 0 */
    GOV_GAPS_MISSING = 2 /* nothing was reported: missing */
} gov_gaps;

typedef struct gov_panel_options {
    uint32_t struct_size;
    const char *const *series; /* names of the columns that together name a series; may be none: one series */
    int64_t series_count;
    const char *time; /* column: date, timestamp, or text "2021-07-01[ ...]", "2021-W26" (weeks), "2021-07" */
    const char *value; /* column of numbers to be added up; NULL: each row counts 1 */
    gov_frequency frequency;
    gov_gaps gaps;
    const char
        *first;       /* a day in the first and in the last period, "2021-07-01"; NULL: those of the table. */
    const char *last; /* Rows outside are left out. */
    gov_run *run;     /* may be NULL */
    const gov_calendar *calendar; /* for working days; not needed after the call */
} gov_panel_options;

#define GOV_PANEL_OPTIONS_INIT                                                                               \
    {                                                                                                        \
        (uint32_t)sizeof(gov_panel_options), NULL, 0, NULL, NULL, (gov_frequency)0, (gov_gaps)0, NULL, NULL, \
            NULL, NULL                                                                                       \
    }

/* Lays a long table out. Series are sorted by their labels, so that the order of the rows does not matter.
 *
 * Series columns may be text, integers, booleans or dates; a missing one is a series of its own, with a
 * missing label. A timestamp is taken to the local day of its time zone: none, UTC, Asia/Shanghai (PRC) or a
 * fixed offset such as +08:00; others are GOV_E_UNSUPPORTED. A cell with a missing value is missing, whatever
 * the gap policy: the part that is known is not the sum.
 * Errors: GOV_E_UNKNOWN_NAME a column; GOV_E_ARGUMENT frequency, gaps, time or calendar not stated,
 * first after last;
 * GOV_E_TYPE; GOV_E_MISSING a row without a time, err->row; GOV_E_FORMAT, GOV_E_RANGE a time, err->row;
 * GOV_E_NO_DATA no row in the window and no window given; GOV_E_LIMIT more than 2^40 cells; GOV_E_CANCELLED.
 * Whole numbers are kept in 1, 2 or 4 bytes a cell if they fit. Since 0.1. */
GOV_API gov_status gov_panel_new(const gov_table *table, const gov_panel_options *options, gov_panel **out,
                                 gov_error *err);

/* The same from an array: y[s * periods + t], `valid` one byte a cell or NULL; `first` is a day in the first
 * period (days since 1970-01-01). The labels are "0", "1", ... in a column "series". */
GOV_API gov_status gov_panel_of_array(const double *y, const uint8_t *valid, int64_t series, int64_t periods,
                                      int32_t first, gov_frequency frequency, gov_panel **out,
                                      gov_error *err);
/* Adds the series up along a tree of areas: for every area with a series in it or below it, and every combination of
 * the other labels, one series with the sum of all of them. `label` is the panel's column of area codes; `areas` has one
 * row an area, with its code and its parent's in utf8 columns `code` and `parent` (missing: a root). A cell is missing if
 * one that it sums is. Errors: GOV_E_UNKNOWN_NAME a column; GOV_E_TYPE; GOV_E_MISSING an area without a code;
 * GOV_E_DUPLICATE a code twice; GOV_E_REFERENCE a label or parent that is no area, or areas that are their own
 * ancestors; with err->row (of `areas`, or the series) and the code in err->name. Since 0.1. */
GOV_API gov_status gov_panel_roll_up(const gov_panel *panel, const char *label, const gov_table *areas,
                                     const char *code, const char *parent, gov_panel **out, gov_error *err);
GOV_API void gov_panel_free(gov_panel *panel);

GOV_API int64_t gov_panel_series(const gov_panel *panel);
GOV_API int64_t gov_panel_periods(const gov_panel *panel);
GOV_API gov_frequency gov_panel_frequency(const gov_panel *panel);
GOV_API int32_t gov_panel_cell_bytes(const gov_panel *panel); /* 1, 2, 4 (whole numbers) or 8 */
/* The first day of a period (days since 1970-01-01); period may be gov_panel_periods: the day after the last. */
GOV_API int32_t gov_panel_day(const gov_panel *panel, int64_t period);
/* "2021-07-01", "2021-W26" or "2021-07" and a zero byte; returns the length, 0 if size (11 is enough) is too
 * small. */
GOV_API int gov_panel_period_name(const gov_panel *panel, int64_t period, char *out, size_t size);
/* The series' labels: a table with one row a series and one utf8 column a series column. Borrowed. */
GOV_API const gov_table *gov_panel_labels(const gov_panel *panel);

/* One series, all periods. `valid` gets 1 or 0 a period; it may be NULL: GOV_E_MISSING if a cell is missing. */
GOV_API gov_status gov_panel_copy(const gov_panel *panel, int64_t series, double *y, uint8_t *valid,
                                  gov_error *err);

/* Which detector judges the last period. AUTO: Farrington Flexible by date for weeks and months with 3 to 5 whole years
 * before, ESSENCE's switch for days with at least 14 before, else EARS C1; the finding says which and why. */
typedef enum gov_alarm_method {
    GOV_ALARM_EARS = 0,
    GOV_ALARM_AUTO = 1,
    GOV_ALARM_ESSENCE = 2,
    GOV_ALARM_FARRINGTON = 3
} gov_alarm_method;

/* "ears", "auto", "essence", "farrington"; NULL for a number that is no detector. Static. */
GOV_API const char *gov_alarm_method_name(gov_alarm_method method);

typedef struct gov_trend_options {
    uint32_t struct_size;
    int32_t threads; /* default 1 */
    double alpha;    /* level of the trend test, default 0.05 */
    double
        min_sigma; /* floor of the EARS standard deviation; default 0.5 counts, as Burkom advises for sparse data */
    double ears_alpha; /* default 0.001 */
    gov_run *run;      /* may be NULL */
    gov_alarm_method alarm_method;
    gov_mk_method trend_method; /* default the original test */
    int64_t
        season; /* seasonal methods: periods in a cycle; default 7 days, 5 working days, 52 weeks, 12 months */
    double farrington_alpha; /* default 0.005 */
    int32_t wide;            /* not 0: the columns below "wide", which cost a search for changes more */
    gov_trend_fdr_method fdr_method; /* wide, as all that follow; default Benjamini-Hochberg */
    double fdr_q;                    /* bar of `raised`; default 0.05 */
    double minimum_count;            /* of `raised`: no fewer than so many; default 0 */
    double threshold;                /* of `exceed`; default 0: it is missing */
    int64_t horizon;                 /* of `exceed`: periods ahead; default 1 */
} gov_trend_options;

#define GOV_TREND_OPTIONS_INIT                                                                           \
    {                                                                                                    \
        (uint32_t)sizeof(gov_trend_options), 0, 0.0, 0.0, 0.0, NULL, GOV_ALARM_EARS, GOV_MK_ORIGINAL, 0, \
            0.0, 0, GOV_TREND_FDR_BH, 0.0, 0.0, 0.0, 0                                                   \
    }

/* One row a series: trend over the whole window and whether the last period is out of the ordinary.
 *
 *   the label columns of the panel
 *   n            int64    present periods                missing  int64   missing periods
 *   period       utf8     name of the last period        observed float64 its value
 *   trend        utf8     increasing, decreasing, no trend (Mann-Kendall, by trend_method)
 *   s var_s tau z p       float64
 *   slope intercept slope_low slope_high  float64  Sen's, per period (seasonal methods: per cycle), with its
 *                         95 % interval (1 - alpha)
 *   expected upper        float64  of the detector for the last period
 *   alarm        bool     observed > upper
 *   status       utf8     ok, or the gov_reason of the trend test: short_history, constant
 *   alarm_method utf8     ears, essence, farrington
 *   alarm_status utf8     ok, or the gov_reason of the detector: short_history, missing, baseline_gaps, constant,
 *                         few_cases, no_fit
 *   text_zh text_en utf8  what was found, or why nothing can be said, in a sentence
 *
 * wide, before the texts:
 *   q            float64  of the trend's p over all series of the call (fdr_method)
 *   excess       float64  observed - expected             ratio    float64  observed / expected
 *   ratio_low ratio_high  float64  its interval of 1 - alpha: exact Poisson for the count (Garwood 1936), the
 *                         expectation taken as known
 *   alarm_p      float64  P(a value as high or higher) by the detector's model     alarm_q   float64  as q
 *   recurrence   float64  periods between values as rare as this by chance: 1 / alarm_p
 *   raised       bool     alarm, alarm_q <= fdr_q and observed >= minimum_count
 *   baseline_first baseline_last  date  first day of the first and last day of the last period that the detector
 *                         compared with
 *   downweighted int64    of these, how many Farrington weighed down; other detectors: missing
 *   break_day    date     first day since when the level is what it is now, by gov_pelt with its defaults (values that
 *                         are not counts: GOV_COST_MEAN); missing: no change was found
 *   break_before break_after  float64  means before and after it
 *   year_before  float64  the value a year earlier: the same date, month, or 52 weeks back; working days: the one of
 *                         that date or the next        year_change  float64  observed / year_before - 1
 *   exceed       float64  the highest P(Y >= threshold) of the coming `horizon` periods, by gov_forecast_series
 *   silent       int64    periods at the end without a value: nothing was reported yet
 *
 * A series about which nothing can be said has missing numbers and its reason. Since 0.1. */
GOV_API gov_status gov_trend_analyze(const gov_panel *panel, const gov_trend_options *options,
                                     gov_table **out, gov_error *err);

/* Which parts drive the rise of an area: `panel` as gov_panel_roll_up gives it, label, areas, code and parent as there.
 * For every series of an area with series in its children, judged in its last period by the detector of `options`, one row
 * a child and a last one with what the area has itself:
 *   the label columns, of the area's series             child   utf8 code of the child; missing: the area itself
 *   observed, expected, excess  float64  of the last period; the area's expectation is shared out by what each part
 *                         had in the baseline that the detector used (equally, if that was empty), so that the
 *                         excesses sum to the area's
 *   share     float64     of the area's excess; missing if that is not above 0
 *   drives    bool        one of the fewest parts that together have at least half of the rise
 *   alarm     bool        of the area
 * Errors as for gov_panel_roll_up and gov_trend_analyze. Since 0.1. */
GOV_API gov_status gov_trend_contributions(const gov_panel *panel, const char *label, const gov_table *areas,
                                           const char *code, const char *parent,
                                           const gov_trend_options *options, gov_table **out, gov_error *err);

/* Who reports, and about what, in the window of `options` (series, time, frequency, first, last; value and gaps are not
 * read): one row a series with a report in it.
 *   the series columns
 *   reports       int64    rows                   unnamed   int64  of these, without a reporter
 *   reporters     int64    different ones
 *   repeat_share  float64  share of the named reports that come from people with more than one (一人多诉)
 *   most_by_one   int64    the most reports of one person
 * and with a column `matter` (an address, a topic; NULL: not):
 *   matters       int64    different ones
 *   shared_share  float64  share of the reports that are about a matter reported by more than one person (多人同诉)
 *   most_on_one   int64    the most different people about one matter
 * No reporter is named in it. Errors as for gov_panel_new. Since 0.1. */
GOV_API gov_status gov_trend_reports(const gov_table *table, const gov_panel_options *options,
                                     const char *reporter, const char *matter, gov_table **out,
                                     gov_error *err);

#ifdef __cplusplus
}
#endif

#endif
