/* features.h - a features file from inside. Its rules are a model without dimensions: the same inputs, parameters,
 * nodes and kernels. */
#ifndef GOVCORE_NEED_FEATURES_INSIDE_H
#define GOVCORE_NEED_FEATURES_INSIDE_H

#include "base/yaml.h"
#include "need/model.h"

/* What is taken of the readings of a series up to the day. */
typedef enum gov_need_take {
    GOV_NEED_LATEST, /* the value of the last one */
    GOV_NEED_SINCE,  /* the day from which on all have the value of the last one */
    GOV_NEED_LAST_DAY /* the day of the last one */,
    GOV_NEED_TAKE_SUM,
    GOV_NEED_TAKE_MEAN,
    GOV_NEED_TAKE_LEAST,
    GOV_NEED_TAKE_GREATEST,
    GOV_NEED_TAKE_COUNT
} gov_need_take;

/* Where a store has the values of an input: a field (of the record itself, or of the record that a relation leads
 * to), a relation that is there, or a series of observations. Texts are NULL where they do not apply. */
typedef struct gov_need_source {
    const char *kind;
    const char *field;
    const char *relation;
    const char *observation;
    gov_need_take take;
    int64_t months; /* only readings of so many months up to the day; 0: all before it */
    int64_t fewest; /* with fewer readings the value is unknown; at least 1 */
} gov_need_source;

struct gov_need_features {
    gov_need_model *rules;
    gov_need_source *sources; /* one an input of the rules */
};

/* Reads `from` of an input. Refuses what does not fit the input's type or owner, at its place. */
gov_status gov_need_read_from(gov_need_model *m, const gov_need_input *input, gov_need_source *out,
                              gov_error *err);
const char *gov_need_take_name(gov_need_take take);

/* Marks (1) the inputs that the node reads, through aggregates too; `read` has one byte an input. */
gov_status gov_need_mark_read(const gov_need_model *m, int32_t node, uint8_t *read, gov_error *err);

#endif
