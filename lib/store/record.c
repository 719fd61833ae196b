/* record.c - one record's versions.
 *
 * Now = the versions that were not ended. A record's versions of now do not overlap in valid time. A put with the
 * days [from, to) looks at those that overlap: one that says the same on the same days is left; each other is ended
 * in the log, its part before `from` is added again as it was, and the new version is added. So a replay of the log
 * up to any change gives what was known then (Snodgrass, "Developing Time-Oriented Database Applications in SQL",
 * ch. 10: sequenced update in a bitemporal table). */
#include "store/record.h"
#include "store/view.h"

#include <string.h>

typedef struct version {
    int64_t number, added;
    char from[11], to[11];
    int said; /* a line that is to be recorded says just this */
} version;

struct gov_records {
    gov_log *log;
    const gov_kind *kind;
    gov_stmt *find; /* versions of now */
    gov_stmt *load; /* one version */
    gov_stmt *insert, *end, *known, *seen, *was_seen, *act_of;
    gov_stmt *box; /* the version's place; NULL if the kind has none */
    int64_t lon, lat;
    gov_stmt **unique; /* one a rule of the kind; NULL where it is another rule */
    int64_t taken;
    version *list; /* of the record in hand */
    int64_t count, capacity;
};

void gov_record_select(gov_buffer *sql, const gov_kind *kind)
{
    gov_buffer_text(sql, "SELECT version, valid_from, valid_to, salt, added, ended, key, _act");
    for (int64_t i = 0; i < kind->count; i++)
        gov_buffer_format(sql, ", %s", kind->fields[i].column);
    gov_buffer_format(sql, " FROM main.\"" GOV_KIND_TABLE "%s\"", kind->name);
}

/* --- Digest ----------------------------------------------------------------------------------------------
 * Missing fields are left out, so that a field that is added later does not change the digests before it. */

typedef struct head {
    gov_cell salt, key, from, to;
    gov_cell act; /* whose content this is; null: the act's that added it */
} head;

static void digest_head(gov_sha256 *sha, const gov_kind *kind, const head *h)
{
    gov_sha256_int(sha, kind->number);
    gov_sha256_cell(sha, &h->salt);
    gov_sha256_cell(sha, &h->key);
    gov_sha256_cell(sha, &h->from);
    gov_sha256_cell(sha, &h->to);
    if (h->act.type != GOV_CELL_NULL)
        gov_sha256_cell(sha, &h->act);
}

static void digest_field(gov_sha256 *sha, const gov_kind_field *field, const gov_cell *cell)
{
    if (cell->type == GOV_CELL_NULL)
        return;
    gov_sha256_int(sha, field->number);
    gov_sha256_cell(sha, cell);
}

gov_status gov_record_digest(gov_sha256 *sha, const gov_kind *kind, const gov_stmt *row,
                             unsigned char out[GOV_SHA256_BYTES], gov_error *err)
{
    gov_cell cell;
    head h;
    gov_stmt_get(row, 3, &h.salt);
    gov_stmt_get(row, 6, &h.key);
    gov_stmt_get(row, 1, &h.from);
    gov_stmt_get(row, 2, &h.to);
    gov_stmt_get(row, 7, &h.act);
    digest_head(sha, kind, &h);
    for (int64_t i = 0; i < kind->count; i++) {
        gov_stmt_get(row, GOV_RECORD_FIELDS + (int)i, &cell);
        digest_field(sha, &kind->fields[i], &cell);
    }
    return gov_sha256_finish(sha, out, err);
}

/* --- Statements ------------------------------------------------------------------------------------------ */

static gov_status prepare(gov_db *db, gov_buffer *sql, gov_stmt **out, gov_error *err)
{
    gov_buffer_char(sql, '\0');
    gov_status status = sql->broken ? gov_fail_memory(err) : gov_db_prepare(db, sql->data, out, err);
    gov_buffer_clear(sql);
    return status;
}

#define FIRST_PARAMETER 7 /* of the insert that takes a field */

