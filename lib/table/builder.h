/* builder.h - the builder's inside, shared by its row-wise and its bulk half. */
#ifndef GOVCORE_TABLE_BUILDER_H
#define GOVCORE_TABLE_BUILDER_H

#include "table/growing.h"

typedef struct gov_builder_column {
    char *name;
    gov_growing data;
} gov_builder_column;

struct gov_table_builder {
    gov_builder_column *columns;
    int64_t count;
    int64_t capacity;
};

/* Adds a column that holds `data`, which the builder takes (also when it fails). */
gov_status gov_builder_take(gov_table_builder *builder, const char *name, gov_growing *data, gov_error *err);

#endif
