/* stack.c - batches appended to growing columns: amortised growth, so that n batches cost O(rows). */
#include "table/stack.h"

#include "table/builder.h"
#include "table/column.h"

#include <string.h>

static gov_status append_texts(gov_growing *column, const gov_column_view *view, gov_error *err)
{
    for (int64_t i = 0; i < view->length; i++) {
        int64_t size;
        const char *text = gov_view_text(view, i, &size);
        if (text == NULL)
            GOV_TRY(gov_growing_null(column, err));
        else
            GOV_TRY(gov_growing_text(column, text, size, err));
    }
    return GOV_OK;
}

static gov_status append(gov_table_builder *builder, const gov_table *table, gov_error *err)
{
    if (gov_table_columns(table) != builder->count)
        return gov_fail(err, GOV_E_INTERNAL, "a batch has other columns than the first");
    for (int64_t i = 0; i < builder->count; i++) {
        gov_builder_column *column = &builder->columns[i];
        gov_column_view view = GOV_COLUMN_VIEW_INIT;
        GOV_TRY(gov_table_view(table, i, &view, err));
        if (view.type != column->data.type || strcmp(view.name, column->name) != 0)
            return gov_fail_at(err, GOV_E_INTERNAL, GOV_AT_NAME(view.name),
                               "a batch has another column here than the first");
        if (view.type == GOV_TYPE_UTF8)
            GOV_TRY(append_texts(&column->data, &view, err));
        else
            GOV_TRY(
                gov_growing_append(&column->data, view.values, view.validity, view.offset, view.length, err));
    }
    return GOV_OK;
}

static gov_status begin(gov_stack *stack, gov_error *err)
{
    gov_table_builder *builder = NULL;
    gov_status status = gov_table_builder_new(&builder, err);
    for (int64_t i = 0; i < gov_table_columns(stack->first) && status == GOV_OK; i++)
        status = gov_table_builder_add(builder, gov_table_name(stack->first, i),
                                       gov_table_type(stack->first, i), NULL, err);
    if (status == GOV_OK)
        status = append(builder, stack->first, err);
    if (status != GOV_OK) {
        gov_table_builder_free(builder);
        return status;
    }
    stack->builder = builder;
    return GOV_OK;
}

gov_status gov_stack_add(gov_stack *stack, const gov_table *table, gov_error *err)
{
    if (stack->first == NULL) {
        stack->first = gov_table_retain(table);
        return GOV_OK;
    }
    if (stack->builder == NULL)
        GOV_TRY(begin(stack, err));
    return append(stack->builder, table, err);
}

gov_status gov_stack_finish(gov_stack *stack, gov_table **out, gov_error *err)
{
    if (stack->first == NULL)
        return gov_fail(err, GOV_E_NO_DATA, "there are no batches");
    if (stack->builder != NULL)
        return gov_table_builder_finish(stack->builder, out, err);
    *out = stack->first;
    stack->first = NULL;
    return GOV_OK;
}

void gov_stack_clear(gov_stack *stack)
{
    gov_table_free(stack->first);
    gov_table_builder_free(stack->builder);
    *stack = (gov_stack)GOV_STACK_INIT;
}
