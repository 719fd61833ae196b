/* meters_home.c - one home: further readings join the half hours that are kept, what became whole is judged, and what
 * nobody will look back on any more is dropped.
 *
 * The sums of amounts go on from the sum of all that was dropped, so that differences of sums are rounded as those of the
 * whole series are. */
#include "trend/meters.h"

#include <string.h>

gov_status gov_tail_new(int64_t first, int64_t count, gov_tail *out, gov_error *err)
{
    double *block = gov_alloc_zero(count, 2 * sizeof(double) + 3);
    if (block == NULL)
        return gov_fail_memory(err);
    uint8_t *bytes = (uint8_t *)(block + 2 * count);
    *out = (gov_tail){first, count, 0, block, block + count, bytes, bytes + count, bytes + 2 * count};
    return GOV_OK;
}

void gov_home_clear(gov_home *home)
{
    gov_free(home->name);
    gov_free(home->tail.amount);
    gov_free(home->carry.counts);
    gov_free(home->carry.episodes.items);
    gov_free(home->exempts);
    *home = (gov_home){.name = NULL};
}

/* Half hours [from, from + count) of `tail`, or as many as there are, at the beginning of a longer or shorter one. */
static gov_status tail_part(const gov_tail *tail, int64_t from, int64_t count, gov_tail *out, gov_error *err)
{
    int64_t there = tail->count - from < count ? tail->count - from : count;
    GOV_TRY(gov_tail_new(tail->first + from, count, out, err));
    if (there <= 0)
        return GOV_OK;
    memcpy(out->amount, tail->amount + from, (size_t)there * sizeof(double));
    memcpy(out->silence, tail->silence + from, (size_t)there * sizeof(double));
    memcpy(out->known, tail->known + from, (size_t)there);
    memcpy(out->coarse, tail->coarse + from, (size_t)there);
    memcpy(out->exempted, tail->exempted + from, (size_t)there);
    return GOV_OK;
}

static gov_slots slots_of(const gov_meters *meters, const gov_tail *tail, int64_t count)
{
    return (gov_slots){.first = tail->first,
                       .count = count,
                       .offline_seconds = meters->offline_seconds,
                       .amount = tail->amount,
                       .known = tail->known,
                       .coarse = tail->coarse};
}

static gov_status carry_copy(const gov_meters *meters, const gov_watch_carry *from, gov_watch_carry *to,
                             gov_error *err)
{
    gov_watch_carry c = *from;
    int64_t count = c.episodes.count;
    c.episodes = (gov_episodes){gov_alloc(count, sizeof(gov_episode)), count, count};
    c.counts = gov_alloc_zero(1, sizeof(gov_week_counts));
    if (c.episodes.items == NULL || c.counts == NULL) {
        gov_free(c.episodes.items);
        gov_free(c.counts);
        return gov_fail_memory(err);
    }
    if (count > 0)
        memcpy(c.episodes.items, from->episodes.items, (size_t)count * sizeof(gov_episode));
    if (from->counts != NULL && meters->rules.silence_p > 0)
        *c.counts = *from->counts;
    *to = c;
    return GOV_OK;
}

/* Without the rule `silence` the baseline is of no use and is not kept. */
static void carry_slim(const gov_meters *meters, gov_watch_carry *c)
{
    if (meters->rules.silence_p > 0)
        return;
    gov_free(c->counts);
    c->counts = NULL;
}

static void exempt_half_hours(const gov_home *home, gov_tail *tail, int64_t to)
{
    for (int64_t k = 0; k < home->exempt_count; k++) {
        const gov_exempt *e = &home->exempts[k];
        int64_t from = gov_slot_of(e->from) - tail->first;
        int64_t last = gov_slot_of(e->to - 1) - tail->first;
        for (int64_t i = from > tail->judged ? from : tail->judged; i <= last && i < to; i++)
            tail->exempted[i] |= (uint8_t)(1 << e->kind);
    }
}

/* Judges the half hours of `tail` up to `to`. */
static gov_status judge(const gov_meters *meters, const gov_home *home, gov_tail *tail, int64_t to,
                        gov_watch_carry *carry, gov_error *err)
{
    gov_slots s = slots_of(meters, tail, to);
    gov_slots_settle(&s, tail->judged, to);
    exempt_half_hours(home, tail, to);
    GOV_TRY(gov_watch_stretch(&meters->rules, &s, tail->exempted, tail->judged, tail->silence, carry, err));
    tail->judged = to;
    return GOV_OK;
}

