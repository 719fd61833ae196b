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

static gov_status read_inputs(cli *self, const cli_need *need, gov_table **out)
{
    gov_store *store = NULL;
    gov_status status = cli_store_open_all(self, self->arguments[0], 1, &store);
    if (status == GOV_OK)
        status = gov_pipeline_features(store, need->model, &need->pipeline, out, &self->err);
    gov_store_close(store);
    return status;
}

/* With --level, a column of that name: the code of the grid of the level that is the household's or above it. */
static gov_status read_store(cli *self, const cli_need *need, gov_table **out)
{
    const char *level = cli_get(self, "level");
    gov_table *households = NULL;
    gov_table *grids = NULL;
    gov_status status = read_inputs(self, need, level != NULL ? &households : out);
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

static gov_status read_households(cli *self, cli_need *need)
{
    const char *input = cli_get(self, "input");
    return input != NULL ? cli_read_table(self, input, &need->households)
                         : read_store(self, need, &need->households);
}

static gov_status read_model(cli *self, cli_need *need)
{
    const char *members = cli_get(self, "members");
    const char *name = cli_or(cli_get(self, "model"), "govcore-need-22");
    gov_status status = cli_need_model(name, &need->model, &self->err);
    if (status == GOV_OK && members != NULL)
        status = cli_read_table(self, members, &need->members);
    if (status == GOV_OK && cli_get(self, "features") != NULL)
        status = gov_need_features_load(cli_get(self, "features"), &need->features, &self->err);
    return status;
}

/* What is shown of a store: all, unless --fields says less. */
static int read_pipeline(cli *self, cli_need *need)
{
    gov_pipeline_options *o = &need->pipeline;
    o->read_only = 1;
    o->as_of = cli_get(self, "as-of");
    o->view = cli_get(self, "view");
    o->features = need->features;
    o->run = self->run;
    return cli_get(self, "fields") != NULL ? cli_field_class(self, &o->show) : CLI_DONE;
}

int cli_need_begin(cli *self, cli_need *need)
{
    *need = (cli_need){.options = GOV_NEED_OPTIONS_INIT, .pipeline = GOV_PIPELINE_OPTIONS_INIT};
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
    int outcome = read_pipeline(self, need);
    if (outcome != CLI_DONE)
        cli_need_close(need);
    return outcome;
}

int cli_need_open(cli *self, cli_need *need)
{
    int outcome = cli_need_begin(self, need);
    if (outcome != CLI_DONE || read_households(self, need) == GOV_OK)
        return outcome;
    cli_need_close(need);
    return cli_fail(self);
}

void cli_need_close(cli_need *need)
{
    gov_table_free(need->members);
    gov_table_free(need->households);
    gov_need_model_free(need->model);
    gov_need_features_free(need->features);
}
