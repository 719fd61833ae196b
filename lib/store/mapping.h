/* mapping.h - how the columns of somebody's file become the fields of a kind: a YAML file.
 *
 *     govcore_mapping: 1
 *     kind: person
 *     source: 民政局低保系统        # provenance, unless the options name one
 *     rank: 2                     # of this source for this kind, where sources disagree
 *     datum: gcj02                # of lon, lat and boundary (cgcs2000, wgs84, gcj02), unless the options state one
 *     columns:
 *       id: 人员编号                # the file's column
 *       sex: {column: 性别, codes: {男: 1, 女: 2}, missing: [不详, "-"]}
 *       birth_date: {column: 出生年月日, date: "%Y/%m/%d"}
 *       grid: {column: 居委会, codes: {上海新村: 310104003001}, default: "310104003"}
 *       household_no: {value: H-0}  # the same for every row
 *       phone: {column: 电话, rank: 1}  # of this source for this field
 *     ignore: [序号, 备注]          # columns of the file that are left out
 *
 * A column that is neither named nor ignored goes by its own name. Cells are trimmed; then `missing` (texts that mean
 * nothing is known), `codes`, `date` and, where nothing is there, `default` are applied in this order. A text that
 * `codes` does not know and one that is not of the date's form stay as they are, for the importer to judge. */
#ifndef GOVCORE_STORE_MAPPING_H
#define GOVCORE_STORE_MAPPING_H

#include "base/yaml.h"
#include "store/import.h"

typedef struct gov_mapped {
    const char *field, *column; /* column NULL: a constant */
    const char *fallback;       /* default or value; NULL: none */
    const char *date;           /* NULL: no date */
    int64_t rank;               /* of the source for this field; 0: not stated */
    const gov_yaml_node *codes, *missing;
} gov_mapped;

struct gov_mapping {
    gov_arena arena;
    const char *source, *datum; /* NULL: not named */
    int64_t rank;               /* of the source for this kind; 0: not stated */
    gov_mapped *list;
    int64_t count;
    const gov_yaml_node *ignore;
};

/* Reads and checks a file. Errors with file, line and column: those of gov_yaml_parse, GOV_E_UNKNOWN_NAME (a key, a field
 * that the kind does not have), GOV_E_VERSION, GOV_E_CONFLICT (made for another kind), GOV_E_MISSING, GOV_E_FORMAT. */
gov_status gov_mapping_read(const char *path, const gov_kind *kind, gov_mapping *out, gov_error *err);
void gov_mapping_clear(gov_mapping *mapping);

/* A source that gives `inner` with its columns mapped. It must be closed before inner. */
gov_status gov_mapped_source_new(gov_source *inner, const gov_mapping *mapping, gov_source **out,
                                 gov_error *err);
void gov_mapped_source_free(gov_source *source);

#endif
