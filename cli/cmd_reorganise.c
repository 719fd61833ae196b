/* cmd_reorganise.c - govcore reorganise STORE CHANGES.csv --on DATE: splits, merges, new codes and names of grids. */
#include "commands.h"
#include "store.h"

static gov_status reorganise(cli *self, gov_store *store, int64_t *act)
{
    gov_csv_options csv = GOV_CSV_OPTIONS_INIT;
    gov_table *changes = NULL;
    csv.types = "from_grid:utf8,to_grid:utf8";
    csv.run = self->run;
    gov_status status = gov_table_read_csv(self->arguments[1], &csv, &changes, &self->err);
    if (status == GOV_OK)
        status = gov_store_reorganise(store, changes, cli_get(self, "on"), cli_get(self, "reason"), act,
                                      &self->err);
    gov_table_free(changes);
    return status;
}

static int run_reorganise(cli *self)
{
    gov_store *store = NULL;
    int64_t act = 0;
    if (cli_get(self, "on") == NULL)
        return cli_wrong_use(self, "give --on DATE: the day from which the changes hold");
    int outcome = cli_store_open(self, self->arguments[0], 0, 0, &store);
    if (outcome != CLI_DONE)
        return outcome;
    if (reorganise(self, store, &act) == GOV_OK)
        cli_say(self,
                self->chinese ? "操作 %lld（可用 govcore undo 撤销）"
                              : "act %lld (govcore undo takes it back)",
                (long long)act);
    else
        outcome = cli_fail(self);
    gov_store_close(store);
    return outcome;
}

static const cli_option options_list[] = {
    {"on", "DATE", {"自此日起生效", "the day from which the changes hold"}},
    {"reason", "TEXT", {"原因，写入变更日志", "why, for the change log"}},
    CLI_STORE_OPTIONS,
    {NULL, NULL, {NULL, NULL}},
};

const cli_command cmd_reorganise = {
    .name = "reorganise",
    .arguments = "STORE CHANGES.csv --on DATE",
    .least = 2,
    .most = 2,
    .summary = {"网格的拆分、合并、改码、改名", "split, merge, recode and rename grids from a day on"},
    .details =
        {"CHANGES.csv 的列：from_grid、to_grid，以及可选的 share、name、level、kind、parent、evidence。",
         "Columns of CHANGES.csv: from_grid, to_grid, and maybe share, name, level, kind, parent, evidence."},
    .options = options_list,
    .run = run_reorganise,
};
