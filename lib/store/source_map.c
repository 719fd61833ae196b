/* source_map.c - a source seen through a mapping. Every cell becomes text, which is what the importer reads best. */
#include "store/mapping.h"
#include "table/column.h"

#include <stdio.h>
#include <string.h>

#define LONGEST_NUMBER 64

typedef struct target {
    const gov_mapped *mapped; /* NULL: the column goes by its own name */
    int64_t column;           /* of the inner source; -1: a constant */
} target;

typedef struct mapped_source {
    gov_source base;
    gov_source *inner;
    target *targets;
    int64_t count;
    gov_table_builder *builder;
    gov_table *header, *batch;
    char cell[LONGEST_NUMBER];
} mapped_source;

/* --- Columns ---------------------------------------------------------------------------------------------- */

static int in_list(const gov_yaml_node *list, const char *text, int64_t size)
{
    for (int64_t i = 0; list != NULL && i < list->size; i++)
        if (list->children[i]->size == size && memcmp(list->children[i]->text, text, (size_t)size) == 0)
            return 1;
    return 0;
}

static int is_mapped(const gov_mapping *mapping, const char *column)
{
    for (int64_t i = 0; i < mapping->count; i++)
        if (mapping->list[i].column != NULL && strcmp(mapping->list[i].column, column) == 0)
            return 1;
    return in_list(mapping->ignore, column, (int64_t)strlen(column));
}

static gov_status choose_targets(mapped_source *s, const gov_mapping *mapping, gov_error *err)
{
    const gov_table *header = s->inner->header;
    s->targets = gov_alloc_zero(mapping->count + gov_table_columns(header), sizeof(target));
    if (s->targets == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < mapping->count; i++) {
        target *t = &s->targets[s->count++];
        t->mapped = &mapping->list[i];
        t->column = -1;
        if (t->mapped->column != NULL &&
            gov_table_find(header, t->mapped->column, &t->column, NULL) != GOV_OK)
            return gov_fail_at(err, GOV_E_MISSING, GOV_AT_NAME(t->mapped->column),
                               "the mapping takes %s from this column, which the file does not have",
                               t->mapped->field);
    }
    for (int64_t c = 0; c < gov_table_columns(header); c++)
        if (!is_mapped(mapping, gov_table_name(header, c)))
            s->targets[s->count++] = (target){NULL, c};
    return GOV_OK;
}

static gov_status add_columns(mapped_source *s, gov_error *err)
{
    for (int64_t i = 0; i < s->count; i++) {
        const target *t = &s->targets[i];
        const char *name = t->mapped != NULL ? t->mapped->field : gov_table_name(s->inner->header, t->column);
        GOV_TRY(gov_table_builder_add(s->builder, name, GOV_TYPE_UTF8, NULL, err));
    }
    return GOV_OK;
}

/* --- Cells ------------------------------------------------------------------------------------------------ */

static int digits(const char **text, const char *end, int most, int *value)
{
    int count = 0;
    *value = 0;
    for (; count < most && *text < end && **text >= '0' && **text <= '9'; count++)
        *value = *value * 10 + (*(*text)++ - '0');
    return count > 0;
}

/* Rewrites a date of the form `form` (%Y %m %d %H %M %S and other characters as they stand) as ISO text in `out`;
 * 0 if the text is not of that form. */
static int64_t read_date(const char *form, const char *text, int64_t size, char out[32])
{
    int parts[6] = {0, 1, 1, -1, 0, 0};
    const char *end = text + size;
    for (; *form != '\0'; form++) {
        const char *letters = "YmdHMS",
                   *letter = form[0] == '%' && form[1] != '\0' ? strchr(letters, form[1]) : NULL;
        if (letter == NULL) {
            if (text == end || *text++ != *form)
                return 0;
            continue;
        }
        if (!digits(&text, end, *letter == 'Y' ? 4 : 2, &parts[letter - letters]))
            return 0;
        form++;
    }
    if (text != end)
        return 0;
    if (parts[3] < 0)
        return snprintf(out, 32, "%04d-%02d-%02d", parts[0], parts[1], parts[2]);
    return snprintf(out, 32, "%04d-%02d-%02dT%02d:%02d:%02d", parts[0], parts[1], parts[2], parts[3],
                    parts[4], parts[5]);
}

static void trim(const char **text, int64_t *size)
{
    while (*size > 0 && strchr(" \t\r\n", **text) != NULL) {
        (*text)++;
        (*size)--;
    }
    while (*size > 0 && strchr(" \t\r\n", (*text)[*size - 1]) != NULL)
        (*size)--;
}

