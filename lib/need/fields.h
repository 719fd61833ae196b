/* fields.h - single fields of a model file: texts, labels, numbers, dates, rationals, each refused at its
 * place. `map` is the mapping that holds the field; a field that is not there leaves *out as it is, unless it
 * must be given (GOV_E_MISSING at the mapping). */
#ifndef GOVCORE_NEED_FIELDS_H
#define GOVCORE_NEED_FIELDS_H

#include "base/yaml.h"
#include "need/model.h"

enum { GOV_NEED_MAY = 0, GOV_NEED_MUST = 1 };

gov_status gov_need_field(const gov_need_model *m, const gov_yaml_node *map, const char *key, int must,
                          const gov_yaml_node **out, gov_error *err);
/* Borrowed from the tree, which lives in the model's arena. */
gov_status gov_need_field_text(const gov_need_model *m, const gov_yaml_node *map, const char *key, int must,
                               const char **out, gov_error *err);
/* A text, or {zh: ..., en: ...}. */
gov_status gov_need_field_label(const gov_need_model *m, const gov_yaml_node *map, const char *key, int must,
                                gov_need_label *out, gov_error *err);
gov_status gov_need_field_bool(const gov_need_model *m, const gov_yaml_node *map, const char *key, int *out,
                               gov_error *err);
/* The field as a mapping or a sequence; NULL if it may be absent and is. */
gov_status gov_need_field_list(const gov_need_model *m, const gov_yaml_node *map, const char *key, int must,
                               gov_yaml_kind kind, const gov_yaml_node **out, gov_error *err);

/* Scalars. An id is a name that is no word of the rule language. */
gov_status gov_need_read_id(const gov_need_model *m, const gov_yaml_node *node, const char **out,
                            gov_error *err);
gov_status gov_need_read_number(const gov_need_model *m, const gov_yaml_node *node, double *out,
                                gov_error *err);
gov_status gov_need_read_date(const gov_need_model *m, const gov_yaml_node *node, int32_t *out,
                              gov_error *err);
gov_status gov_need_read_rational(const gov_need_model *m, const gov_yaml_node *node, gov_rational *out,
                                  gov_error *err);
/* Zeroed, in the model's arena. */
gov_status gov_need_make(gov_need_model *m, int64_t count, size_t size, void *out, gov_error *err);
/* Fails at a node: shorter by the file, which the model knows. */
#define GOV_NEED_FAIL(m, node, code, name, ...) gov_yaml_fail(err, code, (m)->file, node, name, __VA_ARGS__)

#endif
