/* cmd_model.c - govcore model list|show|check|test|diff. */
#include "commands.h"
#include "need.h"

#include <string.h>

static gov_status add_model(gov_table_builder *b, const gov_need_model *model, gov_error *err)
{
    gov_table *indicators = NULL;
    gov_status status = gov_need_model_table(model, GOV_NEED_INDICATORS, NULL, &indicators, err);
    int64_t count = status == GOV_OK ? gov_table_rows(indicators) : 0;
    gov_table_free(indicators);
    const char *const texts[] = {gov_need_model_id(model), gov_need_model_title(model, "zh"),
                                 gov_need_model_title(model, "en"), gov_need_model_fingerprint(model)};
    const int64_t columns[] = {0, 3, 4, 5};
    for (int i = 0; i < 4 && status == GOV_OK; i++)
        status = gov_table_builder_text(b, columns[i], texts[i], -1, err);
    if (status == GOV_OK)
        status = gov_table_builder_int64(b, 1, gov_need_model_version(model), err);
    if (status == GOV_OK)
        status = gov_table_builder_int64(b, 2, count, err);
    return status;
}

static gov_status list_models(gov_table **out, gov_error *err)
{
    static const char *const names[] = {"id", "version", "indicators", "title_zh", "title_en", "fingerprint"};
    gov_table_builder *b = NULL;
    gov_status status = gov_table_builder_new(&b, err);
    for (int i = 0; i < 6 && status == GOV_OK; i++)
        status =
            gov_table_builder_add(b, names[i], i == 1 || i == 2 ? GOV_TYPE_INT64 : GOV_TYPE_UTF8, NULL, err);
    for (int64_t i = 0; status == GOV_OK && gov_need_model_builtin_name(i) != NULL; i++) {
        gov_need_model *model = NULL;
        status = gov_need_model_builtin(gov_need_model_builtin_name(i), &model, err);
        if (status == GOV_OK)
            status = add_model(b, model, err);
        gov_need_model_free(model);
    }
    if (status == GOV_OK)
        status = gov_table_builder_finish(b, out, err);
    gov_table_builder_free(b);
    return status;
}

static int run_list(cli *self)
{
    gov_table *table = NULL;
    if (list_models(&table, &self->err) != GOV_OK)
        return cli_fail(self);
    int outcome = cli_emit(self, table);
    gov_table_free(table);
    return outcome;
}

static int part_of(const cli *self, gov_need_part *out)
{
    static const char *const names[] = {"dimensions", "indicators", "inputs",  "tiers",
                                        "params",     "services",   "presets", "tests"};
    const char *given = cli_or(cli_get(self, "part"), "indicators");
    for (int i = 0; i < 8; i++)
        if (strcmp(given, names[i]) == 0) {
            *out = (gov_need_part)i;
            return CLI_DONE;
        }
    return cli_wrong_use(
        self, "--part must be dimensions, indicators, inputs, tiers, params, services, presets or tests");
}

static int run_show(cli *self, const gov_need_model *model)
{
    const char *language = self->chinese ? "zh" : "en";
    gov_need_part part = GOV_NEED_INDICATORS;
    gov_table *table = NULL;
    int outcome = part_of(self, &part);
    if (outcome != CLI_DONE)
        return outcome;
    if (gov_need_model_table(model, part, cli_get(self, "preset"), &table, &self->err) != GOV_OK)
        return cli_fail(self);
    cli_say(self, "%s %lld  %s\n%s\n%s", gov_need_model_id(model), (long long)gov_need_model_version(model),
            gov_need_model_fingerprint(model), gov_need_model_title(model, language),
            gov_need_model_notice(model, language));
    outcome = cli_emit(self, table);
    gov_table_free(table);
    return outcome;
}

/* A model that does not hold is never made, so that a model in hand has passed its own tests. */
static int run_test(cli *self, const gov_need_model *model)
{
    gov_table *tests = NULL;
    if (gov_need_model_table(model, GOV_NEED_TESTS, NULL, &tests, &self->err) != GOV_OK)
        return cli_fail(self);
    int outcome = cli_emit(self, tests);
    cli_say(self, self->chinese ? "%lld 项测试通过" : "%lld tests passed", (long long)gov_table_rows(tests));
    gov_table_free(tests);
    return outcome;
}

static int run_check(cli *self, const gov_need_model *model)
{
    cli_say(self, self->chinese ? "%s 版本 %lld：有效" : "%s version %lld: valid", gov_need_model_id(model),
            (long long)gov_need_model_version(model));
    printf("%s\n", gov_need_model_fingerprint(model));
    return CLI_DONE;
}