/* The text that the mapping makes of a cell; NULL: missing. `date` holds a rewritten date. */
static const char *map_text(const gov_mapped *m, const char *text, int64_t *size, char date[32])
{
    trim(&text, size);
    if (*size == 0 || in_list(m->missing, text, *size))
        text = NULL;
    for (int64_t i = 0; text != NULL && m->codes != NULL && i < m->codes->size; i++)
        if (m->codes->keys[i]->size == *size && memcmp(m->codes->keys[i]->text, text, (size_t)*size) == 0) {
            *size = m->codes->children[i]->size;
            return m->codes->children[i]->text;
        }
    if (text != NULL && m->date != NULL) {
        int64_t length = read_date(m->date, text, *size, date);
        *size = length > 0 ? length : *size;
        return length > 0 ? date : text;
    }
    if (text == NULL && m->fallback != NULL) {
        text = m->fallback;
        *size = (int64_t)strlen(text);
    }
    return text;
}

/* A cell as text, however long; NULL: missing. */
static const char *show(mapped_source *s, const gov_column_view *view, int64_t row, int64_t *size)
{
    if (view->type == GOV_TYPE_UTF8)
        return gov_view_text(view, row, size);
    int64_t length = gov_cell_show(view, row, s->cell, LONGEST_NUMBER);
    *size = length > 0 ? length : 0;
    return length >= 0 ? s->cell : NULL;
}

static gov_status add_cell(mapped_source *s, int64_t i, const gov_column_view *view, int64_t row,
                           gov_error *err)
{
    const target *t = &s->targets[i];
    char date[32];
    int64_t size = 0;
    const char *text = view != NULL ? show(s, view, row, &size) : NULL;
    if (t->mapped != NULL)
        text = map_text(t->mapped, text != NULL ? text : "", &size, date);
    return text != NULL ? gov_table_builder_text(s->builder, i, text, size, err)
                        : gov_table_builder_null(s->builder, i, err);
}

static gov_status add_column(mapped_source *s, int64_t i, const gov_table *batch, gov_error *err)
{
    gov_column_view view = GOV_COLUMN_VIEW_INIT;
    if (s->targets[i].column >= 0)
        GOV_TRY(gov_table_view(batch, s->targets[i].column, &view, err));
    for (int64_t row = 0; row < gov_table_rows(batch); row++)
        GOV_TRY(add_cell(s, i, s->targets[i].column >= 0 ? &view : NULL, row, err));
    return GOV_OK;
}

/* --- The source ------------------------------------------------------------------------------------------- */

static gov_status next(gov_source *source, const gov_table **batch, gov_error *err)
{
    mapped_source *s = (mapped_source *)source;
    const gov_table *inner = NULL;
    s->inner->unreadable = source->unreadable;
    s->inner->importer = source->importer;
    GOV_TRY(s->inner->next(s->inner, &inner, err));
    gov_table_free(s->batch);
    s->batch = NULL;
    GOV_TRY(add_columns(s, err));
    for (int64_t i = 0; i < s->count; i++)
        GOV_TRY(add_column(s, i, inner, err));
    GOV_TRY(gov_table_builder_finish(s->builder, &s->batch, err));
    *batch = s->batch;
    return GOV_OK;
}

static gov_status rewind_inner(gov_source *source, gov_error *err)
{
    mapped_source *s = (mapped_source *)source;
    return s->inner->rewind(s->inner, err);
}

static int64_t line_of(const gov_source *source, int64_t row_of_batch)
{
    const mapped_source *s = (const mapped_source *)source;
    return s->inner->line(s->inner, row_of_batch);
}

gov_status gov_mapped_source_new(gov_source *inner, const gov_mapping *mapping, gov_source **out,
                                 gov_error *err)
{
    mapped_source *s = gov_alloc_zero(1, sizeof(*s));
    if (s == NULL)
        return gov_fail_memory(err);
    s->inner = inner;
    s->base = (gov_source){.name = mapping->source != NULL ? mapping->source : inner->name,
                           .next = next,
                           .rewind = rewind_inner,
                           .line = line_of,
                           .total = inner->total,
                           .crs = inner->crs,
                           .stated = mapping->source != NULL,
                           .mapping = mapping};
    gov_status status = gov_table_builder_new(&s->builder, err);
    if (status == GOV_OK)
        status = choose_targets(s, mapping, err);
    if (status == GOV_OK)
        status = add_columns(s, err);
    if (status == GOV_OK)
        status = gov_table_builder_finish(s->builder, &s->header, err);
    if (status != GOV_OK) {
        gov_mapped_source_free(&s->base);
        return status;
    }
    s->base.header = s->header;
    *out = &s->base;
    return GOV_OK;
}

void gov_mapped_source_free(gov_source *source)
{
    mapped_source *s = (mapped_source *)source;
    if (s == NULL)
        return;
    gov_table_builder_free(s->builder);
    gov_table_free(s->header);
    gov_table_free(s->batch);
    gov_free(s->targets);
    gov_free(s);
}
