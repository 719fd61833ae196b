/* model.h - a need model from inside: what the reader fills and everything else reads.
 *
 * All texts and lists are in the model's arena; the nodes of the rules are one array, arguments before the
 * nodes that use them. Nothing changes after the model is read. */
#ifndef GOVCORE_NEED_MODEL_H
#define GOVCORE_NEED_MODEL_H

#include "base/arena.h"
#include "base/digest.h"
#include "govcore/need.h"
#include "need/node.h"
#include "need/rational.h"

#include <stdatomic.h>

enum {
    GOV_NEED_MOST_INDICATORS = 32, /* bits of a mask column */
    GOV_NEED_MOST_SERVICES = 32,
    GOV_NEED_MOST_TIERS = 16,
    GOV_NEED_MOST_CODES = 127
};

typedef struct gov_need_label {
    const char *zh; /* "" if not given */
    const char *en;
} gov_need_label;

typedef enum gov_need_kind {
    GOV_NEED_FLOAT,
    GOV_NEED_INT,
    GOV_NEED_BOOL,
    GOV_NEED_DATE,
    GOV_NEED_ENUM
} gov_need_kind;

typedef struct gov_need_code {
    const char *value; /* as it stands in the data: "1" */
    int is_number;
    int64_t number; /* the value as an integer, if it is one */
    const char *name;
} gov_need_code;

typedef struct gov_need_input {
    const char *id;
    const char *column; /* of the table */
    gov_need_label name;
    gov_need_kind kind;
    const char *unit;
    double low;  /* -INFINITY and INFINITY where there is no bound */
    double high; /* both inclusive */
    int optional;
    int member; /* a column of the members' table */
    int64_t code_count;
    gov_need_code *codes;
    int64_t missing_count;
    gov_need_code *missing;           /* values that stand for "not known" */
    const struct gov_yaml_node *from; /* where a store has it: only in a features file, else NULL */
} gov_need_input;

typedef struct gov_need_value {
    int32_t from; /* INT32_MIN: always */
    int32_t to;   /* the last day; INT32_MAX: open */
    double value;
    const char *source;
} gov_need_value;

typedef struct gov_need_param {
    const char *id;
    gov_need_label name;
    const char *unit;
    int64_t count;
    gov_need_value *values; /* ascending, without overlaps */
} gov_need_param;

typedef enum gov_need_missing {
    GOV_NEED_BOUNDS,
    GOV_NEED_NOT_DEPRIVED,
    GOV_NEED_DEPRIVED,
    GOV_NEED_REFUSE,
    GOV_NEED_RENORMALISE
} gov_need_missing;

typedef struct gov_need_indicator {
    const char *id;
    gov_need_label name;
    gov_need_label reason;
    const char *unit;
    const char *source;
    int64_t dimension;
    gov_rational weight;
    gov_need_missing on_missing;
    int is_mutable;
    uint32_t services;        /* bits: what a deprived household is led to */
    uint32_t services_partly; /* bits: and one that is partly deprived */
    const char *deprived_text;
    const char *partly_text; /* NULL: none */
    const char *applies_text;
    int32_t deprived; /* nodes: `applies and deprived`, */
    int32_t partly;   /* `applies and partly`, -1 if there is none, */
    int32_t applies;  /* -1: always */
} gov_need_indicator;

typedef struct gov_need_dimension {
    const char *id;
    gov_need_label name;
    gov_rational weight;
    int64_t first; /* its indicators are [first, first + count) */
    int64_t count;
} gov_need_dimension;

typedef struct gov_need_tier {
    const char *id;
    gov_need_label name;
    gov_rational at;
} gov_need_tier;

typedef struct gov_need_floor {
    int32_t when; /* node */
    int64_t tier; /* rank */
    const char *text;
} gov_need_floor;

typedef struct gov_need_service {
    const char *id;
    gov_need_label name;
    int64_t received; /* the household input that tells it; -1: none */
} gov_need_service;

/* One set of weights over one denominator: the model's own, or a preset. */
typedef struct gov_need_weights {
    const char *id; /* NULL: the model's own */
    gov_need_label name;
    int64_t denominator;
    int64_t *indicators; /* numerators; 0: not part of this set */
    int64_t *dimensions;
} gov_need_weights;

/* A named value that later rules may use: only in a features file. */
typedef struct gov_need_term {
    const char *id;
    const char *text;
    int32_t node;
    int member; /* of each member, not of the household */
} gov_need_term;

typedef struct gov_need_test {
    const char *name;
    const struct gov_yaml_node *node;
} gov_need_test;

struct gov_need_model {
    atomic_llong owners;
    gov_arena arena;
    char *source; /* the text that it was read from */
    const char *file;
    const char *id;
    int64_t version;
    gov_need_label title;
    gov_need_label notice;
    char fingerprint[GOV_DIGEST_TEXT];
    const char *unit;
    int32_t first_day; /* it is in force from here */
    int32_t last_day;
    const char *weight_column;
    int64_t id_count;
    const char **ids;
    int64_t as_of;          /* the household input that dates a row; -1: none */
    const char *member_key; /* column of both tables that joins them; NULL: no members */
    int64_t input_count;
    gov_need_input *inputs;
    int64_t param_count;
    gov_need_param *params;
    int is_features; /* a features file: inputs say where they come from, and there are terms */
    int64_t term_count;
    gov_need_term *terms;
    int32_t head_count; /* node: the members of a household; where there are members */
    int64_t dimension_count;
    gov_need_dimension *dimensions;
    int64_t indicator_count;
    gov_need_indicator *indicators;
    int64_t tier_count; /* rank 1 is tiers[0], the lowest */
    gov_need_tier *tiers;
    gov_need_label none_name; /* below the lowest tier */
    int64_t floor_count;
    gov_need_floor *floors;
    int64_t service_count;
    gov_need_service *services;
    int64_t weights_count; /* the model's own first, then the presets */
    gov_need_weights *weights;
    int64_t test_count;
    gov_need_test *tests;
    gov_need_nodes nodes;
};

/* Whether a parameter has not one value for all days. */
int gov_need_param_by_day(const gov_need_param *param);
/* The set of weights of a preset (NULL: the model's own). GOV_E_UNKNOWN_NAME if there is none. */
gov_status gov_need_weights_of(const gov_need_model *model, const char *preset, const gov_need_weights **out,
                               gov_error *err);
/* "zh" gives the Chinese text if there is one, anything else the English; the other one rather than none. */
const char *gov_need_label_text(gov_need_label label, const char *language);
/* The id of the tier of a rank; "none" for rank 0. */
const char *gov_need_tier_id(const gov_need_model *model, int64_t rank);

/* Reads the model's text (a copy of it is kept) without running its tests. */
gov_status gov_need_model_read(const char *text, int64_t size, const char *file, gov_need_model **out,
                               gov_error *err);
/* Runs the tests of the file; GOV_E_CONFLICT at the first that does not give what it expects. */
gov_status gov_need_model_run_tests(const gov_need_model *model, gov_error *err);

#endif
