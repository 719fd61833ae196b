/* record.h - putting one record of a kind into the store, with its history. */
#ifndef GOVCORE_STORE_RECORD_H
#define GOVCORE_STORE_RECORD_H

#include "store/change.h"

typedef enum gov_put {
    GOV_PUT_ADDED,
    GOV_PUT_CHANGED,
    GOV_PUT_UNCHANGED,
    GOV_PUT_DUPLICATE, /* this log has put the same key from the same day before: nothing was done */
    GOV_PUT_FIXED,     /* the kind is append-only and the record says otherwise: nothing was done */
    GOV_PUT_TAKEN      /* another record has the value of a unique field: nothing was done */
} gov_put;

typedef struct gov_records gov_records;

/* What is to be recorded. cells[i] is field i of the kind (storage type of its type, or null); given[i] is 0 where
 * what is recorded stays. Texts are borrowed for the call. */
typedef struct gov_record {
    const char *key;
    int64_t key_size;
    gov_cell *cells;
    const unsigned char *given;
    const char *from; /* NULL: corrects the latest version, or holds always if there is none */
    const char *to;   /* NULL: until the next version that is recorded */
} gov_record;

gov_status gov_records_new(gov_log *log, gov_store *store, const gov_kind *kind, gov_records **out,
                           gov_error *err);
void gov_records_free(gov_records *records);
gov_status gov_records_put(gov_records *records, const gov_record *record, gov_put *put, gov_error *err);
int64_t gov_records_taken(const gov_records *records); /* the field, after GOV_PUT_TAKEN */
/* Ends a version of now; adds one again, just as it was. */
gov_status gov_records_end(gov_records *records, int64_t version, gov_error *err);
gov_status gov_records_again(gov_records *records, int64_t version, gov_error *err);
/* Ends what a version of now says from `day` on; what it says of the days before stays. */
gov_status gov_records_cut(gov_records *records, int64_t version, const char *day, gov_error *err);
/* Whether a record of this key holds on any day, as known now. */
gov_status gov_records_known(gov_records *records, const char *key, int64_t size, int *known, gov_error *err);

/* The text of `field` in the version whose content `record` would continue; nothing if there is none. */
gov_status gov_records_base(gov_records *records, const gov_record *record, int64_t field, gov_buffer *out,
                            gov_error *err);

/* All that is known now of one record, made anew: review it, ask of each line (all fields given, from and to stated)
 * whether it is said, end what no line says, add the lines that were not said. */
gov_status gov_records_review(gov_records *records, const char *key, int64_t size, gov_error *err);
gov_status gov_records_says(gov_records *records, const gov_record *line, int *said, gov_error *err);
gov_status gov_records_end_others(gov_records *records, int *ended, gov_error *err);
/* `act` (0: the log's) is whose content the line is. */
gov_status gov_records_add(gov_records *records, const gov_record *line, int64_t act, gov_error *err);
/* Whether gov_records_put would refuse the record as GOV_PUT_TAKEN. */
gov_status gov_records_would_take(gov_records *records, const gov_record *record, int *taken, gov_error *err);
/* The fields of a version; texts are borrowed until gov_records_done. */
gov_status gov_records_cells(gov_records *records, int64_t version, gov_cell *cells, gov_error *err);
void gov_records_done(gov_records *records);

/* "SELECT version, valid_from, valid_to, salt, added, ended, key, _act, fields..." of the kind's table, to which a WHERE is
 * added; and the digest of a row so selected. */
void gov_record_select(gov_buffer *sql, const gov_kind *kind);
#define GOV_RECORD_FIELDS 8 /* the first column of the fields */
gov_status gov_record_digest(gov_sha256 *sha, const gov_kind *kind, const gov_stmt *row,
                             unsigned char out[GOV_SHA256_BYTES], gov_error *err);

#endif
