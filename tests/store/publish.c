/* Published counts: no hidden cell follows from the totals, shown by solving the equations. */
#include "fixture.h"

enum { SIDE = 6 };

static gov_table *counts_of(const int64_t *values, int areas, int categories)
{
    gov_table_builder *b = NULL;
    gov_table *t = NULL;
    char name[16];
    ck_ok(gov_table_builder_new(&b, &err));
    ck_ok(gov_table_builder_add(b, "area", GOV_TYPE_UTF8, NULL, &err));
    ck_ok(gov_table_builder_add(b, "category", GOV_TYPE_UTF8, NULL, &err));
    for (int i = 0; i < areas * categories; i++) {
        snprintf(name, sizeof(name), "a%d", i / categories);
        ck_ok(gov_table_builder_text(b, 0, name, -1, &err));
        snprintf(name, sizeof(name), "c%d", i % categories);
        ck_ok(gov_table_builder_text(b, 1, name, -1, &err));
    }
    ck_ok(gov_table_builder_array(b, "count", GOV_TYPE_INT64, values, NULL, areas * categories, &err));
    ck_ok(gov_table_builder_finish(b, &t, &err));
    gov_table_builder_free(b);
    return t;
}

/* Whether the hidden cell `wanted` is the same in all solutions of the published totals: Gaussian elimination of the
 * equations' left sides, with the wanted cell's column last; it is determined when a row says so alone. */
static int is_determined(const int *hidden, const int *row_total, const int *column_total, int all_total,
                         int areas, int categories, int wanted)
{
    double m[2 * SIDE + 1][SIDE * SIDE] = {{0}};
    int rows = 0, columns[SIDE * SIDE], n = 0;
    for (int i = 0; i < areas * categories; i++)
        if (hidden[i] && i != wanted)
            columns[n++] = i;
    columns[n++] = wanted;
    for (int line = 0; line < areas + categories; line++) {
        if (line < areas ? !row_total[line] : !column_total[line - areas])
            continue;
        for (int k = 0; k < n; k++)
            m[rows][k] =
                line < areas ? columns[k] / categories == line : columns[k] % categories == line - areas;
        rows++;
    }
    for (int k = 0; all_total && k < n; k++)
        m[rows][k] = 1;
    rows += all_total;
    int rank = 0;
    for (int k = 0; k < n - 1; k++) {
        int pivot = rank;
        while (pivot < rows && fabs(m[pivot][k]) < 1e-9)
            pivot++;
        if (pivot == rows)
            continue;
        for (int j = 0; j < n; j++) {
            double keep = m[rank][j];
            m[rank][j] = m[pivot][j];
            m[pivot][j] = keep;
        }
        for (int r = 0; r < rows; r++)
            for (int j = n - 1; r != rank && j >= k; j--)
                m[r][j] -= m[r][k] / m[rank][k] * m[rank][j];
        rank++;
    }
    for (int r = rank; r < rows; r++)
        if (fabs(m[r][n - 1]) > 1e-9)
            return 1;
    return 0;
}

static void check_table(const int64_t *values, int areas, int categories)
{
    gov_table *in = counts_of(values, areas, categories), *out = NULL;
    int hidden[SIDE * SIDE] = {0}, row_total[SIDE], column_total[SIDE];
    ck_ok(gov_publish_counts(in, 5, &out, &err));
    for (int i = 0; i < areas * categories; i++) {
        int64_t shown = int_at(out, i, "published");
        hidden[i] = shown < 0;
        ck_assert(shown < 0 || shown == values[i]);
        ck_assert(values[i] == 0 || values[i] >= 5 || hidden[i]);
        ck_assert_str_eq(text_at(out, i, "hidden"), !hidden[i]                       ? ""
                                                    : values[i] > 0 && values[i] < 5 ? "small"
                                                                                     : "complement");
        row_total[i / categories] = (int)int_at(out, i, "area_total");
        column_total[i % categories] = (int)int_at(out, i, "category_total");
    }
    for (int i = 0; i < areas * categories; i++)
        ck_assert_msg(!hidden[i] || !is_determined(hidden, row_total, column_total,
                                                   (int)int_at(out, 0, "all_total"), areas, categories, i),
                      "cell %d", i);
    gov_table_free(in);
    gov_table_free(out);
}

