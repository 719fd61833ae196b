/* report_store.c - the page of a store: asks, scores, measures, then writes. Each step leaves its result in `work`, so
 * that one place frees them all. */
#include "govcore/pipeline.h"

#include "base/struct.h"
#include "pipeline/show.h"

#include <string.h>

typedef struct work {
    gov_store *store;
    const gov_need_model *model;
    gov_report_options options;
    const char *level;
    const char *k;
    gov_table *grids;
    gov_table *plain;      /* households as the store gives them */
    gov_table *households; /* the model's inputs, with the code of their area */
    gov_table *scores;
    gov_table *unmet;
    gov_need_measures *by_area;
    gov_need_measures *by_grid;
    gov_table *events;
    gov_panel *panel;
    gov_table *findings;
} work;

static void work_free(work *w)
{
    gov_table_free(w->findings);
    gov_panel_free(w->panel);
    gov_table_free(w->events);
    gov_need_measures_free(w->by_grid);
    gov_need_measures_free(w->by_area);
    gov_table_free(w->unmet);
    gov_table_free(w->scores);
    gov_table_free(w->households);
    gov_table_free(w->plain);
    gov_table_free(w->grids);
}

static gov_status ask(const work *w, const char *kind, gov_table **out, gov_error *err)
{
    gov_query_options query = GOV_QUERY_OPTIONS_INIT;
    query.as_of = w->options.as_of;
    query.run = w->options.run;
    return gov_store_query(w->store, kind, &query, out, err);
}

static gov_need_options scoring_of(const work *w)
{
    gov_need_options scoring = GOV_NEED_OPTIONS_INIT;
    scoring.as_of = w->options.as_of;
    scoring.threads = w->options.threads;
    scoring.run = w->options.run;
    return scoring;
}

/* Inputs are gathered once, for scores, measures and entitlements alike. */
static gov_status gather(work *w, gov_error *err)
{
    gov_pipeline_options options = GOV_PIPELINE_OPTIONS_INIT;
    gov_table *inputs = NULL;
    options.read_only = 1;
    options.as_of = w->options.as_of;
    options.run = w->options.run;
    GOV_TRY(gov_pipeline_features(w->store, w->model, &options, &inputs, err));
    gov_status status =
        gov_table_rows(inputs) > 0 ? GOV_OK : gov_fail(err, GOV_E_NO_DATA, "there is no household in scope");
    if (status == GOV_OK)
        status = gov_areas_join(inputs, "grid", w->grids, w->level, "report_area", &w->households, err);
    gov_table_free(inputs);
    return status;
}

static gov_status score(work *w, gov_error *err)
{
    gov_need_options scoring = scoring_of(w);
    gov_table *scores = NULL;
    GOV_TRY(gov_need_score(w->model, w->households, &scoring, &scores, err));
    gov_status status = gov_scores_join(w->households, scores, &w->scores, err);
    gov_table_free(scores);
    return status;
}

static gov_status measure(work *w, const char *by, gov_need_measures **out, gov_error *err)
{
    gov_need_options scoring = scoring_of(w);
    gov_need_measure_options options = GOV_NEED_MEASURE_OPTIONS_INIT;
    options.by = by;
    options.k = w->k;
    return gov_need_measure(w->model, w->households, &scoring, &options, out, err);
}

static gov_status find_need(work *w, gov_error *err)
{
    gov_need_options scoring = scoring_of(w);
    GOV_TRY(ask(w, "grid", &w->grids, err));
    GOV_TRY(gather(w, err));
    GOV_TRY(score(w, err));
    GOV_TRY(ask(w, "household", &w->plain, err));
    GOV_TRY(measure(w, "report_area", &w->by_area, err));
    GOV_TRY(measure(w, "grid", &w->by_grid, err));
    return gov_need_unmet(w->model, w->households, &scoring, &w->unmet, err);
}

