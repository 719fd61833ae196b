/* read_indicators.c - services, dimensions and their indicators. */
#include "need/fields.h"
#include "need/read.h"
#include "need/rule.h"

#include <string.h>

int64_t gov_need_find_service(const gov_need_model *m, const char *id)
{
    for (int64_t i = 0; i < m->service_count; i++) {
        if (strcmp(m->services[i].id, id) == 0)
            return i;
    }
    return -1;
}

int64_t gov_need_find_indicator(const gov_need_model *m, const char *id)
{
    for (int64_t i = 0; i < m->indicator_count; i++) {
        if (strcmp(m->indicators[i].id, id) == 0)
            return i;
    }
    return -1;
}

static gov_status read_service(gov_need_model *m, const gov_yaml_node *map, gov_need_service *service,
                               gov_error *err)
{
    static const char *const known[] = {"id", "name", "received", NULL};
    const gov_yaml_node *node = NULL;
    const char *received = NULL;
    service->name = (gov_need_label){"", ""};
    service->received = -1;
    GOV_TRY(gov_yaml_only_keys(map, known, m->file, err));
    GOV_TRY(gov_need_field(m, map, "id", GOV_NEED_MUST, &node, err));
    GOV_TRY(gov_need_read_id(m, node, &service->id, err));
    if (gov_need_find_service(m, service->id) >= 0)
        return GOV_NEED_FAIL(m, node, GOV_E_DUPLICATE, service->id, "the service '%s' stands here twice",
                             service->id);
    GOV_TRY(gov_need_field_label(m, map, "name", GOV_NEED_MAY, &service->name, err));
    GOV_TRY(gov_need_field_text(m, map, "received", GOV_NEED_MAY, &received, err));
    if (received == NULL)
        return GOV_OK;
    service->received = gov_need_find_input(m, received, 0);
    if (service->received < 0 || m->inputs[service->received].kind != GOV_NEED_BOOL)
        return GOV_NEED_FAIL(m, gov_yaml_get(map, "received"), GOV_E_UNKNOWN_NAME, received,
                             "'%s' is not an input of the household of type bool", received);
    return GOV_OK;
}

gov_status gov_need_read_services(gov_need_model *m, const gov_yaml_node *root, gov_error *err)
{
    const gov_yaml_node *list = NULL;
    GOV_TRY(gov_need_field_list(m, root, "services", GOV_NEED_MAY, GOV_YAML_SEQUENCE, &list, err));
    if (list == NULL)
        return GOV_OK;
    if (list->size > GOV_NEED_MOST_SERVICES)
        return GOV_NEED_FAIL(m, list, GOV_E_LIMIT, "services", "at most %d services", GOV_NEED_MOST_SERVICES);
    GOV_TRY(gov_need_make(m, list->size, sizeof(*m->services), &m->services, err));
    for (int64_t i = 0; i < list->size; i++) {
        GOV_TRY(read_service(m, list->children[i], &m->services[i], err));
        m->service_count++;
    }
    return GOV_OK;
}

/* --- Indicators ---------------------------------------------------------------------------------------- */

static gov_status read_service_bits(const gov_need_model *m, const gov_yaml_node *map, const char *key,
                                    uint32_t *bits, gov_error *err)
{
    const gov_yaml_node *list = NULL;
    GOV_TRY(gov_need_field_list(m, map, key, GOV_NEED_MAY, GOV_YAML_SEQUENCE, &list, err));
    for (int64_t i = 0; list != NULL && i < list->size; i++) {
        const gov_yaml_node *node = list->children[i];
        int64_t service = node->kind == GOV_YAML_SCALAR ? gov_need_find_service(m, node->text) : -1;
        if (service < 0)
            return GOV_NEED_FAIL(m, node, GOV_E_UNKNOWN_NAME, node->text, "this is not one of the services");
        *bits |= 1u << service;
    }
    return GOV_OK;
}

static gov_status read_on_missing(const gov_need_model *m, const gov_yaml_node *map, gov_need_indicator *x,
                                  gov_error *err)
{
    static const char *const names[] = {"bounds", "not_deprived", "deprived", "refuse", "renormalise"};
    const gov_yaml_node *node = gov_yaml_get(map, "on_missing");
    if (node == NULL)
        return GOV_OK;
    for (int i = 0; i < 5 && node->kind == GOV_YAML_SCALAR; i++) {
        if (strcmp(names[i], node->text) == 0) {
            x->on_missing = (gov_need_missing)i;
            return GOV_OK;
        }
    }
    return GOV_NEED_FAIL(m, node, GOV_E_UNKNOWN_NAME, "on_missing",
                         "on_missing is bounds, not_deprived, deprived, refuse or renormalise");
}

