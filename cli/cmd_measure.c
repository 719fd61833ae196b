/* cmd_measure.c - govcore measure: Alkire-Foster measures by group. */
#include "commands.h"
#include "need.h"
#include "store.h"

#include <string.h>

static int read_missing(const cli *self, int32_t *out)
{
    static const char *const names[] = {"drop", "low", "high"};
    const char *given = cli_or(cli_get(self, "missing"), "drop");
    for (int i = 0; i < 3; i++)
        if (strcmp(given, names[i]) == 0) {
            *out = i;
            return CLI_DONE;
        }
    return cli_wrong_use(self, "--missing must be drop, low or high, not %s", given);
}

static int run_measure(cli *self)
{
    cli_need need;
    gov_need_measures *measures = NULL;
    gov_need_measure_options options = GOV_NEED_MEASURE_OPTIONS_INIT;
    int outcome = read_missing(self, &options.missing);
    if (outcome == CLI_DONE)
        outcome = cli_need_open(self, &need);
    if (outcome != CLI_DONE)
        return outcome;
    options.by = cli_or(cli_get(self, "by"), cli_get(self, "level"));
    options.weight = cli_get(self, "weight");
    options.k = cli_get(self, "k");
    if (gov_need_measure(need.model, need.households, &need.options, &options, &measures, &self->err) ==
        GOV_OK)
        outcome = cli_emit(self, cli_get(self, "indicators") != NULL ? gov_need_measures_indicators(measures)
                                                                     : gov_need_measures_summary(measures));
    else
        outcome = cli_fail(self);
    gov_need_measures_free(measures);
    cli_need_close(&need);
    return outcome;
}

static const cli_option options_list[] = {
    {"by", "COLUMN", {"分组列，如 street", "column of the groups, such as street"}},
    {"level", "street", {"按此层级的网格分组（数据库）", "by the grids of this level (of a store)"}},
    {"k", "1/5,1/3,1/2", {"贫困临界值；默认模型等级", "poverty cut-offs; by default the model's tiers"}},
    {"weight", "COLUMN", {"权重列（按人计时用人数）", "column of weights (members, to count persons)"}},
    {"missing",
     "drop|low|high",
     {"未知指标：剔除该户、计为无困境、计为困境",
      "unknown indicators: leave the household out, count as not deprived, as deprived"}},
    {"indicators",
     NULL,
     {"输出各指标的发生率与贡献", "headcounts and contributions of the indicators instead"}},
    CLI_NEED_OPTIONS,
    CLI_STORE_OPTIONS,
    {NULL, NULL, {NULL, NULL}},
};

const cli_command cmd_measure = {
    .name = "measure",
    .arguments =
        "(STORE | --input T.csv) [--model NAME|FILE] [--by COLUMN | --level LEVEL] [--k 1/5,1/3,1/2]",
    .most = 1,
    .summary = {"分组测算 H、A、M0（Alkire–Foster）", "measure H, A and M0 by group (Alkire-Foster)"},
    .options = options_list,
    .run = run_measure,
};
