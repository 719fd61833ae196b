/* cmd_help.c - govcore help [COMMAND]. */
#include "commands.h"

static int run_help(cli *self)
{
    if (self->argument_count == 0) {
        cli_help(self, stdout);
        return CLI_DONE;
    }
    const cli_command *command = cli_find_command(self->arguments[0]);
    if (command == NULL)
        return cli_wrong_use(self, "there is no command %s", self->arguments[0]);
    cli_help_command(self, command, stdout);
    return CLI_DONE;
}

const cli_command cmd_help = {
    .name = "help",
    .arguments = "[COMMAND]",
    .most = 1,
    .summary = {"列出命令，或说明一个命令", "list the commands, or explain one"},
    .run = run_help,
};
