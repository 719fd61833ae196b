/* kinds.c - descriptors from the file's own tables, and tables from the descriptors.
 *
 * Wide typed tables were chosen over one row an attribute (22 indicators of 100 000 households are 2.2 million rows
 * and as many index entries) and over JSON (no types, and parsed again at every read). Adding a field is one
 * ALTER TABLE, which does not rewrite the rows. */
#include "store/kinds.h"

#include <string.h>

gov_type gov_type_of_name(const char *name)
{
    static const gov_type types[] = {GOV_TYPE_UTF8, GOV_TYPE_INT64, GOV_TYPE_FLOAT64,
                                     GOV_TYPE_BOOL, GOV_TYPE_DATE,  GOV_TYPE_TIMESTAMP};
    for (size_t i = 0; name != NULL && i < sizeof(types) / sizeof(types[0]); i++)
        if (strcmp(name, gov_type_name(types[i])) == 0)
            return types[i];
    return GOV_TYPE_NULL;
}

void gov_sql_name(gov_buffer *sql, const char *name)
{
    gov_buffer_char(sql, '"');
    for (const char *c = name; *c != '\0'; c++) {
        if (*c == '"')
            gov_buffer_char(sql, '"');
        gov_buffer_char(sql, *c);
    }
    gov_buffer_char(sql, '"');
}

void gov_sql_text(gov_buffer *sql, const char *text)
{
    gov_buffer_char(sql, '\'');
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '\'')
            gov_buffer_char(sql, '\'');
        gov_buffer_char(sql, *c);
    }
    gov_buffer_char(sql, '\'');
}

const gov_kind *gov_kinds_find(const gov_kinds *kinds, const char *name)
{
    for (int64_t i = 0; i < kinds->count; i++)
        if (strcmp(kinds->list[i].name, name) == 0)
            return &kinds->list[i];
    return NULL;
}

gov_status gov_kinds_need(const gov_kinds *kinds, const char *name, const gov_kind **out, gov_error *err)
{
    if (name == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "kind must be given");
    *out = gov_kinds_find(kinds, name);
    if (*out == NULL)
        return gov_fail_at(err, GOV_E_UNKNOWN_NAME, GOV_AT_NAME(name), "the store has no kind of this name");
    return GOV_OK;
}

int64_t gov_kind_find_field(const gov_kind *kind, const char *name, int64_t size)
{
    for (int64_t i = 0; i < kind->count; i++)
        if ((int64_t)strlen(kind->fields[i].name) == size &&
            memcmp(kind->fields[i].name, name, (size_t)size) == 0)
            return i;
    return -1;
}

/* Texts of a row go into the arena; a failure shows as *failed. */
static const char *keep(gov_kinds *kinds, const gov_stmt *stmt, int column, int *failed)
{
    const char *text = gov_stmt_get_text(stmt, column);
    if (text == NULL)
        return NULL;
    const char *copy = gov_arena_text(&kinds->arena, text, -1);
    *failed |= copy == NULL;
    return copy;
}

static gov_status read_field(gov_kinds *kinds, const gov_stmt *stmt, gov_kind_field *field, gov_error *err)
{
    int failed = 0;
    gov_cell low, high;
    gov_stmt_get(stmt, 10, &low);
    gov_stmt_get(stmt, 11, &high);
    *field = (gov_kind_field){.number = gov_stmt_get_int(stmt, 0),
                              .name = keep(kinds, stmt, 1, &failed),
                              .type = gov_type_of_name(gov_stmt_get_text(stmt, 2)),
                              .unit = keep(kinds, stmt, 3, &failed),
                              .code_set = keep(kinds, stmt, 4, &failed),
                              .field_class = (gov_field_class)gov_stmt_get_int(stmt, 5),
                              .required = gov_stmt_get_int(stmt, 6) != 0,
                              .refers = keep(kinds, stmt, 7, &failed),
                              .scheme = keep(kinds, stmt, 8, &failed),
                              .form = keep(kinds, stmt, 9, &failed),
                              .has_low = low.type != GOV_CELL_NULL,
                              .has_high = high.type != GOV_CELL_NULL,
                              .low = low.real,
                              .high = high.real,
                              .label_zh = keep(kinds, stmt, 12, &failed),
                              .label_en = keep(kinds, stmt, 13, &failed)};
    if (failed)
        return gov_fail_memory(err);
    return field->name != NULL && field->type != GOV_TYPE_NULL
               ? GOV_OK
               : gov_fail(err, GOV_E_CORRUPT, "a field has no name or no type");
}

