/* alarms.h - is the newest count higher than its own past lets expect? Prospective detectors for counts.
 *
 *     double upper[N];  uint8_t alarm[N];
 *     gov_alarms a = GOV_ALARMS_INIT;
 *     a.upper = upper;  a.alarm = alarm;
 *     gov_ears(y, NULL, N, NULL, &a, &err);
 *
 * A detector looks at every period t with nothing but the periods before it, so that a result for t never
 * changes when later data come. An alarm means y[t] > upper[t]: the bound itself is still normal.
 *
 * Threads: no state.   Ownership: the caller's arrays are filled; *out tables are yours. */
#ifndef GOVCORE_TREND_ALARMS_H
#define GOVCORE_TREND_ALARMS_H

#include "govcore/table.h"
#include "govcore/trend/panel.h"
#include "govcore/trend/reason.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Where a detector writes: arrays of the caller, each of n items or NULL if it is not wanted. Where reason[t]
 * is not GOV_REASON_NONE the period was not judged: alarm is 0 and the numbers that could not be had are 0. */
typedef struct gov_alarms {
    uint32_t struct_size;
    uint8_t *alarm;  /* 1 alarm, 0 none */
    uint8_t *reason; /* a gov_reason */
    double *expected;
    double *upper;
    double *score; /* how far the value is up the way from expected to upper: over 1 is an alarm */
} gov_alarms;

#define GOV_ALARMS_INIT                                            \
    {                                                              \
        (uint32_t)sizeof(gov_alarms), NULL, NULL, NULL, NULL, NULL \
    }

/* --- EARS (Hutwagner et al. 2003, doi:10.1007/PL00022312; Fricker et al. 2008) ------------------------------
 * Mean and standard deviation of a short moving baseline:
 *   C1  the `baseline` periods before t;       upper = mean + normal quantile(1 - alpha) x sd
 *   C2  the `baseline` periods before t - 2;   the same
 *   C3  as C2, and the two periods before t count: with E = sum of max(0, C2 statistic - 1) over t-1 and t-2,
 *       upper = max(0, y[t] + sd x (normal quantile(1 - alpha) - E)), so that the alarm means: E alone is past
 *       the quantile. This is what R's surveillance computes (1.20.3), though its manual writes the mean
 *       in the place of y[t].
 *
 * A baseline without spread has sd 0. With min_sigma > 0 the sd is raised to min_sigma; without it the period
 * is GOV_REASON_CONSTANT: neither is one count after a hundred zeros passed over, nor is it always an alarm.
 * More than half of the baseline must be present. */
typedef enum gov_ears_method { GOV_EARS_C1 = 0, GOV_EARS_C2 = 1, GOV_EARS_C3 = 2 } gov_ears_method;

typedef struct gov_ears_options {
    uint32_t struct_size;
    gov_ears_method method;
    int64_t baseline; /* periods, at least 3; default 7 */
    double min_sigma; /* floor of the standard deviation, in units of y; default 0: none */
    double alpha;     /* default 0.001 for C1 and C2, 0.025 for C3 */
} gov_ears_options;

#define GOV_EARS_OPTIONS_INIT                                        \
    {                                                                \
        (uint32_t)sizeof(gov_ears_options), GOV_EARS_C1, 0, 0.0, 0.0 \
    }

/* Judges every period of a series. Errors: GOV_E_RANGE a value that is not finite, err->row; GOV_E_ARGUMENT an
 * option. A series that is too short is no error: its periods carry their reason. Since 0.1. */
GOV_API gov_status gov_ears(const double *y, const uint8_t *valid, int64_t n, const gov_ears_options *options,
                            gov_alarms *alarms, gov_error *err);

/* The same as a table of n rows: expected float64, upper float64, score float64, alarm bool, reason utf8; the
 * numbers and the alarm are missing where there is a reason. */
GOV_API gov_status gov_ears_table(const double *y, const uint8_t *valid, int64_t n,
                                  const gov_ears_options *options, gov_table **out, gov_error *err);

/* --- Farrington (1996, doi:10.2307/2983331) and Farrington Flexible (Noufaily et al. 2013, doi:10.1002/sim.5595)
 * A quasi-Poisson regression with a log link on the same season of past years, outliers weighted down by their
 * Anscombe residuals, with a linear trend if it is credible: at least three years, significant, and the
 * expectation not above all that was ever seen.
 *
 *                       1996                         flexible
 *   reference periods   b years x (2w+1) around      the same, and with no_periods > 1 all periods since the
 *                       the same date                first window, in no_periods levels of season
 *   left out            -                            the last past_excluded periods
 *   weighted down       residual > 1                 residual > 2.58
 *   upper bound         two-sided quantile           one-sided quantile
 *
 * Both follow R's surveillance 1.20.3 to the digit, in three points that are its own: in Flexible the standard
 * error of the expectation has, after reweighting, the dispersion sum of weight x ((y - mu) / mu)^2 / df;
 * the score of the count thresholds is measured from log(expected); an alarm needs y > 0.
 * A reference period whose value is missing is left out. */
