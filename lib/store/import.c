/* import.c - rows of a source into records of a kind.
 *
 * One pass for most kinds. A kind whose records point at each other (a grid's parent) needs two: the first finds the
 * rows that are sound and stages (row, key, parent) in a temporary table; a parent may come after its child, so only
 * then is it known which rows hang on a root or on what is recorded; the second pass writes. The stage is on disk when
 * it is large, so memory does not grow with the rows. */
#include "store/import.h"
#include "base/run.h"
#include "base/struct.h"
#include "store/datum.h"
#include "store/claim.h"
#include "store/mapping.h"
#include "store/mask.h"
#include "store/place.h"
#include "store/rule.h"
#include "store/view.h"

#include <stdio.h>
#include <string.h>

#define ABSENT (-1)

/* Whether the key in a field that refers to another kind is known; the last answer is remembered, because files are
 * sorted by place more often than not. */
typedef struct reference {
    gov_stmt *stmt;
    char last[64];
    int64_t last_size; /* 0: none */
} reference;

typedef enum placing { NOT_PLACED, PLACED, UNPLACED, MISPLACED } placing;

typedef struct importer {
    gov_store *store;
    const gov_kind *kind;
    gov_source *source;
    gov_import_options o;
    gov_import_result result;
    gov_report report;
    gov_log *log;
    gov_records *records;
    gov_claims *claims;
    gov_stmt *stage, *staged;
    int64_t self; /* the field that refers to the kind itself, or ABSENT */
    int64_t *column_of;
    int64_t from_column, to_column;
    int64_t lon, lat, boundary; /* fields, or ABSENT */
    gov_datum_shift shift;
    gov_placer *placer;        /* NULL: rows name their grids */
    int64_t grid, code;        /* the placer's fields; code may be ABSENT */
    gov_kind_field grid_field; /* as the placer reads it: not required */
    placing placing;           /* of this row */
    gov_column_view *views;
    gov_cell *cells;
    gov_cell_scratch *scratch, day_scratch[2];
    unsigned char *given;
    reference *references;
    gov_buffer key;
    const char *from, *to, *today;
    char as_of[11], latest[11];
    int64_t row, row_of_batch;
    int writing;
    int bad; /* wrong cells in this row */
} importer;

static const gov_kind_field from_field = {.name = "valid_from", .type = GOV_TYPE_DATE};
static const gov_kind_field to_field = {.name = "valid_to", .type = GOV_TYPE_DATE};

/* --- Columns ---------------------------------------------------------------------------------------------- */

static gov_type declared_type(gov_type type)
{
    switch (type) {
    case GOV_TYPE_FLOAT32:
    case GOV_TYPE_FLOAT64:
        return GOV_TYPE_FLOAT64;
    case GOV_TYPE_BOOL:
    case GOV_TYPE_DATE:
    case GOV_TYPE_TIMESTAMP:
        return type;
    case GOV_TYPE_UTF8:
    case GOV_TYPE_NULL:
        return GOV_TYPE_UTF8;
    default:
        return GOV_TYPE_INT64;
    }
}

/* `kind` is the kind's name, kept apart: adding a field reads the kinds anew. */
static gov_status declare(importer *m, const char *kind, const char *name, gov_type type, gov_error *err)
{
    gov_field field = GOV_FIELD_INIT;
    field.name = name;
    field.type = declared_type(type);
    GOV_TRY(gov_field_insert(m->store, m->log, kind, &field, err));
    return gov_kinds_need(&m->store->kinds, kind, &m->kind, err);
}

static int is_day(const char *name)
{
    return strcmp(name, "valid_from") == 0 || strcmp(name, "valid_to") == 0;
}

static gov_status fail_header(const importer *m, gov_status code, const char *column, const char *what,
                              gov_error *err)
{
    gov_place place = GOV_NOWHERE;
    place.name = column;
    place.line = m->source->header_line;
    return gov_fail_at(err, code, &place, "the kind %s %s", m->kind->name, what);
}

static gov_status declare_unknown(importer *m, gov_error *err)
{
    char kind[64];
    snprintf(kind, sizeof(kind), "%s", m->kind->name);
    for (int64_t i = 0; i < gov_table_columns(m->source->header); i++) {
        const char *name = gov_table_name(m->source->header, i);
        if (is_day(name) || gov_kind_find_field(m->kind, name, (int64_t)strlen(name)) >= 0 ||
            m->o.unknown_columns == GOV_UNKNOWN_IGNORE)
            continue;
        if (m->o.unknown_columns == GOV_UNKNOWN_REFUSE)
            return fail_header(m, GOV_E_UNKNOWN_NAME, name,
                               "has no such field (an import may ignore unknown columns, or declare them)",
                               err);
        GOV_TRY(declare(m, kind, name, gov_table_type(m->source->header, i), err));
    }
    return GOV_OK;
}

static int64_t find_column(const importer *m, const char *name)
{
    int64_t column = ABSENT;
    return gov_table_find(m->source->header, name, &column, NULL) == GOV_OK ? column : ABSENT;
}

static int64_t given_field(const importer *m, const char *name)
{
    int64_t i = gov_kind_find_field(m->kind, name, (int64_t)strlen(name));
    return i >= 0 && m->given[i] ? i : ABSENT;
}

