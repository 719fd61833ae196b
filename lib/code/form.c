/* form.c - character classes by one table of 256 values each, so that a check costs one load a character. */
#include "code/form.h"

#include "base/utf8.h"

#include <string.h>

/* Values plus one; 0 is "not of this form". GB 32100 leaves out I, O, S, V and Z. */
static const uint8_t digit_values[256] = {['0'] = 1, ['1'] = 2, ['2'] = 3, ['3'] = 4, ['4'] = 5,
                                          ['5'] = 6, ['6'] = 7, ['7'] = 8, ['8'] = 9, ['9'] = 10};
static const uint8_t credit_values[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9,  ['9'] = 10, ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
    ['G'] = 17, ['H'] = 18, ['J'] = 19, ['K'] = 20, ['L'] = 21, ['M'] = 22, ['N'] = 23, ['P'] = 24,
    ['Q'] = 25, ['R'] = 26, ['T'] = 27, ['U'] = 28, ['W'] = 29, ['X'] = 30, ['Y'] = 31};
static const uint8_t capital_values[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9,  ['9'] = 10, ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
    ['G'] = 17, ['H'] = 18, ['I'] = 19, ['J'] = 20, ['K'] = 21, ['L'] = 22, ['M'] = 23, ['N'] = 24,
    ['O'] = 25, ['P'] = 26, ['Q'] = 27, ['R'] = 28, ['S'] = 29, ['T'] = 30, ['U'] = 31, ['V'] = 32,
    ['W'] = 33, ['X'] = 34, ['Y'] = 35, ['Z'] = 36};

static const uint8_t *const form_values[] = {[GOV_FORM_DIGITS] = digit_values,
                                             [GOV_FORM_CREDIT] = credit_values,
                                             [GOV_FORM_CAPITALS] = capital_values};

int gov_form_value(gov_form form, char c)
{
    return (int)form_values[form][(unsigned char)c] - 1;
}

char gov_form_credit(int value)
{
    return "0123456789ABCDEFGHJKLMNPQRTUWXY"[value];
}

/* The code point at text[0], which may be stray bytes (then any value above ASCII that is no letter). */
static uint32_t code_point(const char *text, int64_t size)
{
    const unsigned char *t = (const unsigned char *)text;
    switch (gov_utf8_length(text, size)) {
    case 2:
        return ((t[0] & 0x1Fu) << 6) | (t[1] & 0x3Fu);
    case 3:
        return ((t[0] & 0x0Fu) << 12) | ((t[1] & 0x3Fu) << 6) | (t[2] & 0x3Fu);
    default:
        return t[0] < 0x80 ? t[0] : 0xFFFD;
    }
}

gov_verdict gov_form_refuse(const char *text, int64_t size, int64_t index)
{
    uint32_t c = code_point(text + index, size - index);
    gov_refusal reason = GOV_REFUSAL_CHARACTER;
    if (c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x3000)
        reason = GOV_REFUSAL_SPACE;
    else if (c >= 0xFF01 && c <= 0xFF5E)
        reason = GOV_REFUSAL_WIDE;
    else if (c >= 'a' && c <= 'z')
        reason = GOV_REFUSAL_LOWER_CASE;
    return GOV_REFUSED(reason, index + 1, 0);
}

gov_verdict gov_form_span(gov_form form, const char *text, int64_t size, int64_t first, int64_t last)
{
    const uint8_t *values = form_values[form];
    for (int64_t i = first; i < last && i < size; i++) {
        if (values[(unsigned char)text[i]] == 0) {
            gov_verdict refused = gov_form_refuse(text, size, i);
            if (form == GOV_FORM_DIGITS && refused.reason == GOV_REFUSAL_LOWER_CASE)
                refused.reason = GOV_REFUSAL_CHARACTER; /* no letter may stand here, be it a capital */
            return refused;
        }
    }
    return GOV_ACCEPTED;
}

gov_verdict gov_form_length(const char *text, int64_t size, int64_t length)
{
    if (size == 0)
        return GOV_REFUSED(GOV_REFUSAL_EMPTY, 1, 0);
    if (size < length)
        return GOV_REFUSED(GOV_REFUSAL_LENGTH, size + 1, (int32_t)length);
    if (size == length)
        return GOV_ACCEPTED;
    gov_verdict behind = gov_form_refuse(text, size, length);
    if (behind.reason == GOV_REFUSAL_SPACE)
        return behind;
    return GOV_REFUSED(GOV_REFUSAL_LENGTH, length + 1, (int32_t)length);
}

gov_verdict gov_form_whole(gov_form form, const char *text, int64_t size, int64_t length)
{
    GOV_PASS(gov_form_span(form, text, size, 0, length));
    return gov_form_length(text, size, length);
}

int gov_form_zeros(const char *text, int64_t first, int64_t last)
{
    for (int64_t i = first; i < last; i++) {
        if (text[i] != '0')
            return 0;
    }
    return 1;
}

int64_t gov_form_number(const char *text, int64_t first, int64_t last)
{
    int64_t value = 0;
    for (int64_t i = first; i < last; i++)
        value = value * 10 + (text[i] - '0');
    return value;
}

void gov_form_copy(char *out, const char *text, int64_t first, int64_t last)
{
    memcpy(out, text + first, (size_t)(last - first));
    out[last - first] = '\0';
}
