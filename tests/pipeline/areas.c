/* areas.c - records are told by the grid above them, whatever lies between. */
#include "gov_check.h"
#include "table_check.h"
#include "govcore/pipeline/areas.h"

#include <string.h>

/* A table of texts; "" is missing. */
static gov_table *texts(const char *const *names, int64_t columns, const char *const *cells, int64_t rows)
{
    gov_error err = GOV_ERROR_INIT;
    gov_table_builder *b = NULL;
    gov_table *t = NULL;
    ck_ok(gov_table_builder_new(&b, &err));
    for (int64_t j = 0; j < columns; j++)
        ck_ok(gov_table_builder_add(b, names[j], GOV_TYPE_UTF8, NULL, &err));
    for (int64_t i = 0; i < rows; i++)
        for (int64_t j = 0; j < columns; j++) {
            const char *cell = cells[i * columns + j];
            ck_ok(*cell != '\0' ? gov_table_builder_text(b, j, cell, -1, &err)
                                : gov_table_builder_null(b, j, &err));
        }
    ck_ok(gov_table_builder_finish(b, &t, &err));
    gov_table_builder_free(b);
    return t;
}

/* District, two streets, committees; one cell two levels below its street; a park that belongs to no street. */
static gov_table *tree(void)
{
    static const char *const names[] = {"code", "level", "parent"};
    static const char *const cells[] = {
        "310104003001", "community", "310104003", "310104",          "district", "",
        "310104003",    "street",    "310104",    "310104004",       "street",   "310104",
        "310104004001", "community", "310104004", "310104004001001", "cell",     "310104004001",
        "park",         "community", "310104",
    };
    return texts(names, 3, cells, 7);
}

static gov_table *records(const char *const *grids, int64_t rows)
{
    static const char *const names[] = {"grid"};
    return texts(names, 1, grids, rows);
}

START_TEST(the_nearest_grid_of_the_level_is_found)
{
    static const char *const where[] = {"310104003001", "310104004001001", "310104003", "310104", "park", ""};
    static const char *const expected[] = {"310104003", "310104004", "310104003", NULL, NULL, NULL};
    gov_error err = GOV_ERROR_INIT;
    gov_table *grids = tree(), *rows = records(where, 6), *out = NULL;
    ck_ok(gov_areas_join(rows, "grid", grids, "street", "street", &out, &err));
    ck_assert_int_eq(gov_table_rows(out), 6);
    ck_assert_int_eq(gov_table_columns(out), 2);
    ck_assert_str_eq(gov_table_name(out, 1), "street");
    for (int64_t i = 0; i < 6; i++)
        ck_text_at(out, i, 1, expected[i]);
    ck_text_at(out, 1, 0, "310104004001001");
    gov_table_free(out);
    gov_table_free(rows);
    gov_table_free(grids);
}
END_TEST

START_TEST(no_records_give_a_table_without_rows)
{
    gov_error err = GOV_ERROR_INIT;
    gov_table *grids = tree(), *rows = records(NULL, 0), *out = NULL;
    ck_ok(gov_areas_join(rows, "grid", grids, "street", "street", &out, &err));
    ck_assert_int_eq(gov_table_rows(out), 0);
    ck_assert_int_eq(gov_table_columns(out), 2);
    gov_table_free(out);
    gov_table_free(rows);
    gov_table_free(grids);
}
END_TEST

START_TEST(an_unknown_grid_is_named_by_its_row)
{
    static const char *const where[] = {"310104003001", "310104999"};
    gov_error err = GOV_ERROR_INIT;
    gov_table *grids = tree(), *rows = records(where, 2), *out = NULL;
    ck_fails(gov_areas_join(rows, "grid", grids, "street", "street", &out, &err), GOV_E_REFERENCE);
    ck_assert_int_eq(err.row, 1);
    ck_assert_str_eq(err.name, "grid");
    ck_assert_ptr_null(out);
    gov_table_free(rows);
    gov_table_free(grids);
}
END_TEST

START_TEST(a_tree_that_bites_its_tail_is_refused)
{
    static const char *const names[] = {"code", "level", "parent"};
    static const char *const cells[] = {"a", "community", "b", "b", "community", "a"};
    static const char *const where[] = {"a"};
    gov_error err = GOV_ERROR_INIT;
    gov_table *grids = texts(names, 3, cells, 2), *rows = records(where, 1), *out = NULL;
    ck_fails(gov_areas_join(rows, "grid", grids, "street", "street", &out, &err), GOV_E_CONFLICT);
    ck_assert_ptr_null(out);
    gov_table_free(rows);
    gov_table_free(grids);
}
END_TEST

START_TEST(a_missing_column_or_argument_is_refused)
{
    static const char *const where[] = {"310104"};
    gov_error err = GOV_ERROR_INIT;
    gov_table *grids = tree(), *rows = records(where, 1), *out = NULL;
    ck_fails(gov_areas_join(rows, "place", grids, "street", "street", &out, &err), GOV_E_UNKNOWN_NAME);
    ck_assert_str_eq(err.name, "place");
    ck_fails(gov_areas_join(rows, "grid", rows, "street", "street", &out, &err), GOV_E_UNKNOWN_NAME);
    ck_assert_str_eq(err.name, "code");
    ck_fails(gov_areas_join(NULL, "grid", grids, "street", "street", &out, &err), GOV_E_ARGUMENT);
    ck_assert_ptr_null(out);
    gov_table_free(rows);
    gov_table_free(grids);
}
END_TEST

START_TEST(every_failing_allocation_is_reported_and_leaks_nothing)
{
    static const char *const where[] = {"310104003001", "310104004001001"};
    gov_error err = GOV_ERROR_INIT;
    gov_table *grids = tree(), *rows = records(where, 2), *out = NULL;
    ck_every_allocation(gov_areas_join(rows, "grid", grids, "street", "street", &out, &err),
                        ck_assert_ptr_null(out), gov_table_free(out));
    gov_table_free(rows);
    gov_table_free(grids);
}
END_TEST

GOV_TESTS("pipeline/areas", the_nearest_grid_of_the_level_is_found, no_records_give_a_table_without_rows,
          an_unknown_grid_is_named_by_its_row, a_tree_that_bites_its_tail_is_refused,
          a_missing_column_or_argument_is_refused, every_failing_allocation_is_reported_and_leaks_nothing)
