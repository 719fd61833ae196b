/* reorganise.c - splits, merges, new codes and names of grids.
 *
 * The rows are read into parts and sorted by from_grid, so that a grid's parts are neighbours. What is written is
 * ordinary versions of grids and of their lineage, so history, undo and the log need nothing of their own. */
#include "store/query.h"
#include "store/record.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FROM, TO, NAME, LEVEL, KIND, PARENT, EVIDENCE, TEXTS };

typedef struct part {
    const char *text[TEXTS]; /* NULL: missing */
    double share;            /* NaN: missing */
    int64_t row;
} part;

typedef struct reorganisation {
    gov_store *store;
    gov_log *log;
    gov_arena arena;
    part *parts;
    int64_t count;
    const gov_kind *grid, *lineage;
    gov_records *grids, *lineages;
    gov_stmt *look, *children;
    char day[11];
} reorganisation;

/* --- Reading ---------------------------------------------------------------------------------------------- */

static gov_status read_text(reorganisation *r, const gov_table *table, int64_t row, int64_t column,
                            const char **out, gov_error *err)
{
    const char *text = NULL;
    int64_t size = 0;
    GOV_TRY(gov_table_text(table, row, column, &text, &size, err));
    *out = text == NULL || size == 0 ? NULL : gov_arena_text(&r->arena, text, size);
    return text == NULL || size == 0 || *out != NULL ? GOV_OK : gov_fail_memory(err);
}

static gov_status read_column(reorganisation *r, const gov_table *table, int64_t column, gov_error *err)
{
    static const char *const names[] = {"from_grid", "to_grid", "name",    "level",
                                        "kind",      "parent",  "evidence"};
    const char *name = gov_table_name(table, column);
    uint8_t there = 0;
    for (int t = 0; t < TEXTS; t++) {
        if (strcmp(name, names[t]) != 0)
            continue;
        for (int64_t i = 0; i < r->count; i++)
            GOV_TRY(read_text(r, table, i, column, &r->parts[i].text[t], err));
        return GOV_OK;
    }
    if (strcmp(name, "share") != 0)
        return gov_fail_at(err, GOV_E_UNKNOWN_NAME, GOV_AT_NAME(name), "a reorganisation has no such column");
    for (int64_t i = 0; i < r->count; i++) {
        GOV_TRY(gov_table_copy_doubles(table, column, i, 1, &r->parts[i].share, &there, err));
        r->parts[i].share = there ? r->parts[i].share : (double)NAN;
    }
    return GOV_OK;
}

