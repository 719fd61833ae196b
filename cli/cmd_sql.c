/* cmd_sql.c - govcore sql STORE "SELECT ...". */
#include "commands.h"
#include "store.h"

static int run_sql(cli *self)
{
    gov_query_options options = GOV_QUERY_OPTIONS_INIT;
    gov_store *store = NULL;
    gov_table *table = NULL;
    int outcome = cli_store_open(self, self->arguments[0], 1, 0, &store);
    if (outcome != CLI_DONE)
        return outcome;
    options.as_of = cli_get(self, "as-of");
    options.recorded = cli_get(self, "recorded");
    options.run = self->run;
    gov_status status = gov_store_sql(store, self->arguments[1], &options, &table, &self->err);
    return cli_store_answer(self, store, status, table);
}

static const cli_option options_list[] = {
    {"as-of", "DATE", {"按该日的情况；默认今天", "as things were on this day; default today"}},
    {"recorded", "TIME", {"按当时已登记的情况（UTC）", "as it was recorded at this moment (UTC)"}},
    CLI_STORE_OPTIONS,
    {NULL, NULL, {NULL, NULL}},
};

const cli_command cmd_sql = {
    .name = "sql",
    .arguments = "STORE \"SELECT ...\"",
    .least = 2,
    .most = 2,
    .summary = {"只读查询，限于权限范围", "query the kinds, read only and inside the scope"},
    .options = options_list,
    .run = run_sql,
};
