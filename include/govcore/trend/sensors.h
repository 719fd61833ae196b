/* sensors.h - is somebody who lives alone all right? Meters and sensors read as half hours, and rules over them.
 *
 *     gov_slots *slots = NULL;  gov_table *episodes = NULL;
 *     gov_watch_options rules;
 *     gov_watch_preset("longgang", &rules, &err);
 *     if (gov_slots_of_register(times, readings, n, NULL, &slots, &err) == GOV_OK)
 *         gov_watch(slots, NULL, &rules, &episodes, &err);
 *
 * An episode is a reason to ring or to knock, never a statement about a person. A meter that is silent says
 * nothing about anyone: it is an episode of the device ("offline"), and every rule about the person waits until
 * its whole window is covered again.
 *
 * Times are seconds since 1970-01-01 in local civil time, so that half hours and hours of the week are the
 * resident's. Threads: no state.   Ownership: *out is yours. */
#ifndef GOVCORE_TREND_SENSORS_H
#define GOVCORE_TREND_SENSORS_H

#include "govcore/table.h"

#ifdef __cplusplus
extern "C" {
#endif

#define GOV_SLOT_SECONDS 1800
#define GOV_WEEK_SLOTS 336 /* half hours from Monday 00:00 */

/* Half hours, one after another without a gap, each with the amount used in it and whether it is known. */
typedef struct gov_slots gov_slots;

typedef struct gov_slots_options {
    uint32_t struct_size;
    double register_size;  /* the register counts from 0 to below this and starts again; 0: it does not */
    int64_t offline_hours; /* without a reading for longer the device is offline; default 6, PROPOSED */
    int64_t now;           /* the time up to which is looked; 0: the last reading */
} gov_slots_options;

#define GOV_SLOTS_OPTIONS_INIT                         \
    {                                                  \
        (uint32_t)sizeof(gov_slots_options), 0.0, 0, 0 \
    }

/* From a cumulative register (a water meter, in m3) read at irregular times, in ascending order. The use between two
 * readings is spread evenly over the time between them. A register that falls from its upper tenth to its lower
 * tenth has rolled over, if register_size says that it can; any other fall is a reset, and the use of that
 * interval is not known. Errors: GOV_E_NO_DATA fewer than 2 readings; GOV_E_RANGE with err->row a time that does not
 * ascend, a reading that is not a finite number of 0 or more, or not below register_size; GOV_E_LIMIT more than
 * 100 years. Since 0.1. */
GOV_API gov_status gov_slots_of_register(const int64_t *times, const double *readings, int64_t n,
                                         const gov_slots_options *options, gov_slots **out, gov_error *err);

/* From events (a door opened, movement): the amount is their number. `alive` are the times at which the device was
 * heard of at all (its heartbeats; the events count as such too). Both ascend; `alive` may be NULL. */
GOV_API gov_status gov_slots_of_events(const int64_t *events, int64_t event_count, const int64_t *alive,
                                       int64_t alive_count, const gov_slots_options *options, gov_slots **out,
                                       gov_error *err);
GOV_API void gov_slots_free(gov_slots *slots);

GOV_API int64_t gov_slots_count(const gov_slots *slots);
GOV_API int64_t gov_slots_first(const gov_slots *slots);  /* time at which the first half hour begins */
GOV_API int64_t gov_slots_resets(const gov_slots *slots); /* falls of the register that were not rollovers */
/* Copies all slots: amounts, and 1 where they are known (0: offline, reset). Either may be NULL. */
GOV_API void gov_slots_copy(const gov_slots *slots, double *amounts, uint8_t *known);

/* --- Rules ---------------------------------------------------------------------------------------------------------
 * about the person   no_use    less than no_use_limit in the last no_use_hours
 *                    silence   the same hours of other weeks make this long a silence less likely than silence_p
 *                    too_much  more than too_much_limit in the last too_much_hours
 * about the home     leak      use in every half hour of the last leak_hours
 * about the device   offline   no reading for longer than offline_hours
 * An amount within a millionth of a limit is on it, and so neither under nor over. A rule holds, does not hold, or
 * cannot be told (part of its window is not known). One episode runs from the moment it holds until it has not held
 * for clear_hours; what cannot be told neither opens nor ends one. */
typedef struct gov_watch_options {
    uint32_t struct_size;
    double no_use_limit;    /* default 0.01 (m3) */
    int64_t no_use_hours;   /* default 12; -1: rule off */
    double too_much_limit;  /* default 2 (m3) */
    int64_t too_much_hours; /* default 24; -1: off */
    int64_t leak_hours;     /* default 24; -1: off */
    double silence_p;       /* default 0: off; PROPOSED 0.001 */
    int64_t silence_weeks;  /* history before the personal baseline is used; default 4, PROPOSED */
    int64_t clear_hours;    /* default 2, PROPOSED */
} gov_watch_options;

#define GOV_WATCH_OPTIONS_INIT                                            \
    {                                                                     \
        (uint32_t)sizeof(gov_watch_options), 0.0, 0, 0.0, 0, 0, 0.0, 0, 0 \
    }

/* Times that are explained: nobody at home, or more use than usual is expected (a big cleaning). Half hours that touch
 * an absence are not looked at by no_use and silence; those that touch a cleaning not by too_much. */
typedef enum gov_exempt_kind { GOV_EXEMPT_AWAY = 1, GOV_EXEMPT_CLEANING = 2 } gov_exempt_kind;

typedef struct gov_exempts {
    uint32_t struct_size;
    int64_t count;
    const int64_t *from; /* seconds, inclusive */
    const int64_t *to;   /* exclusive */
    const uint8_t *kind; /* a gov_exempt_kind each */
} gov_exempts;

#define GOV_EXEMPTS_INIT                                   \
    {                                                      \
        (uint32_t)sizeof(gov_exempts), 0, NULL, NULL, NULL \
    }

/* Fills options with a published rule: "jiangsulu" (Shanghai Changning, Jiangsu Road: under 0.01 m3 in 12 h; Xinhua
 * 2020-12-10), "daning" (Shanghai Jing'an: under 0.01 or over 2 m3 in a day), "longgang" (Shenzhen: under 0.01 m3 in
 * 12 h, and a leak if every half hour of 24 h has use; 2021-12-17), "taicang" (under 0.01 m3 in 24 h), "liaocheng"
 * (under 10 or over 1000 litres in 24 h), "door" and "infrared" (no event in 24 h; Jiangsu Road). GOV_E_UNKNOWN_NAME. */
GOV_API gov_status gov_watch_preset(const char *name, gov_watch_options *options, gov_error *err);

/* The episodes in order of their beginning, as a table:
 *   rule      utf8       no_use, silence, too_much, leak, offline
 *   about     utf8       person, home, device
 *   began     timestamp  start of the window in which the rule first held (s, local)
 *   raised    timestamp  when that could first be told
 *   ended     timestamp  when it had not held for clear_hours; missing: it lasts
 *   amount    float64    what was used in the window when it was raised (offline: missing)
 *   limit     float64    the limit (silence: its probability)
 *   text_zh text_en utf8 a sentence
 * exempts may be NULL. Errors: GOV_E_ARGUMENT an option or an exemption. Since 0.1. */
GOV_API gov_status gov_watch(const gov_slots *slots, const gov_exempts *exempts,
                             const gov_watch_options *options, gov_table **out, gov_error *err);

/* --- Personal baseline ---------------------------------------------------------------------------------------------
 * For each half hour of the week the probability that something is used in it, from the half hours known and not
 * exempted before `until` (seconds; 0: all): (used + 2 x overall rate) / (seen + 2). rate has GOV_WEEK_SLOTS items, seen
 * (may be NULL) the number of weeks behind each. The probability of no use in the `hours` after `from` is the product
 * of the rates' complements: half hours are taken as independent, which makes long silences look a little rarer than
 * they are. GOV_E_NO_DATA if nothing is known. Since 0.1. */
GOV_API gov_status gov_slots_baseline(const gov_slots *slots, const gov_exempts *exempts, int64_t until,
                                      double *rate, int64_t *seen, gov_error *err);
GOV_API double gov_silence_probability(const double *rate, int64_t from, int64_t hours);

#ifdef __cplusplus
}
#endif

#endif
