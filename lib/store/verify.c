/* verify.c - walking the whole chain.
 *
 * Row by row: the numbers have no gap, the hash follows from the row before, the digest follows from the content that
 * the row speaks of, and that content carries the row's number. Then the other way: content that no row of the log
 * speaks of was put there behind its back. The fields' descriptors come first, because what follows is read by them. Time O(n log n) by look-ups of the versions, memory O(1). */
#include "base/run.h"
#include "base/struct.h"
#include "store/record.h"

#include <string.h>

typedef struct walk {
    gov_store *store;
    gov_sha256 *sha;
    gov_stmt *log, *act, **loads; /* one load a kind */
    gov_stmt *other;              /* a later change of the same version */
    unsigned char hash[GOV_SHA256_BYTES];
    int64_t acts; /* met in the log */
    gov_verify_result result;
} walk;

typedef struct link {
    int64_t seq, act, kind, version;
    gov_change_op op;
    gov_cell digest, hash;
} link;

static gov_status altered(gov_error *err, int64_t row, const char *name, const char *what)
{
    return gov_fail_at(err, GOV_E_CORRUPT, GOV_AT_ROW(row, name), "%s", what);
}

static gov_status altered_version(const gov_kind *kind, const gov_stmt *row, int64_t version,
                                  const char *what, gov_error *err)
{
    gov_buffer name = GOV_BUFFER_INIT;
    const char *key = gov_stmt_get_text(row, 6);
    gov_buffer_format(&name, "%s %s", kind->name, key != NULL ? key : "");
    gov_buffer_char(&name, '\0');
    gov_status status = altered(err, version, name.broken ? kind->name : name.data, what);
    gov_buffer_clear(&name);
    return status;
}

static gov_status check_digest(const unsigned char *found, const link *l, int *same)
{
    *same = l->digest.type == GOV_CELL_BLOB && l->digest.size == GOV_SHA256_BYTES &&
            memcmp(found, l->digest.text, GOV_SHA256_BYTES) == 0;
    return GOV_OK;
}

static gov_status check_act(walk *w, const link *l, gov_error *err)
{
    unsigned char found[GOV_SHA256_BYTES];
    int row = 0, same = 0;
    gov_stmt_int(w->act, 1, l->version);
    gov_status status = gov_stmt_step(w->act, &row, err);
    if (status == GOV_OK)
        status = gov_act_digest(w->sha, w->act, found, err);
    gov_stmt_reset(w->act);
    GOV_TRY(status);
    GOV_TRY(check_digest(found, l, &same));
    w->acts++;
    return row && same ? GOV_OK : altered(err, l->version, "act", "the act is not what the log says");
}

/* Whether the log has a row (op) of the version after `seq`; its number in *found, or 0. */
static gov_status find_other(walk *w, const link *l, gov_change_op op, int64_t *found, gov_error *err)
{
    int row = 0;
    gov_stmt_int(w->other, 1, l->kind);
    gov_stmt_int(w->other, 2, l->version);
    gov_stmt_int(w->other, 3, (int64_t)op);
    gov_status status = gov_stmt_step(w->other, &row, err);
    *found = status == GOV_OK && row ? gov_stmt_get_int(w->other, 0) : 0;
    gov_stmt_reset(w->other);
    return status;
}

static gov_status check_content(walk *w, const gov_kind *kind, const gov_stmt *load, const link *l,
                                gov_error *err)
{
    unsigned char found[GOV_SHA256_BYTES];
    gov_cell salt;
    int same = 0;
    int64_t erased = 0;
    gov_stmt_get(load, 3, &salt);
    if (salt.type == GOV_CELL_NULL) {
        GOV_TRY(find_other(w, l, GOV_CHANGE_ERASE, &erased, err));
        w->result.erased++;
        return erased ? GOV_OK
                      : altered_version(kind, load, l->version,
                                        "the version was erased without a row in the log", err);
    }
    GOV_TRY(gov_record_digest(w->sha, kind, load, found, err));
    GOV_TRY(check_digest(found, l, &same));
    w->result.versions++;
    return same ? GOV_OK
                : altered_version(kind, load, l->version, "the version's content is not what the log says",
                                  err);
}

