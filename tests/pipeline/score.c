/* Scoring a store: the result is that of the model on a table of the same households, is written once, and nothing is
 * written when it fails. */
#include "fixture.h"
#include "table_check.h"

/* Two indicators; `room` names the second input. */
#define MODEL(room)                                                                                     \
    "govcore_model: 1\n"                                                                                \
    "id: two\n"                                                                                         \
    "version: 1\n"                                                                                      \
    "title: {zh: 两项, en: two}\n"                                                                    \
    "effective: [2020-01-01, null]\n"                                                                   \
    "unit: household\n"                                                                                 \
    "ids: [id]\n"                                                                                       \
    "inputs:\n"                                                                                         \
    "  income: {type: float, unit: CNY/month, range: [0, 1000000]}\n"                                   \
    "  " room ": {type: int, unit: rooms, range: [0, 100]}\n"                                           \
    "dimensions:\n"                                                                                     \
    "  - id: living\n"                                                                                  \
    "    name: {zh: 全部, en: all}\n"                                                                 \
    "    weight: 1\n"                                                                                   \
    "    indicators:\n"                                                                                 \
    "      - {id: poor, name: {zh: 低收入, en: low income}, weight: 2/3, deprived: income < 1000}\n" \
    "      - {id: crowded, name: {zh: 拥挤, en: crowded}, weight: 1/3, deprived: " room " < 2}\n"       \
    "tiers: [{id: high, at: 2/3}, {id: low, at: 1/3}]\n"

static const char model_text[] = MODEL("rooms");
static const char other_text[] = MODEL("balconies");

static const char grids[] = "code,name,level,parent\n"
                            "310104,徐汇区,county,\n"
                            "310104003,天平路街道,street,310104\n"
                            "310104004,湖南路街道,street,310104\n";

static const char households[] = "id,grid,view,income,rooms\n"
                                 "H1,310104003,assistance,500,1\n"
                                 "H2,310104003,,1500,1\n"
                                 "H3,310104004,assistance,1500,3\n"
                                 "H4,310104004,assistance,,1\n"
                                 "H5,310104004,registered,1,1\n";

static gov_need_model *model;

static fixture set_up(void)
{
    fixture f = fixture_new();
    fixture_import(&f, "grid", grids);
    fixture_import(&f, "household", households);
    ck_ok(gov_need_model_parse(model_text, (int64_t)strlen(model_text), "two.yaml", &model, &err));
    return f;
}

static void tear_down(fixture *f)
{
    gov_need_model_free(model);
    fixture_free(f);
}

/* By hand: H1 2/3 + 1/3, H2 1/3 (no view is the assistance household), H3 0, H4 1/3 known and up to 1; H5 is only
 * registered there and is not scored. */
START_TEST(assistance_households_are_scored_and_recorded_once)
{
    fixture f = set_up();
    gov_table *scores = NULL;
    gov_pipeline_options options = GOV_PIPELINE_OPTIONS_INIT;
    options.as_of = "2023-07-01";
    ck_ok(gov_pipeline_score(f.store, model, &options, NULL, &scores, &err));
    ck_assert_int_eq(gov_table_rows(scores), 4);
    ck_text_in(scores, 0, "household", "H1");
    ck_text_in(scores, 3, "grid", "310104004");
    ck_assert(number(scores, 0, "score") == 1.0);
    ck_assert(number(scores, 1, "score") == 1.0 / 3);
    ck_assert(number(scores, 2, "score") == 0.0);
    ck_assert(number(scores, 3, "score") == 1.0 / 3);
    ck_assert(number(scores, 3, "score_high") == 1.0);
    ck_text_in(scores, 0, "tier", "high");
    ck_text_in(scores, 3, "tier_high", "high");
    ck_text_in(scores, 3, "status", "bounded");
    ck_assert_int_eq(fixture_count(&f, "score"), 4);
    gov_table_free(scores);
    ck_ok(gov_pipeline_score(f.store, model, &options, NULL, &scores, &err));
    ck_assert_int_eq(fixture_count(&f, "score"), 4);
    gov_table_free(scores);
    tear_down(&f);
}
END_TEST

START_TEST(read_only_and_a_subtree_leave_the_rest_alone)
{
    fixture f = set_up();
    gov_table *scores = NULL;
    gov_pipeline_options options = GOV_PIPELINE_OPTIONS_INIT;
    options.as_of = "2023-07-01";
    options.grid = "310104003";
    options.read_only = 1;
    ck_ok(gov_pipeline_score(f.store, model, &options, NULL, &scores, &err));
    ck_assert_int_eq(gov_table_rows(scores), 2);
    ck_assert_int_eq(fixture_count(&f, "score"), 0);
    gov_table_free(scores);
    tear_down(&f);
}
END_TEST

START_TEST(an_actor_who_may_not_read_the_inputs_gets_no_scores)
{
    fixture f = set_up();
    gov_store *narrow = fixture_open_internal(&f);
    gov_table *scores = NULL;
    gov_pipeline_options options = GOV_PIPELINE_OPTIONS_INIT;
    options.as_of = "2023-07-01";
    ck_fails(gov_pipeline_score(narrow, model, &options, NULL, &scores, &err), GOV_E_SCOPE);
    ck_assert_str_eq(err.name, "income");
    ck_assert_ptr_null(scores);
    gov_store_close(narrow);
    tear_down(&f);
}
END_TEST

START_TEST(failures_name_their_cause_and_write_nothing)
{
    fixture f = set_up();
    gov_table *scores = NULL;
    gov_need_model *other = NULL;
    gov_run *run = NULL;
    gov_pipeline_options options = GOV_PIPELINE_OPTIONS_INIT;
    ck_fails(gov_pipeline_score(f.store, model, &options, NULL, &scores, &err), GOV_E_MISSING);
    ck_assert_str_eq(err.name, "as_of");
    options.as_of = "2023-02-30";
    ck_fails(gov_pipeline_score(f.store, model, &options, NULL, &scores, &err), GOV_E_RANGE);
    options.as_of = "2023-07-01";
    ck_fails(gov_pipeline_score(f.store, NULL, &options, NULL, &scores, &err), GOV_E_ARGUMENT);
    ck_ok(gov_need_model_parse(other_text, (int64_t)strlen(other_text), "other.yaml", &other, &err));
    ck_fails(gov_pipeline_score(f.store, other, &options, NULL, &scores, &err), GOV_E_MISSING);
    ck_assert_str_eq(err.name, "balconies");
    gov_need_model_free(other);
    ck_ok(gov_run_new(&run, &err));
    gov_run_cancel(run);
    options.run = run;
    ck_fails(gov_pipeline_score(f.store, model, &options, NULL, &scores, &err), GOV_E_CANCELLED);
    gov_run_free(run);
    ck_assert_ptr_null(scores);
    ck_assert_int_eq(fixture_count(&f, "score"), 0);
    tear_down(&f);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    fixture f = set_up();
    gov_table *scores = NULL;
    gov_pipeline_options options = GOV_PIPELINE_OPTIONS_INIT;
    options.as_of = "2023-07-01";
    options.read_only = 1;
    ck_every_allocation(gov_pipeline_score(f.store, model, &options, NULL, &scores, &err),
                        ck_assert_ptr_null(scores), (gov_table_free(scores), scores = NULL));
    tear_down(&f);
}
END_TEST

GOV_TESTS("pipeline/score", assistance_households_are_scored_and_recorded_once,
          read_only_and_a_subtree_leave_the_rest_alone, an_actor_who_may_not_read_the_inputs_gets_no_scores,
          failures_name_their_cause_and_write_nothing, every_allocation_may_fail)
