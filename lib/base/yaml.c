/* yaml.c - libyaml's events to a tree.
 *
 * Events and not libyaml's own documents: only events tell an anchor from a copy, and the tree can then
 * refuse what the subset leaves out at the place where it stands. */
#include "base/yaml.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <yaml.h>

/* The bound on keys keeps the search for duplicates, which looks at every earlier key, cheap. */
enum { DEEPEST = 64, MOST_NODES = 200000, MOST_KEYS = 4096 };

typedef struct reader {
    yaml_parser_t parser;
    gov_arena *arena;
    const char *file;
    int64_t nodes;
} reader;

static gov_status fail_at_mark(const reader *r, gov_error *err, gov_status code, yaml_mark_t mark,
                               const char *what)
{
    gov_place place = GOV_NOWHERE;
    place.file = r->file;
    place.line = (int64_t)mark.line + 1;
    place.column = (int64_t)mark.column + 1;
    return gov_fail_at(err, code, &place, "%s", what);
}

gov_status gov_yaml_fail(gov_error *err, gov_status code, const char *file, const gov_yaml_node *node,
                         const char *name, const char *format, ...)
{
    char message[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof(message), format, arguments);
    va_end(arguments);
    gov_place place = GOV_NOWHERE;
    place.file = file;
    place.name = name;
    place.line = node->line;
    place.column = node->column;
    return gov_fail_at(err, code, &place, "%s", message);
}

static gov_status next_event(reader *r, yaml_event_t *event, gov_error *err)
{
    if (yaml_parser_parse(&r->parser, event))
        return GOV_OK;
    const yaml_parser_t *p = &r->parser;
    if (p->error == YAML_MEMORY_ERROR)
        return gov_fail_memory(err);
    yaml_mark_t mark = p->problem_mark;
    gov_status code = p->error == YAML_READER_ERROR ? GOV_E_ENCODING : GOV_E_FORMAT;
    return fail_at_mark(r, err, code, mark, p->problem != NULL ? p->problem : "not YAML");
}

static gov_status read_node(reader *r, yaml_event_t *event, int depth, gov_yaml_node **out, gov_error *err);

static int same_text(const gov_yaml_node *a, const gov_yaml_node *b)
{
    return a->size == b->size && memcmp(a->text, b->text, (size_t)a->size) == 0;
}

static gov_status check_key(const reader *r, const gov_yaml_node *node, gov_yaml_node *const *keys,
                            const gov_yaml_node *key, gov_error *err)
{
    if (key->kind != GOV_YAML_SCALAR)
        return gov_yaml_fail(err, GOV_E_FORMAT, r->file, key, NULL, "a key must be a plain word");
    if (node->size == MOST_KEYS)
        return gov_yaml_fail(err, GOV_E_LIMIT, r->file, key, NULL, "more than %d keys", (int)MOST_KEYS);
    for (int64_t i = 0; i < node->size; i++) {
        if (same_text(keys[i], key))
            return gov_yaml_fail(err, GOV_E_DUPLICATE, r->file, key, key->text,
                                 "the key '%s' stands here twice (first on line %lld)", key->text,
                                 (long long)keys[i]->line);
    }
    return GOV_OK;
}

/* Lists that grow while a collection is read; copied into the arena when its end is known. */
typedef struct children {
    void *keys;
    void *values;
    int64_t keys_capacity;
    int64_t values_capacity;
} children;

static gov_status add_child(gov_yaml_node *node, children *c, gov_yaml_node *key, gov_yaml_node *value,
                            gov_error *err)
{
    GOV_TRY(gov_grow(&c->keys, &c->keys_capacity, node->size + 1, sizeof(gov_yaml_node *), err));
    GOV_TRY(gov_grow(&c->values, &c->values_capacity, node->size + 1, sizeof(gov_yaml_node *), err));
    ((gov_yaml_node **)c->keys)[node->size] = key;
    ((gov_yaml_node **)c->values)[node->size] = value;
    node->size++;
    return GOV_OK;
}

/* Reads one child (for a mapping: a key and its value); *end is set at the end of the collection. */
static gov_status read_child(reader *r, gov_yaml_node *node, children *c, int depth, int *end, gov_error *err)
{
    yaml_event_t event;
    GOV_TRY(next_event(r, &event, err));
    *end = event.type == YAML_SEQUENCE_END_EVENT || event.type == YAML_MAPPING_END_EVENT;
    if (*end) {
        yaml_event_delete(&event);
        return GOV_OK;
    }
    gov_yaml_node *key = NULL;
    gov_yaml_node *value = NULL;
    GOV_TRY(read_node(r, &event, depth, &value, err));
    if (node->kind == GOV_YAML_MAPPING) {
        key = value;
        GOV_TRY(check_key(r, node, c->keys, key, err));
        GOV_TRY(next_event(r, &event, err));
        GOV_TRY(read_node(r, &event, depth, &value, err));
    }
    return add_child(node, c, key, value, err);
}

