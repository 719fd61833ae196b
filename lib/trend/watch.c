/* watch.c - rules over half hours: what holds, what does not, and what cannot be told.
 *
 * Windows slide by half hours with running sums of the amount, of half hours that are unknown or exempt, and of half
 * hours without use, so that a year of one home is a single pass. Sums of amounts are taken anew from prefix sums: a
 * running difference would leave a dust of rounding where there was no use at all. */
#include "base/buffer.h"
#include "base/date.h"
#include "trend/watch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Differences of a register carry its rounding: what lies within a millionth of a limit is on it. */
static const double ON_LIMIT = 1e-6;

typedef enum truth { CANNOT_TELL, HOLDS, DOES_NOT_HOLD } truth;

typedef struct watch {
    const gov_slots *slots;
    const uint8_t *exempted;
    gov_watch_options o;
    gov_watch_carry *carry;
    int64_t *unknown; /* prefix counts: half hours not known */
    int64_t *away;
    int64_t *cleaning;
    int64_t *idle;   /* half hours without use, and coarse ones */
    double *amount;  /* prefix sums */
    double *silence; /* probability of no use in this half hour, by the baseline of that time */
} watch;

/* --- Windows --------------------------------------------------------------------------------------------------- */

/* The window of `hours` that ends with half hour i, as [*from, i]; 0 if it begins before the data. */
static int window(int64_t i, int64_t hours, int64_t *from)
{
    *from = i - hours * GOV_SLOTS_AN_HOUR + 1;
    return *from >= 0;
}

static int64_t counted(const int64_t *prefix, int64_t from, int64_t i)
{
    return prefix[i + 1] - prefix[from];
}

static double used(const watch *w, int64_t from, int64_t i)
{
    double difference = w->amount[i + 1] - w->amount[from];
    return difference > 1e-12 * w->amount[i + 1] ? difference : 0;
}

static truth no_use(const watch *w, int64_t i, gov_episode *e)
{
    if (!window(i, w->o.no_use_hours, &e->began) || counted(w->unknown, e->began, i) > 0)
        return CANNOT_TELL;
    if (counted(w->away, e->began, i) > 0)
        return CANNOT_TELL;
    e->amount = used(w, e->began, i);
    e->limit = w->o.no_use_limit;
    return e->amount < e->limit * (1 - ON_LIMIT) ? HOLDS : DOES_NOT_HOLD;
}

static truth too_much(const watch *w, int64_t i, gov_episode *e)
{
    int64_t from = i - w->o.too_much_hours * GOV_SLOTS_AN_HOUR + 1;
    e->began = from > 0 ? from : 0;
    if (counted(w->cleaning, e->began, i) > 0)
        return CANNOT_TELL;
    e->amount = used(w, e->began, i);
    e->limit = w->o.too_much_limit;
    if (e->amount > e->limit * (1 + ON_LIMIT))
        return HOLDS; /* whatever the unknown half hours held, it was more */
    return from < 0 || counted(w->unknown, e->began, i) > 0 ? CANNOT_TELL : DOES_NOT_HOLD;
}

static truth leak(const watch *w, int64_t i, gov_episode *e)
{
    if (!window(i, w->o.leak_hours, &e->began) || counted(w->unknown, e->began, i) > 0)
        return CANNOT_TELL;
    e->amount = used(w, e->began, i);
    e->limit = 0;
    return counted(w->idle, e->began, i) == 0 ? HOLDS : DOES_NOT_HOLD;
}

/* From the half hour after the last use on: how likely is it that nothing was used since? */
static truth silence(const watch *w, int64_t i, gov_episode *e)
{
    double p = 1;
    if (w->carry->counts->all_seen < (double)(w->o.silence_weeks * GOV_WEEK_SLOTS))
        return CANNOT_TELL;
    if (!w->slots->known[i] || (w->exempted[i] >> GOV_EXEMPT_AWAY & 1) != 0)
        return CANNOT_TELL;
    int64_t from = i + 1;
    while (from > 0 && w->slots->known[from - 1] && (w->exempted[from - 1] >> GOV_EXEMPT_AWAY & 1) == 0 &&
           w->slots->amount[from - 1] == 0 && p >= w->o.silence_p)
        p *= w->silence[--from];
    e->began = from;
    e->amount = 0;
    e->limit = w->o.silence_p;
    return p < w->o.silence_p ? HOLDS : DOES_NOT_HOLD;
}

/* --- Episodes -------------------------------------------------------------------------------------------------- */

