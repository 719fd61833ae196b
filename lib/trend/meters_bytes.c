/* meters_bytes.c - the form of a stored state of meters. */
#include "trend/bytes.h"
#include "trend/meters.h"

#include <math.h>
#include <string.h>

static const char MAGIC[] = "GOVMETER";
static const int64_t FAR = INT64_C(1) << 40; /* further than any time in half hours or seconds */

static void rules_of(gov_bytes *s, gov_meters *m)
{
    gov_watch_options *o = &m->rules;
    gov_bytes_finite(s, &o->no_use_limit);
    gov_bytes_bounded(s, &o->no_use_hours, -1, 100000);
    gov_bytes_finite(s, &o->too_much_limit);
    gov_bytes_bounded(s, &o->too_much_hours, -1, 100000);
    gov_bytes_bounded(s, &o->leak_hours, -1, 100000);
    gov_bytes_finite(s, &o->silence_p);
    gov_bytes_bounded(s, &o->silence_weeks, 1, 100000);
    gov_bytes_bounded(s, &o->clear_hours, 1, 100000);
    gov_bytes_finite(s, &m->register_size);
    gov_bytes_bounded(s, &m->offline_seconds, 3600, INT64_C(3600) * 100000);
}

/* Flags of a half hour in one byte: known in bits 0 and 1, coarse in bit 2, the exemptions behind. */
static void half_hour(gov_bytes *s, gov_tail *t, int64_t i, int with_silence)
{
    uint8_t flags = (uint8_t)(t->known[i] | t->coarse[i] << 2 | t->exempted[i] << 3);
    gov_bytes_raw(s, &flags, 1);
    gov_bytes_finite(s, &t->amount[i]);
    if (with_silence)
        gov_bytes_finite(s, &t->silence[i]);
    if (s->in == NULL)
        return;
    t->known[i] = flags & 3;
    t->coarse[i] = flags >> 2 & 1;
    t->exempted[i] = flags >> 3;
    s->broken |=
        t->known[i] > 2 || (t->exempted[i] & ~(1 << GOV_EXEMPT_AWAY | 1 << GOV_EXEMPT_CLEANING)) != 0;
}

static gov_status tail_of(gov_bytes *s, gov_tail *t, int with_silence, gov_error *err)
{
    int64_t first = t->first;
    int64_t count = t->count;
    int64_t judged = t->judged;
    gov_bytes_bounded(s, &first, -FAR, FAR);
    gov_bytes_bounded(s, &count, 0, s->in != NULL ? s->end - s->size : INT64_MAX);
    gov_bytes_bounded(s, &judged, 0, count);
    if (s->broken)
        return gov_bytes_damaged(err);
    if (s->in != NULL) {
        GOV_TRY(gov_tail_new(first, count, t, err));
        t->judged = judged;
    }
    for (int64_t i = 0; i < count; i++)
        half_hour(s, t, i, with_silence);
    return s->broken ? gov_bytes_damaged(err) : GOV_OK;
}

static void episode_of(gov_bytes *s, gov_episode *e)
{
    int has_amount = !isnan(e->amount);
    int lasts = e->ended == INT64_MAX;
    double amount = has_amount ? e->amount : 0;
    int64_t ended = lasts ? 0 : e->ended;
    GOV_BYTES_CHOICE(s, e->rule, gov_rule, 0, GOV_RULE_COUNT - 1);
    gov_bytes_bounded(s, &e->began, -FAR, FAR);
    gov_bytes_bounded(s, &e->raised, -FAR, FAR);
    GOV_BYTES_CHOICE(s, lasts, int, 0, 1);
    gov_bytes_bounded(s, &ended, -FAR, FAR);
    GOV_BYTES_CHOICE(s, has_amount, int, 0, 1);
    gov_bytes_finite(s, &amount);
    gov_bytes_finite(s, &e->limit);
    e->ended = lasts ? INT64_MAX : ended;
    e->amount = has_amount ? amount : NAN;
}

