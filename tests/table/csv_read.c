/* CSV in: what is read, which type a column gets, and that every fault is named with its place. */
#include "gov_check.h"
#include "table_check.h"
#include "table/csv_reader.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static gov_error err = GOV_ERROR_INIT;

static gov_table *parse(const char *text, const char *types)
{
    gov_csv_options o = GOV_CSV_OPTIONS_INIT;
    gov_table *t = NULL;
    o.types = types;
    ck_ok(gov_table_parse_csv(text, -1, "t.csv", &o, &t, &err));
    return t;
}

static void refused(const char *text, int64_t size, const char *types, gov_status code, int64_t line,
                    int64_t column, int64_t row, const char *name)
{
    gov_csv_options o = GOV_CSV_OPTIONS_INIT;
    gov_table *t = NULL;
    o.types = types;
    ck_fails(gov_table_parse_csv(text, size, "t.csv", &o, &t, &err), code);
    ck_assert_ptr_null(t);
    ck_assert_str_eq(err.file, "t.csv");
    ck_assert_int_eq(err.line, line);
    ck_assert_int_eq(err.column, column);
    ck_assert_int_eq(err.row, row);
    ck_assert_str_eq(err.name, name);
    ck_assert_int_eq(gov_alloc_live(), 0);
}

START_TEST(fields_of_rfc_4180_are_read)
{
    gov_table *t = parse("\xEF\xBB\xBF"
                         "街道,note,\"a \"\"b\"\"\"\r\n"
                         "徐家汇,\"two\r\nlines\",x\r\n"
                         "\"with, comma\",\"\",\r\n"
                         "\r\n"
                         "\"\"\"quoted\"\"\",  spaces ,y",
                         NULL);
    ck_assert_int_eq(gov_table_rows(t), 3);
    ck_assert_str_eq(gov_table_name(t, 0), "街道");
    ck_assert_str_eq(gov_table_name(t, 2), "a \"b\"");
    ck_text_at(t, 0, 0, "徐家汇");
    ck_text_at(t, 0, 1, "two\r\nlines");
    ck_text_at(t, 1, 0, "with, comma");
    ck_text_at(t, 1, 1, "");
    ck_text_at(t, 1, 2, NULL);
    ck_text_at(t, 2, 0, "\"quoted\"");
    ck_text_at(t, 2, 1, "  spaces ");
    gov_table_free(t);
}
END_TEST

START_TEST(a_column_has_the_narrowest_type_of_all_its_values)
{
    static const struct {
        const char *values;
        gov_type type;
    } cases[] = {
        {"1\n-2\n0\n999999999999999\n", GOV_TYPE_INT64},
        {"1\n2.5\n", GOV_TYPE_FLOAT64},
        {"1e5\n-0\n", GOV_TYPE_FLOAT64},
        {"0.5\n-.5\n5.\n", GOV_TYPE_FLOAT64},
        {"true\nFALSE\nTrue\n", GOV_TYPE_BOOL},
        {"true\n1\n", GOV_TYPE_UTF8},
        {"2021-07-01\n2024-02-29\n", GOV_TYPE_DATE},
        {"2021-07-01\n2021-02-29\n", GOV_TYPE_UTF8},
        {"20210701\n", GOV_TYPE_INT64},
        {"1\n2021-07-01\n", GOV_TYPE_UTF8},
        {"007\n8\n", GOV_TYPE_UTF8},
        {"00.5\n", GOV_TYPE_UTF8},
        {"0\n", GOV_TYPE_INT64},
        {"1234567890123456\n", GOV_TYPE_UTF8}, /* an identity number */
        {"12345678901234567.0\n", GOV_TYPE_FLOAT64},
        {"+86\n", GOV_TYPE_UTF8},
        {"nan\n", GOV_TYPE_UTF8},
        {"inf\n1\n", GOV_TYPE_UTF8},
        {"1e999\n", GOV_TYPE_UTF8},
        {"0x10\n", GOV_TYPE_UTF8},
        {"-\n", GOV_TYPE_UTF8},
        {"1\n\"\"\n", GOV_TYPE_UTF8},
        {"1\n\n2\n", GOV_TYPE_INT64}, /* one column: an empty line is a missing value */
        {"\n\n", GOV_TYPE_NULL},
        {"", GOV_TYPE_NULL},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char text[200];
        snprintf(text, sizeof(text), "v\n%s", cases[i].values);
        gov_table *t = parse(text, NULL);
        ck_assert_msg(gov_table_type(t, 0) == cases[i].type, "%s is %s", cases[i].values,
                      gov_type_name(gov_table_type(t, 0)));
        gov_table_free(t);
    }
}
END_TEST

