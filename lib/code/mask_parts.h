/* mask_parts.h - which part of a name or of an address may be shown. Texts must be valid UTF-8. */
#ifndef GOVCORE_CODE_MASK_PARTS_H
#define GOVCORE_CODE_MASK_PARTS_H

#include <stdint.h>

/* 1 if the name has three characters or more and begins with a surname of two. */
int gov_name_is_compound(const char *text, int64_t size);
/* The bytes of the address up to its street, town or township, or up to its county if it names none or
 * `county_only`; 0 if it names neither. */
int64_t gov_address_public_part(const char *text, int64_t size, int county_only);

#endif
