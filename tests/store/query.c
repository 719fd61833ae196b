/* Queries: columns and types, predicates, batches, counts with roll-up, look-up by identifier. */
#include "fixture.h"
#include "govcore/need.h"

static const gov_query_options none = GOV_QUERY_OPTIONS_INIT;

static gov_store *district(void)
{
    gov_store *store = open_new();
    add_grids(store);
    add_households(store);
    return store;
}

START_TEST(a_query_has_the_columns_and_types_of_the_kind)
{
    gov_store *store = district();
    gov_table *t = NULL, *fields = NULL;
    ck_ok(gov_store_query(store, "household", NULL, &t, &err));
    ck_ok(gov_store_fields(store, "household", &fields, &err));
    ck_assert_int_eq(gov_table_columns(t), gov_table_rows(fields) + 2);
    for (int64_t i = 0; i < gov_table_rows(fields); i++) {
        ck_assert_str_eq(gov_table_name(t, i), text_at(fields, i, "name"));
        ck_assert_str_eq(gov_type_name(gov_table_type(t, i)), text_at(fields, i, "type"));
    }
    ck_assert_int_eq(gov_table_rows(t), 4);
    ck_assert_str_eq(text_at(t, 2, "head_name"), "欧阳明");
    ck_assert_int_eq(int_at(t, 3, "members"), 5);
    ck_assert_int_eq(int_at(t, 3, "valid_from"), -1);
    gov_table_free(t);
    gov_table_free(fields);
    gov_store_close(store);
}
END_TEST

START_TEST(where_columns_grid_and_limit_narrow_it)
{
    gov_store *store = district();
    gov_query_options o = none;
    gov_table *t = NULL;
    const char *columns[] = {"members", "id"}, *values[] = {"2", "张%"};
    o.columns = columns;
    o.column_count = 2;
    o.where = "members >= ?1 AND head_name NOT LIKE ?2 -- a comment";
    o.values = values;
    o.value_count = 2;
    ck_ok(gov_store_query(store, "household", &o, &t, &err));
    ck_assert_str_eq(csv_of(t), "members,id\n2,h3\n5,h4\n");
    gov_table_free(t);
    o.grid = "310104003";
    ck_ok(gov_store_query(store, "household", &o, &t, &err));
    ck_assert_str_eq(csv_of(t), "members,id\n2,h3\n");
    gov_table_free(t);
    o.where = NULL;
    o.value_count = 0;
    o.limit = 1;
    ck_ok(gov_store_query(store, "household", &o, &t, &err));
    ck_assert_str_eq(csv_of(t), "members,id\n3,h1\n");
    gov_table_free(t);
    gov_store_close(store);
}
END_TEST

START_TEST(wrong_queries_say_what_is_wrong)
{
    gov_store *store = district();
    gov_query_options o = none;
    gov_table *t = NULL;
    const char *column = "colour";
    ck_fails(gov_store_query(store, "planet", NULL, &t, &err), GOV_E_UNKNOWN_NAME);
    o.columns = &column;
    o.column_count = 1;
    ck_fails(gov_store_query(store, "household", &o, &t, &err), GOV_E_UNKNOWN_NAME);
    ck_assert_str_eq(err.name, "colour");
    o = none;
    o.where = "colour = 'red'";
    ck_fails(gov_store_query(store, "household", &o, &t, &err), GOV_E_FORMAT);
    ck_assert_ptr_nonnull(strstr(err.message, "colour"));
    ck_assert_int_eq(err.column, 0);
    o.where = "id = ?1";
    ck_fails(gov_store_query(store, "household", &o, &t, &err), GOV_E_ARGUMENT);
    o = none;
    o.grid = "nowhere";
    ck_fails(gov_store_query(store, "household", &o, &t, &err), GOV_E_REFERENCE);
    ck_assert_str_eq(err.name, "nowhere");
    o = none;
    o.as_of = "2021-02-30";
    ck_fails(gov_store_query(store, "household", &o, &t, &err), GOV_E_RANGE);
    ck_fails(gov_store_sql(store, "SELECT 1; SELECT 2", NULL, &t, &err), GOV_E_FORMAT);
    ck_fails(gov_store_sql(store, "", NULL, &t, &err), GOV_E_FORMAT);
    ck_assert_ptr_null(t);
    gov_store_close(store);
}
END_TEST

