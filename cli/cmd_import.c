/* cmd_import.c - govcore import STORE KIND FILE. */
#include "commands.h"
#include "rows.h"
#include "store.h"

#include <string.h>

enum { SHOWN = 10 }; /* wrong cells that are shown without --report */

static int read_unknown(const cli *self, gov_unknown_columns *out)
{
    static const char *const names[] = {"refuse", "ignore", "declare"};
    const char *given = cli_or(cli_get(self, "unknown"), "refuse");
    for (int i = 0; i < 3; i++)
        if (strcmp(given, names[i]) == 0) {
            *out = (gov_unknown_columns)i;
            return CLI_DONE;
        }
    return cli_wrong_use(self, "--unknown must be refuse, ignore or declare, not %s", given);
}

static void show_issues(const cli *self, const gov_table *report)
{
    int64_t rows = gov_table_rows(report);
    for (int64_t i = 0; i < rows && i < SHOWN; i++) {
        char line[32], column[96], reason[512], value[128], expected[256], source[128];
        cli_text_at(report, i, "line", line, sizeof(line));
        cli_text_at(report, i, "column", column, sizeof(column));
        cli_text_at(report, i, self->chinese ? "reason_zh" : "reason_en", reason, sizeof(reason));
        cli_text_at(report, i, "value", value, sizeof(value));
        cli_text_at(report, i, "expected", expected, sizeof(expected));
        cli_text_at(report, i, "source", source, sizeof(source));
        fprintf(stderr, "%s:%s: %s", self->arguments[2], line, reason);
        if (column[0] != '\0')
            fprintf(stderr, " (%s%s%s)", column, value[0] != '\0' ? "=" : "", value);
        if (expected[0] != '\0' && strcmp(expected, column) != 0)
            fprintf(stderr, self->chinese ? "；应为：%s" : "; expected: %s", expected);
        if (source[0] != '\0')
            fprintf(stderr, self->chinese ? "；另一来源：%s" : "; the other source: %s", source);
        fputc('\n', stderr);
    }
    if (rows > SHOWN)
        fprintf(stderr,
                self->chinese ? "另有 %lld 处；用 --report R.csv 取得全部\n"
                              : "%lld more; --report R.csv gives all\n",
                (long long)(rows - SHOWN));
}

/* What was wrong how often, for whoever mends the source. */
static int show_causes(cli *self, const gov_table *report)
{
    gov_table *causes = NULL;
    if (gov_table_rows(report) <= SHOWN)
        return CLI_DONE;
    if (gov_import_causes(report, &causes, &self->err) != GOV_OK)
        return cli_fail(self);
    for (int64_t i = 0; i < gov_table_rows(causes); i++) {
        char cells[32], line[32], column[96], reason[512];
        cli_text_at(causes, i, "cells", cells, sizeof(cells));
        cli_text_at(causes, i, "first_line", line, sizeof(line));
        cli_text_at(causes, i, "column", column, sizeof(column));
        cli_text_at(causes, i, self->chinese ? "reason_zh" : "reason_en", reason, sizeof(reason));
        fprintf(stderr, self->chinese ? "%8s 处 %s%s%s，首见第 %s 行\n" : "%8s x %s%s%s, first in line %s\n",
                cells, column, column[0] != '\0' ? ": " : "", reason, line);
    }
    gov_table_free(causes);
    return CLI_DONE;
}

static int tell_issues(cli *self, const gov_table *report)
{
    const char *path = cli_get(self, "report");
    if (path != NULL)
        return gov_table_write_csv(report, path, &self->err) == GOV_OK ? CLI_DONE : cli_fail(self);
    show_issues(self, report);
    return show_causes(self, report);
}

static gov_status result_table(const gov_import_result *result, gov_table **out, gov_error *err)
{
    const char *const names[] = {"rows",   "added",  "changed",  "unchanged", "rejected",
                                 "issues", "placed", "unplaced", "misplaced", "conflicts"};
    const int64_t values[] = {result->rows,      result->added,    result->changed, result->unchanged,
                              result->rejected,  result->issues,   result->placed,  result->unplaced,
                              result->misplaced, result->conflicts};
    const char *const digest[] = {result->digest};
    gov_table_builder *builder = NULL;
    gov_status status = gov_table_builder_new(&builder, err);
    for (int i = 0; i < 10 && status == GOV_OK; i++)
        status = gov_table_builder_array(builder, names[i], GOV_TYPE_INT64, &values[i], NULL, 1, err);
    if (status == GOV_OK)
        status = gov_table_builder_texts(builder, "digest", digest, 1, err);
    if (status == GOV_OK)
        status = gov_table_builder_finish(builder, out, err);
    gov_table_builder_free(builder);
    return status;
}

