/* Import from CSV files: encodings, line ends and quotes, and the line of every fault. */
#include "base/buffer.h"
#include "base/file.h"
#include "fixture.h"

static const char *file_of(const char *bytes, int64_t size)
{
    static char path[128];
    snprintf(path, sizeof(path), "/tmp/govcore-store-%ld.csv", (long)getpid());
    ck_ok(gov_file_write(path, bytes, size < 0 ? (int64_t)strlen(bytes) : size, &err));
    return path;
}

static imported import_file(gov_store *store, const char *kind, const char *path)
{
    imported done = {GOV_OK, GOV_IMPORT_RESULT_INIT, NULL};
    done.status = gov_store_import_csv(store, kind, path, NULL, &done.result, &done.report, &err);
    return done;
}

static void check_grid(const char *bytes, int64_t size)
{
    gov_store *store = open_new();
    imported done = import_file(store, "grid", file_of(bytes, size));
    ck_assert_msg(done.status == GOV_OK, "%s", err.message);
    ck_assert_str_eq(sql_at(store, "SELECT code, name, parent FROM grid ORDER BY 1", NULL),
                     "code,name,parent\n310104,徐汇区,\n310104003,天平路街道,310104\n");
    gov_table_free(done.report);
    gov_store_close(store);
}

START_TEST(byte_order_mark_line_ends_and_quotes_make_no_difference)
{
    check_grid("code,name,level,parent\n310104,徐汇区,district,\n310104003,天平路街道,street,310104\n", -1);
    check_grid("\xEF\xBB\xBF"
               "code,name,level,parent\r\n310104,徐汇区,district,\r\n310104003,天平路街道,street,310104\r\n",
               -1);
    check_grid(
        "parent,\"name\",code,level\n310104,\"天平路街道\",310104003,street\n\n,徐汇区, 310104 ,district",
        -1);
}
END_TEST

/* "徐汇区" and "天平路街道" in GB 18030 (as GBK: D0 EC BB E3 C7 F8; CC EC C6 BD C2 B7 BD D6 B5 C0). */
START_TEST(gb18030_is_recognised)
{
    const char text[] = "code,name,level,parent\n310104,\xD0\xEC\xBB\xE3\xC7\xF8,district,\n"
                        "310104003,\xCC\xEC\xC6\xBD\xC2\xB7\xBD\xD6\xB5\xC0,street,310104\n";
    check_grid(text, (int64_t)sizeof(text) - 1);
}
END_TEST

START_TEST(faults_name_their_line_and_the_rest_goes_in)
{
    gov_store *store = open_new();
    imported done = import_file(store, "grid",
                                file_of("code,name,level,parent\n"
                                        "310104,徐汇区,district,\n"
                                        "310104003,\"天平\n路街道\",street,310104\n"
                                        "310104004,too,many,310104,fields\n"
                                        "310104007,斜\"土,street,310104\n"
                                        "310104008,枫林路街道,street,3101\n"
                                        "310104010,长桥街道,street,310104\n",
                                        -1));
    ck_assert_int_eq(done.status, GOV_OK);
    ck_assert_int_eq(done.result.rows, 6);
    ck_assert_int_eq(done.result.added, 3);
    ck_assert_int_eq(done.result.rejected, 3);
    ck_assert_int_eq(gov_table_rows(done.report), 3);
    const int64_t lines[] = {5, 6, 7}, rows[] = {2, 3, 4};
    const char *const codes[] = {"GOV_E_FORMAT", "GOV_E_FORMAT", "GOV_E_REFERENCE"};
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(int_at(done.report, i, "line"), lines[i]);
        ck_assert_int_eq(int_at(done.report, i, "row"), rows[i]);
        ck_assert_str_eq(text_at(done.report, i, "code"), codes[i]);
    }
    gov_table_free(done.report);
    gov_store_close(store);
}
END_TEST

START_TEST(a_file_that_cannot_be_read_leaves_the_store_as_it_was)
{
    gov_store *store = open_new();
    ck_assert_int_eq(import_file(store, "grid", "/nowhere/grids.csv").status, GOV_E_IO);
    ck_assert_str_eq(err.file, "/nowhere/grids.csv");
    ck_assert_int_eq(import_file(store, "grid", file_of("", 0)).status, GOV_E_FORMAT);
    ck_assert_int_eq(import_file(store, "grid", file_of("code,name,code\n", -1)).status, GOV_E_DUPLICATE);
    ck_assert_int_eq(import_file(store, "grid", file_of("code,name\nA,甲\n", -1)).status, GOV_E_MISSING);
    ck_assert_str_eq(err.name, "level");
    ck_assert_ptr_nonnull(strstr(err.file, ".csv"));
    ck_assert_int_eq(number_at(store, "SELECT count(*) FROM grid", NULL), 0);
    gov_store_close(store);
}
END_TEST

