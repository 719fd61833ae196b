/* cmd_explain.c - govcore explain: why a household has its score, line by line. */
#include "commands.h"
#include "need.h"
#include "rows.h"
#include "store.h"

#include <stdlib.h>
#include <string.h>

/* The column that names a household: --id, or the first of the usual names that the table has. */
static const char *id_column(const cli *self, const gov_table *table)
{
    const char *const usual[] = {"household_id", "id", "household"};
    if (cli_get(self, "id") != NULL)
        return cli_get(self, "id");
    for (int i = 0; i < 3; i++)
        if (cli_has_column(table, usual[i]))
            return usual[i];
    return gov_table_name(table, 0);
}

static int find_household(cli *self, const gov_table *table, int64_t *row)
{
    const char *id = cli_get(self, "household");
    const char *number = cli_get(self, "row");
    if ((id == NULL) == (number == NULL))
        return cli_wrong_use(self, "give either --household ID or --row N");
    if (number != NULL) {
        char *end = NULL;
        *row = strtoll(number, &end, 10) - 1;
        return *number != '\0' && *end == '\0'
                   ? CLI_DONE
                   : cli_wrong_use(self, "--row must be a number, not %s", number);
    }
    *row = cli_find_row(table, id_column(self, table), id);
    if (*row >= 0)
        return CLI_DONE;
    fprintf(stderr, self->chinese ? "没有这一户：%s（列 %s）\n" : "there is no household %s (column %s)\n",
            id, id_column(self, table));
    return CLI_INPUT;
}

static int explain(cli *self, const cli_need *need, int64_t row)
{
    gov_need_explanation *why = NULL;
    if (gov_need_explain(need->model, need->households, row, &need->options, &why, &self->err) != GOV_OK)
        return cli_fail(self);
    int outcome;
    if (self->format == CLI_TABLE) {
        const char *text = gov_need_explanation_text(why, self->chinese ? "zh" : "en");
        outcome = cli_emit_text(self, text, (int64_t)strlen(text));
    } else {
        outcome = cli_emit(self, gov_need_explanation_lines(why));
    }
    gov_need_explanation_free(why);
    return outcome;
}

/* Which table of a household of a store; -1: there is no such part. */
static int part_of(const char *name)
{
    static const char *const names[] = {"score", "lines",   "inputs", "readings",
                                        "ask",   "changes", "flips",  "services"};
    for (int i = 0; i < 8; i++)
        if (strcmp(name, names[i]) == 0)
            return i;
    return -1;
}

static gov_status explain_stored(cli *self, const cli_need *need, gov_household_explanation **out)
{
    gov_store *store = NULL;
    gov_status status = cli_store_open_all(self, self->arguments[0], 1, &store);
    if (status == GOV_OK)
        status = gov_pipeline_explain(store, need->model, cli_get(self, "household"), &need->pipeline,
                                      &need->options, out, &self->err);
    gov_store_close(store);
    return status;
}

static int run_stored(cli *self)
{
    cli_need need;
    gov_household_explanation *why = NULL;
    int part = part_of(cli_or(cli_get(self, "part"), "lines"));
    if (part < 0)
        return cli_wrong_use(self, "there is no part %s", cli_get(self, "part"));
    if (cli_get(self, "household") == NULL)
        return cli_wrong_use(self, "a household of a store is named by --household ID");
    int outcome = cli_need_begin(self, &need);
    if (outcome != CLI_DONE)
        return outcome;
    const char *text = NULL;
    if (explain_stored(self, &need, &why) != GOV_OK)
        outcome = cli_fail(self);
    else if (self->format == CLI_TABLE && cli_get(self, "part") == NULL)
        text = gov_household_explanation_text(why, self->chinese ? "zh" : "en");
    else
        outcome = cli_emit(self, gov_household_explanation_table(why, (gov_explained)part));
    if (text != NULL)
        outcome = cli_emit_text(self, text, (int64_t)strlen(text));
    gov_household_explanation_free(why);
    cli_need_close(&need);
    return outcome;
}

static int run_explain(cli *self)
{
    cli_need need;
    int64_t row = -1;
    if (self->argument_count > 0 && cli_get(self, "input") == NULL)
        return run_stored(self);
    int outcome = cli_need_open(self, &need);
    if (outcome != CLI_DONE)
        return outcome;
    outcome = find_household(self, need.households, &row);
    if (outcome == CLI_DONE)
        outcome = explain(self, &need, row);
    cli_need_close(&need);
    return outcome;
}

static const cli_option options[] = {
    {"household", "ID", {"家庭编号", "id of the household"}},
    {"row", "N", {"第 N 行（从 1 起）", "row of the input, from 1"}},
    {"id", "COLUMN", {"家庭编号所在列", "the column that holds the ids"}},
    {"part",
     "NAME",
     {"数据库：只给一张表：score、lines、inputs、readings、ask、changes、flips、services",
      "of a store: one table only: score, lines, inputs, readings, ask, changes, flips or services"}},
    CLI_NEED_OPTIONS,
    CLI_STORE_OPTIONS,
    {NULL, NULL, {NULL, NULL}},
};

const cli_command cmd_explain = {
    .name = "explain",
    .arguments = "(STORE | --input T.csv) (--household ID | --row N) [--model NAME|FILE] [--as-of DATE]",
    .most = 1,
    .summary = {"逐项说明一户的评分", "explain the score of one household, line by line"},
    .details =
        {"--format table 给出供人阅读的文字，csv 和 json 给出每个指标一行的表。数据库中的家庭还给出每个值的\n"
         "日期与来源、接下来要问什么、可匹配而尚未享受的服务。",
         "--format table gives text for people; csv and json give a table with one row an indicator. Of a\n"
         "store also the date and source of every value, what to ask next, and services not yet received."},
    .options = options,
    .run = run_explain,
};
