/* Features: values derived by rules from households and members, with what is not known kept so, and files that are
 * refused at their place. Expected values are worked out by hand from the rules in the text. */
#include "need_fixture.h"

static const char head[] = "govcore_features: 1\nid: f\nversion: 1\n"
                           "inputs: {income: {type: float, from: {observation: income, take: mean}}}\n"
                           "members:\n"
                           "  key: household\n"
                           "  inputs:\n"
                           "    birth: {type: date, from: person.birth_date}\n"
                           "    wage: {type: float, from: {observation: wage}}\n"
                           "    kin: {type: enum, codes: {1: spouse, 2: child}, from: membership.relation}\n"
                           "member_rules: {age: \"age_years(birth, as_of)\"}\n"
                           "features:\n"
                           "  members: count(true)\n"
                           "  minors: count(age < 18)\n"
                           "  per_head: income / members\n"
                           "  married: any(kin == spouse)\n"
                           "  best: max(wage)\n"
                           "  today: as_of\n";

static gov_need_features *parse_features(const char *text)
{
    gov_need_features *features = NULL;
    ck_ok(gov_need_features_parse(text, -1, "features.yaml", &features, &err));
    return features;
}

/* H1: a couple and a child whose 18th birthday is the day after; H2: one person without a birth date; H3: nobody is
 * recorded; H4: no income is known. */
static const char households[] = "household,income\nH1,3000\nH2,1000\nH3,500\nH4,\n";
static const char members[] =
    "household,birth,wage,kin\n"
    "H1,1980-05-01,2000,1\nH1,2003-08-02,0,2\nH2,,700,\nH4,2004-02-29,,2\nH9,1990-01-01,1,1\n";

START_TEST(values_follow_from_members_and_unknown_stays_unknown)
{
    gov_need_features *f = parse_features(head);
    gov_table *h = parse_table(households);
    gov_table *m = parse_table(members);
    gov_table *out = NULL;
    gov_need_options options = GOV_NEED_OPTIONS_INIT;
    options.as_of = "2021-08-01";
    options.members = m;
    ck_ok(gov_need_features_derive(f, h, &options, &out, &err));
    char *csv = csv_of(out);
    ck_assert_str_eq(csv, "household,members,minors,per_head,married,best,today\n"
                          "H1,2.0,1.0,1500.0,true,2000.0,2021-08-01\n"
                          "H2,1.0,,1000.0,,700.0,2021-08-01\n"
                          "H3,,,,,,2021-08-01\n"
                          "H4,1.0,1.0,,false,,2021-08-01\n");
    free(csv);
    gov_table_free(out);
    options.as_of = "2021-08-02";
    ck_ok(gov_need_features_derive(f, h, &options, &out, &err));
    ck_assert(number_at(out, "minors", 0) == 0);
    gov_table_free(out);
    gov_table_free(h);
    gov_table_free(m);
    gov_need_features_free(f);
}
END_TEST

START_TEST(a_file_tells_its_sources_and_what_each_rule_reads)
{
    gov_need_features *f = parse_features(head);
    gov_table *t = NULL;
    ck_ok(gov_need_features_sources(f, &t, &err));
    char *csv = csv_of(t);
    ck_assert_str_eq(csv,
                     "id,of,type,unit,kind,field,relation,observation,take,months,fewest,name_zh,name_en\n"
                     "income,household,float,\"\",,,,income,mean,,1,\"\",\"\"\n"
                     "birth,member,date,\"\",person,birth_date,,,,,,\"\",\"\"\n"
                     "wage,member,float,\"\",,,,wage,latest,,1,\"\",\"\"\n"
                     "kin,member,enum,\"\",membership,relation,,,,,,\"\",\"\"\n");
    free(csv);
    gov_table_free(t);
    ck_ok(gov_need_features_rules(f, &t, &err));
    ck_assert_str_eq(text_at(t, "id", 2), "minors");
    ck_assert_str_eq(text_at(t, "of", 0), "member");
    ck_assert_str_eq(text_at(t, "reads", 2), "birth");
    ck_assert_str_eq(text_at(t, "reads", 3), "income");
    ck_assert_str_eq(text_at(t, "rule", 3), "income / members");
    gov_table_free(t);
    ck_assert_str_eq(gov_need_features_id(f), "f");
    ck_assert_str_eq(gov_need_features_notice(f, "zh"), "");
    ck_assert_int_eq((int)strlen(gov_need_features_fingerprint(f)), 32);
    gov_need_features_free(f);
}
END_TEST

/* Every input of the built-in model that it must have is derived by the built-in file, and nothing else needs a name. */
START_TEST(the_builtin_file_derives_every_input_of_the_builtin_model)
{
    gov_need_features *f = NULL;
    gov_need_model *model = NULL;
    gov_table *inputs = NULL, *rules = NULL;
    ck_ok(gov_need_features_builtin("gbt31000", &f, &err));
    ck_ok(gov_need_model_builtin("govcore-need-22", &model, &err));
    ck_ok(gov_need_model_table(model, GOV_NEED_INPUTS, NULL, &inputs, &err));
    ck_ok(gov_need_features_rules(f, &rules, &err));
    for (int64_t i = 0; i < gov_table_rows(inputs); i++) {
        char id[512];
        int found = 0;
        snprintf(id, sizeof(id), "%s", text_at(inputs, "id", i));
        for (int64_t j = 0; j < gov_table_rows(rules); j++)
            found |= strcmp(text_at(rules, "id", j), id) == 0;
        ck_assert_msg(found || strcmp(id, "assessed_on") == 0, "%s", id);
    }
    ck_assert(strstr(gov_need_features_notice(f, "zh"), "PROPOSED") != NULL);
    ck_fails(gov_need_features_builtin("nobody", &f, &err), GOV_E_UNKNOWN_NAME);
    gov_table_free(inputs);
    gov_table_free(rules);
    gov_need_model_free(model);
    gov_need_features_free(f);
}
END_TEST