static int tell_result(cli *self, const gov_import_result *result, const gov_table *report)
{
    gov_table *table = NULL;
    int outcome = tell_issues(self, report);
    if (outcome != CLI_DONE)
        return outcome;
    if (result_table(result, &table, &self->err) != GOV_OK)
        return cli_fail(self);
    outcome = cli_emit(self, table);
    gov_table_free(table);
    return outcome == CLI_DONE && result->rejected > 0 ? CLI_REJECTED : outcome;
}

static int ends_with(const char *text, const char *end)
{
    size_t size = strlen(text), tail = strlen(end);
    return size >= tail && strcmp(text + size - tail, end) == 0;
}

static int import_file(cli *self, gov_store *store, const gov_import_options *options)
{
    gov_import_result result = GOV_IMPORT_RESULT_INIT;
    gov_table *report = NULL;
    const char *path = strcmp(self->arguments[2], "-") == 0 ? "/dev/stdin" : self->arguments[2];
    int is_geojson = ends_with(path, ".geojson") || ends_with(path, ".json");
    gov_status status =
        is_geojson
            ? gov_store_import_geojson(store, self->arguments[1], path, options, &result, &report, &self->err)
            : gov_store_import_csv(store, self->arguments[1], path, options, &result, &report, &self->err);
    if (status != GOV_OK)
        return cli_fail(self);
    int outcome = tell_result(self, &result, report);
    gov_table_free(report);
    return outcome;
}

static int run_import(cli *self)
{
    gov_import_options options = GOV_IMPORT_OPTIONS_INIT;
    gov_store *store = NULL;
    int outcome = read_unknown(self, &options.unknown_columns);
    if (outcome == CLI_DONE)
        outcome = cli_store_open(self, self->arguments[0], 0, 0, &store);
    if (outcome != CLI_DONE)
        return outcome;
    options.dry_run = cli_get(self, "dry-run") != NULL;
    options.strict = cli_get(self, "strict") != NULL;
    options.as_of = cli_get(self, "as-of");
    options.source = cli_get(self, "source");
    options.reason = cli_get(self, "reason");
    options.encoding = cli_get(self, "encoding");
    options.mapping = cli_get(self, "map");
    options.datum = cli_get(self, "datum");
    options.place_level = cli_get(self, "place");
    options.place_kind = cli_get(self, "place-kind");
    options.place_code = cli_get(self, "place-code");
    options.run = self->run;
    outcome = import_file(self, store, &options);
    gov_store_close(store);
    return outcome;
}

static const cli_option options_list[] = {
    {"as-of", "DATE", {"数据自此日起有效", "the rows hold from this day on"}},
    {"dry-run", NULL, {"只检查，不写入", "check everything, write nothing"}},
    {"strict", NULL, {"有一行错误则全部不写入", "one wrong row keeps all out"}},
    {"report", "R.csv", {"把每处错误写入文件", "write every wrong cell to a file"}},
    {"unknown",
     "refuse|ignore|declare",
     {"多余的列：拒绝、忽略、登记为扩展字段",
      "columns that the kind does not have: refuse, ignore, add as fields"}},
    {"map", "MAP.yaml", {"列映射文件", "how the columns become fields"}},
    {"datum",
     "cgcs2000|wgs84|gcj02",
     {"经纬度和边界的坐标系；入库时统一为 CGCS2000", "what places are given in; they are kept as CGCS2000"}},
    {"place",
     "LEVEL",
     {"未填网格的记录按经纬度归入此层级的网格",
      "put rows that name no grid into the grid of this level that they lie in"}},
    {"place-kind", "KIND", {"只归入此类别的网格", "only into grids of this kind"}},
    {"place-code",
     "FIELD",
     {"没有经纬度的记录按此字段的编码前缀归网格",
      "rows without lon and lat: by what this field begins with"}},
    {"encoding", "auto|utf-8|gb18030", {"文件编码", "encoding of the file"}},
    {"source",
     "TEXT",
     {"数据来源；各来源说法不一时按次序裁定", "who says this; where sources disagree their order decides"}},
    {"reason", "TEXT", {"导入原因，写入变更日志", "why, for the change log"}},
    CLI_STORE_OPTIONS,
    {NULL, NULL, {NULL, NULL}},
};

const cli_command cmd_import = {
    .name = "import",
    .arguments = "STORE KIND FILE",
    .least = 3,
    .most = 3,
    .summary = {"导入 CSV 或 GeoJSON；逐处报告错误",
                "import a CSV or GeoJSON file and report every wrong cell"},
    .details =
        {"KIND: grid person household place event thing org relation observation 等。\n"
         "FILE: CSV；名为 .geojson 或 .json 的按 GeoJSON 读取。\n"
         "一次导入是一个事务；失败或取消时数据库不变。重复导入同一文件不产生变化。",
         "KIND: grid person household place event thing org relation observation ...\n"
         "FILE: CSV, or GeoJSON if its name ends in .geojson or .json.\n"
         "One import is one transaction: if it fails or is cancelled the store is as it was. Importing the\n"
         "same file again changes nothing."},
    .options = options_list,
    .run = run_import,
};
