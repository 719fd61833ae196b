// need_whatif.i - budgets under other lines, sensitivity to weights, and changes of measures over time.
%{
#include "govcore/need/budget.h"
#include "govcore/need/sensitivity.h"
%}
GOV_HANDLE(gov_need_sensitivity, NativeSensitivity, gov_need_sensitivity_free)
GOV_HEADER("govcore/need/budget.h")
GOV_HEADER("govcore/need/sensitivity.h")

%{
// as_of, preset, params, at, tier, amounts, line.
static gov_need_lines lines_of(const gov_need_model *model, in_texts texts)
{
    gov_need_lines lines = GOV_NEED_LINES_INIT;
    lines.model = model;
    lines.as_of = texts.data[0];
    lines.preset = texts.data[1];
    lines.params = texts.data[2];
    lines.at = texts.data[3];
    lines.tier = texts.data[4];
    lines.amounts = texts.data[5];
    lines.line = texts.data[6];
    return lines;
}
%}

%inline %{
static gov_table *need_budget(gov_need_model *now, in_texts now_texts, gov_need_model *next, in_texts next_texts,
                              gov_table *households, int threads, const char *as_of, const char *preset,
                              const char *params, int depth, int nan_is_missing, gov_table *members, gov_run *run,
                              const char *by, const char *income, const char *persons, gov_error *err)
{
    gov_need_options scoring =
        need_options(threads, as_of, preset, params, depth, nan_is_missing, members, run);
    gov_need_budget_options options = GOV_NEED_BUDGET_OPTIONS_INIT;
    gov_table *out = NULL;
    if (now_texts.n != 7 || next_texts.n != 7) {
        refuse(err, "a set of lines has seven texts");
        return NULL;
    }
    gov_need_lines a = lines_of(now, now_texts);
    gov_need_lines b = lines_of(next, next_texts);
    options.by = by;
    options.income = income;
    options.persons = persons;
    gov_need_budget(&a, &b, households, &scoring, &options, &out, err);
    return out;
}

static gov_need_sensitivity *need_sensitivity(gov_need_model *model, gov_table *households, int threads,
                                              const char *as_of, const char *preset, const char *params,
                                              int nan_is_missing, gov_table *members, gov_run *run, int draws,
                                              int64_t seed, double concentration, double level, int high,
                                              const char *delta, const char *by, const char *weight,
                                              const char *k, gov_error *err)
{
    gov_need_options scoring = need_options(threads, as_of, preset, params, 0, nan_is_missing, members, run);
    gov_need_sensitivity_options options = GOV_NEED_SENSITIVITY_OPTIONS_INIT;
    gov_need_sensitivity *out = NULL;
    options.draws = draws;
    options.seed = (uint64_t)seed;
    options.concentration = concentration;
    options.level = level;
    options.high = high;
    options.delta = delta;
    options.by = by;
    options.weight = weight;
    options.k = k;
    gov_need_sensitivity_of(model, households, &scoring, &options, &out, err);
    return out;
}

static gov_table *sensitivity_tiers(gov_need_sensitivity *sensitivity)
{
    return gov_table_retain(gov_need_sensitivity_tiers(sensitivity));
}

static gov_table *sensitivity_groups(gov_need_sensitivity *sensitivity)
{
    return gov_table_retain(gov_need_sensitivity_groups(sensitivity));
}

static gov_table *sensitivity_agreement(gov_need_sensitivity *sensitivity)
{
    return gov_table_retain(gov_need_sensitivity_agreement(sensitivity));
}

static gov_table *sensitivity_indicators(gov_need_sensitivity *sensitivity)
{
    return gov_table_retain(gov_need_sensitivity_indicators(sensitivity));
}

static gov_table *sensitivity_cutoffs(gov_need_sensitivity *sensitivity)
{
    return gov_table_retain(gov_need_sensitivity_cutoffs(sensitivity));
}

static gov_table *need_measure_merge(gov_table *parts, gov_error *err)
{
    gov_table *out = NULL;
    gov_need_measure_merge(parts, &out, err);
    return out;
}

static gov_table *measures_change_indicators(gov_need_measures *from, gov_need_measures *to, double years,
                                             gov_error *err)
{
    gov_table *out = NULL;
    gov_need_measures_change_indicators(from, to, years, &out, err);
    return out;
}
%}
