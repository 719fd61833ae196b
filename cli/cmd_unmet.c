/* cmd_unmet.c - govcore unmet: who is in need, entitled, and not reached (应享未享). */
#include "commands.h"
#include "need.h"

#include <stdlib.h>

static gov_status find_unmet(cli *self, const cli_need *need, int64_t threshold, gov_table **out)
{
    const char *level = cli_or(cli_get(self, "level"), "street");
    gov_store *store = NULL;
    gov_status status = cli_store_open_all(self, self->arguments[0], 1, &store);
    if (status == GOV_OK && cli_get(self, "list") != NULL)
        status = gov_pipeline_unmet(store, need->model, &need->pipeline, &need->options, out, &self->err);
    else if (status == GOV_OK)
        status = gov_pipeline_unmet_by_grid(store, need->model, level, threshold, &need->pipeline,
                                            &need->options, out, &self->err);
    gov_store_close(store);
    return status;
}

static int run_unmet(cli *self)
{
    cli_need need;
    gov_table *table = NULL;
    char *end = NULL;
    const char *given = cli_or(cli_get(self, "threshold"), "0");
    int64_t threshold = strtoll(given, &end, 10);
    if (*given == '\0' || *end != '\0' || threshold < 0)
        return cli_wrong_use(self, "--threshold must be a whole number, not %s", given);
    int outcome = cli_need_begin(self, &need);
    if (outcome != CLI_DONE)
        return outcome;
    if (find_unmet(self, &need, threshold, &table) == GOV_OK) {
        outcome = cli_emit(self, table);
        cli_say(self, "%s", gov_need_model_notice(need.model, self->chinese ? "zh" : "en"));
    } else {
        outcome = cli_fail(self);
    }
    gov_table_free(table);
    cli_need_close(&need);
    return outcome;
}

static const cli_option options[] = {
    {"level",
     "street",
     {"按此层级的网格计数；默认 street", "count by the grids of this level; default street"}},
    {"threshold",
     "N",
     {"小于 N 的数不公布，默认 5", "numbers below N are hidden, with as many others as it takes; default 5"}},
    {"list", NULL, {"逐户列出而不计数", "the households themselves, not their number"}},
    CLI_NEED_OPTIONS,
    CLI_STORE_OPTIONS,
    {NULL, NULL, {NULL, NULL}},
};

const cli_command cmd_unmet = {
    .name = "unmet",
    .arguments = "STORE --as-of DATE [--level LEVEL | --list]",
    .least = 1,
    .most = 1,
    .summary = {"应享未享：有困难、可匹配服务而未登记享受的家庭",
                "the silent minority: households in need with services that fit and are not received"},
    .details =
        {"按网格和服务计数，小数隐去；--list 逐户列出（个人信息，限所辖范围）。",
         "Counted by grid and service, with small numbers hidden; --list names the households (personal,\n"
         "inside the scope)."},
    .options = options,
    .run = run_unmet,
};
