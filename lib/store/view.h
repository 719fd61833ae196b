/* view.h - what an actor sees: one temporary view a kind, with the day, the moment, the scope and the masks in it.
 *
 * Every read of the library goes through these views, and SQL from outside can reach nothing else: so there is one
 * place where the scope is written down. */
#ifndef GOVCORE_STORE_VIEW_H
#define GOVCORE_STORE_VIEW_H

#include "store/store.h"

/* The moment that the two options ask for (either may be NULL). */
gov_status gov_moment_of(gov_store *store, const char *as_of, const char *recorded, gov_moment *out,
                         gov_error *err);
/* Makes temp."kind" for every kind, and temp.scope (the grids of the subtree), unless they show this moment. */
gov_status gov_views_make(gov_store *store, const gov_moment *moment, gov_error *err);
/* Fills temp.scope with the subtree of the actor's grid as it is now, or nothing without a scope. GOV_E_REFERENCE if
 * there is no such grid. */
gov_status gov_scope_fill(gov_store *store, const gov_moment *moment, gov_error *err);
/* Appends the condition that a row of `kind` (its fields reachable as `alias`.column, or bare if NULL) lies in the
 * grids that the text `grids` selects; appends "1" for a kind that is not placed. `raw` columns are those of the
 * table, else those of the view. */
void gov_scope_condition(const gov_kinds *kinds, const gov_kind *kind, const char *alias, int raw,
                         const char *grids, gov_buffer *sql);

/* Appends the fields as the actor may see them: "expression AS name, " each. */
void gov_view_fields(const gov_store *store, const gov_kind *kind, gov_buffer *sql);

/* Appends the condition on a kind's table that its versions hold at the moment; that they are known at it, of any day. */
void gov_view_moment(const gov_moment *moment, gov_buffer *sql);
void gov_view_known(const gov_moment *moment, gov_buffer *sql);

#endif
