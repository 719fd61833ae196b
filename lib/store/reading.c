/* reading.c - readings of one series by their keys.
 *
 * An observation's key is "kind|subject|variable|time|source", so the readings of a series are neighbours in the index of
 * the keys, nearly in the order of time: a window is one range, the last reading the range's end, and the next series the
 * first key behind this one's. Reading the latest value of S series costs S look-ups however long they are. Times are
 * written with a fraction only where there is one, and the byte behind a whole second ('|') is above that of a
 * fraction ('.'): inside one second the rows are sorted by their time. */
#include "store/reading.h"
#include "base/alloc.h"
#include "base/date.h"
#include "base/struct.h"
#include "base/sum.h"
#include "store/authority.h"

#include <stdio.h>
#include <string.h>

enum { SECOND = 19 }; /* characters of "2024-05-01T08:00:00" */

struct gov_readings {
    gov_store *store;
    gov_stmt *next, *edge, *latest, *range;
    gov_stmt **visible; /* one a kind, made when needed */
    gov_buffer low, high;
    const char *source; /* NULL: all */
    char *kept;         /* copy of the options' source */
};

/* --- Statements -------------------------------------------------------------------------------------------- */

static gov_status prepare(gov_store *store, gov_buffer *sql, gov_stmt **out, gov_error *err)
{
    gov_buffer_char(sql, '\0');
    gov_status status = sql->broken ? gov_fail_memory(err) : gov_db_prepare(store->db, sql->data, out, err);
    gov_buffer_clear(sql);
    return status;
}

/* ?1 .. ?2 bound the keys, ?3 .. ?5 are the series, ?6 .. ?7 the times, ?8 the source. */
static void add_rows(const gov_moment *m, gov_buffer *sql)
{
    gov_buffer_text(sql,
                    " FROM main." GOV_KIND_TABLE
                    "observation k WHERE key >= ?1 AND key < ?2 AND subject_kind = ?3 AND subject = ?4 AND"
                    " variable = ?5 AND time >= ?6 AND time < ?7 AND (?8 IS NULL OR source = ?8) AND ");
    gov_view_moment(m, sql);
}

/* Of the readings of one moment the one whose source goes before comes first. */
static gov_status prepare_range(gov_readings *r, const gov_moment *m, const char *order, const char *limit,
                                gov_stmt **out, gov_error *err)
{
    const gov_kind *kind = gov_kinds_find(&r->store->kinds, "observation");
    gov_buffer sql = GOV_BUFFER_INIT;
    gov_buffer_text(&sql, "SELECT time, value, text, source FROM (SELECT ");
    gov_view_fields(r->store, kind, &sql);
    gov_buffer_text(&sql, "k.added AS added");
    add_rows(m, &sql);
    gov_buffer_format(&sql, ") o ORDER BY %s, ", order);
    gov_authority_rank("o.source", "'observation'", "?5", m, &sql);
    gov_buffer_format(&sql, ", added DESC%s", limit);
    return prepare(r->store, &sql, out, err);
}

static gov_status prepare_all(gov_readings *r, const gov_moment *m, gov_error *err)
{
    gov_buffer sql = GOV_BUFFER_INIT;
    gov_buffer_text(&sql, "SELECT subject_kind, subject, variable FROM main." GOV_KIND_TABLE
                          "observation WHERE key >= ?1 AND key < ?2 AND ");
    gov_view_moment(m, &sql);
    gov_buffer_text(&sql, " ORDER BY key LIMIT 1");
    GOV_TRY(prepare(r->store, &sql, &r->next, err));
    gov_buffer_text(&sql, "SELECT substr(time, 1, 19)");
    add_rows(m, &sql);
    gov_buffer_text(&sql, " ORDER BY key DESC LIMIT 1");
    GOV_TRY(prepare(r->store, &sql, &r->edge, err));
    GOV_TRY(prepare_range(r, m, "time DESC", " LIMIT 1", &r->latest, err));
    return prepare_range(r, m, "time", "", &r->range, err);
}

