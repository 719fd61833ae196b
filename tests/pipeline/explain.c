/* A household explained to its records, and the list of those entitled and not reached: expected texts are worked out by hand
 * from the small store in the text. */
#include "fixture.h"

static const char model_text[] =
    "govcore_model: 1\nid: small\nversion: 1\n"
    "notice: {zh: 不是资格认定, en: not a decision}\n"
    "inputs:\n"
    "  minors: {type: int, range: [0, 60], name: {zh: 未成年, en: minors}}\n"
    "  income_per_head: {type: float, range: [0, 100000]}\n"
    "  serious_illness: {type: int, range: [0, 60]}\n"
    "  receives_dibao: {type: bool, optional: true}\n"
    "services:\n"
    "  - {id: dibao, name: {zh: 低保, en: allowance}, received: receives_dibao}\n"
    "  - {id: visit, name: {zh: 走访, en: visit}}\n"
    "dimensions:\n"
    "  - id: whole\n"
    "    weight: 1\n"
    "    indicators:\n"
    "      - {id: young, name: {zh: 有儿童, en: children}, weight: 1/4, deprived: minors > 0, service: "
    "[visit]}\n"
    "      - {id: poor, name: {zh: 低收入, en: poor}, weight: 1/2, deprived: income_per_head < 1000, "
    "service: [dibao]}\n"
    "      - {id: ill, name: {zh: 大病, en: ill}, weight: 1/4, deprived: serious_illness > 0, mutable: "
    "false}\n"
    "tiers: [{id: high, name: {zh: 高, en: high}, at: 3/4}, {id: low, name: {zh: 低, en: low}, at: 1/2}]\n";

static const char grids[] = "code,name,level,parent\n310104,区,county,\n310104003,东街,street,310104\n"
                            "310104004,西街,street,310104\n";
static const char persons[] = "id,grid,birth_date,health,valid_from\n"
                              "A,310104003,1980-05-01,10,2020-02-02\nB,310104003,2010-01-01,,2020-03-03\n"
                              "C,310104004,1985-05-01,10,\n";
static const char households[] = "id,grid,view,valid_from\nH1,310104003,assistance,2020-01-01\n"
                                 "H2,310104004,assistance,2020-01-01\nH3,310104004,assistance,\n";
static const char memberships[] =
    "household,person,valid_from\nH1,A,2020-04-04\nH1,B,2020-04-04\nH2,C,2020-05-05\n";
static const char observations[] = "subject_kind,subject,variable,time,source,value\n"
                                   "household,H1,disposable_income,2021-01-31T10:00:00,税务,1500\n"
                                   "household,H1,disposable_income,2021-06-30T10:00:00,民政,900\n"
                                   "household,H1,receives_dibao,2021-05-01T10:00:00,民政,0\n"
                                   "household,H2,disposable_income,2021-06-30T10:00:00,税务,100\n";

static gov_need_model *model;

static fixture set_up(void)
{
    fixture f = fixture_new();
    fixture_import(&f, "grid", grids);
    fixture_import(&f, "person", persons);
    fixture_import(&f, "household", households);
    fixture_import(&f, "membership", memberships);
    fixture_import(&f, "observation", observations);
    ck_ok(gov_need_model_parse(model_text, -1, "small.yaml", &model, &err));
    return f;
}

static void tear_down(fixture *f)
{
    gov_need_model_free(model);
    fixture_free(f);
}

static gov_pipeline_options today(void)
{
    gov_pipeline_options options = GOV_PIPELINE_OPTIONS_INIT;
    options.as_of = "2021-08-01";
    options.read_only = 1;
    return options;
}

static gov_household_explanation *explain(const fixture *f, const char *id, gov_field_class show)
{
    gov_household_explanation *why = NULL;
    gov_pipeline_options options = today();
    options.show = show;
    ck_ok(gov_pipeline_explain(f->store, model, id, &options, NULL, &why, &err));
    return why;
}

/* Columns of a table as CSV. */
static void check_part(const gov_household_explanation *why, gov_explained part, const char *const *names,
                       int count, const char *expected)
{
    gov_table *chosen = NULL;
    gov_text *text = NULL;
    ck_ok(gov_table_select(gov_household_explanation_table(why, part), names, count, &chosen, &err));
    ck_ok(gov_table_format_csv(chosen, &text, &err));
    ck_assert_str_eq(gov_text_data(text), expected);
    gov_text_free(text);
    gov_table_free(chosen);
}

static const char *const line_columns[] = {"indicator", "state", "inputs", "oldest", "newest", "sources"};
static const char *const input_columns[] = {"id", "value", "origin", "oldest", "newest", "missing"};
static const char *const reading_columns[] = {"id", "person", "value", "from", "date", "source"};
static const char *const service_columns[] = {"service", "received", "date", "source"};
static const char *const ask_columns[] = {"indicator", "weight_num", "missing"};
static const char *const change_columns[] = {"indicator", "tier"};

