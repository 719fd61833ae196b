/* cmd_near.c - govcore near STORE LON,LAT: what is close to a point. */
#include "commands.h"
#include "store.h"

#include <stdlib.h>
#include <string.h>

static int read_number(const cli *self, const char *what, const char *text, double *out)
{
    char *end = NULL;
    *out = strtod(text, &end);
    return *text != '\0' && *end == '\0' ? CLI_DONE
                                         : cli_wrong_use(self, "%s must be a number, not %s", what, text);
}

static int read_point(const cli *self, double *lon, double *lat)
{
    char text[128];
    snprintf(text, sizeof(text), "%s", self->arguments[1]);
    char *comma = strchr(text, ',');
    if (comma == NULL)
        return cli_wrong_use(self, "the point must be LON,LAT, not %s", text);
    *comma = '\0';
    int outcome = read_number(self, "the longitude", text, lon);
    return outcome == CLI_DONE ? read_number(self, "the latitude", comma + 1, lat) : outcome;
}

/* The type is compared as the kind's own field of that name. */
static void choose_type(const cli *self, gov_query_options *options, const char **value)
{
    *value = cli_get(self, "type");
    if (*value == NULL)
        return;
    options->where = "type = ?1";
    options->values = value;
    options->value_count = 1;
}

static int run_near(cli *self)
{
    gov_query_options options = GOV_QUERY_OPTIONS_INIT;
    gov_store *store = NULL;
    gov_table *table = NULL;
    const char *type;
    double lon = 0, lat = 0, radius = 0;
    int outcome = read_point(self, &lon, &lat);
    if (outcome == CLI_DONE)
        outcome = read_number(self, "--radius", cli_or(cli_get(self, "radius"), "300"), &radius);
    if (outcome == CLI_DONE)
        outcome = cli_store_open(self, self->arguments[0], 1, 0, &store);
    if (outcome != CLI_DONE)
        return outcome;
    options.as_of = cli_get(self, "as-of");
    options.run = self->run;
    choose_type(self, &options, &type);
    gov_status status = gov_store_near(store, cli_or(cli_get(self, "kind"), "thing"), lon, lat, radius,
                                       &options, &table, &self->err);
    return cli_store_answer(self, store, status, table);
}

static const cli_option options_list[] = {
    {"radius", "METRES", {"半径（米），默认 300", "radius in metres, default 300"}},
    {"kind", "KIND", {"种类，默认 thing", "kind of record, default thing"}},
    {"type", "TYPE", {"只要这种类型，如 camera", "only of this type, such as camera"}},
    {"as-of", "DATE", {"按该日的情况；默认今天", "as things were on this day; default today"}},
    CLI_STORE_OPTIONS,
    {NULL, NULL, {NULL, NULL}},
};

const cli_command cmd_near = {
    .name = "near",
    .arguments = "STORE LON,LAT",
    .least = 2,
    .most = 2,
    .summary = {"一点附近的记录，由近及远", "list records near a point, the nearest first"},
    .options = options_list,
    .run = run_near,
};
