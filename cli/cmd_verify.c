/* cmd_verify.c - govcore verify STORE: is the history as it was recorded? */
#include "commands.h"
#include "store.h"

static int run_verify(cli *self)
{
    gov_verify_result result = GOV_VERIFY_RESULT_INIT;
    gov_store *store = NULL;
    int outcome = cli_store_open(self, self->arguments[0], 1, 0, &store);
    if (outcome != CLI_DONE)
        return outcome;
    gov_status status = gov_store_verify(store, self->run, &result, &self->err);
    gov_store_close(store);
    if (status == GOV_E_CORRUPT) {
        cli_fail(self);
        return CLI_REJECTED;
    }
    if (status != GOV_OK)
        return cli_fail(self);
    cli_say(self,
            self->chinese ? "变更日志完整：%lld 条变更，%lld 个版本，已擦除 %lld 个"
                          : "the change log holds: %lld changes, %lld versions, %lld erased",
            (long long)result.changes, (long long)result.versions, (long long)result.erased);
    printf("%s\n", result.head);
    return CLI_DONE;
}

static const cli_option options[] = {CLI_STORE_OPTIONS, {NULL, NULL, {NULL, NULL}}};

const cli_command cmd_verify = {
    .name = "verify",
    .arguments = "STORE",
    .least = 1,
    .most = 1,
    .summary = {"检查变更日志是否被改动", "check that the change log was not altered"},
    .details = {"输出哈希链末值，可另行保存，以防尾部被截断。",
                "Prints the last hash of the chain, to be kept elsewhere against a cut-off tail."},
    .options = options,
    .run = run_verify,
};
