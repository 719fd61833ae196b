/* Tables put one below the other hold the rows of all in their order, with what is missing in any of them. */
#include "gov_check.h"
#include "table/stack.h"

#include <string.h>

static gov_error err = GOV_ERROR_INIT;

static gov_table *parse(const char *csv, const char *types)
{
    gov_table *table = NULL;
    gov_csv_options options = GOV_CSV_OPTIONS_INIT;
    options.types = types;
    ck_ok(gov_table_parse_csv(csv, -1, "t.csv", &options, &table, &err));
    return table;
}

#define TYPES "name:utf8,n:int64,x:float64,ok:bool,day:date"
static const char *const parts[] = {"name,n,x,ok,day\na,1,0.5,true,2021-08-01\n,,,,\n", "name,n,x,ok,day\n",
                                    "name,n,x,ok,day\n上海,3,,false,1949-10-01\nb,4,2.5,,\n"};

static gov_status stack_all(gov_table *const *tables, int count, gov_table **out)
{
    gov_stack stack = GOV_STACK_INIT;
    gov_status status = GOV_OK;
    for (int i = 0; i < count && status == GOV_OK; i++)
        status = gov_stack_add(&stack, tables[i], &err);
    if (status == GOV_OK)
        status = gov_stack_finish(&stack, out, &err);
    gov_stack_clear(&stack);
    return status;
}

START_TEST(rows_follow_in_their_order)
{
    gov_table *tables[3], *all = NULL, *middle = NULL;
    gov_text *text = NULL;
    for (int i = 0; i < 3; i++)
        tables[i] = parse(parts[i], TYPES);
    ck_ok(stack_all(tables, 3, &all));
    ck_ok(gov_table_format_csv(all, &text, &err));
    ck_assert_str_eq(gov_text_data(text), "name,n,x,ok,day\na,1,0.5,true,2021-08-01\n,,,,\n"
                                          "上海,3,,false,1949-10-01\nb,4,2.5,,\n");
    gov_text_free(text);
    gov_table_free(all);
    /* A slice begins in the middle of its buffers. */
    ck_ok(gov_table_slice(tables[2], 1, 1, &middle, &err));
    gov_table *two[] = {middle, tables[0]};
    ck_ok(stack_all(two, 2, &all));
    ck_ok(gov_table_format_csv(all, &text, &err));
    ck_assert_str_eq(gov_text_data(text), "name,n,x,ok,day\nb,4,2.5,,\na,1,0.5,true,2021-08-01\n,,,,\n");
    gov_text_free(text);
    gov_table_free(all);
    gov_table_free(middle);
    for (int i = 0; i < 3; i++)
        gov_table_free(tables[i]);
}
END_TEST

START_TEST(one_table_comes_back_as_it_is)
{
    gov_table *table = parse(parts[0], TYPES), *out = NULL;
    ck_ok(stack_all(&table, 1, &out));
    ck_assert_ptr_eq(out, table);
    gov_table_free(out);
    gov_table_free(table);
}
END_TEST

START_TEST(other_columns_and_nothing_at_all_are_refused)
{
    gov_table *tables[2] = {parse(parts[0], TYPES), parse("name,n\na,1\n", "name:utf8,n:int64")}, *out = NULL;
    ck_fails(stack_all(tables, 2, &out), GOV_E_INTERNAL);
    gov_table_free(tables[1]);
    tables[1] = parse(parts[0], "name:utf8,n:float64,x:float64,ok:bool,day:date");
    ck_fails(stack_all(tables, 2, &out), GOV_E_INTERNAL);
    ck_assert_str_eq(err.name, "n");
    ck_fails(stack_all(tables, 0, &out), GOV_E_NO_DATA);
    ck_assert_ptr_null(out);
    gov_table_free(tables[0]);
    gov_table_free(tables[1]);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    gov_table *tables[] = {parse(parts[0], TYPES), parse(parts[2], TYPES)}, *out = NULL;
    ck_every_allocation(stack_all(tables, 2, &out), ck_assert_ptr_null(out),
                        (gov_table_free(out), out = NULL));
    gov_table_free(tables[0]);
    gov_table_free(tables[1]);
}
END_TEST

GOV_TESTS("table/stack", rows_follow_in_their_order, one_table_comes_back_as_it_is,
          other_columns_and_nothing_at_all_are_refused, every_allocation_may_fail)
