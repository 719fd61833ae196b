/* claim.c - claims, and the answer they make.
 *
 * A claim is one JSON object of texts a source and record, not a row a field: a second source of 200 000 persons with ten
 * fields would make four million rows. The answer is computed by SQLite from the claims of one record: the days on which
 * any of them begins or ends cut time into parts, and in each part a window over (field, source) picks the first by
 * (rank, day, act). Then the record's versions are compared with these parts, and only what differs is written. */
#include "store/claim.h"
#include "base/utf8.h"

#include <string.h>

typedef struct part {
    char from[11], to[11];
    const char *said; /* in the arena */
    int64_t size;
    int known;
} part;

struct gov_claims {
    gov_log *log;
    const gov_kind *kind, *claim;
    gov_records *own, *claims;
    int active; /* a source was named, now or before */
    gov_stmt *contested, *days, *answer, *versions, *line, *patch, *fields, *conflicts;
    gov_buffer low, high, key, said, change;
    gov_arena arena;
    part *parts;
    int64_t count, capacity;
    gov_cell *cells;
    unsigned char *all;
    const unsigned char *given; /* of the record in hand */
    int listing;
};

/* --- Statements -------------------------------------------------------------------------------------------- */

/* ?1 .. ?3 are the bounds of the record's claims among the keys, and the record's key. */
#define CLAIMS                                                                                        \
    "SELECT version, source, said, valid_from, valid_to, coalesce(_act, (SELECT act FROM main.change" \
    " WHERE seq = added)) AS act FROM main." GOV_KIND_TABLE                                           \
    "claim WHERE key >= ?1 AND key < ?2 AND subject = ?3 AND ended IS NULL"

static gov_status prepare(gov_db *db, gov_buffer *sql, gov_stmt **out, gov_error *err)
{
    gov_buffer_char(sql, '\0');
    gov_status status = sql->broken ? gov_fail_memory(err) : gov_db_prepare(db, sql->data, out, err);
    gov_buffer_clear(sql);
    return status;
}

static void add_rank(const gov_claims *c, const char *source, const char *field, gov_buffer *sql)
{
    gov_buffer kind = GOV_BUFFER_INIT;
    gov_sql_text(&kind, c->kind->name);
    gov_buffer_char(&kind, '\0');
    if (!kind.broken)
        gov_authority_rank(source, kind.data, field, NULL, sql);
    sql->broken |= kind.broken;
    gov_buffer_clear(&kind);
}

/* On the day ?4: whether the record holds, and what is the answer then. */
static gov_status prepare_answer(gov_claims *c, gov_db *db, gov_error *err)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    gov_buffer_text(
        &sql, "WITH c AS MATERIALIZED (" CLAIMS " AND valid_from <= ?4),"
              " line AS (SELECT source, max(valid_from) AS since, valid_to, act FROM c GROUP BY source),"
              " held AS (SELECT valid_to > ?4 AS holds FROM line ORDER BY ");
    add_rank(c, "line.source", "'" GOV_ALL "'", &sql);
    gov_buffer_text(&sql,
                    ", CASE WHEN valid_to <= ?4 THEN valid_to ELSE since END DESC, act DESC LIMIT 1),"
                    " v AS (SELECT j.key AS field, j.value AS value, row_number() OVER (PARTITION BY j.key"
                    " ORDER BY ");
    add_rank(c, "c.source", "j.key", &sql);
    gov_buffer_text(&sql, ", c.valid_from DESC, c.act DESC, c.source) AS place FROM c, json_each(c.said) j"
                          " WHERE c.valid_to > ?4)"
                          " SELECT (SELECT holds FROM held), (SELECT json_group_object(field, value) FROM"
                          " (SELECT field, value FROM v WHERE place = 1 ORDER BY field))");
    return prepare(db, &sql, &c->answer, err);
}

