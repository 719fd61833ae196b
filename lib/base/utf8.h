/* utf8.h - UTF-8: validity, characters, and numbers read without the locale. */
#ifndef GOVCORE_BASE_UTF8_H
#define GOVCORE_BASE_UTF8_H

#include <stdint.h>

/* The offset of the first byte that is not part of valid UTF-8 (RFC 3629), or -1 if all is valid. */
int64_t gov_utf8_invalid_at(const char *text, int64_t size);
/* The length in bytes (1 to 4) of the character at `text`; 1 for a stray byte. At least one byte must be
 * there. */
int gov_utf8_length(const char *text, int64_t size);
/* The number of characters in valid UTF-8. */
int64_t gov_utf8_count(const char *text, int64_t size);

/* Read all of `text` as a decimal integer or number, with no white space around it; 0 if it is not one or
 * does not fit. The decimal point is a point whatever the locale. "nan", "inf" and hexadecimal are not
 * numbers here. */
int gov_parse_int64(const char *text, int64_t size, int64_t *value);
int gov_parse_double(const char *text, int64_t size, double *value);

#endif
