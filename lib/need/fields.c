/* fields.c - one function a kind of field. */
#include "need/fields.h"

#include "base/utf8.h"
#include "need/lexer.h"
#include "need/rule.h"

#include <string.h>

gov_status gov_need_field(const gov_need_model *m, const gov_yaml_node *map, const char *key, int must,
                          const gov_yaml_node **out, gov_error *err)
{
    const gov_yaml_node *node = gov_yaml_get(map, key);
    if (node == NULL && must)
        return GOV_NEED_FAIL(m, map, GOV_E_MISSING, key, "the key '%s' must be given here", key);
    *out = node;
    return GOV_OK;
}

gov_status gov_need_field_text(const gov_need_model *m, const gov_yaml_node *map, const char *key, int must,
                               const char **out, gov_error *err)
{
    const gov_yaml_node *node = NULL;
    GOV_TRY(gov_need_field(m, map, key, must, &node, err));
    if (node == NULL)
        return GOV_OK;
    if (node->kind != GOV_YAML_SCALAR || gov_yaml_is_null(node))
        return GOV_NEED_FAIL(m, node, GOV_E_TYPE, key, "'%s' must be a text", key);
    *out = node->text;
    return GOV_OK;
}

gov_status gov_need_field_label(const gov_need_model *m, const gov_yaml_node *map, const char *key, int must,
                                gov_need_label *out, gov_error *err)
{
    static const char *const languages[] = {"zh", "en", NULL};
    const gov_yaml_node *node = NULL;
    GOV_TRY(gov_need_field(m, map, key, must, &node, err));
    if (node == NULL)
        return GOV_OK;
    if (node->kind == GOV_YAML_SCALAR && !gov_yaml_is_null(node)) {
        *out = (gov_need_label){node->text, node->text};
        return GOV_OK;
    }
    GOV_TRY(gov_yaml_only_keys(node, languages, m->file, err));
    gov_need_label label = {"", ""};
    GOV_TRY(gov_need_field_text(m, node, "zh", GOV_NEED_MAY, &label.zh, err));
    GOV_TRY(gov_need_field_text(m, node, "en", GOV_NEED_MAY, &label.en, err));
    *out = label;
    return GOV_OK;
}

gov_status gov_need_field_bool(const gov_need_model *m, const gov_yaml_node *map, const char *key, int *out,
                               gov_error *err)
{
    const gov_yaml_node *node = gov_yaml_get(map, key);
    if (node == NULL)
        return GOV_OK;
    int yes = node->kind == GOV_YAML_SCALAR && !node->quoted && strcmp(node->text, "true") == 0;
    int no = node->kind == GOV_YAML_SCALAR && !node->quoted && strcmp(node->text, "false") == 0;
    if (!yes && !no)
        return GOV_NEED_FAIL(m, node, GOV_E_TYPE, key, "'%s' must be true or false", key);
    *out = yes;
    return GOV_OK;
}

gov_status gov_need_field_list(const gov_need_model *m, const gov_yaml_node *map, const char *key, int must,
                               gov_yaml_kind kind, const gov_yaml_node **out, gov_error *err)
{
    const gov_yaml_node *node = NULL;
    GOV_TRY(gov_need_field(m, map, key, must, &node, err));
    if (node != NULL && node->kind != kind)
        return GOV_NEED_FAIL(m, node, GOV_E_TYPE, key, "'%s' must be %s", key,
                             kind == GOV_YAML_SEQUENCE ? "a list" : "a mapping of keys to values");
    if (node != NULL && node->size == 0 && must)
        return GOV_NEED_FAIL(m, node, GOV_E_MISSING, key, "'%s' must not be empty", key);
    *out = node;
    return GOV_OK;
}

gov_status gov_need_read_id(const gov_need_model *m, const gov_yaml_node *node, const char **out,
                            gov_error *err)
{
    if (node->kind != GOV_YAML_SCALAR || !gov_need_is_name(node->text, node->size))
        return GOV_NEED_FAIL(m, node, GOV_E_FORMAT, node->kind == GOV_YAML_SCALAR ? node->text : NULL,
                             "an id must be a letter and then letters, digits and _, at most 63");
    if (gov_need_is_reserved(node->text))
        return GOV_NEED_FAIL(m, node, GOV_E_CONFLICT, node->text, "'%s' is a word of the rule language",
                             node->text);
    *out = node->text;
    return GOV_OK;
}

gov_status gov_need_read_number(const gov_need_model *m, const gov_yaml_node *node, double *out,
                                gov_error *err)
{
    if (node->kind != GOV_YAML_SCALAR || node->quoted || !gov_parse_double(node->text, node->size, out))
        return GOV_NEED_FAIL(m, node, GOV_E_TYPE, NULL, "a number must stand here");
    return GOV_OK;
}

gov_status gov_need_read_date(const gov_need_model *m, const gov_yaml_node *node, int32_t *out,
                              gov_error *err)
{
    int32_t days = 0;
    if (node->kind != GOV_YAML_SCALAR || gov_date_parse(node->text, node->size, &days, NULL) != GOV_OK)
        return GOV_NEED_FAIL(m, node, GOV_E_FORMAT, NULL, "a day such as 2021-07-01 must stand here");
    *out = days;
    return GOV_OK;
}

gov_status gov_need_read_rational(const gov_need_model *m, const gov_yaml_node *node, gov_rational *out,
                                  gov_error *err)
{
    if (node->kind != GOV_YAML_SCALAR)
        return GOV_NEED_FAIL(m, node, GOV_E_TYPE, NULL, "an exact fraction such as 1/7 must stand here");
    if (!gov_rational_parse(node->text, node->size, out))
        return GOV_NEED_FAIL(m, node, GOV_E_FORMAT, node->text,
                             "'%s' is not an exact fraction; write 1/21 or 90/1000, not a decimal",
                             node->text);
    if (out->num > out->den)
        return GOV_NEED_FAIL(m, node, GOV_E_RANGE, node->text, "'%s' is more than 1", node->text);
    return GOV_OK;
}

gov_status gov_need_make(gov_need_model *m, int64_t count, size_t size, void *out, gov_error *err)
{
    void *block = gov_arena_alloc(&m->arena, count, size);
    if (block == NULL)
        return gov_fail_memory(err);
    memcpy(out, &block, sizeof(block)); /* out is the address of a pointer of any type */
    return GOV_OK;
}
