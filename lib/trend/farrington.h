/* farrington.h - the parts of Farrington's method: which past periods, what model, what bound. */
#ifndef GOVCORE_TREND_FARRINGTON_H
#define GOVCORE_TREND_FARRINGTON_H

#include "govcore/trend/alarms.h"

/* Options with their defaults filled in. */
typedef struct gov_farrington_settings {
    gov_farrington_options o;
    int64_t from;
    int64_t to;
} gov_farrington_settings;

gov_status gov_farrington_settle(const gov_farrington_options *options, int64_t n,
                                 gov_farrington_settings *out, gov_error *err);

/* What fits a calendar: half width of the windows, levels of season and periods left out as Noufaily's for weeks, and
 * about the same share of a year for the others; `year` is the most periods a year can have. */
typedef struct gov_farrington_calendar {
    int64_t w;
    int64_t no_periods;
    int64_t past_excluded;
    int64_t year;
} gov_farrington_calendar;

gov_farrington_calendar gov_farrington_calendar_of(gov_frequency frequency);
/* Fills what the options leave at 0, and finds windows by date from `start`, the first day of the series. */
void gov_farrington_fit_calendar(gov_farrington_options *o, gov_frequency frequency, int32_t start);

/* The periods that stand b, ..., 1, 0 years before t (refs[b] is t); 0 if one lies too early for its window. */
int gov_farrington_years(const gov_farrington_options *o, int64_t t, int64_t *refs);

/* Levels of season of [refs[0] - w, t], written to levels[0, ...): `no_periods` - 1 for the windows and for t, 0 to
 * `no_periods` - 2 between them, -1 for what is left out. Returns the number of periods, or 0 if there are
 * more levels than periods between two windows. */
int64_t gov_farrington_levels(const gov_farrington_options *o, const int64_t *refs, int64_t t,
                              int8_t *levels);

/* --- The model ------------------------------------------------------------------------------------------------ */

/* What a fit asks of a count again and again; small whole counts are remembered. */
typedef struct gov_count_facts {
    double start; /* log(y + 0.1) */
    double y_log_y;
    double two_thirds; /* y^(2/3) */
} gov_count_facts;

enum { GOV_COUNTS_KEPT = 256 };

typedef struct gov_count_memory {
    uint8_t kept[GOV_COUNTS_KEPT];
    gov_count_facts facts[GOV_COUNTS_KEPT];
} gov_count_memory;

gov_count_facts gov_count_facts_of(gov_count_memory *memory, double y);

/* Quasi-Poisson with log link: log mu = offset + level + slope x time. One row a reference period. */
typedef struct gov_quasi_rows {
    int64_t count;
    int64_t levels; /* of season */
    double *y;
    double *time;
    double *offset; /* NULL: none */
    int8_t *level;
    uint8_t *follows; /* 1: the row before is the period before, of the same level */
    gov_count_facts *facts;
    double *weight; /* prior weights */
    double *mu;     /* fitted */
    double *before; /* fitted, a step earlier: weight x before are the working weights of the last step */
    double *scratch;
} gov_quasi_rows;

enum { GOV_MOST_LEVELS = 60 };

typedef struct gov_quasi_fit {
    int converged;
    int with_trend;
    double slope;
    double spread; /* sum of work x (time - mean of its level)^2 */
    double level[GOV_MOST_LEVELS];
    double weight[GOV_MOST_LEVELS]; /* sum of work in the level; 0: the level has no rows */
    double time[GOV_MOST_LEVELS];   /* mean time of the level */
    double df;                      /* rows less coefficients */
    double dispersion;              /* Pearson's, not floored */
} gov_quasi_fit;

void gov_quasi_fit_rows(gov_quasi_rows *rows, int with_trend, gov_quasi_fit *fit);
/* Replaces the weights by those of the Anscombe residuals; returns how many rows were weighted down. */
int64_t gov_quasi_reweight(gov_quasi_rows *rows, const gov_quasi_fit *fit, double phi, double threshold);

#endif
