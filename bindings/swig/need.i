// need.i - need models, scores, reasons and measures.
%{
#include "govcore/need.h"
%}
GOV_HANDLE(gov_need_model, NativeNeedModel, gov_need_model_free)
GOV_HANDLE(gov_need_explanation, NativeExplanation, gov_need_explanation_free)
GOV_HANDLE(gov_need_measures, NativeMeasures, gov_need_measures_free)
GOV_HANDLE(gov_need_diff, NativeNeedDiff, gov_need_diff_free)
GOV_NULLABLE(gov_table *members, NativeTable)
GOV_HEADER("govcore/need.h")

%{
// What scoring needs beside the model and the households, from plain arguments.
static gov_need_options need_options(int threads, const char *as_of, const char *preset, const char *params,
                                     int depth, int nan_is_missing, const gov_table *members, gov_run *run)
{
    gov_need_options options = GOV_NEED_OPTIONS_INIT;
    options.threads = threads;
    options.as_of = as_of;
    options.preset = preset;
    options.params = params;
    options.depth = depth;
    options.nan_is_missing = nan_is_missing;
    options.members = members;
    options.run = run;
    return options;
}

static gov_need_measure_options measure_options(int missing, int single_unit, double level, const char *by,
                                                const char *weight, const char *strata, const char *units,
                                                const char *k)
{
    gov_need_measure_options options = GOV_NEED_MEASURE_OPTIONS_INIT;
    options.missing = missing;
    options.single_unit = single_unit;
    options.level = level;
    options.by = by;
    options.weight = weight;
    options.strata = strata;
    options.units = units;
    options.k = k;
    return options;
}
%}