static gov_status read_fields(gov_db *db, gov_kinds *kinds, gov_kind *kind, gov_error *err)
{
    gov_stmt *stmt = NULL;
    int row = 0;
    int64_t room = 0;
    gov_status status =
        gov_db_prepare(db,
                       "SELECT number, name, type, unit, code_set, class, required, refers, scheme,"
                       " form, low, high, label_zh, label_en, count(*) OVER () FROM main.field"
                       " WHERE kind = ?1 ORDER BY number",
                       &stmt, err);
    if (status != GOV_OK)
        return status;
    gov_stmt_text(stmt, 1, kind->name, -1);
    while (status == GOV_OK && (status = gov_stmt_step(stmt, &row, err)) == GOV_OK && row) {
        room = room == 0 ? gov_stmt_get_int(stmt, 14) : room;
        if (kind->fields == NULL)
            kind->fields = gov_arena_alloc(&kinds->arena, room, sizeof(gov_kind_field));
        status = kind->fields != NULL ? gov_stmt_check_room(kind->count, room, err) : gov_fail_memory(err);
        if (status == GOV_OK)
            status = read_field(kinds, stmt, &kind->fields[kind->count++], err);
    }
    gov_stmt_free(stmt);
    return status;
}

static gov_status split_key(gov_kind *kind, const char *key, gov_error *err)
{
    if (*key == '\0')
        return gov_fail_at(err, GOV_E_CORRUPT, GOV_AT_NAME(kind->name), "the kind has no key");
    while (*key != '\0') {
        int64_t size = (int64_t)strcspn(key, ",");
        int64_t field = gov_kind_find_field(kind, key, size);
        if (field < 0 || kind->key_count == GOV_KEY_FIELDS)
            return gov_fail_at(err, GOV_E_CORRUPT, GOV_AT_NAME(kind->name), "the kind's key names no field");
        kind->key[kind->key_count++] = (int)field;
        key += size + (key[size] == ',');
    }
    return GOV_OK;
}

static int rule_type(const char *name, gov_rule_type *type)
{
    static const char *const names[] = {"past", "unique", "birth_of", "sex_of"};
    for (int i = 0; i < 4; i++)
        if (name != NULL && strcmp(names[i], name) == 0) {
            *type = (gov_rule_type)i;
            return 1;
        }
    return 0;
}

static int64_t field_named(const gov_kind *kind, const char *name)
{
    return name != NULL ? gov_kind_find_field(kind, name, (int64_t)strlen(name)) : -1;
}

static gov_status read_rule(const gov_stmt *stmt, gov_kind *kind, gov_error *err)
{
    gov_rule rule = {GOV_RULE_PAST, field_named(kind, gov_stmt_get_text(stmt, 1)),
                     field_named(kind, gov_stmt_get_text(stmt, 2))};
    int known = rule_type(gov_stmt_get_text(stmt, 0), &rule.type);
    int needs_other = rule.type == GOV_RULE_BIRTH_OF || rule.type == GOV_RULE_SEX_OF;
    if (!known || rule.field < 0 || (needs_other && rule.other < 0))
        return gov_fail_at(err, GOV_E_CORRUPT, GOV_AT_NAME(kind->name), "a rule names no field");
    kind->rules[kind->rule_count++] = rule;
    return GOV_OK;
}

