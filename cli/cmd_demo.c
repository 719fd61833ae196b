/* cmd_demo.c - govcore demo DIR: the whole way on real codes and a real series, with households that are made up.
 *
 * Each step works on what the one before left in `demo`; each is timed and told. What is written: a store, tables as
 * CSV and JSON, one page. */
#include "commands.h"
#include "demo.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int make_folder(const cli *self, const char *path)
{
    if (mkdir(path, 0777) == 0 || errno == EEXIST)
        return CLI_DONE;
    fprintf(stderr, "%s: %s: %s\n", path, self->chinese ? "不能建立目录" : "cannot make the folder",
            strerror(errno));
    return CLI_SYSTEM;
}

static void tell(demo *d, const demo_step *step, double seconds)
{
    demo_timing *timing = &d->timings[d->timing_count++];
    timing->zh = step->name.zh;
    timing->en = step->name.en;
    timing->seconds = seconds;
    cli_say(d->self, "%8.3f s  %s%s%s", seconds, cli_pick(d->self, step->name),
            d->note[0] != '\0' ? ": " : "", d->note);
}

static int run_steps(demo *d)
{
    for (const demo_step *step = demo_steps; step->run != NULL; step++) {
        double begun = now();
        d->note[0] = '\0';
        if (step->run(d) != GOV_OK)
            return cli_fail(d->self);
        tell(d, step, now() - begun);
    }
    return CLI_DONE;
}

static int run_demo(cli *self)
{
    demo d = {.self = self, .err = &self->err};
    d.folder = self->arguments[0];
    d.data = cli_or(cli_get(self, "data"), "examples/data");
    d.as_of = cli_or(cli_get(self, "as-of"), "2021-08-01");
    d.seed = self->seed >= 0 ? self->seed : 20210801;
    const char *count = cli_or(cli_get(self, "households"), "20000");
    d.count = strtoll(count, NULL, 10);
    if (d.count < 1 || d.count > 10000000)
        return cli_wrong_use(self, "--households must be a number from 1 to 10000000, not %s", count);
    int outcome = make_folder(self, d.folder);
    if (outcome == CLI_DONE)
        outcome = run_steps(&d);
    if (outcome == CLI_DONE)
        cli_say(self,
                self->chinese ? "\n页面: %s/index.html（用浏览器打开）\n表格: %s/*.csv、*.json"
                              : "\npage:   %s/index.html (open it in a browser)\ntables: %s/*.csv and *.json",
                d.folder, d.folder);
    demo_free(&d);
    return outcome;
}

static const cli_option options[] = {
    {"data",
     "FOLDER",
     {"示例数据所在目录，默认 examples/data", "where the example data are, default examples/data"}},
    {"households", "N", {"合成家庭数，默认 20000", "households to make up, default 20000"}},
    {"as-of", "DATE", {"评估日期，默认 2021-08-01", "day of assessment, default 2021-08-01"}},
    {NULL, NULL, {NULL, NULL}},
};

const cli_command cmd_demo = {
    .name = "demo",
    .arguments = "DIR",
    .least = 1,
    .most = 1,
    .summary = {"演示：导入、评分、测算、趋势，并生成一张页面",
                "the whole way on example data, ending in a page to look at"},
    .details = {"真实：徐汇区区划代码；纽约市各县每周车辆盗窃数。合成：家庭（由种子决定，处处注明）。",
                "Real: the division codes of Xuhui; weekly vehicle thefts by county of New York City. Made "
                "up by a seeded\n"
                "generator, and marked so everywhere: the households."},
    .options = options,
    .run = run_demo,
};