static gov_status prepare_insert(gov_db *db, const gov_kind *kind, gov_stmt **out, gov_error *err)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    gov_buffer_format(
        &sql, "INSERT INTO main.\"" GOV_KIND_TABLE "%s\" (valid_from, valid_to, salt, added, key, _act",
        kind->name);
    for (int64_t i = 0; i < kind->count; i++)
        if (!kind->fields[i].is_key)
            gov_buffer_format(&sql, ", %s", kind->fields[i].column);
    gov_buffer_text(&sql, ") VALUES (?1, ?2, ?3, ?4, ?5, ?6");
    for (int64_t i = 0; i < kind->count; i++)
        if (!kind->fields[i].is_key)
            gov_buffer_format(&sql, ", ?%d", (int)i + FIRST_PARAMETER);
    gov_buffer_char(&sql, ')');
    return prepare(db, &sql, out, err);
}

static gov_status prepare_format(gov_db *db, gov_stmt **out, gov_error *err, const char *before,
                                 const char *name, const char *after)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    gov_buffer_format(&sql, "%s main.\"" GOV_KIND_TABLE "%s\" %s", before, name, after);
    return prepare(db, &sql, out, err);
}

static gov_status prepare_box(gov_db *db, const char *name, gov_stmt **out, gov_error *err)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    gov_buffer_format(&sql, "INSERT INTO main.\"" GOV_KIND_TABLE "%s_box\" VALUES (?1, ?2, ?2, ?3, ?3)",
                      name);
    return prepare(db, &sql, out, err);
}

/* Whether another record that the actor sees has the value ?1 on a day of [?3, ?4). */
static gov_status prepare_unique(const gov_store *store, const gov_kind *kind, int64_t field, gov_stmt **out,
                                 gov_error *err)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    gov_buffer_format(&sql,
                      "SELECT 1 FROM main.\"" GOV_KIND_TABLE "%s\" k WHERE k.%s = ?1 AND k.ended IS NULL"
                      " AND k.key <> ?2 AND k.valid_from < ?4 AND k.valid_to > ?3",
                      kind->name, kind->fields[field].column);
    if (store->scope != NULL) {
        gov_buffer_text(&sql, " AND ");
        gov_scope_condition(&store->kinds, kind, "k", 1, "SELECT code FROM temp.scope", &sql);
    }
    return prepare(store->db, &sql, out, err);
}

static gov_status prepare_rules(gov_records *r, const gov_store *store, gov_error *err)
{
    r->unique = gov_alloc_zero(r->kind->rule_count + 1, sizeof(gov_stmt *));
    if (r->unique == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < r->kind->rule_count; i++)
        if (r->kind->rules[i].type == GOV_RULE_UNIQUE)
            GOV_TRY(prepare_unique(store, r->kind, r->kind->rules[i].field, &r->unique[i], err));
    return GOV_OK;
}

static gov_status prepare_all(gov_records *r, gov_db *db, gov_error *err)
{
    const char *name = r->kind->name;
    gov_buffer load = GOV_BUFFER_INIT;
    gov_record_select(&load, r->kind);
    gov_buffer_text(&load, " WHERE version = ?1");
    GOV_TRY(prepare(db, &load, &r->load, err));
    GOV_TRY(prepare_insert(db, r->kind, &r->insert, err));
    r->lon = gov_kind_find_field(r->kind, "lon", 3);
    r->lat = gov_kind_find_field(r->kind, "lat", 3);
    if (gov_kind_is_located(r->kind))
        GOV_TRY(prepare_box(db, name, &r->box, err));
    GOV_TRY(prepare_format(db, &r->find, err, "SELECT version, added, valid_from, valid_to FROM", name,
                           "WHERE key = ?1 AND ended IS NULL ORDER BY valid_from"));
    GOV_TRY(prepare_format(db, &r->end, err, "UPDATE", name, "SET ended = ?2 WHERE version = ?1"));
    GOV_TRY(prepare_format(db, &r->known, err, "SELECT 1 FROM", name,
                           "WHERE key = ?1 AND ended IS NULL LIMIT 1"));
    GOV_TRY(gov_db_prepare(db, "SELECT act FROM main.change WHERE seq = ?1", &r->act_of, err));
    GOV_TRY(gov_db_prepare(db, "INSERT OR IGNORE INTO temp.seen VALUES (?1, ?2, ?3)", &r->seen, err));
    return gov_db_prepare(db, "SELECT 1 FROM temp.seen WHERE kind = ?1 AND key = ?2 AND day = ?3",
                          &r->was_seen, err);
}

