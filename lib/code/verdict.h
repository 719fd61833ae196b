/* verdict.h - what a code parser found, before it becomes an error or a row of a table. */
#ifndef GOVCORE_CODE_VERDICT_H
#define GOVCORE_CODE_VERDICT_H

#include "base/error.h"
#include "base/struct.h"
#include "govcore/code.h"

/* reason GOV_REFUSAL_NONE: accepted. detail: the character that was expected (check digits), or the number of
 * characters (lengths), or the level (levels); 0: nothing to add. */
typedef struct gov_verdict {
    gov_refusal reason;
    int32_t position; /* of the character in question, from 1 */
    int32_t detail;
} gov_verdict;

#define GOV_ACCEPTED ((gov_verdict){GOV_REFUSAL_NONE, 0, 0})
#define GOV_REFUSED(reason, position, detail) ((gov_verdict){(reason), (int32_t)(position), (detail)})

/* Returns from the enclosing function, which returns a gov_verdict, if `call` refuses. */
#define GOV_PASS(call)                            \
    do {                                          \
        gov_verdict gov_pass_ = (call);           \
        if (gov_pass_.reason != GOV_REFUSAL_NONE) \
            return gov_pass_;                     \
    } while (0)

/* The longest message with its zero byte. */
#define GOV_VERDICT_MESSAGE 160

/* One sentence with the detail, in "zh" or English. */
void gov_verdict_message(gov_verdict verdict, const char *language, char out[GOV_VERDICT_MESSAGE]);
/* GOV_OK, or the error of the verdict on a code of the kind `name`. */
gov_status gov_verdict_fail(gov_verdict verdict, const char *name, gov_error *err);

/* The bytes of `text` (-1: up to the zero byte); -1 if it is NULL or `size` is below -1. */
int64_t gov_text_bytes(const char *text, int64_t size);

#endif
