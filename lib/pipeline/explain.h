/* explain.h - one household's explanation from inside: what its tables and its text share. */
#ifndef GOVCORE_PIPELINE_EXPLAIN_INSIDE_H
#define GOVCORE_PIPELINE_EXPLAIN_INSIDE_H

#include "need/rows.h"
#include "pipeline/show.h"
#include "pipeline/trace.h"

enum { GOV_EXPLAINED_PARTS = 8, GOV_MOST_NAMES = 6 };

/* What an input, or an indicator, rests on. */
typedef struct gov_grounds {
    int32_t oldest, newest; /* GOV_NO_DAY: nothing is dated */
    gov_trace names[GOV_MOST_NAMES];
    int name_count; /* of distinct sources; more than fit are left out */
} gov_grounds;

struct gov_household_explanation {
    gov_table *tables[GOV_EXPLAINED_PARTS];
    gov_text *zh;
    gov_text *en;
};

typedef struct gov_household_case {
    const gov_feature_plan *plan;
    const gov_feature_batch *batch;
    const gov_need_explanation *need;
    const gov_traces *traces;
    gov_field_class shown;
    gov_grounds *grounds; /* one an input of the model */
    uint8_t **reads;      /* one an indicator: one byte an input of the model */
    uint8_t *classes;     /* one an indicator */
    uint32_t services;    /* that fit */
} gov_household_case;

void gov_grounds_write(const gov_grounds *grounds, gov_buffer *out); /* the names of the sources */
void gov_grounds_join(gov_grounds *grounds, const gov_grounds *other);
/* What is not known of an input: ids ("income; birth_date 1/3"), or names for people in a language. */
void gov_missing_write(const gov_household_case *c, int64_t input, const char *language, gov_buffer *out);
/* Where a source has its values: "person.birth_date", "observation income: mean of 12 months". */
void gov_from_write(const gov_need_source *source, gov_buffer *out);
gov_field_class gov_input_class(const gov_household_case *c, int64_t input);

/* Fills the tables (explain_tables.c), and the text of them in a language (explain_text.c). */
gov_status gov_explain_tables(const gov_household_case *c, gov_table *scores, gov_table **tables,
                              gov_error *err);
gov_status gov_explain_text(const gov_household_case *c, gov_table *const *tables, const char *language,
                            gov_text **out, gov_error *err);

#endif
