/* Tables built row by row and from arrays: what goes in comes out, what does not fit is refused. */
#include "gov_check.h"
#include "govcore/table.h"

#include <string.h>

static gov_error err = GOV_ERROR_INIT;

static gov_table_builder *two_columns(void)
{
    gov_table_builder *b = NULL;
    ck_ok(gov_table_builder_new(&b, &err));
    ck_ok(gov_table_builder_add(b, "code", GOV_TYPE_UTF8, NULL, &err));
    ck_ok(gov_table_builder_add(b, "cases", GOV_TYPE_INT32, NULL, &err));
    return b;
}

START_TEST(rows_come_back_as_they_were_given)
{
    gov_table_builder *b = two_columns();
    gov_table *t = NULL;
    for (int64_t i = 0; i < 100; i++) {
        if (i % 7 == 3)
            ck_ok(gov_table_builder_null(b, 0, &err));
        else
            ck_ok(gov_table_builder_text(b, 0, i % 2 ? "徐家汇街道" : "", -1, &err));
        if (i % 5 == 0)
            ck_ok(gov_table_builder_null(b, 1, &err));
        else
            ck_ok(gov_table_builder_int64(b, 1, i - 50, &err));
    }
    ck_ok(gov_table_builder_finish(b, &t, &err));
    ck_assert_int_eq(gov_table_rows(t), 100);
    ck_assert_int_eq(gov_table_columns(t), 2);
    int64_t values[100];
    uint8_t valid[100];
    ck_ok(gov_table_copy_int64s(t, 1, 0, 100, values, valid, &err));
    for (int64_t i = 0; i < 100; i++) {
        const char *text;
        int64_t size;
        ck_assert_int_eq(valid[i], i % 5 != 0);
        ck_assert_int_eq(values[i], i % 5 == 0 ? 0 : i - 50);
        ck_ok(gov_table_text(t, i, 0, &text, &size, &err));
        if (i % 7 == 3) {
            ck_assert_ptr_null(text);
            continue;
        }
        ck_assert_int_eq(size, i % 2 ? 15 : 0);
        ck_assert_int_eq(memcmp(text, "徐家汇街道", (size_t)size), 0);
    }
    gov_table_free(t);
    ck_ok(gov_table_builder_add(b, "again", GOV_TYPE_BOOL, NULL, &err));
    ck_ok(gov_table_builder_bool(b, 0, 7, &err));
    ck_ok(gov_table_builder_finish(b, &t, &err));
    double one = 0;
    ck_ok(gov_table_copy_doubles(t, 0, 0, 1, &one, NULL, &err));
    ck_assert(one == 1.0);
    gov_table_free(t);
    gov_table_builder_free(b);
}
END_TEST

