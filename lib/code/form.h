/* form.h - the characters of a code, one by one: is it of the class that stands here, and if not, why not. */
#ifndef GOVCORE_CODE_FORM_H
#define GOVCORE_CODE_FORM_H

#include "code/verdict.h"

typedef enum gov_form {
    GOV_FORM_DIGITS,  /* 0 to 9 */
    GOV_FORM_CREDIT,  /* the 31 characters of GB 32100 */
    GOV_FORM_CAPITALS /* 0 to 9, A to Z */
} gov_form;

/* The value of a character in its form (0 to 9, to 30, to 35), or -1 if it is not of it. */
int gov_form_value(gov_form form, char c);
/* The character of a value of GB 32100 (0 to 30). */
char gov_form_credit(int value);

/* The reason why the character at byte `index` (< size) may not stand there: a space, full width, lower case,
 * another. All bytes before it must be single characters. */
gov_verdict gov_form_refuse(const char *text, int64_t size, int64_t index);
/* Refuses the leftmost of the bytes [first, last) that is not of the form; bytes from `size` on are not read. */
gov_verdict gov_form_span(gov_form form, const char *text, int64_t size, int64_t first, int64_t last);
/* Refuses a text of another length than `length`: no text, too short, or what stands behind. */
gov_verdict gov_form_length(const char *text, int64_t size, int64_t length);
/* All of it: `length` characters of one form. */
gov_verdict gov_form_whole(gov_form form, const char *text, int64_t size, int64_t length);

/* 1 if all of text[first, last) are '0'. */
int gov_form_zeros(const char *text, int64_t first, int64_t last);
/* The digits text[first, last) as a number; at most 18 of them. */
int64_t gov_form_number(const char *text, int64_t first, int64_t last);
/* Copies text[first, last) to `out` and ends it with a zero byte. */
void gov_form_copy(char *out, const char *text, int64_t first, int64_t last);

#endif
