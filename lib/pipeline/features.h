/* features.h - the inputs of a need model, household by household, from what a store has.
 *
 * A plan says where each input comes from; a batch holds some households, in the order of their ids, with all that was
 * gathered about them, so that an explanation can go back to it. Memory is that of one batch. */
#ifndef GOVCORE_PIPELINE_FEATURES_INSIDE_H
#define GOVCORE_PIPELINE_FEATURES_INSIDE_H

#include "govcore/pipeline.h"
#include "pipeline/feature_readings.h"

enum { GOV_HOUSEHOLD = 0, GOV_MEMBER = 1 };

typedef struct gov_feature_plan {
    gov_store *store;
    const gov_need_model *model;
    const gov_need_features *features;
    gov_need_features *own; /* the built-in file, where the caller gave none */
    gov_pipeline_options options;
    int32_t day;
    char day_after[11];
    gov_arena arena;
    uint8_t *wanted;         /* one a source: an input of the model rests on it */
    int64_t *terms;          /* one an input of the model: the term that derives it, -1: none */
    uint8_t *recorded;       /* the kind household has a field of the input's name */
    uint8_t *classes;        /* the highest class of what the input rests on */
    uint8_t *source_classes; /* one a source */
    uint8_t **reads;         /* one an input of the model: one byte a source; NULL: not derived */
    int derives;             /* whether any input is derived */
} gov_feature_plan;

/* Errors as gov_pipeline_features; options and what they point to must outlive the plan. */
gov_status gov_feature_plan_open(gov_store *store, const gov_need_model *model,
                                 const gov_pipeline_options *options, gov_feature_plan *out, gov_error *err);
void gov_feature_plan_close(gov_feature_plan *plan);

/* Where a value of the model's input comes from. */
typedef enum gov_feature_origin {
    GOV_FEATURE_UNKNOWN,
    GOV_FEATURE_RECORDED,
    GOV_FEATURE_DERIVED,
    GOV_FEATURE_OUT_OF_RANGE
} gov_feature_origin;

typedef struct gov_feature_batch {
    gov_arena arena;
    int64_t rows; /* households */
    gov_table *households;
    gov_table *memberships;
    gov_table *persons;      /* each once, by id */
    int64_t member_rows;     /* memberships that count */
    int64_t *member_rows_of; /* the row in memberships */
    int64_t *person_rows_of; /* the row in persons */
    gov_table *observed[2];  /* of households, of persons */
    gov_readings readings[2];
    double **sources;  /* one a source: a value a household, a person or a membership; NULL: not wanted */
    gov_taken **taken; /* of observations */
    double **values;   /* one an input of the model, of the household */
    uint8_t **origins;
    gov_table *table;   /* household, grid, and the model's inputs */
    gov_table *members; /* of a model with a members' table; else NULL */
} gov_feature_batch;

/* The next households after `last` (an id, "" for the first), at most options.batch_rows of them; or with options
 * .household that one. A batch of 0 rows is the end. */
gov_status gov_feature_batch_open(const gov_feature_plan *plan, const char *last, gov_feature_batch *out,
                                  gov_error *err);
void gov_feature_batch_close(gov_feature_batch *batch);

/* Walks over all batches in the order of ids: `step` makes a table of each (NULL: none), and *out is all of them one below
 * the other. A walk over no household takes one step with a batch of 0 rows. */
typedef gov_status (*gov_feature_step)(void *context, const gov_feature_plan *plan, gov_feature_batch *batch,
                                       gov_table **out, gov_error *err);
gov_status gov_feature_walk(const gov_feature_plan *plan, gov_feature_step step, void *context,
                            gov_table **out, gov_error *err);

/* The value of a source for a household (`row` of the batch) or a counted member (`row` of member_rows). */
int64_t gov_feature_source_row(const gov_feature_plan *plan, const gov_feature_batch *batch, int64_t source,
                               int64_t row);
/* Whether a source has one value a person (else one a household, or one a membership). */
int gov_feature_by_person(const gov_feature_plan *plan, int64_t source);

/* gather: fills batch->sources from the store (feature_gather.c). */
gov_status gov_feature_gather(const gov_feature_plan *plan, gov_feature_batch *batch, gov_error *err);

#endif
