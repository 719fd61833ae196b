/* change.c - the log's chain.
 *
 * hash(n) = SHA-256(hash(n-1), n, act, kind, version, op, digest), hash(0) = 32 zero bytes. The digest, and not the
 * content, is in the chain: content that must be erased leaves a chain that still holds. A salt of 16 random bytes
 * beside the content, erased with it, keeps a digest from being found by trying all names and numbers. Integers are
 * hashed as 8 bytes, low byte first, so that the chain is the same on every machine. */
#include "store/change.h"

#include <string.h>

#define SALT_POOL 256

struct gov_log {
    gov_store *store;
    const char *what, *source, *reason;
    const char *stated; /* the source, if the caller named it */
    int joined;         /* the transaction is somebody else's */
    gov_sha256 *sha;
    gov_stmt *insert;
    int64_t act; /* 0: not written yet */
    int64_t first, last;
    unsigned char hash[GOV_SHA256_BYTES];
    unsigned char salts[SALT_POOL][GOV_SALT_BYTES];
    int salts_left;
};

static void put_int(unsigned char bytes[8], int64_t value)
{
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)value >> (8 * i));
}

void gov_sha256_int(gov_sha256 *sha, int64_t value)
{
    unsigned char bytes[8];
    put_int(bytes, value);
    gov_sha256_add(sha, bytes, 8);
}

void gov_sha256_cell(gov_sha256 *sha, const gov_cell *cell)
{
    unsigned char head[16];
    int64_t bits = cell->integer;
    int has_bytes = cell->type == GOV_CELL_TEXT || cell->type == GOV_CELL_BLOB;
    if (cell->type == GOV_CELL_REAL)
        memcpy(&bits, &cell->real, sizeof(bits));
    put_int(head, (int64_t)cell->type);
    put_int(head + 8, has_bytes ? cell->size : bits);
    gov_sha256_add(sha, head, 16);
    if (has_bytes)
        gov_sha256_add(sha, cell->text, cell->size);
}

gov_status gov_change_hash(gov_sha256 *sha, const unsigned char *before, int64_t seq, int64_t act,
                           int64_t kind, int64_t version, gov_change_op op, const unsigned char *digest,
                           unsigned char out[GOV_SHA256_BYTES], gov_error *err)
{
    gov_sha256_add(sha, before, GOV_SHA256_BYTES);
    gov_sha256_int(sha, seq);
    gov_sha256_int(sha, act);
    gov_sha256_int(sha, kind);
    gov_sha256_int(sha, version);
    gov_sha256_int(sha, (int64_t)op);
    if (digest != NULL)
        gov_sha256_add(sha, digest, GOV_SHA256_BYTES);
    return gov_sha256_finish(sha, out, err);
}

gov_status gov_act_digest(gov_sha256 *sha, const gov_stmt *stmt, unsigned char out[GOV_SHA256_BYTES],
                          gov_error *err)
{
    gov_cell cell;
    for (int i = 0; i < 5; i++) {
        gov_stmt_get(stmt, i, &cell);
        gov_sha256_cell(sha, &cell);
    }
    return gov_sha256_finish(sha, out, err);
}

gov_status gov_field_digest(gov_sha256 *sha, const gov_stmt *row, unsigned char out[GOV_SHA256_BYTES],
                            gov_error *err)
{
    gov_cell cell;
    for (int i = 0; i < gov_stmt_columns(row); i++) {
        gov_stmt_get(row, i, &cell);
        gov_sha256_cell(sha, &cell);
    }
    return gov_sha256_finish(sha, out, err);
}

static gov_status read_head(gov_log *log, gov_error *err)
{
    gov_stmt *stmt = NULL;
    gov_cell hash;
    int row = 0;
    GOV_TRY(gov_db_prepare(log->store->db, "SELECT seq, hash FROM main.change ORDER BY seq DESC LIMIT 1",
                           &stmt, err));
    gov_status status = gov_stmt_step(stmt, &row, err);
    if (status == GOV_OK && row) {
        gov_stmt_get(stmt, 1, &hash);
        log->last = gov_stmt_get_int(stmt, 0);
        if (hash.size == GOV_SHA256_BYTES)
            memcpy(log->hash, hash.text, GOV_SHA256_BYTES);
        else
            status = gov_fail_at(err, GOV_E_CORRUPT, GOV_AT_ROW(log->last, "change"),
                                 "the log's last row has no hash");
    }
    gov_stmt_free(stmt);
    return status;
}

static void log_free(gov_log *log)
{
    gov_stmt_free(log->insert);
    gov_sha256_free(log->sha);
    gov_free(log);
}