/* One odd value in the last of many rows decides. */
START_TEST(the_last_row_counts_as_much_as_the_first)
{
    enum { ROWS = 30000 };
    char *text = malloc(ROWS * 8 + 32);
    size_t size = (size_t)sprintf(text, "n,code\n");
    for (int i = 0; i < ROWS; i++)
        size += (size_t)sprintf(text + size, "%d,%d\n", i, i % 10);
    sprintf(text + size, "1.5,01\n");
    gov_table *t = parse(text, NULL);
    ck_assert_int_eq(gov_table_rows(t), ROWS + 1);
    ck_assert_int_eq(gov_table_type(t, 0), GOV_TYPE_FLOAT64);
    ck_text_at(t, 12345, 1, "5");
    ck_text_at(t, ROWS, 1, "01");
    double d = 0;
    ck_ok(gov_table_copy_doubles(t, 0, 29999, 1, &d, NULL, &err));
    ck_assert(d == 29999.0);
    gov_table_free(t);
    free(text);
}
END_TEST

START_TEST(stated_types_are_kept)
{
    gov_table *t = parse("code,n,when,flag,at,f,big\n"
                         "7,200,20210701,1,2021-07-01T08:30:00.5,0.1,18446744073709551615\n"
                         ",,,,,,\n",
                         "code:utf8,n:uint8,when:date,flag:bool,at:timestamp,f:float32,big:uint64");
    ck_text_at(t, 0, 0, "7");
    ck_assert_int_eq(gov_table_type(t, 1), GOV_TYPE_UINT8);
    int64_t v[2];
    uint8_t valid[2];
    ck_ok(gov_table_copy_int64s(t, 1, 0, 2, v, valid, &err));
    ck_assert(v[0] == 200 && valid[0] && !valid[1]);
    ck_ok(gov_table_copy_int64s(t, 2, 0, 1, v, NULL, &err));
    ck_assert_int_eq(v[0], 18809);
    ck_ok(gov_table_copy_int64s(t, 4, 0, 1, v, NULL, &err));
    ck_assert_int_eq(v[0], INT64_C(1625128200500000));
    double d = 0;
    ck_ok(gov_table_copy_doubles(t, 5, 0, 1, &d, NULL, &err));
    ck_assert(d == (double)0.1f);
    gov_column_view big = GOV_COLUMN_VIEW_INIT;
    ck_ok(gov_table_view(t, 6, &big, &err));
    ck_assert(*(const uint64_t *)big.values == UINT64_MAX);
    gov_table_free(t);
    t = parse("a:b,c\n1,2\n", "a:b:float64,c:int8");
    ck_assert_int_eq(gov_table_type(t, 0), GOV_TYPE_FLOAT64);
    gov_table_free(t);
}
END_TEST