START_TEST(a_reader_gives_the_same_rows_in_batches_and_outlives_its_store)
{
    gov_store *store = district();
    gov_query_options o = none;
    gov_reader *reader = NULL;
    gov_table *t = NULL;
    const char *value = "1";
    o.where = "members > ?1";
    o.values = &value;
    o.value_count = 1;
    ck_ok(gov_store_read(store, "household", &o, &reader, &err));
    value = "overwritten";
    import_all(store, "household", TABLE("id,grid,members", "h0,310104003001,9"), NULL);
    gov_store_close(store);
    ck_ok(gov_reader_next(reader, 2, &t, &err));
    ck_assert_int_eq(gov_table_rows(t), 2);
    ck_assert_str_eq(text_at(t, 0, "id"), "h1");
    gov_table_free(t);
    ck_ok(gov_reader_next(reader, 2, &t, &err));
    ck_assert_int_eq(gov_table_rows(t), 1);
    ck_assert_str_eq(text_at(t, 0, "id"), "h4");
    gov_table_free(t);
    ck_ok(gov_reader_next(reader, 2, &t, &err));
    ck_assert_int_eq(gov_table_rows(t), 0);
    ck_assert_str_eq(gov_table_name(t, 0), "id");
    gov_table_free(t);
    gov_reader_free(reader);
}
END_TEST

START_TEST(sql_columns_take_the_type_of_their_values)
{
    gov_store *store = district();
    gov_table *t = NULL;
    ck_ok(gov_store_sql(store,
                        "SELECT 1 AS i, 1.5 AS r, 'a' AS t, NULL AS n, 2 AS mixed, 3 AS odd UNION ALL"
                        " SELECT 2, 2, 'b', NULL, 2.5, 'x'",
                        NULL, &t, &err));
    const gov_type types[] = {GOV_TYPE_INT64, GOV_TYPE_FLOAT64, GOV_TYPE_UTF8,
                              GOV_TYPE_UTF8,  GOV_TYPE_FLOAT64, GOV_TYPE_UTF8};
    for (int i = 0; i < 6; i++)
        ck_assert_int_eq(gov_table_type(t, i), types[i]);
    ck_assert_str_eq(csv_of(t), "i,r,t,n,mixed,odd\n1,1.5,a,,2,3\n2,2,b,,2.5,x\n");
    gov_table_free(t);
    gov_store_close(store);
}
END_TEST

START_TEST(counts_roll_up_the_tree)
{
    gov_store *store = district();
    gov_table *t = NULL;
    ck_ok(gov_store_count(store, "household", NULL, NULL, &t, &err));
    ck_assert_int_eq(gov_table_rows(t), 6);
    const char *const expected[] = {"310104 0 4",       "310104003 0 3", "310104003001 2 2",
                                    "310104003002 1 1", "310104004 0 1", "310104004001 1 1"};
    for (int i = 0; i < 6; i++) {
        char line[64];
        snprintf(line, sizeof(line), "%s %lld %lld", text_at(t, i, "code"), (long long)int_at(t, i, "own"),
                 (long long)int_at(t, i, "total"));
        ck_assert_str_eq(line, expected[i]);
    }
    gov_table_free(t);
    gov_query_options o = none;
    o.where = "members > 1";
    ck_ok(gov_store_count(store, "household", "street", &o, &t, &err));
    ck_assert_int_eq(gov_table_rows(t), 2);
    ck_assert_int_eq(int_at(t, 0, "total"), 2);
    gov_table_free(t);
    import_all(
        store, "score",
        TABLE("household,model,as_of,fingerprint,score", "h1,m,2024-01-01,f,0.5", "h4,m,2024-01-01,f,0.25"),
        NULL);
    ck_ok(gov_store_count(store, "score", "district", NULL, &t, &err));
    ck_assert_int_eq(int_at(t, 0, "total"), 2);
    gov_table_free(t);
    ck_fails(gov_store_count(store, "authority", NULL, NULL, &t, &err), GOV_E_UNSUPPORTED);
    gov_store_close(store);
}
END_TEST

