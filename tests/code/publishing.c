/* Small counts and alike rows. The table is worked by hand: with 3 hidden at (A, x), the rectangles through B or C
 * and y cost 60 or 75, those through a total 73 and more. */
#include "gov_check.h"

#include "govcore/code.h"

#include <string.h>

static gov_error err = GOV_ERROR_INIT;

static const char *const rows[] = {"A", "A", "B", "B", "C", "C"};
static const char *const columns[] = {"x", "y", "x", "y", "x", "y"};

static gov_table *cells(const char *const *r, const char *const *c, const int64_t *n, int64_t count)
{
    gov_table_builder *builder = NULL;
    gov_table *table = NULL;
    ck_ok(gov_table_builder_new(&builder, &err));
    ck_ok(gov_table_builder_texts(builder, "grid", r, count, &err));
    ck_ok(gov_table_builder_texts(builder, "tier", c, count, &err));
    ck_ok(gov_table_builder_array(builder, "n", GOV_TYPE_INT64, n, NULL, count, &err));
    ck_ok(gov_table_builder_finish(builder, &table, &err));
    gov_table_builder_free(builder);
    return table;
}

#define HIDDEN (-1)

static void check_counts(const gov_table *table, const int64_t *expected, int64_t count)
{
    int64_t column = 0;
    int64_t values[32];
    uint8_t valid[32];
    ck_assert_int_eq(gov_table_rows(table), count);
    ck_ok(gov_table_find(table, "count", &column, &err));
    ck_ok(gov_table_copy_int64s(table, column, 0, count, values, valid, &err));
    for (int64_t i = 0; i < count; i++)
        ck_assert_int_eq(valid[i] ? values[i] : HIDDEN, expected[i]);
}

static char initial_at(const gov_table *table, const char *name, int64_t row)
{
    int64_t column = 0;
    const char *text = NULL;
    int64_t size = 0;
    ck_ok(gov_table_find(table, name, &column, &err));
    ck_ok(gov_table_text(table, row, column, &text, &size, &err));
    return text == NULL ? '-' : text[0];
}

START_TEST(the_cheapest_rectangle_is_hidden)
{
    static const int64_t n[] = {3, 20, 10, 30, 15, 40};
    static const int64_t expected[] = {HIDDEN, HIDDEN, 23, HIDDEN, HIDDEN, 40, 15, 40, 55, 28, 90, 118};
    static const char keys_and_whys[][4] = {"Axs", "Ayc", "A--", "Bxc", "Byc", "B--",
                                            "Cx-", "Cy-", "C--", "-x-", "-y-", "---"};
    gov_table *table = cells(rows, columns, n, 6);
    gov_table *out = NULL;
    ck_ok(gov_suppress(table, "grid", "tier", "n", NULL, &out, &err));
    check_counts(out, expected, 12);
    for (int64_t i = 0; i < 12; i++) {
        ck_assert_int_eq(initial_at(out, "row", i), keys_and_whys[i][0]);
        ck_assert_int_eq(initial_at(out, "column", i), keys_and_whys[i][1]);
        ck_assert_int_eq(initial_at(out, "why", i), keys_and_whys[i][2]);
    }
    gov_table_free(out);
    gov_table_free(table);
}
END_TEST

START_TEST(a_single_column_hides_a_second_row)
{
    static const char *const r[] = {"A", "B", "C", "D"};
    static const int64_t n[] = {30, 2, 0, 8};
    static const int64_t expected[] = {30, HIDDEN, 0, HIDDEN, 40};
    gov_table *table = cells(r, r, n, 4);
    gov_table *out = NULL;
    ck_ok(gov_suppress(table, "grid", NULL, "n", NULL, &out, &err));
    ck_assert_int_eq(gov_table_columns(out), 3);
    check_counts(out, expected, 5);
    gov_table_free(out);
    gov_table_free(table);
}
END_TEST

