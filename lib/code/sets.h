/* sets.h - code sets as data: lib/code/sets_*.c hold the items, sets.c the list of sets and the look-up. */
#ifndef GOVCORE_CODE_SETS_H
#define GOVCORE_CODE_SETS_H

#include "govcore/code.h"

typedef struct gov_code_set {
    const char *name;
    const char *title_zh;
    const char *title_en;
    const char *source;
    const gov_code_item *items; /* in the order of their codes (bytes) */
    int64_t count;
} gov_code_set;

/* Lists of sets; each ends with a set whose name is NULL. */
extern const gov_code_set gov_person_sets[];
extern const gov_code_set gov_nation_sets[];
extern const gov_code_set gov_family_sets[];
extern const gov_code_set gov_service_sets[];

#define GOV_SET_ITEMS(items) (items), (int64_t)(sizeof(items) / sizeof((items)[0]))

/* NULL if there is none. */
const gov_code_set *gov_code_set_find(const char *name);
const gov_code_item *gov_code_set_item(const gov_code_set *set, const char *code, int64_t size);

#endif
