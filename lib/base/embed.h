/* embed.h - files that are compiled into the library (SQL, models): see scripts/embed. */
#ifndef GOVCORE_BASE_EMBED_H
#define GOVCORE_BASE_EMBED_H

#include <stdint.h>

typedef struct gov_embedded {
    const char *name; /* file name without its folder; NULL ends a list */
    const char *stem; /* and without its extension */
    const char *text; /* zero-ended */
    int64_t size;
} gov_embedded;

#endif