START_TEST(nothing_small_hides_nothing_and_absent_cells_are_zero)
{
    static const int64_t n[] = {5, 6, 7};
    static const int64_t expected[] = {5, 6, 11, 7, 0, 7, 12, 6, 18};
    gov_table *table = cells(rows, columns, n, 3);
    gov_table *out = NULL;
    ck_ok(gov_suppress(table, "grid", "tier", "n", NULL, &out, &err));
    check_counts(out, expected, 9);
    gov_table_free(out);
    out = NULL;
    gov_suppress_options options = GOV_SUPPRESS_OPTIONS_INIT;
    options.threshold = 1000;
    ck_ok(gov_suppress(table, "grid", "tier", "n", &options, &out, &err));
    static const int64_t nothing[] = {HIDDEN, HIDDEN, HIDDEN, HIDDEN, 0, HIDDEN, HIDDEN, HIDDEN, HIDDEN};
    check_counts(out, nothing, 9);
    gov_table_free(out);
    gov_table_free(table);
}
END_TEST

START_TEST(cells_that_make_no_table_are_refused)
{
    static const int64_t negative[] = {3, -1, 2};
    static const int64_t large[] = {INT64_C(1) << 62, 1, 2};
    static const int64_t n[] = {1, 2, 3};
    static const char *const twice[] = {"A", "B", "A"};
    static const char *const missing[] = {"A", NULL, "B"};
    gov_table *out = NULL;
    gov_table *table = cells(rows, columns, negative, 3);
    ck_fails(gov_suppress(table, "grid", "tier", "n", NULL, &out, &err), GOV_E_RANGE);
    ck_assert_int_eq(err.row, 1);
    ck_fails(gov_suppress(table, "no", "tier", "n", NULL, &out, &err), GOV_E_UNKNOWN_NAME);
    ck_fails(gov_suppress(table, "grid", "tier", "no", NULL, &out, &err), GOV_E_UNKNOWN_NAME);
    ck_fails(gov_suppress(table, "grid", "tier", "tier", NULL, &out, &err), GOV_E_TYPE);
    ck_fails(gov_suppress(table, "grid", "n", "n", NULL, &out, &err), GOV_E_TYPE);
    ck_fails(gov_suppress(NULL, "grid", "tier", "n", NULL, &out, &err), GOV_E_ARGUMENT);
    gov_suppress_options options = GOV_SUPPRESS_OPTIONS_INIT;
    options.threshold = 1;
    ck_fails(gov_suppress(table, "grid", "tier", "n", &options, &out, &err), GOV_E_ARGUMENT);
    gov_table_free(table);
    table = cells(rows, columns, large, 3);
    ck_fails(gov_suppress(table, "grid", "tier", "n", NULL, &out, &err), GOV_E_RANGE);
    gov_table_free(table);
    table = cells(twice, twice, n, 3);
    ck_fails(gov_suppress(table, "grid", "tier", "n", NULL, &out, &err), GOV_E_DUPLICATE);
    ck_assert_int_eq(err.row, 2);
    gov_table_free(table);
    table = cells(missing, twice, n, 3);
    ck_fails(gov_suppress(table, "grid", "tier", "n", NULL, &out, &err), GOV_E_MISSING);
    ck_assert_int_eq(err.row, 1);
    ck_assert_ptr_null(out);
    gov_table_free(table);
}
END_TEST

START_TEST(an_empty_table_gives_a_total_of_nothing)
{
    static const int64_t nothing[] = {0};
    gov_table *table = cells(rows, columns, nothing, 0);
    gov_table *out = NULL;
    ck_ok(gov_suppress(table, "grid", "tier", "n", NULL, &out, &err));
    check_counts(out, nothing, 1);
    gov_table_free(out);
    out = NULL;
    ck_ok(gov_suppress(table, "grid", NULL, "n", NULL, &out, &err));
    ck_assert_int_eq(gov_table_rows(out), 0);
    gov_table_free(out);
    gov_table_free(table);
}
END_TEST

START_TEST(a_cancelled_run_hides_nothing)
{
    static const int64_t n[] = {3, 20, 10, 30, 15, 40};
    gov_table *table = cells(rows, columns, n, 6);
    gov_table *out = NULL;
    gov_suppress_options options = GOV_SUPPRESS_OPTIONS_INIT;
    ck_ok(gov_run_new(&options.run, &err));
    gov_run_cancel(options.run);
    ck_fails(gov_suppress(table, "grid", "tier", "n", &options, &out, &err), GOV_E_CANCELLED);
    ck_assert_ptr_null(out);
    gov_run_free(options.run);
    gov_table_free(table);
}
END_TEST