START_TEST(no_hidden_cell_follows_from_the_totals)
{
    uint64_t state = 3;
    for (int round = 0; round < 400; round++) {
        int64_t values[SIDE * SIDE];
        int areas = 1 + round % SIDE, categories = 2 + round / SIDE % (SIDE - 1);
        for (int i = 0; i < areas * categories; i++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            int kind = (int)(state >> 60);
            values[i] = kind < 3   ? 0
                        : kind < 6 ? (int64_t)(state >> 40) % 5
                                   : 5 + (int64_t)(state >> 40) % 100;
        }
        check_table(values, areas, categories);
    }
}
END_TEST

/* One small cell: the smallest cells of its row, of its column, and where those meet. */
START_TEST(a_small_cell_hides_the_smallest_that_protect_it)
{
    const int64_t values[] = {2, 30, 10, 20, 50, 40, 70, 60, 80};
    gov_table *in = counts_of(values, 3, 3), *out = NULL;
    ck_ok(gov_publish_counts(in, 0, &out, &err));
    ck_assert_str_eq(csv_of(out), "area,category,published,hidden,area_total,category_total,all_total\n"
                                  "a0,c0,,small,1,1,1\na0,c1,30,,1,1,1\na0,c2,,complement,1,1,1\n"
                                  "a1,c0,,complement,1,1,1\na1,c1,50,,1,1,1\na1,c2,,complement,1,1,1\n"
                                  "a2,c0,70,,1,1,1\na2,c1,60,,1,1,1\na2,c2,80,,1,1,1\n");
    gov_table_free(in);
    gov_table_free(out);
}
END_TEST

START_TEST(one_category_protects_its_total)
{
    const int64_t values[] = {2, 30, 10}, alone[] = {3};
    gov_table *in = counts_of(values, 3, 1), *out = NULL;
    ck_ok(gov_publish_counts(in, 0, &out, &err));
    ck_assert_str_eq(csv_of(out), "area,category,published,hidden,area_total,category_total,all_total\n"
                                  "a0,c0,,small,1,1,1\na1,c0,30,,1,1,1\na2,c0,,complement,1,1,1\n");
    gov_table_free(in);
    gov_table_free(out);
    in = counts_of(alone, 1, 1);
    out = NULL;
    ck_ok(gov_publish_counts(in, 0, &out, &err));
    ck_assert_int_eq(int_at(out, 0, "category_total"), 0);
    gov_table_free(in);
    gov_table_free(out);
}
END_TEST

START_TEST(wrong_tables_are_refused_and_memory_may_fail)
{
    const int64_t negative[] = {1, -1}, values[] = {1, 9, 2, 8};
    gov_table *in = counts_of(negative, 2, 1), *out = NULL;
    ck_fails(gov_publish_counts(in, 5, &out, &err), GOV_E_RANGE);
    ck_assert_int_eq(err.row, 1);
    gov_table_free(in);
    in = TABLE("area,category", "a,c");
    ck_fails(gov_publish_counts(in, 5, &out, &err), GOV_E_UNKNOWN_NAME);
    gov_table_free(in);
    in = counts_of(values, 2, 2);
    ck_fails(gov_publish_counts(in, -1, &out, &err), GOV_E_ARGUMENT);
    ck_every_allocation(gov_publish_counts(in, 5, &out, &err), ck_assert_ptr_null(out), gov_table_free(out);
                        out = NULL);
    gov_table_free(in);
}
END_TEST

GOV_TESTS("store/publish", no_hidden_cell_follows_from_the_totals,
          a_small_cell_hides_the_smallest_that_protect_it, one_category_protects_its_total,
          wrong_tables_are_refused_and_memory_may_fail)
