/* readings.c - the readings of many series as tables. */
#include "base/date.h"
#include "base/run.h"
#include "base/struct.h"
#include "store/cell.h"
#include "store/reading.h"

#include <stdio.h>
#include <string.h>

enum { LONGEST = 512 };

typedef struct question_list {
    const gov_table *table; /* NULL: all series */
    gov_column_view views[4];
    int64_t columns[4]; /* -1: there is none */
} question_list;

enum { KIND, SUBJECT, VARIABLE, AT };

typedef struct survey {
    gov_store *store;
    gov_readings *readings;
    gov_table_builder *builder;
    gov_reading_options o;
    int64_t window; /* microseconds; 0: the last reading */
    int64_t end;
    int64_t rows;
    char texts[4][LONGEST];
} survey;

/* --- What is asked ----------------------------------------------------------------------------------------- */

static gov_status read_header(question_list *a, const gov_table *table, gov_error *err)
{
    static const char *const names[] = {"subject_kind", "subject", "variable", "at"};
    *a = (question_list){.table = table, .columns = {-1, -1, -1, -1}};
    for (int64_t c = 0; table != NULL && c < gov_table_columns(table); c++) {
        int known = -1;
        for (int i = 0; i < 4; i++)
            if (strcmp(gov_table_name(table, c), names[i]) == 0)
                known = i;
        if (known < 0)
            return gov_fail_at(err, GOV_E_UNKNOWN_NAME, GOV_AT_NAME(gov_table_name(table, c)),
                               "the columns are subject, subject_kind, variable and at");
        a->views[known] = (gov_column_view)GOV_COLUMN_VIEW_INIT;
        GOV_TRY(gov_table_view(table, c, &a->views[known], err));
        a->columns[known] = c;
    }
    if (table != NULL && a->columns[SUBJECT] < 0)
        return gov_fail_at(err, GOV_E_MISSING, GOV_AT_NAME("subject"), "the table needs this column");
    return GOV_OK;
}

static gov_status read_cell(survey *s, const question_list *a, int64_t row, int i, const char **out,
                            gov_error *err)
{
    *out = NULL;
    if (a->columns[i] < 0)
        return GOV_OK;
    int64_t size = gov_cell_show(&a->views[i], row, s->texts[i], LONGEST);
    if (size >= LONGEST - 1)
        return gov_fail_at(err, GOV_E_LIMIT, GOV_AT_ROW(row, gov_table_name(a->table, a->columns[i])),
                           "the text is too long for a name");
    if (size < 0)
        return GOV_OK;
    s->texts[i][size] = '\0';
    *out = s->texts[i];
    return GOV_OK;
}

static gov_status read_question(survey *s, const question_list *a, int64_t row, gov_series *of, int64_t *end,
                                gov_error *err)
{
    const char *at = NULL;
    GOV_TRY(read_cell(s, a, row, KIND, &of->kind, err));
    GOV_TRY(read_cell(s, a, row, SUBJECT, &of->subject, err));
    GOV_TRY(read_cell(s, a, row, VARIABLE, &of->variable, err));
    GOV_TRY(read_cell(s, a, row, AT, &at, err));
    if (of->subject == NULL)
        return gov_fail_at(err, GOV_E_MISSING, GOV_AT_ROW(row, "subject"), "a question needs its subject");
    of->kind = of->kind != NULL ? of->kind : "person";
    *end = s->end;
    if (at == NULL)
        return GOV_OK;
    gov_error why = GOV_ERROR_INIT;
    gov_status status = gov_reading_end(at, end, &why);
    return status == GOV_OK ? GOV_OK : gov_fail_at(err, status, GOV_AT_ROW(row, "at"), "%s", why.message);
}

/* --- Rows of the answer ------------------------------------------------------------------------------------ */

static gov_status begin_columns(survey *s, gov_error *err)
{
    static const struct {
        const char *name;
        gov_type type;
        int of_window, of_last;
    } columns[] = {{"subject_kind", GOV_TYPE_UTF8, 1, 1}, {"subject", GOV_TYPE_UTF8, 1, 1},
                   {"variable", GOV_TYPE_UTF8, 1, 1},     {"begin", GOV_TYPE_TIMESTAMP, 1, 0},
                   {"end", GOV_TYPE_TIMESTAMP, 1, 0},     {"count", GOV_TYPE_INT64, 1, 0},
                   {"sum", GOV_TYPE_FLOAT64, 1, 0},       {"mean", GOV_TYPE_FLOAT64, 1, 0},
                   {"min", GOV_TYPE_FLOAT64, 1, 0},       {"max", GOV_TYPE_FLOAT64, 1, 0},
                   {"last", GOV_TYPE_FLOAT64, 1, 0},      {"last_time", GOV_TYPE_TIMESTAMP, 1, 0},
                   {"time", GOV_TYPE_TIMESTAMP, 0, 1},    {"value", GOV_TYPE_FLOAT64, 0, 1},
                   {"text", GOV_TYPE_UTF8, 0, 1},         {"source", GOV_TYPE_UTF8, 0, 1}};
    for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
        if (s->window > 0 ? columns[i].of_window : columns[i].of_last)
            GOV_TRY(gov_table_builder_add(s->builder, columns[i].name, columns[i].type,
                                          columns[i].type == GOV_TYPE_TIMESTAMP ? "u:" : NULL, err));
    return GOV_OK;
}

