/* cmd_budget.c - govcore budget: households and money under the present lines and under others, area by area. */
#include "commands.h"
#include "need.h"

/* The lines that the command line gives; with `prefix` those that are to come, as now where nothing is said. */
typedef struct named_lines {
    const char *at;
    const char *tier;
    const char *amounts;
    const char *line;
} named_lines;

static const named_lines now_names = {"at", "tier", "amounts", "line"};
static const named_lines next_names = {"next-at", "next-tier", "next-amounts", "next-line"};

static void read_lines(const cli *self, const named_lines *names, gov_need_lines *lines)
{
    lines->at = cli_or(cli_get(self, names->at), lines->at);
    lines->tier = cli_or(cli_get(self, names->tier), lines->tier);
    lines->amounts = cli_or(cli_get(self, names->amounts), lines->amounts);
    lines->line = cli_or(cli_get(self, names->line), lines->line);
}

static gov_status make_budget(cli *self, const cli_need *need, gov_table **out)
{
    gov_need_lines now = GOV_NEED_LINES_INIT;
    gov_need_budget_options options = GOV_NEED_BUDGET_OPTIONS_INIT;
    gov_need_model *other = NULL;
    const char *name = cli_get(self, "next-model");
    now.model = need->model;
    read_lines(self, &now_names, &now);
    gov_need_lines next = now;
    read_lines(self, &next_names, &next);
    next.as_of = cli_get(self, "next-as-of");
    next.preset = cli_get(self, "next-preset");
    next.params = cli_get(self, "next-params");
    options.by = cli_or(cli_get(self, "by"), cli_get(self, "level"));
    options.income = cli_get(self, "income");
    options.persons = cli_get(self, "persons");
    gov_status status = name == NULL ? GOV_OK : cli_need_model(name, &other, &self->err);
    next.model = other != NULL ? other : now.model;
    if (status == GOV_OK)
        status = gov_need_budget(&now, &next, need->households, &need->options, &options, out, &self->err);
    gov_need_model_free(other);
    return status;
}

static int run_budget(cli *self)
{
    cli_need need;
    gov_table *table = NULL;
    int outcome = cli_need_open(self, &need);
    if (outcome != CLI_DONE)
        return outcome;
    outcome = make_budget(self, &need, &table) == GOV_OK ? cli_emit(self, table) : cli_fail(self);
    gov_table_free(table);
    cli_need_close(&need);
    return outcome;
}

static const cli_option options_list[] = {
    {"by", "COLUMN", {"分组列，如 grid_code", "column of the areas, such as grid_code"}},
    {"level", "street", {"按此层级的网格分组（数据库）", "by the grids of this level (of a store)"}},
    {"at", "high=1/2,low=1/6", {"等级临界值，代替模型中的", "cut-offs of tiers in place of the model's"}},
    {"tier",
     "NAME",
     {"计入的最低等级；默认最低等级，none 为所有家庭",
      "the lowest tier that is served; default the lowest of all, none for every household"}},
    {"amounts", "high=800,medium=500", {"各等级的金额", "money by tier"}},
    {"line",
     "B|3/2*B|1510",
     {"补差标准（人均收入补到此线）", "the line to which the income a head is topped up"}},
    {"income", "COLUMN", {"人均收入列（补差用）", "column of the income a head, for a line"}},
    {"persons", "COLUMN", {"人数列；金额按人计", "column of persons: money is for each of them"}},
    {"next-at", "…", {"调整后的临界值", "the same under the lines to come; as now where not given"}},
    {"next-tier", "NAME", {"调整后计入的最低等级", "likewise"}},
    {"next-amounts", "…", {"调整后的金额", "likewise"}},
    {"next-line", "…", {"调整后的补差标准", "likewise"}},
    {"next-as-of", "DATE", {"调整后参数的日期", "the day whose parameters hold then"}},
    {"next-params", "B=1510", {"调整后的参数", "parameters then"}},
    {"next-preset", "NAME", {"调整后的权重方案", "weights then"}},
    {"next-model", "NAME|FILE", {"调整后的模型（其他界限）", "another model then, with other thresholds"}},
    CLI_NEED_OPTIONS,
    CLI_STORE_OPTIONS,
    {NULL, NULL, {NULL, NULL}},
};

const cli_command cmd_budget = {
    .name = "budget",
    .arguments = "(STORE | --input T.csv) [--by COLUMN | --level LEVEL] [--amounts …] [--next-at …] …",
    .most = 1,
    .summary = {"测算调整标准后各网格的户数与资金", "households and money by area under other lines"},
    .details = {"一行一个网格，首行为合计：现行标准与调整后标准下计入的户数、新进、退出与金额。\n"
                "情况不明的家庭给出下限（_low）与上限（_high），不按零计。仅供测算，不作为资格认定。",
                "One row an area, the total first: households served now and then, who enters and leaves, "
                "and the money.\n"
                "What is unknown of a household gives a least (_low) and a most (_high) and is never counted "
                "as zero. A budget\n"
                "helps to plan; it decides on nobody's eligibility."},
    .options = options_list,
    .run = run_budget,
};
