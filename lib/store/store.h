/* store.h - the store's inside, shared by the files of this room. */
#ifndef GOVCORE_STORE_STORE_H
#define GOVCORE_STORE_STORE_H

#include "store/kinds.h"

#define GOV_ALWAYS_FROM "0001-01-01" /* valid_from of what holds since ever */
#define GOV_ALWAYS_TO "9999-12-31"   /* valid_to of what has no end; the day itself is not included */
#define GOV_NOW INT64_MAX            /* gov_moment.seq of what is known now */

/* Which day of the world, as known after which change of the log. */
typedef struct gov_moment {
    char day[11];
    int64_t seq;
} gov_moment;

typedef struct gov_log gov_log; /* change.h */

struct gov_store {
    gov_db *db;
    gov_kinds kinds;
    char *path, *actor, *scope; /* scope NULL: all */
    gov_field_class fields;
    int read_only;
    int64_t layout;
    gov_moment views; /* what the views of the temp schema show; day "" : they must be made */
};

/* Fails unless the store may be written. */
gov_status gov_store_may_write(const gov_store *store, gov_error *err);
/* UTC, "2024-05-01T08:00:00.123456"; its first ten characters are the day. */
void gov_store_clock(char out[33]);
/* Today for NULL; else a date in either form, as "2021-07-01". */
gov_status gov_store_day(const char *text, char out[11], gov_error *err);

/* Gives a failure its file, unless it has one. Returns `status`. */
gov_status gov_store_name_file(gov_status status, const char *path, gov_error *err);
/* gov_store_field_add as a part of the log's act; after a rollback the kinds must be loaded again. */
gov_status gov_field_insert(gov_store *store, gov_log *log, const char *kind, const gov_field *field,
                            gov_error *err);
/* Logs, in the transaction that is open, the fields that are neither the layout's nor in the log. */
gov_status gov_fields_log_older(gov_store *store, gov_error *err);
/* Compares every descriptor with the log, and those that the log does not speak of with the layout's. */
gov_status gov_fields_verify(gov_store *store, gov_error *err);

#endif