gov_status gov_records_new(gov_log *log, gov_store *store, const gov_kind *kind, gov_records **out,
                           gov_error *err)
{
    gov_records *r = gov_alloc_zero(1, sizeof(*r));
    if (r == NULL)
        return gov_fail_memory(err);
    r->log = log;
    r->kind = kind;
    gov_status status = prepare_all(r, store->db, err);
    if (status == GOV_OK)
        status = prepare_rules(r, store, err);
    if (status != GOV_OK) {
        gov_records_free(r);
        return status;
    }
    *out = r;
    return GOV_OK;
}

void gov_records_free(gov_records *r)
{
    if (r == NULL)
        return;
    gov_stmt_free(r->find);
    gov_stmt_free(r->load);
    gov_stmt_free(r->insert);
    gov_stmt_free(r->box);
    gov_stmt_free(r->end);
    gov_stmt_free(r->known);
    gov_stmt_free(r->seen);
    gov_stmt_free(r->was_seen);
    for (int64_t i = 0; r->unique != NULL && i < r->kind->rule_count; i++)
        gov_stmt_free(r->unique[i]);
    gov_free(r->unique);
    gov_stmt_free(r->act_of);
    gov_free(r->list);
    gov_free(r);
}

gov_status gov_records_known(gov_records *r, const char *key, int64_t size, int *known, gov_error *err)
{
    gov_stmt_text(r->known, 1, key, size);
    gov_status status = gov_stmt_step(r->known, known, err);
    gov_stmt_reset(r->known);
    return status;
}

/* --- Versions -------------------------------------------------------------------------------------------- */

static gov_status list_versions(gov_records *r, const char *key, int64_t size, gov_error *err)
{
    int row = 0;
    gov_status status = GOV_OK;
    r->count = 0;
    gov_stmt_text(r->find, 1, key, size);
    while (status == GOV_OK && (status = gov_stmt_step(r->find, &row, err)) == GOV_OK && row) {
        status = gov_grow((void **)&r->list, &r->capacity, r->count + 1, sizeof(version), err);
        if (status != GOV_OK)
            break;
        version *v = &r->list[r->count++];
        *v = (version){.number = gov_stmt_get_int(r->find, 0), .added = gov_stmt_get_int(r->find, 1)};
        status = gov_stmt_get_day(r->find, 2, v->from, err);
        if (status == GOV_OK)
            status = gov_stmt_get_day(r->find, 3, v->to, err);
    }
    gov_stmt_reset(r->find);
    return status;
}

static gov_status load_version(gov_records *r, int64_t number, gov_error *err)
{
    int row = 0;
    gov_stmt_int(r->load, 1, number);
    GOV_TRY(gov_stmt_step(r->load, &row, err));
    return row ? GOV_OK : GOV_FAIL_INTERNAL(err);
}

/* Cells of -0.0 and 0.0 are equal and a NaN cannot be recorded, so == on doubles is right. */
static int same_cell(const gov_cell *a, const gov_cell *b)
{
    if (a->type != b->type)
        return 0;
    switch (a->type) {
    case GOV_CELL_INT:
        return a->integer == b->integer;
    case GOV_CELL_REAL:
        return a->real == b->real;
    case GOV_CELL_TEXT:
        return a->size == b->size && memcmp(a->text, b->text, (size_t)a->size) == 0;
    default:
        return 1;
    }
}