/* A version that is ended must be ended by a row of the log, and the other way round. */
static gov_status check_end(walk *w, const gov_kind *kind, const gov_stmt *load, const link *l,
                            gov_error *err)
{
    gov_cell ended;
    int64_t seq = 0;
    gov_stmt_get(load, 5, &ended);
    if (ended.type == GOV_CELL_NULL && l->op == GOV_CHANGE_ADD)
        return GOV_OK;
    if (l->op == GOV_CHANGE_END)
        seq = l->seq;
    else
        GOV_TRY(find_other(w, l, GOV_CHANGE_END, &seq, err));
    if (ended.type != GOV_CELL_INT || ended.integer != seq)
        return altered_version(kind, load, l->version, "the version's end is not what the log says", err);
    return GOV_OK;
}

static gov_status check_version(walk *w, const link *l, gov_error *err)
{
    const gov_kind *kind = NULL;
    int64_t i = 0;
    for (; i < w->store->kinds.count && kind == NULL; i++)
        if (w->store->kinds.list[i].number == l->kind)
            kind = &w->store->kinds.list[i];
    if (kind == NULL)
        return altered(err, l->seq, "change", "the log speaks of a kind that the store does not have");
    gov_stmt *load = w->loads[i - 1];
    int row = 0;
    gov_stmt_int(load, 1, l->version);
    gov_status status = gov_stmt_step(load, &row, err);
    if (status == GOV_OK && !row)
        status = altered(err, l->version, kind->name, "a version that the log speaks of is gone");
    if (status == GOV_OK && l->op == GOV_CHANGE_ADD && gov_stmt_get_int(load, 4) != l->seq)
        status =
            altered_version(kind, load, l->version, "the version is not the one that the log added", err);
    if (status == GOV_OK && l->op == GOV_CHANGE_ADD)
        status = check_content(w, kind, load, l, err);
    if (status == GOV_OK && l->op != GOV_CHANGE_ERASE)
        status = check_end(w, kind, load, l, err);
    gov_stmt_reset(load);
    return status;
}

static gov_status check_link(walk *w, gov_error *err)
{
    link l = {.seq = gov_stmt_get_int(w->log, 0),
              .act = gov_stmt_get_int(w->log, 1),
              .kind = gov_stmt_get_int(w->log, 2),
              .version = gov_stmt_get_int(w->log, 3),
              .op = (gov_change_op)gov_stmt_get_int(w->log, 4)};
    gov_stmt_get(w->log, 5, &l.digest);
    gov_stmt_get(w->log, 6, &l.hash);
    if (l.seq != w->result.changes + 1)
        return altered(err, w->result.changes + 1, "change", "a row of the log is gone");
    int has_digest = l.digest.type == GOV_CELL_BLOB && l.digest.size == GOV_SHA256_BYTES;
    if (has_digest != (l.op == GOV_CHANGE_ADD))
        return altered(err, l.seq, "change", "the row of the log has no digest, or one too many");
    GOV_TRY(gov_change_hash(w->sha, w->hash, l.seq, l.act, l.kind, l.version, l.op,
                            has_digest ? (const unsigned char *)l.digest.text : NULL, w->hash, err));
    if (l.hash.size != GOV_SHA256_BYTES || memcmp(l.hash.text, w->hash, GOV_SHA256_BYTES) != 0)
        return altered(err, l.seq, "change", "the row of the log was altered");
    w->result.changes++;
    if (l.kind == GOV_LOG_FIELD)
        return GOV_OK; /* gov_fields_verify has compared it */
    return l.kind == GOV_LOG_ACT ? check_act(w, &l, err) : check_version(w, &l, err);
}

/* Versions and acts that the log does not speak of. */
static gov_status check_acts(walk *w, gov_error *err)
{
    int64_t acts = 0;
    GOV_TRY(gov_db_integer(w->store->db, "SELECT count(*) FROM main.act", 0, &acts, err));
    return acts == w->acts ? GOV_OK : altered(err, acts, "act", "an act is not in the log");
}

