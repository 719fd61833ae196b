/* read_inputs.c - inputs of the household and of its members, and dated parameters. */
#include "need/fields.h"
#include "need/read.h"

#include "base/utf8.h"

#include <math.h>
#include <string.h>

gov_status gov_need_new_id(const gov_need_model *m, const gov_yaml_node *node, const char *id, gov_error *err)
{
    int known = 0;
    for (int64_t i = 0; i < m->input_count; i++)
        known |= strcmp(m->inputs[i].id, id) == 0;
    for (int64_t i = 0; i < m->param_count; i++)
        known |= strcmp(m->params[i].id, id) == 0;
    for (int64_t i = 0; i < m->indicator_count; i++)
        known |= strcmp(m->indicators[i].id, id) == 0;
    for (int64_t i = 0; i < m->term_count; i++)
        known |= strcmp(m->terms[i].id, id) == 0;
    if (known)
        return GOV_NEED_FAIL(m, node, GOV_E_DUPLICATE, id, "the name '%s' is already taken", id);
    return GOV_OK;
}

static gov_status read_kind(const gov_need_model *m, const gov_yaml_node *map, gov_need_input *input,
                            gov_error *err)
{
    static const char *const kinds[] = {"float", "int", "bool", "date", "enum"};
    const gov_yaml_node *node = NULL;
    GOV_TRY(gov_need_field(m, map, "type", GOV_NEED_MUST, &node, err));
    for (int i = 0; i < 5 && node->kind == GOV_YAML_SCALAR; i++) {
        if (strcmp(node->text, kinds[i]) == 0) {
            input->kind = (gov_need_kind)i;
            return GOV_OK;
        }
    }
    return GOV_NEED_FAIL(m, node, GOV_E_UNKNOWN_NAME, "type", "a type is float, int, bool, date or enum");
}

static gov_status read_bound(const gov_need_model *m, const gov_yaml_node *node, double *out, gov_error *err)
{
    return gov_yaml_is_null(node) ? GOV_OK : gov_need_read_number(m, node, out, err);
}

static gov_status read_range(const gov_need_model *m, const gov_yaml_node *map, gov_need_input *input,
                             gov_error *err)
{
    const gov_yaml_node *node = NULL;
    input->low = input->kind == GOV_NEED_BOOL ? 0 : -INFINITY;
    input->high = input->kind == GOV_NEED_BOOL ? 1 : INFINITY;
    GOV_TRY(gov_need_field_list(m, map, "range", GOV_NEED_MAY, GOV_YAML_SEQUENCE, &node, err));
    if (node == NULL)
        return GOV_OK;
    if (node->size != 2 || input->kind > GOV_NEED_INT)
        return GOV_NEED_FAIL(m, node, GOV_E_FORMAT, "range",
                             "a range is [low, high], null where it is open, and only of a float or int");
    GOV_TRY(read_bound(m, node->children[0], &input->low, err));
    GOV_TRY(read_bound(m, node->children[1], &input->high, err));
    if (!(input->low <= input->high))
        return GOV_NEED_FAIL(m, node, GOV_E_RANGE, "range", "the low end is above the high end");
    return GOV_OK;
}

static gov_status read_code(const gov_need_model *m, const gov_yaml_node *node, gov_need_code *code,
                            gov_error *err)
{
    if (node->kind != GOV_YAML_SCALAR || node->size == 0)
        return GOV_NEED_FAIL(m, node, GOV_E_TYPE, NULL, "a code must be a number or a text");
    code->value = node->text;
    code->is_number = gov_parse_int64(node->text, node->size, &code->number);
    return GOV_OK;
}

