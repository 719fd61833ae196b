/* cover.c - the boundaries of one level of grids as a layer, by code. The layer's areas are numbers; here each number
 * becomes the code of its grid again. */
#include "geo/layer.h"
#include "store/query.h"

typedef struct cover {
    gov_arena arena;
    const char **codes;
    int64_t count, capacity;
    gov_layer *layer;
} cover;

static void clear(cover *c)
{
    gov_layer_free(c->layer);
    gov_free(c->codes);
    gov_arena_clear(&c->arena);
}

/* --- The layer -------------------------------------------------------------------------------------------- */

static gov_status add_grid(cover *c, gov_layer_builder *b, const gov_stmt *stmt, gov_error *err)
{
    gov_error why = GOV_ERROR_INIT;
    gov_cell boundary;
    gov_stmt_get(stmt, 1, &boundary);
    GOV_TRY(gov_grow((void **)&c->codes, &c->capacity, c->count + 1, sizeof(*c->codes), err));
    const char *code = c->codes[c->count++] = gov_arena_text(&c->arena, gov_stmt_get_text(stmt, 0), -1);
    if (code == NULL)
        return gov_fail_memory(err);
    gov_status status = gov_wkt_area(boundary.text, boundary.size, b, &why);
    return status == GOV_OK ? GOV_OK
                            : gov_fail_at(err, status, GOV_AT_NAME(code),
                                          "the grid's boundary cannot be read: %s", why.message);
}

static gov_status read_grids(gov_store *store, const char *level, cover *c, gov_layer_builder *b,
                             gov_error *err)
{
    gov_stmt *stmt = NULL;
    int row = 0;
    GOV_TRY(gov_db_prepare(store->db,
                           "SELECT code, boundary FROM temp.grid WHERE level = ?1 AND boundary IS NOT NULL"
                           " ORDER BY code",
                           &stmt, err));
    gov_stmt_text(stmt, 1, level, -1);
    gov_status status = GOV_OK;
    while (status == GOV_OK && (status = gov_stmt_step(stmt, &row, err)) == GOV_OK && row)
        status = add_grid(c, b, stmt, err);
    gov_stmt_free(stmt);
    return status;
}