/* Drops the half hours that will not be looked back on, adding their use to the sum before. */
static gov_status drop_old(const gov_meters *meters, gov_tail *tail, gov_watch_carry *carry, gov_error *err)
{
    gov_tail kept;
    gov_slots s = slots_of(meters, tail, tail->judged);
    int64_t from = gov_watch_looks_back(&meters->rules, &s, tail->exempted, tail->silence);
    GOV_TRY(tail_part(tail, from, tail->count - from, &kept, err));
    kept.judged = tail->judged - from;
    for (int64_t i = 0; i < from; i++)
        carry->used += tail->amount[i];
    gov_free(tail->amount);
    *tail = kept;
    return GOV_OK;
}

static void spread_readings(const gov_meters *meters, gov_home *home, const gov_reading *readings,
                            int64_t count)
{
    gov_slots s = slots_of(meters, &home->tail, home->tail.count);
    for (int64_t k = 0; k < count; k++) {
        double use = 0;
        if (home->readings++ > 0) {
            int known =
                gov_register_use(home->last_reading, readings[k].reading, meters->register_size, &use);
            if (readings[k].time - home->last_time > meters->offline_seconds)
                known = 0;
            gov_slots_spread(&s, home->last_time, readings[k].time, use, known ? 1 : 2);
        }
        home->last_time = readings[k].time;
        home->last_reading = readings[k].reading;
    }
}

/* An exemption that is over in the half hour that is judged next says nothing any more. */
static void drop_exempts(gov_home *home)
{
    int64_t next = (home->tail.first + home->tail.judged) * GOV_SLOT_SECONDS;
    int64_t kept = 0;
    for (int64_t k = 0; k < home->exempt_count; k++)
        if (home->exempts[k].to > next)
            home->exempts[kept++] = home->exempts[k];
    home->exempt_count = kept;
}

static gov_status home_copy(const gov_meters *meters, const gov_home *home, int64_t count, gov_home *out,
                            gov_error *err)
{
    gov_home h = *home;
    h.name = gov_copy_text(home->name, -1);
    h.exempts = gov_alloc(home->exempt_count, sizeof(gov_exempt));
    h.tail.amount = NULL;
    h.carry.episodes = (gov_episodes){NULL, 0, 0};
    h.carry.counts = NULL;
    gov_status status = h.name == NULL || h.exempts == NULL ? gov_fail_memory(err) : GOV_OK;
    if (status == GOV_OK && home->exempt_count > 0)
        memcpy(h.exempts, home->exempts, (size_t)home->exempt_count * sizeof(gov_exempt));
    if (status == GOV_OK)
        status = carry_copy(meters, &home->carry, &h.carry, err);
    if (status == GOV_OK)
        status = tail_part(&home->tail, 0, count, &h.tail, err);
    h.tail.judged = home->tail.judged;
    if (status != GOV_OK) {
        gov_home_clear(&h);
        return status;
    }
    *out = h;
    return GOV_OK;
}

gov_status gov_home_take(const gov_meters *meters, const gov_home *home, const gov_reading *readings,
                         int64_t count, gov_home *out, gov_error *err)
{
    gov_home begun = *home;
    gov_home h;
    if (home->readings == 0) {
        begun.tail = (gov_tail){.first = gov_slot_of(readings[0].time)};
        gov_watch_begin(&begun.carry, begun.tail.first, NULL);
    }
    int64_t last = gov_slot_of(readings[count - 1].time) - begun.tail.first;
    GOV_TRY(home_copy(meters, &begun, last + 1, &h, err));
    spread_readings(meters, &h, readings, count);
    gov_status status = judge(meters, &h, &h.tail, last, &h.carry, err);
    if (status == GOV_OK)
        status = drop_old(meters, &h.tail, &h.carry, err);
    carry_slim(meters, &h.carry);
    drop_exempts(&h);
    if (status != GOV_OK) {
        gov_home_clear(&h);
        return status;
    }
    *out = h;
    return GOV_OK;
}

gov_status gov_home_episodes(const gov_meters *meters, const gov_home *home, int64_t now, gov_episodes *out,
                             gov_error *err)
{
    gov_home h;
    if (home->readings == 0) {
        *out = (gov_episodes){NULL, 0, 0};
        return GOV_OK;
    }
    now = now > home->last_time ? now : home->last_time;
    int64_t end = gov_slot_of(now - 1) - home->tail.first + 1;
    end = end > home->tail.judged ? end : home->tail.judged;
    GOV_TRY(home_copy(meters, home, end > home->tail.count ? end : home->tail.count, &h, err));
    gov_slots s = slots_of(meters, &h.tail, end);
    s.last_heard = home->last_time;
    s.now = now;
    gov_status status = judge(meters, home, &h.tail, end, &h.carry, err);
    if (status == GOV_OK)
        status = gov_watch_end(&s, &h.carry, err);
    if (status == GOV_OK) {
        gov_episodes_sort(&h.carry.episodes);
        *out = h.carry.episodes;
        h.carry.episodes = (gov_episodes){NULL, 0, 0};
    }
    gov_home_clear(&h);
    return status;
}
