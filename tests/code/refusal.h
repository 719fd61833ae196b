/* refusal.h - a parser must refuse with a status, a position and a message. */
#ifndef TESTS_CODE_REFUSAL_H
#define TESTS_CODE_REFUSAL_H

#include "gov_check.h"

#include "govcore/code.h"

#include <string.h>

/* `call` must fail with the status of `reason`, at character `position`; `err` must be in scope. */
#define ck_refused(call, reason, position)                                                                  \
    do {                                                                                                    \
        err = (gov_error)GOV_ERROR_INIT;                                                                    \
        ck_fails(call, gov_refusal_status(reason));                                                         \
        const char *ck_text_ = gov_refusal_text(reason, "en");                                              \
        ck_assert_msg(strncmp(err.message, ck_text_, strlen(ck_text_)) == 0, "%s: \"%s\", expected \"%s\"", \
                      #call, err.message, ck_text_);                                                        \
        ck_assert_msg(err.column == (position), "%s: position %lld, expected %lld", #call,                  \
                      (long long)err.column, (long long)(position));                                        \
    } while (0)

#endif
