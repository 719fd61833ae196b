/* explain.h - one household from inside: what explain, its text and the counterfactual share. */
#ifndef GOVCORE_NEED_EXPLAIN_H
#define GOVCORE_NEED_EXPLAIN_H

#include "base/buffer.h"
#include "need/rows.h"
#include "need/score.h"

enum {
    GOV_NEED_IS_DEPRIVED,
    GOV_NEED_IS_PARTLY,
    GOV_NEED_IS_NOT_DEPRIVED,
    GOV_NEED_IS_MISSING,
    GOV_NEED_IS_ABSENT /* not applicable */
};

/* One scored household with every node's value at hand. */
typedef struct gov_need_case {
    const gov_need_env *env;
    gov_need_scorer scorer;
    int64_t score; /* numerators */
    int64_t high;
    int8_t tier; /* ranks; -1: refused */
    int8_t tier_high;
    uint8_t status;
    uint32_t services;
    uint8_t states[GOV_NEED_MOST_INDICATORS];
    int64_t contributions[GOV_NEED_MOST_INDICATORS]; /* they sum to score */
    int64_t full[GOV_NEED_MOST_INDICATORS];          /* what the indicator would be worth if deprived */
} gov_need_case;

/* The single set of changes that lowers the tier, and the indicators whose error alone would change it. */
typedef struct gov_need_changes {
    uint32_t set; /* 0: there is none */
    int8_t tier;  /* after the changes */
    uint32_t flips;
    int8_t flip_tiers[GOV_NEED_MOST_INDICATORS];
} gov_need_changes;

/* GOV_E_CANCELLED where `run` (may be NULL) is. */
gov_status gov_need_counterfactual(gov_need_case *c, gov_run *run, gov_need_changes *out, gov_error *err);

/* The inputs and parameters that a rule reads, as "employed=0; B=1330; best_monthly_wage=?". */
void gov_need_write_inputs(const gov_need_case *c, const gov_need_indicator *x, gov_buffer *out);
/* Why the state is not known: "absent: best_monthly_wage", "division_by_zero", ... */
void gov_need_write_reason(const gov_need_case *c, const gov_need_indicator *x, gov_buffer *out);
/* The whole explanation for people. */
void gov_need_write_text(const gov_need_case *c, const gov_need_changes *changes, const char *language,
                         gov_buffer *out);

#endif