static int by_from(const void *a, const void *b)
{
    const part *x = a, *y = b;
    int order = strcmp(x->text[FROM], y->text[FROM]);
    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

static gov_status read_parts(reorganisation *r, const gov_table *table, gov_error *err)
{
    r->count = gov_table_rows(table);
    r->parts = gov_arena_alloc(&r->arena, r->count + 1, sizeof(part));
    if (r->parts == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < r->count; i++) {
        r->parts[i].share = (double)NAN;
        r->parts[i].row = i;
    }
    for (int64_t c = 0; c < gov_table_columns(table); c++)
        GOV_TRY(read_column(r, table, c, err));
    for (int64_t i = 0; i < r->count; i++)
        if (r->parts[i].text[FROM] == NULL || r->parts[i].text[TO] == NULL)
            return gov_fail_at(err, GOV_E_MISSING,
                               GOV_AT_ROW(i, r->parts[i].text[FROM] ? "to_grid" : "from_grid"),
                               "both grids must be given");
    qsort(r->parts, (size_t)r->count, sizeof(part), by_from);
    return GOV_OK;
}

/* --- Grids as they are ------------------------------------------------------------------------------------ */

/* The version that holds on the day: *version is 0 if there is none. Its parent is copied to the arena. */
static gov_status look_up(reorganisation *r, const char *code, int64_t *version, const char **parent,
                          gov_error *err)
{
    int row = 0;
    gov_stmt_text(r->look, 1, code, -1);
    gov_stmt_text(r->look, 2, r->day, -1);
    gov_status status = gov_stmt_step(r->look, &row, err);
    *version = status == GOV_OK && row ? gov_stmt_get_int(r->look, 0) : 0;
    const char *text = status == GOV_OK && row ? gov_stmt_get_text(r->look, 1) : NULL;
    *parent = text != NULL ? gov_arena_text(&r->arena, text, -1) : NULL;
    if (text != NULL && *parent == NULL)
        status = gov_fail_memory(err);
    gov_stmt_reset(r->look);
    return status;
}

static void set(const gov_kind *kind, gov_cell *cells, unsigned char *given, const char *field,
                const char *text)
{
    int64_t i = gov_kind_find_field(kind, field, (int64_t)strlen(field));
    if (text == NULL)
        return;
    given[i] = 1;
    cells[i] = (gov_cell){.type = GOV_CELL_TEXT, .text = text, .size = (int64_t)strlen(text)};
}

#define MOST_FIELDS 256

static gov_status put_grid(reorganisation *r, const char *code, const char *name, const char *level,
                           const char *kind, const char *parent, gov_error *err)
{
    gov_cell cells[MOST_FIELDS] = {{.type = GOV_CELL_NULL}};
    unsigned char given[MOST_FIELDS] = {0};
    gov_put put;
    if (r->grid->count > MOST_FIELDS)
        return gov_fail(err, GOV_E_LIMIT, "grids have more than %d fields", MOST_FIELDS);
    set(r->grid, cells, given, "code", code);
    set(r->grid, cells, given, "name", name);
    set(r->grid, cells, given, "level", level);
    set(r->grid, cells, given, "kind", kind);
    set(r->grid, cells, given, "parent", parent);
    gov_record record = {
        .key = code, .key_size = (int64_t)strlen(code), .cells = cells, .given = given, .from = r->day};
    return gov_records_put(r->grids, &record, &put, err);
}

static gov_status put_lineage(reorganisation *r, const part *p, const char *change, double share,
                              gov_error *err)
{
    gov_cell cells[16] = {{.type = GOV_CELL_NULL}};
    unsigned char given[16] = {0};
    gov_put put;
    gov_buffer key = GOV_BUFFER_INIT;
    set(r->lineage, cells, given, "from_grid", p->text[FROM]);
    set(r->lineage, cells, given, "to_grid", p->text[TO]);
    set(r->lineage, cells, given, "on_date", r->day);
    set(r->lineage, cells, given, "change", change);
    set(r->lineage, cells, given, "evidence", p->text[EVIDENCE]);
    int64_t at = gov_kind_find_field(r->lineage, "share", 5);
    given[at] = 1;
    cells[at] = (gov_cell){.type = GOV_CELL_REAL, .real = share};
    gov_buffer_format(&key, "%s|%s|%s", p->text[FROM], p->text[TO], r->day);
    gov_record record = {.key = key.data, .key_size = key.size, .cells = cells, .given = given};
    gov_status status = key.broken ? gov_fail_memory(err) : gov_records_put(r->lineages, &record, &put, err);
    gov_buffer_clear(&key);
    return status;
}

/* --- One grid's parts ------------------------------------------------------------------------------------- */

static gov_status put_target(reorganisation *r, const part *p, const char *parent, int *lived, gov_error *err)
{
    int64_t version = 0;
    const char *ignored = NULL;
    GOV_TRY(look_up(r, p->text[TO], &version, &ignored, err));
    *lived = version != 0;
    if (version == 0 && (p->text[NAME] == NULL || p->text[LEVEL] == NULL))
        return gov_fail_at(err, GOV_E_MISSING, GOV_AT_ROW(p->row, p->text[TO]),
                           "a new grid needs a name and a level");
    if (version == 0 || p->text[NAME] != NULL || p->text[LEVEL] != NULL || p->text[KIND] != NULL ||
        p->text[PARENT] != NULL)
        return put_grid(r, p->text[TO], p->text[NAME], p->text[LEVEL], p->text[KIND],
                        p->text[PARENT] != NULL || version != 0 ? p->text[PARENT] : parent, err);
    return GOV_OK;
}

static gov_status move_children(reorganisation *r, const char *from, const char *to, gov_error *err)
{
    int row = 0;
    gov_status status = GOV_OK;
    gov_stmt_text(r->children, 1, from, -1);
    gov_stmt_text(r->children, 2, r->day, -1);
    while (status == GOV_OK && (status = gov_stmt_step(r->children, &row, err)) == GOV_OK && row) {
        const char *text = gov_stmt_get_text(r->children, 0);
        const char *code = gov_arena_text(&r->arena, text != NULL ? text : "", -1);
        status = code == NULL ? gov_fail_memory(err) : put_grid(r, code, NULL, NULL, NULL, to, err);
    }
    gov_stmt_reset(r->children);
    return status;
}

static gov_status sum_shares(const part *parts, int64_t count, double *sum, gov_error *err)
{
    *sum = 0;
    for (int64_t i = 0; i < count; i++) {
        double share = isnan(parts[i].share) ? 1.0 / (double)count : parts[i].share;
        if (!(share > 0) || share > 1)
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(parts[i].row, "share"),
                               "a share is above 0 and at most 1");
        *sum += share;
    }
    if (*sum > 1 + 1e-9)
        return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(parts[0].row, "share"),
                           "the shares of %s make up more than 1", parts[0].text[FROM]);
    return GOV_OK;
}