/* A layout before the rules is read while it is migrated. */
static gov_status read_rules(gov_db *db, gov_kinds *kinds, gov_kind *kind, gov_error *err)
{
    gov_stmt *stmt = NULL;
    int row = 0;
    int64_t there = 0, room = 0;
    GOV_TRY(
        gov_db_integer(db, "SELECT count(*) FROM main.sqlite_schema WHERE name = 'rule'", 0, &there, err));
    if (!there)
        return GOV_OK;
    gov_status status = gov_db_prepare(db,
                                       "SELECT name, field, other, count(*) OVER () FROM main.rule"
                                       " WHERE kind = ?1 ORDER BY number",
                                       &stmt, err);
    if (status != GOV_OK)
        return status;
    gov_stmt_text(stmt, 1, kind->name, -1);
    while (status == GOV_OK && (status = gov_stmt_step(stmt, &row, err)) == GOV_OK && row) {
        room = room == 0 ? gov_stmt_get_int(stmt, 3) : room;
        if (kind->rules == NULL)
            kind->rules = gov_arena_alloc(&kinds->arena, room, sizeof(gov_rule));
        status =
            kind->rules != NULL ? gov_stmt_check_room(kind->rule_count, room, err) : gov_fail_memory(err);
        if (status == GOV_OK)
            status = read_rule(stmt, kind, err);
    }
    gov_stmt_free(stmt);
    return status;
}

static gov_status name_columns(gov_kinds *kinds, gov_kind *kind, gov_error *err)
{
    for (int64_t i = 0; i < kind->count; i++) {
        gov_buffer text = GOV_BUFFER_INIT;
        int sole = kind->key_count == 1 && kind->key[0] == i;
        kind->fields[i].is_key = sole;
        gov_sql_name(&text, sole ? "key" : kind->fields[i].name);
        kind->fields[i].column = text.broken ? NULL : gov_arena_text(&kinds->arena, text.data, text.size);
        gov_buffer_clear(&text);
        if (kind->fields[i].column == NULL)
            return gov_fail_memory(err);
    }
    return GOV_OK;
}

static gov_status read_kind(gov_db *db, gov_kinds *kinds, int64_t room, const gov_stmt *stmt, gov_error *err)
{
    int failed = 0;
    GOV_TRY(gov_stmt_check_room(kinds->count, room, err));
    gov_kind *kind = &kinds->list[kinds->count++];
    kind->number = gov_stmt_get_int(stmt, 0);
    kind->name = keep(kinds, stmt, 1, &failed);
    kind->scope = keep(kinds, stmt, 3, &failed);
    kind->label_zh = keep(kinds, stmt, 4, &failed);
    kind->label_en = keep(kinds, stmt, 5, &failed);
    if (failed)
        return gov_fail_memory(err);
    if (kind->name == NULL || gov_stmt_get_text(stmt, 2) == NULL)
        return gov_fail(err, GOV_E_CORRUPT, "a kind has no name or no key");
    GOV_TRY(read_fields(db, kinds, kind, err));
    kind->sources = gov_stmt_get_int(stmt, 6) != 0;
    kind->append_only = gov_stmt_get_int(stmt, 7) != 0;
    GOV_TRY(read_rules(db, kinds, kind, err));
    GOV_TRY(split_key(kind, gov_stmt_get_text(stmt, 2), err));
    return name_columns(kinds, kind, err);
}

/* A layout before the sources is read while it is migrated. */
static const char *select_kinds(int64_t has_sources)
{
    return has_sources
               ? "SELECT number, name, key, scope, label_zh, label_en, sources, append_only FROM main.kind"
                 " ORDER BY number"
               : "SELECT number, name, key, scope, label_zh, label_en, 0, 0 FROM main.kind ORDER BY number";
}

