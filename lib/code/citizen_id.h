/* citizen_id.h - GB 11643 without words, for whole columns. */
#ifndef GOVCORE_CODE_CITIZEN_ID_H
#define GOVCORE_CODE_CITIZEN_ID_H

#include "code/verdict.h"

/* The options once read: bounds as days. */
typedef struct gov_citizen_rules {
    int accept_lower_x;
    int accept_15;
    int32_t earliest;
    int32_t latest;
} gov_citizen_rules;

gov_status gov_citizen_rules_read(const gov_citizen_id_options *options, gov_citizen_rules *rules,
                                  gov_error *err);
/* `id` (may be NULL) is filled if the text is accepted. */
gov_verdict gov_citizen_id_verdict(const char *text, int64_t size, const gov_citizen_rules *rules,
                                   gov_citizen_id *id);

#endif
