/* Mapping files: somebody's columns, codes and dates as the fields of a kind. */
#include "base/file.h"
#include "fixture.h"

static const char *mapping(const char *text)
{
    static char path[128];
    snprintf(path, sizeof(path), "/tmp/govcore-store-%ld.yaml", (long)getpid());
    ck_ok(gov_file_write(path, text, (int64_t)strlen(text), &err));
    return path;
}

static const char *const people =
    "govcore_mapping: 1\n"
    "kind: person\n"
    "source: 民政局\n"
    "columns:\n"
    "  id: 编号\n"
    "  grid: {column: 居委会, codes: {上海新村: 310104003001}, default: '310104003002'}\n"
    "  sex: {column: 性别, codes: {M: 1, F: 2}, missing: [不详, '-']}\n"
    "  birth_date: {column: 生日, date: '%Y/%m/%d'}\n"
    "  hukou_match: {value: 一致}\n"
    "ignore: [序号]\n";

START_TEST(columns_codes_dates_defaults_and_constants)
{
    gov_store *store = open_new();
    gov_import_options o = GOV_IMPORT_OPTIONS_INIT;
    add_grids(store);
    o.mapping = mapping(people);
    imported done = import_with(store, "person",
                                TABLE("序号,编号,居委会,性别,生日,name", "1,p1,上海新村,M,1949/12/31,张三",
                                      "2,p2,, F ,1950/1/2,李四", "3,p3,310104004001,不详,,王五",
                                      "4,p4,上海新村,X,1950-01-02,赵六", "5,p5,上海新村,M,1950/02/30,钱七"),
                                o);
    ck_assert_msg(done.status == GOV_OK, "%s", err.message);
    ck_assert_int_eq(done.result.added, 3);
    ck_assert_int_eq(gov_table_rows(done.report), 2);
    ck_assert_str_eq(text_at(done.report, 0, "column"), "sex");
    ck_assert_str_eq(text_at(done.report, 1, "column"), "birth_date");
    ck_assert_int_eq(int_at(done.report, 1, "row"), 4);
    ck_assert_str_eq(
        sql_at(store, "SELECT id, grid, sex, birth_date, hukou_match, name FROM person ORDER BY 1", NULL),
        "id,grid,sex,birth_date,hukou_match,name\np1,310104003001,1,1949-12-31,01,张三\n"
        "p2,310104003002,2,1950-01-02,01,李四\np3,310104004001,,,01,王五\n");
    gov_table_free(done.report);
    gov_table *t = NULL;
    ck_ok(gov_store_history(store, "person", "p1", &t, &err));
    ck_assert_str_eq(text_at(t, 0, "act_source"), "民政局");
    gov_table_free(t);
    gov_store_close(store);
}
END_TEST

typedef struct fault {
    const char *text, *name;
    gov_status code;
    int64_t line;
} fault;

START_TEST(a_faulty_mapping_is_refused_at_its_place)
{
    static const fault all[] = {
        {"govcore_mapping: 2\ncolumns: {id: x}\n", "govcore_mapping", GOV_E_VERSION, 1},
        {"govcore_mapping: 1\nkind: org\ncolumns: {id: x}\n", "org", GOV_E_CONFLICT, 2},
        {"govcore_mapping: 1\n", "columns", GOV_E_MISSING, 1},
        {"govcore_mapping: 1\ncolumns:\n  colour: x\n", "colour", GOV_E_UNKNOWN_NAME, 3},
        {"govcore_mapping: 1\ncolumns:\n  id: {column: x, value: y}\n", "id", GOV_E_MISSING, 3},
        {"govcore_mapping: 1\ncolumns:\n  id: {column: x, code: {a: b}}\n", "code", GOV_E_UNKNOWN_NAME, 3},
        {"govcore_mapping: 1\ncolumns:\n  id: [x]\n", "id", GOV_E_TYPE, 3},
        {"govcore_mapping: 1\ncolumns:\n  id: {column: x, codes: [a]}\n", "codes", GOV_E_TYPE, 3},
    };
    gov_store *store = open_new();
    gov_import_options o = GOV_IMPORT_OPTIONS_INIT;
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        o.mapping = mapping(all[i].text);
        imported done = import_with(store, "person", TABLE("x", "1"), o);
        ck_assert_msg(done.status == all[i].code, "%s: %s %s", all[i].text, gov_status_name(done.status),
                      err.message);
        ck_assert_str_eq(err.name, all[i].name);
        ck_assert_int_eq(err.line, all[i].line);
        ck_assert_str_eq(err.file, o.mapping);
    }
    o.mapping = mapping("govcore_mapping: 1\ncolumns: {id: 编号}\n");
    ck_assert_int_eq(import_with(store, "person", TABLE("x", "1"), o).status, GOV_E_MISSING);
    ck_assert_str_eq(err.name, "编号");
    o.mapping = "/nowhere.yaml";
    ck_assert_int_eq(import_with(store, "person", TABLE("x", "1"), o).status, GOV_E_IO);
    gov_store_close(store);
}
END_TEST

START_TEST(each_allocation_of_a_mapped_import_may_fail)
{
    gov_store *store = open_new();
    gov_import_options o = GOV_IMPORT_OPTIONS_INIT;
    gov_import_result r = GOV_IMPORT_RESULT_INIT;
    gov_table *report = NULL, *t = TABLE("编号,居委会,性别,生日", "p1,上海新村,M,1949/12/31", "p2,,F,x");
    add_grids(store);
    o.mapping = mapping(people);
    o.dry_run = 1;
    ck_every_allocation(gov_store_import_table(store, "person", t, &o, &r, &report, &err),
                        ck_assert_ptr_null(report), gov_table_free(report);
                        report = NULL);
    gov_table_free(t);
    gov_store_close(store);
}
END_TEST

GOV_TESTS("store/mapping", columns_codes_dates_defaults_and_constants,
          a_faulty_mapping_is_refused_at_its_place, each_allocation_of_a_mapped_import_may_fail)
