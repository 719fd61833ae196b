/* place.c - boundaries of a day as a layer, kept for the days on which they do not change.
 *
 * Rows of one file hold from few different days, and between two changes of the boundaries every day has the same
 * layer; so a handful of layers serve a file, and a point costs what the raster of lib/geo costs. Asking SQLite's R*Tree
 * and then one polygon per point would parse that polygon's text each time. */
#include "store/place.h"
#include "geo/layer.h"

#include <string.h>

enum { LAYERS = 8 };

/* The boundaries that hold from `from` up to but not including `to`. */
typedef struct epoch {
    char from[11], to[11];
    gov_arena arena;
    gov_layer *layer; /* NULL: the slot is free */
    const char **codes;
    int64_t count, capacity;
} epoch;

struct gov_placer {
    const char *level, *kind;
    gov_stmt *span, *select, *known, *below;
    epoch epochs[LAYERS];
    int turn; /* the slot that is given up next */
};

#define GRIDS "main." GOV_KIND_TABLE "grid"
#define HOLDS " ended IS NULL AND valid_from <= ?1 AND valid_to > ?1"
#define CHOSEN " (?2 IS NULL OR level = ?2) AND (?3 IS NULL OR kind = ?3)"
#define BOUNDED CHOSEN " AND boundary IS NOT NULL AND ended IS NULL AND salt IS NOT NULL"

static gov_status prepare(gov_placer *p, gov_db *db, gov_error *err)
{
    GOV_TRY(gov_db_prepare(db,
                           "SELECT coalesce(max(day) FILTER (WHERE day <= ?1), '" GOV_ALWAYS_FROM "'),"
                           " coalesce(min(day) FILTER (WHERE day > ?1), '" GOV_ALWAYS_TO "') FROM"
                           " (SELECT valid_from AS day FROM " GRIDS " WHERE" BOUNDED
                           " UNION ALL SELECT valid_to FROM " GRIDS " WHERE" BOUNDED ")",
                           &p->span, err));
    GOV_TRY(gov_db_prepare(db,
                           "SELECT key, boundary FROM " GRIDS " WHERE" HOLDS " AND" BOUNDED " ORDER BY key",
                           &p->select, err));
    GOV_TRY(
        gov_db_prepare(db, "SELECT 1 FROM " GRIDS " WHERE key = ?4 AND" HOLDS " AND" CHOSEN, &p->known, err));
    return gov_db_prepare(
        db,
        "WITH RECURSIVE up (code, steps) AS (SELECT ?2, 0 UNION ALL SELECT parent, steps + 1"
        " FROM up JOIN " GRIDS " ON key = code WHERE" HOLDS
        " AND parent IS NOT NULL AND steps < 64) SELECT 1 FROM up WHERE code = ?3 LIMIT 1",
        &p->below, err);
}

gov_status gov_placer_new(gov_store *store, const char *level, const char *kind, gov_placer **out,
                          gov_error *err)
{
    gov_placer *p = gov_alloc_zero(1, sizeof(*p));
    if (p == NULL)
        return gov_fail_memory(err);
    p->level = level;
    p->kind = kind;
    gov_status status = prepare(p, store->db, err);
    if (status == GOV_OK)
        *out = p;
    else
        gov_placer_free(p);
    return status;
}

static void clear_epoch(epoch *e)
{
    gov_layer_free(e->layer);
    gov_free(e->codes);
    gov_arena_clear(&e->arena);
    *e = (epoch){.arena = GOV_ARENA_INIT};
}

void gov_placer_free(gov_placer *p)
{
    if (p == NULL)
        return;
    for (int i = 0; i < LAYERS; i++)
        clear_epoch(&p->epochs[i]);
    gov_stmt_free(p->span);
    gov_stmt_free(p->select);
    gov_stmt_free(p->known);
    gov_stmt_free(p->below);
    gov_free(p);
}

/* --- Layers ----------------------------------------------------------------------------------------------- */

static void bind(gov_stmt *stmt, const gov_placer *p, const char *day)
{
    gov_stmt_text(stmt, 1, day, -1);
    gov_stmt_text(stmt, 2, p->level, -1);
    gov_stmt_text(stmt, 3, p->kind, -1);
}

static gov_status read_span(gov_placer *p, const char *day, epoch *e, gov_error *err)
{
    int row = 0;
    bind(p->span, p, day);
    gov_status status = gov_stmt_step(p->span, &row, err);
    if (status == GOV_OK) {
        memcpy(e->from, gov_stmt_get_text(p->span, 0), 10);
        memcpy(e->to, gov_stmt_get_text(p->span, 1), 10);
    }
    gov_stmt_reset(p->span);
    return status;
}

