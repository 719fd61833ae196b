/* tree.c - sorted by code for look-ups, and by depth so that one pass adds every subtree: O(n log n) to load, O(n)
 * to sum. A closure table in SQL needs a row for every pair of ancestor and descendant. */
#include "store/tree.h"

#include <stdlib.h>
#include <string.h>

static const char *keep(gov_tree *tree, const gov_stmt *stmt, int column, int *failed)
{
    const char *text = gov_stmt_get_text(stmt, column);
    if (text == NULL)
        return NULL;
    const char *copy = gov_arena_text(&tree->arena, text, -1);
    *failed |= copy == NULL;
    return copy;
}

int64_t gov_tree_find(const gov_tree *tree, const char *code)
{
    int64_t low = 0, high = tree->count;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        int order = strcmp(tree->nodes[middle].code, code);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

/* A ring cannot be recorded, but a file may have been altered: a walk longer than the tree is one. */
static gov_status find_depth(gov_tree *tree, int64_t i, gov_error *err)
{
    int64_t depth = 0;
    for (int64_t up = tree->nodes[i].parent; up >= 0; up = tree->nodes[up].parent)
        if (++depth > tree->count)
            return gov_fail_at(err, GOV_E_CORRUPT, GOV_AT_NAME(tree->nodes[i].code),
                               "the grid is its own ancestor");
    tree->nodes[i].depth = depth;
    return GOV_OK;
}

/* Counting sort by depth, deepest first; nodes of one depth stay in the order of their codes. */
static gov_status sort_by_depth(gov_tree *tree, gov_error *err)
{
    int64_t deepest = 0, at = 0;
    for (int64_t i = 0; i < tree->count; i++)
        deepest = tree->nodes[i].depth > deepest ? tree->nodes[i].depth : deepest;
    tree->order = gov_arena_alloc(&tree->arena, tree->count + 1, sizeof(*tree->order));
    int64_t *starts = gov_alloc_zero(deepest + 2, sizeof(*starts));
    if (tree->order == NULL || starts == NULL) {
        gov_free(starts);
        return gov_fail_memory(err);
    }
    for (int64_t i = 0; i < tree->count; i++)
        starts[tree->nodes[i].depth]++;
    for (int64_t d = deepest; d >= 0; d--) {
        int64_t n = starts[d];
        starts[d] = at;
        at += n;
    }
    for (int64_t i = 0; i < tree->count; i++)
        tree->order[starts[tree->nodes[i].depth]++] = i;
    gov_free(starts);
    return GOV_OK;
}

static gov_status link_nodes(gov_tree *tree, gov_error *err)
{
    for (int64_t i = 0; i < tree->count; i++) {
        gov_grid_node *node = &tree->nodes[i];
        node->parent = node->parent_code != NULL ? gov_tree_find(tree, node->parent_code) : -1;
    }
    for (int64_t i = 0; i < tree->count; i++)
        GOV_TRY(find_depth(tree, i, err));
    return sort_by_depth(tree, err);
}

static gov_status read_nodes(gov_tree *tree, gov_stmt *stmt, gov_error *err)
{
    int row = 0, failed = 0;
    int64_t room = 0;
    gov_status status;
    while ((status = gov_stmt_step(stmt, &row, err)) == GOV_OK && row) {
        room = room == 0 ? gov_stmt_get_int(stmt, 5) : room;
        if (tree->nodes == NULL)
            tree->nodes = gov_arena_alloc(&tree->arena, room, sizeof(gov_grid_node));
        if (tree->nodes == NULL)
            return gov_fail_memory(err);
        GOV_TRY(gov_stmt_check_room(tree->count, room, err));
        gov_grid_node *node = &tree->nodes[tree->count++];
        node->code = keep(tree, stmt, 0, &failed);
        node->name = keep(tree, stmt, 1, &failed);
        node->level = keep(tree, stmt, 2, &failed);
        node->kind = keep(tree, stmt, 3, &failed);
        node->parent_code = keep(tree, stmt, 4, &failed);
        if (failed)
            return gov_fail_memory(err);
        if (node->code == NULL)
            return gov_fail_at(err, GOV_E_CORRUPT, GOV_AT_NAME("grid"), "a grid has no code");
    }
    return status;
}

gov_status gov_tree_load(gov_store *store, gov_tree *out, gov_error *err)
{
    gov_tree tree = {GOV_ARENA_INIT, NULL, 0, NULL};
    gov_stmt *stmt = NULL;
    gov_status status =
        gov_db_prepare(store->db,
                       "SELECT code, name, level, kind, parent, (SELECT count(*) FROM temp.grid)"
                       " FROM temp.grid ORDER BY code",
                       &stmt, err);
    if (status == GOV_OK)
        status = read_nodes(&tree, stmt, err);
    gov_stmt_free(stmt);
    if (status == GOV_OK)
        status = link_nodes(&tree, err);
    if (status != GOV_OK) {
        gov_tree_clear(&tree);
        return status;
    }
    *out = tree;
    return GOV_OK;
}

void gov_tree_clear(gov_tree *tree)
{
    gov_arena_clear(&tree->arena);
}

void gov_tree_sum_up(const gov_tree *tree, double *values)
{
    for (int64_t i = 0; i < tree->count; i++) {
        int64_t node = tree->order[i];
        if (tree->nodes[node].parent >= 0)
            values[tree->nodes[node].parent] += values[node];
    }
}
