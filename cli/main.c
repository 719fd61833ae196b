/* main.c - the govcore command: finds the command, runs it, gives its exit code. */
#include "cli.h"
#include "commands.h"

#include <string.h>

const cli_command *const cli_commands[] = {
    &cmd_init,    &cmd_import,  &cmd_grid,   &cmd_count,       &cmd_near,     &cmd_cover,      &cmd_find,
    &cmd_history, &cmd_export,  &cmd_forget, &cmd_acts,        &cmd_undo,     &cmd_reorganise, &cmd_conflicts,
    &cmd_sources, &cmd_sql,     &cmd_verify, &cmd_model,       &cmd_features, &cmd_score,      &cmd_explain,
    &cmd_unmet,   &cmd_measure, &cmd_budget, &cmd_sensitivity, &cmd_allocate, &cmd_trend,      &cmd_report,
    &cmd_demo,    &cmd_help,    NULL,
};

static int wants_version(int argc, char **argv)
{
    return argc == 2 && (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "version") == 0);
}

int main(int argc, char **argv)
{
    cli self = {.threads = 1, .seed = -1, .err = GOV_ERROR_INIT};
    if (wants_version(argc, argv)) {
        printf("govcore %s\n", gov_version());
        return CLI_DONE;
    }
    int outcome = cli_parse(&self, argc, argv);
    if (outcome != CLI_DONE)
        return outcome;
    if (cli_get(&self, "help") != NULL) {
        cli_help_command(&self, self.command, stdout);
        return CLI_DONE;
    }
    outcome = cli_watch_begin(&self);
    if (outcome == CLI_DONE) {
        outcome = self.command->run(&self);
        cli_watch_end(&self);
    }
    if (fflush(stdout) != 0 && outcome == CLI_DONE)
        outcome = CLI_SYSTEM;
    return outcome;
}