static gov_status add_text(survey *s, int64_t column, const char *text, gov_error *err)
{
    return text != NULL ? gov_table_builder_text(s->builder, column, text, -1, err)
                        : gov_table_builder_null(s->builder, column, err);
}

static gov_status add_double(survey *s, int64_t column, int there, double value, gov_error *err)
{
    return there ? gov_table_builder_double(s->builder, column, value, err)
                 : gov_table_builder_null(s->builder, column, err);
}

static gov_status add_time(survey *s, int64_t column, int there, int64_t value, gov_error *err)
{
    return there ? gov_table_builder_int64(s->builder, column, value, err)
                 : gov_table_builder_null(s->builder, column, err);
}

static gov_status add_series(survey *s, const gov_series *series, gov_error *err)
{
    GOV_TRY(add_text(s, 0, series->kind, err));
    GOV_TRY(add_text(s, 1, series->subject, err));
    return add_text(s, 2, series->variable, err);
}

static gov_status add_window(survey *s, const gov_series *series, int64_t end, gov_error *err)
{
    gov_window w = GOV_WINDOW_INIT;
    GOV_TRY(gov_readings_window(s->readings, series, end - s->window, end, &w, err));
    const double numbers[] = {w.sum, w.mean, w.min, w.max, w.last};
    GOV_TRY(add_series(s, series, err));
    GOV_TRY(add_time(s, 3, 1, w.begin, err));
    GOV_TRY(add_time(s, 4, 1, w.end, err));
    GOV_TRY(gov_table_builder_int64(s->builder, 5, w.count, err));
    for (int i = 0; i < 5; i++)
        GOV_TRY(add_double(s, 6 + i, w.count > 0, numbers[i], err));
    return add_time(s, 11, w.count > 0, w.last_time, err);
}

/* A series that was not asked for by name and has no reading by then is not in the answer. */
static gov_status add_last(survey *s, const gov_series *series, int64_t end, int named, gov_error *err)
{
    gov_reading reading = GOV_READING_INIT;
    const char *text = NULL, *source = NULL;
    GOV_TRY(gov_readings_last(s->readings, series, end, &reading, &text, &source, err));
    if (!reading.found && !named)
        return GOV_OK;
    GOV_TRY(add_series(s, series, err));
    GOV_TRY(add_time(s, 3, reading.found, reading.time, err));
    GOV_TRY(add_double(s, 4, reading.has_value, reading.value, err));
    GOV_TRY(add_text(s, 5, text, err));
    return add_text(s, 6, source, err);
}

static gov_status add_answer(survey *s, const gov_series *series, int64_t end, int named, gov_error *err)
{
    if (s->rows++ % 1024 == 0)
        GOV_TRY(gov_run_poll(s->o.run, s->rows - 1, -1, err));
    return s->window > 0 ? add_window(s, series, end, err) : add_last(s, series, end, named, err);
}

/* One named series, or all that there are of what is named. */
static gov_status answer(survey *s, const gov_series *of, int64_t end, gov_error *err)
{
    gov_series found = {NULL, NULL, NULL};
    int more = 1;
    if (of->kind != NULL && of->subject != NULL && of->variable != NULL)
        return add_answer(s, of, end, 1, err);
    while (1) {
        gov_series next = found;
        GOV_TRY(gov_readings_series(s->readings, of, &found, &next, &more, err));
        if (!more)
            return GOV_OK;
        found = next;
        GOV_TRY(add_answer(s, &found, end, 0, err));
    }
}

static gov_status answer_all(survey *s, const gov_table *table, gov_error *err)
{
    question_list a;
    gov_series of = {NULL, NULL, NULL};
    int64_t end = 0;
    GOV_TRY(read_header(&a, table, err));
    GOV_TRY(begin_columns(s, err));
    if (table == NULL)
        return answer(s, &of, s->end, err);
    for (int64_t row = 0; row < gov_table_rows(table); row++) {
        GOV_TRY(read_question(s, &a, row, &of, &end, err));
        GOV_TRY(answer(s, &of, end, err));
    }
    return GOV_OK;
}

static gov_status conduct(gov_store *store, const gov_table *table, int64_t window,
                          const gov_reading_options *options, gov_table **out, gov_error *err)
{
    survey s = {.store = store, .window = window};
    gov_table *made = NULL;
    if (store == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store and out must be given");
    GOV_TRY(gov_struct_read(&s.o, sizeof(s.o), options, err));
    GOV_TRY(gov_reading_end(s.o.at, &s.end, err));
    GOV_TRY(gov_readings_new(store, &s.o, &s.readings, err));
    gov_status status = gov_table_builder_new(&s.builder, err);
    if (status == GOV_OK)
        status = answer_all(&s, table, err);
    if (status == GOV_OK)
        status = gov_table_builder_finish(s.builder, &made, err);
    gov_table_builder_free(s.builder);
    gov_readings_free(s.readings);
    if (status == GOV_OK)
        *out = made;
    return status;
}

gov_status gov_store_last_readings(gov_store *store, const gov_table *asked,
                                   const gov_reading_options *options, gov_table **out, gov_error *err)
{
    return conduct(store, asked, 0, options, out, err);
}

gov_status gov_store_windows(gov_store *store, const gov_table *asked, int64_t seconds,
                             const gov_reading_options *options, gov_table **out, gov_error *err)
{
    if (seconds < 1 || seconds > GOV_LONGEST_WINDOW)
        return gov_fail(err, GOV_E_ARGUMENT, "a window is of a second to 1000 years");
    return conduct(store, asked, seconds * 1000000, options, out, err);
}