static int run_one(cli *self, const char *verb)
{
    gov_need_model *model = NULL;
    int outcome;
    if (self->argument_count != 2)
        return cli_wrong_use(self, "usage: govcore model %s NAME|FILE", verb);
    if (cli_need_model(self->arguments[1], &model, &self->err) != GOV_OK)
        return cli_fail(self);
    if (strcmp(verb, "show") == 0)
        outcome = run_show(self, model);
    else
        outcome = strcmp(verb, "test") == 0 ? run_test(self, model) : run_check(self, model);
    gov_need_model_free(model);
    return outcome;
}

static const gov_table *choose_diff(const cli *self, const gov_need_diff *diff)
{
    if (cli_get(self, "movers") != NULL)
        return gov_need_diff_movers(diff);
    return cli_get(self, "input") != NULL ? gov_need_diff_transitions(diff) : gov_need_diff_rules(diff);
}

static gov_status diff_models(cli *self, gov_need_model *const *models, gov_need_diff **diff)
{
    gov_need_options options = GOV_NEED_OPTIONS_INIT;
    gov_table *households = NULL;
    const char *input = cli_get(self, "input");
    options.threads = self->threads;
    options.as_of = cli_get(self, "as-of");
    options.run = self->run;
    gov_status status = input != NULL ? cli_read_table(self, input, &households) : GOV_OK;
    if (status == GOV_OK)
        status = gov_need_model_diff(models[0], models[1], households, &options, diff, &self->err);
    gov_table_free(households);
    return status;
}

static int run_diff(cli *self)
{
    gov_need_model *models[2] = {NULL, NULL};
    gov_need_diff *diff = NULL;
    if (self->argument_count != 3)
        return cli_wrong_use(self, "usage: govcore model diff A B [--input T.csv]");
    gov_status status = cli_need_model(self->arguments[1], &models[0], &self->err);
    if (status == GOV_OK)
        status = cli_need_model(self->arguments[2], &models[1], &self->err);
    if (status == GOV_OK)
        status = diff_models(self, models, &diff);
    int outcome = status == GOV_OK ? cli_emit(self, choose_diff(self, diff)) : cli_fail(self);
    gov_need_diff_free(diff);
    gov_need_model_free(models[0]);
    gov_need_model_free(models[1]);
    return outcome;
}

static int run_model(cli *self)
{
    const char *verb = self->arguments[0];
    if (strcmp(verb, "list") == 0)
        return self->argument_count == 1 ? run_list(self) : cli_wrong_use(self, "usage: govcore model list");
    if (strcmp(verb, "diff") == 0)
        return run_diff(self);
    if (strcmp(verb, "show") == 0 || strcmp(verb, "check") == 0 || strcmp(verb, "test") == 0)
        return run_one(self, verb);
    return cli_wrong_use(self, "there is no govcore model %s", verb);
}

static const cli_option options[] = {
    {"part",
     "NAME",
     {"show：dimensions、indicators、inputs、tiers、params、services、presets、tests",
      "show: dimensions, indicators, inputs, tiers, params, services, presets or tests"}},
    {"preset", "NAME", {"show：使用一组权重", "show: with the weights of a preset"}},
    {"input", "T.csv", {"diff：在此表上比较等级", "diff: compare the tiers of these households"}},
    {"movers", NULL, {"diff：逐户列出等级变动及原因", "diff: each household that changes tier, and why"}},
    {"as-of", "DATE", {"diff：评估日期", "diff: day of assessment"}},
    {"encoding", "auto|utf-8|gb18030", {"输入文件编码", "encoding of the input file"}},
    {"types", "a:utf8,b:int64", {"指定列类型", "types of columns of the input"}},
    {NULL, NULL, {NULL, NULL}},
};

const cli_command cmd_model = {
    .name = "model",
    .arguments = "list | show M | check M | test M | diff A B",
    .least = 1,
    .most = 3,
    .summary = {"列出、查看、检查、测试、比较需求模型", "list, show, check, test and compare need models"},
    .details =
        {"M 是内置模型名或 YAML 文件。check 给出指纹；有误则给出文件、行、列。\n"
         "diff 列出指标差异；加 --input 则给出等级变动矩阵。",
         "M is the name of a built-in model or a YAML file. check prints the fingerprint, or the fault with\n"
         "file, line and column. diff lists the indicators that differ, with --input the tiers that change."},
    .options = options,
    .run = run_model,
};
