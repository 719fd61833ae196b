/* commands.h - the commands, each in the file cmd_NAME.c. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "cli.h"

extern const cli_command cmd_init;
extern const cli_command cmd_import;
extern const cli_command cmd_grid;
extern const cli_command cmd_sql;
extern const cli_command cmd_verify;
extern const cli_command cmd_near;
extern const cli_command cmd_count;
extern const cli_command cmd_cover;
extern const cli_command cmd_find;
extern const cli_command cmd_history;
extern const cli_command cmd_acts;
extern const cli_command cmd_undo;
extern const cli_command cmd_reorganise;
extern const cli_command cmd_export;
extern const cli_command cmd_forget;
extern const cli_command cmd_conflicts;
extern const cli_command cmd_sources;
extern const cli_command cmd_model;
extern const cli_command cmd_features;
extern const cli_command cmd_score;
extern const cli_command cmd_explain;
extern const cli_command cmd_unmet;
extern const cli_command cmd_measure;
extern const cli_command cmd_budget;
extern const cli_command cmd_sensitivity;
extern const cli_command cmd_allocate;
extern const cli_command cmd_trend;
extern const cli_command cmd_report;
extern const cli_command cmd_demo;
extern const cli_command cmd_help;

#endif
