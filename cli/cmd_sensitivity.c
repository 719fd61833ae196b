/* cmd_sensitivity.c - govcore sensitivity: what other weights and cut-offs would do to tiers and orders. */
#include "commands.h"
#include "need.h"

#include <stdlib.h>
#include <string.h>

typedef const gov_table *(*part)(const gov_need_sensitivity *sensitivity);

static int choose_part(const cli *self, part *out)
{
    static const struct {
        const char *name;
        part of;
    } parts[] = {{"tiers", gov_need_sensitivity_tiers},
                 {"groups", gov_need_sensitivity_groups},
                 {"agreement", gov_need_sensitivity_agreement},
                 {"indicators", gov_need_sensitivity_indicators},
                 {"cutoffs", gov_need_sensitivity_cutoffs}};
    const char *given = cli_or(cli_get(self, "part"), "tiers");
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        if (strcmp(parts[i].name, given) == 0) {
            *out = parts[i].of;
            return CLI_DONE;
        }
    return cli_wrong_use(self, "--part must be tiers, groups, agreement, indicators or cutoffs, not %s",
                         given);
}

static int read_number(const cli *self, const char *name, double *out)
{
    const char *given = cli_get(self, name);
    char *end = NULL;
    if (given == NULL)
        return CLI_DONE;
    *out = strtod(given, &end);
    return end == given || *end != '\0' ? cli_wrong_use(self, "--%s must be a number, not %s", name, given)
                                        : CLI_DONE;
}

static int read_options(const cli *self, gov_need_sensitivity_options *o, part *which)
{
    double draws = 0;
    int outcome = choose_part(self, which);
    if (outcome == CLI_DONE)
        outcome = read_number(self, "draws", &draws);
    if (outcome == CLI_DONE)
        outcome = read_number(self, "concentration", &o->concentration);
    if (outcome == CLI_DONE && !(draws >= 0 && draws <= 1e9))
        outcome = cli_wrong_use(self, "--draws must be a number of draws");
    if (outcome != CLI_DONE)
        return outcome;
    o->draws = (int32_t)draws;
    o->seed = self->seed < 0 ? 0 : (uint64_t)self->seed;
    o->high = cli_get(self, "high") != NULL;
    o->delta = cli_get(self, "delta");
    o->by = cli_or(cli_get(self, "by"), cli_get(self, "level"));
    o->weight = cli_get(self, "weight");
    o->k = cli_get(self, "k");
    return CLI_DONE;
}

static int run_sensitivity(cli *self)
{
    cli_need need;
    part which = NULL;
    gov_need_sensitivity *sensitivity = NULL;
    gov_need_sensitivity_options options = GOV_NEED_SENSITIVITY_OPTIONS_INIT;
    int outcome = read_options(self, &options, &which);
    if (outcome == CLI_DONE)
        outcome = cli_need_open(self, &need);
    if (outcome != CLI_DONE)
        return outcome;
    outcome = gov_need_sensitivity_of(need.model, need.households, &need.options, &options, &sensitivity,
                                      &self->err) == GOV_OK
                  ? cli_emit(self, which(sensitivity))
                  : cli_fail(self);
    gov_need_sensitivity_free(sensitivity);
    cli_need_close(&need);
    return outcome;
}

static const cli_option options_list[] = {
    {"part",
     "NAME",
     {"输出：tiers（默认）、groups、agreement、indicators、cutoffs",
      "what to show: tiers (default), groups, agreement, indicators or cutoffs"}},
    {"draws", "N", {"随机权重的次数，默认 1000", "draws of weights, 1000 by default"}},
    {"concentration",
     "N",
     {"围绕现有权重的集中度，默认 100", "how close draws are to the stated weights; default 100"}},
    {"delta", "1/10", {"逐项权重的相对变动", "by what part each weight is moved (--part indicators)"}},
    {"high", NULL, {"未知指标按困境计", "take unknown indicators as deprived"}},
    {"by", "COLUMN", {"分组列，如 grid_code", "column of the areas, such as grid_code"}},
    {"level", "street", {"按此层级的网格分组（数据库）", "by the grids of this level (of a store)"}},
    {"k", "1/5,1/3,1/2", {"贫困临界值；默认模型等级", "cut-offs; by default the model's tiers"}},
    {"weight", "COLUMN", {"权重列（按人计时用人数）", "column of weights (members, to count persons)"}},
    CLI_NEED_OPTIONS,
    CLI_STORE_OPTIONS,
    {NULL, NULL, {NULL, NULL}},
};

const cli_command cmd_sensitivity = {
    .name = "sensitivity",
    .arguments = "(STORE | --input T.csv) [--part NAME] [--by COLUMN | --level LEVEL] [--draws N] [--seed N]",
    .most = 1,
    .summary = {"权重与临界值的敏感性：等级与排名是否稳定",
                "how tiers and the order of areas hold under other weights and cut-offs"},
    .details =
        {"权重围绕模型权重随机抽取（Dirichlet，种子固定则结果固定）。tiers：各等级保持、上升、下降的比例；\n"
         "groups：各网格 H、M0 "
         "与排名的区间；agreement：排名一致性；indicators：单项权重的影响；cutoffs：全部临界值。",
         "Weights are drawn about the model's (Dirichlet; the same seed gives the same result). tiers: the "
         "share that\n"
         "keeps its tier, rises and falls; groups: intervals of H, M0 and ranks of areas; agreement: of "
         "orders;\n"
         "indicators: what moving one weight does; cutoffs: all cut-offs at once."},
    .options = options_list,
    .run = run_sensitivity,
};
