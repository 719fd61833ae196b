/* causes.c - the report of an import, grouped by cause.
 *
 * A file of a million rows has tens of thousands of wrong cells and a dozen causes: who mends the source wants the
 * dozen. Causes are looked for from the first met on; there are few, so this is linear in the report. */
#include "base/alloc.h"
#include "base/error.h"
#include "govcore/store.h"

#include <stdlib.h>
#include <string.h>

enum { COLUMN, CODE, ZH, EN, TEXTS };

typedef struct text {
    const char *at; /* NULL: missing */
    int64_t size;
} text;

typedef struct cause {
    text texts[TEXTS];
    int64_t cells, rejected, line, row;
} cause;

typedef struct causes {
    const gov_table *report;
    int64_t columns[TEXTS], line, row, noted;
    cause *list;
    int64_t count, capacity;
} causes;

static gov_status find_columns(causes *c, gov_error *err)
{
    static const char *const names[TEXTS] = {"column", "code", "reason_zh", "reason_en"};
    for (int i = 0; i < TEXTS; i++)
        GOV_TRY(gov_table_find(c->report, names[i], &c->columns[i], err));
    GOV_TRY(gov_table_find(c->report, "line", &c->line, err));
    GOV_TRY(gov_table_find(c->report, "noted", &c->noted, err));
    return gov_table_find(c->report, "row", &c->row, err);
}

static int ends_with(const text *t, const char *tail)
{
    int64_t size = (int64_t)strlen(tail);
    return t->size >= size && memcmp(t->at + t->size - size, tail, (size_t)size) == 0;
}

/* What stands in brackets at a reason's end is about the one row. */
static void cut_detail(text *t, const char *open, const char *close)
{
    if (t->at == NULL || !ends_with(t, close))
        return;
    text head = *t;
    while (head.size > 0 && !ends_with(&head, open))
        head.size--;
    if (head.size > (int64_t)strlen(open))
        t->size = head.size - (int64_t)strlen(open);
}

static gov_status read_texts(const causes *c, int64_t row, text out[TEXTS], gov_error *err)
{
    for (int i = 0; i < TEXTS; i++)
        GOV_TRY(gov_table_text(c->report, row, c->columns[i], &out[i].at, &out[i].size, err));
    cut_detail(&out[ZH], "（", "）");
    cut_detail(&out[EN], " (", ")");
    return GOV_OK;
}

static int same(const text *a, const text *b)
{
    if (a->at == NULL || b->at == NULL)
        return a->at == b->at;
    return a->size == b->size && memcmp(a->at, b->at, (size_t)a->size) == 0;
}

static gov_status cause_of(causes *c, const text texts[TEXTS], cause **out, gov_error *err)
{
    for (int64_t i = 0; i < c->count; i++)
        if (same(&c->list[i].texts[COLUMN], &texts[COLUMN]) && same(&c->list[i].texts[CODE], &texts[CODE]) &&
            same(&c->list[i].texts[EN], &texts[EN])) {
            *out = &c->list[i];
            return GOV_OK;
        }
    void *list = c->list;
    gov_status status = gov_grow(&list, &c->capacity, c->count + 1, sizeof(cause), err);
    c->list = list;
    if (status != GOV_OK)
        return status;
    *out = &c->list[c->count++];
    **out = (cause){.line = -1};
    memcpy((*out)->texts, texts, sizeof((*out)->texts));
    return GOV_OK;
}

static gov_status count_row(causes *c, int64_t i, int64_t *last, gov_error *err)
{
    int64_t line = 0, row = 0, noted = 0;
    uint8_t has_line = 0;
    text texts[TEXTS];
    cause *of = NULL;
    GOV_TRY(gov_table_copy_int64s(c->report, c->row, i, 1, &row, NULL, err));
    GOV_TRY(gov_table_copy_int64s(c->report, c->line, i, 1, &line, &has_line, err));
    GOV_TRY(gov_table_copy_int64s(c->report, c->noted, i, 1, &noted, NULL, err));
    GOV_TRY(read_texts(c, i, texts, err));
    GOV_TRY(cause_of(c, texts, &of, err));
    if (of->cells++ == 0) {
        of->row = row;
        of->line = has_line ? line : -1;
    }
    of->rejected += !noted && row != *last;
    *last = noted ? *last : row;
    return GOV_OK;
}

/* The most cells first; of as many, the one that is met first in the file. */
static int by_cells(const void *a, const void *b)
{
    const cause *x = a, *y = b;
    if (x->cells != y->cells)
        return x->cells < y->cells ? 1 : -1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static gov_status add_cause(gov_table_builder *b, const cause *of, gov_error *err)
{
    const int64_t counts[] = {of->cells, of->rejected};
    for (int i = 0; i < TEXTS; i++)
        GOV_TRY(of->texts[i].at != NULL
                    ? gov_table_builder_text(b, i, of->texts[i].at, of->texts[i].size, err)
                    : gov_table_builder_null(b, i, err));
    for (int i = 0; i < 2; i++)
        GOV_TRY(gov_table_builder_int64(b, TEXTS + i, counts[i], err));
    GOV_TRY(of->line >= 0 ? gov_table_builder_int64(b, TEXTS + 2, of->line, err)
                          : gov_table_builder_null(b, TEXTS + 2, err));
    return gov_table_builder_int64(b, TEXTS + 3, of->row, err);
}

static gov_status build(const causes *c, gov_table_builder *b, gov_table **out, gov_error *err)
{
    static const char *const names[] = {"column", "code",     "reason_zh",  "reason_en",
                                        "cells",  "rejected", "first_line", "first_row"};
    for (int i = 0; i < 8; i++)
        GOV_TRY(gov_table_builder_add(b, names[i], i < TEXTS ? GOV_TYPE_UTF8 : GOV_TYPE_INT64, NULL, err));
    for (int64_t i = 0; i < c->count; i++)
        GOV_TRY(add_cause(b, &c->list[i], err));
    return gov_table_builder_finish(b, out, err);
}

gov_status gov_import_causes(const gov_table *report, gov_table **out, gov_error *err)
{
    causes c = {.report = report};
    gov_table_builder *builder = NULL;
    int64_t last = -1;
    if (report == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "report and out must be given");
    GOV_TRY(find_columns(&c, err));
    gov_status status = gov_table_builder_new(&builder, err);
    for (int64_t i = 0; i < gov_table_rows(report) && status == GOV_OK; i++)
        status = count_row(&c, i, &last, err);
    if (status == GOV_OK && c.count > 1)
        qsort(c.list, (size_t)c.count, sizeof(cause), by_cells);
    if (status == GOV_OK)
        status = build(&c, builder, out, err);
    gov_table_builder_free(builder);
    gov_free(c.list);
    return status;
}