/* What source ?4 says from the day ?5 on, against what others say on any of these days. */
static gov_status prepare_conflicts(gov_claims *c, gov_db *db, gov_error *err)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    gov_buffer_text(
        &sql, "WITH c AS MATERIALIZED (" CLAIMS "),"
              " m AS MATERIALIZED (SELECT * FROM c WHERE source = ?4 AND (?5 IS NULL OR valid_from <= ?5)"
              " ORDER BY valid_from DESC LIMIT 1),"
              " v AS MATERIALIZED (SELECT j.key AS field, j.value AS value, c.source, c.source = ?4 AS mine,"
              " row_number() OVER (PARTITION BY j.key ORDER BY ");
    add_rank(c, "c.source", "j.key", &sql);
    gov_buffer_text(
        &sql,
        ", c.valid_from DESC, c.act DESC, c.source) AS place FROM m, c, json_each(c.said) j"
        " WHERE c.valid_from < m.valid_to AND c.valid_to > m.valid_from"
        " AND (c.source <> ?4 OR c.version = m.version))"
        " SELECT w.field, v.source, w.value = (SELECT value FROM v b WHERE b.field = w.field AND b.place = 1)"
        " FROM v w JOIN v ON v.field = w.field AND v.value <> w.value WHERE w.mine AND v.place ="
        " (SELECT min(place) FROM v x WHERE x.field = w.field AND x.value <> w.value) ORDER BY w.field");
    return prepare(db, &sql, &c->conflicts, err);
}

/* The fields of the JSON object ?1. */
static gov_status prepare_fields(gov_claims *c, gov_db *db, gov_error *err)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    gov_buffer_text(&sql, "SELECT ");
    for (int64_t i = 0; i < c->kind->count; i++)
        gov_buffer_format(&sql, "%sjson_extract(?1, '$.%s')", i > 0 ? ", " : "", c->kind->fields[i].name);
    return prepare(db, &sql, &c->fields, err);
}

/* The versions of now with their acts' sources; a name that was never stated as a source is that of a file. */
static gov_status prepare_versions(gov_claims *c, gov_db *db, gov_error *err)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    gov_buffer_format(&sql,
                      "WITH k AS MATERIALIZED (SELECT version, valid_from, valid_to, coalesce(_act, (SELECT "
                      "act FROM main.change"
                      " WHERE seq = added)) AS act FROM main.\"" GOV_KIND_TABLE
                      "%s\" WHERE key = ?1 AND ended IS NULL)"
                      " SELECT k.version, k.valid_from, k.valid_to, k.act, CASE WHEN EXISTS (SELECT 1 FROM "
                      "main." GOV_KIND_TABLE
                      "authority s WHERE s.source = a.source) THEN a.source ELSE '" GOV_SOURCE_UNSTATED
                      "' END FROM k JOIN main.act a ON a.id = k.act ORDER BY k.valid_from",
                      c->kind->name);
    return prepare(db, &sql, &c->versions, err);
}

static gov_status prepare_all(gov_claims *c, gov_db *db, gov_error *err)
{
    GOV_TRY(gov_db_prepare(db, "SELECT 1 FROM (" CLAIMS ") LIMIT 1", &c->contested, err));
    GOV_TRY(gov_db_prepare(db,
                           "WITH c AS MATERIALIZED (" CLAIMS ") SELECT valid_from FROM c UNION"
                           " SELECT valid_to FROM c ORDER BY 1",
                           &c->days, err));
    GOV_TRY(gov_db_prepare(db, "SELECT 1 FROM (" CLAIMS ") WHERE source = ?4 LIMIT 1", &c->line, err));
    GOV_TRY(gov_db_prepare(db, "SELECT json_patch(?1, ?2)", &c->patch, err));
    GOV_TRY(prepare_answer(c, db, err));
    GOV_TRY(prepare_conflicts(c, db, err));
    GOV_TRY(prepare_versions(c, db, err));
    return prepare_fields(c, db, err);
}

