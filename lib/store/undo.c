/* undo.c - the acts, and taking one back.
 *
 * The log is walked backwards: a version that the act added is ended, one that it ended is added again. What the act
 * both added and ended cancels out. */
#include "store/query.h"
#include "store/record.h"

#include <stdio.h>

typedef struct undo {
    gov_store *store;
    gov_log *log;
    gov_records **records; /* one a kind, made when needed */
    int64_t act, first, last;
} undo;

static gov_status see_all(const gov_store *store, gov_error *err)
{
    if (store->scope != NULL)
        return gov_fail(err, GOV_E_SCOPE, "only an actor who sees all grids may do this");
    return GOV_OK;
}

gov_status gov_store_acts(gov_store *store, gov_table **out, gov_error *err)
{
    static const gov_type types[] = {GOV_TYPE_INT64, GOV_TYPE_TIMESTAMP, GOV_TYPE_UTF8, GOV_TYPE_UTF8,
                                     GOV_TYPE_UTF8,  GOV_TYPE_UTF8,      GOV_TYPE_INT64};
    gov_stmt *stmt = NULL;
    gov_shape shape;
    if (store == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store and out must be given");
    GOV_TRY(see_all(store, err));
    GOV_TRY(gov_db_prepare(
        store->db,
        "SELECT a.id AS act, a.at, a.actor, a.what, a.source, a.reason, coalesce(c.n, 0) AS changes"
        " FROM main.act a LEFT JOIN (SELECT act, count(*) - 1 AS n FROM main.change GROUP BY act) c"
        " ON c.act = a.id ORDER BY a.id",
        &stmt, err));
    gov_status status = gov_shape_new(7, &shape, err);
    if (status == GOV_OK) {
        for (int i = 0; i < 7; i++)
            shape.types[i] = types[i];
        status = gov_shape_all(&shape, stmt, NULL, out, err);
        gov_shape_free(&shape);
    }
    gov_stmt_free(stmt);
    return status;
}

static gov_status records_of(undo *u, int64_t number, int64_t *kind, gov_error *err)
{
    for (*kind = 0; *kind < u->store->kinds.count; (*kind)++)
        if (u->store->kinds.list[*kind].number == number)
            break;
    if (*kind == u->store->kinds.count)
        return GOV_FAIL_INTERNAL(err);
    if (u->records[*kind] != NULL)
        return GOV_OK;
    return gov_records_new(u->log, u->store, &u->store->kinds.list[*kind], &u->records[*kind], err);
}

/* Where the version was added and ended; ended is 0 if it was not. */
static gov_status life_of(undo *u, const gov_kind *kind, int64_t version, int64_t *added, int64_t *ended,
                          gov_error *err)
{
    char text[200];
    snprintf(text, sizeof(text), "SELECT added FROM main.\"" GOV_KIND_TABLE "%.60s\" WHERE version = %lld",
             kind->name, (long long)version);
    GOV_TRY(gov_db_integer(u->store->db, text, 0, added, err));
    snprintf(text, sizeof(text), "SELECT ended FROM main.\"" GOV_KIND_TABLE "%.60s\" WHERE version = %lld",
             kind->name, (long long)version);
    return gov_db_integer(u->store->db, text, 0, ended, err);
}

/* Nobody may have spoken of the record since. */
static gov_status check_claims(const undo *u, const gov_kind *kind, int64_t version, gov_error *err)
{
    char sql[400];
    int64_t later = 0;
    if (!kind->sources)
        return GOV_OK;
    snprintf(sql, sizeof(sql),
             "SELECT 1 FROM main.\"" GOV_KIND_TABLE "%.60s\" k JOIN main." GOV_KIND_TABLE
             "claim c ON c.key >= '%.60s|' || k.key || '|' AND c.key < '%.60s|' || k.key || '}' AND "
             "c.subject = k.key"
             " WHERE k.version = %lld AND c.added > %lld AND c.ended IS NULL LIMIT 1",
             kind->name, kind->name, kind->name, (long long)version, (long long)u->last);
    GOV_TRY(gov_db_integer(u->store->db, sql, 0, &later, err));
    return later == 0 ? GOV_OK
                      : gov_fail_at(err, GOV_E_CONFLICT, GOV_AT_NAME(kind->name),
                                    "another source has spoken of what this act wrote: take that back first");
}

static gov_status take_back(undo *u, int64_t number, int64_t version, gov_change_op op, gov_error *err)
{
    int64_t kind = 0, added = 0, ended = 0;
    if (op == GOV_CHANGE_ERASE)
        return gov_fail(err, GOV_E_UNSUPPORTED, "what an act has erased cannot be brought back");
    GOV_TRY(records_of(u, number, &kind, err));
    GOV_TRY(life_of(u, &u->store->kinds.list[kind], version, &added, &ended, err));
    int added_here = added >= u->first && added <= u->last,
        ended_here = ended >= u->first && ended <= u->last;
    if (added_here && ended_here)
        return GOV_OK;
    if (op == GOV_CHANGE_END)
        return gov_records_again(u->records[kind], version, err);
    if (ended != 0)
        return gov_fail_at(err, GOV_E_CONFLICT, GOV_AT_NAME(u->store->kinds.list[kind].name),
                           "a later act has changed what this one wrote: take that back first");
    GOV_TRY(check_claims(u, &u->store->kinds.list[kind], version, err));
    return gov_records_end(u->records[kind], version, err);
}

static gov_status walk(undo *u, gov_error *err)
{
    gov_stmt *stmt = NULL;
    int row = 0;
    gov_status status = gov_db_prepare(u->store->db,
                                       "SELECT kind, version, op FROM main.change WHERE seq BETWEEN ?1 AND ?2"
                                       " AND kind > 0 ORDER BY seq DESC",
                                       &stmt, err);
    if (status != GOV_OK)
        return status;
    gov_stmt_int(stmt, 1, u->first);
    gov_stmt_int(stmt, 2, u->last);
    while (status == GOV_OK && (status = gov_stmt_step(stmt, &row, err)) == GOV_OK && row)
        status = take_back(u, gov_stmt_get_int(stmt, 0), gov_stmt_get_int(stmt, 1),
                           (gov_change_op)gov_stmt_get_int(stmt, 2), err);
    gov_stmt_free(stmt);
    return status;
}

/* An act's rows of the log are neighbours, because a transaction writes one act. */
static gov_status find_act(undo *u, gov_error *err)
{
    char sql[96];
    snprintf(sql, sizeof(sql), "SELECT min(seq) FROM main.change WHERE act = %lld", (long long)u->act);
    GOV_TRY(gov_db_integer(u->store->db, sql, 0, &u->first, err));
    snprintf(sql, sizeof(sql), "SELECT max(seq) FROM main.change WHERE act = %lld", (long long)u->act);
    GOV_TRY(gov_db_integer(u->store->db, sql, 0, &u->last, err));
    if (u->first == 0)
        return gov_fail(err, GOV_E_REFERENCE, "there is no act %lld", (long long)u->act);
    int64_t records = 0;
    snprintf(sql, sizeof(sql), "SELECT count(*) FROM main.change WHERE act = %lld AND kind > 0",
             (long long)u->act);
    GOV_TRY(gov_db_integer(u->store->db, sql, 0, &records, err));
    return records > 0 ? GOV_OK : gov_fail(err, GOV_E_UNSUPPORTED, "a field that was added stays");
}

gov_status gov_store_undo(gov_store *store, int64_t act, const char *reason, gov_error *err)
{
    char source[40];
    if (store == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store must be given");
    GOV_TRY(see_all(store, err));
    undo u = {.store = store, .act = act};
    snprintf(source, sizeof(source), "act %lld", (long long)act);
    GOV_TRY(gov_log_begin(store, "undo", source, reason, &u.log, err));
    u.records = gov_alloc_zero(store->kinds.count, sizeof(*u.records));
    gov_status status = u.records == NULL ? gov_fail_memory(err) : find_act(&u, err);
    if (status == GOV_OK)
        status = walk(&u, err);
    for (int64_t i = 0; u.records != NULL && i < store->kinds.count; i++)
        gov_records_free(u.records[i]);
    gov_free(u.records);
    gov_status ended = gov_log_end(u.log, status == GOV_OK, status == GOV_OK ? err : NULL);
    return status == GOV_OK ? ended : status;
}