static gov_status read_codes(gov_need_model *m, const gov_yaml_node *map, gov_need_input *input,
                             gov_error *err)
{
    const gov_yaml_node *node = NULL;
    int must = input->kind == GOV_NEED_ENUM;
    GOV_TRY(gov_need_field_list(m, map, "codes", must, GOV_YAML_MAPPING, &node, err));
    if (node == NULL)
        return GOV_OK;
    if (!must)
        return GOV_NEED_FAIL(m, node, GOV_E_TYPE, "codes", "only an enum has codes");
    if (node->size > GOV_NEED_MOST_CODES)
        return GOV_NEED_FAIL(m, node, GOV_E_LIMIT, "codes", "an enum has at most %d codes",
                             GOV_NEED_MOST_CODES);
    GOV_TRY(gov_need_make(m, node->size, sizeof(*input->codes), &input->codes, err));
    for (int64_t i = 0; i < node->size; i++) {
        gov_need_code *code = &input->codes[i];
        GOV_TRY(read_code(m, node->keys[i], code, err));
        GOV_TRY(gov_need_read_id(m, node->children[i], &code->name, err));
        for (int64_t j = 0; j < i; j++) {
            if (strcmp(input->codes[j].name, code->name) == 0)
                return GOV_NEED_FAIL(m, node->children[i], GOV_E_DUPLICATE, code->name,
                                     "the code '%s' stands here twice", code->name);
        }
    }
    input->code_count = node->size;
    return GOV_OK;
}

static gov_status read_missing(gov_need_model *m, const gov_yaml_node *map, gov_need_input *input,
                               gov_error *err)
{
    const gov_yaml_node *node = NULL;
    GOV_TRY(gov_need_field_list(m, map, "missing", GOV_NEED_MAY, GOV_YAML_SEQUENCE, &node, err));
    if (node == NULL)
        return GOV_OK;
    if (node->size > GOV_NEED_MOST_CODES)
        return GOV_NEED_FAIL(m, node, GOV_E_LIMIT, "missing", "at most %d values", GOV_NEED_MOST_CODES);
    GOV_TRY(gov_need_make(m, node->size, sizeof(*input->missing), &input->missing, err));
    for (int64_t i = 0; i < node->size; i++) {
        GOV_TRY(read_code(m, node->children[i], &input->missing[i], err));
        if (input->kind != GOV_NEED_ENUM && !input->missing[i].is_number)
            return GOV_NEED_FAIL(m, node->children[i], GOV_E_TYPE, "missing",
                                 "a whole number must stand here");
        for (int64_t j = 0; j < input->code_count; j++) {
            if (strcmp(input->codes[j].value, input->missing[i].value) == 0)
                return GOV_NEED_FAIL(m, node->children[i], GOV_E_CONFLICT, "missing",
                                     "'%s' is a code and cannot stand for missing too",
                                     input->missing[i].value);
        }
    }
    input->missing_count = node->size;
    return GOV_OK;
}

static gov_status read_input(gov_need_model *m, const gov_yaml_node *key, const gov_yaml_node *map,
                             gov_need_input *input, gov_error *err)
{
    static const char *const known[] = {"type", "unit",   "range",    "codes", "missing",
                                        "name", "column", "optional", "from",  NULL};
    GOV_TRY(gov_need_read_id(m, key, &input->id, err));
    GOV_TRY(gov_need_new_id(m, key, input->id, err));
    GOV_TRY(gov_yaml_only_keys(map, known, m->file, err));
    GOV_TRY(gov_need_field(m, map, "from", m->is_features ? GOV_NEED_MUST : GOV_NEED_MAY, &input->from, err));
    if (input->from != NULL && !m->is_features)
        return GOV_NEED_FAIL(m, input->from, GOV_E_UNKNOWN_NAME, "from",
                             "'from' belongs into a features file, not into a model");
    input->column = input->id;
    input->unit = "";
    input->name = (gov_need_label){"", ""};
    GOV_TRY(read_kind(m, map, input, err));
    GOV_TRY(gov_need_field_text(m, map, "column", GOV_NEED_MAY, &input->column, err));
    GOV_TRY(gov_need_field_text(m, map, "unit", GOV_NEED_MAY, &input->unit, err));
    GOV_TRY(gov_need_field_label(m, map, "name", GOV_NEED_MAY, &input->name, err));
    GOV_TRY(gov_need_field_bool(m, map, "optional", &input->optional, err));
    GOV_TRY(read_range(m, map, input, err));
    GOV_TRY(read_codes(m, map, input, err));
    return read_missing(m, map, input, err);
}

