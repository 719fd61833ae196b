/* CSV and JSON out: exact text for small tables, and every value equal when it is read back. */
#include "gov_check.h"
#include "table/column.h"

#include <float.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static gov_error err = GOV_ERROR_INIT;

static gov_table *sample(void)
{
    static const char *const texts[] = {"徐汇", "a\"b", NULL, "", "x,y\nz"};
    static const uint8_t flags[] = {1, 0, 1, 0, 0};
    static const uint8_t known[] = {1, 1, 0, 1, 1};
    static const double numbers[] = {0.1, 3.0, 0, -1e300, 12345678901234567.0};
    static const float floats[] = {0.1f, 16777216.0f, 0, -1.5f, 1e-45f};
    static const uint64_t large[] = {0, UINT64_MAX, 1, 2, 3};
    static const int64_t small[] = {INT64_MIN, INT64_MAX, 0, -1, 10};
    static const int32_t days[] = {18809, -1, 0, 11016, -719162};
    gov_table_builder *b = NULL;
    gov_table *t = NULL;
    ck_ok(gov_table_builder_new(&b, &err));
    ck_ok(gov_table_builder_texts(b, "text", texts, 5, &err));
    ck_ok(gov_table_builder_array(b, "flag", GOV_TYPE_BOOL, flags, known, 5, &err));
    ck_ok(gov_table_builder_array(b, "number", GOV_TYPE_FLOAT64, numbers, known, 5, &err));
    ck_ok(gov_table_builder_array(b, "float", GOV_TYPE_FLOAT32, floats, NULL, 5, &err));
    ck_ok(gov_table_builder_array(b, "large", GOV_TYPE_UINT64, large, NULL, 5, &err));
    ck_ok(gov_table_builder_array(b, "small", GOV_TYPE_INT64, small, NULL, 5, &err));
    ck_ok(gov_table_builder_array(b, "day", GOV_TYPE_DATE, days, known, 5, &err));
    ck_ok(gov_table_builder_array(b, "none", GOV_TYPE_NULL, NULL, NULL, 5, &err));
    ck_ok(gov_table_builder_finish(b, &t, &err));
    gov_table_builder_free(b);
    return t;
}

START_TEST(csv_has_quotes_only_where_they_are_needed)
{
    gov_table *t = sample();
    gov_text *text = NULL;
    ck_ok(gov_table_format_csv(t, &text, &err));
    ck_assert_str_eq(gov_text_data(text),
                     "text,flag,number,float,large,small,day,none\n"
                     "徐汇,true,0.1,0.1,0,-9223372036854775808,2021-07-01,\n"
                     "\"a\"\"b\",false,3.0,16777216.0,18446744073709551615,9223372036854775807,1969-12-31,\n"
                     ",,,0.0,1,0,,\n"
                     "\"\",false,-1e+300,-1.5,2,-1,2000-02-29,\n"
                     "\"x,y\nz\",false,12345678901234568.0,1.4013e-45,3,10,0001-01-01,\n");
    gov_text_free(text);
    gov_table_free(t);
}
END_TEST

START_TEST(json_is_an_array_of_objects)
{
    gov_table *t = sample();
    gov_table *two = NULL;
    gov_text *text = NULL;
    ck_ok(gov_table_slice(t, 1, 2, &two, &err));
    ck_ok(gov_table_format_json(two, &text, &err));
    ck_assert_str_eq(gov_text_data(text),
                     "[\n"
                     "{\"text\":\"a\\\"b\",\"flag\":false,\"number\":3,\"float\":16777216,"
                     "\"large\":18446744073709551615,\"small\":9223372036854775807,\"day\":\"1969-12-31\","
                     "\"none\":null},\n"
                     "{\"text\":null,\"flag\":null,\"number\":null,\"float\":0,\"large\":1,\"small\":0,"
                     "\"day\":null,\"none\":null}\n"
                     "]\n");
    gov_text_free(text);
    gov_table_free(two);
    ck_ok(gov_table_slice(t, 0, 0, &two, &err));
    ck_ok(gov_table_format_json(two, &text, &err));
    ck_assert_str_eq(gov_text_data(text), "[]\n");
    gov_text_free(text);
    gov_table_free(two);
    gov_table_free(t);
}
END_TEST

