/* Services that are not received, and two models on one table. */
#include "need_fixture.h"

#define SERVED                                                                                               \
    "govcore_model: 1\nid: served\nversion: 1\nids: [code]\n"                                                \
    "inputs: {a: {type: bool}, b: {type: bool}, has_aid: {type: bool, optional: true}}\n"                    \
    "services: [{id: aid, received: has_aid}, {id: visit}]\n"                                                \
    "dimensions: [{id: d, weight: 1, indicators: [{id: ia, weight: 1/2, deprived: a, service: [aid]},\n"     \
    "                                             {id: ib, weight: 1/2, deprived: b, service: [visit]}]}]\n" \
    "tiers: [{id: high, at: 1/2}]\n"

START_TEST(entitled_and_not_receiving_are_listed_in_order)
{
    gov_need_model *model = parse_model(SERVED);
    gov_table *t = parse_table("code,a,b,has_aid\nh1,1,1,0\nh2,1,0,1\nh3,1,0,\nh4,0,1,0\nh5,,0,0\n");
    for (int64_t batch = 64; batch <= 128; batch += 64) {
        gov_table *unmet = NULL;
        gov_need_options o = GOV_NEED_OPTIONS_INIT;
        o.batch_rows = batch;
        ck_ok(gov_need_unmet(model, t, &o, &unmet, &err));
        char *csv = csv_of(unmet);
        ck_assert_str_eq(csv, "row,code,tier,service,received\n0,h1,high,aid,no\n2,h3,high,aid,unknown\n");
        free(csv);
        gov_table_free(unmet);
    }
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

START_TEST(a_diff_names_who_moves_and_why)
{
    gov_need_model *from =
        parse_model("govcore_model: 1\nid: one\nversion: 1\n"
                    "inputs: {x: {type: float}, b: {type: bool}}\n"
                    "dimensions: [{id: d, weight: 1, indicators: [\n"
                    "  {id: ix, weight: 1/2, deprived: x < 10}, {id: ib, weight: 1/2, deprived: b}]}]\n"
                    "tiers: [{id: high, at: 1}, {id: low, at: 1/2}]\n");
    gov_need_model *to =
        parse_model("govcore_model: 1\nid: two\nversion: 1\n"
                    "inputs: {x: {type: float}, b: {type: bool}}\n"
                    "dimensions: [{id: d, weight: 1, indicators: [\n"
                    "  {id: ix, weight: 2/3, deprived: x < 20}, {id: ib, weight: 1/3, deprived: b}]}]\n"
                    "tiers: [{id: high, at: 1}, {id: low, at: 1/2}]\n");
    gov_table *t = parse_table("x,b\n5,true\n15,true\n15,false\n30,true\n30,false\n");
    gov_need_diff *diff = NULL;
    ck_ok(gov_need_model_diff(from, to, t, NULL, &diff, &err));
    char *csv = csv_of(gov_need_diff_transitions(diff));
    ck_assert_str_eq(
        csv, "tier_from,tier_to,households\nnone,none,1\nnone,low,1\nlow,none,1\nlow,high,1\nhigh,high,1\n");
    free(csv);
    const gov_table *movers = gov_need_diff_movers(diff);
    ck_assert_int_eq(gov_table_rows(movers), 3);
    ck_assert_str_eq(text_at(movers, "changed", 0), "+ix");
    ck_assert_int_eq(int_at(movers, "row", 2), 3);
    ck_assert_str_eq(text_at(movers, "changed", 2), "weights or tiers");
    csv = csv_of(gov_need_diff_rules(diff));
    ck_assert_str_eq(csv,
                     "id,what,from,to\nix,weight,1/2,2/3\nix,deprived,x < 10,x < 20\nib,weight,1/2,1/3\n");
    free(csv);
    gov_need_diff_free(diff);
    gov_table_free(t);
    gov_need_model_free(from);
    gov_need_model_free(to);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    gov_need_model *model = parse_model(SERVED);
    gov_table *t = parse_table("code,a,b,has_aid\nh1,1,1,0\nh2,1,0,1\nh3,1,0,\n");
    gov_table *unmet = NULL;
    gov_need_diff *diff = NULL;
    ck_every_allocation(gov_need_unmet(model, t, NULL, &unmet, &err), ck_assert_ptr_null(unmet),
                        gov_table_free(unmet));
    ck_every_allocation(gov_need_model_diff(model, model, t, NULL, &diff, &err), ck_assert_ptr_null(diff),
                        gov_need_diff_free(diff));
    ck_fails(gov_need_unmet(NULL, NULL, NULL, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_need_model_diff(model, NULL, NULL, NULL, NULL, &err), GOV_E_ARGUMENT);
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

START_TEST(models_are_compared_without_households)
{
    gov_need_model *from = parse_model(SERVED);
    gov_need_model *to = gov_need_model_retain(from);
    gov_need_diff *diff = NULL;
    ck_ok(gov_need_model_diff(from, to, NULL, NULL, &diff, &err));
    ck_assert_int_eq(gov_table_rows(gov_need_diff_transitions(diff)), 0);
    ck_assert_int_eq(gov_table_rows(gov_need_diff_movers(diff)), 0);
    ck_assert_int_eq(gov_table_rows(gov_need_diff_rules(diff)), 0);
    gov_need_diff_free(diff);
    gov_need_model_free(to);
    gov_need_model_free(from);
}
END_TEST

GOV_TESTS("need/compare", entitled_and_not_receiving_are_listed_in_order, a_diff_names_who_moves_and_why,
          models_are_compared_without_households, every_allocation_may_fail)