static gov_status open_episode(gov_watch_carry *c, gov_episode e, gov_error *err)
{
    void *items = c->episodes.items;
    GOV_TRY(gov_grow(&items, &c->episodes.capacity, c->episodes.count + 1, sizeof(gov_episode), err));
    c->episodes.items = items;
    c->episodes.items[c->episodes.count++] = e;
    return GOV_OK;
}

/* Moves one rule on by half hour i. `e` says since when and with what amount the rule holds. */
static gov_status follow(watch *w, truth t, int64_t i, gov_episode e, gov_error *err)
{
    gov_watch_carry *c = w->carry;
    int64_t now = w->slots->first + i;
    if (t == HOLDS) {
        c->quiet[e.rule] = INT64_MIN;
        e.began += w->slots->first;
        e.raised = now + 1;
        if (c->open[e.rule] >= 0)
            return GOV_OK;
        c->open[e.rule] = c->episodes.count;
        return open_episode(c, e, err);
    }
    if (t == CANNOT_TELL || c->open[e.rule] < 0)
        return GOV_OK;
    if (c->quiet[e.rule] == INT64_MIN)
        c->quiet[e.rule] = now;
    if (now - c->quiet[e.rule] + 1 >= w->o.clear_hours * GOV_SLOTS_AN_HOUR) {
        c->episodes.items[c->open[e.rule]].ended = now + 1;
        c->open[e.rule] = -1;
        c->quiet[e.rule] = INT64_MIN;
    }
    return GOV_OK;
}

/* Half hours that are a week old join the personal baseline: the silence that is judged is not among them. */
static void learn(watch *w, int64_t i)
{
    int64_t old = i - GOV_WEEK_SLOTS;
    if (old >= 0 && w->slots->known[old] && w->exempted[old] == 0)
        gov_week_add(w->carry->counts, w->slots->first + old, w->slots->amount[old] > 0);
    w->silence[i] = 1 - gov_week_rate(w->carry->counts, gov_week_slot(w->slots->first + i));
}

static gov_status follow_rules(watch *w, int64_t i, gov_error *err)
{
    static truth (*const tests[])(const watch *, int64_t, gov_episode *) = {no_use, silence, too_much, leak};
    const int on[] = {w->o.no_use_hours > 0, w->o.silence_p > 0, w->o.too_much_hours > 0,
                      w->o.leak_hours > 0};
    for (int r = GOV_RULE_NO_USE; r <= GOV_RULE_LEAK; r++) {
        gov_episode e = {.rule = (gov_rule)r, .ended = INT64_MAX};
        if (!on[r])
            continue;
        truth t = tests[r](w, i, &e);
        GOV_TRY(follow(w, t, i, e, err));
    }
    return GOV_OK;
}

/* A silence of the device from half hour `heard` on. */
static gov_status add_offline(const gov_slots *s, gov_watch_carry *c, int64_t ended, gov_error *err)
{
    int64_t need = s->offline_seconds / GOV_SLOT_SECONDS;
    gov_episode e = {GOV_RULE_OFFLINE, c->heard, c->heard + need, ended, NAN, (double)need / 2};
    return open_episode(c, e, err);
}

/* Runs of half hours without any reading for longer than the device may be silent. A reset is no silence. */
static gov_status follow_device(const gov_slots *s, int64_t i, gov_watch_carry *c, gov_error *err)
{
    int64_t now = s->first + i;
    if (!s->known[i])
        return GOV_OK;
    if (now - c->heard >= s->offline_seconds / GOV_SLOT_SECONDS)
        GOV_TRY(add_offline(s, c, now, err));
    c->heard = now + 1;
    return GOV_OK;
}

gov_status gov_watch_end(const gov_slots *slots, gov_watch_carry *carry, gov_error *err)
{
    int64_t silent = slots->first + slots->count - carry->heard;
    if (silent >= slots->offline_seconds / GOV_SLOT_SECONDS &&
        slots->now - slots->last_heard > slots->offline_seconds)
        return add_offline(slots, carry, INT64_MAX, err);
    return GOV_OK;
}

/* By beginning, then by rule: the order in which a person would read them. */
static int compare_episodes(const void *a, const void *b)
{
    const gov_episode *x = a;
    const gov_episode *y = b;
    if (x->raised != y->raised)
        return x->raised < y->raised ? -1 : 1;
    return (int)x->rule - (int)y->rule;
}

void gov_episodes_sort(gov_episodes *episodes)
{
    if (episodes->count > 0)
        qsort(episodes->items, (size_t)episodes->count, sizeof(gov_episode), compare_episodes);
}

/* --- Course ---------------------------------------------------------------------------------------------------- */

