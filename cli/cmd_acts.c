/* cmd_acts.c - govcore acts STORE: what was done to a store, and by whom. */
#include "commands.h"
#include "store.h"

static int run_acts(cli *self)
{
    gov_store *store = NULL;
    gov_table *table = NULL;
    int outcome = cli_store_open(self, self->arguments[0], 1, 0, &store);
    if (outcome != CLI_DONE)
        return outcome;
    gov_status status = gov_store_acts(store, &table, &self->err);
    return cli_store_answer(self, store, status, table);
}

static const cli_option options_list[] = {
    CLI_STORE_OPTIONS,
    {NULL, NULL, {NULL, NULL}},
};

const cli_command cmd_acts = {
    .name = "acts",
    .arguments = "STORE",
    .least = 1,
    .most = 1,
    .summary = {"列出对数据库所做的操作", "list what was done to a store, when and by whom"},
    .options = options_list,
    .run = run_acts,
};