static gov_status episodes_of(gov_bytes *s, gov_episodes *all, gov_error *err)
{
    int64_t count = all->count;
    gov_bytes_bounded(s, &count, 0, s->in != NULL ? (s->end - s->size) / 16 : INT64_MAX);
    if (s->broken)
        return gov_bytes_damaged(err);
    if (s->in != NULL) {
        *all = (gov_episodes){gov_alloc_zero(count, sizeof(gov_episode)), count, count};
        if (all->items == NULL)
            return gov_fail_memory(err);
    }
    for (int64_t i = 0; i < count; i++)
        episode_of(s, &all->items[i]);
    return s->broken ? gov_bytes_damaged(err) : GOV_OK;
}

static gov_status counts_of(gov_bytes *s, gov_week_counts **counts, gov_error *err)
{
    int there = *counts != NULL;
    GOV_BYTES_CHOICE(s, there, int, 0, 1);
    if (s->in != NULL && there) {
        *counts = gov_alloc_zero(1, sizeof(**counts));
        if (*counts == NULL)
            return gov_fail_memory(err);
    }
    for (int i = 0; there && i < GOV_WEEK_SLOTS; i++) {
        gov_bytes_finite(s, &(*counts)->used[i]);
        gov_bytes_finite(s, &(*counts)->seen[i]);
    }
    if (there) {
        gov_bytes_finite(s, &(*counts)->all_used);
        gov_bytes_finite(s, &(*counts)->all_seen);
    }
    return s->broken ? gov_bytes_damaged(err) : GOV_OK;
}

static gov_status carry_of(gov_bytes *s, gov_watch_carry *c, gov_error *err)
{
    gov_bytes_finite(s, &c->used);
    gov_bytes_bounded(s, &c->heard, -FAR, FAR);
    GOV_TRY(episodes_of(s, &c->episodes, err));
    for (int r = 0; r < GOV_RULE_COUNT; r++) {
        int quiet = c->quiet[r] != INT64_MIN;
        int64_t since = quiet ? c->quiet[r] : 0;
        gov_bytes_bounded(s, &c->open[r], -1, c->episodes.count - 1);
        GOV_BYTES_CHOICE(s, quiet, int, 0, 1);
        gov_bytes_bounded(s, &since, -FAR, FAR);
        c->quiet[r] = quiet ? since : INT64_MIN;
    }
    return counts_of(s, &c->counts, err);
}

static gov_status exempts_of(gov_bytes *s, gov_home *h, gov_error *err)
{
    int64_t count = h->exempt_count;
    gov_bytes_bounded(s, &count, 0, s->in != NULL ? (s->end - s->size) / 16 : INT64_MAX);
    if (s->broken)
        return gov_bytes_damaged(err);
    if (s->in != NULL) {
        h->exempts = gov_alloc_zero(count, sizeof(gov_exempt));
        if (h->exempts == NULL)
            return gov_fail_memory(err);
        h->exempt_count = count;
    }
    for (int64_t i = 0; i < count; i++) {
        gov_bytes_bounded(s, &h->exempts[i].from, -FAR, FAR);
        gov_bytes_bounded(s, &h->exempts[i].to, h->exempts[i].from + 1, FAR);
        GOV_BYTES_CHOICE(s, h->exempts[i].kind, uint8_t, GOV_EXEMPT_AWAY, GOV_EXEMPT_CLEANING);
    }
    return s->broken ? gov_bytes_damaged(err) : GOV_OK;
}

static gov_status name_of(gov_bytes *s, gov_home *h, gov_error *err)
{
    int64_t size = 0;
    if (s->in == NULL) {
        gov_bytes_put_text(s, h->name, (int64_t)strlen(h->name));
        return GOV_OK;
    }
    const char *name = gov_bytes_take_text(s, &size);
    if (name == NULL || memchr(name, 0, (size_t)size) != NULL)
        return gov_bytes_damaged(err);
    h->name = gov_copy_text(name, size);
    return h->name == NULL ? gov_fail_memory(err) : GOV_OK;
}

