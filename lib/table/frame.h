/* frame.h - tables that the library computes: a known number of rows, columns written in place.
 *
 *     gov_frame f = GOV_FRAME_INIT(rows);
 *     double *score;  int64_t *cases;  uint8_t *known;
 *     GOV_TRY_OUT(gov_frame_pass(&f, table, id_column, err));
 *     GOV_TRY_OUT(gov_frame_doubles(&f, "score", &score, err));            NaN will be missing
 *     GOV_TRY_OUT(gov_frame_add(&f, "cases", GOV_TYPE_INT64, (void **)&cases, &known, err));
 *     ... score[i] = ...; gov_bit_clear(known, i) ...
 *     status = gov_frame_finish(&f, &result, err);
 *     out:
 *     gov_frame_clear(&f);                                                  harmless after finish
 *
 * Threads may fill one frame together if each writes its own rows and its stretches begin at multiples of 8. */
#ifndef GOVCORE_TABLE_FRAME_H
#define GOVCORE_TABLE_FRAME_H

#include "table/column.h"

typedef struct gov_frame {
    int64_t rows;
    int64_t count;
    int64_t capacity;
    gov_named_column *fields;
} gov_frame;

#define GOV_FRAME_INIT(n) \
    {                     \
        (n), 0, 0, NULL   \
    }

/* Adds a column of a type with values of one width (or BOOL, bits): *values is zeroed, to be written. *valid (the
 * argument may be NULL: no value will be missing) is a bitmap of ones; clear the bit of each missing row. */
gov_status gov_frame_add(gov_frame *frame, const char *name, gov_type type, void **values, uint8_t **valid,
                         gov_error *err);
/* The two most common: a row where NaN is left is missing; int64s without missing values. */
gov_status gov_frame_doubles(gov_frame *frame, const char *name, double **values, gov_error *err);
gov_status gov_frame_int64s(gov_frame *frame, const char *name, int64_t **values, gov_error *err);
/* Columns of types with one width that share one block of memory, so that a table that is made again and again
 * costs one allocation, which malloc can hand out again, and no zeroing. *values is not set: every value must be
 * written, and NaN stays NaN. */
typedef struct gov_frame_field {
    const char *name;
    gov_type type;
    void **values;
} gov_frame_field;
gov_status gov_frame_block(gov_frame *frame, const gov_frame_field *fields, int64_t count, gov_error *err);
/* Gives a column of the frame a validity bitmap, all present. */
gov_status gov_frame_validity(gov_frame *frame, int64_t field, uint8_t **valid, gov_error *err);
/* A text column, copied: NULL is missing; sizes may be NULL for zero-ended texts. They must be UTF-8. */
gov_status gov_frame_texts(gov_frame *frame, const char *name, const char *const *texts, const int64_t *sizes,
                           gov_error *err);
/* Row i has the text labels[codes[i]], or none if codes[i] is negative; a code beyond `labels` is
 * GOV_E_INTERNAL. */
gov_status gov_frame_labels(gov_frame *frame, const char *name, const int8_t *codes,
                            const char *const *labels, int64_t label_count, gov_error *err);
/* A column of another table under its own name or `name`, shared: the table must have the frame's rows. */
gov_status gov_frame_pass(gov_frame *frame, const gov_table *table, int64_t column, const char *name,
                          gov_error *err);
/* Row i is row rows[i] of the column, or missing if rows[i] is -1. */
gov_status gov_frame_take(gov_frame *frame, const gov_table *table, int64_t column, const char *name,
                          const int64_t *rows, gov_error *err);
/* Adds a finished column, which the frame takes (also when it fails). */
gov_status gov_frame_column(gov_frame *frame, const char *name, gov_column *column, gov_error *err);

/* Makes the table and empties the frame; on failure the frame is emptied too. */
gov_status gov_frame_finish(gov_frame *frame, gov_table **out, gov_error *err);
void gov_frame_clear(gov_frame *frame);

#endif
