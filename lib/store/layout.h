/* layout.h - the file's layout and how it gets there. */
#ifndef GOVCORE_STORE_LAYOUT_H
#define GOVCORE_STORE_LAYOUT_H

#include "base/embed.h"
#include "store/sqlite.h"

#define GOV_STORE_APPLICATION 0x676f7663 /* "govc", PRAGMA application_id */

/* Runs in the transaction of a migration, before its commit; `had` is the layout before (0: none). */
typedef gov_status (*gov_layout_after)(void *context, int64_t had, gov_error *err);

/* Brings an open file to the layout of the embedded list: an empty file gets all, an older store what it lacks, in
 * one transaction. GOV_E_CORRUPT for a file of another application, GOV_E_VERSION for a newer one, or an older one
 * without `write`. *layout is the number of the last file applied. `after` may be NULL. */
gov_status gov_layout_apply(gov_db *db, const gov_embedded *list, int write, int create,
                            gov_layout_after after, void *context, int64_t *layout, gov_error *err);
/* What the list's files up to `layout` make, in memory: the kinds and fields that a store of that layout begins with. */
gov_status gov_layout_model(const gov_embedded *list, int64_t layout, gov_db **out, gov_error *err);

#endif