START_TEST(faults_of_the_form_are_named_with_their_place)
{
    refused("", 0, NULL, GOV_E_FORMAT, 0, 0, -1, "");
    refused("a,b\n1,2\n3\n", -1, NULL, GOV_E_FORMAT, 3, 1, 1, "");
    refused("a,b\n1,2\n\n3,4,徐,6\n", -1, NULL, GOV_E_FORMAT, 4, 5, 1, "");
    refused("a,,c\n", -1, NULL, GOV_E_FORMAT, 1, 3, -1, "");
    refused("街,b,街\n", -1, NULL, GOV_E_DUPLICATE, 1, 5, -1, "街");
    refused("a,b\n徐汇,x\"y\n", -1, NULL, GOV_E_FORMAT, 2, 5, -1, "");
    refused("a,b\n1,\"x\ny\n", -1, NULL, GOV_E_FORMAT, 2, 3, -1, "");
    refused("a,b\n1,\"x\"y\n", -1, NULL, GOV_E_FORMAT, 2, 6, -1, "");
    refused("a,b\n\"one\ntwo\",x\ry\n", -1, NULL, GOV_E_FORMAT, 3, 7, -1, "");
    refused("a,b\n1,x\0y\n", 11, NULL, GOV_E_FORMAT, 2, 4, -1, "");
    refused("a,b\n1,\"\0\"\n", 11, NULL, GOV_E_FORMAT, 2, 4, -1, "");
    refused("\xFF\xFE"
            "a\0,\0",
            6, NULL, GOV_E_ENCODING, 1, 0, -1, "");
}
END_TEST

START_TEST(cells_of_another_type_are_named_with_their_place)
{
    refused("c,n\n徐,1\n汇,一\n", -1, "n:int32", GOV_E_TYPE, 3, 3, 1, "n");
    refused("c,n\n徐,1\n\n汇,2147483648\n", -1, "n:int32", GOV_E_RANGE, 4, 3, 1, "n");
    refused("n\n-1\n", -1, "n:uint8", GOV_E_RANGE, 2, 1, 0, "n");
    refused("n\n18446744073709551616\n", -1, "n:uint64", GOV_E_RANGE, 2, 1, 0, "n");
    refused("n\n-9223372036854775809\n", -1, "n:int64", GOV_E_RANGE, 2, 1, 0, "n");
    refused("n\n\"\"\n", -1, "n:int64", GOV_E_TYPE, 2, 1, 0, "n");
    refused("n\n1e39\n", -1, "n:float32", GOV_E_RANGE, 2, 1, 0, "n");
    refused("n\nnan\n", -1, "n:float64", GOV_E_TYPE, 2, 1, 0, "n");
    refused("n\n2\n", -1, "n:bool", GOV_E_TYPE, 2, 1, 0, "n");
    refused("n\n2021-02-29\n", -1, "n:date", GOV_E_RANGE, 2, 1, 0, "n");
    refused("n\n2021-02-2\n", -1, "n:date", GOV_E_TYPE, 2, 1, 0, "n");
    refused("n\n2021-02-28T25:00\n", -1, "n:timestamp", GOV_E_RANGE, 2, 1, 0, "n");
    refused("n\nx\n", -1, "n:null", GOV_E_TYPE, 2, 1, 0, "n");
    refused("n\n1\n", -1, "m:int8", GOV_E_UNKNOWN_NAME, 0, 0, -1, "m");
    gov_csv_options o = GOV_CSV_OPTIONS_INIT;
    gov_table *t = NULL;
    o.types = "n:integer";
    ck_fails(gov_table_parse_csv("n\n1\n", -1, NULL, &o, &t, &err), GOV_E_ARGUMENT);
    ck_assert_str_eq(err.name, "n");
}
END_TEST

START_TEST(bounds_are_refused_where_they_are_passed)
{
    int64_t size = GOV_CSV_LONGEST_FIELD + 100;
    char *text = malloc((size_t)size);
    memset(text, 'x', (size_t)size);
    memcpy(text, "a,b\n1,", 6);
    refused(text, size, NULL, GOV_E_LIMIT, 2, 3, -1, "");
    memset(text, ',', 5000);
    refused(text, 5000, NULL, GOV_E_LIMIT, 1, 4097, -1, "");
    free(text);
}
END_TEST

