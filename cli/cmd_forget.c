/* cmd_forget.c - govcore forget STORE KIND KEY: the content of all versions about one record. */
#include "commands.h"
#include "store.h"

static int run_forget(cli *self)
{
    gov_store *store = NULL;
    int64_t erased = 0;
    const char *reason = cli_get(self, "reason");
    if (reason == NULL)
        return cli_wrong_use(
            self, "give --reason TEXT: an erasure cannot be undone, and the log says why it was made");
    int outcome =
        cli_store_open_all(self, self->arguments[0], 0, &store) == GOV_OK ? CLI_DONE : cli_fail(self);
    if (outcome != CLI_DONE)
        return outcome;
    if (gov_store_forget(store, self->arguments[1], self->arguments[2], reason, &erased, &self->err) ==
        GOV_OK)
        cli_say(self, self->chinese ? "已擦除 %lld 个版本" : "%lld versions erased", (long long)erased);
    else
        outcome = cli_fail(self);
    gov_store_close(store);
    return outcome;
}

static const cli_option options_list[] = {
    {"reason", "TEXT", {"原因，写入变更日志（必填）", "why, for the change log; must be given"}},
    CLI_STORE_OPTIONS,
    {NULL, NULL, {NULL, NULL}},
};

const cli_command cmd_forget = {
    .name = "forget",
    .arguments = "STORE KIND KEY --reason TEXT",
    .least = 3,
    .most = 3,
    .summary = {"擦除关于一条记录的全部内容（不可撤销）",
                "erase the content of all that is recorded about one record"},
    .details = {"不可撤销。日志仍可核对：留下的只是曾有记录这一事实。",
                "It cannot be undone. The log still verifies: what stays is that something was there."},
    .options = options_list,
    .run = run_forget,
};
