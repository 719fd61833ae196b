/* yaml.h - YAML text as a tree of nodes that know their line and column. This is the only door to libyaml.
 *
 * A strict subset, for files that decide about people: one document, mappings with unique scalar keys,
 * sequences, scalars. Anchors, aliases, tags, duplicate keys, more than 64 levels, and more than 200 000
 * nodes are refused, each with its place. */
#ifndef GOVCORE_BASE_YAML_H
#define GOVCORE_BASE_YAML_H

#include "base/arena.h"

typedef enum gov_yaml_kind { GOV_YAML_SCALAR, GOV_YAML_SEQUENCE, GOV_YAML_MAPPING } gov_yaml_kind;

typedef struct gov_yaml_node {
    gov_yaml_kind kind;
    int quoted;       /* a scalar in quotes or a block scalar: always text, never a number or null */
    int64_t line;     /* from 1 */
    int64_t column;   /* from 1, in characters */
    const char *text; /* scalar: zero-ended UTF-8 */
    int64_t size;     /* scalar: bytes; else the number of children */
    struct gov_yaml_node **keys; /* mapping: the key of each child */
    struct gov_yaml_node **children;
} gov_yaml_node;

/* Parses `text`; `file` names it in errors and must outlive the tree (may be NULL). All nodes are in `arena`.
 * An empty document is GOV_E_FORMAT. */
gov_status gov_yaml_parse(const char *text, int64_t size, const char *file, gov_arena *arena,
                          const gov_yaml_node **out, gov_error *err);

/* The child of a mapping by key, or NULL. */
const gov_yaml_node *gov_yaml_get(const gov_yaml_node *mapping, const char *key);
/* Whether it is an unquoted null, ~ or empty scalar. */
int gov_yaml_is_null(const gov_yaml_node *node);
/* Fails at a node: its line and column, and `name` (may be NULL). */
gov_status gov_yaml_fail(gov_error *err, gov_status code, const char *file, const gov_yaml_node *node,
                         const char *name, const char *format, ...) __attribute__((format(printf, 6, 7)));
/* Refuses (GOV_E_UNKNOWN_NAME) the first key of `mapping` that is not in the NULL-ended list; also a node
 * that is not a mapping (GOV_E_TYPE). The message names the nearest of the known keys. */
gov_status gov_yaml_only_keys(const gov_yaml_node *mapping, const char *const *known, const char *file,
                              gov_error *err);

#endif
