/* cmd_find.c - govcore find STORE SCHEME VALUE: the record that an identifier belongs to. */
#include "commands.h"
#include "store.h"

static int run_find(cli *self)
{
    gov_store *store = NULL;
    gov_table *table = NULL;
    gov_query_options options = GOV_QUERY_OPTIONS_INIT;
    options.as_of = cli_get(self, "as-of");
    int outcome = cli_store_open(self, self->arguments[0], 1, 0, &store);
    if (outcome != CLI_DONE)
        return outcome;
    gov_status status =
        gov_store_find(store, self->arguments[1], self->arguments[2], &options, &table, &self->err);
    return cli_store_answer(self, store, status, table);
}

static const cli_option options_list[] = {
    {"as-of", "DATE", {"按该日的情况；默认今天", "as things were on this day; default today"}},
    CLI_STORE_OPTIONS,
    {NULL, NULL, {NULL, NULL}},
};

const cli_command cmd_find = {
    .name = "find",
    .arguments = "STORE SCHEME VALUE",
    .least = 3,
    .most = 3,
    .summary = {"按标识查找记录，如 citizen_id、credit_code",
                "find the record of an identifier, such as a citizen_id or credit_code"},
    .options = options_list,
    .run = run_find,
};
