/* output.c - results: to standard output, or whole to a file (written beside it and moved, so that a reader
 * never sees half of one). */
#include "arrow.h"
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int fail_output(const cli *self, const char *path)
{
    fprintf(stderr, "%s: %s: %s\n", path, self->chinese ? "不能写入" : "cannot write", strerror(errno));
    return CLI_SYSTEM;
}

/* Only a regular file, or none yet, can be replaced by moving another over it; a device, a pipe or a link is written to
 * as it is. */
static int is_replaceable(const char *path)
{
    struct stat about;
    return lstat(path, &about) != 0 || S_ISREG(about.st_mode);
}

static int open_output(cli *self, FILE **file, char *draft, size_t size)
{
    const char *path = cli_get(self, "output");
    *file = stdout;
    if (path == NULL)
        return CLI_DONE;
    snprintf(draft, size, "%s%s", path, is_replaceable(path) ? ".part" : "");
    *file = fopen(draft, "wb");
    return *file != NULL ? CLI_DONE : fail_output(self, path);
}

static int close_output(cli *self, FILE *file, const char *draft)
{
    const char *path = cli_get(self, "output");
    int good = !ferror(file) && fflush(file) == 0;
    if (path == NULL)
        return good ? CLI_DONE : fail_output(self, "standard output");
    int is_draft = strcmp(draft, path) != 0;
    good = fclose(file) == 0 && good;
    if (good && (!is_draft || rename(draft, path) == 0))
        return CLI_DONE;
    int outcome = fail_output(self, path);
    if (is_draft)
        remove(draft);
    return outcome;
}

int cli_emit_text(cli *self, const char *text, int64_t size)
{
    char draft[4096];
    FILE *file;
    int outcome = open_output(self, &file, draft, sizeof(draft));
    if (outcome != CLI_DONE)
        return outcome;
    fwrite(text, 1, (size_t)size, file);
    return close_output(self, file, draft);
}

static int emit_table(cli *self, const gov_table *table)
{
    char draft[4096];
    FILE *file;
    int outcome = open_output(self, &file, draft, sizeof(draft));
    if (outcome != CLI_DONE)
        return outcome;
    gov_status printed = self->format == CLI_ARROW ? cli_write_arrow(table, file, &self->err)
                                                   : cli_print_table(table, file, &self->err);
    outcome = close_output(self, file, draft);
    return printed == GOV_OK ? outcome : cli_fail(self);
}

int cli_emit(cli *self, const gov_table *table)
{
    gov_text *text = NULL;
    if (self->format == CLI_TABLE || self->format == CLI_ARROW)
        return emit_table(self, table);
    gov_status status = self->format == CLI_CSV ? gov_table_format_csv(table, &text, &self->err)
                                                : gov_table_format_json(table, &text, &self->err);
    if (status != GOV_OK)
        return cli_fail(self);
    int outcome = cli_emit_text(self, gov_text_data(text), gov_text_size(text));
    gov_text_free(text);
    return outcome;
}