/* (1500 + 900) / 2 readings / 2 members = 600. A is in good health and not registered ill; of B nothing is known, so that how
 * many are ill is not known. The latest reading dates a mean; birth dates hold since the person's version began. */
START_TEST(every_line_has_its_values_their_days_and_sources)
{
    fixture f = set_up();
    gov_household_explanation *why = explain(&f, "H1", GOV_FIELDS_DEFAULT);
    check_part(why, GOV_EXPLAINED_LINES, line_columns, 6,
               "indicator,state,inputs,oldest,newest,sources\n"
               "young,deprived,minors=1,2020-02-02,2020-03-03,table\n"
               "poor,deprived,income_per_head=600,2021-06-30,2021-06-30,民政\n"
               "ill,missing,serious_illness=?,,,\n");
    check_part(why, GOV_EXPLAINED_INPUTS, input_columns, 6,
               "id,value,origin,oldest,newest,missing\n"
               "minors,1,derived,2020-02-02,2020-03-03,\n"
               "income_per_head,600,derived,2021-06-30,2021-06-30,\n"
               "serious_illness,,unknown,,,health 1/2; illness_register 2/2\n"
               "receives_dibao,false,derived,2021-05-01,2021-05-01,\n");
    check_part(why, GOV_EXPLAINED_READINGS, reading_columns, 6,
               "id,person,value,from,date,source\n"
               "income,,1200,\"observation disposable_income: mean, 12 months\",2021-06-30,民政\n"
               "got_dibao,,false,\"observation receives_dibao: latest, 12 months\",2021-05-01,民政\n"
               "birth_date,A,1980-05-01,person.birth_date,2020-02-02,table\n"
               "birth_date,B,2010-01-01,person.birth_date,2020-03-03,table\n"
               "health,A,good,person.health,2020-02-02,table\n"
               "health,B,,person.health,,\n"
               "illness_register,A,,observation serious_illness: latest,,\n"
               "illness_register,B,,observation serious_illness: latest,,\n");
    check_part(why, GOV_EXPLAINED_ASK, ask_columns, 3,
               "indicator,weight_num,missing\nill,1,serious_illness: health 1/2; illness_register 2/2\n");
    check_part(why, GOV_EXPLAINED_CHANGES, change_columns, 2, "indicator,tier\npoor,none\n");
    check_part(why, GOV_EXPLAINED_SERVICES, service_columns, 4,
               "service,received,date,source\ndibao,no,2021-05-01,民政\nvisit,,,\n");
    gov_household_explanation_free(why);
    tear_down(&f);
}
END_TEST

START_TEST(the_text_says_it_in_both_languages)
{
    fixture f = set_up();
    gov_household_explanation *why = explain(&f, "H1", GOV_FIELDS_DEFAULT);
    const char *zh = gov_household_explanation_text(why, "zh"),
               *en = gov_household_explanation_text(why, "en");
    ck_assert(strstr(zh, "得分：750‰ 至 1000‰    等级：高\n") != NULL);
    ck_assert(
        strstr(zh,
               "- 低收入 +500‰    income_per_head=600    [income_per_head < 1000]    数据日期 2021-06-30    "
               "来源 民政\n") != NULL);
    ck_assert(
        strstr(zh, "- 大病 ?250‰    serious_illness (缺：健康状况（GB/T 2261.3） 1/2; 大病登记 2/2)\n") !=
        NULL);
    ck_assert(strstr(zh, "- 低保    尚未享受\n") != NULL);
    ck_assert(strstr(en, "Score: 750‰ to 1000‰    Tier: high\n") != NULL);
    ck_assert(strstr(en, "- allowance    not yet received\n") != NULL);
    ck_assert(strstr(en, "data of 2020-02-02 to 2020-03-03") != NULL);
    ck_assert(strstr(en, "not a decision") != NULL && strstr(zh, "PROPOSED") != NULL);
    gov_household_explanation_free(why);
    tear_down(&f);
}
END_TEST

/* Illness is sensitive, income and ages are personal. */
START_TEST(what_is_above_the_shown_class_has_no_values)
{
    fixture f = set_up();
    gov_household_explanation *why = explain(&f, "H1", GOV_FIELDS_PERSONAL);
    check_part(why, GOV_EXPLAINED_LINES, line_columns, 3,
               "indicator,state,inputs\nyoung,deprived,minors=1\npoor,deprived,income_per_head=600\nill,,\n");
    check_part(why, GOV_EXPLAINED_SERVICES, service_columns, 1, "service\n");
    ck_assert(strstr(gov_household_explanation_text(why, "en"), "not shown") != NULL);
    ck_assert(strstr(gov_household_explanation_text(why, "en"), "good") == NULL);
    gov_household_explanation_free(why);
    why = explain(&f, "H1", GOV_FIELDS_INTERNAL);
    check_part(why, GOV_EXPLAINED_INPUTS, input_columns, 3,
               "id,value,origin\nminors,***,derived\nincome_per_head,***,derived\nserious_illness,,unknown\n"
               "receives_dibao,***,derived\n");
    ck_assert(strstr(gov_household_explanation_text(why, "zh"), "600") == NULL);
    gov_household_explanation_free(why);
    tear_down(&f);
}
END_TEST