static gov_status load(gov_store *store, const char *level, const gov_query_options *options,
                       gov_query_options *o, cover *c, gov_error *err)
{
    gov_layer_builder b = {.areas = 0};
    gov_moment moment;
    if (store == NULL || level == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store and level must be given");
    GOV_TRY(gov_query_check(options, o, err));
    GOV_TRY(gov_moment_of(store, o->as_of, o->recorded, &moment, err));
    GOV_TRY(gov_views_make(store, &moment, err));
    gov_status status = read_grids(store, level, c, &b, err);
    if (status == GOV_OK)
        status = gov_layer_finish(&b, &c->layer, err);
    gov_layer_builder_clear(&b);
    return status;
}

/* --- Rows ------------------------------------------------------------------------------------------------- */

static gov_status text_of(const gov_table *t, int64_t row, const char *name, const char **out, int64_t *size,
                          gov_error *err)
{
    int64_t column = 0;
    GOV_TRY(gov_table_find(t, name, &column, err));
    return gov_table_text(t, row, column, out, size, err);
}

static gov_status number_of(const gov_table *t, int64_t row, const char *name, double *out, uint8_t *valid,
                            gov_error *err)
{
    int64_t column = 0;
    GOV_TRY(gov_table_find(t, name, &column, err));
    return gov_table_copy_doubles(t, column, row, 1, out, valid, err);
}

/* The code of the grid whose number stands in an integer column; missing stays missing. */
static gov_status add_code(const cover *c, const gov_table *t, int64_t row, const char *name,
                           gov_table_builder *b, int64_t column, gov_error *err)
{
    int64_t from = 0, area = 0;
    uint8_t valid = 0;
    GOV_TRY(gov_table_find(t, name, &from, err));
    GOV_TRY(gov_table_copy_int64s(t, from, row, 1, &area, &valid, err));
    return valid ? gov_table_builder_text(b, column, c->codes[area], -1, err)
                 : gov_table_builder_null(b, column, err);
}

/* "3 7 9" as codes. */
static gov_status add_codes(const cover *c, const char *numbers, int64_t size, gov_table_builder *b,
                            int64_t column, gov_error *err)
{
    gov_buffer codes = GOV_BUFFER_INIT;
    for (int64_t at = 0; at < size; at++) {
        int64_t area = 0;
        for (; at < size && numbers[at] != ' '; at++)
            area = area * 10 + (numbers[at] - '0');
        gov_buffer_format(&codes, "%s%s", codes.size == 0 ? "" : " ", c->codes[area]);
    }
    gov_status status =
        codes.broken ? gov_fail_memory(err) : gov_table_builder_text(b, column, codes.data, codes.size, err);
    gov_buffer_clear(&codes);
    return status;
}

enum { FAULT, GRID, OTHER, GRIDS, RECORD, SQUARE_METRES, SLIVER, LON, LAT, WKT, COLUMNS };

static gov_status add_columns(gov_table_builder *b, gov_error *err)
{
    static const struct {
        const char *name;
        gov_type type;
    } columns[COLUMNS] = {{"fault", GOV_TYPE_UTF8},  {"grid", GOV_TYPE_UTF8},
                          {"other", GOV_TYPE_UTF8},  {"grids", GOV_TYPE_UTF8},
                          {"record", GOV_TYPE_UTF8}, {"square_metres", GOV_TYPE_FLOAT64},
                          {"sliver", GOV_TYPE_BOOL}, {"lon", GOV_TYPE_FLOAT64},
                          {"lat", GOV_TYPE_FLOAT64}, {"wkt", GOV_TYPE_UTF8}};
    for (int i = 0; i < COLUMNS; i++)
        GOV_TRY(gov_table_builder_add(b, columns[i].name, columns[i].type, NULL, err));
    return GOV_OK;
}

static gov_status add_size(const gov_table *t, int64_t row, gov_table_builder *b, gov_error *err)
{
    double metres = 0, x = 0, y = 0, sliver = 0;
    uint8_t sized = 0, valid = 0;
    GOV_TRY(number_of(t, row, "square_metres", &metres, &sized, err));
    GOV_TRY(number_of(t, row, "sliver", &sliver, &valid, err));
    GOV_TRY(number_of(t, row, "x", &x, &valid, err));
    GOV_TRY(number_of(t, row, "y", &y, &valid, err));
    GOV_TRY(sized ? gov_table_builder_double(b, SQUARE_METRES, metres, err)
                  : gov_table_builder_null(b, SQUARE_METRES, err));
    GOV_TRY(gov_table_builder_bool(b, SLIVER, sliver != 0, err));
    GOV_TRY(gov_table_builder_double(b, LON, x, err));
    return gov_table_builder_double(b, LAT, y, err);
}

static gov_status add_fault(const cover *c, const gov_table *t, int64_t row, gov_table_builder *b,
                            gov_error *err)
{
    const char *fault = NULL, *areas = NULL, *wkt = NULL;
    int64_t fault_size = 0, areas_size = 0, wkt_size = 0;
    GOV_TRY(text_of(t, row, "fault", &fault, &fault_size, err));
    GOV_TRY(text_of(t, row, "areas", &areas, &areas_size, err));
    GOV_TRY(text_of(t, row, "wkt", &wkt, &wkt_size, err));
    GOV_TRY(gov_table_builder_text(b, FAULT, fault, fault_size, err));
    GOV_TRY(add_code(c, t, row, "area", b, GRID, err));
    GOV_TRY(add_code(c, t, row, "other", b, OTHER, err));
    GOV_TRY(add_codes(c, areas, areas_size, b, GRIDS, err));
    GOV_TRY(gov_table_builder_null(b, RECORD, err));
    GOV_TRY(add_size(t, row, b, err));
    return gov_table_builder_text(b, WKT, wkt, wkt_size, err);
}

static gov_status add_faults(const cover *c, gov_run *run, gov_table_builder *b, gov_error *err)
{
    gov_cover_options options = GOV_COVER_OPTIONS_INIT;
    gov_table *t = NULL;
    options.run = run;
    GOV_TRY(gov_layer_audit(c->layer, &options, &t, err));
    gov_status status = GOV_OK;
    for (int64_t row = 0; row < gov_table_rows(t) && status == GOV_OK; row++)
        status = add_fault(c, t, row, b, err);
    gov_table_free(t);
    return status;
}

/* --- Records that lie nowhere ----------------------------------------------------------------------------- */

static gov_status add_orphan(const cover *c, const gov_stmt *stmt, gov_table_builder *b, gov_error *err)
{
    gov_cell at[2];
    gov_buffer wkt = GOV_BUFFER_INIT;
    int64_t area = -1;
    gov_stmt_get(stmt, 1, &at[0]);
    gov_stmt_get(stmt, 2, &at[1]);
    GOV_TRY(gov_layer_assign(c->layer, &at[0].real, &at[1].real, NULL, 1, NULL, &area, err));
    if (area >= 0)
        return GOV_OK;
    for (int column = GRID; column <= SLIVER; column++)
        if (column != RECORD)
            GOV_TRY(gov_table_builder_null(b, column, err));
    GOV_TRY(gov_table_builder_text(b, FAULT, "orphan", -1, err));
    GOV_TRY(gov_table_builder_text(b, RECORD, gov_stmt_get_text(stmt, 0), -1, err));
    GOV_TRY(gov_table_builder_double(b, LON, at[0].real, err));
    GOV_TRY(gov_table_builder_double(b, LAT, at[1].real, err));
    gov_buffer_text(&wkt, "POINT (");
    gov_buffer_double(&wkt, at[0].real);
    gov_buffer_char(&wkt, ' ');
    gov_buffer_double(&wkt, at[1].real);
    gov_buffer_char(&wkt, ')');
    gov_status status =
        wkt.broken ? gov_fail_memory(err) : gov_table_builder_text(b, WKT, wkt.data, wkt.size, err);
    gov_buffer_clear(&wkt);
    return status;
}

static gov_status add_orphans(gov_store *store, const char *points, const gov_query_options *o,
                              const cover *c, gov_table_builder *b, gov_error *err)
{
    const gov_kind *kind = NULL;
    gov_buffer sql = GOV_BUFFER_INIT;
    gov_stmt *stmt = NULL;
    int row = 0;
    GOV_TRY(gov_kinds_need(&store->kinds, points, &kind, err));
    if (!gov_kind_is_located(kind))
        return gov_fail_at(err, GOV_E_UNSUPPORTED, GOV_AT_NAME(points),
                           "records of this kind have no lon and lat");
    const char *key = kind->fields[kind->key[0]].name;
    gov_buffer_format(&sql, "SELECT \"%s\", lon, lat", key);
    gov_status status = gov_query_from(store, kind, o, &sql, err);
    gov_buffer_format(&sql, " AND lon IS NOT NULL AND lat IS NOT NULL ORDER BY \"%s\"", key);
    if (status == GOV_OK)
        status = gov_query_prepare(store, &sql, o, &stmt, err);
    else
        gov_buffer_clear(&sql);
    while (status == GOV_OK && (status = gov_stmt_step(stmt, &row, err)) == GOV_OK && row)
        status = add_orphan(c, stmt, b, err);
    gov_stmt_free(stmt);
    return status;
}

static gov_status audit(gov_store *store, const char *points, const gov_query_options *o, const cover *c,
                        gov_table_builder *b, gov_error *err)
{
    GOV_TRY(add_columns(b, err));
    GOV_TRY(add_faults(c, o->run, b, err));
    return points != NULL ? add_orphans(store, points, o, c, b, err) : GOV_OK;
}

gov_status gov_store_cover(gov_store *store, const char *level, const char *points,
                           const gov_query_options *options, gov_table **out, gov_error *err)
{
    cover c = {.arena = GOV_ARENA_INIT};
    gov_query_options o;
    gov_table_builder *b = NULL;
    if (out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "out must be given");
    gov_status status = load(store, level, options, &o, &c, err);
    if (status == GOV_OK)
        status = gov_table_builder_new(&b, err);
    if (status == GOV_OK)
        status = audit(store, points, &o, &c, b, err);
    if (status == GOV_OK)
        status = gov_table_builder_finish(b, out, err);
    gov_table_builder_free(b);
    clear(&c);
    return status;
}

/* --- Neighbours ------------------------------------------------------------------------------------------- */

static gov_status name_neighbours(const cover *c, const gov_table *t, gov_table_builder *b, gov_error *err)
{
    double metres = 0;
    uint8_t valid = 0;
    GOV_TRY(gov_table_builder_add(b, "grid", GOV_TYPE_UTF8, NULL, err));
    GOV_TRY(gov_table_builder_add(b, "neighbour", GOV_TYPE_UTF8, NULL, err));
    GOV_TRY(gov_table_builder_add(b, "border_metres", GOV_TYPE_FLOAT64, NULL, err));
    for (int64_t row = 0; row < gov_table_rows(t); row++) {
        GOV_TRY(add_code(c, t, row, "area", b, 0, err));
        GOV_TRY(add_code(c, t, row, "neighbour", b, 1, err));
        GOV_TRY(number_of(t, row, "border_metres", &metres, &valid, err));
        GOV_TRY(gov_table_builder_double(b, 2, metres, err));
    }
    return GOV_OK;
}

gov_status gov_store_neighbours(gov_store *store, const char *level, const gov_query_options *options,
                                gov_table **out, gov_error *err)
{
    cover c = {.arena = GOV_ARENA_INIT};
    gov_query_options o;
    gov_cover_options how = GOV_COVER_OPTIONS_INIT;
    gov_table_builder *b = NULL;
    gov_table *t = NULL;
    if (out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "out must be given");
    gov_status status = load(store, level, options, &o, &c, err);
    how.run = status == GOV_OK ? o.run : NULL;
    if (status == GOV_OK)
        status = gov_layer_neighbours(c.layer, &how, &t, err);
    if (status == GOV_OK)
        status = gov_table_builder_new(&b, err);
    if (status == GOV_OK)
        status = name_neighbours(&c, t, b, err);
    if (status == GOV_OK)
        status = gov_table_builder_finish(b, out, err);
    gov_table_builder_free(b);
    gov_table_free(t);
    clear(&c);
    return status;
}