static void add_prefixes(watch *w)
{
    const gov_slots *s = w->slots;
    w->amount[0] = w->carry->used;
    for (int64_t i = 0; i < s->count; i++) {
        w->unknown[i + 1] = w->unknown[i] + !s->known[i];
        w->away[i + 1] = w->away[i] + (w->exempted[i] >> GOV_EXEMPT_AWAY & 1);
        w->cleaning[i + 1] = w->cleaning[i] + (w->exempted[i] >> GOV_EXEMPT_CLEANING & 1);
        w->idle[i + 1] = w->idle[i] + (s->amount[i] <= 0 || s->coarse[i]);
        w->amount[i + 1] = w->amount[i] + s->amount[i];
    }
}

void gov_watch_begin(gov_watch_carry *carry, int64_t first, gov_week_counts *counts)
{
    *carry = (gov_watch_carry){.counts = counts, .heard = first};
    for (int r = 0; r < GOV_RULE_COUNT; r++) {
        carry->open[r] = -1;
        carry->quiet[r] = INT64_MIN;
    }
}

gov_status gov_watch_stretch(const gov_watch_options *settled, const gov_slots *slots,
                             const uint8_t *exempted, int64_t from, double *silence, gov_watch_carry *carry,
                             gov_error *err)
{
    watch w = {.slots = slots, .exempted = exempted, .o = *settled, .carry = carry, .silence = silence};
    int64_t n = slots->count + 1;
    int64_t *counts = gov_alloc_zero(4 * n, sizeof(int64_t));
    w.amount = gov_alloc(n, sizeof(double));
    gov_status status = counts == NULL || w.amount == NULL ? gov_fail_memory(err) : GOV_OK;
    w.unknown = counts;
    if (status == GOV_OK) {
        w.away = counts + n;
        w.cleaning = counts + 2 * n;
        w.idle = counts + 3 * n;
        add_prefixes(&w);
    }
    for (int64_t i = from; status == GOV_OK && i < slots->count; i++) {
        learn(&w, i);
        status = follow_rules(&w, i, err);
        if (status == GOV_OK)
            status = follow_device(slots, i, carry, err);
    }
    gov_free(counts);
    gov_free(w.amount);
    return status;
}

int64_t gov_watch_looks_back(const gov_watch_options *settled, const gov_slots *slots,
                             const uint8_t *exempted, const double *silence)
{
    int64_t hours = settled->no_use_hours;
    hours = settled->too_much_hours > hours ? settled->too_much_hours : hours;
    hours = settled->leak_hours > hours ? settled->leak_hours : hours;
    int64_t from = slots->count - (hours > 0 ? hours : 0) * GOV_SLOTS_AN_HOUR;
    if (settled->silence_p > 0) {
        int64_t i = slots->count;
        double p = 1;
        while (i > 0 && slots->known[i - 1] && (exempted[i - 1] >> GOV_EXEMPT_AWAY & 1) == 0 &&
               slots->amount[i - 1] == 0 && p >= settled->silence_p)
            p *= silence[--i];
        from = i < from ? i : from;
        from = slots->count - GOV_WEEK_SLOTS < from ? slots->count - GOV_WEEK_SLOTS : from;
    }
    return from > 0 ? from : 0;
}

/* --- Table ----------------------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    const char *about;
} RULES[] = {{"no_use", "person"},
             {"silence", "person"},
             {"too_much", "person"},
             {"leak", "home"},
             {"offline", "device"}};

static void write_time(char out[33], int64_t slot)
{
    gov_time_format(slot * GOV_SLOT_SECONDS * INT64_C(1000000), out, 33);
    out[16] = 0; /* to the minute */
    out[10] = ' ';
}

static void write_text(gov_buffer *b, const gov_episode *e, int zh)
{
    char began[33];
    write_time(began, e->began);
    double hours = (double)(e->raised - e->began) / GOV_SLOTS_AN_HOUR;
    switch (e->rule) {
    case GOV_RULE_NO_USE:
        gov_buffer_format(b,
                          zh ? "自 %s 起 %g 小时用量 %.3g，低于 %g：请联系本人。"
                             : "From %s on, %g hours with a use of %.3g, under %g: please get in touch.",
                          began, hours, e->amount, e->limit);
        break;
    case GOV_RULE_SILENCE:
        gov_buffer_format(b,
                          zh ? "自 %s 起 %g 小时没有用量，与本人平时不同（概率低于 %g）：请联系本人。"
                             : "From %s on, %g hours without use, unlike other weeks (probability under %g): "
                               "please get in touch.",
                          began, hours, e->limit);
        break;
    case GOV_RULE_TOO_MUCH:
        gov_buffer_format(b,
                          zh ? "自 %s 起 %g 小时用量 %.3g，高于 %g：请询问原因。"
                             : "From %s on, %g hours with a use of %.3g, over %g: please ask why.",
                          began, hours, e->amount, e->limit);
        break;
    case GOV_RULE_LEAK:
        gov_buffer_format(
            b,
            zh ? "自 %s 起 %g 小时内每半小时都有用量（共 %.3g）：可能漏水。"
               : "From %s on, use in every half hour of %g hours (%.3g in all): perhaps a leak.",
            began, hours, e->amount);
        break;
    default:
        gov_buffer_format(b,
                          zh ? "自 %s 起设备超过 %g 小时没有读数：请检查设备。"
                             : "From %s on, no reading for more than %g hours: please check the device.",
                          began, e->limit);
    }
}

