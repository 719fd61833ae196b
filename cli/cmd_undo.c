/* cmd_undo.c - govcore undo STORE ACT: takes back an act. */
#include "commands.h"
#include "store.h"

#include <stdlib.h>

static int run_undo(cli *self)
{
    gov_store *store = NULL;
    char *end = NULL;
    long long act = strtoll(self->arguments[1], &end, 10);
    if (*self->arguments[1] == '\0' || *end != '\0')
        return cli_wrong_use(self, "the act must be a number of govcore acts, not %s", self->arguments[1]);
    int outcome = cli_store_open(self, self->arguments[0], 0, 0, &store);
    if (outcome != CLI_DONE)
        return outcome;
    if (gov_store_undo(store, act, cli_get(self, "reason"), &self->err) != GOV_OK)
        outcome = cli_fail(self);
    gov_store_close(store);
    return outcome;
}

static const cli_option options_list[] = {
    {"reason", "TEXT", {"原因，写入变更日志", "why, for the change log"}},
    CLI_STORE_OPTIONS,
    {NULL, NULL, {NULL, NULL}},
};

const cli_command cmd_undo = {
    .name = "undo",
    .arguments = "STORE ACT",
    .least = 2,
    .most = 2,
    .summary = {"撤销一次操作（撤销本身也有记录）", "take back an act; the log keeps both"},
    .options = options_list,
    .run = run_undo,
};
