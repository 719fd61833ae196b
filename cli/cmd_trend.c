/* cmd_trend.c - govcore trend (STORE | --input LONG.csv): which series rise, and which are out of the ordinary. */
#include "commands.h"
#include "store.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_KEYS = 8 };

static const char *const frequencies[] = {"day", "week", "month"};
static const char *const gap_names[] = {"zero", "missing"};

/* One of several names as its place in the list from 1 on; 0 if it is not given; -1 after saying what is wrong. */
static int choose(const cli *self, const char *option, const char *const *names, int count)
{
    const char *given = cli_get(self, option);
    for (int i = 0; given != NULL && i < count; i++)
        if (strcmp(given, names[i]) == 0)
            return i + 1;
    if (given == NULL)
        return 0;
    cli_wrong_use(self, "give --%s as one of %s, %s%s%s", option, names[0], names[1], count > 2 ? ", " : "",
                  count > 2 ? names[2] : "");
    return -1;
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

/* One word of --methods: a trend test, a detector, or what is always there. */
static int choose_method(const char *word, gov_trend_options *analysis)
{
    if (strcmp(word, "sen") == 0)
        return 1;
    if (strcmp(word, "mk") == 0)
        word = gov_mk_method_name(GOV_MK_ORIGINAL);
    for (int m = 0; gov_mk_method_name((gov_mk_method)m) != NULL; m++)
        if (strcmp(word, gov_mk_method_name((gov_mk_method)m)) == 0) {
            analysis->trend_method = (gov_mk_method)m;
            return 1;
        }
    for (int m = 0; gov_alarm_method_name((gov_alarm_method)m) != NULL; m++)
        if (strcmp(word, gov_alarm_method_name((gov_alarm_method)m)) == 0) {
            analysis->alarm_method = (gov_alarm_method)m;
            return 1;
        }
    return 0;
}

static int read_methods(const cli *self, gov_trend_options *analysis)
{
    char list[512];
    const char *words[MOST_KEYS];
    snprintf(list, sizeof(list), "%s", cli_or(cli_get(self, "methods"), "auto"));
    int64_t count = split(list, words);
    for (int64_t i = 0; i < count; i++)
        if (!choose_method(words[i], analysis))
            return cli_wrong_use(
                self,
                "there is no method %s; --methods is a list of auto, mk, hamed_rao, yue_wang, "
                "pre_whitening, trend_free_pre_whitening, seasonal, correlated_seasonal, sen, ears, "
                "essence, farrington",
                words[i]);
    return CLI_DONE;
}

static int read_number(const cli *self, const char *option, double *out)
{
    const char *text = cli_get(self, option);
    char *end = NULL;
    if (text == NULL)
        return CLI_DONE;
    *out = strtod(text, &end);
    return *text != '\0' && *end == '\0' ? CLI_DONE
                                         : cli_wrong_use(self, "--%s must be a number, not %s", option, text);
}

/* What the command line says of both kinds of input. */
typedef struct request {
    gov_frequency frequency; /* 0: not said */
    gov_gaps gaps;
    gov_trend_options analysis;
} request;

static int read_request(cli *self, request *out)
{
    *out = (request){.analysis = GOV_TREND_OPTIONS_INIT};
    int frequency = choose(self, "freq", frequencies, 3);
    int gap = frequency >= 0 ? choose(self, "gaps", gap_names, 2) : -1;
    if (gap < 0)
        return CLI_USAGE;
    out->frequency = (gov_frequency)frequency;
    out->gaps = gap > 0 ? (gov_gaps)gap : GOV_GAPS_ZERO;
    out->analysis.threads = self->threads;
    out->analysis.run = self->run;
    int outcome = read_methods(self, &out->analysis);
    if (outcome == CLI_DONE)
        outcome = read_number(self, "alpha", &out->analysis.alpha);
    return outcome == CLI_DONE ? read_number(self, "min-sigma", &out->analysis.min_sigma) : outcome;
}

/* What was not said but decides the figures is told. */
static void tell_defaults(const cli *self, const request *asked)
{
    const char *length = frequencies[asked->frequency - 1];
    if (cli_get(self, "freq") == NULL)
        cli_say(self, self->chinese ? "时期长度按 %s 计（--freq）" : "counted by the %s (--freq)", length);
    if (cli_get(self, "gaps") == NULL)
        cli_say(self, self->chinese ? "没有记录的时期按 0 计（--gaps zero）"
                                    : "periods without a row count as 0 (--gaps zero)");
}

static gov_status analyze_input(cli *self, request *asked, gov_table **out)
{
    gov_panel_options layout = GOV_PANEL_OPTIONS_INIT;
    gov_table *table = NULL;
    gov_panel *panel = NULL;
    const char *keys[MOST_KEYS];
    char list[512];
    snprintf(list, sizeof(list), "%s", cli_or(cli_get(self, "series"), ""));
    layout.series = keys;
    layout.series_count = split(list, keys);
    layout.time = cli_get(self, "time");
    layout.value = cli_get(self, "value");
    layout.gaps = asked->gaps;
    layout.first = cli_get(self, "first");
    layout.last = cli_get(self, "last");
    layout.run = self->run;
    gov_status status = cli_read_table(self, cli_get(self, "input"), &table);
    if (status == GOV_OK && asked->frequency == 0)
        status = gov_frequency_of_times(table, layout.time, &asked->frequency, &self->err);
    layout.frequency = asked->frequency;
    if (status == GOV_OK)
        status = gov_panel_new(table, &layout, &panel, &self->err);
    if (status == GOV_OK)
        status = gov_trend_analyze(panel, &asked->analysis, out, &self->err);
    gov_panel_free(panel);
    gov_table_free(table);
    return status;
}

static gov_status analyze_store(cli *self, request *asked, gov_table **out)
{
    gov_pipeline_options options = GOV_PIPELINE_OPTIONS_INIT;
    gov_pipeline_panel layout = GOV_PIPELINE_PANEL_INIT;
    gov_store *store = NULL;
    if (asked->frequency == 0)
        asked->frequency = GOV_FREQUENCY_WEEK;
    layout.frequency = asked->frequency;
    layout.gaps = asked->gaps;
    layout.level = cli_get(self, "level");
    layout.first = cli_get(self, "first");
    options.read_only = cli_get(self, "save") == NULL;
    options.as_of = cli_get(self, "as-of");
    options.run = self->run;
    gov_status status = cli_store_open_all(self, self->arguments[0], options.read_only, &store);
    if (status == GOV_OK)
        status = gov_pipeline_trend(store, &layout, &options, &asked->analysis, out, &self->err);
    gov_store_close(store);
    return status;
}

static int run_trend(cli *self)
{
    int from_input = cli_get(self, "input") != NULL;
    request asked;
    gov_table *findings = NULL;
    if (from_input == (self->argument_count == 1))
        return cli_wrong_use(self, "give either a store or --input");
    if (from_input && cli_get(self, "time") == NULL)
        return cli_wrong_use(self, "give --time COLUMN with --input");
    int outcome = read_request(self, &asked);
    if (outcome != CLI_DONE)
        return outcome;
    gov_status status =
        from_input ? analyze_input(self, &asked, &findings) : analyze_store(self, &asked, &findings);
    if (status == GOV_OK)
        tell_defaults(self, &asked);
    outcome = status == GOV_OK ? cli_emit(self, findings) : cli_fail(self);
    gov_table_free(findings);
    return outcome;
}

static const cli_option options_list[] = {
    {"input",
     "LONG.csv",
     {"长表：每行一个时期一个序列（- 为标准输入）",
      "a long table: series, time and count (- is standard input)"}},
    {"series", "a,b", {"标明序列的列", "the columns that together name a series"}},
    {"time", "COLUMN", {"日期列", "the column of the day, week or month"}},
    {"value", "COLUMN", {"计数列；缺省则每行计 1", "the column of counts; without it each row counts 1"}},
    {"freq",
     "day|week|month",
     {"时期长度；默认按日期推定，数据库为 week",
      "length of a period; default told from the times, of a store week"}},
    {"gaps",
     "zero|missing",
     {"没有行的时期是 0（默认）还是缺失", "whether a period without a row is 0 (default) or missing"}},
    {"first", "DATE", {"起始日", "a day in the first period"}},
    {"last", "DATE", {"结束日", "a day in the last period"}},
    {"methods",
     "auto|mk,sen,ears,...",
     {"趋势检验与异常检测方法；auto 按历史长度选检测方法",
      "a test of trend and a detector; auto takes the detector that the history allows"}},
    {"alpha", "P", {"趋势检验水平，默认 0.05", "level of the trend test, default 0.05"}},
    {"min-sigma", "N", {"EARS 标准差下限", "floor of the standard deviation of EARS"}},
    {"level",
     "street",
     {"数据库：事件计入此层级的网格", "of a store: count events for the grids of this level"}},
    {"as-of", "DATE", {"数据库：截至此日", "of a store: up to this day"}},
    {"save", NULL, {"把结果写回数据库", "write the findings to the store"}},
    {"encoding", "auto|utf-8|gb18030", {"输入文件编码", "encoding of the input file"}},
    {"types", "a:utf8,b:int64", {"指定列类型", "types of columns of the input"}},
    CLI_STORE_OPTIONS,
    {NULL, NULL, {NULL, NULL}},
};

const cli_command cmd_trend = {
    .name = "trend",
    .arguments = "(STORE --as-of DATE | --input LONG.csv --series a,b --time COLUMN)",
    .most = 1,
    .summary = {"找出上升的序列和异常的时期", "find series that rise and periods out of the ordinary"},
    .details =
        {"每个序列一行：Mann–Kendall 检验、Sen 斜率及区间、最近一期是否异常（EARS、ESSENCE 或 "
         "Farrington）。\n数据库中每个网格、每类事件为一个序列。",
         "One row a series: the Mann-Kendall test, Sen's slope with its interval, and whether the last "
         "period is out of\nthe ordinary, by EARS, ESSENCE or Farrington. In a store each class of events "
         "in each grid is a series."},
    .options = options_list,
    .run = run_trend,
};
