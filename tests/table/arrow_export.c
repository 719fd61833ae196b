/* Tables leave as Arrow streams: in batches, without copies, and alive as long as anything of them is. */
#include "gov_check.h"
#include "table/column.h"

#include <errno.h>
#include <string.h>

static gov_error err = GOV_ERROR_INIT;

enum { ROWS = 37 };

/* One column of each type; row i is missing where (i + column) % 4 is 0, but for the last column. */
static gov_table *every_type(void)
{
    gov_table_builder *b = NULL;
    gov_table *t = NULL;
    ck_ok(gov_table_builder_new(&b, &err));
    for (int type = GOV_TYPE_NULL; type <= GOV_TYPE_TIMESTAMP; type++)
        ck_ok(gov_table_builder_add(b, gov_type_name((gov_type)type), (gov_type)type,
                                    type == GOV_TYPE_TIMESTAMP ? "m:Asia/Shanghai" : NULL, &err));
    for (int i = 0; i < ROWS; i++) {
        for (int type = GOV_TYPE_NULL; type <= GOV_TYPE_TIMESTAMP; type++) {
            if (type == GOV_TYPE_NULL || ((i + type) % 4 == 0 && type != GOV_TYPE_TIMESTAMP))
                ck_ok(gov_table_builder_null(b, type, &err));
            else if (type == GOV_TYPE_BOOL)
                ck_ok(gov_table_builder_bool(b, type, i % 3 == 0, &err));
            else if (type == GOV_TYPE_UTF8)
                ck_ok(gov_table_builder_text(b, type, "网格员", i % 2 ? 9 : 3, &err));
            else
                ck_ok(gov_table_builder_int64(b, type, i + 1, &err));
        }
    }
    ck_ok(gov_table_builder_finish(b, &t, &err));
    gov_table_builder_free(b);
    return t;
}

static void check_equal(const gov_table *a, const gov_table *b)
{
    ck_assert_int_eq(gov_table_columns(a), gov_table_columns(b));
    ck_assert_int_eq(gov_table_rows(a), gov_table_rows(b));
    for (int64_t c = 0; c < gov_table_columns(a); c++) {
        gov_column_view x = GOV_COLUMN_VIEW_INIT;
        gov_column_view y = GOV_COLUMN_VIEW_INIT;
        ck_ok(gov_table_view(a, c, &x, &err));
        ck_ok(gov_table_view(b, c, &y, &err));
        ck_assert_str_eq(x.name, y.name);
        ck_assert_int_eq(x.type, y.type);
        ck_assert_int_eq(x.null_count, y.null_count);
        ck_assert_int_eq(x.unit, y.unit);
        if (x.timezone != NULL)
            ck_assert_str_eq(x.timezone, y.timezone);
        for (int64_t i = 0; i < x.length; i++) {
            ck_assert_int_eq(gov_view_present(&x, i), gov_view_present(&y, i));
            if (x.type == GOV_TYPE_UTF8) {
                int64_t n;
                int64_t m;
                const char *p = gov_view_text(&x, i, &n);
                const char *q = gov_view_text(&y, i, &m);
                ck_assert_int_eq(n, m);
                ck_assert(n == 0 || memcmp(p, q, (size_t)n) == 0);
            } else if (x.type == GOV_TYPE_FLOAT32 || x.type == GOV_TYPE_FLOAT64) {
                double d[2];
                uint8_t v[2];
                ck_ok(gov_column_doubles(&x, i, 1, d, v, &err));
                ck_ok(gov_column_doubles(&y, i, 1, d + 1, v + 1, &err));
                ck_assert(d[0] == d[1]);
            } else {
                int64_t n[2];
                uint8_t v[2];
                ck_ok(gov_column_int64s(&x, i, 1, n, v, &err));
                ck_ok(gov_column_int64s(&y, i, 1, n + 1, v + 1, &err));
                ck_assert(n[0] == n[1]);
            }
        }
    }
}

START_TEST(any_slice_in_any_batches_comes_back_equal)
{
    gov_table *t = every_type();
    static const int64_t batches[] = {0, 1, 5, 36, 37, 1000};
    for (int64_t first = 0; first < ROWS; first += 9) {
        for (size_t i = 0; i < sizeof(batches) / sizeof(batches[0]); i++) {
            gov_table *slice = NULL;
            gov_table *back = NULL;
            struct ArrowArrayStream stream;
            ck_ok(gov_table_slice(t, first, ROWS - first, &slice, &err));
            ck_ok(gov_table_export_arrow(slice, batches[i], &stream, &err));
            ck_ok(gov_table_import_arrow(&stream, NULL, &back, &err));
            check_equal(slice, back);
            gov_table_free(slice);
            gov_table_free(back);
        }
    }
    gov_table_free(t);
    ck_assert_int_eq(gov_alloc_live(), 0);
}
END_TEST

