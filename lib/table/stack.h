/* stack.h - tables with the same columns, one below the other: results that come in batches.
 *
 *     gov_stack stack = GOV_STACK_INIT;
 *     while (... status == GOV_OK ...)
 *         status = gov_stack_add(&stack, batch, err);
 *     if (status == GOV_OK)
 *         status = gov_stack_finish(&stack, &table, err);
 *     gov_stack_clear(&stack);
 *
 * A single table is given back as it came, without a copy. */
#ifndef GOVCORE_TABLE_STACK_H
#define GOVCORE_TABLE_STACK_H

#include "govcore/table.h"

typedef struct gov_stack {
    gov_table *first;
    gov_table_builder *builder; /* from the second table on */
} gov_stack;

#define GOV_STACK_INIT \
    {                  \
        NULL, NULL     \
    }

/* GOV_E_INTERNAL unless the table has the columns of the first one. The table stays the caller's. */
gov_status gov_stack_add(gov_stack *stack, const gov_table *table, gov_error *err);
/* GOV_E_NO_DATA if nothing was added. */
gov_status gov_stack_finish(gov_stack *stack, gov_table **out, gov_error *err);
void gov_stack_clear(gov_stack *stack);

#endif