/* Compares the record with the loaded version. */
static int says_the_same(gov_records *r, const gov_record *record)
{
    gov_cell was;
    for (int64_t i = 0; i < r->kind->count; i++) {
        if (!record->given[i])
            continue;
        gov_stmt_get(r->load, GOV_RECORD_FIELDS + (int)i, &was);
        if (!same_cell(&was, &record->cells[i]))
            return 0;
    }
    return 1;
}

static gov_cell text_cell(const char *text, int64_t size)
{
    return (gov_cell){.type = GOV_CELL_TEXT, .text = text, .size = size < 0 ? (int64_t)strlen(text) : size};
}

/* Binds the fields and adds them to the digest. Where `kept` is not 0 fields that are not given (all if `given` is
 * NULL) come from the loaded version. `place` gets lon and lat. */
static void bind_fields(gov_records *r, const gov_record *record, const unsigned char *given, int kept,
                        gov_cell place[2])
{
    for (int64_t i = 0; i < r->kind->count; i++) {
        gov_cell cell = {.type = GOV_CELL_NULL};
        if (given != NULL && given[i])
            cell = record->cells[i];
        else if (kept)
            gov_stmt_get(r->load, GOV_RECORD_FIELDS + (int)i, &cell);
        digest_field(gov_log_sha(r->log), &r->kind->fields[i], &cell);
        if (i == r->lon || i == r->lat)
            place[i == r->lat] = cell;
        if (!r->kind->fields[i].is_key)
            gov_stmt_cell(r->insert, (int)i + FIRST_PARAMETER, &cell);
    }
}

static gov_status add_box(gov_records *r, int64_t row, const gov_cell place[2], gov_error *err)
{
    if (r->box == NULL || place[0].type != GOV_CELL_REAL || place[1].type != GOV_CELL_REAL)
        return GOV_OK;
    gov_stmt_int(r->box, 1, row);
    gov_stmt_cell(r->box, 2, &place[0]);
    gov_stmt_cell(r->box, 3, &place[1]);
    return gov_stmt_do(r->box, err);
}

/* Whose content the loaded version is. */
static gov_status act_of_loaded(gov_records *r, gov_cell *act, gov_error *err)
{
    int row = 0;
    gov_stmt_get(r->load, 7, act);
    if (act->type != GOV_CELL_NULL)
        return GOV_OK;
    gov_stmt_int(r->act_of, 1, gov_stmt_get_int(r->load, 4));
    gov_status status = gov_stmt_step(r->act_of, &row, err);
    if (status == GOV_OK && row)
        gov_stmt_get(r->act_of, 0, act);
    gov_stmt_reset(r->act_of);
    return status;
}

/* `given` NULL: the loaded version's content again, which stays that of the act that brought it; else it is that of
 * `act` (0: this log's). */
static gov_status add_version(gov_records *r, const gov_record *record, const unsigned char *given, int kept,
                              const char *from, const char *to, int64_t act, gov_error *err)
{
    unsigned char salt[GOV_SALT_BYTES], digest[GOV_SHA256_BYTES];
    gov_sha256 *sha = gov_log_sha(r->log);
    int64_t seq = 0;
    gov_cell place[2] = {{.type = GOV_CELL_NULL}, {.type = GOV_CELL_NULL}};
    GOV_TRY(gov_log_next(r->log, &seq, err));
    GOV_TRY(gov_log_salt(r->log, salt, err));
    head h = {.salt = {.type = GOV_CELL_BLOB, .text = (const char *)salt, .size = GOV_SALT_BYTES},
              .key = text_cell(record->key, record->key_size),
              .from = text_cell(from, 10),
              .to = text_cell(to, 10),
              .act = {.type = act != 0 ? GOV_CELL_INT : GOV_CELL_NULL, .integer = act}};
    if (given == NULL)
        GOV_TRY(act_of_loaded(r, &h.act, err));
    gov_stmt_cell(r->insert, 1, &h.from);
    gov_stmt_cell(r->insert, 2, &h.to);
    gov_stmt_cell(r->insert, 3, &h.salt);
    gov_stmt_int(r->insert, 4, seq);
    gov_stmt_cell(r->insert, 5, &h.key);
    gov_stmt_cell(r->insert, 6, &h.act);
    digest_head(sha, r->kind, &h);
    bind_fields(r, record, given, kept, place);
    GOV_TRY(gov_sha256_finish(sha, digest, err));
    GOV_TRY(gov_stmt_do(r->insert, err));
    int64_t row = gov_db_last_row(gov_log_db(r->log));
    GOV_TRY(add_box(r, row, place, err));
    return gov_log_append(r->log, r->kind->number, row, GOV_CHANGE_ADD, digest, err);
}