static gov_status read_list(gov_need_model *m, const gov_yaml_node *map, int member, gov_error *err)
{
    for (int64_t i = 0; i < map->size; i++) {
        gov_need_input *input = &m->inputs[m->input_count];
        input->member = member;
        GOV_TRY(read_input(m, map->keys[i], map->children[i], input, err));
        m->input_count++;
    }
    return GOV_OK;
}

static gov_status read_as_of(gov_need_model *m, const gov_yaml_node *root, gov_error *err)
{
    const char *id = NULL;
    m->as_of = -1;
    GOV_TRY(gov_need_field_text(m, root, "as_of", GOV_NEED_MAY, &id, err));
    if (id == NULL)
        return GOV_OK;
    m->as_of = gov_need_find_input(m, id, 0);
    const gov_yaml_node *node = gov_yaml_get(root, "as_of");
    if (m->as_of < 0)
        return GOV_NEED_FAIL(m, node, GOV_E_UNKNOWN_NAME, id, "'%s' is not an input of the household", id);
    if (m->inputs[m->as_of].kind != GOV_NEED_DATE)
        return GOV_NEED_FAIL(m, node, GOV_E_TYPE, id, "'%s' is not of type date", id);
    return GOV_OK;
}

gov_status gov_need_read_inputs(gov_need_model *m, const gov_yaml_node *root, gov_error *err)
{
    static const char *const members_keys[] = {"key", "inputs", NULL};
    const gov_yaml_node *inputs = NULL;
    const gov_yaml_node *members = NULL;
    const gov_yaml_node *of_members = NULL;
    GOV_TRY(gov_need_field_list(m, root, "inputs", GOV_NEED_MUST, GOV_YAML_MAPPING, &inputs, err));
    GOV_TRY(gov_need_field_list(m, root, "members", GOV_NEED_MAY, GOV_YAML_MAPPING, &members, err));
    if (members != NULL) {
        GOV_TRY(gov_yaml_only_keys(members, members_keys, m->file, err));
        GOV_TRY(gov_need_field_text(m, members, "key", GOV_NEED_MUST, &m->member_key, err));
        GOV_TRY(gov_need_field_list(m, members, "inputs", GOV_NEED_MUST, GOV_YAML_MAPPING, &of_members, err));
    }
    int64_t count = inputs->size + (of_members == NULL ? 0 : of_members->size);
    GOV_TRY(gov_need_make(m, count, sizeof(*m->inputs), &m->inputs, err));
    GOV_TRY(read_list(m, inputs, 0, err));
    if (of_members != NULL)
        GOV_TRY(read_list(m, of_members, 1, err));
    return read_as_of(m, root, err);
}

int64_t gov_need_find_input(const gov_need_model *m, const char *id, int member)
{
    for (int64_t i = 0; i < m->input_count; i++) {
        if (m->inputs[i].member == member && strcmp(m->inputs[i].id, id) == 0)
            return i;
    }
    return -1;
}

/* --- Parameters ---------------------------------------------------------------------------------------- */

static gov_status read_dated(gov_need_model *m, const gov_yaml_node *map, gov_need_value *v, gov_error *err)
{
    static const char *const known[] = {"from", "to", "value", "source", NULL};
    const gov_yaml_node *node = NULL;
    v->from = INT32_MIN;
    v->to = INT32_MAX;
    v->source = "";
    GOV_TRY(gov_yaml_only_keys(map, known, m->file, err));
    GOV_TRY(gov_need_field(m, map, "value", GOV_NEED_MUST, &node, err));
    GOV_TRY(gov_need_read_number(m, node, &v->value, err));
    GOV_TRY(gov_need_field_text(m, map, "source", GOV_NEED_MAY, &v->source, err));
    node = gov_yaml_get(map, "from");
    if (node != NULL)
        GOV_TRY(gov_need_read_date(m, node, &v->from, err));
    node = gov_yaml_get(map, "to");
    if (node != NULL && !gov_yaml_is_null(node))
        GOV_TRY(gov_need_read_date(m, node, &v->to, err));
    if (v->to < v->from)
        return GOV_NEED_FAIL(m, map, GOV_E_RANGE, "to", "the last day lies before the first");
    return GOV_OK;
}

