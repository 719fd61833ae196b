/* read.h - the sections of a model file, each in a file of its own. They are read in this order, because each
 * may name what stands before it. */
#ifndef GOVCORE_NEED_READ_H
#define GOVCORE_NEED_READ_H

#include "base/yaml.h"
#include "need/model.h"

/* inputs, members, params */
gov_status gov_need_read_inputs(gov_need_model *m, const gov_yaml_node *root, gov_error *err);
gov_status gov_need_read_params(gov_need_model *m, const gov_yaml_node *root, gov_error *err);
/* services, dimensions with their indicators */
gov_status gov_need_read_services(gov_need_model *m, const gov_yaml_node *root, gov_error *err);
gov_status gov_need_read_dimensions(gov_need_model *m, const gov_yaml_node *root, gov_error *err);
/* tiers, floors, tests */
gov_status gov_need_read_tiers(gov_need_model *m, const gov_yaml_node *root, gov_error *err);
gov_status gov_need_read_tests(gov_need_model *m, const gov_yaml_node *root, gov_error *err);
/* The model's own weights and its presets, over their denominators. */
gov_status gov_need_read_weights(gov_need_model *m, const gov_yaml_node *root, gov_error *err);
/* version; the head and its form are the reader's */
gov_status gov_need_read_version(gov_need_model *m, const gov_yaml_node *root, const char *form,
                                 gov_error *err);
/* A model with its text copied and nothing read. */
gov_status gov_need_model_new(const char *text, int64_t size, const char *file, gov_need_model **out,
                              gov_error *err);
/* The fingerprint of the tree. */
gov_status gov_need_fingerprint(const gov_yaml_node *root, char out[GOV_DIGEST_TEXT], gov_error *err);

/* Refuses an id that an input, a parameter, an indicator or a dimension already has. */
gov_status gov_need_new_id(const gov_need_model *m, const gov_yaml_node *node, const char *id,
                           gov_error *err);
/* The index of an input, of the household (member = 0) or a member; of a service; of a tier's rank; of an
 * indicator. -1: none. */
int64_t gov_need_find_input(const gov_need_model *m, const char *id, int member);
int64_t gov_need_find_service(const gov_need_model *m, const char *id);
int64_t gov_need_find_tier(const gov_need_model *m, const char *id);
int64_t gov_need_find_indicator(const gov_need_model *m, const char *id);

#endif