static int count_sources(const reorganisation *r, const char *to)
{
    int sources = 0;
    for (int64_t i = 0; i < r->count; i++)
        sources += strcmp(r->parts[i].text[TO], to) == 0 && strcmp(r->parts[i].text[FROM], to) != 0;
    return sources;
}

static gov_status put_part(reorganisation *r, const part *p, int64_t count, const char *parent,
                           gov_error *err)
{
    int lived = 0;
    GOV_TRY(put_target(r, p, parent, &lived, err));
    if (strcmp(p->text[FROM], p->text[TO]) == 0)
        return GOV_OK;
    double share = isnan(p->share) ? 1.0 / (double)count : p->share;
    int whole = count == 1 && share > 1 - 1e-9;
    const char *change = !whole                                       ? "split"
                         : lived || count_sources(r, p->text[TO]) > 1 ? "absorbed"
                                                                      : "became";
    return put_lineage(r, p, change, share, err);
}

/* The parts [first, first + count) of one grid. A row from a grid to itself only changes it. */
static gov_status put_parts(reorganisation *r, const part *parts, int64_t count, gov_error *err)
{
    int64_t version = 0;
    const char *parent = NULL, *from = parts[0].text[FROM];
    double sum = 0;
    GOV_TRY(look_up(r, from, &version, &parent, err));
    if (version == 0)
        return gov_fail_at(err, GOV_E_REFERENCE, GOV_AT_ROW(parts[0].row, from),
                           "no grid of this code holds on that day");
    int lives_on = 0;
    GOV_TRY(sum_shares(parts, count, &sum, err));
    for (int64_t i = 0; i < count; i++)
        GOV_TRY(put_part(r, &parts[i], count, parent, err));
    for (int64_t i = 0; i < count; i++)
        lives_on |= strcmp(from, parts[i].text[TO]) == 0;
    if (lives_on || sum < 1 - 1e-9)
        return GOV_OK;
    if (count == 1)
        GOV_TRY(move_children(r, from, parts[0].text[TO], err));
    return gov_records_cut(r->grids, version, r->day, err);
}

/* --- All -------------------------------------------------------------------------------------------------- */

