/* Slices, selections and owners: buffers are shared, nothing is lost, nothing is freed twice. */
#include "gov_check.h"
#include "table/frame.h"

#include <pthread.h>
#include <string.h>

static gov_error err = GOV_ERROR_INIT;

enum { ROWS = 203 };

/* Row i: number i (missing where i % 3 is 1), text of i % 4 letters (missing where i % 5 is 0), bool i % 2. */
static gov_table *sample(void)
{
    gov_table_builder *b = NULL;
    gov_table *t = NULL;
    ck_ok(gov_table_builder_new(&b, &err));
    ck_ok(gov_table_builder_add(b, "number", GOV_TYPE_FLOAT64, NULL, &err));
    ck_ok(gov_table_builder_add(b, "text", GOV_TYPE_UTF8, NULL, &err));
    ck_ok(gov_table_builder_add(b, "odd", GOV_TYPE_BOOL, NULL, &err));
    ck_ok(gov_table_builder_add(b, "at", GOV_TYPE_TIMESTAMP, "s:Asia/Shanghai", &err));
    for (int i = 0; i < ROWS; i++) {
        ck_ok(i % 3 == 1 ? gov_table_builder_null(b, 0, &err) : gov_table_builder_double(b, 0, i, &err));
        ck_ok(i % 5 == 0 ? gov_table_builder_null(b, 1, &err)
                         : gov_table_builder_text(b, 1, "abcd", i % 4, &err));
        ck_ok(gov_table_builder_bool(b, 2, i % 2, &err));
        ck_ok(gov_table_builder_int64(b, 3, i, &err));
    }
    ck_ok(gov_table_builder_finish(b, &t, &err));
    gov_table_builder_free(b);
    return t;
}

static void check_sample_row(const gov_table *t, int64_t row, int64_t i)
{
    double d[2];
    uint8_t valid[2];
    const char *text;
    int64_t size;
    ck_ok(gov_table_copy_doubles(t, 0, row, 1, d, valid, &err));
    ck_ok(gov_table_copy_doubles(t, 2, row, 1, d + 1, valid + 1, &err));
    ck_assert_int_eq(valid[0], i % 3 != 1);
    ck_assert(d[0] == (i % 3 == 1 ? 0.0 : (double)i));
    ck_assert(valid[1] == 1 && d[1] == (double)(i % 2));
    ck_ok(gov_table_text(t, row, 1, &text, &size, &err));
    ck_assert_int_eq(text == NULL, i % 5 == 0);
    ck_assert_int_eq(size, i % 5 == 0 ? 0 : i % 4);
}

START_TEST(any_slice_of_a_slice_has_the_rows_and_an_exact_count_of_missing)
{
    gov_table *t = sample();
    for (int64_t first = 0; first < 40; first += 3) {
        for (int64_t count = 0; first + count <= ROWS; count += 7) {
            gov_table *s = NULL;
            gov_table *s2 = NULL;
            ck_ok(gov_table_slice(t, first, count, &s, &err));
            ck_ok(gov_table_slice(s, count / 3, count - count / 3, &s2, &err));
            gov_table_free(s);
            gov_column_view v = GOV_COLUMN_VIEW_INIT;
            ck_ok(gov_table_need(s2, "number", &v, &err));
            int64_t missing = 0;
            for (int64_t i = 0; i < v.length; i++) {
                check_sample_row(s2, i, first + count / 3 + i);
                missing += (first + count / 3 + i) % 3 == 1;
            }
            ck_assert_int_eq(v.null_count, missing);
            gov_table_free(s2);
        }
    }
    gov_table_free(t);
    ck_assert_int_eq(gov_alloc_live(), 0);
}
END_TEST