START_TEST(a_value_that_does_not_fit_is_refused_with_its_place)
{
    gov_table_builder *b = two_columns();
    ck_ok(gov_table_builder_int64(b, 1, INT32_MAX, &err));
    ck_fails(gov_table_builder_int64(b, 1, INT64_C(2147483648), &err), GOV_E_RANGE);
    ck_assert_int_eq(err.row, 1);
    ck_assert_str_eq(err.name, "cases");
    ck_fails(gov_table_builder_double(b, 1, 1.0, &err), GOV_E_TYPE);
    ck_fails(gov_table_builder_text(b, 1, "1", -1, &err), GOV_E_TYPE);
    ck_fails(gov_table_builder_int64(b, 0, 1, &err), GOV_E_TYPE);
    ck_fails(gov_table_builder_text(b, 0, "\xC4\xCF", -1, &err), GOV_E_ENCODING);
    ck_fails(gov_table_builder_null(b, 2, &err), GOV_E_RANGE);
    ck_fails(gov_table_builder_null(b, -1, &err), GOV_E_RANGE);
    ck_fails(gov_table_builder_add(b, "cases", GOV_TYPE_BOOL, NULL, &err), GOV_E_DUPLICATE);
    ck_fails(gov_table_builder_add(b, "x", (gov_type)99, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_table_builder_add(b, "x", GOV_TYPE_TIMESTAMP, "h:", &err), GOV_E_FORMAT);
    ck_fails(gov_table_builder_add(b, "x", GOV_TYPE_BOOL, "u:", &err), GOV_E_ARGUMENT);
    gov_table *t = NULL;
    ck_fails(gov_table_builder_finish(b, &t, &err), GOV_E_ARGUMENT);
    ck_assert_str_eq(err.name, "cases");
    ck_assert_ptr_null(t);
    ck_ok(gov_table_builder_text(b, 0, "a", -1, &err));
    ck_ok(gov_table_builder_finish(b, &t, &err));
    ck_assert_int_eq(gov_table_rows(t), 1);
    gov_table_free(t);
    gov_table_builder_free(b);
}
END_TEST

/* The least and the most of each type (C11 5.2.4.2.1), and one beyond. */
START_TEST(each_integer_type_takes_exactly_its_range)
{
    static const struct {
        gov_type type;
        int64_t least;
        int64_t most;
    } cases[] = {
        {GOV_TYPE_INT8, -128, 127},
        {GOV_TYPE_INT16, -32768, 32767},
        {GOV_TYPE_UINT8, 0, 255},
        {GOV_TYPE_UINT16, 0, 65535},
        {GOV_TYPE_INT32, -2147483648LL, 2147483647LL},
        {GOV_TYPE_UINT32, 0, 4294967295LL},
        {GOV_TYPE_DATE, -2147483648LL, 2147483647LL},
        {GOV_TYPE_FLOAT32, -16777216, 16777216},
        {GOV_TYPE_FLOAT64, -9007199254740992LL, 9007199254740992LL},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        gov_table_builder *b = NULL;
        gov_table *t = NULL;
        ck_ok(gov_table_builder_new(&b, &err));
        ck_ok(gov_table_builder_add(b, "v", cases[i].type, NULL, &err));
        ck_ok(gov_table_builder_int64(b, 0, cases[i].least, &err));
        ck_ok(gov_table_builder_int64(b, 0, cases[i].most, &err));
        ck_fails(gov_table_builder_int64(b, 0, cases[i].most + 1, &err), GOV_E_RANGE);
        ck_fails(gov_table_builder_int64(b, 0, cases[i].least - 1, &err), GOV_E_RANGE);
        ck_ok(gov_table_builder_finish(b, &t, &err));
        double d[2];
        int64_t v[2];
        if (cases[i].type != GOV_TYPE_DATE) {
            ck_ok(gov_table_copy_doubles(t, 0, 0, 2, d, NULL, &err));
            ck_assert(d[0] == (double)cases[i].least && d[1] == (double)cases[i].most);
        }
        if (cases[i].type < GOV_TYPE_FLOAT32 || cases[i].type == GOV_TYPE_DATE) {
            ck_ok(gov_table_copy_int64s(t, 0, 0, 2, v, NULL, &err));
            ck_assert(v[0] == cases[i].least && v[1] == cases[i].most);
        }
        gov_table_free(t);
        gov_table_builder_free(b);
    }
}
END_TEST

START_TEST(floats_refuse_nan_and_what_overflows)
{
    gov_table_builder *b = NULL;
    ck_ok(gov_table_builder_new(&b, &err));
    ck_ok(gov_table_builder_add(b, "d", GOV_TYPE_FLOAT64, NULL, &err));
    ck_ok(gov_table_builder_add(b, "f", GOV_TYPE_FLOAT32, NULL, &err));
    ck_fails(gov_table_builder_double(b, 0, (double)NAN, &err), GOV_E_RANGE);
    ck_fails(gov_table_builder_double(b, 1, 1e39, &err), GOV_E_RANGE);
    ck_ok(gov_table_builder_double(b, 1, 0.5, &err));
    double values[] = {1.0, (double)NAN};
    uint8_t known[] = {1, 0};
    ck_fails(gov_table_builder_array(b, "a", GOV_TYPE_FLOAT64, values, NULL, 2, &err), GOV_E_RANGE);
    ck_assert_int_eq(err.row, 1);
    ck_ok(gov_table_builder_array(b, "a", GOV_TYPE_FLOAT64, values, known, 2, &err));
    gov_table_builder_free(b);
}
END_TEST

static gov_status build_arrays(gov_table **out)
{
    static const uint8_t flags[] = {1, 0, 1};
    static const uint8_t known[] = {1, 0, 1};
    static const uint64_t large[] = {1, UINT64_MAX, 3};
    static const int64_t instants[] = {0, 5, 86400000000};
    static const char *const texts[] = {"a", NULL, ""};
    gov_table_builder *b = NULL;
    gov_status status = gov_table_builder_new(&b, &err);
    if (status == GOV_OK)
        status = gov_table_builder_array(b, "flag", GOV_TYPE_BOOL, flags, known, 3, &err);
    if (status == GOV_OK)
        status = gov_table_builder_array(b, "large", GOV_TYPE_UINT64, large, NULL, 3, &err);
    if (status == GOV_OK)
        status = gov_table_builder_array(b, "at", GOV_TYPE_TIMESTAMP, instants, known, 3, &err);
    if (status == GOV_OK)
        status = gov_table_builder_array(b, "nothing", GOV_TYPE_NULL, NULL, NULL, 3, &err);
    if (status == GOV_OK)
        status = gov_table_builder_texts(b, "text", texts, 3, &err);
    if (status == GOV_OK)
        status = gov_table_builder_finish(b, out, &err);
    gov_table_builder_free(b);
    return status;
}

START_TEST(arrays_become_columns)
{
    gov_table *t = NULL;
    ck_ok(build_arrays(&t));
    gov_column_view v = GOV_COLUMN_VIEW_INIT;
    ck_ok(gov_table_view(t, 0, &v, &err));
    ck_assert_int_eq(v.null_count, 1);
    ck_assert_int_eq(v.validity[0] & 7, 5);
    ck_assert_int_eq(*(const uint8_t *)v.values & 7, 5);
    ck_ok(gov_table_view(t, 2, &v, &err));
    ck_assert_int_eq(v.unit, 'u');
    ck_assert_str_eq(v.timezone, "");
    ck_assert_int_eq(((const int64_t *)v.values)[1], 0);
    int64_t values[3] = {7, 7, 7};
    uint8_t valid[3];
    ck_fails(gov_table_copy_int64s(t, 1, 0, 3, values, NULL, &err), GOV_E_RANGE);
    ck_assert_int_eq(err.row, 1);
    ck_assert_int_eq(values[0], 7);
    ck_fails(gov_table_copy_int64s(t, 4, 0, 3, values, NULL, &err), GOV_E_TYPE);
    ck_ok(gov_table_copy_int64s(t, 3, 0, 3, values, valid, &err));
    ck_assert_int_eq(valid[0] + valid[1] + valid[2], 0);
    ck_fails(gov_table_copy_int64s(t, 3, 0, 3, values, NULL, &err), GOV_E_MISSING);
    gov_table_free(t);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    gov_table *t = NULL;
    ck_every_allocation(build_arrays(&t), ck_assert_ptr_null(t), (gov_table_free(t), t = NULL));
    gov_table_builder *b = two_columns();
    ck_ok(gov_table_builder_null(b, 0, &err));
    ck_ok(gov_table_builder_int64(b, 1, 3, &err));
    for (int64_t n = 1;; n++) {
        gov_alloc_fail_at(n);
        gov_status status = gov_table_builder_finish(b, &t, &err);
        int failed = gov_alloc_did_fail();
        gov_alloc_fail_at(0);
        ck_assert_int_eq(status, failed ? GOV_E_MEMORY : GOV_OK);
        if (!failed)
            break;
    }
    int64_t three = 0;
    ck_ok(gov_table_copy_int64s(t, 1, 0, 1, &three, NULL, &err));
    ck_assert_int_eq(three, 3);
    gov_table_free(t);
    gov_table_builder_free(b);
    ck_assert_int_eq(gov_alloc_live(), 0);
}
END_TEST

START_TEST(missing_arguments_are_an_error)
{
    gov_table *t = NULL;
    gov_table_builder *b = two_columns();
    ck_fails(gov_table_builder_new(NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_table_builder_add(NULL, "a", GOV_TYPE_BOOL, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_table_builder_add(b, NULL, GOV_TYPE_BOOL, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_table_builder_add(b, "\xFF", GOV_TYPE_BOOL, NULL, &err), GOV_E_ENCODING);
    ck_fails(gov_table_builder_text(b, 0, NULL, -1, &err), GOV_E_ARGUMENT);
    ck_fails(gov_table_builder_array(b, "x", GOV_TYPE_INT8, NULL, NULL, 1, &err), GOV_E_ARGUMENT);
    ck_fails(gov_table_builder_array(b, "x", GOV_TYPE_INT8, "", NULL, -1, &err), GOV_E_ARGUMENT);
    ck_fails(gov_table_builder_array(b, "x", GOV_TYPE_UTF8, "", NULL, 1, &err), GOV_E_TYPE);
    ck_fails(gov_table_builder_texts(b, "x", NULL, 1, &err), GOV_E_ARGUMENT);
    ck_fails(gov_table_builder_finish(b, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_table_builder_finish(NULL, &t, &err), GOV_E_ARGUMENT);
    gov_table_builder_free(b);
    gov_table_builder_free(NULL);
}
END_TEST

GOV_TESTS("table/build", rows_come_back_as_they_were_given,
          a_value_that_does_not_fit_is_refused_with_its_place, each_integer_type_takes_exactly_its_range,
          floats_refuse_nan_and_what_overflows, arrays_become_columns, every_allocation_may_fail,
          missing_arguments_are_an_error)
