/* cmd_history.c - govcore history STORE KIND KEY: every version of one record. */
#include "commands.h"
#include "store.h"

static int run_history(cli *self)
{
    gov_store *store = NULL;
    gov_table *table = NULL;
    int outcome = cli_store_open(self, self->arguments[0], 1, 0, &store);
    if (outcome != CLI_DONE)
        return outcome;
    gov_status status = gov_store_history(store, self->arguments[1], self->arguments[2], &table, &self->err);
    return cli_store_answer(self, store, status, table);
}

static const cli_option options_list[] = {
    CLI_STORE_OPTIONS,
    {NULL, NULL, {NULL, NULL}},
};

const cli_command cmd_history = {
    .name = "history",
    .arguments = "STORE KIND KEY",
    .least = 3,
    .most = 3,
    .summary = {"一条记录的全部版本", "list every version of one record"},
    .options = options_list,
    .run = run_history,
};
