/* report_store.c - the page of a store says of its areas what is counted by hand, and nothing of its households. */
#include "fixture.h"

static const char model_text[] =
    "govcore_model: 1\nid: small\nversion: 1\ntitle: {zh: 小, en: small}\nids: [id, grid]\n"
    "inputs:\n  income: {type: float}\n  damp: {type: bool}\n"
    "dimensions:\n  - id: living\n    weight: 1\n    indicators:\n"
    "      - {id: low_income, name: {zh: 低收入, en: low income}, weight: 1/2, deprived: income < 1330, "
    "source: x}\n"
    "      - {id: damp_walls, name: {zh: 潮湿, en: damp walls}, weight: 1/2, deprived: damp, source: x}\n"
    "tiers:\n  - {id: high, name: {zh: 高, en: high}, at: 1/2}\n  - {id: none, name: {zh: 无, en: none}, at: "
    "0}\n";

/* Twelve households in one street: three with a low income, one of them in damp walls. H 3/12 = 25.0 %, A (1/2 + 1/2 + 1)
 * / 3 = 66.7 %, M0 2/12 = 0.167. */
static fixture filled(const char *note)
{
    fixture f = fixture_new();
    char text[2048] = "id,grid,income,damp,data_note\n";
    size_t at = strlen(text);
    fixture_import(&f, "grid",
                   "code,name,level,parent\n310104,区,district,\n310104003,甲街道,street,310104\n"
                   "310104003001,甲一,community,310104003\n");
    for (int i = 0; i < 12; i++)
        at += (size_t)snprintf(text + at, sizeof(text) - at, "HOUSE%02d,310104003001,%s,%s,%s\n", i,
                               i < 3 ? "1000.5" : "5000.5", i == 0 ? "true" : "false", note);
    fixture_import(&f, "household", text);
    return f;
}

static gov_need_model *small_model(void)
{
    gov_need_model *model = NULL;
    ck_ok(gov_need_model_parse(model_text, -1, "small", &model, &err));
    return model;
}

static int says(const gov_text *page, const char *text)
{
    return strstr(gov_text_data(page), text) != NULL;
}

static gov_text *page_of(fixture *f, const gov_need_model *model)
{
    gov_report_options options = GOV_REPORT_OPTIONS_INIT;
    gov_text *page = NULL;
    options.as_of = "2023-07-01";
    options.k = "1/2";
    ck_ok(gov_report_store(f->store, model, &options, &page, &err));
    return page;
}

START_TEST(areas_are_shown_and_households_are_not)
{
    fixture f = filled("");
    gov_need_model *model = small_model();
    gov_text *page = page_of(&f, model);
    ck_assert(says(page, "甲街道"));
    ck_assert(says(page, ">25.0<"));
    ck_assert(says(page, ">66.7<"));
    ck_assert(says(page, ">0.167<"));
    ck_assert(!says(page, "HOUSE"));
    ck_assert(!says(page, "合成数据"));
    ck_assert(!says(page, "id=\"trends\""));
    gov_text_free(page);
    gov_need_model_free(model);
    fixture_free(&f);
}
END_TEST

START_TEST(households_noted_as_synthetic_are_marked)
{
    fixture f = filled("drawn: synthetic");
    gov_need_model *model = small_model();
    gov_text *page = page_of(&f, model);
    ck_assert(says(page, "合成数据"));
    gov_text_free(page);
    gov_need_model_free(model);
    fixture_free(&f);
}
END_TEST

START_TEST(events_are_counted_by_week_and_class)
{
    fixture f = filled("");
    gov_need_model *model = small_model();
    char text[4096] = "id,class,time,grid\n";
    size_t at = strlen(text);
    for (int week = 0; week < 4; week++)
        for (int n = 0; n <= week; n++)
            at +=
                (size_t)snprintf(text + at, sizeof(text) - at,
                                 "E%d-%d,noise,2023-05-%02dT10:00:00,310104003001\n", week, n, 1 + 7 * week);
    fixture_import(&f, "event", text);
    gov_text *page = page_of(&f, model);
    ck_assert(says(page, "id=\"trends\""));
    ck_assert(says(page, "noise"));
    gov_text_free(page);
    gov_need_model_free(model);
    fixture_free(&f);
}
END_TEST

START_TEST(failures_name_their_cause)
{
    fixture f = filled("");
    fixture empty = fixture_new();
    gov_need_model *model = small_model();
    gov_report_options options = GOV_REPORT_OPTIONS_INIT;
    gov_text *page = NULL;
    ck_fails(gov_report_store(f.store, model, NULL, &page, &err), GOV_E_MISSING);
    ck_assert_str_eq(err.name, "as_of");
    options.as_of = "2023-07-01";
    options.level = "village";
    ck_fails(gov_report_store(f.store, model, &options, &page, &err), GOV_E_UNKNOWN_NAME);
    ck_assert_str_eq(err.name, "village");
    ck_fails(gov_report_store(NULL, model, &options, &page, &err), GOV_E_ARGUMENT);
    options.struct_size = 0;
    ck_fails(gov_report_store(f.store, model, &options, &page, &err), GOV_E_ARGUMENT);
    ck_assert_ptr_null(page);
    gov_need_model_free(model);
    fixture_free(&empty);
    fixture_free(&f);
}
END_TEST

START_TEST(every_failing_allocation_is_reported_and_leaks_nothing)
{
    fixture f = filled("");
    gov_need_model *model = small_model();
    gov_report_options options = GOV_REPORT_OPTIONS_INIT;
    gov_text *page = NULL;
    options.as_of = "2023-07-01";
    ck_every_allocation(gov_report_store(f.store, model, &options, &page, &err), ck_assert_ptr_null(page),
                        gov_text_free(page));
    gov_need_model_free(model);
    fixture_free(&f);
}
END_TEST

GOV_TESTS("pipeline/report_store", areas_are_shown_and_households_are_not,
          households_noted_as_synthetic_are_marked, events_are_counted_by_week_and_class,
          failures_name_their_cause, every_failing_allocation_is_reported_and_leaks_nothing)