typedef enum gov_farrington_version {
    GOV_FARRINGTON_FLEXIBLE = 0,
    GOV_FARRINGTON_1996 = 1
} gov_farrington_version;

typedef enum gov_farrington_threshold {
    GOV_THRESHOLD_DELTA = 0, /* normal quantile on the scale of `power`, with the error of the expectation */
    GOV_THRESHOLD_NB_PLUGIN = 1, /* quantile of the negative binomial with the expectation: a whole number */
    GOV_THRESHOLD_MUAN = 2       /* the same with the upper quantile of the expectation */
} gov_farrington_threshold;

typedef enum gov_farrington_power {
    GOV_POWER_TWO_THIRDS = 0, /* corrects the skewness of small counts */
    GOV_POWER_HALF = 1,
    GOV_POWER_NONE = 2
} gov_farrington_power;

typedef struct gov_farrington_options {
    uint32_t struct_size;
    gov_farrington_version version;
    gov_farrington_threshold threshold; /* Flexible only */
    gov_farrington_power power;
    gov_frequency frequency;  /* the windows are found by date; 0: by `freq` periods a year */
    int32_t start;            /* with frequency: a day in the first period, days since 1970-01-01 */
    int64_t freq;             /* without: periods a year; default 52 */
    int64_t b;                /* years back; default 5 */
    int64_t w;                /* half width of the window, periods; default 3 */
    int64_t no_periods;       /* levels of season, 1 none; default 10, 1996: 1 */
    int64_t past_excluded;    /* last periods left out; default 26, -1: none; 1996: does not apply */
    double weights_threshold; /* residual beyond which a period is weighted down; default 2.58, 1996: 1 */
    double trend_level;       /* p below which the trend is kept; default 1 (always), 1996: 0.05 */
    double alpha;             /* default 0.005 (Noufaily's 0.995 quantile), 1996: 0.05 */
    double limit_cases;    /* no alarm with fewer cases in the last ... ; default 5, negative: no such rule */
    int64_t limit_periods; /* ... periods, the judged one among them; default 4 */
    int32_t without_trend;
    int32_t without_weights;
    int64_t from; /* first period to judge, from 0; default 0 */
    int64_t to;   /* one past the last; default n */
} gov_farrington_options;

#define GOV_FARRINGTON_OPTIONS_INIT                                                                     \
    {                                                                                                   \
        (uint32_t)sizeof(gov_farrington_options), GOV_FARRINGTON_FLEXIBLE, GOV_THRESHOLD_DELTA,         \
            GOV_POWER_TWO_THIRDS, (gov_frequency)0, 0, 0, 0, 0, 0, 0, 0.0, 0.0, 0.0, 0.0, 0, 0, 0, 0, 0 \
    }

/* More about each fit: arrays of n items or NULL. They are filled wherever a model was fitted (phi > 0), also
 * where there are too few cases for an alarm, and are 0 elsewhere. */
typedef struct gov_farrington_fits {
    uint32_t struct_size;
    double *p;             /* probability of a value as high as this one or higher */
    double *phi;           /* dispersion, at least 1 */
    double *slope;         /* change of the log expectation a period; 0 without trend */
    uint8_t *trend;        /* 1: the trend was kept */
    int64_t *downweighted; /* reference periods that were weighted down */
} gov_farrington_fits;

#define GOV_FARRINGTON_FITS_INIT                                            \
    {                                                                       \
        (uint32_t)sizeof(gov_farrington_fits), NULL, NULL, NULL, NULL, NULL \
    }

/* Judges the periods [from, to). `population` (n values above 0, or NULL) is an offset: rates are modelled. `fits`
 * may be NULL. Errors: GOV_E_RANGE a value or population that is not finite, a count below 0, err->row;
 * GOV_E_ARGUMENT an option, err->name. A period with less than b years and w periods before it is
 * GOV_REASON_SHORT_HISTORY. Since 0.1. */
GOV_API gov_status gov_farrington(const double *y, const uint8_t *valid, const double *population, int64_t n,
                                  const gov_farrington_options *options, gov_alarms *alarms,
                                  gov_farrington_fits *fits, gov_error *err);

/* The same as a table of n rows: the columns of gov_ears_table and p, phi, slope float64. */
GOV_API gov_status gov_farrington_table(const double *y, const uint8_t *valid, const double *population,
                                        int64_t n, const gov_farrington_options *options, gov_table **out,
                                        gov_error *err);

