/* reading.h - the readings of one series (subject, variable) in a stretch of time. */
#ifndef GOVCORE_STORE_READING_H
#define GOVCORE_STORE_READING_H

#include "store/view.h"

typedef struct gov_readings gov_readings;

/* A series; texts are borrowed. */
typedef struct gov_series {
    const char *kind, *subject, *variable;
} gov_series;

gov_status gov_readings_new(gov_store *store, const gov_reading_options *options, gov_readings **out,
                            gov_error *err);
void gov_readings_free(gov_readings *readings);
/* The end of the readings that are asked for: `at` as in gov_reading_options, in microseconds. */
gov_status gov_reading_end(const char *at, int64_t *micros, gov_error *err);
/* The first series after `last` (kind NULL: from the beginning) among those of `of`, whose kind, subject or variable may be
 * NULL: any; *more is 0 if there is none. The texts live until the next call. */
gov_status gov_readings_series(gov_readings *readings, const gov_series *of, const gov_series *last,
                               gov_series *out, int *more, gov_error *err);
/* The last reading before `end`; `text` and `source` (may be NULL) get texts that live until the next call. */
gov_status gov_readings_last(gov_readings *readings, const gov_series *series, int64_t end, gov_reading *out,
                             const char **text, const char **source, gov_error *err);
gov_status gov_readings_window(gov_readings *readings, const gov_series *series, int64_t begin, int64_t end,
                               gov_window *out, gov_error *err);

#endif
