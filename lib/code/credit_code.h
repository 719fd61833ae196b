/* credit_code.h - GB 32100 without words, for whole columns. */
#ifndef GOVCORE_CODE_CREDIT_CODE_H
#define GOVCORE_CODE_CREDIT_CODE_H

#include "code/verdict.h"

/* `options` must be a whole struct of this version. `code` (may be NULL) is filled if the text is accepted. */
gov_verdict gov_credit_code_verdict(const char *text, int64_t size, const gov_credit_code_options *options,
                                    gov_credit_code *code);

#endif
