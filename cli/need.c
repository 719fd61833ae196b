/* need.c - reads the model, the households and the options of scoring. */
#include "need.h"
#include "store.h"

#include <string.h>

static int is_file_name(const char *name)
{
    size_t size = strlen(name);
    return strchr(name, '/') != NULL || (size > 5 && strcmp(name + size - 5, ".yaml") == 0) ||
           (size > 4 && strcmp(name + size - 4, ".yml") == 0);
}

gov_status cli_need_model(const char *name, gov_need_model **out, gov_error *err)
{
    return is_file_name(name) ? gov_need_model_load(name, out, err) : gov_need_model_builtin(name, out, err);
}

static gov_status read_households(cli *self, gov_table **out)
{
    const char *input = cli_get(self, "input");
    return input != NULL ? cli_read_table(self, input, out)
                         : cli_store_read(self, self->arguments[0], "household", out);
}

static gov_status read_all(cli *self, cli_need *need)
{
    const char *members = cli_get(self, "members");
    gov_status status =
        cli_need_model(cli_or(cli_get(self, "model"), "govcore-need-22"), &need->model, &self->err);
    if (status == GOV_OK)
        status = read_households(self, &need->households);
    if (status == GOV_OK && members != NULL)
        status = cli_read_table(self, members, &need->members);
    return status;
}

int cli_need_open(cli *self, cli_need *need)
{
    *need = (cli_need){.options = GOV_NEED_OPTIONS_INIT};
    if ((cli_get(self, "input") == NULL) == (self->argument_count == 0))
        return cli_wrong_use(self, "give either a store or --input");
    if (read_all(self, need) != GOV_OK) {
        cli_need_close(need);
        return cli_fail(self);
    }
    need->options.threads = self->threads;
    need->options.as_of = cli_get(self, "as-of");
    need->options.preset = cli_get(self, "preset");
    need->options.params = cli_get(self, "params");
    need->options.depth = cli_get(self, "depth") != NULL;
    need->options.members = need->members;
    need->options.run = self->run;
    return CLI_DONE;
}

void cli_need_close(cli_need *need)
{
    gov_table_free(need->members);
    gov_table_free(need->households);
    gov_need_model_free(need->model);
}