/* H1 and H2 are poor, H3 is not known at all; H2 has nothing recorded of what it receives. */
START_TEST(the_entitled_who_are_not_reached_are_listed_and_counted)
{
    fixture f = set_up();
    gov_table *table = NULL;
    gov_text *text = NULL;
    gov_pipeline_options options = today();
    options.batch_rows = 1;
    ck_ok(gov_pipeline_unmet(f.store, model, &options, NULL, &table, &err));
    ck_ok(gov_table_format_csv(table, &text, &err));
    ck_assert_str_eq(gov_text_data(text), "household,grid,tier,service,received\nH1,310104003,high,dibao,no\n"
                                          "H2,310104004,low,dibao,unknown\n");
    gov_text_free(text);
    gov_table_free(table);
    ck_ok(gov_pipeline_unmet_by_grid(f.store, model, "street", 1, &options, NULL, &table, &err));
    ck_ok(gov_table_format_csv(table, &text, &err));
    ck_assert_str_eq(gov_text_data(text),
                     "grid,name,service,name_zh,name_en,households,hidden,grid_total,service_total\n"
                     "310104003,东街,dibao,低保,allowance,1,,true,true\n"
                     "310104004,西街,dibao,低保,allowance,1,,true,true\n");
    gov_text_free(text);
    gov_table_free(table);
    ck_ok(gov_pipeline_unmet_by_grid(f.store, model, NULL, 0, &options, NULL, &table, &err));
    ck_assert_int_eq(gov_table_rows(table), 2);
    gov_column_view households_of = GOV_COLUMN_VIEW_INIT;
    ck_ok(gov_table_view(table, 5, &households_of, &err));
    ck_assert_int_eq(households_of.null_count, 2); /* below five */
    gov_table_free(table);
    options.show = GOV_FIELDS_INTERNAL;
    table = NULL;
    ck_fails(gov_pipeline_unmet(f.store, model, &options, NULL, &table, &err), GOV_E_SCOPE);
    ck_assert_ptr_null(table);
    tear_down(&f);
}
END_TEST

START_TEST(a_household_that_is_not_there_is_refused)
{
    fixture f = set_up();
    gov_household_explanation *why = NULL;
    gov_pipeline_options options = today();
    ck_fails(gov_pipeline_explain(f.store, model, "H9", &options, NULL, &why, &err), GOV_E_REFERENCE);
    ck_assert_str_eq(err.name, "H9");
    options.as_of = "2019-12-31";
    ck_fails(gov_pipeline_explain(f.store, model, "H1", &options, NULL, &why, &err), GOV_E_REFERENCE);
    ck_fails(gov_pipeline_explain(f.store, model, NULL, &options, NULL, &why, &err), GOV_E_ARGUMENT);
    gov_store *narrow = NULL;
    gov_store_options scope = GOV_STORE_OPTIONS_INIT;
    scope.fields = GOV_FIELDS_SENSITIVE;
    scope.scope = "310104004";
    options = today();
    ck_ok(gov_store_open(f.path, &scope, &narrow, &err));
    ck_fails(gov_pipeline_explain(narrow, model, "H1", &options, NULL, &why, &err), GOV_E_REFERENCE);
    gov_store_close(narrow);
    ck_assert_ptr_null(why);
    gov_household_explanation_free(NULL);
    tear_down(&f);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    fixture f = set_up();
    gov_household_explanation *why = NULL;
    gov_table *table = NULL;
    gov_pipeline_options options = today();
    gov_need_features *few = fixture_features();
    options.features = few;
    ck_every_allocation(gov_pipeline_explain(f.store, model, "H1", &options, NULL, &why, &err),
                        ck_assert_ptr_null(why), (gov_household_explanation_free(why), why = NULL));
    ck_every_allocation(gov_pipeline_unmet(f.store, model, &options, NULL, &table, &err),
                        ck_assert_ptr_null(table), (gov_table_free(table), table = NULL));
    ck_every_allocation(gov_pipeline_unmet_by_grid(f.store, model, "street", 0, &options, NULL, &table, &err),
                        ck_assert_ptr_null(table), (gov_table_free(table), table = NULL));
    gov_need_features_free(few);
    tear_down(&f);
}
END_TEST

GOV_TESTS("pipeline/explain", every_line_has_its_values_their_days_and_sources,
          the_text_says_it_in_both_languages, what_is_above_the_shown_class_has_no_values,
          the_entitled_who_are_not_reached_are_listed_and_counted, a_household_that_is_not_there_is_refused,
          every_allocation_may_fail)