gov_status gov_claims_new(gov_log *log, gov_store *store, const gov_kind *kind, gov_records *own,
                          gov_claims **out, gov_error *err)
{
    gov_claims *c = gov_alloc_zero(1, sizeof(*c));
    if (c == NULL)
        return gov_fail_memory(err);
    gov_status status;
    c->log = log;
    c->kind = kind;
    c->own = own;
    GOV_TRY_OUT(gov_kinds_need(&store->kinds, "claim", &c->claim, err));
    if (kind->sources)
        GOV_TRY_OUT(gov_authority_any(store, &c->active, err));
    c->active |= kind->sources && gov_log_stated_source(log) != NULL;
    if (c->active) {
        c->cells = gov_alloc_zero(kind->count, sizeof(*c->cells));
        c->all = gov_alloc(kind->count, 1);
        if (c->cells == NULL || c->all == NULL)
            GOV_TRY_OUT(gov_fail_memory(err));
        memset(c->all, 1, (size_t)kind->count);
        GOV_TRY_OUT(gov_records_new(log, store, c->claim, &c->claims, err));
        GOV_TRY_OUT(prepare_all(c, store->db, err));
    }
    *out = c;
    return GOV_OK;
out:
    gov_claims_free(c);
    return status;
}

void gov_claims_free(gov_claims *c)
{
    if (c == NULL)
        return;
    gov_stmt *const all[] = {c->contested, c->days,  c->answer, c->versions,
                             c->line,      c->patch, c->fields, c->conflicts};
    gov_buffer *const texts[] = {&c->low, &c->high, &c->key, &c->said, &c->change};
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        gov_stmt_free(all[i]);
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        gov_buffer_clear(texts[i]);
    gov_records_free(c->claims);
    gov_arena_clear(&c->arena);
    gov_free(c->parts);
    gov_free(c->cells);
    gov_free(c->all);
    gov_free(c);
}

/* --- One record -------------------------------------------------------------------------------------------- */

static void refill(gov_buffer *buffer, const char *kind, const char *key, int64_t size, const char *end)
{
    buffer->size = 0;
    gov_buffer_text(buffer, kind);
    gov_buffer_char(buffer, '|');
    gov_buffer_bytes(buffer, key, size);
    gov_buffer_text(buffer, end);
}

/* The claims of a record are those between "kind|key|" and "kind|key}" whose subject it is: '}' follows '|'. */
static gov_status seek(gov_claims *c, const char *key, int64_t size, gov_error *err)
{
    refill(&c->low, c->kind->name, key, size, "|");
    refill(&c->high, c->kind->name, key, size, "}");
    return c->low.broken || c->high.broken ? gov_fail_memory(err) : GOV_OK;
}

static void bind_seek(const gov_claims *c, gov_stmt *stmt, const char *key, int64_t size)
{
    gov_stmt_text(stmt, 1, c->low.data, c->low.size);
    gov_stmt_text(stmt, 2, c->high.data, c->high.size);
    gov_stmt_text(stmt, 3, key, size);
}

static const char *speaker_of(const gov_claims *c)
{
    const char *source = gov_log_stated_source(c->log);
    return source != NULL ? source : GOV_SOURCE_UNSTATED;
}

/* What a statement of one row and no further use says: 1 if there is a row. */
static gov_status ask(gov_stmt *stmt, int *found, gov_error *err)
{
    gov_status status = gov_stmt_step(stmt, found, err);
    gov_stmt_reset(stmt);
    return status;
}

/* --- Writing what a source says ---------------------------------------------------------------------------- */

