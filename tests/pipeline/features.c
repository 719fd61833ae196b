/* Inputs of a model derived from a small store: values worked out by hand from the rules in the text, for several days and
 * views, whatever the size of a batch; and what is refused. Random towns are compared with a plain derivation in
 * tests/oracle/test_features.py. */
#include "fixture.h"

static const char model_text[] = "govcore_model: 1\nid: heads\nversion: 1\n"
                                 "inputs:\n"
                                 "  members: {type: int, range: [1, 4]}\n"
                                 "  minors: {type: int}\n"
                                 "  income_per_head: {type: float, range: [0, 100000]}\n"
                                 "dimensions:\n"
                                 "  - id: whole\n"
                                 "    weight: 1\n"
                                 "    indicators:\n"
                                 "      - {id: young, weight: 1/2, deprived: minors > 0}\n"
                                 "      - {id: poor, weight: 1/2, deprived: income_per_head < 1000}\n"
                                 "tiers: [{id: high, at: 1/2}]\n";

static const char grids[] = "code,name,level,parent\n310104,区,county,\n310104003,街,street,310104\n"
                            "310104004,街,street,310104\n";
static const char persons[] = "id,grid,birth_date,valid_from,valid_to\n"
                              "A,310104003,1980-05-01,,\nB,310104003,1981-01-01,,2021-06-01\n"
                              "C,310104003,2004-02-29,,\nD,310104004,1950-01-01,,\nE,310104003,2021-07-15,,\n"
                              "F,310104003,,,\n";
static const char households[] =
    "id,grid,view,minors\nH1,310104003,,\nH2,310104004,assistance,\n"
    "H3,310104003,dwelling,\nH4,310104003,assistance,3\nH5,310104003,registered,\n";
/* A and B are registered and live in H1, C lives there, D is registered there and lives in H2 from February on. */
static const char memberships[] = "household,person,living,registered,valid_from,valid_to\n"
                                  "H1,A,true,true,,\nH1,B,true,true,,\nH1,C,true,false,,\nH1,D,false,true,,\n"
                                  "H2,D,true,,2021-02-01,\nH1,E,true,true,,\nH3,F,,,,\n";
static const char observations[] =
    "subject_kind,subject,variable,time,source,value\n"
    "household,H1,disposable_income,2020-12-31T10:00:00,tax,6000\n"
    "household,H1,disposable_income,2021-01-31T10:00:00,tax,3000\n"
    "household,H1,disposable_income,2021-01-31T10:00:00,zz civil affairs,3600\n"
    "household,H1,disposable_income,2021-12-31T23:59:59,tax,900\n"
    "household,H2,disposable_income,2021-03-01T00:00:00,tax,500\n"
    "household,H4,disposable_income,2021-03-01T00:00:00,tax,500\n";

static gov_need_model *model;

static fixture set_up(void)
{
    fixture f = fixture_new();
    fixture_import(&f, "grid", grids);
    fixture_import(&f, "person", persons);
    fixture_import(&f, "household", households);
    fixture_import(&f, "membership", memberships);
    fixture_import(&f, "observation", observations);
    ck_ok(gov_need_model_parse(model_text, -1, "heads.yaml", &model, &err));
    return f;
}

static void tear_down(fixture *f)
{
    gov_need_model_free(model);
    fixture_free(f);
}

static gov_pipeline_options on(const char *day, const char *view)
{
    gov_pipeline_options options = GOV_PIPELINE_OPTIONS_INIT;
    options.as_of = day;
    options.view = view;
    options.read_only = 1;
    return options;
}

static void check_features(const fixture *f, const char *day, const char *view, const char *expected)
{
    gov_table *table = NULL;
    gov_text *text = NULL;
    gov_pipeline_options options = on(day, view);
    for (options.batch_rows = 0; options.batch_rows < 3; options.batch_rows++) {
        ck_ok(gov_pipeline_features(f->store, model, &options, &table, &err));
        ck_ok(gov_table_format_csv(table, &text, &err));
        ck_assert_str_eq(gov_text_data(text), expected);
        gov_text_free(text);
        gov_table_free(table);
    }
}

#define HEAD "household,grid,members,minors,income_per_head\n"

/* On 2021-03-01: A, B and C (17) live in H1; the income is the mean of 6000 and, of the two of one moment, 3600 of the
 * last source. H2 is D alone. H4 has nobody, but somebody recorded three minors. */