/* Times in each unit around 1970 and with a zone; nanoseconds are kept. */
START_TEST(timestamps_are_written_in_their_own_unit)
{
    static const struct {
        const char *zone;
        int64_t value;
        const char *text;
    } cases[] = {
        {"s:", 0, "v\n1970-01-01T00:00:00\n"},
        {"s:", -1, "v\n1969-12-31T23:59:59\n"},
        {"m:UTC", 1500, "v\n1970-01-01T00:00:01.500Z\n"},
        {"u:", -1, "v\n1969-12-31T23:59:59.999999\n"},
        {"n:Asia/Shanghai", 1625128200000000007, "v\n2021-07-01T08:30:00.000000007Z\n"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        gov_table_builder *b = NULL;
        gov_table *t = NULL;
        gov_text *text = NULL;
        ck_ok(gov_table_builder_new(&b, &err));
        ck_ok(gov_table_builder_add(b, "v", GOV_TYPE_TIMESTAMP, cases[i].zone, &err));
        ck_ok(gov_table_builder_int64(b, 0, cases[i].value, &err));
        ck_ok(gov_table_builder_finish(b, &t, &err));
        ck_ok(gov_table_format_csv(t, &text, &err));
        ck_assert_str_eq(gov_text_data(text), cases[i].text);
        gov_text_free(text);
        gov_table_free(t);
        gov_table_builder_free(b);
    }
}
END_TEST

START_TEST(doubles_of_all_sizes_read_back_equal)
{
    enum { ROWS = 20000 };
    static double values[ROWS];
    static double back[ROWS];
    uint64_t state = 42;
    for (int i = 0; i < ROWS; i++) {
        do {
            state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            uint64_t bits = state ^ (state >> 29);
            memcpy(&values[i], &bits, sizeof(bits));
        } while (!isfinite(values[i]));
    }
    values[0] = 5e-324;
    values[1] = DBL_MAX;
    values[2] = -0.0;
    values[3] = 9007199254740993.0;
    gov_table_builder *b = NULL;
    gov_table *t = NULL;
    gov_table *again = NULL;
    ck_ok(gov_table_builder_new(&b, &err));
    ck_ok(gov_table_builder_array(b, "v", GOV_TYPE_FLOAT64, values, NULL, ROWS, &err));
    ck_ok(gov_table_builder_finish(b, &t, &err));
    gov_table_builder_free(b);
    char path[] = "/tmp/gov-csv-XXXXXX";
    close(mkstemp(path));
    ck_ok(gov_table_write_csv(t, path, &err));
    ck_ok(gov_table_read_csv(path, NULL, &again, &err));
    unlink(path);
    ck_ok(gov_table_copy_doubles(again, 0, 0, ROWS, back, NULL, &err));
    ck_assert_int_eq(memcmp(values, back, sizeof(values)), 0);
    gov_table_free(t);
    gov_table_free(again);
}
END_TEST

START_TEST(a_whole_table_reads_back_as_itself)
{
    gov_table *t = sample();
    gov_table *back = NULL;
    gov_text *first = NULL;
    gov_text *second = NULL;
    gov_csv_options o = GOV_CSV_OPTIONS_INIT;
    o.types = "large:uint64,small:int64,float:float32";
    ck_ok(gov_table_format_csv(t, &first, &err));
    ck_ok(gov_table_parse_csv(gov_text_data(first), gov_text_size(first), NULL, &o, &back, &err));
    for (int64_t c = 0; c < gov_table_columns(t); c++)
        ck_assert_int_eq(gov_table_type(t, c), gov_table_type(back, c));
    ck_ok(gov_table_format_csv(back, &second, &err));
    ck_assert_str_eq(gov_text_data(first), gov_text_data(second));
    gov_text_free(first);
    gov_text_free(second);
    gov_table_free(t);
    gov_table_free(back);
}
END_TEST

START_TEST(what_cannot_be_written_is_refused_with_its_row)
{
    static const int32_t days[] = {0, 2932897};
    static const double infinite[] = {1.0, (double)INFINITY};
    gov_table_builder *b = NULL;
    gov_table *t = NULL;
    gov_text *text = NULL;
    ck_ok(gov_table_builder_new(&b, &err));
    ck_ok(gov_table_builder_array(b, "d", GOV_TYPE_DATE, days, NULL, 2, &err));
    ck_ok(gov_table_builder_finish(b, &t, &err));
    ck_fails(gov_table_format_csv(t, &text, &err), GOV_E_RANGE);
    ck_assert_int_eq(err.row, 1);
    ck_assert_str_eq(err.name, "d");
    ck_fails(gov_table_format_json(t, &text, &err), GOV_E_RANGE);
    ck_fails(gov_table_write_csv(t, "/nonexistent/x.csv", &err), GOV_E_RANGE);
    gov_table_free(t);
    ck_ok(gov_table_builder_array(b, "f", GOV_TYPE_FLOAT64, infinite, NULL, 2, &err));
    ck_ok(gov_table_builder_finish(b, &t, &err));
    gov_table_builder_free(b);
    ck_fails(gov_table_format_json(t, &text, &err), GOV_E_RANGE);
    ck_assert_int_eq(err.row, 1);
    ck_fails(gov_table_write_csv(t, "/nonexistent/x.csv", &err), GOV_E_IO);
    ck_fails(gov_table_write_csv(t, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_table_format_json(NULL, &text, &err), GOV_E_ARGUMENT);
    ck_fails(gov_table_format_csv(t, NULL, &err), GOV_E_ARGUMENT);
    ck_assert_ptr_null(text);
    gov_table_free(t);
}
END_TEST

START_TEST(every_allocation_of_writing_may_fail)
{
    gov_table *t = sample();
    gov_text *text = NULL;
    ck_every_allocation(gov_table_format_csv(t, &text, &err), ck_assert_ptr_null(text),
                        (gov_text_free(text), text = NULL));
    ck_every_allocation(gov_table_format_json(t, &text, &err), ck_assert_ptr_null(text),
                        (gov_text_free(text), text = NULL));
    char path[] = "/tmp/gov-csv-XXXXXX";
    gov_table *back = NULL;
    close(mkstemp(path));
    ck_every_allocation(gov_table_write_csv(t, path, &err), (void)0, (void)0);
    ck_every_allocation(gov_table_read_csv(path, NULL, &back, &err), ck_assert_ptr_null(back),
                        (gov_table_free(back), back = NULL));
    unlink(path);
    gov_table_free(t);
    ck_assert_int_eq(gov_alloc_live(), 0);
}
END_TEST

GOV_TESTS("table/text_out", csv_has_quotes_only_where_they_are_needed, json_is_an_array_of_objects,
          timestamps_are_written_in_their_own_unit, doubles_of_all_sizes_read_back_equal,
          a_whole_table_reads_back_as_itself, what_cannot_be_written_is_refused_with_its_row,
          every_allocation_of_writing_may_fail)
