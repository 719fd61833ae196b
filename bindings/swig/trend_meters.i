// trend_meters.i - very many meters of people who live alone, reading by reading.
%{
#include "govcore/trend/meters.h"
%}
GOV_HANDLE(gov_meters, NativeMeters, gov_meters_free)

%{
static gov_meters_run meters_run(int threads, gov_run *run)
{
    gov_meters_run options = GOV_METERS_RUN_INIT;
    options.threads = threads;
    options.run = run;
    return options;
}
%}

%inline %{
static gov_meters *meters_new(double no_use_limit, int64_t no_use_hours, double too_much_limit, int64_t too_much_hours,
                              int64_t leak_hours, double silence_p, int64_t silence_weeks, int64_t clear_hours,
                              double register_size, int64_t offline_hours, gov_error *err)
{
    gov_watch_options rules = GOV_WATCH_OPTIONS_INIT;
    gov_meters_options options = GOV_METERS_OPTIONS_INIT;
    gov_meters *out = NULL;
    rules.no_use_limit = no_use_limit;
    rules.no_use_hours = no_use_hours;
    rules.too_much_limit = too_much_limit;
    rules.too_much_hours = too_much_hours;
    rules.leak_hours = leak_hours;
    rules.silence_p = silence_p;
    rules.silence_weeks = silence_weeks;
    rules.clear_hours = clear_hours;
    options.rules = &rules;
    options.register_size = register_size;
    options.offline_hours = offline_hours;
    gov_meters_new(&options, &out, err);
    return out;
}

// The rows that were refused.
static gov_table *meters_add(gov_meters *meters, gov_table *readings, int threads, gov_run *run, gov_error *err)
{
    gov_meters_run options = meters_run(threads, run);
    gov_table *refused = NULL;
    gov_meters_add(meters, readings, &options, &refused, err);
    return refused;
}

static void meters_exempt(gov_meters *meters, gov_table *exempts, gov_error *err)
{
    gov_meters_exempt(meters, exempts, err);
}

static gov_table *meters_episodes(gov_meters *meters, int64_t now, int64_t since, int threads, gov_run *run,
                                  gov_error *err)
{
    gov_meters_run options = meters_run(threads, run);
    gov_table *out = NULL;
    gov_meters_episodes(meters, now, since, &options, &out, err);
    return out;
}

static void meters_forget(gov_meters *meters, int64_t before)
{
    gov_meters_forget(meters, before);
}

static int64_t meters_count(gov_meters *meters)
{
    return gov_meters_count(meters);
}

static void meters_save(gov_meters *meters, const char *path, gov_error *err)
{
    gov_meters_save(meters, path, err);
}

static gov_meters *meters_open(const char *path, gov_error *err)
{
    gov_meters *out = NULL;
    gov_meters_open(path, &out, err);
    return out;
}
%}
