/* cmd_export.c - govcore export STORE KIND KEY: all that is recorded about one record, as JSON. */
#include "commands.h"
#include "store.h"

static int run_export(cli *self)
{
    gov_store *store = NULL;
    gov_text *text = NULL;
    int outcome = cli_store_open(self, self->arguments[0], 1, 0, &store);
    if (outcome != CLI_DONE)
        return outcome;
    if (gov_store_export(store, self->arguments[1], self->arguments[2], &text, &self->err) == GOV_OK)
        outcome = cli_emit_text(self, gov_text_data(text), gov_text_size(text));
    else
        outcome = cli_fail(self);
    gov_text_free(text);
    gov_store_close(store);
    return outcome;
}

static const cli_option options_list[] = {CLI_STORE_OPTIONS, {NULL, NULL, {NULL, NULL}}};

const cli_command cmd_export = {
    .name = "export",
    .arguments = "STORE KIND KEY",
    .least = 3,
    .most = 3,
    .summary = {"导出关于一条记录的全部登记内容（JSON）",
                "give out all that is recorded about one record, as JSON"},
    .details = {"用于答复本人查询；脱敏按 --fields。",
                "For a person who asks what is held about them; masked as --fields says."},
    .options = options_list,
    .run = run_export,
};