/* A value holds until the day before the next one begins, or to its own last day. */
static gov_status close_values(const gov_need_model *m, const gov_yaml_node *list, gov_need_param *param,
                               gov_error *err)
{
    for (int64_t i = 1; i < param->count; i++) {
        gov_need_value *before = &param->values[i - 1];
        if (param->values[i].from <= before->from ||
            (before->to != INT32_MAX && before->to >= param->values[i].from))
            return GOV_NEED_FAIL(m, list->children[i], GOV_E_RANGE, param->id,
                                 "the values of '%s' must follow one another by day", param->id);
        if (before->to == INT32_MAX)
            before->to = param->values[i].from - 1;
    }
    return GOV_OK;
}

static gov_status read_values(gov_need_model *m, const gov_yaml_node *node, gov_need_param *param,
                              gov_error *err)
{
    int64_t count = node->kind == GOV_YAML_SEQUENCE ? node->size : 1;
    if (count == 0)
        return GOV_NEED_FAIL(m, node, GOV_E_MISSING, param->id, "'%s' has no value", param->id);
    GOV_TRY(gov_need_make(m, count, sizeof(*param->values), &param->values, err));
    param->count = count;
    if (node->kind == GOV_YAML_SCALAR) {
        param->values[0] = (gov_need_value){INT32_MIN, INT32_MAX, 0, ""};
        return gov_need_read_number(m, node, &param->values[0].value, err);
    }
    for (int64_t i = 0; i < count; i++)
        GOV_TRY(read_dated(m, node->kind == GOV_YAML_SEQUENCE ? node->children[i] : node, &param->values[i],
                           err));
    return close_values(m, node, param, err);
}

static gov_status read_param(gov_need_model *m, const gov_yaml_node *key, const gov_yaml_node *node,
                             gov_need_param *param, gov_error *err)
{
    static const char *const known[] = {"name", "unit", "values", NULL};
    param->unit = "";
    param->name = (gov_need_label){"", ""};
    GOV_TRY(gov_need_read_id(m, key, &param->id, err));
    GOV_TRY(gov_need_new_id(m, key, param->id, err));
    if (node->kind == GOV_YAML_MAPPING && gov_yaml_get(node, "value") == NULL) {
        GOV_TRY(gov_yaml_only_keys(node, known, m->file, err));
        GOV_TRY(gov_need_field_label(m, node, "name", GOV_NEED_MAY, &param->name, err));
        GOV_TRY(gov_need_field_text(m, node, "unit", GOV_NEED_MAY, &param->unit, err));
        GOV_TRY(gov_need_field(m, node, "values", GOV_NEED_MUST, &node, err));
    }
    return read_values(m, node, param, err);
}

gov_status gov_need_read_params(gov_need_model *m, const gov_yaml_node *root, gov_error *err)
{
    const gov_yaml_node *map = NULL;
    GOV_TRY(gov_need_field_list(m, root, "params", GOV_NEED_MAY, GOV_YAML_MAPPING, &map, err));
    if (map == NULL)
        return GOV_OK;
    GOV_TRY(gov_need_make(m, map->size, sizeof(*m->params), &m->params, err));
    for (int64_t i = 0; i < map->size; i++) {
        GOV_TRY(read_param(m, map->keys[i], map->children[i], &m->params[i], err));
        m->param_count++;
    }
    return GOV_OK;
}
