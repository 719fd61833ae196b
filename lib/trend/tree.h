/* tree.h - the tree of areas as a table with each area's code and its parent's. */
#ifndef GOVCORE_TREND_LIB_TREE_H
#define GOVCORE_TREND_LIB_TREE_H

#include "govcore/table.h"

/* A cell of text, borrowed from its table. */
typedef struct gov_word {
    const char *data; /* NULL: missing */
    int64_t size;
} gov_word;

/* Missing words come first. */
int gov_word_compare(gov_word a, gov_word b);
gov_word gov_word_at(const gov_table *table, int64_t row, int64_t column);

typedef struct gov_tree_area {
    gov_word code;
    int64_t row;
} gov_tree_area;

typedef struct gov_area_tree {
    gov_tree_area *areas; /* by code */
    gov_word *parents;    /* by row of the table */
    int64_t *above;       /* by row: row of the parent, -1: a root */
    int64_t count;
} gov_area_tree;

/* Errors: GOV_E_UNKNOWN_NAME, GOV_E_TYPE a column; GOV_E_MISSING an area without a code, GOV_E_DUPLICATE a code twice,
 * GOV_E_REFERENCE a parent that is no area, with err->row. *out is to be cleared, also after a failure. */
gov_status gov_area_tree_read(const gov_table *areas, const char *code, const char *parent,
                              gov_area_tree *out, gov_error *err);
void gov_area_tree_clear(gov_area_tree *tree);
/* The row of an area by its code, or -1. */
int64_t gov_area_tree_row(const gov_area_tree *tree, gov_word code);
/* gov_fail_at with a row and a word as the name. */
gov_status gov_fail_word(gov_error *err, gov_status code, int64_t row, gov_word name, const char *message);

#endif
