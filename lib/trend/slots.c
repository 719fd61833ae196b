/* slots.c - readings at odd times as half hours.
 *
 * A register only says how much went through between two readings; spreading that evenly is the one assumption. A
 * half hour whose readings lie more than two half hours apart keeps its even share, but is marked as coarse, so
 * that nobody concludes from it that there was use in that very half hour. */
#include "trend/slots.h"

#include <math.h>

int64_t gov_slot_of(int64_t time)
{
    return time / GOV_SLOT_SECONDS - (time % GOV_SLOT_SECONDS < 0);
}

static gov_status slots_new(int64_t first_time, int64_t last_time, const gov_slots_options *options,
                            gov_slots **out, gov_error *err)
{
    static const gov_slots_options none = GOV_SLOTS_OPTIONS_INIT;
    const int64_t most = INT64_C(100) * 366 * 48;
    const gov_slots_options *o = options == NULL ? &none : options;
    int64_t now = o->now == 0 ? last_time : o->now;
    if (o->offline_hours < 0 || o->offline_hours > 100000)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("offline_hours"),
                           "offline_hours must be 1 or more");
    if (now < last_time)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("now"), "now lies before the last reading");
    int64_t first = gov_slot_of(first_time);
    int64_t count = gov_slot_of(now - 1) - first + 1;
    if (count > most)
        return gov_fail(err, GOV_E_LIMIT, "more than 100 years of half hours");
    gov_slots *s = gov_alloc_zero(1, sizeof(*s));
    if (s == NULL)
        return gov_fail_memory(err);
    s->first = first;
    s->count = count > 0 ? count : 1;
    s->offline_seconds = (o->offline_hours == 0 ? 6 : o->offline_hours) * 3600;
    s->last_heard = last_time;
    s->now = now;
    s->amount = gov_alloc_zero(s->count, sizeof(double));
    s->known = gov_alloc_zero(s->count, 1);
    s->coarse = gov_alloc_zero(s->count, 1);
    if (s->amount == NULL || s->known == NULL || s->coarse == NULL) {
        gov_slots_free(s);
        return gov_fail_memory(err);
    }
    *out = s;
    return GOV_OK;
}

void gov_slots_free(gov_slots *slots)
{
    if (slots == NULL)
        return;
    gov_free(slots->amount);
    gov_free(slots->known);
    gov_free(slots->coarse);
    gov_free(slots);
}

void gov_slots_spread(gov_slots *s, int64_t from, int64_t to, double amount, int state)
{
    int64_t length = to - from;
    for (int64_t at = from; at < to;) {
        int64_t slot = gov_slot_of(at);
        int64_t end = (slot + 1) * GOV_SLOT_SECONDS < to ? (slot + 1) * GOV_SLOT_SECONDS : to;
        int64_t i = slot - s->first;
        s->amount[i] += amount * (double)(end - at) / (double)length;
        if (s->known[i] < state)
            s->known[i] = (uint8_t)state;
        if (length > 2 * GOV_SLOT_SECONDS)
            s->coarse[i] = 1;
        at = end;
    }
}

/* The first and the last half hour may be covered in part only; the rest of them is taken as without use. */
void gov_slots_settle(gov_slots *s, int64_t from, int64_t to)
{
    for (int64_t i = from; i < to; i++) {
        s->known[i] = s->known[i] == 1;
        if (!s->known[i])
            s->amount[i] = 0;
    }
}

static gov_status check_times(const int64_t *times, int64_t n, const char *name, int strictly, gov_error *err)
{
    if (n < 0 || (times == NULL && n > 0))
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME(name), "%s need their times", name);
    for (int64_t i = 0; i < n; i++) {
        if (times[i] < -INT64_C(62135596800) || times[i] > INT64_C(253402300799))
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(i, name),
                               "a time lies outside the years 0001 to 9999");
        if (i > 0 && (strictly ? times[i] <= times[i - 1] : times[i] < times[i - 1]))
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(i, name), "times must ascend");
    }
    return GOV_OK;
}

