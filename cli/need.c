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

/* With --level, a column of that name: the code of the grid of the level that is the household's or above it. */
static gov_status read_store(cli *self, gov_table **out)
{
    const char *level = cli_get(self, "level");
    gov_table *households = NULL;
    gov_table *grids = NULL;
    gov_status status =
        cli_store_read(self, self->arguments[0], "household", level != NULL ? &households : out);
    if (level == NULL)
        return status;
    if (status == GOV_OK)
        status = cli_store_read(self, self->arguments[0], "grid", &grids);
    if (status == GOV_OK)
        status = gov_areas_join(households, "grid", grids, level, level, out, &self->err);
    gov_table_free(grids);
    gov_table_free(households);
    return status;
}

static gov_status read_households(cli *self, gov_table **out)
{
    const char *input = cli_get(self, "input");
    return input != NULL ? cli_read_table(self, input, out) : read_store(self, out);
}

static gov_status read_model(cli *self, cli_need *need)
{
    const char *members = cli_get(self, "members");
    const char *name = cli_or(cli_get(self, "model"), "govcore-need-22");
    gov_status status = cli_need_model(name, &need->model, &self->err);
    if (status == GOV_OK && members != NULL)
        status = cli_read_table(self, members, &need->members);
    return status;
}

int cli_need_begin(cli *self, cli_need *need)
{
    *need = (cli_need){.options = GOV_NEED_OPTIONS_INIT};
    if ((cli_get(self, "input") == NULL) == (self->argument_count == 0))
        return cli_wrong_use(self, "give either a store or --input");
    if (read_model(self, need) != GOV_OK) {
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

int cli_need_open(cli *self, cli_need *need)
{
    int outcome = cli_need_begin(self, need);
    if (outcome != CLI_DONE || read_households(self, &need->households) == GOV_OK)
        return outcome;
    cli_need_close(need);
    return cli_fail(self);
}

void cli_need_close(cli_need *need)
{
    gov_table_free(need->members);
    gov_table_free(need->households);
    gov_need_model_free(need->model);
}
