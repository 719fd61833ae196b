/* cmd_grid.c - govcore grid STORE: the grids, as a table or as a tree. */
#include "commands.h"
#include "rows.h"
#include "store.h"

#include <string.h>

static void print_branch(const gov_table *grids, const char *parent, int depth)
{
    for (int64_t i = 0; i < gov_table_rows(grids); i++) {
        char code[64], name[128], above[64];
        cli_text_at(grids, i, "code", code, sizeof(code));
        cli_text_at(grids, i, "name", name, sizeof(name));
        cli_text_at(grids, i, "parent", above, sizeof(above));
        int is_root = parent == NULL && (above[0] == '\0' || cli_find_row(grids, "code", above) < 0);
        if (!is_root && (parent == NULL || strcmp(above, parent) != 0))
            continue;
        printf("%*s%s  %s\n", 2 * depth, "", code, name);
        if (depth < 32)
            print_branch(grids, code, depth + 1);
    }
}

/* What is read by eye; other forms have all columns. */
static const char *const shown[] = {"code", "name", "level", "kind", "parent"};

static int read_grids(cli *self, gov_table **out)
{
    gov_query_options options = GOV_QUERY_OPTIONS_INIT;
    gov_store *store = NULL;
    int outcome = cli_store_open(self, self->arguments[0], 1, 0, &store);
    if (outcome != CLI_DONE)
        return outcome;
    options.as_of = cli_get(self, "as-of");
    options.grid = cli_get(self, "root");
    options.run = self->run;
    if (self->format == CLI_TABLE) {
        options.columns = shown;
        options.column_count = 5;
    }
    if (gov_store_query(store, "grid", &options, out, &self->err) != GOV_OK)
        outcome = cli_fail(self);
    gov_store_close(store);
    return outcome;
}

static int run_grid(cli *self)
{
    gov_table *grids = NULL;
    int outcome = read_grids(self, &grids);
    if (outcome != CLI_DONE)
        return outcome;
    if (cli_get(self, "tree") != NULL)
        print_branch(grids, NULL, 0);
    else
        outcome = cli_emit(self, grids);
    gov_table_free(grids);
    return outcome;
}

static const cli_option options_list[] = {
    {"root", "CODE", {"只列此网格及其下级", "only this grid and those below it"}},
    {"as-of", "DATE", {"按该日的网格树；默认今天", "the tree of this day; default today"}},
    {"tree", NULL, {"按层级缩进", "indent by level"}},
    CLI_STORE_OPTIONS,
    {NULL, NULL, {NULL, NULL}},
};

const cli_command cmd_grid = {
    .name = "grid",
    .arguments = "STORE [--root CODE] [--as-of DATE] [--tree]",
    .least = 1,
    .most = 1,
    .summary = {"列出网格树", "list the grids"},
    .options = options_list,
    .run = run_grid,
};
