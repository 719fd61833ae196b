/* cmd_init.c - govcore init STORE. */
#include "commands.h"
#include "store.h"

static int run_init(cli *self)
{
    gov_store *store = NULL;
    int outcome = cli_store_open(self, self->arguments[0], 0, 1, &store);
    if (outcome == CLI_DONE)
        cli_say(self, self->chinese ? "%s: 数据库就绪，结构版本 %lld" : "%s: the store is ready, layout %lld",
                self->arguments[0], (long long)gov_store_layout(store));
    gov_store_close(store);
    return outcome;
}

static const cli_option options[] = {CLI_STORE_OPTIONS, {NULL, NULL, {NULL, NULL}}};

const cli_command cmd_init = {
    .name = "init",
    .arguments = "STORE",
    .least = 1,
    .most = 1,
    .summary = {"新建数据库（已存在则检查并升级）",
                "make a store (an existing one is checked and brought up to date)"},
    .options = options,
    .run = run_init,
};