gov_status gov_readings_new(gov_store *store, const gov_reading_options *o, gov_readings **out,
                            gov_error *err)
{
    gov_moment moment;
    GOV_TRY(gov_moment_of(store, NULL, o->recorded, &moment, err));
    GOV_TRY(gov_views_make(store, &moment, err));
    gov_readings *r = gov_alloc_zero(1, sizeof(*r));
    if (r == NULL)
        return gov_fail_memory(err);
    gov_status status;
    r->store = store;
    r->visible = gov_alloc_zero(store->kinds.count, sizeof(*r->visible));
    r->kept = o->source != NULL ? gov_copy_text(o->source, -1) : NULL;
    r->source = r->kept;
    if (r->visible == NULL || (o->source != NULL && r->kept == NULL))
        GOV_TRY_OUT(gov_fail_memory(err));
    GOV_TRY_OUT(prepare_all(r, &moment, err));
    *out = r;
    return GOV_OK;
out:
    gov_readings_free(r);
    return status;
}

void gov_readings_free(gov_readings *r)
{
    if (r == NULL)
        return;
    for (int64_t i = 0; r->visible != NULL && i < r->store->kinds.count; i++)
        gov_stmt_free(r->visible[i]);
    gov_free(r->visible);
    gov_stmt_free(r->next);
    gov_stmt_free(r->edge);
    gov_stmt_free(r->latest);
    gov_stmt_free(r->range);
    gov_buffer_clear(&r->low);
    gov_buffer_clear(&r->high);
    gov_free(r->kept);
    gov_free(r);
}

/* --- Scope ------------------------------------------------------------------------------------------------- */

/* As the view of observations has it: an actor with a scope sees those of records that are placed and seen. */
static gov_status is_visible(gov_readings *r, const gov_series *s, int *visible, gov_error *err)
{
    *visible = r->store->scope == NULL;
    if (*visible)
        return GOV_OK;
    const gov_kind *kind = gov_kinds_find(&r->store->kinds, s->kind);
    if (kind == NULL || kind->key_count != 1 || kind->scope == NULL || strpbrk(kind->scope, ">/,") != NULL)
        return GOV_OK;
    gov_stmt **look = &r->visible[kind - r->store->kinds.list];
    if (*look == NULL) {
        gov_buffer sql = GOV_BUFFER_INIT;
        gov_buffer_format(&sql, "SELECT 1 FROM temp.\"%s\" WHERE \"%s\" = ?1", kind->name,
                          kind->fields[kind->key[0]].name);
        GOV_TRY(prepare(r->store, &sql, look, err));
    }
    gov_stmt_text(*look, 1, s->subject, -1);
    gov_status status = gov_stmt_step(*look, visible, err);
    gov_stmt_reset(*look);
    return status;
}

/* --- Bounds ------------------------------------------------------------------------------------------------ */

static void fill_key(gov_buffer *key, const gov_series *s, const char *time, int64_t size, const char *end)
{
    const char *const parts[] = {s->kind, s->subject, s->variable};
    key->size = 0;
    for (int i = 0; i < 3 && parts[i] != NULL; i++) {
        gov_buffer_text(key, parts[i]);
        gov_buffer_char(key, '|');
    }
    gov_buffer_bytes(key, time, size);
    gov_buffer_text(key, end);
}

/* '}' is the byte after '|': the first key behind all that begin with these parts. */
static void behind(gov_buffer *key)
{
    if (!key->broken && key->size > 0)
        key->data[key->size - 1] = '}';
}

static gov_status bind(gov_readings *r, gov_stmt *stmt, const gov_series *s, const char *from, const char *to,
                       gov_error *err)
{
    if (r->low.broken || r->high.broken)
        return gov_fail_memory(err);
    gov_stmt_text(stmt, 1, r->low.data, r->low.size);
    gov_stmt_text(stmt, 2, r->high.data, r->high.size);
    gov_stmt_text(stmt, 3, s->kind, -1);
    gov_stmt_text(stmt, 4, s->subject, -1);
    gov_stmt_text(stmt, 5, s->variable, -1);
    gov_stmt_text(stmt, 6, from, -1);
    gov_stmt_text(stmt, 7, to, -1);
    gov_stmt_text(stmt, 8, r->source, -1);
    return GOV_OK;
}

static int is_of(const gov_series *s, const gov_series *of)
{
    return (of->kind == NULL || strcmp(of->kind, s->kind) == 0) &&
           (of->subject == NULL || strcmp(of->subject, s->subject) == 0) &&
           (of->variable == NULL || strcmp(of->variable, s->variable) == 0);
}

