/* rule.h - what the cells of one record must agree on, by the rules of its kind. */
#ifndef GOVCORE_STORE_RULE_H
#define GOVCORE_STORE_RULE_H

#include "store/cell.h"

/* Whether the kind's cells keep the rule; else *fault says why not. `latest` is the last day that is not to come, as
 * "2021-07-01". Cells are sound by themselves; missing ones keep every rule. A `unique` rule is kept by one record. */
int gov_rule_holds(const gov_rule *rule, const gov_kind *kind, const gov_cell *cells, const char *latest,
                   gov_cell_fault *fault);
/* The last day that has begun anywhere on earth: today's date by UTC, or the next. */
gov_status gov_rule_latest(char out[11], gov_error *err);
/* Why a value that another record has is refused. */
void gov_rule_taken(gov_cell_fault *fault);

#endif
