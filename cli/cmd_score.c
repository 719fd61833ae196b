/* cmd_score.c - govcore score (STORE | --input T.csv). */
#include "commands.h"
#include "need.h"
#include "store.h"

static gov_status score_input(cli *self, cli_need *need, gov_table **scores)
{
    gov_status status = cli_read_table(self, cli_get(self, "input"), &need->households);
    return status == GOV_OK
               ? gov_need_score(need->model, need->households, &need->options, scores, &self->err)
               : status;
}

static gov_status score_store(cli *self, const cli_need *need, gov_table **scores)
{
    gov_pipeline_options options = need->pipeline;
    gov_store *store = NULL;
    options.read_only = cli_get(self, "save") == NULL;
    gov_status status = cli_store_open_all(self, self->arguments[0], options.read_only, &store);
    if (status == GOV_OK)
        status = gov_pipeline_score(store, need->model, &options, &need->options, scores, &self->err);
    gov_store_close(store);
    return status;
}

static int run_score(cli *self)
{
    cli_need need;
    gov_table *scores = NULL;
    int outcome = cli_need_begin(self, &need);
    if (outcome != CLI_DONE)
        return outcome;
    gov_status status = cli_get(self, "input") != NULL ? score_input(self, &need, &scores)
                                                       : score_store(self, &need, &scores);
    if (status == GOV_OK) {
        outcome = cli_emit(self, scores);
        cli_say(self, "%s %s: %s", gov_need_model_id(need.model), gov_need_model_fingerprint(need.model),
                gov_need_model_notice(need.model, self->chinese ? "zh" : "en"));
    } else {
        outcome = cli_fail(self);
    }
    gov_table_free(scores);
    cli_need_close(&need);
    return outcome;
}

static const cli_option options[] = {
    {"save", NULL, {"把评分写回数据库", "write the scores to the store"}},
    CLI_NEED_OPTIONS,
    CLI_STORE_OPTIONS,
    {NULL, NULL, {NULL, NULL}},
};

const cli_command cmd_score = {
    .name = "score",
    .arguments = "(STORE | --input T.csv) [--model NAME|FILE] [--as-of DATE] [--save]",
    .most = 1,
    .summary = {"按需求模型给家庭评分（用于发现需要帮助的人，不是资格认定）",
                "score households by a need model (to find people to help, not to decide on eligibility)"},
    .details =
        {"每户一行：评分、未知计为困境时的上界、已知权重占比、等级、各指标掩码和维度分。",
         "One row a household: the score, its bound with the unknown counted as deprived, the share of the\n"
         "weight that is known, tiers, masks of indicators and the part of each dimension."},
    .options = options,
    .run = run_score,
};
