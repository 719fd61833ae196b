/* cmd_allocate.c - govcore allocate: whole units of scarce aid shared among areas. */
#include "commands.h"

#include <stdlib.h>

/* Areas, what each needs and what it is given; rows without an area (a total) are left out. */
typedef struct sharing {
    int64_t count;
    int64_t *rows; /* of the input */
    int64_t *demand;
    int64_t *given;
} sharing;

static int read_total(const cli *self, int64_t *out)
{
    const char *given = cli_get(self, "total");
    char *end = NULL;
    long long value = given == NULL ? -1 : strtoll(given, &end, 10);
    if (given == NULL || end == given || *end != '\0' || value < 0)
        return cli_wrong_use(self, "--total must be the number of units to share");
    *out = value;
    return CLI_DONE;
}

static gov_status read_area(const gov_table *t, int64_t row, int64_t by, int64_t demand, sharing *s,
                            gov_error *err)
{
    const char *name = NULL;
    int64_t size = 0;
    uint8_t valid = 0;
    gov_status status = gov_table_text(t, row, by, &name, &size, err);
    if (status != GOV_OK || name == NULL)
        return status;
    s->rows[s->count] = row;
    status = gov_table_copy_int64s(t, demand, row, 1, &s->demand[s->count], &valid, err);
    s->demand[s->count] = valid ? s->demand[s->count] : 0;
    s->count++;
    return status;
}

static gov_status write_areas(const gov_table *t, int64_t by, const sharing *s, gov_table **out,
                              gov_error *err)
{
    gov_table_builder *b = NULL;
    gov_status status = gov_table_builder_new(&b, err);
    if (status == GOV_OK)
        status = gov_table_builder_add(b, gov_table_name(t, by), GOV_TYPE_UTF8, NULL, err);
    if (status == GOV_OK)
        status = gov_table_builder_add(b, "demand", GOV_TYPE_INT64, NULL, err);
    if (status == GOV_OK)
        status = gov_table_builder_add(b, "given", GOV_TYPE_INT64, NULL, err);
    for (int64_t i = 0; i < s->count && status == GOV_OK; i++) {
        const char *name = NULL;
        int64_t size = 0;
        status = gov_table_text(t, s->rows[i], by, &name, &size, err);
        if (status == GOV_OK)
            status = gov_table_builder_text(b, 0, name, size, err);
        if (status == GOV_OK)
            status = gov_table_builder_int64(b, 1, s->demand[i], err);
        if (status == GOV_OK)
            status = gov_table_builder_int64(b, 2, s->given[i], err);
    }
    if (status == GOV_OK)
        status = gov_table_builder_finish(b, out, err);
    gov_table_builder_free(b);
    return status;
}

static gov_status share(cli *self, const gov_table *t, int64_t total, sharing *s, gov_table **out)
{
    int64_t by = 0;
    int64_t demand = 0;
    gov_status status = gov_table_find(t, cli_or(cli_get(self, "by"), "group"), &by, &self->err);
    if (status == GOV_OK)
        status = gov_table_find(t, cli_or(cli_get(self, "demand"), "demand"), &demand, &self->err);
    for (int64_t row = 0; row < gov_table_rows(t) && status == GOV_OK; row++)
        status = read_area(t, row, by, demand, s, &self->err);
    if (status == GOV_OK)
        status = gov_need_allocate(s->demand, s->count, total, s->given, &self->err);
    return status == GOV_OK ? write_areas(t, by, s, out, &self->err) : status;
}

static int share_table(cli *self, const gov_table *t, int64_t total)
{
    size_t size = ((size_t)gov_table_rows(t) + 1) * sizeof(int64_t);
    sharing s = {0, malloc(size), malloc(size), malloc(size)};
    gov_table *out = NULL;
    int outcome = CLI_SYSTEM;
    if (s.rows != NULL && s.demand != NULL && s.given != NULL)
        outcome = share(self, t, total, &s, &out) == GOV_OK ? cli_emit(self, out) : cli_fail(self);
    gov_table_free(out);
    free(s.rows);
    free(s.demand);
    free(s.given);
    return outcome;
}

static int run_allocate(cli *self)
{
    int64_t total = 0;
    gov_table *table = NULL;
    int outcome = read_total(self, &total);
    if (outcome == CLI_DONE && cli_get(self, "input") == NULL)
        outcome = cli_wrong_use(self, "--input must be given: a table of areas");
    if (outcome != CLI_DONE)
        return outcome;
    if (cli_read_table(self, cli_get(self, "input"), &table) != GOV_OK)
        return cli_fail(self);
    outcome = share_table(self, table, total);
    gov_table_free(table);
    return outcome;
}

static const cli_option options_list[] = {
    {"input",
     "T.csv",
     {"网格表（- 为标准输入），如 govcore budget 的结果",
      "a table of areas (- is standard input), such as that of govcore budget"}},
    {"by", "COLUMN", {"网格列，默认 group（文本）", "column of the areas (text), group by default"}},
    {"demand",
     "COLUMN",
     {"需求列（整数），默认 demand", "column of what each needs (whole numbers), demand by default"}},
    {"total", "N", {"可分配的总数", "how many units there are to share"}},
    {"encoding", "auto|utf-8|gb18030", {"输入文件编码", "encoding of the input file"}},
    {"types", "a:utf8,b:int64", {"指定列类型", "types of columns of the input"}},
    {NULL, NULL, {NULL, NULL}},
};

const cli_command cmd_allocate = {
    .name = "allocate",
    .arguments = "--input T.csv --total N [--by COLUMN] [--demand COLUMN]",
    .summary = {"在各网格间均衡分配有限的救助名额", "share scarce units of aid among areas, evenly"},
    .details = {"使各网格未满足比例从大到小依次最小（字典序极小极大，精确解）。没有网格名的行（合计）不计。",
                "The areas' unmet shares, from the largest down, are as small as they can be (lexicographic "
                "min-max, exactly).\n"
                "Rows without an area (a total) are left out."},
    .options = options_list,
    .run = run_allocate,
};
