/* slots.h - the inside of gov_slots. */
#ifndef GOVCORE_TREND_SLOTS_H
#define GOVCORE_TREND_SLOTS_H

#include "base/alloc.h"
#include "govcore/trend/sensors.h"

enum { GOV_SLOTS_AN_HOUR = 2 };

struct gov_slots {
    int64_t first; /* number of the first half hour since 1970-01-01 */
    int64_t count;
    int64_t resets;
    int64_t offline_seconds;
    int64_t last_heard; /* time of the last reading */
    int64_t now;
    double *amount;
    uint8_t *known;
    uint8_t *coarse; /* 1: the readings around it are too far apart to tell its own use */
};

/* The half hour of the week (0: Monday 00:00) of a half hour since 1970-01-01, which was a Thursday. */
int64_t gov_week_slot(int64_t slot);

/* The half hour of a time, counted from 1970-01-01. */
int64_t gov_slot_of(int64_t time);
/* Spreads an amount over [from, to), both within the slots. `state` 1 known, 2 not known: one part that is not known makes
 * its half hour unknown. gov_slots_settle makes 1 and 0 of the states of [from, to) and takes the amounts of unknown ones
 * away. */
void gov_slots_spread(gov_slots *slots, int64_t from, int64_t to, double amount, int state);
void gov_slots_settle(gov_slots *slots, int64_t from, int64_t to);
/* The use between two readings of a register of `size` (0: it does not roll over); 0 if it was reset. */
int gov_register_use(double before, double after, double size, double *use);

/* What the exemptions say of each half hour: bits of 1 << gov_exempt_kind. *out has slots->count bytes. */
gov_status gov_slots_exempted(const gov_slots *slots, const gov_exempts *exempts, uint8_t **out,
                              gov_error *err);

/* Counts of a personal baseline, to which half hours are added one by one. */
typedef struct gov_week_counts {
    double used[GOV_WEEK_SLOTS];
    double seen[GOV_WEEK_SLOTS];
    double all_used;
    double all_seen;
} gov_week_counts;

void gov_week_add(gov_week_counts *counts, int64_t slot, int used);
double gov_week_rate(const gov_week_counts *counts, int64_t week_slot);

#endif