static gov_status check_parents(reorganisation *r, gov_error *err)
{
    gov_stmt *stmt = NULL;
    int row = 0;
    GOV_TRY(gov_db_prepare(
        r->store->db,
        "SELECT g.key FROM main." GOV_KIND_TABLE "grid g WHERE g.ended IS NULL AND g.valid_from <= ?1"
        " AND g.valid_to > ?1 AND g.parent IS NOT NULL AND NOT EXISTS (SELECT 1 FROM main." GOV_KIND_TABLE
        "grid p WHERE p.key = g.parent AND p.ended IS NULL AND p.valid_from <= ?1 AND p.valid_to > ?1)"
        " ORDER BY g.key LIMIT 1",
        &stmt, err));
    gov_stmt_text(stmt, 1, r->day, -1);
    gov_status status = gov_stmt_step(stmt, &row, err);
    if (status == GOV_OK && row)
        status = gov_fail_at(
            err, GOV_E_CONFLICT, GOV_AT_NAME(gov_stmt_get_text(stmt, 0)),
            "this grid would hang on one that has ended: name its new parent in a row of its own");
    gov_stmt_free(stmt);
    return status;
}

static gov_status prepare(reorganisation *r, gov_error *err)
{
    gov_store *store = r->store;
    GOV_TRY(gov_kinds_need(&store->kinds, "grid", &r->grid, err));
    GOV_TRY(gov_kinds_need(&store->kinds, "lineage", &r->lineage, err));
    GOV_TRY(gov_records_new(r->log, store, r->grid, &r->grids, err));
    GOV_TRY(gov_records_new(r->log, store, r->lineage, &r->lineages, err));
    GOV_TRY(gov_db_prepare(store->db,
                           "SELECT version, parent FROM main." GOV_KIND_TABLE
                           "grid WHERE key = ?1 AND ended IS NULL"
                           " AND valid_from <= ?2 AND valid_to > ?2",
                           &r->look, err));
    return gov_db_prepare(store->db,
                          "SELECT key FROM main." GOV_KIND_TABLE "grid WHERE parent = ?1 AND ended IS NULL"
                          " AND valid_from <= ?2 AND valid_to > ?2 ORDER BY key",
                          &r->children, err);
}

/* Rows that only change a grid come first: a child that is placed by name must not be moved after. */
static gov_status put_all(reorganisation *r, gov_error *err)
{
    for (int changes = 1; changes >= 0; changes--)
        for (int64_t i = 0, end; i < r->count; i = end) {
            for (end = i + 1;
                 end < r->count && strcmp(r->parts[end].text[FROM], r->parts[i].text[FROM]) == 0;)
                end++;
            int only_changes = end == i + 1 && strcmp(r->parts[i].text[FROM], r->parts[i].text[TO]) == 0;
            if (only_changes != changes)
                continue;
            GOV_TRY(put_parts(r, r->parts + i, end - i, err));
        }
    return check_parents(r, err);
}

gov_status gov_store_reorganise(gov_store *store, const gov_table *changes, const char *on_day,
                                const char *reason, int64_t *act, gov_error *err)
{
    reorganisation r = {.store = store};
    if (store == NULL || changes == NULL || on_day == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store, changes and on_day must be given");
    if (store->scope != NULL)
        return gov_fail(err, GOV_E_SCOPE, "only an actor who sees all grids may do this");
    GOV_TRY(gov_store_day(on_day, r.day, err));
    GOV_TRY(gov_log_begin(store, "reorganise", NULL, reason, &r.log, err));
    gov_status status = read_parts(&r, changes, err);
    if (status == GOV_OK)
        status = prepare(&r, err);
    if (status == GOV_OK)
        status = put_all(&r, err);
    int64_t number = gov_log_act(r.log);
    gov_records_free(r.grids);
    gov_records_free(r.lineages);
    gov_stmt_free(r.look);
    gov_stmt_free(r.children);
    gov_arena_clear(&r.arena);
    gov_status ended = gov_log_end(r.log, status == GOV_OK, status == GOV_OK ? err : NULL);
    status = status == GOV_OK ? ended : status;
    if (status == GOV_OK && act != NULL)
        *act = number;
    return status;
}
