/* mask.c - forms of fields as masks of lib/code. */
#include "store/mask.h"
#include "govcore/code.h"

#include <stdio.h>
#include <string.h>

static int kind_of(const char *form, gov_mask_kind *kind)
{
    if (form == NULL)
        return 0;
    if (strcmp(form, "birth_date") == 0) {
        *kind = GOV_MASK_BIRTH;
        return 1;
    }
    return gov_mask_kind_parse(form, kind, NULL) == GOV_OK;
}

int64_t gov_store_mask(const char *form, const char *text, int64_t length, char *out, int64_t size)
{
    char masked[512];
    int64_t n = 0;
    gov_mask_kind kind = GOV_MASK_TEXT;
    if (!kind_of(form, &kind) ||
        gov_mask(kind, text, length, NULL, masked, (int64_t)sizeof(masked), &n, NULL) != GOV_OK ||
        n >= (int64_t)sizeof(masked))
        n = snprintf(masked, sizeof(masked), "***");
    if (n >= size)
        return -1;
    memcpy(out, masked, (size_t)n + 1);
    return n;
}