gov_status gov_records_end(gov_records *r, int64_t number, gov_error *err)
{
    int64_t seq = 0;
    GOV_TRY(gov_log_next(r->log, &seq, err));
    gov_stmt_int(r->end, 1, number);
    gov_stmt_int(r->end, 2, seq);
    GOV_TRY(gov_stmt_do(r->end, err));
    return gov_log_append(r->log, r->kind->number, number, GOV_CHANGE_END, NULL, err);
}

/* Adds a version's content again, up to `until` if that is not NULL and later than its beginning. */
static gov_status again(gov_records *r, int64_t number, const char *until, gov_error *err)
{
    char from[11] = "", to[11] = "";
    GOV_TRY(load_version(r, number, err));
    gov_record record = {.key = gov_stmt_get_text(r->load, 6)};
    gov_status status = record.key != NULL ? GOV_OK : gov_fail(err, GOV_E_CORRUPT, "a version has no key");
    record.key_size = record.key != NULL ? (int64_t)strlen(record.key) : 0;
    if (status == GOV_OK)
        status = gov_stmt_get_day(r->load, 1, from, err);
    if (status == GOV_OK)
        status = gov_stmt_get_day(r->load, 2, to, err);
    if (status == GOV_OK && (until == NULL || strcmp(from, until) < 0))
        status = add_version(r, &record, NULL, 1, from, until != NULL ? until : to, 0, err);
    gov_stmt_reset(r->load);
    return status;
}

gov_status gov_records_again(gov_records *r, int64_t number, gov_error *err)
{
    return again(r, number, NULL, err);
}

gov_status gov_records_cut(gov_records *r, int64_t number, const char *day, gov_error *err)
{
    GOV_TRY(gov_records_end(r, number, err));
    return again(r, number, day, err);
}

/* --- The days -------------------------------------------------------------------------------------------- */

typedef struct days {
    char from[11], to[11];
    const version *base; /* the version whose content the record continues; NULL: none */
} days;

/* ISO dates of ten characters are in the order of their bytes. */
static days days_of(const gov_records *r, const gov_record *record)
{
    days d = {GOV_ALWAYS_FROM, GOV_ALWAYS_TO, NULL};
    const version *last = r->count > 0 ? &r->list[r->count - 1] : NULL;
    if (record->from == NULL && last != NULL) {
        d.base = last;
        memcpy(d.from, last->from, sizeof(d.from));
        memcpy(d.to, last->to, sizeof(d.to));
    } else if (record->from != NULL) {
        memcpy(d.from, record->from, sizeof(d.from));
        for (int64_t i = r->count - 1; i >= 0; i--) {
            const version *v = &r->list[i];
            if (strcmp(v->from, d.from) > 0)
                memcpy(d.to, v->from, sizeof(d.to));
            else if (strcmp(v->to, d.from) > 0)
                d.base = v;
        }
        if (d.base != NULL)
            memcpy(d.to, d.base->to, sizeof(d.to));
    }
    if (record->to != NULL)
        memcpy(d.to, record->to, sizeof(d.to));
    return d;
}

static int overlaps(const version *v, const days *d)
{
    return strcmp(v->from, d->to) < 0 && strcmp(v->to, d->from) > 0;
}

