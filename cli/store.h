/* store.h - what the commands that open a store share. */
#ifndef CLI_STORE_H
#define CLI_STORE_H

#include "cli.h"

/* The options of those commands, for their tables. */
#define CLI_STORE_OPTIONS                                                                   \
    {"actor", "NAME", {"操作人，写入变更日志", "who acts, for the change log"}},            \
        {"scope", "CODE", {"只见此网格及其下级", "see only this grid and those below it"}}, \
    {                                                                                       \
        "fields", "public|internal|personal|sensitive",                                     \
        {                                                                                   \
            "可见字段级别，默认 internal；其余脱敏",                                        \
                "highest class of fields that is read in clear; default internal"           \
        }                                                                                   \
    }

/* Reads --fields. */
int cli_field_class(const cli *self, gov_field_class *out);
/* Opens the store with the options of the command; says what went wrong. */
int cli_store_open(cli *self, const char *path, int read_only, int create, gov_store **out);
/* Opens the store with sensitive fields in clear, which scoring needs. */
gov_status cli_store_open_all(cli *self, const char *path, int read_only, gov_store **out);
/* All records of a kind on --as-of, opened so. */
gov_status cli_store_read(cli *self, const char *path, const char *kind, gov_table **out);

/* Ends a command that asked a store: writes the table or says what went wrong, and frees both. */
int cli_store_answer(cli *self, gov_store *store, gov_status status, gov_table *table);

#endif