/* The first row behind `before`; a damaged row has no name and ends the list. */
static gov_status step_series(gov_readings *r, const gov_series *of, const gov_series *before,
                              gov_series *out, int *more, gov_error *err)
{
    fill_key(&r->low, before->kind != NULL ? before : of, "", 0, "");
    if (before->kind != NULL)
        behind(&r->low);
    fill_key(&r->high, of, "", 0, "");
    behind(&r->high);
    if (r->high.size == 0)
        gov_buffer_text(&r->high, "\xF4\x90"); /* above all characters */
    gov_stmt_reset(r->next);
    if (r->low.broken || r->high.broken)
        return gov_fail_memory(err);
    gov_stmt_text(r->next, 1, r->low.size > 0 ? r->low.data : "", r->low.size);
    gov_stmt_text(r->next, 2, r->high.data, r->high.size);
    GOV_TRY(gov_stmt_step(r->next, more, err));
    if (*more)
        *out = (gov_series){gov_stmt_get_text(r->next, 0), gov_stmt_get_text(r->next, 1),
                            gov_stmt_get_text(r->next, 2)};
    *more = *more && out->kind != NULL && out->subject != NULL && out->variable != NULL;
    return GOV_OK;
}

/* Series that are not asked for are stepped over too: one look-up each, where a condition would read all their rows. */
gov_status gov_readings_series(gov_readings *r, const gov_series *of, const gov_series *last, gov_series *out,
                               int *more, gov_error *err)
{
    gov_series before = *last;
    for (int visible = 0; !visible; before = *out) {
        GOV_TRY(step_series(r, of, &before, out, more, err));
        if (!*more)
            return GOV_OK;
        if (is_of(out, of))
            GOV_TRY(is_visible(r, out, &visible, err));
    }
    return GOV_OK;
}

/* --- Readings ---------------------------------------------------------------------------------------------- */

gov_status gov_reading_end(const char *at, int64_t *micros, gov_error *err)
{
    char now[33];
    int32_t day = 0;
    if (at == NULL) {
        gov_store_clock(now);
        return gov_time_parse(now, -1, micros, err);
    }
    if (gov_date_parse(at, -1, &day, NULL) != GOV_OK)
        return gov_time_parse(at, -1, micros, err);
    *micros = (day + INT64_C(1)) * GOV_DAY_MICROS;
    return GOV_OK;
}

/* Times before year 1 are before all readings. */
static void time_text(int64_t micros, char out[33])
{
    const int64_t first = INT64_C(-719162) * GOV_DAY_MICROS; /* 0001-01-01 */
    gov_time_format(micros < first ? first : micros, out, 33);
}

static gov_status range(gov_readings *r, gov_stmt *stmt, const gov_series *s, const char *from,
                        const char *to, gov_error *err)
{
    fill_key(&r->low, s, from, SECOND, "");
    fill_key(&r->high, s, to, SECOND, "~");
    return bind(r, stmt, s, from, to, err);
}

/* The last second with a reading, as text; *found 0 if there is none. */
static gov_status last_second(gov_readings *r, const gov_series *s, const char *to, char out[33], int *found,
                              gov_error *err)
{
    fill_key(&r->low, s, "", 0, "");
    fill_key(&r->high, s, to, SECOND, "~");
    GOV_TRY(bind(r, r->edge, s, "", to, err));
    gov_status status = gov_stmt_step(r->edge, found, err);
    if (status == GOV_OK && *found)
        snprintf(out, 33, "%s", gov_stmt_get_text(r->edge, 0));
    gov_stmt_reset(r->edge);
    return status;
}

static gov_status read_row(const gov_stmt *stmt, int64_t *time, gov_cell *value, gov_error *err)
{
    GOV_TRY(gov_time_parse(gov_stmt_get_text(stmt, 0), -1, time, err));
    gov_stmt_get(stmt, 1, value);
    return GOV_OK;
}

gov_status gov_readings_last(gov_readings *r, const gov_series *s, int64_t end, gov_reading *out,
                             const char **text, const char **source, gov_error *err)
{
    char to[33], second[33];
    int found = 0, visible = 0, row = 0;
    int64_t time = 0;
    gov_cell value;
    *out = (gov_reading)GOV_READING_INIT;
    gov_stmt_reset(r->latest);
    time_text(end, to);
    GOV_TRY(is_visible(r, s, &visible, err));
    if (visible)
        GOV_TRY(last_second(r, s, to, second, &found, err));
    if (!found)
        return GOV_OK;
    gov_stmt *stmt = r->latest;
    GOV_TRY(range(r, stmt, s, second, to, err));
    GOV_TRY(gov_stmt_step(stmt, &row, err));
    if (!row)
        return GOV_OK;
    GOV_TRY(read_row(stmt, &time, &value, err));
    out->found = 1;
    out->time = time;
    out->has_value = value.type != GOV_CELL_NULL;
    out->value = value.type == GOV_CELL_INT    ? (double)value.integer
                 : value.type == GOV_CELL_REAL ? value.real
                                               : 0;
    if (text != NULL)
        *text = gov_stmt_get_text(stmt, 2);
    if (source != NULL)
        *source = gov_stmt_get_text(stmt, 3);
    return GOV_OK;
}