START_TEST(members_ages_and_readings_are_those_of_the_day)
{
    fixture f = set_up();
    check_features(&f, "2021-03-01", NULL,
                   HEAD "H1,310104003,3,1,1600.0\nH2,310104004,1,0,500.0\nH4,310104003,,3,\n");
    /* D has not moved in. */
    check_features(&f, "2021-01-31", NULL,
                   HEAD "H1,310104003,3,1,1600.0\nH2,310104004,,,\nH4,310104003,,3,\n");
    /* Before the second reading; all are one year younger. */
    check_features(&f, "2021-01-30", NULL,
                   HEAD "H1,310104003,3,1,2000.0\nH2,310104004,,,\nH4,310104003,,3,\n");
    /* B has died, E is born the next day. */
    check_features(&f, "2021-07-14", NULL,
                   HEAD "H1,310104003,2,1,2400.0\nH2,310104004,1,0,500.0\nH4,310104003,,3,\n");
    check_features(&f, "2021-07-15", NULL,
                   HEAD "H1,310104003,3,2,1600.0\nH2,310104004,1,0,500.0\nH4,310104003,,3,\n");
    /* C comes of age on the first of March; of the readings the last remains, and on 2022-01-31 nothing of January. */
    check_features(&f, "2022-02-28", NULL,
                   HEAD "H1,310104003,3,2,300.0\nH2,310104004,1,0,500.0\nH4,310104003,,3,\n");
    check_features(&f, "2022-03-01", NULL,
                   HEAD "H1,310104003,3,1,300.0\nH2,310104004,1,0,\nH4,310104003,,3,\n");
    tear_down(&f);
}
END_TEST

START_TEST(the_three_views_are_kept_apart)
{
    fixture f = set_up();
    check_features(&f, "2021-03-01", "dwelling", HEAD "H1,310104003,3,1,1600.0\nH3,310104003,1,,\n");
    check_features(&f, "2021-03-01", "registered", HEAD "H1,310104003,3,0,1600.0\nH5,310104003,,,\n");
    gov_table *table = NULL;
    gov_pipeline_options options = on("2021-03-01", "registered");
    options.read_only = 0;
    ck_fails(gov_pipeline_score(f.store, model, &options, NULL, &table, &err), GOV_E_UNSUPPORTED);
    options.view = "assistance";
    ck_ok(gov_pipeline_score(f.store, model, &options, NULL, &table, &err));
    ck_assert_int_eq(fixture_count(&f, "score"), 3);
    gov_table_free(table);
    tear_down(&f);
}
END_TEST

/* Five members are outside the range of the model's input; nobody knows then, and the score says so. */
START_TEST(a_value_outside_the_range_is_not_known)
{
    fixture f = set_up();
    fixture_import(&f, "person", "id,grid,birth_date\nG,310104003,1990-01-01\nI,310104003,1990-01-01\n");
    fixture_import(&f, "membership", "household,person\nH1,G\nH1,I\n");
    check_features(&f, "2021-03-01", NULL,
                   HEAD "H1,310104003,,1,960.0\nH2,310104004,1,0,500.0\nH4,310104003,,3,\n");
    tear_down(&f);
}
END_TEST

START_TEST(an_actor_sees_the_members_of_the_scope)
{
    fixture f = set_up();
    gov_store *narrow = NULL;
    gov_table *table = NULL;
    gov_store_options scope = GOV_STORE_OPTIONS_INIT;
    gov_pipeline_options options = on("2021-03-01", "registered");
    scope.fields = GOV_FIELDS_SENSITIVE;
    scope.scope = "310104003";
    ck_ok(gov_store_open(f.path, &scope, &narrow, &err));
    ck_ok(gov_pipeline_features(narrow, model, &options, &table, &err));
    ck_assert_int_eq(gov_table_rows(table), 2);  /* H1 and H5 */
    ck_assert(number(table, 0, "members") == 2); /* without D, whose record is in the other street */
    gov_table_free(table);
    gov_store_close(narrow);
    tear_down(&f);
}
END_TEST

static const char own_text[] = "govcore_features: 1\nid: own\nversion: 1\n"
                               "inputs: {rooms: {type: int, from: household.%s}}\n"
                               "features: {members: rooms, minors: rooms, income_per_head: rooms}\n";