/* "徐汇,网格" in GB18030 (GBK part), and U+20000 as four bytes 95 32 82 36 (GB 18030-2005). */
START_TEST(gb18030_is_detected_and_converted)
{
    static const char gb[] = "\xD0\xEC\xBB\xE3,n\n\xCD\xF8\xB8\xF1,1\n\x95\x32\x82\x36,2\n";
    gov_table *t = parse(gb, NULL);
    ck_assert_str_eq(gov_table_name(t, 0), "徐汇");
    ck_text_at(t, 0, 0, "网格");
    ck_text_at(t, 1, 0, "𠀀");
    gov_table_free(t);
    gov_csv_options o = GOV_CSV_OPTIONS_INIT;
    o.encoding = "utf-8";
    t = NULL;
    ck_fails(gov_table_parse_csv(gb, -1, NULL, &o, &t, &err), GOV_E_ENCODING);
    ck_assert_int_eq(err.line, 1);
    ck_assert_int_eq(err.column, 1);
    o.encoding = "GB18030";
    ck_ok(gov_table_parse_csv(gb, -1, NULL, &o, &t, &err));
    gov_table_free(t);
    o.encoding = "latin1";
    ck_fails(gov_table_parse_csv(gb, -1, NULL, &o, &t, &err), GOV_E_UNSUPPORTED);
    refused("a,b\n\xD0\xEC,\"\xBB\xE3\n\"\"\xD0\xEC\xFF\"\n", -1, NULL, GOV_E_ENCODING, 3, 4, -1, "");
    refused("a,b\n\xD0\xEC,\xBB", -1, NULL, GOV_E_ENCODING, 2, 3, -1, "");
}
END_TEST

/* A file of several pieces, so that characters and records are cut by the ends of pieces. */
static void write_large(FILE *file, const char *name, const char *value, int rows)
{
    fprintf(file, "%s,i\n", name);
    for (int i = 0; i < rows; i++)
        fprintf(file, "\"%s%.*s\",%d\n", value, i % 7, "abcdefg", i);
}

START_TEST(large_files_in_both_encodings_are_the_same_table)
{
    enum { ROWS = 40000 };
    static const char *const values[][2] = {{"徐汇", "徐家汇街道"},
                                            {"\xD0\xEC\xBB\xE3", "\xD0\xEC\xBC\xD2\xBB\xE3\xBD\xD6\xB5\xC0"}};
    char path[] = "/tmp/gov-csv-XXXXXX";
    close(mkstemp(path));
    for (int i = 0; i < 2; i++) {
        FILE *file = fopen(path, "wb");
        write_large(file, values[i][0], values[i][1], ROWS);
        fclose(file);
        gov_table *t = NULL;
        ck_ok(gov_table_read_csv(path, NULL, &t, &err));
        ck_assert_int_eq(gov_table_rows(t), ROWS);
        ck_assert_str_eq(gov_table_name(t, 0), "徐汇");
        for (int row = 0; row < ROWS; row += 37) {
            char expected[64];
            snprintf(expected, sizeof(expected), "徐家汇街道%.*s", row % 7, "abcdefg");
            ck_text_at(t, row, 0, expected);
        }
        gov_table_free(t);
    }
    unlink(path);
    gov_table *t = NULL;
    ck_fails(gov_table_read_csv(path, NULL, &t, &err), GOV_E_IO);
    ck_assert_str_eq(err.file, path);
    ck_assert_int_eq(err.extended, 2);
    ck_fails(gov_table_read_csv("/", NULL, &t, &err), GOV_E_IO);
    ck_fails(gov_table_read_csv(NULL, NULL, &t, &err), GOV_E_ARGUMENT);
    ck_fails(gov_table_parse_csv(NULL, 0, NULL, NULL, &t, &err), GOV_E_ARGUMENT);
}
END_TEST

START_TEST(an_importer_may_go_on_after_a_bad_line)
{
    gov_csv_reader *r = NULL;
    const gov_csv_field *f = NULL;
    int64_t n = 0;
    ck_ok(gov_csv_open_text("a,b\n1,x\"y,z\n\"2\n\",\n\n3,\"p\"q\n4,5", 29, "t.csv", NULL, &r, &err));
    ck_ok(gov_csv_next(r, &f, &n, &err));
    ck_assert_int_eq(n, 2);
    ck_fails(gov_csv_next(r, &f, &n, &err), GOV_E_FORMAT);
    ck_ok(gov_csv_next(r, &f, &n, &err));
    ck_assert_int_eq(n, 2);
    ck_assert(f[0].size == 2 && f[0].quoted && f[0].line == 3 && f[1].line == 4 && f[1].column == 3);
    ck_ok(gov_csv_next(r, &f, &n, &err));
    ck_assert_int_eq(n, 1);
    ck_fails(gov_csv_next(r, &f, &n, &err), GOV_E_FORMAT);
    ck_assert_int_eq(err.line, 6);
    ck_ok(gov_csv_next(r, &f, &n, &err));
    ck_assert(n == 2 && f[1].text[0] == '5' && f[1].column == 3);
    ck_ok(gov_csv_next(r, &f, &n, &err));
    ck_assert_int_eq(n, 0);
    ck_assert_str_eq(gov_csv_encoding(r), "UTF-8");
    gov_csv_close(r);
    gov_csv_close(NULL);
}
END_TEST

