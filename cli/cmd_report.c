/* cmd_report.c - govcore report STORE: the page of a store. */
#include "commands.h"
#include "need.h"
#include "store.h"

static gov_status write_report(cli *self, gov_store *store, gov_text **page)
{
    gov_report_options options = GOV_REPORT_OPTIONS_INIT;
    gov_need_model *model = NULL;
    options.threads = self->threads;
    options.as_of = cli_get(self, "as-of");
    options.level = cli_get(self, "level");
    options.k = cli_get(self, "k");
    options.title_zh = cli_get(self, "title-zh");
    options.title_en = cli_get(self, "title-en");
    options.lang = cli_get(self, "lang");
    options.run = self->run;
    gov_status status = cli_need_model(cli_or(cli_get(self, "model"), "govcore-need-22"), &model, &self->err);
    if (status == GOV_OK)
        status = gov_report_store(store, model, &options, page, &self->err);
    gov_need_model_free(model);
    return status;
}

static int run_report(cli *self)
{
    gov_store *store = NULL;
    gov_text *page = NULL;
    if (cli_store_open_all(self, self->arguments[0], 1, &store) != GOV_OK)
        return cli_fail(self);
    int outcome = write_report(self, store, &page) == GOV_OK
                      ? cli_emit_text(self, gov_text_data(page), gov_text_size(page))
                      : cli_fail(self);
    gov_text_free(page);
    gov_store_close(store);
    return outcome;
}

static const cli_option options_list[] = {
    {"as-of", "DATE", {"评估日期", "day of assessment"}},
    {"model", "NAME|FILE", {"需求模型；默认 govcore-need-22", "the need model; default govcore-need-22"}},
    {"level", "street", {"按此层级的网格比较", "compare the grids of this level"}},
    {"k", "1/3", {"困境临界值", "the cut-off of need"}},
    {"title-zh", "TEXT", {"中文标题", "title in Chinese"}},
    {"title-en", "TEXT", {"英文标题", "title in English"}},
    CLI_STORE_OPTIONS,
    {NULL, NULL, {NULL, NULL}},
};

const cli_command cmd_report = {
    .name = "report",
    .arguments = "STORE --as-of DATE -o PAGE.html",
    .least = 1,
    .most = 1,
    .summary = {"生成一张页面：各片区困境、成因、应享未享、事件趋势",
                "make the page of a store: need by area, its reasons, unmet entitlements, trends of events"},
    .details = {"一个 HTML 文件，无脚本，不访问网络，可打印。只显示片区，不显示任何一户；少于 10 "
                "户的网格不显示数字。",
                "One HTML file without scripts; it loads nothing and can be printed. It shows areas and no "
                "household;\n"
                "a grid with fewer than ten households shows no figure."},
    .options = options_list,
    .run = run_report,
};