static void add_value(gov_buffer *json, const gov_cell *cell)
{
    gov_buffer text = GOV_BUFFER_INIT;
    if (cell->type == GOV_CELL_NULL) {
        gov_buffer_text(json, "null");
        return;
    }
    if (cell->type == GOV_CELL_TEXT)
        gov_buffer_bytes(&text, cell->text, cell->size);
    else if (cell->type == GOV_CELL_INT)
        gov_buffer_format(&text, "%lld", (long long)cell->integer);
    else
        gov_buffer_double(&text, cell->real);
    gov_buffer_json(json, text.data, text.size);
    json->broken |= text.broken;
    gov_buffer_clear(&text);
}

/* Numbers are texts too: they read back as what they were, and what two sources say is compared as text. */
static void describe(const gov_claims *c, const gov_cell *cells, const unsigned char *given, gov_buffer *json)
{
    int count = 0;
    json->size = 0;
    gov_buffer_char(json, '{');
    for (int64_t i = 0; i < c->kind->count; i++) {
        const gov_kind_field *field = &c->kind->fields[i];
        if (field->is_key || !given[i])
            continue;
        gov_buffer_text(json, count++ > 0 ? "," : "");
        gov_buffer_json(json, field->name, (int64_t)strlen(field->name));
        gov_buffer_char(json, ':');
        add_value(json, &cells[i]);
    }
    gov_buffer_char(json, '}');
}

enum { MOST_FIELDS = 64 };

typedef struct claim_row {
    gov_cell cells[MOST_FIELDS];
    unsigned char given[MOST_FIELDS];
    gov_record record;
} claim_row;

static void set_cell(const gov_kind *kind, claim_row *row, const char *field, const char *text, int64_t size)
{
    int64_t i = gov_kind_find_field(kind, field, (int64_t)strlen(field));
    row->given[i] = 1;
    row->cells[i] =
        (gov_cell){.type = GOV_CELL_TEXT, .text = text, .size = size < 0 ? (int64_t)strlen(text) : size};
}

static gov_status fill_row(gov_claims *c, const char *key, int64_t size, const char *source, const char *from,
                           const char *to, claim_row *row, gov_error *err)
{
    if (c->claim->count > MOST_FIELDS)
        return gov_fail(err, GOV_E_LIMIT, "claims have more than %d fields", MOST_FIELDS);
    *row = (claim_row){.given = {0}};
    refill(&c->key, c->kind->name, key, size, "|");
    gov_buffer_text(&c->key, source);
    set_cell(c->claim, row, "subject_kind", c->kind->name, -1);
    set_cell(c->claim, row, "subject", key, size);
    set_cell(c->claim, row, "source", source, -1);
    row->record = (gov_record){.key = c->key.data,
                               .key_size = c->key.size,
                               .cells = row->cells,
                               .given = row->given,
                               .from = from,
                               .to = to};
    return c->key.broken ? gov_fail_memory(err) : GOV_OK;
}

/* What the source has said before, with what it says now; a missing value takes back what was said. */
static gov_status merge(gov_claims *c, const gov_record *claim, gov_error *err)
{
    int row = 0;
    int64_t said = gov_kind_find_field(c->claim, "said", 4);
    c->said.size = 0;
    GOV_TRY(gov_records_base(c->claims, claim, said, &c->said, err));
    if (c->said.size == 0)
        gov_buffer_text(&c->said, "{}");
    if (c->said.broken || c->change.broken)
        return gov_fail_memory(err);
    gov_stmt_text(c->patch, 1, c->said.data, c->said.size);
    gov_stmt_text(c->patch, 2, c->change.data, c->change.size);
    gov_status status = gov_stmt_step(c->patch, &row, err);
    if (status == GOV_OK) {
        const char *merged = gov_stmt_get_text(c->patch, 0);
        gov_buffer_clear(&c->change);
        gov_buffer_text(&c->change, merged != NULL ? merged : "{}");
    }
    gov_stmt_reset(c->patch);
    return c->change.broken ? gov_fail_memory(err) : status;
}

/* --- The answer -------------------------------------------------------------------------------------------- */