static gov_status add_times(gov_table_builder *b, const gov_episode *e, int64_t at, gov_error *err)
{
    GOV_TRY(gov_table_builder_int64(b, at, e->began * GOV_SLOT_SECONDS, err));
    GOV_TRY(gov_table_builder_int64(b, at + 1, e->raised * GOV_SLOT_SECONDS, err));
    return e->ended == INT64_MAX ? gov_table_builder_null(b, at + 2, err)
                                 : gov_table_builder_int64(b, at + 2, e->ended * GOV_SLOT_SECONDS, err);
}

static gov_status add_texts(gov_table_builder *b, const gov_episode *e, int64_t at, gov_error *err)
{
    for (int zh = 0; zh < 2; zh++) {
        gov_buffer text = GOV_BUFFER_INIT;
        write_text(&text, e, zh);
        gov_status status = text.broken
                                ? gov_fail_memory(err)
                                : gov_table_builder_text(b, at + (zh ? 0 : 1), text.data, text.size, err);
        gov_buffer_clear(&text);
        GOV_TRY(status);
    }
    return GOV_OK;
}

static gov_status add_episode(gov_table_builder *b, const gov_episode *e, int64_t at, gov_error *err)
{
    GOV_TRY(gov_table_builder_text(b, at, RULES[e->rule].name, -1, err));
    GOV_TRY(gov_table_builder_text(b, at + 1, RULES[e->rule].about, -1, err));
    GOV_TRY(add_times(b, e, at + 2, err));
    GOV_TRY(isnan(e->amount) ? gov_table_builder_null(b, at + 5, err)
                             : gov_table_builder_double(b, at + 5, e->amount, err));
    GOV_TRY(gov_table_builder_double(b, at + 6, e->limit, err));
    return add_texts(b, e, at + 7, err);
}

static gov_status add_columns(gov_table_builder *b, int named, gov_error *err)
{
    static const struct {
        const char *name;
        gov_type type;
    } columns[] = {{"meter", GOV_TYPE_UTF8},       {"rule", GOV_TYPE_UTF8},
                   {"about", GOV_TYPE_UTF8},       {"began", GOV_TYPE_TIMESTAMP},
                   {"raised", GOV_TYPE_TIMESTAMP}, {"ended", GOV_TYPE_TIMESTAMP},
                   {"amount", GOV_TYPE_FLOAT64},   {"limit", GOV_TYPE_FLOAT64},
                   {"text_zh", GOV_TYPE_UTF8},     {"text_en", GOV_TYPE_UTF8}};
    for (size_t c = named ? 0 : 1; c < sizeof(columns) / sizeof(columns[0]); c++)
        GOV_TRY(gov_table_builder_add(b, columns[c].name, columns[c].type,
                                      columns[c].type == GOV_TYPE_TIMESTAMP ? "s:" : NULL, err));
    return GOV_OK;
}

gov_status gov_episodes_table(const gov_episodes *episodes, const char *const *names, gov_table **out,
                              gov_error *err)
{
    gov_table_builder *b = NULL;
    GOV_TRY(gov_table_builder_new(&b, err));
    gov_status status = add_columns(b, names != NULL, err);
    for (int64_t i = 0; status == GOV_OK && i < episodes->count; i++) {
        if (names != NULL)
            status = gov_table_builder_text(b, 0, names[i], -1, err);
        if (status == GOV_OK)
            status = add_episode(b, &episodes->items[i], names != NULL, err);
    }
    if (status == GOV_OK)
        status = gov_table_builder_finish(b, out, err);
    gov_table_builder_free(b);
    return status;
}

/* --- Options --------------------------------------------------------------------------------------------------- */

static int64_t or_else(int64_t given, int64_t usual)
{
    return given == 0 ? usual : given;
}

