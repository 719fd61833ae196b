/* mapping.c - reading a mapping file. */
#include "store/mapping.h"
#include "base/file.h"
#include "base/utf8.h"

#include <string.h>

#define LARGEST_MAPPING (INT64_C(1) << 20)

typedef struct reading {
    const char *file;
    const gov_kind *kind;
    gov_mapping *out;
} reading;

static gov_status need_kind(const reading *r, const gov_yaml_node *node, gov_yaml_kind kind, const char *what,
                            gov_error *err)
{
    static const char *const names[] = {"a text", "a list", "a mapping"};
    if (node->kind != kind)
        return gov_yaml_fail(err, GOV_E_TYPE, r->file, node, what, "%s is %s", what, names[kind]);
    return GOV_OK;
}

static gov_status read_text(const reading *r, const gov_yaml_node *map, const char *key, const char **out,
                            gov_error *err)
{
    const gov_yaml_node *node = gov_yaml_get(map, key);
    if (node == NULL)
        return GOV_OK;
    GOV_TRY(need_kind(r, node, GOV_YAML_SCALAR, key, err));
    *out = node->text;
    return GOV_OK;
}

static gov_status read_rank(const reading *r, const gov_yaml_node *map, int64_t *rank, gov_error *err)
{
    const char *text = NULL;
    GOV_TRY(read_text(r, map, "rank", &text, err));
    if (text != NULL && (!gov_parse_int64(text, (int64_t)strlen(text), rank) || *rank < 1))
        return gov_yaml_fail(err, GOV_E_RANGE, r->file, gov_yaml_get(map, "rank"), "rank",
                             "a rank is 1 or more");
    return GOV_OK;
}

static gov_status check_codes(const reading *r, const gov_yaml_node *codes, gov_error *err)
{
    GOV_TRY(need_kind(r, codes, GOV_YAML_MAPPING, "codes", err));
    for (int64_t i = 0; i < codes->size; i++)
        GOV_TRY(need_kind(r, codes->children[i], GOV_YAML_SCALAR, "a code", err));
    return GOV_OK;
}

static gov_status check_list(const reading *r, const gov_yaml_node *list, const char *what, gov_error *err)
{
    GOV_TRY(need_kind(r, list, GOV_YAML_SEQUENCE, what, err));
    for (int64_t i = 0; i < list->size; i++)
        GOV_TRY(need_kind(r, list->children[i], GOV_YAML_SCALAR, what, err));
    return GOV_OK;
}

static gov_status read_details(const reading *r, const gov_yaml_node *node, gov_mapped *m, gov_error *err)
{
    static const char *const known[] = {"column", "value",   "codes", "missing",
                                        "date",   "default", "rank",  NULL};
    const char *value = NULL;
    GOV_TRY(gov_yaml_only_keys(node, known, r->file, err));
    GOV_TRY(read_text(r, node, "column", &m->column, err));
    GOV_TRY(read_text(r, node, "value", &value, err));
    GOV_TRY(read_text(r, node, "default", &m->fallback, err));
    GOV_TRY(read_text(r, node, "date", &m->date, err));
    GOV_TRY(read_rank(r, node, &m->rank, err));
    m->codes = gov_yaml_get(node, "codes");
    m->missing = gov_yaml_get(node, "missing");
    if (m->codes != NULL)
        GOV_TRY(check_codes(r, m->codes, err));
    if (m->missing != NULL)
        GOV_TRY(check_list(r, m->missing, "missing", err));
    if ((m->column == NULL) == (value == NULL))
        return gov_yaml_fail(err, GOV_E_MISSING, r->file, node, m->field,
                             "a field has either a column or a value");
    m->fallback = value != NULL ? value : m->fallback;
    return GOV_OK;
}

static gov_status read_field(const reading *r, const gov_yaml_node *key, const gov_yaml_node *node,
                             gov_mapped *m, gov_error *err)
{
    m->field = key->text;
    int is_day = strcmp(key->text, "valid_from") == 0 || strcmp(key->text, "valid_to") == 0;
    if (!is_day && gov_kind_find_field(r->kind, key->text, key->size) < 0)
        return gov_yaml_fail(err, GOV_E_UNKNOWN_NAME, r->file, key, key->text,
                             "the kind %s has no such field", r->kind->name);
    if (node->kind == GOV_YAML_MAPPING)
        return read_details(r, node, m, err);
    GOV_TRY(need_kind(r, node, GOV_YAML_SCALAR, key->text, err));
    m->column = node->text;
    return GOV_OK;
}

static gov_status check_head(const reading *r, const gov_yaml_node *root, gov_error *err)
{
    static const char *const known[] = {"govcore_mapping", "kind",    "source", "rank",
                                        "datum",           "columns", "ignore", NULL};
    const char *version = NULL, *kind = NULL;
    GOV_TRY(gov_yaml_only_keys(root, known, r->file, err));
    GOV_TRY(read_text(r, root, "govcore_mapping", &version, err));
    GOV_TRY(read_text(r, root, "kind", &kind, err));
    GOV_TRY(read_text(r, root, "source", &r->out->source, err));
    GOV_TRY(read_text(r, root, "datum", &r->out->datum, err));
    GOV_TRY(read_rank(r, root, &r->out->rank, err));
    if (version == NULL || strcmp(version, "1") != 0)
        return gov_yaml_fail(err, GOV_E_VERSION, r->file, root, "govcore_mapping",
                             "a mapping begins with govcore_mapping: 1");
    if (kind != NULL && strcmp(kind, r->kind->name) != 0)
        return gov_yaml_fail(err, GOV_E_CONFLICT, r->file, gov_yaml_get(root, "kind"), kind,
                             "the mapping is for this kind, the import is of kind %s", r->kind->name);
    return GOV_OK;
}

static gov_status read_root(const reading *r, const gov_yaml_node *root, gov_error *err)
{
    GOV_TRY(check_head(r, root, err));
    const gov_yaml_node *columns = gov_yaml_get(root, "columns");
    if (columns == NULL)
        return gov_yaml_fail(err, GOV_E_MISSING, r->file, root, "columns", "a mapping has columns");
    GOV_TRY(need_kind(r, columns, GOV_YAML_MAPPING, "columns", err));
    r->out->ignore = gov_yaml_get(root, "ignore");
    if (r->out->ignore != NULL)
        GOV_TRY(check_list(r, r->out->ignore, "ignore", err));
    r->out->list = gov_arena_alloc(&r->out->arena, columns->size + 1, sizeof(gov_mapped));
    if (r->out->list == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < columns->size; i++)
        GOV_TRY(read_field(r, columns->keys[i], columns->children[i], &r->out->list[r->out->count++], err));
    return GOV_OK;
}

gov_status gov_mapping_read(const char *path, const gov_kind *kind, gov_mapping *out, gov_error *err)
{
    gov_mapping mapping = {.arena = GOV_ARENA_INIT};
    reading r = {path, kind, &mapping};
    const gov_yaml_node *root = NULL;
    char *text = NULL;
    int64_t size = 0;
    GOV_TRY(gov_file_read(path, LARGEST_MAPPING, &text, &size, err));
    gov_status status = gov_yaml_parse(text, size, path, &mapping.arena, &root, err);
    gov_free(text);
    if (status == GOV_OK)
        status = read_root(&r, root, err);
    if (status != GOV_OK) {
        gov_mapping_clear(&mapping);
        return status;
    }
    *out = mapping;
    return GOV_OK;
}

void gov_mapping_clear(gov_mapping *mapping)
{
    gov_arena_clear(&mapping->arena);
}
