/* sets.c - finding a set, a code in it, and listing them as tables.
 *
 * Items lie in the order of their codes, so that a column is checked by bisection: about seven comparisons for
 * the largest set. A hash would save a few of them and need building. */
#include "code/sets.h"

#include "table/frame.h"

#include <string.h>

static const gov_code_set *const lists[] = {gov_person_sets, gov_nation_sets, gov_family_sets,
                                            gov_service_sets};
#define LISTS (sizeof(lists) / sizeof(lists[0]))

const gov_code_set *gov_code_set_find(const char *name)
{
    for (size_t i = 0; i < LISTS; i++) {
        for (const gov_code_set *set = lists[i]; set->name != NULL; set++) {
            if (strcmp(set->name, name) == 0)
                return set;
        }
    }
    return NULL;
}

/* As strcmp, for a text that need not end with a zero byte. */
static int compare(const char *text, int64_t size, const char *code)
{
    size_t length = strlen(code);
    size_t shorter = (size_t)size < length ? (size_t)size : length;
    int order = memcmp(text, code, shorter);
    return order != 0 ? order : ((size_t)size > length) - ((size_t)size < length);
}

const gov_code_item *gov_code_set_item(const gov_code_set *set, const char *code, int64_t size)
{
    int64_t low = 0;
    int64_t high = set->count;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        int order = compare(code, size, set->items[middle].code);
        if (order == 0)
            return &set->items[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

gov_status gov_code_lookup(const char *set, const char *code, const gov_code_item **out, gov_error *err)
{
    if (set == NULL || code == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "set, code and out must be given");
    const gov_code_set *found = gov_code_set_find(set);
    if (found == NULL)
        return gov_fail_at(err, GOV_E_UNKNOWN_NAME, GOV_AT_NAME(set), "there is no such code set");
    const gov_code_item *item = gov_code_set_item(found, code, (int64_t)strlen(code));
    if (item == NULL)
        return gov_fail_at(err, GOV_E_UNKNOWN_NAME, GOV_AT_NAME(code), "not a code of the set %s", set);
    *out = item;
    return GOV_OK;
}

/* One text column from a table of pointers. */
typedef struct text_column {
    const char *name;
    const char **texts;
} text_column;

static gov_status texts_new(text_column *columns, int count, int64_t rows, gov_error *err)
{
    const char **block = gov_alloc(rows * count, sizeof(*block));
    if (block == NULL)
        return gov_fail_memory(err);
    for (int c = 0; c < count; c++)
        columns[c].texts = block + rows * c;
    return GOV_OK;
}

static gov_status add_texts(gov_frame *frame, const text_column *columns, int count, gov_error *err)
{
    for (int c = 0; c < count; c++)
        GOV_TRY(gov_frame_texts(frame, columns[c].name, columns[c].texts, NULL, err));
    return GOV_OK;
}

static int64_t count_items(const gov_code_set *only)
{
    int64_t rows = 0;
    for (size_t i = 0; i < LISTS; i++) {
        for (const gov_code_set *set = lists[i]; set->name != NULL; set++)
            rows += only == NULL || set == only ? set->count : 0;
    }
    return rows;
}

static void fill_items(const gov_code_set *only, text_column *columns)
{
    int64_t row = 0;
    for (size_t i = 0; i < LISTS; i++) {
        for (const gov_code_set *set = lists[i]; set->name != NULL; set++) {
            if (only != NULL && set != only)
                continue;
            for (int64_t k = 0; k < set->count; k++, row++) {
                const gov_code_item *item = &set->items[k];
                columns[0].texts[row] = item->set;
                columns[1].texts[row] = item->code;
                columns[2].texts[row] = item->zh;
                columns[3].texts[row] = item->en;
                columns[4].texts[row] = item->source;
                columns[5].texts[row] = item->certainty;
            }
        }
    }
}

gov_status gov_code_items(const char *set, gov_table **out, gov_error *err)
{
    text_column columns[] = {{"set", NULL}, {"code", NULL},   {"zh", NULL},
                             {"en", NULL},  {"source", NULL}, {"certainty", NULL}};
    gov_status status = GOV_OK;
    if (out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "out must be given");
    const gov_code_set *only = set == NULL ? NULL : gov_code_set_find(set);
    if (set != NULL && only == NULL)
        return gov_fail_at(err, GOV_E_UNKNOWN_NAME, GOV_AT_NAME(set), "there is no such code set");
    gov_frame frame = GOV_FRAME_INIT(count_items(only));
    GOV_TRY_OUT(texts_new(columns, 6, frame.rows, err));
    fill_items(only, columns);
    GOV_TRY_OUT(add_texts(&frame, columns, 6, err));
    GOV_TRY_OUT(gov_frame_finish(&frame, out, err));
out:
    gov_frame_clear(&frame);
    gov_free(columns[0].texts);
    return status;
}

static int64_t fill_sets(text_column *columns, int64_t *counts)
{
    int64_t row = 0;
    for (size_t i = 0; i < LISTS; i++) {
        for (const gov_code_set *set = lists[i]; set->name != NULL; set++, row++) {
            if (counts == NULL)
                continue;
            columns[0].texts[row] = set->name;
            columns[1].texts[row] = set->title_zh;
            columns[2].texts[row] = set->title_en;
            columns[3].texts[row] = set->source;
            counts[row] = set->count;
        }
    }
    return row;
}

gov_status gov_code_sets(gov_table **out, gov_error *err)
{
    text_column columns[] = {{"set", NULL}, {"title_zh", NULL}, {"title_en", NULL}, {"source", NULL}};
    int64_t *counts = NULL;
    gov_status status = GOV_OK;
    if (out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "out must be given");
    gov_frame frame = GOV_FRAME_INIT(fill_sets(columns, NULL));
    GOV_TRY_OUT(texts_new(columns, 4, frame.rows, err));
    GOV_TRY_OUT(gov_frame_int64s(&frame, "items", &counts, err));
    fill_sets(columns, counts);
    GOV_TRY_OUT(add_texts(&frame, columns, 4, err));
    GOV_TRY_OUT(gov_frame_finish(&frame, out, err));
out:
    gov_frame_clear(&frame);
    gov_free(columns[0].texts);
    return status;
}
