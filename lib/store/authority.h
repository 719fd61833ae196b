/* authority.h - whom to believe where sources disagree: the order that the kind `authority` records. */
#ifndef GOVCORE_STORE_AUTHORITY_H
#define GOVCORE_STORE_AUTHORITY_H

#include "store/record.h"

#define GOV_ALL "*"                    /* in a row of authority: all kinds, all fields */
#define GOV_SOURCE_UNSTATED "unstated" /* who speaks where nobody named a source */

/* Appends an expression: the rank of `source` for `kind` and `field` (SQL expressions all three) as known at the
 * moment; a source without one comes after all that have one. */
void gov_authority_rank(const char *source, const char *kind, const char *field, const gov_moment *moment,
                        gov_buffer *sql);
/* Records a rank (0: the source is only made known, which changes no rank that it has). `basis` may be NULL. *put
 * tells what happened. */
gov_status gov_authority_put(gov_store *store, gov_log *log, const char *source, const char *kind,
                             const char *field, int64_t rank, gov_put *put, gov_error *err);
/* Whether a source was ever named. */
gov_status gov_authority_any(gov_store *store, int *any, gov_error *err);

#endif
