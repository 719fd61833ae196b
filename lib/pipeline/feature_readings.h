/* feature_readings.h - what is taken of the readings of one series of one subject. */
#ifndef GOVCORE_PIPELINE_FEATURE_READINGS_H
#define GOVCORE_PIPELINE_FEATURE_READINGS_H

#include "pipeline/feature_value.h"

/* Columns of a query of observations in the order of its key (subject_kind, subject, variable, time, source). */
typedef struct gov_readings {
    gov_column_view subject, variable, time, source, value, text;
} gov_readings;

gov_status gov_readings_view(const gov_table *table, gov_readings *out, gov_error *err);

typedef struct gov_taken {
    double value;  /* NaN: not known */
    int64_t row;   /* of the last reading that was taken; -1: none was */
    int64_t count; /* readings taken */
} gov_taken;

/* Takes from rows [first, end), which are of one subject and one series, none later than `day`. Of several readings
 * of one moment that of the last source, in the order of names, counts. */
gov_taken gov_readings_take(const gov_readings *r, int64_t first, int64_t end, const gov_need_input *input,
                            const gov_need_source *source, int32_t day);

/* The day of a reading. */
int32_t gov_readings_day(const gov_readings *r, int64_t row);

#endif