/* The credit code is the worked example of GB 32100. */
START_TEST(one_record_is_found_by_any_of_its_identifiers)
{
    gov_store *store = district();
    gov_table *t = NULL;
    import_all(store, "org", TABLE("id,grid,credit_code,name", "o1,310104003001,91350100M000100Y43,一家店"),
               NULL);
    import_all(store, "identifier",
               TABLE("scheme,value,subject_kind,subject", "merchant_code,HS-7,org,o1",
                     "merchant_code,HS-8,household,h1"),
               NULL);
    ck_ok(gov_store_find(store, "credit_code", "91350100M000100Y43", NULL, &t, &err));
    ck_assert_str_eq(csv_of(t), "kind,key\norg,o1\n");
    gov_table_free(t);
    ck_ok(gov_store_find(store, "merchant_code", "HS-7", NULL, &t, &err));
    ck_assert_str_eq(csv_of(t), "kind,key\norg,o1\n");
    gov_table_free(t);
    ck_ok(gov_store_find(store, "merchant_code", "HS-9", NULL, &t, &err));
    ck_assert_int_eq(gov_table_rows(t), 0);
    gov_table_free(t);
    gov_store_close(store);
}
END_TEST

/* What a household file must have for scoring is what the built-in model asks for. */
START_TEST(households_have_every_input_of_the_built_in_model)
{
    gov_store *store = open_new();
    gov_need_model *model = NULL;
    gov_table *inputs = NULL, *fields = NULL;
    ck_ok(gov_need_model_builtin("govcore-need-22", &model, &err));
    ck_ok(gov_need_model_table(model, GOV_NEED_INPUTS, NULL, &inputs, &err));
    ck_ok(gov_store_fields(store, "household", &fields, &err));
    ck_assert_int_gt(gov_table_rows(inputs), 22);
    for (int64_t i = 0; i < gov_table_rows(inputs); i++) {
        const char *name = text_at(inputs, i, "column");
        int found = 0;
        for (int64_t f = 0; f < gov_table_rows(fields); f++)
            found |= strcmp(text_at(fields, f, "name"), name) == 0;
        ck_assert_msg(found, "%s", name);
    }
    gov_table_free(inputs);
    gov_table_free(fields);
    gov_need_model_free(model);
    gov_store_close(store);
}
END_TEST

START_TEST(each_allocation_of_a_query_may_fail)
{
    gov_store *store = district();
    gov_table *t = NULL;
    gov_reader *reader = NULL;
    gov_query_options o = none;
    o.grid = "310104003";
    o.as_of = "2030-01-01";
    ck_every_allocation(gov_store_query(store, "household", &o, &t, &err), ck_assert_ptr_null(t),
                        gov_table_free(t);
                        t = NULL);
    ck_every_allocation(gov_store_count(store, "household", NULL, &o, &t, &err), ck_assert_ptr_null(t),
                        gov_table_free(t);
                        t = NULL);
    ck_every_allocation(gov_store_sql(store, "SELECT * FROM grid", &o, &t, &err), ck_assert_ptr_null(t),
                        gov_table_free(t);
                        t = NULL);
    ck_every_allocation(gov_store_find(store, "household_no", "1", NULL, &t, &err), ck_assert_ptr_null(t),
                        gov_table_free(t);
                        t = NULL);
    ck_every_allocation(gov_store_history(store, "household", "h1", &t, &err), ck_assert_ptr_null(t),
                        gov_table_free(t);
                        t = NULL);
    ck_every_allocation(gov_store_fields(store, NULL, &t, &err), ck_assert_ptr_null(t), gov_table_free(t);
                        t = NULL);
    ck_every_allocation(gov_store_read(store, "household", &o, &reader, &err), ck_assert_ptr_null(reader),
                        gov_reader_free(reader);
                        reader = NULL);
    gov_store_close(store);
}
END_TEST

GOV_TESTS("store/query", a_query_has_the_columns_and_types_of_the_kind,
          where_columns_grid_and_limit_narrow_it, wrong_queries_say_what_is_wrong,
          a_reader_gives_the_same_rows_in_batches_and_outlives_its_store,
          sql_columns_take_the_type_of_their_values, counts_roll_up_the_tree,
          one_record_is_found_by_any_of_its_identifiers, households_have_every_input_of_the_built_in_model,
          each_allocation_of_a_query_may_fail)
