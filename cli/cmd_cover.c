/* cmd_cover.c - govcore cover STORE: whether the boundaries of one level cover their ground. */
#include "commands.h"
#include "store.h"

static int run_cover(cli *self)
{
    gov_query_options options = GOV_QUERY_OPTIONS_INIT;
    gov_store *store = NULL;
    gov_table *table = NULL;
    const char *level = cli_get(self, "level");
    if (level == NULL)
        return cli_wrong_use(self, "--level must say which grids%s", "");
    int outcome = cli_store_open(self, self->arguments[0], 1, 0, &store);
    if (outcome != CLI_DONE)
        return outcome;
    options.as_of = cli_get(self, "as-of");
    options.run = self->run;
    gov_status status =
        cli_get(self, "neighbours") != NULL
            ? gov_store_neighbours(store, level, &options, &table, &self->err)
            : gov_store_cover(store, level, cli_get(self, "points"), &options, &table, &self->err);
    return cli_store_answer(self, store, status, table);
}

static const cli_option options_list[] = {
    {"level", "LEVEL", {"检查此层级网格的边界", "the level of the grids whose boundaries are looked at"}},
    {"points",
     "KIND",
     {"并列出不在任何边界内的记录，如 thing",
      "list the records of this kind, such as thing, that lie in none"}},
    {"neighbours",
     NULL,
     {"改为列出相邻的网格及共同边界的长度", "list which grids touch, and how long their border is"}},
    {"as-of", "DATE", {"按该日的边界；默认今天", "the boundaries of this day; default today"}},
    CLI_STORE_OPTIONS,
    {NULL, NULL, {NULL, NULL}},
};

const cli_command cmd_cover = {
    .name = "cover",
    .arguments = "STORE",
    .least = 1,
    .most = 1,
    .summary = {"检查网格边界：缺口、重叠、自交、孤点",
                "audit boundaries: gaps, overlaps, self-crossings, orphans"},
    .options = options_list,
    .run = run_cover,
};