/* The rule of a key, joined with `applies` (Kleene: what is not deprived is so whether it applies or not). */
static gov_status read_rule(gov_need_model *m, const gov_yaml_node *map, const char *key, int must,
                            int32_t applies, const char **text, int32_t *out, gov_error *err)
{
    const gov_yaml_node *node = NULL;
    *out = -1;
    GOV_TRY(gov_need_field(m, map, key, must, &node, err));
    if (node == NULL)
        return GOV_OK;
    GOV_TRY(gov_need_rule_read(m, node, GOV_NEED_WITHOUT_INDICATORS, out, err));
    *text = node->text;
    if (applies < 0)
        return GOV_OK;
    gov_need_node both = {.op = GOV_NEED_OP_AND,
                          .type = GOV_NEED_T_BOOL,
                          .varies = (uint8_t)(m->nodes.list[applies].varies | m->nodes.list[*out].varies),
                          .domain = -1,
                          .a = applies,
                          .b = *out,
                          .c = -1};
    return gov_need_node_add(&m->nodes, both, out, err);
}

static gov_status read_rules(gov_need_model *m, const gov_yaml_node *map, gov_need_indicator *x,
                             gov_error *err)
{
    GOV_TRY(read_rule(m, map, "applies", GOV_NEED_MAY, -1, &x->applies_text, &x->applies, err));
    GOV_TRY(read_rule(m, map, "deprived", GOV_NEED_MUST, x->applies, &x->deprived_text, &x->deprived, err));
    return read_rule(m, map, "partly", GOV_NEED_MAY, x->applies, &x->partly_text, &x->partly, err);
}

static int is_equal_word(const gov_yaml_node *node)
{
    return node->kind == GOV_YAML_SCALAR && strcmp(node->text, "equal") == 0;
}

/* A weight: `equal` is `whole` shared by `count`. */
static gov_status read_weight(const gov_need_model *m, const gov_yaml_node *map, gov_rational whole,
                              int64_t count, gov_rational *out, gov_error *err)
{
    const gov_yaml_node *node = NULL;
    GOV_TRY(gov_need_field(m, map, "weight", GOV_NEED_MUST, &node, err));
    if (!is_equal_word(node))
        GOV_TRY(gov_need_read_rational(m, node, out, err));
    else if (!gov_rational_multiply(whole, (gov_rational){1, count}, out))
        return GOV_NEED_FAIL(m, node, GOV_E_LIMIT, "weight", "the common denominator is too large");
    if (out->num == 0)
        return GOV_NEED_FAIL(m, node, GOV_E_RANGE, "weight", "a weight must be above 0");
    return GOV_OK;
}

static gov_status read_indicator(gov_need_model *m, const gov_yaml_node *map, gov_need_indicator *x,
                                 gov_error *err)
{
    static const char *const known[] = {
        "id",      "name",   "weight",  "deprived",       "partly", "applies", "on_missing",
        "mutable", "reason", "service", "service_partly", "unit",   "source",  NULL};
    const gov_yaml_node *node = NULL;
    x->name = x->reason = (gov_need_label){"", ""};
    x->unit = x->source = "";
    x->is_mutable = 1;
    GOV_TRY(gov_yaml_only_keys(map, known, m->file, err));
    GOV_TRY(gov_need_field(m, map, "id", GOV_NEED_MUST, &node, err));
    GOV_TRY(gov_need_read_id(m, node, &x->id, err));
    GOV_TRY(gov_need_new_id(m, node, x->id, err));
    GOV_TRY(gov_need_field_label(m, map, "name", GOV_NEED_MAY, &x->name, err));
    GOV_TRY(gov_need_field_label(m, map, "reason", GOV_NEED_MAY, &x->reason, err));
    GOV_TRY(gov_need_field_text(m, map, "unit", GOV_NEED_MAY, &x->unit, err));
    GOV_TRY(gov_need_field_text(m, map, "source", GOV_NEED_MAY, &x->source, err));
    GOV_TRY(gov_need_field_bool(m, map, "mutable", &x->is_mutable, err));
    GOV_TRY(read_on_missing(m, map, x, err));
    GOV_TRY(read_service_bits(m, map, "service", &x->services, err));
    GOV_TRY(read_service_bits(m, map, "service_partly", &x->services_partly, err));
    return read_rules(m, map, x, err);
}

/* --- Dimensions ---------------------------------------------------------------------------------------- */

