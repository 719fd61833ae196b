/* place.h - the grid of a record by where it lies, or by what its code begins with. */
#ifndef GOVCORE_STORE_PLACE_H
#define GOVCORE_STORE_PLACE_H

#include "store/store.h"

typedef struct gov_placer gov_placer;

/* Places records in grids of this level and kind (each may be NULL: any); both are borrowed. */
gov_status gov_placer_new(gov_store *store, const char *level, const char *kind, gov_placer **out,
                          gov_error *err);
void gov_placer_free(gov_placer *placer);

/* The grid whose boundary, as it holds on `day`, the point belongs to; NULL: none. Where several do, on a common border
 * or in an overlap, it is the one with the least code. Borrowed until the next call. GOV_E_FORMAT with the grid's code
 * for a recorded boundary that cannot be read. */
gov_status gov_placer_at(gov_placer *placer, const char *day, double lon, double lat, const char **grid,
                         gov_error *err);
/* How many bytes of `code` are the code of a grid that holds on the day, the most; 0: none. */
gov_status gov_placer_prefix(gov_placer *placer, const char *day, const char *code, int64_t size,
                             int64_t *out, gov_error *err);
/* Whether two grids are one, or one lies below the other on the day's tree. */
gov_status gov_placer_related(gov_placer *placer, const char *day, const char *a, int64_t a_size,
                              const char *b, int *related, gov_error *err);

#endif
