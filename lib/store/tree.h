/* tree.h - the grids of a day as arrays, for sums over subtrees. */
#ifndef GOVCORE_STORE_TREE_H
#define GOVCORE_STORE_TREE_H

#include "store/view.h"

typedef struct gov_grid_node {
    const char *code, *name, *level, *kind, *parent_code; /* NULL: missing */
    int64_t parent; /* index, or -1: a root, or its parent is outside the scope */
    int64_t depth;  /* 0 for a root */
} gov_grid_node;

typedef struct gov_tree {
    gov_arena arena;
    gov_grid_node *nodes; /* in the order of the codes */
    int64_t count;
    int64_t *order; /* indices, deepest first */
} gov_tree;

/* Reads temp.grid: the views must show the day wanted. */
gov_status gov_tree_load(gov_store *store, gov_tree *out, gov_error *err);
void gov_tree_clear(gov_tree *tree);
/* The index of a code, or -1. O(log n). */
int64_t gov_tree_find(const gov_tree *tree, const char *code);
/* Adds every node's value to its parent's, from the deepest up. */
void gov_tree_sum_up(const gov_tree *tree, double *values);

/* code, name, level, kind, parent, own, total and, unless it is NULL, shared (all of `type`, int64 or float64): the nodes
 * of one level (NULL: all), and if `elsewhere` is not 0 a row without a code that holds it. */
gov_status gov_tree_table(const gov_tree *tree, const double *own, const double *total, const double *shared,
                          double elsewhere, const char *level, gov_type type, gov_table **out,
                          gov_error *err);

#endif
