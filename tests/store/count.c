/* Counts by grid: records of grids that were split, and several trees over the same records. */
#include "fixture.h"

/* District D, street A with the communities A1 and A2, street B with B1. */
static gov_store *town(void)
{
    gov_store *store = open_new();
    import_all(store, "grid",
               TABLE("code,name,level,parent", "D,区,district,", "A,甲街道,street,D", "B,乙街道,street,D",
                     "A1,甲一村,community,A", "A2,甲二村,community,A", "B1,乙一村,community,B"),
               "2000-01-01");
    return store;
}

/* Splits `from` into parts with these shares, named by their codes. */
static void split(gov_store *store, const char *from, const char *const *parts, const double *shares,
                  int count, const char *on)
{
    gov_table_builder *b = NULL;
    gov_table *t = NULL;
    const char *cells[4][8];
    const char *const names[] = {"from_grid", "to_grid", "name", "level"};
    for (int i = 0; i < count; i++) {
        cells[0][i] = from;
        cells[1][i] = cells[2][i] = parts[i];
        cells[3][i] = "community";
    }
    ck_ok(gov_table_builder_new(&b, &err));
    for (int c = 0; c < 4; c++)
        ck_ok(gov_table_builder_texts(b, names[c], cells[c], count, &err));
    if (shares != NULL)
        ck_ok(gov_table_builder_array(b, "share", GOV_TYPE_FLOAT64, shares, NULL, count, &err));
    ck_ok(gov_table_builder_finish(b, &t, &err));
    gov_table_builder_free(b);
    ck_ok(gov_store_reorganise(store, t, on, NULL, NULL, &err));
    gov_table_free(t);
}

/* "A1=own/total/shared ..." of what is not 0. */
static const char *counted(gov_store *store, const char *kind, const gov_query_options *options)
{
    static char out[1024];
    size_t n = 0;
    gov_table *t = NULL;
    out[0] = '\0';
    ck_ok(gov_store_count(store, kind, NULL, options, &t, &err));
    for (int64_t i = 0; i < gov_table_rows(t); i++)
        if (int_at(t, i, "total") != 0)
            n += (size_t)snprintf(out + n, sizeof(out) - n, "%s=%lld/%lld/%lld ", text_at(t, i, "code"),
                                  (long long)int_at(t, i, "own"), (long long)int_at(t, i, "total"),
                                  (long long)int_at(t, i, "shared"));
    gov_table_free(t);
    return out;
}

static const char *counted_on(gov_store *store, const char *kind, const char *day)
{
    gov_query_options o = GOV_QUERY_OPTIONS_INIT;
    o.as_of = day;
    return counted(store, kind, &o);
}

static void add_persons(gov_store *store, const char *grid, int count)
{
    gov_table_builder *b = NULL;
    gov_table *t = NULL;
    char id[32];
    ck_ok(gov_table_builder_new(&b, &err));
    ck_ok(gov_table_builder_add(b, "id", GOV_TYPE_UTF8, NULL, &err));
    ck_ok(gov_table_builder_add(b, "grid", GOV_TYPE_UTF8, NULL, &err));
    for (int i = 0; i < count; i++) {
        snprintf(id, sizeof(id), "%s-%d", grid, i);
        ck_ok(gov_table_builder_text(b, 0, id, -1, &err));
        ck_ok(gov_table_builder_text(b, 1, grid, -1, &err));
    }
    ck_ok(gov_table_builder_finish(b, &t, &err));
    gov_table_builder_free(b);
    import_all(store, "person", t, NULL);
}

/* Ten seats for 47 000, 16 000, 15 900, 12 000, 6 000 and 3 100 votes: 5, 2, 1, 1, 1, 0 by Hare's quota, the textbook
 * case of the largest remainder. */
START_TEST(a_split_shares_its_records_out_by_the_largest_remainder)
{
    const char *const parts[] = {"P1", "P2", "P3", "P4", "P5", "P6"};
    const double shares[] = {0.47, 0.16, 0.159, 0.12, 0.06, 0.031};
    gov_store *store = town();
    add_persons(store, "A1", 10);
    add_persons(store, "A2", 3);
    split(store, "A1", parts, shares, 6, "2010-01-01");
    ck_assert_str_eq(counted_on(store, "person", "2009-12-31"), "A=0/13/0 A1=10/10/0 A2=3/3/0 D=0/13/0 ");
    ck_assert_str_eq(counted_on(store, "person", "2010-01-01"),
                     "A=0/13/10 A2=3/3/0 D=0/13/10 P1=5/5/5 P2=2/2/2 P3=1/1/1 P4=1/1/1 P5=1/1/1 ");
    gov_store_close(store);
}
END_TEST

