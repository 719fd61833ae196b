/* import.h - the importer's parts. */
#ifndef GOVCORE_STORE_IMPORT_H
#define GOVCORE_STORE_IMPORT_H

#include "base/digest.h"
#include "store/cell.h"
#include "store/record.h"

typedef struct gov_mapping gov_mapping;

/* Where rows come from, batch by batch; the same rows again after rewind. A batch of 0 rows is the end. */
typedef struct gov_source gov_source;
struct gov_source {
    /* The header: a table of no or any rows whose columns are those of every batch. Borrowed. */
    const gov_table *header;
    int64_t header_line; /* of the text that the header was read from; 0: none */
    const char *name;    /* for provenance and messages */
    gov_status (*next)(gov_source *source, const gov_table **batch,
                       gov_error *err); /* borrowed until the next */
    gov_status (*rewind)(gov_source *source, gov_error *err);
    int64_t (*line)(const gov_source *source, int64_t row_of_batch); /* 0: the source has no lines */
    /* Told of a record that cannot be read as a row, between batches; set by the importer. */
    gov_status (*unreadable)(void *importer, int64_t line, const gov_cell_fault *fault, gov_error *err);
    void *importer;
    int64_t total;              /* rows, or -1 */
    int stated;                 /* the name is a source that somebody stated, and not that of a file */
    const gov_mapping *mapping; /* ranks of the source; NULL: none */
    const char
        *crs; /* the coordinate system that the source names; NULL: none, "": one that cannot be read */
};

typedef struct gov_report {
    gov_table_builder *builder; /* NULL: nobody asked */
    gov_digest *digest;
    int64_t issues;
} gov_report;

/* Report columns are made by begin; a row adds to the digest too. `value` NULL: missing; `source`: the
 * other one, of a conflict; `noted`: the row goes in all the same. */
gov_status gov_report_begin(gov_report *report, int wanted, gov_error *err);
gov_status gov_report_add(gov_report *report, int64_t line, int64_t row, const char *column,
                          const gov_cell_fault *fault, const char *value, const char *source, int noted,
                          gov_error *err);
void gov_report_free(gov_report *report);

gov_status gov_import_run(gov_store *store, const char *kind, gov_source *source,
                          const gov_import_options *options, gov_import_result *result, gov_table **report,
                          gov_error *err);
gov_status gov_import_check(gov_store *store, const gov_import_options *options, gov_import_options *out,
                            const gov_import_result *result, gov_error *err);

#endif
