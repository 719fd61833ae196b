/* message.c - what is said on standard error, and the exit code that belongs to a status. */
#include "cli.h"

#include <stdarg.h>
#include <string.h>

const char *cli_pick(const cli *self, cli_text text)
{
    return self->chinese && text.zh != NULL ? text.zh : text.en;
}

static int exit_code(gov_status status)
{
    switch (status) {
    case GOV_OK:
        return CLI_DONE;
    case GOV_E_MEMORY:
    case GOV_E_IO:
    case GOV_E_STORE:
    case GOV_E_CORRUPT:
    case GOV_E_VERSION:
    case GOV_E_CANCELLED:
    case GOV_E_SCOPE:
    case GOV_E_INTERNAL:
        return CLI_SYSTEM;
    default:
        return CLI_INPUT;
    }
}

/* "file:line:column: ", "file: row 12: ", "file: " or nothing. Rows are counted from 1 for people. */
static void print_place(const cli *self, const gov_error *err)
{
    const char *file = err->file[0] != '\0' || self->about == NULL ? err->file : self->about;
    if (file[0] != '\0')
        fprintf(stderr, "%s:", file);
    if (err->line > 0)
        fprintf(stderr, "%lld:", (long long)err->line);
    if (err->line > 0 && err->column > 0)
        fprintf(stderr, "%lld:", (long long)err->column);
    if (file[0] != '\0' || err->line > 0)
        fputc(' ', stderr);
    if (err->line <= 0 && err->row >= 0)
        fprintf(stderr, self->chinese ? "第 %lld 行：" : "row %lld: ", (long long)err->row + 1);
}

int cli_fail(cli *self)
{
    const gov_error *err = &self->err;
    print_place(self, err);
    if (self->chinese)
        fprintf(stderr, "%s：", gov_status_text(err->code, "zh"));
    fputs(err->message, stderr);
    if (err->name[0] != '\0')
        fprintf(stderr, " (%s)", err->name);
    fputc('\n', stderr);
    return exit_code(err->code);
}

int cli_wrong_use(const cli *self, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    fputs("govcore: ", stderr);
    vfprintf(stderr, format, list);
    va_end(list);
    if (self->command != NULL && strcmp(self->command->name, "help") != 0)
        fprintf(stderr, "\n%s: govcore help %s\n", self->chinese ? "说明" : "help", self->command->name);
    else
        fprintf(stderr, "\n%s: govcore help\n", self->chinese ? "说明" : "help");
    return CLI_USAGE;
}

void cli_say(const cli *self, const char *format, ...)
{
    va_list list;
    if (self->quiet)
        return;
    va_start(list, format);
    vfprintf(stderr, format, list);
    va_end(list);
    fputc('\n', stderr);
}

const char *cli_grouped(int64_t number, char *buffer)
{
    char digits[32];
    int size = snprintf(digits, sizeof(digits), "%lld", (long long)number);
    int out = 0;
    for (int i = 0; i < size; i++) {
        if (i > 0 && digits[i - 1] != '-' && (size - i) % 3 == 0)
            buffer[out++] = ' ';
        buffer[out++] = digits[i];
    }
    buffer[out] = '\0';
    return buffer;
}