/* What the parts of a home say of each other: the half hour of its last reading is the one that is kept and not judged. */
static int agrees(const gov_home *h, int with_silence)
{
    const gov_tail *t = &h->tail;
    if (h->readings == 0)
        return t->count == 0;
    int whole = t->count == t->judged + 1 && t->first + t->judged == gov_slot_of(h->last_time);
    for (int64_t i = 0; i < t->judged; i++)
        whole = whole && t->known[i] < 2;
    return whole && h->carry.heard <= t->first + t->judged && (h->carry.counts != NULL) == with_silence;
}

static gov_status home_of(gov_bytes *s, const gov_meters *m, gov_home *h, gov_error *err)
{
    int with_silence = m->rules.silence_p > 0;
    GOV_TRY(name_of(s, h, err));
    gov_bytes_bounded(s, &h->readings, 0, INT64_MAX);
    gov_bytes_bounded(s, &h->last_time, -FAR, FAR);
    gov_bytes_finite(s, &h->last_reading);
    GOV_TRY(tail_of(s, &h->tail, with_silence, err));
    GOV_TRY(carry_of(s, &h->carry, err));
    GOV_TRY(exempts_of(s, h, err));
    if (s->in != NULL && !agrees(h, with_silence))
        return gov_bytes_damaged(err);
    return s->broken ? gov_bytes_damaged(err) : GOV_OK;
}

static gov_status body(gov_bytes *s, void *thing, gov_error *err)
{
    gov_meters *m = thing;
    int64_t count = m->count;
    rules_of(s, m);
    gov_bytes_bounded(s, &count, 0, s->in != NULL ? (s->end - s->size) / 64 : INT64_MAX);
    if (s->broken)
        return gov_bytes_damaged(err);
    if (s->in != NULL) {
        m->homes = gov_alloc_zero(count, sizeof(gov_home));
        if (m->homes == NULL)
            return gov_fail_memory(err);
        m->count = m->capacity = count;
    }
    for (int64_t i = 0; i < count; i++)
        GOV_TRY(home_of(s, m, &m->homes[i], err));
    return GOV_OK;
}

gov_status gov_meters_encode(const gov_meters *meters, gov_text **out, gov_error *err)
{
    if (meters == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "meters and out must not be NULL");
    gov_meters copy = *meters; /* of the handle: writing gives its fields back to it */
    return gov_bytes_frame(MAGIC, GOV_METERS_VERSION, body, &copy, out, err);
}

gov_status gov_meters_decode(const void *bytes, int64_t size, gov_meters **out, gov_error *err)
{
    gov_bytes s;
    if (out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "out must not be NULL");
    GOV_TRY(gov_bytes_open(MAGIC, GOV_METERS_VERSION, bytes, size, &s, err));
    gov_meters *meters = gov_alloc_zero(1, sizeof(*meters));
    if (meters == NULL)
        return gov_fail_memory(err);
    gov_status status = body(&s, meters, err);
    if (status == GOV_OK && s.size != s.end)
        status = gov_bytes_damaged(err);
    if (status == GOV_OK &&
        (!(meters->rules.silence_p >= 0 && meters->rules.silence_p < 1) || meters->register_size < 0))
        status = gov_bytes_damaged(err);
    if (status != GOV_OK) {
        gov_meters_free(meters);
        return status;
    }
    *out = meters;
    return GOV_OK;
}

gov_status gov_meters_save(const gov_meters *meters, const char *path, gov_error *err)
{
    gov_text *bytes = NULL;
    GOV_TRY(gov_meters_encode(meters, &bytes, err));
    return gov_bytes_save(bytes, path, err);
}

gov_status gov_meters_open(const char *path, gov_meters **out, gov_error *err)
{
    char *bytes = NULL;
    int64_t size = 0;
    GOV_TRY(gov_bytes_load(path, &bytes, &size, err));
    gov_status status = gov_meters_decode(bytes, size, out, err);
    gov_free(bytes);
    return gov_bytes_of_file(status, path, err);
}