static gov_status find_place_fields(importer *m, gov_error *err)
{
    const char *code = m->o.place_code;
    m->grid = gov_kind_find_field(m->kind, "grid", 4);
    m->code = code != NULL ? gov_kind_find_field(m->kind, code, (int64_t)strlen(code)) : ABSENT;
    if (m->grid < 0 || (code == NULL && !gov_kind_is_located(m->kind)))
        return gov_fail_at(err, GOV_E_UNSUPPORTED, GOV_AT_NAME(m->kind->name),
                           "records of this kind cannot be placed: they have no grid, or no lon and lat");
    if (code != NULL && (m->code < 0 || m->kind->fields[m->code].type != GOV_TYPE_UTF8))
        return gov_fail_at(err, GOV_E_UNKNOWN_NAME, GOV_AT_NAME(code),
                           "the kind %s has no text field of this name", m->kind->name);
    m->grid_field = m->kind->fields[m->grid];
    m->grid_field.required = 0;
    return GOV_OK;
}

static gov_status prepare_placer(importer *m, gov_error *err)
{
    if (m->o.place_level == NULL && m->o.place_code == NULL)
        return GOV_OK;
    GOV_TRY(find_place_fields(m, err));
    return gov_placer_new(m->store, m->o.place_level, m->o.place_kind, &m->placer, err);
}

static gov_status map_columns(importer *m, gov_error *err)
{
    m->self = ABSENT;
    for (int64_t i = 0; i < m->kind->count; i++) {
        const gov_kind_field *field = &m->kind->fields[i];
        m->column_of[i] = find_column(m, field->name);
        m->given[i] = m->column_of[i] != ABSENT || (m->placer != NULL && i == m->grid);
        if (field->required && !m->given[i] && m->source->total != 0)
            return fail_header(m, GOV_E_MISSING, field->name,
                               "needs this column, the header has none of its name", err);
        if (field->refers != NULL && strcmp(field->refers, m->kind->name) == 0 && m->given[i])
            m->self = i;
    }
    m->lon = given_field(m, "lon");
    m->lat = given_field(m, "lat");
    m->boundary = given_field(m, "boundary");
    m->from_column = find_column(m, "valid_from");
    m->to_column = find_column(m, "valid_to");
    return GOV_OK;
}

static gov_status prepare_reference(importer *m, int64_t i, gov_error *err)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    const char *refers = m->kind->fields[i].refers;
    if (refers == NULL || i == m->self || !m->given[i])
        return GOV_OK;
    gov_buffer_format(
        &sql, "SELECT 1 FROM main.\"" GOV_KIND_TABLE "%s\" WHERE key = ?1 AND ended IS NULL LIMIT 1", refers);
    gov_buffer_char(&sql, '\0');
    gov_status status = sql.broken ? gov_fail_memory(err)
                                   : gov_db_prepare(m->store->db, sql.data, &m->references[i].stmt, err);
    gov_buffer_clear(&sql);
    return status;
}

static gov_status prepare_stage(importer *m, gov_error *err)
{
    GOV_TRY(gov_db_run(m->store->db,
                       "CREATE TEMP TABLE IF NOT EXISTS stage (row INTEGER PRIMARY KEY, key TEXT NOT NULL,"
                       " parent TEXT, sound INTEGER NOT NULL DEFAULT 0); DELETE FROM temp.stage",
                       err));
    GOV_TRY(gov_db_prepare(m->store->db, "INSERT INTO temp.stage (row, key, parent) VALUES (?1, ?2, ?3)",
                           &m->stage, err));
    return gov_db_prepare(m->store->db, "SELECT sound FROM temp.stage WHERE row = ?1", &m->staged, err);
}

static gov_status allocate(importer *m, gov_error *err)
{
    int64_t n = m->kind->count;
    m->column_of = gov_alloc(n, sizeof(*m->column_of));
    m->cells = gov_alloc_zero(n, sizeof(*m->cells));
    m->scratch = gov_alloc_zero(n, sizeof(*m->scratch));
    m->given = gov_alloc_zero(n, 1);
    m->references = gov_alloc_zero(n, sizeof(*m->references));
    m->views = gov_alloc_zero(gov_table_columns(m->source->header), sizeof(*m->views));
    int all = m->column_of && m->cells && m->scratch && m->given && m->references && m->views;
    return all ? GOV_OK : gov_fail_memory(err);
}

/* What the caller or the mapping states goes before what the file says of itself. */
static gov_status choose_datum(importer *m, gov_error *err)
{
    const char *crs = m->source->crs;
    if (m->o.datum != NULL)
        return gov_datum_read(m->o.datum, &m->shift.from, err);
    if (crs == NULL || gov_datum_of_crs(crs, &m->shift.from))
        return GOV_OK;
    return gov_fail_at(
        err, GOV_E_UNSUPPORTED, GOV_AT_NAME(crs),
        "the file's \"crs\" names a coordinate system that is not known; state the datum if it is"
        " longitude and latitude of CGCS2000, WGS 84 or GCJ-02");
}

static gov_status prepare(importer *m, gov_error *err)
{
    GOV_TRY(choose_datum(m, err));
    GOV_TRY(declare_unknown(m, err));
    GOV_TRY(allocate(m, err));
    GOV_TRY(prepare_placer(m, err));
    GOV_TRY(map_columns(m, err));
    for (int64_t i = 0; i < m->kind->count; i++)
        GOV_TRY(prepare_reference(m, i, err));
    if (m->self != ABSENT)
        GOV_TRY(prepare_stage(m, err));
    GOV_TRY(gov_records_new(m->log, m->store, m->kind, &m->records, err));
    return gov_claims_new(m->log, m->store, m->kind, m->records, &m->claims, err);
}

