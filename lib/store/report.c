/* report.c - one row a wrong cell. */
#include "store/import.h"

#include <string.h>

gov_status gov_report_begin(gov_report *report, int wanted, gov_error *err)
{
    static const struct {
        const char *name;
        gov_type type;
    } columns[] = {{"line", GOV_TYPE_INT64},    {"row", GOV_TYPE_INT64},      {"column", GOV_TYPE_UTF8},
                   {"code", GOV_TYPE_UTF8},     {"reason_zh", GOV_TYPE_UTF8}, {"reason_en", GOV_TYPE_UTF8},
                   {"expected", GOV_TYPE_UTF8}, {"value", GOV_TYPE_UTF8},     {"source", GOV_TYPE_UTF8},
                   {"noted", GOV_TYPE_BOOL}};
    GOV_TRY(gov_digest_new(&report->digest, err));
    if (!wanted)
        return GOV_OK;
    GOV_TRY(gov_table_builder_new(&report->builder, err));
    for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
        GOV_TRY(gov_table_builder_add(report->builder, columns[i].name, columns[i].type, NULL, err));
    return GOV_OK;
}

void gov_report_free(gov_report *report)
{
    gov_table_builder_free(report->builder);
    gov_digest_free(report->digest);
}

static gov_status text_or_null(gov_table_builder *builder, int64_t column, const char *text, gov_error *err)
{
    return text != NULL ? gov_table_builder_text(builder, column, text, -1, err)
                        : gov_table_builder_null(builder, column, err);
}

gov_status gov_report_add(gov_report *report, int64_t line, int64_t row, const char *column,
                          const gov_cell_fault *fault, const char *value, const char *source, int noted,
                          gov_error *err)
{
    gov_table_builder *b = report->builder;
    int64_t place[2] = {line, row};
    report->issues++;
    gov_digest_add(report->digest, place, (int64_t)sizeof(place));
    gov_digest_add_text(report->digest, column != NULL ? column : "", -1);
    gov_digest_add_text(report->digest, gov_status_name(fault->code), -1);
    gov_digest_add_text(report->digest, fault->en, -1);
    gov_digest_add_text(report->digest, fault->expected, -1);
    gov_digest_add_text(report->digest, source != NULL ? source : "", -1);
    if (b == NULL)
        return GOV_OK;
    GOV_TRY(line > 0 ? gov_table_builder_int64(b, 0, line, err) : gov_table_builder_null(b, 0, err));
    GOV_TRY(gov_table_builder_int64(b, 1, row, err));
    GOV_TRY(text_or_null(b, 2, column, err));
    GOV_TRY(text_or_null(b, 3, gov_status_name(fault->code), err));
    GOV_TRY(text_or_null(b, 4, fault->zh, err));
    GOV_TRY(text_or_null(b, 5, fault->en, err));
    GOV_TRY(text_or_null(b, 6, fault->expected[0] != '\0' ? fault->expected : NULL, err));
    GOV_TRY(text_or_null(b, 7, value, err));
    GOV_TRY(text_or_null(b, 8, source, err));
    return gov_table_builder_bool(b, 9, noted, err);
}