/* Every type may be a quasi-identifier; missing is one value, 0.0 and -0.0 are one. */
START_TEST(rows_are_alike_if_all_values_are)
{
    static const double share[] = {0.0, -0.0, 0.5, 0.0, 0.0};
    static const uint8_t flag[] = {1, 1, 1, 0, 1};
    static const uint8_t known[] = {1, 1, 1, 1, 0};
    static const float ratio[] = {1.5f, 1.5f, 1.5f, 1.5f, 1.5f};
    static const int32_t day[] = {7, 7, 7, 7, 7};
    static const char *const grid[] = {"a", "a", "a", "a", "a"};
    static const char *const illness[] = {"p", "q", "p", "p", "p"};
    static const char *const names[] = {"share", "flag", "day", "grid", "ratio"};
    static const int64_t expected[3][5] = {{0, 0, 1, 2, 3}, {2, 2, 1, 1, 1}, {2, 2, 1, 1, 1}};
    static const char *const results[] = {"class", "size", "distinct"};
    gov_table_builder *builder = NULL;
    gov_table *table = NULL;
    gov_table *out = NULL;
    ck_ok(gov_table_builder_new(&builder, &err));
    ck_ok(gov_table_builder_array(builder, "share", GOV_TYPE_FLOAT64, share, known, 5, &err));
    ck_ok(gov_table_builder_array(builder, "flag", GOV_TYPE_BOOL, flag, NULL, 5, &err));
    ck_ok(gov_table_builder_array(builder, "ratio", GOV_TYPE_FLOAT32, ratio, NULL, 5, &err));
    ck_ok(gov_table_builder_array(builder, "day", GOV_TYPE_DATE, day, NULL, 5, &err));
    ck_ok(gov_table_builder_texts(builder, "grid", grid, 5, &err));
    ck_ok(gov_table_builder_texts(builder, "illness", illness, 5, &err));
    ck_ok(gov_table_builder_finish(builder, &table, &err));
    gov_table_builder_free(builder);
    ck_ok(gov_anonymity(table, names, 5, "illness", &out, &err));
    for (int c = 0; c < 3; c++) {
        int64_t values[5];
        int64_t column = 0;
        ck_ok(gov_table_find(out, results[c], &column, &err));
        ck_ok(gov_table_copy_int64s(out, column, 0, 5, values, NULL, &err));
        ck_assert_mem_eq(values, expected[c], sizeof(values));
    }
    gov_table_free(out);
    out = NULL;
    ck_ok(gov_anonymity(table, names, 5, NULL, &out, &err));
    ck_assert_int_eq(gov_table_columns(out), 2);
    gov_table_free(out);
    out = NULL;
    ck_fails(gov_anonymity(table, names, 0, NULL, &out, &err), GOV_E_ARGUMENT);
    ck_fails(gov_anonymity(table, names, 5, "no", &out, &err), GOV_E_UNKNOWN_NAME);
    ck_fails(gov_anonymity(table, &(const char *){NULL}, 1, NULL, &out, &err), GOV_E_ARGUMENT);
    ck_every_allocation(gov_anonymity(table, names, 5, "illness", &out, &err), ck_assert_ptr_null(out),
                        (gov_table_free(out), out = NULL));
    gov_table_free(table);
}
END_TEST

START_TEST(failing_allocations_leak_nothing)
{
    static const int64_t n[] = {3, 20, 10, 30, 15, 40};
    gov_table *table = cells(rows, columns, n, 6);
    gov_table *out = NULL;
    ck_every_allocation(gov_suppress(table, "grid", "tier", "n", NULL, &out, &err), ck_assert_ptr_null(out),
                        (gov_table_free(out), out = NULL));
    gov_table_free(table);
}
END_TEST

GOV_TESTS("code/publishing", the_cheapest_rectangle_is_hidden, a_single_column_hides_a_second_row,
          nothing_small_hides_nothing_and_absent_cells_are_zero, cells_that_make_no_table_are_refused,
          an_empty_table_gives_a_total_of_nothing, a_cancelled_run_hides_nothing,
          rows_are_alike_if_all_values_are, failing_allocations_leak_nothing)