static gov_yaml_node **copy_list(reader *r, const void *list, int64_t count)
{
    gov_yaml_node **copy = gov_arena_alloc(r->arena, count, sizeof(gov_yaml_node *));
    if (copy != NULL && count > 0)
        memcpy(copy, list, (size_t)count * sizeof(gov_yaml_node *));
    return copy;
}

static gov_status read_collection(reader *r, gov_yaml_node *node, int depth, gov_error *err)
{
    children c = {NULL, NULL, 0, 0};
    int end = 0;
    gov_status status = GOV_OK;
    while (status == GOV_OK && !end)
        status = read_child(r, node, &c, depth + 1, &end, err);
    if (status == GOV_OK) {
        node->children = copy_list(r, c.values, node->size);
        node->keys = copy_list(r, c.keys, node->size);
        if (node->children == NULL || node->keys == NULL)
            status = gov_fail_memory(err);
    }
    gov_free(c.keys);
    gov_free(c.values);
    return status;
}

/* What the subset leaves out: anchors, aliases, tags. NULL if the event is inside it. */
static const char *refused(const yaml_event_t *e)
{
    const yaml_char_t *anchor = NULL;
    const yaml_char_t *tag = NULL;
    if (e->type == YAML_ALIAS_EVENT)
        return "aliases are not allowed here";
    if (e->type == YAML_SCALAR_EVENT) {
        anchor = e->data.scalar.anchor;
        tag = e->data.scalar.tag;
    } else if (e->type == YAML_SEQUENCE_START_EVENT) {
        anchor = e->data.sequence_start.anchor;
        tag = e->data.sequence_start.tag;
    } else if (e->type == YAML_MAPPING_START_EVENT) {
        anchor = e->data.mapping_start.anchor;
        tag = e->data.mapping_start.tag;
    } else {
        return "a value is missing here";
    }
    return anchor != NULL ? "anchors are not allowed here" : tag != NULL ? "tags are not allowed here" : NULL;
}

static gov_status start_node(reader *r, const yaml_event_t *event, int depth, gov_yaml_node **out,
                             gov_error *err)
{
    const char *why = refused(event);
    if (why != NULL)
        return fail_at_mark(r, err, GOV_E_FORMAT, event->start_mark, why);
    if (depth > DEEPEST || ++r->nodes > MOST_NODES)
        return fail_at_mark(r, err, GOV_E_LIMIT, event->start_mark, "the file is too deep or too large");
    gov_yaml_node *node = gov_arena_alloc(r->arena, 1, sizeof(*node));
    if (node == NULL)
        return gov_fail_memory(err);
    node->line = (int64_t)event->start_mark.line + 1;
    node->column = (int64_t)event->start_mark.column + 1;
    if (event->type == YAML_SCALAR_EVENT) {
        node->kind = GOV_YAML_SCALAR;
        node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
        node->size = (int64_t)event->data.scalar.length;
        node->text = gov_arena_text(r->arena, (const char *)event->data.scalar.value, node->size);
        if (node->text == NULL)
            return gov_fail_memory(err);
        if (memchr(node->text, '\0', (size_t)node->size) != NULL)
            return fail_at_mark(r, err, GOV_E_FORMAT, event->start_mark, "a zero byte is not allowed here");
    } else {
        node->kind = event->type == YAML_SEQUENCE_START_EVENT ? GOV_YAML_SEQUENCE : GOV_YAML_MAPPING;
    }
    *out = node;
    return GOV_OK;
}

/* Takes the event over, whatever the outcome. */
static gov_status read_node(reader *r, yaml_event_t *event, int depth, gov_yaml_node **out, gov_error *err)
{
    gov_yaml_node *node = NULL;
    gov_status status = start_node(r, event, depth, &node, err);
    yaml_event_delete(event);
    if (status == GOV_OK && node->kind != GOV_YAML_SCALAR)
        status = read_collection(r, node, depth, err);
    if (status == GOV_OK)
        *out = node;
    return status;
}

