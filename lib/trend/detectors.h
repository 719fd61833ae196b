/* detectors.h - the detectors as they are used on one period after another: what they carry from the periods before,
 * and their judgement of the next. The functions over whole series and the stored state both rest on these, so that
 * both give the same bits. */
#ifndef GOVCORE_TREND_DETECTORS_H
#define GOVCORE_TREND_DETECTORS_H

#include "govcore/trend/control.h"
#include "trend/alarms.h"

/* --- EARS: carries nothing, looks back `reach` periods ------------------------------------------------------------ */

typedef struct gov_ears_settings {
    gov_ears_method method;
    int64_t baseline;
    double min_sigma;
    double quantile;
} gov_ears_settings;

gov_status gov_ears_settle(const gov_ears_options *options, gov_ears_settings *out, gov_error *err);
int64_t gov_ears_reach(const gov_ears_settings *settings);
gov_judgement gov_ears_judge(const gov_ears_settings *settings, const double *y, const uint8_t *valid,
                             int64_t t);

/* --- CUSUM: carries its sum ---------------------------------------------------------------------------------------- */

typedef struct gov_cusum_judgement {
    double upper;
    double sum; /* before it is set back by an alarm */
    int alarm;
} gov_cusum_judgement;

gov_status gov_cusum_settle(const gov_cusum_options *given, gov_cusum_options *out, gov_error *err);
gov_cusum_judgement gov_cusum_step(const gov_cusum_options *settled, double y, double expected, double *sum);

/* --- ESSENCE: carries two smoothed values, looks back guard + baseline days ----------------------------------------- */

typedef struct gov_essence_settings {
    gov_essence_method method;
    int64_t baseline;
    int64_t guard;
    double w1;
    double w2;
} gov_essence_settings;

/* Smoothed up to the day before. */
typedef struct gov_essence_carry {
    double z1;
    double z2;
    int started;
} gov_essence_carry;

/* What turns the standard deviation of a baseline of m days into that of a smoothed value less its mean. */
typedef struct gov_essence_smoother {
    double correction;
    double least;
    double constant;
} gov_essence_smoother;

/* Numbers that hang on the length of the baseline alone, kept from day to day and series to series; of one thread. */
typedef struct gov_essence_memory {
    double *exact; /* the 1 % point by degrees of freedom, 0 where it was not wanted yet */
    int64_t m;     /* the days that slow and fast are for */
    gov_essence_smoother slow;
    gov_essence_smoother fast;
} gov_essence_memory;

/* The values of a series from day `origin` on. */
typedef struct gov_essence_values {
    const double *y;
    const uint8_t *valid;
    int64_t origin;
} gov_essence_values;

typedef struct gov_essence_day {
    gov_reason reason;
    gov_essence_method used;
    double expected;
    double upper;
    double statistic;
    double df;
    double p;
    double r_squared;
} gov_essence_day;

gov_status gov_essence_settle(const gov_essence_options *options, gov_essence_settings *out, gov_error *err);
gov_status gov_essence_memory_new(const gov_essence_settings *settings, gov_essence_memory *out,
                                  gov_error *err);
void gov_essence_memory_clear(gov_essence_memory *memory);
/* Both move the carry on by day t; pass does not judge it. */
void gov_essence_pass(const gov_essence_settings *settings, gov_essence_memory *memory,
                      const gov_essence_values *values, int64_t t, gov_essence_carry *carry);
gov_essence_day gov_essence_judge(const gov_essence_settings *settings, gov_essence_memory *memory,
                                  const gov_essence_values *values, int64_t t, gov_essence_carry *carry);
gov_essence_level gov_essence_level_of(const gov_essence_day *day);

/* --- Farrington: one period of one series after another, with one design --------------------------------------------- */

typedef struct gov_farrington_machine gov_farrington_machine;

/* For series of n periods, of which the last is judged. */
gov_status gov_farrington_machine_new(const gov_farrington_options *options, int64_t n,
                                      gov_farrington_machine **out, gov_error *err);
void gov_farrington_machine_free(gov_farrington_machine *machine);
/* The values must be 0 or more. *alarm: y above the bound. */
gov_judgement gov_farrington_last(gov_farrington_machine *machine, const double *y, const uint8_t *valid,
                                  int *alarm);

#endif
