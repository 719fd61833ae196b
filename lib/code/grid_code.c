/* grid_code.c - a profile is a layout: where the community stands, and how many digits of sequence follow. */
#include "code/grid_code.h"

#include "code/division.h"
#include "code/form.h"

#include <stdio.h>
#include <string.h>

#define COMMUNITY_DIGITS 12
#define STREET_DIGITS 9
#define FIRST_MERGED 601

typedef struct layout {
    int64_t object_digits; /* before the community */
    int64_t sequence_digits;
    int may_be_zero; /* a sequence of zeros means: not divided */
} layout;

static layout layout_of(gov_grid_profile profile, int32_t sequence_digits)
{
    switch (profile) {
    case GOV_GRID_COMMUNITY12:
        return (layout){0, 0, 1};
    case GOV_GRID_CJT349_20:
        return (layout){6, 2, 1};
    case GOV_GRID_CUSTOM:
        return (layout){0, sequence_digits, 0};
    case GOV_GRID_CELL15:
    default:
        return (layout){0, 3, 0};
    }
}

gov_status gov_grid_profile_check(gov_grid_profile profile, int32_t sequence_digits, gov_error *err)
{
    if (profile < GOV_GRID_COMMUNITY12 || profile > GOV_GRID_CUSTOM)
        return gov_fail(err, GOV_E_ARGUMENT, "%d is not a grid profile", (int)profile);
    if (profile == GOV_GRID_CUSTOM && (sequence_digits < 1 || sequence_digits > 18))
        return gov_fail(err, GOV_E_ARGUMENT, "a custom profile needs 1 to 18 sequence digits, not %d",
                        (int)sequence_digits);
    return GOV_OK;
}

static void fill(gov_grid_code *code, const char *text, gov_grid_profile profile, layout l)
{
    int64_t community = l.object_digits;
    int64_t sequence = community + COMMUNITY_DIGITS;
    memset(code, 0, sizeof(*code));
    code->struct_size = (uint32_t)sizeof(*code);
    code->profile = (int32_t)profile;
    code->merged = profile == GOV_GRID_CJT349_20 &&
                   gov_form_number(text, community + STREET_DIGITS, sequence) >= FIRST_MERGED;
    code->sequence = gov_form_number(text, sequence, sequence + l.sequence_digits);
    gov_form_copy(code->object, text, 0, community);
    gov_form_copy(code->community, text, community, sequence);
    int in_community = code->sequence != 0 && !code->merged;
    gov_form_copy(code->parent, text, community, in_community ? sequence : community + STREET_DIGITS);
    gov_form_copy(code->text, text, 0, sequence + l.sequence_digits);
}

gov_verdict gov_grid_code_verdict(const char *text, int64_t size, gov_grid_profile profile,
                                  int32_t sequence_digits, gov_grid_code *code)
{
    layout l = layout_of(profile, sequence_digits);
    int64_t sequence = l.object_digits + COMMUNITY_DIGITS;
    GOV_PASS(gov_form_whole(GOV_FORM_DIGITS, text, size, sequence + l.sequence_digits));
    gov_verdict community = gov_division_community(text + l.object_digits);
    community.position += (int32_t)l.object_digits;
    GOV_PASS(community);
    if (!l.may_be_zero && gov_form_zeros(text, sequence, size))
        return GOV_REFUSED(GOV_REFUSAL_SEQUENCE, sequence + 1, 0);
    if (code != NULL)
        fill(code, text, profile, l);
    return GOV_ACCEPTED;
}

gov_status gov_grid_code_parse(const char *text, int64_t size, gov_grid_profile profile,
                               int32_t sequence_digits, gov_grid_code *out, gov_error *err)
{
    gov_grid_code code;
    size = gov_text_bytes(text, size);
    if (size < 0)
        return gov_fail(err, GOV_E_ARGUMENT, "a text must be given");
    GOV_TRY(gov_struct_check(out, err));
    GOV_TRY(gov_grid_profile_check(profile, sequence_digits, err));
    GOV_TRY(gov_verdict_fail(gov_grid_code_verdict(text, size, profile, sequence_digits, &code), "grid_code",
                             err));
    gov_struct_fill(out, &code, sizeof(code));
    return GOV_OK;
}

/* Writes `sequence` with its zeros in front; 0 if it has more digits. */
static int write_sequence(char *out, size_t size, int64_t digits, int64_t sequence)
{
    if (digits == 0)
        return sequence == 0;
    return sequence >= 0 && snprintf(out, size, "%0*lld", (int)digits, (long long)sequence) == digits;
}

gov_status gov_grid_code_make(gov_grid_profile profile, int32_t sequence_digits, const char *object,
                              const char *community, int64_t sequence, gov_grid_code *out, gov_error *err)
{
    char text[40] = "";
    if (community == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "community and out must be given");
    GOV_TRY(gov_grid_profile_check(profile, sequence_digits, err));
    layout l = layout_of(profile, sequence_digits);
    const char *prefix = object == NULL ? "" : object;
    if ((int64_t)strlen(prefix) != l.object_digits)
        return gov_fail(err, GOV_E_ARGUMENT, "this profile needs an object of %d digits",
                        (int)l.object_digits);
    if (strlen(community) != COMMUNITY_DIGITS)
        return gov_fail(err, GOV_E_ARGUMENT, "the community must have 12 digits");
    int length = snprintf(text, sizeof(text), "%s%s", prefix, community);
    if (!write_sequence(text + length, sizeof(text) - (size_t)length, l.sequence_digits, sequence))
        return gov_fail(err, GOV_E_RANGE, "the sequence %lld does not fit %d digits", (long long)sequence,
                        (int)l.sequence_digits);
    return gov_grid_code_parse(text, -1, profile, sequence_digits, out, err);
}
