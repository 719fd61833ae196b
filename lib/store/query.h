/* query.h - statements over the views as tables. */
#ifndef GOVCORE_STORE_QUERY_H
#define GOVCORE_STORE_QUERY_H

#include "govcore/table.h"
#include "store/view.h"

/* Fails unless the options (NULL: defaults) are sound; *out gets them. */
gov_status gov_query_check(const gov_query_options *options, gov_query_options *out, gov_error *err);
/* Appends the text that selects the codes of a grid's subtree as the views show it. */
void gov_query_subtree(const char *grid, gov_buffer *sql);
/* GOV_E_REFERENCE unless a grid of this code holds on the day that the views show. */
gov_status gov_query_need_grid(gov_store *store, const char *grid, gov_error *err);
/* Appends " FROM temp.kind WHERE ..." with the options' grid and where. */
gov_status gov_query_from(gov_store *store, const gov_kind *kind, const gov_query_options *o, gov_buffer *sql,
                          gov_error *err);
/* Prepares text from outside (or text that holds such text) under the guard and binds the options' values. */
gov_status gov_query_prepare(gov_store *store, gov_buffer *sql, const gov_query_options *o, gov_stmt **out,
                             gov_error *err);

/* The type that a field is shown as: a masked date is text. */
gov_type gov_query_type(const gov_store *store, const gov_kind_field *field);

/* Columns to fill from a statement, by type. A date or a time is read from its ISO text. */
typedef struct gov_shape {
    gov_table_builder *builder;
    gov_type *types;
    int count;
} gov_shape;

gov_status gov_shape_new(int count, gov_shape *out, gov_error *err);
void gov_shape_free(gov_shape *shape);
/* Gives the builder the columns that the statement names, of the shape's types; anew after each finish. */
gov_status gov_shape_begin(gov_shape *shape, const gov_stmt *stmt, gov_error *err);
/* Appends columns [0, count) of the statement's row to the builder's columns. */
gov_status gov_shape_row(gov_shape *shape, const gov_stmt *stmt, gov_error *err);
/* Steps to the end and finishes the table; `run` may be NULL. The statement is freed by the caller. */
gov_status gov_shape_all(gov_shape *shape, gov_stmt *stmt, gov_run *run, gov_table **out, gov_error *err);

#endif
