/* lexer.h - the words of a rule. */
#ifndef GOVCORE_NEED_LEXER_H
#define GOVCORE_NEED_LEXER_H

#include "base/error.h"

typedef enum gov_need_token_kind {
    GOV_NEED_END,
    GOV_NEED_NUMBER, /* 12, 0.5 */
    GOV_NEED_DAY,    /* 2021-07-01 */
    GOV_NEED_NAME,   /* a name or a word such as `and` */
    GOV_NEED_SIGN,   /* + - * / ( ) [ ] , < <= > >= == != */
    GOV_NEED_WRONG   /* a character that no rule has, or a number or day that is none */
} gov_need_token_kind;

typedef struct gov_need_token {
    gov_need_token_kind kind;
    int64_t start; /* bytes from the start of the rule */
    int64_t size;
    double number; /* NUMBER: its value; DAY: days since 1970-01-01 */
} gov_need_token;

/* The first token of `text` (zero-ended) at or after `start`. */
gov_need_token gov_need_next_token(const char *text, int64_t start);
/* Whether the token is the sign or word `text`. */
int gov_need_token_is(const char *rule, gov_need_token token, const char *text);
/* Whether `text` has the form of a name: a letter or _, then letters, digits and _. */
int gov_need_is_name(const char *text, int64_t size);

#endif