START_TEST(shares_go_on_through_what_the_parts_became)
{
    const char *const first[] = {"P1", "P2"}, *const then[] = {"Q1", "Q2"}, *const one[] = {"R"};
    gov_store *store = town();
    add_persons(store, "A1", 101);
    split(store, "A1", first, NULL, 2, "2010-01-01");
    split(store, "P1", then, NULL, 2, "2012-01-01");
    split(store, "P2", one, NULL, 1, "2013-01-01");
    ck_assert_str_eq(counted_on(store, "person", "2011-01-01"),
                     "A=0/101/101 D=0/101/101 P1=51/51/51 P2=50/50/50 ");
    ck_assert_str_eq(counted_on(store, "person", "2020-01-01"),
                     "A=0/101/101 D=0/101/101 Q1=26/26/26 Q2=25/25/25 R=50/50/50 ");
    gov_store_close(store);
}
END_TEST

START_TEST(a_grid_that_gave_away_a_part_keeps_its_records)
{
    const char *const part[] = {"A2"}, *const one[] = {"A9"};
    const double share[] = {0.4};
    gov_store *store = town();
    add_persons(store, "A1", 10);
    split(store, "A1", part, share, 1, "2010-01-01");
    ck_assert_str_eq(counted_on(store, "person", "2011-01-01"), "A=0/10/0 A1=10/10/0 D=0/10/0 ");
    split(store, "A1", one, NULL, 1, "2012-01-01");
    ck_assert_str_eq(counted_on(store, "person", "2020-01-01"), "A=0/10/0 A9=10/10/0 D=0/10/0 ");
    gov_store_close(store);
}
END_TEST

static void bound(gov_store *store, const char *code, const char *wkt, const char *from)
{
    gov_table_builder *b = NULL;
    gov_table *t = NULL;
    const char *const names[] = {"code", "name", "level", "parent", "boundary"};
    const char *const cells[] = {code, code, "community", "A", wkt};
    ck_ok(gov_table_builder_new(&b, &err));
    for (int i = 0; i < 5; i++)
        ck_ok(gov_table_builder_texts(b, names[i], &cells[i], 1, &err));
    ck_ok(gov_table_builder_finish(b, &t, &err));
    gov_table_builder_free(b);
    import_all(store, "grid", t, from);
}

/* Three things west, one east, one in another grid's ground, one outside, two without a place; halves by share. */
START_TEST(what_has_a_place_is_counted_where_it_lies_and_the_rest_by_share)
{
    const char *const parts[] = {"W", "X"};
    gov_store *store = town();
    import_all(store, "thing",
               TABLE("id,grid,lon,lat", "w1,A1,121.1,31.5", "w2,A1,121.2,31.5", "w3,A1,121.5,31.5",
                     "e1,A1,121.7,31.5", "a2,A1,122.5,31.5", "out,A1,120,31", "n1,A1,,", "n2,A1,,"),
               NULL);
    split(store, "A1", parts, NULL, 2, "2010-01-01");
    ck_assert_str_eq(counted_on(store, "thing", "2020-01-01"), "A=0/8/8 D=0/8/8 W=4/4/4 X=4/4/4 ");
    bound(store, "W", "POLYGON ((121 31, 121.5 31, 121.5 32, 121 32, 121 31))", "2010-01-01");
    bound(store, "X", "POLYGON ((121.5 31, 122 31, 122 32, 121.5 32, 121.5 31))", "2010-01-01");
    bound(store, "A2", "POLYGON ((122 31, 123 31, 123 32, 122 32, 122 31))", "2010-01-01");
    ck_assert_str_eq(counted_on(store, "thing", "2020-01-01"), "A=0/8/4 D=0/8/4 W=5/5/2 X=3/3/2 ");
    gov_store_close(store);
}
END_TEST