/* --- One row ---------------------------------------------------------------------------------------------- */

/* `source`: the other one, of a conflict; else NULL. */
static gov_status tell(importer *m, const gov_kind_field *field, int64_t column, const gov_cell_fault *fault,
                       const char *source, gov_error *err)
{
    char value[256];
    int64_t length = column != ABSENT
                         ? gov_cell_show(&m->views[column], m->row_of_batch, value, (int64_t)sizeof(value))
                         : -1;
    if (length >= 0)
        value[length] = '\0';
    if (length >= 0 && field->field_class >= GOV_FIELDS_PERSONAL)
        gov_store_mask(field->form, value, length, value, (int64_t)sizeof(value));
    return gov_report_add(&m->report, m->source->line(m->source, m->row_of_batch), m->row, field->name, fault,
                          length >= 0 ? value : NULL, source, source != NULL, err);
}

static gov_status report(importer *m, const gov_kind_field *field, int64_t column,
                         const gov_cell_fault *fault, gov_error *err)
{
    m->bad++;
    return m->writing ? tell(m, field, column, fault, NULL, err) : GOV_OK;
}

/* A cell that is wrong is not compared with others: one fault is one row of the report. */
static gov_status report_cell(importer *m, int64_t i, const gov_cell_fault *fault, gov_error *err)
{
    m->cells[i].type = GOV_CELL_NULL;
    return report(m, &m->kind->fields[i], m->column_of[i], fault, err);
}

static gov_status refuse(importer *m, const gov_kind_field *field, int64_t column, gov_status code,
                         const char *zh, const char *en, const char *expected, gov_error *err)
{
    gov_cell_fault fault = {.code = code, .zh = zh, .en = en};
    snprintf(fault.expected, sizeof(fault.expected), "%s", expected);
    return report(m, field, column, &fault, err);
}

static gov_status check_reference(importer *m, int64_t i, gov_error *err)
{
    reference *r = &m->references[i];
    const gov_cell *cell = &m->cells[i];
    int known = 0;
    if (r->stmt == NULL || cell->type != GOV_CELL_TEXT)
        return GOV_OK;
    if (r->last_size == cell->size && memcmp(r->last, cell->text, (size_t)cell->size) == 0)
        return GOV_OK;
    gov_stmt_text(r->stmt, 1, cell->text, cell->size);
    gov_status status = gov_stmt_step(r->stmt, &known, err);
    gov_stmt_reset(r->stmt);
    GOV_TRY(status);
    if (!known)
        return refuse(m, &m->kind->fields[i], m->column_of[i], GOV_E_REFERENCE, "引用的对象不存在",
                      "it refers to a record that is not there", m->kind->fields[i].refers, err);
    if (cell->size <= (int64_t)sizeof(r->last)) {
        memcpy(r->last, cell->text, (size_t)cell->size);
        r->last_size = cell->size;
    }
    return GOV_OK;
}

static gov_status read_cells(importer *m, gov_error *err)
{
    gov_cell_fault fault;
    for (int64_t i = 0; i < m->kind->count; i++) {
        int placed = m->placer != NULL && i == m->grid;
        m->cells[i].type = GOV_CELL_NULL;
        if (m->column_of[i] == ABSENT)
            continue;
        gov_cell_read(&m->views[m->column_of[i]], m->row_of_batch,
                      placed ? &m->grid_field : &m->kind->fields[i], &m->scratch[i], &m->cells[i], &fault);
        GOV_TRY(fault.code != GOV_OK ? report_cell(m, i, &fault, err) : check_reference(m, i, err));
    }
    return GOV_OK;
}

static gov_status check_rules(importer *m, gov_error *err)
{
    gov_cell_fault fault;
    for (int64_t i = 0; i < m->kind->rule_count; i++) {
        const gov_rule *rule = &m->kind->rules[i];
        if (!gov_rule_holds(rule, m->kind, m->cells, m->latest, &fault))
            GOV_TRY(report_cell(m, rule->field, &fault, err));
    }
    return GOV_OK;
}

static gov_status read_day(importer *m, int64_t column, const gov_kind_field *field,
                           gov_cell_scratch *scratch, const char **day, gov_error *err)
{
    gov_cell cell;
    gov_cell_fault fault;
    if (column == ABSENT)
        return GOV_OK;
    gov_cell_read(&m->views[column], m->row_of_batch, field, scratch, &cell, &fault);
    if (fault.code != GOV_OK)
        return report(m, field, column, &fault, err);
    if (cell.type == GOV_CELL_TEXT)
        *day = scratch->text;
    return GOV_OK;
}

static gov_status read_days(importer *m, gov_error *err)
{
    m->from = m->o.as_of != NULL ? m->as_of : NULL;
    m->to = NULL;
    GOV_TRY(read_day(m, m->from_column, &from_field, &m->day_scratch[0], &m->from, err));
    GOV_TRY(read_day(m, m->to_column, &to_field, &m->day_scratch[1], &m->to, err));
    if (m->from != NULL && m->to != NULL && strcmp(m->from, m->to) >= 0)
        return refuse(m, &to_field, m->to_column, GOV_E_RANGE, "失效日期不晚于生效日期",
                      "it ends before it begins", "valid_to > valid_from", err);
    return GOV_OK;
}