static gov_status check_strays(walk *w, const gov_kind *kind, gov_error *err)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    int64_t stray = 0;
    gov_buffer_format(
        &sql,
        "SELECT version FROM main.\"" GOV_KIND_TABLE "%s\" t WHERE NOT EXISTS (SELECT 1 FROM main.change c"
        " WHERE c.seq = t.added AND c.kind = %lld AND c.op = 1 AND c.version = t.version) LIMIT 1",
        kind->name, (long long)kind->number);
    gov_buffer_char(&sql, '\0');
    gov_status status =
        sql.broken ? gov_fail_memory(err) : gov_db_integer(w->store->db, sql.data, 0, &stray, err);
    gov_buffer_clear(&sql);
    GOV_TRY(status);
    return stray == 0 ? GOV_OK : altered(err, stray, kind->name, "the row is not in the log");
}

static gov_status prepare(walk *w, gov_error *err)
{
    gov_db *db = w->store->db;
    GOV_TRY(gov_sha256_new(&w->sha, err));
    GOV_TRY(gov_db_prepare(
        db, "SELECT seq, act, kind, version, op, digest, hash FROM main.change ORDER BY seq", &w->log, err));
    GOV_TRY(gov_db_prepare(db, "SELECT at, actor, what, source, reason FROM main.act WHERE id = ?1", &w->act,
                           err));
    GOV_TRY(gov_db_prepare(
        db, "SELECT seq FROM main.change WHERE kind = ?1 AND version = ?2 AND op > 1 AND op = ?3", &w->other,
        err));
    w->loads = gov_alloc_zero(w->store->kinds.count + 1, sizeof(*w->loads));
    if (w->loads == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < w->store->kinds.count; i++) {
        gov_buffer sql = GOV_BUFFER_INIT;
        gov_record_select(&sql, &w->store->kinds.list[i]);
        gov_buffer_text(&sql, " WHERE version = ?1");
        gov_buffer_char(&sql, '\0');
        gov_status status =
            sql.broken ? gov_fail_memory(err) : gov_db_prepare(db, sql.data, &w->loads[i], err);
        gov_buffer_clear(&sql);
        GOV_TRY(status);
    }
    return GOV_OK;
}

static gov_status walk_all(walk *w, gov_run *run, gov_error *err)
{
    int64_t total = 0;
    int row = 1;
    GOV_TRY(gov_db_integer(w->store->db, "SELECT max(seq) FROM main.change", 0, &total, err));
    while (row) {
        if (w->result.changes % 4096 == 0)
            GOV_TRY(gov_run_poll(run, w->result.changes, total, err));
        GOV_TRY(gov_stmt_step(w->log, &row, err));
        if (row)
            GOV_TRY(check_link(w, err));
    }
    GOV_TRY(check_acts(w, err));
    for (int64_t i = 0; i < w->store->kinds.count; i++)
        GOV_TRY(check_strays(w, &w->store->kinds.list[i], err));
    return gov_run_poll(run, total, total, err);
}

static void finish(walk *w)
{
    gov_stmt_free(w->log);
    gov_stmt_free(w->act);
    gov_stmt_free(w->other);
    for (int64_t i = 0; w->loads != NULL && i < w->store->kinds.count; i++)
        gov_stmt_free(w->loads[i]);
    gov_free(w->loads);
    gov_sha256_free(w->sha);
    gov_db_run(w->store->db, "COMMIT", NULL);
}

gov_status gov_store_verify(gov_store *store, gov_run *run, gov_verify_result *result, gov_error *err)
{
    if (store == NULL || result == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store and result must be given");
    GOV_TRY(gov_struct_check(result, err));
    walk w = {.store = store, .result = GOV_VERIFY_RESULT_INIT};
    gov_status status = gov_db_run(store->db, "BEGIN", err);
    if (status == GOV_OK)
        status = gov_fields_verify(store, err);
    if (status == GOV_OK)
        status = prepare(&w, err);
    if (status == GOV_OK)
        status = walk_all(&w, run, err);
    finish(&w);
    if (status != GOV_OK)
        return status;
    gov_sha256_hex(w.hash, w.result.head);
    gov_struct_fill(result, &w.result, sizeof(w.result));
    return GOV_OK;
}
