// features.i - inputs of models from what is recorded, and households of a store explained to their records.
%{
#include "govcore/pipeline.h"
%}
GOV_HANDLE(gov_need_features, NativeNeedFeatures, gov_need_features_free)
GOV_HANDLE(gov_household_explanation, NativeHouseholdExplanation, gov_household_explanation_free)
GOV_NULLABLE(gov_need_features *own_features, NativeNeedFeatures)
GOV_HEADER("govcore/pipeline/explain.h")

%{
// `texts`: as_of, grid, view.
static gov_pipeline_options household_options(in_texts texts, const gov_need_features *features, int show,
                                              gov_run *run)
{
    gov_pipeline_options options = GOV_PIPELINE_OPTIONS_INIT;
    options.read_only = 1;
    options.as_of = texts.n > 0 ? texts.data[0] : NULL;
    options.grid = texts.n > 1 ? texts.data[1] : NULL;
    options.view = texts.n > 2 ? texts.data[2] : NULL;
    options.features = features;
    options.show = (gov_field_class)show;
    options.run = run;
    return options;
}
%}

%inline %{
static gov_need_features *features_builtin(const char *name, gov_error *err)
{
    gov_need_features *out = NULL;
    gov_need_features_builtin(name, &out, err);
    return out;
}

static gov_need_features *features_load(const char *path, gov_error *err)
{
    gov_need_features *out = NULL;
    gov_need_features_load(path, &out, err);
    return out;
}

static gov_need_features *features_parse(in_bytes text, const char *name, gov_error *err)
{
    gov_need_features *out = NULL;
    gov_need_features_parse(text.data != NULL ? (const char *)text.data : "", text.n, name, &out, err);
    return out;
}

static const char *features_id(gov_need_features *features)
{
    return gov_need_features_id(features);
}

static const char *features_fingerprint(gov_need_features *features)
{
    return gov_need_features_fingerprint(features);
}

static const char *features_notice(gov_need_features *features, const char *language)
{
    return gov_need_features_notice(features, language);
}

static gov_table *features_sources(gov_need_features *features, gov_error *err)
{
    gov_table *out = NULL;
    gov_need_features_sources(features, &out, err);
    return out;
}

static gov_table *features_rules(gov_need_features *features, gov_error *err)
{
    gov_table *out = NULL;
    gov_need_features_rules(features, &out, err);
    return out;
}

static gov_table *features_derive(gov_need_features *features, gov_table *households, gov_table *members,
                                  const char *as_of, const char *params, int nan_is_missing, gov_run *run,
                                  gov_error *err)
{
    gov_need_options options = need_options(0, as_of, NULL, params, 0, nan_is_missing, members, run);
    gov_table *out = NULL;
    gov_need_features_derive(features, households, &options, &out, err);
    return out;
}

static gov_table *pipeline_features(gov_store *store, gov_need_model *model, in_texts texts,
                                    gov_need_features *own_features, gov_run *run, gov_error *err)
{
    gov_pipeline_options options = household_options(texts, own_features, 0, run);
    gov_table *out = NULL;
    gov_pipeline_features(store, model, &options, &out, err);
    return out;
}

static gov_table *pipeline_score(gov_store *store, gov_need_model *model, in_texts texts,
                                 gov_need_features *own_features, int show, int read_only, int threads,
                                 const char *preset, const char *params, int depth, gov_run *run,
                                 gov_error *err)
{
    gov_pipeline_options options = household_options(texts, own_features, show, run);
    gov_need_options scoring = need_options(threads, NULL, preset, params, depth, 0, NULL, NULL);
    gov_table *out = NULL;
    options.read_only = read_only;
    gov_pipeline_score(store, model, &options, &scoring, &out, err);
    return out;
}

static gov_household_explanation *pipeline_explain(gov_store *store, gov_need_model *model, const char *household,
                                                   in_texts texts, gov_need_features *own_features, int show,
                                                   const char *preset, const char *params, int depth,
                                                   gov_error *err)
{
    gov_pipeline_options options = household_options(texts, own_features, show, NULL);
    gov_need_options scoring = need_options(0, NULL, preset, params, depth, 0, NULL, NULL);
    gov_household_explanation *out = NULL;
    gov_pipeline_explain(store, model, household, &options, &scoring, &out, err);
    return out;
}

static gov_table *household_table(gov_household_explanation *explanation, int part)
{
    return gov_table_retain(gov_household_explanation_table(explanation, (gov_explained)part));
}

static const char *household_text(gov_household_explanation *explanation, const char *language)
{
    return gov_household_explanation_text(explanation, language);
}

static gov_table *pipeline_unmet(gov_store *store, gov_need_model *model, in_texts texts,
                                 gov_need_features *own_features, int show, int threads, const char *preset,
                                 const char *params, int depth, gov_run *run, gov_error *err)
{
    gov_pipeline_options options = household_options(texts, own_features, show, run);
    gov_need_options scoring = need_options(threads, NULL, preset, params, depth, 0, NULL, NULL);
    gov_table *out = NULL;
    gov_pipeline_unmet(store, model, &options, &scoring, &out, err);
    return out;
}

static gov_table *pipeline_unmet_by_grid(gov_store *store, gov_need_model *model, const char *level,
                                         int64_t threshold, in_texts texts, gov_need_features *own_features,
                                         int threads, const char *preset, const char *params, int depth,
                                         gov_run *run, gov_error *err)
{
    gov_pipeline_options options = household_options(texts, own_features, 0, run);
    gov_need_options scoring = need_options(threads, NULL, preset, params, depth, 0, NULL, NULL);
    gov_table *out = NULL;
    gov_pipeline_unmet_by_grid(store, model, level, threshold, &options, &scoring, &out, err);
    return out;
}
%}
