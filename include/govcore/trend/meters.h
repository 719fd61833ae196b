/* meters.h - the rules of sensors.h over very many meters at once, reading by reading, with a state that is kept.
 *
 *     gov_meters *meters = NULL;  gov_table *episodes = NULL, *refused = NULL;
 *     gov_watch_options rules;
 *     gov_meters_options o = GOV_METERS_OPTIONS_INIT;
 *     gov_watch_preset("longgang", &rules, &err);  o.rules = &rules;
 *     if (gov_meters_new(&o, &meters, &err) == GOV_OK &&                          once
 *         gov_meters_add(meters, readings, NULL, &refused, &err) == GOV_OK &&     every hour
 *         gov_meters_episodes(meters, now, 0, NULL, &episodes, &err) == GOV_OK)
 *         gov_meters_save(meters, "town.meters", &err);
 *
 * A meter is a cumulative register (water, power) of one home. The episodes are those of gov_slots_of_register and
 * gov_watch over all of a meter's readings, bit for bit, in whatever portions the readings came; but of old half hours
 * no more is kept than the rules look back on: a day or so, with `silence` a week and the personal baseline. A reading
 * costs O(hours since the last one), and a portion O(hours looked back on) for each meter that it has.
 *
 * Times are local civil time. Threads: one at a time; `threads` works inside a call, with the same result for any
 * number. Ownership: *out is yours. */
#ifndef GOVCORE_TREND_METERS_H
#define GOVCORE_TREND_METERS_H

#include "govcore/trend/sensors.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct gov_meters gov_meters;

/* The format that this version writes. */
#define GOV_METERS_VERSION 1

typedef struct gov_meters_options {
    uint32_t struct_size;
    const gov_watch_options *rules; /* NULL: the defaults of gov_watch_options */
    double register_size;           /* as gov_slots_options */
    int64_t offline_hours;          /* as gov_slots_options */
} gov_meters_options;

#define GOV_METERS_OPTIONS_INIT                            \
    {                                                      \
        (uint32_t)sizeof(gov_meters_options), NULL, 0.0, 0 \
    }

typedef struct gov_meters_run {
    uint32_t struct_size;
    int32_t threads; /* default 1 */
    gov_run *run;    /* may be NULL */
} gov_meters_run;

#define GOV_METERS_RUN_INIT                       \
    {                                             \
        (uint32_t)sizeof(gov_meters_run), 0, NULL \
    }

/* No meters yet. Errors: GOV_E_ARGUMENT an option. Since 0.1. */
GOV_API gov_status gov_meters_new(const gov_meters_options *options, gov_meters **out, gov_error *err);
GOV_API void gov_meters_free(gov_meters *meters);
GOV_API int64_t gov_meters_count(const gov_meters *meters);

/* Takes readings in any order: a table with the columns `meter` (utf8), `time` (timestamp, or int64 seconds since
 * 1970-01-01, local) and `reading` (number). Meters come into being with the first row that names them. What cannot be used is
 * left out and listed in *refused: row int64, meter utf8, reason utf8
 *   missing   a cell is missing          number   not a finite number of 0 or more, or not below register_size
 *   late      not after the meter's last reading: a judgement is not taken back
 * refused may be NULL: then the first such row fails the call, GOV_E_RANGE with err->row. On failure the meters are as
 * they were. Errors: GOV_E_UNKNOWN_NAME, GOV_E_TYPE a column; GOV_E_RANGE a time outside the years 1 to 9999, err->row;
 * GOV_E_LIMIT more than 100 years between readings; GOV_E_CANCELLED. Since 0.1. */
GOV_API gov_status gov_meters_add(gov_meters *meters, const gov_table *readings, const gov_meters_run *run,
                                  gov_table **refused, gov_error *err);

/* Times that are explained: a table with the columns `meter`, `from`, `to` (as `time`) and `kind` (utf8: away, cleaning).
 * They act on the half hours that have not been judged yet: one that is told too late does not take an episode back,
 * but keeps it from being told again. Errors: as gov_meters_add; GOV_E_MISSING, GOV_E_FORMAT, GOV_E_RANGE with err->row a
 * cell that is missing, another kind, an end that is not after its beginning. Since 0.1. */
GOV_API gov_status gov_meters_exempt(gov_meters *meters, const gov_table *exempts, gov_error *err);

/* All episodes at the time `now` (seconds, local; 0: each meter's last reading) that last, or ended after `since`
 * (seconds; 0: all), by meter in the order of their first reading or exemption, as a table: meter utf8, and the columns of
 * gov_watch. `now` changes nothing: the next readings may lie before it. Since 0.1. */
GOV_API gov_status gov_meters_episodes(const gov_meters *meters, int64_t now, int64_t since,
                                       const gov_meters_run *run, gov_table **out, gov_error *err);
/* Forgets the episodes that ended up to `before` (seconds): a state grows by its episodes only. Since 0.1. */
GOV_API void gov_meters_forget(gov_meters *meters, int64_t before);

/* As gov_trend_state_encode and the others; the bytes begin with "GOVMETER". They tell when somebody was at home: they
 * are personal data, sensitive, and to be kept as such. Since 0.1. */
GOV_API gov_status gov_meters_encode(const gov_meters *meters, gov_text **out, gov_error *err);
GOV_API gov_status gov_meters_decode(const void *bytes, int64_t size, gov_meters **out, gov_error *err);
GOV_API gov_status gov_meters_save(const gov_meters *meters, const char *path, gov_error *err);
GOV_API gov_status gov_meters_open(const char *path, gov_meters **out, gov_error *err);

#ifdef __cplusplus
}
#endif

#endif
