/* cmd_features.c - govcore features: what a model is told about the households of a store, and where it comes from. */
#include "commands.h"
#include "need.h"

static int emit(cli *self, gov_status status, gov_table *table)
{
    int outcome = status == GOV_OK ? cli_emit(self, table) : cli_fail(self);
    gov_table_free(table);
    return outcome;
}

/* The file itself: its sources, or its rules. */
static int describe(cli *self)
{
    const char *name = cli_get(self, "features");
    gov_need_features *features = NULL;
    gov_table *table = NULL;
    gov_status status = name != NULL ? gov_need_features_load(name, &features, &self->err)
                                     : gov_need_features_builtin("gbt31000", &features, &self->err);
    if (status == GOV_OK)
        status = cli_get(self, "rules") != NULL ? gov_need_features_rules(features, &table, &self->err)
                                                : gov_need_features_sources(features, &table, &self->err);
    if (status == GOV_OK)
        cli_say(self, "%s %s: %s", gov_need_features_id(features), gov_need_features_fingerprint(features),
                gov_need_features_notice(features, self->chinese ? "zh" : "en"));
    gov_need_features_free(features);
    return emit(self, status, table);
}

static int run_features(cli *self)
{
    cli_need need;
    gov_store *store = NULL;
    gov_table *table = NULL;
    if (self->argument_count == 0)
        return describe(self);
    int outcome = cli_need_begin(self, &need);
    if (outcome == CLI_DONE)
        outcome = cli_store_open(self, self->arguments[0], 1, 0, &store);
    if (outcome != CLI_DONE)
        return outcome;
    gov_status status = gov_pipeline_features(store, need.model, &need.pipeline, &table, &self->err);
    gov_store_close(store);
    cli_need_close(&need);
    return emit(self, status, table);
}

static const cli_option options[] = {
    {"model", "NAME|FILE", {"内置模型名或 YAML 文件", "a built-in model or a YAML file"}},
    {"as-of", "DATE", {"日期，如 2021-08-01", "the day, such as 2021-08-01"}},
    {"features", "FILE", {"特征文件；默认内置 gbt31000", "a features file; built in: gbt31000"}},
    {"view",
     "assistance|dwelling|registered",
     {"户的口径：救助家庭（默认）、居住户、户籍户",
      "which households: who live together (default), a dwelling's, the registered ones"}},
    {"rules", NULL, {"不给数据库时：列出规则而非来源", "without a store: the rules instead of the sources"}},
    CLI_STORE_OPTIONS,
    {NULL, NULL, {NULL, NULL}},
};

const cli_command cmd_features = {
    .name = "features",
    .arguments = "[STORE] [--features FILE] [--model NAME|FILE] [--as-of DATE] [--view VIEW]",
    .most = 1,
    .summary = {"由人、户、关系与观测推导模型输入",
                "derive a model's inputs from persons, households, relations "
                "and observations"},
    .details =
        {"给出数据库时每户一行；不给时列出特征文件的来源（--rules：规则）。未知为空，不作零。",
         "With a store one row a household; without one the sources of the features file (--rules: its\n"
         "rules). What is not known is empty and never 0."},
    .options = options,
    .run = run_features,
};
