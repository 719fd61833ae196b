/* watch.h - rules over the half hours of one home, all at once or a stretch at a time. */
#ifndef GOVCORE_TREND_WATCH_H
#define GOVCORE_TREND_WATCH_H

#include "trend/slots.h"

typedef enum gov_rule {
    GOV_RULE_NO_USE,
    GOV_RULE_SILENCE,
    GOV_RULE_TOO_MUCH,
    GOV_RULE_LEAK,
    GOV_RULE_OFFLINE,
    GOV_RULE_COUNT
} gov_rule;

typedef struct gov_episode {
    gov_rule rule;
    int64_t began; /* half hours since 1970-01-01, as all times here */
    int64_t raised;
    int64_t ended; /* INT64_MAX: it lasts */
    double amount; /* NaN: none */
    double limit;
} gov_episode;

typedef struct gov_episodes {
    gov_episode *items;
    int64_t count;
    int64_t capacity;
} gov_episodes;

/* What is carried from one stretch of half hours to the next. */
typedef struct gov_watch_carry {
    double used;                   /* in all half hours before those that are looked at */
    gov_week_counts *counts;       /* the personal baseline */
    int64_t open[GOV_RULE_COUNT];  /* place of the open episode, -1: none */
    int64_t quiet[GOV_RULE_COUNT]; /* the half hour since which its rule does not hold; INT64_MIN: it holds */
    int64_t heard;                 /* the half hour after the last known one */
    gov_episodes episodes;
} gov_watch_carry;

/* Options with their defaults filled in. */
gov_status gov_watch_settle(const gov_watch_options *options, gov_watch_options *out, gov_error *err);

/* Nothing was seen before half hour `first`; carry->counts is the caller's. */
void gov_watch_begin(gov_watch_carry *carry, int64_t first, gov_week_counts *counts);
/* Judges half hours [from, slots->count); those before were judged and are there to be looked back on. silence has
 * slots->count items, of which the first `from` are filled. */
gov_status gov_watch_stretch(const gov_watch_options *settled, const gov_slots *slots,
                             const uint8_t *exempted, int64_t from, double *silence, gov_watch_carry *carry,
                             gov_error *err);
/* A device that is silent at the end of all half hours. */
gov_status gov_watch_end(const gov_slots *slots, gov_watch_carry *carry, gov_error *err);
/* The first half hour on which those from slots->count on will look back. */
int64_t gov_watch_looks_back(const gov_watch_options *settled, const gov_slots *slots,
                             const uint8_t *exempted, const double *silence);
/* By the time they were raised, then by rule. */
void gov_episodes_sort(gov_episodes *episodes);

/* The columns of gov_watch, behind a column `meter` if there are names (one an episode). */
gov_status gov_episodes_table(const gov_episodes *episodes, const char *const *names, gov_table **out,
                              gov_error *err);

#endif