gov_status gov_kinds_load(gov_db *db, gov_kinds *out, gov_error *err)
{
    gov_kinds kinds = {GOV_ARENA_INIT, NULL, 0};
    gov_stmt *stmt = NULL;
    int row = 0;
    int64_t count = 0, has_sources = 0;
    gov_status status;
    GOV_TRY_OUT(gov_db_integer(db, "SELECT count(*) FROM main.kind", 0, &count, err));
    kinds.list = gov_arena_alloc(&kinds.arena, count, sizeof(gov_kind));
    if (kinds.list == NULL)
        GOV_TRY_OUT(gov_fail_memory(err));
    GOV_TRY_OUT(gov_db_integer(db, "SELECT 1 FROM pragma_table_info('kind', 'main') WHERE name = 'sources'",
                               0, &has_sources, err));
    GOV_TRY_OUT(gov_db_prepare(db, select_kinds(has_sources), &stmt, err));
    while ((status = gov_stmt_step(stmt, &row, err)) == GOV_OK && row)
        GOV_TRY_OUT(read_kind(db, &kinds, count, stmt, err));
out:
    gov_stmt_free(stmt);
    if (status != GOV_OK) {
        gov_arena_clear(&kinds.arena);
        return status;
    }
    gov_kinds_clear(out);
    *out = kinds;
    return GOV_OK;
}

void gov_kinds_clear(gov_kinds *kinds)
{
    gov_arena_clear(&kinds->arena);
    kinds->list = NULL;
    kinds->count = 0;
}

/* --- Tables ---------------------------------------------------------------------------------------------- */

static const char *storage_of(gov_type type)
{
    switch (type) {
    case GOV_TYPE_INT64:
    case GOV_TYPE_BOOL:
        return "INTEGER";
    case GOV_TYPE_FLOAT64:
        return "REAL";
    default:
        return "TEXT";
    }
}

static gov_status run_buffer(gov_db *db, gov_buffer *sql, gov_error *err)
{
    gov_buffer_char(sql, '\0');
    gov_status status = sql->broken ? gov_fail_memory(err) : gov_db_run(db, sql->data, err);
    gov_buffer_clear(sql);
    return status;
}

static gov_status make_table(gov_db *db, const gov_kind *kind, gov_error *err)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    gov_buffer_format(&sql, "CREATE TABLE IF NOT EXISTS main.\"" GOV_KIND_TABLE "%s\"", kind->name);
    gov_buffer_text(
        &sql,
        " (version INTEGER PRIMARY KEY, key TEXT NOT NULL, valid_from TEXT NOT NULL,"
        " valid_to TEXT NOT NULL, added INTEGER NOT NULL, ended INTEGER, salt BLOB, _act INTEGER) STRICT;");
    gov_buffer_format(
        &sql, "CREATE INDEX IF NOT EXISTS main.\"%s_key\" ON \"" GOV_KIND_TABLE "%s\" (key, valid_from)",
        kind->name, kind->name);
    return run_buffer(db, &sql, err);
}

/* Whether a record belongs to another by this field: 'kind_field/field' in the kind's scope. */
static int belongs_by(const gov_kind *kind, const gov_kind_field *field)
{
    const char *slash = kind->scope != NULL ? strchr(kind->scope, '/') : NULL;
    size_t size = slash != NULL ? strcspn(slash + 1, ",") : 0;
    return size > 0 && strlen(field->name) == size && memcmp(slash + 1, field->name, size) == 0;
}

/* Fields by which records are looked up: identifier schemes, keys of other records, and whom a record is about. */
static void add_index(gov_buffer *sql, const gov_kind *kind, const gov_kind_field *field)
{
    if (field->scheme == NULL && field->refers == NULL && !belongs_by(kind, field))
        return;
    gov_buffer_format(sql,
                      ";CREATE INDEX main.\"%s_%s\" ON \"" GOV_KIND_TABLE "%s\" (%s) WHERE ended IS NULL",
                      kind->name, field->name, kind->name, field->column);
}

static gov_status make_column(gov_db *db, const gov_kind *kind, const gov_kind_field *field, gov_error *err)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    gov_buffer_format(&sql, "ALTER TABLE main.\"" GOV_KIND_TABLE "%s\" ADD COLUMN %s %s", kind->name,
                      field->column, storage_of(field->type));
    add_index(&sql, kind, field);
    return run_buffer(db, &sql, err);
}

static gov_status has_column(gov_stmt *look, const gov_kind *kind, const char *column, int *has,
                             gov_error *err)
{
    gov_stmt_text(look, 1, kind->name, -1);
    gov_stmt_text(look, 2, column, -1);
    gov_status status = gov_stmt_step(look, has, err);
    gov_stmt_reset(look);
    return status;
}