int gov_register_use(double before, double after, double size, double *use)
{
    *use = after - before;
    if (*use >= 0)
        return 1;
    if (size > 0 && before >= 0.9 * size && after <= 0.1 * size) {
        *use += size;
        return 1;
    }
    *use = 0;
    return 0;
}

static gov_status check_readings(const double *readings, int64_t n, double size, gov_error *err)
{
    if (n < 2)
        return gov_fail(err, GOV_E_NO_DATA,
                        "a register says nothing before its second reading, there are %lld", (long long)n);
    if (readings == NULL)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("readings"), "readings must not be NULL");
    for (int64_t i = 0; i < n; i++)
        if (!(readings[i] >= 0) || !isfinite(readings[i]) || (size > 0 && readings[i] >= size))
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(i, "readings"),
                               "a reading must be a number of 0 or more%s, not %g",
                               size > 0 ? " and below register_size" : "", readings[i]);
    return GOV_OK;
}

gov_status gov_slots_of_register(const int64_t *times, const double *readings, int64_t n,
                                 const gov_slots_options *options, gov_slots **out, gov_error *err)
{
    double size = options == NULL ? 0 : options->register_size;
    gov_slots *s = NULL;
    if (!(size >= 0))
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("register_size"),
                           "register_size must be 0 or more");
    GOV_TRY(check_times(times, n, "times", 1, err));
    GOV_TRY(check_readings(readings, n, size, err));
    GOV_TRY(slots_new(times[0], times[n - 1], options, &s, err));
    for (int64_t i = 1; i < n; i++) {
        double use;
        int known = gov_register_use(readings[i - 1], readings[i], size, &use);
        s->resets += !known;
        if (times[i] - times[i - 1] > s->offline_seconds)
            known = 0;
        gov_slots_spread(s, times[i - 1], times[i], use, known ? 1 : 2);
    }
    gov_slots_settle(s, 0, s->count);
    *out = s;
    return GOV_OK;
}

/* The next sign of life after `time`: an event or a heartbeat; INT64_MAX: none. */
typedef struct life {
    const int64_t *events;
    const int64_t *alive;
    int64_t event_count;
    int64_t alive_count;
    int64_t event;
    int64_t beat;
} life;

static int64_t next_sign(life *l)
{
    int64_t event = l->event < l->event_count ? l->events[l->event] : INT64_MAX;
    int64_t beat = l->beat < l->alive_count ? l->alive[l->beat] : INT64_MAX;
    if (event <= beat)
        l->event++;
    if (beat <= event)
        l->beat++;
    return event < beat ? event : beat;
}

gov_status gov_slots_of_events(const int64_t *events, int64_t event_count, const int64_t *alive,
                               int64_t alive_count, const gov_slots_options *options, gov_slots **out,
                               gov_error *err)
{
    gov_slots *s = NULL;
    GOV_TRY(check_times(events, event_count, "events", 0, err));
    GOV_TRY(check_times(alive, alive_count, "alive", 0, err));
    life l = {events, alive, event_count, alive_count, 0, 0};
    int64_t before = next_sign(&l);
    if (before == INT64_MAX)
        return gov_fail(err, GOV_E_NO_DATA, "the device was never heard of");
    int64_t last_event = event_count > 0 ? events[event_count - 1] : before;
    int64_t last_beat = alive_count > 0 ? alive[alive_count - 1] : before;
    GOV_TRY(slots_new(before, (last_event > last_beat ? last_event : last_beat) + 1, options, &s, err));
    for (int64_t sign = next_sign(&l); sign != INT64_MAX; sign = next_sign(&l)) {
        if (sign > before)
            gov_slots_spread(s, before, sign, 0, sign - before > s->offline_seconds ? 2 : 1);
        before = sign;
    }
    gov_slots_spread(s, before, before + 1, 0, 1);
    gov_slots_settle(s, 0, s->count);
    for (int64_t i = 0; i < s->count; i++)
        s->coarse[i] = 0;
    for (int64_t i = 0; i < event_count; i++) {
        int64_t at = gov_slot_of(events[i]) - s->first;
        s->amount[at] += 1;
        s->known[at] = 1;
    }
    *out = s;
    return GOV_OK;
}

int64_t gov_slots_count(const gov_slots *slots)
{
    return slots->count;
}

