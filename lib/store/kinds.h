/* kinds.h - what the kinds of a store hold, read from its tables `kind` and `field`. */
#ifndef GOVCORE_STORE_KINDS_H
#define GOVCORE_STORE_KINDS_H

#include "base/arena.h"
#include "base/buffer.h"
#include "govcore/store.h"
#include "store/sqlite.h"

#define GOV_KEY_FIELDS 8
#define GOV_KIND_TABLE \
    "rows_of_" /* the table of kind x is rows_of_x; x itself is the view that readers see */

typedef struct gov_kind_field {
    int64_t number;
    const char *name;
    gov_type type;
    const char *unit, *code_set, *refers, *scheme, *form, *label_zh, *label_en; /* NULL: none */
    gov_field_class field_class;
    int required;
    int has_low, has_high;
    double low, high;
    int is_key;         /* the sole key: kept in the column `key` */
    const char *column; /* the table's column, quoted: "name", or "key" for a sole key */
} gov_kind_field;

/* What fields must agree on; see sql/260_rule.sql. */
typedef enum gov_rule_type {
    GOV_RULE_PAST,
    GOV_RULE_UNIQUE,
    GOV_RULE_BIRTH_OF,
    GOV_RULE_SEX_OF
} gov_rule_type;

typedef struct gov_rule {
    gov_rule_type type;
    int64_t field, other; /* indices; other -1: none */
} gov_rule;

typedef struct gov_kind {
    int64_t number;
    const char *name;
    const char *scope; /* see sql/030_kind.sql; NULL: not placed */
    const char *label_zh, *label_en;
    gov_kind_field *fields;
    int64_t count;
    gov_rule *rules;
    int64_t rule_count;
    int sources;     /* what several sources say of a record is kept and decided by the authority order */
    int append_only; /* a record is never said otherwise */
    int key[GOV_KEY_FIELDS]; /* indices of the fields that make the key */
    int key_count;
} gov_kind;

typedef struct gov_kinds {
    gov_arena arena;
    gov_kind *list;
    int64_t count;
} gov_kinds;

gov_status gov_kinds_load(gov_db *db, gov_kinds *out, gov_error *err);
void gov_kinds_clear(gov_kinds *kinds);
/* By name; NULL if there is none. gov_kinds_need fails instead (GOV_E_UNKNOWN_NAME). */
const gov_kind *gov_kinds_find(const gov_kinds *kinds, const char *name);
gov_status gov_kinds_need(const gov_kinds *kinds, const char *name, const gov_kind **out, gov_error *err);
/* The index of a field, or -1. */
int64_t gov_kind_find_field(const gov_kind *kind, const char *name, int64_t size);
int gov_kind_is_located(const gov_kind *kind); /* it has lon and lat */
/* Makes the tables and columns that the descriptors ask for and the file does not have yet. */
gov_status gov_kinds_make_tables(gov_db *db, const gov_kinds *kinds, gov_error *err);

gov_type gov_type_of_name(const char *name); /* GOV_TYPE_NULL: no type of a field */
/* An SQL identifier in quotes. */
void gov_sql_name(gov_buffer *sql, const char *name);
/* An SQL text literal. */
void gov_sql_text(gov_buffer *sql, const char *text);

#endif
