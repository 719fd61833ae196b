#include "trend/tree.h"
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

int gov_word_compare(gov_word a, gov_word b)
{
    if (a.data == NULL || b.data == NULL)
        return (a.data != NULL) - (b.data != NULL);
    int order = memcmp(a.data, b.data, (size_t)(a.size < b.size ? a.size : b.size));
    return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

gov_word gov_word_at(const gov_table *table, int64_t row, int64_t column)
{
    gov_word word = {NULL, 0};
    gov_table_text(table, row, column, &word.data, &word.size, NULL);
    return word;
}

gov_status gov_fail_word(gov_error *err, gov_status code, int64_t row, gov_word name, const char *message)
{
    return gov_fail_at(err, code, &(gov_place){.name = name.data, .name_size = name.size, .row = row}, "%s",
                       message);
}

/* A column of text, or one that is all missing and so has no type. */
static gov_status find_text(const gov_table *table, const char *name, int64_t *column, gov_error *err)
{
    GOV_TRY(gov_table_find(table, name, column, err));
    gov_type type = gov_table_type(table, *column);
    if (type != GOV_TYPE_UTF8 && type != GOV_TYPE_NULL)
        return gov_fail_at(err, GOV_E_TYPE, GOV_AT_NAME(name), "area codes are text");
    return GOV_OK;
}

static int compare_areas(const void *a, const void *b)
{
    return gov_word_compare(((const gov_tree_area *)a)->code, ((const gov_tree_area *)b)->code);
}

int64_t gov_area_tree_row(const gov_area_tree *tree, gov_word code)
{
    const gov_tree_area key = {code, 0};
    if (tree->count == 0)
        return -1;
    const gov_tree_area *found =
        bsearch(&key, tree->areas, (size_t)tree->count, sizeof(gov_tree_area), compare_areas);
    return found == NULL ? -1 : found->row;
}

static gov_status link_parents(gov_area_tree *tree, gov_error *err)
{
    for (int64_t row = 0; row < tree->count; row++) {
        gov_word parent = tree->parents[row];
        tree->above[row] = parent.data == NULL ? -1 : gov_area_tree_row(tree, parent);
        if (parent.data != NULL && tree->above[row] < 0)
            return gov_fail_word(err, GOV_E_REFERENCE, row, parent, "the parent is not among the areas");
    }
    return GOV_OK;
}

gov_status gov_area_tree_read(const gov_table *areas, const char *code, const char *parent,
                              gov_area_tree *tree, gov_error *err)
{
    int64_t codes;
    int64_t parents;
    *tree = (gov_area_tree){.count = gov_table_rows(areas)};
    GOV_TRY(find_text(areas, code, &codes, err));
    GOV_TRY(find_text(areas, parent, &parents, err));
    tree->areas = gov_alloc(tree->count, sizeof(gov_tree_area));
    tree->parents = gov_alloc(tree->count, sizeof(gov_word));
    tree->above = gov_alloc(tree->count, sizeof(int64_t));
    if (tree->areas == NULL || tree->parents == NULL || tree->above == NULL)
        return gov_fail_memory(err);
    for (int64_t row = 0; row < tree->count; row++) {
        tree->areas[row] = (gov_tree_area){gov_word_at(areas, row, codes), row};
        tree->parents[row] = gov_word_at(areas, row, parents);
        if (tree->areas[row].code.data == NULL)
            return gov_fail_at(err, GOV_E_MISSING, GOV_AT_ROW(row, code), "an area needs its code");
    }
    if (tree->count > 0)
        qsort(tree->areas, (size_t)tree->count, sizeof(gov_tree_area), compare_areas);
    for (int64_t i = 1; i < tree->count; i++)
        if (compare_areas(&tree->areas[i - 1], &tree->areas[i]) == 0)
            return gov_fail_word(err, GOV_E_DUPLICATE, tree->areas[i].row, tree->areas[i].code,
                                 "the area stands twice");
    return link_parents(tree, err);
}

void gov_area_tree_clear(gov_area_tree *tree)
{
    gov_free(tree->areas);
    gov_free(tree->parents);
    gov_free(tree->above);
    *tree = (gov_area_tree){.count = 0};
}