static gov_status list_days(gov_claims *c, const char *key, int64_t size, gov_error *err)
{
    int row = 0;
    gov_status status;
    c->count = 0;
    bind_seek(c, c->days, key, size);
    while ((status = gov_stmt_step(c->days, &row, err)) == GOV_OK && row) {
        status = gov_grow((void **)&c->parts, &c->capacity, c->count + 1, sizeof(part), err);
        if (status != GOV_OK)
            break;
        c->parts[c->count] = (part){.said = NULL};
        memcpy(c->parts[c->count].from, gov_stmt_get_text(c->days, 0), 10);
        if (c->count > 0)
            memcpy(c->parts[c->count - 1].to, c->parts[c->count].from, 11);
        c->count++;
    }
    gov_stmt_reset(c->days);
    c->count -= c->count > 0; /* the last day only ends the part before it */
    return status;
}

/* Fills said of a part; NULL if the record does not hold then. */
static gov_status decide(gov_claims *c, const char *key, int64_t size, part *p, gov_error *err)
{
    int row = 0;
    bind_seek(c, c->answer, key, size);
    gov_stmt_text(c->answer, 4, p->from, 10);
    gov_status status = gov_stmt_step(c->answer, &row, err);
    const char *said = status == GOV_OK && row && gov_stmt_get_int(c->answer, 0) != 0
                           ? gov_stmt_get_text(c->answer, 1)
                           : NULL;
    if (said != NULL) {
        p->size = (int64_t)strlen(said);
        p->said = gov_arena_text(&c->arena, said, p->size);
        status = p->said != NULL ? GOV_OK : gov_fail_memory(err);
    }
    gov_stmt_reset(c->answer);
    return status;
}

/* Neighbours that say the same are one; parts in which the record does not hold go. */
static void join_parts(gov_claims *c)
{
    int64_t n = 0;
    for (int64_t i = 0; i < c->count; i++) {
        part *p = &c->parts[i], *last = n > 0 ? &c->parts[n - 1] : NULL;
        if (p->said == NULL)
            continue;
        if (last != NULL && strcmp(last->to, p->from) == 0 && last->size == p->size &&
            memcmp(last->said, p->said, (size_t)p->size) == 0)
            memcpy(last->to, p->to, sizeof(last->to));
        else
            c->parts[n++] = *p;
    }
    c->count = n;
}

/* A text of the answer as a value of the field. */
static void read_value(const gov_kind_field *field, gov_cell *cell)
{
    const gov_cell text = *cell;
    if (text.type != GOV_CELL_TEXT)
        return;
    if (field->type == GOV_TYPE_FLOAT64 && gov_parse_double(text.text, text.size, &cell->real))
        cell->type = GOV_CELL_REAL;
    else if ((field->type == GOV_TYPE_INT64 || field->type == GOV_TYPE_BOOL) &&
             gov_parse_int64(text.text, text.size, &cell->integer))
        cell->type = GOV_CELL_INT;
}

/* The part as a record; its texts live until the statement is reset. */
static gov_status read_part(gov_claims *c, const char *key, int64_t size, const part *p, gov_record *line,
                            gov_error *err)
{
    int row = 0;
    gov_stmt_text(c->fields, 1, p->said, p->size);
    GOV_TRY(gov_stmt_step(c->fields, &row, err));
    for (int64_t i = 0; i < c->kind->count; i++) {
        gov_stmt_get(c->fields, (int)i, &c->cells[i]);
        read_value(&c->kind->fields[i], &c->cells[i]);
        if (c->kind->fields[i].is_key)
            c->cells[i] = (gov_cell){.type = GOV_CELL_TEXT, .text = key, .size = size};
    }
    *line = (gov_record){
        .key = key, .key_size = size, .cells = c->cells, .given = c->all, .from = p->from, .to = p->to};
    return GOV_OK;
}