/* Whoever sees the street of a grid that was split sees its records; whoever sees one of the parts only, does not. */
START_TEST(a_scope_holds_the_records_of_a_split_grid_but_one_part_does_not)
{
    const char *const parts[] = {"P1", "P2"}, *const then[] = {"Q1", "Q2"};
    gov_store *store = town();
    add_persons(store, "A1", 4);
    split(store, "A1", parts, NULL, 2, "2010-01-01");
    split(store, "P2", then, NULL, 2, "2012-01-01");
    gov_store_close(store);
    char path[64];
    snprintf(path, sizeof(path), "/tmp/govcore-store-%ld.gov", (long)getpid());
    store = open_as(path, "wang", "A", GOV_FIELDS_DEFAULT);
    ck_assert_str_eq(counted_on(store, "person", "2020-01-01"), "A=0/4/4 P1=2/2/2 Q1=1/1/1 Q2=1/1/1 ");
    gov_store_close(store);
    store = open_as(path, "wang", "P1", GOV_FIELDS_DEFAULT);
    ck_assert_str_eq(counted_on(store, "person", "2020-01-01"), "");
    gov_store_close(store);
}
END_TEST

/* A police tree over the same persons: S with the beats S1 and S2. p1 and p2 are placed, p3 twice, A2-0 not at all. */
START_TEST(two_trees_hold_the_same_records_and_each_adds_up)
{
    gov_store *store = town();
    gov_query_options o = GOV_QUERY_OPTIONS_INIT;
    o.as_of = "2020-01-01";
    import_all(store, "grid",
               TABLE("code,name,level,kind,parent", "S,派出所,station,police,", "S1,警区一,beat,police,S",
                     "S2,警区二,beat,police,S"),
               "2000-01-01");
    import_all(store, "person", TABLE("id,grid", "p1,A1", "p2,B1", "p3,A1", "p4,A2"), NULL);
    import_all(store, "relation",
               TABLE("subject_kind,subject,predicate,object_kind,object", "person,p1,placed_in,grid,S1",
                     "person,p2,placed_in,grid,S1", "person,p3,placed_in,grid,S2",
                     "person,p3,placed_in,grid,S1", "person,p1,known_to,grid,S2",
                     "thing,p4,placed_in,grid,S2"),
               NULL);
    ck_assert_str_eq(counted(store, "person", &o), "A=0/3/0 A1=2/2/0 A2=1/1/0 B=0/1/0 B1=1/1/0 D=0/4/0 ");
    o.tree = "placed_in";
    ck_assert_str_eq(counted(store, "person", &o), "S=0/3/0 S1=3/3/0 =1/1/0 ");
    o.where = "id <> 'p1'";
    ck_assert_str_eq(counted(store, "person", &o), "S=0/2/0 S1=2/2/0 =1/1/0 ");
    o.where = NULL;
    const char *const parts[] = {"T1", "T2"};
    split(store, "S1", parts, NULL, 2, "2010-01-01");
    ck_assert_str_eq(counted(store, "person", &o), "S=0/3/3 T1=2/2/2 T2=1/1/1 =1/1/0 ");
    gov_table *t = NULL;
    ck_fails(gov_store_count(store, "membership", NULL, &o, &t, &err), GOV_E_UNSUPPORTED);
    gov_store_close(store);
}
END_TEST

START_TEST(each_allocation_of_a_count_may_fail)
{
    const char *const parts[] = {"W", "X"};
    gov_store *store = town();
    gov_table *t = NULL;
    gov_query_options o = GOV_QUERY_OPTIONS_INIT;
    o.as_of = "2020-01-01";
    import_all(store, "thing", TABLE("id,grid,lon,lat", "w1,A1,121.1,31.5", "n1,A1,,"), NULL);
    split(store, "A1", parts, NULL, 2, "2010-01-01");
    bound(store, "W", "POLYGON ((121 31, 121.5 31, 121.5 32, 121 32, 121 31))", "2010-01-01");
    ck_every_allocation(gov_store_count(store, "thing", NULL, &o, &t, &err), ck_assert_ptr_null(t),
                        gov_table_free(t);
                        t = NULL);
    gov_store_close(store);
}
END_TEST

GOV_TESTS("store/count", a_split_shares_its_records_out_by_the_largest_remainder,
          shares_go_on_through_what_the_parts_became, a_grid_that_gave_away_a_part_keeps_its_records,
          what_has_a_place_is_counted_where_it_lies_and_the_rest_by_share,
          a_scope_holds_the_records_of_a_split_grid_but_one_part_does_not,
          two_trees_hold_the_same_records_and_each_adds_up, each_allocation_of_a_count_may_fail)