gov_status gov_watch_settle(const gov_watch_options *options, gov_watch_options *out, gov_error *err)
{
    static const gov_watch_options none = GOV_WATCH_OPTIONS_INIT;
    gov_watch_options o = options == NULL ? none : *options;
    o.no_use_limit = o.no_use_limit == 0 ? 0.01 : o.no_use_limit;
    o.too_much_limit = o.too_much_limit == 0 ? 2 : o.too_much_limit;
    o.no_use_hours = or_else(o.no_use_hours, 12);
    o.too_much_hours = or_else(o.too_much_hours, 24);
    o.leak_hours = or_else(o.leak_hours, 24);
    o.silence_weeks = or_else(o.silence_weeks, 4);
    o.clear_hours = or_else(o.clear_hours, 2);
    const int64_t hours[] = {o.no_use_hours, o.too_much_hours, o.leak_hours};
    for (int i = 0; i < 3; i++)
        if (hours[i] < -1 || hours[i] > 100000)
            return gov_fail(err, GOV_E_ARGUMENT, "the hours of a rule are 1 or more, or -1: off");
    if (!(o.no_use_limit > 0) || !(o.too_much_limit > 0) || o.clear_hours < 1 || o.silence_weeks < 1)
        return gov_fail(err, GOV_E_ARGUMENT, "limits, clear_hours and silence_weeks must be above 0");
    if (!(o.silence_p >= 0 && o.silence_p < 1))
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("silence_p"),
                           "silence_p must lie between 0 and 1");
    *out = o;
    return GOV_OK;
}

gov_status gov_watch_preset(const char *name, gov_watch_options *options, gov_error *err)
{
    static const struct {
        const char *name;
        gov_watch_options o;
    } presets[] = {
        {"jiangsulu", {sizeof(gov_watch_options), 0.01, 12, 0, -1, -1, 0, 0, 0}},
        {"daning", {sizeof(gov_watch_options), 0.01, 24, 2, 24, -1, 0, 0, 0}},
        {"longgang", {sizeof(gov_watch_options), 0.01, 12, 0, -1, 24, 0, 0, 0}},
        {"taicang", {sizeof(gov_watch_options), 0.01, 24, 0, -1, -1, 0, 0, 0}},
        {"liaocheng", {sizeof(gov_watch_options), 0.01, 24, 1, 24, -1, 0, 0, 0}},
        {"door", {sizeof(gov_watch_options), 1, 24, 0, -1, -1, 0, 0, 0}},
        {"infrared", {sizeof(gov_watch_options), 1, 24, 0, -1, -1, 0, 0, 0}},
    };
    if (name == NULL || options == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "a preset needs its name and a place for it");
    for (size_t i = 0; i < sizeof(presets) / sizeof(presets[0]); i++) {
        if (strcmp(presets[i].name, name) == 0) {
            *options = presets[i].o;
            return GOV_OK;
        }
    }
    return gov_fail_at(err, GOV_E_UNKNOWN_NAME, GOV_AT_NAME(name),
                       "known rules: jiangsulu, daning, longgang, taicang, liaocheng, door, infrared");
}

static gov_status watch_all(const gov_slots *slots, const gov_watch_options *o, const uint8_t *exempted,
                            gov_table **out, gov_error *err)
{
    gov_watch_carry carry;
    double *silence = gov_alloc(slots->count, sizeof(double));
    gov_week_counts *counts = gov_alloc_zero(1, sizeof(*counts));
    gov_status status = silence == NULL || counts == NULL ? gov_fail_memory(err) : GOV_OK;
    gov_watch_begin(&carry, slots->first, counts);
    if (status == GOV_OK)
        status = gov_watch_stretch(o, slots, exempted, 0, silence, &carry, err);
    if (status == GOV_OK)
        status = gov_watch_end(slots, &carry, err);
    if (status == GOV_OK) {
        gov_episodes_sort(&carry.episodes);
        status = gov_episodes_table(&carry.episodes, NULL, out, err);
    }
    gov_free(carry.episodes.items);
    gov_free(silence);
    gov_free(counts);
    return status;
}

gov_status gov_watch(const gov_slots *slots, const gov_exempts *exempts, const gov_watch_options *options,
                     gov_table **out, gov_error *err)
{
    uint8_t *exempted = NULL;
    gov_watch_options o;
    if (slots == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "slots and out must not be NULL");
    GOV_TRY(gov_watch_settle(options, &o, err));
    GOV_TRY(gov_slots_exempted(slots, exempts, &exempted, err));
    gov_status status = watch_all(slots, &o, exempted, out, err);
    gov_free(exempted);
    return status;
}