/* The formats of the Arrow C data interface, in the order of gov_type. */
START_TEST(the_schema_is_that_of_the_specification)
{
    static const char *const formats[] = {
        "n", "b", "c", "s", "i", "l", "C", "S", "I", "L", "f", "g", "U", "tdD", "tsm:Asia/Shanghai"};
    gov_table *t = every_type();
    struct ArrowArrayStream stream;
    struct ArrowSchema schema;
    ck_ok(gov_table_export_arrow(t, 0, &stream, &err));
    ck_assert_int_eq(stream.get_schema(&stream, &schema), 0);
    ck_assert_str_eq(schema.format, "+s");
    ck_assert_int_eq(schema.n_children, 15);
    ck_assert_ptr_null(schema.metadata);
    for (int i = 0; i < 15; i++) {
        ck_assert_str_eq(schema.children[i]->format, formats[i]);
        ck_assert_str_eq(schema.children[i]->name, gov_type_name((gov_type)i));
        ck_assert_int_eq(schema.children[i]->flags, ARROW_FLAG_NULLABLE);
        ck_assert_ptr_null(schema.children[i]->dictionary);
    }
    struct ArrowSchema moved = *schema.children[14];
    schema.children[14]->release = NULL;
    schema.release(&schema);
    ck_assert_str_eq(moved.format, "tsm:Asia/Shanghai");
    moved.release(&moved);
    stream.release(&stream);
    gov_table_free(t);
    ck_assert_int_eq(gov_alloc_live(), 0);
}
END_TEST

START_TEST(batches_share_the_buffers_and_outlive_table_and_stream)
{
    gov_table *t = every_type();
    struct ArrowArrayStream stream;
    struct ArrowArray batch;
    gov_column_view v = GOV_COLUMN_VIEW_INIT;
    ck_ok(gov_table_view(t, GOV_TYPE_INT64, &v, &err));
    ck_ok(gov_table_export_arrow(t, 20, &stream, &err));
    gov_table_free(t);
    ck_assert_int_eq(stream.get_next(&stream, &batch), 0);
    ck_assert_int_eq(batch.length, 20);
    batch.release(&batch);
    ck_assert_ptr_null((void *)(uintptr_t)batch.release);
    ck_assert_int_eq(stream.get_next(&stream, &batch), 0);
    ck_assert_int_eq(batch.length, 17);
    struct ArrowArray end;
    ck_assert_int_eq(stream.get_next(&stream, &end), 0);
    ck_assert_ptr_null((void *)(uintptr_t)end.release);
    ck_assert_ptr_null(stream.get_last_error(&stream));
    stream.release(&stream);
    struct ArrowArray moved = *batch.children[GOV_TYPE_INT64];
    batch.children[GOV_TYPE_INT64]->release = NULL;
    batch.release(&batch);
    ck_assert_ptr_eq(moved.buffers[1], v.values);
    ck_assert_int_eq(moved.offset, 20);
    ck_assert_int_eq(moved.n_buffers, 2);
    ck_assert(((const int64_t *)moved.buffers[1])[moved.offset] == 21);
    moved.release(&moved);
    ck_assert_int_eq(gov_alloc_live(), 0);
}
END_TEST

START_TEST(an_empty_table_is_a_stream_without_batches)
{
    gov_table_builder *b = NULL;
    gov_table *t = NULL;
    gov_table *back = NULL;
    struct ArrowArrayStream stream;
    ck_ok(gov_table_builder_new(&b, &err));
    ck_ok(gov_table_builder_add(b, "t", GOV_TYPE_UTF8, NULL, &err));
    ck_ok(gov_table_builder_finish(b, &t, &err));
    gov_table_builder_free(b);
    ck_ok(gov_table_export_arrow(t, 0, &stream, &err));
    ck_ok(gov_table_import_arrow(&stream, NULL, &back, &err));
    check_equal(t, back);
    gov_table_free(back);
    gov_table_free(t);
    ck_fails(gov_table_export_arrow(NULL, 0, &stream, &err), GOV_E_ARGUMENT);
    ck_assert_int_eq(gov_alloc_live(), 0);
}
END_TEST

START_TEST(want_of_memory_is_told_to_the_consumer)
{
    gov_table *t = every_type();
    struct ArrowArrayStream stream;
    int64_t before = gov_alloc_live();
    ck_every_allocation(gov_table_export_arrow(t, 0, &stream, &err), (void)0, stream.release(&stream));
    ck_fails(gov_table_export_arrow(t, -1, &stream, &err), GOV_E_ARGUMENT);
    ck_ok(gov_table_export_arrow(t, 0, &stream, &err));
    int64_t opened = gov_alloc_live();
    for (int what = 0; what < 2; what++) {
        for (int64_t n = 1;; n++) {
            struct ArrowSchema schema;
            struct ArrowArray batch;
            gov_alloc_fail_at(n);
            int code = what == 0 ? stream.get_schema(&stream, &schema) : stream.get_next(&stream, &batch);
            int failed = gov_alloc_did_fail();
            gov_alloc_fail_at(0);
            if (!failed) {
                ck_assert_int_eq(code, 0);
                if (what == 0)
                    schema.release(&schema);
                else
                    batch.release(&batch);
                break;
            }
            ck_assert_int_eq(code, ENOMEM);
            ck_assert_str_eq(stream.get_last_error(&stream), "not enough memory");
            ck_assert_int_eq(gov_alloc_live(), opened);
        }
    }
    stream.release(&stream);
    ck_assert_int_eq(gov_alloc_live(), before);
    gov_table_free(t);
}
END_TEST

GOV_TESTS("table/arrow_export", any_slice_in_any_batches_comes_back_equal,
          the_schema_is_that_of_the_specification, batches_share_the_buffers_and_outlive_table_and_stream,
          an_empty_table_is_a_stream_without_batches, want_of_memory_is_told_to_the_consumer)