/* Ends what overlaps and adds what is said now. */
static gov_status replace(gov_records *r, const gov_record *record, const days *d, gov_error *err)
{
    for (int64_t i = 0; i < r->count; i++) {
        const version *v = &r->list[i];
        if (!overlaps(v, d))
            continue;
        GOV_TRY(gov_records_end(r, v->number, err));
        if (strcmp(v->from, d->from) >= 0)
            continue;
        GOV_TRY(load_version(r, v->number, err));
        gov_status status = add_version(r, record, NULL, 1, v->from, d->from, 0, err);
        gov_stmt_reset(r->load);
        GOV_TRY(status);
    }
    if (d->base != NULL)
        GOV_TRY(load_version(r, d->base->number, err));
    gov_status status = add_version(r, record, record->given, d->base != NULL, d->from, d->to, 0, err);
    gov_stmt_reset(r->load);
    return status;
}

static gov_status note_seen(gov_records *r, const gov_record *record, const char *day, int *before,
                            gov_error *err)
{
    gov_stmt *both[] = {r->was_seen, r->seen};
    for (int i = 0; i < 2; i++) {
        gov_stmt_int(both[i], 1, r->kind->number);
        gov_stmt_text(both[i], 2, record->key, record->key_size);
        gov_stmt_text(both[i], 3, day, -1);
    }
    gov_status status = gov_stmt_step(r->was_seen, before, err);
    gov_stmt_reset(r->was_seen);
    return status == GOV_OK && !*before ? gov_stmt_do(r->seen, err) : status;
}

/* Whether this log put the key from this day already. What it added is known by its number in the log; what it left
 * as it was is noted apart, so that a first import pays nothing for the question. */
static gov_status put_before(gov_records *r, const gov_record *record, const days *d, int *before,
                             gov_error *err)
{
    *before = 0;
    for (int64_t i = 0; i < r->count; i++)
        *before |= r->list[i].added >= gov_log_first(r->log) && strcmp(r->list[i].from, d->from) == 0;
    if (*before || r->count == 0)
        return GOV_OK;
    return note_seen(r, record, d->from, before, err);
}

/* Sets *same if the base version says the same on the same days. A record that says the same and ends later or
 * earlier is one version, from the base's first day. */
static gov_status compare(gov_records *r, const gov_record *record, days *d, int *same, gov_error *err)
{
    *same = 0;
    if (d->base == NULL)
        return GOV_OK;
    GOV_TRY(load_version(r, d->base->number, err));
    if (says_the_same(r, record)) {
        memcpy(d->from, d->base->from, sizeof(d->from));
        *same = strcmp(d->to, d->base->to) == 0;
    }
    gov_stmt_reset(r->load);
    return GOV_OK;
}

static gov_status is_taken(gov_records *r, const gov_record *record, const days *d, int *taken,
                           gov_error *err)
{
    *taken = 0;
    for (int64_t i = 0; i < r->kind->rule_count && !*taken; i++) {
        int64_t field = r->kind->rules[i].field;
        if (r->unique[i] == NULL || !record->given[field] || record->cells[field].type == GOV_CELL_NULL)
            continue;
        gov_stmt_cell(r->unique[i], 1, &record->cells[field]);
        gov_stmt_text(r->unique[i], 2, record->key, record->key_size);
        gov_stmt_text(r->unique[i], 3, d->from, -1);
        gov_stmt_text(r->unique[i], 4, d->to, -1);
        gov_status status = gov_stmt_step(r->unique[i], taken, err);
        gov_stmt_reset(r->unique[i]);
        GOV_TRY(status);
        r->taken = field;
    }
    return GOV_OK;
}

int64_t gov_records_taken(const gov_records *r)
{
    return r->taken;
}