static gov_status refuse_boundary(importer *m, gov_status code, const gov_error *why, gov_error *err)
{
    gov_cell_fault fault = {.code = code, .zh = fault.sentence[0], .en = fault.sentence[1]};
    snprintf(fault.sentence[0], sizeof(fault.sentence[0]), "边界不是可读的多边形：%.120s",
             gov_status_text(code, "zh"));
    snprintf(fault.sentence[1], sizeof(fault.sentence[1]), "%.150s", why->message);
    snprintf(fault.expected, sizeof(fault.expected),
             "POLYGON ((121.4 31.1, 121.5 31.1, 121.5 31.2, 121.4 31.1))");
    return report(m, &m->kind->fields[m->boundary], m->column_of[m->boundary], &fault, err);
}

/* Places are kept in one coordinate system, and a boundary that cannot be read is no boundary. */
static gov_status settle_places(importer *m, gov_error *err)
{
    gov_error why = GOV_ERROR_INIT;
    if (m->lon != ABSENT && m->lat != ABSENT)
        GOV_TRY(gov_datum_shift_point(&m->shift, &m->cells[m->lon], &m->cells[m->lat], err));
    if (m->boundary == ABSENT || m->cells[m->boundary].type != GOV_CELL_TEXT)
        return GOV_OK;
    gov_status status = gov_datum_shift_boundary(&m->shift, &m->cells[m->boundary], &why);
    if (status == GOV_E_FORMAT || status == GOV_E_UNSUPPORTED || status == GOV_E_RANGE)
        return refuse_boundary(m, status, &why, err);
    return status == GOV_OK ? GOV_OK : gov_fail(err, status, "%s", why.message);
}

/* --- The grid of a row that names none --------------------------------------------------------------------- */

/* A row of the report for what goes in all the same. */
static gov_status note(importer *m, gov_status code, const char *zh, const char *en, const char *expected,
                       const char *value, gov_error *err)
{
    gov_cell_fault fault = {.code = code, .zh = zh, .en = en};
    if (!m->writing)
        return GOV_OK;
    snprintf(fault.expected, sizeof(fault.expected), "%s", expected);
    return gov_report_add(&m->report, m->source->line(m->source, m->row_of_batch), m->row, "grid", &fault,
                          value, NULL, 1, err);
}

static gov_status leave_unplaced(importer *m, gov_error *err)
{
    char place[80] = "";
    m->placing = UNPLACED;
    if (m->lon != ABSENT && m->cells[m->lon].type == GOV_CELL_REAL)
        snprintf(place, sizeof(place), "%.10g, %.10g", m->cells[m->lon].real, m->cells[m->lat].real);
    return note(m, GOV_E_REFERENCE, "不在任何网格之内，已入库但未归网格",
                "it lies in no grid; it was recorded without one",
                m->o.place_level != NULL ? m->o.place_level : "", place[0] != '\0' ? place : NULL, err);
}

static gov_status settle_by_point(importer *m, const char *day, gov_error *err)
{
    gov_cell *grid = &m->cells[m->grid];
    const char *in = NULL;
    int related = 0;
    GOV_TRY(gov_placer_at(m->placer, day, m->cells[m->lon].real, m->cells[m->lat].real, &in, err));
    if (grid->type == GOV_CELL_NULL && in == NULL)
        return leave_unplaced(m, err);
    if (grid->type == GOV_CELL_NULL) {
        m->placing = PLACED;
        *grid = (gov_cell){.type = GOV_CELL_TEXT, .text = in, .size = (int64_t)strlen(in)};
    }
    if (m->placing == PLACED || in == NULL)
        return GOV_OK;
    GOV_TRY(gov_placer_related(m->placer, day, grid->text, grid->size, in, &related, err));
    if (related)
        return GOV_OK;
    char named[64];
    m->placing = MISPLACED;
    snprintf(named, sizeof(named), "%.*s", (int)grid->size, grid->text);
    return note(m, GOV_E_CONFLICT, "所填网格与位置不符，按所填入库",
                "it lies in another grid; the one named was kept", in, named, err);
}

static gov_status settle_by_code(importer *m, const char *day, gov_error *err)
{
    const gov_cell *code = &m->cells[m->code];
    int64_t size = 0;
    GOV_TRY(gov_placer_prefix(m->placer, day, code->text, code->size, &size, err));
    if (size == 0)
        return leave_unplaced(m, err);
    m->placing = PLACED;
    m->cells[m->grid] = (gov_cell){.type = GOV_CELL_TEXT, .text = code->text, .size = size};
    return GOV_OK;
}

static gov_status settle_grid(importer *m, gov_error *err)
{
    const char *day = m->from != NULL ? m->from : m->today;
    int located = m->lon != ABSENT && m->lat != ABSENT && m->cells[m->lon].type == GOV_CELL_REAL &&
                  m->cells[m->lat].type == GOV_CELL_REAL;
    m->placing = NOT_PLACED;
    if (located && m->o.place_level != NULL)
        return settle_by_point(m, day, err);
    if (m->cells[m->grid].type != GOV_CELL_NULL)
        return GOV_OK;
    if (m->code != ABSENT && m->cells[m->code].type == GOV_CELL_TEXT)
        return settle_by_code(m, day, err);
    return refuse(m, &m->grid_field, m->column_of[m->grid], GOV_E_MISSING, "必填项缺失",
                  "a required value is missing", "grid", err);
}