gov_status gov_log_begin(gov_store *store, const char *what, const char *source, const char *reason,
                         gov_log **out, gov_error *err)
{
    GOV_TRY(gov_store_may_write(store, err));
    gov_log *log = gov_alloc_zero(1, sizeof(*log));
    if (log == NULL)
        return gov_fail_memory(err);
    gov_status status;
    log->store = store;
    log->what = what;
    log->source = source;
    log->reason = reason;
    log->first = INT64_MAX;
    GOV_TRY_OUT(gov_sha256_new(&log->sha, err));
    log->joined = gov_db_in_transaction(store->db);
    if (!log->joined)
        GOV_TRY_OUT(gov_db_run(store->db, "BEGIN IMMEDIATE", err));
    GOV_TRY_OUT(gov_db_run(store->db,
                           "CREATE TEMP TABLE IF NOT EXISTS seen (kind INTEGER, key TEXT, day TEXT,"
                           " PRIMARY KEY (kind, key, day)) WITHOUT ROWID; DELETE FROM temp.seen",
                           err));
    GOV_TRY_OUT(read_head(log, err));
    GOV_TRY_OUT(gov_db_prepare(store->db, "INSERT INTO main.change VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                               &log->insert, err));
    *out = log;
    return GOV_OK;
out:
    if (!log->joined)
        gov_db_run(store->db, "ROLLBACK", NULL);
    log_free(log);
    return status;
}

gov_status gov_log_end(gov_log *log, int commit, gov_error *err)
{
    gov_store *store = log->store;
    int written = log->act != 0, joined = log->joined;
    log_free(log);
    gov_status status = commit && !joined ? gov_db_run(store->db, "COMMIT", err) : GOV_OK;
    if (!joined && (!commit || status != GOV_OK))
        gov_db_run(store->db, "ROLLBACK", NULL);
    if (written)
        store->views.day[0] = '\0';
    return status;
}

/* The clock may be set back; the log's time may not. */
static gov_status insert_act(gov_log *log, gov_error *err)
{
    char now[33];
    gov_stmt *stmt = NULL;
    gov_store_clock(now);
    GOV_TRY(gov_db_prepare(log->store->db,
                           "INSERT INTO main.act (at, actor, what, source, reason)"
                           " VALUES (max(?1, coalesce((SELECT max(at) FROM main.act), '')), ?2, ?3, ?4, ?5)",
                           &stmt, err));
    gov_stmt_text(stmt, 1, now, -1);
    gov_stmt_text(stmt, 2, log->store->actor, -1);
    gov_stmt_text(stmt, 3, log->what, -1);
    gov_stmt_text(stmt, 4, log->source, -1);
    gov_stmt_text(stmt, 5, log->reason, -1);
    gov_status status = gov_stmt_do(stmt, err);
    gov_stmt_free(stmt);
    return status;
}

static gov_status digest_act(gov_log *log, unsigned char digest[GOV_SHA256_BYTES], gov_error *err)
{
    gov_stmt *stmt = NULL;
    int row = 0;
    GOV_TRY(gov_db_prepare(log->store->db,
                           "SELECT at, actor, what, source, reason FROM main.act WHERE id = ?1", &stmt, err));
    gov_stmt_int(stmt, 1, log->act);
    gov_status status = gov_stmt_step(stmt, &row, err);
    if (status == GOV_OK)
        status = gov_act_digest(log->sha, stmt, digest, err);
    gov_stmt_free(stmt);
    return status;
}

static gov_status write_act(gov_log *log, gov_error *err)
{
    unsigned char digest[GOV_SHA256_BYTES];
    GOV_TRY(insert_act(log, err));
    log->act = gov_db_last_row(log->store->db);
    log->first = log->last + 1;
    GOV_TRY(digest_act(log, digest, err));
    return gov_log_append(log, GOV_LOG_ACT, log->act, GOV_CHANGE_ADD, digest, err);
}

gov_status gov_log_next(gov_log *log, int64_t *seq, gov_error *err)
{
    if (log->act == 0)
        GOV_TRY(write_act(log, err));
    *seq = log->last + 1;
    return GOV_OK;
}

gov_status gov_log_append(gov_log *log, int64_t kind, int64_t version, gov_change_op op,
                          const unsigned char *digest, gov_error *err)
{
    int64_t seq = log->last + 1;
    GOV_TRY(gov_change_hash(log->sha, log->hash, seq, log->act, kind, version, op, digest, log->hash, err));
    gov_stmt_int(log->insert, 1, seq);
    gov_stmt_int(log->insert, 2, log->act);
    gov_stmt_int(log->insert, 3, kind);
    gov_stmt_int(log->insert, 4, version);
    gov_stmt_int(log->insert, 5, (int64_t)op);
    gov_stmt_blob(log->insert, 6, digest, digest != NULL ? GOV_SHA256_BYTES : 0);
    gov_stmt_blob(log->insert, 7, log->hash, GOV_SHA256_BYTES);
    GOV_TRY(gov_stmt_do(log->insert, err));
    log->last = seq;
    return GOV_OK;
}

gov_status gov_log_field(gov_log *log, int64_t number, gov_error *err)
{
    unsigned char digest[GOV_SHA256_BYTES];
    gov_stmt *stmt = NULL;
    int64_t seq = 0;
    int row = 0;
    GOV_TRY(gov_log_next(log, &seq, err));
    GOV_TRY(gov_db_prepare(log->store->db, "SELECT " GOV_FIELD_COLUMNS " FROM main.field WHERE number = ?1",
                           &stmt, err));
    gov_stmt_int(stmt, 1, number);
    gov_status status = gov_stmt_step(stmt, &row, err);
    if (status == GOV_OK)
        status = gov_field_digest(log->sha, stmt, digest, err);
    gov_stmt_free(stmt);
    return status == GOV_OK ? gov_log_append(log, GOV_LOG_FIELD, number, GOV_CHANGE_ADD, digest, err)
                            : status;
}

int64_t gov_log_first(const gov_log *log)
{
    return log->first;
}

int64_t gov_log_act(const gov_log *log)
{
    return log->act;
}

gov_status gov_log_salt(gov_log *log, unsigned char salt[GOV_SALT_BYTES], gov_error *err)
{
    if (log->salts_left == 0) {
        GOV_TRY(gov_random_bytes(log->salts, (int64_t)sizeof(log->salts), err));
        log->salts_left = SALT_POOL;
    }
    memcpy(salt, log->salts[--log->salts_left], GOV_SALT_BYTES);
    return GOV_OK;
}

gov_sha256 *gov_log_sha(gov_log *log)
{
    return log->sha;
}

gov_db *gov_log_db(const gov_log *log)
{
    return log->store->db;
}

void gov_log_state_source(gov_log *log, const char *source)
{
    log->stated = source;
}

const char *gov_log_stated_source(const gov_log *log)
{
    return log->stated;
}