START_TEST(a_selection_has_the_named_columns_in_their_order)
{
    gov_table *t = sample();
    gov_table *s = (gov_table *)&err;
    const char *const names[] = {"odd", "number"};
    const char *const wrong[] = {"odd", "absent"};
    const char *const twice[] = {"odd", "odd"};
    ck_fails(gov_table_select(t, wrong, 2, &s, &err), GOV_E_UNKNOWN_NAME);
    ck_assert_str_eq(err.name, "absent");
    ck_fails(gov_table_select(t, twice, 2, &s, &err), GOV_E_DUPLICATE);
    ck_assert_ptr_eq(s, (gov_table *)&err);
    ck_ok(gov_table_select(t, names, 2, &s, &err));
    gov_column_view a = GOV_COLUMN_VIEW_INIT;
    gov_column_view b = GOV_COLUMN_VIEW_INIT;
    ck_ok(gov_table_need(t, "number", &a, &err));
    ck_ok(gov_table_need(s, "number", &b, &err));
    ck_assert_ptr_eq(a.values, b.values);
    ck_assert_str_eq(gov_table_name(s, 0), "odd");
    ck_assert_int_eq(gov_table_type(s, 1), GOV_TYPE_FLOAT64);
    gov_table_free(t);
    ck_assert_int_eq(gov_table_rows(s), ROWS);
    gov_table_free(s);
    ck_assert_int_eq(gov_alloc_live(), 0);
}
END_TEST

START_TEST(a_stretch_outside_the_table_is_refused)
{
    gov_table *t = sample();
    gov_table *s = NULL;
    gov_column_view v = GOV_COLUMN_VIEW_INIT;
    double d[4] = {5, 5, 5, 5};
    uint8_t valid[4];
    ck_fails(gov_table_slice(t, -1, 1, &s, &err), GOV_E_RANGE);
    ck_fails(gov_table_slice(t, 1, ROWS, &s, &err), GOV_E_RANGE);
    ck_fails(gov_table_slice(t, 1, INT64_MAX, &s, &err), GOV_E_RANGE);
    ck_fails(gov_table_slice(t, 0, -1, &s, &err), GOV_E_RANGE);
    ck_fails(gov_table_view(t, 4, &v, &err), GOV_E_RANGE);
    ck_fails(gov_table_copy_doubles(t, 0, ROWS - 1, 2, d, valid, &err), GOV_E_RANGE);
    ck_fails(gov_table_copy_doubles(t, 0, 0, 3, d, NULL, &err), GOV_E_MISSING);
    ck_assert_int_eq(err.row, 1);
    ck_assert_str_eq(err.name, "number");
    ck_assert(d[0] == 5);
    ck_fails(gov_table_copy_doubles(t, 1, 0, 0, d, valid, &err), GOV_E_TYPE);
    ck_fails(gov_table_copy_doubles(t, 3, 0, 1, d, valid, &err), GOV_E_TYPE);
    ck_ok(gov_table_copy_doubles(t, 0, ROWS, 0, d, valid, &err));
    gov_table_free(t);
}
END_TEST

static void *retain_and_free(void *argument)
{
    const gov_table *t = argument;
    for (int i = 0; i < 20000; i++) {
        gov_table *same = gov_table_retain(t);
        gov_table *slice = NULL;
        if (i % 100 == 0 && gov_table_slice(same, 1, 5, &slice, NULL) == GOV_OK)
            gov_table_free(slice);
        gov_table_free(same);
    }
    return NULL;
}

START_TEST(threads_share_a_table)
{
    gov_table *t = sample();
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, retain_and_free, t), 0);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    check_sample_row(t, 100, 100);
    gov_table_free(t);
    ck_assert_int_eq(gov_alloc_live(), 0);
}
END_TEST

static gov_status compute(const gov_table *t, gov_table **out)
{
    static const int64_t rows[] = {5, -1, 100, 4};
    static const int8_t codes[] = {0, -1, 1, 0};
    static const char *const labels[] = {"high", "low"};
    gov_frame f = GOV_FRAME_INIT(4);
    double *score;
    void *cases;
    uint8_t *known;
    gov_status status;
    GOV_TRY_OUT(gov_frame_take(&f, t, 0, "number", rows, &err));
    GOV_TRY_OUT(gov_frame_take(&f, t, 1, NULL, rows, &err));
    GOV_TRY_OUT(gov_frame_take(&f, t, 2, NULL, rows, &err));
    GOV_TRY_OUT(gov_frame_take(&f, t, 3, NULL, rows, &err));
    GOV_TRY_OUT(gov_frame_doubles(&f, "score", &score, &err));
    GOV_TRY_OUT(gov_frame_add(&f, "cases", GOV_TYPE_INT16, &cases, &known, &err));
    GOV_TRY_OUT(gov_frame_labels(&f, "tier", codes, labels, 2, &err));
    score[1] = (double)NAN;
    score[3] = 0.25;
    ((int16_t *)cases)[2] = 9;
    gov_bit_clear(known, 0);
    status = gov_frame_finish(&f, out, &err);
out:
    gov_frame_clear(&f);
    return status;
}

