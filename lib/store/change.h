/* change.h - writing: a transaction, its act, and the log's chain of hashes.
 *
 * The act's row is written with the first change, so that a call that changes nothing leaves nothing behind. */
#ifndef GOVCORE_STORE_CHANGE_H
#define GOVCORE_STORE_CHANGE_H

#include "base/sha256.h"
#include "store/store.h"

typedef enum gov_change_op { GOV_CHANGE_ADD = 1, GOV_CHANGE_END = 2, GOV_CHANGE_ERASE = 3 } gov_change_op;

#define GOV_SALT_BYTES 16
#define GOV_LOG_ACT 0      /* the kind of a row of the log that speaks of the act itself, */
#define GOV_LOG_FIELD (-1) /* of a field that was added */

/* Begins the transaction, or joins the one that is open, which its owner ends. `what`, `source` and `reason` are
 * borrowed until the end; source and reason may be NULL. */
gov_status gov_log_begin(gov_store *store, const char *what, const char *source, const char *reason,
                         gov_log **out, gov_error *err);
/* Commits, or (commit 0) rolls back; frees the log in both cases. After a failed commit all is rolled back. */
gov_status gov_log_end(gov_log *log, int commit, gov_error *err);
/* The number that the next change will have; writes the act first if that has not happened. */
gov_status gov_log_next(gov_log *log, int64_t *seq, gov_error *err);
/* Appends; digest is NULL unless op is ADD. */
gov_status gov_log_append(gov_log *log, int64_t kind, int64_t version, gov_change_op op,
                          const unsigned char *digest, gov_error *err);
/* The first change of this log, or INT64_MAX if there is none yet. */
int64_t gov_log_first(const gov_log *log);
int64_t gov_log_act(const gov_log *log); /* 0: none written */
/* The source that the caller stated, borrowed; NULL: none (then the act's source is only where the rows came from). */
void gov_log_state_source(gov_log *log, const char *source);
const char *gov_log_stated_source(const gov_log *log);
gov_status gov_log_salt(gov_log *log, unsigned char salt[GOV_SALT_BYTES], gov_error *err);
gov_sha256 *gov_log_sha(gov_log *log);
gov_db *gov_log_db(const gov_log *log);

/* What the chain is made of, for writing and for verifying. */
gov_status gov_change_hash(gov_sha256 *sha, const unsigned char *before, int64_t seq, int64_t act,
                           int64_t kind, int64_t version, gov_change_op op, const unsigned char *digest,
                           unsigned char out[GOV_SHA256_BYTES], gov_error *err);
/* The columns at, actor, what, source, reason of the statement's row. */
gov_status gov_act_digest(gov_sha256 *sha, const gov_stmt *stmt, unsigned char out[GOV_SHA256_BYTES],
                          gov_error *err);
/* All columns of a field's descriptor, as GOV_FIELD_COLUMNS selects them; the first is its number. */
#define GOV_FIELD_COLUMNS                                                                                   \
    "number, kind, name, type, unit, code_set, class, required, refers, scheme, form, low, high, label_zh," \
    " label_en"
gov_status gov_field_digest(gov_sha256 *sha, const gov_stmt *row, unsigned char out[GOV_SHA256_BYTES],
                            gov_error *err);
/* Appends the field of this number to the log. */
gov_status gov_log_field(gov_log *log, int64_t number, gov_error *err);
/* Adds a cell with its type and length. */
void gov_sha256_cell(gov_sha256 *sha, const gov_cell *cell);
void gov_sha256_int(gov_sha256 *sha, int64_t value);

#endif