static gov_status check_sum(const gov_need_model *m, const gov_yaml_node *node, gov_rational sum,
                            gov_rational whole, const char *what, gov_error *err)
{
    if (gov_rational_compare(sum, whole) == 0)
        return GOV_OK;
    return GOV_NEED_FAIL(m, node, GOV_E_RANGE, "weight",
                         "the weights of %s sum to %lld/%lld and not to %lld/%lld", what, (long long)sum.num,
                         (long long)sum.den, (long long)whole.num, (long long)whole.den);
}

static gov_status add_weight(const gov_need_model *m, const gov_yaml_node *node, gov_rational weight,
                             gov_rational *sum, gov_error *err)
{
    if (!gov_rational_add(*sum, weight, sum))
        return GOV_NEED_FAIL(m, node, GOV_E_LIMIT, "weight", "the common denominator is too large");
    return GOV_OK;
}

static gov_status read_indicators(gov_need_model *m, const gov_yaml_node *map, gov_need_dimension *d,
                                  gov_error *err)
{
    const gov_yaml_node *list = NULL;
    gov_rational sum = {0, 1};
    GOV_TRY(gov_need_field_list(m, map, "indicators", GOV_NEED_MUST, GOV_YAML_SEQUENCE, &list, err));
    d->first = m->indicator_count;
    d->count = list->size;
    if (d->first + d->count > GOV_NEED_MOST_INDICATORS)
        return GOV_NEED_FAIL(m, list, GOV_E_LIMIT, "indicators", "a model has at most %d indicators",
                             GOV_NEED_MOST_INDICATORS);
    for (int64_t i = 0; i < list->size; i++) {
        gov_need_indicator *x = &m->indicators[m->indicator_count];
        x->dimension = m->dimension_count;
        GOV_TRY(read_indicator(m, list->children[i], x, err));
        GOV_TRY(read_weight(m, list->children[i], d->weight, d->count, &x->weight, err));
        GOV_TRY(add_weight(m, list->children[i], x->weight, &sum, err));
        m->indicator_count++;
    }
    return check_sum(m, list, sum, gov_rational_reduced(d->weight), "these indicators", err);
}

static gov_status read_dimension(gov_need_model *m, const gov_yaml_node *map, int64_t count,
                                 gov_need_dimension *d, gov_error *err)
{
    static const char *const known[] = {"id", "name", "weight", "indicators", NULL};
    const gov_yaml_node *node = NULL;
    GOV_TRY(gov_yaml_only_keys(map, known, m->file, err));
    GOV_TRY(gov_need_field(m, map, "id", GOV_NEED_MUST, &node, err));
    GOV_TRY(gov_need_read_id(m, node, &d->id, err));
    for (int64_t i = 0; i < m->dimension_count; i++) {
        if (strcmp(m->dimensions[i].id, d->id) == 0)
            return GOV_NEED_FAIL(m, node, GOV_E_DUPLICATE, d->id, "the dimension '%s' stands here twice",
                                 d->id);
    }
    d->name = (gov_need_label){"", ""};
    GOV_TRY(gov_need_field_label(m, map, "name", GOV_NEED_MAY, &d->name, err));
    GOV_TRY(read_weight(m, map, (gov_rational){1, 1}, count, &d->weight, err));
    return read_indicators(m, map, d, err);
}

gov_status gov_need_read_dimensions(gov_need_model *m, const gov_yaml_node *root, gov_error *err)
{
    const gov_yaml_node *list = NULL;
    gov_rational sum = {0, 1};
    GOV_TRY(gov_need_field_list(m, root, "dimensions", GOV_NEED_MUST, GOV_YAML_SEQUENCE, &list, err));
    if (list->size > GOV_NEED_MOST_INDICATORS)
        return GOV_NEED_FAIL(m, list, GOV_E_LIMIT, "dimensions", "a model has at most %d indicators",
                             GOV_NEED_MOST_INDICATORS);
    GOV_TRY(gov_need_make(m, list->size, sizeof(*m->dimensions), &m->dimensions, err));
    GOV_TRY(gov_need_make(m, GOV_NEED_MOST_INDICATORS, sizeof(*m->indicators), &m->indicators, err));
    for (int64_t i = 0; i < list->size; i++) {
        gov_need_dimension *d = &m->dimensions[i];
        GOV_TRY(read_dimension(m, list->children[i], list->size, d, err));
        GOV_TRY(add_weight(m, list->children[i], d->weight, &sum, err));
        m->dimension_count++;
    }
    return check_sum(m, list, sum, (gov_rational){1, 1}, "the dimensions", err);
}
