/* grid_code.h - grid codes without words, for whole columns. */
#ifndef GOVCORE_CODE_GRID_CODE_H
#define GOVCORE_CODE_GRID_CODE_H

#include "code/verdict.h"

/* GOV_E_ARGUMENT for a profile that does not exist or sequence digits that do not fit it. */
gov_status gov_grid_profile_check(gov_grid_profile profile, int32_t sequence_digits, gov_error *err);
/* The profile must have been checked; `code` (may be NULL) is filled if the text is accepted. */
gov_verdict gov_grid_code_verdict(const char *text, int64_t size, gov_grid_profile profile,
                                  int32_t sequence_digits, gov_grid_code *code);

#endif