%inline %{
static const char *need_builtin_name(int64_t index)
{
    return gov_need_model_builtin_name(index);
}

static gov_need_model *need_builtin(const char *name, gov_error *err)
{
    gov_need_model *out = NULL;
    gov_need_model_builtin(name, &out, err);
    return out;
}

static gov_need_model *need_load(const char *path, gov_error *err)
{
    gov_need_model *out = NULL;
    gov_need_model_load(path, &out, err);
    return out;
}

static gov_need_model *need_parse(in_bytes text, const char *name, gov_error *err)
{
    gov_need_model *out = NULL;
    gov_need_model_parse(text.data != NULL ? (const char *)text.data : "", text.n, name, &out, err);
    return out;
}

static const char *need_id(gov_need_model *model)
{
    return gov_need_model_id(model);
}

static int64_t need_version(gov_need_model *model)
{
    return gov_need_model_version(model);
}

static const char *need_title(gov_need_model *model, const char *language)
{
    return gov_need_model_title(model, language);
}

static const char *need_notice(gov_need_model *model, const char *language)
{
    return gov_need_model_notice(model, language);
}

static const char *need_fingerprint(gov_need_model *model)
{
    return gov_need_model_fingerprint(model);
}

static int64_t need_denominator(gov_need_model *model, const char *preset, gov_error *err)
{
    int64_t out = 0;
    gov_need_model_denominator(model, preset, &out, err);
    return out;
}

static gov_table *need_table(gov_need_model *model, int part, const char *preset, gov_error *err)
{
    gov_table *out = NULL;
    gov_need_model_table(model, (gov_need_part)part, preset, &out, err);
    return out;
}

static gov_table *need_score(gov_need_model *model, gov_table *households, int threads, const char *as_of,
                             const char *preset, const char *params, int depth, int nan_is_missing,
                             gov_table *members, gov_run *run, gov_error *err)
{
    gov_need_options options =
        need_options(threads, as_of, preset, params, depth, nan_is_missing, members, run);
    gov_table *out = NULL;
    gov_need_score(model, households, &options, &out, err);
    return out;
}

static gov_table *need_unmet(gov_need_model *model, gov_table *households, int threads, const char *as_of,
                             const char *preset, const char *params, int depth, int nan_is_missing,
                             gov_table *members, gov_run *run, gov_error *err)
{
    gov_need_options options =
        need_options(threads, as_of, preset, params, depth, nan_is_missing, members, run);
    gov_table *out = NULL;
    gov_need_unmet(model, households, &options, &out, err);
    return out;
}

static gov_need_diff *need_diff(gov_need_model *model, gov_need_model *other, gov_table *households, int threads,
                                const char *as_of, const char *preset, const char *params, int depth,
                                int nan_is_missing, gov_table *members, gov_run *run, gov_error *err)
{
    gov_need_options options =
        need_options(threads, as_of, preset, params, depth, nan_is_missing, members, run);
    gov_need_diff *out = NULL;
    gov_need_model_diff(model, other, households, &options, &out, err);
    return out;
}

static gov_table *diff_transitions(gov_need_diff *diff)
{
    return gov_table_retain(gov_need_diff_transitions(diff));
}

static gov_table *diff_movers(gov_need_diff *diff)
{
    return gov_table_retain(gov_need_diff_movers(diff));
}

static gov_table *diff_rules(gov_need_diff *diff)
{
    return gov_table_retain(gov_need_diff_rules(diff));
}

static gov_table *need_stability(gov_need_model *model, gov_table *households, int threads, const char *as_of,
                                 const char *preset, const char *params, int depth, int nan_is_missing,
                                 gov_table *members, gov_run *run, const char *delta, gov_error *err)
{
    gov_need_options options =
        need_options(threads, as_of, preset, params, depth, nan_is_missing, members, run);
    gov_table *out = NULL;
    gov_need_stability(model, households, &options, delta, &out, err);
    return out;
}

// The matrix is n x n for n weights. Returns the consistency ratio.
static double need_ahp(in_doubles matrix, const char *table, out_doubles weights, gov_error *err)
{
    gov_need_consistency consistency = {0.0, 0.0, 0.0, 0.0};
    if (matrix.n != weights.n * weights.n)
        refuse(err, "a matrix of comparisons has as many rows as columns");
    else
        gov_need_ahp(matrix.data, weights.n, table, weights.data, &consistency, err);
    return consistency.ratio;
}

// One direction a column, 1 or 255 for -1, or absent.
static void need_advise(in_doubles matrix, int method, in_bytes directions, out_doubles weights, gov_error *err)
{
    if (weights.n < 1 || matrix.n % weights.n != 0 || (directions.data != NULL && directions.n != weights.n))
        refuse(err, "the matrix and the directions must fit the number of columns");
    else
        gov_need_advise(matrix.data, matrix.n / weights.n, weights.n, (gov_need_advice)method,
                        (const int8_t *)directions.data, weights.data, err);
}

static void need_allocate(in_int64s demand, int64_t budget, out_int64s given, gov_error *err)
{
    if (given.n != demand.n)
        refuse(err, "demand and result must be of one length");
    else
        gov_need_allocate(demand.data, demand.n, budget, given.data, err);
}

static gov_need_explanation *need_explain(gov_need_model *model, gov_table *households, int64_t row,
                                          const char *as_of, const char *preset, const char *params, int depth,
                                          int nan_is_missing, gov_table *members, gov_error *err)
{
    gov_need_options options = need_options(0, as_of, preset, params, depth, nan_is_missing, members, NULL);
    gov_need_explanation *out = NULL;
    gov_need_explain(model, households, row, &options, &out, err);
    return out;
}

static gov_table *explanation_lines(gov_need_explanation *explanation)
{
    return gov_table_retain(gov_need_explanation_lines(explanation));
}

static gov_table *explanation_changes(gov_need_explanation *explanation)
{
    return gov_table_retain(gov_need_explanation_changes(explanation));
}

static gov_table *explanation_flips(gov_need_explanation *explanation)
{
    return gov_table_retain(gov_need_explanation_flips(explanation));
}

static gov_table *explanation_ask(gov_need_explanation *explanation)
{
    return gov_table_retain(gov_need_explanation_ask(explanation));
}

static const char *explanation_text(gov_need_explanation *explanation, const char *language)
{
    return gov_need_explanation_text(explanation, language);
}

// `missing`: 0 left out, 1 as not deprived, 2 as deprived. `single_unit`: 0 refused, 1 certain, 2 centred.
static gov_need_measures *need_measure(gov_need_model *model, gov_table *households, int threads,
                                       const char *as_of, const char *preset, const char *params, int depth,
                                       int nan_is_missing, gov_table *members, gov_run *run, int missing,
                                       int single_unit, double level, const char *by, const char *weight,
                                       const char *strata, const char *units, const char *k, gov_error *err)
{
    gov_need_options scoring =
        need_options(threads, as_of, preset, params, depth, nan_is_missing, members, run);
    gov_need_measure_options options =
        measure_options(missing, single_unit, level, by, weight, strata, units, k);
    gov_need_measures *out = NULL;
    gov_need_measure(model, households, &scoring, &options, &out, err);
    return out;
}

static gov_table *need_measure_part(gov_need_model *model, gov_table *households, int threads, const char *as_of,
                                    const char *preset, const char *params, int depth, int nan_is_missing,
                                    gov_table *members, gov_run *run, int missing, int single_unit, double level,
                                    const char *by, const char *weight, const char *strata, const char *units,
                                    const char *k, gov_error *err)
{
    gov_need_options scoring =
        need_options(threads, as_of, preset, params, depth, nan_is_missing, members, run);
    gov_need_measure_options options =
        measure_options(missing, single_unit, level, by, weight, strata, units, k);
    gov_table *out = NULL;
    gov_need_measure_part(model, households, &scoring, &options, &out, err);
    return out;
}

static gov_need_measures *need_measure_finish(gov_need_model *model, gov_table *parts, const char *preset,
                                              int missing, int single_unit, double level, const char *by,
                                              const char *weight, const char *strata, const char *units,
                                              const char *k, gov_error *err)
{
    gov_need_measure_options options =
        measure_options(missing, single_unit, level, by, weight, strata, units, k);
    gov_need_measures *out = NULL;
    gov_need_measure_finish(model, parts, preset, &options, &out, err);
    return out;
}

static gov_need_measures *need_alkire_foster(gov_table *deprivations, const char *weights, const char *columns,
                                             int missing, int single_unit, double level, const char *by,
                                             const char *weight, const char *strata, const char *units,
                                             const char *k, gov_error *err)
{
    gov_need_measure_options options =
        measure_options(missing, single_unit, level, by, weight, strata, units, k);
    gov_need_measures *out = NULL;
    options.columns = columns;
    gov_need_alkire_foster(deprivations, weights, &options, &out, err);
    return out;
}

static gov_table *need_gaps(gov_table *gaps, const char *weights, const char *columns, int single_unit, double level,
                            const char *by, const char *weight, const char *strata, const char *units,
                            const char *k, gov_error *err)
{
    gov_need_measure_options options = measure_options(0, single_unit, level, by, weight, strata, units, k);
    gov_table *out = NULL;
    options.columns = columns;
    gov_need_gaps(gaps, weights, &options, &out, err);
    return out;
}

static gov_table *measures_change(gov_need_measures *from, gov_need_measures *to, double years, gov_error *err)
{
    gov_table *out = NULL;
    gov_need_measures_change(from, to, years, &out, err);
    return out;
}

static gov_table *measures_dimensions(gov_need_measures *measures)
{
    return gov_table_retain(gov_need_measures_dimensions(measures));
}

static gov_table *measures_summary(gov_need_measures *measures)
{
    return gov_table_retain(gov_need_measures_summary(measures));
}

static gov_table *measures_indicators(gov_need_measures *measures)
{
    return gov_table_retain(gov_need_measures_indicators(measures));
}
%}