static gov_status compare_part(gov_claims *c, const char *key, int64_t size, part *p, gov_error *err)
{
    gov_record line;
    GOV_TRY(read_part(c, key, size, p, &line, err));
    gov_status status = gov_records_says(c->own, &line, &p->known, err);
    gov_stmt_reset(c->fields);
    return status;
}

static gov_status add_part(gov_claims *c, const char *key, int64_t size, const part *p, gov_error *err)
{
    gov_record line;
    if (p->known)
        return GOV_OK;
    GOV_TRY(read_part(c, key, size, p, &line, err));
    gov_status status = gov_records_add(c->own, &line, 0, err);
    gov_stmt_reset(c->fields);
    return status;
}

/* Makes the record's versions the answer. *changed: something had to be written. */
static gov_status settle(gov_claims *c, const char *key, int64_t size, int *changed, gov_error *err)
{
    int ended = 0;
    GOV_TRY(seek(c, key, size, err));
    GOV_TRY(list_days(c, key, size, err));
    gov_arena_clear(&c->arena);
    for (int64_t i = 0; i < c->count; i++)
        GOV_TRY(decide(c, key, size, &c->parts[i], err));
    join_parts(c);
    GOV_TRY(gov_records_review(c->own, key, size, err));
    for (int64_t i = 0; i < c->count; i++)
        GOV_TRY(compare_part(c, key, size, &c->parts[i], err));
    GOV_TRY(gov_records_end_others(c->own, &ended, err));
    *changed = ended;
    for (int64_t i = 0; i < c->count; i++) {
        *changed |= !c->parts[i].known;
        GOV_TRY(add_part(c, key, size, &c->parts[i], err));
    }
    return GOV_OK;
}

/* --- Putting ----------------------------------------------------------------------------------------------- */

/* Whether all versions of now are the speaker's; *known: there are any. Their latest days go to `from` and `to`. */
static gov_status is_own(gov_claims *c, const gov_record *record, int *known, int *own, char from[11],
                         char to[11], gov_error *err)
{
    int row = 0;
    gov_status status;
    *known = 0;
    *own = 1;
    gov_stmt_text(c->versions, 1, record->key, record->key_size);
    while ((status = gov_stmt_step(c->versions, &row, err)) == GOV_OK && row) {
        *known = 1;
        *own &= strcmp(gov_stmt_get_text(c->versions, 4), speaker_of(c)) == 0;
        memcpy(from, gov_stmt_get_text(c->versions, 1), 10);
        memcpy(to, gov_stmt_get_text(c->versions, 2), 10);
    }
    gov_stmt_reset(c->versions);
    return status;
}

typedef struct voice {
    int64_t version, act;
    char from[11], to[11];
    const char *source;
} voice;

static gov_status list_voices(gov_claims *c, const gov_record *record, voice **out, int64_t *count,
                              gov_error *err)
{
    int64_t capacity = 0;
    int row = 0;
    gov_status status;
    gov_stmt_text(c->versions, 1, record->key, record->key_size);
    while ((status = gov_stmt_step(c->versions, &row, err)) == GOV_OK && row) {
        status = gov_grow((void **)out, &capacity, *count + 1, sizeof(voice), err);
        if (status != GOV_OK)
            break;
        voice *v = &(*out)[(*count)++];
        *v = (voice){.version = gov_stmt_get_int(c->versions, 0),
                     .act = gov_stmt_get_int(c->versions, 3),
                     .source = gov_arena_text(&c->arena, gov_stmt_get_text(c->versions, 4), -1)};
        memcpy(v->from, gov_stmt_get_text(c->versions, 1), 10);
        memcpy(v->to, gov_stmt_get_text(c->versions, 2), 10);
        status = v->source != NULL ? GOV_OK : gov_fail_memory(err);
        if (status != GOV_OK)
            break;
    }
    gov_stmt_reset(c->versions);
    return status;
}