int64_t gov_slots_first(const gov_slots *slots)
{
    return slots->first * GOV_SLOT_SECONDS;
}

int64_t gov_slots_resets(const gov_slots *slots)
{
    return slots->resets;
}

void gov_slots_copy(const gov_slots *slots, double *amounts, uint8_t *known)
{
    for (int64_t i = 0; i < slots->count; i++) {
        if (amounts != NULL)
            amounts[i] = slots->amount[i];
        if (known != NULL)
            known[i] = slots->known[i];
    }
}

/* --- Exemptions and the week ---------------------------------------------------------------------------------------- */

int64_t gov_week_slot(int64_t slot)
{
    int64_t from_monday = (slot + 3 * 48) % GOV_WEEK_SLOTS;
    return from_monday < 0 ? from_monday + GOV_WEEK_SLOTS : from_monday;
}

gov_status gov_slots_exempted(const gov_slots *slots, const gov_exempts *exempts, uint8_t **out,
                              gov_error *err)
{
    uint8_t *bits = gov_alloc_zero(slots->count, 1);
    if (bits == NULL)
        return gov_fail_memory(err);
    for (int64_t m = 0; exempts != NULL && m < exempts->count; m++) {
        if (exempts->to[m] <= exempts->from[m] || exempts->kind[m] < GOV_EXEMPT_AWAY ||
            exempts->kind[m] > GOV_EXEMPT_CLEANING) {
            gov_free(bits);
            return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_ROW(m, "exempts"),
                               "an exemption is an absence or a cleaning and ends after it begins");
        }
        int64_t first = gov_slot_of(exempts->from[m]) - slots->first;
        int64_t last = gov_slot_of(exempts->to[m] - 1) - slots->first;
        for (int64_t i = first > 0 ? first : 0; i <= last && i < slots->count; i++)
            bits[i] |= (uint8_t)(1 << exempts->kind[m]);
    }
    *out = bits;
    return GOV_OK;
}

void gov_week_add(gov_week_counts *counts, int64_t slot, int used)
{
    int64_t w = gov_week_slot(slot);
    counts->seen[w] += 1;
    counts->used[w] += used;
    counts->all_seen += 1;
    counts->all_used += used;
}

double gov_week_rate(const gov_week_counts *counts, int64_t week_slot)
{
    const double prior = 2;
    double overall = (counts->all_used + 1) / (counts->all_seen + 2);
    return (counts->used[week_slot] + prior * overall) / (counts->seen[week_slot] + prior);
}

gov_status gov_slots_baseline(const gov_slots *slots, const gov_exempts *exempts, int64_t until, double *rate,
                              int64_t *seen, gov_error *err)
{
    uint8_t *exempted = NULL;
    GOV_TRY(gov_slots_exempted(slots, exempts, &exempted, err));
    gov_week_counts *counts = gov_alloc_zero(1, sizeof(*counts));
    if (counts == NULL) {
        gov_free(exempted);
        return gov_fail_memory(err);
    }
    for (int64_t i = 0; i < slots->count; i++) {
        int in_time = until == 0 || (slots->first + i + 1) * GOV_SLOT_SECONDS <= until;
        if (in_time && slots->known[i] && exempted[i] == 0)
            gov_week_add(counts, slots->first + i, slots->amount[i] > 0);
    }
    gov_free(exempted);
    if (counts->all_seen == 0) {
        gov_free(counts);
        return gov_fail(err, GOV_E_NO_DATA, "no half hour is known: there is nothing to compare with");
    }
    for (int64_t w = 0; w < GOV_WEEK_SLOTS; w++) {
        rate[w] = gov_week_rate(counts, w);
        if (seen != NULL)
            seen[w] = (int64_t)counts->seen[w];
    }
    gov_free(counts);
    return GOV_OK;
}

double gov_silence_probability(const double *rate, int64_t from, int64_t hours)
{
    double p = 1;
    for (int64_t i = 0; i < hours * GOV_SLOTS_AN_HOUR; i++)
        p *= 1 - rate[gov_week_slot(gov_slot_of(from) + i)];
    return p;
}