static gov_status add_area(epoch *e, gov_layer_builder *b, const gov_stmt *stmt, gov_error *err)
{
    gov_error why = GOV_ERROR_INIT;
    gov_cell boundary;
    const char *code = gov_stmt_get_text(stmt, 0);
    GOV_TRY(gov_grow((void **)&e->codes, &e->capacity, e->count + 1, sizeof(*e->codes), err));
    e->codes[e->count] = gov_arena_text(&e->arena, code, -1);
    if (e->codes[e->count++] == NULL)
        return gov_fail_memory(err);
    gov_stmt_get(stmt, 1, &boundary);
    gov_status status = gov_wkt_area(boundary.text, boundary.size, b, &why);
    return status == GOV_OK ? GOV_OK
                            : gov_fail_at(err, status, GOV_AT_NAME(code),
                                          "the grid's boundary cannot be read: %s", why.message);
}

static gov_status read_areas(gov_placer *p, const char *day, epoch *e, gov_layer_builder *b, gov_error *err)
{
    int row = 0;
    gov_status status;
    bind(p->select, p, day);
    while ((status = gov_stmt_step(p->select, &row, err)) == GOV_OK && row)
        if ((status = add_area(e, b, p->select, err)) != GOV_OK)
            break;
    gov_stmt_reset(p->select);
    return status;
}

static gov_status load(gov_placer *p, const char *day, epoch *e, gov_error *err)
{
    gov_layer_builder b = {.areas = 0};
    clear_epoch(e);
    gov_status status = read_span(p, day, e, err);
    if (status == GOV_OK)
        status = read_areas(p, day, e, &b, err);
    if (status == GOV_OK)
        status = gov_layer_finish(&b, &e->layer, err);
    gov_layer_builder_clear(&b);
    if (status != GOV_OK)
        clear_epoch(e);
    return status;
}

static gov_status epoch_of(gov_placer *p, const char *day, const epoch **out, gov_error *err)
{
    for (int i = 0; i < LAYERS; i++) {
        const epoch *e = &p->epochs[i];
        *out = e;
        if (e->layer != NULL && strcmp(e->from, day) <= 0 && strcmp(e->to, day) > 0)
            return GOV_OK;
    }
    epoch *next = &p->epochs[p->turn++ % LAYERS];
    *out = next;
    return load(p, day, next, err);
}

/* --- Answers ---------------------------------------------------------------------------------------------- */

gov_status gov_placer_at(gov_placer *p, const char *day, double lon, double lat, const char **grid,
                         gov_error *err)
{
    const epoch *e = NULL;
    int64_t area = -1;
    GOV_TRY(epoch_of(p, day, &e, err));
    GOV_TRY(gov_layer_assign(e->layer, &lon, &lat, NULL, 1, NULL, &area, err));
    *grid = area >= 0 ? e->codes[area] : NULL;
    return GOV_OK;
}

static gov_status answers(gov_stmt *stmt, int *row, gov_error *err)
{
    gov_status status = gov_stmt_step(stmt, row, err);
    gov_stmt_reset(stmt);
    return status;
}

gov_status gov_placer_prefix(gov_placer *p, const char *day, const char *code, int64_t size, int64_t *out,
                             gov_error *err)
{
    int known = 0;
    for (*out = size; *out > 0; (*out)--) {
        bind(p->known, p, day);
        gov_stmt_text(p->known, 4, code, *out);
        GOV_TRY(answers(p->known, &known, err));
        if (known)
            return GOV_OK;
    }
    return GOV_OK;
}

static gov_status lies_below(gov_placer *p, const char *day, const char *low, int64_t low_size,
                             const char *high, int64_t high_size, int *below, gov_error *err)
{
    gov_stmt_text(p->below, 1, day, -1);
    gov_stmt_text(p->below, 2, low, low_size);
    gov_stmt_text(p->below, 3, high, high_size);
    return answers(p->below, below, err);
}

gov_status gov_placer_related(gov_placer *p, const char *day, const char *a, int64_t a_size, const char *b,
                              int *related, gov_error *err)
{
    int64_t b_size = (int64_t)strlen(b);
    *related = a_size == b_size && memcmp(a, b, (size_t)a_size) == 0;
    if (!*related)
        GOV_TRY(lies_below(p, day, a, a_size, b, b_size, related, err));
    return *related ? GOV_OK : lies_below(p, day, b, b_size, a, a_size, related, err);
}
