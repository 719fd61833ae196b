/* credit_code.c - GB 32100-2015 and the organisation code inside it, GB 11714.
 *
 * The sum of c_i × 3^(i-1), i = 1 … 17, and the check character together leave 0 modulo 31. 31 is prime and
 * every weight is invertible, so every wrong character is seen; 3 is a primitive root of 31, so the first 17
 * weights differ and every swap among them is seen; the check character has the weight 1 of the first place,
 * and only a swap of these two is not. */
#include "code/credit_code.h"

#include "code/division.h"
#include "code/form.h"

#include <string.h>

#define CODE_LENGTH 18
#define ORGANISATION 8      /* where the organisation code begins, from 0 */
#define ORGANISATION_BODY 8 /* its characters without the check */

static char check_character(const char *text)
{
    static const uint8_t weights[CODE_LENGTH - 1] = {1,  3,  9,  27, 19, 26, 16, 17, 20,
                                                     29, 25, 13, 8,  24, 10, 30, 28};
    int sum = 0;
    for (int i = 0; i < CODE_LENGTH - 1; i++)
        sum += gov_form_value(GOV_FORM_CREDIT, text[i]) * weights[i];
    return gov_form_credit((31 - sum % 31) % 31);
}

static char organisation_check_character(const char *text)
{
    static const uint8_t weights[ORGANISATION_BODY] = {3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (int i = 0; i < ORGANISATION_BODY; i++)
        sum += gov_form_value(GOV_FORM_CAPITALS, text[i]) * weights[i];
    return "0X987654321"[sum % 11];
}

char gov_credit_code_check(const char *text, int64_t size)
{
    size = gov_text_bytes(text, size);
    if (size < CODE_LENGTH - 1 ||
        gov_form_span(GOV_FORM_CREDIT, text, size, 0, CODE_LENGTH - 1).reason != GOV_REFUSAL_NONE)
        return '\0';
    return check_character(text);
}

char gov_organisation_code_check(const char *text, int64_t size)
{
    size = gov_text_bytes(text, size);
    if (size < ORGANISATION_BODY ||
        gov_form_span(GOV_FORM_CAPITALS, text, size, 0, ORGANISATION_BODY).reason != GOV_REFUSAL_NONE)
        return '\0';
    return organisation_check_character(text);
}

/* ASCII only, so that positions stay. */
static void capitals(const char *text, char out[CODE_LENGTH])
{
    for (int i = 0; i < CODE_LENGTH; i++)
        out[i] = text[i] >= 'a' && text[i] <= 'z' ? (char)(text[i] - 'a' + 'A') : text[i];
}

static gov_verdict check_division(const char *text)
{
    GOV_PASS(gov_form_span(GOV_FORM_DIGITS, text, 8, 2, 8));
    if (!gov_division_province_known(text + 2) && memcmp(text + 2, "100000", 6) != 0)
        return GOV_REFUSED(GOV_REFUSAL_DIVISION, 3, 0);
    return GOV_ACCEPTED;
}

static void fill(gov_credit_code *code, const char *text)
{
    code->struct_size = (uint32_t)sizeof(*code);
    gov_form_copy(code->authority, text, 0, 1);
    gov_form_copy(code->type, text, 1, 2);
    gov_form_copy(code->division, text, 2, 8);
    gov_form_copy(code->organisation, text, ORGANISATION, ORGANISATION + ORGANISATION_BODY + 1);
    gov_form_copy(code->text, text, 0, CODE_LENGTH);
}

gov_verdict gov_credit_code_verdict(const char *text, int64_t size, const gov_credit_code_options *options,
                                    gov_credit_code *code)
{
    char upper[CODE_LENGTH];
    if (options->accept_lower_case && size == CODE_LENGTH) {
        capitals(text, upper);
        text = upper;
    }
    GOV_PASS(gov_form_whole(GOV_FORM_CREDIT, text, size, CODE_LENGTH));
    GOV_PASS(check_division(text));
    char expected = check_character(text);
    if (text[CODE_LENGTH - 1] != expected)
        return GOV_REFUSED(GOV_REFUSAL_CHECK_DIGIT, CODE_LENGTH, expected);
    expected = organisation_check_character(text + ORGANISATION);
    if (!options->skip_inner_check && text[ORGANISATION + ORGANISATION_BODY] != expected)
        return GOV_REFUSED(GOV_REFUSAL_INNER_CHECK_DIGIT, CODE_LENGTH - 1, expected);
    if (code != NULL)
        fill(code, text);
    return GOV_ACCEPTED;
}

gov_status gov_credit_code_parse(const char *text, int64_t size, const gov_credit_code_options *options,
                                 gov_credit_code *out, gov_error *err)
{
    gov_credit_code_options o;
    gov_credit_code code;
    size = gov_text_bytes(text, size);
    if (size < 0)
        return gov_fail(err, GOV_E_ARGUMENT, "a text must be given");
    GOV_TRY(gov_struct_check(out, err));
    GOV_TRY(gov_struct_read(&o, sizeof(o), options, err));
    GOV_TRY(gov_verdict_fail(gov_credit_code_verdict(text, size, &o, &code), "credit_code", err));
    gov_struct_fill(out, &code, sizeof(code));
    return GOV_OK;
}
