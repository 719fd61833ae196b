/* input.c - tables that commands read. */
#include "cli.h"

#include <string.h>

gov_status cli_read_table(cli *self, const char *path, gov_table **out)
{
    gov_csv_options options = GOV_CSV_OPTIONS_INIT;
    options.encoding = cli_get(self, "encoding");
    options.types = cli_get(self, "types");
    options.run = self->run;
    gov_status status =
        gov_table_read_csv(strcmp(path, "-") == 0 ? "/dev/stdin" : path, &options, out, &self->err);
    if (status == GOV_OK)
        self->about = path;
    return status;
}