/* A version that another source's follows did not end for its own source. */
static void mend_ends(voice *list, int64_t count)
{
    for (int64_t i = 0; i + 1 < count; i++) {
        if (strcmp(list[i].to, list[i + 1].from) != 0 || strcmp(list[i].source, list[i + 1].source) == 0)
            continue;
        memcpy(list[i].to, GOV_ALWAYS_TO, 11);
        for (int64_t k = count - 1; k > i; k--)
            if (strcmp(list[k].source, list[i].source) == 0)
                memcpy(list[i].to, list[k].from, 11);
    }
}

static gov_status claim_version(gov_claims *c, const gov_record *record, const voice *v, gov_error *err)
{
    claim_row row;
    GOV_TRY(gov_records_cells(c->own, v->version, c->cells, err));
    describe(c, c->cells, c->all, &c->change);
    gov_records_done(c->own);
    GOV_TRY(fill_row(c, record->key, record->key_size, v->source, v->from, v->to, &row, err));
    c->said.size = 0;
    gov_buffer_text(&c->said, "{}");
    int step = 0;
    gov_stmt_text(c->patch, 1, c->said.data, c->said.size);
    gov_stmt_text(c->patch, 2, c->change.data, c->change.size);
    if (c->said.broken || c->change.broken)
        return gov_fail_memory(err);
    gov_status status = gov_stmt_step(c->patch, &step, err);
    if (status == GOV_OK) {
        set_cell(c->claim, &row, "said", gov_stmt_get_text(c->patch, 0), -1);
        status = gov_records_add(c->claims, &row.record, v->act, err);
    }
    gov_stmt_reset(c->patch);
    return status;
}

/* What was recorded so far becomes the claims of those who said it. */
static gov_status open_contest(gov_claims *c, const gov_record *record, gov_error *err)
{
    voice *list = NULL;
    int64_t count = 0;
    gov_arena_clear(&c->arena);
    gov_status status = list_voices(c, record, &list, &count, err);
    if (status == GOV_OK)
        mend_ends(list, count);
    for (int64_t i = 0; i < count && status == GOV_OK; i++)
        status = claim_version(c, record, &list[i], err);
    gov_free(list);
    return status;
}

static gov_status put_claim(gov_claims *c, const gov_record *record, const char *from, const char *to,
                            gov_put *put, gov_error *err)
{
    claim_row row;
    int speaks = 0;
    bind_seek(c, c->line, record->key, record->key_size);
    gov_stmt_text(c->line, 4, speaker_of(c), -1);
    GOV_TRY(ask(c->line, &speaks, err));
    int own_days = record->from != NULL || speaks;
    GOV_TRY(fill_row(c, record->key, record->key_size, speaker_of(c), own_days ? record->from : from,
                     own_days || record->to != NULL ? record->to : to, &row, err));
    describe(c, record->cells, record->given, &c->change);
    GOV_TRY(merge(c, &row.record, err));
    set_cell(c->claim, &row, "said", c->change.data, c->change.size);
    return gov_records_put(c->claims, &row.record, put, err);
}

static gov_status put_contested(gov_claims *c, const gov_record *record, const char *from, const char *to,
                                gov_put *put, gov_error *err)
{
    gov_put claimed;
    int changed = 0, taken = 0;
    GOV_TRY(gov_records_would_take(c->own, record, &taken, err));
    if (taken) {
        *put = GOV_PUT_TAKEN;
        return GOV_OK;
    }
    GOV_TRY(put_claim(c, record, from, to, &claimed, err));
    if (claimed == GOV_PUT_DUPLICATE) {
        *put = claimed;
        return GOV_OK;
    }
    if (claimed != GOV_PUT_UNCHANGED)
        GOV_TRY(settle(c, record->key, record->key_size, &changed, err));
    *put = changed ? GOV_PUT_CHANGED : GOV_PUT_UNCHANGED;
    return GOV_OK;
}

