/* claim.h - what each source says of a record, and which of it is the answer.
 *
 * As long as one source speaks of a record its versions are all there is. When a second one does, what each says is kept
 * as a record of the kind `claim`, and the versions become the answer: on every day, of every field, what the source of
 * the highest authority says; among equals the one that speaks from the later day, then the later act. So the order of the
 * imports matters only among equals. That a record has ended is said and decided in the same way. A source that says
 * nothing of a field leaves it to the others. */
#ifndef GOVCORE_STORE_CLAIM_H
#define GOVCORE_STORE_CLAIM_H

#include "store/authority.h"

typedef struct gov_claims gov_claims;

/* A field of the record that was put whose value another source contradicts. */
typedef struct gov_conflict {
    int64_t field;
    const char
        *source; /* the other; of several that of the highest authority. Borrowed until the next call */
    int taken;   /* the value that was put is the answer */
} gov_conflict;

/* `own` are the kind's records; it must outlive the claims. */
gov_status gov_claims_new(gov_log *log, gov_store *store, const gov_kind *kind, gov_records *own,
                          gov_claims **out, gov_error *err);
void gov_claims_free(gov_claims *claims);
/* As gov_records_put, spoken by the log's source. CHANGED and UNCHANGED are told of the answer. */
gov_status gov_claims_put(gov_claims *claims, const gov_record *record, gov_put *put, gov_error *err);
/* The conflicts of the last put, one after another; *more is 0 after the last. */
gov_status gov_claims_next(gov_claims *claims, gov_conflict *out, int *more, gov_error *err);
/* Decides anew all that is contested, by the order as it stands now. */
gov_status gov_claims_settle(gov_log *log, gov_store *store, gov_error *err);

#endif