/* More rows than two batches, a child before its parent in another batch, and a fault at a batch's edge. */
START_TEST(batches_make_no_difference)
{
    gov_store *store = open_new();
    gov_buffer text = GOV_BUFFER_INIT;
    gov_buffer_text(&text, "code,name,level,parent\n");
    for (int i = 1; i <= 10000; i++)
        gov_buffer_format(&text, i == 4097 ? "g%d,%d,x\n" : "g%d,%d,grid,root\n", i, i);
    gov_buffer_text(&text, "root,根,district,\n");
    imported done = import_file(store, "grid", file_of(text.data, text.size));
    ck_assert_int_eq(done.status, GOV_OK);
    ck_assert_int_eq(done.result.added, 10000);
    ck_assert_int_eq(int_at(done.report, 0, "line"), 4098);
    ck_assert_int_eq(int_at(done.report, 0, "row"), 4096);
    gov_table_free(done.report);
    gov_buffer_clear(&text);
    gov_store_close(store);
}
END_TEST

/* A word of two letters or more in lower case is English; anything above ASCII is Chinese. */
static void check_languages(const gov_table *report)
{
    for (int64_t i = 0; i < gov_table_rows(report); i++) {
        const char *zh = text_at(report, i, "reason_zh"), *en = text_at(report, i, "reason_en");
        const char *expected = text_at(report, i, "expected");
        ck_assert_msg(zh[0] != '\0' && en[0] != '\0', "row %d", (int)i);
        for (const char *c = zh; *c != '\0'; c++)
            ck_assert_msg(!(c[0] >= 'a' && c[0] <= 'z' && c[1] >= 'a' && c[1] <= 'z'), "%s", zh);
        for (const char *c = en; *c != '\0'; c++)
            ck_assert_msg((unsigned char)*c < 0x80, "%s", en);
        ck_assert_msg(strchr(expected, ' ') == NULL || strpbrk(expected, ".>,") != NULL, "%s", expected);
    }
}

START_TEST(a_reason_is_wholly_chinese_and_wholly_english)
{
    gov_store *store = open_new();
    imported done = import_file(store, "grid",
                                file_of("code,name,level,parent,valid_to,lon\n"
                                        "A,\"x\"y,district,,,\n"
                                        "A,x\"y,district,,,\n"
                                        "A,\xFF\xFE,district,,,\n"
                                        "A,a\rb,district,,,\n"
                                        "A,b\n"
                                        "310104,徐汇区,district,,1066-01-01,\n"
                                        "310105,长宁区,district,,3 May,east\n"
                                        "310106,静安区,district,nowhere,,200\n"
                                        "310107,普陀区,district,,2021-02-30,\n"
                                        "310109,虹口区,district,,,\n"
                                        "310109,虹口区,district,,,\n"
                                        "991,,street,310109,,\n"
                                        "A,\"never closed\n",
                                        -1));
    ck_assert_int_eq(done.status, GOV_OK);
    ck_assert_int_ge(gov_table_rows(done.report), 12);
    check_languages(done.report);
    gov_table_free(done.report);
    done = import_with(store, "person",
                       TABLE("id,grid,citizen_id,sex,birth_date", "p1,310109,11010519491231002Y,1,",
                             "p2,310109,1101051949,1,", "p3,310109,110105491231002,1,",
                             "p4,310109,110105194912310020,1,", "p5,310109,,7,",
                             "p6,310109,110105209912310022,,", "p7,310109,990105194912310025,,",
                             "p8,nowhere,,,1949"),
                       (gov_import_options)GOV_IMPORT_OPTIONS_INIT);
    ck_assert_int_eq(done.result.rejected, 8);
    check_languages(done.report);
    gov_table_free(done.report);
    gov_store_close(store);
}
END_TEST

START_TEST(each_allocation_of_a_file_import_may_fail)
{
    gov_store *store = open_new();
    gov_import_options o = GOV_IMPORT_OPTIONS_INIT;
    gov_import_result r = GOV_IMPORT_RESULT_INIT;
    gov_table *report = NULL;
    const char *path = file_of("code,name,level,parent\nA,甲,district,\nB,乙,street,A\nC,丙,street,X\n", -1);
    o.dry_run = 1;
    ck_every_allocation(gov_store_import_csv(store, "grid", path, &o, &r, &report, &err),
                        ck_assert_ptr_null(report), gov_table_free(report);
                        report = NULL);
    gov_store_close(store);
}
END_TEST

GOV_TESTS("store/import_csv", byte_order_mark_line_ends_and_quotes_make_no_difference, gb18030_is_recognised,
          faults_name_their_line_and_the_rest_goes_in, a_file_that_cannot_be_read_leaves_the_store_as_it_was,
          batches_make_no_difference, a_reason_is_wholly_chinese_and_wholly_english,
          each_allocation_of_a_file_import_may_fail)