/* The key's parts, joined by |, which therefore may not stand in one of several. A key field is required, so none is
 * missing in a sound row. */
static gov_status make_key(importer *m, gov_error *err)
{
    m->key.size = 0;
    for (int i = 0; i < m->kind->key_count; i++) {
        const int field = m->kind->key[i];
        const gov_cell *cell = &m->cells[field];
        if (m->kind->key_count > 1 && memchr(cell->text, '|', (size_t)cell->size) != NULL)
            return refuse(m, &m->kind->fields[field], m->column_of[field], GOV_E_FORMAT, "不能含有“|”",
                          "it must not hold '|'", "", err);
        if (i > 0)
            gov_buffer_char(&m->key, '|');
        gov_buffer_bytes(&m->key, cell->text, cell->size);
    }
    return m->key.broken ? gov_fail_memory(err) : GOV_OK;
}

static gov_status read_row(importer *m, gov_error *err)
{
    m->bad = 0;
    GOV_TRY(read_cells(m, err));
    GOV_TRY(read_days(m, err));
    GOV_TRY(check_rules(m, err));
    if (!m->bad)
        GOV_TRY(settle_places(m, err));
    if (!m->bad && m->placer != NULL)
        GOV_TRY(settle_grid(m, err));
    return m->bad ? GOV_OK : make_key(m, err);
}

/* --- Records that point at each other --------------------------------------------------------------------- */

static gov_status stage_row(importer *m, gov_error *err)
{
    if (m->bad)
        return GOV_OK;
    gov_stmt_int(m->stage, 1, m->row);
    gov_stmt_text(m->stage, 2, m->key.data, m->key.size);
    gov_stmt_cell(m->stage, 3, &m->cells[m->self]);
    return gov_stmt_do(m->stage, err);
}

/* Marks the rows that hang on a root, or on a record of the store, over any number of other rows. */
static gov_status mark_sound(importer *m, gov_error *err)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    gov_buffer_format(
        &sql,
        "CREATE INDEX temp.stage_parent ON stage (parent);"
        "WITH RECURSIVE sound (row, key) AS (SELECT row, key FROM temp.stage s WHERE parent IS NULL OR EXISTS"
        " (SELECT 1 FROM main.\"" GOV_KIND_TABLE "%s\" g WHERE g.key = s.parent AND g.ended IS NULL)"
        " UNION SELECT s.row, s.key FROM sound p JOIN temp.stage s ON s.parent = p.key)"
        " UPDATE temp.stage SET sound = 1 WHERE row IN (SELECT row FROM sound);"
        "DROP INDEX temp.stage_parent",
        m->kind->name);
    gov_buffer_char(&sql, '\0');
    gov_status status = sql.broken ? gov_fail_memory(err) : gov_db_run(m->store->db, sql.data, err);
    gov_buffer_clear(&sql);
    return status;
}

static gov_status check_staged(importer *m, gov_error *err)
{
    int row = 0;
    gov_stmt_int(m->staged, 1, m->row);
    gov_status status = gov_stmt_step(m->staged, &row, err);
    int sound = status == GOV_OK && row && gov_stmt_get_int(m->staged, 0) != 0;
    gov_stmt_reset(m->staged);
    GOV_TRY(status);
    if (sound)
        return GOV_OK;
    return refuse(m, &m->kind->fields[m->self], m->column_of[m->self], GOV_E_REFERENCE,
                  "上级不存在、被拒绝或成环", "its parent is not there, was refused, or is below it",
                  m->kind->name, err);
}

/* A row may hang on the store and yet, with what it changes there, close a ring. */
static gov_status check_rings(importer *m, gov_error *err)
{
    int64_t ring = 0;
    gov_buffer sql = GOV_BUFFER_INIT;
    const char *name = m->kind->name, *parent = m->kind->fields[m->self].column;
    gov_buffer_format(
        &sql,
        "WITH RECURSIVE live AS (SELECT key, %s AS parent FROM main.\"" GOV_KIND_TABLE
        "%s\" WHERE ended IS NULL"
        " AND valid_to = '" GOV_ALWAYS_TO "'),"
        " held (key) AS (SELECT key FROM live WHERE parent IS NULL OR parent NOT IN (SELECT key FROM live)"
        " UNION SELECT l.key FROM held h JOIN main.\"" GOV_KIND_TABLE "%s\" l ON l.%s = h.key"
        " WHERE l.ended IS NULL AND l.valid_to = '" GOV_ALWAYS_TO "')"
        " SELECT count(*) FROM live WHERE key NOT IN (SELECT key FROM held)",
        parent, name, name, parent);
    gov_buffer_char(&sql, '\0');
    gov_status status =
        sql.broken ? gov_fail_memory(err) : gov_db_integer(m->store->db, sql.data, 0, &ring, err);
    gov_buffer_clear(&sql);
    GOV_TRY(status);
    return ring == 0
               ? GOV_OK
               : gov_fail(err, GOV_E_CONFLICT, "%lld records would be their own ancestors", (long long)ring);
}

/* --- Writing ---------------------------------------------------------------------------------------------- */

