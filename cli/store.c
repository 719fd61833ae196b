/* store.c - opening a store as the options say. */
#include "store.h"

#include <stdlib.h>
#include <string.h>

int cli_field_class(const cli *self, gov_field_class *out)
{
    static const char *const names[] = {"public", "internal", "personal", "sensitive"};
    const char *given = cli_or(cli_get(self, "fields"), "internal");
    for (int i = 0; i < 4; i++)
        if (strcmp(given, names[i]) == 0) {
            *out = (gov_field_class)(GOV_FIELDS_PUBLIC + i);
            return CLI_DONE;
        }
    return cli_wrong_use(self, "--fields must be public, internal, personal or sensitive, not %s", given);
}

static const char *actor_of(const cli *self)
{
    return cli_or(cli_get(self, "actor"), cli_or(getenv("USER"), "unknown"));
}

int cli_store_open(cli *self, const char *path, int read_only, int create, gov_store **out)
{
    gov_store_options options = GOV_STORE_OPTIONS_INIT;
    int outcome = cli_field_class(self, &options.fields);
    if (outcome != CLI_DONE)
        return outcome;
    options.create = create;
    options.read_only = read_only;
    options.actor = actor_of(self);
    options.scope = cli_get(self, "scope");
    return gov_store_open(path, &options, out, &self->err) == GOV_OK ? CLI_DONE : cli_fail(self);
}

gov_status cli_store_open_all(cli *self, const char *path, int read_only, gov_store **out)
{
    gov_store_options options = GOV_STORE_OPTIONS_INIT;
    options.read_only = read_only;
    options.fields = GOV_FIELDS_SENSITIVE;
    options.actor = actor_of(self);
    options.scope = cli_get(self, "scope");
    return gov_store_open(path, &options, out, &self->err);
}

gov_status cli_store_read(cli *self, const char *path, const char *kind, gov_table **out)
{
    gov_query_options query = GOV_QUERY_OPTIONS_INIT;
    gov_store *store = NULL;
    query.as_of = cli_get(self, "as-of");
    query.run = self->run;
    gov_status status = cli_store_open_all(self, path, 1, &store);
    if (status == GOV_OK)
        status = gov_store_query(store, kind, &query, out, &self->err);
    gov_store_close(store);
    return status;
}

int cli_store_answer(cli *self, gov_store *store, gov_status status, gov_table *table)
{
    int outcome = status == GOV_OK ? cli_emit(self, table) : cli_fail(self);
    gov_table_free(table);
    gov_store_close(store);
    return outcome;
}
