// trend_sensors.i - meters and sensors of people who live alone.
%{
#include "govcore/trend/sensors.h"
%}
GOV_HANDLE(gov_slots, NativeSlots, gov_slots_free)
GOV_VALUE(gov_watch_options, NativeWatchRules)
GOV_HEADER("govcore/trend/sensors.h")

%{
static gov_slots_options slots_options(double register_size, int64_t offline_hours, int64_t now)
{
    gov_slots_options options = GOV_SLOTS_OPTIONS_INIT;
    options.register_size = register_size;
    options.offline_hours = offline_hours;
    options.now = now;
    return options;
}

static gov_status exempts_of(in_int64s from, in_int64s to, in_bytes kind, gov_exempts *exempts, gov_error *err)
{
    *exempts = (gov_exempts)GOV_EXEMPTS_INIT;
    exempts->count = from.n;
    exempts->from = from.data;
    exempts->to = to.data;
    exempts->kind = kind.data;
    if (to.n != from.n || kind.n != from.n)
        refuse(err, "exemptions have a beginning, an end and a kind each");
    return err->code;
}
%}

%inline %{
static gov_slots *slots_of_register(in_int64s times, in_doubles readings, double register_size,
                                    int64_t offline_hours, int64_t now, gov_error *err)
{
    gov_slots_options options = slots_options(register_size, offline_hours, now);
    gov_slots *out = NULL;
    if (times.n != readings.n)
        refuse(err, "times and readings must be of one length");
    else
        gov_slots_of_register(times.data, readings.data, times.n, &options, &out, err);
    return out;
}

static gov_slots *slots_of_events(in_int64s events, in_int64s alive, int64_t offline_hours, int64_t now,
                                  gov_error *err)
{
    gov_slots_options options = slots_options(0.0, offline_hours, now);
    gov_slots *out = NULL;
    gov_slots_of_events(events.data, events.n, alive.data, alive.n, &options, &out, err);
    return out;
}

static int64_t slots_count(gov_slots *slots)
{
    return gov_slots_count(slots);
}

static int64_t slots_first(gov_slots *slots)
{
    return gov_slots_first(slots);
}

static int64_t slots_resets(gov_slots *slots)
{
    return gov_slots_resets(slots);
}

static void slots_copy(gov_slots *slots, out_doubles amounts, out_bytes known, gov_error *err)
{
    if (amounts.n != gov_slots_count(slots) || known.n != gov_slots_count(slots))
        refuse(err, "the arrays must have one item a half hour");
    else
        gov_slots_copy(slots, amounts.data, known.data);
}

static void watch_preset(const char *name, gov_watch_options *rules, gov_error *err)
{
    gov_watch_options filled = GOV_WATCH_OPTIONS_INIT;
    if (gov_watch_preset(name, &filled, err) == GOV_OK)
        *rules = filled;
}

static gov_table *slots_watch(gov_slots *slots, in_int64s exempt_from, in_int64s exempt_to, in_bytes exempt_kind,
                              double no_use_limit, int64_t no_use_hours, double too_much_limit,
                              int64_t too_much_hours, int64_t leak_hours, double silence_p, int64_t silence_weeks,
                              int64_t clear_hours, gov_error *err)
{
    gov_watch_options rules = GOV_WATCH_OPTIONS_INIT;
    gov_exempts exempts;
    gov_table *out = NULL;
    rules.no_use_limit = no_use_limit;
    rules.no_use_hours = no_use_hours;
    rules.too_much_limit = too_much_limit;
    rules.too_much_hours = too_much_hours;
    rules.leak_hours = leak_hours;
    rules.silence_p = silence_p;
    rules.silence_weeks = silence_weeks;
    rules.clear_hours = clear_hours;
    if (exempts_of(exempt_from, exempt_to, exempt_kind, &exempts, err) == GOV_OK)
        gov_watch(slots, &exempts, &rules, &out, err);
    return out;
}
%}
