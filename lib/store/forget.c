/* forget.c - erasing all that is recorded about one record.
 *
 * The content and the salt of every version go; the version's row, its digest and the chain stay. Without the salt
 * nobody can test a guess against the digest, and the chain holds as before. The pages are overwritten and the
 * write-ahead log is emptied, so that nothing is left in the file. */
#include "store/query.h"
#include "store/record.h"
#include "store/subject.h"

typedef struct forgetting {
    gov_store *store;
    gov_log *log;
    const gov_kind *of;
    const char *key;
    int64_t erased;
} forgetting;

static gov_status erase_one(forgetting *f, const gov_kind *kind, int64_t version, int ended, gov_stmt *wipe,
                            gov_error *err)
{
    int64_t seq = 0;
    GOV_TRY(gov_log_next(f->log, &seq, err));
    gov_stmt_int(wipe, 1, version);
    gov_stmt_int(wipe, 2, seq);
    GOV_TRY(gov_stmt_do(wipe, err));
    if (!ended)
        GOV_TRY(gov_log_append(f->log, kind->number, version, GOV_CHANGE_END, NULL, err));
    f->erased++;
    return gov_log_append(f->log, kind->number, version, GOV_CHANGE_ERASE, NULL, err);
}

static gov_status prepare(gov_db *db, gov_buffer *sql, gov_stmt **out, gov_error *err)
{
    gov_buffer_char(sql, '\0');
    gov_status status = sql->broken ? gov_fail_memory(err) : gov_db_prepare(db, sql->data, out, err);
    gov_buffer_clear(sql);
    return status;
}

/* The key may be personal too: the row keeps its number. */
static gov_status prepare_wipe(forgetting *f, const gov_kind *kind, gov_stmt **out, gov_error *err)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    gov_buffer_format(&sql,
                      "UPDATE main.\"" GOV_KIND_TABLE
                      "%s\" SET key = 'erased ' || version, salt = NULL, valid_from = '',"
                      " valid_to = '', ended = coalesce(ended, ?2)",
                      kind->name);
    for (int64_t i = 0; i < kind->count; i++)
        if (!kind->fields[i].is_key)
            gov_buffer_format(&sql, ", %s = NULL", kind->fields[i].column);
    gov_buffer_text(&sql, " WHERE version = ?1");
    return prepare(f->store->db, &sql, out, err);
}

static gov_status erase_box(forgetting *f, const gov_kind *kind, gov_error *err)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    if (!gov_kind_is_located(kind))
        return GOV_OK;
    gov_buffer_format(&sql,
                      "DELETE FROM main.\"" GOV_KIND_TABLE
                      "%s_box\" WHERE version IN (SELECT version FROM main.\"" GOV_KIND_TABLE
                      "%s\" WHERE salt IS NULL)",
                      kind->name, kind->name);
    gov_buffer_char(&sql, '\0');
    gov_status status = sql.broken ? gov_fail_memory(err) : gov_db_run(f->store->db, sql.data, err);
    gov_buffer_clear(&sql);
    return status;
}

/* The versions are listed before any is wiped: the wiping changes what the list is made by. */
static gov_status erase_listed(forgetting *f, const gov_kind *kind, gov_stmt *list, gov_stmt *wipe,
                               gov_error *err)
{
    int row = 0;
    int64_t count = 0, capacity = 0, *versions = NULL;
    gov_status status = GOV_OK;
    gov_stmt_text(list, 1, f->key, -1);
    while (status == GOV_OK && (status = gov_stmt_step(list, &row, err)) == GOV_OK && row) {
        status = gov_grow((void **)&versions, &capacity, count + 1, sizeof(*versions), err);
        if (status == GOV_OK)
            versions[count++] = gov_stmt_get_int(list, 0) * 2 + (gov_stmt_get_int(list, 1) != 0);
    }
    for (int64_t i = 0; i < count && status == GOV_OK; i++)
        status = erase_one(f, kind, versions[i] / 2, (int)(versions[i] % 2), wipe, err);
    gov_free(versions);
    return status;
}

static gov_status erase_kind(forgetting *f, const gov_kind *kind, gov_error *err)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    gov_stmt *list = NULL, *wipe = NULL;
    gov_buffer_format(&sql,
                      "SELECT version, ended IS NOT NULL FROM main.\"" GOV_KIND_TABLE
                      "%s\" k WHERE salt IS NOT NULL AND ",
                      kind->name);
    if (gov_subject_condition(kind, f->of, &sql) == 0) {
        gov_status made = sql.broken ? gov_fail_memory(err) : GOV_OK;
        gov_buffer_clear(&sql);
        return made;
    }
    gov_buffer_text(&sql, " ORDER BY version");
    gov_status status = prepare(f->store->db, &sql, &list, err);
    if (status == GOV_OK)
        status = prepare_wipe(f, kind, &wipe, err);
    if (status == GOV_OK)
        status = erase_listed(f, kind, list, wipe, err);
    if (status == GOV_OK)
        status = erase_box(f, kind, err);
    gov_stmt_free(list);
    gov_stmt_free(wipe);
    return status;
}

static gov_status work(forgetting *f, gov_error *err)
{
    for (int64_t i = 0; i < f->store->kinds.count; i++)
        GOV_TRY(erase_kind(f, &f->store->kinds.list[i], err));
    if (f->erased == 0)
        return gov_fail_at(err, GOV_E_REFERENCE, GOV_AT_NAME(f->of->name),
                           "nothing is recorded about this record");
    return GOV_OK;
}

gov_status gov_store_forget(gov_store *store, const char *kind, const char *key, const char *reason,
                            int64_t *erased, gov_error *err)
{
    forgetting f = {.store = store, .key = key};
    if (store == NULL || key == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store and key must be given");
    if (store->scope != NULL)
        return gov_fail(err, GOV_E_SCOPE, "only an actor who sees all grids may do this");
    GOV_TRY(gov_kinds_need(&store->kinds, kind, &f.of, err));
    GOV_TRY(gov_db_run(store->db, "PRAGMA secure_delete = ON", err));
    GOV_TRY(gov_log_begin(store, "forget", f.of->name, reason, &f.log, err));
    gov_status status = work(&f, err);
    gov_status ended = gov_log_end(f.log, status == GOV_OK, status == GOV_OK ? err : NULL);
    status = status == GOV_OK ? ended : status;
    gov_db_run(store->db, "PRAGMA secure_delete = OFF", NULL);
    if (status != GOV_OK)
        return status;
    GOV_TRY(gov_db_run(store->db, "PRAGMA wal_checkpoint(TRUNCATE)", err));
    if (erased != NULL)
        *erased = f.erased;
    return GOV_OK;
}
