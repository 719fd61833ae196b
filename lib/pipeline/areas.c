/* areas.c - the ancestor of each grid is found once, then looked up for each record: O((grids + records) log
 * grids). */
#include "govcore/pipeline/areas.h"
#include "base/alloc.h"
#include "table/frame.h"

#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 64 }; /* levels of a tree; more means a cycle */

typedef struct grid {
    const char *code;
    int64_t size;
    int64_t row;
    int64_t area; /* index of the ancestor of the level asked for, -1: none */
} grid;

typedef struct tree {
    grid *items; /* sorted by code */
    int64_t count;
    const gov_table *table;
    int64_t code, level, parent; /* columns */
} tree;

static int compare(const void *a, const void *b)
{
    const grid *first = a, *second = b;
    int64_t least = first->size < second->size ? first->size : second->size;
    int order = least > 0 ? memcmp(first->code, second->code, (size_t)least) : 0;
    return order != 0 ? order : (first->size > second->size) - (first->size < second->size);
}

static const grid *find(const tree *t, const char *code, int64_t size)
{
    grid key = {code, size, 0, 0};
    return code != NULL ? bsearch(&key, t->items, (size_t)t->count, sizeof(key), compare) : NULL;
}

static gov_status read_tree(tree *t, gov_error *err)
{
    GOV_TRY(gov_table_find(t->table, "code", &t->code, err));
    GOV_TRY(gov_table_find(t->table, "level", &t->level, err));
    GOV_TRY(gov_table_find(t->table, "parent", &t->parent, err));
    for (int64_t i = 0; i < t->count; i++) {
        t->items[i].row = i;
        GOV_TRY(gov_table_text(t->table, i, t->code, &t->items[i].code, &t->items[i].size, err));
    }
    qsort(t->items, (size_t)t->count, sizeof(*t->items), compare);
    return GOV_OK;
}

static gov_status find_area(const tree *t, const grid *from, const char *level, int64_t *area, gov_error *err)
{
    const char *text;
    int64_t size;
    *area = -1;
    for (int depth = 0; from != NULL; depth++) {
        if (depth == DEEPEST)
            return gov_fail_at(err, GOV_E_CONFLICT, GOV_AT_ROW(from->row, "parent"),
                               "a grid is its own ancestor");
        GOV_TRY(gov_table_text(t->table, from->row, t->level, &text, &size, err));
        if (text != NULL && (size_t)size == strlen(level) && memcmp(text, level, (size_t)size) == 0) {
            *area = from - t->items;
            return GOV_OK;
        }
        GOV_TRY(gov_table_text(t->table, from->row, t->parent, &text, &size, err));
        from = find(t, text, size);
    }
    return GOV_OK;
}

static gov_status look_up(const tree *t, const gov_table *records, const char *grid_column,
                          const char **texts, int64_t *sizes, gov_error *err)
{
    int64_t column;
    GOV_TRY(gov_table_find(records, grid_column, &column, err));
    for (int64_t i = 0; i < gov_table_rows(records); i++) {
        const char *code;
        int64_t size;
        GOV_TRY(gov_table_text(records, i, column, &code, &size, err));
        const grid *found = find(t, code, size);
        if (code != NULL && found == NULL)
            return gov_fail_at(err, GOV_E_REFERENCE, GOV_AT_ROW(i, grid_column),
                               "%.*s is not among the grids", (int)(size < 40 ? size : 40), code);
        const grid *area = found != NULL && found->area >= 0 ? &t->items[found->area] : NULL;
        texts[i] = area != NULL ? area->code : NULL;
        sizes[i] = area != NULL ? area->size : 0;
    }
    return GOV_OK;
}

static gov_status make_table(const gov_table *records, const char *name, const char *const *texts,
                             const int64_t *sizes, gov_table **out, gov_error *err)
{
    gov_frame frame = GOV_FRAME_INIT(gov_table_rows(records));
    gov_status status = GOV_OK;
    for (int64_t j = 0; j < gov_table_columns(records) && status == GOV_OK; j++)
        status = gov_frame_pass(&frame, records, j, NULL, err);
    if (status == GOV_OK)
        status = gov_frame_texts(&frame, name, texts, sizes, err);
    if (status == GOV_OK)
        status = gov_frame_finish(&frame, out, err);
    gov_frame_clear(&frame);
    return status;
}

gov_status gov_areas_join(const gov_table *records, const char *grid_column, const gov_table *grids,
                          const char *level, const char *name, gov_table **out, gov_error *err)
{
    if (records == NULL || grid_column == NULL || grids == NULL || level == NULL || name == NULL ||
        out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "all arguments must be given");
    int64_t rows = gov_table_rows(records);
    tree t = {.count = gov_table_rows(grids), .table = grids};
    t.items = gov_alloc(t.count, sizeof(*t.items));
    const char **texts = gov_alloc(rows, sizeof(*texts));
    int64_t *sizes = gov_alloc(rows, sizeof(*sizes));
    gov_status status = GOV_OK;
    if (t.items == NULL || texts == NULL || sizes == NULL) {
        status = gov_fail_memory(err);
        goto out;
    }
    GOV_TRY_OUT(read_tree(&t, err));
    for (int64_t i = 0; i < t.count; i++)
        GOV_TRY_OUT(find_area(&t, &t.items[i], level, &t.items[i].area, err));
    GOV_TRY_OUT(look_up(&t, records, grid_column, texts, sizes, err));
    status = make_table(records, name, texts, sizes, out, err);
out:
    gov_free(t.items);
    gov_free(texts);
    gov_free(sizes);
    return status;
}