/* Cells that another source contradicts are told, and the row goes in all the same. */
static gov_status report_conflicts(importer *m, gov_error *err)
{
    static const gov_cell_fault words[] = {
        {.code = GOV_E_CONFLICT,
         .zh = "与另一来源的说法不同，按来源次序和时间未采用本行",
         .en = "another source says otherwise and goes before this one by the order of sources and time"},
        {.code = GOV_E_CONFLICT,
         .zh = "与另一来源的说法不同，按来源次序和时间采用本行",
         .en = "another source says otherwise; this one goes before it by the order of sources and time"}};
    gov_conflict conflict = {0};
    int more = 0;
    GOV_TRY(gov_claims_next(m->claims, &conflict, &more, err));
    while (more) {
        m->result.conflicts++;
        GOV_TRY(tell(m, &m->kind->fields[conflict.field], m->column_of[conflict.field],
                     &words[conflict.taken], conflict.source, err));
        GOV_TRY(gov_claims_next(m->claims, &conflict, &more, err));
    }
    return GOV_OK;
}

static gov_status put_row(importer *m, gov_error *err)
{
    gov_put put = GOV_PUT_UNCHANGED;
    gov_record record = {.key = m->key.data,
                         .key_size = m->key.size,
                         .cells = m->cells,
                         .given = m->given,
                         .from = m->from,
                         .to = m->to};
    GOV_TRY(gov_claims_put(m->claims, &record, &put, err));
    if (put == GOV_PUT_DUPLICATE) {
        const int64_t key = m->kind->key[0];
        return refuse(m, &m->kind->fields[key], m->column_of[key], GOV_E_DUPLICATE, "同一编码在文件中重复",
                      "the file has this key before", "", err);
    }
    if (put == GOV_PUT_TAKEN) {
        const int64_t field = gov_records_taken(m->records);
        gov_cell_fault fault;
        gov_rule_taken(&fault);
        return report_cell(m, field, &fault, err);
    }
    if (put == GOV_PUT_FIXED) {
        const int64_t key = m->kind->key[0];
        return refuse(m, &m->kind->fields[key], m->column_of[key], GOV_E_CONFLICT,
                      "只增不改：该记录已有另一个值",
                      "it is only added to: this one is recorded with another value", "", err);
    }
    GOV_TRY(report_conflicts(m, err));
    m->result.added += put == GOV_PUT_ADDED;
    m->result.changed += put == GOV_PUT_CHANGED;
    m->result.unchanged += put == GOV_PUT_UNCHANGED;
    gov_digest_add_text(m->report.digest, m->key.data, m->key.size);
    gov_digest_add(m->report.digest, &put, (int64_t)sizeof(put));
    return GOV_OK;
}

static gov_status write_row(importer *m, gov_error *err)
{
    if (!m->bad && m->self != ABSENT)
        GOV_TRY(check_staged(m, err));
    if (!m->bad)
        GOV_TRY(put_row(m, err));
    if (!m->bad) {
        m->result.placed += m->placing == PLACED;
        m->result.unplaced += m->placing == UNPLACED;
        m->result.misplaced += m->placing == MISPLACED;
    }
    m->result.rejected += m->bad > 0;
    m->result.rows++;
    return GOV_OK;
}

static gov_status take_batch(importer *m, const gov_table *batch, gov_error *err)
{
    for (int64_t c = 0; c < gov_table_columns(batch); c++) {
        m->views[c] = (gov_column_view)GOV_COLUMN_VIEW_INIT;
        GOV_TRY(gov_table_view(batch, c, &m->views[c], err));
    }
    for (m->row_of_batch = 0; m->row_of_batch < gov_table_rows(batch); m->row_of_batch++, m->row++) {
        if (m->row % 4096 == 0)
            GOV_TRY(gov_run_poll(m->o.run, m->row, m->source->total, err));
        GOV_TRY(read_row(m, err));
        GOV_TRY(m->writing ? write_row(m, err) : stage_row(m, err));
    }
    return GOV_OK;
}

static gov_status pass(importer *m, int writing, gov_error *err)
{
    const gov_table *batch = NULL;
    m->writing = writing;
    m->row = 0;
    for (;;) {
        GOV_TRY(m->source->next(m->source, &batch, err));
        if (gov_table_rows(batch) == 0)
            return GOV_OK;
        GOV_TRY(take_batch(m, batch, err));
    }
}

static gov_status unreadable(void *who, int64_t line, const gov_cell_fault *fault, gov_error *err)
{
    importer *m = who;
    m->row++;
    if (!m->writing)
        return GOV_OK;
    m->result.rows++;
    m->result.rejected++;
    return gov_report_add(&m->report, line, m->row - 1, NULL, fault, NULL, NULL, 0, err);
}

/* Nothing may have been written or ended outside the actor's scope. What was ended is judged by the scope before,
 * what was added by the scope after, because grids themselves may have changed. */
static gov_status check_scope(importer *m, const char *column, gov_error *err)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    int64_t outside = 0;
    if (m->store->scope == NULL || gov_log_first(m->log) == INT64_MAX)
        return GOV_OK;
    gov_buffer_format(
        &sql, "SELECT count(*) FROM main.\"" GOV_KIND_TABLE "%s\" k WHERE k.%s >= %lld AND NOT coalesce((",
        m->kind->name, column, (long long)gov_log_first(m->log));
    gov_scope_condition(&m->store->kinds, m->kind, "k", 1, "SELECT code FROM temp.scope", &sql);
    gov_buffer_text(&sql, "), 0)");
    gov_buffer_char(&sql, '\0');
    gov_status status =
        sql.broken ? gov_fail_memory(err) : gov_db_integer(m->store->db, sql.data, 0, &outside, err);
    gov_buffer_clear(&sql);
    GOV_TRY(status);
    if (outside > 0)
        return gov_fail(err, GOV_E_SCOPE, "%lld records lie outside the actor's scope", (long long)outside);
    return GOV_OK;
}

