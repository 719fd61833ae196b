/* cmd_count.c - govcore count STORE KIND: records by grid. */
#include "commands.h"
#include "store.h"

static int run_count(cli *self)
{
    gov_query_options options = GOV_QUERY_OPTIONS_INIT;
    gov_store *store = NULL;
    gov_table *table = NULL;
    int outcome = cli_store_open(self, self->arguments[0], 1, 0, &store);
    if (outcome != CLI_DONE)
        return outcome;
    options.as_of = cli_get(self, "as-of");
    options.tree = cli_get(self, "tree");
    options.run = self->run;
    gov_status status =
        gov_store_count(store, self->arguments[1], cli_get(self, "level"), &options, &table, &self->err);
    return cli_store_answer(self, store, status, table);
}

static const cli_option options_list[] = {
    {"level",
     "street",
     {"只列此层级的网格；合计含其下级", "only grids of this level; their totals hold what is below"}},
    {"tree",
     "PREDICATE",
     {"按关系（如 placed_in）所指的另一棵网格树计数",
      "count on another tree: where relations such as placed_in point"}},
    {"as-of", "DATE", {"按该日的情况；默认今天", "as things were on this day; default today"}},
    CLI_STORE_OPTIONS,
    {NULL, NULL, {NULL, NULL}},
};

const cli_command cmd_count = {
    .name = "count",
    .arguments = "STORE KIND",
    .least = 2,
    .most = 2,
    .summary = {"按网格计数，逐级汇总", "count records by grid, rolled up the tree"},
    .options = options_list,
    .run = run_count,
};
