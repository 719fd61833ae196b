/* division.h - division codes without words, for the codes that begin with one. */
#ifndef GOVCORE_CODE_DIVISION_H
#define GOVCORE_CODE_DIVISION_H

#include "code/verdict.h"

/* 1 if the first two characters are the digits of a province (GB/T 2260, and 83). */
int gov_division_province_known(const char *text);
/* `level`: the level that is needed; 0: any. `division` (may be NULL) is filled if the text is accepted. */
gov_verdict gov_division_verdict(const char *text, int64_t size, int32_t level, gov_division *division);
/* Refuses 12 digits at `text` that are no community; positions count from `text`. */
gov_verdict gov_division_community(const char *text);

#endif