/* What is recorded stays, whatever days are stated now. */
static gov_status put_fixed(gov_records *r, const gov_record *record, gov_put *put, gov_error *err)
{
    GOV_TRY(load_version(r, r->list[r->count - 1].number, err));
    *put = says_the_same(r, record) ? GOV_PUT_UNCHANGED : GOV_PUT_FIXED;
    gov_stmt_reset(r->load);
    return GOV_OK;
}

gov_status gov_records_put(gov_records *r, const gov_record *record, gov_put *put, gov_error *err)
{
    int before = 0, same = 0, taken = 0;
    GOV_TRY(list_versions(r, record->key, record->key_size, err));
    days d = days_of(r, record);
    GOV_TRY(put_before(r, record, &d, &before, err));
    if (before) {
        *put = GOV_PUT_DUPLICATE;
        return GOV_OK;
    }
    GOV_TRY(compare(r, record, &d, &same, err));
    if (same) {
        *put = GOV_PUT_UNCHANGED;
        return GOV_OK;
    }
    if (r->kind->append_only && r->count > 0)
        return put_fixed(r, record, put, err);
    GOV_TRY(is_taken(r, record, &d, &taken, err));
    if (taken) {
        *put = GOV_PUT_TAKEN;
        return GOV_OK;
    }
    *put = r->count > 0 ? GOV_PUT_CHANGED : GOV_PUT_ADDED;
    return replace(r, record, &d, err);
}

/* --- A timeline -------------------------------------------------------------------------------------------- */

gov_status gov_records_review(gov_records *r, const char *key, int64_t size, gov_error *err)
{
    return list_versions(r, key, size, err);
}

gov_status gov_records_says(gov_records *r, const gov_record *line, int *said, gov_error *err)
{
    *said = 0;
    for (int64_t i = 0; i < r->count && !*said; i++) {
        version *v = &r->list[i];
        if (strcmp(v->from, line->from) != 0 || strcmp(v->to, line->to) != 0)
            continue;
        GOV_TRY(load_version(r, v->number, err));
        *said = v->said = says_the_same(r, line);
        gov_stmt_reset(r->load);
    }
    return GOV_OK;
}

gov_status gov_records_end_others(gov_records *r, int *ended, gov_error *err)
{
    *ended = 0;
    for (int64_t i = 0; i < r->count; i++) {
        if (r->list[i].said)
            continue;
        GOV_TRY(gov_records_end(r, r->list[i].number, err));
        *ended = 1;
    }
    return GOV_OK;
}

gov_status gov_records_add(gov_records *r, const gov_record *line, int64_t act, gov_error *err)
{
    return add_version(r, line, line->given, 0, line->from, line->to, act, err);
}

gov_status gov_records_would_take(gov_records *r, const gov_record *record, int *taken, gov_error *err)
{
    GOV_TRY(list_versions(r, record->key, record->key_size, err));
    days d = days_of(r, record);
    return is_taken(r, record, &d, taken, err);
}

gov_status gov_records_cells(gov_records *r, int64_t number, gov_cell *cells, gov_error *err)
{
    GOV_TRY(load_version(r, number, err));
    for (int64_t i = 0; i < r->kind->count; i++)
        gov_stmt_get(r->load, GOV_RECORD_FIELDS + (int)i, &cells[i]);
    return GOV_OK;
}

void gov_records_done(gov_records *r)
{
    gov_stmt_reset(r->load);
}

gov_status gov_records_base(gov_records *r, const gov_record *record, int64_t field, gov_buffer *out,
                            gov_error *err)
{
    gov_cell cell;
    GOV_TRY(list_versions(r, record->key, record->key_size, err));
    days d = days_of(r, record);
    if (d.base == NULL)
        return GOV_OK;
    GOV_TRY(load_version(r, d.base->number, err));
    gov_stmt_get(r->load, GOV_RECORD_FIELDS + (int)field, &cell);
    if (cell.type == GOV_CELL_TEXT)
        gov_buffer_bytes(out, cell.text, cell.size);
    gov_stmt_reset(r->load);
    return out->broken ? gov_fail_memory(err) : GOV_OK;
}