START_TEST(a_computed_table_takes_rows_and_new_columns)
{
    gov_table *t = sample();
    gov_table *r = NULL;
    ck_ok(compute(t, &r));
    check_sample_row(r, 0, 5);
    check_sample_row(r, 2, 100);
    check_sample_row(r, 3, 4);
    double d[4];
    uint8_t valid[4];
    ck_ok(gov_table_copy_doubles(r, 0, 0, 4, d, valid, &err));
    ck_assert_int_eq(valid[1], 0);
    ck_ok(gov_table_copy_doubles(r, 4, 0, 4, d, valid, &err));
    ck_assert(valid[0] && !valid[1] && valid[2] && d[3] == 0.25);
    ck_ok(gov_table_copy_doubles(r, 5, 0, 4, d, valid, &err));
    ck_assert(!valid[0] && valid[1] && d[2] == 9.0);
    const char *text;
    int64_t size;
    ck_ok(gov_table_text(r, 2, 6, &text, &size, &err));
    ck_assert_int_eq(strncmp(text, "low", (size_t)size), 0);
    ck_ok(gov_table_text(r, 1, 6, &text, &size, &err));
    ck_assert_ptr_null(text);
    gov_column_view at = GOV_COLUMN_VIEW_INIT;
    ck_ok(gov_table_need(r, "at", &at, &err));
    ck_assert_str_eq(at.timezone, "Asia/Shanghai");
    ck_assert_int_eq(at.unit, 's');
    gov_table_free(r);
    r = NULL;
    ck_every_allocation(compute(t, &r), ck_assert_ptr_null(r), (gov_table_free(r), r = NULL));
    gov_table_free(t);
}
END_TEST

START_TEST(slices_and_selections_survive_failing_allocations)
{
    gov_table *t = sample();
    gov_table *s = NULL;
    const char *const names[] = {"text", "odd"};
    ck_every_allocation(gov_table_slice(t, 3, 9, &s, &err), ck_assert_ptr_null(s),
                        (gov_table_free(s), s = NULL));
    ck_every_allocation(gov_table_select(t, names, 2, &s, &err), ck_assert_ptr_null(s),
                        (gov_table_free(s), s = NULL));
    gov_table_free(t);
    gov_table_free(NULL);
    ck_assert_ptr_null(gov_table_retain(NULL));
    ck_assert_int_eq(gov_alloc_live(), 0);
}
END_TEST

START_TEST(bitmaps_are_copied_at_any_offset)
{
    uint8_t from[32];
    for (int i = 0; i < 32; i++)
        from[i] = (uint8_t)(i * 37 + 11);
    for (int64_t a = 0; a < 17; a++) {
        for (int64_t b = 0; b < 17; b++) {
            for (int64_t n = 0; n < 150; n += 11) {
                uint8_t to[32];
                memset(to, 0xAA, sizeof(to));
                gov_bits_copy(to, a, from, b, n);
                int64_t ones = 0;
                for (int64_t i = 0; i < 256; i++) {
                    int inside = i >= a && i < a + n;
                    ck_assert_int_eq(gov_bit(to, i), inside ? gov_bit(from, b + i - a) : (int)(i % 2));
                    ones += inside && gov_bit(to, i);
                }
                ck_assert_int_eq(gov_bits_count(to, a, n), ones);
                gov_bits_fill(to, a, n, 0);
                ck_assert_int_eq(gov_bits_count(to, a, n), 0);
                ck_assert_int_eq(gov_bits_count(to, 0, 256), 128 - (a + n) / 2 + a / 2);
            }
        }
    }
}
END_TEST

GOV_TESTS("table/share", any_slice_of_a_slice_has_the_rows_and_an_exact_count_of_missing,
          a_selection_has_the_named_columns_in_their_order, a_stretch_outside_the_table_is_refused,
          threads_share_a_table, a_computed_table_takes_rows_and_new_columns,
          slices_and_selections_survive_failing_allocations, bitmaps_are_copied_at_any_offset)
