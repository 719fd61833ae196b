/* labels.h - a column of groups, strata or sampling units as small numbers. */
#ifndef GOVCORE_NEED_LABELS_H
#define GOVCORE_NEED_LABELS_H

#include "base/arena.h"
#include "table/column.h"

/* The distinct values in their order (whole numbers by value, texts by their bytes), as text. */
typedef struct gov_need_labels {
    int64_t count;
    int are_numbers; /* whole numbers, not texts */
    const char **names;
    int32_t *ids; /* one a row; -1 where the value is missing */
    gov_arena arena;
} gov_need_labels;

/* `column` NULL: every row has the one label "". GOV_E_TYPE unless the column holds whole numbers, true and
 * false, or texts. */
gov_status gov_need_labels_of(const gov_table *table, const char *column, gov_need_labels *out,
                              gov_error *err);
void gov_need_labels_clear(gov_need_labels *labels);

#endif