/* Passes the event that must come next; GOV_E_FORMAT with `what` if another one does. */
static gov_status pass_event(reader *r, yaml_event_type_t type, const char *what, gov_error *err)
{
    yaml_event_t event;
    GOV_TRY(next_event(r, &event, err));
    gov_status status =
        event.type == type ? GOV_OK : fail_at_mark(r, err, GOV_E_FORMAT, event.start_mark, what);
    yaml_event_delete(&event);
    return status;
}

static gov_status read_document(reader *r, gov_yaml_node **out, gov_error *err)
{
    yaml_event_t event;
    GOV_TRY(pass_event(r, YAML_STREAM_START_EVENT, "not YAML", err));
    GOV_TRY(pass_event(r, YAML_DOCUMENT_START_EVENT, "the file is empty", err));
    GOV_TRY(next_event(r, &event, err));
    GOV_TRY(read_node(r, &event, 0, out, err));
    GOV_TRY(pass_event(r, YAML_DOCUMENT_END_EVENT, "more than one value", err));
    return pass_event(r, YAML_STREAM_END_EVENT, "more than one document", err);
}

gov_status gov_yaml_parse(const char *text, int64_t size, const char *file, gov_arena *arena,
                          const gov_yaml_node **out, gov_error *err)
{
    reader r = {.arena = arena, .file = file};
    if (!yaml_parser_initialize(&r.parser))
        return gov_fail_memory(err);
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)text, (size_t)size);
    gov_yaml_node *root = NULL;
    gov_status status = read_document(&r, &root, err);
    yaml_parser_delete(&r.parser);
    if (status == GOV_OK)
        *out = root;
    return status;
}

const gov_yaml_node *gov_yaml_get(const gov_yaml_node *mapping, const char *key)
{
    if (mapping->kind != GOV_YAML_MAPPING)
        return NULL;
    for (int64_t i = 0; i < mapping->size; i++) {
        if (strcmp(mapping->keys[i]->text, key) == 0)
            return mapping->children[i];
    }
    return NULL;
}

int gov_yaml_is_null(const gov_yaml_node *node)
{
    return node->kind == GOV_YAML_SCALAR && !node->quoted &&
           (node->size == 0 || strcmp(node->text, "~") == 0 || strcmp(node->text, "null") == 0);
}

/* Edit distance of two words of at most LONGEST bytes, for "did you mean". */
enum { LONGEST = 63 };

static int distance(const char *a, const char *b)
{
    size_t n = strlen(a);
    size_t m = strlen(b);
    int row[LONGEST + 1];
    if (n > LONGEST || m > LONGEST)
        return LONGEST;
    for (size_t j = 0; j <= m; j++)
        row[j] = (int)j;
    for (size_t i = 1; i <= n; i++) {
        int diagonal = row[0];
        row[0] = (int)i;
        for (size_t j = 1; j <= m; j++) {
            int changed = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            int least = row[j] + 1 < row[j - 1] + 1 ? row[j] + 1 : row[j - 1] + 1;
            row[j] = changed < least ? changed : least;
        }
    }
    return row[m];
}

/* The known word that `word` was meant to be; NULL if more than a third of it would have to change. */
static const char *nearest(const char *word, const char *const *known)
{
    const char *best = NULL;
    int least = (int)strlen(word) / 3 + 1;
    for (const char *const *k = known; *k != NULL; k++) {
        int changes = distance(word, *k);
        if (changes <= least && changes < LONGEST) {
            best = *k;
            least = changes - 1;
        }
    }
    return best;
}

static gov_status fail_key(const gov_yaml_node *key, const char *const *known, const char *file,
                           gov_error *err)
{
    const char *meant = nearest(key->text, known);
    if (meant == NULL)
        return gov_yaml_fail(err, GOV_E_UNKNOWN_NAME, file, key, key->text, "the key '%s' is not known here",
                             key->text);
    return gov_yaml_fail(err, GOV_E_UNKNOWN_NAME, file, key, key->text,
                         "the key '%s' is not known here; did you mean '%s'?", key->text, meant);
}

gov_status gov_yaml_only_keys(const gov_yaml_node *mapping, const char *const *known, const char *file,
                              gov_error *err)
{
    if (mapping->kind != GOV_YAML_MAPPING)
        return gov_yaml_fail(err, GOV_E_TYPE, file, mapping, NULL, "expected 'key: value' lines here");
    for (int64_t i = 0; i < mapping->size; i++) {
        const gov_yaml_node *key = mapping->keys[i];
        const char *const *k = known;
        while (*k != NULL && strcmp(*k, key->text) != 0)
            k++;
        if (*k == NULL)
            return fail_key(key, known, file, err);
    }
    return GOV_OK;
}
