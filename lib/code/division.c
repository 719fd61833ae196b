/* division.c - the statistical division code: 2 + 2 + 2 + 3 + 3 digits.
 *
 * The level of a code is that of its last part that is not all zeros. Parts below an empty part are refused,
 * with the one exception that the published codes have: prefectures without counties (Dongguan 441900,
 * Zhongshan 442000, Danzhou 460400) carry streets under an empty county part. Digit 7 is 0 to 5 in all eight
 * national editions from 2018 to 2023. */
#include "code/division.h"

#include "code/form.h"

#include <string.h>

/* Where the parts end; part p is [ends[p], ends[p + 1]). */
static const int8_t ends[] = {0, 2, 4, 6, 9, 12};
#define LEVELS 5

/* Bit i of group g: the province "gi" exists. 83 stands on the residence permits of Taiwan residents. */
static const uint16_t provinces[10] = {
    [1] = 0x003E, /* 11 to 15: north */
    [2] = 0x000E, /* 21 to 23: north-east */
    [3] = 0x00FE, /* 31 to 37: east */
    [4] = 0x007E, /* 41 to 46: centre and south */
    [5] = 0x001F, /* 50 to 54: south-west */
    [6] = 0x003E, /* 61 to 65: north-west */
    [7] = 0x0002, /* 71 */
    [8] = 0x000E, /* 81 to 83 */
};

int gov_division_province_known(const char *text)
{
    int group = gov_form_value(GOV_FORM_DIGITS, text[0]);
    int number = gov_form_value(GOV_FORM_DIGITS, text[1]);
    return group >= 0 && number >= 0 && (provinces[group] >> number & 1) == 1;
}

static int part_is_empty(const char *text, int64_t size, int level)
{
    return size < ends[level] || gov_form_zeros(text, ends[level - 1], ends[level]);
}

static int level_of(const char *text, int64_t size)
{
    int level = LEVELS;
    while (level > 1 && part_is_empty(text, size, level))
        level--;
    return level;
}

/* The level of the next higher part that is not empty; 0 above a province. */
static int parent_level(const char *text, int level)
{
    do
        level--;
    while (level > 1 && part_is_empty(text, ends[level], level));
    return level;
}

static int may_be_empty(int part, int level)
{
    return part == GOV_LEVEL_COUNTY && level > GOV_LEVEL_COUNTY;
}

static gov_verdict check_parts(const char *text, int level)
{
    if (!gov_division_province_known(text))
        return GOV_REFUSED(GOV_REFUSAL_DIVISION, 1, 0);
    for (int part = 2; part < level; part++) {
        if (part_is_empty(text, ends[part], part) && !may_be_empty(part, level))
            return GOV_REFUSED(GOV_REFUSAL_DIVISION, ends[part - 1] + 1, 0);
    }
    if (level >= GOV_LEVEL_STREET && text[6] > '5')
        return GOV_REFUSED(GOV_REFUSAL_STREET_TYPE, 7, 0);
    return GOV_ACCEPTED;
}

/* 2, 4, 6, 9 and 12 digits are lengths of a code; the message names the next longer one. */
static gov_verdict check_length(const char *text, int64_t size)
{
    int part = 1;
    while (part < LEVELS && size > ends[part])
        part++;
    return gov_form_whole(GOV_FORM_DIGITS, text, size, ends[part]);
}

gov_verdict gov_division_community(const char *text)
{
    GOV_PASS(check_parts(text, LEVELS));
    if (part_is_empty(text, ends[LEVELS], LEVELS))
        return GOV_REFUSED(GOV_REFUSAL_LEVEL, 10, ends[LEVELS]);
    return GOV_ACCEPTED;
}

static int32_t street_type(const char *text, int level)
{
    static const int8_t types[] = {GOV_STREET_STREET,   GOV_STREET_TOWN,  GOV_STREET_TOWNSHIP,
                                   GOV_STREET_TOWNSHIP, GOV_STREET_QUASI, GOV_STREET_QUASI};
    return level < GOV_LEVEL_STREET ? GOV_STREET_NONE : types[text[6] - '0'];
}

static void fill(gov_division *division, const char *text, int level)
{
    memset(division, 0, sizeof(*division));
    division->struct_size = (uint32_t)sizeof(*division);
    division->level = level;
    division->street_type = street_type(text, level);
    memcpy(division->full, "000000000000", 12);
    memcpy(division->full, text, (size_t)ends[level]);
    gov_form_copy(division->code, text, 0, ends[level]);
    gov_form_copy(division->parent, text, 0, ends[parent_level(text, level)]);
}

gov_verdict gov_division_verdict(const char *text, int64_t size, int32_t level, gov_division *division)
{
    GOV_PASS(check_length(text, size));
    int found = level_of(text, size);
    GOV_PASS(check_parts(text, found));
    if (level != 0 && level != found)
        return GOV_REFUSED(GOV_REFUSAL_LEVEL, ends[found < level ? found : level] + 1, ends[level]);
    if (division != NULL)
        fill(division, text, found);
    return GOV_ACCEPTED;
}

gov_status gov_division_parse(const char *text, int64_t size, gov_division *out, gov_error *err)
{
    gov_division division;
    size = gov_text_bytes(text, size);
    if (size < 0)
        return gov_fail(err, GOV_E_ARGUMENT, "a text must be given");
    GOV_TRY(gov_struct_check(out, err));
    GOV_TRY(gov_verdict_fail(gov_division_verdict(text, size, 0, &division), "division", err));
    gov_struct_fill(out, &division, sizeof(division));
    return GOV_OK;
}