static void list_conflicts(gov_claims *c, const gov_record *record)
{
    bind_seek(c, c->conflicts, record->key, record->key_size);
    gov_stmt_text(c->conflicts, 4, speaker_of(c), -1);
    gov_stmt_text(c->conflicts, 5, record->from, -1);
    c->given = record->given;
    c->listing = 1;
}

gov_status gov_claims_put(gov_claims *c, const gov_record *record, gov_put *put, gov_error *err)
{
    int contested = 0, known = 0, own = 0;
    char from[11] = "", to[11] = "";
    c->listing = 0;
    if (!c->active)
        return gov_records_put(c->own, record, put, err);
    GOV_TRY(seek(c, record->key, record->key_size, err));
    GOV_TRY(is_own(c, record, &known, &own, from, to, err));
    bind_seek(c, c->contested, record->key, record->key_size);
    GOV_TRY(ask(c->contested, &contested, err));
    if (!contested && (!known || own))
        return gov_records_put(c->own, record, put, err);
    if (!contested)
        GOV_TRY(open_contest(c, record, err));
    GOV_TRY(put_contested(c, record, known ? from : NULL, known ? to : NULL, put, err));
    if (*put == GOV_PUT_CHANGED || *put == GOV_PUT_UNCHANGED)
        list_conflicts(c, record);
    return GOV_OK;
}

gov_status gov_claims_next(gov_claims *c, gov_conflict *out, int *more, gov_error *err)
{
    gov_status status = GOV_OK;
    *more = c->listing;
    if (!c->listing)
        return GOV_OK;
    while (*more && status == GOV_OK) {
        status = gov_stmt_step(c->conflicts, more, err);
        if (status != GOV_OK || !*more)
            break;
        const char *name = gov_stmt_get_text(c->conflicts, 0);
        out->field = gov_kind_find_field(c->kind, name, (int64_t)strlen(name));
        out->source = gov_stmt_get_text(c->conflicts, 1);
        out->taken = gov_stmt_get_int(c->conflicts, 2) != 0;
        if (out->field >= 0 && c->given[out->field])
            return GOV_OK;
    }
    gov_stmt_reset(c->conflicts);
    c->listing = 0;
    return status;
}

/* --- All --------------------------------------------------------------------------------------------------- */

static gov_status settle_listed(gov_claims *c, gov_stmt *list, gov_error *err)
{
    int row = 0, changed = 0;
    gov_status status;
    gov_stmt_text(list, 1, c->kind->name, -1);
    while ((status = gov_stmt_step(list, &row, err)) == GOV_OK && row) {
        gov_cell key;
        gov_stmt_get(list, 0, &key);
        status = settle(c, key.text, key.size, &changed, err);
        if (status != GOV_OK)
            break;
    }
    gov_stmt_reset(list);
    return status;
}

static gov_status settle_kind(gov_log *log, gov_store *store, const gov_kind *kind, gov_stmt *list,
                              gov_error *err)
{
    gov_records *own = NULL;
    gov_claims *claims = NULL;
    GOV_TRY(gov_records_new(log, store, kind, &own, err));
    gov_status status = gov_claims_new(log, store, kind, own, &claims, err);
    if (status == GOV_OK && claims->active)
        status = settle_listed(claims, list, err);
    gov_claims_free(claims);
    gov_records_free(own);
    return status;
}

gov_status gov_claims_settle(gov_log *log, gov_store *store, gov_error *err)
{
    gov_stmt *list = NULL;
    gov_status status = gov_db_prepare(store->db,
                                       "SELECT DISTINCT subject FROM main." GOV_KIND_TABLE
                                       "claim WHERE subject_kind = ?1 AND ended IS NULL ORDER BY subject",
                                       &list, err);
    for (int64_t i = 0; i < store->kinds.count && status == GOV_OK; i++)
        if (store->kinds.list[i].sources)
            status = settle_kind(log, store, &store->kinds.list[i], list, err);
    gov_stmt_free(list);
    return status;
}
