/* state_labels.c - which series is which: the labels of a new panel found among those of a state, by a hash table. */
#include "base/digest.h"
#include "table/column.h"
#include "trend/state.h"

#include <string.h>

static uint64_t hash_row(const gov_table *labels, int64_t row)
{
    uint64_t hash = 0;
    for (int64_t c = 0; c < labels->count; c++) {
        const char *text = NULL;
        int64_t size = 0;
        gov_table_text(labels, row, c, &text, &size, NULL);
        hash = gov_hash64(text == NULL ? "" : text, size, hash + (text == NULL));
    }
    return hash;
}

static int same_row(const gov_table *a, int64_t i, const gov_table *b, int64_t j)
{
    for (int64_t c = 0; c < a->count; c++) {
        const char *text[2] = {NULL, NULL};
        int64_t size[2] = {0, 0};
        gov_table_text(a, i, c, &text[0], &size[0], NULL);
        gov_table_text(b, j, c, &text[1], &size[1], NULL);
        if ((text[0] == NULL) != (text[1] == NULL) || size[0] != size[1])
            return 0;
        if (size[0] > 0 && memcmp(text[0], text[1], (size_t)size[0]) != 0)
            return 0;
    }
    return 1;
}

static gov_status check_columns(const gov_table *labels, const gov_table *other, gov_error *err)
{
    int64_t c = 0;
    while (c < labels->count && c < other->count &&
           strcmp(gov_table_name(labels, c), gov_table_name(other, c)) == 0)
        c++;
    if (c == labels->count && c == other->count)
        return GOV_OK;
    const gov_table *has = c < labels->count ? labels : other;
    return gov_fail_at(err, GOV_E_UNKNOWN_NAME, GOV_AT_NAME(gov_table_name(has, c)),
                       "the series of the state and of the panel are named by different columns");
}

/* Without label columns there is one series, which has no row of labels. */
static void map_by_number(const gov_panel *panel, int64_t series, int64_t *map, int64_t *total)
{
    for (int64_t p = 0; p < panel->series; p++)
        map[p] = p;
    *total = panel->series > series ? panel->series : series;
}

gov_status gov_labels_map(const gov_table *labels, int64_t series, const gov_panel *panel, int64_t *map,
                          int64_t *total, gov_error *err)
{
    int64_t slots = 16;
    const gov_table *other = panel->labels;
    GOV_TRY(check_columns(labels, other, err));
    if (labels->count == 0) {
        map_by_number(panel, series, map, total);
        return GOV_OK;
    }
    while (slots < 2 * labels->rows)
        slots *= 2;
    int64_t *table = gov_alloc(slots, sizeof(int64_t));
    if (table == NULL)
        return gov_fail_memory(err);
    memset(table, 0xff, (size_t)slots * sizeof(int64_t));
    for (int64_t i = 0; i < labels->rows; i++) {
        uint64_t at = hash_row(labels, i) & (uint64_t)(slots - 1);
        while (table[at] >= 0)
            at = (at + 1) & (uint64_t)(slots - 1);
        table[at] = i;
    }
    *total = labels->rows;
    for (int64_t j = 0; j < other->rows; j++) {
        uint64_t at = hash_row(other, j) & (uint64_t)(slots - 1);
        while (table[at] >= 0 && !same_row(labels, table[at], other, j))
            at = (at + 1) & (uint64_t)(slots - 1);
        map[j] = table[at] >= 0 ? table[at] : (*total)++;
    }
    gov_free(table);
    return GOV_OK;
}

static gov_status append_rows(gov_table_builder *builder, int64_t column, const gov_table *from,
                              const int64_t *map, int64_t least, gov_error *err)
{
    for (int64_t i = 0; i < from->rows; i++) {
        const char *text = NULL;
        int64_t size = 0;
        if (map != NULL && map[i] < least)
            continue;
        GOV_TRY(gov_table_text(from, i, column, &text, &size, err));
        GOV_TRY(text == NULL ? gov_table_builder_null(builder, column, err)
                             : gov_table_builder_text(builder, column, text, size, err));
    }
    return GOV_OK;
}

gov_status gov_labels_join(const gov_table *labels, const gov_table *other, const int64_t *map, int64_t total,
                           gov_table **out, gov_error *err)
{
    if (total == labels->rows || labels->count == 0) {
        *out = gov_table_retain(labels->count == 0 ? other : labels);
        return GOV_OK;
    }
    gov_table_builder *builder = NULL;
    GOV_TRY(gov_table_builder_new(&builder, err));
    gov_status status = GOV_OK;
    for (int64_t c = 0; status == GOV_OK && c < labels->count; c++)
        status = gov_table_builder_add(builder, gov_table_name(labels, c), GOV_TYPE_UTF8, NULL, err);
    for (int64_t c = 0; status == GOV_OK && c < labels->count; c++) {
        status = append_rows(builder, c, labels, NULL, 0, err);
        if (status == GOV_OK)
            status = append_rows(builder, c, other, map, labels->rows, err);
    }
    if (status == GOV_OK)
        status = gov_table_builder_finish(builder, out, err);
    gov_table_builder_free(builder);
    return status;
}
