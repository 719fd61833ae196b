/* meters.h - the inside of gov_meters, for the files that fill it, ask it and keep it. */
#ifndef GOVCORE_TREND_LIB_METERS_H
#define GOVCORE_TREND_LIB_METERS_H

#include "govcore/trend/meters.h"
#include "trend/watch.h"

typedef struct gov_exempt {
    int64_t from;
    int64_t to;
    uint8_t kind;
} gov_exempt;

/* The half hours of a home that are kept: the judged ones that are looked back on, and the one that the last reading lies
 * in, which is not whole. One block, which begins with `amount`. */
typedef struct gov_tail {
    int64_t first; /* number of the first of them */
    int64_t count;
    int64_t judged;
    double *amount;
    double *silence; /* by the baseline of that time */
    uint8_t *known;  /* 1 known; of the one that is not judged also 0 not covered, 2 not known */
    uint8_t *coarse;
    uint8_t *exempted;
} gov_tail;

typedef struct gov_home {
    char *name;
    int64_t readings;
    int64_t last_time;
    double last_reading;
    gov_tail tail;
    gov_watch_carry carry; /* counts: its own with the rule `silence`, else NULL */
    gov_exempt *exempts;   /* that are not over yet */
    int64_t exempt_count;
} gov_home;

struct gov_meters {
    gov_watch_options rules; /* settled */
    double register_size;
    int64_t offline_seconds;
    gov_home *homes;
    int64_t count;
    int64_t capacity;
};

/* One row of a table of readings or exemptions, brought into the order of meter, time and row. */
typedef struct gov_reading {
    int64_t meter; /* the number of its home, or from meters->count on that of a new one */
    int64_t time;
    int64_t row;
    double reading; /* NaN: missing */
    int64_t until;  /* exemptions */
    uint8_t kind;
} gov_reading;

gov_status gov_tail_new(int64_t first, int64_t count, gov_tail *out, gov_error *err);
void gov_home_clear(gov_home *home);

/* A home that has taken further readings (which ascend and come after its last one), beside the one that there is. */
gov_status gov_home_take(const gov_meters *meters, const gov_home *home, const gov_reading *readings,
                         int64_t count, gov_home *out, gov_error *err);
/* Its episodes at `now`, in order; the home is not changed. */
gov_status gov_home_episodes(const gov_meters *meters, const gov_home *home, int64_t now, gov_episodes *out,
                             gov_error *err);

/* --- Tables ------------------------------------------------------------------------------------------------------- */

typedef struct gov_reading_rows {
    gov_reading *items; /* rows without a meter or a time come last, with meter INT64_MAX */
    int64_t count;
    const char **names; /* of the new meters, zero-ended, in the order of their first row */
    int64_t new_count;
    char *texts;
} gov_reading_rows;

/* Reads `meter`, `time` (or `from`) and `reading` (or `to` and `kind`). */
gov_status gov_reading_rows_of(const gov_meters *meters, const gov_table *table, int exempts,
                               gov_reading_rows *out, gov_error *err);
void gov_reading_rows_free(gov_reading_rows *rows);

#endif