/* Weekly, because a week holds every day of the week once. A week without an event is 0. */
static gov_status find_trends(work *w, gov_error *err)
{
    static const char *const keys[] = {"class"};
    gov_panel_options layout = GOV_PANEL_OPTIONS_INIT;
    gov_trend_options options = GOV_TREND_OPTIONS_INIT;
    GOV_TRY(ask(w, "event", &w->events, err));
    if (gov_table_rows(w->events) == 0)
        return GOV_OK;
    layout.series = keys;
    layout.series_count = 1;
    layout.time = "time";
    layout.frequency = GOV_FREQUENCY_WEEK;
    layout.gaps = GOV_GAPS_ZERO;
    layout.last = w->options.as_of;
    layout.run = options.run = w->options.run;
    options.threads = w->options.threads;
    GOV_TRY(gov_panel_new(w->events, &layout, &w->panel, err));
    return gov_trend_analyze(w->panel, &options, &w->findings, err);
}

/* Whether the field data_note of any household says that it is made up, so that such a store cannot give an unmarked
 * page. The text is valid UTF-8, so that bytes can be compared. */
static int says_synthetic(const work *w)
{
    static const char *const words[] = {"合成", "synthetic"};
    int64_t column;
    if (gov_table_find(w->plain, "data_note", &column, NULL) != GOV_OK)
        return 0;
    for (int64_t row = 0; row < gov_table_rows(w->plain); row++) {
        const char *text = NULL;
        int64_t size = 0;
        if (gov_table_text(w->plain, row, column, &text, &size, NULL) != GOV_OK || text == NULL)
            continue;
        for (int k = 0; k < 2; k++)
            for (int64_t i = 0; i + (int64_t)strlen(words[k]) <= size; i++)
                if (memcmp(text + i, words[k], strlen(words[k])) == 0)
                    return 1;
    }
    return 0;
}

static gov_status write_page(const work *w, gov_text **out, gov_error *err)
{
    gov_report_input in = GOV_REPORT_INPUT_INIT;
    const gov_report_options *o = &w->options;
    in.fewest = o->fewest;
    in.title_zh = o->title_zh != NULL ? o->title_zh : "家庭困境评估";
    in.title_en = o->title_en != NULL ? o->title_en : "Household need";
    in.synthetic_zh = o->synthetic_zh;
    in.synthetic_en = o->synthetic_en;
    if (o->synthetic_zh == NULL && o->synthetic_en == NULL && says_synthetic(w)) {
        in.synthetic_zh = "这些家庭是合成的，不对应任何真实家庭。";
        in.synthetic_en = "These households were made up. None of them exists.";
    }
    in.as_of = o->as_of;
    in.lang = o->lang;
    in.model = w->model;
    in.grids = w->grids;
    in.scores = w->scores;
    in.by_area = w->by_area;
    in.by_grid = w->by_grid;
    in.level = w->level;
    in.k = w->k;
    in.unmet = w->unmet;
    in.panel = w->panel;
    in.findings = w->findings;
    in.series_title_zh = "各类事件每周件数。";
    in.series_title_en = "Events of each class by week.";
    return gov_report_html(&in, out, err);
}

gov_status gov_report_store(gov_store *store, const gov_need_model *model, const gov_report_options *options,
                            gov_text **out, gov_error *err)
{
    work w = {.store = store, .model = model, .options = GOV_REPORT_OPTIONS_INIT};
    if (store == NULL || model == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store, model and out must be given");
    GOV_TRY(gov_struct_read(&w.options, sizeof(w.options), options, err));
    if (w.options.as_of == NULL)
        return gov_fail_at(err, GOV_E_MISSING, GOV_AT_NAME("as_of"), "the day of the scores must be given");
    w.level = w.options.level != NULL ? w.options.level : "street";
    w.k = w.options.k != NULL ? w.options.k : "1/3";
    gov_status status = find_need(&w, err);
    if (status == GOV_OK)
        status = find_trends(&w, err);
    if (status == GOV_OK)
        status = write_page(&w, out, err);
    work_free(&w);
    return status;
}
