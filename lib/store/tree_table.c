/* tree_table.c - sums over a tree as a table. */
#include "store/tree.h"

#include <string.h>

static gov_status add_sum(gov_table_builder *b, int64_t column, gov_type type, double value, gov_error *err)
{
    return type == GOV_TYPE_INT64 ? gov_table_builder_int64(b, column, (int64_t)value, err)
                                  : gov_table_builder_double(b, column, value, err);
}

static gov_status add_row(gov_table_builder *b, const gov_grid_node *node, double own, double total,
                          const double *shared, gov_type type, gov_error *err)
{
    const char *texts[] = {node->code, node->name, node->level, node->kind, node->parent_code};
    for (int i = 0; i < 5; i++)
        GOV_TRY(texts[i] != NULL ? gov_table_builder_text(b, i, texts[i], -1, err)
                                 : gov_table_builder_null(b, i, err));
    GOV_TRY(add_sum(b, 5, type, own, err));
    GOV_TRY(add_sum(b, 6, type, total, err));
    return shared != NULL ? add_sum(b, 7, type, *shared, err) : GOV_OK;
}

static gov_status fill(gov_table_builder *b, const gov_tree *tree, const double *own, const double *total,
                       const double *shared, double elsewhere, const char *level, gov_type type,
                       gov_error *err)
{
    static const char *const names[] = {"code", "name", "level", "kind", "parent", "own", "total", "shared"};
    const double none = 0;
    for (int i = 0; i < 7 + (shared != NULL); i++)
        GOV_TRY(gov_table_builder_add(b, names[i], i < 5 ? GOV_TYPE_UTF8 : type, NULL, err));
    for (int64_t i = 0; i < tree->count; i++) {
        const gov_grid_node *node = &tree->nodes[i];
        if (level == NULL || (node->level != NULL && strcmp(node->level, level) == 0))
            GOV_TRY(add_row(b, node, own[i], total[i], shared != NULL ? &shared[i] : NULL, type, err));
    }
    gov_grid_node nowhere = {NULL, NULL, NULL, NULL, NULL, -1, 0};
    return elsewhere != 0
               ? add_row(b, &nowhere, elsewhere, elsewhere, shared != NULL ? &none : NULL, type, err)
               : GOV_OK;
}

gov_status gov_tree_table(const gov_tree *tree, const double *own, const double *total, const double *shared,
                          double elsewhere, const char *level, gov_type type, gov_table **out, gov_error *err)
{
    gov_table_builder *builder = NULL;
    GOV_TRY(gov_table_builder_new(&builder, err));
    gov_status status = fill(builder, tree, own, total, shared, elsewhere, level, type, err);
    if (status == GOV_OK)
        status = gov_table_builder_finish(builder, out, err);
    gov_table_builder_free(builder);
    return status;
}
