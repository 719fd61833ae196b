/* batches.h - a source that reads a file record by record and gives batches of text and number columns, so that memory
 * does not grow with the file.
 *
 * A batch ends before a record that cannot be read; that record is told to the importer when the next batch is asked
 * for, so that the report is in the order of the file. */
#ifndef GOVCORE_STORE_BATCHES_H
#define GOVCORE_STORE_BATCHES_H

#include "store/import.h"

#define GOV_BATCH_ROWS 4096

typedef struct gov_batches gov_batches;
struct gov_batches {
    gov_source base;
    const char *path;
    /* Adds at most one row to the builder by gov_batches_row, or notes why it cannot; *more is 0 where the file ends.
     */
    gov_status (*read)(gov_batches *batches, int *more, gov_error *err);
    gov_table_builder *builder;
    gov_table *header, *batch;
    int64_t lines[GOV_BATCH_ROWS];
    int64_t rows;         /* in the batch */
    gov_cell_fault fault; /* of a record to be told; code GOV_OK: none */
    int64_t fault_line;
};

/* Sets `base`, `path` and `read` and makes the builder; the header is made by the caller from the builder. */
gov_status gov_batches_init(gov_batches *batches, const char *path,
                            gov_status (*read)(gov_batches *batches, int *more, gov_error *err),
                            gov_status (*rewind)(gov_source *source, gov_error *err), gov_error *err);
void gov_batches_clear(gov_batches *batches);

/* Counts a row that was added. */
void gov_batches_row(gov_batches *batches, int64_t line);
/* Notes a record that is not a row; the caller writes the sentences (fault.sentence[0] Chinese, [1] English). */
void gov_batches_refuse(gov_batches *batches, gov_status code, int64_t line);
/* Whether an importer can go on after what a reader said of a record; then it is noted with the reader's place and the
 * two sentences. */
int gov_batches_can_go_on(gov_status status);
void gov_batches_refuse_for(gov_batches *batches, gov_status code, const gov_error *why, const char *zh,
                            const char *en);

#endif