START_TEST(another_delimiter_may_be_chosen)
{
    gov_csv_options o = GOV_CSV_OPTIONS_INIT;
    gov_table *t = NULL;
    o.delimiter = '\t';
    ck_ok(gov_table_parse_csv("a\tb\n1,5\t2\n", -1, NULL, &o, &t, &err));
    ck_text_at(t, 0, 0, "1,5");
    gov_table_free(t);
    gov_csv_options unset = {0};
    ck_fails(gov_table_parse_csv("a\n", -1, NULL, &unset, &t, &err), GOV_E_ARGUMENT);
    o.delimiter = '"';
    ck_fails(gov_table_parse_csv("a\n", -1, NULL, &o, &t, &err), GOV_E_ARGUMENT);
    o.delimiter = '\n';
    ck_fails(gov_table_parse_csv("a\n", -1, NULL, &o, &t, &err), GOV_E_ARGUMENT);
}
END_TEST

START_TEST(a_run_can_cancel_and_shows_progress)
{
    gov_csv_options o = GOV_CSV_OPTIONS_INIT;
    gov_table *t = NULL;
    int64_t done = 0;
    int64_t total = 0;
    ck_ok(gov_run_new(&o.run, &err));
    ck_ok(gov_table_parse_csv("a\n1\n", -1, NULL, &o, &t, &err));
    gov_run_progress(o.run, &done, &total);
    ck_assert_int_eq(total, 4);
    gov_table_free(t);
    t = NULL;
    gov_run_cancel(o.run);
    ck_fails(gov_table_parse_csv("a\n1\n", -1, NULL, &o, &t, &err), GOV_E_CANCELLED);
    ck_assert_ptr_null(t);
    gov_run_free(o.run);
    ck_assert_int_eq(gov_alloc_live(), 0);
}
END_TEST

START_TEST(every_allocation_of_reading_may_fail)
{
    gov_csv_options o = GOV_CSV_OPTIONS_INIT;
    gov_table *t = NULL;
    o.types = "d:date";
    static const char text[] = "a,b,c,d,e\n1,x,true,2021-07-01,\n,,,,\n2.5,\"\",false,,\n";
    ck_every_allocation(gov_table_parse_csv(text, -1, "t.csv", &o, &t, &err), ck_assert_ptr_null(t),
                        (gov_table_free(t), t = NULL));
    static const char gb[] = "\xD0\xEC\xBB\xE3\n\xCD\xF8\xB8\xF1\n";
    ck_every_allocation(gov_table_parse_csv(gb, -1, "t.csv", NULL, &t, &err), ck_assert_ptr_null(t),
                        (gov_table_free(t), t = NULL));
}
END_TEST

GOV_TESTS("table/csv_read", fields_of_rfc_4180_are_read, a_column_has_the_narrowest_type_of_all_its_values,
          the_last_row_counts_as_much_as_the_first, stated_types_are_kept,
          faults_of_the_form_are_named_with_their_place, cells_of_another_type_are_named_with_their_place,
          bounds_are_refused_where_they_are_passed, gb18030_is_detected_and_converted,
          large_files_in_both_encodings_are_the_same_table, an_importer_may_go_on_after_a_bad_line,
          another_delimiter_may_be_chosen, a_run_can_cancel_and_shows_progress,
          every_allocation_of_reading_may_fail)