/* --- ESSENCE (Burkom et al.; as the CDC's Rnssp computes it) --------------------------------------------------------
 * For daily values, with a baseline of 11 to `baseline` days that ends `guard` days before the day judged:
 *   regression  a line in time and the day of the week, by least squares; needs each weekday in the baseline
 *   EWMA        two smoothed values, w1 for slow and w2 for sudden rises, against the mean of the baseline;
 *               the smaller p counts, and a smoothed value beyond the 1 % limit is pulled back to it
 *   switch      regression where its adjusted R squared is 0.60 or more, else EWMA
 * Both have a floor under the standard deviation, so that sparse series do not alarm at every count. A day is an
 * alarm if p < 0.01. Missing days are left out of the baseline and leave the smoothed values as they are. */
typedef enum gov_essence_method {
    GOV_ESSENCE_SWITCH = 0,
    GOV_ESSENCE_REGRESSION = 1,
    GOV_ESSENCE_EWMA = 2
} gov_essence_method;

/* ESSENCE paints these grey, blue, yellow and red. They are not the levels of a warning: blue is normal here. */
typedef enum gov_essence_level {
    GOV_ESSENCE_NOT_JUDGED = 0,
    GOV_ESSENCE_NORMAL = 1,
    GOV_ESSENCE_WARNING = 2, /* 0.01 <= p < 0.05 */
    GOV_ESSENCE_ALERT = 3    /* p < 0.01 */
} gov_essence_level;

typedef struct gov_essence_options {
    uint32_t struct_size;
    gov_essence_method method;
    int64_t baseline; /* days, at least 11; default 28 */
    int64_t guard;    /* days; default 2, -1: none */
    double w1;        /* default 0.4 */
    double w2;        /* default 0.9 */
    int64_t from;     /* first day to judge, from 0: the days before are only smoothed; default 0 */
} gov_essence_options;

#define GOV_ESSENCE_OPTIONS_INIT                                                     \
    {                                                                                \
        (uint32_t)sizeof(gov_essence_options), GOV_ESSENCE_SWITCH, 0, 0, 0.0, 0.0, 0 \
    }

/* More about each day: arrays of n items or NULL; 0 where the day was not judged. */
typedef struct gov_essence_days {
    uint32_t struct_size;
    double *p;         /* one-sided, of Student's t */
    double *statistic; /* (value - expected) / its standard deviation */
    double *r_squared; /* of the regression, adjusted (EWMA alone: 0) */
    uint8_t *level;    /* a gov_essence_level */
    uint8_t *used;     /* the gov_essence_method that judged */
} gov_essence_days;

#define GOV_ESSENCE_DAYS_INIT                                            \
    {                                                                    \
        (uint32_t)sizeof(gov_essence_days), NULL, NULL, NULL, NULL, NULL \
    }

/* Judges every day. `days` may be NULL. upper is the value from which on the day would be an alarm. Errors as
 * gov_ears. Since 0.1. */
GOV_API gov_status gov_essence(const double *y, const uint8_t *valid, int64_t n,
                               const gov_essence_options *options, gov_alarms *alarms, gov_essence_days *days,
                               gov_error *err);

/* The same as a table of n rows: the columns of gov_ears_table and p, statistic, r_squared float64, level utf8
 * (normal, warning, alert), used utf8 (regression, ewma). */
GOV_API gov_status gov_essence_table(const double *y, const uint8_t *valid, int64_t n,
                                     const gov_essence_options *options, gov_table **out, gov_error *err);

/* --- How good is a detector? ---------------------------------------------------------------------------------------
 * Alarms against what is known to have happened, period by period, and outbreak by outbreak: an outbreak is an
 * unbroken run of periods with truth 1. Rates whose denominator is 0 are NaN. */
typedef struct gov_alarm_quality {
    uint32_t struct_size;
    int64_t true_positive; /* periods */
    int64_t false_positive;
    int64_t true_negative;
    int64_t false_negative;
    int64_t not_judged; /* left out of all rates */
    int64_t outbreaks;
    int64_t detected;   /* outbreaks with an alarm while they last */
    double sensitivity; /* TP / (TP + FN) */
    double specificity; /* TN / (TN + FP) */
    double precision;   /* positive predictive value: TP / (TP + FP) */
    double detection;   /* detected / outbreaks */
    double delay;       /* mean of periods from the start of a detected outbreak to its first alarm */
    double false_alarm_interval; /* periods without an outbreak per false alarm */
} gov_alarm_quality;

#define GOV_ALARM_QUALITY_INIT                                                                 \
    {                                                                                          \
        (uint32_t)sizeof(gov_alarm_quality), 0, 0, 0, 0, 0, 0, 0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0 \
    }

/* alarm and truth hold 0 or 1 a period; judged (may be NULL) 0 where the detector gave no judgement. Errors:
 * GOV_E_RANGE another value, err->row; GOV_E_ARGUMENT. Since 0.1. */
GOV_API gov_status gov_alarm_evaluate(const uint8_t *alarm, const uint8_t *judged, const uint8_t *truth,
                                      int64_t n, gov_alarm_quality *quality, gov_error *err);

#ifdef __cplusplus
}
#endif

#endif