/* Grids that hold on the day and that the file does not name end on it. */
static gov_status end_others(importer *m, gov_error *err)
{
    gov_stmt *stmt = NULL;
    int row = 0;
    gov_status status = gov_db_prepare(m->store->db,
                                       "SELECT key, version, valid_from FROM main." GOV_KIND_TABLE "grid"
                                       " WHERE ended IS NULL AND valid_to > ?1"
                                       " AND key NOT IN (SELECT key FROM temp.stage) ORDER BY version",
                                       &stmt, err);
    if (status != GOV_OK)
        return status;
    gov_stmt_text(stmt, 1, m->as_of, -1);
    while (status == GOV_OK && (status = gov_stmt_step(stmt, &row, err)) == GOV_OK && row) {
        status = gov_records_cut(m->records, gov_stmt_get_int(stmt, 1), m->as_of, err);
        m->result.ended++;
    }
    gov_stmt_free(stmt);
    return status;
}

/* What was claimed was claimed of records of the scope. */
static gov_status check_claims(importer *m, gov_error *err)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    int64_t outside = 0;
    long long first = (long long)gov_log_first(m->log);
    if (m->store->scope == NULL || first == INT64_MAX || !m->kind->sources)
        return GOV_OK;
    gov_buffer_format(&sql,
                      "SELECT count(*) FROM main." GOV_KIND_TABLE "claim c JOIN main.\"" GOV_KIND_TABLE
                      "%s\" k ON k.key = c.subject WHERE c.subject_kind = '%s' AND c.added >= %lld"
                      " AND (k.ended IS NULL OR k.ended >= %lld) AND NOT coalesce((",
                      m->kind->name, m->kind->name, first, first);
    gov_scope_condition(&m->store->kinds, m->kind, "k", 1, "SELECT code FROM temp.scope", &sql);
    gov_buffer_text(&sql, "), 0)");
    gov_buffer_char(&sql, '\0');
    gov_status status =
        sql.broken ? gov_fail_memory(err) : gov_db_integer(m->store->db, sql.data, 0, &outside, err);
    gov_buffer_clear(&sql);
    GOV_TRY(status);
    if (outside > 0)
        return gov_fail(err, GOV_E_SCOPE, "%lld records lie outside the actor's scope", (long long)outside);
    return GOV_OK;
}

static gov_status check_scopes(importer *m, const gov_moment *today, gov_error *err)
{
    GOV_TRY(check_scope(m, "ended", err));
    GOV_TRY(check_claims(m, err));
    GOV_TRY(gov_scope_fill(m->store, today, err));
    return check_scope(m, "added", err);
}

/* --- Sources ---------------------------------------------------------------------------------------------- */

static gov_status rank_source(importer *m, const char *field, int64_t rank, int *changed, gov_error *err)
{
    gov_put put = GOV_PUT_UNCHANGED;
    const char *kind = rank > 0 ? m->kind->name : GOV_ALL;
    GOV_TRY(gov_authority_put(m->store, m->log, gov_log_stated_source(m->log), kind, field, rank, &put, err));
    *changed |= rank > 0 && (put == GOV_PUT_ADDED || put == GOV_PUT_CHANGED);
    return GOV_OK;
}

/* A source that spoke is known from then on; ranks that its mapping states are recorded. */
static gov_status note_source(importer *m, gov_error *err)
{
    const gov_mapping *mapping = m->source->mapping;
    int changed = strcmp(m->kind->name, "authority") == 0 && m->result.added + m->result.changed > 0;
    if (gov_log_stated_source(m->log) != NULL) {
        if (gov_log_act(m->log) != 0)
            GOV_TRY(rank_source(m, GOV_ALL, 0, &changed, err));
        if (mapping != NULL && mapping->rank > 0)
            GOV_TRY(rank_source(m, GOV_ALL, mapping->rank, &changed, err));
        for (int64_t i = 0; mapping != NULL && i < mapping->count; i++)
            if (mapping->list[i].rank > 0)
                GOV_TRY(rank_source(m, mapping->list[i].field, mapping->list[i].rank, &changed, err));
    }
    if (changed && m->store->scope != NULL)
        return gov_fail(err, GOV_E_SCOPE, "only an actor who sees all grids may state the order of sources");
    return changed ? gov_claims_settle(m->log, m->store, err) : GOV_OK;
}