typedef struct fault {
    gov_status code;
    int line, column;
    const char *text;
} fault;

#define F "govcore_features: 1\nid: f\nversion: 1\n"
#define X "features: {x: \"1\"}\n"
static const fault faults[] = {
    {GOV_E_VERSION, 1, 19, "govcore_features: 2\nid: f\nversion: 1\n"},
    {GOV_E_UNKNOWN_NAME, 4, 1, F "tiers: []\n"},
    {GOV_E_MISSING, 4, 13, F "inputs: {a: {type: int}}\n" X},
    {GOV_E_FORMAT, 4, 31, F "inputs: {a: {type: int, from: income}}\n" X},
    {GOV_E_REFERENCE, 4, 31, F "inputs: {a: {type: int, from: person.age}}\n" X},
    {GOV_E_MISSING, 4, 31, F "inputs: {a: {type: int, from: {take: sum}}}\n" X},
    {GOV_E_UNKNOWN_NAME, 4, 54, F "inputs: {a: {type: int, from: {observation: o, take: last}}}\n" X},
    {GOV_E_TYPE, 4, 32, F "inputs: {a: {type: bool, from: {observation: o, take: sum}}}\n" X},
    {GOV_E_TYPE, 4, 31, F "inputs: {a: {type: int, from: {relation: r}}}\n" X},
    {GOV_E_RANGE, 4, 56, F "inputs: {a: {type: int, from: {observation: o, months: 0}}}\n" X},
    {GOV_E_CONFLICT, 4, 32, F "inputs: {a: {type: bool, from: {relation: r, months: 3}}}\n" X},
    {GOV_E_DUPLICATE, 5, 12, F "inputs: {a: {type: int, from: household.a}}\nfeatures: {a: a}\n"},
    {GOV_E_REFERENCE, 5, 15, F "inputs: {a: {type: int, from: household.a}}\nmember_rules: {m: a}\n" X},
    {GOV_E_UNKNOWN_NAME, 5, 15, F "inputs: {a: {type: int, from: household.a}}\nfeatures: {x: b}\n"},
    {GOV_E_MISSING, 1, 1, F "inputs: {a: {type: int, from: household.a}}\n"},
};

START_TEST(faults_are_refused_at_their_place)
{
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        gov_need_features *f = NULL;
        gov_status status = gov_need_features_parse(faults[i].text, -1, "f.yaml", &f, &err);
        ck_assert_msg(status == faults[i].code && err.line == faults[i].line &&
                          err.column == faults[i].column,
                      "%zu: %d at %lld:%lld: %s", i, (int)status, (long long)err.line, (long long)err.column,
                      err.message);
        ck_assert_ptr_null(f);
    }
    gov_need_model *model = NULL;
    ck_fails(gov_need_model_parse("govcore_model: 1\nid: m\nversion: 1\n"
                                  "inputs: {a: {type: int, from: household.a}}\n",
                                  -1, "m.yaml", &model, &err),
             GOV_E_UNKNOWN_NAME);
    ck_fails(gov_need_features_load("/nowhere/f.yaml", &(gov_need_features *){NULL}, &err), GOV_E_IO);
    ck_fails(gov_need_features_parse(NULL, 0, NULL, NULL, &err), GOV_E_ARGUMENT);
}
END_TEST

START_TEST(a_member_value_stands_only_in_a_rule_over_members)
{
    char text[2048];
    gov_need_features *f = NULL;
    snprintf(text, sizeof(text), "%s  wrong: age + 1\n", head);
    ck_fails(gov_need_features_parse(text, -1, "f.yaml", &f, &err), GOV_E_TYPE);
    ck_assert_str_eq(err.name, "age");
    snprintf(text, sizeof(text), "%s  wrong: count(age > minors)\n", head);
    ck_fails(gov_need_features_parse(text, -1, "f.yaml", &f, &err), GOV_E_TYPE);
    ck_assert_str_eq(err.name, "minors");
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    gov_need_features *f = NULL;
    gov_table *h = parse_table(households);
    gov_table *m = parse_table(members);
    gov_table *out = NULL;
    gov_need_options options = GOV_NEED_OPTIONS_INIT;
    options.as_of = "2021-08-01";
    options.members = m;
    ck_every_allocation(gov_need_features_parse(head, -1, "f.yaml", &f, &err), ck_assert_ptr_null(f),
                        (gov_need_features_free(f), f = NULL));
    f = parse_features(head);
    ck_every_allocation(gov_need_features_derive(f, h, &options, &out, &err), ck_assert_ptr_null(out),
                        (gov_table_free(out), out = NULL));
    ck_every_allocation(gov_need_features_sources(f, &out, &err), ck_assert_ptr_null(out),
                        (gov_table_free(out), out = NULL));
    ck_every_allocation(gov_need_features_rules(f, &out, &err), ck_assert_ptr_null(out),
                        (gov_table_free(out), out = NULL));
    gov_table_free(h);
    gov_table_free(m);
    gov_need_features_free(f);
}
END_TEST

GOV_TESTS("need/features", values_follow_from_members_and_unknown_stays_unknown,
          a_file_tells_its_sources_and_what_each_rule_reads,
          the_builtin_file_derives_every_input_of_the_builtin_model, faults_are_refused_at_their_place,
          a_member_value_stands_only_in_a_rule_over_members, every_allocation_may_fail)
