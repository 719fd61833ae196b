/* commands.h - the commands, each in the file cmd_NAME.c. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "cli.h"

extern const cli_command cmd_trend;
extern const cli_command cmd_help;

#endif
