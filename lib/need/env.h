/* env.h - what a model is computed against: the columns of its inputs, the day, the values of parameters. */
#ifndef GOVCORE_NEED_ENV_H
#define GOVCORE_NEED_ENV_H

#include "need/model.h"
#include "table/column.h"

/* A column that is computed before the batches: an aggregate, or the day of each member's household. */
typedef struct gov_need_column {
    double *values;
    uint8_t *known;
} gov_need_column;

typedef struct gov_need_env {
    const gov_need_model *model;
    const gov_need_weights *weights;
    int64_t rows;           /* of the households */
    int64_t member_rows;    /* of the members */
    int64_t batch;          /* rows a step */
    gov_column_view *views; /* one an input; a column that is not there has the type NULL */
    int has_day;            /* 1: `day` holds for all rows; 0: each row has its own, or nothing needs one */
    int32_t day;
    double *params; /* those with one value for all rows: for has_day all of them */
    double *given;  /* parameters that the caller replaced; NAN: as in the file */
    int nan_is_missing;
    gov_need_column *aggregates; /* one a node; only those of aggregates are filled */
    gov_need_column member_days; /* for rules over members, when every household has its own day */
    void *memory;                /* of the lists above */
} gov_need_env;

/* Binds a model to a table with the caller's options (may be NULL). Fails as gov_need_score does for columns,
 * the preset, parameters and as_of. Aggregates over options->members are computed here. */
gov_status gov_need_env_open(const gov_need_model *model, const gov_table *households,
                             const gov_need_options *options, gov_need_env *env, gov_error *err);
void gov_need_env_close(gov_need_env *env);

/* The value of a parameter on a day; NAN if it has none. */
double gov_need_env_param(const gov_need_env *env, int64_t param, int32_t day);

/* Whether its value depends on the day. */
int gov_need_env_by_day(const gov_need_env *env, int64_t param);

/* Rows [first, first + count) of an input as doubles (dates as days, codes as their index, true as 1), with one
 * byte a value for known. What is missing is 0. Refuses NaN, values out of range and unknown codes. */
gov_status gov_need_env_load(const gov_need_env *env, int64_t input, int64_t first, int64_t count,
                             double *values, uint8_t *known, gov_error *err);

/* Checked copies of the options: defaults filled in. */
gov_status gov_need_options_read(const gov_need_options *options, gov_need_options *out, gov_error *err);

#endif
