/* cmd_trend.c - govcore trend --input LONG.csv: which series rise, and which are out of the ordinary. */
#include "commands.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_KEYS = 8 };

/* One of several names as its place in the list from 1 on; 0 after saying what is wrong. */
static int choose(const cli *self, const char *option, const char *const *names, int count)
{
    const char *given = cli_get(self, option);
    for (int i = 0; given != NULL && i < count; i++)
        if (strcmp(given, names[i]) == 0)
            return i + 1;
    cli_wrong_use(self, "give --%s as one of %s, %s%s%s", option, names[0], names[1], count > 2 ? ", " : "",
                  count > 2 ? names[2] : "");
    return 0;
}

/* Splits "grid,category" in place. */
static int64_t split(char *list, const char **keys)
{
    int64_t count = 0;
    for (char *at = list; at != NULL && *at != '\0' && count < MOST_KEYS;) {
        char *comma = strchr(at, ',');
        keys[count++] = at;
        if (comma != NULL)
            *comma = '\0';
        at = comma != NULL ? comma + 1 : NULL;
    }
    return count;
}

static int read_alpha(const cli *self, const char *option, double *out)
{
    const char *text = cli_get(self, option);
    char *end = NULL;
    if (text == NULL)
        return CLI_DONE;
    *out = strtod(text, &end);
    return *text != '\0' && *end == '\0' ? CLI_DONE
                                         : cli_wrong_use(self, "--%s must be a number, not %s", option, text);
}

static gov_status analyze(cli *self, const gov_panel_options *layout, const gov_trend_options *options,
                          gov_table **out)
{
    gov_table *table = NULL;
    gov_panel *panel = NULL;
    gov_status status = cli_read_table(self, cli_get(self, "input"), &table);
    if (status == GOV_OK)
        status = gov_panel_new(table, layout, &panel, &self->err);
    if (status == GOV_OK)
        status = gov_trend_analyze(panel, options, out, &self->err);
    gov_panel_free(panel);
    gov_table_free(table);
    return status;
}

static int run_with(cli *self, gov_panel_options *layout)
{
    gov_trend_options options = GOV_TREND_OPTIONS_INIT;
    gov_table *findings = NULL;
    int outcome = read_alpha(self, "alpha", &options.alpha);
    if (outcome == CLI_DONE)
        outcome = read_alpha(self, "min-sigma", &options.min_sigma);
    if (outcome != CLI_DONE)
        return outcome;
    options.threads = self->threads;
    options.run = self->run;
    outcome =
        analyze(self, layout, &options, &findings) == GOV_OK ? cli_emit(self, findings) : cli_fail(self);
    gov_table_free(findings);
    return outcome;
}

static int run_trend(cli *self)
{
    static const char *const frequencies[] = {"day", "week", "month"};
    static const char *const gaps[] = {"zero", "missing"};
    gov_panel_options layout = GOV_PANEL_OPTIONS_INIT;
    const char *keys[MOST_KEYS];
    char list[512];
    if (cli_get(self, "input") == NULL || cli_get(self, "time") == NULL)
        return cli_wrong_use(self, "give --input LONG.csv and --time COLUMN");
    int frequency = choose(self, "freq", frequencies, 3);
    int gap = frequency != 0 ? choose(self, "gaps", gaps, 2) : 0;
    if (frequency == 0 || gap == 0)
        return CLI_USAGE;
    snprintf(list, sizeof(list), "%s", cli_or(cli_get(self, "series"), ""));
    layout.series = keys;
    layout.series_count = split(list, keys);
    layout.time = cli_get(self, "time");
    layout.value = cli_get(self, "value");
    layout.frequency = (gov_frequency)frequency;
    layout.gaps = (gov_gaps)gap;
    layout.first = cli_get(self, "first");
    layout.last = cli_get(self, "last");
    layout.run = self->run;
    return run_with(self, &layout);
}

static const cli_option options_list[] = {
    {"input",
     "LONG.csv",
     {"长表：每行一个时期一个序列（- 为标准输入）",
      "a long table: series, time and count (- is standard input)"}},
    {"series", "a,b", {"标明序列的列", "the columns that together name a series"}},
    {"time", "COLUMN", {"日期列", "the column of the day, week or month"}},
    {"value", "COLUMN", {"计数列；缺省则每行计 1", "the column of counts; without it each row counts 1"}},
    {"freq", "day|week|month", {"时期长度", "length of a period"}},
    {"gaps", "zero|missing", {"没有行的时期是 0 还是缺失", "whether a period without a row is 0 or missing"}},
    {"first", "DATE", {"起始日", "a day in the first period"}},
    {"last", "DATE", {"结束日", "a day in the last period"}},
    {"alpha", "P", {"趋势检验水平，默认 0.05", "level of the trend test, default 0.05"}},
    {"min-sigma", "N", {"EARS 标准差下限", "floor of the standard deviation of EARS"}},
    {"encoding", "auto|utf-8|gb18030", {"输入文件编码", "encoding of the input file"}},
    {"types", "a:utf8,b:int64", {"指定列类型", "types of columns of the input"}},
    {NULL, NULL, {NULL, NULL}},
};

const cli_command cmd_trend = {
    .name = "trend",
    .arguments = "--input LONG.csv --series a,b --time COLUMN [--value COLUMN] --freq F --gaps G",
    .summary = {"找出上升的序列和异常的时期", "find series that rise and periods out of the ordinary"},
    .details = {"每个序列一行：Mann–Kendall 检验、Sen 斜率及区间、最近一期的 EARS C1。",
                "One row a series: the Mann-Kendall test, Sen's slope with its interval, EARS C1 on the last "
                "period."},
    .options = options_list,
    .run = run_trend,
};