/* Tables of older layouts lack it. No field can have this name: those begin with a letter. */
static gov_status make_act(gov_db *db, const gov_kind *kind, gov_stmt *look, gov_error *err)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    int has = 0;
    GOV_TRY(has_column(look, kind, "_act", &has, err));
    if (has)
        return GOV_OK;
    gov_buffer_format(&sql, "ALTER TABLE main.\"" GOV_KIND_TABLE "%s\" ADD COLUMN _act INTEGER", kind->name);
    return run_buffer(db, &sql, err);
}

static gov_status make_columns(gov_db *db, const gov_kind *kind, gov_error *err)
{
    gov_stmt *look = NULL;
    int has = 0;
    GOV_TRY(gov_db_prepare(
        db, "SELECT 1 FROM pragma_table_info('" GOV_KIND_TABLE "' || ?1, 'main') WHERE name = ?2", &look,
        err));
    gov_status status = make_act(db, kind, look, err);
    for (int64_t i = 0; i < kind->count && status == GOV_OK; i++) {
        const gov_kind_field *field = &kind->fields[i];
        if (field->is_key)
            continue;
        status = has_column(look, kind, field->name, &has, err);
        if (status == GOV_OK && !has)
            status = make_column(db, kind, field, err);
    }
    gov_stmt_free(look);
    return status;
}

int gov_kind_is_located(const gov_kind *kind)
{
    return kind->key_count == 1 && gov_kind_find_field(kind, "lon", 3) >= 0 &&
           gov_kind_find_field(kind, "lat", 3) >= 0;
}

/* An R*Tree over all versions with a place; SQLite's does not let triggers fill it in a store that trusts no schema, so
 * it is filled where versions are added. */
static gov_status make_boxes(gov_db *db, const gov_kind *kind, gov_error *err)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    if (!gov_kind_is_located(kind))
        return GOV_OK;
    gov_buffer_format(&sql,
                      "CREATE VIRTUAL TABLE IF NOT EXISTS main.\"" GOV_KIND_TABLE "%s_box\""
                      " USING rtree (version, west, east, south, north)",
                      kind->name);
    return run_buffer(db, &sql, err);
}

/* Made anew with every field. Erasing (by the log) takes the salt away with the content. */
static gov_status make_append_only(gov_db *db, const gov_kind *kind, gov_error *err)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    if (!kind->append_only)
        return GOV_OK;
    gov_buffer_format(
        &sql,
        "DROP TRIGGER IF EXISTS main.\"%s_is_append_only_update\";"
        "CREATE TRIGGER main.\"%s_is_append_only_update\" BEFORE UPDATE OF version, key, valid_from,"
        " valid_to, added, salt, _act",
        kind->name, kind->name);
    for (int64_t i = 0; i < kind->count; i++)
        if (!kind->fields[i].is_key)
            gov_buffer_format(&sql, ", %s", kind->fields[i].column);
    gov_buffer_format(&sql,
                      " ON \"" GOV_KIND_TABLE
                      "%s\" WHEN NEW.salt IS NOT NULL BEGIN SELECT raise(ABORT, '%s is append-only'); END;"
                      "CREATE TRIGGER IF NOT EXISTS main.\"%s_is_append_only_delete\" BEFORE DELETE ON"
                      " \"" GOV_KIND_TABLE "%s\" BEGIN SELECT raise(ABORT, '%s is append-only'); END",
                      kind->name, kind->name, kind->name, kind->name, kind->name);
    return run_buffer(db, &sql, err);
}

gov_status gov_kinds_make_tables(gov_db *db, const gov_kinds *kinds, gov_error *err)
{
    for (int64_t i = 0; i < kinds->count; i++) {
        GOV_TRY(make_table(db, &kinds->list[i], err));
        GOV_TRY(make_columns(db, &kinds->list[i], err));
        GOV_TRY(make_boxes(db, &kinds->list[i], err));
        GOV_TRY(make_append_only(db, &kinds->list[i], err));
    }
    return GOV_OK;
}