static void take(gov_window *w, gov_sum *sum, int64_t time, double value)
{
    w->min = w->count == 0 || value < w->min ? value : w->min;
    w->max = w->count == 0 || value > w->max ? value : w->max;
    w->count++;
    w->last = value;
    w->last_time = time;
    gov_sum_add(sum, value);
}

gov_status gov_readings_window(gov_readings *r, const gov_series *s, int64_t begin, int64_t end,
                               gov_window *out, gov_error *err)
{
    char from[33], to[33];
    int row = 1, visible = 0;
    int64_t before = INT64_MIN, time = 0;
    gov_sum sum = {0, 0};
    gov_cell value;
    *out = (gov_window)GOV_WINDOW_INIT;
    out->begin = begin;
    out->end = end;
    gov_stmt_reset(r->range);
    GOV_TRY(is_visible(r, s, &visible, err));
    if (!visible)
        return GOV_OK;
    time_text(begin, from);
    time_text(end, to);
    GOV_TRY(range(r, r->range, s, from, to, err));
    while (1) {
        GOV_TRY(gov_stmt_step(r->range, &row, err));
        if (!row)
            break;
        GOV_TRY(read_row(r->range, &time, &value, err));
        if (time != before && value.type != GOV_CELL_NULL)
            take(out, &sum, time, value.type == GOV_CELL_INT ? (double)value.integer : value.real);
        before = time;
    }
    gov_stmt_reset(r->range);
    out->sum = gov_sum_value(sum);
    out->mean = out->count > 0 ? out->sum / (double)out->count : 0;
    return GOV_OK;
}

/* --- One series -------------------------------------------------------------------------------------------- */

static gov_status check_series(const gov_series *s, const gov_reading_options *given, gov_reading_options *o,
                               int64_t *end, gov_error *err)
{
    if (s->kind == NULL || s->subject == NULL || s->variable == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "subject_kind, subject and variable must be given");
    GOV_TRY(gov_struct_read(o, sizeof(*o), given, err));
    return gov_reading_end(o->at, end, err);
}

gov_status gov_store_last_reading(gov_store *store, const char *subject_kind, const char *subject,
                                  const char *variable, const gov_reading_options *options, gov_reading *out,
                                  gov_error *err)
{
    const gov_series series = {subject_kind, subject, variable};
    gov_reading_options o;
    gov_readings *readings = NULL;
    gov_reading found = GOV_READING_INIT;
    int64_t end = 0;
    if (store == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store and out must be given");
    GOV_TRY(gov_struct_check(out, err));
    GOV_TRY(check_series(&series, options, &o, &end, err));
    GOV_TRY(gov_readings_new(store, &o, &readings, err));
    gov_status status = gov_readings_last(readings, &series, end, &found, NULL, NULL, err);
    gov_readings_free(readings);
    if (status == GOV_OK)
        gov_struct_fill(out, &found, sizeof(found));
    return status;
}

gov_status gov_store_window(gov_store *store, const char *subject_kind, const char *subject,
                            const char *variable, int64_t seconds, const gov_reading_options *options,
                            gov_window *out, gov_error *err)
{
    const gov_series series = {subject_kind, subject, variable};
    gov_reading_options o;
    gov_readings *readings = NULL;
    gov_window found = GOV_WINDOW_INIT;
    int64_t end = 0;
    if (store == NULL || out == NULL || seconds < 1 || seconds > GOV_LONGEST_WINDOW)
        return gov_fail(err, GOV_E_ARGUMENT,
                        "store and out must be given, and a window of a second to 1000 years");
    GOV_TRY(gov_struct_check(out, err));
    GOV_TRY(check_series(&series, options, &o, &end, err));
    GOV_TRY(gov_readings_new(store, &o, &readings, err));
    gov_status status = gov_readings_window(readings, &series, end - seconds * 1000000, end, &found, err);
    gov_readings_free(readings);
    if (status == GOV_OK)
        gov_struct_fill(out, &found, sizeof(found));
    return status;
}
