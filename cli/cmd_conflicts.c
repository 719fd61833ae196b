/* cmd_conflicts.c - govcore conflicts STORE [KIND]: what sources do not agree on; govcore sources STORE: whom to believe. */
#include "commands.h"
#include "store.h"

#include <stdlib.h>

static int run_conflicts(cli *self)
{
    gov_query_options options = GOV_QUERY_OPTIONS_INIT;
    gov_store *store = NULL;
    gov_table *table = NULL;
    int outcome = cli_store_open(self, self->arguments[0], 1, 0, &store);
    if (outcome != CLI_DONE)
        return outcome;
    options.as_of = cli_get(self, "as-of");
    options.grid = cli_get(self, "grid");
    options.where = cli_get(self, "where");
    options.run = self->run;
    const char *kind = self->argument_count > 1 ? self->arguments[1] : NULL;
    gov_status status = gov_store_conflicts(store, kind, &options, &table, &self->err);
    return cli_store_answer(self, store, status, table);
}

static const cli_option conflict_options[] = {
    {"where", "SQL", {"条件，如 field = 'phone'", "a condition, such as field = 'phone'"}},
    {"grid", "CODE", {"只列此网格及其下级", "only what lies in this grid and below"}},
    {"as-of", "DATE", {"按该日的情况；默认今天", "as things were on this day; default today"}},
    CLI_STORE_OPTIONS,
    {NULL, NULL, {NULL, NULL}},
};

const cli_command cmd_conflicts = {
    .name = "conflicts",
    .arguments = "STORE [KIND]",
    .least = 1,
    .most = 2,
    .summary = {"列出各来源说法不一之处及采用的理由",
                "list what sources disagree on, and why one was chosen"},
    .options = conflict_options,
    .run = run_conflicts,
};

static gov_status list_order(cli *self, gov_store *store, gov_table **table)
{
    gov_query_options options = GOV_QUERY_OPTIONS_INIT;
    options.run = self->run;
    return gov_store_query(store, "authority", &options, table, &self->err);
}

static int run_sources(cli *self)
{
    gov_store *store = NULL;
    gov_table *table = NULL;
    const char *source = cli_get(self, "source"), *rank = cli_get(self, "rank");
    if ((source == NULL) != (rank == NULL))
        return cli_wrong_use(self, "%s needs %s", rank == NULL ? "--source" : "--rank",
                             rank == NULL ? "--rank" : "--source");
    char *end = NULL;
    long long number = rank != NULL ? strtoll(rank, &end, 10) : 0;
    if (rank != NULL && (*rank == '\0' || *end != '\0' || number < 0))
        return cli_wrong_use(self, "--rank must be 1 or more, or 0 for none, not %s", rank);
    int outcome = cli_store_open(self, self->arguments[0], source == NULL, 0, &store);
    if (outcome != CLI_DONE)
        return outcome;
    gov_status status =
        source == NULL ? GOV_OK
                       : gov_store_rank_source(store, source, cli_get(self, "kind"), cli_get(self, "field"),
                                               number, cli_get(self, "basis"), &self->err);
    if (status == GOV_OK)
        status = list_order(self, store, &table);
    return cli_store_answer(self, store, status, table);
}

static const cli_option source_options[] = {
    {"source", "NAME", {"要定次序的来源", "the source to rank"}},
    {"rank", "N", {"次序，1 最先；0 为不定", "its rank, 1 comes first; 0: none"}},
    {"kind", "KIND", {"只对此种类；默认全部", "for this kind only; default all"}},
    {"field", "FIELD", {"只对此字段；默认全部", "for this field only; default all"}},
    {"basis", "TEXT", {"依据", "by what rule"}},
    CLI_STORE_OPTIONS,
    {NULL, NULL, {NULL, NULL}},
};

const cli_command cmd_sources = {
    .name = "sources",
    .arguments = "STORE",
    .least = 1,
    .most = 1,
    .summary = {"列出或设定来源的权威次序", "list the order of sources, or rank one"},
    .details =
        {"各来源说法不一时，采用次序在前者；次序相同者取起效日较晚、其次记录较晚者。\n"
         "改变次序即重新裁定。未定次序的来源排在最后（默认全部同等，为建议值）。",
         "Where sources disagree the one that comes first is believed; among equals the later day, then the\n"
         "later record. A changed order decides anew. A source without a rank comes last (by default all "
         "are\n"
         "equal: a proposal)."},
    .options = source_options,
    .run = run_sources,
};
