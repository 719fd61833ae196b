/* cli.h - what the files of the govcore command share.
 *
 * The command rests on the public headers only. Results go to standard output (or to the file of --output),
 * messages and progress to standard error. Each command is one file, cmd_NAME.c, and one entry in main.c. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "govcore.h"

#include <stdio.h>

/* How the command ends; documented, part of its interface. */
enum {
    CLI_DONE = 0,
    CLI_REJECTED = 1, /* done, but rows were rejected or checks failed */
    CLI_USAGE = 2,    /* wrong use of the command */
    CLI_INPUT = 3,    /* bad input: a file, a model, a code */
    CLI_SYSTEM = 4    /* the store or the system refused, or the run was cancelled */
};

typedef struct cli_text {
    const char *zh;
    const char *en;
} cli_text;

/* An option --name; `value` is what stands for its value in the help, NULL for a flag. */
typedef struct cli_option {
    const char *name;
    const char *value;
    cli_text help;
} cli_option;

typedef struct cli cli;

typedef struct cli_command {
    const char *name;
    const char *arguments; /* as the usage line shows them */
    int least;             /* number of arguments */
    int most;
    cli_text summary;
    cli_text details;          /* a paragraph or more; NULL: nothing more to say */
    const cli_option *options; /* ended by an entry without a name; NULL: only the common ones */
    int (*run)(cli *self);
} cli_command;

typedef enum cli_format { CLI_TABLE, CLI_CSV, CLI_JSON, CLI_ARROW } cli_format;

enum { CLI_MOST_ARGUMENTS = 16, CLI_MOST_OPTIONS = 32 };

struct cli {
    const cli_command *command;
    const char *arguments[CLI_MOST_ARGUMENTS];
    int argument_count;
    const char *names[CLI_MOST_OPTIONS]; /* options given, in order */
    const char *values[CLI_MOST_OPTIONS];
    int option_count;
    cli_format format;
    int chinese;
    int quiet;
    int progress;
    int32_t threads;
    int64_t seed; /* -1: not given */
    gov_run *run;
    const char *about; /* the file of the table at hand, for errors that name only a row or a column */
    gov_error err;
};

extern const cli_option cli_common_options[];
extern const cli_command *const cli_commands[]; /* ended by NULL */

/* --- options.c ------------------------------------------------------------------------------------------
 * Reads the command line into *self; on wrong use says so and returns CLI_USAGE. */
int cli_parse(cli *self, int argc, char **argv);
const cli_command *cli_find_command(const char *name);
/* The value of an option (the last one given; "" for a flag), or NULL if it was not given. */
const char *cli_get(const cli *self, const char *name);
/* `given` if it is not NULL, else `otherwise`. */
const char *cli_or(const char *given, const char *otherwise);

/* --- message.c ------------------------------------------------------------------------------------------
 * cli_fail prints self->err as "file:line:column: message (name)" and returns the exit code that belongs to
 * it. cli_wrong_use prints what is wrong and where help is, and returns CLI_USAGE. cli_say prints a message
 * unless --quiet. cli_pick chooses the language. */
const char *cli_pick(const cli *self, cli_text text);
int cli_fail(cli *self);
int cli_wrong_use(const cli *self, const char *format, ...) __attribute__((format(printf, 2, 3)));
void cli_say(const cli *self, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* "12 345": digits in groups of three, into the caller's buffer of at least 32 bytes. */
const char *cli_grouped(int64_t number, char *buffer);

/* --- help.c ---------------------------------------------------------------------------------------------- */
void cli_help(const cli *self, FILE *out);
void cli_help_command(const cli *self, const cli_command *command, FILE *out);

/* --- output.c -------------------------------------------------------------------------------------------
 * Writes a result in the format of --format to standard output, or to the file of --output; the file's ending
 * (.csv, .json, .arrows, .txt) decides if --format is not given. */
int cli_emit(cli *self, const gov_table *table);
/* The same for a text that is a result. */
int cli_emit_text(cli *self, const char *text, int64_t size);

/* --- cells.c: a table for the eye ---------------------------------------------------------------------- */
typedef struct cli_cell {
    char data[512];
    int size;
    int width;   /* columns on a terminal */
    int missing; /* a value that is not there */
} cli_cell;
void cli_cell_read(const gov_column_view *column, int64_t row, cli_cell *cell);
gov_status cli_print_table(const gov_table *table, FILE *out, gov_error *err);

/* --- width.c -------------------------------------------------------------------------------------------
 * Columns that UTF-8 text takes on a terminal: 2 for wide East Asian characters, 0 for combining marks. */
int cli_width(const char *text, int size);
/* The longest start of the text that takes at most `columns` columns, in bytes. */
int cli_fit(const char *text, int size, int columns);

/* --- input.c -------------------------------------------------------------------------------------------
 * The table of --input (CSV; "-" is standard input), with --encoding. */
gov_status cli_read_table(cli *self, const char *path, gov_table **out);

/* --- watch.c -------------------------------------------------------------------------------------------
 * Control-C asks the run to stop; with --progress a line on standard error follows it. */
int cli_watch_begin(cli *self);
void cli_watch_end(cli *self);

#endif