START_TEST(failures_name_what_is_wrong)
{
    fixture f = set_up();
    char text[512];
    gov_table *table = NULL;
    gov_need_features *own = NULL;
    gov_pipeline_options options = on(NULL, NULL);
    ck_fails(gov_pipeline_features(f.store, model, &options, &table, &err), GOV_E_MISSING);
    options = on("2021-03-01", "family");
    ck_fails(gov_pipeline_features(f.store, model, &options, &table, &err), GOV_E_UNKNOWN_NAME);
    ck_assert_str_eq(err.name, "family");
    options = on("2021-03-01", NULL);
    ck_fails(gov_pipeline_features(f.store, NULL, &options, &table, &err), GOV_E_ARGUMENT);
    snprintf(text, sizeof(text), own_text, "rooms");
    ck_ok(gov_need_features_parse(text, -1, "own.yaml", &own, &err));
    options.features = own;
    ck_fails(gov_pipeline_features(f.store, model, &options, &table, &err), GOV_E_MISSING);
    ck_assert_str_eq(err.name, "rooms");
    gov_need_features_free(own);
    gov_store *internal = fixture_open_internal(&f);
    options.features = NULL;
    ck_fails(gov_pipeline_features(internal, model, &options, &table, &err), GOV_E_SCOPE);
    gov_store_close(internal);
    ck_assert_ptr_null(table);
    tear_down(&f);
}
END_TEST

START_TEST(a_district_may_write_its_own_file)
{
    fixture f = set_up();
    char text[512];
    gov_table *table = NULL;
    gov_need_features *own = NULL;
    gov_pipeline_options options = on("2021-03-01", NULL);
    fixture_import(&f, "household", "id,grid,rooms\nH2,310104004,2\n");
    snprintf(text, sizeof(text), own_text, "rooms");
    ck_ok(gov_need_features_parse(text, -1, "own.yaml", &own, &err));
    options.features = own;
    ck_ok(gov_pipeline_features(f.store, model, &options, &table, &err));
    ck_assert(number(table, 1, "members") == 2);
    ck_assert(number(table, 2, "minors") == 3); /* recorded of H4 */
    gov_table_free(table);
    gov_need_features_free(own);
    tear_down(&f);
}
END_TEST

/* A model that reads the members itself gets their table: of H1 A, B and C with one of seventeen, of H2 D. */
static const char peopled_text[] =
    "govcore_model: 1\nid: peopled\nversion: 1\n"
    "inputs: {income_per_head: {type: float}}\n"
    "members: {key: household_id, inputs: {birth_date: {type: date}}}\n"
    "dimensions:\n"
    "  - id: whole\n"
    "    weight: 1\n"
    "    indicators:\n"
    "      - {id: young, weight: 1/2, deprived: \"any(age_years(birth_date, as_of) < 18)\"}\n"
    "      - {id: old, weight: 1/2, deprived: \"all(age_years(birth_date, as_of) > 60)\"}\n"
    "tiers: [{id: high, at: 1/2}]\n";

START_TEST(a_model_of_members_is_given_their_table)
{
    fixture f = set_up();
    gov_need_model *peopled = NULL;
    gov_table *scores = NULL;
    gov_pipeline_options options = on("2021-03-01", NULL);
    ck_ok(gov_need_model_parse(peopled_text, -1, "peopled.yaml", &peopled, &err));
    for (options.batch_rows = 0; options.batch_rows < 2; options.batch_rows++) {
        ck_ok(gov_pipeline_score(f.store, peopled, &options, NULL, &scores, &err));
        ck_assert(number(scores, 0, "deprived_mask") == 1);
        ck_assert(number(scores, 1, "deprived_mask") == 2);
        gov_table_free(scores);
    }
    gov_need_model_free(peopled);
    tear_down(&f);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    fixture f = set_up();
    gov_table *table = NULL;
    gov_pipeline_options options = on("2021-03-01", NULL);
    gov_need_features *few = fixture_features();
    options.features = few;
    options.batch_rows = 2;
    ck_every_allocation(gov_pipeline_features(f.store, model, &options, &table, &err),
                        ck_assert_ptr_null(table), (gov_table_free(table), table = NULL));
    gov_need_features_free(few);
    tear_down(&f);
}
END_TEST

GOV_TESTS("pipeline/features", members_ages_and_readings_are_those_of_the_day, the_three_views_are_kept_apart,
          a_value_outside_the_range_is_not_known, an_actor_sees_the_members_of_the_scope,
          failures_name_what_is_wrong, a_district_may_write_its_own_file,
          a_model_of_members_is_given_their_table, every_allocation_may_fail)