static gov_status work(importer *m, gov_error *err)
{
    gov_moment today;
    GOV_TRY(gov_report_begin(&m->report, 1, err));
    GOV_TRY(gov_moment_of(m->store, m->o.as_of, NULL, &today, err));
    m->today = today.day;
    GOV_TRY(gov_views_make(m->store, &today, err));
    GOV_TRY(prepare(m, err));
    GOV_TRY(gov_rule_latest(m->latest, err));
    if (m->self != ABSENT) {
        GOV_TRY(pass(m, 0, err));
        GOV_TRY(mark_sound(m, err));
        GOV_TRY(m->source->rewind(m->source, err));
    }
    GOV_TRY(pass(m, 1, err));
    if (m->o.complete && m->result.rejected == 0)
        GOV_TRY(end_others(m, err));
    if (m->self != ABSENT)
        GOV_TRY(check_rings(m, err));
    GOV_TRY(note_source(m, err));
    GOV_TRY(check_scopes(m, &today, err));
    m->result.issues = m->report.issues;
    int64_t counts[] = {m->result.rows,      m->result.added,    m->result.changed,
                        m->result.unchanged, m->result.rejected, m->result.conflicts};
    gov_digest_add(m->report.digest, counts, (int64_t)sizeof(counts));
    gov_digest_text(m->report.digest, m->result.digest);
    return gov_run_poll(m->o.run, m->row, m->row, err);
}

static void release(importer *m)
{
    for (int64_t i = 0; m->references != NULL && i < m->kind->count; i++)
        gov_stmt_free(m->references[i].stmt);
    gov_stmt_free(m->stage);
    gov_stmt_free(m->staged);
    gov_claims_free(m->claims);
    gov_records_free(m->records);
    gov_datum_shift_clear(&m->shift);
    gov_placer_free(m->placer);
    gov_buffer_clear(&m->key);
    gov_free(m->column_of);
    gov_free(m->cells);
    gov_free(m->scratch);
    gov_free(m->given);
    gov_free(m->references);
    gov_free(m->views);
}

gov_status gov_import_check(gov_store *store, const gov_import_options *options, gov_import_options *out,
                            const gov_import_result *result, gov_error *err)
{
    if (store == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store must be given");
    GOV_TRY(gov_struct_check(result, err));
    GOV_TRY(gov_struct_read(out, sizeof(*out), options, err));
    if (out->complete && out->as_of == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "a complete import needs the day it holds from (as_of)");
    out->strict |= out->complete;
    return gov_store_may_write(store, err);
}

/* Declared fields are part of the transaction: the kinds in memory are read again after a rollback. */
static gov_status end(importer *m, gov_status status, gov_error *err)
{
    int commit = status == GOV_OK && !m->o.dry_run && !(m->o.strict && m->result.rejected > 0);
    gov_status ended = gov_log_end(m->log, commit, status == GOV_OK ? err : NULL);
    if (!commit || ended != GOV_OK) {
        m->store->views.day[0] = '\0';
        gov_status loaded = gov_kinds_load(m->store->db, &m->store->kinds, status == GOV_OK ? err : NULL);
        ended = ended == GOV_OK ? loaded : ended;
    }
    return status == GOV_OK ? ended : status;
}

static gov_status run_import(gov_store *store, const char *kind, gov_source *source,
                             const gov_import_options *options, gov_import_result *result,
                             gov_table **report_out, gov_error *err)
{
    gov_table *table = NULL;
    importer m = {.store = store, .source = source, .o = *options, .result = GOV_IMPORT_RESULT_INIT};
    GOV_TRY(gov_kinds_need(&store->kinds, kind, &m.kind, err));
    if (m.o.as_of != NULL)
        GOV_TRY(gov_store_day(m.o.as_of, m.as_of, err));
    if (m.o.complete && strcmp(kind, "grid") != 0)
        return gov_fail_at(err, GOV_E_UNSUPPORTED, GOV_AT_NAME(kind),
                           "only grids can be imported as complete");
    if (strcmp(kind, "claim") == 0)
        return gov_fail_at(err, GOV_E_UNSUPPORTED, GOV_AT_NAME(kind),
                           "claims are made by imports that state their source");
    source->unreadable = unreadable;
    source->importer = &m;
    GOV_TRY(gov_log_begin(store, "import", m.o.source != NULL ? m.o.source : source->name, m.o.reason, &m.log,
                          err));
    if (m.o.source != NULL || source->stated)
        gov_log_state_source(m.log, m.o.source != NULL ? m.o.source : source->name);
    gov_status status = work(&m, err);
    if (status == GOV_OK && report_out != NULL)
        status = gov_table_builder_finish(m.report.builder, &table, err);
    release(&m);
    status = end(&m, status, err);
    gov_report_free(&m.report);
    if (status != GOV_OK) {
        gov_table_free(table);
        return status;
    }
    if (result != NULL)
        gov_struct_fill(result, &m.result, sizeof(m.result));
    if (report_out != NULL)
        *report_out = table;
    return GOV_OK;
}

/* With a mapping the rows are seen through it. */
gov_status gov_import_run(gov_store *store, const char *kind_name, gov_source *source,
                          const gov_import_options *options, gov_import_result *result, gov_table **report,
                          gov_error *err)
{
    gov_mapping mapping = {.arena = GOV_ARENA_INIT};
    gov_source *mapped = NULL;
    const gov_kind *kind = NULL;
    if (options->mapping == NULL)
        return run_import(store, kind_name, source, options, result, report, err);
    GOV_TRY(gov_kinds_need(&store->kinds, kind_name, &kind, err));
    GOV_TRY(gov_mapping_read(options->mapping, kind, &mapping, err));
    gov_import_options o = *options;
    o.datum = o.datum != NULL ? o.datum : mapping.datum;
    gov_status status = gov_mapped_source_new(source, &mapping, &mapped, err);
    if (status == GOV_OK)
        status = run_import(store, kind_name, mapped, &o, result, report, err);
    gov_mapped_source_free(mapped);
    gov_mapping_clear(&mapping);
    return status;
}
